"""Which entries are one work: by their numbers, or by a title and nothing that parts them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from edgewise.citations.evidence.preprints import is_preprint
from edgewise.citations.evidence.same_work import same_work
from edgewise.citations.evidence.studies import works
from edgewise.graph.model import Addition, Identifier, Reference


def entry(id: str = "a", **fields) -> Reference:
    """An entry; fields that a reference has no key for are additions, and schemes are identifiers."""
    own = {key: value for key, value in fields.items() if key in ("title", "year", "container", "author")}
    rest = {key: value for key, value in fields.items() if key not in own}
    return Reference(
        id, 1, own.pop("title", "Low back pain"), own.pop("year", 2010), **own,
        identifiers=tuple(Identifier(key, value, "source", False) for key, value in rest.items() if key in ("doi", "isbn")),
        additions=tuple(Addition(key, value, "source", False) for key, value in rest.items() if key not in ("doi", "isbn")),
    )  # fmt: skip


FIRST = {"author": "Doe A, Roe B", "container": "J Ex", "volume": "3", "pages": "1-9", "doi": "10.5555/a"}


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ({}, True),
        (FIRST, True),
        ({"author": "Ann Doe; Bo Roe"}, True),
        ({"author": "Doe AB, et al."}, True),
        ({"author": "Poe C", "container": "J Other"}, False),
        ({"author": "World Example Organization"}, True),
        ({"year": 2011}, True),
        ({"year": 2012}, False),
        ({"volume": "4"}, False),
        ({"volume": "4", "pages": "1–9"}, True),
        ({"doi": "https://doi.org/10.5555/A."}, True),
        ({"doi": "10.5555/b"}, False),
        ({"doi": "10.48550/arXiv.2001.00001", "year": 2008}, True),
        ({"edition": "Second", "year": 2011}, False),
    ],
)
def test_one_title_is_one_work_unless_something_parts_the_entries(other, same):
    assert same_work(entry(**FIRST), entry("b", **other)) is same
    assert same_work(entry("b", **other), entry(**FIRST)) is same


def test_editions_with_numbers_of_their_own_are_two_books():
    assert not same_work(entry(isbn="978-0-470-12990-6"), entry("b", isbn="0-471-41805-6"))
    assert same_work(entry(isbn="978-0-471-41805-4"), entry("b", isbn="0-471-41805-6")), "ten digits and thirteen, one book"


def test_a_list_of_one_title_does_not_take_for_ever():
    """Nobody writes such a list, but a file may hold it; those far apart are then not held against each other."""
    many = [replace(entry(str(at), volume=str(at)), position=at) for at in range(3000)]
    assert len(set(works(many).of.values())) == 3000


@pytest.mark.parametrize(
    ("fields", "preprint"),
    [
        ({"doi": "10.1101/2020.05.03.20089854"}, True),
        ({"doi": "https://doi.org/10.1101/123456"}, True),
        ({"doi": "10.1101/gr.123456.111"}, False),
        ({"doi": "10.48550/ARXIV.1707.08052"}, True),
        ({"doi": "10.21203/rs.3.rs-1/v1"}, True),
        ({"container": "bioRxiv preprint"}, True),
        ({"container": "J Arxivology"}, False),
    ],
)
def test_preprints_are_known_by_server_or_number(fields, preprint):
    assert is_preprint(entry(**fields)) is preprint
