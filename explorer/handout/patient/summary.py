"""The patient summary as plain data: sections of lines, each with the passages it rests on, for every form in which it is handed out.

It holds the answers told and what the guideline makes of them, nothing else: no name, no number, and no medicine that the source does
not state.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from edgewise.citations.formats.vancouver import render_all
from edgewise.explorer.cards.wording import review_in_words
from edgewise.explorer.handout.patient.sections import Line, Section, sections
from edgewise.graph.model import Guideline
from edgewise.graph.pathway import Pathway
from edgewise.graph.walking.facts import Facts
from edgewise.graph.walking.visits import Timeline
from edgewise.graph.walking.walk import Walk, walk

NO_NAMES = (
    "This page holds answers to the guideline's questions and nothing else about the patient: no name, date of birth or number. "
    "Leave it so where it may be read by others."
)


@dataclass(frozen=True, slots=True)
class Summary:
    """One page about one patient.

    Attributes:
        title: of the guideline.
        source: who published it, when, how far it is reviewed.
        purpose: what it is for.
        sections: what is said, in order; none of them is empty.
        foot: when and from what it was made, the disclaimer, and that it names nobody.
    """

    title: str
    source: str
    purpose: str
    sections: tuple[Section, ...]
    foot: tuple[str, ...]


def summary(guideline: Guideline, facts: Facts, on: date, *, walked: Walk | None = None, timeline: Timeline | None = None) -> Summary:
    """Sum up where one patient stands.

    Args:
        guideline: that is walked.
        facts: what was told of the patient.
        on: the day that stands on the page.
        walked: the walk with these facts, where it is at hand.
        timeline: when they were told, where that is known.

    >>> from edgewise.graph.library import load
    >>> made = summary(load("sacroiliac-sclerosis").guideline, {"radiographs": "sclerosis"}, date(2026, 11, 27))
    >>> [section.title for section in made.sections][:2]
    ['Told of this patient', 'The way here']
    >>> made.sections[0].lines[0].text
    'Films of the SI joints: Sclerosis'
    """
    said = tuple(sections(guideline, facts, walked or walk(guideline, facts, timeline), timeline))
    used = tuple(dict.fromkeys(id for section in said for line in section.lines for id in passages(line)))
    listed = Section("References used", tuple(references(guideline, used)))
    review = review_in_words(guideline.review_status)
    made = f"Made on {on.isoformat()} with Edgewise from {guideline.id}, {guideline.updated}."
    return Summary(
        title=guideline.title,
        source=f"{guideline.publisher}, updated {guideline.updated}, {review}",
        purpose=f"For {guideline.purpose} only: what the guideline says to the answers below, no advice for a person",
        sections=(*said, *((listed,) if listed.lines else ())),
        foot=(NO_NAMES, f"{made} Paraphrased; what is not the source's own is marked.", guideline.disclaimer),
    )


def passages(line: Line) -> Iterator[str]:
    """Ids of the passages behind a line and the lines below it."""
    yield from line.passages
    for one in line.below:
        yield from passages(one)


def references(guideline: Guideline, used: Iterable[str]) -> Iterator[Line]:
    """The entries cited in some passages, in the order of the list, each by its marker; then the markers there that point to none."""
    held = Pathway.of(guideline).passages
    cited = [guideline.markers[citation.marker] for id in used if id in held for citation in held[id].citations]
    shown = {marker.entry: marker.shown for marker in reversed(cited)}
    listed = sorted((one for one in guideline.references.values() if one.id in shown), key=lambda one: one.position)
    for reference, told in zip(listed, render_all(listed), strict=True):
        own = " From the guideline's own publisher." if reference.own_publisher else ""
        yield Line(f"{told} {_TIERS.get(reference.tier, 'Kind of source not assessed')}.{own}", sign=shown[reference.id])
    for lost in dict.fromkeys(marker.shown for marker in cited if marker.entry not in guideline.references):
        yield Line("This marker points to no entry of the list.", sign=lost)


_TIERS = {"primary": "Primary study", "review": "Review", "guideline": "Guideline", "tertiary": "Tertiary summary"}
