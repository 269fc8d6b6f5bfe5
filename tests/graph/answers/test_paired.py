"""Two series that are one reading go together exactly where some number of readings can have both."""

from decimal import Decimal
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from edgewise.graph.answers.paired import together
from edgewise.graph.answers.partition import SeriesOfNumbers, SeriesOfReadings
from edgewise.graph.model import Comparison, Observable
from tests.graph.small_guidelines import comparisons_of

GRID = [Decimal(half) / 2 for half in range(4, 13)]  # all numbers that comparisons of small guidelines tell apart lie among 2 to 6


@st.composite
def answers(draw, id):
    kind, limits = draw(st.sampled_from(["quantity", "count"])), draw(st.sampled_from([(2, 6), (2, 6), (4, 4)]))
    asked = Observable(id, id, "?", kind, minimum=Decimal(limits[0]), maximum=Decimal(limits[1]), repeated=True)
    tests = tuple(draw(st.lists(comparisons_of(asked), max_size=3)))
    return (SeriesOfReadings if any(one.statistic for one in tests) else SeriesOfNumbers)(asked, tests)


def series(partition, length):
    """Many series of one length, every one of the grid where they are short."""
    low, high = partition.observable.minimum, partition.observable.maximum
    values = [
        one for one in GRID if low <= one <= high and (partition.observable.value_type == "quantity" or one == one.to_integral_value())
    ]
    return product(values if length < 4 else values[:: max(1, len(values) // 2)], repeat=length)


@settings(deadline=None, max_examples=40)
@given(answers("first"), answers("second"))
def test_what_goes_together_is_shown_and_what_is_shown_by_any_readings_is_found(first, second):
    found = together(first, second)
    for cells, shown in found.witnesses.items():
        assert len(shown[0]) == len(shown[1])
        assert (first.cell_of(shown[0]), second.cell_of(shown[1])) == cells
    for length in range(1, 5):
        seen = ({one.cell_of(values) for values in series(one, length)} for one in (first, second))
        assert set(product(*seen)) <= found.witnesses.keys()


def test_whole_numbers_whose_mean_takes_an_even_number_of_them_never_go_with_a_single_value():
    def asked(id, kind, *tests):
        return SeriesOfReadings(Observable(id, id, "?", kind, minimum=Decimal(0), repeated=True), tests)

    half = tuple((sign, Decimal("4.5")) for sign in "≥≤")
    mean = asked("first", "count", Comparison("c", "first", bounds=half, statistic="mean"))
    three = asked("second", "quantity", Comparison("c", "second", bounds=(("≥", Decimal(4)),), statistic="mean", window=3))
    exactly, few = mean.cell_of((Decimal(4), Decimal(5))), three.cell_of((Decimal(4),))
    shown = together(mean, three).witnesses
    assert [len(one) for one in shown[exactly, few]] == [2, 2]
    assert [len(one) for one in shown[exactly, three.cell_of((Decimal(4),) * 3)]] == [4, 4]
