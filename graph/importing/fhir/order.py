"""Which action comes before which, and after what time: the related actions of a plan."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from edgewise.graph.importing.fhir.actions import Action, may_be_left
from edgewise.graph.importing.fhir.elements import Element
from edgewise.graph.importing.sheets import Sheet
from edgewise.graph.reading.problems import fail

_SPANS = frozenset(("s", "min", "h", "d", "wk", "mo", "a"))
_WORDS = {"second": "s", "minute": "min", "hour": "h", "day": "d", "week": "wk", "month": "mo", "year": "a"}
_STRETCH = re.compile(r"(?:[1-9]\d{0,5}(?:\.\d{1,3})?|0\.\d{0,2}[1-9]) (?:s|min|h|d|wk|mo|a)")
_MOST = 5_000
_NOT_ENDS = "A step is done once: its start is not told apart from its end, so that only the order is kept."
_NO_ORDER = "An order that is neither before nor after is not said in a guideline."
_NOBODY = "There is no other action of this name."
_INSIDE = "One of the two holds the other."
_NO_TIME = "Its time is no plain stretch between two steps, so that only the order is kept."


class Before(NamedTuple):
    """What comes before an action: another one, or a group of them.

    Attributes:
        first: the action that is named.
        ends: the steps by which it ends: itself, or of a group those that nothing in it follows.
        times: of the later step, in the keys of docs/model.md.
    """

    first: Action
    ends: tuple[Action, ...]
    times: dict[str, str]


class Orders:
    """What comes before what in one plan."""

    def __init__(self, every: Iterable[Action], sheet: Sheet) -> None:
        """Read all related actions; what is no plain order is named.

        Raises:
            SourceError: there are too many.
        """
        listed = list(every)
        named = {name: action for action in reversed(listed) for name in action.names}
        self._before: dict[Action, list[Before]] = defaultdict(list)
        self._earlier: dict[Action, set[Action]] = {}
        related = [(action, one) for action in listed for one in action.element.all("relatedAction")]
        if len(related) > _MOST:
            message = f"the file has more than {_MOST:,} related actions"
            raise fail(sheet.file, "too-large", message, related[_MOST][1].line, "import a part of it")
        for action, one in related:
            for then, before in _ordered(action, one, named, sheet):
                self._before[then].append(before)

    def before(self, step: Action) -> list[Before]:
        """What comes before a step, each action once, in the file's order."""
        return list({one.first: one for one in self._before.get(step, ())}.values())

    def later(self, before: list[Before]) -> dict[Action, list[Action]]:
        """By each thing that comes before a step, what else does and comes later: that is waited for, as long as it applies."""
        if len(before) < 2:
            return {one.first: [] for one in before}
        ends = {one.first: set(one.ends) for one in before}
        earlier = {one.first: self._closure(one) for one in before}
        return {
            one: [other for other in ends if other is not one and ends[one] <= earlier[other] and not ends[other] <= earlier[one]]
            for one in ends
        }

    def _closure(self, before: Before) -> set[Action]:
        """All that comes before the end of an action, at whatever remove."""
        if before.first not in self._earlier:
            seen, todo = set[Action](), list(before.ends)
            while todo:
                for one in self._before.get(todo.pop(), ()):
                    todo += [end for end in one.ends if end not in seen]
                    seen |= set(one.ends)
            self._earlier[before.first] = seen
        return self._earlier[before.first]


def _ordered(action: Action, related: Element, named: dict[str, Action], sheet: Sheet) -> Iterator[tuple[Action, Before]]:
    name = related.text("actionId") or related.text("targetId")
    relationship, other = related.text("relationship"), named.get(name)
    what = f'the related action "{name}" ({relationship}) of "{action.label}"'
    side, about = relationship.partition("-")[0], action.steps
    inside = other is not None and (other in action.around() or action in other.around())
    if inside and other is not action and relationship in ("before-end", "after-start", "concurrent"):
        return  # what is held by another is done in the course of it
    refused = _NOBODY if other in (None, action) else _INSIDE if inside else "" if side in ("before", "after") else _NO_ORDER
    if other is None or refused:
        sheet.unread(related.line, what, refused or _NOBODY, about=about)
        _ = related.take()
        return
    first, then = (action, other) if side == "before" else (other, action)
    ends = tuple(dict.fromkeys(_ends(first)))
    before = Before(first, ends, _timed(related, relationship, what, ends, about, sheet))
    yield from ((one, before) for one in _begins(then))


def _ends(action: Action) -> Iterator[Action]:
    """The steps with which an action is done: those inside that have to be done, else itself."""
    inside = [child for child in action.children if not may_be_left(child)]
    for child in inside:
        yield from _ends(child)
    if not inside:
        yield from [action] if action.is_step else [end for child in action.children for end in _ends(child)]


def _begins(action: Action) -> Iterator[Action]:
    """The steps with which an action begins."""
    if action.is_step:
        yield action
    else:
        for child in action.children:
            yield from _begins(child)


def _timed(related: Element, relationship: str, what: str, ends: tuple[Action, ...], about: list[str], sheet: Sheet) -> dict[str, str]:
    """The times of the later step, where they are exact; else they are named."""
    offset = related.choice("offset")
    inexact = relationship in ("before-end", "after-start")
    times = _times(offset, ends[0]) if offset is not None and len(ends) == 1 and not inexact else {}
    if inexact or (offset is not None and not times and offset.text("value") != "0"):
        told = f"{what}, {offset.brief()}" if offset is not None else what
        sheet.unread(related.line, told, _NOT_ENDS if inexact else _NO_TIME, about=about)
    if offset is not None:
        offset.take()
    return times


def _times(offset: Element, first: Action) -> dict[str, str]:
    """Exact offsets: so long after what comes first, or between two such times."""
    if offset.name == "offsetRange":
        low, high = offset.one("low"), offset.one("high")
        found = {"notBefore": stretch(low) if low else "", "within": stretch(high) if high else ""}
        bad = (low is not None and not found["notBefore"]) or (high is not None and not found["within"])
    else:
        found = {"notBefore": stretch(offset)}
        bad = not found["notBefore"]
    held = {key: value for key, value in found.items() if value}
    return {**held, "after": first.step} if held and not bad else {}


def stretch(quantity: Element) -> str:
    """A duration as docs/model.md has it; empty where it is none.

    >>> from edgewise.graph.importing.fhir.elements import element
    >>> from edgewise.graph.reading.lines import Marks
    >>> stretch(element("offsetDuration", {"value": "90", "unit": "minutes", "code": "min"}, Marks(), ()))
    '90 min'
    """
    code, unit = quantity.text("code"), quantity.text("unit").strip().lower()
    if quantity.text("comparator"):
        return ""
    code = code or (unit if unit in _SPANS else _WORDS.get(unit.removesuffix("s"), ""))
    return _written(quantity.text("value"), code)


def _written(value: str, code: str) -> str:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return ""
    if not number.is_finite() or abs(number.adjusted()) > 6 or len(number.as_tuple().digits) > 12:
        return ""
    plain = f"{number:f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    found = f"{plain} {code}"
    return found if _STRETCH.fullmatch(found) else ""


def repeats(action: Element) -> dict[str, Any]:
    """``every`` where an action is done once in each plain period; anything else about its timing stays unread."""
    timing = action.choice("timing")
    if timing is None:
        return {}
    repeat = timing.one("repeat") if timing.name == "timingTiming" else None
    said = {part.name for part in repeat.parts} if repeat is not None else set[str]()
    if repeat is None or not {"period", "periodUnit"} <= said <= {"period", "periodUnit", "frequency"} or len(timing.parts) > 1:
        timing.leave()
        return {}
    every = _written(repeat.text("period"), repeat.text("periodUnit"))
    if not every or repeat.text("frequency") not in ("", "1"):
        timing.leave()
        return {}
    timing.take()
    return {"every": every}
