"""What a series can amount to when statistics are taken of it: nothing is lost, nothing made up, every sample is a real series."""

from dataclasses import replace
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edgewise.graph.answers.diagram import TooLarge
from edgewise.graph.answers.partition import SeriesOfReadings
from edgewise.graph.answers.prospects import growth
from edgewise.graph.model import Comparison, Observable
from edgewise.graph.walking.criteria import evaluate

D = Decimal
LIMITED = Observable("o", "Pressure", "?", "quantity", unit="mm[Hg]", minimum=D(0), maximum=D(9), repeated=True)
COUNTED = replace(LIMITED, value_type="count", unit="")
GRID = [D(n) / 2 for n in range(19)]


def asks(statistic, window=0, *, sign="≥", bound=4, times=1):
    return Comparison("c", "o", bounds=((sign, D(bound)),), statistic=statistic, window=window, times=times)


def outcomes(tests, observable, series):
    traces = [evaluate(one, {"o": series}, {"o": observable}) for one in tests]
    return tuple((trace.truth, trace.later) for trace in traces)


def told(tests, observable=LIMITED):
    cells = SeriesOfReadings(observable, tests)
    return [cells.told([at]) for at in range(len(cells.cells))]


JOINT = [
    (asks("mean", 2), asks("last", sign="<", bound=3)),
    (asks("mean", 2), asks("mean", 3, sign="<", bound=4)),
    (asks("mean", 3), asks("mean", 2, sign="<", bound="8.5"), asks("last", sign="<", bound=1)),
    (asks("max"), asks("mean", 2, sign="<", bound=3)),
    (asks("first", 2), asks("last", 2, sign="<"), asks("any", 3, bound=8)),
    (asks("min", 3), asks("max", 2, sign="≤", bound=5)),
    (asks("", times=2), asks("mean", 2, bound=5)),
    (asks("mean"), asks("last", sign="<", bound=3)),
]


@pytest.mark.parametrize("tests", JOINT, ids=lambda tests: "-".join(f"{one.statistic}{one.window}" for one in tests))
@pytest.mark.parametrize("observable", [LIMITED, COUNTED], ids=["quantity", "count"])
def test_exactly_what_series_can_amount_to_is_found(tests, observable):
    """Against every series of up to four values out of whole and half numbers, which tell all these bounds apart."""
    values = [value for value in GRID if observable is LIMITED or value == int(value)]
    few = values if observable is COUNTED else [*values[::3], D(3), D(4), D("3.5"), D("8.5")]
    every = {outcomes(tests, observable, one) for size in (1, 2, 3) for one in product(few, repeat=size)}
    cells = SeriesOfReadings(observable, tests).cells
    assert every <= {cell.outcomes for cell in cells}
    assert all(outcomes(tests, observable, cell.sample) == cell.outcomes for cell in cells)
    assert all(0 <= value <= 9 for cell in cells for value in cell.sample)
    assert observable is LIMITED or all(value == int(value) for cell in cells for value in cell.sample)


def test_one_statistic_is_told_as_the_number_that_it_makes():
    assert told((asks("mean", 2, bound=4), asks("mean", 2, sign="<", bound=3))) == [
        "1 value",
        "mean of the last 2: less than 3 mmHg",
        "mean of the last 2: 3 mmHg to less than 4 mmHg",
        "mean of the last 2: at least 4 mmHg",
    ]
    assert told((asks("last"),)) == ["last value: less than 4 mmHg", "last value: at least 4 mmHg"]
    assert told((asks("last", 2),)) == ["1 value", "not each of the last 2 at least 4", "each of the last 2 at least 4"]


def test_several_are_told_one_after_the_other():
    assert told((asks("mean", 2), asks("last", sign="<", bound=3)))[:3] == [
        "1 value, last value: less than 3 mmHg",
        "1 value, last value: at least 3 mmHg",
        "mean of the last 2: less than 4 mmHg, last value: less than 3 mmHg",
    ]


def test_cells_that_one_statistic_tells_apart_are_told_by_it_alone():
    cells = SeriesOfReadings(LIMITED, (asks("mean", 2), asks("last", sign="<", bound=3)))
    low = {at for at, cell in enumerate(cells.cells) if cell.sample[-1] < 3}
    assert cells.told(low) == "last value: less than 3 mmHg"


def test_what_cannot_go_together_is_no_cell():
    """Of values from 0 to 9 two that add up to 17 cannot hold one below 8."""
    tests = (asks("mean", 2, bound="8.5"), asks("last", sign="<", bound=8))
    full = [cell.outcomes for cell in SeriesOfReadings(LIMITED, tests).cells if len(cell.sample) > 1]
    assert len(full) == 3


def test_a_mean_of_all_reaches_as_far_as_a_long_series_brings_it():
    """A last value of 0 and a mean of 8.9 take ninety values."""
    tests = (asks("mean", bound="8.9"), asks("last", sign="<", bound="0.5"))
    cells = SeriesOfReadings(LIMITED, tests).cells
    assert len(cells) == 4
    assert max(len(cell.sample) for cell in cells) > 80


def test_too_many_pieces_are_refused_in_words():
    many = tuple(asks("mean", window, bound=bound) for window in range(2, 9) for bound in (1, 2, 3, 4, 5, 6, 7, 8))
    with pytest.raises(TooLarge, match="pieces would be needed"):
        len(SeriesOfReadings(LIMITED, many).cells)


@settings(deadline=None, max_examples=100)
@given(st.data())
def test_a_series_comes_to_whatever_further_values_make_of_it(data):
    tests = data.draw(st.sampled_from(JOINT))
    cells = SeriesOfReadings(LIMITED, tests)
    whole = st.lists(st.sampled_from(GRID), min_size=1, max_size=3).map(tuple)
    begun, more = data.draw(whole), data.draw(whole)
    grown = growth(cells, begun, unsettled=True).awaited
    assert {cells.cell_of(begun), cells.cell_of(begun + more)} <= grown.keys()
    for at, sample in grown.items():
        assert sample[: len(begun)] == begun
        assert cells.cell_of(sample) == at


@settings(deadline=None, max_examples=100)
@given(st.data())
def test_a_value_not_known_may_be_any(data):
    tests = data.draw(st.sampled_from(JOINT))
    cells = SeriesOfReadings(LIMITED, tests)
    full = data.draw(st.lists(st.sampled_from(GRID), min_size=1, max_size=4).map(tuple))
    partly = tuple(None if data.draw(st.booleans()) else value for value in full)
    asked = growth(cells, (*partly, None), unsettled=False).asked
    assert cells.cell_of((*full, D(3))) in asked
    for at, sample in asked.items():
        assert cells.cell_of(sample) == at
        assert all(old in (None, new) for old, new in zip((*partly, None), sample, strict=True))
