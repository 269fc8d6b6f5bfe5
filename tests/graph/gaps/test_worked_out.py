"""Gaps where bounds are worked out from other answers: the diagrams say of every patient what the walk says."""

from decimal import Decimal
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from edgewise.graph.answers.diagram import ALWAYS, NEVER
from edgewise.graph.gaps.search import find_gaps
from edgewise.graph.gaps.situations import Situations
from edgewise.graph.walking.walk import walk
from tests.graph import small_guidelines
from tests.graph.gaps import test_search, test_situations

worked_out = small_guidelines.guidelines(some_formulas=True)
with_passages = small_guidelines.guidelines(some_formulas=True, passages=True)
every_row = test_search.every_row
slow = settings(deadline=None, max_examples=40)
GRID = [Decimal(one) for one in ("-3", "0", "1", "2", "2.5", "4", "4.5", "5", "6", "7.5", "9", "13")]


def allowed(observable):
    """Answers to try; numbers lie on, between and beyond all bounds."""
    low, high = observable.minimum, observable.maximum
    inside = [one for one in GRID if (low is None or one >= low) and (high is None or one <= high)]
    return [one for one in inside if observable.value_type != "count" or one == one.to_integral_value()]


@slow
@given(worked_out, st.data())
def test_whoever_there_is_lies_in_the_domain_and_is_where_the_walk_says(guideline, data):
    situations = Situations(guideline)
    reached = {id: situations.reached(id) for id in guideline.steps}
    silent = {id: situations.both(reached[id], situations.silent(id)) for id in guideline.steps}
    together = situations.both(*map(situations.possible, situations.links.groups))
    ids = [id for group in situations.links.groups for id in group if id in guideline.observables]
    rest = {id: answer for id, answer in situations.everything().items() if id not in ids}
    people = list(product(*(allowed(guideline.observables[id]) for id in ids)))
    for numbers in data.draw(st.lists(st.sampled_from(people), max_size=40)) if people else []:
        facts = {id: ({**rest, **dict(zip(ids, numbers, strict=True))})[id] for id in guideline.observables if id in rest or id in ids}
        walked, cells = walk(guideline, facts), situations.cells(facts)
        assert situations.diagrams.restrict(together, cells) == ALWAYS
        if situations.diagrams.restrict(situations.domain, cells) != ALWAYS:  # the total of a score, or whom the guideline speaks of
            continue
        assert {id for id, node in reached.items() if situations.diagrams.restrict(node, cells) == ALWAYS} == set(walked.path)
        assert {id for id, node in silent.items() if situations.diagrams.restrict(node, cells) == ALWAYS} == set(walked.silent_at)


@slow
@given(worked_out)
def test_the_numbers_shown_are_in_the_cells_that_they_show(guideline):
    situations = Situations(guideline)
    for group, found in situations.links.witnesses.items():
        for cells, numbers in found.items():
            assert situations.cells(numbers) == {situations.variable[id]: cell for id, cell in zip(group, cells, strict=True)}
    assert not situations.links.unsure
    assert situations.domain != NEVER or any(not cells.cells for cells in situations.partitions.values())


@slow
@given(worked_out)
def test_every_patient_is_where_the_walk_says(guideline):
    test_situations.test_every_patient_is_where_the_walk_says.hypothesis.inner_test(guideline)


@slow
@given(worked_out)
def test_every_edge_is_as_the_walk_says(guideline):
    test_situations.test_every_edge_is_open_closed_or_pending_as_the_walk_says.hypothesis.inner_test(guideline)


@slow
@given(worked_out)
def test_the_rows_are_exactly_the_silences(guideline):
    test_search.test_the_rows_are_exactly_the_silences.hypothesis.inner_test(guideline)


@slow
@given(worked_out)
def test_the_rows_are_exactly_the_overlaps(guideline):
    test_search.test_the_rows_are_exactly_the_overlaps.hypothesis.inner_test(guideline)


@slow
@given(worked_out)
def test_the_rows_are_exactly_the_loops_without_an_end(guideline):
    test_search.test_the_rows_are_exactly_the_loops_without_an_end.hypothesis.inner_test(guideline)


@slow
@given(worked_out)
def test_steps_nobody_comes_to_and_criteria_nobody_meets_are_named(guideline):
    test_search.test_steps_nobody_comes_to_are_named.hypothesis.inner_test(guideline)
    test_search.test_criteria_nobody_meets_are_named_but_where_others_that_go_before_are.hypothesis.inner_test(guideline)


@slow
@given(worked_out)
def test_questions_that_decide_nothing_are_named(guideline):
    test_search.test_questions_that_decide_nothing_are_named.hypothesis.inner_test(guideline)


@slow
@given(with_passages)
def test_the_rows_are_exactly_the_disagreements(guideline):
    test_search.test_the_rows_are_exactly_the_disagreements.hypothesis.inner_test(guideline)


@slow
@given(with_passages)
def test_every_example_shows_its_finding(guideline):
    for row in find_gaps(guideline).rows:
        if row.kind in ("gap", "dead-end", "overlap", "disagreement"):
            assert test_search.shows(guideline, row, row.example), row


@slow
@given(with_passages)
def test_every_example_lies_in_its_row(guideline):
    situations = Situations(guideline)
    for row in find_gaps(guideline).rows:
        cells = situations.cells(row.example)
        assert all(cells[situations.variable[id]] in held for id, held in row.where.items()), row
