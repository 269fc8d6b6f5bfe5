"""Bounds that take a dose: the number the guideline states, converted exactly, and told by its name."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edgewise.graph.compiled.codec import decode, encode
from edgewise.graph.criterion import Comparison, Formula
from edgewise.graph.formulas import told
from edgewise.graph.gaps.search import find_gaps
from edgewise.graph.library import load
from edgewise.graph.model import Guideline
from edgewise.graph.reading import projection
from edgewise.graph.reading.read import read_text
from edgewise.graph.reading.validate import validate
from edgewise.graph.walking.criteria import evaluate, words
from edgewise.graph.walking.facts import parse_facts
from edgewise.graph.walking.kleene import Truth
from edgewise.graph.walking.walk import walk
from edgewise.graph.writing.export import FORMATS, export
from tests.places import DATA

TEXT = (DATA / "doses.yaml").read_text(encoding="utf-8")
BOUND = "atLeast: {times: [2, {dose: pril}]}, unit: mg"


@pytest.fixture(scope="module")
def guideline():
    return load(str(DATA / "doses.yaml")).guideline


def bound(text):
    """The comparison of the edge to the second drug, with another bound."""
    assert TEXT.count(BOUND) == 1
    source = read_text(TEXT.replace(BOUND, text), "g.yaml", "yaml")
    assert validate(source) == []
    made = projection.guideline(source.graph, source.iri)
    return made, made.transitions["t-more"].when


@pytest.mark.parametrize(("given", "step"), [("4.999", "on"), ("5", "more"), ("5000 ug", "more"), ("0.0049 g", "on")])
def test_a_bound_may_be_twice_a_dose(guideline, given, step):
    assert walk(guideline, parse_facts({"given": given}, guideline)).due == (step,)


def test_a_trace_names_the_dose_and_what_it_comes_to(guideline):
    (why,) = [one.why for one in walk(guideline, {"given": Decimal(3)}).closed if one.transition.id == "t-more"]
    assert why == "Dose given: 3 mg (needed: at least 5 mg = twice the starting dose of Testapril (2.5 mg))"
    assert words(guideline.transitions["t-more"].when, guideline.observables) == (
        "Dose given: at least twice the starting dose of Testapril (2.5 mg)"
    )


def test_what_the_dose_comes_to_is_said_once_where_it_is_the_whole_bound():
    made, when = bound("atLeast: {dose: start}, unit: mg")
    assert evaluate(when, {"given": Decimal(1)}, made.observables).text == (
        "Dose given: 1 mg (needed: at least the starting dose of Testapril (2.5 mg))"
    )


def test_a_greatest_dose_may_be_taken():
    made, when = bound("atLeast: {maxDose: pril}, unit: mg")
    assert [evaluate(when, {"given": Decimal(one)}, made.observables).truth for one in ("9.9", "10")] == [Truth.FALSE, Truth.TRUE]
    assert "the greatest dose of Testapril (10 mg)" in words(when, made.observables)


def test_a_dose_of_several_is_named_by_its_own_id_and_counted_in_its_own_unit():
    made, when = bound("atLeast: {plus: [{dose: helper-first}, {dose: helper-later}]}, unit: mg")
    assert [evaluate(when, {"given": Decimal(one)}, made.observables).truth for one in ("299.9", "300")] == [Truth.FALSE, Truth.TRUE]


def test_a_dose_that_is_the_modellers_is_marked_in_the_bound():
    made, when = bound("atLeast: {dose: helper-first}, unit: mg")
    assert "the dose (at first) of Helper [the modeller's dose, no passage] (0.1 g)" in words(when, made.observables)


def test_a_bound_with_a_dose_leaves_no_gap_between_it_and_its_opposite(guideline):
    found = find_gaps(guideline)
    assert not [row for row in found.rows if row.step == "drug"]
    made, _ = bound("moreThan: {times: [2, {dose: pril}]}, unit: mg")
    assert [(row.kind, row.situation) for row in find_gaps(made).rows if row.step == "drug"] == [("gap", "Dose given: exactly 5 mg")]


@pytest.mark.parametrize("format", FORMATS)
def test_a_dose_in_a_bound_comes_back_from_every_format(guideline, format):
    exported = export(load(str(DATA / "doses.yaml")).graph, format)
    back = read_text(exported, "g", format)
    assert projection.guideline(back.graph, back.iri) == guideline


def test_a_kept_guideline_knows_the_dose(guideline):
    assert decode(encode(guideline), Guideline) == guideline


@settings(deadline=None)
@given(st.decimals(min_value="0.001", max_value=1000, places=3), st.integers(1, 9), st.decimals(min_value=0, max_value=9000, places=3))
def test_a_dose_counts_as_the_number_it_is_whatever_unit_it_is_in(guideline, amount, times, value):
    observables = {"given": replace(guideline.observables["given"], maximum=None)}

    def bounded(unit, number):
        dose = Formula("number", value=number, unit=unit, name="the dose", dose="d")
        formula = Formula("times", (Formula("number", value=Decimal(times)), dose))
        return Comparison("c", "given", unit="mg", formulas=(("≥", formula),))

    plain = Comparison("c", "given", unit="mg", bounds=(("≥", amount * times),))
    for one in (bounded("mg", amount), bounded("g", amount / 1000), bounded("ug", amount * 1000)):
        assert evaluate(one, {"given": value}, observables).truth is evaluate(plain, {"given": value}, observables).truth
        assert evaluate(one, {}, observables).truth is Truth.UNKNOWN


def test_only_the_double_of_a_dose_is_called_twice():
    dose = Formula("number", value=Decimal(3), unit="mg", name="the dose", dose="d")
    three, two = (Formula("number", value=Decimal(number)) for number in (3, 2))
    assert told(Formula("times", (dose, two)), "mg") == "twice the dose (3 mg)"
    assert told(Formula("times", (three, dose)), "mg") == "3 × the dose (3 mg)"
    assert told(Formula("times", (three, two)), "mg") == "3 × 2"
