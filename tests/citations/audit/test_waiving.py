"""Waivers as edits: whatever a rule finds in a guideline can be waived by place, no more than that, and taken back again."""

from __future__ import annotations

import pytest

from edgewise.citations.audit.engine import Audited, examine
from edgewise.citations.audit.settings import situation
from edgewise.citations.audit.waiving import LONGEST_REASON, about, back, lines, waiver_of
from edgewise.graph.drafting.applying import applied
from edgewise.graph.drafting.errors import EditRefused
from edgewise.graph.library import load, load_content
from tests.places import DATA

REASON = "It: stands, # as it is, 'for now'."
FILES = ["sacroiliac-sclerosis", str(DATA / "times.yaml"), str(DATA / "graded.yaml")]


def judged(text: str):
    loaded = load_content(text.encode("utf-8"), "g.yaml", "yaml")
    return loaded.guideline, examine(Audited(loaded.guideline, loaded))


@pytest.mark.parametrize("name", FILES, ids=lambda name: name.rpartition("/")[2])
def test_whatever_is_found_can_be_waived_and_taken_back(name):
    loaded = load(name)
    text = loaded.content.decode("utf-8")
    before = examine(Audited(loaded.guideline, loaded)).findings
    firsts = {one.rule: one for one in before}.values()
    for found in firsts:
        changed = applied(text, waiver_of(found, loaded.guideline, REASON))
        guideline, report = judged(changed)
        waived = {(one.finding.rule, one.finding.message): one for one in report.waived}
        assert waived[found.rule, found.message].reason == REASON
        if about(found, loaded.guideline):
            alike = {
                one.message
                for one in before
                if (one.rule, situation(one)) == (found.rule, situation(found))
                and set(about(one, loaded.guideline)) <= set(about(found, guideline))
            }
            assert {message for rule, message in waived if rule == found.rule} == alike | {found.message}
        again = applied(changed, back(waived[found.rule, found.message].waiver, guideline))
        assert [line for line in again.splitlines() if line] == [line for line in text.splitlines() if line]


def test_a_gap_is_waived_in_its_situation_alone_or_in_every_one_if_somebody_says_so():
    loaded = load("sacroiliac-sclerosis")
    found = [one for one in examine(Audited(loaded.guideline, loaded)).findings if one.rule == "G501"]
    first = next(one for one in found if [about(other, loaded.guideline) for other in found].count(about(one, loaded.guideline)) > 1)
    there = {one.message for one in found if about(one, loaded.guideline) == about(first, loaded.guideline)}
    text = loaded.content.decode("utf-8")
    for everywhere, expected in ((False, {first.message}), (True, there)):
        edit = waiver_of(first, loaded.guideline, REASON, everywhere=everywhere)
        guideline, report = judged(applied(text, edit))
        assert {one.finding.message for one in report.waived if one.finding.rule == "G501"} == expected
        assert [one.situation for one in guideline.waivers.values()][-1] == ("" if everywhere else situation(first))


def test_a_waiver_of_a_situation_that_is_no_longer_there_is_told_to_cover_nothing():
    loaded = load("sacroiliac-sclerosis")
    found = next(one for one in examine(Audited(loaded.guideline, loaded)).findings if one.rule == "G501")
    changed = applied(loaded.content.decode("utf-8"), waiver_of(found, loaded.guideline, REASON)).replace(situation(found), "Weather: fine")
    assert "P408" in {one.rule for one in judged(changed)[1].findings}


def test_a_waiver_of_one_of_several_goes_alone():
    guideline = load("ottawa-ankle").guideline
    text = load("ottawa-ankle").content.decode("utf-8")
    without, _ = judged(applied(text, back("waivers/1", guideline)))
    assert [one.rule for one in without.waivers.values()] == ["incomparable-outcomes"]


def test_the_lines_to_paste_are_those_that_would_be_written():
    for name, key in (("sacroiliac-sclerosis", "waivers:\n"), ("ottawa-ankle", "  - ")):
        loaded = load(name)
        found = examine(Audited(loaded.guideline, loaded)).findings[0]
        edit = waiver_of(found, loaded.guideline, REASON)
        text = loaded.content.decode("utf-8")
        told = lines(edit, text)
        assert told.startswith(key)
        assert told in applied(text, edit)
        assert told not in text


@pytest.mark.parametrize("reason", ["", " \n ", "x" * (LONGEST_REASON + 1)])
def test_a_reason_is_neither_missing_nor_endless(reason):
    loaded = load("sacroiliac-sclerosis")
    with pytest.raises(EditRefused):
        waiver_of(examine(Audited(loaded.guideline, loaded)).findings[0], loaded.guideline, reason)
