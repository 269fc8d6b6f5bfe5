"""The reference files kept beside the checkout: what each entry says arrives."""

from __future__ import annotations

import pytest

from edgewise.citations.formats.files import read
from tests.places import SHARED

CASES = SHARED / "cases" / "references"


def case(name: str):
    if not (CASES / name).is_file():
        pytest.skip(f"NOT CHECKED: no ../shared/cases/references/{name} beside this checkout")
    return read(CASES / name)


def details(reference) -> dict[str, str]:
    return {added.field: added.value for added in reference.additions} | {known.scheme: known.value for known in reference.identifiers}


def test_20_a_group_author_an_abbreviated_journal_and_a_doi_of_three_fields():
    (one,) = case("20.ris").references
    assert (one.author, one.container, one.title, one.year) == ("IEEE; Doe, A; Roe, B", "Acta Exempli", "A title", 2001)
    assert details(one)["doi"].endswith("10.1000/xyz.1")


def test_21_all_entries_with_what_each_says():
    found = case("21.bib")
    assert [(one.id, one.author, one.title, one.container, one.year) for one in found.references] == [
        ("a", "Doe, Ann; et al.", "Wings of Tetrix subulata in the 2nd year", "J Ex", 2001),
        ("b", "Doe, Ann", "B", "J Ex", 2024),
        ("c", "", "C: the book", "", 2003),
        ("d", "Poe, Cy", "D", "J Ex", 2004),
        ("e", "Loe D", "E", "The F book", 2005),
        ("f", "", "The F book", "", 2005),
        ("g", "World Health Organization", "G at 50 % and α-blockers à la mode", "J Ex", 0),
        ("h", "van der Berg, Karl Jr.; Müller, Jørn; Ó Briain, Seán", "H", "J Ex", 2006),
        ("i", "Doe A", "I", "J Ex", 2007),
        ("j", "Doe A", "J: a sub", "J Ex", 2008),
    ]
    assert [finding.rule for finding in found.findings] == ["missing-year"]
    assert details(found.references[1]) == {"month": "March", "day": "2"}
    assert details(found.references[7]) == {"pages": "e1–e9", "month": "June", "doi": "https://doi.org/10.1000/ABC"}


def test_22_months_by_any_name():
    found = case("22.bib")
    assert [(one.id, details(one)["month"]) for one in found.references] == [
        ("a1", "April"),
        ("a2", "June"),
        ("a3", "September"),
        ("a4", "April"),
    ]
    assert found.findings == ()


def test_23_authors_each_by_themselves():
    assert [one.author for one in case("23.bib").references] == [
        "Doe de Roe, A.; Poé, M.; de Loe, Tom",
        "Doe, Ann; Roe, Bob; Poe, Cy",
        "Doe E, Roe G, Poe KA, Loe M",
        "Barnes and Noble, Inc.",
        "Scrapy developers",
    ]


@pytest.mark.parametrize(("name", "titles"), [("24.ris", ["First", "Second"]), ("25.ris", ["First Cochrane", "Second Cochrane"])])
def test_24_and_25_what_stands_between_entries_moves_no_position(name, titles):
    assert [(one.position, one.title) for one in case(name).references] == [(1, titles[0]), (2, titles[1])]


def test_29_a_doi_of_another_field_and_a_month_by_name():
    first, second = case("29.ris").references
    assert (first.author, details(first)["doi"], first.year) == ("Doe, Mary Jane", "10.1000/182", 1933)
    assert (second.year, details(second)["month"]) == (2015, "October")
