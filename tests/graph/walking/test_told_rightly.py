"""What is told of a walk: nothing twice, nothing that nobody told, nothing before its time."""

import pytest

from edgewise.graph.gaps.search import find_gaps
from edgewise.graph.walking.visits import parse_told
from edgewise.graph.walking.walk import walk
from tests.graph.written import made, source, walked


@pytest.fixture(scope="module")
def shock():
    """A drug whose hours are counted, and a level that is measured again after two hours."""
    return made(
        source(
            steps="""id: start, type: Presentation, label: Start
        id: drug, type: Treatment, label: Drug, yields: [dose, hours]
        id: more, type: Treatment, label: More
        id: first, type: Investigation, label: First level, yields: [level]
        id: second, type: Investigation, label: Second level, yields: [again], notBefore: 2 h, within: 4 h, after: first, timedBy: [s1]
        id: alarm, type: Treatment, label: Alarm""",
            observables="""id: dose, label: Dose, valueType: quantity, unit: mg, min: 0
        id: hours, label: Hours at that dose, valueType: quantity, unit: h, min: 0, accrues: true
        id: level, label: Level, valueType: quantity, unit: mmol/L, min: 0
        id: again, label: Level again, valueType: quantity, unit: mmol/L, min: 0""",
            transitions="""id: t1, from: start, to: drug
        id: t2, from: drug, to: more, when: {all: [{observable: hours, atLeast: 4, unit: h}, {observable: dose, moreThan: 1, unit: mg}]}
        id: t3, from: start, to: first
        id: t4, from: first, to: second, when: {observable: level, moreThan: 2, unit: mmol/L}
        id: t5, from: second, to: alarm, when: {observable: again, moreThan: 2, unit: mmol/L}""",
        )
    )


def at(guideline, hours, **facts):
    told = parse_told([{"at": "0 h", **facts}, {"at": f"{hours} h"}], guideline)
    return walk(guideline, told.facts, told.timeline)


def test_what_a_waiting_step_will_find_out_is_asked_once_its_time_has_come(shock):
    early, late = at(shock, 1, level="3", dose="0"), at(shock, 2, level="3", dose="0")
    assert (early.waiting, early.questions) == (("second",), ("hours",))
    assert (late.waiting, late.questions) == ((), ("hours", "again"))


def test_whether_a_waiting_step_that_finds_nothing_out_is_done_is_not_asked_before_its_time():
    guideline = made(
        source(
            steps="""id: start, type: Presentation, label: Start
        id: look, type: Investigation, label: Look, yields: [seen]
        id: rest, type: Treatment, label: Rest, notBefore: 2 h, after: look, timedBy: [s1]
        id: home, type: Endpoint, label: Home, endpoint: discharge""",
            observables="id: seen, label: Seen, valueType: yes-no",
            transitions="""id: t1, from: start, to: look
        id: t2, from: look, to: rest
        id: t3, from: rest, to: home""",
        )
    )
    assert [at(guideline, hours, seen="yes").questions for hours in (1, 3)] == [(), ("done:rest",)]


def test_what_another_step_finds_out_as_well_is_asked_there(shock):
    both = made(
        source(
            steps="""id: start, type: Presentation, label: Start
        id: first, type: Investigation, label: First, yields: [level]
        id: now, type: Investigation, label: Now, yields: [again]
        id: later, type: Investigation, label: Later, yields: [again], notBefore: 2 h, after: first, timedBy: [s1]""",
            observables="""id: level, label: Level, valueType: yes-no
        id: again, label: Again, valueType: yes-no""",
            transitions="""id: t1, from: start, to: first
        id: t2, from: first, to: later
        id: t3, from: first, to: now""",
        )
    )
    assert at(both, 1, level="yes").questions == ("again",)


def test_a_count_that_nobody_told_is_not_told_as_a_number(shock):
    untold, told = walked(shock), walked(shock, dose="2", hours="0")
    assert untold.edges["t2"].why == "Hours at that dose: nothing told yet (needed: at least 4 hours); Dose: not known"
    assert "Hours at that dose: 0 hours (needed: at least 4 hours)" in told.edges["t2"].why


@pytest.fixture(scope="module")
def likely():
    """A road that asks for what an edge beside it, which is not to be taken, asks the opposite of: of a number, and of a score."""
    return made(
        source(
            steps="""id: start, type: Presentation, label: Start
        id: rule, type: Investigation, label: Rule, yields: [ruled]
        id: test, type: Investigation, label: Test, yields: [tested]""",
            observables="""id: chance, label: Chance, valueType: quantity, unit: "%", min: 0, max: 100
        id: sign, label: Sign, valueType: yes-no
        id: ruled, label: Ruled, valueType: yes-no
        id: tested, label: Tested, valueType: yes-no
        id: wells, label: Wells, valueType: score, unit: "1", items: [{label: sign, points: 3, when: {observable: sign, is: yes}}]""",
            transitions="""id: t1, from: start, to: rule, when: {observable: chance, lessThan: 15, unit: "%"}
        id: n1, from: start, to: rule, role: excluded, when: {observable: chance, atLeast: 15, unit: "%"}
        id: t2, from: start, to: test, when: {all: [{observable: wells, atMost: 2, unit: "1"}, {observable: chance, atLeast: 1, unit: "%"}]}
        id: n2, from: start, to: test, role: excluded, when: {observable: wells, moreThan: 2, unit: "1"}""",
        )
    )


@pytest.mark.parametrize(
    ("facts", "edge", "why"),
    [
        ({"chance": "10"}, "t1", "Chance: 10 %"),
        ({"chance": "20"}, "t1", "Chance: 20 % (needed: less than 15 %)"),
        ({}, "t1", "Chance: not known"),
        ({"sign": "yes", "chance": "1"}, "t2", "Wells: 3 (needed: at most 2)"),
        ({"wells": "3", "chance": "1"}, "t2", "Wells: 3 (needed: at most 2)"),
        ({"chance": "1"}, "t2", "Wells: 0 so far, between 0 and 3 (needed: at most 2)"),
        ({"wells": "0", "chance": "1"}, "t2", "Wells: 0; and Chance: 1 %"),
    ],
)
def test_what_an_edge_that_is_not_to_be_taken_asks_the_opposite_of_is_told_once(likely, facts, edge, why):
    assert walked(likely, **facts).edges[edge].why == why


def test_an_item_of_a_score_that_is_a_group_goes_by_its_label():
    guideline = made(
        source(
            steps="""id: start, type: Presentation, label: Start
        id: test, type: Investigation, label: Test, yields: [tested]""",
            observables="""id: still, label: Still, valueType: yes-no
        id: surgery, label: Surgery, valueType: yes-no
        id: tested, label: Tested, valueType: yes-no
        id: wells, label: Wells, valueType: score, items: [{label: laid up, points: 3, when: {any: [{observable: still, is: yes},
            {observable: surgery, is: yes}]}}]""".replace("\n            {", " {"),
            transitions="id: t1, from: start, to: test, when: {observable: wells, atLeast: 2}",
        )
    )
    standing = walked(guideline, still="yes").edges["t1"]
    assert [part.text for part in standing.trace.parts[1:]] == ["laid up (Still: yes)"]
    assert standing.trace.parts[1].criterion.label == "laid up"


def test_answers_that_only_cautions_look_at_are_not_idle():
    text = source(
        steps="""id: start, type: Presentation, label: Start
        id: drug, type: Treatment, label: Drug""",
        observables="\n".join(f"id: {id}, label: {id.title()}, valueType: yes-no" for id in ("pregnant", "old", "idle")),
        transitions="id: t1, from: start, to: drug",
    )
    cautions = "[{about: [drug], when: {observable: pregnant, is: yes}}, {about: [drug], unless: {observable: old, is: no}}]"
    guideline = made(text.replace("kind: pitfall, text: B.,", f"kind: pitfall, text: B., cautions: {cautions},"))
    assert [row.observables for row in find_gaps(guideline).rows if row.kind == "never-asked"] == [("idle",)]
