"""The pathway as an SVG inside the hand-out: for paper, and for a reader whose browser runs no script. Steps and edges are links.

Its colours follow the page, as those of everything else in it.
"""

from __future__ import annotations

from urllib.parse import quote

from edgewise.explorer.cards.markup import Html, tag
from edgewise.explorer.drawing.scene import Scene
from edgewise.explorer.handout.vector import FOLLOWING, legend, vector


def drawing(scene: Scene) -> Html:
    """The whole drawing with its legend below it.

    >>> drawing(Scene())
    ''
    """
    if not scene.nodes:
        return Html("")
    drawn, width, height = vector(scene, FOLLOWING, lambda id, content: tag("a", content, href=target(id)))
    below, more = legend(scene, FOLLOWING, width, height)
    return tag(
        "svg",
        drawn,
        below,
        viewBox=f"0 0 {width:.1f} {height + more:.1f}",
        cls="ew-svg",
        role="group",
        aria_label=f"Pathway with {len(scene.nodes)} steps and {len(scene.edges)} edges",
    )


def target(id: str) -> str:
    """The address within the file of a step, an edge or a section.

    >>> target("cooled-rfa"), target("g/steps/1")
    ('#cooled-rfa', '#g/steps/1')
    """
    return "#" + quote(id, safe="/-_.~")
