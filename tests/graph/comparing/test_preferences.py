"""Who is told otherwise which of several steps to choose: exactly those of whom the walks of everybody say so."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from edgewise.graph.comparing.alternatives import paired
from edgewise.graph.comparing.comparison import compare
from edgewise.graph.comparing.pathways import places_told
from edgewise.graph.comparing.patients import patients
from edgewise.graph.comparing.showing import with_options
from edgewise.graph.library import load
from edgewise.graph.model import Alternative, Candidate, Guideline, Observable, Step, Transition
from edgewise.graph.model import Comparison as Asks
from edgewise.graph.walking.walk import walk
from tests.graph.compared_by_hand import ByHand, TooMany, lies_in, walked_and_compared
from tests.graph.mutated import CHANGES, CHOOSING, aligned, mutant, renamed, reordered, with_a_choice, with_other_ids
from tests.graph.small_guidelines import guidelines, with_sets
from tests.places import DATA

CHECKS = settings(max_examples=25, suppress_health_check=list(HealthCheck))
SHIPPED = ("sacroiliac-sclerosis", "ottawa-ankle", "pulmonary-embolism")
seeds = st.integers(0, 10**6)


def with_choices(guideline: Guideline, chance: Random, many: int) -> Guideline:
    for _ in range(many):
        guideline = with_a_choice(guideline, chance)
    return guideline


def agrees(one: Guideline, other: Guideline) -> None:
    hand, found = walked_and_compared(one, other)
    assert found.unchecked or not hand.misjudged_choices(found.preferences)
    assert all(group.shown for group in found.preferences)


@CHECKS
@given(guidelines(most=100).flatmap(with_sets), seeds, st.integers(1, 3))
def test_exactly_those_are_told_whom_a_change_of_a_choice_concerns(guideline, seed, changes):
    agrees(guideline, mutant(guideline, Random(seed), changes, CHOOSING))


@CHECKS
@given(guidelines(most=60), seeds, st.integers(1, 3))
def test_it_is_so_where_the_way_to_the_steps_changed_as_well(guideline, seed, changes):
    guideline = with_choices(guideline, Random(seed), 2)
    agrees(guideline, mutant(guideline, Random(seed), changes, (*CHANGES, *CHOOSING)))


@settings(max_examples=10, suppress_health_check=list(HealthCheck))
@given(guidelines(most=60).flatmap(with_sets), seeds)
def test_whoever_is_told_otherwise_once_options_are_chosen_is_told_too(guideline, seed):
    other = mutant(guideline, Random(seed), 2, CHOOSING)
    try:
        hand = ByHand(aligned(with_options(guideline), with_options(other)))
    except TooMany:
        assume(False)
    found = patients(aligned(guideline, other))
    for pair in paired(hand.alignment):
        where = [each for one in found.preferences if (one.choice.a, one.choice.b) == pair.ids for each in one.where]
        wanted = hand.told_otherwise(pair)
        assert found.unchecked or all(any(lies_in(hand.cells[key], each) for each in where) for key in wanted)


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(guidelines(most=100), seeds)
def test_another_order_other_words_and_other_ids_prefer_nothing_else(guideline, seed):
    guideline = with_choices(guideline, Random(seed), 2)
    for other in (reordered(guideline, Random(seed)), renamed(guideline), with_other_ids(guideline)):
        found = compare(guideline, other)
        assert (found.preferences, found.groups, found.unchecked) == ((), (), ())
        assert not found.of_weight("care", "pathway", "evidence")


@pytest.mark.parametrize("name", SHIPPED)
def test_mutants_of_a_shipped_guideline_are_told_as_the_walk_has_it(name):
    chance = Random(name)
    for _ in range(3):
        guideline = with_choices(load(name).guideline, chance, 2)
        alignment = aligned(guideline, mutant(guideline, chance, 2, CHOOSING))
        found = patients(alignment)
        near = [group.example_a for group in found.preferences for _ in range(5)]
        assert not ByHand(alignment, chance, 40, near).misjudged_choices(found.preferences)
        assert not found.unchecked
        assert all(group.shown for group in found.preferences)


# By hand ----------------------------------------------------------------------------------------------------------------

COUGH = Observable("cough", "Cough", "Does the patient cough?", "yes-no")
COUGHS = Asks("coughs", "cough", answer="yes", based_on=("s1",))


def clinic(*choose: Candidate, steps: str = "xyz", label: str = "Either", **more) -> Guideline:
    """A guideline that leads everybody to some steps, of which one is to be chosen."""
    held = {"start": Step("start", "Presentation", "Start", "", "p")} | {id: Step(id, "Treatment", id.upper(), "", "p") for id in steps}
    edges = {f"to-{id}": Transition(f"to-{id}", "start", id, "on", "source") for id in steps}
    chosen = {"a": Alternative("a", label, choose)} if choose else {}
    return Guideline("g", "urn:g", *[""] * 8, observables={"cough": COUGH}, steps=held, transitions=edges, alternatives=chosen, **more)


def ranked(**ranks: int) -> tuple[Candidate, ...]:
    return tuple(Candidate(f"a/{step}", step, rank=rank) for step, rank in ranks.items())


def answers(one: Guideline, other: Guideline) -> list[tuple[str, str, str]]:
    return [(group.situation, group.old, group.new) for group in compare(one, other).preferences]


EVERYBODY = "in every patient who comes this far"


def test_a_switched_order_is_told_to_everybody_who_comes_to_the_steps():
    found = compare(clinic(*ranked(x=1, y=2)), clinic(*ranked(x=2, y=1)))
    assert found.headline == "Care differs: 1 group of patients is told otherwise which step to choose."
    (group,) = found.preferences
    assert (group.place, group.situation) == ("To choose from “Either”", EVERYBODY)
    assert (group.old, group.new) == ("first “X”, then “Y”", "first “Y”, then “X”")
    assert (group.old_walk.text, group.new_walk.text) == ("due: X or Y (first X) and Z", "due: Y or X (first Y) and Z")
    assert (found.groups, group.example_a) == ((), {})


def test_a_case_in_which_another_step_goes_first_is_told_as_those_in_it():
    other = clinic(*(replace(one, when=COUGHS) if one.step == "y" else one for one in ranked(x=1, y=2)))
    found = compare(clinic(*ranked(x=1, y=2)), other)
    (group,) = found.preferences
    assert (group.situation, group.old, group.new) == ("Cough: yes", "first “X”, then “Y”", "first “Y”, then “X”")
    assert group.moved[0].text == "Cough: nothing → yes"
    assert (group.example_a, group.example_b) == ({"cough": "yes"}, {"cough": "yes"})


def test_what_is_equally_preferred_is_not_what_is_said_nothing_of():
    assert answers(clinic(*ranked(x=1, y=1)), clinic(*ranked(x=0, y=0))) == [
        (EVERYBODY, "“X” or “Y”, equally preferred", "“X” or “Y”, no preference stated by the source")
    ]


def test_a_step_that_moves_up_because_another_is_gone_is_told_by_its_new_place():
    alignment = aligned(clinic(*ranked(x=1, y=2, z=3)), clinic(*ranked(y=2, z=3)))
    (pair,) = paired(alignment)
    told = [("x", "number 1", "no alternative"), ("y", "number 2", "number 1"), ("z", "number 3", "number 2")]
    assert list(places_told(alignment, pair)) == told


def test_a_second_choice_that_changes_places_with_the_third_is_told():
    assert answers(clinic(*ranked(x=1, y=2, z=3)), clinic(*ranked(x=1, y=3, z=2))) == [
        (EVERYBODY, "first “X”, then “Y”, then “Z”", "first “X”, then “Z”, then “Y”")
    ]


def test_other_ranks_in_the_same_order_or_another_order_of_equals_is_no_change_of_care():
    for other in (clinic(*ranked(x=2, y=5)), clinic(*ranked(y=2, x=1), label="In other words")):
        found = compare(clinic(*ranked(x=1, y=2)), other)
        assert found.same_care
        assert {one.weight for one in found.changes} == {"wording"}
    assert compare(clinic(*ranked(x=1, y=1)), clinic(*ranked(y=1, x=1))).changes == ()


def test_a_step_more_and_a_choice_that_only_one_of_them_has_are_told():
    two, three, none = clinic(*ranked(x=1, y=2)), clinic(*ranked(x=2, y=3, z=1)), clinic()
    assert answers(two, three) == [
        (EVERYBODY, "first “X”, then “Y”; “Z” as well, not instead", "first “Z”, then “X”, then “Y”"),
    ]
    assert answers(two, none) == [(EVERYBODY, "first “X”, then “Y”", "“X” and “Y”, not as alternatives")]
    (group,) = compare(none, two).preferences
    assert (group.choice.a, group.choice.b) == ("", "a")


def test_a_new_step_that_goes_first_is_told_with_the_edge_that_leads_to_it():
    found = compare(clinic(*ranked(x=1, y=2), steps="xy"), clinic(*ranked(z=1, x=2, y=3)))
    (group,) = found.preferences
    assert (group.old, group.new) == ("first “X”, then “Y”", "first “Z”, then “X”, then “Y”")
    assert (group.edges_a, group.edges_b) == ((), ("to-z",))


def test_what_follows_from_the_way_alone_is_told_there_and_not_twice():
    found = compare(clinic(*ranked(x=1, y=2, z=3)), clinic(*ranked(x=1, y=2, z=3), steps="yz"))
    assert found.preferences == ()
    assert [(group.old, group.new) for group in found.groups] == [("on to “X”", "not on to “X”")]


def test_whom_only_the_way_changes_the_choice_of_is_not_among_those_who_are_told_otherwise():
    other = clinic(*(replace(one, when=COUGHS) if one.step == "z" else one for one in ranked(x=1, y=2, z=3)), steps="yz")
    (group,) = compare(clinic(*ranked(x=1, y=2, z=3)), other).preferences
    assert (group.situation, group.new) == ("Cough: yes", "first “Z”, then “Y”")


def test_what_is_only_offered_is_told_of_those_who_choose_it():
    one, other = (clinic(*ranked(x=n, y=3 - n)) for n in (1, 2))
    one, other = (
        replace(each, transitions={id: replace(edge, role="option") for id, edge in each.transitions.items()}) for each in (one, other)
    )
    (group,) = compare(one, other).preferences
    assert group.place == "To choose from “Either”, if what is only offered was chosen"
    assert (group.chosen, group.shown, group.old) == (True, True, "first “X”, then “Y”")


def test_the_modellers_word_is_marked_and_the_sources_passages_are_named():
    said = tuple(replace(one, based_on=("s1",)) for one in ranked(x=1, y=2))
    other = replace(clinic(*(replace(one, rank=3 - one.rank) for one in said)))
    other = replace(other, alternatives={"a": replace(other.alternatives["a"], based_on=("s2",))})
    (group,) = compare(clinic(*ranked(x=1, y=2)), other).preferences
    assert (group.remark_a, group.statements_a) == ("modeller's reading", ())
    assert (group.remark_b, set(group.statements_b)) == ("", {"s1", "s2"})
    (group,) = compare(clinic(*said), clinic()).preferences
    assert group.remark_a == "in part the modeller's reading"


def test_steps_of_another_name_and_numbers_in_another_unit_are_compared():
    age = Observable("age", "Age", "How old?", "quantity", unit="a", minimum=Decimal(0))

    def old(number: int, unit: str) -> Guideline:
        made = clinic(
            *(replace(one, when=Asks("c", "age", bounds=(("≥", Decimal(number)),), unit=unit)) for one in ranked(x=1, y=0)[:1]),
            *ranked(y=2),
        )
        return replace(made, observables={"age": replace(age, unit=unit)})

    assert compare(old(5, "a"), old(60, "mo")).same_care
    assert compare(with_other_ids(old(5, "a")), old(5, "a")).same_care


def test_whom_nobody_comes_to_is_preferred_by_nobody():
    held = clinic(*ranked(x=1, y=2))
    alone = replace(held, transitions={"to-x": held.transitions["to-x"]})
    other = replace(alone, alternatives=clinic(*ranked(x=2, y=1)).alternatives)
    found = compare(alone, other)
    assert (found.preferences, found.same_care) == ((), True)
    assert [one.kind for one in found.of_weight("pathway")] == ["choice"]


def test_where_it_gets_too_large_that_is_said():
    held = clinic(*ranked(x=1, y=2))
    other = clinic(*(replace(one, when=COUGHS) for one in ranked(x=1, y=2)))
    found = compare(held, other, budget=1)
    assert not found.same_care
    assert found.unchecked


def test_the_walk_of_the_example_says_what_is_told_of_it():
    guideline = load(str(DATA / "guidelines" / "hypertension")).guideline
    edges = {**guideline.transitions, "more": replace(guideline.transitions["raised-pressure-to-acei"], id="more", target="arb")}
    guideline = replace(guideline, transitions=edges)
    held = guideline.alternatives["acei-or-arb"]
    other = replace(held, choose=tuple(replace(one, rank=2 if one.rank else 1, when=None) for one in held.choose))
    (group,) = compare(guideline, replace(guideline, alternatives={held.id: other})).preferences
    assert group.situation == "Cough from the ACE inhibitor: no"
    first = [
        next(iter(walk(one, group.example_a).alternatives)).preferred
        for one in (guideline, replace(guideline, alternatives={held.id: other}))
    ]
    assert first == [("acei",), ("arb",)]
