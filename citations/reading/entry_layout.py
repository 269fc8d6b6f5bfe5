"""An entry of a reference list taken apart as the Vancouver style prints it: authors, title, where it appeared, year, volume, pages.

Source: Citing Medicine (National Library of Medicine, 2nd edition). What the layout does not tell apart stays empty.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_MONTH = r"(?:\s+[A-Z][a-z]{2,8}\.?(?:[-–][A-Z][a-z]{2,8}\.?)?(?:\s+\d{1,2}(?:[-–]\d{1,2})?)?)?"
_VOLUME_AHEAD = r"(?=(?:1[5-9]|20)\d\d(?:\s[A-Z][\w\s-]{2,16})?;\s?[A-Z]?\d)"
_DATE = re.compile(
    rf"(?:(?<=[.;,:?!]\s)|(?<=[.;,:?!]\s\()|(?<=[^\W\d]\s){_VOLUME_AHEAD})(?P<year>(?:1[5-9]|20)\d\d)[a-z]?{_MONTH}(?=\s*(?:[;:.,)]|$))"
)
"""A year where a date stands: behind the end of something, or behind a journal with the volume to follow ("Lancet 2001;357:9");
not one in a title, nor a page."""
_PLACE = re.compile(
    r"^\)?\s*[;:,]?\s*(?P<volume>[A-Za-z]?\d[\dA-Za-z]*(?:\s*Suppl\.?\s*\d*)?)?\s*(?:\((?P<issue>[^()]{1,40})\))?"
    r"\s*(?:[:;,]\s*(?P<pages>[A-Za-z]{0,2}\d[\w.]*(?:\s*[-–—]\s*[A-Za-z]{0,2}\d[\w.]*)?))?"
)
_SENTENCE = re.compile(r"(?<=[.?!])\s+(?=[^\W_])")
_NAME = r"(?:[^\W\d_][\w’'.-]*\s+){1,4}[A-Z]{1,4}(?:\s+(?:Jr|Sr|II|III|2nd|3rd))?"
_AUTHORS, _SEVERAL = (re.compile(rf"^(?:{_NAME})(?:,\s+(?:{_NAME})){more}(?:,\s*(?:et al|and others))?\.?$") for more in ("*", "+"))
_GROUP = re.compile(
    r"\b(?:group|investigators?|committee|collaborat\w*|college|society|institute|association|organi[sz]ation|network|panel|force|team"
    r"|officers|coordinators|council|agency|department|ministry|board|editors?|foundation|federation|cent(?:er|re)|consortium)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Layout:
    """The parts of an entry as printed; year 0 and empty texts where they are not told apart."""

    author: str = ""
    title: str = ""
    container: str = ""
    year: int = 0
    volume: str = ""
    issue: str = ""
    pages: str = ""


def layout(raw: str) -> Layout:
    """Take an entry apart; its DOI and links are no part of it.

    >>> found = layout("Todd NV. Guidelines for cauda equina. Red flags and white flags. Br J Neurosurg. 2017;31(3):336-339.")
    >>> found.title, found.container, found.year, found.volume, found.issue, found.pages
    ('Guidelines for cauda equina. Red flags and white flags', 'Br J Neurosurg', 2017, '31', '3', '336-339')
    >>> layout("Doe A. Rest in bed. N Engl J Med 2001;344:10-5.").container
    'N Engl J Med'
    >>> layout("Modelling rest in bed. Doe A, van Roe BC. J Rest. 2011;101(1):72-9.").author
    'Doe A, van Roe BC'
    """
    text = re.sub(r"\s*(?:https?://\S+|(?:doi:?\s*)?\b10\.\d{4,9}/\S+|PMID:?\s*\d+\.?)", "", raw, flags=re.IGNORECASE).strip()
    dates = list(_DATE.finditer(text))
    if not dates:
        return Layout()
    date = dates[-1]
    year = int(date["year"])
    place = _PLACE.match(text[date.end() :])
    told = {key: (value or "").strip(" .") for key, value in place.groupdict().items()} if place else {}
    pieces = _SENTENCE.split(text[: date.start()].rstrip(" ("))
    if len(pieces) == 2 and _is_author(pieces[0]):  # something that appeared by itself
        return Layout(pieces[0].rstrip(". "), _title(pieces[1:]), year=year)
    if len(pieces) < 3:
        return Layout(year=year)
    author, *title, container = _authors_first(pieces)
    if not author or not title:
        return Layout(year=year)
    return Layout(author.rstrip(". "), _title(title), container.rstrip(" .;,:"), year, **told)


def _authors_first(pieces: list[str]) -> list[str]:
    """The pieces, what the authors' own full stops parted put together again; an empty first one where none looks like authors."""
    for count in range(1, len(pieces) - 1):
        first = " ".join(pieces[:count])
        if _is_author(first):
            return [first, *pieces[count:]]
    if _SEVERAL.match(pieces[1]):  # Springer's papers print the title first here and there
        return [pieces[1], pieces[0], *pieces[2:]]
    return [pieces[0] if len(pieces[0].split()) <= 12 else "", *pieces[1:]]


def _is_author(text: str) -> bool:
    return bool(_AUTHORS.match(text) or _GROUP.search(text))


def _title(pieces: list[str]) -> str:
    """A title as printed, without the full stop at its end; a question mark is its own."""
    return " ".join(pieces).rstrip(". ")
