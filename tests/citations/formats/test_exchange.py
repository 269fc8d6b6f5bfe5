"""Reference lists out and in again: what each format holds comes back, what it cannot hold is said, other programs can read it."""

from __future__ import annotations

import json
from dataclasses import replace

import bibtexparser
import pytest
import rispy
from hypothesis import given, settings
from hypothesis import strategies as st

from edgewise.citations.formats import bibtex, csl, ris
from edgewise.citations.formats.details import fold
from edgewise.citations.formats.files import FORMATS, read, write
from edgewise.citations.formats.names import Name, initials, parse_names, write_names
from edgewise.graph.library import load
from edgewise.graph.model import Addition, Identifier, Reference
from edgewise.ontology.errors import UnknownName

OURS = tuple(load("sacroiliac-sclerosis").guideline.references.values())
EACH = pytest.mark.parametrize("format", FORMATS)

NASTY = st.text(st.sampled_from(list("aBé ß–-,;:.=&%#_${}\\~^\"'<>/@()[]|+*1290\u0301中")), max_size=25)
WORDS = (
    st.text(max_size=25)
    | NASTY
    | st.sampled_from(["Foley BS", "ER  - ", "\\input{x}", "and", "A and B", "@article{", "edgewise tier = x", "<b>", "a--b", "1-2-3"])
).map(fold)
TITLES = WORDS.filter(bool)
FIELDS = st.sampled_from(
    [
        "authors",
        "volume",
        "issue",
        "pages",
        "month",
        "day",
        "publisher",
        "place",
        "edition",
        "issn",
        "language",
        "abbreviation",
        "a = b",
        "comment",
    ]
)
SAID_BY = st.sampled_from(["source", "editor", "a b; confirmed"])
ADDITIONS = st.lists(st.builds(Addition, FIELDS, TITLES, SAID_BY, st.booleans()), max_size=5).map(tuple)
IDENTIFIERS = st.lists(
    st.builds(Identifier, st.sampled_from(["doi", "pmid", "isbn", "url"]), TITLES, SAID_BY, st.booleans()), max_size=4
).map(tuple)
REFERENCES = st.builds(
    Reference,
    id=st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,20}", fullmatch=True),
    position=st.integers(1, 999_999),
    title=TITLES,
    year=st.integers(1000, 9999),
    container=WORDS,
    author=WORDS
    | st.sampled_from(["Foley BS, Buschbacher RM", "Foley, Bridget", "A & B, Ltd", "O'Neil J-P, van der Berg A", "Foley BS, et al."]),
    printed_kind=WORDS | st.sampled_from(["research", "guideline", "book", "chapter", "Thesis"]),
    tier=st.sampled_from(["", "primary", "tertiary"]),
    own_publisher=st.booleans(),
    identifiers=IDENTIFIERS,
    additions=ADDITIONS,
)


@EACH
def test_the_first_guidelines_references_come_back_whole_with_who_said_what(format):
    written = write(OURS, format)
    back = FORMATS[format].read(written.text, "list")
    assert (back.references, back.left_out, back.findings, written.left_out) == (OURS, (), (), ())


@EACH
@given(reference=REFERENCES)
@settings(max_examples=200, deadline=None)
def test_any_reference_comes_back_whole(format, reference):
    back = FORMATS[format].read(write([reference], format).text, "list")
    assert back.references == (reference,)
    assert [finding for finding in back.findings if finding.rule != "latex-command"] == []


@EACH
@given(references=st.lists(REFERENCES, max_size=4, unique_by=(lambda r: r.id, lambda r: r.position)))
@settings(max_examples=50, deadline=None)
def test_a_list_keeps_its_order_and_positions(format, references):
    assert FORMATS[format].read(write(references, format).text.encode(), "list").references == tuple(references)


@EACH
def test_what_no_line_can_hold_is_folded_and_said(format):
    odd = Reference("r", 1, "Two\nlines", 2006, additions=(Addition("volume", "8\x005", "editor", True),))
    written = write([odd], format)
    assert [(out.field, out.reference) for out in written.left_out] == [("volume", "r"), ("title", "r")]
    assert FORMATS[format].read(written.text, "list").references[0].title == "Two lines"


def test_rispy_reads_what_a_reference_manager_needs():
    entry = rispy.loads(ris.write(OURS).text)[3]
    assert {
        key: entry[key] for key in ("type_of_reference", "authors", "year", "volume", "number", "start_page", "end_page", "doi", "id")
    } == {
        "type_of_reference": "JOUR",
        "authors": ["Foley, B. S.", "Buschbacher, R. M."],
        "year": "2006",
        "volume": "85",
        "number": "12",
        "start_page": "997",
        "end_page": "1006",
        "doi": "10.1097/01.phm.0000247633.68694.c1",
        "id": "reference-4",
    }
    assert (entry["accession_number"], entry["name_of_database"]) == ("17117004", "PubMed")
    assert "edgewise addition volume = 85; stated by editor; confirmed" in entry["notes"]


def test_bibtexparser_reads_what_a_reference_manager_needs():
    entries = bibtexparser.parse_string(bibtex.write(OURS).text).entries_dict
    assert {key: entries["reference-4"][key] for key in ("ENTRYTYPE", "author", "pages", "journal", "number")} == {
        "ENTRYTYPE": "article",
        "author": "Foley, B. S. and Buschbacher, R. M.",
        "pages": "997--1006",
        "journal": "American journal of physical medicine \\& rehabilitation",
        "number": "12",
    }
    assert entries["reference-1"]["author"] == "{Dr.Oracle Medical Advisory Board \\& Editors}"


def test_bibtex_leaves_no_sign_in_a_value_that_latex_would_obey():
    text = bibtex.write([Reference("r", 1, "50 % of a_b & c#d $x$ ~y ^z {w} \\input", 2006)]).text
    assert r"title = {50 \% of a\_b \& c\#d \$x\$ \textasciitilde{}y \textasciicircum{}z \textbraceleft{}w" in text
    assert r"\textbackslash{}input}" in text


def test_csl_json_has_the_types_that_citeproc_expects():
    item = json.loads(csl.write(OURS).text)[4]
    assert (item["type"], item["issued"], item["author"][0]) == (
        "article-journal",
        {"date-parts": [[2013, 7]]},
        {"family": "Shaffrey", "given": "C. I."},
    )


FOREIGN = {
    "csl-json": """[{"id": "http://zotero.org/1", "type": "book", "title": "<i>Belts</i> &amp; braces",
        "publisher": "A Press", "ISBN": "978-0-306-40615-7",
        "author": [{"family": "Berg", "given": "Ann", "non-dropping-particle": "van der"}, {"literal": "WHO"}],
        "issued": {"date-parts": [["2006", "7", "3"]]}, "abstract": "Long", "keyword": "x"}]""",
    "ris": """1.
TY  - BOOK
A1  - van der Berg, Ann
A1  - WHO
T1  - Belts &amp; braces
Y1  - 2006/07/03/
PB  - A Press
SN  - 978-0-306-40615-7
N2  - Long
KW  - x
ER  -
""",
    "bibtex": """% a comment
@string{press = "A Press"}
@Book{x:1, author = {van der Berg, Ann and {WHO}}, title = "{B}elts &amp; braces", publisher = press,
  isbn = {978-0-306-40615-7}, date = {2006-07-03}, abstract = {Long}, keywords = {x}}""",
}


@EACH
def test_another_programs_book_is_read_and_what_has_no_place_is_said(format):
    found = FORMATS[format].read(FOREIGN[format], "list", stated_by="editor")
    book = found.references[0]
    assert (book.year, book.author, book.printed_kind, book.position) == (2006, "van der Berg, Ann; WHO", "book", 1)
    assert book.identifiers == (Identifier("isbn", "978-0-306-40615-7", "editor", confirmed=False),)
    assert {(a.field, a.value) for a in book.additions} == {("publisher", "A Press"), ("month", "July"), ("day", "3")}
    assert not any(a.confirmed for a in book.additions)
    assert {out.value for out in found.left_out} >= {"Long"}
    assert found.findings == ()


@EACH
def test_a_detail_changed_in_another_program_is_no_longer_confirmed_and_said(format):
    text = write(OURS, format).text
    marks = {
        "csl-json": ('"volume": "85"', '"volume": "58"'),
        "ris": ("VL  - 85", "VL  - 58"),
        "bibtex": ("volume = {85}", "volume = {58}"),
    }
    back = FORMATS[format].read(text.replace(*marks[format]), "list")
    volume = next(a for a in back.references[3].additions if a.field == "volume")
    assert volume == Addition("volume", "58", "editor", confirmed=False)
    assert [(finding.rule, finding.value) for finding in back.findings] == [("changed-elsewhere", "85")]


def test_an_added_author_line_and_a_printed_one_stay_apart():
    both = Reference(
        "r", 1, "T", 2006, author="Foley BS, et al.", additions=(Addition("authors", "Foley BS, Buschbacher RM", "editor", True),)
    )
    for format in FORMATS:
        assert FORMATS[format].read(write([both], format).text, "list").references == (both,)


def test_latex_accents_are_read_and_commands_are_kept_as_text():
    entry = r"@article{a, title={M{\"u}ller, {\O}rsted, Garc{\'i}a, \v{S}koda, \'{\i}le, {\ss} \& \input{/etc/passwd}}, year={2006}}"
    found = bibtex.read(entry, "list.bib")
    assert found.references[0].title == r"Müller, Ørsted, García, Škoda, íle, ß & \input/etc/passwd"
    assert [str(finding) for finding in found.findings] == [
        r"list.bib:1: warning: the command \input was kept as text; write what it stands for [latex-command]"
    ]


def test_files_are_told_by_their_ending(tmp_path):
    for ending, format in ((".json", "csl-json"), (".ris", "ris"), (".BIB", "bibtex")):
        path = tmp_path / f"list{ending}"
        path.write_text(write(OURS, format).text, "utf-8")
        assert read(path).references == OURS
    with pytest.raises(UnknownName, match="known are"):
        read(tmp_path / "list.docx")


@given(st.text(max_size=40) | NASTY)
def test_a_line_of_authors_is_never_changed_by_taking_it_apart(line):
    assert write_names(parse_names(line)) == " ".join(line.split())


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("", ()),
        ("Foley BS", (Name("Foley", "B. S."),)),
        ("van der Berg J-P", (Name("van der Berg", "J.-P."),)),
        ("Foley, Bridget", (Name("Foley", "Bridget"),)),
        ("Foley, Bridget; Berg, Ann", (Name("Foley", "Bridget"), Name("Berg", "Ann"))),
        ("Foley BS, et al.", (Name(literal="Foley BS, et al."),)),
        ("Smith & Sons, Publishers", (Name(literal="Smith & Sons, Publishers"),)),
        ("Royal College of Radiologists UK", (Name(literal="Royal College of Radiologists UK"),)),
        ("Dr.Oracle Medical Advisory Board & Editors", (Name(literal="Dr.Oracle Medical Advisory Board & Editors"),)),
    ],
)
def test_authors_are_taken_apart_only_where_it_is_certain(line, names):
    assert parse_names(line) == names


def test_initials_are_capitals_alone():
    assert [initials(given) for given in ("B. S.", "BS", "J.-P.", "Bo", "ABCDE", "")] == ["BS", "BS", "J-P", "", "", ""]


def test_an_id_that_is_none_here_is_made_one_and_twins_are_parted():
    found = csl.read(
        '[{"id": "a b/c", "title": "T", "issued": {"date-parts": [[2006]]}}, {"id": "a-b-c", "title": "U", "issued": {"raw": "2007"}}]',
        "l.json",
    )
    assert [(r.id, r.position, r.year) for r in found.references] == [("a-b-c", 1, 2006), ("a-b-c-2", 2, 2007)]
    assert [finding.rule for finding in found.findings] == ["duplicate-id"]


def test_positions_that_clash_are_numbered_anew():
    clashing = [OURS[0], replace(OURS[1], position=1)]
    assert [r.position for r in csl.read(csl.write(clashing).text, "l.json").references] == [1, 2]
