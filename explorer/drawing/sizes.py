"""Every size that the drawing is lettered and inked with, in pixels at scale 1: the layout reckons with them, the canvas paints by them."""

from __future__ import annotations

NODE_FONT, EDGE_FONT, LANE_FONT, BADGE_FONT = 13.0, 12.0, 12.0, 12.0
SLIM_FONT = 12.0
"""Of the steps in a drawing for a narrow screen. Nothing is lettered smaller than this: at scale 1 it is what can just be read."""
NODE_LINE, EDGE_LINE = 15.0, 13.0
OPTION, ROUTE, TAKEN, BORDER = 1.3, 2.0, 3.6, 1.6
"""Strokes: of an edge that is offered, of any other, of one that a walk took, and around a step."""
HEAD, CORNER = 9.0, 9.0
"""An arrow's head, and what is cut off an octagon."""
CROSS, CROSS_BACK = 6.5, 17.0
"""The circle around the cross on what is advised against, and how far before the tip of the arrow it stands."""
SIDE = 5.0
"""The bar at the left of a treatment."""
SIGN_SIZE, SIGN_GAP = 9.0, 4.0
"""The sign of a state of evidence before a label, and what is free between the two."""
SILENCE = 18.0
"""The sign on a step's corner that tells, where there is no room for a box beside it, that the source is silent."""
ROUNDING = {"pill": 16.0, "round": 7.0, "bar": 2.0}
"""How round a shape's corners are."""

RIM, RIM_DASH = 1.5, [4, 3]
RIM_ROOM, SLIM_RIM_ROOM = 7.0, 4.0
"""The frame around steps that belong together: its stroke, its dash where one of them is to be chosen, and what is free within it."""

FOR_SCRIPTS = {
    "font": {"edge": EDGE_FONT, "lane": LANE_FONT, "badge": BADGE_FONT},
    "nodeLine": NODE_LINE, "edgeLine": EDGE_LINE, "option": OPTION, "route": ROUTE, "taken": TAKEN, "border": BORDER,
    "head": HEAD, "corner": CORNER, "cross": CROSS, "crossBack": CROSS_BACK, "side": SIDE, "rounding": ROUNDING,
    "sign": SIGN_SIZE, "signGap": SIGN_GAP, "silence": SILENCE, "frame": RIM, "frameDash": RIM_DASH,
}  # fmt: skip
"""The same for ``drawing.js``, as JSON types."""
