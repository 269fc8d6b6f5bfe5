"""What a page prints beside its text: running heads and feet, page numbers, numbers of lines along the margin."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from edgewise.citations.reading.printed_pages.lines import Line
from edgewise.citations.reading.printed_pages.runs import Page

_EDGE = 0.1  # of the page's height, where heads and feet stand
_FIGURES = re.compile(r"\d+")
_NUMBER = re.compile(r"(?:page\s*)?[-–—|]?\s*(?:\d{1,5}|[ivxlc]{1,6})\s*(?:(?:of|/)\s*\d{1,5})?\s*[-–—|]?", re.IGNORECASE)
_FEWEST = 4  # numbers along a margin


def without_furniture(pages: Sequence[Page], lines: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The lines of the text alone, page by page.

    Args:
        pages: of the file.
        lines: of each page.
    """
    repeated = _repeated(pages, lines)
    found = []
    for page, held in zip(pages, lines, strict=True):
        kept = [line for line in _without_line_numbers(held) if not (_at_edge(page, line) and _mark(page, line) in repeated)]
        found.append([line for line in kept if not _is_page_number(page, line, kept)])
    return found


def _is_page_number(page: Page, line: Line, beside: Sequence[Line]) -> bool:
    """A number alone at the edge, beyond all of the text: one beside the first line of the text is the number of an entry."""
    if not (_at_edge(page, line) and _NUMBER.fullmatch(line.text.strip())):
        return False
    top = line.base > page.height / 2
    others = [one.base for one in beside if one is not line and not _NUMBER.fullmatch(one.text.strip())]
    return all(base < line.base - line.size / 2 if top else base > line.base + line.size / 2 for base in others)


def _at_edge(page: Page, line: Line) -> bool:
    return line.base > (1 - _EDGE) * page.height or line.base < _EDGE * page.height


def _mark(page: Page, line: Line) -> tuple[str, int]:
    """A line without its figures, and whether it stands at the head or the foot."""
    return _FIGURES.sub("#", " ".join(line.text.split())), int(line.base > page.height / 2)


def _repeated(pages: Sequence[Page], lines: Sequence[Sequence[Line]]) -> set[tuple[str, int]]:
    """Lines at an edge of several pages; even and odd pages may have their own."""
    counts: Counter[tuple[str, int]] = Counter()
    for page, held in zip(pages, lines, strict=True):
        counts.update({_mark(page, line) for line in held if _at_edge(page, line)})
    enough = max(2, min(len(pages) // 3, 4))
    return {mark for mark, count in counts.items() if count >= enough and any(c.isalpha() for c in mark[0])}


def _without_line_numbers(lines: Sequence[Line]) -> list[Line]:
    """Lines that hold one number only, one under the other along a margin and rising; those at the head of a line as well."""
    alone = [line for line in lines if line.text.isascii() and line.text.isdigit() and len(line.text) <= 4]
    alone.sort(key=lambda line: -line.base)
    edge = min((line.left for line in lines if line not in alone), default=0.0)
    far = max((line.right for line in lines if line not in alone), default=0.0)
    outside = [line for line in alone if line.right < edge + 1 or line.left > far - 1]
    steps = Counter(int(after.text) - int(before.text) for before, after in pairwise(outside))
    step, times = steps.most_common(1)[0] if steps else (0, 0)
    if len(outside) < _FEWEST or step not in (1, 2, 5, 10) or times < 0.7 * (len(outside) - 1):
        return list(lines)
    gone = {id(line) for line in outside}
    return [line for line in lines if id(line) not in gone]
