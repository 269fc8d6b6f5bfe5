"""Bundles and alternatives wherever a reader meets them: on the command, the page, the cards, the drawings, the hand-outs, in practice."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from edgewise.explorer.cards.step_and_edge import belongs_to
from edgewise.explorer.drawing.canvas import scene_data
from edgewise.explorer.drawing.layout import NARROW, WIDE, Breadth, lay_out
from edgewise.explorer.drawing.picture import highlight, picture
from edgewise.explorer.drawing.scene import Group, Lane, Scene
from edgewise.explorer.environment import GUIDELINE
from edgewise.explorer.handout.drawing import draw, drawn, legend
from edgewise.explorer.handout.patient.sections import sections
from edgewise.explorer.handout.vector import LIGHT, keys, vector
from edgewise.explorer.pages.teach.options import NOT_STATED
from edgewise.explorer.pages.teach.practice.log import by_step, csv_bytes
from edgewise.explorer.pages.teach.round import Commitment, Practice, judge
from edgewise.graph.cases.model import Case, Stage
from edgewise.graph.library import load
from edgewise.graph.model import Guideline
from edgewise.graph.walking.facts import Facts, parse_facts
from edgewise.graph.walking.walk import walk
from edgewise.ontology.errors import UnknownName
from tests.explorer.calls import answer, run
from tests.explorer.drawn_pages import drawn as redrawn
from tests.explorer.drawn_pages import opened, words
from tests.places import DATA

FILE = DATA / "sets.yaml"
URGENT: dict[str, object] = {"urgent": "yes", "shock": "yes"}
CALM: dict[str, object] = {"urgent": "no", "shock": "no"}
CHOSEN = CALM | {"acei-taken": "yes", "cough": "no"}


@pytest.fixture(scope="module")
def guideline() -> Guideline:
    return load(FILE).guideline


@pytest.fixture(autouse=True)
def _app_opens_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(GUIDELINE, str(FILE))


def facts(guideline: Guideline, told: dict[str, object]) -> Facts:
    return parse_facts(told, guideline)


# On the command ---------------------------------------------------------------------------------------------------------


def test_the_walk_tells_them_in_text_and_to_programs() -> None:
    told = run("walk", str(FILE), "--facts", "-", given=json.dumps(URGENT)).stdout
    assert "  Begin together: Cultures, Lactate and Fluid – Within the first hour" in told.splitlines()
    found = answer("walk", str(FILE), "--facts", "-", given=json.dumps(CHOSEN))
    (one,) = found["alternatives"]
    assert (one["done"], one["aside"], one["preferenceStated"], one["basedOn"]) == (["acei"], {"arb": "acei"}, True, ["s1"])
    assert "bundles" not in found


def test_a_guideline_without_them_says_nothing_of_them() -> None:
    found = answer("walk", "sacroiliac-sclerosis")
    assert not {"bundles", "alternatives"} & found.keys()
    assert not {"bundles", "alternatives"} & answer("show", "sacroiliac-sclerosis").keys()


def test_show_lists_them_with_the_preference() -> None:
    told = run("show", str(FILE)).stdout
    assert "  hour-one: Within the first hour (cultures, lactate, fluid)" in told
    assert "    arb: ARB, goes first where Cough: yes (the ACE inhibitor makes cough)" in told


# On the page and on cards -----------------------------------------------------------------------------------------------


def test_the_page_tells_what_is_begun_together_and_what_was_chosen_instead() -> None:
    assert "Begin together: Cultures, Lactate and Fluid" in words(opened(facts="urgent~yes shock~yes"))
    assert "ARB: ACE inhibitor was chosen instead" in words(opened(facts="urgent~no shock~no acei-taken~yes cough~no"))


def test_a_steps_card_says_where_it_belongs_and_which_passages_say_so(guideline: Guideline) -> None:
    (bundle,) = belongs_to(guideline, guideline.steps["fluid"])
    assert "Begun together with Cultures and Lactate: Within the first hour." in bundle
    (choice,) = belongs_to(guideline, guideline.steps["arb"])
    assert "s, bullet 1; s, bullet 2" in choice


def test_the_summary_of_a_patient_tells_them(guideline: Guideline) -> None:
    known = facts(guideline, CHOSEN)
    lines = {line.text for section in sections(guideline, known, walk(guideline, known)) for line in section.lines}
    assert "ARB: ACE inhibitor was chosen instead." in lines
    assert "Start → Look → ACE inhibitor" in lines


# On drawings ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("breadth", [WIDE, NARROW], ids=["wide", "narrow"])
def test_steps_that_belong_together_stand_side_by_side_within_one_frame_that_cuts_no_other(guideline: Guideline, breadth: Breadth) -> None:
    layout = lay_out(picture(guideline), breadth)
    assert {(one.kind, one.steps) for one in layout.frames} == {
        ("together", ("cultures", "lactate", "fluid")),
        ("one-of", ("acei", "arb")),
    }
    for one in layout.frames:
        inside = {id for id, node in layout.nodes.items() if one.box.meets(node.box)}
        assert inside == set(one.steps)
        assert one.box.left >= 0
        assert one.box.right <= layout.width
        assert one.box.top >= 0
    left, right = sorted(layout.frames, key=lambda one: one.box.x)
    assert left.box.right <= right.box.left


def test_a_drawing_without_groups_has_no_frames_and_no_word_of_them() -> None:
    scene = scene_data(picture(load("sacroiliac-sclerosis").guideline))["scene"]
    assert (scene["frames"], scene["narrow"]["frames"], scene["legend"]["groups"]) == ([], [], [])


def test_frames_reach_canvas_slide_and_paper(guideline: Guideline) -> None:
    scene = picture(guideline)
    assert [one["kind"] for one in scene_data(scene)["scene"]["frames"]] == ["together", "one-of"]
    assert {"begun together", "one of these"} <= {key.words for key in keys(scene, LIGHT)}
    svg, _, _ = vector(scene, LIGHT, lambda _, content: content)
    assert svg.count('fill="none" stroke="#56617a"') == 2
    paper = draw(guideline)
    assert [one["kind"] for one in drawn(paper, (0.0, paper.layout.height))["frames"]] == ["together", "one-of"]
    assert legend(paper, silent=False)["groups"] == [["together", "Begun together"], ["one-of", "One of these"]]


def test_what_was_not_chosen_bears_no_tick(guideline: Guideline) -> None:
    shown = highlight(walk(guideline, facts(guideline, CHOSEN)))
    assert "acei" in shown.passed
    assert "arb" not in shown.passed
    assert "arb" in shown.unreachable


def test_members_of_several_lanes_are_framed_lane_by_lane(guideline: Guideline) -> None:
    scene = picture(guideline)
    lanes = (*scene.lanes, Lane("later", "Later"))
    moved = replace(scene, lanes=lanes, nodes=tuple(replace(one, lane="later") if one.id == "fluid" else one for one in scene.nodes))
    framed = [one.steps for one in lay_out(moved).frames if one.kind == "together"]
    assert framed == [("cultures", "lactate"), ("fluid",)]


def test_a_group_of_steps_that_the_drawing_does_not_hold_is_refused() -> None:
    with pytest.raises(UnknownName, match="gone"):
        Scene(groups=(Group("together", ("gone",)),))


# In practice ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("known", "picks", "outcome"),
    [
        (URGENT, ("cultures", "lactate", "fluid"), "right"),
        (URGENT, ("fluid", "cultures", "lactate"), "right"),
        (URGENT, ("cultures",), "part"),
        (URGENT, ("cultures", "fluid"), "part"),
        (URGENT, ("cultures", "lactate", "fluid", "acei"), "wrong"),
        (URGENT, ("cultures", NOT_STATED), "wrong"),
        (CALM, ("acei",), "right"),
        (CALM, ("arb",), "right"),
        (CALM, ("acei", "arb"), "wrong"),
        (CALM | {"shock": "yes"}, ("arb",), "part"),
        (CALM | {"shock": "yes"}, ("arb", "fluid"), "right"),
        (CHOSEN, ("arb",), "wrong"),
    ],
)
def test_all_that_is_due_is_right_and_of_alternatives_one(
    guideline: Guideline, known: dict[str, object], picks: tuple[str, ...], outcome: str
) -> None:
    assert judge(guideline, facts(guideline, known), *picks) == outcome


def committed(guideline: Guideline, *picks: str) -> Commitment:
    practice = Practice()
    practice.round_of("k", guideline, Case("c", "", "", (Stage("", facts(guideline, URGENT)),)))
    entry = practice.commit("k", 1, 0, picks[0], "", 0.0, picks[1:])
    assert entry
    return entry


def test_a_part_counts_for_what_was_found_and_the_log_holds_every_pick(guideline: Guideline) -> None:
    entry = committed(guideline, "lactate", "fluid", "lactate")
    assert (entry.picks, entry.outcome) == (("lactate", "fluid"), "part")
    assert by_step([entry]) == {"cultures": (1, 0), "lactate": (1, 1), "fluid": (1, 1)}
    assert b",lactate fluid,," in csv_bytes([entry])
    assert b",part of it," in csv_bytes([entry])


def practised(known: dict[str, object], guideline: Guideline):
    from edgewise.explorer.pages.teach.case_link import encode

    case = Case("own", "Somebody", "Somebody comes.", (Stage("It is told.", facts(guideline, known)),))
    return opened(page="teach", set=encode(case, guideline))


def commit(at, pick: str, *beside: str):
    at.radio[0].set_value(pick)
    at.multiselect[0].set_value(list(beside))
    next(button for button in at.button if button.label == "Commit").click()
    return redrawn(at)


def test_of_a_part_the_page_says_how_much_it_is_and_what_is_still_due(guideline: Guideline) -> None:
    shown = words(commit(practised(URGENT, guideline), "cultures"))
    assert "1 of 3, still due: Lactate; Fluid" in shown
    assert "Begin together: Cultures, Lactate and Fluid" in shown
    assert "Why not" not in shown.replace("Why not surgery", "")


def test_the_whole_set_is_right(guideline: Guideline) -> None:
    assert "✓ Right" in words(commit(practised(URGENT, guideline), "cultures", "fluid", "lactate"))


def test_one_of_the_others_is_right_and_is_told_which_one_is_preferred(guideline: Guideline) -> None:
    shown = words(commit(practised(CALM, guideline), "arb"))
    assert "✓ Right" in shown
    assert "ARB: ACE inhibitor is preferred" in shown
    assert "One is enough: ACE inhibitor and ARB" in words(commit(practised(CALM, guideline), "acei", "arb"))


def test_steps_and_that_none_is_named_cannot_both_be_committed_to(guideline: Guideline) -> None:
    at = commit(practised(URGENT, guideline), NOT_STATED, "fluid")
    assert "Either steps, or “The source does not say”" in words(at)
