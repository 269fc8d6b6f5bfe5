"""The law says the same of one patient, in Kleene's values, as of all patients, in decision diagrams."""

from hypothesis import given, settings
from hypothesis import strategies as st

from edgewise.graph.answers.diagram import ALWAYS, Diagrams
from edgewise.graph.answers.partition import partition
from edgewise.graph.explaining.approach import Changes
from edgewise.graph.gaps.situations import Situations
from edgewise.graph.law import Law
from edgewise.graph.pathway import Pathway
from edgewise.graph.walking.kleene import Truth
from edgewise.graph.walking.patient import law_for
from tests.graph.small_guidelines import guidelines, patients

CHECKS = settings(deadline=None, max_examples=60)


def verdicts(law, guideline):
    """All that the law says of a guideline, in the values of the algebra it was asked of."""
    pathway, said = Pathway.of(guideline), {}
    for id, step in guideline.steps.items():
        for ask in (law.begun, law.performed, law.not_begun, law.silent):
            said[ask.__name__, id] = ask(step)
    for id in guideline.observables:
        said["nothing_so_far", id] = law.nothing_so_far(id)
    for id, edge in guideline.transitions.items():
        for ask in (law.met, law.opened, law.closed, law.undecided, law.not_yet):
            said[ask.__name__, id] = ask(edge)
        if edge.when is not None:
            said["later", id] = law.judged(edge).later
            said["stated", id] = law.stated(edge.when).truth
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
    of_all = verdicts(Law(Pathway.of(guideline), Changes(family, guideline, facts, cut)), guideline)
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
    for edge in guideline.transitions.values():
        states = [ask(edge) is Truth.TRUE for ask in (law.met, law.closed, law.undecided, law.not_yet)]
        assert states.count(True) == 1
        assert law.opened(edge) is not Truth.TRUE or states[0], "an open edge is met"
