"""What the canvas sends to the browser and what it believes of what comes back; the drawing itself is tested in a browser."""

from __future__ import annotations

import json
import re
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from edgewise.explorer.drawing import canvas as module
from edgewise.explorer.drawing.canvas import HTML, loader_source, read_click, scene_data, view_data, vis_source
from edgewise.explorer.drawing.geometry import flatten
from edgewise.explorer.drawing.layout import lay_out
from edgewise.explorer.drawing.palette import KINDS, STATES
from edgewise.explorer.drawing.picture import highlight, picture
from edgewise.explorer.drawing.scene import Click, Edge, Ghost, Highlight, Lane, Node, Scene
from edgewise.graph.library import load
from edgewise.graph.walking.facts import parse_facts
from edgewise.graph.walking.walk import walk

EXPLORER = Path(module.__file__).parent
SCRIPTS = ("drawing.js", "canvas.js", "vis_loader.js", "scene.js")
HOSTILE = ("<img src=x onerror=alert(1)>", "</script><script>x</script>", "${x}`", "كسر العجز", "👩‍⚕️", "\\N\\", "\ud800x")


def scene_of(text: str = "X-ray") -> Scene:
    return Scene(
        (Lane("l", text), Lane("unused", "Nothing here")),
        (Node("a", text, "Investigation", "l", "9/9", tip=text), Node("b", text, "Endpoint", "l", endpoint="not-covered")),
        (
            Edge("e", "a", "b", text, "weak"),
            Edge("f", "a", "b", text, "broken", "excluded", tip=text),
            Edge("g", "b", "b", "", "weak"),
        ),
    )


def test_every_node_and_edge_is_sent_with_the_place_that_the_layout_gave_it() -> None:
    scene, sent = scene_of(), scene_data(scene_of())["scene"]
    layout = lay_out(scene)
    assert [(n["id"], n["x"], n["y"]) for n in sent["nodes"]] == [(n.id, n.box.x, n.box.y) for n in layout.nodes.values()]
    assert [(e["id"], e["from"], e["to"]) for e in sent["edges"]] == [("e", "a", "b"), ("f", "a", "b"), ("g", "b", "b")]
    assert all(len(e["points"]) % 3 == 1 for e in sent["edges"]), "a chain of cubic curves has 1 + 3n points"


def test_physics_dragging_of_steps_and_the_wheel_are_off() -> None:
    options = scene_data(scene_of())["scene"]["options"]
    assert options["physics"] == {"enabled": False}
    assert not options["interaction"]["dragNodes"]
    assert not options["interaction"]["zoomView"]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_words_travel_as_plain_json(text: str) -> None:
    sent = scene_data(scene_of(text))
    assert json.loads(json.dumps(sent)) == sent
    assert json.dumps(sent).encode("ascii"), "no character can be lost or misread on the way"
    assert module.clean(text) in sent["scene"]["edges"][1]["tip"]


def test_nothing_sent_names_an_address_in_the_network() -> None:
    data = json.dumps({**scene_data(scene_of()), "view": view_data(None, None, (), None)})
    own = HTML + "".join(
        (EXPLORER / name).read_text("utf-8") for name in ("canvas.css", "drawing.js", "canvas.js", "vis_loader.js", "scene.js")
    )
    addresses = set(re.findall(r"https?://[^\s\"'`]+|//cdn[^\s\"']+", data + own))
    assert addresses <= {"http://www.w3.org/2000/svg"}, "the name of SVG is a name, nothing is fetched from it"


def test_our_scripts_have_no_road_from_text_to_markup_or_code() -> None:
    own = "".join((EXPLORER / name).read_text("utf-8") for name in SCRIPTS)
    for road in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "title:"):
        assert road not in own


def test_vis_network_comes_out_of_pyvis_and_leaves_nothing_on_the_window() -> None:
    assert "@version 9.1.2" in vis_source()
    assert "sourceMappingURL" not in loader_source()
    assert loader_source().startswith("const exports = {}, module = { exports }, define = undefined;")


def test_the_hash_follows_the_scene_and_nothing_else() -> None:
    assert scene_data(scene_of())["hash"] == scene_data(scene_of())["hash"]
    assert scene_data(scene_of("CT"))["hash"] != scene_data(scene_of())["hash"]
    assert set(scene_data(scene_of())) == {"scene", "hash"}, "selection, walk and filter are no part of it"


def test_the_legend_shows_only_what_occurs() -> None:
    legend = scene_data(scene_of())["scene"]["legend"]
    assert [(entry["id"], entry["count"]) for entry in legend["states"]] == [("weak", 2), ("broken", 1)]
    assert [entry["id"] for entry in legend["roles"]] == ["excluded"]
    assert [entry["id"] for entry in legend["kinds"]] == ["Investigation", "not-covered"]


def test_a_view_says_where_the_walk_stands() -> None:
    view = view_data("e", Highlight(due=frozenset("b"), path=frozenset({"f", "e"})), {"weak"}, Ghost("a"))
    assert (view["selected"], view["due"], view["path"], view["hidden"]) == ("e", ["b"], ["e", "f"], ["weak"])
    assert view["ghosts"] == [{"at": "a", "lines": ["The source", "does not say"], "faint": False}]


def test_where_the_walk_is_silent_is_painted_over_where_it_would_be_silent_for_others() -> None:
    faint = [Ghost("b", faint=True), Ghost("a", faint=True)]
    ghosts = view_data(None, None, (), Ghost("a"), faint)["ghosts"]
    assert [(one["at"], one["faint"]) for one in ghosts] == [("b", True), ("a", False)], "the last one is painted on top"


def test_no_edge_is_vivid_between_steps_that_are_out_of_reach() -> None:
    guideline = load("sacroiliac-sclerosis").guideline
    facts = parse_facts({"radiographs": "sclerosis", "inflammatory-suspicion": "no"}, guideline)
    marks = highlight(walk(guideline, facts))
    leaving = {id for id, edge in guideline.transitions.items() if edge.source in marks.unreachable}
    assert "ct-si-joints-without-contrast-to-conservative-care" in leaving
    assert leaving <= marks.closed
    assert not marks.path & marks.closed


def test_an_edge_that_nothing_rules_out_is_marked_apart_from_one_that_is_closed() -> None:
    guideline = load("sacroiliac-sclerosis").guideline
    ready = {"radiographs": "sclerosis", "inflammatory-suspicion": "no", "conservative-months": 6, "conservative-failed": "yes"}
    marks = highlight(walk(guideline, parse_facts({**ready, "block-relief": [95, 95]}, guideline)))
    assert marks.unnamed == {"diagnostic-injections-to-cooled-rfa"}
    assert marks.unnamed < marks.closed
    assert view_data(None, marks, (), None)["unnamed"] == ["diagnostic-injections-to-cooled-rfa"]


def test_no_two_ghosts_of_the_first_guideline_share_a_place_and_none_covers_an_edge() -> None:
    layout = lay_out(picture(load("sacroiliac-sclerosis").guideline))
    ghosts = [node.ghost for node in layout.nodes.values()]
    assert not [(one, other) for one, other in combinations(ghosts, 2) if one.meets(other)]
    lines = [list(pairwise(flatten(edge.points, 6))) for edge in layout.edges.values()]
    assert not [ghost for ghost in ghosts for line in lines if any(ghost.crossed_by(*segment) for segment in line)]
    boxes = [node.box for node in layout.nodes.values()]
    for node in layout.nodes.values():
        assert not [box for box in boxes if box is not node.box and box.crossed_by(*node.ghost_path)], "no line to a ghost strikes a step"


def test_all_is_shown_unless_a_page_says_what() -> None:
    assert view_data(None, None, (), None)["shown"] is None
    assert view_data(None, None, (), None, shown={"e", "a"})["shown"] == ["a", "e"]
    assert view_data(None, None, (), None, shown=())["shown"] == [], "nothing is not the same as not said"


@pytest.mark.parametrize(
    "event",
    [
        None,
        "node",
        {},
        {"kind": "node", "id": "nobody", "nonce": "1"},
        {"kind": "edge", "id": "a", "nonce": "1"},
        {"kind": "legend", "id": "<b>", "nonce": "1"},
        {"kind": "script", "id": "a", "nonce": "1"},
        {"kind": "node", "id": ["a"], "nonce": "1"},
        {"kind": ["node"], "id": "a", "nonce": "1"},
        {"kind": "node", "id": "a"},
    ],
)
def test_an_event_that_names_nothing_in_the_scene_is_no_click(event: object) -> None:
    assert read_click(scene_of(), event) is None


@pytest.mark.parametrize(("kind", "name"), [("node", "a"), ("edge", "e"), ("ghost", "a"), ("ground", ""), ("legend", "uncited")])
def test_each_kind_of_click_is_understood(kind: str, name: str) -> None:
    click = read_click(scene_of(), {"kind": kind, "id": name, "nonce": "n1"})
    assert isinstance(click, Click)
    assert (click.kind, click.id, click.nonce) == (kind, name, "n1")


def _result(nonce: str) -> object:
    return type("Result", (), {"click": {"kind": "node", "id": "a", "nonce": nonce}})()


def test_a_click_is_heard_once_but_the_same_step_can_be_clicked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.st, "session_state", {})
    heard = [module._new_click(scene_of(), _result(nonce), "key:seen") for nonce in ("1", "1", "2")]
    assert [click.nonce if click else None for click in heard] == ["1", None, "2"]


def _page() -> None:
    from edgewise.explorer.drawing.canvas import canvas, stage
    from edgewise.explorer.drawing.scene import Edge, Lane, Node, Scene

    lanes, nodes = (Lane("l", "Imaging"),), (Node("a", "X-ray", "Investigation", "l"), Node("b", "MRI", "Investigation", "l"))
    two = Scene(lanes, nodes, (Edge("e", "a", "b", "", "weak"),))
    stage(two)
    canvas(two, selected="a")
    stage(Scene(), key="empty")
    canvas(Scene(), key="empty")


def test_the_canvas_mounts_on_a_page_twice_and_without_steps() -> None:
    page = AppTest.from_function(_page, default_timeout=120).run()
    assert not page.exception
    assert not page.run().exception


def test_states_can_be_told_apart_without_colour() -> None:
    dashes = [tuple(state["dash"]) for state in STATES.values()]
    assert len(set(dashes)) == len(dashes)
    assert len({(kind["shape"]) for kind in KINDS.values() if kind["label"]}) >= 4


@pytest.mark.parametrize(
    ("event", "told"),
    [
        ({"kind": "draw", "id": "a", "to": "b"}, ("draw", "a", "b")),
        ({"kind": "draw", "id": "a", "to": "gone"}, None),
        ({"kind": "carry", "id": "a", "to": "b"}, None),
        ({"kind": "add", "id": "a"}, None),
        ({"kind": "node", "id": "a", "to": "b"}, None),
    ],
)
def test_what_is_done_on_a_drawing_is_heard_where_it_is_edited_alone(event: dict[str, str], told: tuple[str, ...] | None) -> None:
    scene = scene_of()
    a, b = scene.nodes[0].id, scene.nodes[1].id
    sent = {key: {"a": a, "b": b}.get(value, value) for key, value in event.items()} | {"nonce": "1"}
    click = read_click(scene, sent, editing=True)
    assert (click and (click.kind, click.id, click.to)) == (told and tuple({"a": a, "b": b}.get(one, one) for one in told))
    assert event["kind"] == "node" or read_click(scene, sent) is None


def test_a_step_is_carried_into_a_lane_and_asked_for_in_one() -> None:
    scene = scene_of()
    lane = scene.lanes[0].id
    carried = read_click(scene, {"kind": "carry", "id": scene.nodes[0].id, "to": lane, "nonce": "1"}, editing=True)
    asked = read_click(scene, {"kind": "add", "id": lane, "nonce": "2"}, editing=True)
    named = read_click(scene, {"kind": "lane", "id": lane, "nonce": "3"}, editing=True)
    assert carried
    assert asked
    assert named
    assert (carried.to, asked.id, named.id) == (lane, lane, lane)
