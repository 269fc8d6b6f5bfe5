"""Whether two entries of one title are one work: not if they are editions, chapters, numbers of a series, or works of other people."""

from __future__ import annotations

import unicodedata

from edgewise.citations.evidence.preprints import is_preprint
from edgewise.citations.formats.details import author_line, bare_doi, detail, identifier, same_value
from edgewise.citations.formats.people import people
from edgewise.graph.identifiers import isbn
from edgewise.graph.model import Reference

_YEARS_APART = 1  # online in December, in print in January
_YEARS_TO_PRINT = 4  # from a preprint to the article
_NUMBERS = ("volume", "issue", "number")


def plain_title(title: str) -> str:
    """Letters and figures of a title in small letters: what stays the same however it is set.

    >>> plain_title("HIPS – a trial."), plain_title("?")
    ('hips a trial', '')
    """
    letters = "".join(c if c.isalnum() else " " for c in unicodedata.normalize("NFKC", title).casefold())
    return " ".join(letters.split())


def same_work(one: Reference, other: Reference) -> bool:
    """Whether two entries of the same title are the same work as far as they say; what only one of them says parts nothing.

    >>> first = Reference("a", 1, "Introduction", 2010, container="Book of Bones", author="Doe A")
    >>> same_work(first, Reference("b", 2, "Introduction", 2011, container="Book of Hearts", author="Roe B"))
    False
    >>> same_work(first, Reference("b", 2, "Introduction.", 2010, author="Doe A"))
    True
    """
    printed = is_preprint(one) != is_preprint(other)  # a preprint and the article that came of it are one work
    years = abs(one.year - other.year) if one.year and other.year else 0
    if years > (_YEARS_TO_PRINT if printed else _YEARS_APART) or _other_people(one, other) or _other_edition(one, other, years):
        return False
    if printed or _same_pages(one, other):
        return True
    return not (_differ(one, other, *_NUMBERS) or _other_number(one, other))


def _other_people(one: Reference, other: Reference) -> bool:
    ours, theirs = people(author_line(one)), people(author_line(other))
    return bool(ours and theirs) and not any(mine.may_be(yours) for mine in ours for yours in theirs)


def _other_edition(one: Reference, other: Reference, years: int) -> bool:
    books = [
        {found for held in work.identifiers if held.scheme == "isbn" and isinstance(found := isbn(held.value), str)}
        for work in (one, other)
    ]
    if all(books) and not books[0] & books[1]:
        return True
    told = [detail(work, "edition") for work in (one, other)]
    return _differ(one, other, "edition") or (any(told) and not all(told) and years > 0)


def _differ(one: Reference, other: Reference, *fields: str) -> bool:
    pairs = ((detail(one, field), detail(other, field)) for field in fields)
    return any(ours and theirs and not same_value(ours, theirs) for ours, theirs in pairs)


def _same_pages(one: Reference, other: Reference) -> bool:
    ours, theirs = detail(one, "pages"), detail(other, "pages")
    return bool(ours) and same_value(ours, theirs)


def _other_number(one: Reference, other: Reference) -> bool:
    """Whether both have a DOI, each its own."""
    ours, theirs = identifier(one, "doi"), identifier(other, "doi")
    return bool(ours and theirs) and bare_doi(ours) != bare_doi(theirs)
