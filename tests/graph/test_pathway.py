"""The pathway: made once for each guideline, the same as looking through all its edges, and never carried along."""

import copy
import pickle
from dataclasses import asdict, fields, replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edgewise.graph.gaps.search import find_gaps
from edgewise.graph.library import load
from edgewise.graph.model import Assertion, Comparison, Observable, Place, Statement
from edgewise.graph.pathway import OFFERED, Pathway
from edgewise.graph.walking.walk import walk
from tests.graph.by_hand import edge, made, step
from tests.graph.small_guidelines import guidelines


@pytest.fixture(scope="module")
def guideline():
    return load("sacroiliac-sclerosis").guideline


@settings(deadline=None)
@given(guideline=guidelines(passages=True), roles=st.sampled_from([(), ("route",), OFFERED, ("excluded",)]))
def test_edges_and_finders_are_those_one_finds_by_looking_through_everything(guideline, roles):
    pathway, edges = Pathway.of(guideline), [t for t in guideline.transitions.values() if not roles or t.role in roles]
    assert list(pathway.edges(*roles)) == edges
    for id in guideline.steps:
        assert list(pathway.out_of(id, *roles)) == [edge for edge in edges if edge.source == id]
        assert list(pathway.into(id, *roles)) == [edge for edge in edges if edge.target == id]
    for id in guideline.observables:
        assert list(pathway.finders(id)) == [step for step in guideline.steps.values() if id in step.yields]
    assert [(edge.source, edge.target, edge.id) for edge in sorted(edges, key=lambda edge: edge.id)] == sorted(
        pathway.network(*roles).edges(keys=True), key=lambda edge: edge[2]
    )


def test_a_network_that_everybody_shares_cannot_be_changed(guideline):
    with pytest.raises(Exception, match="Frozen graph"):
        Pathway.of(guideline).network().add_node("another")


def test_it_is_made_once_and_anew_for_a_guideline_that_was_altered(guideline):
    assert Pathway.of(guideline) is Pathway.of(guideline)
    fewer = replace(guideline, transitions={})
    assert Pathway.of(fewer) is not Pathway.of(guideline)
    assert not Pathway.of(fewer).edges()


def test_no_copy_no_comparison_and_nothing_that_is_kept_carries_it():
    loaded, fresh = load("sacroiliac-sclerosis").guideline, load("sacroiliac-sclerosis").guideline
    bare = pickle.dumps(fresh)
    walk(loaded, {})
    assert loaded == fresh
    assert repr(loaded) == repr(fresh)
    assert pickle.dumps(loaded) == bare
    for other in (copy.copy(loaded), copy.deepcopy(loaded), pickle.loads(bare)):
        assert other == loaded
        assert other.remembered() is None
    assert asdict(loaded).keys() == {field.name for field in fields(loaded)}


def test_an_unknown_step_has_no_edges_and_an_unknown_answer_no_finder(guideline):
    pathway = Pathway.of(guideline)
    assert (pathway.out_of("nowhere"), pathway.into("nowhere"), pathway.finders("nothing")) == ((), (), ())


def test_all_that_one_passage_says_of_a_step_is_heard_together():
    relief = Observable("relief", "Relief", "?", "quantity", unit="%", minimum=Decimal(0), maximum=Decimal(100))

    def asks(sign, number):
        return Assertion("end", Comparison("c", "relief", bounds=((sign, Decimal(number)),), unit="%"))

    band = Statement("band", "criterion", "", Place("one"), "", asserts=(asks("≥", 70), asks("≤", 90)))
    least = Statement("least", "criterion", "", Place("two"), "", asserts=(asks("≥", 50),))
    steps = [step("start", "Presentation"), step("block", yields=("relief",)), step("end", "Endpoint", endpoint="discharge")]
    guideline = made(steps, [edge("start", "block"), edge("block", "end", asks("≥", 0).criterion)], [relief], [band, least])
    for number, disagree in ((25, False), (50, True), (60, True), (70, False), (90, False), (91, True)):
        conflicts = walk(guideline, {"relief": Decimal(number)}).conflicts
        assert [(one.met, one.unmet) for one in conflicts] == ([(("least",), ("band",))] if disagree else [])
    (row,) = (row for row in find_gaps(guideline).rows if row.kind == "disagreement")
    assert (row.situation, row.met, row.unmet) == ("Relief: 50 % to less than 70 %; or more than 90 %", ("least",), ("band",))
