"""Examples are found by many walks: each on no more edges than matter, and no patient walked twice."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edgewise.graph.answers.cover import needed
from edgewise.graph.answers.diagram import ALWAYS, Diagrams
from edgewise.graph.gaps import examples as gap_examples
from edgewise.graph.gaps.examples import Effort, narrowed, smallest
from edgewise.graph.gaps.search import find_gaps
from edgewise.graph.library import load
from edgewise.graph.model import AllOf, Assertion, Comparison, Observable, Place, Statement
from edgewise.graph.walking.walk import walk
from tests.graph.by_hand import edge, made, step
from tests.graph.small_guidelines import guidelines, patients

COUNT = Observable("falls", "Falls", "?", "count", minimum=Decimal("0.5"), maximum=Decimal("0.7"))  # no whole number among them


@settings(deadline=None, max_examples=150)
@given(guideline=guidelines(passages=True, most=60), data=st.data())
def test_a_narrowed_guideline_answers_alike_for_the_steps_that_are_kept(guideline, data):
    _, complete = data.draw(st.sampled_from(list(patients(guideline))))
    told = data.draw(st.sets(st.sampled_from(sorted(complete))))
    facts = {id: answer for id, answer in complete.items() if id in told}
    whole = walk(guideline, facts)
    for id in guideline.steps:
        part = walk(narrowed(guideline, {id}), facts)
        assert (id in part.path, id in part.silent_at) == (id in whole.path, id in whole.silent_at)
        onwards = {edge.id for edge in guideline.transitions.values() if edge.source == id}
        assert onwards & set(part.followed) == onwards & set(whole.followed)


def test_what_leads_elsewhere_is_left_out():
    steps = [step("start", "Presentation"), step("here"), step("elsewhere"), step("end"), step("beyond")]
    edges = [edge("start", "here"), edge("start", "elsewhere"), edge("here", "end"), edge("end", "beyond")]
    assert list(narrowed(made(steps, edges, []), {"here"}).transitions) == ["start-here", "here-end"]


def test_nobody_is_walked_twice(monkeypatch):
    seen = []

    def watched(guideline, facts):
        seen.append(frozenset(facts.items()))
        return walk(guideline, facts)

    monkeypatch.setattr(gap_examples, "walk", watched)
    asked = [Observable(f"q{n}", "", "?", "yes-no") for n in range(12)]
    when = AllOf("all", tuple(Comparison(f"c{n}", one.id, answer="yes") for n, one in enumerate(asked)))
    guideline = made([step("start", "Presentation"), step("end")], [edge("start", "end", when)], asked)
    complete = {one.id: "yes" for one in asked}
    assert smallest(guideline, {}, complete, lambda _, walked: "end" in walked.path, Effort()) == complete
    assert len(seen) == 13 + 12, "one walk a question, then one without each fact"


def test_a_fact_that_was_needed_is_tried_again_once_another_is_gone():
    facts = {"q0": "yes", "q1": "yes"}
    guideline = made([step("start", "Presentation")], [], [Observable(id, "", "?", "yes-no") for id in facts])
    assert smallest(guideline, facts, facts, lambda known, _: set(known) != {"q0"}, Effort()) == {}


def test_many_pieces_that_are_all_needed_take_no_more_room_than_they_are():
    family = Diagrams([30, 30], budget=20_000)
    cubes = [{0: frozenset({one}), 1: frozenset({other})} for one in range(30) for other in range(30)]
    assert needed(family, cubes, ALWAYS) == tuple(cubes)
    assert needed(family, [*cubes[:5], {0: frozenset({0})}], ALWAYS) == ({0: frozenset({0})},)


# A count whose range holds no whole number: nobody can answer ----------------------------------------------------------------


def test_passages_about_what_nobody_can_answer_are_no_disagreement_and_nothing_is_left_unlisted():
    asks = [Comparison("c", "falls", bounds=((sign, Decimal("0.6")),)) for sign in "≥<"]
    said = [Statement(f"s{n}", "criterion", "", Place("p"), "", asserts=(Assertion("end", one),)) for n, one in enumerate(asks)]
    guideline = made(
        [step("start", "Presentation"), step("end", "Endpoint", endpoint="discharge")], [edge("start", "end", asks[0])], [COUNT], said
    )
    gaps = find_gaps(guideline)
    assert gaps.unchecked == ()
    assert not [row for row in gaps.rows if row.kind == "disagreement"]


@pytest.mark.parametrize("ends", [("one", "two"), ("count", "count")])
def test_nothing_follows_a_step_that_nobody_can_complete(ends):
    steps = [step("start", "Presentation"), step("count", yields=("falls",)), step("one"), step("two")]
    edges = [edge("start", "count"), *(edge("count", end) for end in dict.fromkeys(ends))]
    rows = find_gaps(made(steps, edges, [COUNT])).rows
    assert not {row.kind for row in rows} & {"overlap", "endless-loop"}
    assert not walk(made(steps, edges, [COUNT]), {}).silent


def test_without_effort_left_an_example_is_true_though_not_small_and_that_is_said(monkeypatch):
    monkeypatch.setattr(Effort, "__init__", lambda self: setattr(self, "left", 0) or setattr(self, "skipped", 0))
    guideline = load("sacroiliac-sclerosis").guideline
    found = find_gaps(guideline)
    gaps = [row for row in found.rows if row.kind == "gap"]
    assert gaps
    assert all(row.step in walk(guideline, row.example).silent_at for row in gaps)
    assert any("may be told more than they need" in told for told in found.unchecked)
