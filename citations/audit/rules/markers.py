"""Family M, what the guideline alone shows: markers, their numbers and their entries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from edgewise.citations.audit.rules.orphan_diagnoses import diagnose
from edgewise.citations.audit.rules.rule import Audited, Fault, Rule, citing, ids, listed, many, names_year, number, runs
from edgewise.graph.model import Guideline, Marker
from edgewise.ontology.terms import EW

_EDITOR = "an editor decides: keep the marker as printed, and set down which explanation holds in a note"


def orphan_marker(subject: Audited) -> Iterator[Fault]:
    guideline = subject.guideline
    orphans = [marker for marker in guideline.markers.values() if not marker.entry]
    there = {entry.number: entry.line for entry in subject.article.references} if subject.article else {}
    beyond = sorted((marker for marker in orphans if number(marker) > _last(guideline) and number(marker) not in there), key=number)
    if beyond:
        yield _beyond(guideline, beyond)
    for marker in orphans:
        if marker not in beyond:
            yield _loose(guideline, marker, there.get(number(marker), 0))


def _beyond(guideline: Guideline, beyond: list[Marker]) -> Fault:
    uses = citing(guideline, *(marker.id for marker in beyond))
    numbers = listed(number(marker) for marker in beyond)
    one = len(beyond) == 1
    likely = "; ".join(f"({rank}) {diagnosis}" for rank, diagnosis in enumerate(diagnose(guideline, beyond), 1))
    return Fault(
        message=(
            f"the list has {many(len(guideline.references), 'entry', 'entries')}, yet markers reach {number(beyond[-1])}: "
            f"{'marker' if one else 'markers'} {numbers}, behind {many(len(uses), 'statement')} ({listed(ids(uses))}), "
            f"{'points' if one else 'point'} to no entry. Explanations, likeliest first: {likely}"
        ),
        subject=beyond[0].id,
        value=numbers,
        repair=_EDITOR,
        related=(*(marker.id for marker in beyond[1:]), *ids(uses)),
    )


def _loose(guideline: Guideline, marker: Marker, line: int) -> Fault:
    """A marker without entry whose number lies within the list, or within the article's, where it stands on `line`."""
    uses = ids(citing(guideline, marker.id))
    if names_year(marker):
        message = f"the citation '{marker.printed}'{_behind(uses)} points to no entry{f': {marker.note}' if marker.note else ''}"
        return Fault(message=message, subject=marker.id, value=marker.printed, repair=_EDITOR, related=tuple(uses))
    there = [reference.id for reference in guideline.references.values() if reference.position == number(marker)]
    behind = _behind(uses)
    if there:
        why, repair = f"though {there[0]} stands at that position", f"write 'entry: {there[0]}', or say in a note why not"
    elif line:
        why, repair = f"though the article prints an entry {number(marker)} on line {line}", "add the entry as printed"
    elif number(marker):
        why, repair = f"and the list has nothing at {number(marker)}: the entry was lost from there, or it never was", _EDITOR
    else:
        why, repair = "and is no number, so no position tells which", "name its entry, or say in a note why it has none"
    message = f"marker {marker.printed}{behind} points to no entry, {why}"
    return Fault(message=message, subject=marker.id, value=marker.printed, repair=repair, related=(*uses, *there))


def _behind(uses: Sequence[str]) -> str:
    return f", behind {many(len(uses), 'statement')} ({listed(uses)})," if uses else ""


def uncited_entry(subject: Audited) -> Iterator[Fault]:
    """Entries behind no statement; one whose own marker lacks the link is an orphan marker, and one cited beside the text is cited."""
    guideline = subject.guideline
    aside = {number for number, _ in subject.article.asides} if subject.article else set()
    awaited = aside | {number(marker) for marker in guideline.markers.values() if not marker.entry}
    for reference in guideline.references.values():
        through = [marker.id for marker in guideline.markers.values() if marker.entry == reference.id]
        if not citing(guideline, *through) and reference.position not in awaited:
            how = f"marker {guideline.markers[through[0]].printed} stands behind no statement" if through else "no marker points to it"
            message = f"entry {reference.position}, '{_short(reference.title)}', is never cited: {how}"
            yield Fault(message=message, subject=reference.id, related=tuple(through))


def numbering_gap(subject: Audited) -> Iterator[Fault]:
    """Numbers that neither a marker nor an entry bears; what only one side lacks is an orphan marker or an uncited entry."""
    guideline = subject.guideline
    known = {number(marker) for marker in guideline.markers.values()} | {one.position for one in guideline.references.values()}
    gaps = [value for value in range(1, _last(guideline)) if value not in known]
    if gaps:
        after = [marker.id for marker in guideline.markers.values() if number(marker) > gaps[0]]
        message = f"the numbering jumps: neither a marker nor an entry bears {runs(gaps)}"
        yield Fault(message=message, subject=after[0] if after else "", value=runs(gaps), related=tuple(after[1:]))


def doubled_number(subject: Audited) -> Iterator[Fault]:
    guideline = subject.guideline
    markers: dict[str, list[str]] = {}
    for marker in guideline.markers.values():
        markers.setdefault(str(number(marker) or marker.printed), []).append(marker.id)
    positions: dict[int, list[str]] = {}
    for reference in guideline.references.values():
        positions.setdefault(reference.position, []).append(reference.id)
    for printed, held in markers.items():
        if len(held) > 1:
            message = f"{many(len(held), 'marker')} print the number {printed}: {listed(held)}"
            yield Fault(message=message, subject=held[1], predicate=EW.printed, value=printed, related=(held[0], *held[2:]))
    for position, held in positions.items():
        if len(held) > 1:
            message = f"{many(len(held), 'entry', 'entries')} stand at position {position}: {listed(held)}"
            yield Fault(message=message, subject=held[1], predicate=EW.position, value=str(position), related=(held[0], *held[2:]))


def misdirected_marker(subject: Audited) -> Iterator[Fault]:
    guideline = subject.guideline
    held = [(marker, guideline.references[marker.entry].position) for marker in guideline.markers.values() if marker.entry]
    numbers, positions = Counter(number(marker) for marker, _ in held), Counter(one.position for one in guideline.references.values())
    wrong = [
        (marker, position)
        for marker, position in held
        if number(marker) and number(marker) != position and numbers[number(marker)] == positions[position] == 1  # else doubled-number
    ]
    if wrong:
        told = listed(f"marker {marker.printed} to entry {position}" for marker, position in wrong)
        yield Fault(
            message=f"by position, a marker points to the entry of its own number; here {told}",
            subject=wrong[0][0].id,
            predicate=EW.entry,
            related=(*(marker.id for marker, _ in wrong[1:]), *(marker.entry for marker, _ in wrong)),
        )


def _last(guideline: Guideline) -> int:
    return max((reference.position for reference in guideline.references.values()), default=0)


def _short(title: str) -> str:
    return title if len(title) <= 80 else f"{title[:79]}…"


RULES = (
    Rule(
        id="M101", name="orphan-marker", severity="error", check=orphan_marker,
        why="A statement that cites nothing the reader can look up is an unsupported statement that looks supported.",
        fix="Find the entry in the article's source or ask its publisher; until then keep the marker as printed, with a note.",
    ),
    Rule(
        id="M102", name="uncited-entry", severity="warning", check=uncited_entry,
        why="An entry that nothing cites pads the list, or its marker was lost and a statement stands without its source.",
        fix="Find the sentence that should cite it, or say in a note that the article never does.",
    ),
    Rule(
        id="M103", name="numbering-gap", severity="warning", check=numbering_gap,
        why="A number left out of both text and list means that something was removed, and that the rest may have been renumbered.",
        fix="Compare with the article: add what was left out, or correct the numbers.",
    ),
    Rule(
        id="M105", name="doubled-number", severity="error", check=doubled_number,
        why="If one number stands for two things, nobody can tell which of them a statement rests on.",
        fix="Give each marker and each entry a number of its own, as the article prints them.",
    ),
    Rule(
        id="M106", name="misdirected-marker", severity="error", check=misdirected_marker,
        why="A marker that leads to another entry than its number says credits a source with what it never claimed.",
        fix="Correct 'entry' or 'position'; a suspected shift belongs in a note, not into the links.",
    ),
)  # fmt: skip
