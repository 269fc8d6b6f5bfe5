"""One format into another: nothing is lost in silence."""

from __future__ import annotations

import pytest

from edgewise.citations.formats import bibtex, csl, ris
from edgewise.citations.formats.converting import NAMES, convert
from edgewise.citations.formats.exchange import Reading
from edgewise.graph.model import Addition, Identifier, Reference

READERS = {"csl": csl, "ris": ris, "bibtex": bibtex}
WHOLE = Reference(
    "lee", 1, "Of belts & braces", 2006, container="Journal of Belts", author="Lee, Ann; The Belt Group", printed_kind="article-journal",
    identifiers=(Identifier("doi", "10.5555/a", "editor", False), Identifier("pmid", "17", "editor", False)),
    additions=(Addition("volume", "3", "editor", False), Addition("pages", "12–19", "editor", False)),
)  # fmt: skip


def told(reference: Reference, to: str) -> dict[str, str]:
    return {one.field: one.why for one in convert(Reading((reference,)), to).left_out}


@pytest.mark.parametrize("to", READERS)
def test_what_every_format_can_hold_arrives_whole(to):
    written = convert(Reading((WHOLE,)), to)
    assert written.left_out == ()
    (again,) = READERS[to].read(written.text, "list").references
    assert (again.title, again.year, again.container) == (WHOLE.title, WHOLE.year, WHOLE.container)
    assert {(one.scheme, one.value) for one in again.identifiers} == {("doi", "10.5555/a"), ("pmid", "17")}
    assert {(one.field, one.value) for one in again.additions} == {("volume", "3"), ("pages", "12–19")}
    assert "edgewise" not in written.text


@pytest.mark.parametrize("to", READERS)
@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"identifiers": (Identifier("doi", "10.5555/a", "editor", False), Identifier("doi", "10.5555/b", "editor", False))}, "doi"),
        ({"identifiers": (Identifier("arxiv", "2101.00001", "editor", False),)}, "arxiv"),
        ({"additions": (Addition("month", "Michaelmas", "editor", False),)}, "month"),
        ({"additions": (Addition("article number", "e17", "editor", False),)}, "article number"),
        ({"printed_kind": "patent"}, "type"),
    ],
)
def test_what_a_format_has_no_place_for_is_named(to, more, field):
    reference = Reference("r", 1, "Of belts", 2006, container="Journal of Belts", **more)
    assert list(told(reference, to)) == [field]


def test_ris_has_one_place_for_two_numbers_and_says_which_it_left():
    numbers = (Identifier("isbn", "978-3-16-148410-0", "editor", False),)
    reference = Reference("r", 1, "Of belts", 2006, identifiers=numbers, additions=(Addition("issn", "1234-5678", "editor", False),))
    assert told(reference, "ris") == {"issn": "ris has no place for it"}
    assert told(reference, "csl") == {}


def test_a_list_for_readers_names_all_that_it_does_not_show():
    authors = ", ".join(f"{name} A" for name in "Abel Berg Cole Dahl Eden Ford Gold".split())
    additions = (
        Addition("volume", "3", "editor", False),
        Addition("issn", "1234-5678", "editor", False),
        Addition("day", "2", "editor", False),
    )
    reference = Reference("r", 1, "Of belts", 2003, container="Journal of Belts", author=authors, tier="primary", additions=additions)
    written = convert(Reading((reference,)), "vancouver")
    assert written.text.startswith("1. Abel A, Berg A, Cole A, Dahl A, Eden A, Ford A, et al. Of belts.")
    assert {(one.field, one.value) for one in written.left_out} == {
        ("author", "Gold, A."), ("issn", "1234-5678"), ("day", "2"), ("tier", "primary"),
    }  # fmt: skip


def test_a_number_within_another_is_not_taken_for_shown():
    doubled = (Addition("volume", "3", "editor", False), Addition("volume", "20", "editor", False))
    assert told(Reference("r", 1, "Of belts", 2003, additions=doubled), "vancouver") == {"volume": "the style does not show it"}


@pytest.mark.parametrize("to", NAMES)
def test_an_empty_list_is_an_empty_list(to):
    assert convert(Reading(), to).left_out == ()


def test_a_list_longer_than_what_may_be_read_at_once_is_compared_all_the_same():
    many = tuple(Reference(f"r{number}", number, f"Of belts {number}", 2006) for number in range(1, 1203))
    odd = Reference("odd", 1203, "Of braces", 2006, identifiers=(Identifier("arxiv", "1", "editor", False),))
    assert [one.reference for one in convert(Reading((*many, odd)), "csl").left_out] == ["odd"]
