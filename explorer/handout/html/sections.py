"""What stands in the hand-out once for the whole guideline: ratings, references, remarks, and what is behind no step or edge."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from edgewise.citations.evidence.support import evidence
from edgewise.citations.formats.vancouver import render_all
from edgewise.explorer.cards import evidence as cards
from edgewise.explorer.cards.graph_places import behind
from edgewise.explorer.cards.listed_entries import ListedEntry, entries
from edgewise.explorer.cards.markup import Html, chip, join, tag
from edgewise.explorer.cards.numbers import many
from edgewise.explorer.cards.rating_table import radiation_legend, rating_table
from edgewise.explorer.cards.terms import told as explanation
from edgewise.graph.attribution import mark
from edgewise.graph.model import Guideline, Modality, Rating, Reference, Transition
from edgewise.graph.pathway import Pathway
from edgewise.graph.ratings import best_first, radiation, radiation_in_words, rated


def ratings(guideline: Guideline) -> Html:
    """Ratings of appropriateness as a table, situation by situation; nothing where none is stated."""
    if not guideline.ratings:
        return Html("")
    head = tag("thead", tag("tr", *(tag("th", name, scope="col") for name in ("Method", "Rating", "Place"))))
    order = {one.id: (one.order, place) for place, one in enumerate(guideline.situations.values())}
    used = sorted({one.situation for one in guideline.ratings.values()}, key=lambda id: (id not in order, order.get(id, (0, 0)), id))
    listed = tag("table", head, *(_situation(guideline, id) for id in used))
    whole = rating_table(guideline)
    return join(
        [*cards.parted(guideline, tuple(guideline.ratings.values())), whole, listed, *([] if whole else [radiation_legend(guideline)])]
    )


def _situation(guideline: Guideline, id: str) -> Html:
    found = [one for one in guideline.ratings.values() if one.situation == id]
    known = guideline.situations.get(id)
    heading = tag("tr", tag("th", known.label if known else id, scope="rowgroup", colspan="3"))
    said = {id: number for number, id in enumerate(guideline.statements)}
    ordered = sorted(found, key=lambda one: (best_first(one), said.get(one.statement, len(said))))
    return tag("tbody", heading, *(_rating(guideline, one) for one in ordered))


def _rating(guideline: Guideline, rating: Rating) -> Html:
    modality, statement = guideline.modalities.get(rating.modality), guideline.statements.get(rating.statement)
    name = _named(modality) if modality else rating.modality
    where = str(statement.place) if statement else ""
    told = ", ".join(filter(None, (rated(rating), radiation_in_words(guideline, radiation(guideline, rating)))))
    return tag("tr", tag("th", name, scope="row"), tag("td", told), tag("td", where, cls="ew-quiet"))


def _named(modality: Modality) -> Html:
    method, region, contrast = (getattr(modality, key) + mark(modality, key) for key in ("method", "region", "contrast"))
    return join([modality.label, tag("span", f"{method}, {region}; contrast: {contrast}", cls="ew-quiet ew-below")])


def references(guideline: Guideline) -> Html:
    """The reference list in Vancouver style, each entry with its standing and with who added what; then markers without entry."""
    listed = entries(guideline)
    cited = sorted((one for one in listed.values() if one.reference), key=lambda one: one.reference.position if one.reference else 0)
    lines = render_all(one.reference for one in cited if one.reference)
    known = [_reference(one, one.reference, line) for one, line in zip(cited, lines, strict=True) if one.reference]
    lost = [_lost(one) for one in listed.values() if one.reference is None]
    return tag("ul", *known, *lost, cls="ew-references") if known or lost else Html("")


def _reference(entry: ListedEntry, reference: Reference, line: str) -> Html:
    number = tag("span", entry.name, cls="ew-marker")
    weight = tag("p", f"Carries {many(entry.citations, 'citation')} in this guideline.", cls="ew-quiet")
    added = [one.field for one in reference.additions]
    told = tag("p", f"Not printed in the source, added by editors: {', '.join(added)}.", cls="ew-quiet") if added else Html("")
    return tag("li", tag("p", number, " ", line), cards.standing(reference), told, cards.identifiers(reference), weight)


def _lost(entry: ListedEntry) -> Html:
    """A marker that points to no entry stands where its entry would be looked for."""
    note = " ".join(marker.note for marker in entry.markers if marker.note)
    head = tag("p", tag("span", entry.name, cls="ew-marker"), " ", chip("no entry of this number in the list", "broken", sign="⚠"))
    weight = tag("p", f"Cited {many(entry.citations, 'time')} all the same. {note}", cls="ew-quiet")
    return tag("li", head, weight)


def apart(guideline: Guideline) -> Html:
    """Statements and headings that stand behind no step and no edge, so that none is lost."""
    resting = behind(guideline)
    left = tuple(id for id in Pathway.of(guideline).passages if id not in resting)
    if not left:
        return Html("")
    edge = Transition("apart", "", "", "", "source", justified_by=left)
    supports = evidence(replace(guideline, transitions={edge.id: edge}), edge.id).supports
    return cards.statements(supports, heading="Also in the source, behind no step or edge")


def glossary(guideline: Guideline) -> Html:
    """All terms of the glossary, each with who explains it."""
    return join(tag("div", tag("h3", term.term), *explanation(guideline, term), cls="ew-worded") for term in guideline.glossary.values())


def remarks(guideline: Guideline) -> Html:
    """All remarks of modellers and editors."""
    return join(_remarks(guideline))


def _remarks(guideline: Guideline) -> Iterator[Html]:
    for one in guideline.notes.values():
        yield cards.note(guideline, one.text, one.stated_by)
