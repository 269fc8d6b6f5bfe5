"""What the hand-out tells in words: gaps by step, markers that point nowhere, groups of criteria."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import NamedTuple

from edgewise.explorer.handout import text as handout_text
from edgewise.explorer.handout.drawing import numbered
from edgewise.graph import library
from edgewise.graph.model import Guideline, Marker
from tests.explorer.calls import SMALL


@cache
def small() -> Guideline:
    return library.load(SMALL).guideline


class Row(NamedTuple):
    kind: str
    step: str
    situation: str
    text: str = ""


def test_gaps_are_told_by_step_and_only_those_that_a_reader_needs():
    rows = [
        Row("gap", "boot", "no crack"),
        Row("never-asked", "boot", "x"),
        Row("overlap", "picture", "both", "Both ways are open."),
        Row("gap", "", "", "in a sentence"),
    ]
    told = list(handout_text.silences(small(), rows, ("too many answers",)))
    assert [part["name"] for part in told] == ["Take a picture", "Wear a boot", "", "Not checked"]
    assert told[0]["lines"] == [[("Both ways are open.", "")]]
    assert told[1]["lines"] == [[("no crack", "")]]
    assert told[2]["lines"] == [[("in a sentence", "")]]
    assert handout_text.silent_at(rows) == {"boot", ""}


def test_a_marker_that_points_nowhere_is_marked_wherever_it_is_cited():
    runs = [run for step in handout_text.steps(small(), numbered(small()), ()) for edge in step["edges"] for run in edge["runs"]]
    assert ("[7]", "broken") in runs
    assert ("[1]", "place") in runs
    mended = replace(small(), markers={id: Marker(id, one.printed, "ref-1") for id, one in small().markers.items()})
    assert not [
        1
        for step in handout_text.steps(mended, numbered(mended), ())
        for edge in step["edges"]
        for run in edge["runs"]
        if run[1] == "broken"
    ]


def test_a_group_of_criteria_is_told_with_its_joints_and_brackets():
    told = {
        edge["number"]: "".join(text for text, _ in edge["runs"])
        for step in handout_text.steps(small(), numbered(small()), ())
        for edge in step["edges"]
    }
    group = "(Crack: yes; or (Widening: more than 4 mm and less than 30.5 mm in 2 (modeller's reading); and Side: Left or Right))"
    assert told["2"].startswith(f"a crack, or a gap that is wide twice {group}")
    mark = "◇ Modeller's reading. An option; the source does not say when to prefer it. "
    assert told["3"] == mark + "Not (Crack: yes (◇ the modeller's condition, no passage)). "
