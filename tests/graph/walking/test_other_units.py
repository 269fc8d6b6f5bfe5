"""Facts and bounds in other units than the observable's: compared exactly, told so that nothing reads as its opposite."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edgewise.graph.answers.in_words import answer_told
from edgewise.graph.model import Comparison, Guideline, Observable
from edgewise.graph.walking.criteria import compare
from edgewise.graph.walking.facts import parse_facts, plain
from edgewise.graph.walking.kleene import Truth
from edgewise.ontology.errors import FactsError

LACTATE = Observable("lactate", "Lactate", "?", "quantity", unit="mmol/L", molar_mass=Decimal("90.08"))
SUGAR = Observable("sugar", "Sugar", "?", "quantity", unit="mmol/L")
WEEKS = Observable("weeks", "Time", "?", "quantity", unit="wk", accrues=True)
PRESSURE = Observable("map", "MAP", "?", "quantity", unit="mm[Hg]", repeated=True)
POINTS = Observable("score", "Score", "?", "quantity", unit="{points}")
ALL = {one.id: one for one in (LACTATE, SUGAR, WEEKS, PRESSURE, POINTS)}
GUIDELINE = Guideline("g", "urn:g", "", "", "", "", "", "", "", "", observables=ALL)


def _fact(id: str, told: object) -> Decimal:
    answer = parse_facts({id: told}, GUIDELINE)[id]
    assert isinstance(answer, Decimal)
    return answer


def _compared(observable: Observable, sign: str, bound: str, unit: str, told: str) -> tuple[Truth, str]:
    trace = compare(Comparison("c", observable.id, bounds=((sign, Decimal(bound)),), unit=unit), _fact(observable.id, told), observable)
    return trace.truth, trace.text


@pytest.mark.parametrize(
    ("told", "right"),
    [
        ("120 mmHg", "120"),
        ("120mmHg", "120"),
        ("16 kPa", "120"),
        ("120 mm Hg", "120"),
        ("120 MMHG", "120"),
        ({"value": 120, "unit": "mmHg"}, "120"),
    ],
)  # fmt: skip
def test_a_pressure_may_be_told_as_people_write_it(told: object, right: str) -> None:
    (answer,) = parse_facts({"map": [told]}, GUIDELINE)["map"]  # type: ignore[misc]
    assert round(answer) == Decimal(right)


@pytest.mark.parametrize("told", ["3 points", "3 point", "3 pts", "3 {points}", 3])
def test_points_may_be_told_with_their_name(told: object) -> None:
    assert _fact("score", told) == 3


def test_mass_becomes_amount_and_is_told_beside_what_was_written() -> None:
    assert answer_told(LACTATE, _fact("lactate", "27 mg/dL")) == "27 mg/dL (3.0 mmol/L)"
    assert answer_told(LACTATE, _fact("lactate", "3.123456")) == "3.123456 mmol/L", "what was written is never rounded"
    assert answer_told(WEEKS, _fact("weeks", "30 d")) == "30 days (4.3 weeks)"
    assert answer_told(WEEKS, _fact("weeks", "42 d")) == "6 weeks", "what comes out even needs no rounding"


def test_without_a_molar_mass_the_repair_says_to_add_it() -> None:
    with pytest.raises(FactsError, match="or add 'molarMass' \\(g/mol\\) to the observable 'sugar'"):
        parse_facts({"sugar": "90 mg/dL"}, GUIDELINE)
    with pytest.raises(FactsError) as refused:
        parse_facts({"sugar": "90 mg"}, GUIDELINE)
    assert "molarMass" not in str(refused.value)


@pytest.mark.parametrize(
    ("sign", "bound", "unit", "told", "truth", "text"),
    [
        (">", "18", "mg/dL", "18 mg/dL", Truth.FALSE, "Lactate: 18 mg/dL (needed: more than 18 mg/dL)"),
        ("≥", "18", "mg/dL", "18 mg/dl", Truth.TRUE, "Lactate: 18 mg/dL"),
        ("≥", "4", "mmol/L", "36 mg/dL", Truth.FALSE, "Lactate: 3.996 mmol/L (needed: at least 4 mmol/L)"),
        ("≥", "4", "mmol/L", "3.96", Truth.FALSE, "Lactate: 3.96 mmol/L (needed: at least 4 mmol/L)"),
        (">", "36", "mg/dL", "3", Truth.FALSE, "Lactate: 3 mmol/L (needed: more than 36 mg/dL, that is more than 4.0 mmol/L)"),
        (">", "18", "mg/dL", "1.9982", Truth.FALSE, "Lactate: 1.9982 mmol/L (needed: more than 18 mg/dL, that is more than 2.0 mmol/L)"),
    ],
)
def test_a_comparison_is_exact_and_reads_as_it_came_out(sign: str, bound: str, unit: str, told: str, truth: Truth, text: str) -> None:
    assert _compared(LACTATE, sign, bound, unit, told) == (truth, text)


@given(st.decimals(0, 100, places=2), st.decimals(0, 12, places=2), st.sampled_from("≥>≤<"))
def test_no_trace_reads_as_the_opposite_of_its_outcome(told: Decimal, bound: Decimal, sign: str) -> None:
    truth, text = _compared(LACTATE, sign, str(bound), "mmol/L", f"{told} mg/dL")
    seen = Decimal(re.match(r"Lactate: ([0-9.]+) ", text).group(1))  # type: ignore[union-attr]
    holds = {"≥": seen >= bound, ">": seen > bound, "≤": seen <= bound, "<": seen < bound}[sign]
    assert holds is (truth is Truth.TRUE), text


@given(st.decimals(0, 10**6, places=3), st.sampled_from([("lactate", "mg/dL"), ("weeks", "d"), ("weeks", "mo"), ("lactate", "umol/L")]))
def test_a_fact_written_down_is_read_back_as_the_same(told: Decimal, what: tuple[str, str]) -> None:
    facts = parse_facts({what[0]: f"{told} {what[1]}"}, GUIDELINE)
    assert parse_facts(plain(facts), GUIDELINE) == facts
    again = parse_facts(plain(facts, told=True), GUIDELINE)
    assert again == facts
    assert [answer_told(ALL[id], one) for id, one in again.items()] == [answer_told(ALL[id], one) for id, one in facts.items()]
