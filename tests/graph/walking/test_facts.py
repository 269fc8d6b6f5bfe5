"""Facts as people type them: read where they can be, refused with the reason and the repair where they cannot."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edgewise.graph.model import Choice, Guideline, Observable
from edgewise.graph.walking.facts import parse_facts, plain
from edgewise.ontology.errors import FactsError

ASKED = [
    Observable(
        "films", "Films", "What do they show?", "choice", choices=(Choice("sclerosis", "Sclerosis"), Choice("negative", "Negative"))
    ),
    Observable("failed", "Failed", "Failed?", "yes-no"),
    Observable("months", "Months", "How long?", "quantity", unit="mo", minimum=Decimal(0), maximum=Decimal(600)),
    Observable("relief", "Relief", "How much?", "quantity", unit="%", minimum=Decimal(0), maximum=Decimal(100), repeated=True),
    Observable("attempts", "Attempts", "How many?", "count", minimum=Decimal(0), maximum=Decimal(20)),
]
GUIDELINE = Guideline("g", "urn:g", "", "", "", "", "", "", "", "", observables={asked.id: asked for asked in ASKED})


@pytest.mark.parametrize(
    ("data", "facts"),
    [
        (None, {}),
        ({}, {}),
        ({"films": None}, {}),
        ({"failed": True}, {"failed": "yes"}),
        ({"failed": "No "}, {"failed": "no"}),
        ({"months": "6"}, {"months": Decimal(6)}),
        ({"months": "6 mo"}, {"months": Decimal(6)}),
        ({"months": {"value": "0.5", "unit": "a"}}, {"months": Decimal("6.0")}),
        ({"relief": 85}, {"relief": (Decimal(85),)}),
        ({"relief": "85%"}, {"relief": (Decimal(85),)}),
        ({"relief": [85.5, "88 %", None]}, {"relief": (Decimal("85.5"), Decimal(88), None)}),
        ({"relief": []}, {}),
        ({"attempts": "2.0"}, {"attempts": Decimal("2.0")}),
    ],
)
def test_what_people_write_is_understood(data, facts):
    assert parse_facts(data, GUIDELINE) == facts


@pytest.mark.parametrize(
    ("data", "rule", "words"),
    [
        (["films"], "facts-not-a-mapping", "mapping"),
        ({"fims": "negative"}, "unknown-observable", "did you mean 'films'"),
        ({"temperature": 37}, "unknown-observable", "known are films"),
        ({3: 4}, "unknown-observable", "'3'"),
        ({"films": "sclerotic"}, "value-not-allowed", "sclerosis, negative"),
        ({"failed": "maybe"}, "value-not-allowed", "yes, no"),
        ({"failed": ["yes"]}, "not-repeated", "one value"),
        ({"months": "long"}, "not-a-number", "with a point"),
        ({"months": ""}, "not-a-number", "in mo"),
        ({"months": True}, "not-a-number", "True"),
        ({"months": "1_000"}, "not-a-number", "1_000"),
        ({"months": "nan"}, "not-a-number", "measure"),
        ({"months": "1e999999999"}, "not-a-number", "measure"),
        ({"months": "6,5"}, "not-a-number", "point"),
        ({"months": -1}, "value-out-of-range", "0 months to 600 months"),
        ({"months": "3 mg"}, "wrong-unit", "UCUM"),
        ({"months": "3 moons"}, "wrong-unit", "UCUM"),
        ({"months": {"value": 3, "units": "mo"}}, "not-a-number", "value and unit"),
        ({"attempts": "2 mo"}, "wrong-unit", "leave the unit out"),
        ({"attempts": 1.5}, "not-a-count", "whole"),
        ({"relief": [85, 101]}, "value-out-of-range", "100 %"),
        ({"relief": [85] * 2000}, "too-many-values", "1000"),
        ({"relief": [[85]]}, "not-a-number", "number"),
    ],
)
def test_what_cannot_be_a_fact_is_refused_with_its_repair(data, rule, words):
    with pytest.raises(FactsError) as caught:
        parse_facts(data, GUIDELINE)
    (finding,) = caught.value.findings
    assert finding.rule == rule
    assert finding.repair
    assert words in str(finding)
    assert len(str(finding)) < 300


def test_all_faults_are_told_at_once_each_with_its_line():
    with pytest.raises(FactsError) as caught:
        parse_facts({"films": "x", "months": -1}, GUIDELINE, file="f.yaml", line=lambda path: {"films": 2, "months": 5}[path[0]])
    assert [(finding.file, finding.line) for finding in caught.value.findings] == [("f.yaml", 2), ("f.yaml", 5)]


@given(
    st.dictionaries(
        st.sampled_from([asked.id for asked in ASKED]), st.recursive(st.none() | st.text() | st.floats() | st.integers(), st.lists)
    )
)
def test_no_input_breaks_it(data):
    try:
        facts = parse_facts(data, GUIDELINE)
    except FactsError as error:
        assert all(finding.repair for finding in error.findings)
    else:
        assert parse_facts(plain(facts), GUIDELINE) == facts
