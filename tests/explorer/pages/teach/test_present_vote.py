"""The vote in Present: what is offered, what a number does, and that nothing tells the answer before it is revealed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from edgewise.explorer.pages.teach.presenting.case import along
from edgewise.explorer.pages.teach.presenting.position import ASK, SILENT
from edgewise.explorer.pages.teach.presenting.telling_order import ways_on
from edgewise.explorer.pages.teach.presenting.tour import tour
from edgewise.explorer.pages.teach.presenting.vote import Ballot
from edgewise.graph.cases.model import Case, Lure, Stage, answer
from edgewise.graph.library import load
from edgewise.graph.model import Guideline
from tests.explorer.rooms import BEGINNING, CASE, FILMS, marked, opened, press, told, votes

RFA = "Cooled radiofrequency ablation of the sacral lateral branches"


@pytest.fixture(scope="module")
def sample() -> Guideline:
    return load("sacroiliac-sclerosis").guideline


def test_the_room_may_vote_for_where_the_edges_lead_and_for_silence() -> None:
    at = opened(at="diagnostic-injections")
    assert not votes(at), "nothing is asked before the presenter asks"
    at = press(at, "Ask the room")
    ahead = [RFA, "Endoscopic neurectomy", "Minimally invasive SI joint fusion"]  # not “last resort”, not “not covered”: that is the answer
    assert list(votes(at)) == ["Conservative care for 3–6 months", *ahead, "The source does not say"]


def test_a_vote_on_the_pathway_never_names_the_answer_alone(sample: Guideline) -> None:
    for id in sample.steps:
        offered, right = tour(sample, id).offered, {edge.target for edge in ways_on(sample, id)}
        assert right <= set(offered)
        assert not offered or len([one for one in offered if one not in right]) >= 2, id
        assert id not in offered
    assert not tour(sample, "xray-spine").offered, "what goes along with another step asks nothing of its own"


def test_while_the_room_votes_no_mark_tells_the_answer() -> None:
    at = press(opened(at="conservative-care"), "Ask the room")
    assert "conservative-care" not in marked(at)
    assert "conservative-care" in marked(press(at, "Reveal"))


def test_numbers_become_bars_and_the_answer_waits_for_its_reveal() -> None:
    at = press(opened(at="diagnostic-injections"), "Ask the room")
    at.number_input[0].set_value(9).run(timeout=120)
    at.number_input[2].set_value(3).run(timeout=120)
    words = told(at)
    assert "12 votes" in words
    assert "9 (75 %)" in words
    assert "3 (25 %)" in words
    assert "Two or more blocks with 80–90 % relief" not in words
    words = told(press(at, "Reveal"))
    assert "Two or more blocks with 80–90 % relief (2: modeller's reading) step 3, bullet 1 [3]" in words
    assert "Never by this guideline" in words
    assert "Two or more blocks" not in told(press(at, "Hide the answer"))


def test_votes_are_kept_for_each_step_and_reset_one_by_one() -> None:
    at = press(opened(at="diagnostic-injections"), "Ask the room")
    at.number_input[1].set_value(4).run(timeout=120)
    at = press(press(at, "On"), "Ask the room")
    assert set(votes(at).values()) == {0}
    at = press(at, "Back")
    assert votes(at)[RFA] == 4
    at = press(at, "Reset the vote")
    assert set(votes(at).values()) == {0}


def test_the_presenter_adds_a_step_to_choose_from_and_it_is_told_that_no_edge_leads_there(sample: Guideline) -> None:
    at = press(opened(at="diagnostic-injections"), "Ask the room")
    add = next(box for box in at.selectbox if box.label == "Add a step to choose from")
    assert sample.steps["cooled-rfa"].name not in add.options
    add.select("xray-spine").run(timeout=120)
    assert list(votes(at))[-2:] == ["X-ray of the spine", "The source does not say"]
    words = told(press(at, "Reveal"))
    assert "No edge leads there from here. It is reached from Cooled RFA, S1–S3 lateral branches." in words
    assert f"It is reached from {sample.steps[BEGINNING].name}." in words


def test_silence_comes_last_whatever_was_added() -> None:
    assert Ballot(added=["z", "gone"]).options(("a", SILENT, ASK), {"a", "z"}) == ["a", "z", SILENT, ASK]


def test_nothing_is_asked_where_the_pathway_ends(sample: Guideline) -> None:
    assert not tour(sample, "endoscopic-neurectomy").offered
    assert SILENT in tour(sample, "si-joint-fusion").offered, "a treatment is no end: what follows it is a fair question"


def test_the_vote_of_a_case_offers_the_step_due_among_others(sample: Guideline) -> None:
    for at in ("1", "2"):
        offered = along(sample, CASE, at).offered
        assert offered[-2:] == (SILENT, ASK)
        assert len(offered) >= 5
        assert set(answer(sample, CASE.facts(int(at) - 1)).steps) <= set(offered)
    assert "cooled-rfa" in along(sample, CASE, "2").offered, "what tempts"
    assert not along(sample, CASE, "0").offered


FAILED = {**FILMS, "conservative-months": Decimal(6), "conservative-failed": "yes"}


@pytest.mark.parametrize(
    ("lures", "tempting"), [((), "endoscopic-neurectomy"), ((Lure("si-joint-fusion", "It hurts."),), "si-joint-fusion")]
)
def test_a_step_due_far_ahead_is_not_the_last_rung_on_offer(sample: Guideline, lures: tuple[Lure, ...], tempting: str) -> None:
    case = Case("far", "Half a year", "A cellist who has tried everything.", (Stage("What now?", FAILED, lures=lures),))
    offered = along(sample, case, "1").offered
    assert set(offered) > {"diagnostic-injections", tempting}


def test_while_the_room_votes_what_is_known_stays_in_sight() -> None:
    at = press(opened(case="cellist", at="2"), "Ask the room")
    assert "Known so far: Films of the SI joints: Sclerosis; " in told(at)
    assert "Relief by diagnostic blocks: 85 %" in told(at)
