"""Folding: what is not drawn is counted, what is due within a folded lane shows, and nothing is told otherwise than it is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from edgewise.explorer.drawing.canvas import read_click, scene_data
from edgewise.explorer.drawing.folding import FROM, bundled, fold, folds, lane_of
from edgewise.explorer.drawing.layout import LARGE, is_large, lay_out
from edgewise.explorer.drawing.scene import Edge, Ghost, Group, Highlight, Lane, Node, Scene
from tests.explorer.drawing.test_layout import check_sound, hugging, pathway

LANES = (Lane("k", "First"), Lane("l", "Next"), Lane("m", "Last"))
NODES = tuple(Node(id, id.upper(), "Treatment", lane) for id, lane in (("a", "k"), ("b", "l"), ("c", "l"), ("d", "m")))
EDGES = (
    Edge("ab", "a", "b", "if so", "weak"),
    Edge("ac", "a", "c", "else", "inferred"),
    Edge("bc", "b", "c", "then", "broken"),
    Edge("cd", "c", "d", "at last", "supported"),
)
SCENE = Scene(LANES, NODES, EDGES, (Group("together", ("b", "c")),))
FOLDED = fold(SCENE, frozenset("l"))


def test_a_folded_lane_is_one_box_with_its_name_and_the_number_of_its_steps() -> None:
    assert [(node.id, node.label) for node in FOLDED.scene.nodes] == [("a", "A"), ("lane l", "Next · 2 steps"), ("d", "D")]
    assert [(node.kind, node.lane) for node in FOLDED.scene.nodes][1] == ("Lane", "l")
    assert [lane.id for lane in FOLDED.scene.lanes if lane.folds] == ["k", "m"]
    assert FOLDED.scene.groups == ()


def test_several_edges_between_two_boxes_are_one_that_tells_how_many_and_the_weakest_evidence() -> None:
    bundle, alone = FOLDED.scene.edges
    assert (bundle.label, bundle.state, bundle.members) == ("2 edges", "inferred", ("weak", "inferred"))
    assert "1 one or tertiary source, 1 not stated by the source" in bundle.tip
    assert (alone.id, alone.label, alone.state, alone.source, alone.target) == ("cd", "at last", "supported", "lane l", "d")


def test_the_legend_counts_every_edge_whatever_is_folded() -> None:
    def counted(scene: Scene) -> dict[str, int]:
        return {one["id"]: one["count"] for one in scene_data(scene)["scene"]["legend"]["states"]}

    every = {"supported": 1, "weak": 1, "broken": 1, "inferred": 1}
    for folded in ("", "l", "kl", "klm"):
        assert counted(fold(SCENE, frozenset(folded)).scene) == every


def test_what_is_due_in_a_folded_lane_shows_on_its_box() -> None:
    found = FOLDED.highlight(Highlight(due=frozenset("c"), passed=frozenset("ab"), path=frozenset({"ab", "bc"}), closed=frozenset({"ac"})))
    assert found.due == {"lane l"}
    assert found.passed == {"a"}, "a lane in which something is due is not done"
    assert found.path == {FOLDED.line["ab"]}
    assert found.closed == frozenset(), "one of the two edges is open"
    assert found.times["lane l"] == "Due here: C"


def test_a_lane_is_out_of_reach_only_where_all_its_steps_are() -> None:
    assert FOLDED.highlight(Highlight(unreachable=frozenset("bd"))).unreachable == {"d"}
    assert FOLDED.highlight(Highlight(unreachable=frozenset("bcd"))).unreachable == {"lane l", "d"}


def test_the_silence_of_the_source_is_shown_on_the_box_of_a_folded_lane() -> None:
    assert FOLDED.ghost(Ghost("b")) == Ghost("lane l")
    assert FOLDED.ghosts([Ghost("a", faint=True), Ghost("c", faint=True)]) == (Ghost("a", faint=True),)


def test_what_stands_for_a_step_or_an_edge_and_which_lanes_bring_it_into_sight() -> None:
    assert [FOLDED.drawn(id) for id in ("a", "b", "bc", "cd")] == ["a", "lane l", "lane l", "cd"]
    assert FOLDED.lanes("b") == {"l"}
    assert FOLDED.lanes("cd") == {"l", "m"}
    assert FOLDED.lanes("") == frozenset()


def test_clicks_on_boxes_bundles_and_names_of_lanes_are_understood() -> None:
    bundle = FOLDED.scene.edges[0].id
    assert lane_of("lane l") == bundled(bundle) == "l"
    for kind, id in (("node", "lane l"), ("edge", bundle), ("lane", "k")):
        found = read_click(FOLDED.scene, {"kind": kind, "id": id, "nonce": "1"})
        assert found is not None
        assert (found.kind, found.id) == (kind, id)
    assert read_click(FOLDED.scene, {"kind": "lane", "id": "l", "nonce": "1"}) is None, "what is folded has no name to press"


def test_small_drawings_and_those_of_one_lane_do_not_fold() -> None:
    assert not folds(pathway(FROM - 1, []))
    assert not folds(pathway(FROM, [], 1))
    assert folds(pathway(FROM, []))


@given(st.sets(st.sampled_from(["l0", "l1", "l2", "gone"])), st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=30))
def test_folding_loses_no_step_and_no_edge(folded: set[str], pairs: list[tuple[int, int]]) -> None:
    scene = pathway(12, pairs)
    found = fold(scene, frozenset(folded))
    assert sorted(step for node in found.scene.nodes for step in found.steps(node.id)) == sorted(node.id for node in scene.nodes)
    drawn = [state for edge in found.scene.edges for state in edge.members or (edge.state,)]
    assert sorted(drawn + [state for node in found.scene.nodes for state in node.members]) == sorted(edge.state for edge in scene.edges)


def test_a_large_drawing_is_laid_out_soundly_in_one_pass_and_once() -> None:
    scene = pathway(LARGE + 20, [(i, i + 1 + i % 5) for i in range(LARGE)] + [(7, 7), (9, 3), (4, 5), (4, 5)])
    assert is_large(scene)
    check_sound(scene)
    assert hugging(scene) == {}
    assert scene_data(scene)["scene"]["narrow"] is None
    assert all(node.ghost.width < 20 for node in lay_out(scene).nodes.values()), "a sign on the corner in place of a box"
