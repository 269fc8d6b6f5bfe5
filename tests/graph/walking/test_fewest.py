"""The fewest parts of a sum that have to come out otherwise, against trying all of them."""

from decimal import Decimal
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edgewise.graph.walking.kleene import Kleene, Truth
from edgewise.graph.walking.nearest import fewest
from tests.work import steps

TRUTHS = st.lists(st.sampled_from(Truth), max_size=6)
POINTS = st.lists(st.sampled_from([Decimal(one) for one in ("1", "2", "1.5", "-1", "0")]), min_size=6, max_size=6)
NUMBERS = st.sampled_from([Decimal(one) for one in ("-1", "0", "1", "2.5", "4")])
BOUNDS = st.lists(st.tuples(st.sampled_from("≥>≤<"), NUMBERS), min_size=1, max_size=2)


def ways(truths, points, bounds, wanted):
    """How many changes each way takes that brings the sum to where it is wanted."""
    for changed in (chosen for size in range(len(truths) + 1) for chosen in combinations(range(len(truths)), size)):
        for become in product((Truth.TRUE, Truth.FALSE), repeat=len(changed)):
            made = dict(zip(changed, become, strict=True))
            if all(truths[at] is not truth for at, truth in made.items()) and reached(truths, points, bounds, made) is wanted:
                yield made


def reached(truths, points, bounds, made):
    return Kleene.sum_within([made.get(at, truth) for at, truth in enumerate(truths)], points, bounds)


@given(TRUTHS, POINTS, BOUNDS, st.sampled_from([Truth.TRUE, Truth.FALSE]))
def test_no_way_takes_fewer_changes_and_the_changes_told_are_enough(truths, points, bounds, wanted):
    points = points[: len(truths)]
    found, possible = fewest(truths, points, bounds, wanted), list(ways(truths, points, bounds, wanted))
    if not possible:
        assert found == {}
        return
    assert found in possible
    assert len(found) == min(map(len, possible))
    assert sorted(found) == min(sorted(made) for made in possible if len(made) == len(found)), "the parts that are written first"


@pytest.mark.parametrize("wanted", [Truth.TRUE, Truth.FALSE])
def test_twice_the_criteria_take_a_few_times_the_work_and_not_as_often_as_there_are_combinations(wanted):
    def work(size):
        truths = [Truth.FALSE if n % 2 else Truth.UNKNOWN for n in range(size)]
        return steps(lambda: fewest(truths, [Decimal(1)] * size, [("≥", Decimal(size // 2))], wanted))

    assert work(24) < 40 * work(12)
