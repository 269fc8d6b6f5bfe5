"""The pathway page as its widgets and texts: what an address shows, and what answering does to the address."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from edgewise.explorer.environment import GUIDELINE
from tests.explorer.drawn_pages import APP, address, bodies, drawn, opened, words
from tests.places import DATA

TO_BLOCKS = "radiographs~equivocal inflammatory-suspicion~no conservative-months~6 conservative-failed~yes"
TO_RFA = f"{TO_BLOCKS} block-relief~85~88"
TO_FUSION = f"{TO_RFA} hip-spine-excluded~yes rfa-attempts-failed~2 documented~yes"


def titles(at: AppTest) -> list[str]:
    """What the cards of the walk are headed with."""
    return [re.sub(r"[\\*]", "", button.label) for button in at.button if (button.key or "").startswith(("card:", "why:"))]


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ("", ["Due now", "X-ray of the sacroiliac joints", "Together with: X-ray spine"]),
        ("radiographs~equivocal", ["One answer decides"]),
        ("radiographs~sclerosis inflammatory-suspicion~yes mri-possible~yes", ["MRI of the sacroiliac joints without IV contrast"]),
        ("radiographs~sclerosis inflammatory-suspicion~yes mri-possible~no", ["CT of the sacroiliac joints without contrast"]),
        ("radiographs~negative inflammatory-suspicion~no", ["Conservative care for 3–6 months"]),
        (TO_BLOCKS, ["Diagnostic SI joint injections under fluoroscopy"]),
        (f"{TO_BLOCKS} block-relief~75~72", ["The source does not say", "After Diagnostic SI joint injections", "0 of 2 (75 %, 72 %)"]),
        (TO_RFA, ["Cooled radiofrequency ablation", "2 of 2 (85 %, 88 %)", "Failed RFA attempts: at least 2", "[7] no entry"]),
        (TO_FUSION, ["Minimally invasive SI joint fusion", "Hip and spine excluded as main source: yes"]),
    ],
)
def test_an_address_with_facts_shows_what_is_due_and_why(facts: str, told: list[str]) -> None:
    page = words(opened(facts=facts)).lower()
    assert not [text for text in told if text.lower() not in page]


def test_why_not_surgery_yet_is_answered_on_the_way_and_no_longer_at_the_end() -> None:
    assert any("SI joint fusion" in title and "why not yet?" in title and "not yet" in title for title in titles(opened(facts=TO_RFA)))
    assert not any("why not yet?" in title for title in titles(opened(facts=TO_FUSION)))


def test_a_step_that_the_source_advises_against_is_called_so() -> None:
    assert any("neurectomy" in title and "not to be taken" in title for title in titles(opened(facts=TO_RFA)))


def test_passages_that_disagree_are_both_named() -> None:
    page = words(opened(facts="radiographs~equivocal inflammatory-suspicion~yes mri-possible~yes"))
    assert "The source disagrees with itself before MRI SI joints, no contrast" in page
    assert "second imaging, heading against second imaging, bullet 1" in page


def test_passages_that_agree_stand_on_one_side() -> None:
    page = words(opened(facts=f"{TO_BLOCKS} block-relief~70~70"))
    assert "step 2, bullet 1; pitfalls, bullet 1, sentence 1 against step 4, criterion 1" in page


def test_edges_to_the_same_step_are_told_apart() -> None:
    at = opened(facts="radiographs~sclerosis inflammatory-suspicion~yes mri-possible~yes")
    cards = [title for title in titles(at) if title.startswith("Conservative care")]
    assert len(cards) == len(set(cards)) > 1
    assert "Conservative care, 3–6 months, from X-ray SI joints ✗ closed" in cards


def test_only_what_matters_now_is_asked() -> None:
    at = opened()
    assert [group.label.replace("\\", "") for group in at.button_group if (group.key or "").startswith("ask:")] == [
        "What do the X-rays of the sacroiliac joints show?"
    ]
    assert not at.number_input


def test_answering_writes_the_address_and_withdrawing_clears_it() -> None:
    at = opened()
    at.button_group(key="ask:sacroiliac-sclerosis:radiographs").set_value("equivocal")
    drawn(at)
    assert address(at, "facts") == "radiographs~equivocal"
    at.button_group(key="patient:sacroiliac-sclerosis:radiographs").set_value("?")
    drawn(at)
    assert address(at, "facts") == ""


def test_a_series_is_typed_in_one_number_after_the_other() -> None:
    at = opened(facts=TO_BLOCKS)
    at.number_input(key="ask:sacroiliac-sclerosis:block-relief:0").set_value(85.0)
    drawn(at)
    assert address(at, "facts") == f"{TO_BLOCKS} block-relief~85"
    at.button(key="ask:count:sacroiliac-sclerosis:block-relief:add").click()
    drawn(at)
    at.number_input(key="ask:sacroiliac-sclerosis:block-relief:1").set_value(88.5)
    drawn(at)
    assert address(at, "facts") == f"{TO_BLOCKS} block-relief~85~88.5"


def test_undo_takes_back_the_last_answer_and_brings_the_patient_before_a_new_one_back() -> None:
    at = opened(facts=TO_RFA)
    at.button(key="Undo").click()
    assert address(drawn(at), "facts") == f"{TO_BLOCKS} block-relief~85"
    at.button(key="New patient").click()
    assert address(drawn(at), "facts") == ""
    at.button(key="Undo").click()
    assert address(drawn(at), "facts") == f"{TO_BLOCKS} block-relief~85"


def test_a_row_of_the_list_leads_to_its_edge_and_back_to_the_list() -> None:
    at = opened()
    at.button(key="list").click()
    drawn(at).button(key="row:cooled-rfa-to-si-joint-fusion").click()
    assert address(drawn(at), "sel") == "cooled-rfa-to-si-joint-fusion"
    assert "Marker 7 points to no entry" in words(at)
    assert at.button(key="close").label == "Back to the list"
    at.button(key="close").click()
    assert address(drawn(at), "sel") == ""
    assert at.button(key="row:cooled-rfa")


def test_where_it_comes_from_and_its_standing_are_in_sight_on_every_view() -> None:
    for at in (opened(), opened(sel="cooled-rfa"), opened(facts=TO_FUSION)):
        assert "For education. Dr.Oracle, updated 2026-02-08, pending human review." in words(at)


@pytest.mark.parametrize(
    "query",
    [
        {"g": "../../etc/passwd"},
        {"g": "/etc/passwd"},
        {"g": "x" * 100_000},
        {"sel": "<script>alert(1)</script>"},
        {"facts": "block-relief~999"},
        {"facts": "radiographs~purple;;::,,~~"},
        {"facts": "a~" * 50_000},
        {"upto": "![x](http://127.0.0.1:9/x.png)"},
    ],
)
def test_an_address_that_cannot_be_used_is_told_in_one_box_and_the_page_works(query: dict[str, str]) -> None:
    at = opened(**query)
    assert len(at.warning) == 1
    assert not re.search(r"(?<!\\)[\[<]", at.warning[0].value)
    assert len(at.warning[0].value) < 400
    assert "X-ray of the sacroiliac joints" in words(at)


@pytest.mark.parametrize("key", ["g", "sel", "facts", "upto"])
def test_an_address_of_a_megabyte_does_no_harm(key: str) -> None:
    assert "X-ray of the sacroiliac joints" in words(opened(**{key: "x" * 1_000_000}))


def test_the_file_the_explorer_was_started_with_is_judged_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "mine.yaml"
    broken.write_text("id: mine\ntitel: Hips\n", encoding="utf-8")
    monkeypatch.setenv(GUIDELINE, str(broken))
    at = opened()
    assert "cannot be shown" in at.error[0].value
    assert "mine.yaml:2" in words(at)


def test_words_of_a_guideline_are_never_markup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hostile = "![x](http://127.0.0.1:9/x.png)<img src=x onerror=alert(1)>"
    shelf = APP.parents[1] / "guidelines" / "sacroiliac-sclerosis" / "guideline.yaml"
    text = shelf.read_text(encoding="utf-8").replace("shortLabel: X-ray SI joints", f'shortLabel: "{hostile[:39]}"')
    text = text.replace("question: What do the X-rays of the sacroiliac joints show?", f"question: '{hostile}'")
    file = tmp_path / "mine.yaml"
    file.write_text(text.replace("id: sacroiliac-sclerosis", "id: mine", 1), encoding="utf-8")
    monkeypatch.setenv(GUIDELINE, str(file))
    at = opened()
    assert hostile[:39] in words(at)
    assert not [block for block in at.get("html") if "<img" in block.proto.body]
    labels = [group.label for group in at.button_group] + [button.label for button in at.button]
    assert any("127.0.0.1" in label for label in labels)
    assert not [label for label in labels if re.search(r"(?<!\\)[\[<]", label)]


def test_a_card_that_is_advised_against_says_so_once():
    """On the walk, and on the evidence of the edge: the title's mark and where it is written, not the same words twice."""
    facts = "radiographs~sclerosis inflammatory-suspicion~no conservative-months~6 conservative-failed~yes block-relief~85~85"
    at = opened(facts=facts)
    label = next(button.label for button in at.button if "neurectomy" in button.label)
    assert "not to be taken" in label
    assert "The modeller reads it from: step 3, bullet 3 [3]" in words(at)
    assert "advises against" not in words(at)
    edge = opened(sel="diagnostic-injections-to-endoscopic-neurectomy")
    assert bodies(edge).count("not to be taken") == 1


def test_an_example_patient_is_called_one_until_a_fact_is_changed():
    at = opened(gaps="all")
    button = next(one for one in at.button if one.label.startswith("Show such a patient: "))
    assert len({one.label for one in at.button if "Show such a patient" in one.label}) > 1
    button.click()
    at = drawn(at)
    assert "An example patient, made up for what the source leaves open" in words(at)
    at.query_params["facts"] = "radiographs~negative"
    assert "An example patient" not in words(drawn(at))


def test_two_numbers_of_a_reading_are_typed_side_by_side_and_told_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(GUIDELINE, str(DATA / "readings.yaml"))
    at = opened()
    assert len(at.number_input) == 2  # both numbers are asked once, though both are questions of the walk
    for key, value in (("systolic:0", 152.0), ("diastolic:0", 94.0), ("systolic:1", 148.0)):
        at.number_input(key=f"ask:clinic-test:{key}").set_value(value)
        drawn(at)
        if key == "diastolic:0":
            assert at.caption[0].value == "1 more value is needed before the guideline can compare."
    assert address(at, "facts") == "systolic~152~148 diastolic~94~_"
    assert "Systolic: mean of the last 2 (152, 148): 150 mmHg" in words(at)
    assert any("152/94" in str(block.proto) and "148/?" in str(block.proto) for block in at.get("popover"))
