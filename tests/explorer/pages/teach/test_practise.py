"""Practise: nothing is given away before a commitment; what is revealed comes from the walk; each commitment counts once."""

from __future__ import annotations

import re
import time

import pytest

from edgewise.explorer.pages.teach import round as practice_round
from edgewise.explorer.pages.teach.options import NOT_STATED, UNDECIDED
from edgewise.explorer.pages.teach.practice import reveal as practice_reveal
from edgewise.explorer.pages.teach.round import Practice
from edgewise.graph.cases.model import Case, Lure, Point, Stage, answer
from tests.explorer.drawn_pages import address, drawn, words
from tests.explorer.practising import (
    CASES,
    FILMS,
    SAMPLE,
    a_case,
    buttons,
    commit,
    everything,
    facts,
    log,
    opened,
    practised,
    press,
)


def test_the_list_shows_titles_alone_and_which_cases_are_done() -> None:
    at = opened()
    assert [label for label in buttons(at) if label in {case.title for case in CASES}] == [case.title for case in CASES]
    sent = everything(at)
    assert not [case.id for case in CASES if case.vignette[:40] in sent or case.stages[0].tells[:40] in sent]
    press(at, CASES[0].title)
    assert (address(at, "case"), address(at, "at")) == (CASES[0].id, "1")
    for _ in CASES[0].stages:
        commit(at, NOT_STATED)
        press(at, "Next stage" if "Next stage" in buttons(at) else "To the summary")
    press(at, "All cases")
    assert any(re.search(rf"{re.escape(CASES[0].title)} \*✓ done, \d of {len(CASES[0].stages)} right", label) for label in buttons(at))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_who_commits_to_what_the_walk_says_is_right_at_every_stage_of_every_case(case: Case) -> None:
    at = opened(case=case.id)
    for number, stage in enumerate(case.stages):
        shown = words(at)
        assert " ".join(stage.tells.split()) in shown
        named = answer(SAMPLE, case.facts(number))
        commit(at, named.steps[0] if named.steps else NOT_STATED if named.verdict == "not-stated" else UNDECIDED, "so it is written")
        shown = words(at)
        assert "✓ Right" in shown
        assert "Your reason: so it is written" in shown
        assert all(SAMPLE.steps[id].label in shown for id in named.steps)
        assert all(" ".join(point.text.split()) in shown for point in stage.points)
        press(at, "Next stage" if number + 1 < len(case.stages) else "To the summary")
    assert f"{len(case.stages)} of {len(case.stages)} right" in words(at)


def test_before_a_commitment_the_walk_is_not_even_asked(monkeypatch) -> None:
    def asked(*_: object, **__: object) -> None:
        raise AssertionError("the walk was asked")

    monkeypatch.setattr(practice_round, "walk_once", asked)
    monkeypatch.setattr(practice_reveal, "walk_present", asked)
    monkeypatch.setattr(practice_round, "answer", asked)
    at = opened(case=CASES[0].id)
    assert at.radio[0].label == "What is the next step?"


def test_before_a_commitment_nothing_of_lures_points_and_expectations_is_sent(monkeypatch) -> None:
    bare = a_case()
    told = a_case(Lure("si-joint-fusion", "It looks sick.", "s34"), points=(Point("Films are no proof.", ("s34",)),))
    assert everything(practised(bare)) == everything(practised(told))


def test_the_options_are_the_steps_by_phase_and_the_same_at_every_stage() -> None:
    at = practised(a_case())
    first = at.radio[0].options
    assert first[0] == SAMPLE.steps["xray-si-joints"].label
    assert not [name for name in first if re.search("last resort|covered|inadequate", name)], "no name hints at what is due"
    assert first[-2:] == ["The source does not say", "One more answer is needed first"]
    assert len(first) == len(SAMPLE.steps) - 1 + 2, "all steps but the presentation"
    assert at.radio[0].value is None
    press(commit(at, NOT_STATED), "Next stage")
    assert at.radio[0].options == first


def test_a_wrong_step_is_told_why_with_its_trace_the_lure_and_the_pitfall_by_name() -> None:
    at = commit(practised(a_case(Lure("si-joint-fusion", "It looks sick.", "s34"), Lure("cooled-rfa", "Quick.", "s35"))), "si-joint-fusion")
    shown = words(at)
    for told in (
        "✗ Not what the guideline names",
        "Conservative care for 3–6 months",
        "Suspicion of active inflammatory disease: no",
        "Why not “Minimally invasive SI joint fusion”?",
        "Why it tempts: It looks sick.",
        "Comes after Cooled RFA, S1–S3 lateral branches, which is not reached",
        "0 of the 6 conditions here met",
        "two or more blocks with at least 70 % relief",
        "✗ Pitfall: you fell into it Sclerosis on films does not by itself make the SI joint the source of pain",
        "✗ Pitfall: you fell into it Leaving out steps",
        "Left out, or not finished: Conservative care, 3–6 months; Diagnostic SI joint injections; Cooled RFA",
        "✗ Pitfall: you fell into it No surgery unless conservative care has failed on record",
        "Not heeded: conservative care failed: not known; course of treatment documented: not known",
        "One edge leads there:",
        "Not yet: 6 things are missing, first Conservative care so far",
        "All that the whole way there would take",
        "to find out: Relief by diagnostic blocks: two or more, each 80 to 90 %",
        "Broken marker",
    ):
        assert told.lower() in shown.lower()
    entry = log(at)[0]
    assert (entry.outcome, entry.met, entry.fallen) == ("wrong", ("s32", "s34", "s35", "s36"), ("s32", "s34", "s35", "s36"))


def test_a_step_that_goes_along_with_another_stands_beside_it_in_the_summary() -> None:
    at = practised(Case("f", "F", "", (Stage("", {}),)))
    press(commit(at, "xray-spine"), "To the summary")
    assert "1 X-ray of the spine X-ray of the sacroiliac joints; X-ray of the spine ✓ right" in words(at)


def test_only_a_right_step_passes_a_pitfall_by() -> None:
    at = practised(Case("p", "P", "", (Stage("", facts(FILMS), lures=(Lure("cooled-rfa", "Quick.", "s35"),)),)))
    shown = words(commit(at, NOT_STATED))
    assert "passed it by" not in shown
    assert "○ A pitfall that lies here Leaving out steps" in shown
    assert "On the way: Leaving out steps" in words(press(at, "To the summary"))


def test_a_step_that_no_lure_stands_for_falls_into_what_it_leaves_out() -> None:
    at = practised(Case("p", "P", "", (Stage("", facts(FILMS), lures=(Lure("cooled-rfa", "Quick.", "s35"),)),)))
    shown = words(commit(at, "endoscopic-neurectomy"))
    assert "✗ Pitfall: you fell into it Leaving out steps" in shown
    assert "The only edge there is not to be taken:" in shown
    assert "The modeller reads it from: step 3, bullet 3" in shown
    assert "Fallen into: Leaving out steps" in words(press(at, "To the summary"))


def test_what_only_the_modeller_says_is_not_called_the_guidelines_word() -> None:
    shown = words(commit(practised(a_case()), "conservative-care"))
    assert "The modeller’s reading; the source does not say it" in shown
    assert "The guideline names" not in shown
    shown = words(commit(practised(a_case()), NOT_STATED))
    assert "Right about the source, but the modeller goes on" in shown
    assert "You read the source rightly: it does not say this" in shown
    assert "It does say" not in shown


def test_where_the_source_is_silent_a_step_is_answered_with_silence_and_what_shuts_the_way() -> None:
    at = practised(a_case())
    for _ in range(2):
        press(commit(at, NOT_STATED), "Next stage")
    shown = words(commit(at, "cooled-rfa"))
    assert "No step is named here" in shown
    assert "After Diagnostic SI joint injections it names no step for these facts" in shown
    assert "Two or more blocks with 80–90 % relief (2: modeller's reading): 0 of 2 (75 %, 72 %)" in shown
    assert "The source names no such number here: neither that this follows nor that it does not." in shown
    assert "Least change: Relief" not in shown, "no other relief is offered as if it were care"
    assert log(at)[-1].outcome == "silent"


def test_an_answer_that_is_missing_is_named() -> None:
    at = practised(Case("m", "M", "", (Stage("", facts({"radiographs": "sclerosis", "inflammatory-suspicion": "yes"})),)))
    shown = words(commit(at, "ct-si-joints-without-contrast"))
    assert "One more answer is needed first Can this patient have an MRI?" in shown
    assert "The source disagrees with itself before MRI SI joints, no contrast" in shown


def test_a_step_that_goes_on_is_explained_by_what_keeps_it_due() -> None:
    shown = words(commit(practised(Case("g", "G", "", (Stage("", facts(FILMS | {"conservative-months": 2})),))), "conservative-care"))
    care = "The guideline names Conservative care for 3–6 months ◇ the way here holds a modeller's reading"
    assert f"{care} Conservative care, 3–6 months → Diagnostic SI joint injections" in shown
    assert "Conservative care so far: 2 months (needed: " in shown


def test_a_step_already_taken_is_told_with_what_it_found() -> None:
    shown = words(commit(practised(a_case()), "xray-spine"))
    assert "X-ray spine is behind this patient. It is known what it found: Films of the SI joints: Sclerosis." in shown


def test_what_was_committed_to_stands_and_a_second_click_logs_nothing() -> None:
    at = practised(a_case())
    commit(at, "cooled-rfa")
    assert not at.radio, "there is nothing left to change"
    kept: Practice = at.session_state["practise:session"]
    (key,) = kept.rounds
    assert kept.commit(key, 1, 0, "conservative-care", "", time.monotonic()) is None, "the same stage again"
    assert kept.commit(key, 2, 1, "conservative-care", "", time.monotonic()) is None, "another try than the one on the page"
    assert kept.commit("elsewhere", 1, 0, "conservative-care", "", time.monotonic()) is None
    assert [entry.pick for entry in log(at)] == ["cooled-rfa"]


def test_without_a_choice_nothing_is_committed_and_the_page_says_so() -> None:
    at = commit(practised(a_case()), None, "I do not know")
    assert "Choose a next step first" in words(at)
    assert log(at) == []
    assert "Choose a next step first" not in words(drawn(at))


def test_practising_again_is_logged_as_a_further_try() -> None:
    at = practised(a_case())
    commit(at, "cooled-rfa")
    press(at, "Start over")
    assert address(at, "at") == "1"
    commit(at, "conservative-care")
    assert [(entry.attempt, entry.stage, entry.outcome) for entry in log(at)] == [(1, 1, "wrong"), (2, 1, "right")]


def test_another_page_in_between_and_another_case_lose_nothing() -> None:
    at = opened(case=CASES[0].id)
    press(commit(at, NOT_STATED), "Next stage")
    press(at, "Pathway")
    press(at, "Teach")
    press(at, "Go on with")
    assert (address(at, "case"), address(at, "at")) == (CASES[0].id, "2")
    assert f"Stage 2 of {len(CASES[0].stages)}" in words(at)
    press(at, "All cases")
    press(at, CASES[1].title)
    commit(at, NOT_STATED)
    press(at, "All cases")
    press(at, CASES[0].title)
    assert f"Stage 2 of {len(CASES[0].stages)}" in words(at)
    assert len(log(at)) == 2


def test_a_case_out_of_a_link_can_be_gone_on_with_though_no_list_holds_it() -> None:
    at = practised(a_case(), at="1")
    link = address(at, "set")
    press(commit(at, "conservative-care"), "Next stage")
    press(at, "Pathway")
    assert address(at, "set") == ""
    press(at, "Teach")
    press(at, "Go on with “A swimmer”")
    assert (address(at, "set"), address(at, "at")) == (link, "2")
    assert "Stage 2 of 3" in words(at)


def test_the_way_back_shows_an_earlier_stage_with_its_answer_and_logs_nothing() -> None:
    at = practised(a_case(), at="1")
    press(commit(at, "conservative-care"), "Next stage")
    at.query_params["at"] = "1"
    shown = words(drawn(at))
    assert "Stage 1 of 3" in shown
    assert "✓ Right" in shown
    assert "Months pass" not in shown
    assert len(log(at)) == 1


@pytest.mark.parametrize("at_", ["3", "99", "0", "-1", "x", "²", "1" * 4000])
def test_an_address_of_a_stage_not_come_to_begins_at_the_first_and_says_so(at_: str) -> None:
    at = practised(a_case(), at=at_)
    assert "Stage 1 of 3" in words(at)
    assert "begins at its first stage" in at.info[0].value


def test_the_evidence_of_an_edge_opens_on_the_pathway_with_the_same_facts() -> None:
    at = commit(practised(a_case(), facts="mri-possible~no"), "conservative-care")
    press(at, "Its evidence on the Pathway page")
    assert address(at, "page") == ""
    assert address(at, "sel") == "xray-si-joints-to-conservative-care"
    assert address(at, "facts") == "radiographs~sclerosis inflammatory-suspicion~no"
    assert address(at, "set") == ""
    press(at, "Back to the walk")
    press(at, "Undo")
    assert address(at, "facts") == "mri-possible~no", "the reader's own patient comes back"


def test_score_and_log_can_be_cleared() -> None:
    at = press(commit(practised(a_case(), at="1"), "cooled-rfa"), "Next stage")
    assert at.expander[0].label == "Score of this session: 0 of 1 right"
    assert "Conservative care for 3–6 months 1 0" in words(at)
    press(at, "Clear it")
    assert log(at) == []
    assert not at.expander
    assert "Stage 1 of 3" in words(at)


@pytest.mark.parametrize("query", [{"case": "nowhere"}, {"set": "1nonsense"}, {"set": "<script>"}, {"case": "ö" * 9_000}])
def test_a_faulty_address_is_answered_with_words_and_the_list(query: dict[str, str]) -> None:
    at = opened(**query)
    assert at.warning
    assert "Choose a case" in words(at)


def test_any_case_prefers_those_not_done_and_another_is_never_the_same(monkeypatch) -> None:
    at = press(opened(), "Any case")
    assert address(at, "case") in {case.id for case in CASES}
    kept: Practice = at.session_state["practise:session"]
    rest = CASES[3].id
    kept.finished.update({f"sacroiliac-sclerosis/case/{case.id}": (0, 1) for case in CASES if case.id != rest})
    press(at, "All cases")
    assert address(press(at, "Any case"), "case") == rest
