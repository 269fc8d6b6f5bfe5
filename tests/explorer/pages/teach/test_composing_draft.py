"""The draft of a case: whatever is done to it, nothing is lost, mixed up or made up."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edgewise.explorer.pages.teach.composing.check import judged
from edgewise.explorer.pages.teach.composing.draft import (
    Draft,
    StageDraft,
    case_of,
    draft_of,
    known,
    missing,
    moved_stage,
    staged,
    with_fact,
    with_lure,
    with_new_stage,
    with_point,
    with_stage,
    without_beside,
    without_stage,
)
from edgewise.graph.cases.book import cases_of
from edgewise.graph.cases.model import Case, Lure, Point
from edgewise.graph.library import load
from edgewise.graph.shelf import find

NAME = "sacroiliac-sclerosis"
GUIDELINE = load(NAME).guideline
KEPT = cases_of(find(NAME), GUIDELINE)


@pytest.mark.parametrize("case", KEPT, ids=lambda case: case.id)
def test_a_case_that_is_kept_comes_through_the_draft_unchanged(case: Case) -> None:
    found, remarks = judged(case_of(draft_of(case), GUIDELINE), GUIDELINE)
    assert replace(found, id=case.id) == case
    assert not [remark for remark in remarks if remark.grave]


def test_ids_come_from_the_title_and_never_twice() -> None:
    def id_of(title: str, *taken: str) -> str:
        return case_of(Draft(title), GUIDELINE, taken).id

    assert id_of("Exactly 70 %: Müller's case!") == "exactly-70-mullers-case"
    assert id_of("A case", "a-case", "a-case-2") == "a-case-3"
    assert id_of("痛み") == "case"
    assert len(id_of("x" * 80)) <= 64


def test_a_draft_says_what_it_lacks() -> None:
    draft = Draft("T", "V", {1: StageDraft("Told.", lures={2: Lure("cooled-rfa", " ")}, points={3: Point("Learn.", ())})})
    assert list(missing(draft)) == ["why a lure in stage 1 tempts", "what a point in stage 1 rests on"]


facts = st.sampled_from([("radiographs", "negative"), ("documented", "yes"), ("block-relief", (Decimal(80), None)), ("documented", None)])
numbers = st.integers(0, 9)
edits = st.one_of(
    st.just(with_new_stage),
    st.builds(lambda n: lambda draft: without_stage(draft, n), numbers),
    st.builds(lambda n, by: lambda draft: moved_stage(draft, n, by), numbers, st.sampled_from([-1, 1])),
    st.builds(lambda n, fact: lambda draft: with_fact(draft, n, *fact), numbers, facts),
    st.builds(lambda n: lambda draft: with_lure(draft, n, Lure("cooled-rfa", "why")), numbers),
    st.builds(lambda n: lambda draft: with_point(draft, n, Point("text", ("s1",))), numbers),
    st.builds(lambda n, place: lambda draft: without_beside(draft, n, place), numbers, numbers),
    st.builds(lambda n: lambda draft: with_stage(draft, n, tells=f"told {n}"), numbers),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(edits, max_size=25))
def test_whatever_is_done_to_a_draft_it_stays_a_draft(done) -> None:
    draft = Draft()
    for change in done:
        draft = change(draft)
        given_out = [*draft.stages, *(n for stage in draft.stages.values() for n in (*stage.lures, *stage.points))]
        assert len(set(given_out)) == len(given_out)
        assert max(given_out) <= draft.used
        assert draft.open in draft.stages
        assert all(stage.tells in ("", f"told {number}") for number, stage in draft.stages.items())
    case, _ = judged(case_of(draft, GUIDELINE), GUIDELINE)
    assert case.stages[-1].expect is not None
    again = case_of(draft_of(case), GUIDELINE)
    assert [stage.facts for stage in again.stages] == [stage.facts for stage in case.stages]


def test_a_patient_is_told_in_as_many_stages_as_the_walk_has_decisions() -> None:
    full = KEPT[0].facts(len(KEPT[0].stages) - 1)
    draft = staged(GUIDELINE, full)
    assert known(draft, list(draft.stages)[-1]) == full
    assert list(staged(GUIDELINE, {}).stages.values()) == [StageDraft()]
