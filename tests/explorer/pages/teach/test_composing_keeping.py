"""A draft is kept in the browser's tab: what is written there, and when it is taken up again."""

from __future__ import annotations

from dataclasses import replace

import pytest
import streamlit as st

from edgewise.explorer.pages.teach.composing.draft import Draft, StageDraft, with_new_stage
from edgewise.explorer.pages.teach.composing.draft_in_tab import take_up, untouched, written
from edgewise.explorer.pages.teach.composing.session_drafts import desk, edit, undo
from edgewise.graph.cases.model import Lure, Point
from edgewise.graph.library import load
from edgewise.graph.model import Guideline

UNFINISHED = Draft(
    "", "A postman of 58.", {1: StageDraft("", {"radiographs": "sclerosis"}, {2: Lure("", "")}, {3: Point("Wait.", ())})}, 1, 3
)


@pytest.fixture(scope="module")
def sample() -> Guideline:
    return load("sacroiliac-sclerosis").guideline


@pytest.fixture(autouse=True)
def empty_desks() -> None:
    st.session_state.clear()


def test_an_unfinished_draft_comes_back_as_it_was_written(sample: Guideline) -> None:
    take_up("g", sample, written(UNFINISHED, sample))
    kept = desk("g").draft
    assert kept.vignette == UNFINISHED.vignette
    assert kept.stages[1].facts == {"radiographs": "sclerosis"}
    assert [point.text for point in kept.stages[1].points.values()] == ["Wait."]
    undo("g")
    assert desk("g").draft == Draft()


def test_what_was_edited_since_is_never_replaced(sample: Guideline) -> None:
    edit("g", lambda draft: replace(draft, title="Begun anew"))
    take_up("g", sample, written(UNFINISHED, sample))
    assert desk("g").draft.title == "Begun anew"
    assert not untouched("g")


def test_the_case_of_an_address_may_give_way_to_what_was_made_of_it(sample: Guideline) -> None:
    desk("g").link = "1abc"
    edit("g", lambda draft: replace(draft, title="As it was given out"))
    take_up("g", sample, written(UNFINISHED, sample))
    assert desk("g").draft.vignette == UNFINISHED.vignette


@pytest.mark.parametrize("kept", [None, 7, "", "1nonsense", "x" * 9_000, ["1"]])
def test_what_cannot_be_read_is_left(sample: Guideline, kept: object) -> None:
    take_up("g", sample, kept)
    assert desk("g").draft == Draft()


def test_a_draft_too_long_for_a_link_leaves_alone_what_was_kept(sample: Guideline) -> None:
    draft = Draft("Long", "v")
    for number in range(20):
        draft = with_new_stage(draft)
        told = "".join(chr(0x4E00 + (number * 7919 + place * 104_729) % 20_000) for place in range(700))
        draft = replace(draft, stages={**draft.stages, draft.used: StageDraft(told)})
    assert written(draft, sample) is None
