"""Manuscripts that are in memory, dropped or pasted: read, judged, and never on a disk."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from edgewise.citations.audit.manuscripts.judging import Judged, judge, own_fault
from edgewise.citations.audit.manuscripts.kinds import is_list, not_yet
from edgewise.citations.audit.manuscripts.manuscript import Manuscript, of_read, of_reading
from edgewise.citations.formats.files import SUFFIXES as LISTS
from edgewise.citations.formats.files import read_content
from edgewise.citations.reading.article import FORMATS as ARTICLES
from edgewise.citations.reading.article import read_article_text
from edgewise.citations.reading.file_formats import format_of
from edgewise.citations.reading.files import LIMIT
from edgewise.graph.reading.files import FORMATS as GUIDELINES
from edgewise.ontology.errors import SourceError
from edgewise.ontology.findings import Finding

if TYPE_CHECKING:
    from edgewise.citations.lookup.works import Resolution

MOST = 5_000
"""Entries of one list that are judged while somebody waits; no article cites as many."""
_PASTED: tuple[tuple[str, re.Pattern[str]], ...] = (
    (".html", re.compile(r"\s*<(?:!doctype html|html\b)", re.IGNORECASE)),
    (".xml", re.compile(r"\s*<(?:\?xml|!DOCTYPE|(?:pmc-articleset|article)\b)")),
    (".bib", re.compile(r"\s*(?:%[^\n]*\n\s*)*@\w+\s*[{(]")),
    (".ris", re.compile(r"\s*TY  ?- ")),
    (".json", re.compile(r"\s*(?:\[\s*)?\{\s*\"")),
    (".nbib", re.compile(r"\s*PMID ?- ")),
    (".md", re.compile(r"\s*(?:---\n|#{1,3} )|[\s\S]{0,20000}?\n#{1,4} ")),
)
"""By what a pasted text is known, the surest first."""


@dataclass(frozen=True)
class Given:
    """One file that was given.

    Attributes:
        name: of the file, without folders.
        manuscript: what was read of it; None if it cannot be read.
        refused: why it cannot.
        text: of a reference list, for the place of what could not be read in it.
    """

    name: str
    manuscript: Manuscript | None = None
    refused: tuple[Finding, ...] = ()
    text: str = ""

    def judged(self, lookups: Mapping[str, Resolution] | None = None) -> Judged:
        """What the rules find in it, judged also by what registries answered, if they were asked; nothing is raised."""
        if self.manuscript is None:
            return Judged(self.name, refused=self.refused)
        try:
            return Judged(self.name, self.manuscript.guideline.title, judge(self.manuscript, lookups=lookups))
        except Exception as error:  # one file must not cost the report on all others
            return Judged(self.name, refused=(own_fault(error, self.name),))


def read_given(data: bytes, name: str, limit: int = LIMIT, most: int = MOST) -> Given:
    r"""A file that is in memory, read as its ending says; whatever is wrong with it is told, and nothing is raised.

    Args:
        data: all of it.
        name: of the file.
        limit: largest size in bytes.
        most: entries of a list; rules compare each with each, and somebody waits for the answer.

    >>> read_given(b"TY  - JOUR\nTI  - Rest\nPY  - 2001\nER  -\n", "mine.ris").judged().report.findings[0].rule
    'R201'
    >>> read_given(b"%PDF", "mine.exe").refused[0].message
    "the ending '.exe' names nothing that is read here"
    """
    try:
        read = _read(data, name, limit)
        entries = len(read.manuscript.guideline.references) if read.manuscript else 0
        return read if entries <= most else Given(name, refused=(_too_many(name, most),))
    except SourceError as error:
        return Given(name, refused=tuple(replace(one, file=one.file or name) for one in error.findings))
    except Exception as error:  # as above
        return Given(name, refused=(own_fault(error, name),))


def _read(data: bytes, name: str, limit: int) -> Given:
    if told := _refusal(name):
        return Given(name, refused=(told,))
    if not is_list(Path(name), data):
        return Given(name, of_read(read_article_text(data, name, format_of(name), limit=limit)))
    if not data.strip():
        raise SourceError(
            [Finding(rule="empty-file", message="the list has no content", file=name, repair="check that the right file was saved")]
        )
    return Given(name, of_reading(read_content(data, name, stated_by="source"), name), text=data.decode("utf-8", "replace"))


def _too_many(name: str, most: int) -> Finding:
    repair = "give the list of one article; 'edgewise audit' takes longer ones"
    return Finding(rule="too-many-entries", message=f"the list holds more than {most:,} entries", file=name, repair=repair)


def _refusal(name: str) -> Finding | None:
    """Why a file of such a name cannot be read at all."""
    suffix = PurePath(name).suffix.lower()
    if suffix in ARTICLES or suffix in LISTS:
        return None
    if told := not_yet(name):
        return told
    if suffix in GUIDELINES:
        return Finding(
            rule="no-manuscript", message="this is a guideline", file=name, repair="open it on the Library page, and audit it from there"
        )
    repair = f"give an article ({', '.join(ARTICLES)}) or a reference list ({', '.join(LISTS)})"
    message = f"the ending '{suffix}' names nothing that is read here" if suffix else "the name has no ending that tells what it is"
    return Finding(rule="unknown-format", message=message, file=name, repair=repair)


def pasted_name(text: str) -> str:
    r"""What a pasted text is called: its beginning tells what it is, and so how it is read.

    >>> pasted_name("@article{lee, title={Rest}}"), pasted_name("<?xml version='1.0'?><article/>"), pasted_name("Rest helps [1].")
    ('pasted.bib', 'pasted.xml', 'pasted.txt')
    """
    return next((f"pasted{ending}" for ending, beginning in _PASTED if _is_read(ending) and beginning.match(text)), "pasted.txt")


def _is_read(ending: str) -> bool:
    return ending in ARTICLES or ending in LISTS
