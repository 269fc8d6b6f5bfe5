"""What `--json` prints: plain dictionaries, made from the models and from nothing else.

Keys are those of the guideline's own files (`statedBy`, `reviewStatus`); what is absent is null, never an empty text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from edgewise.ontology.findings import Finding

if TYPE_CHECKING:  # the libraries behind these load slowly, and an error needs none of them
    from edgewise.citations.evidence.support import Evidence, Support
    from edgewise.graph.model import Addition, Guideline, Identifier, Note, Observable, Place, Rating, Reference, Transition
    from edgewise.graph.walking.conflicts import Conflict
    from edgewise.graph.walking.facts import Facts
    from edgewise.graph.walking.walk import Choice, Walk

Payload = dict[str, Any]

_NO_CONDITION = {"route": "always", "option": "not stated", "excluded": "advised against"}


def finding_payload(finding: Finding) -> Payload:
    """A finding.

    >>> finding_payload(Finding(rule="unknown-key", message="'lable' is not a key", file="g.yaml", line=7))["line"]
    7
    """
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.message,
        "subject": finding.subject,
        "file": finding.file,
        "line": finding.line,
        "value": finding.value,
        "repair": finding.repair,
        "related": list(finding.related),
    }


def condition(transition: Transition, observables: Mapping[str, Observable]) -> str:
    """The condition of an edge in words; ``always``, ``not stated`` or ``advised against`` where it has none.

    >>> from edgewise.graph.model import Transition
    >>> condition(Transition("t", "a", "b", "next", "source"), {})
    'always'
    """
    from edgewise.graph.walking.criteria import words

    return words(transition.when, observables) if transition.when else _NO_CONDITION[transition.role]


def guideline_payload(guideline: Guideline, states: Mapping[str, str]) -> Payload:
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
    }


def _edge(guideline: Guideline, transition: Transition, states: Mapping[str, str]) -> Payload:
    return {
        "id": transition.id,
        "from": transition.source,
        "to": transition.target,
        "label": transition.label,
        "state": states[transition.id],
        "role": transition.role,
        "statedBy": transition.stated_by,
        "justifiedBy": list(transition.justified_by),
        "condition": condition(transition, guideline.observables),
    }


def walk_payload(walk: Walk, facts: Facts) -> Payload:
    """A walk, with the facts that it was made with."""
    from edgewise.graph.walking.facts import plain

    return {
        "due": list(walk.due),
        "path": list(walk.path),
        "open": [_open(choice) for choice in walk.open],
        "closed": [_closed(choice) for choice in walk.closed],
        "undecided": [_undecided(choice) for choice in walk.undecided],
        "conflicts": [_conflict(conflict) for conflict in walk.conflicts],
        "silent": walk.silent,
        "silentAt": list(walk.silent_at),
        "questions": list(walk.questions),
        "facts": plain(facts),
    }


def _open(choice: Choice) -> Payload:
    transition = choice.transition
    return {"to": transition.target, "transition": transition.id, "from": transition.source, "role": transition.role, "why": choice.why}


def _closed(choice: Choice) -> Payload:
    return {
        "to": choice.transition.target,
        "transition": choice.transition.id,
        "why": choice.why,
        "nearest": [{"observable": change.observable, "needs": change.needs, "known": change.known} for change in choice.nearest],
        "notYet": choice.state == "not-yet",
        "ask": list(choice.ask),
        "reached": choice.reached,
    }


def _undecided(choice: Choice) -> Payload:
    return {"to": choice.transition.target, "transition": choice.transition.id, "why": choice.why, "ask": list(choice.ask)}


def _conflict(conflict: Conflict) -> Payload:
    return {
        "about": conflict.about,
        "observables": list(conflict.observables),
        "statements": list(conflict.passages),
        "met": list(conflict.met),
        "unmet": list(conflict.unmet),
        "text": conflict.text,
    }


def evidence_payload(evidence: Evidence, guideline: Guideline) -> Payload:
    """The evidence behind an edge or a step; edges also say where they lead, when, and who says so."""
    return {
        "id": evidence.id,
        "kind": evidence.kind,
        "label": evidence.label,
        **_of_edge(evidence, guideline),
        "state": evidence.state,
        "reasons": list(evidence.reasons),
        "statements": [_statement(support) for support in evidence.supports],
        "references": [reference_payload(reference) for reference in evidence.references],
        "ratings": [_rating(rating) for rating in evidence.ratings],
        "notes": [_note(note) for note in evidence.notes],
    }


def _of_edge(evidence: Evidence, guideline: Guideline) -> Payload:
    if evidence.kind != "transition":
        return {}
    transition = guideline.transitions[evidence.id]
    return {
        "from": transition.source,
        "to": transition.target,
        "role": transition.role,
        "condition": condition(transition, guideline.observables),
        "statedBy": transition.stated_by,
        "note": transition.note or None,
    }


def _statement(support: Support) -> Payload:
    statement = support.statement
    return {
        "id": statement.id,
        "kind": statement.kind,
        "text": statement.text,
        "place": _place(statement.place),
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


def _place(place: Place) -> Payload:
    return {
        "section": place.section,
        "part": place.part or None,
        "ordinal": place.ordinal,
        "sentence": place.sentence,
        "text": str(place),
    }


def reference_payload(reference: Reference) -> Payload:
    """An entry of a reference list, with who says what.

    >>> from edgewise.graph.model import Reference
    >>> reference_payload(Reference("r1", 1, "A trial", 2006))["tier"] is None
    True
    """
    return {
        "id": reference.id,
        "position": reference.position,
        "title": reference.title,
        "container": reference.container or None,
        "author": reference.author or None,
        "year": reference.year,
        "printedKind": reference.printed_kind or None,
        "tier": reference.tier or None,
        "ownPublisher": reference.own_publisher,
        "identifiers": [{"scheme": one.scheme, **_detail(one)} for one in reference.identifiers],
        "additions": [{"field": one.field, **_detail(one)} for one in reference.additions],
    }


def _detail(detail: Identifier | Addition) -> Payload:
    return {"value": detail.value, "statedBy": detail.stated_by, "confirmed": detail.confirmed}


def _rating(rating: Rating) -> Payload:
    from edgewise.graph.ratings import category

    return {
        "id": rating.id,
        "modality": rating.modality,
        "situation": rating.situation,
        "score": rating.score,
        "scaleMin": rating.scale_min,
        "scaleMax": rating.scale_max,
        "category": category(rating),
        "statement": rating.statement,
    }


def _note(note: Note) -> Payload:
    return {"id": note.id, "text": note.text, "statedBy": note.stated_by, "about": list(note.about)}
