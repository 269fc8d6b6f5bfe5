"""Why markers may point beyond the end of the list: every explanation with its reasons, likeliest first, none of them adopted.

The order follows from what speaks for each: a weight is the number of reasons for it less those against it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from edgewise.citations.audit.rules.rule import citing, listed, many, number, runs
from edgewise.graph.model import Guideline, Marker


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One explanation. `weight`: reasons for it less reasons against it."""

    kind: str
    text: str
    weight: int
    reasons: tuple[str, ...]

    def __str__(self) -> str:
        """
        >>> str(Diagnosis("typo", "a slip for 1", 1, ("7 is printed once",)))
        'a slip for 1 (7 is printed once)'
        """
        return f"{self.text} ({'; '.join(self.reasons)})" if self.reasons else self.text


def diagnose(guideline: Guideline, lost: Sequence[Marker]) -> tuple[Diagnosis, ...]:
    """Explanations for markers whose numbers lie beyond the list, likeliest first.

    Args:
        guideline: whose list they miss.
        lost: the markers, none of which has an entry.

    >>> from edgewise.graph.library import load
    >>> si = load("sacroiliac-sclerosis").guideline
    >>> [found.kind for found in diagnose(si, [si.markers["marker-7"]])]
    ['lost-entry', 'typo', 'shifted-numbers']
    """
    found = (_lost_entry(guideline, lost), _shifted(guideline, lost), _typo(guideline, lost))
    return tuple(sorted(found, key=lambda one: -one.weight))


def _lost_entry(guideline: Guideline, lost: Sequence[Marker]) -> Diagnosis:
    entries, top = len(guideline.references), max(map(number, lost))
    weight, reasons = 0, list[str]()
    if not _skipped(guideline, top):
        weight, reasons = weight + 1, [*reasons, f"every number from 1 to {top} is cited, and the list has {top - entries} fewer"]
    uses = len(citing(guideline, *(marker.id for marker in lost)))
    if uses > len(lost):
        weight, reasons = weight + 1, [*reasons, f"{_numbers(lost)} printed behind {many(uses, 'statement')}, which a slip seldom is"]
    place, hint = _where(guideline, lost)
    if hint:
        weight, reasons = weight + 1, [*reasons, hint]
    gone = "an entry was" if top - entries == 1 else f"{many(top - entries, 'entry', 'entries')} were"
    return Diagnosis("lost-entry", f"{gone} lost from the list, {place}", weight, tuple(reasons))


def _where(guideline: Guideline, lost: Sequence[Marker]) -> tuple[str, str]:
    """Where an entry may be missing, and who says so: an editor's note on these markers and on earlier ones. Titles prove nothing."""
    top, entries = max(map(number, lost)), len(guideline.references)
    gone = {marker.id for marker in lost}
    for note in guideline.notes.values():
        named = [guideline.markers[id] for id in note.about if id in guideline.markers]
        earlier = sorted(number(marker) for marker in named if marker.entry and number(marker))
        if earlier and gone & {marker.id for marker in named}:
            first = earlier[0]
            moved = f"so that markers {_span(first + 1, top)} would mean entries {_span(first, entries)}"
            return f"perhaps at {first}, {moved}", f"the note '{note.id}' speaks of markers {listed([*earlier, *map(number, lost)])}"
    return f"at any place up to {top}: nothing in the numbers tells which", ""


def _shifted(guideline: Guideline, lost: Sequence[Marker]) -> Diagnosis:
    entries, top = len(guideline.references), max(map(number, lost))
    skipped = _skipped(guideline, top)
    text = f"the list is whole and the numbers in the text run ahead of it by {top - entries}"
    if skipped:
        weight = 3 if len(skipped) == top - entries else 0
        begin = f", which would begin at {skipped[0]}"
        return Diagnosis("shifted-numbers", text + begin, weight, (f"{runs(skipped)} {_is(skipped)} never cited",))
    return Diagnosis("shifted-numbers", text, -1, (f"against it: no number up to {top} is left out, as a mere shift would",))


def _typo(guideline: Guideline, lost: Sequence[Marker]) -> Diagnosis:
    gone = {marker.id for marker in lost}
    uses = citing(guideline, *gone)
    beside = {citation.marker for statement in uses for citation in statement.citations}
    free = [marker for marker in guideline.markers.values() if marker.entry and marker.id not in beside and number(marker)]
    uncited = sorted(
        reference.position
        for reference in guideline.references.values()
        if not citing(guideline, *(marker.id for marker in guideline.markers.values() if marker.entry == reference.id))
    )
    weight, reasons = 0, list[str]()
    if uncited:
        weight, reasons = weight + 2, [*reasons, f"{listed(uncited)} {_is(uncited)} in the list and never cited"]
    if len(uses) <= len(lost):
        weight, reasons = weight + 1, [*reasons, f"{_numbers(lost)} printed once"]
    if free and not uncited:
        reasons.append(f"all other numbers with an entry already stand beside {listed(number(marker) for marker in lost)}")
    meant = uncited or [number(marker) for marker in free]
    text = f"a slip for {listed(meant, 'or')}" if meant else "a slip for another number"
    return Diagnosis("typo", text, weight, tuple(reasons))


def _skipped(guideline: Guideline, top: int) -> list[int]:
    cited = {number(guideline.markers[citation.marker]) for one in guideline.statements.values() for citation in one.citations}
    return [value for value in range(1, min(top, 10_000)) if value not in cited]


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first} and {last}" if last == first + 1 else f"{first} to {last}"


def _numbers(lost: Sequence[Marker]) -> str:
    return f"{listed(number(marker) for marker in lost)} {_is(lost)}"


def _is(things: Sequence[object]) -> str:
    return "is" if len(things) == 1 else "are"
