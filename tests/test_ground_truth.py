"""The first guideline against what its article says, statement by statement, as figures: none of it is skipped without the article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from edgewise.graph.model import Comparison, Guideline, Statement
from edgewise.graph.pathway import comparisons
from edgewise.graph.reading.projection import guideline as project
from edgewise.graph.reading.read import read

ROOT = Path(__file__).parents[1]
TRUTH: dict[str, Any] = yaml.safe_load((ROOT / "tests" / "data" / "article-facts.yaml").read_text(encoding="utf-8"))
ROWS: list[dict[str, Any]] = TRUTH["statements"]
EACH = pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])


@cache
def si() -> Guideline:
    source = read(ROOT / "guidelines" / "sacroiliac-sclerosis" / "guideline.yaml")
    return project(source.graph, source.iri)


def statement(row: dict[str, Any]) -> Statement:
    return si().statements[row.get("statement") or row["id"]]


def place(passage: Any) -> list[Any]:
    where = passage.place
    return [part for part in (where.section, where.part, where.ordinal, where.sentence) if part]


def test_the_article_has_36_statements_and_45_citations_and_the_guideline_no_other():
    assert [row["id"] for row in ROWS] == list(si().statements)
    assert (len(ROWS), sum(len(row["markers"]) for row in ROWS)) == (36, 45)


@EACH
def test_a_statement_stands_where_the_article_has_it(row: dict[str, Any]):
    assert place(statement(row)) == row["place"]


@EACH
def test_a_statement_cites_the_markers_printed_behind_it_in_their_order(row: dict[str, Any]):
    assert [int(si().markers[citation.marker].printed) for citation in statement(row).citations] == row["markers"]


@EACH
def test_a_statement_keeps_the_fingerprint_of_its_sentence(row: dict[str, Any]):
    assert statement(row).fingerprint == row["fingerprint"]


@EACH
def test_a_statement_is_of_its_kind_and_keeps_every_figure(row: dict[str, Any]):
    assert statement(row).kind == row["kind"]
    missing = {str(figure) for figure in row["figures"]} - numbers(statement(row))
    assert not missing, f"{row['id']}: the text lacks {sorted(missing)}"


@EACH
def test_a_figure_that_stands_in_a_heading_alone_stands_in_that_heading_alone(row: dict[str, Any]):
    for heading, figures in row.get("headed", {}).items():
        told = {str(figure) for figure in figures}
        assert told <= numbers(si().headings[heading])
        assert not told & numbers(statement(row))


def numbers(passage: Statement) -> set[str]:
    return set(re.findall(r"\d+(?:\.\d+)?", passage.text))


def test_headings_that_carry_content_stand_in_their_places():
    kept = [{"id": heading.id, "place": place(heading), "fingerprint": heading.fingerprint} for heading in si().headings.values()]
    assert kept == TRUTH["headings"]


def test_ratings_are_those_printed_each_on_its_own_statement():
    def row(rating: Any) -> dict[str, Any]:
        modality = si().modalities[rating.modality]
        assert (rating.scale_min, rating.scale_max) == (1, 9)
        return {"statement": rating.statement, "method": modality.method, "region": modality.region, "score": rating.score}

    printed = [{key: value for key, value in one.items() if key != "alone"} for one in TRUTH["ratings"]]
    assert sorted((row(rating) for rating in si().ratings.values()), key=lambda one: one["statement"]) == printed


def test_a_rating_for_those_who_cannot_have_mri_has_a_situation_of_its_own():
    situations = Counter(rating.situation for rating in si().ratings.values())
    alone = {rating.statement for rating in si().ratings.values() if situations[rating.situation] == 1}
    assert alone == {row["statement"] for row in TRUTH["ratings"] if row.get("alone")}


def test_the_months_of_conservative_care_rest_on_the_heading_that_gives_them():
    (found,) = (one for one in every_comparison() if one.observable == "conservative-months")
    assert found.based_on == (TRUTH["months"]["heading"],)
    assert {sign: int(bound) for sign, bound in found.bounds} == TRUTH["months"]["bounds"]


def every_comparison() -> Iterator[Comparison]:
    for edge in si().transitions.values():
        yield from comparisons(edge.when) if edge.when else ()


def test_the_criteria_for_surgery_rest_on_the_heading_that_calls_them_mandatory():
    (edge,) = (edge for edge in si().transitions.values() if edge.target == "si-joint-fusion")
    assert edge.when is not None
    assert edge.when.based_on == ("heading-criteria",)
    assert "heading-step-4" in edge.justified_by


def test_thresholds_on_relief_by_blocks_are_those_printed():
    found = {
        id: (said.about, {sign: int(bound) for sign, bound in said.criterion.bounds}, said.criterion.times)
        for id, one in si().statements.items()
        for said in one.asserts
        if isinstance(said.criterion, Comparison) and said.criterion.observable == "block-relief"
    }
    assert list(found) == [row["statement"] for row in TRUTH["thresholds"]]
    for row in TRUTH["thresholds"]:
        about, bounds, times = found[row["statement"]]
        assert (about, bounds) == (row["before"], row["bounds"])
        assert times == (row["times"] or 2), "a plural without a number is read as two"


def test_an_unprinted_number_of_blocks_is_told_as_inferred():
    (row,) = (row for row in TRUTH["thresholds"] if not row["times"])
    edge = next(edge for edge in si().transitions.values() if edge.target == row["before"] and row["statement"] in edge.justified_by)
    assert "inferred" in edge.note


def test_outcomes_are_those_printed_with_their_follow_up():
    def figures(one: Statement) -> list[list[str]]:
        return [
            [f"{frame.operator} {frame.figure.normalize():f} {frame.unit}", frame.follow_up] for frame in one.outcomes if not frame.result
        ]

    found = {id: figures(one) for id, one in si().statements.items() if one.outcomes}
    assert found == {row["statement"]: row["figures"] for row in TRUTH["outcomes"]}


def test_a_comparison_without_a_figure_names_what_was_compared_with_what():
    compared = {
        id: {"result": frame.result, "technique": frame.technique, "comparator": frame.comparator}
        for id, one in si().statements.items()
        for frame in one.outcomes
        if frame.result
    }
    assert compared == {row.pop("statement"): row for row in map(dict, TRUTH["compared"])}


def test_references_are_those_printed_and_bear_what_editors_confirmed():
    cited = Counter(int(si().markers[citation.marker].printed) for one in si().statements.values() for citation in one.citations)
    for row, reference in zip(TRUTH["references"], si().references.values(), strict=True):
        assert (reference.position, reference.printed_kind, reference.year) == (row["position"], row["kind"], row["year"])
        assert cited[reference.position] == row["cited"]
        assert {one.scheme: one.value for one in reference.identifiers} == row.get("added", {})
        assert {one.stated_by for one in reference.identifiers} <= {"editor"}, "the article prints none"
    assert cited[TRUTH["lost"]["marker"]] == TRUTH["lost"]["cited"]


def test_the_lost_marker_stands_behind_its_statements_and_leads_nowhere():
    lost = TRUTH["lost"]
    assert [row["id"] for row in ROWS if lost["marker"] in row["markers"]] == lost["statements"]
    assert [marker.entry for marker in si().markers.values() if marker.printed == str(lost["marker"])] == [""]


def test_what_the_article_says_of_its_own_review_is_kept_on_both_sides_and_an_editor_says_that_they_disagree():
    (note,) = (note for note in si().notes.values() if set(TRUTH["contradiction"]) <= set(note.about))
    assert note.stated_by == "editor"


def test_that_no_liability_is_taken_is_said_wherever_the_guideline_is_shown():
    assert "liability" in si().disclaimer


def test_what_is_called_unproven_is_not_called_forbidden_by_the_source():
    (edge,) = (edge for edge in si().transitions.values() if edge.target == TRUTH["unproven"]["step"])
    assert (edge.role, edge.stated_by, edge.justified_by) == ("excluded", "modeller", (TRUTH["unproven"]["statement"],))
    assert "modeller" in edge.note


def test_the_statements_that_rest_on_the_publishers_own_entry_alone_are_those_on_imaging():
    entry = {marker.id for marker in si().markers.values() if marker.printed == str(TRUTH["alone"]["entry"])}
    alone = {one.id for one in si().statements.values() if {citation.marker for citation in one.citations} == entry}
    assert alone == {one.id for one in si().statements.values() if one.place.section in TRUTH["alone"]["sections"]}
    assert "imaging sections" in si().notes["note-own-publisher"].text


def test_date_and_review_are_those_printed():
    assert (si().updated, len(si().review_stages.split(", "))) == (str(TRUTH["updated"]), TRUTH["stages"])
    assert si().review_status == "pending"
