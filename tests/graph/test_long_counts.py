"""Scores of twelve items and k of twelve against plain arithmetic: every completion of what is known, and every patient there can be."""

import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edgewise.graph.answers.partition import partition
from edgewise.graph.gaps.search import find_gaps
from edgewise.graph.walking.walk import walk
from tests.graph.long_counts import asks, counted, everybody, scored, total, within

some, few = settings(deadline=None, max_examples=25), settings(deadline=None, max_examples=8)


def sums(one, facts=None):
    return [total(one.points, found) for found in everybody(asks(one.points), facts)]


# One patient of whom some answers are known -----------------------------------------------------------------------------


@st.composite
def partly_known(draw):
    """A score or a count, and some of the answers of one patient."""
    one = draw(st.one_of(scored(), counted()))
    whole = draw(st.sampled_from(everybody(asks(one.points))))
    known = draw(st.sets(st.sampled_from(asks(one.points))))
    return one, {id: answer for id, answer in whole.items() if id in known}


@some
@given(partly_known())
def test_an_edge_is_open_only_where_every_completion_is_within_its_bounds_and_closed_only_where_none_is(patient):
    """Exactly there, where each item asks for something of its own: what one answer makes of two items, counting leaves open."""
    one, facts = patient
    walked, possible = walk(one.guideline, facts), sums(one, facts)
    for id, asked in one.bounds.items():
        inside = {within(number, asked) for number in possible}
        state = {frozenset({True}): "open", frozenset({False}): "closed"}.get(frozenset(inside), "undecided")
        exact = len(asks(one.points)) == len(one.points) and len(asked) == 1
        assert walked.edges[id].state in ({state} if exact else {state, "undecided"})


@some
@given(partly_known())
def test_whatever_could_still_decide_is_asked_and_what_is_known_is_not(patient):
    one, facts = patient
    walked = walk(one.guideline, facts)
    for id, asked in one.bounds.items():
        deciding = {question for question in asks(one.points) if question not in facts and decides(one, facts, question, asked)}
        found = set(walked.edges[id].ask) - {"score"}
        assert found.isdisjoint(facts)
        if walked.edges[id].state == "undecided":
            assert found >= deciding
            assert found == deciding or len(asks(one.points)) != len(one.points) or len(asked) != 1


def decides(one, facts, question, asked):
    """Whether two completions that differ in one answer alone lie on two sides of the bounds."""
    others = [id for id in asks(one.points) if id != question]
    sides = {}
    for found in everybody(asks(one.points), facts):
        sides.setdefault(tuple(found[id] for id in others), set()).add(within(total(one.points, found), asked))
    return any(len(side) > 1 for side in sides.values())


# All patients -----------------------------------------------------------------------------------------------------------


@few
@given(scored())
def test_the_gaps_and_overlaps_of_a_score_are_those_of_its_sums(one):
    rows = rows_tell(one)
    held = [[within(number, asked) for asked in one.bounds.values()] for number in sums(one)]
    assert rows["gap"] == [not any(opened) for opened in held]
    assert rows["overlap"] == [all(opened) for opened in held]


@few
@given(counted(ends_only=True))
def test_the_gaps_of_so_many_of_some_are_those_of_the_numbers_that_hold(one):
    assert rows_tell(one)["gap"] == [not within(number, *one.bounds.values()) for number in sums(one)]


@few
@given(counted(), st.integers(1, 8))
def test_what_takes_too_many_rows_is_counted_to_the_last_patient(one, most):
    with pytest.MonkeyPatch.context() as limit:
        limit.setattr("edgewise.graph.gaps.ways.MOST", most)
        rows, found = rows_tell(one)["gap"], find_gaps(one.guideline)
    silent = [not within(number, *one.bounds.values()) for number in sums(one)]
    assert all(is_silent for is_silent, is_told in zip(silent, rows, strict=True) if is_told)
    left = sum(int(re.search(r"(\d+) more combinations", words)[1]) for words in found.unchecked)
    # What is left may not depend on some questions: a combination of the others then stands for both their answers.
    assert sum(silent) - sum(rows) in {left * 2**free for free in range(len(asks(one.points)) + 1)}
    assert len(found.unchecked) == bool(left), "in one line"


@few
@given(st.one_of(scored(), counted(ends_only=True)), st.data())
def test_the_walk_of_any_of_them_goes_where_the_sum_says(one, data):
    for facts in data.draw(st.lists(st.sampled_from(everybody(asks(one.points))), min_size=6, max_size=6)):
        walked, number = walk(one.guideline, facts), total(one.points, facts)
        assert set(walked.followed) == {id for id, asked in one.bounds.items() if within(number, asked)}
        assert walked.silent is (not walked.followed)


def rows_tell(one):
    """By kind, of every patient whether some row tells them."""
    rows, patients = find_gaps(one.guideline).rows, everybody(asks(one.points))
    divided = {id: partition(one.guideline, id) for id in one.guideline.observables}
    cell_of = cache(lambda id, answer: divided[id].cell_of(answer))
    totals = [{"score": total(one.points, facts)} if "score" in divided else {} for facts in patients]
    cells = [{id: cell_of(id, answer) for id, answer in (facts | more).items()} for facts, more in zip(patients, totals, strict=True)]
    return {kind: told(cells, [box for row in rows if row.kind == kind for box in row.everywhere]) for kind in ("gap", "overlap")}


def told(cells, boxes):
    return [any(all(found[id] in held for id, held in box.items()) for box in boxes) for found in cells]
