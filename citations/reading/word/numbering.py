"""Numbers that Word sets itself before the paragraphs of a list."""

from __future__ import annotations

import re
from dataclasses import dataclass

from edgewise.citations.reading.word.elements import Element, attribute, child, tag, value, whole

_ALONE = re.compile(r"[\s\[(]*%(\d)[\s\]).:]*")


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list counts: from where, and whether it prints nothing but its own number in figures."""

    start: int
    plain: bool


class Numbering:
    """The lists of a document; each paragraph that is asked for takes the next number of its list.

    >>> from lxml import etree
    >>> level = "<lvl ilvl='0'><start val='3'/><numFmt val='decimal'/><lvlText val='[%1]'/></lvl>"
    >>> xml = f"<x><abstractNum abstractNumId='0'>{level}</abstractNum><num numId='5'><abstractNumId val='0'/></num></x>"
    >>> lists = Numbering(etree.fromstring(xml))
    >>> lists.next("5", 0), lists.next("5", 0), lists.next("6", 0)
    ('3', '4', '')
    """

    def __init__(self, part: Element | None) -> None:
        held = list(part) if part is not None else []
        self._levels = {attribute(one, "abstractNumId"): _levels(one) for one in held if tag(one) == "abstractNum"}
        self._lists = {attribute(one, "numId"): value(one, "abstractNumId") for one in held if tag(one) == "num"}
        self._starts = {attribute(one, "numId"): _restarts(one) for one in held if tag(one) == "num"}
        self._counts: dict[str, dict[int, int]] = {}
        self._met: set[str] = set()

    def next(self, id: str, depth: int) -> str:
        """The number that the next paragraph of a list bears; empty where it bears none, or more than a number."""
        abstract = self._lists.get(id, "")
        level = self._levels.get(abstract, {}).get(depth)
        if level is None:
            return ""
        counts = self._counts.setdefault(abstract, {})  # lists of one kind go on with each other's numbers
        if id not in self._met:
            self._met.add(id)
            for at, start in self._starts[id].items():
                counts[at] = start - 1
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [at for at in counts if at > depth]:
            del counts[deeper]
        return str(counts[depth]) if level.plain else ""


def _levels(abstract: Element) -> dict[int, Level]:
    found = {}
    for one in abstract:
        if tag(one) == "lvl" and (depth := whole(attribute(one, "ilvl"), most=8)) is not None:
            start = whole(value(one, "start"))
            match = _ALONE.fullmatch(value(one, "lvlText")[:40])
            plain = value(one, "numFmt") in ("decimal", "decimalZero") and bool(match) and match is not None and match[1] == str(depth + 1)
            found[depth] = Level(1 if start is None else start, plain)
    return found


def _restarts(numbered: Element) -> dict[int, int]:
    found = {}
    for one in numbered:
        depth, start = whole(attribute(one, "ilvl"), most=8), whole(value(one, "startOverride"))
        if tag(one) == "lvlOverride" and child(one, "startOverride") is not None and depth is not None and start is not None:
            found[depth] = start
    return found
