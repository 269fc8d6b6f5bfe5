"""The reference list as cards: each entry as Vancouver writes it, what kind of source it is, and what it carries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from edgewise.citations.formats.vancouver import render_all
from edgewise.citations.notices import Noticed
from edgewise.explorer.cards import evidence as cards
from edgewise.explorer.cards.listed_entries import ListedEntry, ends
from edgewise.explorer.cards.markup import Html, chip, folded, join, tag
from edgewise.explorer.cards.named_places import with_places
from edgewise.explorer.cards.notices import on_card
from edgewise.explorer.cards.numbers import many
from edgewise.graph.model import Guideline, Marker, Note, Reference


@lru_cache(maxsize=32)
def written(references: tuple[Reference, ...]) -> tuple[str, ...]:
    """References as Vancouver writes them, as far as they are known.

    >>> written((Reference("r", 1, "On belts", 2006),))
    ('On belts. 2006.',)
    """
    return tuple(render_all(references))


def entry_cards(
    guideline: Guideline,
    entries: Sequence[ListedEntry],
    taken: frozenset[str] = frozenset(),
    noticed: Mapping[str, Noticed] | None = None,
) -> list[Html]:
    """One card for each entry; those `taken` away are marked, and what is known of some since they were published is told.

    >>> from edgewise.explorer.cards.listed_entries import entries
    >>> from edgewise.graph.library import load
    >>> guideline = load("sacroiliac-sclerosis").guideline
    >>> "points to no entry" in entry_cards(guideline, list(entries(guideline).values()))[-1]
    True
    """
    listed = [one.reference for one in entries if one.reference]
    lines = dict(zip((one.id for one in listed), written(tuple(listed)), strict=True))
    told = noticed or {}
    return [
        _card(guideline, one, lines[one.id], one.id in taken, told.get(one.id)) if one.reference else _missing(guideline, one)
        for one in entries
    ]


def _card(guideline: Guideline, entry: ListedEntry, line: str, taken: bool, noticed: Noticed | None) -> Html:
    reference = entry.reference
    if reference is None:
        return Html("")
    away = [" ", chip("taken away", "broken")] if taken else []
    head = tag("h4", tag("span", entry.name, cls="ew-marker"), " ", line, *away)
    added = [_added(reference)] if reference.additions else []
    details = [*on_card(noticed), *added, cards.standing(reference), cards.identifiers(reference), *_markers(entry)]
    return tag("article", head, *details, _load(guideline, entry), cls="ew-card")


def _added(reference: Reference) -> Html:
    """Which words of the line above the article does not print."""
    fields = ", ".join(dict.fromkeys(one.field for one in reference.additions))
    who = " and ".join(dict.fromkeys(cards.WHO.get(one.stated_by, one.stated_by) for one in reference.additions))
    unsure = "" if all(one.confirmed for one in reference.additions) else "; not all of it confirmed"
    return tag("p", f"Not all of this line is printed: {fields} {who}{unsure}.", cls="ew-quiet")


def _markers(entry: ListedEntry) -> Iterable[Html]:
    """What is odd about the markers that lead here."""
    position = str(entry.reference.position) if entry.reference else ""
    for marker in entry.markers:
        if marker.note:
            yield _remark(marker)
        elif marker.printed != position:
            yield tag("p", f"Cited as [{marker.printed}].", cls="ew-quiet")


def _remark(marker: Marker) -> Html:
    return tag("p", tag("strong", f"Remark on marker {marker.printed}, not the source's own: "), marker.note, cls="ew-quiet")


def _missing(guideline: Guideline, entry: ListedEntry) -> Html:
    """A marker without entry, in the place where its entry would stand."""
    marker, listed = entry.markers[0], len(guideline.references)
    head = tag("h4", tag("span", entry.name, cls="ew-marker"), " no entry")
    entries = "1 entry" if listed == 1 else f"{listed} entries"
    told = tag("p", f"The article prints marker {marker.printed}, which points to no entry of the reference list ({entries}).")
    remark = [_remark(marker)] if marker.note else []
    notes = [_hypothesis(guideline, note) for note in guideline.notes.values() if marker.id in note.about]
    return tag("article", head, told, *remark, *notes, _load(guideline, entry), cls="ew-card ew-missing")


def _hypothesis(guideline: Guideline, note: Note) -> Html:
    who = {"editor": "An editor's reading", "modeller": "A modeller's reading"}.get(note.stated_by, f"A reading by {note.stated_by}")
    return tag(
        "div",
        tag("strong", f"{who}: a hypothesis, not the source's word"),
        tag("p", with_places(guideline, note.text)),
        cls="ew-note",
        role="note",
    )


def _load(guideline: Guideline, entry: ListedEntry) -> Html:
    """What rests on it, in one line that opens."""
    if not entry.citations:
        return tag("p", "Carries no citation: nothing cites it.", cls="ew-quiet")
    total = f"Carries {many(entry.citations, 'citation')}" if entry.reference else f"Cited {many(entry.citations, 'time')}"
    parts = [many(len(listed), noun) for noun, listed in (("statement", entry.statements), ("edge", entry.edges), ("step", entry.steps))]
    return folded(f"{total}: {', '.join(parts)}", _statements(guideline, entry.statements), *_pathway(guideline, entry))


def _statements(guideline: Guideline, ids: Iterable[str]) -> Html:
    listed = (guideline.statements[id] for id in ids)
    return tag("ul", *(tag("li", tag("span", str(one.place), cls="ew-place"), " ", one.text) for one in listed), cls="ew-list")


def _pathway(guideline: Guideline, entry: ListedEntry) -> Iterable[Html]:
    names = (("Edges", [ends(guideline, id) for id in entry.edges]), ("Steps", [guideline.steps[id].name for id in entry.steps]))
    for title, listed in names:
        if listed:
            yield join([tag("h4", title), tag("ul", *(tag("li", name) for name in listed), cls="ew-list")])
