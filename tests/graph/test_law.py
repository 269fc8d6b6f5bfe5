"""The law says the same of one patient, in Kleene's values, as of all patients, in decision diagrams."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edgewise.graph.answers.diagram import ALWAYS, Diagrams
from edgewise.graph.answers.partition import partition
from edgewise.graph.explaining.approach import ChangingPatient
from edgewise.graph.gaps.situations import Situations
from edgewise.graph.law import Law
from edgewise.graph.model import AllOf, AnyOf, Assertion, Comparison, Observable, Place, Statement
from edgewise.graph.pathway import Pathway
from edgewise.graph.walking.kleene import Truth
from edgewise.graph.walking.patient import law_for
from tests.graph.by_hand import edge, made, step
from tests.graph.small_guidelines import guidelines, patients

CARE = Observable("months", "Months of care", "?", "quantity", unit="mo", minimum=Decimal(0), accrues=True)
BLOCKS = Observable("blocks", "Relief", "?", "quantity", unit="%", repeated=True)
FILM = Observable("film", "Film", "?", "yes-no")
THREE = Comparison("c", "months", bounds=(("≥", Decimal(3)),), unit="mo")
TWICE = Comparison("c", "blocks", bounds=(("≥", Decimal(70)),), unit="%", times=2)
BROKEN = Comparison("c", "film", answer="yes")
CHECKS = settings(deadline=None, max_examples=60)


def verdicts(law, guideline):
    """All that the law says of a guideline, in the values of the algebra it was asked of."""
    pathway, said = Pathway.of(guideline), {}
    for id, place in guideline.steps.items():
        for ask in (law.begun, law.performed, law.not_begun, law.goes_on, law.silent):
            said[ask.__name__, id] = ask(place)
    for id in guideline.observables:
        said["nothing_so_far", id] = law.nothing_so_far(id)
    for id, way in guideline.transitions.items():
        for ask in (law.met, law.opened, law.closed, law.not_named, law.undecided, law.not_yet):
            said[ask.__name__, id] = ask(way)
        if way.when is not None:
            said["later", id] = law.judged(way).later
            said["stated", id] = law.stated(way.when).truth
    for topic in pathway.topics:
        everywhere = law.algebra.true
        said["matters", topic.about, topic.observables] = law.matters(topic, lambda _, reached=everywhere: reached)
    return said


def at(diagrams, region, cells):
    """The value of a region for one patient."""
    held = {truth: diagrams.restrict(node, cells) == ALWAYS for truth, node in ((Truth.TRUE, region.true), (Truth.FALSE, region.false))}
    assert not all(held.values()), "nothing is true and false at once"
    return next((truth for truth, holds in held.items() if holds), Truth.UNKNOWN)


@CHECKS
@given(guideline=guidelines(passages=True))
def test_of_everybody_who_has_answered_everything_it_says_what_it_says_of_each(guideline):
    situations = Situations(guideline)
    of_all = verdicts(situations.law, guideline)
    for assignment, facts in patients(guideline):
        cells = {situations.variable[id]: cell for id, cell in assignment.items()}
        alone = verdicts(law_for(guideline, facts), guideline)
        assert {asked: at(situations.diagrams, region, cells) for asked, region in of_all.items()} == alone


@CHECKS
@given(guideline=guidelines(passages=True, most=60), data=st.data())
def test_of_any_change_to_partial_facts_it_says_what_it_says_of_the_facts_once_they_are_changed(guideline, data):
    everybody = [facts for _, facts in patients(guideline)]
    known = data.draw(st.sets(st.sampled_from(list(guideline.observables))))
    facts = {id: answer for id, answer in data.draw(st.sampled_from(everybody)).items() if id in known}
    cut = {id: partition(guideline, id) for id in guideline.observables}
    family = Diagrams([1 + len(one.cells) for one in cut.values()])
    of_all = verdicts(Law(Pathway.of(guideline), ChangingPatient(family, guideline, facts, cut)), guideline)
    for _ in range(5):
        cells = [data.draw(st.integers(0, len(one.cells))) for one in cut.values()]
        changed = {id: one.cells[cell - 1].sample for cell, (id, one) in zip(cells, cut.items(), strict=True) if cell}
        alone = verdicts(law_for(guideline, {**facts, **changed}), guideline)
        assert {asked: at(family, region, dict(enumerate(cells))) for asked, region in of_all.items()} == alone


@CHECKS
@given(guideline=guidelines(), data=st.data())
def test_an_edge_is_open_closed_undecided_or_not_yet_and_never_two_of_them(guideline, data):
    _, facts = data.draw(st.sampled_from(list(patients(guideline))))
    known = data.draw(st.sets(st.sampled_from(list(guideline.observables))))
    law = law_for(guideline, {id: answer for id, answer in facts.items() if id in known})
    for way in guideline.transitions.values():
        states = [ask(way) is Truth.TRUE for ask in (law.met, law.closed, law.undecided, law.not_yet)]
        assert states.count(True) == 1
        assert law.opened(way) is not Truth.TRUE or states[0], "an open edge is met"
        assert law.not_named(way) is not Truth.TRUE or states[1], "an edge that is not named is a closed one"


# The law itself, by hand: what both algebras would get wrong together ------------------------------------------------------


def asked(yields, when, facts, **more):
    """The law of one step that yields something, with one edge out of it to an end; and what it says of both."""
    steps = [step("care", "Presentation", yields=yields), step("end", "Endpoint"), *more.pop("steps", [])]
    way = edge("care", "end", when, **more)
    guideline = made(steps, [way], [CARE, BLOCKS, FILM])
    return law_for(guideline, facts), guideline.steps["care"], way


def states(law, way):
    return [ask.__name__ for ask in (law.met, law.opened, law.closed, law.undecided, law.not_yet) if ask(way) is Truth.TRUE]


def test_a_step_is_performed_once_anything_it_yields_is_known_and_one_that_yields_nothing_always_is():
    for facts, done in (({}, Truth.FALSE), ({"film": "no"}, Truth.TRUE), ({"months": Decimal(0)}, Truth.TRUE)):
        law, care, _ = asked(("film", "months"), None, facts)
        assert law.performed(care) is law.begun(care) is done
    law, care, _ = asked((), None, {})
    assert (law.performed(care), law.begun(care)) == (Truth.TRUE, Truth.FALSE)


def test_a_companion_is_performed_once_it_found_something_out_itself():
    beside = step("beside", yields=("film",), companion_of="care")
    for facts, done in (({"film": "yes"}, Truth.TRUE), ({"months": Decimal(1)}, Truth.FALSE)):
        law, _, _ = asked(("months",), None, facts, steps=[beside])
        assert law.performed(beside) is done


def test_an_edge_without_a_condition_is_open_once_its_step_is_performed():
    assert states(*asked(("film",), None, {})[::2]) == ["met"]
    assert states(*asked(("film",), None, {"film": "no"})[::2]) == ["met", "opened"]


def test_what_nobody_has_begun_to_count_stands_at_nothing_so_far_and_what_is_found_out_at_once_is_not_known():
    for yields, when, state in ((("months",), THREE, "not_yet"), (("blocks",), TWICE, "not_yet"), (("film",), BROKEN, "undecided")):
        law, _, way = asked(yields, when, {})
        assert states(law, way) == [state]
    law, _, way = asked(("film",), THREE, {})
    assert (states(law, way), law.nothing_so_far("months")) == (["undecided"], Truth.FALSE), "nobody finds it out"
    law, _, way = asked(("months", "film"), THREE, {"film": "yes"})
    assert (states(law, way), law.nothing_so_far("months")) == (["undecided"], Truth.FALSE), "the step has begun"


def test_an_edge_is_closed_only_where_waiting_and_repeating_cannot_open_it():
    most = Comparison("c", "months", bounds=(("≤", Decimal(3)),), unit="mo")
    assert states(*asked((), most, {"months": Decimal(4)})[::2]) == ["closed"]
    assert states(*asked((), THREE, {"months": Decimal(2)})[::2]) == ["not_yet"]
    assert states(*asked((), TWICE, {"blocks": (Decimal(50),)})[::2]) == ["not_yet"]
    assert states(*asked((), TWICE, {"blocks": (Decimal(50), Decimal(90))})[::2]) == ["closed"]
    assert states(*asked((), None, {}, role="excluded")[::2]) == ["closed"]


def test_what_a_step_yields_does_not_stand_before_the_step_is_complete():
    both, known = AllOf("all", (THREE, BROKEN)), {"months": Decimal(1), "film": "no"}
    assert states(*asked(("months", "film"), both, known)[::2]) == ["not_yet"]
    assert states(*asked(("months", "film"), both, {**known, "months": Decimal(4)})[::2]) == ["closed"]
    assert states(*asked(("months",), both, known)[::2]) == ["closed"], "another step has found the film out, so it stands"


def test_the_source_is_silent_where_every_route_is_closed_for_good_but_not_before_something_was_counted():
    assert asked(("film",), BROKEN, {"film": "no"})[0].silent(step("care", "Presentation", yields=("film",))) is Truth.TRUE
    for months, silent, idle in ((0, Truth.FALSE, Truth.TRUE), (1, Truth.TRUE, Truth.FALSE)):
        law, care, _ = asked(("months",), None, {"months": Decimal(months)}, role="option")
        assert (law.silent(care), law.not_begun(care)) == (silent, idle)
    law, care, _ = asked(("film",), BROKEN, {})
    assert law.silent(care) is not Truth.TRUE, "nobody has looked yet"
    assert law.silent(step("beside", companion_of="care", yields=("film",))) is Truth.FALSE
    assert [law.silent(step("end", "Endpoint", endpoint=end)) for end in ("discharge", "not-stated")] == [Truth.FALSE, Truth.TRUE]


def test_a_step_that_counts_goes_on_until_enough_is_counted_whatever_else_shuts_its_routes():
    both = AllOf("all", (THREE, BROKEN))
    for months, silent in ((1, Truth.FALSE), (3, Truth.TRUE)):
        law, care, way = asked(("months",), both, {"months": Decimal(months), "film": "no"})
        assert (states(law, way), law.silent(care)) == (["closed"], silent)
    most = Comparison("c", "months", bounds=(("≤", Decimal(3)),), unit="mo")
    law, care, _ = asked(("months",), AllOf("all", (most, BROKEN)), {"months": Decimal(1), "film": "no"})
    assert law.silent(care) is Truth.TRUE, "what suffices already is not waited for"


RELIEF = Observable("blocks", "Relief", "?", "quantity", unit="%", minimum=Decimal(0), maximum=Decimal(100), repeated=True)
BAND = Comparison("c", "blocks", bounds=(("≥", Decimal(80)), ("≤", Decimal(90))), unit="%", times=2)
AGE = Observable("age", "Age", "?", "quantity", unit="a", minimum=Decimal(0))


def age(least=None, most=None):
    given = (("≥", least), ("≤", most))
    return Comparison("c", "age", bounds=tuple((sign, Decimal(bound)) for sign, bound in given if bound is not None), unit="a")


def named(when, facts, *beside, statements=()):
    """Whether the way to the end is open, closed or not named, with other edges beside it."""
    steps = [step("care", "Presentation"), step("end", "Endpoint"), *(step(f"other-{at}", "Endpoint") for at in range(len(beside)))]
    ways = [edge("care", "end", when), *(edge("care", f"other-{at}", asks) for at, asks in enumerate(beside))]
    law = law_for(made(steps, ways, [RELIEF, FILM, AGE], statements), facts)
    asks = (("open", law.met), ("not named", law.not_named), ("closed", law.closed))
    return next(word for word, ask in asks if ask(ways[0]) is Truth.TRUE)


@pytest.mark.parametrize("series", [(95, 95), (85, 95), (75, 76), (30, 20)])
def test_of_numbers_outside_the_band_that_the_source_names_it_says_nothing(series):
    assert named(BAND, {"blocks": tuple(map(Decimal, series))}) == "not named"


def test_what_is_bounded_on_one_side_is_ruled_out_beyond_its_bound():
    facts = {"blocks": (Decimal(50), Decimal(95))}
    assert named(replace(BAND, bounds=(("≥", Decimal(70)),)), facts) == "closed"
    assert named(replace(BAND, bounds=(("≥", Decimal(70)), ("≤", Decimal(100)))), facts) == "closed", "nothing is above 100 %"
    assert named(age(18), {"age": Decimal(10)}) == named(age(0, 40), {"age": Decimal(50)}) == "closed"


def test_a_number_that_leads_elsewhere_is_named():
    assert named(age(18, 40), {"age": Decimal(50)}) == "not named"
    assert named(age(18, 40), {"age": Decimal(50)}, age(41)) == "closed"
    assert named(age(18, 40), {"age": Decimal(10)}, age(41)) == "not named", "neither of them speaks of ten years"


def test_a_band_may_be_written_as_two_bounds_that_hold_together():
    both = AllOf("all", (age(18), AllOf("most", (age(most=40), BROKEN))))
    assert [named(both, {"age": Decimal(years), "film": "yes"}) for years in (10, 30, 50)] == ["not named", "open", "not named"]
    apart = AnyOf("any", (age(18), age(most=10)))
    assert named(apart, {"age": Decimal(14)}) == "closed", "bounds that stand side by side are no band"


def test_what_another_answer_closes_is_closed_whatever_the_number():
    both = AllOf("all", (age(18, 40), BROKEN))
    assert named(both, {"age": Decimal(50), "film": "no"}) == "closed"
    assert named(both, {"age": Decimal(50)}) == "not named", "the number alone keeps it shut"


def test_a_passage_that_bounds_the_number_on_one_side_before_the_same_step_rules_out_what_lies_beyond():
    def says(criterion):
        place = Place("one")
        return [Statement("s", "criterion", "Old enough.", place, "", asserts=(Assertion("end", criterion),))]

    assert named(age(18, 40), {"age": Decimal(50)}, statements=says(age(18))) == "closed"
    assert named(age(18, 40), {"age": Decimal(50)}, statements=says(age(18, 40))) == "not named"
    assert named(age(18, 40), {"age": Decimal(50)}, statements=says(age(45, 60))) == "closed", "another passage names it"
