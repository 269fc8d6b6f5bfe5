"""What the guideline answers at a stage, worked out by the walk and shown beside it while it is composed."""

from __future__ import annotations

from collections.abc import Sequence

from edgewise.explorer.cards.markup import Html, folded, join, symbol, tag
from edgewise.explorer.cards.walked_edges import disagreement, reasons
from edgewise.explorer.pages.teach.revealed_answer import deciding, head, named, names
from edgewise.graph.cases.model import Ruling, answer
from edgewise.graph.model import Guideline
from edgewise.graph.walking.facts import Facts
from edgewise.graph.walking.walk import Standing, walk

_FEW = 2


def in_short(guideline: Guideline, found: Ruling) -> str:
    """An answer in a few words."""
    if found.verdict == "due":
        return names(guideline, found.steps)
    return "the source does not say" if found.verdict == "not-stated" else "one more answer is needed"


def answered(guideline: Guideline, facts: Facts) -> Html:
    """What is due for these facts, why, and where passages disagree on it."""
    walked, found = walk(guideline, facts), answer(guideline, facts)
    edges = deciding(guideline, walked, found, facts)
    told = [] if found.verdict == "undecided" else [choice for choice in edges if reasons(guideline, choice)]
    conflicts = (disagreement(guideline, conflict) for conflict in walked.conflicts)
    return join([named(guideline, walked, found, facts), _why(guideline, told), *conflicts])


def _why(guideline: Guideline, edges: Sequence[Standing]) -> Html:
    """The deciding reasons; of several edges each by its name, beyond a few behind a fold."""
    if len(edges) == 1:
        return tag("div", reasons(guideline, edges[0]), cls="ew-set-why")
    told = [tag("div", head(guideline, choice), reasons(guideline, choice), cls="ew-set-why") for choice in edges]
    rest = [folded(f"{len(told) - _FEW} more edges", *told[_FEW:])] if len(told) > _FEW else []
    return join([*told[:_FEW], *rest])


def warned(warnings: Sequence[str]) -> Html:
    """Warnings on a stage; empty where there are none."""
    rows = (tag("li", symbol("⚠"), f" {told}") for told in warnings)
    return tag("ul", *rows, cls="ew-set-warnings", role="status") if warnings else Html("")
