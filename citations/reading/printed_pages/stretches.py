"""The letters of some lines as text: words parted at a line's end put together, what is raised and what is linked kept apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from edgewise.citations.reading.printed_pages.lines import Line
from edgewise.citations.reading.printed_pages.runs import Run

_HYPHENS = "-\u2010\u00ad"
_DASHES = _HYPHENS + "\u2011\u2012\u2013\u2212"
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_LAST = re.compile(r"([^\W\d_]+)[-\u2010\u00ad]$")
_FIRST = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"(?:https?://|10\.\d{4,9}/)\S*$|\bdoi:?$", re.IGNORECASE)

Target = Callable[[Line, Run], int]


@dataclass(slots=True)
class Stretch:
    """Text of one kind: raised or not, and the entry that a link leads to; 0 for none."""

    text: str
    page: int
    raised: bool = False
    entry: int = 0


def vocabulary(lines: Iterable[Line]) -> frozenset[str]:
    """Words that stand whole within the lines, folded to lower case.

    >>> from edgewise.citations.reading.printed_pages.runs import Run
    >>> sorted(vocabulary([Line(1, [Run("low-back", 0, 9, 0, 9), Run("re-", 12, 15, 0, 9)]).settle()]))
    ['low-back']
    """
    found: set[str] = set()
    for line in lines:
        whole = line.text.rpartition(" ")[0] if line.text[-1:] in _HYPHENS else line.text  # without the part of a word at its end
        found.update(match[0].lower().replace("\u2010", "-") for match in _WORD.finditer(whole))
    return frozenset(found)


def stretches(lines: Sequence[Line], words: frozenset[str], target: Target | None = None) -> list[Stretch]:
    """The text of some lines, one after the other.

    Args:
        lines: of a paragraph or an entry.
        words: that stand whole elsewhere in the article: by them a hyphen at a line's end is told from one of the word's own.
        target: the entry that a run is linked to.
    """
    found: list[Stretch] = []
    for line in lines:
        for index, run in enumerate(line.runs):
            if index:
                _add(found, " " * line.spaced(index), line.page, raised=found[-1].raised, entry=found[-1].entry)
            elif found:
                _end_line(found, line, words)
            _add(found, run.text, line.page, raised=line.raised(run), entry=target(line, run) if target else 0)
    return found


def _add(found: list[Stretch], text: str, page: int, *, raised: bool, entry: int) -> None:
    if not text:
        return
    last = found[-1] if found else None
    if last is not None and (last.raised, last.entry, last.page) == (raised, entry, page):
        last.text += text
    else:
        found.append(Stretch(text, page, raised, entry))


def _end_line(found: list[Stretch], after: Line, words: frozenset[str]) -> None:
    """The end of a line: a space, nothing, or the hyphen taken away that parted a word."""
    tail = "".join(stretch.text for stretch in found[-4:])[-300:]
    first = after.text[:1]
    last = _LAST.search(tail)
    begun = _FIRST.match(after.text)
    if last and begun and first.islower():
        if not _own_hyphen(last[1].lower(), begun[0].lower(), words):
            found[-1].text = found[-1].text[:-1]
        return
    if tail[-1:] in _DASHES and (first.isalnum() or first in "[(") and not tail[-2:-1].isspace():
        return
    if _ADDRESS.search(tail) and tail[-1:] in "/._:=%&" and not first.isupper():
        return
    found[-1].text += " "


def _own_hyphen(before: str, after: str, words: frozenset[str]) -> bool:
    """Whether a word bears its hyphen in the middle of a line as well, and never stands without."""
    return f"{before}{after}" not in words and f"{before}-{after}" in words
