"""Edges that others hide, say as well, or could say in one, against brute force."""

from collections import Counter
from dataclasses import replace
from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings

from edgewise.graph.gaps.search import find_gaps
from edgewise.graph.walking.walk import walk
from tests.graph.brute_force import Brute, cell_of
from tests.graph.needless import (
    alike,
    fewest,
    forks,
    hidden,
    leaving,
    meant_together,
    never_alone,
    plain,
    same_grounds,
    subsumed,
    superfluous,
    table,
)
from tests.graph.small_guidelines import guidelines

often = settings(deadline=None, max_examples=50)
slow = settings(deadline=None, max_examples=30)


TABLES = 150
NEEDLESS = ("masked", "subsumed", "mergeable", "misleading-preference")


def of_kind(gaps, *kinds):
    return [row for row in gaps.rows if row.kind in kinds]


def needless(guideline):
    """The rows about the edges of each step, with who takes those edges."""
    brute, gaps = Brute(guideline), find_gaps(guideline)
    return brute, gaps, {id: leaving(brute, id) for id in guideline.steps}


def check_subsumed(brute, gaps, ways_of):
    for id, ways in ways_of.items():
        rows = [row for row in of_kind(gaps, "subsumed") if row.step == id]
        told = [edge for row in rows for edge in row.edges[:-1]]
        gone = subsumed(ways)
        assert sorted(told) == sorted(ways[at][0].id for at in gone), "each once"
        keys = {edge.id: keys for edge, keys in ways}
        for row in rows:
            *dropped, kept = row.edges
            assert row.idle == tuple(dropped)
            assert kept not in told
            assert all(keys[one] <= keys[kept] for one in dropped)
            assert brute.told(row) & brute.reaching(id) == set().union(*(keys[one] for one in dropped))


def check_masked(brute, gaps, ways_of):
    guideline = brute.guideline
    for id, ways in ways_of.items():
        gone = subsumed(ways)
        more = superfluous(ways, gone)
        alone = never_alone(guideline, ways, gone | more)
        keys = {edge.id: keys for edge, keys in ways}
        rows = {row.edges[0]: row for row in of_kind(gaps, "masked") if row.step == id and row.edges[0] in keys}
        assert set(rows) == {ways[at][0].id for at in more | alone}
        for at in more | alone:
            edge, mine = ways[at]
            held = [keys[one] for one in rows[edge.id].edges[1:]]
            assert mine <= set().union(*held)
            assert brute.told(rows[edge.id]) & brute.reaching(id) == mine
            others = [theirs for other, theirs in ways if other.id != edge.id and other.id in could_hold(guideline, ways, at, gone, more)]
            assert len(held) == fewest(mine, others)


def could_hold(guideline, ways, at, gone, more):
    """Ids of the edges among which those that mask one were looked for."""
    edge = ways[at][0]
    if at in more:  # those of the same step that were not left out before it
        left = [one for one in range(len(ways)) if one not in gone and (one not in more or one < at)]
        return {ways[one][0].id for one in left if alike(edge, ways[one][0])}
    left = [ways[one][0] for one in range(len(ways)) if one not in gone | more]
    routes = [one for one in left if one.role == "route" and not guideline.steps[one.target].companion_of]
    return {one.id for one in routes if not meant_together(guideline, edge, one)}


def check_hidden(brute, gaps):
    guideline = brute.guideline
    expected = {id: found for id, edge in guideline.transitions.items() if (found := hidden(brute, edge)) is not None}
    rows = [row for row in of_kind(gaps, "masked") if "open to nobody" in row.text]
    told = [id for row in rows for id in row.idle]
    assert sorted(told) == sorted(expected), "each once"
    assert len({(row.step, row.edges[len(row.idle) :]) for row in rows}) == len(rows), "what the same edges hide is told at once"
    for row in rows:
        behind, before = row.idle, row.edges[len(row.idle) :]
        assert row.edges[: len(behind)] == behind
        assert brute.told(row) & brute.reaching(row.step) == set().union(*(expected[id][0] for id in behind)) & brute.reaching(row.step)
        for id in behind:
            meeting, quoted = expected[id]
            assert meeting <= set().union(*(quoted[one] for one in before))
            assert len(before) == fewest(meeting, list(quoted.values()))
            assert not [one for one in of_kind(gaps, "never-met") if one.edges == (id,)], "told once"


def check_mergeable(brute, gaps, ways_of):
    guideline = brute.guideline
    for id, ways in ways_of.items():
        gone = subsumed(ways)
        left = [way for at, way in enumerate(ways) if at not in gone | superfluous(ways, gone)]
        keys = {edge.id: keys for edge, keys in ways}
        rows = [row for row in of_kind(gaps, "mergeable") if row.step == id]
        told = [edge for row in rows for edge in row.edges]
        assert len(told) == len(set(told)), "each edge once"
        assert set(told) <= {edge.id for edge, _ in left}
        for row in rows:
            edges = [guideline.transitions[one] for one in row.edges]
            assert all(same_grounds(edges[0], one) for one in edges)
            assert plain(brute, id, set().union(*(keys[one] for one in row.edges)))
        for (one, mine), (other, theirs) in combinations(left, 2):
            if same_grounds(one, other) and plain(brute, id, mine | theirs):
                assert {one.id, other.id} & set(told)


def check_misleading(brute, gaps, ways_of):
    for id, ways in ways_of.items():
        rows = [row for row in of_kind(gaps, "misleading-preference") if row.step == id]
        expected = set()
        for alternative in brute.guideline.alternatives.values():
            among = {one.step: one for one in alternative.choose}
            routes = [(edge, keys) for edge, keys in ways if edge.role == "route" and edge.target in among]
            for edge, keys in routes:
                for other, theirs in routes:
                    behind = (goes_behind(brute.walks[key], among, edge.target, other.target) for key in keys)
                    if edge.target != other.target and keys < theirs and all(behind):
                        expected.add(edge.id)
        told = [edge for row in rows for edge in row.edges[:-1]]
        assert sorted(told) == sorted(expected), "each once"
        assert len({row.edges[-1] for row in rows}) == len(rows)


def goes_behind(walked, among, one, other):
    """Whether a candidate is offered behind another that is preferred."""
    (choice,) = (each for each in walked.alternatives if {one, other} <= {candidate.step for candidate in each.offered})
    places = {step: 0 if step in choice.fitting else among[step].rank or 99 for step in (one, other)}
    return places[other] < places[one]


# Exact and complete -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ordered", [False, True])
def test_the_rows_about_a_table_are_what_brute_force_finds(ordered):
    found = Counter()
    for seed in range(TABLES):
        brute, gaps, ways = needless(table(Random(seed), ordered))
        assert gaps.unchecked == ()
        check_subsumed(brute, gaps, ways)
        check_masked(brute, gaps, ways)
        check_hidden(brute, gaps)
        check_mergeable(brute, gaps, ways)
        check_misleading(brute, gaps, ways)
        found.update(row.kind for row in gaps.rows)
    assert all(found[kind] > TABLES / 20 for kind in (("masked", "mergeable") if ordered else NEEDLESS)), found


@often
@given(forks())
def test_the_rows_about_a_fork_are_what_brute_force_finds(guideline):
    brute, gaps, ways = needless(guideline)
    check_subsumed(brute, gaps, ways)
    check_masked(brute, gaps, ways)
    check_hidden(brute, gaps)
    check_mergeable(brute, gaps, ways)
    check_misleading(brute, gaps, ways)


@often
@given(forks(ordered=True))
def test_the_rows_about_a_table_read_from_the_top_are_what_brute_force_finds(guideline):
    brute, gaps, ways = needless(guideline)
    check_hidden(brute, gaps)
    check_subsumed(brute, gaps, ways)
    check_masked(brute, gaps, ways)
    check_mergeable(brute, gaps, ways)


@slow
@given(guidelines())
def test_the_rows_about_the_edges_of_any_guideline_are_what_brute_force_finds(guideline):
    brute, gaps, ways = needless(guideline)
    check_subsumed(brute, gaps, ways)
    check_masked(brute, gaps, ways)
    check_hidden(brute, gaps)
    check_mergeable(brute, gaps, ways)


@often
@given(forks())
def test_without_the_edges_to_the_same_step_that_are_told_to_be_needless_every_patient_goes_the_same_way(guideline):
    rows = find_gaps(guideline).rows
    gone = {edge for row in rows if row.kind == "subsumed" for edge in row.edges[:-1]}
    gone |= {row.edges[0] for row in rows if row.kind == "masked" and "is needless" in row.text}
    left = replace(guideline, transitions={id: edge for id, edge in guideline.transitions.items() if id not in gone})
    for facts in Brute(guideline).facts.values():
        one, other = walk(guideline, facts), walk(left, facts)
        assert (set(one.path), set(one.due), one.silent_at) == (set(other.path), set(other.due), other.silent_at)


@often
@given(forks())
def test_every_example_lies_in_its_row_and_shows_it(guideline):
    for row in of_kind(find_gaps(guideline), *NEEDLESS):
        assert all(cell_of(guideline, id, row) in held for id, held in row.where.items() if id in row.example)
        walked = walk(guideline, row.example)
        is_open = {id for id in row.edges if walked.edges[id].state == "open"}
        if "open to nobody" in row.text:
            assert is_open
            assert is_open.isdisjoint(row.idle)
        else:
            assert is_open if row.kind == "mergeable" else len(is_open) >= 2
