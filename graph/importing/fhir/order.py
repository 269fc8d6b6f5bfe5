"""Which action comes before which, and after what time: the related actions of a plan."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from edgewise.graph.importing.fhir.actions import Action
from edgewise.graph.importing.fhir.elements import Element
from edgewise.graph.importing.sheets import Sheet

_SPANS = frozenset(("s", "min", "h", "d", "wk", "mo", "a"))
_WORDS = {"second": "s", "minute": "min", "hour": "h", "day": "d", "week": "wk", "month": "mo", "year": "a"}
_STRETCH = re.compile(r"(?:[1-9]\d{0,5}(?:\.\d{1,3})?|0\.\d{0,2}[1-9]) (?:s|min|h|d|wk|mo|a)")
_NOT_ENDS = "A step is done once: its start is not told apart from its end, so that only the order is kept."
_NO_ORDER = "An order that is neither before nor after is not said in a guideline."


class Before(NamedTuple):
    """One action that comes before another; times are those of the later one."""

    first: Action
    then: Action
    times: dict[str, str]


def orders(every: Iterable[Action], sheet: Sheet) -> dict[Action, list[Before]]:
    """By action, what comes before it, in the file's order; what is no plain order is named."""
    listed = list(every)
    named = {name: action for action in reversed(listed) for name in action.names}
    found: dict[Action, list[Before]] = defaultdict(list)
    for action in listed:
        for related in action.element.all("relatedAction"):
            if (order := _order(action, related, named, sheet)) is not None:
                found[order.then].append(order)
    return found


def _order(action: Action, related: Element, named: dict[str, Action], sheet: Sheet) -> Before | None:
    name = related.text("actionId") or related.text("targetId")
    relationship, other = related.text("relationship"), named.get(name)
    what = f'the related action "{name}" ({relationship}) of "{action.label}"'
    side = relationship.partition("-")[0]
    if other is None or other is action or not other.step:
        sheet.unread(related.line, what, "There is no other action of this name.", about=[action.step])
        _ = related.take()
        return None
    if side not in ("before", "after"):
        sheet.unread(related.line, what, _NO_ORDER, about=[action.step])
        _ = related.take()
        return None
    first, then = (action, other) if side == "before" else (other, action)
    offset = related.choice("offset")
    times = _times(offset, first) if offset is not None else {}
    inexact = relationship in ("before-end", "after-start")
    if inexact or (offset is not None and not times):
        why = _NOT_ENDS if inexact else "Its time is no plain stretch."
        sheet.unread(related.line, f"{what}, {offset.brief()}" if offset else what, why, about=[action.step])
        times = {}
    if offset is not None:
        offset.take()
    return Before(first, then, times)


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
