"""What a page holds before anybody has read it: runs of letters of one kind with their places, and links. Lengths are in points."""

from __future__ import annotations

import json
from dataclasses import astuple, dataclass
from typing import Any

SECONDS, MEGABYTES = 120.0, 2_000  # for the process that takes the letters out of a file
LOCKED, DAMAGED, TOO_LONG = 3, 4, 5  # its exit codes


@dataclass(frozen=True, slots=True)
class Run:
    """Letters that stand together on one baseline.

    Attributes:
        text: without white space.
        left: where it begins.
        right: where it ends.
        base: height of its baseline above the page's foot.
        size: of its type.
        bold: whether its type is heavy.
        up: figures whose own shapes hover over the baseline.
        spaced: whether a space stands before it.
        link: which of the page's links covers it; -1 for none.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool = False
    up: bool = False
    spaced: bool = False
    link: int = -1


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link within the file: the rectangle that it covers, and the page, the height and the distance from the left that it leads to."""

    left: float
    foot: float
    right: float
    head: float
    page: int
    height: float
    aside: float = -1.0


@dataclass(frozen=True, slots=True)
class Page:
    """A page, counted from 1."""

    number: int
    width: float
    height: float
    runs: tuple[Run, ...] = ()
    links: tuple[PageLink, ...] = ()


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a file; `unknown` is the share of its letters that no reader can tell, `pictures` whether it holds any."""

    pages: tuple[Page, ...]
    title: str = ""
    unknown: float = 0.0
    pictures: bool = False


def write(pages: Pages) -> bytes:
    """Pages for another process.

    >>> made = Pages((Page(1, 595, 842, (Run("Rest", 10, 30, 700, 10),)),), "Care")
    >>> read(write(made)) == made
    True
    """
    held = [
        [page.number, page.width, page.height, [astuple(run) for run in page.runs], [astuple(one) for one in page.links]]
        for page in pages.pages
    ]
    return json.dumps([held, pages.title, pages.unknown, pages.pictures]).encode()


def read(data: bytes) -> Pages:
    """Pages as another process wrote them."""
    held: Any = json.loads(data)
    pages = tuple(
        Page(number, width, height, tuple(Run(*run) for run in runs), tuple(PageLink(*link) for link in links))
        for number, width, height, runs, links in held[0]
    )
    return Pages(pages, *held[1:])
