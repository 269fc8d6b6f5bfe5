"""The reference list of a printed article: where it begins and ends, and which lines are an entry."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from edgewise.citations.reading.printed_pages.lines import Line
from edgewise.citations.reading.reference_list import names_list

_LABEL = re.compile(r"(?:(\[)\s?(\d{1,4})\s?\]|(\()?(\d{1,4})\)|(\d{1,4})\.(?!\d)|(\d{1,4})(?=\s))\s*")
_DATED = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)|\bdoi\b|\bin press\b", re.IGNORECASE)
_FAR = 2.2  # of the type's size: how far labels of one column may begin from one another
_INDENT = 0.5


@dataclass(frozen=True, slots=True)
class Entry:
    """Lines of an entry; number 0 where none is printed."""

    lines: tuple[Line, ...]
    number: int = 0


@dataclass(frozen=True, slots=True)
class Listed:
    """Entries, and the lines of the article that are left without them."""

    entries: tuple[Entry, ...]
    rest: tuple[Line, ...]


def find_entries(lines: Sequence[Line]) -> Listed:
    """The entries behind the last heading that names a list and has some."""
    for index in range(len(lines) - 2, -1, -1):
        if names_list(lines[index].text.strip()) and not lines[index].text.endswith("."):
            entries, count = _numbered(lines[index + 1 :])
            if not entries:
                entries, count = _unnumbered(lines[index + 1 :])
            dated = sum(any(_DATED.search(line.text) for line in entry.lines) for entry in entries)
            if entries and dated >= 0.4 * len(entries):
                return Listed(tuple(entries), (*lines[:index], *lines[index + 1 + count :]))
    return Listed((), tuple(lines))


def _label(line: Line) -> tuple[str, int]:
    """How a label is printed, and its number; 0 if the line bears none."""
    match = _LABEL.match(line.text)
    if match is None:
        return "", 0
    number = next(int(group) for group in (match[2], match[4], match[5], match[6]) if group)
    kind = "[" if match[2] else ")" if match[4] else "." if match[5] else " "
    return kind, number


def _numbered(lines: Sequence[Line]) -> tuple[list[Entry], int]:
    """Entries whose numbers rise by one, all printed alike and beginning at one edge of their column."""
    kind, number = _label(lines[0]) if lines else ("", 0)
    if number not in (1, 2) or (kind == " " and not any(_label(line) == (" ", number + 1) for line in lines[1:8])):
        return [], 0
    edges = _edges(lines, kind)
    starts: list[int] = []
    for index, line in enumerate(lines):
        if (
            _label(line) in ((kind, number + len(starts)), (kind, number + len(starts) + 1))
            and line.left <= edges.get(_place(line), line.left) + _FAR * line.size
        ):
            found = _label(line)[1]
            if found == number + len(starts) or _later(lines[index + 1 : index + 12], kind, found + 1):
                starts += [index] * (found - number - len(starts) + 1)
    ends = [*starts[1:], starts[-1] + _tail(lines, starts)]
    entries = [Entry(tuple(lines[a:b]), number + n) for n, (a, b) in enumerate(zip(starts, ends, strict=True)) if b > a]
    return entries, ends[-1]


def _later(lines: Iterable[Line], kind: str, number: int) -> bool:
    return any(_label(line) == (kind, number) for line in lines)


def _edges(lines: Sequence[Line], kind: str) -> dict[tuple[int, int], float]:
    found: dict[tuple[int, int], float] = {}
    for line in lines:
        if _label(line)[0] == kind:
            found[_place(line)] = min(found.get(_place(line), line.left), line.left)
    return found


def _place(line: Line) -> tuple[int, int]:
    return line.page, line.column


def _tail(lines: Sequence[Line], starts: Sequence[int]) -> int:
    """Lines of the last entry: no more than the longest of the others has, and none behind a wider gap or in other type."""
    first = starts[-1]
    longest = max((b - a for a, b in pairwise(starts)), default=4)
    count = 1
    usual = _leading(lines[: first + 1])
    while first + count < len(lines) and count < longest:
        last, line = lines[first + count - 1], lines[first + count]
        gap = last.base - line.base if _place(last) == _place(line) else 0.0
        if line.bold or abs(line.size - last.size) > 0.06 * last.size or gap > 1.3 * usual:
            break
        count += 1
    return count


def _leading(lines: Sequence[Line]) -> float:
    steps = [a.base - b.base for a, b in pairwise(lines) if _place(a) == _place(b) and a.base > b.base]
    return median(steps) if steps else 12.0


def _unnumbered(lines: Sequence[Line]) -> tuple[list[Entry], int]:
    """Entries whose first lines stand out to the left, or that are set apart by wider gaps."""
    end = _until_heading(lines)
    held = lines[:end]
    if not held:
        return [], 0
    starts = _one_a_line(held) or _hanging(held) or _apart(held)
    if not starts or starts[0] != 0:
        starts = [0, *starts]
    entries = [Entry(tuple(held[a:b])) for a, b in zip(starts, [*starts[1:], len(held)], strict=True)]
    return entries, end


def _until_heading(lines: Sequence[Line]) -> int:
    size = Counter(line.size for line in lines[:60]).most_common(1)[0][0] if lines else 0.0
    for index, line in enumerate(lines):
        if index and (line.size > 1.07 * size or (line.bold and len(line.text.split()) < 8)):
            return index
    return len(lines)


def _one_a_line(lines: Sequence[Line]) -> list[int]:
    """Entries of one line each: nearly every line tells when something appeared."""
    dated = sum(bool(_DATED.search(line.text)) for line in lines)
    return list(range(len(lines))) if dated >= 0.9 * len(lines) else []


def _hanging(lines: Sequence[Line]) -> list[int]:
    edges: dict[tuple[int, int], float] = {}
    for line in lines:
        edges[_place(line)] = min(edges.get(_place(line), line.left), line.left)
    out = [index for index, line in enumerate(lines) if line.left < edges[_place(line)] + _INDENT * line.size]
    share = len(out) / len(lines)
    if 0.15 <= share <= 0.85 and len(lines) > 3:
        return out
    return []


def _apart(lines: Sequence[Line]) -> list[int]:
    usual = _leading(lines)
    pairs = list(pairwise(lines))
    wide = [n for n, (a, b) in enumerate(pairs, 1) if _place(a) == _place(b) and a.base - b.base > 1.15 * usual]
    if wide:
        return sorted({*wide, *(n for n, (a, b) in enumerate(pairs, 1) if _place(a) != _place(b) and a.text.endswith("."))})
    return [n for n, (a, b) in enumerate(pairs, 1) if a.text.endswith(".") and b.text[:1].isupper() and a.right < b.right - b.size]
