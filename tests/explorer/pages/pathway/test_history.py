"""Undo, Replay from the start and New patient: one history of all that is done to the patient, and a replay that claims nothing."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.explorer.drawn_pages import address, drawn, opened, words

SI = "sacroiliac-sclerosis"
TO_BLOCKS = "radiographs~equivocal inflammatory-suspicion~no conservative-months~6 conservative-failed~yes"


def press(at: AppTest, key: str) -> AppTest:
    at.button(key=key).click()
    return drawn(at)


def choose(at: AppTest, key: str, value: str) -> AppTest:
    at.button_group(key=f"{key}:{SI}:{value.split('~')[0]}").set_value(value.split("~")[1])
    return drawn(at)


def state(at: AppTest) -> tuple[str, str]:
    return address(at, "facts"), address(at, "upto")


DONE = {
    "an answer": ("radiographs~equivocal", lambda at: choose(at, "ask", "inflammatory-suspicion~no")),
    "a changed answer": ("radiographs~equivocal", lambda at: choose(at, "patient", "radiographs~sclerosis")),
    "a withdrawn answer": (TO_BLOCKS, lambda at: choose(at, "patient", "radiographs~?")),
    "a replay": (TO_BLOCKS, lambda at: press(at, "Replay from the start")),
    "a step of a replay": (TO_BLOCKS, lambda at: press(press(at, "Replay from the start"), "on")),
    "the end of a replay": (TO_BLOCKS, lambda at: press(press(at, "Replay from the start"), "end")),
    "a new patient": (TO_BLOCKS, lambda at: press(at, "New patient")),
}


@pytest.mark.parametrize(("facts", "do"), DONE.values(), ids=DONE)
def test_undo_takes_back_whatever_was_done(facts: str, do: object) -> None:
    at = opened(facts=facts)
    do(at)  # type: ignore[operator]
    while state(at) != (facts, ""):
        assert not at.button(key="Undo").disabled
        before = state(at)
        assert state(press(at, "Undo")) != before


def test_a_new_patient_in_the_middle_of_a_replay_comes_back_to_that_very_step() -> None:
    at = press(press(opened(facts=TO_BLOCKS), "Replay from the start"), "on")
    held = state(at)
    assert state(press(at, "New patient")) == ("", "")
    assert state(press(at, "Undo")) == held


def test_looking_at_evidence_is_no_part_of_the_history() -> None:
    at = choose(opened(), "ask", "radiographs~equivocal")
    for _ in range(2):
        press(at, next(button.key for button in at.button if (button.key or "").startswith("card:")))
        assert address(at, "sel")
        press(at, "close")
    assert state(press(at, "Undo")) == ("", "")
    assert at.button(key="Undo").disabled


def test_undo_after_the_browsers_way_back_goes_back_from_there() -> None:
    at = choose(choose(opened(), "ask", "radiographs~equivocal"), "ask", "inflammatory-suspicion~no")
    at.query_params["facts"] = "radiographs~equivocal"
    assert state(press(drawn(at), "Undo")) == ("", "")


def test_an_example_of_a_gap_is_taken_back_to_the_list_of_gaps_and_the_own_patient() -> None:
    at = opened(facts="radiographs~equivocal", gaps="all")
    press(at, next(button.key for button in at.button if (button.key or "").startswith("gap:")))
    assert state(at) != ("radiographs~equivocal", "")
    drawn(at)
    press(at, "Undo")
    assert (state(at), address(at, "gaps")) == (("radiographs~equivocal", ""), "all")


def test_a_replay_shows_no_answer_as_known_that_the_walk_does_not_know_yet() -> None:
    at = press(opened(facts=TO_BLOCKS), "Replay from the start")
    page = words(at)
    assert "Next you told" in page
    assert page.index("Not told yet in this replay") > page.index("Next you told")
    assert "Your patient" not in page
    assert not [group.label for group in at.button_group if (group.key or "").startswith("ask:")], "nothing is asked that was told"


def test_why_not_in_a_replay_goes_by_what_was_told_so_far_and_asks_nothing_that_waits() -> None:
    at = opened(facts=TO_BLOCKS, upto="presentation", why="si-joint-fusion")
    assert "first Films of the SI joints" in words(at)
    assert not [group.label for group in at.button_group if (group.key or "").startswith("ask:")]


def test_a_replay_steps_through_the_walk_and_keeps_every_fact() -> None:
    at = press(opened(facts=f"{TO_BLOCKS} block-relief~85~88"), "Replay from the start")
    assert at.button(key="Replay from the start").disabled, "it stands at the start"
    seen = [words(at).split("Due now ")[1][:12]]
    while any(button.key == "on" for button in at.button):
        seen.append(words(press(at, "on")).split("Due now ")[1][:12])
        assert address(at, "facts") == f"{TO_BLOCKS} block-relief~85~88"
    assert seen == ["X-ray of the", "Conservative", "Diagnostic S", "Cooled radio"]


def test_an_answer_at_the_end_of_a_replay_goes_on_from_there() -> None:
    at = opened(facts="radiographs~equivocal", upto="xray-si-joints")
    if any(button.key == "on" for button in at.button):
        press(at, "on")
    assert state(choose(at, "ask", "inflammatory-suspicion~no")) == ("radiographs~equivocal inflammatory-suspicion~no", "")
