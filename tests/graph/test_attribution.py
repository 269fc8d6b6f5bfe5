"""No condition is ever cited by what justifies its edge: a law over everything that explains a walk."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edgewise.graph.attribution import NO_PASSAGE, inferred, mark
from edgewise.graph.explaining.what_if import vary
from edgewise.graph.explaining.why import why
from edgewise.graph.gaps.search import find_gaps
from edgewise.graph.library import load
from edgewise.graph.model import Comparison, Guideline
from edgewise.graph.pathway import Pathway, comparisons
from edgewise.graph.reading.projection import guideline as projected
from edgewise.graph.reading.read import read_text
from edgewise.graph.walking.conflicts import read_into
from edgewise.graph.walking.walk import walk
from tests.graph.attributed import OF_EDGES, attributed
from tests.graph.small_guidelines import patients
from tests.places import DATA

SMALL = (DATA / "small.yaml").read_text(encoding="utf-8")


def bases(guideline: Guideline) -> dict[str, set[str]]:
    """By observable, the passages of any condition on it, or of what passages themselves ask about it."""
    found: dict[str, set[str]] = {id: set() for id in guideline.observables}
    for edge in guideline.transitions.values():
        for one in comparisons(edge.when) if edge.when else ():
            found[one.observable] |= set(one.based_on)
    for passage in Pathway.of(guideline).passages.values():
        for assertion in passage.asserts:
            for one in comparisons(assertion.criterion):
                found[one.observable].add(passage.id)
    return found


@given(attributed(), st.data())
@settings(max_examples=60)
def test_what_explains_a_walk_cites_for_a_condition_its_own_passages_alone(guideline, data):
    facts = data.draw(st.sampled_from([facts for _, facts in patients(guideline)]))
    own = bases(guideline)
    for choice in walk(guideline, facts).edges.values():
        for change in choice.nearest:
            assert set(change.based_on) <= own[change.observable]
            assert change.based_on or change.stated_by == "modeller"
    for step in guideline.steps:
        for opening in why(guideline, step, facts).changes:
            for need in opening.needs:
                assert set(need.based_on) <= own[need.observable]
    for id in guideline.observables:
        for run in vary(guideline, facts, id):
            assert set(run.statements) <= own[id]


@given(attributed())
@settings(max_examples=40)
def test_a_gap_is_cited_by_the_conditions_concerned_and_by_an_edge_only_where_that_has_none(guideline):
    for row in find_gaps(guideline).rows:
        unconditional = {id for edge in row.edges if (one := guideline.transitions[edge]).when is None for id in one.justified_by}
        assert {id for id in row.statements if id.startswith(OF_EDGES)} <= unconditional


@pytest.mark.parametrize("file", ["first", "small"])
def test_each_comparison_of_a_guideline_here_rests_on_passages_of_its_own_or_is_told_as_the_modellers(file):
    guideline = load("sacroiliac-sclerosis" if file == "first" else str(DATA / "small.yaml")).guideline
    own = bases(guideline)
    for step in guideline.steps:
        for opening in why(guideline, step, {}).changes:
            for need in opening.needs:
                assert set(need.based_on) <= own[need.observable]
                assert need.based_on or need.remark == NO_PASSAGE


# ---- as it is written ------------------------------------------------------------------------------------------------


def read(text: str) -> Guideline:
    source = read_text(text, "g.yaml", "yaml")
    return projected(source.graph, source.iri)


def test_the_passage_of_a_group_covers_its_parts_and_that_of_a_part_goes_before():
    crack = "    - {observable: crack, is: yes}\n"
    guideline = read(SMALL.replace(crack, crack.replace("is: yes", "is: yes, basedOn: h-look")))
    found = {one.observable: one.based_on for one in comparisons(guideline.transitions["t-boot"].when)}
    assert found == {"crack": ("h-look",), "widening": ("s-boot",), "side": ("s-boot",)}


def test_what_a_passage_asserts_rests_on_that_passage():
    (assertion,) = read(SMALL).statements["s-boot"].asserts
    assert assertion.criterion.based_on == ("s-boot",)


def test_whose_word_a_group_is_covers_the_parts_that_have_no_passage():
    text = SMALL.replace("    basedOn: s-boot\n    any:", "    statedBy: modeller\n    any:")
    assert {one.stated_by for one in comparisons(read(text).transitions["t-boot"].when)} == {"modeller"}


def test_values_that_the_modeller_inferred_are_marked_one_by_one():
    guideline = read(SMALL)
    wide = next(one for one in comparisons(guideline.transitions["t-boot"].when) if one.observable == "widening")
    assert (mark(wide, "times"), mark(wide, "moreThan")) == (" (modeller's reading)", "")
    film = guideline.modalities["plain-film"]
    assert inferred(film) == "contrast and region: modeller's reading"
    assert inferred(replace(film, inferred=())) == ""


def test_a_need_tells_which_of_its_values_are_the_modellers():
    guideline = load("sacroiliac-sclerosis").guideline
    edge = guideline.transitions["diagnostic-injections-to-cooled-rfa"]
    (one,) = comparisons(edge.when)
    assert isinstance(one, Comparison)
    guideline = replace(guideline, transitions={**guideline.transitions, edge.id: replace(edge, when=replace(one, inferred=("times",)))})
    asked = why(guideline, "cooled-rfa", {"radiographs": "sclerosis", "inflammatory-suspicion": "no"})
    relief = next(need for need in asked.changes[0].needs if need.observable == "block-relief")
    assert (relief.based_on, relief.remark) == (("s21",), "2: modeller's reading")


def test_what_was_read_into_a_passage_is_told_where_it_disagrees_with_others():
    guideline = load("sacroiliac-sclerosis").guideline
    (said,) = guideline.statements["s32"].asserts
    read_so = replace(said, criterion=replace(said.criterion, inferred=("times",)))
    guideline = replace(guideline, statements={**guideline.statements, "s32": replace(guideline.statements["s32"], asserts=(read_so,))})
    assert (read_into(guideline, "si-joint-fusion", "s32"), read_into(guideline, "si-joint-fusion", "s25")) == ("2: modeller's reading", "")
    rows = [row for row in find_gaps(guideline).rows if row.kind == "disagreement" and "s32" in row.statements]
    assert rows
    assert {row.remark for row in rows} == {"pitfalls, bullet 1, sentence 1 (2: modeller's reading)"}
