"""Searching a guideline: what is found, in which order, and that no question breaks it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edgewise.graph.library import load
from edgewise.graph.model import Guideline, Step
from edgewise.graph.search import KINDS, Hit, Index
from tests.places import DATA


@cache
def index() -> Index:
    return Index(load("sacroiliac-sclerosis").guideline)


def ids(asked: str, kind: str) -> list[str]:
    return [hit.id for hit in index().search(asked) if hit.kind == kind]


@pytest.mark.parametrize("asked", ["stir", "STIR", "Stir ", "short tau inversion recovery", "inversion reco"])
def test_stir_finds_the_mri_steps_before_all_else_by_any_spelling(asked: str) -> None:
    hits = index().search(asked)
    assert {hit.id for hit in hits[:2]} == {"mri-si-joints-without-contrast", "mri-si-joints-with-and-without-contrast"}
    assert hits[2].kind == "term"
    assert Hit("passage", "s7") in hits


@pytest.mark.parametrize(
    ("asked", "kind", "best"),
    [
        ("fusion", "step", "si-joint-fusion"),
        ("arthrodesis", "step", "si-joint-fusion"),
        ("FUSIÓNS", "step", "si-joint-fusion"),
        ("rfa", "step", "cooled-rfa"),
        ("radiofrequency", "step", "cooled-rfa"),
        ("blocks", "term", "term-block"),
        ("fine erosions", "passage", "s6"),
        ("belt", "step", "conservative-care"),
        ("topic overview", "reference", "reference-1"),
        ("unproven", "edge", "diagnostic-injections-to-endoscopic-neurectomy"),
        ("s17", "passage", "s17"),
    ],
)
def test_the_best_of_each_kind_comes_first(asked: str, kind: str, best: str) -> None:
    assert ids(asked, kind)[0] == best


def test_all_words_count_before_any() -> None:
    assert ids("erosions zebra", "passage") == ids("erosions", "passage")
    assert len(index().search("conservative failed")) < len(index().search("conservative"))


def test_no_word_finds_nothing() -> None:
    assert [index().search(asked) for asked in ("", " ", "…", "zebra")] == [()] * 4


def test_kinds_follow_one_another_as_they_are_told() -> None:
    kinds = [hit.kind for hit in index().search("joint")]
    assert kinds == sorted(kinds, key=KINDS.index)
    assert len(set(kinds)) > 3


@given(st.text(max_size=60) | st.sampled_from(['" OR *', "a AND", "NEAR(x", "names:", "^a", "a" * 9999, "\0", "'; DROP TABLE held; --"]))
def test_whatever_is_asked_is_words_and_no_query(asked: str) -> None:
    hits = index().search(asked)
    assert len(set(hits)) == len(hits)


def test_many_sessions_may_search_at_once() -> None:
    made = index()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(made.search, ["stir", "fusion"] * 50))
    assert set(answers) == {made.search("stir"), made.search("fusion")}


def test_a_guideline_in_another_language_is_searched_too() -> None:
    steps = {id: Step(id, "Treatment", label, "", "p") for id, label in {"a": "Größere Übungen", "b": "画像診断", "c": "Операция"}.items()}
    made = Index(replace(Guideline("g", "urn:g", "", "", "", "", "", "", "", ""), steps=steps))
    assert [[hit.id for hit in made.search(asked)] for asked in ("grosse", "GRÖSSERE", "画像", "операц")] == [["a"], ["a"], ["b"], ["c"]]


def test_a_passage_is_found_by_how_the_source_grades_it() -> None:
    guideline = load(DATA / "graded.yaml").guideline
    assert [hit.id for hit in Index(guideline).search("strong")] == ["s-butter", "s-water"]
    assert [hit.id for hit in Index(guideline).search("best practice statement")] == ["s-look"]
