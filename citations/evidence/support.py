"""What an edge or a step rests on, and how far that holds.

The state is one word for colour and dash on the canvas; `reasons` say everything that is weak or broken, whatever the word. It is our own
judgement of what is cited, and never the certainty that the source states: that stands in `axes`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from edgewise.graph.attribution import word
from edgewise.graph.grounds import of_step, of_transition, ratings_of
from edgewise.graph.model import Citation, Guideline, Marker, Note, Rating, Reference, Statement, Step, Transition
from edgewise.graph.strength import Axis, axes, grades_anything, is_graded, of_patient, together
from edgewise.graph.walking.facts import Facts
from edgewise.ontology.errors import UnknownName

State = Literal["supported", "weak", "broken", "uncited", "inferred"]
TERTIARY = frozenset({"tertiary"})


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation with the marker it goes through and the entry that marker points to, if any."""

    citation: Citation
    marker: Marker
    reference: Reference | None


@dataclass(frozen=True, slots=True)
class Support:
    """A statement or heading with its citations."""

    statement: Statement
    citations: tuple[Cited, ...]
    axes: tuple[Axis, ...] = ()  # the strength and certainty that the source states, in words


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything behind one edge or step.

    Attributes:
        id: of the edge or step.
        kind: ``transition`` or ``step``.
        label: its own words.
        state: supported; weak (one or only tertiary sources); broken (a marker without entry); uncited; inferred (by the modeller).
        reasons: what is weak or broken, in plain words.
        supports: statements and headings with their citations.
        references: the entries cited, each once, in the order of the list.
        ratings: appropriateness ratings of the step's modality.
        notes: remarks of modellers and editors that concern any of these.
        graded: statements whose strength or certainty speaks for it: its own; of a step else those of the edges that lead there.
        axes: strength of recommendation and certainty of evidence in words, or that the source states none; empty where it grades nothing.
    """

    id: str
    kind: Literal["transition", "step"]
    label: str
    state: State
    reasons: tuple[str, ...]
    supports: tuple[Support, ...]
    references: tuple[Reference, ...]
    ratings: tuple[Rating, ...] = ()
    notes: tuple[Note, ...] = ()
    graded: tuple[Statement, ...] = ()
    axes: tuple[Axis, ...] = ()


def evidence(guideline: Guideline, id: str) -> Evidence:
    """The evidence behind an edge or a step; made once for each guideline in hand.

    Args:
        guideline: where to look.
        id: of a transition or a step.

    Raises:
        UnknownName: no transition or step of that id.

    >>> from edgewise.graph.library import load
    >>> found = evidence(load("sacroiliac-sclerosis").guideline, "cooled-rfa-to-si-joint-fusion")
    >>> found.state, found.reasons[0]
    ('broken', 'marker 7 points to no entry of the reference list')
    """
    try:
        known: Evidence = guideline.answered[id]
    except (AttributeError, KeyError):
        return _made(guideline, id)
    return known


def graded_for(guideline: Guideline, id: str, facts: Facts) -> tuple[Statement, ...]:
    """What the source grades behind an edge or a step, each with the certainties that these facts do not rule out."""
    return tuple(of_patient(guideline, one, facts) for one in evidence(guideline, id).graded)


def axes_for(guideline: Guideline, id: str, facts: Facts) -> tuple[Axis, ...]:
    """Strength and certainty behind an edge or a step in words, for one patient; nothing where the guideline grades nothing.

    >>> from edgewise.graph.library import load
    >>> axes_for(load("sacroiliac-sclerosis").guideline, "cooled-rfa", {})
    ()
    """
    return together(guideline, graded_for(guideline, id, facts)) if grades_anything(guideline) else ()


def states(guideline: Guideline) -> dict[str, State]:
    """The state of every edge by id.

    >>> from edgewise.graph.library import load
    >>> states(load("sacroiliac-sclerosis").guideline)["presentation-to-xray-si-joints"]
    'weak'
    """
    return {id: evidence(guideline, id).state for id in guideline.transitions}


def _made(guideline: Guideline, id: str) -> Evidence:
    """The evidence of what was not asked for before."""
    if id in guideline.transitions:
        found = _of_transition(guideline, guideline.transitions[id])
    elif id in guideline.steps:
        found = _of_step(guideline, guideline.steps[id])
    else:
        raise UnknownName("step or edge", id, [*guideline.steps, *guideline.transitions])
    if not hasattr(guideline, "answered"):
        object.__setattr__(guideline, "answered", {})
    guideline.answered[id] = found
    return found


def _of_transition(guideline: Guideline, transition: Transition) -> Evidence:
    passages = of_transition(transition)
    inferred = transition.stated_by == "modeller"
    remark = word(transition.when).remark if transition.when and not inferred else ""
    return _weighed(guideline, transition.id, "transition", transition.label, passages, inferred=inferred, remark=remark)


def _of_step(guideline: Guideline, step: Step) -> Evidence:
    return _weighed(guideline, step.id, "step", step.label, of_step(guideline, step), ratings=ratings_of(guideline, step))


def _weighed(
    guideline: Guideline,
    id: str,
    kind: Literal["transition", "step"],
    label: str,
    passages: Iterable[str],
    *,
    inferred: bool = False,
    remark: str = "",
    ratings: tuple[Rating, ...] = (),
) -> Evidence:
    supports = tuple(_support(guideline, guideline.passage(passage)) for passage in passages)
    cited = [cited for support in supports for cited in support.citations]
    positions = {c.reference.position: c.reference for c in cited if c.reference}
    references = tuple(positions[position] for position in sorted(positions))
    broken = sorted({c.marker.printed for c in cited if c.reference is None})
    state = _state(inferred, bool(cited), bool(broken), references)
    reasons = (*_reasons(inferred, bool(cited), broken, references), *([f"its condition: {remark}"] if remark else []))
    about = {id, *(s.statement.id for s in supports), *(c.marker.id for c in cited), *(r.id for r in references)}
    about |= {part for rating in ratings for part in (rating.id, rating.modality, rating.situation)}
    notes = tuple(note for note in guideline.notes.values() if about & set(note.about))
    graded = () if inferred else _graded(guideline, id, [support.statement for support in supports])
    told = together(guideline, graded) if grades_anything(guideline) else ()
    return Evidence(id, kind, label, state, reasons, supports, references, ratings, notes, graded, told)


def _graded(guideline: Guideline, id: str, own: Iterable[Statement]) -> tuple[Statement, ...]:
    """Statements behind an edge or a step that are graded; a step with none takes those of the edges by which the source leads to it."""
    found = tuple(one for one in own if is_graded(one))
    if found or id not in guideline.steps:
        return found
    into = (edge for edge in guideline.transitions.values() if edge.target == id)
    leading = (edge for edge in into if edge.stated_by == "source" and edge.role != "excluded")
    passages = (guideline.passage(passage) for edge in leading for passage in edge.justified_by)
    return tuple({one.id: one for one in passages if is_graded(one)}.values())


def _support(guideline: Guideline, statement: Statement) -> Support:
    cited = []
    for citation in statement.citations:
        marker = guideline.markers[citation.marker]
        cited.append(Cited(citation, marker, guideline.references.get(marker.entry)))
    return Support(statement, tuple(cited), axes(guideline, statement))


def _state(inferred: bool, cited: bool, broken: bool, references: tuple[Reference, ...]) -> State:
    if inferred:
        return "inferred"
    if not cited:
        return "uncited"
    if broken:
        return "broken"
    return "weak" if len(references) == 1 or _only_tertiary(references) else "supported"


def _only_tertiary(references: tuple[Reference, ...]) -> bool:
    return bool(references) and all(reference.tier in TERTIARY for reference in references)


def _reasons(inferred: bool, cited: bool, broken: list[str], references: tuple[Reference, ...]) -> Iterable[str]:
    if inferred:
        yield "not stated by the source: inferred by the modeller"
    if not cited:
        yield "no citation stands behind it"
    for printed in broken:
        yield f"marker {printed} points to no entry of the reference list"
    if len(references) == 1:
        yield "rests on one source alone"
    if _only_tertiary(references):
        yield "rests on tertiary summaries alone"
    own = [reference for reference in references if reference.own_publisher]
    if own and len(own) == len(references):
        yield "its only source was issued by the article's own publisher"
