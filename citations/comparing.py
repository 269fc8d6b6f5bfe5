"""What is cited and signed otherwise in two guidelines: evidence gained or lost, sign-offs that no longer fit, works retracted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from edgewise.citations.evidence.support import Evidence, State, evidence
from edgewise.citations.ledger.entries import LedgerEntry
from edgewise.citations.ledger.fingerprints import CitationLink, links, seen
from edgewise.citations.ledger.signoffs import standings
from edgewise.citations.lookup.works import Resolution
from edgewise.citations.notices import noticed
from edgewise.graph.comparing.changes import Change
from edgewise.graph.comparing.comparison import Comparison
from edgewise.graph.comparing.pathways import edge_name
from edgewise.graph.model import Guideline, Reference

STATES: Mapping[State, str] = {
    "supported": "supported",
    "weak": "one or tertiary source",
    "broken": "broken",
    "uncited": "uncited",
    "inferred": "inferred by the modeller",
}
"""How far what is cited holds, for people: *weak* would be taken for a strength of recommendation."""


def cited(
    comparison: Comparison,
    entries: Iterable[LedgerEntry] | None = None,
    answers: tuple[Mapping[str, Resolution], Mapping[str, Resolution]] = ({}, {}),
) -> Comparison:
    """The same comparison with all that is cited and signed for it.

    Args:
        comparison: of two guidelines.
        entries: of the ledger; with them only what is signed can go stale. None: every citation is told of which a sign-off would.
        answers: what registries said of the references of either guideline, as `edgewise.citations.lookup.kept_answers` has it.

    >>> from dataclasses import replace
    >>> from edgewise.graph.comparing.comparison import compare
    >>> from edgewise.graph.library import load
    >>> guideline = load("sacroiliac-sclerosis").guideline
    >>> said = replace(guideline.statements["s1"], text="Said in other words.")
    >>> other = replace(guideline, statements={**guideline.statements, "s1": said})
    >>> [one.after for one in cited(compare(guideline, other)).of_kind("sign-off")][:1]
    ['statement changed']
    """
    found = (*_states(comparison), *_signed(comparison, None if entries is None else list(entries)), *_noticed(comparison, *answers))
    both = tuple(_in_both(comparison, *answers))
    return replace(comparison.with_changes(found), notes=(*comparison.notes, *both)) if both else comparison.with_changes(found)


# Evidence ---------------------------------------------------------------------------------------------------------------


def _states(comparison: Comparison) -> Iterator[Change]:
    a, b, matching = comparison.a, comparison.b, comparison.matching
    for one, other in matching.pairs("edge"):
        yield from _state(edge_name(a, a.transitions[one]), evidence(a, one), evidence(b, other))
    for id in matching.only_a("edge"):
        yield from _state(edge_name(a, a.transitions[id]), evidence(a, id), None)
    for id in matching.only_b("edge"):
        yield from _state(edge_name(b, b.transitions[id]), None, evidence(b, id))
    for one, other in matching.pairs("step"):
        yield from _state(a.steps[one].name, evidence(a, one), evidence(b, other))


def _state(where: str, one: Evidence | None, other: Evidence | None) -> Iterator[Change]:
    states = [each.state if each else "" for each in (one, other)]
    if states[0] != states[1]:
        before, after = (_told(each) if each else "" for each in (one, other))
        yield Change("evidence", "state", where, one.id if one else "", other.id if other else "", before, after)


def _told(found: Evidence) -> str:
    why = f" ({'; '.join(found.reasons)})" if found.reasons and found.state not in ("supported", "inferred") else ""
    return f"{STATES[found.state]}{why}"


# Sign-offs --------------------------------------------------------------------------------------------------------------


def _signed(comparison: Comparison, entries: list[LedgerEntry] | None) -> Iterator[Change]:
    """Citations of which what was seen is no longer what there is to be seen; another guideline has a ledger of its own."""
    a, b = comparison.a, comparison.b
    if a.iri != b.iri:
        return
    here, there = links(a), links(b)
    signed = set(here) if entries is None else _standing(a, entries)
    for id, link in here.items():
        if id in signed and (changed := _changed(link, there.get(id))) and not _fits(b, id, entries):
            before = "signed" if entries is not None else "as it was"
            yield Change(
                "evidence", "sign-off", f"{link.statement.place}, {link.marker.shown}", id, id if id in there else "", before, changed
            )


def _standing(guideline: Guideline, entries: list[LedgerEntry]) -> set[str]:
    return {id for id, one in standings(guideline, entries).items() if one.state == "signed"}


def _fits(b: Guideline, id: str, entries: list[LedgerEntry] | None) -> bool:
    """Whether somebody has signed it as it is in the second guideline."""
    return entries is not None and id in links(b) and id in _standing(b, entries)


def _changed(link: CitationLink, other: CitationLink | None) -> str:
    if other is None:
        return "no longer cited so"
    parts = seen(link).changes(seen(other))
    return f"{' and '.join(parts)} changed" if parts else ""


# Retractions ------------------------------------------------------------------------------------------------------------


def _noticed(comparison: Comparison, before: Mapping[str, Resolution], after: Mapping[str, Resolution]) -> Iterator[Change]:
    """Works that fell, as an entry or a registry says, in the one guideline, or of an entry that the other has alone."""
    a, b, matching = comparison.a.references, comparison.b.references, comparison.matching
    for id, reference in b.items():
        own = matching.a_of("reference", id)
        if (fell := _fell(reference, after)) and not (own and _fell(a[own], before)):
            yield Change("evidence", "reference", reference.title, own, id, "stands" if own else "", fell)
    for id in matching.only_a("reference"):
        if fell := _fell(a[id], before):
            yield Change("evidence", "reference", a[id].title, id, "", fell, "")


def _in_both(comparison: Comparison, before: Mapping[str, Resolution], after: Mapping[str, Resolution]) -> Iterator[str]:
    """Works that neither has given up though they fell: no change between the two, and not to be passed over."""
    for one, other in comparison.matching.pairs("reference"):
        held = comparison.a.references[one]
        if (fell := _fell(held, before)) and _fell(comparison.b.references[other], after):
            yield f"both cite what was {fell}: {held.title} [{one}]"


def _fell(reference: Reference, answers: Mapping[str, Resolution]) -> str:
    """That a work carries nothing any more, and who says so; empty where nobody does."""
    found = noticed(reference, answers.get(reference.id))
    if found is None or not found.fell:
        return ""
    return f"{found.standing}, as {'its entry says' if found.own else 'registries say'}"
