"""The words of the hand-out: lists beside the drawing, as runs of plain text for ``handout.typ``.

A run is a text and how it is set: ``""`` plain, ``b`` strong, ``i`` slanted, ``place`` (where the source says it), ``broken`` (a marker
that points to no entry). A text is never markup, on either side.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, Protocol

from edgewise.citations.evidence.support import evidence
from edgewise.citations.formats.vancouver import render_all
from edgewise.explorer.cards.ends import bridge_told, end_in_words
from edgewise.explorer.cards.named_places import with_places
from edgewise.explorer.cards.terms import WORDS_OF
from edgewise.explorer.cards.times import said
from edgewise.explorer.cards.whose import SIGN, labelled
from edgewise.explorer.cards.wording import capital, review_in_words
from edgewise.explorer.handout.rating_grid import LEGEND, rating_grid
from edgewise.explorer.handout.runs import Run, Runs, clean_runs, written
from edgewise.graph.attribution import READING, inferred, rests_on, word
from edgewise.graph.dosing import dose_told, dose_word
from edgewise.graph.glossary import Glossary
from edgewise.graph.model import (
    AllOf,
    Comparison,
    CountOf,
    Criterion,
    Guideline,
    Not,
    Rating,
    Reference,
    Scored,
    Statement,
    Step,
    Term,
    Transition,
)
from edgewise.graph.pathway import Pathway
from edgewise.graph.ratings import best_first, category_in_words, conflict_in_words, conflicts, levels_in_words, radiation
from edgewise.graph.strength import NOT_STATED
from edgewise.graph.walking import timing
from edgewise.graph.walking.criteria import heading, item_lead, listed, words
from edgewise.graph.walking.sets_told import belongs, passages
from edgewise.graph.walking.times_told import stated_in


class Gap(Protocol):
    """A row of `edgewise.graph.gaps.search`, as far as it is printed."""

    @property
    def kind(self) -> str: ...
    @property
    def step(self) -> str: ...
    @property
    def situation(self) -> str: ...
    @property
    def text(self) -> str: ...


_OPEN = {
    "gap": "",
    "dead-end": "Nothing is said of what follows, ",
    "disagreement": "At odds with itself over ",
}
"""The kinds of gaps that are told by their situation, and the words before it."""
_WHOLE = frozenset({"overlap", "endless-loop", "unreachable-step"})
"""Those that take a whole sentence. All others are for the guideline's editors, not for its readers."""
_TIERS = {"primary": "primary study", "review": "review", "guideline": "guideline", "tertiary": "tertiary summary"}
_WHO = {"editor": "an editor", "modeller": "the modeller"}
_NAMES = {"doi": "DOI", "pmid": "PMID", "isbn": "ISBN", "url": "link"}
_ALONE = {"authors", "pages", "month", "abbreviation"}  # their value stands in the entry itself, and speaks for itself there


def content(
    guideline: Guideline, numbers: Mapping[str, int], cut: Collection[str], gaps: Sequence[Gap], unchecked: Sequence[str]
) -> dict[str, Any]:
    """All words of the page but those in the drawing.

    Args:
        guideline: to be told.
        numbers: of the edges, as on the drawing.
        cut: ids of edges whose label did not fit into the drawing.
        gaps: what `edgewise.graph.gaps.search` finds.
        unchecked: what it did not look at.
    """
    told = {
        "head": head(guideline),
        "steps": list(steps(guideline, numbers, cut)),
        "noted": any(edge.note for edge in guideline.transitions.values()),
        "silences": list(silences(guideline, gaps, unchecked)),
        "ratings": list(ratings(guideline)),
        "rated": _rated(guideline),
        "levels": written(levels_in_words(guideline)),
        "bare": _bare(guideline),
        "references": list(references(guideline)),
        "markers": list(markers(guideline)),
        "indent": 1.2 + 0.55 * len(str(len(numbers))),
    }
    return {**told, "glossary": list(glossary(guideline, told))}


def glossary(guideline: Guideline, told: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The terms that stand on the page, each with its explanation, grouped by who says so.

    Args:
        guideline: whose glossary it is.
        told: what is printed, as `content` makes it.
    """
    found = sorted(Glossary.of(guideline).used(_lines(told)), key=lambda term: term.stated_by)
    for who, group in groupby(found, key=lambda term: term.stated_by):
        yield {"by": WORDS_OF.get(who, who) + ".", "items": [clean_runs(_explained(guideline, term)) for term in group]}


def _explained(guideline: Guideline, term: Term) -> Iterator[Run]:
    yield capital(term.term), "b"
    yield f" ({', '.join(term.spellings)})" if term.spellings else "", ""
    yield f": {term.explanation}", ""
    yield from _places(guideline, term.based_on)


def _lines(told: Any) -> Iterator[str]:
    """Every text of the page; runs that follow each other are one."""
    if isinstance(told, str):
        yield told
    elif isinstance(told, Mapping):
        yield from (line for part in told.values() for line in _lines(part))
    elif isinstance(told, list):
        runs = [one[0] for one in told if isinstance(one, tuple)]
        yield "".join(runs)
        yield from (line for part in told if not isinstance(part, tuple) for line in _lines(part))


def head(guideline: Guideline) -> dict[str, Any]:
    """What stands over everything: whose pathway it is, how old, how far reviewed, and what it is for."""
    review = review_in_words(guideline.review_status)
    review = capital(review)
    return {
        "title": written(guideline.title),
        "question": written(guideline.question),
        "review": written(review),
        "source": written(f"{guideline.publisher}, updated {guideline.updated}"),
        "purpose": written(f"For {guideline.purpose}"),
        "audience": written(guideline.audience),
        "disclaimer": written(guideline.disclaimer),
        "made": written(
            f"Made with Edgewise from {guideline.id}, {guideline.updated}. {review}. For {guideline.purpose}. "
            "Paraphrased; what is not the source's own is marked."
        ),
    }


def steps(guideline: Guideline, numbers: Mapping[str, int], cut: Collection[str]) -> Iterator[dict[str, Any]]:
    """Every step by its full name, what it is made of, and the edges that leave it, with their criteria in full.

    Args:
        guideline: to be told.
        numbers: of the edges, as on the drawing.
        cut: ids of edges whose label did not fit into the drawing.
    """
    for step in guideline.steps.values():
        leaving = sorted(Pathway.of(guideline).out_of(step.id), key=lambda t: numbers[t.id])
        yield {
            "name": written(step.label),
            "about": clean_runs(_about(guideline, step, alone=not leaving)),
            "edges": [_edge(guideline, edge, numbers[edge.id], edge.id in cut) for edge in leaving],
        }


def _about(guideline: Guideline, step: Step, *, alone: bool) -> Iterator[Run]:
    if step.companion_of:
        yield f"Together with {guideline.steps[step.companion_of].name}. ", ""
    elif alone:
        yield ("An end of the pathway. " if step.kind == "Endpoint" else "The guideline names no way on from here. "), "i"
    for told, group in belongs(guideline, step.id):
        yield told, ""
        yield from _places(guideline, passages(group))
        yield ". ", ""
    if step.timed:
        yield f"To be done {timing.window(guideline, step)}{said(timing.remark(step))}", ""
        yield from _places(guideline, stated_in(step.times))
        yield ". ", ""
    yield from ((f"{told} ", "") for told in (end_in_words(step), bridge_told(step)) if told)
    for component in step.components:
        yield component.label, ""
        yield from _places(guideline, component.described_by)
        for dose in component.doses:
            yield f"{': ' if dose is component.doses[0] else ', '}{dose_told(dose)}", ""
            yield from _places(guideline, dose.based_on)
            yield f" ({SIGN} {remark})" if (remark := dose_word(dose).remark) else "", "i"
        yield "; " if component is not step.components[-1] else ".", ""


def _edge(guideline: Guideline, edge: Transition, number: int, cut: bool) -> dict[str, Any]:
    return {
        "number": str(number),
        "state": evidence(guideline, edge.id).state,
        "to": written(guideline.steps[edge.target].name),
        "noted": bool(edge.note),
        "runs": clean_runs(_told(guideline, edge, cut)),
    }


def _told(guideline: Guideline, edge: Transition, cut: bool) -> Iterator[Run]:
    if edge.stated_by == "modeller":
        yield f"{SIGN} {capital(READING)}. ", "i"
    if cut or edge.when is None:
        yield f"{edge.label}. " if edge.label else "", "i"
    if edge.role == "option":
        yield "An option; the source does not say when to prefer it. ", ""
    if edge.role == "excluded":
        when = " where this holds" if edge.when is not None else ""
        yield f"Not to be taken{when}, by {'the source' if edge.stated_by == 'source' else 'the modeller’s reading'}. ", ""
    if edge.when is not None:
        first, *rest = [run for run in _criterion(guideline, edge.when) if run[0]]
        begins = cut or edge.role != "route" or edge.stated_by == "modeller"
        yield (capital(first[0]) if begins else first[0]), first[1]
        yield from (*rest, (". ", ""))
    elif edge.role == "route":
        yield "Always: no condition is set. ", ""
    named = set(rests_on(edge.when)) if edge.when else set()
    others = [id for id in edge.justified_by if id not in named]
    if others:  # what justifies the edge does not speak for its condition
        yield f"The edge {'also ' if named else ''}rests on: ", "i"
        yield from _places(guideline, others, brackets=False)
        yield ".", ""
    stated = (axis for axis in evidence(guideline, edge.id).axes if axis.told != NOT_STATED)
    yield from ((f" {capital(axis.line)}.", "i") for axis in stated)


def _criterion(guideline: Guideline, criterion: Criterion, *, inner: bool = False, within: Sequence[str] = ()) -> Iterator[Run]:
    """A criterion part by part, each with the places it rests on; those of the group `within` which it stands are not told again."""
    if isinstance(criterion, Comparison):
        yield words(criterion, guideline.observables), ""
    elif isinstance(criterion, Not):
        yield (f"{criterion.label}: " if criterion.label else "") + "not (", ""
        yield from _criterion(guideline, criterion.part, within=criterion.based_on)
        yield ")", ""
    else:
        yield from _group(guideline, criterion, inner=inner or bool(criterion.label))
    yield from _places(guideline, () if criterion.based_on == within else criterion.based_on)
    if isinstance(criterion, Comparison) or criterion.stated_by:
        remark = word(criterion).remark
        yield f" ({SIGN} {remark})" if remark else "", "i"


def _group(guideline: Guideline, criterion: Criterion, *, inner: bool) -> Iterator[Run]:
    parts, counted = listed(criterion), isinstance(criterion, CountOf | Scored)
    bracketed = counted or (inner and len(parts) > 1)
    lead = heading(criterion, guideline.observables).removesuffix(":") if counted else criterion.label
    yield (f"{lead} " if lead else "") + ("(" if bracketed else ""), ""
    for place, part in enumerate(parts):
        if place:
            yield ("; " if counted else "; and " if isinstance(criterion, AllOf) else "; or "), "b"
        yield item_lead(criterion, place), ""
        yield from _criterion(guideline, part, inner=True, within=criterion.based_on)
    yield ")" if bracketed else "", ""


def _places(guideline: Guideline, passages: Sequence[str], *, brackets: bool = True) -> Iterator[Run]:
    """Where passages stand, each with its markers; a section that stays the same is named once."""
    held = Pathway.of(guideline).passages
    known = [held[id] for id in dict.fromkeys(passages) if id in held]
    section = ""
    for number, passage in enumerate(known):
        yield ("; " if number else " (" if brackets else ""), "place"
        place = str(passage.place)
        yield place.removeprefix(f"{section}, ") if section else place, "place"
        yield from _markers(guideline, passage)
        section = passage.place.section
    yield (")" if known and brackets else ""), "place"


def _markers(guideline: Guideline, passage: Statement) -> Iterator[Run]:
    for citation in passage.citations:
        marker = guideline.markers[citation.marker]
        yield " ", "place"
        yield marker.shown, "place" if marker.entry in guideline.references else "broken"


def silences(guideline: Guideline, gaps: Iterable[Gap], unchecked: Sequence[str]) -> Iterator[dict[str, Any]]:
    """What the source leaves open or says in two ways, step by step; and what was not looked at."""
    order = [*guideline.steps, ""]
    found = sorted((gap for gap in gaps if gap.kind in _WHOLE | _OPEN.keys()), key=lambda gap: order.index(gap.step))
    for step, group in groupby(found, key=lambda gap: gap.step):
        lines = [clean_runs(_open(gap)) for gap in group]
        yield {"name": written(guideline.steps[step].name) if step else "", "lines": lines}
    if unchecked:
        yield {"name": "Not checked", "lines": [clean_runs([(text.removeprefix("not checked: "), "")]) for text in unchecked]}


def _open(gap: Gap) -> Iterator[Run]:
    if gap.kind in _WHOLE or not gap.situation:
        yield gap.text, ""
    else:
        yield _OPEN[gap.kind], "i"
        yield gap.situation, ""


def silent_at(gaps: Iterable[Gap]) -> frozenset[str]:
    """The steps from which, for some patients, no way on is named."""
    return frozenset(gap.step for gap in gaps if gap.kind in {"gap", "dead-end"})


def ratings(guideline: Guideline) -> Iterator[dict[str, Any]]:
    """Ratings by situation: method, score, category, place; the best first, and of the same score what the source says first."""
    said = {id: number for number, id in enumerate(guideline.statements)}

    def rank(one: Rating) -> tuple[int, str, tuple[int, ...], int, str]:
        return guideline.situations[one.situation].order, one.situation, best_first(one), said.get(one.statement, len(said)), one.id

    found = sorted(guideline.ratings.values(), key=rank)
    numbers = rating_grid(guideline) is not None
    for number, (situation, group) in enumerate(groupby(found, key=lambda rating: rating.situation), 1):
        items = [clean_runs(_rating(guideline, one)) for one in group]
        parted = [conflict_in_words(guideline, one) for one in conflicts(guideline) if one.situation == situation]
        told = [clean_runs([("≠ Conflict: ", "b"), (f"{one}.", "")]) for one in parted]
        name = written(guideline.situations[situation].label)
        yield {"name": f"{number}. {name}" if numbers else name, "items": [*items, *told]}


def _rating(guideline: Guideline, rating: Rating) -> Iterator[Run]:
    low = "" if rating.scale_min == 1 else f" (scale from {rating.scale_min})"
    yield "" if rating.score is None else f"{rating.score}/{rating.scale_max}{low} ", "b"
    modality = guideline.modalities[rating.modality]
    level = radiation(guideline, rating)
    told = category_in_words(rating, brackets=False) + ("" if level is None else f", radiation level {level}")
    yield f"{labelled(modality.label, inferred(modality))}: {told}", ""
    yield from _places(guideline, (rating.statement,))


def _rated(guideline: Guideline) -> dict[str, Any]:
    """All methods × all situations; empty where most of that would be."""
    grid = rating_grid(guideline)
    return {"columns": grid.columns, "rows": [list(map(written, row)) for row in grid.rows], "legend": LEGEND} if grid else {}


def references(guideline: Guideline) -> Iterator[dict[str, Any]]:
    """The list of references in Vancouver style; what editors added is told apart from what is printed."""
    listed = sorted(guideline.references.values(), key=lambda one: one.position)
    bare = _bare(guideline)
    for reference, line in zip(listed, render_all(listed), strict=True):
        yield {"number": str(reference.position), "runs": clean_runs(_reference(reference, line, bare=bare))}


def _bare(guideline: Guideline) -> bool:
    """Whether no entry of the list prints an identifier: then it is said once, for all."""
    return not any(one.stated_by == "source" for reference in guideline.references.values() for one in reference.identifiers)


def _reference(reference: Reference, line: str, *, bare: bool) -> Iterator[Run]:
    yield line, ""
    yield f" {capital(_standing(reference))}.", "i"
    for (who, confirmed), details in _added(reference):
        yield f" Added by {_WHO.get(who, who)}, {'confirmed' if confirmed else 'not confirmed'}: {', '.join(details)}.", "i"
    printed = [f"{_NAMES.get(one.scheme, one.scheme)} {one.value}" for one in reference.identifiers if one.stated_by == "source"]
    yield f" {', '.join(printed)}." if printed else "" if bare else " No identifier printed.", ""


def _standing(reference: Reference) -> str:
    own = ", from the guideline's own publisher" if reference.own_publisher else ""
    return _TIERS.get(reference.tier, "kind of source not assessed") + own


def _added(reference: Reference) -> Iterator[tuple[tuple[str, bool], list[str]]]:
    """What others than the source added, by who says it and whether it was confirmed."""
    details = [(one.stated_by, one.confirmed, _NAMES.get(one.scheme, one.scheme), one.value) for one in reference.identifiers]
    details += [(one.stated_by, one.confirmed, one.field, one.value) for one in reference.additions]
    others = sorted((one for one in details if one[0] != "source"), key=lambda one: (one[0], not one[1]))
    for key, group in groupby(others, key=lambda one: one[:2]):
        yield key, [name if name in _ALONE else f"{name} {value}" for _, _, name, value in group]


def markers(guideline: Guideline) -> Iterator[Runs]:
    """Markers that point nowhere, and what is remarked on any marker by others than the source."""
    for marker in guideline.markers.values():
        broken = marker.entry not in guideline.references
        if broken or marker.note:
            lost: Runs = [(" Points to no entry of the list.", "b")] if broken else []
            yield clean_runs([(marker.shown, "broken" if broken else "b"), *lost, (f" {with_places(guideline, marker.note)}", "i")])
    for note in guideline.notes.values():
        if set(note.about) & set(guideline.markers):
            yield clean_runs([(f"Note by {_WHO.get(note.stated_by, note.stated_by)}: ", "b"), (with_places(guideline, note.text), "i")])
