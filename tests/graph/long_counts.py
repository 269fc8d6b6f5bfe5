"""Scores of up to twelve items and so many of up to twelve criteria, with what they come to reckoned in plain arithmetic beside them."""

from collections import namedtuple
from decimal import Decimal
from itertools import product

from hypothesis import strategies as st

from edgewise.graph.model import AllOf, Comparison, CountOf, Item, Not, Observable, Scored
from tests.graph.by_hand import edge, made, step

MOST = 12
AGES = (Decimal(40), Decimal(55), Decimal(70))
BANDS = ((Decimal(50), Decimal(60)), (Decimal(60), None))  # from, and below
TEST = {"≥": Decimal.__ge__, ">": Decimal.__gt__, "≤": Decimal.__le__, "<": Decimal.__lt__}

Point = namedtuple("Point", "asks wanted points")  # an item as plain data: an answer, or a band of ages
Counted = namedtuple("Counted", "points bounds guideline")
"""Items, by edge the bounds within which their sum opens it, and the guideline that says so."""


@st.composite
def points(draw, least=1):
    """Items, several of which may ask for the same: answers of their own, and bands of one age."""
    size, aged = draw(st.integers(least, MOST)), draw(st.integers(0, 2))
    asked = max(1, size - aged - draw(st.integers(0, 2)))
    worth = st.sampled_from([Decimal(one) for one in ("1", "1.5", "2", "3", "-1")])
    plain = [Point(f"q{n % asked}", draw(st.sampled_from(["yes", "no"])), draw(worth)) for n in range(max(1, size - aged))]
    return [*plain, *(Point("age", band, draw(worth)) for band in BANDS[:aged])]


@st.composite
def bounds(draw, sums):
    """One bound or two that some sum may reach."""
    numbers = sorted(draw(st.lists(st.sampled_from(sorted(sums)), min_size=1, max_size=2)))
    signs = [draw(st.sampled_from("≥>≤<"))] if len(numbers) == 1 else ["≥", "≤"]
    return tuple(zip(signs, numbers, strict=True))


def holds(point, facts):
    value = facts[point.asks]
    if isinstance(point.wanted, str):
        return value == point.wanted
    low, high = point.wanted
    return low <= value and (high is None or value < high)


def total(items, facts):
    return sum((one.points for one in items if holds(one, facts)), Decimal(0))


def within(number, asked):
    return all(TEST[sign](number, bound) for sign, bound in asked)


def everybody(asks, facts=None):
    """All patients that items can tell apart, or those that some facts may still turn out to be."""
    ways = [(facts[id],) if facts and id in facts else AGES if id == "age" else ("yes", "no") for id in asks]
    return [dict(zip(asks, combination, strict=True)) for combination in product(*ways)]


def asks(items):
    return list(dict.fromkeys(one.asks for one in items))


def tested(point):
    if isinstance(point.wanted, str):
        return Comparison(f"c-{point.asks}", point.asks, answer=point.wanted)
    low, high = point.wanted
    limits = (("≥", low), *((("<", high),) if high else ()))
    return Comparison(f"c-{point.asks}", point.asks, bounds=limits, unit="a")


def observables(items):
    age = Observable("age", "Age", "?", "quantity", unit="a", minimum=Decimal(0), maximum=Decimal(120))
    return [age if id == "age" else Observable(id, id.upper(), "?", "yes-no") for id in asks(items)]


def leading(conditions, asked):
    """Patients go on to one end for each condition."""
    ends = [step(f"end-{n}", "Endpoint", endpoint="discharge") for n in range(len(conditions))]
    ways = [edge("start", f"end-{n}", when) for n, when in enumerate(conditions)]
    return made([step("start", "Presentation"), *ends], ways, asked)


@st.composite
def scored(draw):
    """A score that opens two edges, alone or together with an answer to one of its own items."""
    items = draw(points(least=5))
    made_of = tuple(Item(tested(one), one.points) for one in items)
    sums = [total(items, facts) for facts in everybody(asks(items))]
    score = Observable("score", "Score", "?", "score", minimum=min(sums), maximum=max(sums), items=made_of)
    asked = [draw(bounds(set(sums))) for _ in range(2)]

    def condition(n):
        told = Comparison(f"told-{n}", "score", bounds=asked[n])
        return Scored(f"score-{n}", told, tuple(one.criterion for one in made_of), tuple(one.points for one in items))

    guideline = leading([condition(0), condition(1)], [*observables(items), score])
    return Counted(items, {"start-end-0": asked[0], "start-end-1": asked[1]}, guideline)


@st.composite
def counted(draw, ends_only=False):
    """So many of some criteria of which each is met by one answer; `ends_only`: nearly none or nearly all, which few rows can tell."""
    items = [one._replace(points=Decimal(1)) for one in draw(points(least=5)) if isinstance(one.wanted, str)]
    size = len(items)
    numbers = sorted({1, 2, size - 1, size} if ends_only else range(1, size + 1))
    asked = ((draw(st.sampled_from("≥≤")), Decimal(draw(st.sampled_from(numbers)))),)
    other = {"yes": "no", "no": "yes"}
    parts = tuple(Not(f"n{n}", tested(one._replace(wanted=other[one.wanted]))) if n % 3 else tested(one) for n, one in enumerate(items))
    count = CountOf("count", parts, asked)
    guideline = leading([AllOf("all", (count,)) if draw(st.booleans()) else count], observables(items))
    return Counted(items, {"start-end-0": asked}, guideline)
