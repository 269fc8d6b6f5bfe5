"""Times that depend on the patient: which of them counts, what is claimed while that is not known, and what happens where two hold."""

from dataclasses import replace
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edgewise.graph.compiled.codec import decode, encode
from edgewise.graph.durations import Duration, duration
from edgewise.graph.model import Comparison, Guideline, Observable, Step, TimeWindow, Transition
from edgewise.graph.walking.timing import window
from edgewise.graph.walking.visits import Timeline, parse_told
from edgewise.graph.walking.walk import walk

NAMES = ("shock", "fever", "sure")


def holds(observable, answer="yes"):
    return Comparison("c", observable, answer=answer, label=observable if answer == "yes" else f"no {observable}", based_on=("s1",))


def made(*windows, **times):
    """A drug that follows an arrival, with some windows; what is given is `(key, time, observable)`."""
    held = []
    for number, (key, said, when) in enumerate(windows):
        value, step = (None, said) if key == "after" else (duration(said), "")
        held.append(TimeWindow(f"w{number}", key, value, step, holds(when) if when else None, ("s1",)))
    steps = {
        "arrival": Step("arrival", "Presentation", "Arrival", "", "p"),
        "film": Step("film", "Investigation", "Film", "", "p", yields=("broken",)),
        "drug": Step("drug", "Treatment", "The drug", "", "p", yields=("given",), timed_by=("s1",), windows=tuple(held), **times),
    }
    observables = {id: Observable(id, id.title(), "?", "yes-no") for id in (*NAMES, "broken", "given")}
    edges = {id: Transition(id, "arrival", id, id, "source") for id in ("film", "drug")}
    return Guideline("g", "urn:g", "", "", "", "", "", "", "", "", steps=steps, observables=observables, transitions=edges)


def told(guideline, at, **facts):
    heard = parse_told([{"at": "0 h", **facts}, {"at": at}], guideline)
    return walk(guideline, heard.facts, heard.timeline).timing["drug"]


SHOCK = (("within", "1 h", "shock"), ("within", "3 h", None))


# One that counts ----------------------------------------------------------------------------------------------------------


def test_the_window_counts_whose_condition_holds():
    assert told(made(*SHOCK), "30 min", shock="yes").told == "due within 1 h of Arrival: 30 min left"
    assert told(made(*SHOCK), "2 h", shock="yes").state == "overdue"


def test_the_window_without_a_condition_counts_where_no_other_does():
    assert told(made(*SHOCK), "2 h", shock="no").told == "due within 3 h of Arrival: 1 h left"


def test_where_no_window_counts_nothing_is_said():
    assert "drug" not in walk(made(SHOCK[0]), {"shock": "no"}).timing


def test_each_of_the_four_times_may_depend_on_the_patient():
    early = made(("notBefore", "2 h", "shock"), ("notBefore", "4 h", None))
    assert [told(early, "3 h", shock=answer).state for answer in ("yes", "no")] == ["due", "waiting"]
    after = made(("after", "film", "shock"), ("after", "arrival", None), within=duration("1 h"))
    assert [told(after, "2 h", shock=answer).state for answer in ("yes", "no")] == ["due", "overdue"]
    every = made(("every", "1 h", "shock"), ("every", "1 d", None))
    assert [told(every, "2 h", shock=answer, given="yes").told for answer in ("yes", "no")] == [
        "due again since 1 h; to be done every hour".replace("every hour", "every 1 h"),
        "again at 1 day (in 22 h)",
    ]


# Not known which ----------------------------------------------------------------------------------------------------------


def test_as_long_as_it_is_not_known_which_counts_all_are_told_and_what_decides_is_asked():
    walked = walk(made(*SHOCK), {})
    assert walked.timing["drug"].told == "within 1 h if shock, 3 h otherwise, counted from Arrival: not known which"
    assert not walked.timing["drug"].known
    assert "shock" in walked.questions
    assert "shock" not in walk(made(*SHOCK), {"given": "yes"}).questions


def test_nothing_is_claimed_that_is_not_so_with_each_of_them():
    states = [told(made(*SHOCK), at).state for at in ("30 min", "2 h", "4 h")]
    assert states == ["due", "due", "overdue"]
    assert told(made(*SHOCK), "2 h").told.startswith("overdue by 1 h or 1 h left; to be done within 1 h if shock")


def test_what_cannot_make_the_time_shorter_is_not_asked():
    windows = (("within", "1 h", "shock"), ("within", "3 h", "fever"))
    walked = walk(made(*windows), {"shock": "yes"})
    assert "fever" not in walked.questions
    assert walked.timing["drug"].told == "within 1 h of Arrival"


def test_windows_that_say_the_same_ask_nothing():
    walked = walk(made(("within", "1 d", "shock"), ("within", "24 h", None)), {})
    assert walked.timing["drug"].known
    assert "shock" not in walked.questions


def test_what_only_a_later_step_finds_out_is_not_asked_before_it():
    guideline = made(*SHOCK)
    later = Step("later", "Investigation", "Later", "", "p", yields=("shock",))
    edge = Transition("later", "drug", "later", "later", "source")
    guideline = replace(guideline, steps={**guideline.steps, "later": later}, transitions={**guideline.transitions, "later": edge})
    assert "shock" not in walk(guideline, {}).questions


# Several at once ----------------------------------------------------------------------------------------------------------

BOTH = (("within", "3 h", "fever"), ("within", "1 h", "shock"))


def test_of_two_that_hold_the_shortest_is_told_and_the_other_beside_it():
    walked = walk(made(*BOTH), {"shock": "yes", "fever": "yes"})
    assert walked.timing["drug"].told == "within 1 h of Arrival; the guideline also says within 3 h if fever"
    assert walked.unlike_times == {"drug": ("w0", "w1")}
    assert not walk(made(*BOTH), {"shock": "yes", "fever": "no"}).unlike_times


def test_of_two_steps_to_count_from_the_first_to_be_done_tells():
    guideline = made(("after", "film", "shock"), ("after", "arrival", "fever"), within=duration("1 h"))
    assert told(guideline, "2 h", shock="yes", fever="yes").state == "overdue"


# Whose word ---------------------------------------------------------------------------------------------------------------


def test_what_the_modeller_says_of_one_window_is_marked_at_it():
    guideline = made(*SHOCK)
    drug = guideline.steps["drug"]
    first, second = drug.windows
    drug = replace(drug, windows=(first, replace(second, stated_by="modeller")))
    assert window(guideline, drug, ("arrival",)) == "within 1 h if shock, 3 h otherwise (modeller's reading), counted from Arrival"


def test_a_condition_of_the_modellers_marks_its_window_when_it_is_known_to_hold_too():
    guideline = made(*SHOCK)
    drug = guideline.steps["drug"]
    first, second = drug.windows
    first = replace(first, when=replace(holds("shock"), stated_by="modeller"))
    guideline = replace(guideline, steps={**guideline.steps, "drug": replace(drug, windows=(first, second))})
    assert told(guideline, "30 min", shock="yes").remark == "modeller's reading"
    assert told(guideline, "30 min", shock="no").remark == ""


def test_a_step_with_windows_is_kept_and_comes_back():
    drug = made(*SHOCK, ("after", "film", "fever")).steps["drug"]
    assert decode(encode(drug), Step) == drug


# Laws ---------------------------------------------------------------------------------------------------------------------

SPANS = st.sampled_from(["30 min", "1 h", "2 h", "3 h"])
WINDOWS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["notBefore", "within", "every"]), SPANS, st.sampled_from(NAMES)),
        st.tuples(st.just("after"), st.sampled_from(["arrival", "film"]), st.sampled_from(NAMES)),
    ),
    max_size=5,
)
OTHERWISE = st.lists(
    st.tuples(st.sampled_from(["notBefore", "within", "every"]), SPANS, st.none()), max_size=3, unique_by=lambda one: one[0]
)
FACTS = st.dictionaries(st.sampled_from([*NAMES, "broken", "given"]), st.sampled_from(["yes", "no"]))
NOW = st.integers(0, 300).map(lambda minutes: Duration(Decimal(minutes), "min"))


@settings(deadline=None)
@given(WINDOWS, OTHERWISE, FACTS, NOW)
def test_what_is_claimed_stays_so_whatever_else_is_learned(windows, otherwise, facts, now):
    guideline = made(*windows, *otherwise)
    timeline = Timeline(Duration(Decimal(0), "h")).heard({}, facts).moved(now)
    timing = walk(guideline, facts, timeline).timing.get("drug")
    open_ = [id for id in NAMES if id not in facts]
    for answers in product(["yes", "no"], repeat=len(open_)):
        learned = walk(guideline, {**facts, **dict(zip(open_, answers, strict=True))}, timeline).timing.get("drug")
        if timing is None:
            assert learned is None
        elif timing.state == "overdue":
            assert learned
            assert learned.state == "overdue"
        elif timing.state == "waiting" and learned:
            assert learned.state == "waiting"
        if timing and timing.known and learned:
            assert (timing.state, timing.since, timing.until) == (learned.state, learned.since, learned.until)


@settings(deadline=None)
@given(WINDOWS, OTHERWISE, FACTS, NOW, NOW)
def test_a_state_only_goes_on_as_time_passes(windows, otherwise, facts, one, other):
    guideline, order = made(*windows, *otherwise), ["waiting", "due", "overdue"]
    begun = Timeline(Duration(Decimal(0), "h")).heard({}, facts)
    earlier, later = (walk(guideline, facts, begun.moved(at)).timing for at in sorted((one, other), key=lambda at: at.seconds))
    assert earlier.keys() == later.keys()
    assert all(order.index(earlier[id].state) <= order.index(later[id].state) for id in earlier)


@settings(deadline=None)
@given(WINDOWS, OTHERWISE, FACTS)
def test_who_answers_what_is_asked_learns_which_counts(windows, otherwise, facts):
    guideline = made(*windows, *otherwise)
    timing = walk(guideline, facts).timing.get("drug")
    if timing and not timing.known:
        assert set(walk(guideline, facts).questions) & set(NAMES)
    everything = walk(guideline, {**dict.fromkeys(NAMES, "yes"), **facts})
    assert all(one.known for one in everything.timing.values())


@settings(deadline=None)
@given(WINDOWS, OTHERWISE, FACTS)
def test_times_open_and_shut_nothing(windows, otherwise, facts):
    timed, untimed = walk(made(*windows, *otherwise), facts), walk(made(), facts)
    assert (timed.path, timed.edges, timed.due) == (untimed.path, untimed.edges, untimed.due)


@pytest.mark.parametrize("key", ["notBefore", "within", "every"])
def test_one_time_says_the_same_alone_and_as_a_window_without_a_condition(key):
    field = {"notBefore": "not_before"}.get(key, key)
    single = made(**{field: duration("2 h")})
    listed = made((key, "2 h", None))
    for facts, at in product(({}, {"given": "yes"}), ("1 h", "3 h")):
        heard = parse_told([{"at": "0 h", **facts}, {"at": at}], single)
        assert walk(single, heard.facts, heard.timeline).timing == walk(listed, heard.facts, heard.timeline).timing
