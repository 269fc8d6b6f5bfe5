"""How far the evidence of an edge or a step holds."""

from dataclasses import replace

import pytest

from edgewise.citations.evidence.support import evidence, states
from edgewise.graph.library import load
from edgewise.graph.model import Citation, Guideline, Marker, Place, Reference, Statement, Step, Transition
from edgewise.ontology.errors import UnknownName

REFERENCES = {
    "r1": Reference("r1", 1, "Own summary", 2025, tier="tertiary", own_publisher=True),
    "r2": Reference("r2", 2, "Another summary", 2025, tier="tertiary"),
    "r3": Reference("r3", 3, "A trial", 2013),
}
MARKERS = {"m1": Marker("m1", "1", "r1"), "m2": Marker("m2", "2", "r2"), "m3": Marker("m3", "3", "r3"), "m9": Marker("m9", "9")}


def state_of(*markers, stated_by="source", statements=True):
    citations = tuple(Citation(f"s/citations/{n}", marker) for n, marker in enumerate(markers, 1))
    statement = Statement("s", "recommendation", "Rest.", Place("summary"), "sha256:" + "0" * 64, citations)
    transition = Transition("t", "a", "b", "next", stated_by, justified_by=("s",) if statements else ())
    guideline = Guideline(
        "g", "urn:g", "", "", "", "", "", "", "", "",
        steps={id: Step(id, "Treatment", id, "", "p", described_by=("s",)) for id in "ab"},
        transitions={"t": transition}, statements={"s": statement}, markers=MARKERS, references=REFERENCES,
    )  # fmt: skip
    return evidence(guideline, "t")


@pytest.mark.parametrize(
    ("markers", "state"),
    [
        (["m1"], "weak"),
        (["m1", "m2"], "weak"),
        (["m3"], "weak"),
        (["m2", "m3"], "supported"),
        (["m2", "m3", "m9"], "broken"),
        ([], "uncited"),
    ],
)
def test_the_state_follows_from_the_references_behind_the_statements(markers, state):
    assert state_of(*markers).state == state


def test_what_the_modeller_inferred_says_so_whatever_stands_behind_it():
    found = state_of("m2", "m3", stated_by="modeller")
    assert found.state == "inferred"
    assert "not stated by the source" in found.reasons[0]


def test_an_edge_without_statements_is_uncited():
    assert state_of("m1", statements=False).state == "uncited"


def test_every_weakness_is_named_not_only_the_worst():
    assert state_of("m1", "m9").reasons == (
        "marker 9 points to no entry of the reference list",
        "rests on one source alone",
        "rests on tertiary summaries alone",
        "its only source was issued by the article's own publisher",
    )


@pytest.fixture(scope="module")
def guideline():
    return load("sacroiliac-sclerosis").guideline


def test_the_first_guideline_has_every_edge_in_its_true_state(guideline):
    by_state = {}
    for id, state in states(guideline).items():
        by_state.setdefault(state, set()).add(id)
    inferred = {id for id, edge in guideline.transitions.items() if edge.stated_by == "modeller"}
    assert by_state["inferred"] == inferred
    assert by_state["broken"] == {"cooled-rfa-to-si-joint-fusion"}
    assert by_state["supported"] == {"conservative-care-to-diagnostic-injections"}
    assert set(by_state) == {"inferred", "broken", "supported", "weak"}


def test_mending_the_marker_mends_the_edge(guideline):
    mended = replace(guideline, markers={**guideline.markers, "marker-7": replace(guideline.markers["marker-7"], entry="reference-6")})
    assert states(mended)["cooled-rfa-to-si-joint-fusion"] == "supported"


def test_the_evidence_of_a_rated_image_includes_its_rating_and_statement(guideline):
    found = evidence(guideline, "ct-si-joints-without-contrast")
    assert [rating.score for rating in found.ratings] == [7]
    assert "s6" in [support.statement.id for support in found.supports]


def test_an_unknown_id_is_refused_with_the_nearest_known(guideline):
    with pytest.raises(UnknownName, match="did you mean 'cooled-rfa'"):
        evidence(guideline, "cooled-rfb")
