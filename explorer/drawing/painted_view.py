"""What of a canvas' data only repaints: selection, walk, filter, ghosts, notices of works, room; the scene and its places stay."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from edgewise.explorer.drawing.lettering import clean, wrap
from edgewise.explorer.drawing.palette import NOTICED
from edgewise.explorer.drawing.scene import Ghost, Highlight, Mark, Room
from edgewise.explorer.drawing.sizes import EDGE_FONT


def view_data(
    selected: str | None,
    walk: Highlight | None,
    hidden: Collection[str],
    ghost: Ghost | None,
    ghosts: Collection[Ghost] = (),
    shown: Collection[str] | None = None,
    room: Room | None = None,
    notices: Mapping[str, Mark] | None = None,
) -> dict[str, Any]:
    """The part of the data that only repaints, as JSON types in a stable order; of two ghosts at one step the loud one stays.

    >>> view_data("e", Highlight(due=frozenset("ba")), {"weak"}, Ghost("a"))["due"]
    ['a', 'b']
    >>> [one["faint"] for one in view_data(None, None, (), Ghost("b"), [Ghost("b", faint=True), Ghost("a", faint=True)])["ghosts"]]
    [True, False]
    """
    walk = walk or Highlight()
    of_step = {one.at: one for one in sorted([*ghosts, *([ghost] if ghost else [])], key=lambda one: not one.faint)}
    return {
        "selected": selected or "",
        "due": sorted(walk.due),
        "passed": sorted(walk.passed),
        "unreachable": sorted(walk.unreachable),
        "path": sorted(walk.path),
        "closed": sorted(walk.closed),
        "remarks": dict(sorted(walk.remarks.items())),
        "waiting": sorted(walk.waiting),
        "overdue": sorted(walk.overdue),
        "times": dict(sorted(walk.times.items())),
        "unnamed": sorted(walk.unnamed),
        "hidden": sorted(hidden),
        "ghosts": [_ghost_data(one) for one in sorted(of_step.values(), key=lambda one: (not one.faint, one.at))],
        "shown": None if shown is None else sorted(shown),
        "room": room or "",
        "notices": _notices(notices or {}),
    }


def _notices(marks: Mapping[str, Mark]) -> list[dict[str, Any]]:
    """What occurs, in the palette's order, with what is told of each step and edge."""
    told = {weight: {id: clean(one.told) for id, one in sorted(marks.items()) if one.weight == weight} for weight in NOTICED}
    return [{"weight": weight, "label": NOTICED[weight]["label"], "told": ids} for weight, ids in told.items() if ids]


def _ghost_data(ghost: Ghost) -> dict[str, Any]:
    return {"at": ghost.at, "lines": list(wrap(ghost.label, EDGE_FONT, 96, 2)), "faint": ghost.faint}
