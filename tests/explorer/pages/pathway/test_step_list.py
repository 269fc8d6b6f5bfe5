"""The list of steps and edges, and what is found in it: what an address shows, and where each row leads."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from edgewise.graph.library import load
from tests.explorer.drawn_pages import address, drawn, opened, words

GUIDELINE = load("sacroiliac-sclerosis").guideline
FACTS = "radiographs~sclerosis inflammatory-suspicion~no"


def rows(at: AppTest) -> dict[str, str]:
    """Key of each row without its kind → its words."""
    found = [(button.key or "", button.label) for button in at.button if re.match(r"(row|passage|reference):", button.key or "")]
    return {key.partition(":")[2]: re.sub(r"[\\*]", "", label) for key, label in found}


def test_every_step_and_edge_is_listed_with_its_kind_phase_rating_condition_and_state() -> None:
    at = opened(find="*", facts=FACTS)
    listed, page = rows(at), words(at)
    assert set(listed) == {*GUIDELINE.steps, *GUIDELINE.transitions}
    assert listed["xray-si-joints"] == "X-ray of the sacroiliac joints ✓ done"
    assert listed["conservative-care"] == "Conservative care for 3–6 months ✓ due now ◇ modeller's reading"
    assert listed["mri-si-joints-without-contrast"].endswith("✗ closed")
    assert listed["cooled-rfa"].endswith("… further ahead")
    assert listed["conservative-care-to-diagnostic-injections"].startswith("Diagnostic SI joint injections: failed after 3–6 months")
    assert "Steps and edges" in page
    assert [phase.label for phase in GUIDELINE.phases.values() if phase.label not in page] == []
    assert "★ rated 8/9" in page


def test_what_the_modeller_inferred_is_marked_in_the_list() -> None:
    listed = rows(opened(find="*"))
    marked = {id for id, label in listed.items() if "◇" in label}
    assert marked == {edge.id for edge in GUIDELINE.transitions.values() if edge.stated_by == "modeller"}


def test_kinds_are_told_by_icon_and_word() -> None:
    at = opened(find="*")
    icons = {button.key: button.icon for button in at.button}
    assert len({icons[f"row:{step.id}"] for step in GUIDELINE.steps.values()}) == len({step.kind for step in GUIDELINE.steps.values()})
    assert [kind for kind in ("presentation", "investigation", "treatment", "endpoint") if kind not in words(at)] == []


def test_what_is_typed_is_looked_for_and_the_mri_steps_name_stir_first() -> None:
    at = opened()
    at.text_input(key="look-up").set_value("stir")
    assert address(drawn(at), "find") == "stir"
    assert list(rows(at)) == ["mri-si-joints-without-contrast", "mri-si-joints-with-and-without-contrast", "s7"]
    page = words(at)
    assert "5 hits for “stir”" in page
    assert page.index("Steps") < page.index("Terms") < page.index("What the source says")
    assert "Short tau inversion recovery" in page
    assert "An editor's words" in page


@pytest.mark.parametrize(
    ("asked", "row", "params"),
    [
        ("stir", "row:mri-si-joints-without-contrast", {"sel": "mri-si-joints-without-contrast", "page": ""}),
        ("blocks relief", "row:diagnostic-injections-to-cooled-rfa", {"sel": "diagnostic-injections-to-cooled-rfa", "page": ""}),
        ("stir", "passage:s7", {"statement": "s7", "page": "evidence"}),
        ("guideline topic overview", "reference:reference-1", {"ref": "reference-1", "page": "evidence"}),
    ],
)
def test_each_row_leads_to_what_it_names_and_the_facts_stay(asked: str, row: str, params: dict[str, str]) -> None:
    at = opened(find=asked, facts=FACTS)
    at.button(key=row).click()
    drawn(at)
    assert {key: address(at, key) for key in params} == params
    assert address(at, "facts") == FACTS


def test_nothing_found_is_said_and_the_way_back_is_there() -> None:
    at = opened(find="zebra")
    assert "Nothing here has “zebra”" in words(at)
    at.button(key="list").click()
    assert address(drawn(at), "find") == ""
    assert "Due now" in words(at)


def test_an_emptied_field_leads_back_to_the_drawing() -> None:
    at = opened(find="stir")
    at.text_input(key="look-up").set_value("")
    assert address(drawn(at), "find") == ""
    assert "Due now" in words(at)


def test_a_hostile_question_is_shown_as_text() -> None:
    at = opened(find='<img src=x onerror=alert(1)> " OR *')
    assert "<img src=x" in words(at)
    assert not at.exception


def test_terms_of_a_question_are_offered_beside_it() -> None:
    at = opened(facts=f"{FACTS} conservative-months~6 conservative-failed~yes")
    assert "What is meant by diagnostic block ?" in words(at).replace("block?", "block ?")
