"""What is known about a reference beyond what the article prints: editors' additions beside the printed fields."""

from __future__ import annotations

import re
import unicodedata

from edgewise.citations.formats.names import Name, parse_names
from edgewise.graph.model import Reference

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))


def detail(reference: Reference, *fields: str) -> str:
    """The first addition under any of these field names, or empty.

    >>> from edgewise.graph.model import Addition
    >>> added = (Addition("volume", "85", "editor", True),)
    >>> detail(Reference("r", 1, "T", 2006, additions=added), "volume")
    '85'
    """
    return next((added.value for field in fields for added in reference.additions if added.field == field), "")


def identifier(reference: Reference, scheme: str) -> str:
    """The first identifier of a scheme (``doi``, ``pmid``, ``isbn``, ``url``), as written, or empty."""
    return next((known.value for known in reference.identifiers if known.scheme == scheme), "")


def bare_doi(value: str) -> str:
    """A DOI as DOIs are compared, even one that is malformed: nothing in front of it, no stop behind it, no capitals.

    >>> bare_doi("https://doi.org/10.1000/X."), bare_doi("doi:10.1000/x")
    ('10.1000/x', '10.1000/x')
    """
    return value[max(value.find("10."), 0) :].strip().rstrip("/.").casefold()


def author_line(reference: Reference) -> str:
    """The authors in one line: what editors added, which names all of them, else what the article prints."""
    return detail(reference, "authors") or reference.author


def authors(reference: Reference) -> tuple[Name, ...]:
    """The authors, taken apart where that is certain."""
    return parse_names(author_line(reference))


def month_number(text: str) -> int | None:
    """The month of ``July``, ``jul.``, ``07`` or ``7``; None for anything else.

    >>> month_number("July"), month_number("sept."), month_number("12"), month_number("summer")
    (7, 9, 12, None)
    """
    word = text.strip().rstrip(".").casefold()
    if word.isascii() and word.isdigit() and len(word) <= 2:
        return int(word) if 1 <= int(word) <= len(MONTHS) else None
    named = (n for n, month in enumerate(MONTHS, 1) if len(word) >= 3 and (month.casefold().startswith(word) or (n, word) == (9, "sept")))
    return next(named, None)


def same_value(ours: str, theirs: str) -> bool:
    """Whether two values differ in nothing but dashes, spaces and case.

    >>> same_value("997–1006", "997-1006"), same_value("85", "58")
    (True, False)
    """
    return _plain(ours) == _plain(theirs)


def fold(text: str) -> str:
    r"""Put a value on one line, composed and free of control characters: what every format can hold.

    >>> fold(" Low\tback\n pain\x00 ")
    'Low back pain'
    """
    kept = ("" if unicodedata.category(c) == "Cs" else " " if unicodedata.category(c) == "Cc" else c for c in text)
    return unicodedata.normalize("NFC", " ".join("".join(kept).split()))


def _plain(text: str) -> str:
    joined = "".join(unicodedata.normalize("NFKC", text).translate(_DASHES).split()).casefold()
    return re.sub("-+", "-", joined)
