"""Why and why not on the first guideline, state by state, and what holds of them on any guideline."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edgewise.graph.answers.diagram import TooLarge
from edgewise.graph.explaining import why as module
from edgewise.graph.explaining.headline import headline
from edgewise.graph.explaining.least_changes import Need, Opening
from edgewise.graph.explaining.why import why
from edgewise.graph.library import load
from edgewise.graph.model import AllOf, Comparison, Observable
from edgewise.graph.walking.readings import still_missing
from edgewise.graph.walking.walk import walk
from edgewise.ontology.errors import UnknownName
from tests.graph.by_hand import edge, made, step
from tests.graph.small_guidelines import guidelines, patients


def D(number):  # noqa: N802  # reads like the constructor it is
    return Decimal(number)


FILMS = {"radiographs": "sclerosis", "inflammatory-suspicion": "no"}
FAILED = {**FILMS, "conservative-months": D(6), "conservative-failed": "yes"}
ABLATED = {**FAILED, "block-relief": (D(85), D(88)), "rfa-attempts-failed": D(2)}


@pytest.fixture(scope="module")
def guideline():
    return load("sacroiliac-sclerosis").guideline


HEADLINES = [
    ("xray-spine", {}, "due", "Due now."),
    ("presentation", {}, "passed", "Reached and done."),
    ("conservative-care", {**FILMS, "conservative-months": D(6), "conservative-failed": "no"}, "passed",
     "Reached and done; the source does not say what follows."),
    ("mri-si-joints-with-and-without-contrast",
     {"radiographs": "negative", "inflammatory-suspicion": "yes", "mri-possible": "yes"}, "offered",
     "Offered as an option: the source does not say when to prefer it."),
    ("si-joint-fusion", {}, "not-yet", "Not yet: 8 things are missing, first Films of the SI joints."),
    ("si-joint-fusion", {**ABLATED, "documented": "yes"}, "undecided", "Undecided: one answer is missing – Hip and spine excluded: yes."),
    ("si-joint-fusion", {**ABLATED, "rfa-attempts-failed": D(1), "documented": "yes", "hip-spine-excluded": "yes"}, "not-yet",
     "Not yet: it takes time or repeating – Failed RFA attempts: at least 2 (now 1)."),
    ("si-joint-fusion", {**ABLATED, "hip-spine-excluded": "no"}, "shut", "Closed: Hip and spine excluded: no (needed on the way: yes)."),
    ("si-joint-fusion", {**ABLATED, "hip-spine-excluded": "no", "documented": "no"}, "shut",
     "Closed: Hip and spine excluded: no (needed on the way: yes, and 1 other finding too)."),
    ("cooled-rfa", {**FAILED, "block-relief": (D(75), D(72))}, "not-named",
     "Not named by the source: Relief by diagnostic blocks: 75 %, 72 %. It speaks only of two or more, each 80 to 90 %."),
    ("si-joint-fusion", {**ABLATED, "documented": "no"}, "shut",
     "Closed: Course of treatment documented: no, which the modeller marks as amendable (needed on the way: yes)."),
    ("endoscopic-neurectomy", ABLATED, "advised-against",
     "Never by this guideline: the modeller reads the source as advising against this step."),
]  # fmt: skip


@pytest.mark.parametrize(("step", "facts", "state", "headline"), HEADLINES)
def test_one_sentence_says_where_a_step_stands(guideline, step, facts, state, headline):
    asked = why(guideline, step, facts)
    assert (asked.state, asked.headline) == (state, headline)


def test_no_more_than_two_things_to_wait_for_are_told_in_the_sentence(guideline):
    waits = tuple(Need(id, "more", "wait") for id in ("conservative-months", "block-relief", "rfa-attempts-failed"))
    told = [headline(guideline, "not-yet", [Opening(waits[:count], {})]) for count in (2, 3)]
    assert told[1] == told[0].removesuffix(".") + "; …."
    assert "Failed RFA attempts" not in told[1]


def test_a_condition_is_told_part_by_part_with_its_statements_and_markers(guideline):
    (way,) = why(guideline, "si-joint-fusion", {**ABLATED, "rfa-attempts-failed": D(1), "hip-spine-excluded": "no"}).ways
    assert (way.edge, way.state, way.stated_by) == ("cooled-rfa-to-si-joint-fusion", "closed", "source")
    assert (way.condition.joint, way.condition.outcome) == ("all", "fails")
    told = {part.text.split(":")[0]: (part.outcome, part.statements, part.markers) for part in way.condition.parts}
    assert told["hip and spine excluded as main source"] == ("fails", ("s19", "s26"), ("2",))
    assert told["several failed RFA attempts (at least 2"] == ("not-yet", ("s22", "s28"), ("3", "7"))
    assert told["course of treatment documented"] == ("not-known", ("s29",), ("2",))
    assert told["two or more blocks with at least 70 % relief"][0] == "holds"


def test_only_what_has_to_flip_is_given_as_the_reason(guideline):
    (opening,) = why(guideline, "si-joint-fusion", {**FAILED, "block-relief": (D(95),)}).changes
    assert set(opening.needs[0].based_on) == {"s17", "s21", "s32"}, "one block above 70 % is there already (s25)"


def test_edges_to_steps_already_come_to_count_for_no_question(guideline):
    first = why(guideline, "si-joint-fusion", FAILED).useful[0]
    assert (first.observable, first.most, first.of, first.ruling_out) == ("block-relief", 2, 2, "some answers")


def test_a_way_that_is_inferred_is_marked_so(guideline):
    ways = why(guideline, "conservative-care", {}).ways
    assert {way.stated_by for way in ways} == {"modeller"}
    assert [way.reached for way in ways] == [True, False, False, False]


def test_everything_on_the_way_asks_together(guideline):
    (opening,) = why(guideline, "si-joint-fusion", FAILED).changes
    relief = next(need for need in opening.needs if need.observable == "block-relief")
    assert (relief.needs, relief.kind) == ("two or more, each 80 to 90 %", "ask")
    assert set(relief.based_on) == {"s17", "s21", "s25", "s32"}


@pytest.mark.parametrize(
    ("observable", "answer", "kind", "now"),
    [
        ("block-relief", (D(95),), "wait", "95 %"),
        ("block-relief", (D(85), None), "ask", "85 %, not known"),
        ("block-relief", (D(30), D(20)), "not-named", "30 %, 20 %"),
        ("conservative-months", D(2), "wait", "2 months"),
    ],
)
def test_what_time_can_bring_is_told_from_what_is_settled(guideline, observable, answer, kind, now):
    facts = {**FILMS, **({} if observable == "conservative-months" else FAILED), observable: answer}
    changes = why(guideline, "cooled-rfa", facts).changes
    need = next(need for need in changes[0].needs if need.observable == observable)
    assert (need.kind, need.now) == (kind, now)


def test_an_answer_given_while_its_step_goes_on_does_not_stand_yet(guideline):
    early, late = ({**FILMS, "conservative-months": D(months), "conservative-failed": "no"} for months in (2, 6))
    assert [need.kind for need in why(guideline, "diagnostic-injections", early).changes[0].needs] == ["wait", "wait"]
    asked = why(guideline, "diagnostic-injections", late)
    assert (asked.state, asked.possible, [need.kind for need in asked.settled[0].needs]) == ("shut", (), ["told"])


def test_all_ways_are_told_those_that_can_still_come_first(guideline):
    facts = {"radiographs": "equivocal", "inflammatory-suspicion": "yes", "mri-possible": "yes"}
    asked = why(guideline, "conservative-care", facts)
    assert [[need.observable for need in one.needs] for one in asked.possible] == [["inflammation-on-imaging"]]
    assert [[need.observable for need in one.needs] for one in asked.settled] == [["inflammatory-suspicion"]]
    assert (asked.more, asked.complete, asked.question) == (0, True, "inflammation-on-imaging")


def test_the_most_useful_question_decides_most_and_says_so(guideline):
    first, second = why(guideline, "conservative-care", {"radiographs": "equivocal"}).useful
    assert (first.observable, second.observable) == ("inflammatory-suspicion", "mri-possible")
    assert first.decides > second.decides
    assert first.reason == "decides up to 3 of 6 undecided edges on the way to Conservative care, 3–6 months"
    (only,) = why(guideline, "si-joint-fusion", {**ABLATED, "documented": "yes"}).useful
    assert (only.observable, only.ruling_out) == ("hip-spine-excluded", "no")


def test_no_question_is_asked_before_the_step_that_answers_it(guideline):
    asked = why(guideline, "si-joint-fusion", {})
    assert ([one.observable for one in asked.useful], asked.question) == (["radiographs"], "radiographs")


def test_where_no_answer_helps_none_is_asked_for(guideline):
    assert why(guideline, "si-joint-fusion", {**ABLATED, "hip-spine-excluded": "no"}).question == ""
    assert why(guideline, "xray-si-joints", {}).question == ""


def test_an_unknown_step_is_refused_with_the_nearest(guideline):
    with pytest.raises(UnknownName, match="did you mean 'cooled-rfa'"):
        why(guideline, "cooled-rfb", {})


# Guidelines of other shapes ---------------------------------------------------------------------------------------------


START = step("start", "Presentation")
BROKEN = Observable("broken", "Broken", "Broken?", "yes-no")
BOTH = AllOf("c", (Comparison("c1", "broken", answer="yes"), Comparison("c2", "broken", answer="no")))


def test_a_step_without_edges_a_step_nobody_can_reach_and_a_step_behind_an_option():
    guideline = made(
        [START, step("alone"), step("never"), step("offered"), step("behind")],
        [edge("start", "never", BOTH), edge("start", "offered", role="option"), edge("offered", "behind")],
        [BROKEN],
    )
    assert why(guideline, "alone", {}).headline == "Nothing leads here: the guideline draws no edge to it."
    assert why(guideline, "never", {}).headline == "Nothing leads here: no patient can come to it by the guideline's conditions."
    assert why(guideline, "offered", {}).state == "offered"
    assert why(guideline, "behind", {}).state == "nothing-leads"


def test_a_companion_without_edges_is_judged_by_its_main_step():
    guideline = made(
        [START, step("cast"), step("sling", companion_of="cast")],
        [edge("start", "cast", Comparison("c", "broken", answer="yes"))],
        [BROKEN],
    )
    asked = why(guideline, "sling", {})
    assert (asked.along, asked.state, asked.question) == ("cast", "undecided", "broken")
    assert asked.headline == "Undecided: one answer is missing – Broken: yes. It goes along with Cast."


def test_a_step_that_only_has_to_be_done_asks_for_any_answer():
    guideline = made([START, step("film", yields=("broken",)), step("home")], [edge("start", "film"), edge("film", "home")], [BROKEN])
    (opening,) = why(guideline, "home", {}).changes
    assert [(need.observable, need.needs, need.kind, need.based_on) for need in opening.needs] == [("broken", "any answer", "ask", ())]


def test_too_much_to_look_through_is_said_and_the_rest_still_answered(guideline, monkeypatch):
    def refuse(*_):
        raise TooLarge(1)

    monkeypatch.setattr(module, "Approach", refuse)
    asked = why(guideline, "si-joint-fusion", ABLATED)
    assert (asked.complete, asked.changes, asked.state) == (False, (), "undecided")
    assert asked.headline.startswith("Not worked out: too many situations")
    assert asked.ways[0].condition.parts
    first = why(guideline, "conservative-care", {"radiographs": "equivocal"}).useful[0]
    assert (first.of, first.ruling_out) == (6, ""), "only edges on the way are counted, here as well"


def test_forty_conditions_in_a_row_are_one_set_and_quick():
    asked = [replace(BROKEN, id=f"o{at}") for at in range(40)]
    when = AllOf("c", tuple(Comparison(f"c{at}", one.id, answer="yes") for at, one in enumerate(asked)))
    (opening,) = why(made([START, step("end")], [edge("start", "end", when)], asked), "end", {"o7": "no"}).changes
    assert len(opening.needs) == 40
    assert [need.observable for need in opening.needs if need.kind == "told"] == ["o7"]


@settings(deadline=None, max_examples=60)
@given(guideline=guidelines(most=30), data=st.data())
def test_the_state_agrees_with_the_walk_and_the_changes_with_the_state(guideline, data):
    _, complete = data.draw(st.sampled_from(list(patients(guideline))))
    known = data.draw(st.sets(st.sampled_from(sorted(complete)))) if complete else set()
    facts = {id: answer for id, answer in complete.items() if id in known}
    walked = walk(guideline, facts)
    for id in guideline.steps:
        asked = why(guideline, id, facts)
        judged = asked.along or id
        assert (asked.state in ("due", "passed")) is (judged in walked.path)
        assert (asked.state == "due") is (judged in walked.due)
        if asked.state in ("not-yet", "undecided"):
            assert asked.possible
        if asked.state == "shut":
            assert not asked.possible
            assert asked.settled or asked.amendable
        if asked.state in ("due", "passed", "offered", "nothing-leads", "advised-against"):
            assert not asked.changes
        assert asked.question == "" or asked.question not in facts or still_missing(guideline, asked.question, facts[asked.question])
        assert asked.headline.endswith(".")


@settings(deadline=None, max_examples=60)
@given(guideline=guidelines(most=60), data=st.data())
def test_the_question_on_the_way_to_a_step_is_one_that_the_walk_asks_wherever_any_of_those_matters(guideline, data):
    everybody = [facts for _, facts in patients(guideline)]
    known = data.draw(st.sets(st.sampled_from(list(guideline.observables))))
    facts = {id: answer for id, answer in data.draw(st.sampled_from(everybody)).items() if id in known}
    walked = walk(guideline, facts)
    for id in guideline.steps:
        useful = [one.observable for one in why(guideline, id, facts, walked=walked).useful]
        asked = [one for one in useful if one in walked.questions]
        assert useful[: len(asked)] == asked, "what the walk asks comes first"
        assert all(one not in facts or still_missing(guideline, one, facts[one]) for one in useful), "what is known is not asked"


def test_what_was_not_looked_for_is_said_in_one_line():
    told = why(load("pulmonary-embolism").guideline, "ctpa", {})
    assert not told.complete
    assert re.fullmatch(
        r"\d+ least sets of answers were found; not looked for: changes that turn on a bound worked out from Age and D-dimer, "
        r"within ranges in which it may go both ways",
        told.unlooked,
    )
    assert why(load("sacroiliac-sclerosis").guideline, "conservative-care", {}).unlooked == ""
