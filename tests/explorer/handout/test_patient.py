"""The patient summary: everything about one patient on one page, in every form, and nothing that the source does not state."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache
from html import unescape

import pytest

from edgewise.citations.formats.vancouver import render
from edgewise.explorer.handout.paper import Paper
from edgewise.explorer.handout.patient.paper_page import as_pdf
from edgewise.explorer.handout.patient.plain_text import WIDTH, as_text
from edgewise.explorer.handout.patient.sections import Line
from edgewise.explorer.handout.patient.summary import Summary, passages, summary
from edgewise.explorer.handout.patient.web_page import as_page
from edgewise.explorer.handout.sheet import handout_pdf
from edgewise.graph import library
from edgewise.graph.attribution import BEYOND, NO_PASSAGE
from edgewise.graph.gaps.memory import gaps_of
from edgewise.graph.model import Guideline
from edgewise.graph.walking.facts import parse_facts
from tests.explorer.calls import SI, SMALL
from tests.explorer.pdf_text import read
from tests.places import DATA

DAY = date(2026, 11, 27)
HOSTILE = "<script>alert(1)</script> #panic() $x$ *b* \u202e"
BEGUN = {"radiographs": "sclerosis", "inflammatory-suspicion": "no"}
SILENT = {**BEGUN, "conservative-months": 6, "conservative-failed": "yes", "block-relief": [75, 75]}
SEVENTY = {**SILENT, "block-relief": [70, 70]}
END = {**SILENT, "block-relief": [85, 85], "rfa-attempts-failed": 2, "hip-spine-excluded": "yes", "documented": "yes"}
PATIENTS = {"nothing": {}, "begun": BEGUN, "silent": SILENT, "at odds": SEVENTY, "end": END}


@cache
def si() -> Guideline:
    return library.load(SI).guideline


def made(facts: dict[str, object], guideline: Guideline | None = None) -> Summary:
    held = guideline or si()
    return summary(held, parse_facts(facts, held), DAY)


def said(found: Summary, title: str) -> tuple[Line, ...]:
    return next((one.lines for one in found.sections if one.title == title), ())


def flat(text: str) -> str:
    return " ".join(text.split())


def words(found: Summary) -> str:
    return flat(as_text(found))


def every(lines: tuple[Line, ...]) -> list[Line]:
    return [one for line in lines for one in (line, *every(line.below))]


@pytest.mark.parametrize("facts", PATIENTS.values(), ids=PATIENTS)
def test_it_always_says_whose_it_is_how_old_how_far_reviewed_what_it_is_for_and_that_it_names_nobody(facts):
    told = words(made(facts))
    for part in (
        si().title,
        "Dr.Oracle, updated 2026-02-08, pending human review",
        "For education only",
        "Made on 2026-11-27",
        si().disclaimer,
    ):
        assert flat(part) in told
    assert "no name, date of birth or number" in told


def test_it_tells_the_facts_as_they_were_told_and_nothing_else_of_the_patient():
    lines = [line.text for line in said(made(END), "Told of this patient")]
    assert len(lines) == len(END)
    assert "Relief by diagnostic blocks: 85 %, 85 %" in lines
    assert [line.text for line in said(made({}), "Told of this patient")] == ["Nothing yet."]


def test_what_is_due_stands_with_each_condition_and_its_own_passages():
    fusion, end = said(made(END), "Due now, and why")
    assert fusion.text == si().steps["si-joint-fusion"].label
    assert {(line.sign, line.text, line.where) for line in fusion.below} >= {
        ("✓", "Several failed RFA attempts (at least 2: modeller's reading): 2", "step 3, bullet 2 [3]; step 4, criterion 4 [3][7]"),
        ("✓", "Course of treatment documented: yes", "step 4, criterion 5 [2]"),
    }
    assert end.text == "The end of the pathway. Nothing leads on from SI joint fusion, last resort: the source names no step after it."


def test_a_condition_without_passage_is_the_modellers_and_never_borrows_those_of_its_edge():
    guideline = si()
    edge = guideline.transitions["xray-si-joints-to-conservative-care"]
    bare = replace(edge, when=replace(edge.when, parts=tuple(replace(part, based_on=()) for part in edge.when.parts)))
    changed = replace(guideline, transitions={**guideline.transitions, edge.id: bare})
    (care, *_) = said(made(BEGUN, changed), "Due now, and why")
    assert {line.where for line in care.below if line.sign == "✓"} == {f"◇ {NO_PASSAGE}"}
    assert care.below[0].text == "Modeller's reading; the source does not say it."


def test_a_step_that_was_come_to_by_the_modellers_reading_is_marked_long_after():
    (way, marked) = said(made(END), "The way here")
    assert way.text.endswith("Cooled RFA, S1–S3 lateral branches")
    assert marked.sign == "◇"
    assert "X-ray SI joints → Conservative care, 3–6 months: modeller's reading" in marked.text
    fusion, *_ = said(made(END), "Due now, and why")
    assert BEYOND in fusion.below[0].text.casefold()


def test_what_is_not_due_says_why_and_what_is_alike_stands_in_one_line():
    closed, against = said(made(END), "Not due, and why")
    assert closed.text == "MRI SI joints, no contrast; MRI SI joints, ± contrast; CT SI joints, no contrast: closed."
    assert [line.text for line in closed.below] == ["Active inflammatory disease still suspected: no"]
    assert (against.sign, against.text) == ("⊘", "Endoscopic neurectomy, unproven: not to be taken.")
    waiting = {line.text: line for line in said(made(BEGUN), "Not due, and why")}
    assert "Diagnostic SI joint injections: not yet." in waiting


def test_outcomes_stand_with_their_whole_frame_and_what_the_source_leaves_out_is_said():
    lines = said(made(END), "What the source reports")
    assert [line.passages for line in lines] == [("s30",), ("s31",), ("s33",)]
    assert lines[1].below[0].text == (
        "Share with mild pain or none: 17.6 % (population: patients of one study; follow-up: 39 months; "
        "technique, comparator, patients (n): not stated by the source)"
    )
    assert lines[1].where.endswith("[6]")


def test_where_the_source_is_silent_it_says_in_which_situation_and_names_no_step():
    found = made(SILENT)
    (line,) = said(found, "The source does not say what is next")
    assert line.text.startswith("The walk ends here.")
    (left,) = said(found, "What the source leaves open here")
    assert "The answers are in this situation" in left.text
    assert "both exactly 70 %" not in left.text
    assert not said(found, "Due now, and why")


def test_passages_that_disagree_stand_side_by_side():
    (line,) = said(made(SEVENTY), "Where the source disagrees with itself")
    assert {below.passages: below.sign for below in line.below} == {("s17",): "✓", ("s32",): "✓", ("s25",): "✗"}


@pytest.mark.parametrize("facts", PATIENTS.values(), ids=PATIENTS)
def test_every_reference_behind_what_is_said_is_listed_and_no_other(facts):
    found = made(facts)
    used = {id for section in found.sections if section.title != "References used" for line in section.lines for id in passages(line)}
    behind = {si().markers[c.marker].entry for id in used for c in si().passage(id).citations}
    listed = " ".join(line.text for line in said(found, "References used"))
    for reference in si().references.values():
        assert (render(reference) in listed) == (reference.id in behind)


def test_a_marker_that_points_nowhere_says_so_in_the_list():
    assert ("[7]", "This marker points to no entry of the list.") in {(one.sign, one.text) for one in said(made(END), "References used")}


@pytest.mark.parametrize("facts", PATIENTS.values(), ids=PATIENTS)
@pytest.mark.parametrize("paper", Paper)
def test_on_paper_it_is_one_page_in_type_that_can_be_read_and_says_all(facts, paper):
    found = made(facts)
    page = read(as_pdf(found, paper))
    assert page.pages == 1
    assert min(page.sizes) >= 6
    for line in (line for section in found.sections for line in every(section.lines)):
        assert page.says(line.text)
        assert page.says(line.where)


@pytest.mark.parametrize("facts", PATIENTS.values(), ids=PATIENTS)
def test_the_file_says_all_loads_nothing_and_runs_nothing(facts):
    found = made(facts)
    file = as_page(found)
    told = flat(unescape(re.sub(r"<[^>]+>", " ", file)))
    for line in (line for section in found.sections for line in every(section.lines)):
        assert flat(line.text) in told
    assert "default-src 'none'" in file
    assert "<script" not in file
    assert not re.search(r'(?:src|href)="', file)
    assert re.findall(r"<h(\d)>", file)[:2] == ["1", "2"]


def test_as_text_no_line_is_too_long_and_nothing_is_markup():
    for line in as_text(made(END)).splitlines():
        assert len(line) <= WIDTH
    assert "<" not in as_text(made(END))


def test_the_same_patient_gives_the_same_bytes():
    assert as_pdf(made(END)) == as_pdf(made(END))
    assert as_page(made(END)) == as_page(made(END))


def test_hostile_words_are_told_as_they_are_in_every_form():
    guideline = replace(si(), title=HOSTILE, publisher=HOSTILE, disclaimer=HOSTILE)
    found = made(END, guideline)
    shown = HOSTILE.replace("\u202e", "").strip()
    assert shown in words(found)
    assert "<script>alert" not in as_page(found)
    assert read(as_pdf(found)).says(shown)


def test_the_printed_pathway_shows_the_patient_and_explains_its_terms_overleaf():
    page = read(handout_pdf(si(), Paper.a4, parse_facts(SILENT, si())))
    assert page.pages == 2
    for text in ("Told of this patient", "Relief by diagnostic blocks: 75 %, 75 %", "The source does not say what is next"):
        assert page.says(text)
    assert not read(handout_pdf(si())).says("Told of this patient")


@pytest.mark.parametrize("name", [SI, SMALL, str(DATA / "audit" / "thumb.yaml")])
def test_the_example_of_every_gap_of_any_guideline_is_told_as_silent_and_nothing_is_due(name):
    guideline = library.load(name).guideline
    for row in gaps_of(guideline).rows:
        if row.kind == "gap" and row.example:
            found = summary(guideline, row.example, DAY)
            assert said(found, "The source does not say what is next") or said(found, "Due now, and why"), "another branch may go on"
            (mine,) = [line for line in said(found, "What the source leaves open here") if row.situation in line.text]
            assert "The answers are in this situation" in mine.text
            assert as_text(found)
            assert as_page(found)
