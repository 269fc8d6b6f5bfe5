"""Lines of a page, put together of its runs, with what is raised in them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from edgewise.citations.reading.printed_pages.runs import Page, Run

_APART = 0.9  # of the type's size: a wider gap parts columns, or the cells of a table
_NEAR = 0.65  # of the type's size: how far a raised or lowered run may stand off the baseline
_SMALL = 0.88  # of the line's size, for what is raised by its place
_SHARE = 0.15  # of a line's letters, for the largest type in it to be its own
_RAISED = 0.15


@dataclass(slots=True)
class Line:
    """Runs on one baseline from left to right."""

    page: int
    runs: list[Run]
    base: float = 0.0
    size: float = 0.0
    left: float = 0.0
    right: float = 0.0
    column: int = 0
    text: str = field(default="", init=False)

    def settle(self) -> Line:
        """Measure the line anew, once runs were added."""
        self.runs.sort(key=lambda run: run.left)
        weights: defaultdict[float, float] = defaultdict(float)
        for run in self.runs:
            weights[run.size] += len(run.text) * (0 if run.up else 1) + 0.01
        enough = _SHARE * sum(weights.values())  # a long group of raised figures may have more letters than the words beside it
        self.size = max(size for size, weight in weights.items() if weight >= enough)
        bases: Counter[float] = Counter()
        for run in self.runs:
            if run.size == self.size:
                bases[run.base] += len(run.text)
        self.base = bases.most_common(1)[0][0]
        self.left, self.right = self.runs[0].left, max(run.right for run in self.runs)
        self.text = "".join((" " if index and self.spaced(index) else "") + run.text for index, run in enumerate(self.runs))
        return self

    def spaced(self, index: int) -> bool:
        """Whether a space stands before a run of the line."""
        run, before = self.runs[index], self.runs[index - 1]
        gap = run.left - before.right
        level = self.raised(run) == self.raised(before)  # where the baseline changes, PDFium tells of a space that nobody set
        return gap > 0.2 * self.size or (run.spaced and (level or gap > 0.12 * self.size))

    def raised(self, run: Run) -> bool:
        """Whether a run hovers over the line, by its own shapes or by its place."""
        return run.up or (run.size <= _SMALL * self.size and run.base - self.base >= _RAISED * self.size)

    @property
    def bold(self) -> bool:
        """Whether all of it is in heavy type."""
        return all(run.bold for run in self.runs if any(c.isalpha() for c in run.text)) and any(run.bold for run in self.runs)


def lines_of(page: Page) -> list[Line]:
    """The lines of a page in the order of the file; a row of two columns is two lines.

    >>> page = Page(1, 595, 842, (Run("Rest", 10, 30, 700, 10), Run("1", 30, 33, 704, 6), Run("Far", 300, 320, 700, 10)))
    >>> [(line.text, [line.raised(run) for run in line.runs]) for line in lines_of(page)]
    [('Rest1', [False, True]), ('Far', [False])]
    """
    found: list[Line] = []
    for run in page.runs:
        last = found[-1] if found else None
        if last is not None and _goes_on(last.runs[-1], run):
            last.runs.append(run)
        else:
            found.append(Line(page.number, [run]))
    return _attached([line.settle() for line in found])


def _goes_on(last: Run, run: Run) -> bool:
    size = max(last.size, run.size)
    return abs(run.base - last.base) <= _NEAR * size and -0.5 * size < run.left - last.right < _APART * size


def _attached(lines: list[Line]) -> list[Line]:
    """Raised runs that the file gives apart from their line, put into it; so are lines that the file gives in pieces."""
    order = sorted(lines, key=lambda line: -line.size)
    home: dict[int, Line] = {}
    rows: dict[int, list[Line]] = {}
    for line in order:
        host = next((one for one in _around(rows, line) if _belongs(line, one)), None)
        if host is None:
            rows.setdefault(int(line.base // 10), []).append(line)
        else:
            home[id(line)] = host
    for line in order:
        if id(line) in home:
            home[id(line)].runs += line.runs
    return [line.settle() for line in lines if id(line) not in home]


def _around(rows: dict[int, list[Line]], line: Line) -> Sequence[Line]:
    at = int(line.base // 10)
    return [one for row in (at - 1, at, at + 1) for one in rows.get(row, ())]


def _belongs(line: Line, host: Line) -> bool:
    off, beside = line.base - host.base, min(abs(line.left - host.right), abs(host.left - line.right))
    within = host.left - 1 <= line.left and line.right <= host.right + 1
    if abs(off) < 1 and beside < 0.5 * host.size:
        return True
    smaller = line.size <= _SMALL * host.size or any(run.up for run in line.runs)
    return smaller and len(line.text) <= 40 and 0 <= off <= _NEAR * host.size and (beside < 0.4 * host.size or within)
