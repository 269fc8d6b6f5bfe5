"""How check, why and the first drawing grow with the steps of a guideline: cost a step, against that of the smallest.

Run from anywhere in the repository:

    uv run python benchmarks/large.py

Made-up guidelines of 50, 150, 400 and 1,000 steps are checked, one of their last steps is asked for, and the canvas is laid out, from the
guideline to the text that the browser is sent: whole, and as it is seen first, with the lanes folded in which nobody stands. Printed is
the time of each, and what a step costs against a step of the smallest guideline in the same run: where growth is linear it stays near 1.

Beside the two drawings stands a peer in the same run, Graphviz dot alone: on the same steps and edges, drawn as dot does if nobody asks for
lanes, for order, or for labels that nothing runs behind; of what is seen first, at most 1.3 times its time is promised from 400 steps.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator

import pygraphviz
from large_guidelines import LANE, text
from measuring import Row, arguments, tell

from edgewise.explorer.drawing.canvas import scene_data
from edgewise.explorer.drawing.folding import fold, folds
from edgewise.explorer.drawing.layout import lay_out
from edgewise.explorer.drawing.picture import picture
from edgewise.explorer.drawing.scene import Scene
from edgewise.graph.explaining.why import why
from edgewise.graph.model import Guideline
from edgewise.graph.reading.projection import guideline
from edgewise.graph.reading.read import read_text
from edgewise.graph.reading.validate import validate

SIZES = (50, 150, 400, 1000)
LARGE, PROMISED = 400, 1.3
"""Of so many steps and more, the first drawing takes at most so many times what dot alone takes."""


def timed(act: Callable[[], object]) -> float:
    begun = time.process_time()
    act()
    return time.process_time() - begun


def measured(count: int) -> Iterator[tuple[str, float]]:
    """What each task takes, in seconds of the processor."""
    written = text(count)
    read = read_text(written, "large.yaml", "yaml")
    made: Guideline = guideline(read.graph, read.iri)
    last = next(id for id in reversed(list(made.steps)) if made.steps[id].kind != "Endpoint")
    yield "check", timed(lambda: validate(read_text(written, "large.yaml", "yaml")))
    yield "why", timed(lambda: why(made, last, {}))
    scene = picture(made)
    stands = fold(scene, frozenset(lane.id for lane in scene.lanes[1:])).scene if folds(scene) else scene
    yield "dot alone", timed(lambda: dot_alone(scene))
    yield "drawing, whole", timed(lambda: json.dumps(scene_data.__wrapped__(scene)["scene"]))
    yield "drawing, first", timed(lambda: json.dumps(scene_data.__wrapped__(stands)["scene"]))
    lay_out.cache_clear()


def dot_alone(scene: Scene) -> None:
    """The same steps and edges, with the same names, by dot and nothing else."""
    graph = pygraphviz.AGraph(directed=True, strict=False)
    for node in scene.nodes:
        graph.add_node(node.id, label=node.label, shape="box")
    for edge in scene.edges:
        graph.add_edge(edge.source, edge.target, key=edge.id, label=edge.label)
    graph.layout("dot")


def rows(count: int, first: dict[str, float]) -> Iterator[Row]:
    """What was seen of one size; `first` holds what a step of the smallest costs."""
    spent = dict(measured(count))
    dot = spent.pop("dot alone")
    for name, seconds in spent.items():
        base = first.setdefault(name, seconds / count)
        yield Row(f"{name}, a step", count, seconds / count * 1e3, base * 1e3, "ms", f"of {SIZES[0]} steps")
    for name, promised in (("drawing, whole", 0.0), ("drawing, first", PROMISED if count >= LARGE else 0.0)):
        yield Row(name, count, spent[name] * 1e3, dot * 1e3, "ms", "Graphviz dot alone", promised)


def main() -> None:
    options = arguments(__doc__, 1)
    list(measured(2 * LANE))  # what loads once
    first: dict[str, float] = {}
    for count in SIZES:
        tell(rows(count, first), options)


if __name__ == "__main__":
    main()
