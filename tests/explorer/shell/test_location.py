from __future__ import annotations

from decimal import Decimal
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edgewise.explorer.shell.location import LONGEST, Location, params, read
from edgewise.graph.model import Choice, Guideline, Observable, Step
from edgewise.graph.reading.projection import guideline as projected
from edgewise.graph.reading.read import read as read_file
from edgewise.graph.walking.facts import Answer
from tests.places import DATA

STEPS = {"a": Step("a", "Treatment", "A", "", "p"), "b": Step("b", "Treatment", "B", "", "p")}
ODD = ("yes~no", "50 %", "a;b:c,d", "_", "ja & nein", "é+😀", "<script>")
OBSERVABLES = {
    "suspicion": Observable("suspicion", "S", "?", "yes-no"),
    "films": Observable("films", "F", "?", "choice", choices=tuple(Choice(value, value) for value in ODD)),
    "months": Observable("months", "M", "?", "quantity", unit="mo", minimum=Decimal(-5)),
    "relief": Observable("relief", "R", "?", "quantity", unit="%", minimum=Decimal(0), maximum=Decimal(100), repeated=True),
    "tries": Observable("tries", "T", "?", "count", minimum=Decimal(0)),
}
GUIDELINE = Guideline("g", "urn:g", "", "", "", "", "", "", "", "", steps=STEPS, observables=OBSERVABLES)

numbers = st.decimals(min_value=0, max_value=100, places=2)
answers: dict[str, st.SearchStrategy[Answer]] = {
    "suspicion": st.sampled_from(["yes", "no"]),
    "films": st.sampled_from(ODD),
    "months": st.decimals(min_value=-5, max_value=10**30, allow_nan=False, places=3),
    "relief": st.lists(st.none() | numbers, min_size=1, max_size=6).map(tuple),
    "tries": st.integers(0, 10**6).map(Decimal),
}
# in any order: that in which the facts were given is kept
some_facts = st.permutations(list(answers)).flatmap(
    lambda ids: st.integers(0, len(ids)).flatmap(lambda n: st.fixed_dictionaries({id: answers[id] for id in ids[:n]}))
)


def through_an_address(location: Location) -> Location:
    query = parse_qs(urlencode(params(location)))
    found, problems = read({key: values[0] for key, values in query.items()}, "g", GUIDELINE)
    assert problems == ()
    return found


@given(some_facts, st.sampled_from(["", "a", "b"]), st.sampled_from(["", "a", "b"]))
def test_what_is_written_into_an_address_is_read_back(facts: dict[str, Answer], selected: str, upto: str) -> None:
    location = Location("g", selected, facts, upto)
    assert through_an_address(location) == location
    assert list(through_an_address(location).facts) == list(facts)


@given(st.dictionaries(st.sampled_from(["g", "sel", "facts", "upto", "x"]), st.text(max_size=80)))
def test_no_address_raises_an_error_and_what_is_left_is_known(query: dict[str, str]) -> None:
    location, problems = read(query, "g", GUIDELINE)
    assert location.selected in {"", *STEPS}
    assert location.upto in {"", *STEPS}
    assert set(location.facts) <= set(OBSERVABLES)
    assert all(isinstance(problem, str) and problem for problem in problems)


def test_a_written_address_needs_no_escapes() -> None:
    location = Location("g", "a", {"suspicion": "yes", "relief": (Decimal(85), None, Decimal("88.5"))}, "b")
    assert urlencode(params(location)) == "g=g&sel=a&facts=suspicion~yes+relief~85~_~88.5&upto=b"


@pytest.mark.parametrize("typed", ["suspicion:yes;relief:85,88", "suspicion~yes relief~85~88", "suspicion:yes; relief:85,88;"])
def test_facts_may_be_typed_with_colons_and_commas(typed: str) -> None:
    location, problems = read({"facts": typed}, "g", GUIDELINE)
    assert (location.facts, problems) == ({"suspicion": "yes", "relief": (Decimal(85), Decimal(88))}, ())


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("relief~101", "outside the allowed range"),
        ("nothing~1", "'nothing' is not asked"),
        ("suspicion~perhaps", "'perhaps' is not an answer"),
        ("suspicion", "is not an answer"),
        ("suspicion~yes~no", "asked once"),
        ("tries~1.5", "not a whole number"),
        ("months~NaN", "not a number"),
    ],
)
def test_a_fact_that_cannot_be_used_is_left_out_and_told_and_the_others_stay(typed: str, told: str) -> None:
    location, problems = read({"facts": f"{typed} relief~50"}, "g", GUIDELINE)
    assert location.facts == {"relief": (Decimal(50),)}
    assert len(problems) == 1
    assert told in problems[0]


def test_facts_that_are_far_too_long_are_not_even_looked_at() -> None:
    location, problems = read({"facts": "relief" + "~1" * LONGEST}, "g", GUIDELINE)
    assert not location.facts
    assert "too long" in problems[0]


def test_a_selection_that_is_not_there_is_told_in_few_characters() -> None:
    _, problems = read({"sel": "x" * 100_000, "upto": "<script>" * 1000}, "g", GUIDELINE)
    assert len(problems) == 2
    assert max(map(len, problems)) < 120


def test_facts_in_an_address_may_be_written_as_people_write_them():
    found, problems = read({"facts": "months~26wk suspicion~unknown relief~85~unknown~88 films~É+😀"}, "g", GUIDELINE)
    assert problems == ()
    assert found.facts == {
        "months": Decimal("5.9794661191"), "relief": (Decimal(85), None, Decimal(88)), "films": "é+😀",
    }  # fmt: skip


def test_two_series_that_are_one_reading_have_one_length_in_an_address_too() -> None:
    source = read_file(DATA / "readings.yaml")
    clinic = projected(source.graph, source.iri)
    found, told = read({"facts": "systolic~152~148 diastolic~94"}, "pathway", clinic)
    assert found.facts == {"systolic": (Decimal(152), Decimal(148))}
    assert told == ("Left out of the facts: diastolic, which has another number of values than systolic.",)
    assert read({"facts": "systolic:152/94,148/90"}, "pathway", clinic)[0].facts["diastolic"] == (Decimal(94), Decimal(90))
