"""Who is told otherwise which of several steps to choose: exactly those of whom the walks of everybody say so."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from edgewise.graph.comparing.alternatives import paired
from edgewise.graph.comparing.comparison import compare
from edgewise.graph.comparing.patients import patients
from edgewise.graph.comparing.showing import with_options
from edgewise.graph.library import load
from edgewise.graph.model import Guideline
from tests.graph.compared_by_hand import ByHand, TooMany, lies_in
from tests.graph.mutated import CHANGES, CHOOSING, aligned, mutant, renamed, reordered, with_a_choice, with_other_ids
from tests.graph.small_guidelines import guidelines, with_sets

CHECKS = settings(max_examples=25, suppress_health_check=list(HealthCheck))
SHIPPED = ("sacroiliac-sclerosis", "ottawa-ankle", "pulmonary-embolism")
seeds = st.integers(0, 10**6)


def with_choices(guideline: Guideline, chance: Random, many: int) -> Guideline:
    for _ in range(many):
        guideline = with_a_choice(guideline, chance)
    return guideline


def agrees(one: Guideline, other: Guideline) -> None:
    alignment = aligned(one, other)
    try:
        hand = ByHand(alignment)
    except TooMany:
        assume(False)
    found = patients(alignment)
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
        ids = tuple(one.id if one else "" for one in (pair.a, pair.b))
        where = [each for one in found.preferences if (one.choice.a, one.choice.b) == ids for each in one.where]
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
