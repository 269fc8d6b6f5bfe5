"""How steps stand in time: waiting, due, overdue; and that time changes nothing else."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edgewise.graph.durations import SECONDS, Duration, duration
from edgewise.graph.library import load
from edgewise.graph.reading.implied import DONE
from edgewise.graph.walking.visits import Timeline, parse_told
from edgewise.graph.walking.walk import walk
from tests.places import DATA

ILL = {"at": "0 h", "shock": "yes", "lactate-value": "3"}
ORDER = {"waiting": 0, "due": 1, "overdue": 2}


@pytest.fixture(scope="module")
def guideline():
    return load(str(DATA / "times.yaml")).guideline


def walked(guideline, *visits):
    told = parse_told(list(visits), guideline)
    return walk(guideline, told.facts, told.timeline)


def test_at_one_hour_antimicrobials_are_still_due_and_lactate_waits(guideline):
    now = walked(guideline, ILL, {"at": "1 h"})
    assert (now.timing["antimicrobials"].state, now.timing["antimicrobials"].told) == ("due", "due within 1 h of Recognition: 0 h left")
    assert "antimicrobials" in now.due
    assert (now.timing["lactate-again"].state, now.timing["lactate-again"].told) == ("waiting", "waiting until 2 h (in 1 h)")
    assert now.waiting == ("lactate-again",)
    assert "lactate-again" not in now.due


def test_within_its_window_a_step_is_due_and_after_it_overdue(guideline):
    now = walked(guideline, ILL, {"at": "3 h"})
    assert "lactate-again" in now.due
    assert now.timing["lactate-again"].told.endswith("after Measure lactate: 1 h left")
    later = walked(guideline, ILL, {"at": "5 h"})
    assert list(later.overdue) == ["antimicrobials", "lactate-again"]
    assert later.timing["lactate-again"].told.startswith("overdue by 1 h; to be done 2 h (modeller's reading) to 4 h after Measure lactate")
    assert set(later.overdue) <= set(later.due)


def test_a_step_that_is_done_is_neither_due_nor_overdue(guideline):
    now = walked(guideline, ILL, {"at": "3 h", "second-lactate": "2"}, {"at": "9 h"})
    assert "lactate-again" not in now.due
    assert "lactate-again" not in now.timing


def test_times_are_counted_from_when_the_step_was_done(guideline):
    now = walked(guideline, {"at": "0 h", "shock": "yes"}, {"at": "90 min", "lactate-value": "3"}, {"at": "3 h"})
    assert now.timing["lactate-again"].told == "waiting until 3.5 h (in 30 min)"


def test_saying_the_same_again_does_not_count_anew(guideline):
    now = walked(guideline, ILL, {**ILL, "at": "2 h"}, {"at": "5 h"})
    assert now.timing["lactate-again"].told.startswith("overdue by 1 h")


def test_another_value_is_another_measurement(guideline):
    now = walked(guideline, ILL, {"at": "2 h", "lactate-value": "4"}, {"at": "5 h"})
    assert now.timing["lactate-again"].state == "due"


def test_what_is_repeated_waits_after_it_was_done_and_is_due_again(guideline):
    first = walked(guideline, {"at": "0 d"})
    assert first.timing["review"].told == "every day"
    assert "review" in first.due
    waits = walked(guideline, {"at": "0 d", "reviewed": "1"}, {"at": "6 h"})
    assert waits.timing["review"].told == "again at 1 day (in 18 h)"
    assert "review" not in waits.due
    again = walked(guideline, {"at": "0 d", "reviewed": "1"}, {"at": "30 h"})
    assert again.timing["review"].told == "due again since 1 day; to be done every day"
    assert "review" in again.due
    assert walked(guideline, {"at": "0 d", "reviewed": "1"}, {"at": "30 h", "reviewed": "0"}, {"at": "31 h"}).waiting == ("review",)


def test_without_a_clock_a_step_is_due_and_its_times_are_told_in_words(guideline):
    now = walk(guideline, {"shock": "yes", "lactate-value": Decimal(3)})
    assert {"antimicrobials", "lactate-again", "review"} <= set(now.due)
    assert now.timing["lactate-again"].told == "2 h (modeller's reading) to 4 h after Measure lactate"
    assert (now.waiting, now.overdue) == ((), {})


def test_whose_word_the_times_are_is_told(guideline):
    now = walk(guideline, {"shock": "yes", "lactate-value": Decimal(3)})
    assert now.timing["antimicrobials"].remark == ""
    assert now.timing["review"].remark == "the modeller's condition, no passage"


def test_what_waits_is_still_led_to_by_an_open_edge(guideline):
    now = walked(guideline, ILL, {"at": "1 h"})
    assert "t-again" in {choice.transition.id for choice in now.open}


# Laws ---------------------------------------------------------------------------------------------------------------------

TIMES = st.builds(Duration, st.integers(0, 99).map(Decimal), st.sampled_from(["min", "h", "d"]))
FACTS = st.fixed_dictionaries(
    {},
    optional={
        "shock": st.sampled_from(["yes", "no"]),
        "lactate-value": st.integers(0, 5).map(str),
        "second-lactate": st.integers(0, 5).map(str),
        "reviewed": st.integers(0, 3).map(str),
    },
)
VISITS = st.lists(st.tuples(TIMES, FACTS), min_size=1, max_size=3).map(
    lambda visits: [
        {"at": at.written, **facts}
        for at, (_, facts) in zip(sorted((at for at, _ in visits), key=lambda at: at.seconds), visits, strict=True)
    ]
)


@given(VISITS)
def test_time_opens_and_shuts_nothing(guideline, visits):
    told = parse_told(visits, guideline)
    with_time, without = walk(guideline, told.facts, told.timeline), walk(guideline, told.facts)
    assert (with_time.path, with_time.edges, with_time.followed) == (without.path, without.edges, without.followed)
    assert (with_time.silent, with_time.silent_at) == (without.silent, without.silent_at)
    later = {one for id in with_time.waiting for one in (*guideline.steps[id].yields, DONE + id)}  # not asked before its time
    assert {*with_time.questions} <= {*without.questions} <= {*with_time.questions} | later
    again = {id for id, timing in with_time.timing.items() if timing.again}
    assert {*with_time.due, *with_time.waiting} - again == set(without.due) - again


@given(VISITS, st.lists(TIMES, min_size=2, max_size=2))
def test_a_state_only_goes_on_as_time_passes(guideline, visits, passed):
    told = parse_told(visits, guideline)
    start = told.timeline.now.seconds
    earlier, later = (Timeline(Duration(start + seconds, "s"), told.timeline.told) for seconds in sorted(one.seconds for one in passed))
    before, after = walk(guideline, told.facts, earlier), walk(guideline, told.facts, later)
    assert set(before.timing) == set(after.timing)
    assert all(ORDER[before.timing[id].state] <= ORDER[after.timing[id].state] for id in before.timing)


@given(VISITS)
def test_a_step_waits_before_its_time_and_is_overdue_after_it_and_at_neither_end(guideline, visits):
    told = parse_told(visits, guideline)
    for timing in walk(guideline, told.facts, told.timeline).timing.values():
        now = told.timeline.now.seconds
        if timing.since:
            assert (timing.state == "waiting") is (now < timing.since.seconds)
        if timing.until:
            assert (timing.state == "overdue") is (now > timing.until.seconds)


@given(TIMES)
def test_a_stretch_of_time_is_read_as_it_is_written(at):
    assert duration(at.written).seconds == at.seconds == at.amount * SECONDS[at.unit]
