"""Bundles and alternatives on a walk: they group what it comes to, and open nothing."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edgewise.graph.explaining.what_if import vary
from edgewise.graph.explaining.why import why
from edgewise.graph.library import load
from edgewise.graph.model import Alternative, Bundle, Candidate, Comparison
from edgewise.graph.walking.facts import parse_facts
from edgewise.graph.walking.sets_told import belongs, groups_told
from edgewise.graph.walking.walk import walk
from tests.graph.small_guidelines import guidelines, patients, with_sets
from tests.places import DATA

URGENT, CALM = {"urgent": "yes"}, {"urgent": "no", "shock": "no"}


@pytest.fixture(scope="module")
def guideline():
    return load(DATA / "sets.yaml").guideline


def walked(guideline, facts):
    return walk(guideline, parse_facts(facts, guideline))


def headline(guideline, step, facts):
    return why(guideline, step, parse_facts(facts, guideline)).headline


def choosing(guideline, facts):
    (found,) = walked(guideline, facts).alternatives
    return found


# Bundles ----------------------------------------------------------------------------------------------------------------


def test_of_a_bundle_those_are_begun_to_which_the_facts_lead(guideline):
    (found,) = walked(guideline, URGENT | {"shock": "no"}).bundles
    assert (found.come_to, found.due, found.others) == (("cultures", "lactate"), ("cultures", "lactate"), ("fluid",))
    assert groups_told(guideline, walked(guideline, URGENT | {"shock": "no"})) == (
        "Begin together: Cultures and Lactate – Within the first hour (2 of 3)",
    )


def test_a_member_ends_by_itself_and_the_others_stay_due(guideline):
    (found,) = walked(guideline, URGENT | {"shock": "yes", "grown": "no"}).bundles
    assert (found.come_to, found.due) == (("cultures", "lactate", "fluid"), ("lactate", "fluid"))


def test_one_member_alone_is_no_set(guideline):
    assert not groups_told(guideline, walked(guideline, CALM | {"shock": "yes", "acei-taken": "yes", "cough": "no"}))[:-1]


def test_why_says_with_what_a_step_is_begun(guideline):
    assert headline(guideline, "lactate", URGENT | {"shock": "yes"}) == "Due now, together with Cultures and Fluid."
    assert headline(guideline, "lactate", URGENT | {"shock": "yes", "grown": "no", "given": "yes"}) == "Due now."


# Alternatives -----------------------------------------------------------------------------------------------------------


def test_before_one_is_chosen_all_are_due_as_one_choice_and_the_preferred_one_is_told(guideline):
    assert walked(guideline, CALM).due == ("acei", "arb")
    assert groups_told(guideline, walked(guideline, CALM)) == (
        "One of: ACE inhibitor or ARB – A drug on the renin system; ACE inhibitor: preferred",
    )
    assert headline(guideline, "arb", CALM) == "Due now, this or ACE inhibitor (ACE inhibitor is preferred)."


def test_what_tells_the_preference_is_asked_as_long_as_it_can(guideline):
    assert "cough" in walked(guideline, CALM).questions
    assert "cough" not in walked(guideline, CALM | {"cough": "no"}).questions
    assert "cough" not in walked(guideline, URGENT).questions


def test_where_its_condition_holds_a_candidate_goes_first_and_its_reason_is_told(guideline):
    found = choosing(guideline, CALM | {"cough": "yes"})
    assert (found.due, found.preferred) == (("arb", "acei"), ("arb",))
    assert walked(guideline, CALM | {"cough": "yes"}).due == ("arb", "acei")
    assert found.told(guideline, "arb") == "preferred: the ACE inhibitor makes cough"


def test_once_one_is_done_the_others_are_no_longer_due_and_their_edges_stay_open(guideline):
    facts = CALM | {"acei-taken": "yes", "cough": "no"}
    here = walked(guideline, facts)
    assert here.due == ("home",)
    assert here.edges["t-arb"].state == "open"
    assert headline(guideline, "arb", facts) == "Not due: ACE inhibitor was chosen instead."
    assert groups_told(guideline, here) == ("ARB: ACE inhibitor was chosen instead",)


def test_of_what_was_not_chosen_nothing_is_asked(guideline):
    assert walked(guideline, CALM | {"acei-taken": "yes", "cough": "no"}).questions == ()


def test_one_whose_condition_holds_goes_before_what_is_done(guideline):
    facts = CALM | {"acei-taken": "yes", "cough": "yes"}
    assert "arb" in walked(guideline, facts).due
    assert headline(guideline, "acei", facts) == "Not due: ARB goes before it."


def test_what_goes_along_with_a_step_that_was_not_chosen_is_not_due_either(guideline):
    steps = dict(guideline.steps) | {"check": replace(guideline.steps["arb"], id="check", companion_of="arb", yields=())}
    edge = replace(guideline.transitions["t-arb"], id="t-check", target="check")
    more = replace(guideline, steps=steps, transitions={**guideline.transitions, "t-check": edge})
    assert "check" in walk(more, parse_facts(CALM, more)).due
    assert "check" not in walk(more, parse_facts(CALM | {"acei-taken": "yes", "cough": "no"}, more)).due


def test_of_candidates_that_find_nothing_out_one_is_chosen_when_it_is_said_to_be_done(tmp_path):
    file = tmp_path / "guideline.yaml"
    text = (DATA / "sets.yaml").read_text("utf-8")
    file.write_text(text.replace(", yields: [acei-taken]", "").replace(", yields: [arb-taken]", ""), "utf-8")
    found = load(file).guideline
    assert walked(found, CALM).due == ("acei", "arb")
    after = walked(found, CALM | {"cough": "no", "done": ["arb"]})
    assert after.due == ("home",)
    assert after.alternatives[0].aside == {"acei": "arb"}


def test_a_preference_that_nobody_states_is_told_apart_from_one_that_is(guideline):
    plain = Alternative("a", "Either", tuple(Candidate(f"a/{step}", step, based_on=("s1",)) for step in ("acei", "arb")), based_on=("s1",))
    silent = replace(guideline, alternatives={"a": plain})
    found = choosing(silent, CALM)
    assert (found.preferred, found.told(silent, "arb")) == ((), "no preference stated by the source")
    assert groups_told(silent, walked(silent, CALM))[0].endswith("no preference stated by the source")


def test_equal_ranks_are_equally_good(guideline):
    equal = tuple(Candidate(f"a/{step}", step, rank=1, based_on=("s1",)) for step in ("acei", "arb"))
    found = choosing(replace(guideline, alternatives={"a": Alternative("a", "Either", equal, based_on=("s1",))}), CALM)
    assert found.preferred == ("acei", "arb")
    assert found.told(guideline, "arb") == "equally preferred"


def test_what_the_modeller_groups_or_prefers_is_marked(guideline):
    ranked = (Candidate("a/1", "acei", rank=1), Candidate("a/2", "arb", rank=2))
    read = replace(
        guideline, bundles={"b": Bundle("b", "At once", ("acei", "fluid"))}, alternatives={"a": Alternative("a", "Either", ranked)}
    )
    told = [words for words, _ in belongs(read, "acei")]
    assert told == [
        "Begun together with Fluid: At once (modeller's reading)",
        "Alternative to ARB: Either (modeller's reading); preferred (modeller's reading)",
    ]
    assert choosing(read, CALM).told(read, "acei") == "preferred (modeller's reading)"


def test_what_if_tells_that_an_answer_changes_the_choice_and_by_which_passage(guideline):
    yes, no = vary(guideline, parse_facts(CALM | {"acei-taken": "yes"}, guideline), "cough")
    assert (yes.answer.steps, no.answer.steps) == (("arb", "home"), ("home",))
    assert yes.statements == ("s2",)


# Whoever the patient is -------------------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=60)
@given(guidelines(most=60), st.data())
def test_sets_open_and_close_nothing(guideline, data):
    grouped = data.draw(with_sets(guideline))
    for _, facts in patients(grouped):
        plain, here = walk(guideline, facts), walk(grouped, facts)
        assert (here.path, here.silent_at, here.followed) == (plain.path, plain.silent_at, plain.followed)
        assert {id: one.state for id, one in here.edges.items()} == {id: one.state for id, one in plain.edges.items()}
        assert set(here.due) <= set(plain.due)


@settings(deadline=None, max_examples=60)
@given(guidelines(most=60), st.data())
def test_of_alternatives_some_is_done_or_due_where_any_is_come_to_and_due(guideline, data):
    """What is left out for the sake of another is so only because that one is done, or goes before it and is come to."""
    grouped = data.draw(with_sets(guideline))
    for _, facts in patients(grouped):
        for one in walk(grouped, facts).alternatives:
            for step, other in one.aside.items():
                assert other in one.done or other in one.fitting
                assert other not in one.aside
                assert step not in one.due


def test_a_condition_of_a_preference_divides_the_answers():
    asked = Comparison("c", "cough", answer="yes")
    assert asked in [replace(one, id="c", based_on=()) for one in _compared("cough")]


def _compared(observable):
    from edgewise.graph.pathway import Pathway

    return Pathway.of(load(DATA / "sets.yaml").guideline).compared(observable)
