"""Parts of a step, their doses and the items of a score through their forms: added, changed, removed, refused, undone, and whose word."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from edgewise.explorer.shell import drafted
from edgewise.graph.drafting.drafts import DRAFTS, Draft
from edgewise.graph.drafting.entries import part_at
from tests.explorer.drawn_pages import drawn, opened, words
from tests.explorer.pages.build.test_pathway import TEXT, at_part, entry, now, press

SWAB = "- {id: swab, type: Investigation, label: Swab, summary: One takes it., phase: act}"
WITH_DOSE = """\
- id: swab
  type: Treatment
  label: Drug
  summary: One gives it.
  phase: act
  components:
  - label: Testapril
    dose:   # as printed
      amount: 2.5   # a day
      unit: mg
      basedOn: [s1]
"""
SCORE = """\
observables:
- id: points
  label: Throat score
  question: How many points?
  valueType: score
  unit: "{points}"
  items:
  - {label: hot, points: 1, when: {observable: fever, is: yes}, basedOn: [s1]}   # the first
  - {points: 1.5, when: {observable: warm, atLeast: 39, unit: Cel}}
"""


def begun(text: str) -> Draft:
    return drafted.drafts().create(text, None, "Throat")


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DRAFTS, str(tmp_path / "drafts.sqlite"))


@pytest.fixture
def drug() -> Draft:
    return begun(TEXT.replace(SWAB + "\n", WITH_DOSE))


@pytest.fixture
def score() -> Draft:
    return begun(TEXT.replace("observables:\n", SCORE))


def labels(at: AppTest, key: str = "") -> list[str]:
    """What buttons say, without what keeps it from being read as markup."""
    return [one.label.replace("\\", "") for one in at.button if str(one.key).startswith(key)]


def click(at: AppTest, key: str) -> AppTest:
    at.button(key=key).click()
    return drawn(at)


def at_dose(draft: Draft, key: str = "row:0") -> AppTest:
    """The form of a dose of the first part, or another button of the list of doses pressed."""
    at = click(at_part(draft, "swab"), "build-components:swab:row:0")
    return click(at, f"build-dose:swab/components/1:{key}")


FORM = "build-dose:swab/components/1"
NEW_ITEM = "build-items:points:new-when:new"


def at_new_item(draft: Draft, asking: str) -> AppTest:
    """The form of a new item of the score, whose condition asks for something."""
    at = click(at_part(draft, "points"), "build-items:points:add")
    at.selectbox(key=f"{NEW_ITEM}:observable").set_value(asking)
    return drawn(at)


def test_a_part_is_added_and_stays_open_for_its_dose() -> None:
    draft = begun(TEXT)
    at = click(at_part(draft, "swab"), "build-components:swab:add")
    press(at, "Add a component")
    assert "Say what it is." in words(at)
    at.text_input(key="build-components:swab:new:label").set_value("Cotton")
    press(at, "Add a component")
    assert entry(draft, "swab")["components"] == [{"label": "Cotton"}]
    assert now(draft).undoable == "Step “Swab”: component added"
    click(at, "build-dose:swab/components/1:add")
    at.text_input(key=f"{FORM}:new:amount").set_value("0.5")
    at.selectbox(key=f"{FORM}:new:unit").set_value("mg/kg")
    at.text_input(key=f"{FORM}:new:per").set_value("8 hours")
    at.text_input(key=f"{FORM}:new:max").set_value("40 mg")
    at.text_input(key=f"{FORM}:new:route").set_value("by mouth")
    at.multiselect(key=f"{FORM}:new:basedOn").set_value(["s1"])
    at.radio(key=f"{FORM}:new:whose").set_value("source")
    press(at, "Add a dose")
    (dose,) = part_at(now(draft).text, "swab/components/1")["dose"]
    assert dose == {"amount": "0.5", "unit": "mg/kg", "per": "8 h", "max": "40 mg", "route": "by mouth", "basedOn": ["s1"]}
    assert any("0.5 mg/kg every 8 hours, by mouth, at most 40 mg" in one for one in labels(at))
    assert now(draft).undoable == "Doses of “Cotton”: dose added"


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("amount", "", "Say how much."),
        ("amount", "2,5", "'2,5' is no number for the amount"),
        ("upTo", "1", "The upper end, 1, lies below the lower one, 2.5"),
        ("per", "2 mg", "'mg' is no unit of time"),
        ("max", "40", "'40' is no amount"),
        ("max", "40 bananas", "'bananas' is no unit that Edgewise knows"),
        ("amount", "1e99999999", "Not done: 'amount' cannot be"),
    ],
)
def test_what_is_no_dose_is_refused_beside_its_field_or_by_the_rule(drug: Draft, field: str, typed: str, told: str) -> None:
    at = at_dose(drug)
    at.text_input(key=f"{FORM}:0:{field}").set_value(typed)
    press(at, "Keep the dose")
    assert told in words(at)
    assert now(drug).text == drug.text
    assert at.text_input(key=f"{FORM}:0:{field}").value == typed


def test_a_dose_is_changed_and_every_comment_stays(drug: Draft) -> None:
    at = at_dose(drug)
    assert at.radio(key=f"{FORM}:0:whose").value == "source"
    at.text_input(key=f"{FORM}:0:amount").set_value("5")
    press(at, "Keep the dose")
    assert now(drug).text == drug.text.replace("amount: 2.5", "amount: 5")
    assert now(drug).undoable == "Doses of “Testapril”: dose changed"
    click(at, "build-undo")
    assert now(drug).text == drug.text


def test_while_the_draft_cannot_be_used_a_dose_is_told_as_it_is_written_now(drug: Draft) -> None:
    at = at_dose(drug)
    broken = drug.text.replace("amount: 2.5", "amount: 5").replace("to: look", "to: nowhere")
    drafted.drafts().change(drug.id, drug.revision, broken, "x")
    assert labels(drawn(at), f"{FORM}:row") == ["5 mg"]
    assert labels(at, "build-components:swab:row") == ["Testapril"]


def test_a_dose_without_passages_is_marked_as_the_modellers(drug: Draft) -> None:
    at = at_dose(drug)
    at.multiselect(key=f"{FORM}:0:basedOn").set_value([])
    press(at, "Keep the dose")
    assert "Choose the passages by which the source says so, or make it your reading." in words(at)
    at.radio(key=f"{FORM}:0:whose").set_value("modeller")
    press(at, "Keep the dose")
    assert any("2.5 mg [the modeller's dose, no passage]" in one for one in labels(at))


def test_a_second_dose_makes_a_list_of_the_first_and_the_first_keeps_its_comments(drug: Draft) -> None:
    at = at_dose(drug, "add")
    at.text_input(key=f"{FORM}:new:amount").set_value("5")
    at.selectbox(key=f"{FORM}:new:unit").set_value("mg")
    at.text_input(key=f"{FORM}:new:label").set_value("doubled once")
    press(at, "Add a dose")
    assert "    dose:   # as printed\n      - amount: 2.5   # a day\n        unit: mg\n" in now(drug).text
    assert part_at(now(drug).text, "swab/components/1/dose/2") == {"amount": "5", "unit": "mg", "label": "doubled once"}
    click(at, f"{FORM}:row:0")
    click(at, f"{FORM}:0:remove")
    assert [one["amount"] for one in part_at(now(drug).text, "swab/components/1")["dose"]] == ["5"]
    click(at, f"{FORM}:row:0")
    click(at, f"{FORM}:0:remove")
    assert part_at(now(drug).text, "swab/components/1") == {"label": "Testapril"}


def test_a_dose_that_a_bound_takes_is_not_removed(drug: Draft) -> None:
    text = drug.text.replace("amount: 2.5", "id: start\n      amount: 2.5").replace(
        "when: {observable: fever, is: yes, basedOn: [s1]}", "when: {observable: mass, atLeast: {times: [2, {dose: start}]}, unit: mg}"
    )
    asked = "observables:\n- {id: mass, label: Mass, question: How much?, valueType: quantity, unit: mg, min: 0}\n"
    draft = begun(text.replace("observables:\n", asked))
    at = at_dose(draft)
    click(at, f"{FORM}:0:remove")
    assert "Not done" in words(at)
    assert now(draft).revision == draft.revision
    at.text_input(key=f"{FORM}:0:id").set_value("first")
    press(at, "Keep the dose")
    assert "{dose: first}" in now(draft).text


def test_the_items_of_a_score_stand_in_words_and_one_is_changed(score: Draft) -> None:
    at = at_part(score, "points")
    assert labels(at, "build-items:points:row") == ["1 point: hot", "1.5 points: Temperature: at least 39 °C"]
    click(at, "build-items:points:row:0")
    at.text_input(key="build-items:points:0:points").set_value("-2")
    press(at, "Keep the item")
    assert now(score).text == score.text.replace("points: 1,", "points: -2,")
    assert now(score).undoable == "Score “Throat score”: item changed"


def test_the_points_of_an_item_are_a_number(score: Draft) -> None:
    at = click(at_part(score, "points"), "build-items:points:row:0")
    at.text_input(key="build-items:points:0:points").set_value("two")
    press(at, "Keep the item")
    assert "'two' is no number for the points" in words(at)
    assert now(score).revision == score.revision


def test_the_condition_of_an_item_has_the_form_that_all_conditions_have(score: Draft) -> None:
    at = click(at_part(score, "points"), "build-items:points:row:1")
    click(at, "build-condition:points/items/2:when:row:")
    form = "build-condition:points/items/2:when:"
    assert at.radio(key=f"{form}:whose").value == "whole"
    at.text_input(key=f"{form}:low").set_value("38.5")
    press(at, "Set the condition")
    assert now(score).text == score.text.replace("atLeast: 39", "atLeast: 38.5")
    assert now(score).undoable == "Score “Throat score”: 1.5 points: Temperature: at least 39 °C: condition set"


def test_an_item_is_made_by_its_points_and_its_condition_together(score: Draft) -> None:
    at = at_new_item(score, "fever")
    at.radio(key=f"{NEW_ITEM}:answer").set_value("no")
    press(at, "Add the item")
    assert "Say how many points count." in words(at)
    assert now(score).revision == score.revision
    at.text_input(key="build-items:points:new:points").set_value("2")
    at.multiselect(key="build-items:points:new:basedOn").set_value(["s1"])
    press(at, "Add the item")
    assert entry(score, "points")["items"][2] == {"points": "2", "basedOn": ["s1"], "when": {"observable": "fever", "is": "no"}}
    assert now(score).undoable == "Score “Throat score”: item added"


def test_a_score_that_asks_for_itself_is_refused_with_the_words_of_the_rule(score: Draft) -> None:
    at = at_new_item(score, "points")
    at.text_input(key="build-items:points:new:points").set_value("2")
    at.text_input(key=f"{NEW_ITEM}:low").set_value("3")
    press(at, "Add the item")
    assert "an item of a score asks for the score" in words(at)
    assert now(score).revision == score.revision


def test_items_are_removed_down_to_none_which_is_then_to_do(score: Draft) -> None:
    at = at_part(score, "points")
    for _ in range(2):
        click(at, "build-items:points:row:0")
        click(at, "build-items:points:0:remove")
    assert "items" not in entry(score, "points")
    assert any("1 question has no item yet" in one for one in labels(at))


def test_a_new_question_may_be_a_score_whose_items_are_to_do() -> None:
    draft = begun(TEXT)
    at = opened(page="build", g=drafted.name_of(draft.id))
    at.session_state["build-view"] = "questions"
    drawn(at)
    form = "build-new-question"
    at.radio(key=f"{form}:valueType").set_value("score")
    drawn(at)
    at.text_input(key=f"{form}:label").set_value("Sum")
    at.text_input(key=f"{form}:question").set_value("How many points?")
    press(at, "Add the question")
    assert entry(draft, "sum")["unit"] == "{points}"
    assert any("1 question has no item yet" in one for one in labels(at))
    click(at, "build-items:sum:add")
