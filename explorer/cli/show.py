"""`edgewise show`: a guideline summed up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING, Any

from edgewise.explorer.cards.numbers import many
from edgewise.explorer.cli import terminal
from edgewise.explorer.cli.exits import CLEAN
from edgewise.explorer.cli.options import AsJson, GuidelineName
from edgewise.explorer.cli.rating_entries import table_lines, table_payload
from edgewise.explorer.cli.sets import alternative_data, bundle_data, listed_sets
from edgewise.explorer.cli.wording import condition, dose_lines, doses_payload, footer, grade_data, state_word, suffixed, whose_conditions

if TYPE_CHECKING:  # help needs none of it
    from edgewise.graph.model import Grading, Guideline, Transition


def show(guideline: GuidelineName, as_json: AsJson = False) -> int:
    """Sum a guideline up: its source, its steps, its edges and the state of their evidence.

    With --json: counts, the ids of everything, and every edge with its condition.

    Examples:
      edgewise show sacroiliac-sclerosis
      edgewise show my-guideline/ --json
    """
    from edgewise.citations.evidence.support import states
    from edgewise.explorer.cli.intake import load

    loaded = load(guideline).guideline
    if as_json:
        terminal.show_json(guideline_payload(loaded, states(loaded)))
    else:
        terminal.show(guideline_report(loaded, states(loaded)))
    return CLEAN


def guideline_payload(guideline: Guideline, states: Mapping[str, str]) -> dict[str, Any]:
    """A guideline: who says it, how much of everything there is, the ids of it all, and its edges.

    Args:
        guideline: any.
        states: the state of evidence of every edge by id, as `edgewise.citations.evidence.support.states` gives it.
    """
    ids = _ids(guideline)
    return {
        "id": guideline.id,
        "iri": guideline.iri,
        "title": guideline.title,
        "question": guideline.question,
        "publisher": guideline.publisher,
        "updated": guideline.updated,
        "reviewStatus": guideline.review_status,
        "reviewStages": guideline.review_stages,
        "audience": guideline.audience,
        "purpose": guideline.purpose,
        "disclaimer": guideline.disclaimer,
        **{what: len(of) for what, of in ids.items()},
        "ids": ids,
        "unresolvedMarkers": [marker.id for marker in guideline.markers.values() if not marker.entry],
        "doses": doses_payload(guideline),
        "gradings": [_grading(grading) for grading in guideline.gradings.values()],
        **({"bundles": [bundle_data(one) for one in guideline.bundles.values()]} if guideline.bundles else {}),
        **({"alternatives": [alternative_data(one) for one in guideline.alternatives.values()]} if guideline.alternatives else {}),
        "ratingTable": table_payload(guideline),
        "edges": [_edge(guideline, transition, states) for transition in guideline.transitions.values()],
    }


def _ids(guideline: Guideline) -> dict[str, list[str]]:
    return {
        "statements": list(guideline.statements),
        "headings": list(guideline.headings),
        "citations": [citation.id for statement in guideline.statements.values() for citation in statement.citations],
        "markers": list(guideline.markers),
        "references": list(guideline.references),
        "modalities": list(guideline.modalities),
        "situations": list(guideline.situations),
        "ratings": list(guideline.ratings),
        "phases": list(guideline.phases),
        "steps": list(guideline.steps),
        "transitions": list(guideline.transitions),
        "observables": list(guideline.observables),
        "notes": list(guideline.notes),
        "glossary": list(guideline.glossary),
    }


def _edge(guideline: Guideline, transition: Transition, states: Mapping[str, str]) -> dict[str, Any]:
    from edgewise.citations.evidence.support import evidence

    return {
        "id": transition.id,
        "from": transition.source,
        "to": transition.target,
        "label": transition.label,
        "state": states[transition.id],
        "graded": [grade_data(guideline, statement) for statement in evidence(guideline, transition.id).graded],
        "role": transition.role,
        "statedBy": transition.stated_by,
        "justifiedBy": list(transition.justified_by),
        "condition": condition(transition, guideline.observables),
        "conditions": whose_conditions(transition.when, guideline.observables),
    }


def _grading(grading: Grading) -> dict[str, Any]:
    lists = {"strengths": grading.strengths, "certainties": grading.certainties, "unclassified": grading.unclassified}
    return {"id": grading.id, "label": grading.label, **{name: [grade.value for grade in grades] for name, grades in lists.items()}}


def guideline_report(guideline: Guideline, states: Mapping[str, str]) -> list[str]:
    """A guideline at a glance: who says it, how much there is, its steps by phase and its edges with the state of their evidence."""
    citations = sum(len(statement.citations) for statement in guideline.statements.values())
    counts = {
        "step": len(guideline.steps),
        "edge": len(guideline.transitions),
        "observable": len(guideline.observables),
        "statement": len(guideline.statements),
        "citation": citations,
        "marker": len(guideline.markers),
        "reference": len(guideline.references),
        "rating": len(guideline.ratings),
        "note": len(guideline.notes),
        **({"term": len(guideline.glossary)} if guideline.glossary else {}),
    }
    broken = [marker.printed for marker in guideline.markers.values() if not marker.entry]
    return [
        f"{guideline.title} [{guideline.id}]",
        f"Question: {guideline.question}",
        f"For: {guideline.audience}",
        f"Holds: {', '.join(many(count, word) for word, count in counts.items())}",
        *([f"Markers that point to no entry of the reference list: {', '.join(broken)}"] if broken else []),
        *([f"Grades its recommendations by: {', '.join(one.label for one in guideline.gradings.values())}"] if guideline.gradings else []),
        *_steps(guideline),
        *listed_sets(guideline),
        *_edges(guideline, states),
        *table_lines(guideline),
        *footer(guideline),
    ]


def _steps(guideline: Guideline) -> Iterator[str]:
    yield from ("", "Steps")
    width = max(map(len, guideline.steps), default=0)
    for phase, steps in groupby(guideline.steps.values(), key=lambda step: step.phase):
        yield f"  {guideline.phases[phase].label if phase in guideline.phases else phase}"
        for step in steps:
            companion = f", together with {step.companion_of}" if step.companion_of else ""
            yield f"    {step.id:<{width}}  {step.label} ({step.kind.lower()}{companion})"
            yield from (f"    {'':<{width}}    {line}" for line in dose_lines(guideline, step))


def _edges(guideline: Guideline, states: Mapping[str, str]) -> Iterator[str]:
    from edgewise.citations.evidence.support import evidence
    from edgewise.graph.attribution import word

    yield from ("", "Edges, and the state of what is cited behind them")
    for transition in guideline.transitions.values():
        role = "" if transition.role == "route" else f", {transition.role}"
        yield f"  {transition.id}  [{state_word(states[transition.id])}{role}]"
        yield suffixed(f"    {condition(transition, guideline.observables)}", word(transition.when).remark if transition.when else "")
        yield from (f"    {axis.line}" for axis in evidence(guideline, transition.id).axes)
