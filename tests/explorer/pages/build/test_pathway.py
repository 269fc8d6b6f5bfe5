"""Steps, edges, lanes, questions and conditions through their forms: each is one edit, told in words, and refused beside the form."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from edgewise.explorer.shell import drafted
from edgewise.graph.drafting.drafts import DRAFTS, Draft
from edgewise.graph.drafting.edits import Put
from edgewise.graph.drafting.entries import entries
from tests.explorer.drawn_pages import address, drawn, opened, words

TEXT = """\
id: throat
draft: true
language: en
phases:
- {id: meet, label: Meeting, order: 1}
- {id: act, label: Acting, order: 2}
steps:
- {id: throat-ache, type: Presentation, label: Sore throat, summary: They come., phase: meet}
- {id: look, type: Investigation, label: Look, summary: One looks., phase: meet, yields: [fever, warm]}
- {id: swab, type: Investigation, label: Swab, summary: One takes it., phase: act}
observables:
- {id: fever, label: Fever, question: Is there a fever?, valueType: yes-no}
- {id: warm, label: Temperature, question: How warm?, valueType: quantity, unit: Cel}
transitions:
- {id: t1, from: throat-ache, to: look, label: everybody, statedBy: modeller, note: So it is.}
- {id: t2, from: look, to: swab, label: fever, statedBy: source, justifiedBy: [s1], when: {observable: fever, is: yes, basedOn: [s1]}}
statements:
- {id: s1, kind: criterion, text: Fever is a reason., place: {section: scope, part: bullet, ordinal: 1}, fingerprint: "sha256:0000000000000000000000000000000000000000000000000000000000000001"}
"""  # noqa: E501


@pytest.fixture
def draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Draft:
    monkeypatch.setenv(DRAFTS, str(tmp_path / "drafts.sqlite"))
    return drafted.drafts().create(TEXT, None, "Throat")


def at_part(draft: Draft, at: str) -> AppTest:
    return opened(page="build", g=drafted.name_of(draft.id), at=at)


def now(draft: Draft) -> Draft:
    return drafted.drafts().open(draft.id)


def entry(draft: Draft, id: str) -> dict[str, Any]:
    return entries(now(draft).text)[id].data


def press(at: AppTest, label: str) -> AppTest:
    next(one for one in at.button if one.label == label).click()
    return drawn(at)


def test_a_step_is_added_and_turned_to(draft: Draft) -> None:
    at = opened(page="build", g=drafted.name_of(draft.id))
    at.text_input(key="build-new-step:label").set_value("Rest")
    press(at, "Add the step")
    assert entry(draft, "rest") == {"id": "rest", "type": "Investigation", "label": "Rest", "summary": "", "phase": "act"}
    assert address(at, "at") == "rest"
    assert now(draft).undoable == "Step “Rest” added"
    assert at.text_input(key="build-step:rest:label").value == "Rest"


def test_a_step_is_changed_by_one_edit_that_tells_what(draft: Draft) -> None:
    at = at_part(draft, "swab")
    at.text_area(key="build-step:swab:summary").set_value("A swab is taken.")
    at.selectbox(key="build-step:swab:type").set_value("Endpoint+Treatment")
    at.text_input(key="build-step:swab:within").set_value("2 hours")
    at.text_input(key="build-step:swab:new-lane").set_value("Last")
    press(at, "Keep the step")
    assert entry(draft, "swab")["type"] == ["Endpoint", "Treatment"]
    assert entry(draft, "swab")["within"] == "2 h"
    assert entry(draft, "swab")["phase"] == "last"
    assert entry(draft, "last") == {"id": "last", "label": "Last", "order": "3"}
    assert now(draft).undoable == "Step “Swab”: kind, summary, within, lane changed"
    assert now(draft).revision == draft.revision + 1


def test_a_time_that_is_none_is_refused_beside_its_field_and_stays_typed(draft: Draft) -> None:
    at = at_part(draft, "swab")
    at.text_input(key="build-step:swab:within").set_value("4 cm")
    at.text_input(key="build-step:swab:label").set_value("Throat swab")
    press(at, "Keep the step")
    assert now(draft).revision == draft.revision
    assert "'cm' is no unit of time" in words(at)
    assert at.text_input(key="build-step:swab:label").value == "Throat swab"


def test_a_new_id_is_followed_by_what_refers_to_it(draft: Draft) -> None:
    at = at_part(draft, "look")
    at.text_input(key="build-step:look:id").set_value("look-and-ask")
    press(at, "Keep the step")
    assert entry(draft, "t1")["to"] == entry(draft, "t2")["from"] == "look-and-ask"
    assert address(at, "at") == "look-and-ask"


def test_an_id_that_is_taken_is_refused_beside_the_form(draft: Draft) -> None:
    at = at_part(draft, "look")
    at.text_input(key="build-step:look:id").set_value("swab")
    press(at, "Keep the step")
    assert "the id 'swab' is taken" in words(at)
    assert now(draft).revision == draft.revision


def test_a_removed_step_takes_its_edges_with_it_and_says_so(draft: Draft) -> None:
    at = at_part(draft, "look")
    press(at, "Remove the step")
    assert now(draft).revision == draft.revision
    assert "The edge Look → Swab goes with it." in words(at)
    press(at, "Remove it all the same")
    assert not {"look", "t1", "t2"} & entries(now(draft).text).keys()
    assert now(draft).undoable.startswith(
        "Step “Look” removed: the edge Sore throat → Look goes with it; the edge Look → Swab goes with it"
    )
    at.button(key="build-undo").click()
    drawn(at)
    assert now(draft).text == TEXT


def test_what_nothing_hangs_on_is_removed_at_once(draft: Draft) -> None:
    at = at_part(draft, "t2")
    press(at, "Remove the edge")
    assert "t2" not in entries(now(draft).text)
    assert now(draft).undoable == "Edge Look → Swab removed"


def test_a_question_that_a_condition_asks_is_not_removed(draft: Draft) -> None:
    at = at_part(draft, "fever")
    press(at, "Remove the question")
    press(at, "Remove it all the same")
    assert "fever" in entries(now(draft).text)
    assert "Not done" in words(at)


def test_an_edge_is_drawn_from_the_form_of_its_step(draft: Draft) -> None:
    at = at_part(draft, "throat-ache")
    at.selectbox(key="build-new-edge:throat-ache:to").set_value("swab")
    press(at, "Draw the edge")
    assert entry(draft, "throat-ache-to-swab")["to"] == "swab"
    assert now(draft).undoable == "Edge Sore throat → Swab drawn"


def test_a_condition_gets_a_second_part_with_its_number_and_unit(draft: Draft) -> None:
    at = at_part(draft, "t2")
    at.button(key="build-condition:t2:when:and").click()
    drawn(at)
    new = "build-condition:t2:when:new"
    at.selectbox(key=f"{new}:observable").set_value("warm")
    drawn(at)
    at.selectbox(key=f"{new}:way").set_value("from")
    drawn(at)
    at.text_input(key=f"{new}:low").set_value("38.50")
    at.text_input(key=f"{new}:high").set_value("37")
    press(at, "Set the condition")
    assert "The upper end, 37, lies below the lower one, 38.50" in words(at)
    at.text_input(key=f"{new}:high").set_value("41")
    press(at, "Set the condition")
    assert entry(draft, "t2")["when"] == {
        "all": [
            {"observable": "fever", "is": "yes", "basedOn": ["s1"]},
            {"observable": "warm", "atLeast": "38.50", "lessThan": "41", "unit": "Cel"},
        ]
    }
    assert "Temperature: at least 38.5 °C and less than 41 °C" in words(at)
    assert now(draft).undoable == "Edge Look → Swab: condition set"


def test_a_group_is_joined_otherwise_turned_round_and_taken_apart(draft: Draft) -> None:
    drafted.drafts().change(
        draft.id,
        draft.revision,
        Put("t2", "when", {"all": [{"observable": "fever", "is": "yes"}, {"observable": "warm", "atLeast": "38", "unit": "Cel"}]}),
        "x",
    )
    at = at_part(draft, "t2")
    at.button(key="build-condition:t2:when:row:").click()
    drawn(at)
    at.radio(key="build-condition:t2:when::group:how").set_value("of")
    at.text_input(key="build-condition:t2:when::group:atLeast").set_value("3")
    press(at, "Keep")
    assert "Say a whole number, 2 at the most." in words(at)
    at.text_input(key="build-condition:t2:when::group:atLeast").set_value("1")
    press(at, "Keep")
    assert entry(draft, "t2")["when"]["atLeast"] == "1"
    assert len(entry(draft, "t2")["when"]["of"]) == 2
    at.button(key="build-condition:t2:when:row:0").click()
    drawn(at)
    press(at, "The opposite")
    assert entry(draft, "t2")["when"]["of"][0] == {"observable": "fever", "is": "no"}


def test_what_no_form_can_say_is_told_and_kept(draft: Draft) -> None:
    formula = {"observable": "warm", "lessThan": {"max": ["38", {"times": ["2", "age"]}]}, "unit": "Cel"}
    edits = [Put("t2", "when", {"all": [formula, {"observable": "fever", "is": "yes"}]})]
    text = TEXT.replace("observables:", "observables:\n- {id: age, label: Age, question: How old?, valueType: quantity, unit: a}")
    changed = drafted.drafts().change(draft.id, draft.revision, text, "x")
    drafted.drafts().change(draft.id, changed.revision, edits, "x")
    at = at_part(draft, "t2")
    rows = [one.label for one in at.button if str(one.key).startswith("build-condition:t2:when:row")]
    assert any("written in the file" in one and "greater of" in one for one in rows), rows
    at.button(key="build-condition:t2:when:row:1").click()
    drawn(at)
    press(at, "The opposite")
    assert entry(draft, "t2")["when"]["all"] == [formula, {"observable": "fever", "is": "no"}]


def test_what_was_typed_survives_another_tab_that_was_quicker(draft: Draft) -> None:
    at = at_part(draft, "swab")
    drafted.drafts().change(draft.id, draft.revision, Put("swab", "summary", "Changed elsewhere."), "elsewhere")
    at.text_input(key="build-step:swab:label").set_value("Throat swab")
    press(at, "Keep the step")
    assert entry(draft, "swab")["label"] == "Swab"
    assert "Not done" in " ".join(one.value for one in at.warning)
    assert at.text_input(key="build-step:swab:label").value == "Throat swab"
    assert at.text_area(key="build-step:swab:summary").value == "Changed elsewhere."
    press(at, "Keep the step")
    assert (entry(draft, "swab")["label"], entry(draft, "swab")["summary"]) == ("Throat swab", "Changed elsewhere.")


def test_a_lane_moves_up_and_its_steps_with_it(draft: Draft) -> None:
    at = at_part(draft, "act")
    press(at, "Up")
    assert (entry(draft, "act")["order"], entry(draft, "meet")["order"]) == ("1", "2")
    assert now(draft).undoable == "Lane “Acting” moved up"


def test_a_question_is_asked_on_the_spot_with_a_unit_by_its_clinical_name(draft: Draft) -> None:
    at = at_part(draft, "look")
    form = "build-found-out:look"
    press(at, "A new question that it finds out")
    at.radio(key=f"{form}:valueType").set_value("quantity")
    drawn(at)
    at.text_input(key=f"{form}:label").set_value("Pulse")
    at.text_input(key=f"{form}:question").set_value("How fast?")
    at.selectbox(key=f"{form}:unit").set_value("/min")
    at.text_input(key=f"{form}:min").set_value("1,5")
    press(at, "Add the question")
    assert "'1,5' is no number" in words(at)
    at.text_input(key=f"{form}:min").set_value("0")
    press(at, "Add the question")
    assert entry(draft, "pulse") == {
        "id": "pulse",
        "valueType": "quantity",
        "label": "Pulse",
        "question": "How fast?",
        "unit": "/min",
        "min": "0",
    }
    assert entry(draft, "look")["yields"] == ["fever", "warm", "pulse"]


def test_the_head_of_the_file_is_filled_in(draft: Draft) -> None:
    at = opened(page="build", g=drafted.name_of(draft.id))
    at.session_state["build-view"] = "about"
    drawn(at)
    at.text_input(key="build-head:title").set_value("A sore throat")
    at.text_input(key="build-head:updated").set_value("31.1.2026")
    press(at, "Keep")
    assert "'31.1.2026' is no date" in words(at)
    at.text_input(key="build-head:updated").set_value("2026-01-31")
    press(at, "Keep")
    assert now(draft).undoable == "About the guideline: title, date changed"
    assert entry(draft, "")["updated"] == "2026-01-31"


def test_everything_in_the_list_leads_to_its_form(draft: Draft) -> None:
    at = opened(page="build", g=drafted.name_of(draft.id))
    at.session_state["build-view"] = "list"
    drawn(at)
    for id, heading in (("look", "Look"), ("t2", "Look → Swab"), ("meet", "Meeting")):
        at.button(key=f"build-to:{id}").click()
        drawn(at)
        assert address(at, "at") == id
        assert heading in words(at)
