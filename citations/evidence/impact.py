"""What falls if references fall: statements, edges, steps and what else rests on passages, before and after.

A reference that falls takes its citations along, as if they had never been made: what it carried is judged by what is left.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from edgewise.citations.evidence.constructs import CONSTRUCTS, ConstructKind, constructs
from edgewise.citations.evidence.studies import Studies, Works, count, twins, works
from edgewise.citations.evidence.support import Evidence, State, evidence
from edgewise.graph.attribution import rests_on
from edgewise.graph.model import Comparison, Guideline, Transition
from edgewise.graph.pathway import comparisons
from edgewise.graph.walking.criteria import words
from edgewise.ontology.errors import UnknownName

What = Literal["statement", "edge", "step", "criterion"] | ConstructKind


@dataclass(frozen=True, slots=True)
class SupportChange:
    """What one statement, edge, step, criterion or construct loses.

    Attributes:
        id: its id.
        what: ``statement``, ``edge``, ``step``, ``criterion``, or a kind of `edgewise.citations.evidence.constructs.CONSTRUCTS`.
        label: its own words.
        before: state of its evidence now.
        after: state without the references that fall.
        lost: ids of the references it loses.
        left: ids of those it keeps.
        studies_before: independent works behind it now.
        studies_after: those that would be left.
    """

    id: str
    what: What
    label: str
    before: State
    after: State
    lost: tuple[str, ...]
    left: tuple[str, ...]
    studies_before: Studies
    studies_after: Studies

    @property
    def falls(self) -> bool:
        """Whether it loses all support: no entry of the list stands behind it any more."""
        return not self.left

    @property
    def weakens(self) -> bool:
        """Whether it was supported and gets weak."""
        return self.before == "supported" and self.after == "weak"


@dataclass(frozen=True, slots=True)
class Impact:
    """All that references carry, in the guideline's own order.

    Attributes:
        references: ids of those that fall.
        statements: statements that cite them.
        edges: transitions that rest on them.
        steps: steps whose own description, rating or modality rests on them.
        twins: other entries for the same works, which should fall with them and were not named.
        criteria: by the id of an edge, those of its criteria that rest on them, each judged for itself by its own passages. An edge may
            stand on what is left to it, while what it asks for has lost every passage.
        constructs: bundles, alternatives and what is preferred, contraindications, to whom the guideline applies, times and doses that
            rest on them, each judged for itself by its own passages.
    """

    references: tuple[str, ...]
    statements: tuple[SupportChange, ...] = ()
    edges: tuple[SupportChange, ...] = ()
    steps: tuple[SupportChange, ...] = ()
    twins: tuple[str, ...] = ()
    criteria: Mapping[str, tuple[SupportChange, ...]] = field(default_factory=dict)
    constructs: tuple[SupportChange, ...] = ()

    def unfounded(self, edge: str) -> tuple[SupportChange, ...]:
        """The criteria of an edge behind which no entry of the list stands any more."""
        return tuple(change for change in self.criteria.get(edge, ()) if change.falls)

    @property
    def changes(self) -> tuple[SupportChange, ...]:
        """Statements, edges, steps and constructs in one row."""
        return (*self.statements, *self.edges, *self.steps, *self.constructs)

    @property
    def fallen(self) -> tuple[SupportChange, ...]:
        """What loses all support."""
        return tuple(change for change in self.changes if change.falls)

    @property
    def weakened(self) -> tuple[SupportChange, ...]:
        """What was supported and gets weak."""
        return tuple(change for change in self.changes if change.weakens)

    @property
    def thinned(self) -> tuple[SupportChange, ...]:
        """What loses a reference and changes no further."""
        return tuple(change for change in self.changes if not change.falls and not change.weakens)


def impact(guideline: Guideline, references: Iterable[str]) -> Impact:
    """Work out what falls if references fall.

    Args:
        guideline: where to look.
        references: ids, IRIs, or positions in the list as printed; in any order, repeats ignored.

    Raises:
        UnknownName: no such reference.

    >>> from edgewise.graph.library import load
    >>> found = impact(load("sacroiliac-sclerosis").guideline, ["1"])
    >>> next((change.id, change.before, change.after) for change in found.fallen if change.what == "step")
    ('mri-si-joints-without-contrast', 'weak', 'uncited')
    """
    gone = find_references(guideline, references)
    less = without(guideline, gone)
    known = works(guideline.references.values())
    return Impact(
        references=gone,
        statements=_changes("statement", _of_statements(guideline), _of_statements(less), known),
        edges=_changes("edge", _of(guideline, guideline.transitions), _of(less, guideline.transitions), known),
        steps=_changes("step", _of(guideline, guideline.steps), _of(less, guideline.steps), known),
        twins=twins(guideline.references, gone),
        criteria=_of_criteria(guideline, less, known),
        constructs=_of_constructs(guideline, less, known),
    )


def criteria(guideline: Guideline, edge: str) -> tuple[Comparison, ...]:
    """What an edge asks for, one by one; nothing where it is always open.

    >>> from edgewise.graph.library import load
    >>> guideline = load("sacroiliac-sclerosis").guideline
    >>> gone = impact(guideline, ["2", "4"]).unfounded("cooled-rfa-to-si-joint-fusion")
    >>> len(gone), len(criteria(guideline, "cooled-rfa-to-si-joint-fusion"))
    (4, 6)
    """
    when = guideline.transitions[edge].when
    return tuple(comparisons(when)) if when is not None else ()


def find_references(guideline: Guideline, names: Iterable[str]) -> tuple[str, ...]:
    """The ids behind ids, IRIs or printed positions, each once, in the order of the list.

    Raises:
        UnknownName: the list has no such entry, or several at that position.
    """
    positions: dict[str, list[str]] = {}
    for reference in guideline.references.values():
        positions.setdefault(str(reference.position), []).append(reference.id)
    found = set()
    for name in names:
        id = name.strip().removeprefix(f"{guideline.iri}/")
        at = positions.get(id, [])
        if id not in guideline.references and len(at) != 1:
            raise UnknownName("reference", name, at or guideline.references)
        found.add(id if id in guideline.references else at[0])
    return tuple(id for id in guideline.references if id in found)


def without(guideline: Guideline, references: Iterable[str]) -> Guideline:
    """The guideline as if some references had never been cited; ids unknown to it change nothing."""
    gone = set(references)
    fallen = {marker.id for marker in guideline.markers.values() if marker.entry in gone}
    statements = {
        id: replace(statement, citations=tuple(citation for citation in statement.citations if citation.marker not in fallen))
        for id, statement in guideline.statements.items()
    }
    return replace(guideline, statements=statements)


def studies(guideline: Guideline) -> dict[str, Studies]:
    """The independent works behind every edge, by the edge's id.

    >>> from edgewise.graph.library import load
    >>> len(studies(load("sacroiliac-sclerosis").guideline)["presentation-to-xray-si-joints"])
    0
    """
    known = works(guideline.references.values())
    return {id: count(evidence(guideline, id).references, known) for id in guideline.transitions}


def _of(guideline: Guideline, ids: Iterable[str]) -> dict[str, Evidence]:
    return {id: evidence(guideline, id) for id in ids}


def _of_statements(guideline: Guideline) -> dict[str, Evidence]:
    """A statement is judged as an edge that rests on it alone: by the same law, without a second copy of it."""
    return _resting_on(guideline, {id: (statement.text, (id,)) for id, statement in guideline.statements.items()})


def _of_criteria(guideline: Guideline, less: Guideline, known: Works) -> dict[str, tuple[SupportChange, ...]]:
    """By edge, what its criteria lose; those that lose nothing are left out."""
    found = {}
    for edge in guideline.transitions:
        asked = {one.id: (words(one, guideline.observables), rests_on(one)) for one in criteria(guideline, edge)}
        if changes := _changes("criterion", _resting_on(guideline, asked), _resting_on(less, asked), known):
            found[edge] = changes
    return found


def _of_constructs(guideline: Guideline, less: Guideline, known: Works) -> tuple[SupportChange, ...]:
    """By kind, and within each in the guideline's order, what they lose; those that lose nothing are left out."""
    found: list[SupportChange] = []
    for kind in CONSTRUCTS:
        resting = {one.id: (one.told, one.passages) for one in constructs(guideline) if one.kind == kind}
        found += _changes(kind, _resting_on(guideline, resting), _resting_on(less, resting), known)
    return tuple(found)


def _resting_on(guideline: Guideline, passages: Mapping[str, tuple[str, tuple[str, ...]]]) -> dict[str, Evidence]:
    """Whatever has words and passages, judged as edges that rest on these alone."""
    edges = {id: Transition(id, "", "", said, "source", justified_by=behind) for id, (said, behind) in passages.items()}
    return _of(replace(guideline, transitions=edges), edges)


def _changes(what: What, before: Mapping[str, Evidence], after: Mapping[str, Evidence], known: Works) -> tuple[SupportChange, ...]:
    changes = []
    for id, now in before.items():
        then = after[id]
        left = {reference.id for reference in then.references}
        lost = tuple(reference.id for reference in now.references if reference.id not in left)
        if lost:
            kept = tuple(reference.id for reference in then.references)
            works_now, works_then = count(now.references, known), count(then.references, known)
            changes.append(SupportChange(id, what, now.label, now.state, then.state, lost, kept, works_now, works_then))
    return tuple(changes)
