"""Lines in reading order as headings, paragraphs, captions and the cells of tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from edgewise.citations.reading.model import BlockKind
from edgewise.citations.reading.printed_pages.lines import Line

_CAPTION = re.compile(r"(?:fig(?:ure|\.)?|table|box|scheme|video|supplement\w*|appendix)\s?(?:S?\d|[IVX]+\b)", re.IGNORECASE)
_NAMED = re.compile(r"\w+\.?\s?S?(?:\d+|[IVX]+)[.:|]\s+[A-Z]")
_BULLET = re.compile(r"[•▪‣◦●■–—]\s*(?=\S)")
_ENDED = re.compile(r"[.?!:;][\s\d,\-–—\[\]()'\"”’*†‡]*$")
_LARGER, _SMALLER = 1.07, 0.93
_LONGEST_HEADING = 22  # words
_WIDER = 1.35  # of the usual distance between lines


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together."""

    kind: BlockKind
    lines: list[Line]
    level: int = 0

    @property
    def text(self) -> str:
        """All its lines, one after the other."""
        return " ".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Setting:
    """How an article is set: size of the text's type, distance between its lines, and the left edge of each column."""

    size: float
    leading: float
    edges: dict[tuple[int, int], float]

    def edge(self, line: Line) -> float:
        """Left edge of the column that a line stands in."""
        return self.edges.get((line.page, line.column), line.left)


def setting(lines: Sequence[Line]) -> Setting:
    """How the lines of an article are set."""
    sizes: Counter[float] = Counter()
    lefts: dict[tuple[int, int], Counter[float]] = {}
    for line in lines:
        sizes[line.size] += len(line.text)
        lefts.setdefault((line.page, line.column), Counter())[round(line.left)] += 1
    size = sizes.most_common(1)[0][0] if sizes else 10.0
    steps = [a.base - b.base for a, b in pairwise(lines) if _follows(a, b) and a.size == b.size == size]
    near = [step for step in steps if 0.8 * size < step < 2.5 * size]
    return Setting(size, median(near) if near else 1.2 * size, {place: _edge(held) for place, held in lefts.items()})


def _edge(lefts: Counter[float]) -> float:
    """The leftmost place where a fair share of the lines begin."""
    enough = max(lefts.values()) * 0.3
    return min(left for left, count in lefts.items() if count >= enough)


def _follows(before: Line, line: Line) -> bool:
    return before.page == line.page and before.column == line.column and line.base < before.base


def paragraphs(lines: Sequence[Line], held: Setting) -> list[Paragraph]:
    """The lines of an article put together; a paragraph that a column, a page or a figure parts is one."""
    found: list[Paragraph] = []
    last: Line | None = None
    for line in lines:
        kind, level = _kind(line, last, held)
        current = found[-1] if found else None
        if current is not None and last is not None and current.kind == kind and not _begins(last, line, current, held):
            current.lines.append(line)
        else:
            found.append(Paragraph(kind, [line], level))
        last = line
    return _continued([_settled(one, held) for one in found])


def _kind(line: Line, last: Line | None, held: Setting) -> tuple[BlockKind, int]:
    words = line.text.split()
    if _CAPTION.match(line.text) and (line.runs[0].bold or line.size < held.size or _is_caption(line, last, held)):
        return "caption", 0
    larger = line.size > _LARGER * held.size
    if (
        (larger or (line.bold and line.size >= _SMALLER * held.size))
        and len(words) <= _LONGEST_HEADING
        and any(c.isalpha() for c in line.text)
    ):
        return "heading", 1 if line.size > 1.3 * held.size else 2 if larger else 3
    return "paragraph", 0


def _is_caption(line: Line, last: Line | None, held: Setting) -> bool:
    """Whether a line in the type of the text begins a caption: it names a figure and stops, and nothing before it goes on into it."""
    apart = last is None or not _follows(last, line) or last.base - line.base > _WIDER * held.leading or bool(_ENDED.search(last.text))
    return apart and bool(_NAMED.match(line.text))


def _begins(last: Line, line: Line, current: Paragraph, held: Setting) -> bool:
    """Whether a line begins a paragraph, seen from the one before."""
    if abs(line.size - last.size) > 0.06 * held.size or _BULLET.match(line.text):
        return True
    if not _follows(last, line):
        return current.kind == "heading" or (bool(_ENDED.search(last.text)) and not line.text[:1].islower())
    if last.base - line.base > _WIDER * held.leading * max(1.0, line.size / held.size):
        return True
    indent = line.left - held.edge(line)
    return current.kind == "paragraph" and 0.5 * held.size < indent < 6 * held.size and last.left - held.edge(line) < 0.5 * held.size


def _settled(one: Paragraph, held: Setting) -> Paragraph:
    """What its lines together tell of its kind."""
    words = one.text.split()
    if one.kind == "heading" and (len(words) > _LONGEST_HEADING or (one.text.endswith(".") and len(words) > 8)):
        one.kind = "paragraph"
    elif one.kind == "caption" or (one.kind == "paragraph" and one.lines[0].size < _SMALLER * held.size and len(words) < 25):
        one.kind = "cell"
    elif one.kind == "paragraph" and _BULLET.match(one.text):
        one.kind = "bullet"
    one.level = one.level if one.kind == "heading" else 0
    return one


def _continued(found: Sequence[Paragraph]) -> list[Paragraph]:
    """A paragraph that breaks off in a sentence goes on behind what stands between: a caption, a table, the foot of a page."""
    kept: list[Paragraph] = []
    open_one: Paragraph | None = None
    for one in found:
        if one.kind in ("paragraph", "bullet") and open_one is not None and one.kind == "paragraph" and _goes_on(open_one, one):
            open_one.lines += one.lines
            continue
        kept.append(one)
        if one.kind == "heading":
            open_one = None
        elif one.kind in ("paragraph", "bullet"):
            open_one = one
    return kept


def _goes_on(before: Paragraph, after: Paragraph) -> bool:
    moved = not _follows(before.lines[-1], after.lines[0])
    same = abs(before.lines[-1].size - after.lines[0].size) <= 0.06 * before.lines[-1].size
    return moved and same and not _ENDED.search(before.text[-60:]) and not after.text[:1].isupper()
