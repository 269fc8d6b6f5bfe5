"""Small guidelines in which some conditions have passages of their own, some are the modeller's, and every edge is justified by others."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import Any

from hypothesis import strategies as st

from edgewise.graph.criterion import rewritten
from edgewise.graph.model import Comparison, Guideline, Place, Statement
from tests.graph.small_guidelines import guidelines

OF_EDGES = "justifies"
"""What the ids of the passages begin with that justify edges, and nothing else."""


@st.composite
def attributed(draw: Any) -> Guideline:
    """A guideline whose edges and conditions are the source's or the modeller's at random; no passage of an edge is one of a condition."""
    made: Guideline = draw(guidelines(passages=True, most=60))
    numbers, passages = count(), {}

    def passage(id: str) -> str:
        passages[id] = Statement(id, "criterion", "", Place("part", "bullet", len(passages) + 100), "")
        return id

    def based(comparison: Comparison) -> Comparison:
        number = next(numbers)
        basis = (passage(f"states{number}"),) if draw(st.booleans()) else ()
        return replace(comparison, id=f"c{number}", based_on=basis)

    edges = {
        id: replace(
            edge,
            when=rewritten(edge.when, based) if edge.when else None,
            justified_by=(passage(f"{OF_EDGES}-{id}"),),
            stated_by=draw(st.sampled_from(["source", "source", "modeller"])),
        )
        for id, edge in made.transitions.items()
    }
    return replace(made, transitions=edges, statements={**made.statements, **passages})
