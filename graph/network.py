"""The pathway as a NetworkX multigraph: a projection of the RDF, never a second source."""

from __future__ import annotations

from typing import Any

import networkx as nx

from edgewise.graph.model import Guideline


def network(guideline: Guideline) -> nx.MultiDiGraph[Any]:
    """Steps as nodes (attribute `step`), transitions as edges keyed by their id (attribute `transition`).

    Nodes and edges come in the guideline's own order, so two projections of one guideline are the same to the last byte.

    >>> from edgewise.graph.model import Step, Transition
    >>> steps = {id: Step(id, "Treatment", id, "", "p") for id in "ab"}
    >>> pathway = network(Guideline("g", "urn:g", "", "", "", "", "", "", "", "", steps=steps,
    ...     transitions={"t": Transition("t", "a", "b", "next", "source")}))
    >>> list(pathway.edges(keys=True)), pathway.edges["a", "b", "t"]["transition"].label
    ([('a', 'b', 't')], 'next')
    """
    pathway: nx.MultiDiGraph[Any] = nx.MultiDiGraph(guideline=guideline)
    pathway.add_nodes_from((id, {"step": step}) for id, step in guideline.steps.items())
    for id, transition in guideline.transitions.items():
        pathway.add_edge(transition.source, transition.target, key=id, transition=transition)
    return pathway
