"""A loop that is entered again asks afresh: visits are walked as if every round of it were written out."""

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from edgewise.graph.walking.visits import BEGINNING, Timeline
from edgewise.graph.walking.walk import SHUT, present, walk, walk_once
from tests.graph.looping import base, copy, heard, loopings, told_flat, unrolled, visits_of
from tests.graph.small_guidelines import guidelines
from tests.graph.walking.test_loops import told
from tests.graph.walking.test_questions import patients

CHECKS = settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


def round_come_to(looping, walked, most):
    """The last copy of the loop to which the walk of the unrolled guideline has come; the first where it has come to none."""
    return max([number for number in range(1, most + 1) if copy(looping.loop[0], number) in walked.path], default=1)


def left_due(looping, walked, number):
    """What is due in copies of the loop that the walk has left for the next."""
    return [id for id in walked.due if base(id) in looping.loop and id != copy(base(id), number)]


@CHECKS
@given(data=st.data())
def test_a_walk_over_visits_is_the_walk_of_the_guideline_with_its_loop_unrolled(data):
    looping = data.draw(loopings())
    visits = data.draw(visits_of(looping))
    most = len(visits) + 2  # the last that can be come to, and one to which its ways back lead
    written_out, flat, number = unrolled(looping, most), {}, 1
    for count, visit in enumerate(visits, 1):
        flat |= {told_flat(id, looping, number): answer for id, answer in visit.items()}
        expected = walk(written_out, flat)
        number = round_come_to(looping, expected, most)
        assume(not left_due(looping, expected, number))
        now = walk(looping.guideline, *heard(looping.guideline, visits[:count]))
        assert set(now.due) == {base(id) for id in expected.due}
        assert max((one.number for one in now.rounds), default=1) == number
        here = [id for id in expected.path if base(id) not in looping.loop or id == copy(base(id), number)]
        assert set(now.path) == {base(id) for id in here}
        states = {id: shut_or_not(choice) for id, choice in now.edges.items() if choice.reached}
        assert states == {base(id): shut_or_not(choice) for id, choice in expected.edges.items() if choice.transition.source in here}


def shut_or_not(choice):
    """The state of an edge; which ranges the source names before a step is another matter once the step is written twice."""
    return "shut" if choice.state in SHUT else choice.state


@CHECKS
@given(guideline=guidelines(), data=st.data())
def test_at_the_visit_at_which_a_walk_comes_back_the_same_is_due_as_if_all_were_told_at_once(guideline, data):
    facts = data.draw(patients(guideline))
    line = Timeline(BEGINNING, {id: (BEGINNING,) * (len(answer) if isinstance(answer, tuple) else 1) for id, answer in facts.items()})
    at_once, now = walk(guideline, facts), walk(guideline, facts, line)
    assert set(at_once.due) <= set(now.due)
    if not now.rounds:
        assert told(at_once) == told(now)


@CHECKS
@given(data=st.data())
def test_what_the_present_comes_down_to_walks_like_the_next_visit(data):
    looping = data.draw(loopings())
    visits = data.draw(visits_of(looping, most=4))
    guideline = looping.guideline
    now = present(guideline, *heard(guideline, visits[:-1] or visits))
    then = present(guideline, *heard(guideline, visits)) if visits[1:] else now
    assume(then.rounds == now.rounds)  # where it does not lead round once more
    walked = walk_once(now.guideline, {**now.facts, **(visits[-1] if visits[1:] else {})})
    assert told(walked) == told(walk(guideline, *heard(guideline, visits)))
