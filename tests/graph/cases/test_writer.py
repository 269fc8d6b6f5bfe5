"""A case written as YAML is read back as it was, whatever stands in it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edgewise.graph.cases.book import read_casebook
from edgewise.graph.cases.form import unshown
from edgewise.graph.cases.model import Case, Lure, Point, Ruling, Stage, answer
from edgewise.graph.cases.writer import case_yaml, cases_yaml
from edgewise.graph.library import load
from edgewise.graph.model import Step

GUIDELINE = load("sacroiliac-sclerosis").guideline
CASE = Case(
    "a-dancer",
    "No: the impatient dancer",
    "A dancer of 34 has had buttock pain for a year. She has read about screws, and would rather have them tomorrow than next month.",
    (
        Stage("Her films show sclerosis.", {"radiographs": "sclerosis", "inflammatory-suspicion": "no"}),
        Stage(
            "Two blocks were done.\nShe kept a diary.",
            {"block-relief": (Decimal("85.5"), None, Decimal(0)), "conservative-months": Decimal("1E+2"), "documented": "yes"},
            lures=(Lure("si-joint-fusion", "She asks for it.", "s35"), Lure("endoscopic-neurectomy", "It sounds small.")),
            points=(Point("Steps are not skipped.", ("s35", "heading-second-imaging")),),
            revises=("radiographs",),
            early=("block-relief", "documented"),
        ),
    ),
)

texts = (
    st.one_of(
        st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=70),
        st.text(st.sampled_from("ab \n:#-'\"{}[]&*!|>%@`,?~é≥\u200b"), min_size=1, max_size=300),
        st.sampled_from(["no", "null", "~", "- a", "1.50", "2026-02-08", "a: b", "&x", "<<", "---", "...", "'", "x" * 300]),
    )
    .map(lambda text: " ".join(text.split()) if len(text) % 2 else text.strip())
    .filter(lambda text: text and not unshown(text))
)
stages = st.builds(
    Stage,
    tells=texts,
    facts=st.fixed_dictionaries(
        {},
        optional={
            "radiographs": st.sampled_from(["sclerosis", "negative", "equivocal"]),
            "documented": st.sampled_from(["yes", "no"]),
            "conservative-months": st.decimals(0, 600, allow_nan=False).filter(lambda number: len(str(number)) <= 40),
            "block-relief": st.lists(st.one_of(st.none(), st.decimals(0, 100, places=3)), min_size=1, max_size=4).map(tuple),
        },
    ),
    expect=st.sampled_from([None, Ruling("undecided"), Ruling("not-stated"), Ruling("due", ("cooled-rfa",))]),
    lures=st.lists(st.builds(Lure, st.sampled_from(list(GUIDELINE.steps)), texts, st.sampled_from(["", "s32"])), max_size=2).map(tuple),
    points=st.lists(st.builds(Point, texts, st.sampled_from([(), ("s1",), ("s1", "s2")])), max_size=2).map(tuple),
)


def read(text: str, guideline=GUIDELINE) -> tuple[Case, ...]:
    book = read_casebook(text, "cases.yaml", guideline)
    assert not book.findings, [str(finding) for finding in book.findings]
    return tuple(book.cases.values())


def test_a_case_is_read_back_as_it_was_written() -> None:
    assert read(cases_yaml([CASE], GUIDELINE.id)) == (CASE,)


@settings(max_examples=200, deadline=None)
@given(texts, st.lists(stages, min_size=1, max_size=3).map(tuple))
def test_any_text_and_any_number_is_read_back_as_it_was_written(vignette: str, told: tuple[Stage, ...]) -> None:
    case = Case("a-case", "A case", vignette, told)
    assert read(cases_yaml([case], GUIDELINE.id)) == (case,)


def test_a_block_can_be_pasted_below_the_cases_that_are_there() -> None:
    other = replace(CASE, id="another")
    assert read(cases_yaml([CASE], GUIDELINE.id) + case_yaml(other)) == (CASE, other)


def test_it_reads_as_people_write_it() -> None:
    written = case_yaml(CASE).splitlines()
    assert written[0] == "  - id: a-dancer"
    assert "        facts: {block-relief: [85.5, null, 0], conservative-months: 100, documented: 'yes'}" in written
    assert max(map(len, written)) <= 120
    assert "expect" not in "".join(written)


def test_what_is_expected_stands_in_it_as_the_walk_has_it() -> None:
    facts = {"radiographs": "sclerosis", "inflammatory-suspicion": "no"}
    case = Case("c", "C", "A runner.", (Stage("Films.", facts, answer(GUIDELINE, facts)), Stage("More.", {}, Ruling("undecided"))))
    written = case_yaml(case)
    assert "expect: conservative-care\n" in written
    assert "expect: undecided\n" in written
    assert read(cases_yaml([case], GUIDELINE.id)) == (case,)


@pytest.mark.parametrize("id", ["not-stated", "undecided"])
def test_a_step_that_is_called_like_a_verdict_stays_a_step(id: str) -> None:
    guideline = replace(GUIDELINE, steps={**GUIDELINE.steps, id: Step(id, "Treatment", "A step", "", "step-1")})
    case = Case("c", "C", "A runner.", (Stage("Films.", {}, Ruling("due", (id,))), Stage("Films.", {}, Ruling("due", (id, "cooled-rfa")))))
    assert read(cases_yaml([case], GUIDELINE.id), guideline) == (case,)
