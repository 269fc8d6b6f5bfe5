"""The pathway as a two-way Streamlit component: data in, a click out.

vis-network (out of pyvis' wheel) keeps nodes and viewport; `drawing.js` paints what dot has laid out. The data come in two parts: the
*scene*, told apart by a hash (another hash: another drawing), and the *view* (selection, walk, filter, ghosts, room), which only
repaints. vis-network is sent by `load`, the scene by `stage`, in components of their own whose messages seldom change: a page that draws
its canvas in a fragment stages it outside, and a click then sends the view alone. Texts travel as JSON and are painted on a canvas or set
as text nodes, never as HTML.

For tests, the element ``[data-edgewise="canvas"]`` carries a property ``edgewise`` with ``ready()``, ``positionOf(id)`` (of a
node, an edge, a ghost as ``ghost:`` and its step, the loud one as ``ghost``; ``{x, y}`` in the browser window, null for what is not
painted), ``viewport()`` (``{scale, x, y}``), ``letters()`` (height of the smallest letters and boxes of the steps, in pixels of the
screen), ``theme()``, ``inkOf(id)`` (colour of an edge) and ``gripOf()`` (place of the handle of what is selected).
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from functools import cache, lru_cache
from importlib import resources
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast, get_args

import streamlit as st

from edgewise.explorer.drawing.geometry import bounds
from edgewise.explorer.drawing.lettering import clean
from edgewise.explorer.drawing.painted_view import view_data as view_data
from edgewise.explorer.drawing.palette import GROUPS, KINDS, NOT_NAMED, ROLES, STATES, end_of, for_canvas, kind_of
from edgewise.explorer.drawing.scene import Click, Edge, Ghost, Highlight, Mark, Node, Room, Scene, State
from edgewise.explorer.drawing.sizes import FOR_SCRIPTS
from edgewise.explorer.drawing.ways import ways_text
from edgewise.graph.compiled.kept import digest_of, kept

if TYPE_CHECKING:  # with Graphviz, NetworkX and IPython behind them: loaded where a scene is drawn for the first time
    from pyvis.network import Network

    from edgewise.explorer.drawing.frames import Frame
    from edgewise.explorer.drawing.layout import Breadth, Layout, PlacedEdge, PlacedNode

VIS = "lib/vis-9.1.2/vis-network.min.js"
HTML = '<div class="ew-root" data-edgewise="canvas"></div>'
CLICKS = frozenset({"node", "edge", "ghost", "ground", "legend", "lane"})
ACTS = frozenset({"draw", "carry", "add"})
SILENT = "silent"
"""In the filter beside the states of evidence: where the source falls silent for other patients than the one who is walked."""
READING = f"{STATES['inferred']['sign']} only the modeller's reading leads here"
OPTIONS: dict[str, Any] = {
    "autoResize": False,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"dragNodes": False, "dragView": True, "zoomView": False, "selectable": False, "hover": False, "keyboard": False},
    "nodes": {"fixed": True, "chosen": False},
    "edges": {"smooth": False, "hidden": True, "chosen": False},
}


def vis_source() -> str:
    """vis-network as pyvis ships it, without the pointer to a source map that is not there. FileNotFoundError if pyvis lacks it.

    >>> "@version 9.1.2" in vis_source()
    True
    """
    spec = find_spec("pyvis")  # to ask for its resources would load it, and IPython with it
    folder = Path(spec.origin).parent if spec and spec.origin else Path()
    text = (folder / VIS).read_text(encoding="utf-8")
    return text.partition("//# sourceMappingURL")[0]


def loader_source() -> str:
    """The module that hands vis-network to the canvas: caught as a CommonJS module, so that nothing is put on `window`."""
    return "const exports = {}, module = { exports }, define = undefined;\n" + vis_source() + _own("vis_loader.js")


def canvas_source() -> str:
    """The module that draws: painting, legend, and what Streamlit calls, in one."""
    return "".join(_own(name) for name in ("drawing.js", "legend.js", "sight.js", "editing.js", "canvas.js"))


@cache
def along_source() -> str:
    """How arrow keys lead along a scene."""
    return _own("along.js")


def _own(name: str) -> str:
    return resources.files("edgewise.explorer.drawing").joinpath(name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _mounts() -> tuple[Any, Any, Any, Any]:
    """The components, registered once in a process: vis-network, the scene, the canvas that waits for both, what tells that it stands."""
    loader = st.components.v2.component("edgewise_vis", js=loader_source())
    scene = st.components.v2.component("edgewise_scene", js=_own("scene.js"))
    drawn = st.components.v2.component("edgewise_canvas", html=HTML, css=_own("canvas.css"), js=canvas_source())
    return loader, scene, drawn, st.components.v2.component("edgewise_rest", js=_own("rest.js"))


def load() -> None:
    """Send vis-network: first of all on a page, since the browser has the most to do with it."""
    _mounts()[0](key="vis")


def stage_ways(scene: Scene, *, key: str = "pathway") -> None:
    """Lay ready which edges lead where, without a drawing: what arrow keys lead along while lanes are folded."""
    with st.container(gap=None):
        _mounts()[1](key=f"{key}:ways", data=ways_text(scene))


def stage(scene: Scene, *, key: str = "pathway", on_rest: Callable[[], None] | None = None) -> None:
    """Lay ready in the browser what a canvas draws, without showing it.

    `on_rest` is called once, a moment after the first drawing: time for what should not hold it up.
    """
    _, laid, _, rest = _mounts()
    with st.container(gap=None):
        laid(key=f"{key}:scene", data=scene_text(scene))
        rest(key=f"{key}:rest", data={"rest": scene_text(scene)["hash"] if on_rest else ""}, on_rest_change=on_rest or _nothing)


def canvas(
    scene: Scene,
    *,
    selected: str | None = None,
    walk: Highlight | None = None,
    hidden_states: Collection[str] = (),
    ghost: Ghost | None = None,
    ghosts: Collection[Ghost] = (),
    shown: Collection[str] | None = None,
    room: Room | None = None,
    notices: Mapping[str, Mark] | None = None,
    key: str = "pathway",
    height: int = 560,
    around: int = 0,
    on_click: Callable[[Click], None] | None = None,
    rests: bool = False,
    editing: bool = False,
) -> Click | None:
    """Draw `scene`, which is staged under the same key, in a box `height` pixels high; return what was clicked since the last run, once.

    Where the page takes `around` pixels of the window's height for itself, the box takes the rest, if that is more.

    `selected` is the id of a node or an edge; `hidden_states` are filtered out. `ghosts` are further places where the source is silent,
    beside the one where this walk is (`ghost`). Of the ids in `shown` alone the nodes and edges are painted and can be clicked, all of them
    where it is None; places and viewport are the same, so that a drawing can grow. `room` sets the colours; None follows the page's theme.
    `notices` says of steps and edges, by id, that works behind them were retracted or are in doubt.

    A click changes nothing by itself: the page decides and calls again. `on_click` is called before the page runs, so it may still
    set widgets. `rests` says that further ghosts will follow when the drawing has stood for a moment. With `editing` edges are dragged from
    the selected step, the step itself into another lane, and a double click on a lane asks for a step there.
    """
    drawn = _mounts()[2]

    def hear() -> None:
        click = _new_click(scene, st.session_state.get(key), f"{key}:heard", editing=editing)
        if click and on_click:
            on_click(click)

    # Texts alone: anything else Streamlit would examine for being a data frame, and load pandas for it.
    edit = {"edit": True} if editing else {}
    view = json.dumps({**view_data(selected, walk, hidden_states, ghost, ghosts, shown, room, notices), "rest": rests, **edit})
    data = {"hash": scene_text(scene)["hash"], "view": view, "height": height, "around": around}
    result = drawn(key=key, data=data, on_click_change=hear)
    return _new_click(scene, result, f"{key}:seen", editing=editing)


def _nothing() -> None:
    """What is called where nobody waits."""


def _new_click(scene: Scene, result: Any, memory: str, *, editing: bool = False) -> Click | None:
    """The click in a component's result, unless `memory` in the session says that this very one came before."""
    click = read_click(scene, getattr(result, "click", None), editing=editing)
    if click is None or click.nonce == st.session_state.get(memory):
        return None
    st.session_state[memory] = click.nonce
    return click


def read_click(scene: Scene, event: object, *, editing: bool = False) -> Click | None:
    """A click as the browser sent it, or None where it is none or names what the scene does not hold.

    >>> read_click(Scene(), {"kind": "legend", "id": "weak", "nonce": "1"})
    Click(kind='legend', id='weak', nonce='1', to='')
    >>> read_click(Scene(), {"kind": "node", "id": "gone", "nonce": "1"})
    """
    if not isinstance(event, Mapping):
        return None
    kind, name, nonce, to = (event.get(part, "") for part in ("kind", "id", "nonce", "to"))
    texts = isinstance(kind, str) and isinstance(name, str) and isinstance(nonce, str) and isinstance(to, str) and bool(nonce)
    if not texts or kind not in (CLICKS | ACTS if editing else CLICKS):
        return None
    nodes, lanes = [node.id for node in scene.nodes], [lane.id for lane in scene.lanes]
    known: dict[str, Collection[str]] = {
        "node": nodes, "ghost": nodes, "edge": [edge.id for edge in scene.edges], "ground": [""],
        "legend": (*get_args(State), SILENT), "lane": [lane.id for lane in scene.lanes if lane.folds or editing],
        "draw": nodes, "carry": nodes, "add": lanes,
    }  # fmt: skip
    targets: Collection[str] = {"draw": nodes, "carry": lanes}.get(kind, ("",))
    return Click(cast(Any, kind), name, nonce, to) if name in known[kind] and to in targets else None


@lru_cache(maxsize=64)
def scene_data(scene: Scene) -> Mapping[str, Any]:
    """The part of the data that changes with the scene alone, as JSON types; ``hash`` tells it apart.

    >>> scene_data(Scene())["scene"]["nodes"], len(scene_data(Scene())["hash"])
    ([], 16)
    """
    from edgewise.explorer.drawing.layout import NARROW, WIDE, is_large, lay_out

    broad = lay_out(scene, WIDE)
    network = carrier(scene, broad)
    nodes, edges, *_ = network.get_network_data()
    drawing = {
        "nodes": nodes,
        "edges": edges,
        "options": network.options,
        **_frame(broad, WIDE),
        "narrow": None if is_large(scene) else _narrow(scene, lay_out(scene, NARROW), NARROW),
        "legend": legend_entries(scene),
        "folds": [lane.id for lane in scene.lanes if lane.folds],
        "vast": is_large(scene) or any(lane.folds for lane in scene.lanes) or any(node.kind == "Lane" for node in scene.nodes),
        "sizes": FOR_SCRIPTS,
        "palette": for_canvas(),
        "dashes": {name: state["dash"] for name, state in STATES.items()},
        "shapes": {name: kind["shape"] for name, kind in KINDS.items()},
        "notNamed": NOT_NAMED,
        "name": f"Pathway with {len(scene.nodes)} steps and {len(scene.edges)} transitions; the same as a list is on this page",
    }
    return {"scene": drawing, "hash": _hash(json.dumps(drawing, sort_keys=True))}


def _frame(layout: Layout, breadth: Breadth) -> dict[str, Any]:
    return {
        "bands": [{"id": band.id, "lines": list(band.lines), "top": band.top, "bottom": band.bottom} for band in layout.bands],
        "width": layout.width,
        "height": layout.height,
        "gutter": layout.gutter or layout.width,
        "nodeFont": breadth.font,
        "slim": breadth.slim,
        "frames": [_frame_data(frame) for frame in layout.frames],
        "core": _core(layout),
    }


def _frame_data(frame: Frame) -> dict[str, Any]:
    box = frame.box
    return {"kind": frame.kind, "steps": list(frame.steps), "x": box.x, "y": box.y, "w": box.width, "h": box.height}


def _core(layout: Layout) -> list[float]:
    """Left and right of steps, edges and labels: what must be in sight, whatever becomes of the lanes' names and of the free places."""
    boxes = [*(node.box for node in layout.nodes.values()), *(edge.label for edge in layout.edges.values())]
    left, _, right, _ = bounds(boxes, (edge.points for edge in layout.edges.values()))
    return [left, right]


def _narrow(scene: Scene, layout: Layout, breadth: Breadth) -> dict[str, Any]:
    """The same drawing for a narrow screen: what is placed otherwise, by id."""
    return {
        **_frame(layout, breadth),
        "places": {node.id: _place(layout.nodes[node.id]) for node in scene.nodes},
        "routes": {edge.id: _route(layout.edges[edge.id]) for edge in scene.edges},
    }


@lru_cache(maxsize=64)
def scene_text(scene: Scene) -> Mapping[str, str]:
    """`scene_data` as the browser gets it: the scene as JSON text, and its hash; drawn once for each scene, in whatever process."""
    digest = digest_of(repr(scene).encode(), *(version(package) for package in ("pygraphviz", "pyvis")))
    text = kept(digest, "canvas", lambda: _drawn(scene).encode()).decode()
    return {"scene": text, "hash": _hash(text)}


def _drawn(scene: Scene) -> str:
    """The costly part: it alone needs Graphviz and pyvis."""
    return json.dumps(scene_data(scene)["scene"], sort_keys=True)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def carrier(scene: Scene, layout: Layout) -> Network:
    """Give pyvis' network with places and words. Only its data are used: its HTML would let text in as code."""
    from pyvis.network import Network

    network = Network(directed=True)
    network.options = OPTIONS
    for node in scene.nodes:
        network.add_node(node.id, label=" ", shape="custom", **_node_data(node, layout.nodes[node.id]))
    for edge in scene.edges:
        network.add_edge(edge.source, edge.target, id=edge.id, **_edge_data(edge, layout.edges[edge.id]))
    return network


def _node_data(node: Node, placed: PlacedNode) -> dict[str, Any]:
    return {
        **_place(placed),
        "kind": kind_of(node.kind, node.endpoint),
        "badge": clean(node.badge),
        "tip": _tip(
            node.label,
            end_of(node.kind, node.endpoint),
            f"rated {node.badge}" if node.badge else "",
            READING if node.inferred else "",
            node.tip,
            node.belongs,
        ),
        "inferred": node.inferred,
    }


def _place(placed: PlacedNode) -> dict[str, Any]:
    box, ghost = placed.box, placed.ghost
    return {
        "x": box.x,
        "y": box.y,
        "w": box.width,
        "h": box.height,
        "lines": list(placed.lines),
        "badgeWidth": placed.badge_width,
        "ghost": {"x": ghost.x, "y": ghost.y, "w": ghost.width, "h": ghost.height, "path": [list(p) for p in placed.ghost_path]},
    }


def _edge_data(edge: Edge, placed: PlacedEdge) -> dict[str, Any]:
    tip = _tip(edge.label, f"{STATES[edge.state]['sign']} {STATES[edge.state]['label']}", ROLES.get(edge.role, ""), edge.tip)
    return {**_route(placed), "state": edge.state, "role": edge.role, "tip": tip}


def _route(placed: PlacedEdge) -> dict[str, Any]:
    label = placed.label
    return {
        "points": [[round(x, 2), round(y, 2)] for x, y in placed.points],
        "lines": list(placed.lines),
        "box": {"x": label.x, "y": label.y, "w": label.width, "h": label.height},
    }


def _tip(*parts: str) -> str:
    return "\n".join(text for text in (clean(part) for part in parts) if text)


def legend_entries(scene: Scene) -> dict[str, Any]:
    """What occurs, in the palette's order: states with their counts, roles, kinds."""
    states = Counter(state for edge in scene.edges for state in edge.members or (edge.state,))
    states.update(state for node in scene.nodes for state in node.members)
    roles = {edge.role for edge in scene.edges}
    kinds = {kind_of(node.kind, node.endpoint) for node in scene.nodes}
    return {
        "states": [{"id": name, "label": STATES[name]["label"], "count": states[name]} for name in get_args(State) if states[name]],
        "roles": [{"id": name, "label": label} for name, label in ROLES.items() if name in roles],
        "groups": [{"id": name, "label": label} for name, label in GROUPS.items() if name in {group.kind for group in scene.groups}],
        "kinds": [{"id": name, "label": kind["label"]} for name, kind in KINDS.items() if name in kinds],
    }
