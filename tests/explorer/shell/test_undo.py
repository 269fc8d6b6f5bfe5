"""One history: what was done last is taken back first, wherever the browser's way back has led meanwhile."""

from __future__ import annotations

from itertools import pairwise

import pytest
import streamlit
from hypothesis import given
from hypothesis import strategies as st

from edgewise.explorer.shell import undo
from edgewise.explorer.shell.location import Location

PATIENTS = [{}, {"films": "negative"}, {"films": "sclerosis"}, {"films": "sclerosis", "suspicion": "no"}]
places = st.builds(
    Location,
    st.just("g"),
    st.sampled_from(["", "step"]),
    st.sampled_from(PATIENTS),
    st.sampled_from(["", "start"]),
    own=st.sampled_from([{}, {"why": "step"}]),
)


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    kept: dict[str, object] = {}
    monkeypatch.setattr(streamlit, "session_state", kept)
    return kept


def state(location: Location) -> tuple[object, ...]:
    return location.facts, location.upto


def walked(way: list[Location]) -> list[tuple[object, ...]]:
    """The states along a way, each that did anything once."""
    for before, after in pairwise(way):
        undo.note(before, after)
    states = [state(one) for one in way]
    return [one for at, one in enumerate(states) if at == 0 or one != states[at - 1]]


@given(st.lists(places, min_size=1, max_size=12))
def test_all_that_was_done_is_taken_back_one_by_one_to_where_it_began(way: list[Location]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(streamlit, "session_state", {})
        states, now = walked(way), way[-1]
        for expected in reversed(states[:-1]):
            assert undo.can_undo(now)
            now = undo.undo(now)
            assert state(now) == expected
        assert now.selected == "" or len(states) == 1


def test_after_the_browsers_way_back_undo_never_goes_forward(session: dict[str, object]) -> None:
    empty, films, both = (Location("g", facts=facts) for facts in (PATIENTS[0], PATIENTS[2], PATIENTS[3]))
    walked([empty, films, both])
    assert state(undo.undo(films)) == state(empty)  # one step back in the browser, then Undo
    assert not undo.can_undo(empty)


def test_another_way_after_the_browsers_way_back_is_taken_back_along_itself(session: dict[str, object]) -> None:
    empty, films, both, other = (Location("g", facts=facts) for facts in (PATIENTS[0], PATIENTS[2], PATIENTS[3], PATIENTS[1]))
    walked([empty, films, both])
    undo.note(films, other)
    assert state(undo.undo(other)) == state(films)
    assert state(undo.undo(films)) == state(empty)


def test_what_was_looked_at_comes_back_with_what_is_taken_back_and_evidence_is_closed(session: dict[str, object]) -> None:
    trying = Location("g", own={"vary": "films"})
    undo.note(trying, Location("g", facts=PATIENTS[2]))
    back = undo.undo(Location("g", "step", PATIENTS[2]))
    assert (back.own, back.selected, back.facts) == ({"vary": "films"}, "", {})


def test_what_was_done_on_another_page_is_taken_back_on_this_one(session: dict[str, object]) -> None:
    undo.note(Location("g", page="teach", own={"case": "rower"}), Location("g", facts=PATIENTS[2]))
    back = undo.undo(Location("g", facts=PATIENTS[2]))
    assert (back.page, back.own, back.facts) == ("", {}, {})


def test_of_a_link_a_replay_is_let_go_first_and_then_the_last_answer_withdrawn(session: dict[str, object]) -> None:
    came = Location("g", facts=PATIENTS[3], upto="start")
    free = undo.undo(came)
    assert (free.facts, free.upto) == (PATIENTS[3], "")
    assert undo.undo(free).facts == PATIENTS[2]


def test_another_guideline_has_nothing_to_take_back(session: dict[str, object]) -> None:
    undo.note(Location("g", facts=PATIENTS[2]), Location("h"))
    assert not undo.can_undo(Location("h"))
