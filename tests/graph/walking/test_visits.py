"""Visits: read into facts and times, every fault at once with its line, and told again as they were."""

from decimal import Decimal

import pytest
from hypothesis import given

from edgewise.graph.durations import duration
from edgewise.graph.library import load
from edgewise.graph.walking.facts import parse_facts
from edgewise.graph.walking.visits import Timeline, as_visits, parse_told
from edgewise.ontology.errors import FactsError
from tests.graph.walking.test_timing import VISITS
from tests.places import DATA


@pytest.fixture(scope="module")
def guideline():
    return load(str(DATA / "times.yaml")).guideline


def faults(guideline, data):
    with pytest.raises(FactsError) as error:
        parse_told(data, guideline, file="v.yaml", line=lambda path: 1 + (path[0] if path and isinstance(path[0], int) else 0))
    return [(found.rule, found.line) for found in error.value.findings]


def test_a_mapping_is_read_as_ever(guideline):
    told = parse_told({"shock": "yes"}, guideline)
    assert told.facts == parse_facts({"shock": "yes"}, guideline)
    assert told.timeline is None


def test_one_visit_may_stand_alone(guideline):
    told = parse_told({"at": "1 h", "shock": "yes"}, guideline)
    assert (told.facts, told.timeline.now) == ({"shock": "yes"}, duration("1 h"))
    assert parse_told({"at": "1 h"}, guideline).timeline.now == duration("1 h")


def test_a_series_goes_on_from_visit_to_visit_and_of_all_else_the_last_word_counts(guideline):
    told = parse_told([{"at": "0 d", "reviewed": "1", "shock": "yes"}, {"at": "1 d", "reviewed": ["2", "3"], "shock": "no"}], guideline)
    assert told.facts == {"shock": "no", "reviewed": (Decimal(1), Decimal(2), Decimal(3))}
    assert [at.written for at in told.timeline.told["reviewed"]] == ["0 d", "1 d", "1 d"]
    assert [at.written for at in told.timeline.told["shock"]] == ["1 d"]


def test_what_is_not_known_at_a_visit_takes_nothing_back(guideline):
    assert parse_told([{"at": "0 h", "shock": "yes"}, {"at": "1 h", "shock": "unknown"}], guideline).facts == {"shock": "yes"}


def test_dates_are_counted_from_the_first(guideline):
    told = parse_told([{"at": "2026-11-27T08:00", "shock": "yes"}, {"at": "2026-11-27T09:30"}], guideline)
    assert told.timeline.now.written == "90 min"
    assert parse_told([{"at": "2026-01-01"}, {"at": "2026-01-29"}], guideline).timeline.now.written == "4 wk"


def test_units_of_time_may_differ_and_be_named(guideline):
    assert parse_told([{"at": "0"}, {"at": "90 minutes"}, {"at": "2 h"}, {"at": "4 weeks"}], guideline).timeline.now.written == "4 wk"


def test_every_fault_of_every_visit_is_found_with_its_line(guideline):
    data = [
        {"at": "4 h", "shock": "maybe"},
        {"shock": "yes"},
        {"at": "1 h"},
        {"at": "-1 h"},
        {"at": "5 cm"},
        "nothing",
        {"at": "5", "lactate": "3"},
    ]
    assert sorted(faults(guideline, data)) == sorted(
        [
            ("value-not-allowed", 1),
            ("visit-without-time", 2),
            ("visits-out-of-order", 3),
            ("not-a-time", 4),
            ("not-a-time", 5),
            ("visit-not-a-mapping", 6),
            ("not-a-time", 7),
            ("unknown-observable", 7),
        ]
    )


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        ([{"at": "2026-11-27"}, {"at": "1 h"}], "mixed-times"),
        ([{"at": "2026-11-27T08:00"}, {"at": "2026-11-27T09:00Z"}], "mixed-times"),
        ([{"at": "2026-11-27"}, {"at": "2026-11-26"}], "visits-out-of-order"),
        ([{"at": "2026-13-27"}], "not-a-time"),
        ([{"at": ["1 h"]}], "not-a-time"),
        ([{"at": ""}], "not-a-time"),
        ([{"at": "9" * 999 + " h"}], "not-a-time"),
        ([{"at": "1 h"}] * 1001, "too-many-values"),
    ],
)
def test_a_time_that_cannot_be_used_is_refused(guideline, data, rule):
    assert [found for found, _ in faults(guideline, data)] == [rule]


@given(VISITS)
def test_facts_told_as_visits_and_as_they_were_told_are_the_same(guideline, visits):
    told = parse_told(visits, guideline)
    again = parse_told(
        [
            {"at": at.written, **{id: [str(v) for v in one] if isinstance(one, tuple) else str(one) for id, one in facts.items()}}
            for at, facts in as_visits(told.facts, told.timeline)
        ],
        guideline,
    )
    assert again.facts == told.facts
    assert again.timeline.now.seconds == told.timeline.now.seconds
    seconds = [{id: [at.seconds for at in times] for id, times in one.timeline.told.items()} for one in (told, again)]
    assert seconds[0] == seconds[1]


def test_what_is_changed_now_was_told_now_and_the_rest_when_it_was():
    line = Timeline(duration("2 h"), {"shock": (duration("0 h"),), "series": (duration("0 h"), duration("1 h"))})
    before = {"shock": "yes", "series": (Decimal(1), Decimal(2))}
    heard = line.heard(before, {"shock": "no", "series": (Decimal(1), Decimal(3), Decimal(4))})
    assert [at.written for at in heard.told["shock"]] == ["2 h"]
    assert [at.written for at in heard.told["series"]] == ["0 h", "2 h", "2 h"]
    assert line.heard(before, before) == line
