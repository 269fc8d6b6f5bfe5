"""Ids for what is new, and names for what there is."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from edgewise.explorer.cards.wording import cut_words
from edgewise.explorer.drawing.lettering import clean
from edgewise.explorer.pages.build.desk import Desk
from edgewise.graph.drafting.entries import Entry
from edgewise.graph.importing.names import Names


def free_id(label: str, taken: Collection[str]) -> str:
    """An id out of a label that nothing else has.

    >>> free_id("Röntgen (SI joints)", ()), free_id("Rest", ("rest",)), free_id("?", ())
    ('rontgen-si-joints', 'rest-2', 'part')
    """
    return Names(taken).new(label, "part")


def called(entry: Entry) -> str:
    """What readers call an entry: its label, else its words, cut to a line; where it has none yet, its id."""
    said = (str(entry.data[key]) for key in ("label", "title", "text", "term", "question", "printed") if entry.data.get(key))
    return cut_words(clean(next(said, entry.id)), 80)


def named(found: Desk, id: str) -> str:
    """What readers call the part of an id: an edge by its ends, the head as what it is."""
    if not id or id not in found.entries:
        return "The guideline"
    entry = found.entries[id]
    return edge_named(found, entry) if entry.section == "transitions" else called(entry)


def names_of(entries: Iterable[Entry]) -> dict[str, str]:
    """Ids with what they are called; two of one name bear their ids."""
    found = {one.id: called(one) for one in entries}
    once = [*found.values()]
    return {id: name if once.count(name) == 1 else f"{name} ({id})" for id, name in found.items()}


def edge_named(found: Desk, entry: Entry) -> str:
    """An edge by its ends: ``Films → MRI``."""
    ends = (str(entry.data.get(key, "")) for key in ("from", "to"))
    return " → ".join(called(found.entries[id]) if id in found.entries else id or "?" for id in ends)


def passages(found: Desk) -> dict[str, str]:
    """The draft's statements and headings: where each stands and what it says, in short."""
    known = found.loaded.guideline if found.loaded else None
    named = {}
    for one in (*found.section("statements"), *found.section("headings")):
        text = cut_words(str(one.data.get("text") or one.id), 90)
        there = known is not None and (one.id in known.statements or one.id in known.headings)
        place = str(known.passage(one.id).place) if known and there else ""
        named[one.id] = f"{place}: {text}" if place else text
    return named
