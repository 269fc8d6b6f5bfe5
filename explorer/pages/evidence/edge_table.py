"""What stands behind each edge: its state, the entries it rests on, and how many independent works these are."""

from __future__ import annotations

from collections.abc import Mapping

from edgewise.citations.evidence.impact import SupportChange
from edgewise.citations.evidence.studies import Studies, count, works
from edgewise.citations.evidence.support import Evidence
from edgewise.explorer.cards import evidence as cards
from edgewise.explorer.cards.listed_entries import ListedEntry, cited_by, ends, key
from edgewise.explorer.cards.markup import Html, join, symbol, tag
from edgewise.explorer.pages.evidence.what_falls import works_in_words
from edgewise.graph.model import Guideline
from edgewise.graph.strength import NOT_STATED


def edge_table(
    guideline: Guideline,
    found: Mapping[str, Evidence],
    entries: Mapping[str, ListedEntry],
    changes: Mapping[str, SupportChange],
    selected: str,
) -> Html:
    """A row for each edge.

    Args:
        guideline: whose edges.
        found: the evidence of each, by id.
        entries: the reference list and the markers without entry, by id.
        changes: what happens to each edge that loses an entry, by its id.
        selected: id of the edge that is picked; empty for none.

    >>> from edgewise.explorer.cards.listed_entries import entries, judged
    >>> from edgewise.graph.library import load
    >>> guideline = load("sacroiliac-sclerosis").guideline
    >>> edge_table(guideline, judged(guideline), entries(guideline), {}, "").count("<tr") == len(guideline.transitions) + 1
    True
    """
    known = works(guideline.references.values())
    caption = tag("caption", "A summary, and a work listed twice, is no independent work.", cls="ew-quiet")
    heads = (("Edge", ""), ("Entries", ""), ("Independent works", "ew-number"))
    head = tag("thead", tag("tr", *(tag("th", name, scope="col", cls=cls) for name, cls in heads)))
    rows = []
    for id in guideline.transitions:
        studies = count(found[id].references, known)
        rows.append(_row(guideline, found[id], studies, entries, changes.get(id), id == selected))
    return tag("table", caption, head, tag("tbody", *rows), cls="ew-edges")


def _row(
    guideline: Guideline,
    found: Evidence,
    studies: Studies,
    entries: Mapping[str, ListedEntry],
    change: SupportChange | None,
    selected: bool,
) -> Html:
    return tag(
        "tr",
        tag("th", tag("div", ends(guideline, found.id)), _state(found, change), *_graded(found), scope="row"),
        tag("td", join(_entries(found, entries, change), " "), cls="ew-entries"),
        tag("td", _number(studies, change), cls="ew-number"),
        cls="ew-picked" if selected else "",
        aria_current="true" if selected else "",
    )


def _state(found: Evidence, change: SupportChange | None) -> Html:
    chips = [cards.state_chip(found.state)]
    if change and change.after != change.before:
        chips += [symbol("→"), tag("span", " becomes ", cls="ew-unseen"), cards.state_chip(change.after)]
    return tag("span", *chips, cls="ew-change")


def _graded(found: Evidence) -> list[Html]:
    """How the source grades it, or that it does not; nothing where the guideline grades nothing."""
    stated = [f"{axis.name}: {axis.told}" for axis in found.axes if axis.told != NOT_STATED]
    told = stated or ([f"Strength and certainty: {NOT_STATED}"] if found.axes else [])
    return [tag("div", one, cls="ew-quiet ew-grade") for one in told]


def _entries(found: Evidence, entries: Mapping[str, ListedEntry], change: SupportChange | None) -> list[Html]:
    lost = set(change.lost) if change else set()
    cited = dict.fromkeys(key(one) for one in cited_by(found))
    ordered = [one for one in entries.values() if one.id in cited]
    return [_entry(one, one.id in lost) for one in ordered]


def _entry(entry: ListedEntry, lost: bool) -> Html:
    if lost:
        return tag("s", entry.name, tag("span", " taken away", cls="ew-unseen"))
    if entry.reference is None:
        return tag("span", entry.name, tag("span", " no entry", cls="ew-unseen"), cls="ew-nothing")
    return tag("span", entry.name)


def _number(studies: Studies, change: SupportChange | None) -> str:
    after = len(change.studies_after) if change else len(studies)
    return str(len(studies)) if after == len(studies) else f"{len(studies)} → {after}"


def summary(guideline: Guideline, found: Evidence, entries: Mapping[str, ListedEntry]) -> list[Html]:
    """An edge or a step in short: name, state, and the works behind it.

    >>> from edgewise.citations.evidence.support import evidence
    >>> from edgewise.explorer.cards.listed_entries import entries
    >>> from edgewise.graph.library import load
    >>> guideline = load("sacroiliac-sclerosis").guideline
    >>> summary(guideline, evidence(guideline, "cooled-rfa-to-si-joint-fusion"), entries(guideline))[2]
    '<p>2 independent works: [4], [6]. Not counted: [2], tertiary summary; [3], tertiary summary.</p>'
    """
    name = ends(guideline, found.id) if found.kind == "transition" else guideline.steps[found.id].name
    names = {id: one.name for id, one in entries.items()}
    studies = count(found.references, works(guideline.references.values()))
    return [tag("h2", name), cards.state(found), works_in_words(studies, names), cards.grades(found.axes)]
