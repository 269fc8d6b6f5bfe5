"""What an entry may hold beside its fingerprints: our own words as they were signed, and which texts of the cited work were read.

Of a text that is somebody else's there is never a word, only where it came from, its digest and the fingerprints of sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from edgewise.citations.ledger.fingerprints import HASH, CitationLink

LONGEST: dict[str, int] = {"statement": 3_000, "kind": 50, "marker": 200, "reference": 1_500}
"""Characters that are kept of each of our own words."""
LONGEST_SOURCE = 300
MOST_TEXTS, MOST_SENTENCES = 5, 20
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SOURCE = re.compile(r"(?:pubmed|doi|file):[^\x00-\x1f\x7f\ud800-\udfff]+")


class OurWords(NamedTuple):
    """What stood on the page in our own words when a citation was signed.

    Attributes:
        statement: the claim.
        kind: of the claim.
        marker: as printed.
        reference: author, title, journal and year of the entry; empty where the marker pointed to none.
    """

    statement: str
    kind: str
    marker: str
    reference: str


class TextRead(NamedTuple):
    """One text that was read beside the statement.

    Attributes:
        source: ``pubmed:`` and a number, ``doi:`` and a DOI, or ``file:`` and a file's name.
        date: the day on which it was looked up or loaded, ``2026-01-31``.
        digest: ``sha256:`` of the abstract's text or the file's bytes.
        sentences: fingerprints of the sentences that stood beside the statement, the nearest first.
    """

    source: str
    date: str
    digest: str
    sentences: tuple[str, ...] = ()


def our_words(link: CitationLink) -> OurWords:
    """What a citation says in our own words now; what is too long to keep is cut, with "…" for the rest.

    >>> from edgewise.citations.ledger.fingerprints import links
    >>> from edgewise.graph.library import load
    >>> our_words(links(load("sacroiliac-sclerosis").guideline)["s1/citations/1"])[1:3]
    ('recommendation', '1')
    """
    statement, _, marker, entry = link
    line = ". ".join(part for part in (entry.author, entry.title, entry.container, entry.dated) if part) if entry else ""
    said = {"statement": statement.text, "kind": statement.kind, "marker": marker.printed, "reference": line}
    return OurWords(**{part: _cut(words, LONGEST[part]) for part, words in said.items()})


def reworded(then: OurWords, now: OurWords) -> dict[str, tuple[str, str]]:
    """What differs between our words then and now, by part: the old and the new.

    >>> reworded(OurWords("Rest.", "evidence", "1", ""), OurWords("Rest for a week.", "evidence", "1", ""))
    {'statement': ('Rest.', 'Rest for a week.')}
    """
    return {part: (old, new) for part, old, new in zip(then._fields, then, now, strict=True) if old != new}


def _cut(words: str, longest: int) -> str:
    return words if len(words) <= longest else f"{words[: longest - 1]}…"


def words_of(data: Any) -> OurWords | None:
    """Our words from plain data, None where there are none.

    Raises:
        ValueError: the data are something else.

    >>> words_of({"statement": "Rest.", "kind": "evidence", "marker": "1", "reference": ""}).marker
    '1'
    """
    if data is None:
        return None
    if not isinstance(data, dict) or data.keys() != set(OurWords._fields) or not all(isinstance(part, str) for part in data.values()):
        raise ValueError("words does not hold statement, kind, marker and reference")
    return OurWords(**data)


def texts_of(data: Any) -> tuple[TextRead, ...]:
    """The texts read, from plain data.

    Raises:
        ValueError: the data are something else.
    """
    if not isinstance(data, list):
        raise ValueError("read is not a list of texts")
    return tuple(_text(one) for one in data)


def _text(data: Any) -> TextRead:
    if not isinstance(data, dict) or data.keys() != set(TextRead._fields) or not isinstance(data["sentences"], list):
        raise ValueError("a text that was read does not hold source, date, digest and sentences")
    if not all(isinstance(part, str) for part in (data["source"], data["date"], data["digest"], *data["sentences"])):
        raise ValueError("a text that was read holds something else than text")
    return TextRead(data["source"], data["date"], data["digest"], tuple(data["sentences"]))


def plain(words: OurWords | None, read: tuple[TextRead, ...]) -> dict[str, Any]:
    """Both as plain data, each only where it is there: an entry without them keeps the id that it had before there were any.

    >>> plain(None, ())
    {}
    """
    told: dict[str, Any] = {} if words is None else {"words": words._asdict()}
    return told | ({"read": [{**text._asdict(), "sentences": list(text.sentences)} for text in read]} if read else {})


def faults(words: OurWords | None, read: tuple[TextRead, ...]) -> Iterator[tuple[str, str]]:
    """All that is wrong with them, as (what, repair); nothing for sound ones.

    >>> [what for what, _ in faults(None, (TextRead("pubmed:1", "2026-01-31", "sha256:1"),))]
    ["the digest of a text that was read is not 'sha256:' and 64 hexadecimal digits"]
    """
    repair = "export the ledger again"
    for part, said in (words._asdict() if words else {}).items():
        if len(said) > LONGEST[part]:
            yield f"the {part} in our words is longer than {LONGEST[part]:,} characters", repair
    if len(read) > MOST_TEXTS or any(len(text.sentences) > MOST_SENTENCES for text in read):
        yield f"it names more than {MOST_TEXTS} texts, or of one more than {MOST_SENTENCES} sentences", repair
    for text in read:
        yield from ((what, repair) for what in _text_faults(text))


def _text_faults(text: TextRead) -> Iterator[str]:
    if len(text.source) > LONGEST_SOURCE or not _SOURCE.fullmatch(text.source):
        yield "a text that was read is named by neither PubMed's number, a DOI nor a file"
    if not _is_day(text.date):
        yield f"{text.date[:40]!r} is not a day"
    for what, mark in (("digest of a text that was read", text.digest), *(("fingerprint of a sentence", one) for one in text.sentences)):
        if not HASH.fullmatch(mark):
            yield f"the {what} is not 'sha256:' and 64 hexadecimal digits"


def _is_day(date: str) -> bool:
    try:
        return bool(_DAY.fullmatch(date) and datetime.fromisoformat(date))
    except ValueError:  # the 31st of February
        return False
