"""Facts as people type them: read where they can be, refused with the reason and the repair where they cannot."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edgewise.graph.model import Choice, Comparison, Guideline, Observable
from edgewise.graph.walking.doubts import doubts
from edgewise.graph.walking.facts import parse_facts, plain
from edgewise.ontology.errors import FactsError
from tests.graph.by_hand import edge, made, step

ASKED = [
    Observable(
        "films", "Films", "What do they show?", "choice", choices=(Choice("sclerosis", "Sclerosis"), Choice("negative", "Negative"))
    ),
    Observable("failed", "Failed", "Failed?", "yes-no"),
    Observable("months", "Months", "How long?", "quantity", unit="mo", minimum=Decimal(0), maximum=Decimal(600)),
    Observable("relief", "Relief", "How much?", "quantity", unit="%", minimum=Decimal(0), maximum=Decimal(100), repeated=True),
    Observable(
        "side",
        "Side",
        "Which?",
        "choice",
        choices=(Choice("L", "left"), Choice("l", "lower"), Choice("R", "right"), Choice("r", "RIGHT"), Choice("unclear", "not known")),
    ),
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
        ({"months": "6mo"}, {"months": Decimal(6)}),
        ({"months": "1e1mo"}, {"months": Decimal(10)}),
        ({"months": "0.5a"}, {"months": Decimal("6.0")}),
        ({"months": "6 months"}, {"months": Decimal(6)}),
        ({"months": "1 Month"}, {"months": Decimal(1)}),
        ({"films": "Sclerosis"}, {"films": "sclerosis"}),
        ({"films": " NEGATIVE "}, {"films": "negative"}),
        ({"failed": "Unknown"}, {}),
        ({"films": "unknown", "months": "not known", "relief": "?"}, {}),
        ({"relief": [85, "unknown", 88]}, {"relief": (Decimal(85), None, Decimal(88))}),
        ({"side": "Not known"}, {"side": "unclear"}),
        ({"side": "Left"}, {"side": "L"}),
        ({"side": "l"}, {"side": "l"}),
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
        ({"films": "sclerosys"}, "value-not-allowed", "did you mean 'sclerosis'"),
        ({"side": "Right"}, "value-not-allowed", "L, l, R, r, unclear"),
        ({"months": "6months and more"}, "wrong-unit", "UCUM"),
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


# Understood, but hardly meant ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", [0.85, "0.85", [0.85, "0.85"], [88, "0.85", None], Decimal("0.85"), (Decimal("0.85"), None)])
def test_a_part_of_one_told_of_per_cents_is_taken_and_doubted(value):
    (doubt,) = doubts({"relief": value}, GUIDELINE, file="f.yaml", line=lambda path: {"relief": 3}[path[0]])
    assert str(doubt) == (
        "f.yaml:3: warning: Relief: 0.85 % – did you mean 85 %? write 85, or '0.85 %' where so little is meant [part-of-one]"
    )
    assert parse_facts({"relief": value}, GUIDELINE)["relief"]


@pytest.mark.parametrize(
    "data",
    [{"relief": ["0.85 %", "0.85%"]}, {"relief": [85, 1, 0]}, {"months": 0.85}, {"fims": 0.85}, {"relief": ["x", None]}, ["relief"], None],
)
def test_what_bears_its_unit_or_is_no_part_of_one_is_not_doubted(data):
    assert doubts(data, GUIDELINE) == ()


def test_where_the_guideline_itself_draws_a_line_below_one_per_cent_parts_of_one_are_ordinary():
    relief = GUIDELINE.observables["relief"]
    for bound, doubted in ((70, 1), ("0.5", 0)):
        few = Comparison("c", "relief", bounds=(("≥", Decimal(bound)),), unit="%")
        guideline = made([step("start", "Presentation"), step("end")], [edge("start", "end", few)], [relief])
        assert len(doubts({"relief": "0.85"}, guideline)) == doubted
