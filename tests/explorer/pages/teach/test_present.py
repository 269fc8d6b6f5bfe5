"""Presenting: the order of the steps, what a slide says, votes, notes, and a case told stage by stage."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from html import unescape
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from edgewise.explorer.drawing.picture import picture
from edgewise.explorer.pages.teach.case_link import encode
from edgewise.explorer.pages.teach.presenting import tour as present_tour
from edgewise.explorer.pages.teach.presenting.case import along, positions
from edgewise.explorer.pages.teach.presenting.gaps import Gap
from edgewise.explorer.pages.teach.presenting.keys import read
from edgewise.explorer.pages.teach.presenting.position import SILENT
from edgewise.explorer.pages.teach.presenting.telling_order import drawn, order, ways_in
from edgewise.explorer.pages.teach.presenting.tour import tour
from edgewise.explorer.shell import frame
from edgewise.explorer.shell.guidelines import Opened
from edgewise.explorer.shell.location import Location
from edgewise.graph.cases.model import answer
from edgewise.graph.library import load
from edgewise.graph.model import Guideline, Phase, Step, Transition
from edgewise.graph.walking.walk import walk
from tests.explorer.rooms import BEGINNING, CASE, opened, press, told

HOSTILE = "<img src=x onerror=alert(1)> ![x](x) $x$ :red[x] ‮"


@pytest.fixture(scope="module")
def sample() -> Guideline:
    return load("sacroiliac-sclerosis").guideline


def made(edges: str, phases: Mapping[str, int] | None = None, start: str = "a") -> Guideline:
    """A guideline from edges such as ``ab bc``; `start` names its presentations."""
    pairs = edges.split()
    ids = dict.fromkeys(start + "".join(pairs))
    phases = phases or {}
    return Guideline(
        "g", "urn:g", "", "", "", "", "", "", "", "",
        phases={str(n): Phase(str(n), f"Phase {n}", n) for n in {0, *phases.values()}},
        steps={id: Step(id, "Presentation" if id in start else "Treatment", id.upper(), "", str(phases.get(id, 0))) for id in ids},
        transitions={pair: Transition(pair, pair[0], pair[1], "", "source") for pair in pairs},
    )  # fmt: skip


# ---- the order -------------------------------------------------------------------------------------------------------


def test_the_pathway_is_told_from_the_presentation_to_its_last_phase(sample: Guideline) -> None:
    steps = order(sample)
    assert (steps[0], steps[-1]) == (BEGINNING, "si-joint-fusion")
    phases = [sample.phases[sample.steps[id].phase].order for id in steps]
    assert phases == sorted(phases)


def test_what_goes_along_with_a_step_is_told_right_after_it() -> None:
    guideline = load("tests/data/small.yaml").guideline
    assert guideline.steps["lift"].companion_of == "boot"
    assert ("boot", "lift") in set(pairwise(order(guideline)))


def test_branches_are_told_as_the_guideline_lists_them_and_an_earlier_phase_first() -> None:
    assert order(made("ac ab cd")) == ("a", "c", "b", "d")
    assert order(made("ac ab cd", {"c": 2, "b": 1, "d": 1})) == ("a", "b", "c", "d")


@pytest.mark.parametrize("edges", ["ab ba", "ab bb", "ab cd dc", "bc", "ab ab"])
def test_loops_and_what_cannot_be_come_to_are_told_too(edges: str) -> None:
    guideline = made(edges)
    assert sorted(order(guideline)) == sorted(guideline.steps)


STEPS = "abcdefg"


@given(st.lists(st.sampled_from([a + b for a in STEPS for b in STEPS]), max_size=14, unique=True), st.tuples(*[st.integers(0, 3)] * 7))
def test_no_step_is_told_before_all_that_lead_to_it_unless_nothing_told_does(edges: list[str], phases: tuple[int, ...]) -> None:
    guideline = made(" ".join(edges), dict(zip(STEPS, phases, strict=True)))
    steps = order(guideline)
    assert sorted(steps) == sorted(guideline.steps)
    reached = {"a"}
    while more := {edge[1] for edge in edges if edge[0] in reached} - reached:
        reached |= more
    for number, id in enumerate(steps[1 : len(reached)], 1):
        assert {edge.source for edge in ways_in(guideline, id)} & set(steps[:number]), f"{id} stands there without an edge"


def test_the_drawing_grows_by_the_steps_told_and_the_edges_between_them(sample: Guideline) -> None:
    parts = [tour(sample, id).shown for id in order(sample)]
    assert parts[0] == {BEGINNING}
    assert all(less < more for less, more in pairwise(parts))
    assert parts[-1] == {*sample.steps, *sample.transitions}
    assert drawn(sample, [BEGINNING, "xray-spine"]) == {BEGINNING, "xray-spine", "presentation-to-xray-spine"}


# ---- the page --------------------------------------------------------------------------------------------------------


def position(at: AppTest) -> str:
    return "".join(at.query_params.get("at", []))


@pytest.mark.parametrize("id", order(load("sacroiliac-sclerosis").guideline))
def test_every_step_has_a_slide_with_its_summary_components_ratings_and_the_evidence(sample: Guideline, id: str) -> None:
    step, words = sample.steps[id], told(opened(at=id))
    assert step.label in words
    assert step.summary in words
    assert all(component.label in words for component in step.components)
    ratings = [rating for rating in sample.ratings.values() if step.modality and rating.modality == step.modality]
    assert all(f"Rated {rating.score} of {rating.scale_max}" in words for rating in ratings)
    assert "Evidence" in words
    for edge in ways_in(sample, id):
        assert f"From {sample.steps[edge.source].name}" in words
    assert f"{order(sample).index(id) + 1} of {len(sample.steps)}" in words


def test_the_edge_that_leads_here_tells_its_condition_with_places_and_markers() -> None:
    words = told(opened(at="si-joint-fusion"))
    assert "One or more blocks with more than 70 % relief step 4, criterion 1 [2]" in words
    assert (
        "Several failed RFA attempts (at least 2: modeller's reading) step 3, bullet 2 [3] step 4, criterion 4 [3] ⚠ [7] no entry" in words
    )


def test_on_and_back_write_the_position_into_the_address(sample: Guideline) -> None:
    steps, at = order(sample), opened()
    for id in steps[1:]:
        at = press(at, "On")
        assert position(at) == id
    assert next(button for button in at.button if button.label == "On").disabled
    for id in reversed(steps[:-1]):
        at = press(at, "Back")
        assert position(at) == id
    assert next(button for button in at.button if button.label == "Back").disabled


@pytest.mark.parametrize("at", ["nowhere", "<script>", "x" * 5000, "0-answer"])
def test_a_position_that_is_none_is_told_and_the_beginning_shown(sample: Guideline, at: str) -> None:
    page = opened(at=at)
    assert "this is the beginning" in page.warning[0].value
    assert sample.steps[BEGINNING].label in told(page)


def test_a_case_that_is_none_is_told_and_the_pathway_shown(sample: Guideline) -> None:
    for params in ({"case": "nobody"}, {"set": "damaged"}):
        page = opened(**params)
        assert "The whole pathway is presented instead" in page.warning[0].value
        assert sample.steps[BEGINNING].label in told(page)


def test_the_room_sees_no_notes_and_the_speakers_window_holds_every_statement(sample: Guideline) -> None:
    room = told(opened(at="cooled-rfa"))
    assert "Speaker notes" not in room
    assert "Modeller's note" not in room
    at = opened(at="cooled-rfa", view="notes")
    words = told(at)
    assert sample.steps["cooled-rfa"].label in words, "it says what the room sees"
    assert "Next: Endoscopic neurectomy, unproven" in words
    for id in sample.steps["cooled-rfa"].described_by:
        statement = sample.statements[id]
        assert f"{statement.text} {statement.place}" in words
    assert "Modeller's note" in words
    assert sample.steps["endoscopic-neurectomy"].label in told(press(at, "On")), "it turns by its own buttons too"
    assert not [one for one in at.get("bidi_component") if one.proto.component_name == "edgewise_canvas"]


def test_the_room_is_dark_or_light_as_the_address_says() -> None:
    assert "ew-room-page" in opened().get("html")[0].proto.body
    at = opened(room="dark")
    assert "ew-room-dark" in at.get("html")[0].proto.body
    at = press(at, "Light room")
    assert "".join(at.query_params["room"]) == "light"
    assert "ew-room-light" in at.get("html")[0].proto.body
    assert "ew-room-page" in opened(room='"><script>').get("html")[0].proto.body


def shown(monkeypatch: pytest.MonkeyPatch, guideline: Guideline, **own: str) -> AppTest:
    opened_guideline = Opened("g", guideline, picture(guideline))
    monkeypatch.setattr(frame, "here", lambda: frame.Here(opened_guideline, Location("g", page="teach", own={"mode": "present", **own})))
    return opened()


def test_words_of_a_guideline_are_never_markup(monkeypatch: pytest.MonkeyPatch) -> None:
    guideline = made("ab bc", start="a")
    steps = {id: replace(step, label=HOSTILE, summary=HOSTILE) for id, step in guideline.steps.items()}
    edges = {id: replace(edge, label=HOSTILE, note=HOSTILE) for id, edge in guideline.transitions.items()}
    hostile = replace(guideline, steps=steps, transitions=edges)
    at, apart = press(shown(monkeypatch, hostile, at="b"), "Ask the room"), shown(monkeypatch, hostile, at="b", view="notes")
    bodies = " ".join(block.proto.body for one in (at, apart) for block in one.get("html"))
    assert "<img" not in bodies
    assert "&lt;img" in bodies


def test_a_guideline_without_steps_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    at = shown(monkeypatch, replace(made("ab"), steps={}, transitions={}))
    assert at.info[0].value == "This guideline has no steps to present."


# ---- what the source does not say ------------------------------------------------------------------------------------


def test_the_gaps_at_a_step_are_on_its_slide_and_marked_in_the_drawing(sample: Guideline, monkeypatch: pytest.MonkeyPatch) -> None:
    gaps = {"diagnostic-injections": (Gap("negative block", "Nothing is said after a negative block.", ("s17",)),)}
    monkeypatch.setattr(present_tour, "gaps_at", lambda _, id: gaps.get(id, ()))
    here = tour(sample, "diagnostic-injections")
    assert [(ghost.at, ghost.faint) for ghost in here.ghosts] == [("diagnostic-injections", False)]
    assert "Negative block step 2, bullet 1 [2]" in text(here.body)
    assert "Negative block" in here.explain(SILENT)
    assert "Nothing is said after a negative block." in text(here.notes)
    assert [ghost.faint for ghost in tour(sample, "cooled-rfa").ghosts] == [True], "what was told before stays, faintly"
    assert not tour(sample, "ct-si-joints-without-contrast").ghosts, "nothing is marked before it is come to"
    assert "No patient was found" in tour(sample, "conservative-care").explain(SILENT)


def test_the_gaps_are_those_that_the_search_finds(sample: Guideline) -> None:
    assert "Conservative care so far: at least 3 months; Conservative care failed: no" in text(tour(sample, "conservative-care").body)
    assert "the source does not say what follows it" in text(tour(sample, "si-joint-fusion").body)
    assert [ghost.at for ghost in tour(sample, "si-joint-fusion").ghosts if not ghost.faint] == ["si-joint-fusion"]
    option = tour(sample, "mri-si-joints-with-and-without-contrast").explain(SILENT)
    assert "Not checked" in option, "what was not looked at is not told to be free of gaps"


# ---- a case ----------------------------------------------------------------------------------------------------------


def text(pieces: object) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", "".join(pieces))).split())  # type: ignore[call-overload]


def test_a_case_has_a_vignette_then_a_telling_and_an_answer_for_each_stage() -> None:
    assert positions(CASE) == ("0", "1", "1-answer", "2", "2-answer")


def test_what_is_told_at_a_stage_gives_nothing_away_of_its_answer(sample: Guideline) -> None:
    for at in positions(CASE)[:-1]:
        here = along(sample, CASE, at)
        if at.endswith("-answer") or at == "0":
            continue
        due = answer(sample, CASE.facts(int(at) - 1)).steps
        assert not set(due) & here.shown
        assert all(sample.steps[id].label not in text([*here.head, *here.body]) for id in due)
        assert not [ghost for ghost in here.ghosts if not ghost.faint]


def test_the_answer_is_that_of_the_walk_with_reasons_points_and_the_drawing(sample: Guideline) -> None:
    first, last = along(sample, CASE, "1-answer"), along(sample, CASE, "2-answer")
    assert "Conservative care for 3–6 months" in text(first.head)
    assert "Every patient begins here. step 1, lead [3][4][5]" in text(first.body)
    assert first.highlight.due == {"conservative-care"}
    assert "The source does not say" in text(last.head)
    assert "The source disagrees with itself" in text(last.head)
    assert [ghost.at for ghost in last.ghosts] == ["diagnostic-injections"]
    assert last.shown == drawn(sample, walk(sample, CASE.facts(1)).path)


def test_what_tempts_is_in_the_speakers_notes_alone(sample: Guideline) -> None:
    here = along(sample, CASE, "2")
    assert "Seventy seems enough. pitfalls, bullet 1, sentence 1 [2]" in text(here.notes)
    assert "Seventy seems enough" not in text([*here.head, *here.body])


def test_a_case_of_the_guideline_is_presented_from_its_vignette_to_its_last_answer() -> None:
    at = opened(case="crane-driver")
    assert "stage" not in told(at)
    for expected in ("1", "1-answer", "2", "2-answer"):
        at = press(at, "On")
        assert position(at) == expected
    assert "Diagnostic SI joint injections under fluoroscopy" in told(at)
    along_what = next(box for box in at.selectbox if box.label == "What is presented")
    along_what.select("").run(timeout=120)
    assert "case" not in at.query_params
    assert "at" not in at.query_params


def test_a_case_of_a_link_is_presented(sample: Guideline) -> None:
    at = opened(set=encode(CASE, sample), at="1")
    assert "The films show sclerosis" in told(at)
    assert next(box for box in at.selectbox if box.label == "What is presented").value == " linked"


# ---- keys ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "event",
    [
        None,
        "on",
        {},
        {"to": "nowhere", "nonce": "1"},
        {"act": "delete", "nonce": "1"},
        {"to": ["b"], "nonce": "1"},
        {"to": "b"},
        {"act": "vote"},
    ],
)
def test_a_key_that_asks_for_nothing_known_is_not_heard(event: object) -> None:
    assert read(event, ("a", "b")) is None


def test_a_key_names_a_position_or_an_act() -> None:
    assert read({"to": "b", "nonce": "7"}, ("a", "b")) == ("to", "b", "7")
    assert read({"act": "vote", "nonce": "8"}, ("a",)) == ("act", "vote", "8")
