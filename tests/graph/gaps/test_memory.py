"""Gaps are worked out once for each guideline, and never for another one."""

import pytest

from edgewise.graph.gaps import memory as gap_memory
from edgewise.graph.gaps import search as gaps
from edgewise.graph.gaps.memory import gaps_of, worked_out
from edgewise.graph.gaps.rows import Gaps
from edgewise.graph.model import Guideline


def made(id: str) -> Guideline:
    return Guideline(id, f"urn:{id}", "", "", "", "", "", "", "", "")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Guideline]:
    searched: list[Guideline] = []

    def search(guideline: Guideline) -> Gaps:
        searched.append(guideline)
        return Gaps((), (guideline.id,))

    monkeypatch.setattr(gaps, "find_gaps", search)
    monkeypatch.setattr(gap_memory, "_kept", {})
    return searched


def test_a_guideline_is_searched_once_and_told_from_an_equal_one(asked: list[Guideline]) -> None:
    one, twin = made("a"), made("a")
    assert [gaps_of(guideline).unchecked for guideline in (one, one, twin, one)] == [("a",)] * 4
    assert len(asked) == 2
    assert asked[0] is one
    assert asked[1] is twin


def test_only_a_few_are_kept(asked: list[Guideline]) -> None:
    many = [made(str(number)) for number in range(12)]
    for guideline in many:
        gaps_of(guideline)
    assert [worked_out(guideline) for guideline in many] == [False] * 4 + [True] * 8


def test_an_answer_that_other_people_push_out_meanwhile_is_still_given(asked: list[Guideline], monkeypatch: pytest.MonkeyPatch) -> None:
    class Crowded(dict[int, object]):
        def __setitem__(self, key: int, value: object) -> None:
            """As if other threads had filled it before the next line runs."""

    monkeypatch.setattr(gap_memory, "_kept", Crowded())
    assert gaps_of(made("a")).unchecked == ("a",)
