"""Manuscripts in memory: read as their names say, judged as the command judges files, and every finding led to its place."""

from __future__ import annotations

import io
import zipfile

import pytest

from edgewise.citations.audit.manuscripts.excerpts import excerpts
from edgewise.citations.audit.manuscripts.given import pasted_name, read_given
from edgewise.citations.audit.manuscripts.judging import judge_file

ARTICLE = """Care of the ankle

Rest helps after a sprain.[1] Ice eases the pain.[2] Boots are worn by few.[5]
Nobody knows about belts. Growth rose (from [1,12] to 8.4).

References

1. Lee A. Rest at last. J Ankle. 2001;3:1-4.
2. Ray B. Ice and its friends. J Ankle. 2002;4:5-9.
3. Kim C. Unread by all. J Ankle. 2003;5:9-1.
"""
LIST = """TY  - JOUR
AU  - Lee, A.
TI  - Rest at last
PY  - 2001
DO  - 10.1000/a b
ER  -

this stands between

TY  - JOUR
TI  - Ice
ER  -
"""


def found(name, text, rule):
    given = read_given(text.encode(), name)
    return given, next(one for one in given.judged().report.findings if one.rule == rule)


@pytest.mark.parametrize(("name", "text"), [("mine.txt", ARTICLE), ("mine.ris", LIST)])
def test_what_is_given_is_judged_as_the_file_would_be(tmp_path, name, text):
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    of_file = judge_file(file).report
    of_given = read_given(text.encode(), name).judged().report
    told = [(one.rule, one.severity, one.line, one.message) for one in of_given.findings]
    assert told == [(one.rule, one.severity, one.line, one.message) for one in of_file.findings]
    assert {one.file for one in of_given.findings} == {name}
    assert [one.rules for one in of_given.unchecked] == [one.rules for one in of_file.unchecked]


def test_a_marker_without_entry_leads_to_its_sentence_between_its_neighbours():
    given, finding = found("mine.txt", ARTICLE, "M101")
    (place,) = excerpts(given, finding)
    assert (place.kind, place.text, place.numbers, place.line) == ("sentence", "Boots are worn by few.", (5,), 3)
    assert (place.before, place.after) == ("Ice eases the pain.", "Nobody knows about belts.")


def test_an_entry_that_nobody_cites_is_shown_as_printed():
    given, finding = found("mine.txt", ARTICLE, "M102")
    (place,) = excerpts(given, finding)
    assert (place.kind, place.numbers) == ("entry", (3,))
    assert "Unread by all" in place.text


def test_a_doubtful_number_leads_to_the_sentence_in_which_it_stands():
    given, finding = found("mine.txt", ARTICLE, "M107")
    assert [one.text for one in excerpts(given, finding)] == ["Growth rose (from [1,12] to 8.4)."]


def test_of_one_line_only_the_sentence_is_shown_that_is_meant():
    html = "<p>One.[1] Two.[3] Three.[2]</p><h2>References</h2><ol><li>Lee A. Rest. J. 2001.</li><li>Ray B. Ice. J. 2002.</li></ol>"
    given, finding = found("mine.html", html, "M101")
    assert [one.text for one in excerpts(given, finding)] == ["Two."]


def test_what_a_list_says_that_cannot_be_read_is_shown_by_its_line():
    given, finding = found("mine.ris", LIST, "R218")
    assert [(one.kind, one.text) for one in excerpts(given, finding)] == [("line", "this stands between")]
    given, finding = found("mine.ris", LIST, "R201")
    assert [one.kind for one in excerpts(given, finding)] == ["entry", "entry"]


def test_a_jump_in_the_numbers_leads_to_the_sentence_behind_it():
    given, finding = found("mine.txt", ARTICLE.replace("3. Kim", "7. Kim").replace("[5]", "[7]"), "M103")
    assert [one.text for one in excerpts(given, finding)] == ["Boots are worn by few."]


def zipped(name: str, data: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(name, data)
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("mine.exe", b"MZ", "names nothing that is read here"),
        ("mine", b"x", "no ending that tells what it is"),
        ("guideline.yaml", b"id: g", "this is a guideline"),
        ("mine.txt", b" \n", "has no content"),
        ("mine.ris", b"", "has no content"),
        ("mine.odt", b"PK", "OpenDocument is not read yet"),
        ("mine.docx", b"PK\x03\x04 broken", ""),
        ("mine.docx", zipped("other.txt", b"x"), ""),
        ("mine.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ""),
        ("mine.xml", b'<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><article>&c;</article>', ""),
        ("mine.xml", b"<a>" * 20_000, ""),
        ("mine.txt", b"x" * 2_000_000, "larger than"),
        ("mine.json", b"[" * 100_000, ""),
    ],
)
def test_a_bad_file_is_answered_with_a_sentence(name, data, words):
    judged = read_given(data, name, limit=1_000_000).judged()
    assert judged.report is None
    assert words in judged.refused[0].message
    assert judged.refused[0].file == name
    assert not any(one.rule == "own-fault" for one in judged.refused)


def test_a_list_that_is_no_articles_is_not_waited_for():
    judged = read_given(b"TY  - JOUR\nTI  - Rest\nER  -\n" * 4, "mine.ris", most=3).judged()
    assert [one.message for one in judged.refused] == ["the list holds more than 3 entries"]
    assert read_given(b"TY  - JOUR\nTI  - Rest\nER  -\n" * 3, "mine.ris", most=3).judged().report


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("@article{a, title={A}}", "pasted.bib"),
        ("% mine\n\n@Book{a}", "pasted.bib"),
        ("TY  - JOUR\n", "pasted.ris"),
        ('[{"id": "a"}]', "pasted.json"),
        ("<?xml version='1.0'?>\n<article/>", "pasted.xml"),
        ("<!DOCTYPE html><p>x", "pasted.html"),
        ("# Care\n\nRest helps [^1].", "pasted.md"),
        ("Care\n\n## Rest\n", "pasted.md"),
        (ARTICLE, "pasted.txt"),
        ("a@b.org wrote this", "pasted.txt"),
    ],
)
def test_a_pasted_text_is_read_as_what_it_begins_like(text, name):
    assert pasted_name(text) == name
