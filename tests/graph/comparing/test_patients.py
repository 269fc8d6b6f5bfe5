"""Which patients two guidelines lead elsewhere: exactly those whom walking everybody finds. `benchmarks/comparing.py` runs more."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from edgewise.graph.comparing.comparison import Comparison, compare
from edgewise.graph.comparing.patients import patients
from edgewise.graph.comparing.showing import with_options
from edgewise.graph.criterion import rewritten
from edgewise.graph.library import load
from edgewise.graph.model import AllOf, AnyOf, Choice, Guideline, Not, Observable, Scored, Step, Transition
from edgewise.graph.model import Comparison as Asks
from edgewise.graph.walking.walk import walk
from tests.graph.compared_by_hand import ByHand, TooMany, walked_and_compared
from tests.graph.mutated import aligned, mutant, renamed, reordered, with_other_ids
from tests.graph.small_guidelines import guidelines

SHIPPED = ("sacroiliac-sclerosis", "ottawa-ankle", "pulmonary-embolism")
CHECKS = settings(max_examples=25, suppress_health_check=list(HealthCheck))
seeds = st.integers(0, 10**6)


def agrees(one: Guideline, other: Guideline) -> None:
    hand, found = walked_and_compared(one, other)
    if not found.unchecked:
        assert not hand.disagreeing(found.groups)
    for group in found.groups:
        if not group.chosen:
            assert all(hand.turned(key, group) for key in hand.in_group(group))
            assert group.shown


@CHECKS
@given(guidelines(), seeds, st.integers(1, 4))
def test_exactly_those_are_told_whom_a_change_leads_elsewhere(guideline, seed, changes):
    agrees(guideline, mutant(guideline, Random(seed), changes))


@settings(max_examples=6, suppress_health_check=list(HealthCheck))
@given(guidelines(some_formulas=True, most=100), seeds)
def test_it_is_so_where_bounds_are_worked_out_from_other_answers(guideline, seed):
    agrees(guideline, mutant(guideline, Random(seed), 2))


@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@given(guidelines(most=60), guidelines(most=60))
def test_it_is_so_of_two_guidelines_that_have_nothing_to_do_with_one_another(one, other):
    agrees(one, other)


@settings(max_examples=10, suppress_health_check=list(HealthCheck))
@given(guidelines(most=60), seeds)
def test_whoever_goes_elsewhere_once_options_are_chosen_is_told_too(guideline, seed):
    other = mutant(guideline, Random(seed), 2)
    assume(any(edge.role == "option" for edge in guideline.transitions.values()))
    try:
        hand = ByHand(aligned(with_options(guideline), with_options(other)))
    except TooMany:
        assume(False)
    found = patients(aligned(guideline, other))
    assert found.unchecked or hand.parted() <= set().union(*map(hand.in_group, found.groups))
    assert all(group.shown for group in found.groups)


@settings(max_examples=10, suppress_health_check=list(HealthCheck))
@given(guidelines(most=100), seeds)
def test_another_order_and_other_ids_change_nobodys_way(guideline, seed):
    for other in (reordered(guideline, Random(seed)), renamed(guideline), with_other_ids(guideline)):
        found = compare(guideline, other)
        assert (found.groups, found.unchecked, found.of_weight("care", "pathway", "evidence")) == ((), (), ())


@pytest.mark.parametrize("name", SHIPPED)
def test_another_order_and_other_ids_of_a_shipped_guideline_are_told_as_such(name):
    guideline = load(name).guideline
    for other in (reordered(guideline, Random(7)), renamed(guideline)):
        found = compare(guideline, other)
        assert found.same_care
        assert {one.weight for one in found.changes} == {"wording"}


@pytest.mark.parametrize("name", SHIPPED)
def test_mutants_of_a_shipped_guideline_are_told_as_the_walk_has_it(name):
    guideline, chance = load(name).guideline, Random(name)
    for _ in range(2):
        alignment = aligned(guideline, mutant(guideline, chance))
        found = patients(alignment)
        examples = [group.example_a for group in found.groups for _ in range(5)]
        assert not ByHand(alignment, chance, 40, examples).disagreeing(found.groups)
        assert not found.unchecked


# By hand ----------------------------------------------------------------------------------------------------------------


def small(when_a: object, when_b: object, observables: tuple[Observable, ...], *, role: str = "route") -> Comparison:
    """Two guidelines of one edge."""

    def made(when: object) -> Guideline:
        steps = {"start": Step("start", "Presentation", "Start", "", "p"), "cast": Step("cast", "Treatment", "Cast", "", "p")}
        edge = Transition("t", "start", "cast", "on", "source", role, when)  # type: ignore[arg-type]
        known = {one.id: one for one in observables}
        return Guideline("g", "urn:g", *[""] * 8, observables=known, steps=steps, transitions={"t": edge})

    return compare(made(when_a), made(when_b))


AGE = Observable("age", "Age", "How old?", "quantity", unit="a", minimum=Decimal(0))
PAIN = Observable("pain", "Pain", "Does it hurt?", "yes-no")
RED = Observable("red", "Redness", "Is it red?", "yes-no")


def at_least(number: int, sign: str = "≥", unit: str = "a") -> Asks:
    return Asks("c", "age", bounds=((sign, Decimal(number)),), unit=unit)


def test_a_moved_threshold_is_told_as_the_numbers_between():
    (group,) = small(at_least(70), at_least(80, ">"), (AGE,)).groups
    assert group.situation == "Age: 70 years to 80 years"
    assert (group.old, group.new) == ("on to “Cast”", "the source does not say what comes next")
    assert group.moved[0].text == "Age: at least 70 years → more than 80 years"
    assert (group.moved[0].signs_before, group.moved[0].signs_after) == ("≥ 70 years", "> 80 years")


def test_the_same_threshold_in_another_unit_is_the_same():
    assert small(at_least(2), at_least(24, unit="mo"), (AGE,)).same_care


def test_a_condition_asked_in_another_way_changes_nobodys_way_and_is_told():
    pain, red = Asks("p", "pain", answer="yes"), Asks("r", "red", answer="yes")
    found = small(AllOf("a", (pain, red)), Not("n", AnyOf("o", (Not("x", pain), Not("y", red)))), (PAIN, RED))
    assert (found.groups, found.same_care) == ((), True)
    assert [one.after for one in found.of_kind("threshold")] == ["joined in another way"]


def test_groups_are_told_in_one_phrase_where_one_tells_them():
    pain, red = Asks("p", "pain", answer="yes"), Asks("r", "red", answer="yes")
    (group,) = small(AllOf("a", (pain, red)), AnyOf("o", (pain, red)), (PAIN, RED)).groups
    assert group.situation in (
        "Pain: yes and Redness: no; or Pain: no and Redness: yes",
        "Pain: no and Redness: yes; or Pain: yes and Redness: no",
    )


def test_what_is_advised_against_and_what_is_offered_is_told():
    pain = Asks("p", "pain", answer="yes")
    (group,) = small(None, pain, (PAIN,), role="option").groups
    assert (group.old, group.new) == ("“Cast” is offered", "“Cast” is not offered")
    (group,) = small(None, pain, (PAIN,), role="excluded").groups
    assert (group.old, group.new) == ("“Cast” is advised against", "“Cast” is not advised against")


def test_whom_one_guideline_does_not_speak_of_is_told_before_the_first_step():
    guideline = load("ottawa-ankle").guideline
    (group,) = compare(guideline, replace(guideline, applies_to=None)).groups
    assert (group.step, group.old, group.new) == ("", "the guideline does not speak of them", "the guideline speaks of them")
    assert walk(guideline, group.example_a).outside


def test_an_answer_that_one_guideline_alone_knows_is_told_and_nobody_who_gives_it_is_compared():
    one = Observable("side", "Side", "Which?", "choice", choices=(Choice("l", "Left"), Choice("r", "Right")))
    other = replace(one, choices=(*one.choices, Choice("b", "Both")))
    left = Asks("c", "side", one_of=("l",))
    a = small(left, left, (one,)).a
    b = small(left, left, (other,)).a
    found = compare(a, replace(b, transitions={"t": replace(b.transitions["t"], when=Asks("c", "side", one_of=("l", "b")))}))
    assert found.groups == ()
    assert [one.text for one in found.of_weight("care")] == ["Side, answers that the other does not know: — → “Both”"]


def test_a_number_here_and_a_choice_there_are_two_questions_and_that_is_said():
    choice = Observable("age", "Age", "How old?", "choice", choices=(Choice("old", "Old"), Choice("young", "Young")))
    a, b = small(at_least(70), at_least(70), (AGE,)).a, small(Asks("c", "age", one_of=("old",)), None, (choice,)).a
    found = compare(a, b)
    assert not found.same_care
    assert found.unchecked == (
        "“Age” is answered by a quantity here and a choice there: answers to it are taken as answers to two questions",
    )


def test_where_it_gets_too_large_that_is_said_in_one_line_and_the_rest_is_told():
    guideline = load("pulmonary-embolism").guideline
    edges = {id: replace(edge, when=rewritten(edge.when, _turned) if edge.when else None) for id, edge in guideline.transitions.items()}
    found = compare(guideline, replace(guideline, transitions=edges), budget=300)
    assert not found.same_care
    assert any("more than 300 pieces would be needed" in line for line in found.unchecked)


def _turned(one: Asks) -> Asks:
    return replace(one, answer={"yes": "no", "no": "yes"}.get(one.answer, ""))


def test_a_wider_unit_is_converted_in_the_example_of_the_other():
    months = replace(AGE, unit="mo")
    a = small(at_least(2), None, (AGE,)).a
    b = small(at_least(36, unit="mo"), None, (months,)).a
    (group,) = compare(a, b).groups
    assert group.situation == "Age: 2 years to less than 3 years"
    assert group.example_b["age"] == group.example_a["age"] * 12
    assert (group.old_walk.due, group.new_walk.silent_at) == (("cast",), ("start",))


def test_a_score_of_other_points_is_told_as_who_is_now_above_its_bound():
    guideline = load("pulmonary-embolism").guideline
    wells = guideline.observables["wells"]
    lighter = replace(wells, items=tuple(replace(one, points=Decimal(1)) if one.points == Decimal("1.5") else one for one in wells.items))
    edges = {key: replace(edge, when=_scored(edge.when, lighter)) if edge.when else edge for key, edge in guideline.transitions.items()}
    other = replace(guideline, observables={**guideline.observables, "wells": lighter}, transitions=edges)
    found = compare(guideline, other)
    assert found.unchecked == ()
    assert found.groups
    assert all(group.shown for group in found.groups)
    assert any("made of other items, or of other points" in note for note in found.notes)
    chance = Random(4)
    assert not ByHand(aligned(guideline, other), chance, 200, [one.example_a for one in found.groups]).disagreeing(found.groups)


def _scored(criterion, score):
    if isinstance(criterion, Scored) and criterion.told.observable == score.id:
        return replace(criterion, points=tuple(item.points for item in score.items))
    if isinstance(criterion, AllOf | AnyOf):
        return replace(criterion, parts=tuple(_scored(part, score) for part in criterion.parts))
    return replace(criterion, part=_scored(criterion.part, score)) if isinstance(criterion, Not) else criterion
