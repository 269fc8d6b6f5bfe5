"""The projection: lossless, and the same whatever the order in which the graph was filled."""

import random

import pytest
from rdflib import Graph
from rdflib.namespace import RDF

from edgewise.graph.library import ids, load
from edgewise.graph.model import Scored, parts_of
from edgewise.graph.pathway import Pathway
from edgewise.graph.reading.projection import guideline
from edgewise.ontology.terms import EW


def network(guideline):
    return Pathway.of(guideline).network()


@pytest.mark.parametrize("name", ids())
def test_a_shuffled_graph_gives_the_same_guideline_and_network(name):
    source = load(name).source
    triples = list(source.graph)
    random.Random(7).shuffle(triples)
    shuffled = Graph()
    for triple in triples:
        shuffled.add(triple)
    once, again = guideline(source.graph, source.iri), guideline(shuffled, source.iri)
    assert once == again
    assert repr(once) == repr(again), "the order of every mapping is the same too"
    assert list(network(once).edges(keys=True)) == list(network(again).edges(keys=True))


@pytest.mark.parametrize("name", ids())
def test_the_network_holds_every_step_and_transition_of_the_graph_and_nothing_else(name):
    loaded = load(name)
    graph, base = loaded.source.graph, f"{loaded.source.iri}/"
    steps = {str(node).removeprefix(base) for node in graph.subjects(RDF.type, EW.Step)}
    edges = {
        (*(str(graph.value(node, end)).removeprefix(base) for end in (EW["from"], EW.to)), str(node).removeprefix(base))
        for node in graph.subjects(RDF.type, EW.Transition)
    }
    assert set(network(loaded.guideline).nodes) == steps
    assert set(network(loaded.guideline).edges(keys=True)) == edges


@pytest.mark.parametrize("name", ids())
def test_every_criterion_of_the_graph_is_in_the_projection(name):
    loaded = load(name)
    implied = tuple(f"{id}/unless" for id in loaded.guideline.transitions)

    def parts(criterion):
        """Ids of criteria that somebody wrote: not of those that say so for a score, or for a contraindication on a road."""
        if not isinstance(criterion, Scored) and not criterion.id.startswith(implied):
            yield criterion.id
        for part in (criterion.told,) if isinstance(criterion, Scored) else parts_of(criterion):
            yield from parts(part)

    transitions, statements = (
        loaded.guideline.transitions.values(),
        [*loaded.guideline.statements.values(), *loaded.guideline.headings.values()],
    )
    projected = {id for transition in transitions if transition.when for id in parts(transition.when)}
    projected |= {id for statement in statements for assertion in statement.asserts for id in parts(assertion.criterion)}
    cautions = [caution for statement in statements for caution in statement.cautions]
    projected |= {id for caution in cautions for when in (caution.when, caution.unless) if when for id in parts(when)}
    projected |= {id for step in loaded.guideline.steps.values() for one in step.contraindications for id in parts(one)}
    projected |= set(parts(loaded.guideline.applies_to)) if loaded.guideline.applies_to else set()
    projected |= {id for asked in loaded.guideline.observables.values() for item in asked.items for id in parts(item.criterion)}
    stated = {
        str(node).removeprefix(f"{loaded.source.iri}/")
        for kind in (EW.Criterion, EW.Assertion)
        for node in loaded.source.graph.subjects(RDF.type, kind)
    }
    assert projected == stated
