"""`edgewise evidence`: what an edge or a step rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from edgewise.explorer.cli.exits import CLEAN
from edgewise.explorer.cli.options import AsJson, GuidelineName
from edgewise.explorer.cli.rating_entries import conflict_lines, rating_payload
from edgewise.explorer.cli.reference_entries import reference_lines, reference_payload
from edgewise.explorer.cli.terminal import show, show_json
from edgewise.explorer.cli.wording import condition, conditions, footer, grade_data, state_word, suffixed, whose_conditions

if TYPE_CHECKING:  # help needs none of it
    from edgewise.citations.evidence.support import Evidence, Support
    from edgewise.graph.model import Guideline, Note, Place, Rating


def evidence(
    guideline: GuidelineName,
    id: Annotated[str, typer.Argument(metavar="ID", help="Id of an edge or a step; `edgewise show` lists them.", show_default=False)],
    as_json: AsJson = False,
) -> int:
    """Show what an edge or a step rests on: statements, markers, references, and every reservation.

    Examples:
      edgewise evidence sacroiliac-sclerosis cooled-rfa-to-si-joint-fusion
      edgewise evidence sacroiliac-sclerosis cooled-rfa --json
    """
    from edgewise.citations.evidence.support import evidence as find
    from edgewise.explorer.cli.intake import load

    loaded = load(guideline).guideline
    found = find(loaded, id)
    if as_json:
        show_json(evidence_payload(found, loaded))
    else:
        show(evidence_report(found, loaded))
    return CLEAN


def evidence_payload(evidence: Evidence, guideline: Guideline) -> dict[str, Any]:
    """The evidence behind an edge or a step; edges also say where they lead, when, and who says so."""
    return {
        "id": evidence.id,
        "kind": evidence.kind,
        "label": evidence.label,
        **_of_edge_data(evidence, guideline),
        "state": evidence.state,
        "reasons": list(evidence.reasons),
        "graded": [grade_data(guideline, statement) for statement in evidence.graded],
        "statements": [_statement_data(guideline, support) for support in evidence.supports],
        "references": [reference_payload(reference) for reference in evidence.references],
        "ratings": [rating_payload(guideline, rating) for rating in evidence.ratings],
        "notes": [_note_data(note) for note in evidence.notes],
    }


def _of_edge_data(evidence: Evidence, guideline: Guideline) -> dict[str, Any]:
    if evidence.kind != "transition":
        return {}
    transition = guideline.transitions[evidence.id]
    return {
        "from": transition.source,
        "to": transition.target,
        "role": transition.role,
        "condition": condition(transition, guideline.observables),
        "conditions": whose_conditions(transition.when, guideline.observables),
        "statedBy": transition.stated_by,
        "justifiedBy": list(transition.justified_by),
        "note": transition.note or None,
    }


def _statement_data(guideline: Guideline, support: Support) -> dict[str, Any]:
    from edgewise.graph.strength import plain

    statement = support.statement
    return {
        "id": statement.id,
        "kind": statement.kind,
        "text": statement.text,
        "place": _place_data(statement.place),
        **plain(guideline, statement),
        "citations": [
            {
                "id": cited.citation.id,
                "marker": cited.marker.printed,
                "reference": cited.reference.id if cited.reference else None,
                "intention": cited.citation.intention,
            }
            for cited in support.citations
        ],
    }


def _place_data(place: Place) -> dict[str, Any]:
    return {
        "section": place.section,
        "part": place.part or None,
        "ordinal": place.ordinal,
        "sentence": place.sentence,
        "text": str(place),
    }


def _note_data(note: Note) -> dict[str, Any]:
    return {"id": note.id, "text": note.text, "statedBy": note.stated_by, "about": list(note.about)}


def evidence_report(evidence: Evidence, guideline: Guideline) -> list[str]:
    """What an edge or a step rests on, statement by statement, with every reservation."""
    return [
        f"{'Edge' if evidence.kind == 'transition' else 'Step'} {evidence.id}: {evidence.label}",
        *_of_edge(evidence, guideline),
        f"What is cited: {state_word(evidence.state)}",
        *(f"  {reason}" for reason in evidence.reasons),
        *_section("Strength and certainty", (f"  {axis.line}" for axis in evidence.axes)),
        *_section(_said(evidence), (line for support in evidence.supports for line in _support(support))),
        *_section("References cited", (line for reference in evidence.references for line in reference_lines(reference))),
        *_section("Appropriateness ratings", (_rating(guideline, rating) for rating in evidence.ratings)),
        *_section("Ratings that part", conflict_lines(guideline, evidence.ratings)),
        *_section("Notes, which are not the source's", (f"  {note.id} ({note.stated_by}): {note.text}" for note in evidence.notes)),
        *footer(guideline),
    ]


def _said(evidence: Evidence) -> str:
    """Behind an edge of the modeller's the passages do not state it; they are what it was read from."""
    return "What the source says nearby" if evidence.state == "inferred" else "What the source says"


def _section(title: str, lines: Iterable[str]) -> list[str]:
    held = list(lines)
    return ["", title, *held] if held else []


def _of_edge(evidence: Evidence, guideline: Guideline) -> Iterator[str]:
    if evidence.kind == "transition":
        transition = guideline.transitions[evidence.id]
        yield f"From {guideline.steps[transition.source].label} to {guideline.steps[transition.target].label}"
        yield f"Condition: {condition(transition, guideline.observables)}"
        yield from (f"  {line}" for line in conditions(transition.when, guideline)) if transition.when else ()
        yield f"Stated by: {'the source' if transition.stated_by == 'source' else 'the modeller, not the source'}"
        if transition.note:
            yield f"The modeller's note: {transition.note}"


def _support(support: Support) -> Iterator[str]:
    statement = support.statement
    cited = ", ".join(f"{c.marker.shown}{'' if c.reference else ' (no such entry)'}" for c in support.citations)
    yield f"  {statement.id} ({statement.kind}; {statement.place}) {f'cites {cited}' if cited else 'cites nothing'}"
    yield f"    {statement.text}"
    yield from (f"    {axis.line}" for axis in support.axes)


def _rating(guideline: Guideline, rating: Rating) -> str:
    from edgewise.graph.attribution import inferred
    from edgewise.graph.ratings import category_in_words, radiation, radiation_in_words

    score = "" if rating.score is None else f"{rating.score} on a scale of {rating.scale_min}–{rating.scale_max}"
    scale = ", ".join(filter(None, (score, category_in_words(rating), radiation_in_words(guideline, radiation(guideline, rating)))))
    modality = guideline.modalities[rating.modality]
    return f"  {suffixed(modality.label, inferred(modality))}: {scale} ({guideline.situations[rating.situation].label}; {rating.statement})"
