"""Least changes against brute force: on small guidelines of any shape, every set of observables and every answer is tried with the walk."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import chain, combinations, combinations_with_replacement, pairwise, product
from math import prod

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from edgewise.graph.answers.diagram import Diagrams, TooLarge
from edgewise.graph.answers.in_words import needed
from edgewise.graph.answers.mentions import voices
from edgewise.graph.answers.partition import partition
from edgewise.graph.explaining.approach import Approach, approaches, ways_in
from edgewise.graph.explaining.least_changes import Search
from edgewise.graph.library import load
from edgewise.graph.model import AllOf, AnyOf, Choice, Comparison, Guideline, Not, Observable, Step, Transition
from edgewise.graph.walking.walk import walk
from tests.graph.small_guidelines import criteria

CHECKS = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


def D(number):  # noqa: N802  # reads like the constructor it is
    return Decimal(number)


def openings(guideline, step, facts):
    return Search(Approach(guideline, step, facts), walk(guideline, facts)).found


def samples(guideline, id):
    """Answers of every sort; of a series also all short ones."""
    found = [cell.sample for cell in partition(guideline, id).cells]
    if not guideline.observables[id].repeated:
        return found
    values = sorted({value for series in found for value in series})
    return [*found, *(series for size in (1, 2) for series in combinations_with_replacement(values, size))]


GROWING = {
    "quantity": {"unit": "%", "minimum": D(0), "maximum": D(9)},
    "count": {"minimum": D(0), "maximum": D(6)},
}


@st.composite
def asked_of_all(draw):
    """Two or three observables of which one at least can grow: where time matters."""
    shapes = draw(st.lists(st.sampled_from(["yes-no", "choice", "accrues", "repeated", "plain"]), min_size=2, max_size=3))
    made = []
    for at, shape in enumerate(shapes):
        if shape in ("yes-no", "choice"):
            choices = tuple(Choice(value, value.upper()) for value in "xyz") if shape == "choice" else ()
            made.append(Observable(f"o{at}", shape, "?", shape, choices=choices))
        else:
            kind = draw(st.sampled_from(list(GROWING)))
            more = {} if shape == "plain" else {shape: True}
            made.append(Observable(f"o{at}", shape, "?", kind, **GROWING[kind], **more))
    return made


@st.composite
def ladders(draw):
    """A way of one to three rungs to the last step, most of them with conditions, and edges that shorten it, circle or lead astray."""
    known = draw(asked_of_all())
    rungs = [f"step-{at}" for at in range(draw(st.integers(2, 4)))]
    steps = {}
    for at, id in enumerate(rungs):
        yields = draw(st.lists(st.sampled_from([one.id for one in known]), max_size=2, unique=True))
        main = draw(st.sampled_from(["", "", "", *rungs])) if at else ""
        kind = "Treatment" if at else "Presentation"
        steps[id] = Step(id, kind, id, "", "p", yields=tuple(yields), companion_of="" if main == id else main)
    ends = list(pairwise(rungs))
    ends += draw(st.lists(st.tuples(st.sampled_from(rungs), st.sampled_from(rungs[1:])), max_size=3))
    edges = {}
    for at, (source, target) in enumerate(ends):
        role = draw(st.sampled_from(["route", "route", "route", "option", "excluded"]))
        when = draw(criteria(known)) if draw(st.integers(0, 3)) else None
        edges[f"t{at}"] = Transition(f"t{at}", source, target, "", "source", role if at >= len(rungs) - 2 else "route", when)
    made = Guideline(
        "g", "urn:g", "", "", "", "", "", "", "", "", steps=steps, transitions=edges, observables={one.id: one for one in known}
    )
    assume(few(made))
    return made


def few(guideline):
    """Whether there are few answers to try; of windows, whether they can be counted at all."""
    try:
        return prod(len(samples(guideline, id)) + 1 for id in guideline.observables) <= 400
    except TooLarge:
        return False


@st.composite
def patients(draw):
    guideline = draw(ladders())
    facts = {}
    for id, asked in guideline.observables.items():
        if draw(st.integers(0, 2)) and (known := samples(guideline, id)):
            facts[id] = draw(st.sampled_from(known))
            if asked.repeated and draw(st.booleans()):
                facts[id] = (*facts[id][:1], *draw(st.sampled_from([(), (None,)])))
    return guideline, list(guideline.steps)[-1], facts


def comes(guideline, step, facts):
    """Whether the walk comes to a step or, where only options lead there, is offered it."""
    walked = walk(guideline, facts)
    offered = any(walked.edges[edge.id].state == "open" for edge in ways_in(guideline, step) if edge.role == "option")
    return step in walked.path or offered


def subsets(ids):
    return chain.from_iterable(combinations(ids, size) for size in range(len(ids) + 1))


def answered(guideline, ids):
    return (dict(zip(ids, given, strict=True)) for given in product(*(samples(guideline, id) for id in ids)))


def least_sets(guideline, step, facts):
    least = []
    for ids in map(frozenset, subsets(list(guideline.observables))):
        if not any(held <= ids for held in least) and any(
            comes(guideline, step, {**facts, **given}) for given in answered(guideline, sorted(ids))
        ):
            least.append(ids)
    return set(least)


# The laws ---------------------------------------------------------------------------------------------------------------


@given(patient=patients())
@CHECKS
def test_every_least_set_of_changes_is_found_and_no_other(patient):
    guideline, step, facts = patient
    found = openings(guideline, step, facts)
    assert found.complete
    assert {frozenset(need.observable for need in opening.needs) for opening in found.listed} == least_sets(guideline, step, facts)


@given(patient=patients())
@CHECKS
def test_exactly_the_answers_that_are_asked_for_lead_to_the_step(patient):
    guideline, step, facts = patient
    search = Search(Approach(guideline, step, facts), walk(guideline, facts))
    for changed in search.sets()[0]:
        ids = [id for at, id in enumerate(search.approach.observables) if changed >> at & 1]
        boxes = [{search.approach.observables[at]: cells for at, cells in box.items()} for box in search.boxes(changed)]
        for given_ in answered(guideline, ids):
            cells = {id: search.approach.partitions[id].cell_of(answer) + 1 for id, answer in given_.items()}
            fits = any(all(cells[id] in box[id] for id in ids) for box in boxes)
            assert fits is comes(guideline, step, {**facts, **given_})


@given(patient=patients())
@CHECKS
def test_every_example_comes_to_the_step_and_changes_nothing_but_what_is_needed(patient):
    guideline, step, facts = patient
    for opening in openings(guideline, step, facts).listed:
        assert comes(guideline, step, opening.example)
        assert {id for id in opening.example if opening.example[id] != facts.get(id)} == {need.observable for need in opening.needs}
        assert [need.kind == "ask" for need in opening.needs if need.observable not in facts] == [True] * sum(
            need.observable not in facts for need in opening.needs
        )


def may_become(guideline, id, answer, unsettled):
    """What time can bring, in other words than the program's: longer series, larger numbers, anything while it does not stand."""
    asked, everything = guideline.observables[id], samples(guideline, id)
    if answer is None:
        return [None, *everything]
    if asked.repeated:
        values = sorted({value for series in everything for value in series})
        filled = [tuple(given_) for given_ in product(*([value] if value is not None else values for value in answer))]
        return [answer, *filled, *((*held, *more) for held in filled for more in everything if unsettled)]
    if asked.accrues:
        return [answer, *(number for number in everything if number >= answer)]
    return [answer, *(everything if unsettled else [])]


@given(patient=patients())
@CHECKS
def test_what_can_still_come_is_told_from_what_no_care_can_bring(patient):
    guideline, step, facts = patient
    walked = walk(guideline, facts)
    traces = [walked.edges[edge.id].trace for edge in approaches(guideline, step)]
    unsettled = {id for trace in traces if trace for id in trace.unsettled()}
    ids = list(guideline.observables)
    futures = product(*(may_become(guideline, id, facts.get(id), id in unsettled) for id in ids))
    can = any(
        comes(guideline, step, {id: answer for id, answer in zip(ids, future, strict=True) if answer is not None}) for future in futures
    )
    found = openings(guideline, step, facts)
    assert any(opening.possible for opening in found.listed) is can
    assert Search(Approach(guideline, step, facts), walked).can_still_come() is can


@given(patient=patients())
@CHECKS
def test_sets_come_in_the_order_promised(patient):
    guideline, step, facts = patient
    kinds = [[need.kind for need in opening.needs] for opening in openings(guideline, step, facts).listed]
    order = [(sum(one.count(kind) for kind in ("told", "not-named", "fixed")), one.count("wait"), len(one)) for one in kinds]
    assert order == sorted(order)


# One by one -------------------------------------------------------------------------------------------------------------


def made(observables, *whens, yields=()):
    """A start, then one step after the other; a step aside, to which nothing leads, yields what `yields` names."""
    names = ["start", *(f"step-{at}" for at in range(len(whens)))]
    steps = {id: Step(id, "Treatment" if at else "Presentation", id, "", "p") for at, id in enumerate(names)}
    steps["aside"] = Step("aside", "Treatment", "aside", "", "p", yields=tuple(yields))
    pairs = zip(pairwise(names), whens, strict=True)
    edges = {target: Transition(target, source, target, "", "source", when=when) for (source, target), when in pairs}
    return Guideline(
        "g", "urn:g", "", "", "", "", "", "", "", "", steps=steps, transitions=edges, observables={one.id: one for one in observables}
    )


def told(guideline, step, facts):
    return [[(need.observable, need.needs, need.kind) for need in one.needs] for one in openings(guideline, step, facts).listed]


TRIES = Observable("tries", "Tries", "?", "count", minimum=D(0), maximum=D(9), accrues=True)
RELIEF = Observable("relief", "Relief", "?", "quantity", unit="%", minimum=D(0), maximum=D(100), repeated=True)
BROKEN = Observable("broken", "Broken", "?", "yes-no")
FEW = Comparison("few", "tries", bounds=(("≤", D(2)),))
SOME = Comparison("some", "tries", bounds=(("≥", D(2)), ("≤", D(4))))
TWICE = Comparison("twice", "relief", bounds=(("≥", D(70)),), unit="%", times=2)


def test_what_nobody_has_counted_yet_stands_at_nothing_and_has_not_to_be_asked():
    assert told(made([TRIES, BROKEN], AllOf("a", (FEW, Comparison("c", "broken", answer="yes"))), yields=["tries"]), "step-0", {}) == [
        [("broken", "yes", "ask")]
    ]
    assert told(made([RELIEF], Not("n", TWICE), yields=["relief"]), "step-0", {}) == [[]]
    assert told(made([RELIEF], Not("n", TWICE)), "step-0", {}) == [[("relief", "fewer than two of at least 70 %", "ask")]]


def test_what_is_counted_once_its_step_is_done_has_to_be_asked():
    guideline = made([TRIES, BROKEN], FEW, yields=["tries", "broken"])
    assert told(guideline, "step-0", {"broken": "no"}) == [[("tries", "at most 2", "ask")]]


@pytest.mark.parametrize(("now", "kind"), [(1, "wait"), (5, "not-named")])
def test_what_grows_can_be_waited_for_and_no_smaller_number_is_offered_where_the_source_names_a_range(now, kind):
    assert told(made([TRIES], SOME), "step-0", {"tries": D(now)}) == [[("tries", "2 to 4", kind)]]


def test_what_grows_never_shrinks():
    assert told(made([TRIES], FEW), "step-0", {"tries": D(5)}) == [[("tries", "at most 2", "fixed")]]


@pytest.mark.parametrize(("marks", "kind"), [({}, "told"), ({"amendable": True}, "amend"), ({"final_by": ("s",)}, "fixed")])
def test_whether_an_answer_can_change_is_said_only_where_it_is_marked(marks, kind):
    guideline = made([replace(BROKEN, **marks)], Comparison("c", "broken", answer="yes"))
    assert told(guideline, "step-0", {"broken": "no"}) == [[("broken", "yes", kind)]]
    (opening,) = openings(guideline, "step-0", {"broken": "no"}).listed
    assert (opening.possible, opening.amendable) == (False, kind == "amend")


def test_a_series_may_go_on_only_where_it_is_marked_and_never_unhappens():
    longer = replace(RELIEF, open_ended=True)
    assert told(made([longer], TWICE), "step-0", {"relief": (D(80), D(20))}) == [[("relief", "two or more, each at least 70 %", "amend")]]
    never = Not("n", Comparison("c", "relief", bounds=(("<", D(50)),), unit="%"))
    assert told(made([longer], never), "step-0", {"relief": (D(20),)}) == [[("relief", "none of less than 50 %", "fixed")]]


@pytest.mark.parametrize(
    ("series", "kind"),
    [
        ((D(10),), "wait"),
        ((D(80),), "wait"),
        ((D(10), D(20)), "told"),
        ((D(80), D(20)), "told"),
        ((D(80), None), "ask"),
        ((D(8), None), "told"),
    ],
)
def test_a_series_goes_on_until_it_is_as_long_as_the_source_asks(series, kind):
    assert told(made([RELIEF], TWICE), "step-0", {"relief": tuple(one and D(one) for one in series)}) == [
        [("relief", "two or more, each at least 70 %", kind)]
    ]


def test_a_longer_series_than_the_shortest_is_found_where_only_that_one_will_do():
    first, low = (
        Comparison("first", "relief", bounds=(("≥", D(90)),), unit="%"),
        Comparison("low", "relief", bounds=(("<", D(10)),), unit="%", times=3),
    )
    guideline = made([RELIEF], AllOf("a", (first, low, Not("n", TWICE))))
    (opening,) = openings(guideline, "step-0", {"relief": (D(95),)}).listed
    assert opening.needs[0].kind == "wait"
    assert opening.example["relief"][0] == D(95)
    assert "step-0" in walk(guideline, opening.example).path


def test_a_series_may_go_on_for_long_and_still_come():
    """There are more than five thousand ways in which three bands can have been met so far."""
    bands = [Comparison(f"c{low}", "relief", bounds=(("≥", D(low)), ("<", D(low + 10))), unit="%", times=18) for low in (10, 30, 50)]
    assert [kinds for ((_, _, kinds),) in told(made([RELIEF], AllOf("a", tuple(bands))), "step-0", {"relief": (D(15),)})] == ["wait"]


def test_two_ways_with_the_same_questions_are_told_apart():
    sides = [Observable(id, id, "?", "choice", choices=tuple(Choice(v, v.upper()) for v in "xyz")) for id in ("one", "two")]

    def pair(one, two):
        return AllOf("a", (Comparison("c", "one", one_of=(one,)), Comparison("d", "two", one_of=(two,))))

    guideline = made(sides, AnyOf("o", (pair("x", "y"), pair("y", "x"))))
    assert told(guideline, "step-0", {}) == [[("one", "X", "ask"), ("two", "Y", "ask")], [("one", "Y", "ask"), ("two", "X", "ask")]]


def test_where_sets_multiply_the_nearest_are_told_and_the_rest_is_admitted():
    asked = [Observable(f"o{at}", f"O{at}", "?", "yes-no") for at in range(20)]
    pairs = [
        AnyOf(f"any{at}", tuple(Comparison(f"c{one.id}", one.id, answer="yes") for one in asked[at : at + 2])) for at in range(0, 20, 2)
    ]
    found = openings(made(asked, AllOf("all", tuple(pairs))), "step-0", {})
    assert (len(found.listed), found.complete) == (24, False)
    assert all(len(opening.needs) == 10 for opening in found.listed)
    assert len({opening.needs for opening in found.listed}) == 24
    few = openings(made(asked[:12], AllOf("all", tuple(pairs[:6]))), "step-0", {})
    assert (len(few.listed), few.more, few.complete) == (24, 2**6 - 24, True)


@pytest.mark.parametrize(
    ("comparison", "cells", "words"),
    [
        (Comparison("c", "tries", bounds=((">", D(3)),)), True, "more than 3"),
        (Comparison("c", "tries", bounds=((">", D(3)),)), False, "at most 3"),
        (SOME, True, "2 to 4"),
        (SOME, False, "not 2 to 4"),
        (Comparison("c", "relief", bounds=(("≥", D(70)), ("≤", D(70))), unit="%"), True, "at least one of exactly 70 %"),
        (Comparison("c", "relief", bounds=((">", D(70)),), unit="%"), False, "none of more than 70 %"),
        (TWICE, True, "two or more, each at least 70 %"),
    ],
)
def test_a_requirement_reads_like_the_guideline_s_own_words(comparison, cells, words):
    guideline = made([TRIES, RELIEF], comparison)
    answers = partition(guideline, comparison.observable)
    fitting = [at for at in range(len(answers.cells)) if (answers.outcome(comparison, at)[0].value == "true") is cells]
    assert needed(guideline, answers, voices(guideline, comparison.observable), fitting) == words


def test_words_that_no_comparison_has_are_taken_from_the_cells():
    guideline = made([TRIES], AnyOf("o", (FEW, Comparison("many", "tries", bounds=(("≥", D(7)),)))))
    assert told(guideline, "step-0", {"tries": D(4)}) == [[("tries", "at most 2; or at least 7", "wait")]]


def test_too_many_situations_are_refused_not_enumerated(monkeypatch):
    monkeypatch.setattr(Diagrams.__init__, "__defaults__", (3,))
    guideline = load("sacroiliac-sclerosis").guideline
    with pytest.raises(TooLarge):
        openings(guideline, "si-joint-fusion", {})


def test_a_set_that_holds_a_smaller_one_is_not_told():
    sides = [Observable(id, id, "?", "choice", choices=tuple(Choice(v, v.upper()) for v in "xy")) for id in ("one", "two")]
    longer = AllOf("a", (Comparison("c", "one", one_of=("y",)), Comparison("d", "two", one_of=("y",))))
    guideline = made(sides, AnyOf("o", (Comparison("e", "one", one_of=("x",)), longer)))
    assert told(guideline, "step-0", {}) == [[("one", "X", "ask")]]
    assert told(guideline, "step-0", {"one": "y"}) == [[("two", "Y", "ask")], [("one", "X", "told")]]


def test_an_option_beside_a_route_brings_nobody_to_the_step():
    guideline = made([BROKEN], Comparison("c", "broken", answer="yes"))
    offered = Transition("offered", "start", "step-0", "", "source", "option")
    both = replace(guideline, transitions={**guideline.transitions, "offered": offered})
    assert told(both, "step-0", {}) == [[("broken", "yes", "ask")]]
    assert told(replace(guideline, transitions={"offered": offered}), "step-0", {}) == [[]]
