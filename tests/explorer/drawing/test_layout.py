"""The layout: nothing runs behind a step, nothing covers anything, and the same scene always looks the same."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from math import hypot

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from edgewise.explorer.drawing.geometry import Box, flatten
from edgewise.explorer.drawing.layout import Layout, lay_out
from edgewise.explorer.drawing.lettering import ELLIPSIS, clean, measure, wrap
from edgewise.explorer.drawing.picture import picture
from edgewise.explorer.drawing.scene import Edge, Lane, Node, Scene
from edgewise.explorer.drawing.sizes import EDGE_FONT, NODE_FONT
from edgewise.graph.library import load
from edgewise.ontology.errors import EdgewiseError, UnknownName
from tests import work
from tests.places import ROOT

KINDS = ("Presentation", "Investigation", "Treatment", "Endpoint")
STATES = ("supported", "weak", "broken", "uncited", "inferred")
HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "</script>",
    "${x}",
    "\\N \\L \\G \\E \\l",
    "<<b>bold</b>>",
    'quote " and \' and \\',
    "كسر في المفصل العجزي الحرقفي",
    "👩‍⚕️ 🦴 sacro-iliac",
    "骶髂关节硬化的双侧处理步骤与影像",
    "e\u0301" * 60,
    "W" * 200,
    "a\x00b\n\r\tc\u202e",
    "\ud800",
    "",
)  # fmt: skip


def pathway(steps: int, pairs: list[tuple[int, int]], lanes: int = 3, text: str = "Step with a name") -> Scene:
    """`steps` nodes over `lanes` lanes and an edge for each pair of numbers, some of them without words."""
    return Scene(
        tuple(Lane(f"l{i}", f"Phase {i}") for i in range(lanes)),
        tuple(Node(f"n{i}", f"{text} {i}", KINDS[i % 4], f"l{i * lanes // steps}", "9/9" if i % 3 else "") for i in range(steps)),
        tuple(
            Edge(f"e{i}", f"n{a % steps}", f"n{b % steps}", "" if i % 4 == 3 else f"{text} on the way {i}", STATES[i % 5])
            for i, (a, b) in enumerate(pairs)
        ),
    )


@st.composite
def pathways(draw: st.DrawFn) -> Scene:
    steps = draw(st.integers(1, 14))
    pairs = draw(st.lists(st.tuples(st.integers(0, steps - 1), st.integers(0, steps - 1)), max_size=2 * steps))
    return pathway(steps, pairs, draw(st.integers(1, min(4, steps))))


def trespasses(scene: Scene, layout: Layout) -> list[str]:
    """Every edge that enters a step or a label that is not its own, by more than a pixel's breadth."""
    found = []
    for edge in scene.edges:
        line = flatten(layout.edges[edge.id].points, 24)
        foreign = {n.id: n.box for n in layout.nodes.values() if n.id not in (edge.source, edge.target)}
        foreign |= {"label of " + e.id: e.label for e in layout.edges.values() if e.id != edge.id}
        for name, box in foreign.items():
            small = box.grown(-1.5)
            if any(small.crossed_by(a, b) for a, b in pairwise(line)):
                found.append(f"{edge.id} through {name}")
    return found


def overlaps(layout: Layout) -> list[tuple[Box, Box]]:
    boxes = [n.box for n in layout.nodes.values()] + [e.label for e in layout.edges.values()]
    return [(a, b) for i, a in enumerate(boxes) for b in boxes[:i] if a.grown(-0.5).meets(b)]


def ends(layout: Layout, edge: Edge) -> tuple[float, float]:
    """How far the route's two ends are from the borders of the steps they belong to (0 on the border)."""

    def gap(box: Box, x: float, y: float) -> float:
        outside = max(abs(x - box.x) - box.width / 2, abs(y - box.y) - box.height / 2)
        return abs(outside)

    points = layout.edges[edge.id].points
    return gap(layout.nodes[edge.source].box, *points[0]), gap(layout.nodes[edge.target].box, *points[-1])


def check_sound(scene: Scene) -> None:
    layout = lay_out(scene)
    assert trespasses(scene, layout) == []
    assert overlaps(layout) == []
    assert [edge.id for edge in scene.edges if max(ends(layout, edge)) > 3] == [], "a route does not reach its steps"
    for band, after in pairwise(layout.bands):
        assert band.bottom <= after.top, "two lanes share a stripe"
    for node in scene.nodes:
        band = next(b for b in layout.bands if b.id == node.lane)
        box = layout.nodes[node.id].box
        assert band.top <= box.top < box.bottom <= band.bottom, "a step stands outside its lane"
        assert layout.gutter <= box.left < box.right <= layout.width, "a step stands over the lanes' names or is cut"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(pathways())
def test_no_edge_or_label_passes_behind_a_step_in_any_pathway(scene: Scene) -> None:
    check_sound(scene)


@pytest.mark.parametrize(
    "pairs",
    [
        [],
        [(0, 0)],
        [(0, 0), (0, 0), (0, 1)],
        [(0, 1), (0, 1), (0, 1), (0, 1)],
        [(0, 1), (1, 0)],
        [(0, 1), (1, 2), (2, 3), (3, 0), (4, 4), (5, 0)],
        [(5, 4), (4, 3), (3, 2), (2, 1), (1, 0)],
        [(0, i) for i in range(1, 6)] + [(i, 5) for i in range(5)],
    ],
    ids=["no edges", "self-loop", "two self-loops", "parallel", "there and back", "cycle over lanes", "all upwards", "fan"],
)
def test_odd_shapes_are_drawn_soundly(pairs: list[tuple[int, int]]) -> None:
    check_sound(pathway(6, pairs))


def test_a_single_step_and_an_empty_pathway_are_drawn() -> None:
    check_sound(pathway(1, [], 1))
    assert lay_out(Scene((Lane("l", "Empty"),))).bands == ()
    assert lay_out(Scene()).edges == {}


def branching(size: int) -> Scene:
    """A pathway of `size` steps, a quarter more edges, and bends over several ranks."""
    pairs = [(i, i + 1 + (i * 7) % 11) for i in range(size - 1)] + [(i, i + 3) for i in range(0, size - 10, 4)]
    return pathway(size, [(a, min(b, size - 1)) for a, b in pairs], 6)


def test_a_large_pathway_is_drawn_soundly() -> None:
    check_sound(branching(150))


def test_twice_the_steps_take_at_most_five_times_the_work_to_place() -> None:
    once = work.steps(lambda: lay_out.__wrapped__(branching(40)), at_most=60_000_000)
    work.steps(lambda: lay_out.__wrapped__(branching(80)), at_most=5 * once)


def test_a_row_that_would_be_too_wide_is_broken_up() -> None:
    layout = lay_out(pathway(40, [], 1))
    assert layout.width < 1600
    assert len({node.box.y for node in layout.nodes.values()}) > 3


def test_lanes_are_stacked_in_the_order_given_even_if_edges_run_upwards() -> None:
    layout = lay_out(pathway(4, [(3, 0), (2, 1)], 4))
    assert [band.id for band in layout.bands] == ["l0", "l1", "l2", "l3"]


def distance(box: Box, line: list[tuple[float, float]]) -> float:
    """How near a line comes to a box."""
    return min(hypot(max(abs(x - box.x) - box.width / 2, 0), max(abs(y - box.y) - box.height / 2, 0)) for x, y in line)


def hugging(scene: Scene) -> dict[str, float]:
    """Every edge that comes nearer than seven pixels to a step that it only passes, with how near."""
    layout, found = lay_out(scene), {}
    for edge in scene.edges:
        passed = [node.box for node in layout.nodes.values() if node.id not in (edge.source, edge.target)]
        line = flatten(layout.edges[edge.id].points, 24)
        near = min((distance(box, line) for box in passed), default=99.0)
        if near < 7:
            found[edge.id] = near
    return found


def test_no_edge_hugs_a_step_of_the_first_guideline_that_it_only_passes() -> None:
    """X-ray of the joints → conservative care, below the X-ray of the spine: it would seem to begin there."""
    assert hugging(picture(load("sacroiliac-sclerosis").guideline)) == {}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(pathways())
def test_no_edge_hugs_a_step_of_any_pathway(scene: Scene) -> None:
    assert hugging(scene) == {}


def test_a_route_runs_from_its_source_to_its_target() -> None:
    layout = lay_out(pathway(2, [(1, 0)], 2))
    start, end = layout.edges["e0"].points[0], layout.edges["e0"].points[-1]
    assert start[1] > end[1], "the edge leads from the lower step to the upper one"


def test_a_label_lies_on_its_own_route() -> None:
    layout = lay_out(pathway(6, [(0, 3), (1, 4), (3, 1)]))
    for edge in layout.edges.values():
        line = flatten(edge.points)
        assert any(edge.label.crossed_by(a, b) for a, b in pairwise(line)), edge.id


def test_what_is_advised_against_keeps_room_for_its_cross_between_label_and_head() -> None:
    nodes = tuple(Node(name, "Step", "Treatment", name) for name in "ab")
    for source, target in ("ab", "ba"):
        scene = Scene((Lane("a", ""), Lane("b", "")), nodes, (Edge("e", source, target, "not covered", "broken", "excluded"),))
        check_sound(scene)
        placed = lay_out(scene).edges["e"]
        assert abs(placed.points[-1][1] - placed.label.y) - placed.label.height / 2 > 22


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(pathways())
def test_a_ghost_has_a_free_place_beside_every_step(scene: Scene) -> None:
    layout = lay_out(scene)
    taken = [n.box for n in layout.nodes.values()] + [e.label for e in layout.edges.values()]
    for node in layout.nodes.values():
        assert not [box for box in taken if box.meets(node.ghost)]
        assert layout.gutter <= node.ghost.left < node.ghost.right <= layout.width
        assert 0 <= node.ghost.top < node.ghost.bottom <= layout.height


def test_a_ghost_stands_in_the_lane_of_its_step_where_there_is_room() -> None:
    layout = lay_out(pathway(3, [(0, 1), (1, 2)]))
    for node in layout.nodes.values():
        assert node.ghost.y == node.box.y


def test_the_same_scene_looks_the_same_in_another_process() -> None:
    scene = pathway(9, [(0, 4), (4, 8), (8, 0), (3, 3), (1, 7), (1, 7)])
    code = (
        "from tests.explorer.drawing.test_layout import pathway, lay_out; print(lay_out(pathway(9, [(0,4),(4,8),(8,0),(3,3),(1,7),(1,7)])))"
    )
    other = [
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    ]
    assert other == [f"{lay_out.__wrapped__(scene)}\n"] * 2


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_can_change_the_drawing_or_is_read_as_markup(text: str) -> None:
    scene = Scene(
        (Lane("l", text),),
        (Node("a", text, "Investigation", "l", text[:5]), Node("b\\N<b>", text, "Endpoint", "l")),
        (Edge("e\\N", "a", "b\\N<b>", text, "weak"),),
    )
    check_sound(scene)
    placed = lay_out(scene).edges["e\\N"]
    whole, shown = clean(text).replace(" ", ""), "".join(placed.lines).replace(" ", "")
    assert whole.startswith(shown.removesuffix(ELLIPSIS))
    assert shown == whole or shown.endswith(ELLIPSIS)


@given(st.text(max_size=200))
def test_words_keep_within_three_lines_and_their_room(text: str) -> None:
    lines = wrap(text, EDGE_FONT, 142)
    assert len(lines) <= 3
    assert all(measure(line, EDGE_FONT) <= 142 + 20 for line in lines if len(line) > 1)
    assert all(line == line.strip() for line in lines)


def test_boxes_hold_their_words() -> None:
    layout = lay_out(pathway(6, [(0, 3)], text="Intra-articular injection of the sacroiliac joint under fluoroscopy"))
    for node in layout.nodes.values():
        assert max(measure(line, NODE_FONT) for line in node.lines) + node.badge_width < node.box.width


def test_a_dangling_or_doubled_id_is_refused_with_its_name() -> None:
    lane, step = Lane("l", ""), Node("a", "", "Treatment", "l")
    with pytest.raises(UnknownName, match="unknown step 'zz'"):
        Scene((lane,), (step,), (Edge("e", "zz", "a", "", "weak"),))
    with pytest.raises(UnknownName, match="unknown phase 'l'"):
        Scene((), (step,))
    with pytest.raises(EdgewiseError, match="'a' occurs twice"):
        Scene((lane,), (step,), (Edge("a", "a", "a", "", "weak"),))


@pytest.mark.parametrize(
    ("count", "pairs"),
    [
        (4, [(2, 2), (0, 1)]),
        (11, [(8, 10), (3, 4), (4, 9), (7, 8), (6, 9), (0, 7), (3, 6), (6, 10), (2, 5), (8, 10), (5, 1), (7, 10), (8, 1)]),
    ],
)
def test_the_line_to_a_ghost_runs_behind_nothing_in_a_crowded_drawing_of_one_lane(count: int, pairs: list[tuple[int, int]]) -> None:
    layout = lay_out(pathway(count, pairs, 1, "Step with a much longer name for its box"))
    for node in layout.nodes.values():
        others = [other.box for other in layout.nodes.values() if other is not node] + [edge.label for edge in layout.edges.values()]
        assert not [box for box in others if any(box.crossed_by(*piece) for piece in pairwise(node.ghost_path))], node.id
