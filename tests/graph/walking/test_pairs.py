"""Two numbers of one reading: told together, kept apart, printed together."""

from decimal import Decimal

import pytest

from edgewise.graph.answers.in_words import facts_told
from edgewise.graph.model import Observable
from edgewise.graph.walking.facts import parse_facts, plain
from edgewise.ontology.errors import FactsError
from tests.graph.by_hand import made

D = Decimal


def pressure(id, low, high, second=""):
    return Observable(
        id, id.title(), "?", "quantity", unit="mm[Hg]", minimum=D(low), maximum=D(high), repeated=True, paired_with=second
    )  # fmt: skip


GUIDELINE = made([], [], [pressure("systolic", 50, 300, "diastolic"), pressure("diastolic", 20, 200)])


def told(data):
    return parse_facts(data, GUIDELINE)


def refused(data):
    with pytest.raises(FactsError) as error:
        told(data)
    return [(found.rule, found.repair) for found in error.value.findings]


def test_a_pair_tells_both_series():
    both = {"systolic": (D(152), D(148)), "diastolic": (D(94), D(90))}
    assert told({"systolic": ["152/94", "148 / 90 mmHg"]}) == both
    assert told({"systolic": [152, 148], "diastolic": [94, 90]}) == both
    assert told(plain(both)) == both
    assert told({"systolic": "152/94"}) == {"systolic": (D(152),), "diastolic": (D(94),)}


def test_a_number_of_a_pair_may_not_be_known():
    assert told({"systolic": ["152/?", None, "?/90"]}) == {"systolic": (D(152), None, None), "diastolic": (None, None, D(90))}
    assert told({"systolic": ["152/94", 148]})["diastolic"] == (D(94), None)


def test_one_of_the_two_alone_says_nothing_of_the_other():
    assert told({"systolic": [152, 148]}) == {"systolic": (D(152), D(148))}


def test_series_of_different_length_are_refused_as_nobody_knows_what_belongs_together():
    assert refused({"systolic": [152, 148], "diastolic": [94]}) == [
        ("unlike-pair", "write pairs such as 152/94, with ? for a number that is not known")
    ]


def test_a_second_number_that_is_told_by_itself_too_is_refused():
    assert [rule for rule, _ in refused({"systolic": "152/94", "diastolic": 94})] == ["told-twice"]
    assert [rule for rule, _ in refused({"diastolic": 94, "systolic": "152/94"})] == ["told-twice"]


def test_each_number_has_its_own_range():
    assert [rule for rule, _ in refused({"systolic": "152/9"})] == ["value-out-of-range"]


@pytest.mark.parametrize("text", ["152/", "/94", "152/94/80", "a/b"])
def test_what_is_no_pair_is_no_number_either(text):
    assert [rule for rule, _ in refused({"systolic": text})] == ["not-a-number"]


def test_the_second_of_a_pair_takes_no_pairs():
    assert [rule for rule, _ in refused({"diastolic": "152/94"})] == ["not-a-number"]


def test_readings_are_printed_as_they_are_told():
    facts = told({"systolic": ["152/94", "148/?"]})
    assert facts_told(GUIDELINE, facts) == {"systolic": ("Systolic/Diastolic", "152/94 mmHg, 148/? mmHg")}
    assert facts_told(GUIDELINE, {"systolic": (D(152),)}) == {"systolic": ("Systolic", "152 mmHg")}
