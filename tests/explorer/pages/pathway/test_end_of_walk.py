"""The Pathway page says that a walk has ended, with what the source reports there, and offers the patient summary."""

from __future__ import annotations

import pytest

from edgewise.explorer.cards.outcomes import NOT_STATED
from tests.explorer.drawn_pages import address, drawn, opened, words

FIRST = "radiographs~sclerosis inflammatory-suspicion~no "
TREATED = FIRST + "conservative-months~6 conservative-failed~yes block-relief~85~85 hip-spine-excluded~yes documented~yes "
END = TREATED + "rfa-attempts-failed~2"


def test_at_the_last_step_it_says_so_and_shows_the_outcomes_with_their_frames():
    told = words(opened(facts=END))
    assert "The end of the pathway Nothing leads on from SI joint fusion, last resort" in told
    assert "Outcomes as the source reports them" in told
    assert "Success rate: more than 80 % population patients who meet the selection criteria" in told
    assert f"follow-up, comparator, patients (n) {NOT_STATED}" in told
    assert told.count("step 4 outcomes, sentence") == 2


@pytest.mark.parametrize(
    ("facts", "heading"),
    [
        (FIRST + "conservative-months~1 conservative-failed~yes", "Only waiting is left"),
        (TREATED + "rfa-attempts-failed~1", "Only waiting is left"),
        (FIRST + "conservative-months~6 conservative-failed~no", "The walk ends here"),
    ],
)
def test_waiting_and_silence_are_ends_too_and_say_what_is_reported_or_that_nothing_is(facts, heading):
    told = words(opened(facts=facts))
    assert heading in told
    assert "Of the outcome of" in told or "Outcomes as the source reports them" in told


@pytest.mark.parametrize("facts", ["", FIRST, FIRST + "conservative-months~1"])
def test_as_long_as_an_answer_leads_on_nothing_of_an_end_is_said(facts):
    at = opened(facts=facts)
    assert not any(end in words(at) for end in ("The end of the pathway", "Only waiting is left", "The walk ends here"))
    assert "end:summary" not in {button.key for button in at.button}


def test_a_walk_that_is_held_has_not_ended():
    assert "The end of the pathway" not in words(opened(facts=END, upto="conservative-care"))


def test_the_summary_opens_from_the_end_and_its_address_opens_it_again():
    at = opened(facts=END)
    at.button(key="end:summary").click()
    at = drawn(at)
    assert address(at, "summary")
    told = words(at)
    assert "Patient summary. For education only" in told
    assert "Failed RFA attempts: 2" in told
    assert words(opened(facts=END, summary="patient")) == told
    at.button(key="close").click()
    assert "The end of the pathway" in words(drawn(at))
