"""What the patient summary says, section by section: told, due, not due, reported, open, at odds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from edgewise.citations.evidence.support import axes_for, graded_for
from edgewise.explorer.cards.answers import answer_in_words
from edgewise.explorer.cards.end_of_walk import SIGNS as END_SIGNS
from edgewise.explorer.cards.ends import STANDS, end_told, outside_told
from edgewise.explorer.cards.outcomes import NOT_STATED, figure, frame_in_short, reported
from edgewise.explorer.cards.rounds import rounds_told
from edgewise.explorer.cards.times import SIGNS as TIME_SIGNS
from edgewise.explorer.cards.walked_edges import NOT_REACHED, SIGNS, atoms, standing
from edgewise.explorer.cards.whose import SIGN
from edgewise.explorer.cards.wording import capital
from edgewise.graph.answers.in_words import facts_told
from edgewise.graph.attribution import READING, word
from edgewise.graph.dosing import dose_told, dose_word, doses
from edgewise.graph.gaps.fitting import concerns
from edgewise.graph.gaps.memory import gaps_of
from edgewise.graph.model import Component, Dose, Guideline
from edgewise.graph.pathway import Pathway
from edgewise.graph.walking.conflicts import Conflict
from edgewise.graph.walking.criteria import Trace
from edgewise.graph.walking.doubts import doubts
from edgewise.graph.walking.ending import Ending, ending
from edgewise.graph.walking.facts import Facts
from edgewise.graph.walking.kleene import Truth
from edgewise.graph.walking.sets import given_up
from edgewise.graph.walking.sets_told import beside_it
from edgewise.graph.walking.visits import Timeline, as_visits
from edgewise.graph.walking.walk import Standing, State, Walk

REPORTS, LEFT_OPEN = "What the source reports", "What the source leaves open here"
"""Titles of the sections that are not of this patient alone."""
_OUTCOMES = {Truth.TRUE: "✓", Truth.FALSE: "✗", Truth.UNKNOWN: "?"}


@dataclass(frozen=True, slots=True)
class Line:
    """A line and what stands below it.

    Attributes:
        text: in plain words.
        sign: before it; the words say the same.
        where: places and markers behind it, or that there are none.
        passages: ids of those passages.
        below: what belongs to it.
    """

    text: str
    sign: str = ""
    where: str = ""
    passages: tuple[str, ...] = ()
    below: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its lines."""

    title: str
    lines: tuple[Line, ...]


def sections(guideline: Guideline, facts: Facts, walked: Walk, timeline: Timeline | None = None) -> Iterator[Section]:
    """All sections that have something to say, in reading order."""
    end = ending(guideline, walked)
    said = (
        Section("Told of this patient", tuple(_told(guideline, facts, timeline))),
        Section("The way here", tuple(_way(guideline, walked))),
        _next(guideline, walked, end, facts),
        Section("Due later, and when", tuple(_waiting(guideline, walked))),
        Section("Also offered, not said when", tuple(_options(guideline, walked, facts))),
        Section("Not due, and why", tuple(_not_due(guideline, walked))),
        Section(REPORTS, tuple(_reports(guideline, end)) if end else ()),
        Section("Where the source disagrees with itself", tuple(_at_odds(guideline, one) for one in walked.conflicts)),
        Section(LEFT_OPEN, tuple(_left_open(guideline, facts, walked))),
    )
    yield from (one for one in said if one.lines)


def cited(guideline: Guideline, passages: Iterable[str]) -> str:
    """Places of passages with the markers printed there: ``step 2, bullet 1 [2]; pitfalls, bullet 1 [3]``."""
    held = Pathway.of(guideline).passages
    known = (held[id] for id in passages if id in held)
    told = (f"{one.place} {''.join(guideline.markers[c.marker].shown for c in one.citations)}".strip() for one in known)
    return "; ".join(dict.fromkeys(told))


def _told(guideline: Guideline, facts: Facts, timeline: Timeline | None) -> Iterator[Line]:
    for at, told in as_visits(facts, timeline) if timeline else ((None, facts),):
        lines = tuple(Line(f"{label}: {answer}") for label, answer in facts_told(guideline, told, answer_in_words).values())
        if at is None:
            yield from lines
        elif lines or at == cast(Timeline, timeline).now:
            yield Line(f"At {at}{':' if lines else ' nothing more.'}", below=lines)
    for doubt in doubts(facts, guideline):
        yield Line(doubt.message, sign="▲")
    if not facts:
        yield Line("Nothing yet.")


def _way(guideline: Guideline, walked: Walk) -> Iterator[Line]:
    """The steps behind the patient, in which round of a loop, and those of the edges taken that are not the source's own."""
    yield from (Line(told, sign="↻") for told in rounds_told(guideline, walked))
    ahead = {*walked.due, *walked.waiting}
    left = {*ahead, *given_up(walked.alternatives)}
    behind = [guideline.steps[id].name for id in walked.path if id not in left and not guideline.steps[id].companion_of]
    if behind:
        yield Line(" → ".join(behind))
    for way in (walked.edges[id] for id in walked.followed):
        edge = way.transition
        if way.whose == "modeller" and edge.target not in ahead:
            ends = f"{guideline.steps[edge.source].name} → {guideline.steps[edge.target].name}"
            yield Line(f"{ends}: {READING}; the source does not say it.", sign=SIGN)


# ---- what is next -----------------------------------------------------------------------------------------------------


def _next(guideline: Guideline, walked: Walk, end: Ending | None, facts: Facts) -> Section:
    """What is due and why; or that the source does not say, or which answers decide."""
    asked = [Line(guideline.observables[id].question, sign="?") for id in walked.questions] if end is None else []
    if walked.due:
        return Section(
            "Due now, and why", (*(_due(guideline, walked, id, facts) for id in walked.due), *_end(guideline, walked, end), *asked)
        )
    if walked.silent:
        return Section("The source does not say what is next", tuple(_end(guideline, walked, end)))
    if walked.stands == "undecided":
        return Section("Next: one answer decides", tuple(asked))
    outside = [Line(outside_told(walked), sign="○")] if walked.outside else []
    return Section(STANDS[walked.stands], (*outside, *_end(guideline, walked, end)))


def _end(guideline: Guideline, walked: Walk, end: Ending | None) -> Iterator[Line]:
    if end:
        heading, told = end_told(guideline, end, walked)
        yield Line(f"{heading}. {told}", sign=END_SIGNS[end.kind][0])


def _due(guideline: Guideline, walked: Walk, id: str, facts: Facts) -> Line:
    step, ways = guideline.steps[id], [walked.edges[edge] for edge in walked.followed if walked.edges[edge].transition.target == id]
    remark = walked.remark(id)
    beyond = [Line(f"{_sentence(remark)}.", sign=SIGN)] if remark and all(way.whose == "source" for way in ways) else []
    beside = [Line(f"Together with {guideline.steps[step.companion_of].name}.")] if step.companion_of in guideline.steps else []
    groups = [Line(_sentence(f"{told}."))] if (told := beside_it(guideline, walked, id)) else []
    given = [_dose(guideline, component, dose) for component, dose in doses(step)]
    reasons = (line for way in ways for line in _reasons(guideline, way))
    below = (*_in_time(guideline, walked, id), *beside, *given, *groups, *beyond, *_graded(guideline, id, facts), *reasons)
    return Line(step.label, sign="→", below=below)


def _dose(guideline: Guideline, component: Component, dose: Dose) -> Line:
    """A dose as a statement of the source's, never as an order; one of the modeller's is marked."""
    said = dose_word(dose)
    lead = "The source states" if said.stated_by == "source" else "Stated by the modeller"
    where = "; ".join(filter(None, (cited(guideline, said.based_on), marked(said.remark))))
    return Line(f"{lead}, for education: {component.label}, {dose_told(dose)}", where=where, passages=said.based_on)


def _graded(guideline: Guideline, id: str, facts: Facts) -> Iterator[Line]:
    """How the source grades what is behind a step or an edge, for this patient; nothing where the guideline grades nothing."""
    said = tuple(one.id for one in graded_for(guideline, id, facts))
    for axis in axes_for(guideline, id, facts):
        yield Line(f"{_sentence(axis.line)}.", where=cited(guideline, said), passages=said)


def _in_time(guideline: Guideline, walked: Walk, id: str) -> Iterator[Line]:
    """How a step stands in time, where anything is said of it."""
    timing = walked.timing.get(id)
    if timing:
        passages = timing.based_on
        where = "; ".join(filter(None, (cited(guideline, passages), marked(timing.remark))))
        yield Line(f"{_sentence(timing.told)}.", sign=TIME_SIGNS[timing.state][0], where=where, passages=passages)


def _waiting(guideline: Guideline, walked: Walk) -> Iterator[Line]:
    for id in walked.waiting:
        yield Line(guideline.steps[id].label, sign=TIME_SIGNS["waiting"][0], below=tuple(_in_time(guideline, walked, id)))


def _reasons(guideline: Guideline, way: Standing) -> Iterator[Line]:
    """Why an edge stands as it does: whose it is, then what decides, each with the passages it rests on itself."""
    edge = way.transition
    if way.whose == "modeller":
        yield Line(_sentence(f"{READING}; the source does not say it."), sign=SIGN)
    if edge.role == "excluded" or not way.trace:
        told = edge.against or edge.label
        yield Line(_sentence(told), where=cited(guideline, edge.justified_by), passages=edge.justified_by)
        return
    found = list(atoms(way.trace))
    yield from (_condition(guideline, one) for one in _decisive(found, way.state) or found)


def _decisive(found: Sequence[Trace], state: State) -> list[Trace]:
    """What makes an edge what it is: of a closed one what fails for good, of one not decided yet all that is missing."""
    missing = [one for one in found if one.truth is not Truth.TRUE]
    failing = [one for one in missing if one.truth is Truth.FALSE and one.later is Truth.FALSE]
    return list(found) if state == "open" else missing if state in ("not-yet", "undecided") else failing or missing


def _condition(guideline: Guideline, atom: Trace) -> Line:
    by = word(atom.criterion)
    later = atom.truth is Truth.FALSE and atom.later is not Truth.FALSE
    sign = "◔" if later else _OUTCOMES[atom.truth]
    where = "; ".join(filter(None, (cited(guideline, by.based_on), marked(by.remark))))
    return Line(_sentence(atom.text), sign=sign, where=where, passages=by.based_on)


def marked(remark: str) -> str:
    """A remark on whose word something is, with its sign; nothing where all is the source's."""
    return f"{SIGN} {remark}" if remark else ""


def _options(guideline: Guideline, walked: Walk, facts: Facts) -> Iterator[Line]:
    for way in walked.open:
        if way.transition.role == "option":
            yield Line(
                guideline.steps[way.transition.target].name,
                sign="✓",
                below=(*_graded(guideline, way.transition.id, facts), *_reasons(guideline, way)),
            )


# ---- what is not ------------------------------------------------------------------------------------------------------


def _not_due(guideline: Guideline, walked: Walk) -> Iterator[Line]:
    """Steps that are not due; those of which the same is said stand in one line."""
    found: dict[tuple[str, tuple[Line, ...]], list[str]] = {}
    for way in (*walked.undecided, *walked.closed):
        name = guideline.steps[way.transition.target].name
        listed = found.setdefault((standing(way), tuple(_why_not(guideline, way))), [])
        listed += [name] if name not in listed else []
    for one in walked.alternatives:
        yield from (Line(f"{guideline.steps[id].name}: {one.told(guideline, id)}.", sign="✓") for id in one.aside)
    for (state, below), names in found.items():
        sign, word, _ = SIGNS[state]
        yield Line(f"{'; '.join(names)}: {word}.", sign=sign, below=below)


def _why_not(guideline: Guideline, way: Standing) -> Iterator[Line]:
    if standing(way) == NOT_REACHED:
        yield Line(f"Comes after {guideline.steps[way.transition.source].name}, which is not reached.")
    else:
        yield from _reasons(guideline, way)


# ---- what the source says and leaves open -----------------------------------------------------------------------------


def _reports(guideline: Guideline, end: Ending) -> Iterator[Line]:
    found = reported(guideline, end.steps)
    for support in found:
        said = support.statement
        frames = tuple(Line(f"{_sentence(figure(frame))} ({'; '.join(map(': '.join, frame_in_short(frame)))})") for frame in said.outcomes)
        below = frames or (Line(f"Figures: {NOT_STATED}."),)
        yield Line(said.text, where=cited(guideline, (said.id,)), passages=(said.id,), below=below)
    if not found:
        yield Line(f"Nothing of the outcome of {'; '.join(guideline.steps[id].name for id in end.steps)}.")


def _at_odds(guideline: Guideline, conflict: Conflict) -> Line:
    about = guideline.steps[conflict.about].name if conflict.about in guideline.steps else conflict.about
    sides = [_side(guideline, id, "✓", "met") for id in conflict.met] + [_side(guideline, id, "✗", "not met") for id in conflict.unmet]
    return Line(f"Before {about}:", sign="⚠", where=marked(conflict.remark), below=tuple(sides))


def _side(guideline: Guideline, id: str, sign: str, word: str) -> Line:
    return Line(f"{_sentence(word)}: {guideline.passage(id).text}", sign=sign, where=cited(guideline, (id,)), passages=(id,))


def _left_open(guideline: Guideline, facts: Facts, walked: Walk) -> Iterator[Line]:
    """Where the patient stands, the situations without a next step: those that the facts are in, or may still come into."""
    found: dict[tuple[str, bool, tuple[str, ...], str], list[str]] = {}
    for row in gaps_of(guideline).rows if walked.silent_at or walked.due else ():
        here = row.step in walked.silent_at
        if row.kind == "gap" and (here or row.step in walked.due) and concerns(guideline, row, facts, growing=not here):
            found.setdefault((row.step, here, row.statements, row.remark), []).append(row.situation or row.text)
    for (step, here, statements, remark), told in found.items():
        where = "; ".join(filter(None, (cited(guideline, statements), marked(remark))))
        lead = "The answers are in this situation" if here else "It would fall silent here"
        yield Line(f"{guideline.steps[step].name}. {lead}: {'; or '.join(told)}", where=where, passages=statements)


def _sentence(told: str) -> str:
    return capital(told)
