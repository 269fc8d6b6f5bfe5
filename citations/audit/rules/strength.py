"""Family S: how much stands behind an edge, followed from the statement through its markers to the works."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from edgewise.citations.audit.rules.rule import Audited, Fault, Rule, listed, many
from edgewise.citations.evidence.studies import works
from edgewise.citations.evidence.support import evidence
from edgewise.graph.model import Guideline, Reference, Step
from edgewise.graph.pathway import Pathway
from edgewise.graph.ratings import category, score_in_words
from edgewise.ontology.terms import EW

_CONTRARY = {"disputes", "disagreesWith"}
_BACKGROUND = {"citesForInformation", "obtainsBackgroundFrom"}
_DIRECTIVES = {"recommendation", "criterion"}
_ROUTE = re.compile(r"\b(intra|peri|extra)-?([a-z]{5,})\b", re.IGNORECASE)


def single_source(subject: Audited) -> Iterator[Fault]:
    """Edges behind which stands one work, which is at least a source of its own; the others are tertiary-only."""
    guideline = subject.guideline
    of = works(guideline.references.values()).of
    for references, edges in _by_references(guideline).items():
        behind = [guideline.references[id] for id in references]
        if len({of[id] for id in references}) == 1 and not all(map(_is_second_hand, behind)):
            entry = f"entry {behind[0].position}" if len(behind) == 1 else f"entries {_positions(behind)}, which are one work"
            yield _resting(guideline, references, edges, f"on {entry} alone")


def tertiary_only(subject: Audited) -> Iterator[Fault]:
    guideline = subject.guideline
    for references, edges in _by_references(guideline).items():
        behind = [guideline.references[id] for id in references]
        if all(map(_is_second_hand, behind)):
            if len(behind) == 1:
                whose = f"issued by {guideline.publisher} itself" if behind[0].own_publisher else "a tertiary summary"
                what = f"on entry {behind[0].position} alone, {whose}"
            else:
                what = f"on entries {_positions(behind)} alone, none of which is a source of its own"
            yield _resting(guideline, references, edges, what)


def _by_references(guideline: Guideline) -> dict[tuple[str, ...], list[str]]:
    """Edges that the source is said to state, by the entries behind them."""
    found: dict[tuple[str, ...], list[str]] = {}
    for id, transition in guideline.transitions.items():
        behind = tuple(reference.id for reference in evidence(guideline, id).references)
        if transition.stated_by == "source" and behind:
            found.setdefault(behind, []).append(id)
    return found


def _resting(guideline: Guideline, references: tuple[str, ...], edges: list[str], what: str) -> Fault:
    steps = [id for id in guideline.steps if tuple(one.id for one in evidence(guideline, id).references) == references]
    sections = _sections(guideline, set(references))
    more = f"; so {'does' if len(steps) == 1 else 'do'} {many(len(steps), 'step')}" if steps else ""
    cited = f"; {listed(repr(name) for name in sections)} {'cites' if len(sections) == 1 else 'cite'} nothing else" if sections else ""
    message = f"{many(len(edges), 'edge')} {'rests' if len(edges) == 1 else 'rest'} {what}: {listed(edges)}{more}{cited}"
    return Fault(message=message, subject=edges[0], predicate=EW.justifiedBy, related=(*edges[1:], *steps, *references))


def _sections(guideline: Guideline, references: set[str]) -> list[str]:
    """Sections of the article that cite all of these references and no others."""
    cited: dict[str, set[str]] = {}
    for statement in guideline.statements.values():
        through = {guideline.markers[citation.marker].entry for citation in statement.citations}
        cited.setdefault(statement.place.section, set()).update(through)
    return [section for section, held in cited.items() if held == references]


def overstated_directive(subject: Audited) -> Iterator[Fault]:
    """Only what structured data say: the purpose of each citation, and appropriateness ratings."""
    guideline = subject.guideline
    for statement in guideline.statements.values():
        purposes = {citation.intention for citation in statement.citations}
        if statement.kind in _DIRECTIVES and purposes and (purposes <= _CONTRARY or purposes <= _BACKGROUND):
            how = "only to contest it" if purposes <= _CONTRARY else "only as background"
            message = f"the {statement.kind} {statement.id} ({statement.place}) cites its sources {how}"
            yield Fault(message=message, subject=statement.id, predicate=EW.hasCitation)
    for step in guideline.steps.values():
        yield from _against_rating(guideline, step)


def _against_rating(guideline: Guideline, step: Step) -> Iterator[Fault]:
    routes = [one.id for one in Pathway.of(guideline).into(step.id, "route")]
    ratings = [one for one in guideline.ratings.values() if step.modality and one.modality == step.modality]
    low = [one for one in ratings if category(one) == "usually not appropriate"]
    if routes and ratings and low == ratings:  # if another situation rates it higher, the route may be for that one
        scores = listed(dict.fromkeys(score_in_words(one) or "in words" for one in low))
        lead = "leads" if len(routes) == 1 else "lead"
        message = f"{listed(routes)} {lead} to {step.name}, which the source rates {scores}: usually not appropriate"
        yield Fault(message=message, subject=routes[0], related=(*routes[1:], *(one.id for one in low)))


def mixed_routes(subject: Audited) -> Iterator[Fault]:
    """Into a joint in one passage and around it in another, of the same section."""
    guideline = subject.guideline
    named: dict[tuple[str, str], dict[str, list[str]]] = {}
    spelled: dict[tuple[str, str], str] = {}
    for passage in Pathway.of(guideline).passages.values():
        for found in _ROUTE.finditer(passage.text):
            prefix, stem = found[1].casefold(), found[2].casefold()
            passages = named.setdefault((passage.place.section, stem), {}).setdefault(prefix, [])
            passages += [passage.id] if passage.id not in passages else []
            spelled.setdefault((prefix, stem), found[0])
    for (section, stem), held in named.items():
        all_ = tuple(dict.fromkeys(chain.from_iterable(held.values())))
        if len(held) > 1 and len(all_) > 1:
            told = listed(f"{spelled[prefix, stem]} ({listed(passages)})" for prefix, passages in held.items())
            message = f"section '{section}' speaks of {told}, and the source does not say whether both count alike"
            yield Fault(message=message, subject=all_[0], predicate=EW.text, related=all_[1:])


def _is_second_hand(reference: Reference) -> bool:
    return reference.tier == "tertiary" or (reference.own_publisher and reference.tier != "primary")


def _positions(references: Iterable[Reference]) -> str:
    return listed(one.position for one in references)


RULES = (
    Rule(
        id="S305", name="mixed-routes", severity="note", check=mixed_routes,
        why="An injection into a joint and one around it are different tests; which one a threshold means changes whom it selects.",
        fix="Say in a note which passage speaks of which, and that the source leaves it open.",
    ),
    Rule(
        id="S309", name="single-source", severity="warning", check=single_source,
        why="If the one work falls, the edge falls with it.",
        fix="Look for a second, independent source; 'edgewise impact' shows what hangs on it.",
    ),
    Rule(
        id="S310", name="tertiary-only", severity="warning", check=tertiary_only,
        why="Advice that rests on summaries alone, or on the publisher's own pages, has no evidence that a reader can weigh.",
        fix="Find and cite the studies behind the summaries.",
    ),
    Rule(
        id="S311", name="overstated-directive", severity="warning", check=overstated_directive,
        why="A directive that is firmer than what it cites promises more than is known.",
        fix="Correct the citation's 'intention' or the statement's 'kind', or say in a note how the source comes to it.",
    ),
)  # fmt: skip
