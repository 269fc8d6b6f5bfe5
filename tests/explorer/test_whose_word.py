"""Whose word it is, on every surface: a modeller's edge is marked in words and by a sign; what justifies it is cited for no condition."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from edgewise.citations.evidence.support import evidence
from edgewise.explorer.cards.step_and_edge import edge_body, edge_head, step_head
from edgewise.explorer.cards.walked_edges import reasons
from edgewise.explorer.cards.why import head as why_head
from edgewise.explorer.cards.why import in_short, ways_to_it
from edgewise.explorer.drawing.canvas import view_data
from edgewise.explorer.drawing.picture import highlight
from edgewise.explorer.environment import GUIDELINE
from edgewise.explorer.handout import text as paper
from edgewise.explorer.handout.html.document import standalone
from edgewise.explorer.pages.teach.composing.guideline_answer import answered
from edgewise.explorer.pages.teach.presenting.case import along
from edgewise.explorer.pages.teach.presenting.words import when
from edgewise.explorer.pages.teach.revealed_answer import deciding, named
from edgewise.graph.attribution import BEYOND, NO_PASSAGE, READING
from edgewise.graph.cases.model import Case, Stage, answer
from edgewise.graph.explaining.why import why
from edgewise.graph.library import load
from edgewise.graph.model import Guideline
from edgewise.graph.walking.facts import Facts, parse_facts
from edgewise.graph.walking.walk import walk
from tests.explorer.calls import run
from tests.explorer.drawn_pages import opened, text, words
from tests.places import ROOT

SEEN = "step 2, heading"
"""The place that justifies the modeller's edges in the copy below, and states no condition."""
IMAGE = {"radiographs": "sclerosis", "inflammatory-suspicion": "yes", "mri-possible": "yes"}
CLEAR, INFLAMED = {**IMAGE, "inflammation-on-imaging": "no"}, {**IMAGE, "inflammation-on-imaging": "yes"}
EDGE, CARE = "mri-si-joints-without-contrast-to-conservative-care", "conservative-care"
AFTER = {**CLEAR, "conservative-months": 4, "conservative-failed": "yes"}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first guideline with a heading that says nothing of imaging behind the modeller's edges to conservative care."""
    written = (ROOT / "guidelines/sacroiliac-sclerosis/guideline.yaml").read_text(encoding="utf-8")
    before, care = "when: {observable: inflammation-on-imaging, is: no}\n    justifiedBy: ", "[s1, s8]"
    assert written.count(before + care) == 3
    made = tmp_path_factory.mktemp("word") / "guideline.yaml"
    made.write_text(written.replace(before + care, before + "[heading-injections]"), encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def guideline(file: Path) -> Guideline:
    return load(str(file)).guideline


def address(facts: dict[str, str]) -> str:
    return " ".join(f"{id}~{value}" for id, value in facts.items())


# ---- the surfaces, each as the text that a reader gets ---------------------------------------------------------------

Surface = Callable[[Guideline, Facts], str]


def of_case(guideline: Guideline, facts: Facts) -> str:
    position = along(guideline, Case("c", "", "", (Stage("", facts),)), "1-answer")
    return text("".join((*position.head, *position.body)))


def revealed(guideline: Guideline, facts: Facts) -> str:
    walked, found = walk(guideline, facts), answer(guideline, facts)
    edges = deciding(guideline, walked, found, facts)
    return text(named(guideline, walked, found, facts) + "".join(reasons(guideline, choice) for choice in edges))


def asked_why(guideline: Guideline, facts: Facts) -> str:
    asked = why(guideline, CARE, facts)
    return text("".join((why_head(guideline, asked), in_short(guideline, asked), *ways_to_it(guideline, asked))))


def on_the_canvas(guideline: Guideline, facts: Facts) -> str:
    remarks = view_data(None, highlight(walk(guideline, facts)), (), None)["remarks"]
    return f"◇ {remarks[CARE]} {remarks[EDGE]}" if {CARE, EDGE} <= remarks.keys() else ""


FOR_A_PATIENT: dict[str, Surface] = {
    "the card of an edge": lambda guideline, facts: text(reasons(guideline, walk(guideline, facts).edges[EDGE])),
    "why": asked_why,
    "practise": revealed,
    "present": of_case,
    "compose": lambda guideline, facts: text(answered(guideline, facts)),
    "tooltips of the canvas": on_the_canvas,
}
"""Those that tell nothing of an edge but its conditions: what justifies it has no place there."""


def evidence_of_edge(guideline: Guideline, facts: Facts) -> str:
    edge = guideline.transitions[EDGE]
    return text(
        "".join((edge_head(guideline, edge), *edge_body(guideline, edge, evidence(guideline, EDGE), walk(guideline, facts).edges[EDGE])))
    )


def evidence_of_step(guideline: Guideline, facts: Facts) -> str:
    return text(step_head(guideline, guideline.steps[CARE], evidence(guideline, CARE), walk(guideline, facts).remark(CARE)))


def on_paper(guideline: Guideline, _: Facts) -> str:
    numbers = {id: number for number, id in enumerate(guideline.transitions, 1)}
    told = [edge for step in paper.steps(guideline, numbers, ()) for edge in step["edges"] if edge["number"] == str(numbers[EDGE])]
    return "".join(run[0] for edge in told for run in edge["runs"])


def in_one_file(guideline: Guideline, _: Facts) -> str:
    return text(standalone(guideline).partition(f'<article class="ew-part" id="{EDGE}">')[2].partition("</article>")[0])


OF_THE_GUIDELINE: dict[str, Surface] = {
    "evidence of the edge": evidence_of_edge,
    "evidence of the step": evidence_of_step,
    "the printed page": on_paper,
    "the file that stands alone": in_one_file,
    "a slide": lambda guideline, _: text("".join(when(guideline, guideline.transitions[EDGE]))),
}


@pytest.mark.parametrize("surface", [*FOR_A_PATIENT, *OF_THE_GUIDELINE])
def test_a_modellers_edge_is_marked_in_words_and_by_a_sign(surface: str, guideline: Guideline) -> None:
    told = {**FOR_A_PATIENT, **OF_THE_GUIDELINE}[surface](guideline, parse_facts(CLEAR, guideline))
    assert "◇" in told
    assert READING in told.lower() or NO_PASSAGE in told.lower()


@pytest.mark.parametrize("facts", [CLEAR, INFLAMED], ids=["clear", "inflamed"])
@pytest.mark.parametrize("surface", FOR_A_PATIENT)
def test_a_modellers_condition_is_not_cited_by_what_justifies_its_edge(surface: str, facts: dict[str, str], guideline: Guideline) -> None:
    assert SEEN not in FOR_A_PATIENT[surface](guideline, parse_facts(facts, guideline))


@pytest.mark.parametrize("surface", ["the card of an edge", "why", "practise", "present"])
def test_a_condition_without_a_passage_says_so_where_it_closes_an_edge(surface: str, guideline: Guideline) -> None:
    told = FOR_A_PATIENT[surface](guideline, parse_facts(INFLAMED, guideline))
    assert f"◇ {NO_PASSAGE}" in told


@pytest.mark.parametrize("surface", ["the printed page", "a slide"])
def test_where_an_edge_and_its_condition_stand_together_it_is_said_what_rests_on_what(surface: str, guideline: Guideline) -> None:
    before, place, _ = OF_THE_GUIDELINE[surface](guideline, {}).replace("\u00a0", " ").partition(SEEN)
    assert place
    assert before.rstrip().removesuffix(":").endswith("The edge rests on")


# ---- the command -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [("walk",), ("why", CARE)])
def test_the_command_marks_it_in_text(command: tuple[str, ...], file: Path) -> None:
    name, *rest = command
    told = run(name, str(file), *rest, "--facts", "-", given=json.dumps(CLEAR)).stdout
    assert f"({CARE}) (◇ {READING})" in told or f"{CARE}: Conservative care for 3–6 months (◇ {READING})" in told
    told = run(name, str(file), *rest, "--facts", "-", given=json.dumps(INFLAMED)).stdout
    assert f"◇ {NO_PASSAGE}" in told
    for line in told.splitlines():
        assert SEEN not in line or "the edge rests on" in line


def test_the_command_says_in_json_whose_word_each_condition_is(file: Path) -> None:
    walked = json.loads(run("walk", str(file), "--facts", "-", "--json", given=json.dumps(CLEAR)).stdout)
    (open_,) = walked["open"]
    assert (walked["inferred"], open_["statedBy"], open_["whose"], open_["justifiedBy"]) == (
        ["mri-si-joints-without-contrast", CARE],
        "modeller",
        "modeller",
        ["heading-injections"],
    )
    assert [(one["statedBy"], one["basedOn"]) for one in open_["conditions"]] == [("modeller", [])]
    asked = json.loads(run("why", str(file), CARE, "--facts", "-", "--json", given=json.dumps(INFLAMED)).stdout)
    need = next(need for change in asked["changes"] for need in change["needs"] if need["observable"] == "inflammation-on-imaging")
    assert (need["statedBy"], need["basedOn"], need["remark"]) == ("modeller", [], NO_PASSAGE)
    shown = json.loads(run("show", str(file), "--json").stdout)
    edge = next(edge for edge in shown["edges"] if edge["id"] == EDGE)
    assert [one["statedBy"] for one in edge["conditions"]] == ["modeller"]
    behind = json.loads(run("evidence", str(file), EDGE, "--json").stdout)
    assert behind["conditions"] == edge["conditions"]
    rows = json.loads(run("gaps", str(file), "--json").stdout)["rows"]
    row = next(row for row in rows if row["kind"] == "gap" and row["step"] == "mri-si-joints-without-contrast")
    assert (row["statedBy"], row["statements"]) == ("modeller", [])


# ---- the pages -------------------------------------------------------------------------------------------------------


def test_the_pathway_page_marks_the_step_that_is_due(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(GUIDELINE, str(file))
    at = opened(facts=address(CLEAR))
    told = words(at)
    assert f"Conservative care for 3–6 months ◇ {READING}" in told
    assert f"Due now: ◇ Conservative care, 3–6 months ({READING})" in told, "where the panel lies below the drawing"
    crumbs = next(one for one in at.get("button_group") if one.key == "way")
    assert [option.content for option in crumbs.proto.options][-1].replace("\\", "") == f"◇ Conservative care, 3–6 months ({READING})"
    assert BEYOND not in told
    rows = {button.key: button.label for button in opened(facts=address(CLEAR), find="*").button}
    assert f"◇ {READING}" in rows[f"row:{CARE}"]
    assert "◇" in rows[f"row:{EDGE}"]


def test_what_lies_beyond_says_so_once(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(GUIDELINE, str(file))
    told = words(opened(facts=address(AFTER)))
    assert f"Diagnostic SI joint injections under fluoroscopy ◇ {BEYOND}" in told


@pytest.mark.parametrize("panel", [{"vary": "inflammation-on-imaging"}, {"gaps": "all"}, {"why": CARE}, {}])
def test_no_panel_cites_a_modellers_condition_by_what_justifies_its_edge(
    panel: dict[str, str], file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(GUIDELINE, str(file))
    told = words(opened(facts=address(INFLAMED), **panel))
    assert f"◇ {NO_PASSAGE}" in told
    assert SEEN not in told
