"""The order in which one reads a page: down one column, then the next; what runs over several columns parts them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from edgewise.citations.reading.printed_pages.lines import Line

_FEWEST = 6  # lines that begin a column
_NARROWEST = 60.0  # points
_SAME_ROW = 0.25  # of the type's size
_LESS = 0.6  # of them, that may run across its edge from the left


def in_reading_order(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page as one reads them; each is told its column, -1 where it runs over several.

    >>> from edgewise.citations.reading.printed_pages.runs import Run
    >>> both = [(f"{side}{row} and so it goes on", left, 700 - 12 * row) for row in range(8) for side, left in (("a", 50), ("b", 300))]
    >>> page = [Line(1, [Run(text, left, left + 220, base, 10)]).settle() for text, left, base in both]
    >>> " ".join(line.text[:2] for line in in_reading_order(page))
    'a0 a1 a2 a3 a4 a5 a6 a7 b0 b1 b2 b3 b4 b5 b6 b7'
    """
    edges = column_edges(lines)
    for line in lines:
        line.column = _column(line, edges)
    for line in [line for line in lines if line.column < 0]:
        if any(one.column >= 0 and one.left > line.left and abs(one.base - line.base) < 0.6 * line.size for one in lines):
            line.column = _begun(line, edges)  # a long address that runs into the column beside it
    found: list[Line] = []
    waiting: dict[int, list[Line]] = {}
    for line in _by_rows(lines):
        if line.column < 0:
            found += _flushed(waiting)
            found.append(line)
        else:
            waiting.setdefault(line.column, []).append(line)
    return _joined(found + _flushed(waiting))


def _by_rows(lines: Sequence[Line]) -> list[Line]:
    """From the head of the page to its foot; what stands on one baseline from left to right."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -line.base):
        if rows and rows[-1][0].base - line.base < _SAME_ROW * max(line.size, rows[-1][0].size):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda line: line.left)]


def _joined(lines: Sequence[Line]) -> list[Line]:
    """Neighbours on one baseline of a column as one: a number or a bullet set apart from what it stands before."""
    found: list[Line] = []
    for line in lines:
        last = found[-1] if found else None
        level = last is not None and abs(last.base - line.base) < _SAME_ROW * max(last.size, line.size)
        if last is not None and level and last.column == line.column and line.left >= last.right - 1:
            last.runs += line.runs
            last.settle()
        else:
            found.append(line)
    return found


def _flushed(waiting: dict[int, list[Line]]) -> list[Line]:
    found = [line for column in sorted(waiting) for line in waiting[column]]
    waiting.clear()
    return found


def column_edges(lines: Sequence[Line]) -> list[float]:
    """Left edges of a page's columns: where many lines begin, and few run across."""
    if not lines:
        return [0.0]
    wide = [line for line in lines if len(line.text) > 12]
    starts = Counter(round(line.left) for line in wide)
    first = min((line.left for line in wide), default=0.0)
    edges = [first]
    for start in sorted(starts):
        begin = [line for line in wide if abs(line.left - start) <= 2]
        across = [line for line in wide if line.left < start - 8 and line.right > start + 4]
        beside = sorted(line.right for line in wide if line.right < start + 1 and line.left < start - 8)
        if start - edges[-1] <= _NARROWEST or len(begin) < _FEWEST or len(beside) < _FEWEST or len(across) > _LESS * len(begin):
            continue
        end = beside[int(0.9 * (len(beside) - 1))]  # where the column before ends, but for a line or two
        if start - end >= 3:
            edges.append(min(line.left for line in lines if end + 1 < line.left <= start + 2))
    return edges


def _begun(line: Line, edges: Sequence[float]) -> int:
    """The column that a line begins in."""
    return max((index for index, edge in enumerate(edges) if line.left >= edge - 4), default=0)


def _column(line: Line, edges: Sequence[float]) -> int:
    column = _begun(line, edges)
    after = edges[column + 1] if column + 1 < len(edges) else None
    return -1 if after is not None and line.right > after + 4 else column
