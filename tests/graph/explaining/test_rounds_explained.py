"""Why and what-if in a later round of a loop, against brute force: facts told at up to three visits, and every set of answers tried."""

from math import prod

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from edgewise.graph.explaining.why import why
from edgewise.graph.walking.walk import present, walk_once
from tests.graph.explaining.test_least_changes import comes, least_sets, openings, samples
from tests.graph.looping import heard, loopings, visits_of

CHECKS = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


@st.composite
def in_a_later_round(draw):
    """A step, and what a patient's visits come down to who has been round the loop."""
    looping = draw(loopings(small=True))
    assume(prod(len(samples(looping.guideline, id)) + 1 for id in looping.guideline.observables) <= 800)
    now = present(looping.guideline, *heard(looping.guideline, draw(visits_of(looping))))
    assume(now.rounds)
    return now, draw(st.sampled_from(list(looping.guideline.steps)))


@CHECKS
@given(in_a_later_round())
def test_every_least_set_of_changes_is_found_and_no_other(patient):
    now, step = patient
    if not comes(now.guideline, step, now.facts):
        found = openings(now.guideline, step, now.facts)
        assert found.complete
        assert {frozenset(need.observable for need in one.needs) for one in found.listed} == least_sets(now.guideline, step, now.facts)
        assert all(comes(now.guideline, step, one.example) for one in found.listed)


@CHECKS
@given(in_a_later_round())
def test_why_says_what_the_walk_does(patient):
    now, step = patient
    walked, asked = walk_once(now.guideline, now.facts), why(now.guideline, step, now.facts)
    assert (asked.state in ("due", "passed")) is (step in walked.path)
    assert asked.question == "" or asked.question not in now.facts
