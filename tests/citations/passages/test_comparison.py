"""What a statement says is marked found or not found in a text, with where; never is it said what that means."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from edgewise.citations.lookup.abstracts import Abstract
from edgewise.citations.passages.comparison import compare
from edgewise.citations.passages.directions import directions
from edgewise.citations.passages.texts import MOST, of_abstract, of_article, record
from edgewise.citations.reading.article import read_article_text
from edgewise.citations.reading.fingerprint import fingerprint
from edgewise.explorer.cards.cited_text import origin

TEXT = (
    "Mothers after childbirth were asked about low back pain. In all, 120 women took part. After 42 days 7 of 10 were free of pain. "
    "The dose was 500 mg. Mice were not harmed. Sleep did not differ."
)


def text(said=TEXT):
    return of_abstract(Abstract("pubmed", "1", "Belts", (("", said),), "2026-01-31"))


def marks(statement, kind, said=TEXT):
    return {mark.said: mark for mark in compare(statement, text(said)).marks if mark.kind == kind}


def test_figures_are_found_in_other_forms_with_their_sentence():
    found = marks("In 6 weeks 70 % of 120 women were free of pain with 0.5 g, and 80 % with more.", "figure")
    assert {said: (mark.found, mark.where) for said, mark in found.items()} == {
        "6 weeks": (True, (2,)), "70 %": (True, (2,)), "120 women": (True, (1,)), "0.5 g": (True, (3,)), "80 %": (False, ()),
    }  # fmt: skip


def test_units_are_marked_by_themselves():
    found = marks("For 3 weeks 2 mg were given, and 5 mmol/L seen.", "unit")
    assert {said: (mark.found, bool(mark.note)) for said, mark in found.items()} == {
        "weeks": (True, True), "mg": (True, False), "mmol/L": (False, False),
    }  # fmt: skip
    assert "exactly" in found["weeks"].note


@pytest.mark.parametrize(
    ("statement", "direction"),
    [
        ("Belts lower the dose.", "decrease"),
        ("Belts raise the dose.", "increase"),
        ("Belts make no difference.", "no difference"),
        ("Belts are not better than rest.", "no difference"),
        ("Belts relieve pain.", "better"),
        ("Belts make it worse.", "worse"),
        ("There were no more fractures.", "no difference"),
    ],
)
def test_the_direction_of_a_statement_is_read(statement, direction):
    assert list(directions(statement)) == [direction]


@pytest.mark.parametrize("statement", ["Two or more blocks", "more than 70 %", "A more invasive step", "A cut-off of 5"])
def test_a_bound_is_no_direction(statement):
    assert directions(statement) == {}


def test_a_direction_is_found_or_not():
    assert [mark.found for mark in marks("Sleep is similar.", "direction").values()] == [True]
    assert [mark.found for mark in marks("Sleep increases.", "direction").values()] == [False]


def test_whom_it_speaks_of_is_found_or_not_and_others_are_named():
    found = compare("Children and women with low back pain or heart failure rest.", text())
    told = {mark.said: mark.found for mark in found.marks if mark.kind in ("population", "condition")}
    assert told == {"children": False, "women": True, "low back pain": True, "heart failure": False}
    assert found.others == {"after childbirth": (), "animals": (4,)} or set(found.others) >= {"animals"}


def test_a_condition_of_which_only_the_last_word_stands_there_is_not_found_and_that_is_said():
    (mark,) = marks("Sacroiliac joint pain lasts.", "condition").values()
    assert not mark.found
    assert mark.note == "“pain” stands there, not all of its name"
    assert mark.where


def test_a_statement_without_anything_to_look_for_has_no_marks():
    found = compare("Belts are worn.", text())
    assert found.marks == ()


def test_a_text_that_shares_no_word_has_no_nearest_sentence():
    assert compare("Belts are worn.", text("Nobody answered.")).nearest == ()
    assert compare("Belts are worn.", replace(text(), sentences=())).nearest == ()


def test_no_verdict_is_ever_given():
    found = compare("Belts relieve pain in 70 % of women within 6 weeks and lower the dose of 500 mg.", text())
    told = " ".join(f"{mark.kind} {mark.note}" for mark in found.marks)
    assert not re.search(r"support|contradict|refut|agree|confirm|disprov|wrong|correct|true|false", told, re.IGNORECASE)


def test_of_a_text_longer_than_a_book_it_is_said_how_much_was_left_out():
    data = ("Belts\n\n" + "It rained again. " * (MOST + 7)).encode()
    held = of_article(read_article_text(data, "belts.txt", "text"), data, "2026-01-31")
    assert (len(held.sentences), held.left_out) == (MOST, 7)
    assert origin(held).endswith("; 7 more were left out")


def test_what_is_kept_of_a_text_are_fingerprints():
    held = text()
    found = compare("70 % of women are free of pain.", held)
    kept = record(held, found.nearest)
    assert kept.source == "pubmed:1"
    assert kept.sentences == tuple(fingerprint(held.sentences[at].text) for at in found.nearest)
    assert not any(one.text in str(kept) for one in held.sentences)


@pytest.mark.parametrize(
    ("data", "format"),
    [
        (b"Belts\n\nBelts helped 7 of 10 women [1].\n\nReferences\n\n1. Lee A. Belts help 9 of 10. 2001.\n", "text"),
        (b"# Belts\n\nBelts helped 7 of 10 women [1].\n\n## References\n\n1. Lee A. Belts help 9 of 10. 2001.\n", "markdown"),
        (
            b"<html><body><h1>Belts</h1><p>Belts helped 7 of 10 women [1].</p><h2>References</h2><ol><li>Lee A. Belts help 9 of 10. 2001."
            b"</li></ol></body></html>",
            "html",
        ),
    ],
)
def test_a_loaded_article_is_read_by_any_reader_without_its_reference_list(data, format):
    held = of_article(read_article_text(data, f"belts.{format}", format), data, "2026-01-31")
    assert held.source == f"file:belts.{format}"
    found = compare("Belts help 70 % of women.", held)
    assert [held.sentences[at].text for at in found.nearest] == ["Belts helped 7 of 10 women."]
