"""The law says the same of one patient, in Kleene's values, as of all patients, in decision diagrams."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from edgewise.graph.answers.diagram import ALWAYS, Diagrams
from edgewise.graph.answers.partition import partition
from edgewise.graph.explaining.approach import ChangingPatient
from edgewise.graph.gaps.situations import Situations
from edgewise.graph.law import Law
from edgewise.graph.model import AllOf, Comparison, Observable
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
        for ask in (law.begun, law.performed, law.not_begun, law.silent):
            said[ask.__name__, id] = ask(place)
    for id in guideline.observables:
        said["nothing_so_far", id] = law.nothing_so_far(id)
    for id, way in guideline.transitions.items():
        for ask in (law.met, law.opened, law.closed, law.undecided, law.not_yet):
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


def test_a_companion_is_performed_with_its_main_step_whatever_it_yields_itself():
    beside = step("beside", yields=("film",), companion_of="care")
    for facts, done in (({"film": "yes"}, Truth.FALSE), ({"months": Decimal(1)}, Truth.TRUE)):
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
