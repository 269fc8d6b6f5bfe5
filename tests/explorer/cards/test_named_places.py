"""Ids in remarks are told as places, on any guideline; words that only look like ids are left alone."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from edgewise.explorer.cards.named_places import with_places
from edgewise.explorer.handout.html.document import standalone
from edgewise.graph.library import load
from edgewise.graph.model import Guideline, Note, Place, Statement, Step
from tests.explorer.calls import SMALL
from tests.explorer.drawn_pages import opened, text, words


@cache
def si() -> Guideline:
    return load("sacroiliac-sclerosis").guideline


def little(*ids: str) -> Guideline:
    said = {id: Statement(id, "evidence", "Words.", Place("results", "bullet", number), "sha256:0") for number, id in enumerate(ids, 1)}
    return Guideline("g", "urn:g", "", "", "", "", "", "", "", "", statements=said)


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("asked twice (a1, a2)", "asked twice (results, bullet 1; results, bullet 2)"),
        ("few in a1 and many in a2.", "few in results, bullet 1 and many in results, bullet 2."),
        ("a1", "results, bullet 1"),
        ("a12, ba1, a1-b and A1 are something else", "a12, ba1, a1-b and A1 are something else"),
    ],
)
def test_known_ids_are_told_as_places_and_nothing_else_is_touched(told, shown):
    assert with_places(little("a1", "a2"), told) == shown


def test_ids_that_could_be_words_stay_words():
    guideline = replace(little("S1", "pain", "follow-up"), steps={"rest": Step("rest", "Treatment", "Rest", "", "p")})
    told = "S1 and pain at follow-up: rest."
    assert with_places(guideline, told) == told


def test_steps_edges_markers_and_entries_are_named_too():
    told = "see marker-7, reference-5 and cooled-rfa-to-si-joint-fusion"
    assert with_places(si(), told) == "see [7]; entry 5 and Cooled RFA, S1–S3 lateral branches → SI joint fusion, last resort"


@pytest.mark.parametrize("note", si().notes.values(), ids=lambda note: note.id)
def test_no_remark_of_the_first_guideline_shows_an_id(note):
    shown = with_places(si(), note.text).split()
    assert not {word.strip("(),.;:") for word in shown} & {*si().statements, *si().headings}


def test_the_panel_and_the_file_show_places_where_the_editor_wrote_ids():
    wanted = "at least 70 % relief (step 2, bullet 1; pitfalls, bullet 1, sentence 1)"
    assert wanted in words(opened(sel="cooled-rfa-to-si-joint-fusion"))
    assert wanted in text(standalone(si()))


def test_hostile_remarks_stay_text():
    guideline = load(SMALL).guideline
    id = next(iter(guideline.statements))
    hostile = replace(guideline, notes={"n": Note("n", f"<b>{id}</b> .*[", "editor", (id,))})
    assert "<b>" in with_places(hostile, hostile.notes["n"].text)
    assert "<b>" not in standalone(hostile).partition("<body")[2].partition("<script")[0]
