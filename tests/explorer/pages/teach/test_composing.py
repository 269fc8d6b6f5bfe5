"""Setting a case: what an educator fills in, what the guideline answers to it, and what is given out."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from streamlit.testing.v1 import AppTest

from edgewise.explorer.environment import GUIDELINE as STARTED_WITH
from edgewise.explorer.pages.teach.case_link import decode, encode
from edgewise.graph.cases.book import cases_of, read_casebook
from edgewise.graph.cases.check import check_cases
from edgewise.graph.cases.model import Case, Lure, Point
from edgewise.graph.library import check, load
from edgewise.graph.shelf import find
from tests.explorer import drawn_pages as pages
from tests.explorer.drawn_pages import address, drawn, words
from tests.places import DATA

NAME = "sacroiliac-sclerosis"
GUIDELINE = load(NAME).guideline
KEPT = cases_of(find(NAME), GUIDELINE)
TO_RFA = "radiographs~equivocal inflammatory-suspicion~no conservative-months~6 conservative-failed~yes block-relief~85~88"


def opened(**address: str) -> AppTest:
    return pages.opened(page="teach", mode="set", **address)


def press(at: AppTest, key: str) -> AppTest:
    at.button(key=key).click()
    return drawn(at)


def tell(at: AppTest, number: int, text: str) -> AppTest:
    at.text_area(key=f"set:tells:{NAME}:{number}").set_value(text)
    return drawn(at)


def choose(at: AppTest, number: int, id: str, value: str) -> AppTest:
    at.button_group(key=f"set:fact:{NAME}:{number}:{id}").set_value(value)
    return drawn(at)


def fill(at: AppTest, number: int, id: str, value: float) -> AppTest:
    at.number_input(key=f"set:fact:{NAME}:{number}:{id}").set_value(value)
    return drawn(at)


def open_stage(at: AppTest, number: int) -> AppTest:
    return press(at, f"set:open:{NAME}:{number}")


def lines(at: AppTest) -> list[str]:
    """The stages that are not open, as their lines say."""
    return [re.sub(r"[\\*]", "", button.label) for button in at.button if (button.key or "").startswith("set:open:")]


def two_stages() -> AppTest:
    """A whole case by hand: films first, then months and two blocks."""
    at = opened()
    at.text_input(key=f"set:title:{NAME}").set_value("The impatient dancer")
    at.text_area(key=f"set:vignette:{NAME}").set_value("A dancer of 34 has had buttock pain for a year.")
    tell(at, 1, "Films show sclerosis.")
    choose(choose(at, 1, "radiographs", "sclerosis"), 1, "inflammatory-suspicion", "no")
    press(at, f"set:stage+:{NAME}")
    tell(at, 2, "Half a year later, two blocks were done.")
    choose(fill(at, 2, "conservative-months", 6.0), 2, "conservative-failed", "yes")
    fill(at, 2, "block-relief:0", 85.0)
    return fill(at, 2, "block-relief:1", 88.5)


def carried(at: AppTest) -> Case:
    """The case in the link that residents get."""
    return decode(address(press(at, "set:try"), "set"), GUIDELINE)


def test_a_blank_page_asks_what_the_pathway_asks_first_and_says_what_is_next() -> None:
    at = opened()
    assert "The guideline names X-ray of the sacroiliac joints Together with: X-ray spine" in words(at)
    assert [group.label for group in at.button_group if (group.key or "").startswith("set:fact:")] == [
        "What do the X-rays of the sacroiliac joints show?"
    ]
    assert "Still to write: a title; a vignette; what stage 1 tells." in words(at)
    assert not at.code


def test_the_expected_step_is_worked_out_and_shown_with_its_reason() -> None:
    at = choose(opened(), 1, "radiographs", "negative")
    assert "One more answer is needed" in words(at)
    choose(at, 1, "inflammatory-suspicion", "no")
    assert "Conservative care for 3–6 months" in words(at)
    assert "Suspicion of active inflammatory disease: no" in words(at)
    assert "modeller" in words(at), "the source does not say this outright"


def test_where_the_source_is_silent_or_disagrees_it_says_so() -> None:
    at = two_stages()
    fill(at, 2, "block-relief:0", 70.0)
    fill(at, 2, "block-relief:1", 70.0)
    assert "The source does not say" in words(at)
    assert "The source disagrees with itself before SI joint fusion" in words(at)


def test_a_fact_is_left_out_again() -> None:
    at = choose(choose(opened(), 1, "radiographs", "sclerosis"), 1, "radiographs", "?")
    assert "X-ray of the sacroiliac joints" in words(at)
    assert at.button_group(key=f"set:fact:{NAME}:1:radiographs").value == "?"


def test_anything_else_the_guideline_asks_can_be_told_and_nothing_more() -> None:
    at = opened()
    other = at.selectbox(key=f"set:else:{NAME}:1")
    assert len(other.options) == len(GUIDELINE.observables) - 1
    other.set_value("documented")
    choose(drawn(at), 1, "documented", "yes")
    left = at.selectbox(key=f"set:else:{NAME}:1").options
    assert GUIDELINE.observables["documented"].label not in left
    assert len(left) == len(GUIDELINE.observables) - 2


def test_two_stages_with_a_series_come_out_of_the_link_as_they_were_filled_in() -> None:
    at = two_stages()
    assert "Cooled radiofrequency ablation of the sacral lateral branches" in words(at)
    assert lines(at) == ["Stage 1 Films show sclerosis. → Conservative care, 3–6 months"]
    case = carried(at)
    assert case.title == "The impatient dancer"
    assert [stage.facts for stage in case.stages] == [
        {"radiographs": "sclerosis", "inflammatory-suspicion": "no"},
        {"conservative-months": Decimal(6), "conservative-failed": "yes", "block-relief": (Decimal(85), Decimal("88.5"))},
    ]
    assert address(at, "mode") == ""


def test_the_yaml_is_accepted_where_it_is_pasted() -> None:
    at = two_stages()
    text = (find(NAME).parent / "cases.yaml").read_text(encoding="utf-8") + at.code[0].value
    book = read_casebook(text, "cases.yaml", GUIDELINE)
    assert check_cases(book, GUIDELINE) == ()
    assert [stage.expect.steps for stage in list(book.cases.values())[-1].stages if stage.expect] == [
        ("conservative-care",),
        ("cooled-rfa",),
    ]


def test_the_file_to_download_is_accepted_beside_its_guideline(tmp_path: Path) -> None:
    at = two_stages()
    guideline = tmp_path / "guideline.yaml"
    guideline.write_bytes(find(NAME).read_bytes())
    block = at.code[0].value
    (tmp_path / "cases.yaml").write_text(f"guideline: {NAME}\ncases:\n{block}", encoding="utf-8")
    assert check(guideline)[1] == ()


def test_stages_are_moved_removed_and_brought_back() -> None:
    at = two_stages()
    press(at, f"set:up:{NAME}:2")
    assert lines(at) == ["Stage 2 Films show sclerosis. → Cooled RFA, S1–S3 lateral branches"]
    press(at, f"set:remove:{NAME}:2")
    assert lines(at) == []
    assert at.text_area(key=f"set:tells:{NAME}:1").value == "Films show sclerosis."
    press(press(at, "set:undo"), "set:undo")
    assert at.text_area(key=f"set:tells:{NAME}:2").value == "Half a year later, two blocks were done."
    assert lines(at) == ["Stage 1 Films show sclerosis. → Conservative care, 3–6 months"]


def test_what_is_typed_while_another_button_is_pressed_stays_with_its_stage() -> None:
    at = two_stages()
    at.text_area(key=f"set:tells:{NAME}:2").set_value("Two blocks, and a letter.")
    press(at, f"set:up:{NAME}:2")
    assert at.text_area(key=f"set:tells:{NAME}:2").value == "Two blocks, and a letter."
    at.text_area(key=f"set:tells:{NAME}:2").set_value("Gone.")
    press(at, f"set:remove:{NAME}:2")
    assert at.text_area(key=f"set:tells:{NAME}:1").value == "Films show sclerosis."


def test_lures_and_points_are_tied_to_the_guidelines_own_steps_and_statements() -> None:
    at = press(press(two_stages(), f"set:lure+:{NAME}:2"), f"set:point+:{NAME}:2")
    assert "Still to write: the step of a lure in stage 2; the words of a point in stage 2." in words(at)
    lure, point = f"set:lure:{NAME}:3", f"set:point:{NAME}:4"
    assert len(at.selectbox(key=f"{lure}:pitfall").options) == sum(one.kind == "pitfall" for one in GUIDELINE.statements.values())
    at.selectbox(key=f"{lure}:step").set_value("si-joint-fusion")
    at.text_area(key=f"{lure}:why").set_value("She asks for it.")
    at.selectbox(key=f"{lure}:pitfall").set_value("s35")
    at.text_area(key=f"{point}:text").set_value("No step is skipped.")
    assert "Still to write: what a point in stage 2 rests on." in words(drawn(at))
    at.multiselect(key=f"{point}:based_on").set_value(["s35", "s22"])
    stage = carried(drawn(at)).stages[1]
    assert stage.lures == (Lure("si-joint-fusion", "She asks for it.", "s35"),)
    assert stage.points == (Point("No step is skipped.", ("s35", "s22")),)


def test_a_lure_that_is_due_is_warned_of_and_keeps_the_yaml_from_being_accepted() -> None:
    at = press(two_stages(), f"set:lure+:{NAME}:2")
    at.selectbox(key=f"set:lure:{NAME}:3:step").set_value("cooled-rfa")
    at.text_area(key=f"set:lure:{NAME}:3:why").set_value("It is right.")
    assert "is no error here" in words(drawn(at))
    assert any("refuses" in warning.value for warning in at.warning)


def test_a_stage_that_adds_nothing_is_warned_of_once_it_is_begun() -> None:
    at = press(two_stages(), f"set:stage+:{NAME}")
    assert "No fact is told that was not known before" not in words(at)
    assert "No fact is told that was not known before" in words(tell(at, 3, "Nothing new."))


def test_what_is_told_otherwise_than_before_is_remarked_on_and_kept() -> None:
    at = press(two_stages(), f"set:stage+:{NAME}")
    at.selectbox(key=f"set:else:{NAME}:3").set_value("radiographs")
    assert any("so far: Sclerosis" in group.label for group in drawn(at).button_group)
    tell(choose(at, 3, "radiographs", "negative"), 3, "The films were somebody else's.")
    assert "is told otherwise than before" in words(at)
    assert "revises: [radiographs]" in at.code[0].value


def test_it_begins_with_a_case_that_is_kept_and_gives_it_another_id() -> None:
    at = opened()
    begin = at.selectbox(key="set:begin")
    assert begin.options == ["a blank page", *(case.title for case in KEPT)]
    begin.set_value(f"case:{KEPT[0].id}")
    case = carried(drawn(at))
    assert (case.title, case.vignette, len(case.stages)) == (KEPT[0].title, KEPT[0].vignette, len(KEPT[0].stages))
    assert case.stages == tuple(replace(stage, expect=None) for stage in KEPT[0].stages)


def test_it_begins_with_the_patient_of_the_pathway_page_stage_by_stage() -> None:
    at = opened(facts=TO_RFA)
    at.selectbox(key="set:begin").set_value("patient")
    assert [line.split("→ ")[1] for line in lines(drawn(at))] == ["Diagnostic SI joint injections", "Cooled RFA, S1–S3 lateral branches"]
    assert "Conservative care for 3–6 months" in words(at)
    press(at, "set:undo")
    assert lines(at) == []


def test_a_draft_outlives_other_modes_and_pages() -> None:
    at = two_stages()
    for elsewhere in ({"mode": ""}, {"page": "imaging"}, {"page": ""}):
        for key, value in elsewhere.items():
            at.query_params[key] = value
        drawn(at)
        at.query_params["page"], at.query_params["mode"] = "teach", "set"
        drawn(at)
        assert at.text_input(key=f"set:title:{NAME}").value == "The impatient dancer"
        assert at.text_area(key=f"set:tells:{NAME}:2").value == "Half a year later, two blocks were done."
        assert at.number_input(key=f"set:fact:{NAME}:2:block-relief:1").value == 88.5


def test_after_trying_it_the_draft_is_there_as_it_was_left() -> None:
    at = press(two_stages(), "set:try")
    link = address(at, "set")
    at.query_params["mode"] = "set"
    tell(drawn(at), 2, "Changed since.")
    at.query_params["set"] = link
    assert drawn(at).text_area(key=f"set:tells:{NAME}:2").value == "Changed since."


def test_a_link_is_taken_up_again_where_its_author_opens_it() -> None:
    at = opened(set=encode(KEPT[0], GUIDELINE))
    assert at.text_input(key=f"set:title:{NAME}").value == KEPT[0].title
    assert not at.warning


def test_a_link_of_another_edition_is_opened_with_a_warning_and_a_damaged_one_is_refused() -> None:
    older = opened(set=encode(KEPT[0], replace(GUIDELINE, updated="2025-01-01")))
    assert older.text_input(key=f"set:title:{NAME}").value == KEPT[0].title
    assert "2025" in older.warning[0].value
    broken = opened(set="1nonsense")
    assert "damaged" in broken.warning[0].value
    assert broken.text_input(key=f"set:title:{NAME}").value == ""


def test_text_with_markup_stays_text() -> None:
    at = two_stages()
    nasty = "<img src=x onerror=alert(1)> ![x](http://127.0.0.1:9/x) **b**"
    tell(at, 2, nasty)
    line = next(b.label for b in open_stage(at, 1).button if (b.key or "").startswith("set:open:"))
    assert "![" not in line
    assert "\\<img" in line
    assert carried(at).stages[1].tells == nasty


def test_a_character_that_nobody_can_see_is_named_and_no_link_given() -> None:
    at = tell(two_stages(), 2, "a\u2028b\x07")
    assert "cannot be shown" in at.error[0].value


NASTY = "<img src=x onerror=alert(1)> ![x](http://127.0.0.1:9/x) **b** :material/home: \u202e"


def small() -> dict[str, Any]:
    """The ankle guideline of the tests, to be changed."""
    found: dict[str, Any] = yaml.load((DATA / "small.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return found


def nasty() -> dict[str, Any]:
    found = small()
    for kind in ("steps", "observables", "statements"):
        for one in found[kind]:
            one |= {key: f"{NASTY} {one[key]}" for key in ("label", "question", "text", "summary", "help") if key in one}
    return found


@pytest.mark.parametrize("made", [small, nasty])
def test_any_guideline_can_be_composed_for(made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "other.yaml"
    file.write_text(yaml.safe_dump(made(), allow_unicode=True), encoding="utf-8")
    guideline = load(str(file)).guideline
    monkeypatch.setenv(STARTED_WITH, str(file))
    at = opened()
    assert "Set a case" in words(at)
    for id in guideline.observables:
        if not asked(at, id):
            at.selectbox(key="set:else:ankle-test:1").set_value(id)
            drawn(at)
        assert asked(at, id)
    press(press(press(at, "set:stage+:ankle-test"), "set:lure+:ankle-test:2"), "set:point+:ankle-test:2")
    at.selectbox(key="set:lure:ankle-test:3:step").set_value(list(guideline.steps)[-1])
    at.multiselect(key="set:point:ankle-test:4:based_on").set_value(list(guideline.statements)[:1])
    assert "Stage 2" in words(drawn(at))
    labels = [one.label for kind in (at.button, at.button_group, at.number_input) for one in kind]
    assert not [label for label in [*labels, *(one.value for one in at.markdown)] if re.search(r"(?<!\\)(!?\[|<img|\*\*b)", label)]


def asked(at: AppTest, id: str) -> bool:
    begin = f"set:fact:ankle-test:1:{id}"
    return any(str(one.key).startswith(begin) for kind in (at.button_group, at.number_input, at.radio) for one in kind)
