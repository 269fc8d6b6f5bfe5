"""What falls if a reference falls, and how many studies stand behind an edge."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edgewise.citations.evidence.impact import criteria, find_references, impact, studies, without
from edgewise.citations.evidence.studies import count, twins, works
from edgewise.citations.evidence.support import evidence
from edgewise.graph.durations import duration
from edgewise.graph.library import load
from edgewise.graph.model import (
    Alternative,
    Bundle,
    Candidate,
    Comparison,
    Component,
    Dose,
    Identifier,
    Observable,
    Reference,
)
from edgewise.ontology.errors import UnknownName
from tests.citations.evidence.pathways import MARKERS, REFERENCES, pathway, statement

GONE = st.sets(st.sampled_from(sorted(REFERENCES)))


# What falls -------------------------------------------------------------------------------------------------------------------


def test_what_rests_on_one_reference_falls_and_what_has_two_gets_weak_and_what_has_three_gets_thinner():
    guideline = pathway(("a", "b", ("m1",)), ("b", "c", ("m1", "m2")), ("c", "d", ("m1", "m2", "m3")), ("d", "e", ("m2",)))
    found = impact(guideline, ["r1"])
    assert [change.id for change in found.fallen] == ["s1", "t1"]
    assert [change.id for change in found.weakened] == ["s2", "t2"]
    assert [change.id for change in found.thinned] == ["s3", "t3"]
    assert (found.edges[0].before, found.edges[0].after, found.edges[0].left) == ("weak", "uncited", ())
    assert (len(found.edges[2].studies_before), len(found.edges[2].studies_after)) == (3, 2)


def test_two_references_can_fall_together_what_neither_fells_alone():
    guideline = pathway(("a", "b", ("m1", "m2")))
    assert not impact(guideline, ["r1"]).fallen
    assert not impact(guideline, ["r2"]).fallen
    assert [change.id for change in impact(guideline, ["r1", "r2"]).fallen] == ["s1", "t1"]


def test_an_edge_with_a_broken_marker_loses_all_support_when_its_one_entry_falls():
    (edge,) = impact(pathway(("a", "b", ("m1", "m9"))), ["r1"]).edges
    assert (edge.before, edge.after, edge.falls) == ("broken", "broken", True)


def test_steps_fall_with_what_describes_them():
    guideline = pathway(("a", "b", ("m2",)), statements={"x": statement("x", "m1")})
    described = replace(guideline, steps={**guideline.steps, "b": replace(guideline.steps["b"], described_by=("x",))})
    found = impact(described, ["r1"])
    assert [(change.id, change.what, change.falls) for change in found.changes] == [("x", "statement", True), ("b", "step", True)]


def test_a_reference_that_nothing_cites_fells_nothing():
    assert impact(pathway(("a", "b", ("m1",))), ["r4"]).changes == ()


def test_a_second_entry_for_the_same_work_is_named():
    references = REFERENCES | {"r4": replace(REFERENCES["r1"], id="r4", position=4, title="TRIAL 1.")}
    found = impact(pathway(("a", "b", ("m1", "m4")), references=references), ["r1"])
    assert found.twins == ("r4",)
    assert impact(pathway(("a", "b", ("m1", "m4")), references=references), ["r1", "r4"]).twins == ()


def test_references_are_found_by_id_iri_and_position_each_once_in_the_order_of_the_list():
    guideline = pathway(("a", "b", ("m1",)))
    assert find_references(guideline, ["3", "r1", "urn:edgewise:g/r1", " r3 "]) == ("r1", "r3")
    with pytest.raises(UnknownName, match="unknown reference 'r9'"):
        find_references(guideline, ["r1", "r9"])


def test_a_position_that_two_entries_share_must_be_named_by_id():
    references = {"x": Reference("x", 1, "X", 2000), "y": Reference("y", 1, "Y", 2000)}
    guideline = replace(pathway(), references=references)
    with pytest.raises(UnknownName, match="known are x, y"):
        find_references(guideline, ["1"])


def test_in_the_first_guideline_the_imaging_edges_fall_with_reference_one_alone():
    found = impact(load("sacroiliac-sclerosis").guideline, ["1"])
    fallen = {change.id for change in found.fallen if change.what == "edge"}
    assert fallen == {
        "xray-si-joints-to-mri-si-joints-without-contrast",
        "xray-si-joints-to-mri-si-joints-with-and-without-contrast",
        "xray-si-joints-to-ct-si-joints-without-contrast",
    }
    assert all(change.after == "uncited" for change in found.edges if change.id in fallen)


def test_the_criteria_of_an_edge_are_judged_one_by_one():
    """With 2 and 4 gone fusion keeps entries 3 and 6, yet four of the six things it asks for have lost every passage."""
    guideline = load("sacroiliac-sclerosis").guideline
    found = impact(guideline, ["2", "4"])
    edge = "cooled-rfa-to-si-joint-fusion"
    assert next(change for change in found.edges if change.id == edge).left == ("reference-3", "reference-6")
    assert [change.label for change in found.unfounded(edge)] == [
        "two or more blocks with at least 70 % relief",
        "one or more blocks with more than 70 % relief",
        "hip and spine excluded as main source",
        "course of treatment documented",
    ]
    assert len(criteria(guideline, edge)) == 6
    kept = {change.label: change.left for change in found.criteria[edge] if not change.falls}
    assert kept == {"conservative care failed": ("reference-3",)}


def test_a_criterion_that_rests_on_no_reference_loses_none():
    """The months stand in a heading, which bears no marker."""
    guideline = load("sacroiliac-sclerosis").guideline
    lost = impact(guideline, guideline.references).criteria["conservative-care-to-diagnostic-injections"]
    assert [change.label for change in lost] == ["conservative care failed"]


def test_an_edge_without_condition_has_no_criteria_to_lose():
    found = impact(pathway(("a", "b", ("m1",))), ["r1"])
    assert (found.criteria, found.unfounded("t1")) == ({}, ())


# What else rests on passages ---------------------------------------------------------------------------------------------------


def no(id, passage):
    return Comparison(id, "o", answer="no", based_on=(passage,))


def with_constructs(*passages):
    """A guideline of which bundle, alternative, preference, contraindication, scope, time and dose rest on one passage each, in order."""
    bundle, alternative, preference, against, scope, time, dose = passages
    components = (Component("b/c", "Drug", doses=(Dose("b/c/d", Decimal(1), "mg", based_on=(dose,)),)),)
    within = duration("1 h")
    base = pathway(("a", "b", ()), ("a", "c", ()), statements={f"x{n}": statement(f"x{n}", f"m{n}") for n in range(1, 5)})
    b = replace(base.steps["b"], components=components, within=within, timed_by=(time,), contraindications=(no("b/against", against),))
    choose = (Candidate("e/1", "b", rank=1, based_on=(preference,)), Candidate("e/2", "c", based_on=(alternative,)))
    return replace(
        base,
        steps={**base.steps, "b": b},
        observables={"o": Observable("o", "Odd", "?", "yes-no")},
        bundles={"u": Bundle("u", "At once", ("b", "c"), based_on=(bundle,))},
        alternatives={"e": Alternative("e", "Either", choose, based_on=(alternative,))},
        applies_to=no("scope", scope),
    )


ORDER = ["bundle", "alternative", "preference", "contraindication", "scope", "time", "dose"]


@pytest.mark.parametrize("which", range(7), ids=ORDER)
def test_what_falls_with_the_passage_of_a_construct_is_that_construct_alone(which):
    found = impact(with_constructs(*("x2" if n == which else "x1" for n in range(7))), ["r2"])
    (change,) = found.constructs
    assert (change.what, change.falls, change.before, change.after) == (ORDER[which], True, "weak", "uncited")
    assert change in found.fallen
    assert change in found.changes


def test_all_constructs_are_told_by_kind_and_in_words():
    told = [change.label for change in impact(with_constructs(*["x1"] * 7), ["r1"]).constructs]
    assert told == [
        "At once: b, c", "Either: b or c", "Either: b preferred", "b is ruled out by: Odd: no", "Odd: no",
        "b: within 1 h of a", "b, Drug: 1 mg",
    ]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["x1", "x2", "x3", "x4"]), min_size=7, max_size=7), GONE, GONE)
def test_a_construct_loses_exactly_what_its_own_passages_cite_and_never_less_with_more_gone(passages, gone, more):
    guideline = with_constructs(*passages)
    cited = dict(zip(ORDER, ({f"r{id[1:]}"} for id in passages), strict=True))
    found = {change.what: change for change in impact(guideline, gone).constructs}
    assert {kind: set(change.lost) for kind, change in found.items()} == {kind: held for kind, held in cited.items() if held & gone}
    assert found.keys() <= {change.what for change in impact(guideline, gone | more).constructs if change.falls}


def test_what_no_passage_states_cannot_fall():
    guideline = pathway(("a", "b", ("m1",)))
    mine = replace(guideline, bundles={"u": Bundle("u", "At once", ("a", "b"))}, applies_to=Comparison("c", "o", answer="no"))
    assert impact(replace(mine, observables={"o": Observable("o", "Odd", "?", "yes-no")}), ["r1"]).constructs == ()


MARKED = st.lists(st.sampled_from(sorted(MARKERS)), max_size=4, unique=True).map(tuple)


@settings(max_examples=80, deadline=None)
@given(st.lists(MARKED, min_size=1, max_size=5), GONE, GONE)
def test_impact_tells_all_that_changes_and_more_references_never_fell_less(marked, gone, more):
    guideline = pathway(*(("a", f"b{n}", markers) for n, markers in enumerate(marked)))
    found = impact(guideline, gone)
    for id in guideline.transitions:
        cited = {reference.id for reference in evidence(guideline, id).references}
        change = next((change for change in found.edges if change.id == id), None)
        assert (change is not None) == bool(cited & gone)
        if change:
            assert (set(change.lost), set(change.left)) == (cited & gone, cited - gone)
            assert change.falls == (cited <= gone)
            assert change.after == evidence(without(guideline, gone), id).state
    assert {change.id for change in found.fallen} <= {change.id for change in impact(guideline, gone | more).fallen}
    assert without(without(guideline, gone), more) == without(guideline, gone | more)


# Studies -----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "counted"),
    [
        ({}, ("x", "y")),
        ({"tier": "tertiary"}, ("x",)),
        ({"tier": "review"}, ("x", "y")),
        ({"tier": ""}, ("x", "y")),
        ({"tier": "guideline", "own_publisher": True}, ("x",)),
        ({"tier": "", "own_publisher": True}, ("x",)),
        ({"tier": "primary", "own_publisher": True}, ("x", "y")),
        ({"title": "  HIPS – a trial "}, ("x",)),
        ({"title": "Hips: two trials"}, ("x", "y")),
        ({"identifiers": (Identifier("doi", "https://doi.org/10.1000/ABC", "editor", True),)}, ("x",)),
        ({"identifiers": (Identifier("doi", "10.1000/abd", "editor", True),)}, ("x", "y")),
        ({"identifiers": (Identifier("pmid", "PMID: 0012", "editor", True),)}, ("x",)),
        ({"identifiers": (Identifier("url", "10.1000/abc", "editor", True),)}, ("x", "y")),
        ({"title": "???"}, ("x", "y")),
    ],
)
def test_summaries_and_repeated_works_are_no_further_studies(changes, counted):
    marks = (Identifier("doi", "10.1000/abc", "source", True), Identifier("pmid", "12", "source", True))
    first = Reference("x", 1, "Hips: a trial", 2020, tier="primary", identifiers=marks)
    second = replace(Reference("y", 2, "Knees", 2021, tier="primary"), **changes)
    assert count([second, first], works([first, second])).counted == counted


def test_two_entries_are_one_work_by_way_of_a_third():
    one = Reference("x", 1, "Hips", 2020)
    bridge = Reference("y", 2, "hips", 2020, identifiers=(Identifier("doi", "10.1/a", "editor", True),))
    two = Reference("z", 3, "Hips, reprinted", 2020, identifiers=(Identifier("doi", "doi:10.1/A", "editor", True),))
    known = works([one, bridge, two])
    assert count([one, two], known).counted == ("x",)
    assert twins({"x": one, "y": bridge, "z": two}, ["z"]) == ("x", "y")


def test_a_title_without_letters_is_nobodys_double():
    pair = [Reference("x", 1, "?", 2020), Reference("y", 2, "!", 2020)]
    assert len(count(pair, works(pair))) == 2


def test_every_edge_of_the_first_guideline_has_its_count():
    guideline = load("sacroiliac-sclerosis").guideline
    found = studies(guideline)
    assert set(found) == set(guideline.transitions)
    assert len(found["presentation-to-xray-si-joints"]) == 0, "references 1 to 3 are summaries"
    assert found["cooled-rfa-to-si-joint-fusion"].counted == ("reference-4", "reference-6")
