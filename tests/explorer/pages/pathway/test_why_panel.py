"""The panels beside the walk: why and why not, what if, and what the source leaves open."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from edgewise.explorer.environment import GUIDELINE
from edgewise.explorer.pages.pathway import varied_answer as varied
from edgewise.explorer.shell.location import read
from edgewise.graph.gaps.search import find_gaps
from edgewise.graph.library import load
from edgewise.graph.walking.facts import parse_facts, plain
from tests.explorer.drawn_pages import address, drawn, opened, text, words
from tests.places import DATA

SMALL = DATA / "small.yaml"
FIRST = load("sacroiliac-sclerosis").guideline
TO_BLOCKS = "radiographs~equivocal inflammatory-suspicion~no conservative-months~6 conservative-failed~yes"
STUCK = f"{TO_BLOCKS} block-relief~75~76 hip-spine-excluded~yes"


# ---- why and why not -------------------------------------------------------------------------------------------------


def test_the_walk_says_in_short_why_fusion_is_not_yet_and_leads_to_more():
    at = opened(facts=f"{TO_BLOCKS} block-relief~85~88")
    assert "Not yet: 3 things are missing, first Hip and spine excluded." in words(at)
    at.button(key="why:si-joint-fusion").click()
    drawn(at)
    assert address(at, "why") == "si-joint-fusion"
    told = words(at)
    assert "What is missing" in told
    assert "it would take other findings" not in told
    assert "rules SI joint fusion, last resort out" in told, "the one question that decides most is asked, with its reason"


def test_what_no_care_can_change_is_told_apart():
    told = words(opened(facts=STUCK, why="si-joint-fusion"))
    assert "Not named by the source: Relief by diagnostic blocks: 75 %, 76 %. It speaks only of two or more, each 80 to 90 %." in told
    settled, beside = told.index("What the source names"), told.index("Beside it, still missing:")
    assert settled < told.index("not named by the source: Relief by diagnostic blocks: two or more, each 80 to 90 %") < beside
    assert beside < told.index("to find out: Failed RFA attempts"), "what care can still bring is not called settled"
    assert "What is missing" not in told


def test_what_an_earlier_step_asks_is_not_taken_for_a_condition_of_fusion_itself():
    told = words(opened(facts=STUCK, why="si-joint-fusion"))
    assert "two or more, each 80 to 90 % (now 75 %, 76 %; not named by the source) for Cooled RFA, S1–S3 lateral branches" in told
    assert "Course of treatment documented: yes step 4, criterion 5" in told, "what it asks itself needs no such word"
    told = words(opened(facts=TO_BLOCKS, why="si-joint-fusion"))
    assert "each 80 to 90 % for Cooled RFA, S1–S3 lateral branches and SI joint fusion, last resort" in told


def test_an_answer_given_there_changes_the_verdict_there():
    at = opened(facts=f"{TO_BLOCKS} block-relief~85~88", why="si-joint-fusion")
    at.segmented_control(key="ask:sacroiliac-sclerosis:hip-spine-excluded").set_value("no")
    drawn(at)
    assert address(at, "why") == "si-joint-fusion"
    assert "Closed: Hip and spine excluded: no (needed on the way: yes)." in words(at)


@pytest.mark.parametrize("step", FIRST.steps)
def test_any_step_can_be_asked_about(step: str):
    at = opened(why=step)
    assert FIRST.steps[step].label in words(at)
    assert not at.warning


def test_another_step_is_chosen_from_the_list_and_the_walk_is_one_press_away():
    at = opened(why="si-joint-fusion")
    at.selectbox(key="why:step").set_value("endoscopic-neurectomy")
    drawn(at)
    assert address(at, "why") == "endoscopic-neurectomy"
    assert "the modeller reads the source as advising against this step" in words(at)
    shown = re.sub(r"<details>.*?</details>", "", " ".join(block.proto.body for block in at.get("html")), flags=re.DOTALL)
    assert "The modeller reads it from: step 3, bullet 3 [3]" in text(shown), "not behind a fold: nothing else on the panel says where"
    assert str(FIRST.passage("s23").place) in shown
    at.button(key="close").click()
    drawn(at)
    assert address(at, "why") == ""
    assert "Due now" in words(at)


@pytest.mark.parametrize(("key", "value"), [("why", "nowhere"), ("vary", "nothing~5"), ("gaps", "nowhere")])
def test_an_address_that_names_nothing_is_answered_in_words(key: str, value: str):
    at = opened(**{key: value})
    assert [warning for warning in at.warning if value.partition("~")[0] in warning.value]


# ---- what if ---------------------------------------------------------------------------------------------------------


def test_relief_is_swept_from_silence_to_ablation_and_into_silence_again():
    told = words(opened(facts=TO_BLOCKS, vary="block-relief~75"))
    runs = ["less than 70 %", "exactly 70 %", "more than 70 % to less than 80 %", "80 % to 90 %", "more than 90 %"]
    places = [told.index(run) for run in runs]
    assert places == sorted(places)
    between = [told[one:other] for one, other in zip(places, [*places[1:], len(told)], strict=True)]
    assert ["Cooled RFA" in row for row in between] == [False, False, False, True, False]
    assert ["the source does not say" in row for row in between] == [True, True, True, False, True]
    assert ["step 3, bullet 1" in row for row in between] == [False, False, False, True, True], "each flip names its passage"


@pytest.mark.parametrize(
    ("facts", "asked", "begun"),
    [
        (f"{TO_BLOCKS} block-relief~85~88", "block-relief", Decimal(88)),
        (f"{TO_BLOCKS} block-relief~85~_", "block-relief", Decimal(85)),
        (TO_BLOCKS, "conservative-months", Decimal(6)),
        (TO_BLOCKS, "conservative-failed", "yes"),
    ],
)
def test_one_begins_at_what_is_known_not_at_an_answer_that_nobody_gave(facts: str, asked: str, begun: object):
    known, problems = read({"facts": facts}, "g", FIRST)
    assert not problems
    tried = varied.varied(FIRST, known.facts, asked)
    assert tried is not None
    assert tried.value == begun


def test_the_slider_writes_the_address_and_what_is_tried_can_be_kept():
    at = opened(facts=TO_BLOCKS, vary="block-relief~75")
    at.slider(key="vary:value").set_value(85)
    drawn(at)
    assert address(at, "vary") == "block-relief~85"
    assert "2 values are tried, each the same" in words(at)
    assert at.button(key="vary:take").label == "Take 2 × 85 % into the facts"
    at.button(key="vary:take").click()
    drawn(at)
    assert (address(at, "vary"), address(at, "facts")) == ("", f"{TO_BLOCKS} block-relief~85~85")
    assert "Cooled radiofrequency ablation" in words(at)


def test_what_was_told_of_a_series_is_named_where_the_slider_tries_something_else():
    told = words(opened(facts=f"{TO_BLOCKS} block-relief~85~85~30", vary="block-relief"))
    assert "Instead of 85 %, 85 %, 30 %, 3 values are tried, each the same." in told
    assert "Instead of" not in words(opened(facts=f"{TO_BLOCKS} block-relief~85~85", vary="block-relief"))


def test_a_step_without_a_condition_says_so_and_where():
    told = words(opened(why="xray-spine"))
    assert f"No condition is set: at the same time. The edge rests on {FIRST.passage('s1').place}" in told


def test_a_sweep_that_changes_nothing_says_so():
    assert "So far every answer leads to the same." in words(opened(vary="block-relief"))
    assert "leads to the same" not in words(opened(vary="block-relief", facts=TO_BLOCKS))


@pytest.mark.parametrize("observable", FIRST.observables)
def test_anything_that_is_asked_can_be_varied(observable: str):
    told = words(opened(vary=observable, facts=STUCK))
    assert FIRST.observables[observable].label in told
    assert "What if?" in told


def test_choices_are_varied_one_by_one():
    at = opened(facts=TO_BLOCKS, vary="conservative-failed")
    at.segmented_control(key="vary:value").set_value("no")
    drawn(at)
    assert address(at, "vary") == "conservative-failed~no"


def test_a_value_out_of_range_is_brought_to_its_end():
    tried = varied.varied(FIRST, {}, "block-relief~999")
    assert tried is not None
    assert tried.value == Decimal(100)


@pytest.mark.parametrize("typed", ["NaN", "1E-999999", "0." + "1" * 60, "-1e999999", "seventy", "2.5"])
@pytest.mark.parametrize("observable", ["block-relief", "rfa-attempts-failed", "conservative-months"])
def test_whatever_number_an_address_holds_facts_can_hold_what_is_tried(observable: str, typed: str):
    tried = varied.varied(FIRST, {}, f"{observable}~{typed}")
    assert tried is not None
    assert tried.now is not None
    assert parse_facts({observable: plain({"it": tried.answer})["it"]}, FIRST) == {observable: tried.answer}


# ---- what the source leaves open -------------------------------------------------------------------------------------


def test_every_gap_is_listed_and_its_patient_can_be_walked():
    rows = [row for row in find_gaps(FIRST).rows if row.kind == "gap"]
    at = opened(gaps="all")
    told = words(at)
    assert not [row.situation for row in rows if row.situation not in told]
    assert "Not checked MRI SI joints, ± contrast, because" in told
    at.button(key="gap:gap:0").click()
    drawn(at)
    assert address(at, "gaps") == ""
    assert "The source does not say" in words(at)
    assert "inflammation-on-imaging~yes" in address(at, "facts")


def test_one_step_is_listed_alone():
    told = words(opened(gaps="conservative-care"))
    assert "Conservative care failed: no" in told
    assert "Relief by diagnostic blocks" not in told


def test_brackets_that_an_article_prints_are_not_doubled(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(GUIDELINE, str(SMALL))
    told = words(opened(why="boot"))
    assert "bullet 2, sentence 1 [1]" in told
    assert "[7] no entry" in told
    assert "[[" not in told


def test_another_guideline_has_panels_of_its_own(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(GUIDELINE, str(SMALL))
    for panel in ({"why": "boot"}, {"vary": "widening"}, {"gaps": "all"}):
        at = opened(**panel)
        assert not at.warning
