"""What a document's styles say of a paragraph or a run: heading, list, raised, hidden; a style stands on another."""

from __future__ import annotations

import re
from dataclasses import dataclass

from edgewise.citations.reading.word.elements import Element, attribute, child, switched, tag, value, whole

_HEADING = re.compile(r"heading\s?(\d)|(title)", re.IGNORECASE)
_DEEPEST = 20  # styles that stand on one another; Word has fewer, and a ring would never end


@dataclass(frozen=True, slots=True)
class Style:
    """What one style says itself; None and 0 where it says nothing."""

    name: str
    parent: str = ""
    outline: int = 0
    list: tuple[str, int] | None = None
    raised: bool | None = None
    hidden: bool | None = None


class Styles:
    """The styles of a document.

    >>> from lxml import etree
    >>> xml = "<styles><style styleId='Kop1'><name val='heading 1'/></style><style styleId='Eigen'><basedOn val='Kop1'/></style></styles>"
    >>> Styles(etree.fromstring(xml)).level("Eigen")
    1
    """

    def __init__(self, part: Element | None) -> None:
        styles = (one for one in part if tag(one) == "style") if part is not None else ()
        self._held = {attribute(one, "styleId"): _style(one) for one in styles}

    def level(self, id: str) -> int:
        """Level of the heading that a paragraph's style makes of it, from 1; 0 for none."""
        if id and id not in self._held:
            match = _HEADING.fullmatch(id)
            return int(match[1] or 1) if match else 0
        return next((one.outline for one in self._chain(id) if one.outline), 0)

    def is_list(self, id: str) -> bool:
        """Whether a paragraph's style is one of Word's own for lists."""
        return id.startswith("List") or any(one.name.lower().startswith("list") for one in self._chain(id))

    def numbered(self, id: str) -> tuple[str, int] | None:
        """The list that a paragraph's style belongs to, and the level in it."""
        return next((one.list for one in self._chain(id) if one.list), None)

    def raised(self, id: str) -> bool:
        """Whether a style sets figures as superscripts."""
        return next((one.raised for one in self._chain(id) if one.raised is not None), False)

    def hidden(self, id: str) -> bool:
        """Whether a style hides text."""
        return next((one.hidden for one in self._chain(id) if one.hidden is not None), False)

    def _chain(self, id: str) -> list[Style]:
        found: list[Style] = []
        while id in self._held and len(found) < _DEEPEST:
            found.append(self._held[id])
            id = self._held[id].parent
        return found


def _style(element: Element) -> Style:
    name, runs = value(element, "name"), child(element, "rPr")
    return Style(
        name, value(element, "basedOn"), _outline(element, name), list_of(child(element, "pPr")), is_raised(runs), switched(runs, "vanish")
    )


def _outline(element: Element, name: str) -> int:
    match = _HEADING.fullmatch(name)
    if match:
        return int(match[1] or 1)
    return outline_of(child(element, "pPr"))


def outline_of(properties: Element | None) -> int:
    """Level of a heading that a paragraph's own properties name; 0 for none."""
    level = whole(value(properties, "outlineLvl"), most=8)
    return level + 1 if level is not None else 0


def list_of(properties: Element | None) -> tuple[str, int] | None:
    """The list that a paragraph's own properties put it into, and the level in it."""
    numbered = child(properties, "numPr")
    id = value(numbered, "numId")
    return (id, whole(value(numbered, "ilvl"), most=8) or 0) if id else None


def is_raised(properties: Element | None) -> bool | None:
    """Whether a run's own properties raise it; None where they do not say.

    >>> from lxml import etree
    >>> is_raised(etree.fromstring("<rPr><vertAlign val='superscript'/></rPr>")), is_raised(etree.fromstring("<rPr/>"))
    (True, None)
    """
    if aligned := value(properties, "vertAlign"):
        return aligned == "superscript"
    position = whole(value(properties, "position"))  # in half points above the line; one below it has a minus, and is no whole number
    return position >= 4 if position is not None else None
