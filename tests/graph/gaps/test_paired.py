"""Gaps where two series are one reading: no row of anybody whose readings do not go together, no example that a walk refuses."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from edgewise.graph.gaps.search import find_gaps
from edgewise.graph.model import Assertion, Comparison, Guideline, Observable, Place, Statement
from edgewise.graph.walking.facts import parse_facts
from tests.graph.brute_force import Brute, cell_of, shows
from tests.graph.by_hand import edge, made, step
from tests.graph.gaps.test_search import covers_exactly, every_row, of_kind  # noqa: F401 - a fixture
from tests.graph.small_guidelines import MOST, criteria, few, patients


@st.composite
def paired_guidelines(draw):
    """Two steps on from one where a pair is told, and what passages say of it."""
    kind = draw(st.sampled_from(["quantity", "count"]))
    one, other = (Observable(id, id.title(), "?", kind, minimum=Decimal(0), maximum=Decimal(9), repeated=True) for id in "ab")
    known = [replace(one, paired_with="b"), other, Observable("c", "C", "?", "yes-no")]
    edges = [edge("start", target, draw(criteria(known))) for target in ("left", "right")]
    edges += [edge("left", "start", draw(criteria(known)))] if draw(st.booleans()) else []
    asserts = [(Assertion("left", draw(criteria(known[:2]))),) for _ in range(draw(st.sampled_from([0, 2])))]
    passages = [Statement(f"s{n}", "criterion", "", Place("part", "bullet", n + 1), "", asserts=each) for n, each in enumerate(asserts)]
    steps = [step("start", "Presentation", yields=("a", "b") if draw(st.booleans()) else ()), step("left"), step("right")]
    guideline: Guideline = made(steps, edges, known, passages)
    assume(few(guideline, MOST))
    return guideline


@settings(deadline=None, max_examples=40)
@given(paired_guidelines())
def test_every_row_is_of_somebody_and_its_example_is_taken_by_the_walk_and_lies_in_it(guideline):
    brute = Brute(guideline)
    for row in find_gaps(guideline).rows:
        if not row.example:
            continue
        told = {id: [str(one) for one in value] if isinstance(value, tuple) else value for id, value in row.example.items()}
        assert parse_facts(told, guideline) == row.example
        assert brute.told(row), row
        assert shows(guideline, row, row.example) is not False, row
        assert any(all(cell_of(guideline, id, row) in held for id, held in one.items()) for one in row.everywhere), row


@settings(deadline=None, max_examples=40)
@given(paired_guidelines())
def test_the_rows_are_exactly_the_silences_of_those_whose_readings_go_together(guideline):
    brute, gaps = Brute(guideline), find_gaps(guideline)
    for id in guideline.steps:
        silent = {key for key, walked in brute.walks.items() if id in walked.silent_at}
        if rows := [row for row in of_kind(gaps, "gap") if row.step == id]:
            covers_exactly(brute, rows, silent, brute.reaching(id))
        elif any(one.source == id for one in guideline.transitions.values()):
            assert not silent


def test_two_numbers_of_one_reading_are_told_as_often():
    asked = [
        Observable(id, id.title(), "?", "quantity", repeated=True, paired_with=other) for id, other in (("fever", "cough"), ("cough", ""))
    ]
    last = Comparison("c", "fever", bounds=(("≥", Decimal(180)),), statistic="last")
    mean = Comparison("c", "cough", bounds=(("≥", Decimal(90)),), statistic="mean", window=2)
    look = step("look", "Presentation", yields=("fever", "cough"))
    guideline = made([look, step("swab"), step("home")], [edge("look", "swab", last), edge("look", "home", mean)], asked)
    (row,) = of_kind(find_gaps(guideline), "gap")
    assert {id: len(series) for id, series in row.example.items()} == {"fever": 2, "cough": 2}


def test_a_situation_that_no_readings_can_have_is_no_row():
    asked = [Observable(id, id.title(), "?", "quantity", repeated=True, paired_with=other) for id, other in (("one", "two"), ("two", ""))]
    means = [Comparison("c", id, bounds=((sign, Decimal(9)),), statistic="mean", window=2) for id in ("one", "two") for sign in "≥<"]
    ways = [edge("look", f"way-{n}", mean) for n, mean in enumerate(means)]
    guideline = made([step("look", "Presentation", yields=("one", "two")), *(step(f"way-{n}") for n in range(4))], ways, asked)
    assert sum(True for _ in patients(guideline)) == 5  # one value each, or two of each with a mean on either side
    assert all(len({len(series) for series in row.example.values()}) < 2 for row in find_gaps(guideline).rows)
