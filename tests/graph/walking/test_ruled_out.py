"""Contraindications, and to whom a guideline applies, as an author writes them, and what the walk makes of them."""

import pytest

from edgewise.graph.explaining.why import why
from edgewise.graph.gaps.search import find_gaps
from edgewise.graph.walking.facts import parse_facts
from edgewise.graph.walking.kleene import Truth
from tests.graph.one_drug import DRUG, NEVER, TO_ASK, TO_DRUG, drug
from tests.graph.written import made, source, walked

# Contraindications ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("steps", [DRUG["steps"], DRUG["steps"] + ", contraindicatedBy: {observable: swelling, is: yes, basedOn: [s2]}"])
def test_a_contraindication_shuts_every_road_has_no_effect_if_it_fails_and_is_asked_if_it_is_not_known(steps):
    edges = (TO_DRUG,) if "contraindicated" in steps else (TO_DRUG, NEVER)
    guideline = made(source(**DRUG | {"steps": steps}, transitions="\n".join((TO_ASK, *edges, "id: t3, from: start, to: drug"))))
    assert "drug" not in walked(guideline, high=True, swelling=True).path
    assert "drug" in walked(guideline, high=True, swelling=False).due
    unknown = walked(guideline, high=True)
    assert "drug" not in unknown.due
    assert "swelling" in unknown.questions
    assert why(guideline, "drug", parse_facts({"high": True, "swelling": True}, guideline)).state == "shut"


def test_the_word_of_an_edge_that_is_not_to_be_taken_is_that_of_the_passage_behind_it():
    edge = (
        drug(TO_DRUG, NEVER.replace("role", "justifiedBy: [s2], role")).transitions["t1"]
        if False
        else drug(TO_DRUG, NEVER).transitions["t1"]
    )
    against = edge.when.parts[-1]
    assert (against.stated_by, against.based_on) == ("source", ("s1",))


def test_an_excluded_edge_without_a_condition_shuts_itself_alone():
    guideline = drug(TO_DRUG, "id: t2, from: start, to: drug, role: excluded")
    assert "drug" in walked(guideline, high=True).due


def test_a_road_stated_for_the_very_case_stays_open_and_the_disagreement_is_named():
    road = "id: t4, from: ask, to: drug, when: {all: [{observable: high, is: no}, {observable: swelling, is: yes}]}"
    guideline = drug(TO_DRUG, NEVER, road)
    found = walked(guideline, high=False, swelling=True)
    assert "drug" in found.due
    assert [conflict.about for conflict in found.conflicts] == ["drug"]
    assert "drug" not in walked(guideline, high=True, swelling=True).due
    assert not walked(guideline, high=True, swelling=False).conflicts


DESPITE = "id: t4, from: ask, to: drug, when: {all: [{observable: high, is: no}, {observable: swelling, is: yes}]}"


def ruled_out(by):
    """The drug ruled out after swelling, by a passage or by nobody but the modeller, and a road for that very case."""
    steps = DRUG["steps"] + f", contraindicatedBy: {{observable: swelling, is: yes{by}}}"
    return made(source(**DRUG | {"steps": steps}, transitions="\n".join((TO_ASK, TO_DRUG, DESPITE))))


def in_spite(guideline):
    return [row for row in find_gaps(guideline).rows if row.kind == "contraindicated-road"]


def test_a_road_stated_for_the_very_case_is_a_gap_of_its_own_kind_with_a_smallest_patient_and_both_passages():
    (row,) = in_spite(ruled_out(", basedOn: [s2]"))
    assert (row.step, row.edges, row.example) == ("drug", ("t4",), {"high": "no", "swelling": "yes"})
    assert (row.met, row.unmet, row.statements) == (("s1",), ("s2",), ("s1", "s2"))
    assert row.situation == "High pressure: no; Swelling before: yes"
    assert row.text.startswith("From “Asking” a road leads to “The drug” in the very case in which that is contraindicated (High pressure")


def test_a_road_that_is_only_offered_is_shown_by_a_smallest_patient_too():
    first = "id: first, type: Treatment, label: First, contraindicatedBy: {observable: swelling, is: yes, basedOn: [s2]}"
    steps = DRUG["steps"].replace(
        "id: drug, type: Treatment, label: The drug", f"{first}\n        id: drug, type: Treatment, label: The drug"
    )
    offered = "id: t5, from: ask, to: first, role: option, when: {observable: swelling, is: yes}"
    (row,) = in_spite(made(source(**DRUG | {"steps": steps}, transitions="\n".join((TO_ASK, TO_DRUG, offered)))))
    assert (row.step, row.edges, row.example) == ("first", ("t5",), {"swelling": "yes"})


def test_a_road_that_nobody_can_take_or_that_asks_for_the_opposite_is_no_such_gap():
    nobody = DESPITE.replace("is: no}", "is: no}, {observable: high, is: yes}")
    assert len(in_spite(drug(TO_DRUG, NEVER, DESPITE))) == 1
    assert not in_spite(drug(TO_DRUG, NEVER, nobody))
    assert not in_spite(drug(TO_DRUG, NEVER, DESPITE.replace("swelling, is: yes", "swelling, is: no")))
    assert not in_spite(drug(TO_DRUG, NEVER))


def test_where_the_road_or_what_rules_its_step_out_is_the_modellers_the_source_is_not_said_to_disagree_with_itself():
    (row,) = in_spite(ruled_out(""))
    (found,) = walked(ruled_out(""), high=False, swelling=True).conflicts
    assert "modeller" in row.remark
    assert "modeller" in found.remark
    assert found.text.startswith("A road leads to The drug in the very case in which it is contraindicated")


@pytest.mark.parametrize("other", ["statistic: mean", "statistic: last, window: 2", "times: 2"])
def test_a_road_that_asks_for_another_reading_of_a_series_is_no_road_for_the_very_case(other):
    observables = DRUG["observables"] + "\n        id: sbp, label: Pressure, valueType: quantity, unit: 'mm[Hg]', min: 0, repeated: true"
    never = "id: t2, from: ask, to: drug, role: excluded, when: {observable: sbp, atLeast: 180, unit: 'mm[Hg]', statistic: last}"
    road = never.replace("id: t2", "id: t4").replace("role: excluded, ", "").replace("statistic: last", other)
    edges = made(source(**DRUG | {"observables": observables}, transitions=f"{TO_ASK}\n{never}\n{road}")).transitions
    assert edges["t4"].despite == ()


def test_a_road_that_asks_for_another_bound_worked_out_is_no_road_for_the_very_case():
    observables = (
        DRUG["observables"]
        + """
        id: age, label: Age, valueType: quantity, unit: a, min: 0, max: 120
        id: score, label: Points, valueType: quantity, unit: '1', min: 0, max: 900"""
    )
    never = "id: t2, from: ask, to: drug, role: excluded, when: {observable: score, atLeast: {times: [2, age]}, unit: '1'}"
    road = never.replace("id: t2", "id: t4").replace("role: excluded, ", "")
    for factor, despite in (("2", True), ("3", False)):
        edges = "\n".join((TO_ASK, never, road.replace("[2,", f"[{factor},")))
        guideline = made(source(**DRUG | {"observables": observables}, transitions=edges))
        assert bool(guideline.transitions["t4"].despite) is despite


def test_an_idle_contraindication_is_no_reason_why_not():
    found = walked(drug(TO_DRUG, NEVER), high=False, swelling=False)
    assert [choice.transition.id for choice in found.closed] == ["t1"]


# To whom it applies -----------------------------------------------------------------------------------------------------

ADULTS = "{all: [{observable: age, atLeast: 18, unit: a}, {not: {observable: cough, is: yes}}]}"


def adults():
    observables = DRUG["observables"] + "\n        id: age, label: Age, valueType: quantity, unit: a, min: 0, max: 120"
    return made(source(**DRUG | {"observables": observables}, transitions=f"{TO_ASK}\n{TO_DRUG}", appliesTo=ADULTS))


def test_whoever_lies_outside_is_told_so_and_nothing_is_due_or_silent():
    found = walked(adults(), age=16, high=True)
    assert found.outside
    assert (found.due, found.silent, found.questions, found.stands) == ((), False, (), "outside")
    assert "at least 18 years" in found.why_outside
    assert "Cough" not in found.why_outside, "what does not decide it is not told"
    assert why(adults(), "drug", parse_facts({"age": 16}, adults())).state == "outside"


def test_whether_it_applies_is_asked_before_all_else():
    found = walked(adults())
    assert found.questions[:2] == ("age", "cough")
    assert (found.due, found.applies) == (("ask",), Truth.UNKNOWN)


def test_the_search_for_gaps_takes_it_to_apply_and_says_so():
    found = find_gaps(adults())
    assert any("outside the guideline" in one and "at least 18" in one for one in found.unchecked)
    assert all("Age" not in row.situation for row in found.rows if row.kind == "gap")
    assert not any(row.kind == "never-asked" and "age" in row.observables for row in found.rows)
