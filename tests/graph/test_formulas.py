"""Bounds that are worked out: exact, and on partial facts true or false only where every completion is."""

from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from edgewise.graph.arithmetic import INFINITE, End, Span
from edgewise.graph.formulas import FormulaError, asked, full, known, reach, span, told, tree, weighed
from edgewise.graph.library import load
from edgewise.graph.model import Comparison, Formula, Observable
from edgewise.graph.reading import projection
from edgewise.graph.reading.read import read_text
from edgewise.graph.reading.validate import validate
from edgewise.graph.walking.criteria import evaluate, words
from edgewise.graph.walking.facts import parse_facts
from edgewise.graph.walking.kleene import Truth
from edgewise.graph.walking.walk import walk
from edgewise.graph.writing.export import FORMATS, export
from tests.graph.small_guidelines import guidelines, observables, takeable, worked_out
from tests.places import DATA

TEXT = (DATA / "formulas.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def lungs():
    return load(str(DATA / "formulas.yaml")).guideline


# By hand ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dimer", "age", "step"),
    [
        ("700", 72, "home"),
        ("700", 62, "picture"),
        ("720", 72, "picture"),
        ("719.999", 72, "home"),
        ("499", 30, "home"),
        ("500", 30, "picture"),
    ],
)
def test_the_bound_grows_with_the_years(lungs, dimer, age, step):
    assert step in walk(lungs, {"dimer": Decimal(dimer), "age": Decimal(age)}).due


@pytest.mark.parametrize(("facts", "asks"), [({}, "dimer"), ({"dimer": "700"}, "age"), ({"age": 72}, "dimer")])
def test_what_is_missing_is_asked(lungs, facts, asks):
    assert walk(lungs, parse_facts(facts, lungs)).questions[:1] == (asks,)


@pytest.mark.parametrize(("dimer", "step"), [("499", "home"), ("1200", "picture")])
def test_what_cannot_decide_any_more_is_not_asked(lungs, dimer, step):
    walked = walk(lungs, {"dimer": Decimal(dimer)})
    assert walked.due == (step,)
    assert "age" not in walked.questions


def test_the_trace_shows_the_sum(lungs):
    trace = walk(lungs, {"dimer": Decimal(700), "age": Decimal(72)}).edges["t-home"].trace
    assert trace.text == "D-dimer: 700 µg/L (needed: less than 720 µg/L = the greater of 500 µg/L and 10 × 72 years)"


def test_a_criterion_says_its_formula_whatever_the_facts(lungs):
    assert words(lungs.transitions["t-home"].when, lungs.observables) == "D-dimer: less than the greater of 500 µg/L and 10 × Age"


def test_units_are_converted_where_one_is_named():
    dose = Observable("dose", "Dose", "?", "quantity", unit="mg")
    weight = Observable("weight", "Weight", "?", "quantity", unit="kg", minimum=Decimal(0))
    half_a_gram = Formula("number", value=Decimal("0.5"), unit="g")
    in_grams = Formula("observable", observable="weight", unit="g")
    most = Formula("min", (half_a_gram, Formula("times", (in_grams, Formula("number", value=Decimal("0.01"))))))
    at_most = Comparison("c", "dose", unit="mg", formulas=(("≤", most),))
    both = {"dose": dose, "weight": weight}
    truths = [
        weighed(at_most, {"dose": Decimal(dosed), "weight": Decimal(kilos)}, both).truth
        for dosed, kilos in ((500, 60), (501, 60), (301, 30), (300, 30))
    ]
    assert truths == [True, False, False, True]


def test_a_bound_in_another_unit_than_the_observable_is_brought_to_it():
    time = Observable("time", "Time", "?", "quantity", unit="d")
    visits = Observable("visits", "Visits", "?", "count", minimum=Decimal(0))
    formula = Formula("times", (Formula("number", value=Decimal(2)), Formula("observable", observable="visits")))
    at_least = Comparison("c", "time", unit="wk", formulas=(("≥", formula),))
    held = [weighed(at_least, {"time": Decimal(days), "visits": Decimal(3)}, {"time": time, "visits": visits}).truth for days in (41, 42)]
    assert held == [False, True]


def test_a_quotient_is_exact():
    dose, weight = (
        Observable("dose", "", "", "quantity", unit="mg"),
        Observable("weight", "", "", "quantity", unit="kg", minimum=Decimal(1)),
    )
    third = Formula("dividedBy", (Formula("number", value=Decimal(1)), Formula("observable", observable="weight")))
    exactly = Comparison("c", "dose", unit="mg", formulas=(("≥", third),))
    held = [
        weighed(exactly, {"dose": Decimal(d), "weight": Decimal(3)}, {"dose": dose, "weight": weight}).truth
        for d in ("0." + "3" * 39, "0." + "3" * 38 + "4")
    ]
    assert held == [False, True]


@pytest.mark.parametrize(
    ("formula", "rule"),
    [
        (Formula("dividedBy", (Formula("number", value=Decimal(1)), Formula("observable", observable="y"))), "divided-by-zero"),
        (
            Formula(
                "times",
                (
                    Formula("observable", observable="y"),
                    Formula("max", (Formula("observable", observable="y"), Formula("number", value=Decimal(1)))),
                ),
            ),
            "formula-sign",
        ),
    ],
)
def test_what_cannot_be_worked_out_is_refused(formula, rule):
    both = {id: Observable(id, id, "", "quantity", unit="mg") for id in "xy"}
    with pytest.raises(FormulaError, match=rule):
        asked(Comparison("c", "x", unit="mg", formulas=(("≥", formula),)), both)


def test_what_accrues_may_turn_a_bound():
    months = Observable("months", "Months", "?", "quantity", unit="mo", minimum=Decimal(0), accrues=True)
    pain = Observable("pain", "Pain", "?", "count", minimum=Decimal(0), maximum=Decimal(10))
    below = Comparison("c", "pain", formulas=(("<", Formula("observable", observable="months")),))
    above = Comparison("c", "pain", formulas=(("≥", Formula("observable", observable="months")),))
    facts, both = {"months": Decimal(3), "pain": Decimal(5)}, {"months": months, "pain": pain}
    found = [(one.truth, one.later, one.asks()) for one in (evaluate(below, facts, both), evaluate(above, facts, both))]
    assert found == [(Truth.FALSE, Truth.UNKNOWN, ("months",)), (Truth.TRUE, Truth.UNKNOWN, ("months",))]


@pytest.mark.parametrize("to", FORMATS)
def test_every_format_brings_a_formula_back(to):
    source = read_text(TEXT, "g.yaml", "yaml")
    back = read_text(export(source.graph, to), f"g{FORMATS[to]}", to)
    assert set(back.graph) == set(source.graph)
    assert validate(back) == []


def test_order_tells_what_is_divided_by_what_however_the_ids_sort():
    text = TEXT.replace("{times: [10, age]}", "{minus: [{id: zz, value: 900}, {id: aa, observable: age}]}", 1)
    assert validate(read_text(text, "g.yaml", "yaml")) == []
    guideline = _guideline(text)
    assert "home" in walk(guideline, {"dimer": Decimal(850), "age": Decimal(40)}).due
    assert "home" not in walk(guideline, {"dimer": Decimal(870), "age": Decimal(40)}).due


def _guideline(text):
    source = read_text(text, "g.yaml", "yaml")
    return projection.guideline(source.graph, source.iri)


# Laws ---------------------------------------------------------------------------------------------------------------------


@st.composite
def compared(draw):
    known = [draw(observables(f"n{n}").filter(lambda one: takeable([one]))) for n in range(draw(st.integers(2, 3)))]
    return {one.id: one for one in known}, draw(worked_out(known))


def answers(observable):
    low, high = observable.minimum, observable.maximum
    tried = [Decimal(one) for one in ("-7", "0", "1", "2", "3.5", "4", "4.5", "5", "6", "8", "9", "40")]
    inside = [one for one in tried if (low is None or one >= low) and (high is None or one <= high)]
    return [one for one in inside if observable.value_type != "count" or one == one.to_integral_value()]


def people(asked_of):
    known = {id: [None, *answers(one)] for id, one in asked_of.items()}
    return st.fixed_dictionaries({id: st.sampled_from(each) for id, each in known.items()})


def told_of(person):
    return {id: answer for id, answer in person.items() if answer is not None}


def direct(formula, facts):
    """A formula worked out as it is written."""
    if formula.operation == "number":
        return Fraction(formula.value)
    if formula.operation == "observable":
        return Fraction(facts[formula.observable])
    one, *others = [direct(part, facts) for part in formula.operands]
    for other in others:
        one = {
            "max": max,
            "min": min,
            "plus": lambda a, b: a + b,
            "minus": lambda a, b: a - b,
            "times": lambda a, b: a * b,
            "dividedBy": lambda a, b: a / b,
        }[formula.operation](one, other)
    return one


HOLDS = {"≥": lambda a, b: a >= b, ">": lambda a, b: a > b, "≤": lambda a, b: a <= b, "<": lambda a, b: a < b}


@settings(deadline=None, max_examples=300)
@given(compared(), st.data())
def test_with_all_known_it_comes_out_as_the_formula_is_written(one, data):
    asked_of, comparison = one
    person = data.draw(people(asked_of))
    assume(None not in [person[id] for id in comparison.looks_at])
    value = Fraction(person[comparison.observable])
    bounds = [(sign, Fraction(bound)) for sign, bound in comparison.bounds] + [
        (sign, direct(formula, person)) for sign, formula in comparison.formulas
    ]
    assert weighed(comparison, person, asked_of).truth is all(HOLDS[sign](value, bound) for sign, bound in bounds)


@settings(deadline=None, max_examples=300)
@given(compared(), st.data())
def test_a_span_holds_every_completion(one, data):
    asked_of, comparison = one
    person, whole = data.draw(people(asked_of)), data.draw(people(asked_of))
    completed = told_of(whole) | told_of(person)
    assume(set(comparison.takes) <= set(completed))
    (_, formula), partial = comparison.formulas[0], {id: known(person[id], asked_of[id]) for id in asked_of}
    where, value = span(tree(formula, "", asked_of), partial), direct(formula, completed)
    assert where.low.value <= value <= where.high.value
    assert not (where.low.open and value == where.low.value)
    assert not (where.high.open and value == where.high.value)


@settings(deadline=None, max_examples=300)
@given(compared(), st.data())
def test_to_know_more_never_turns_an_outcome(one, data):
    asked_of, comparison = one
    less = told_of(data.draw(people(asked_of)))
    more = told_of(data.draw(people(asked_of))) | less
    before, after = weighed(comparison, less, asked_of), weighed(comparison, more, asked_of)
    assert before.truth in (None, after.truth)
    assert before.later in (None, after.later)


@settings(deadline=None, max_examples=200)
@given(compared(), st.data())
def test_what_is_not_named_cannot_turn_it(one, data):
    asked_of, comparison = one
    less = told_of(data.draw(people(asked_of)))
    found = weighed(comparison, less, asked_of)
    if found.truth is None:
        assert set(found.turns) - set(less)
    elif found.later is None:
        assert any(asked_of[id].accrues for id in found.turns)
    else:
        assert found.turns == ()


@settings(deadline=None, max_examples=60)
@given(guidelines(some_formulas=True), st.data())
def test_what_a_walk_settles_no_further_answer_unsettles(guideline, data):
    tried = {id: [None, *answers(one)] for id, one in guideline.observables.items() if takeable([one])}
    whole = {id: data.draw(st.sampled_from(each)) for id, each in tried.items()}
    some = {id: answer for id, answer in told_of(whole).items() if data.draw(st.booleans())}
    before, after = walk(guideline, some), walk(guideline, told_of(whole))
    for id, choice in before.edges.items():
        if choice.trace is not None and choice.trace.truth is not Truth.UNKNOWN and guideline.transitions[id].when is not None:
            single = {one for one in guideline.observables if guideline.observables[one].accrues or guideline.observables[one].repeated}
            if single.isdisjoint(set(after.edges[id].trace.unsettled()) | single):
                assert after.edges[id].trace.truth is choice.trace.truth


def test_ends_that_are_left_out_stay_out():
    above = Span(End(Fraction(2), True), End(INFINITE, True))
    assert (above * Span.of(0, 3)).low == End(Fraction(0), False)
    assert (above * Span.of(1, 3)).low == End(Fraction(2), True)
    assert above.inverse() == Span(End(Fraction(0), True), End(Fraction(1, 2), True))
    assert full({"n": Observable("n", "", "", "count", minimum=Decimal("0.5"))})["n"] == reach(
        Observable("n", "", "", "count", minimum=Decimal(1))
    )


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        (Formula("minus", (Formula("number", value=Decimal(220)), Formula("observable", observable="age", name="Age"))), "220 /min − Age"),
        (
            Formula(
                "dividedBy",
                (
                    Formula("plus", (Formula("observable", observable="age", name="Age"), Formula("number", value=Decimal(4)))),
                    Formula("number", value=Decimal(2)),
                ),
            ),
            "(Age + 4) ÷ 2",
        ),
        (Formula("min", tuple(Formula("number", value=Decimal(n)) for n in (1, 2, 3))), "the least of 1 /min, 2 /min and 3 /min"),
    ],
)
def test_a_formula_is_told_as_one_would_write_it(formula, said):
    assert told(formula, "/min") == said


def test_brute_force_over_two_numbers_agrees_with_the_walk(lungs):
    for dimer, age in product(range(400, 1300, 25), range(0, 121, 5)):
        expected = "home" if dimer < max(500, 10 * age) else "picture"
        assert walk(lungs, {"dimer": Decimal(dimer), "age": Decimal(age)}).due == (expected,)
