"""The hand-out: the pathway on one printed page, A4 or Letter, as PDF or SVG, set by Typst from one source.

The page is set in the largest type with which everything fits on it; where even the smallest is too large, in a comfortable type on
several pages. Nothing is ever left out. The same guideline gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any, Literal, NamedTuple

import typst

from edgewise.explorer.drawing.lettering import clean
from edgewise.explorer.drawing.palette import STATES
from edgewise.explorer.handout import text
from edgewise.explorer.handout.drawing import DASHES, PaperDrawing, cut_short, draw, drawn, lanes_cut_short, legend, slices, span
from edgewise.explorer.handout.fonts import covered
from edgewise.explorer.handout.free_places import place
from edgewise.explorer.handout.paper import Paper
from edgewise.explorer.handout.patient_on_sheet import patient
from edgewise.explorer.handout.runs import written
from edgewise.explorer.handout.svg import stacked
from edgewise.graph.gaps.memory import gaps_of
from edgewise.graph.model import Guideline
from edgewise.graph.walking.facts import Facts
from edgewise.graph.walking.visits import Timeline

_MARGIN = 56.7  # left and right together, as in the template
_SMALLEST, _LARGEST, _FINE, _SEVERAL = 6.0, 12.0, 0.1, 8.0  # type in points; the last where several pages are needed anyhow
_LETTERS = 12.6 / 1.06  # pixels of the layout that are as high as the type of the lists
_EASY = 9.0  # type that is read without an effort
_COLUMN = 23.0  # width of a column, in ems: some fifty letters
_CARD = (20.0, 8.0)  # least width and height of a card beside the drawing, in ems
_AROUND = 120.0  # points left to title, legend and foot beside a drawing that needs pages of its own
_TURNED_BETTER = 0.4  # how much larger the type must be on a page that lies


class _Set(NamedTuple):
    """How a page is set: type in points, lying or upright, points left free at its foot so that the columns end at one height; and whether
    the glossary stands on a page of its own after all else, so that the pathway keeps its type.
    """

    size: float
    flipped: bool
    spare: float = 0.0
    overleaf: bool = False


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Everything to print, and the paper it goes on."""

    drawing: PaperDrawing
    content: Mapping[str, Any]
    paper: Paper
    silent: frozenset[str]
    own_fonts: bool

    def pages(self, how: _Set) -> int:
        """How many pages it takes, without a glossary that stands overleaf."""
        given = {"data": self.data(how)}
        found = typst.query(_template(), "<pages>", field="value", one=True, ignore_system_fonts=self.own_fonts, sys_inputs=given)
        return int(json.loads(found))

    def compiled(self, how: _Set, form: Literal["pdf", "svg", "png"], ppi: float | None = None) -> list[bytes]:
        """The file, or the files, one a page. The time is fixed, so that the same page gives the same bytes."""
        given = {"data": self.data(how)}
        made = typst.compile(_template(), ignore_system_fonts=self.own_fonts, format=form, ppi=ppi, sys_inputs=given, timestamp=0)
        return [made] if isinstance(made, bytes) else list(made or ())

    def data(self, how: _Set) -> str:
        """What the template reads."""
        across, down = self.area(how)
        scale = self._scale(how)
        pieces = slices(self.drawing, (down - _AROUND) / scale)
        least = how.size * _CARD[0] / scale, how.size * _CARD[1] / scale
        shift, pockets = place(self.drawing, across / scale, least)
        look = {
            "paper": self.paper.typst,
            "flipped": how.flipped,
            "across": across,
            "spare": how.spare,
            "overleaf": how.overleaf,
            "size": how.size,
            "columns": max(1, int(across / (how.size * _COLUMN))),
            "scale": scale,
            "shift": shift,
            "pieces": [drawn(self.drawing, piece, self.silent) for piece in pieces],
            "pockets": [pocket._asdict() for pocket in pockets if len(pieces) == 1],
        }
        return json.dumps({**self.content, **look})

    def lettering(self, how: _Set) -> float:
        """The smallest type of the lists and the labels of the drawing, in points."""
        return min(how.size, self._scale(how) * _LETTERS)

    def _scale(self, how: _Set) -> float:
        left, right = span(self.drawing)
        return min(how.size / _LETTERS, self.area(how)[0] / (right - left + self.drawing.layout.gutter))

    def area(self, how: _Set) -> tuple[float, float]:
        """Width between the margins and height of the page, in points."""
        wide, high = sorted(self.paper.points, reverse=how.flipped)
        return wide - _MARGIN, high


@dataclass(frozen=True, slots=True)
class Page:
    """A hand-out with its type chosen, ready to be made in any format."""

    _sheet: _Sheet
    _how: _Set

    def pdf(self) -> bytes:
        """A PDF file: tagged, with title and author, and text that can be copied."""
        return self._sheet.compiled(self._how, "pdf")[0]

    def svg(self) -> str:
        """One SVG picture, its letters drawn as shapes; several pages stand one below the other."""
        return stacked(self._sheet.compiled(self._how, "svg"), self._sheet.content["head"]["title"])

    def pictures(self, ppi: float = 110) -> tuple[bytes, ...]:
        """PNG pictures, one a page, of so many pixels per inch: for a look at it on a screen."""
        return tuple(self._sheet.compiled(self._how, "png", ppi))


def typeset(guideline: Guideline, paper: Paper = Paper.a4, facts: Facts | None = None, timeline: Timeline | None = None) -> Page:
    """Choose the type: what takes time, and is the same for every format.

    Args:
        guideline: to be printed.
        paper: that it goes on.
        facts: of a patient, told above the drawing with what is due and what is not; without any, the page is the guideline's alone.
        timeline: when they were told, where that is known.

    >>> from edgewise.graph.model import Guideline
    >>> page = typeset(Guideline("g", "urn:g", "A title", "", "", "", "", "", "", ""))
    >>> page.pdf()[:5], page.svg()[:4], len(page.pictures(20))
    (b'%PDF-', '<svg', 1)
    """
    sheet = _sheet(guideline, paper, facts, timeline)
    return Page(sheet, _fitted(sheet))


def handout_pdf(guideline: Guideline, paper: Paper = Paper.a4, facts: Facts | None = None, timeline: Timeline | None = None) -> bytes:
    """The hand-out as a PDF file; see `Page.pdf`.

    >>> from edgewise.graph.library import load
    >>> handout_pdf(load("sacroiliac-sclerosis").guideline, Paper.letter)[:5]
    b'%PDF-'
    """
    return typeset(guideline, paper, facts, timeline).pdf()


def handout_svg(guideline: Guideline, paper: Paper = Paper.a4, facts: Facts | None = None, timeline: Timeline | None = None) -> str:
    """The hand-out as one SVG picture; see `Page.svg`.

    >>> from edgewise.graph.library import load
    >>> handout_svg(load("sacroiliac-sclerosis").guideline)[:4]
    '<svg'
    """
    return typeset(guideline, paper, facts, timeline).svg()


def _sheet(guideline: Guideline, paper: Paper, facts: Facts | None = None, timeline: Timeline | None = None) -> _Sheet:
    gaps = gaps_of(guideline)
    drawing = draw(guideline)
    silent = text.silent_at(gaps.rows)
    fixed = {
        "author": clean(guideline.publisher),
        "keywords": [clean(f"{guideline.id}, {guideline.updated}")],
        "alt": clean(f"The pathway as a drawing: {len(guideline.steps)} steps and {len(guideline.transitions)} edges, told below."),
        "dashes": DASHES,
        "inks": {name: stroke["light"] for name, stroke in STATES.items()},
        "legend": legend(drawing, silent=bool(silent)),
        "lanes": [written(name) for name in lanes_cut_short(drawing)],
    }
    words = text.content(guideline, drawing.numbers, cut_short(drawing), gaps.rows, gaps.unchecked)
    content = fixed | words | {"patient": list(patient(guideline, facts, timeline)) if facts else []}
    return _Sheet(drawing, content, paper, silent, covered(json.dumps(content, ensure_ascii=False)))


def _fitted(sheet: _Sheet) -> _Set:
    """The largest type that needs one page, upright or lying; a comfortable one where there is none."""
    ways = [_Set(_SMALLEST, flipped, overleaf=_needs_more(sheet)) for flipped in (False, True)]
    best = [found for way in ways if (found := _largest(sheet, way))]
    if best:
        return _levelled(sheet, max(best, key=lambda how: sheet.lettering(how) - (_TURNED_BETTER if how.flipped else 0.0)))
    upright, lying = _Set(_SEVERAL, False), _Set(_SEVERAL, True)
    return upright if sheet.lettering(upright) >= min(_SMALLEST, sheet.lettering(lying)) else lying


def _needs_more(sheet: _Sheet) -> bool:
    """Whether with the glossary below all else the page would have small type."""
    return bool(sheet.content["glossary"]) and not any(_fits(sheet, _Set(_EASY, flipped, overleaf=False)) for flipped in (False, True))


def _largest(sheet: _Sheet, way: _Set) -> _Set | None:
    """Of the type sizes between the smallest and the largest, the last that fits on one page."""
    return _last(sheet, [way._replace(size=_SMALLEST + step * _FINE) for step in range(round((_LARGEST - _SMALLEST) / _FINE) + 1)])


def _levelled(sheet: _Sheet, how: _Set) -> _Set:
    """Where the largest type leaves much of the page free: no column much longer than the others."""
    if how.size < _LARGEST - _FINE / 2:
        return how
    return _last(sheet, [how._replace(spare=float(spare)) for spare in range(0, int(sheet.area(how)[1]), 8)]) or how


def _last(sheet: _Sheet, ways: Sequence[_Set]) -> _Set | None:
    """The last of several ways, each tighter than the one before, that fits on one page, by halving; None if not even the first does."""
    if not _fits(sheet, ways[0]):
        return None
    low, high = 0, len(ways)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _fits(sheet, ways[middle]) else (low, middle)
    return ways[low]


def _fits(sheet: _Sheet, how: _Set) -> bool:
    return sheet.lettering(how) >= _SMALLEST - 0.01 and sheet.pages(how) == 1


def _template() -> bytes:
    return resources.files("edgewise.explorer.handout").joinpath("handout.typ").read_bytes()
