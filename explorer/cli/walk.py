"""`edgewise walk`: where what is known of a patient leads."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from edgewise.explorer.cli.exits import CLEAN
from edgewise.explorer.cli.findings import finding_payload
from edgewise.explorer.cli.options import AsJson, FactsFile, GuidelineName, Output
from edgewise.explorer.cli.sets import sets_payload
from edgewise.explorer.cli.summary_sheet import SummaryForm, check_form, hand_over
from edgewise.explorer.cli.terminal import show, show_json
from edgewise.explorer.cli.wording import (
    dose_lines,
    footer,
    grade_data,
    graded,
    known,
    marked,
    places,
    state_word,
    suffixed,
    units_payload,
    warn,
    whose_conditions,
)
from edgewise.explorer.handout.paper import Paper

_SAID = {"not-yet": " (not yet)", "not-named": " (not named by the source)"}

if TYPE_CHECKING:  # help needs none of it
    from edgewise.explorer.cli.intake import Given
    from edgewise.graph.model import Guideline, Observable
    from edgewise.graph.walking.conflicts import Conflict
    from edgewise.graph.walking.facts import Facts
    from edgewise.graph.walking.nearest import FactChange
    from edgewise.graph.walking.visits import Timeline
    from edgewise.graph.walking.walk import Standing, Walk


def walk(
    guideline: GuidelineName,
    facts: FactsFile = None,
    to: Annotated[
        SummaryForm | None,
        typer.Option("--to", metavar="FORM", help="Sum this patient up on one page instead: text, html or pdf.", show_default=False),
    ] = None,
    paper: Annotated[Paper | None, typer.Option(help="Paper of the PDF; a4 if left out.", show_default=False, case_sensitive=False)] = None,
    output: Output = None,
    as_json: AsJson = False,
) -> int:
    """Walk a guideline with what is known of a patient: what is due, why, why not the rest, what to ask next.

    Facts are a mapping of observables to values, such as {radiographs: equivocal, block-relief: [85, 88]}. What is left out
    is not known; without --facts, nothing is. Told as visits, [{at: 0 h, …}, {at: 1 h}], they say how much time has passed, and steps
    that have their time are waiting, due or overdue. A quantity may bear a unit: {conservative-months: 26 wk}. Where the source
    names no next step, the answer says so. What was hardly meant is taken as it stands, with a warning: 0.85 for 85 %.
    With --to the answer is a patient summary on one page, to copy or to print: the facts as told, what is due and why, what is
    not, what the source reports and leaves open. It names nobody.

    Examples:
      edgewise walk sacroiliac-sclerosis --facts patient.yaml
      edgewise walk sacroiliac-sclerosis --facts patient.yaml --to pdf --output summary.pdf
      echo '{radiographs: sclerosis, inflammatory-suspicion: no}' | edgewise walk sacroiliac-sclerosis --facts - --json
    """
    from edgewise.explorer.cli.intake import load, read_facts
    from edgewise.graph.walking.walk import present, walk_present

    check_form(to, paper, output, as_json=as_json)
    loaded = load(guideline)
    given = read_facts(facts, loaded.guideline)
    if to:
        warn(given.doubts)
        hand_over(loaded, given, to, paper, output, date.today(), facts or "")
        return CLEAN
    now = present(loaded.guideline, given.facts, given.timeline)
    walked = walk_present(now)
    if as_json:
        show_json(walk_payload(loaded.guideline, walked, given))
    else:
        warn(given.doubts)
        show(walk_report(loaded.guideline, walked, now.facts, given.timeline))
    return CLEAN


def walk_payload(guideline: Guideline, walk: Walk, given: Given) -> dict[str, Any]:
    """A walk, with the facts that it was made with.

    ``inferred`` are the steps to which the modeller's reading alone leads, ``beyond`` those to which the source leads from there. Each edge
    says under ``statedBy`` whose word itself is, and under ``whose`` whose word it is that it stands so; each condition says the former.
    """
    from edgewise.explorer.cards.ends import end_data
    from edgewise.explorer.cards.rounds import rounds_data
    from edgewise.explorer.cards.times import timing_data
    from edgewise.graph.walking.ending import ending
    from edgewise.graph.walking.facts import plain

    end = ending(guideline, walk)
    return {
        "due": list(walk.due),
        "path": list(walk.path),
        "inferred": list(walk.inferred),
        "beyond": list(walk.beyond),
        "graded": {id: _graded_data(guideline, id, given.facts) for id in walk.due},
        "open": [
            _open_data(choice) | {"graded": _graded_data(guideline, choice.transition.id, given.facts)} | _whose_data(guideline, choice)
            for choice in walk.open
        ],
        "closed": [_closed_data(choice) | _whose_data(guideline, choice) for choice in walk.closed if choice.state != "not-named"],
        "notNamed": [_closed_data(choice) | _whose_data(guideline, choice) for choice in walk.closed if choice.state == "not-named"],
        "undecided": [_undecided_data(choice) | _whose_data(guideline, choice) for choice in walk.undecided],
        "conflicts": [_conflict_data(guideline, conflict) for conflict in walk.conflicts],
        "silent": walk.silent,
        "silentAt": list(walk.silent_at),
        "end": end_data(guideline, end) if end else None,
        "questions": list(walk.questions),
        "awaited": list(walk.awaited),
        "resting": list(walk.resting),
        "overdue": dict(walk.overdue),
        "waiting": list(walk.waiting),
        "timing": {id: timing_data(timing) for id, timing in walk.timing.items()},
        "now": given.timeline.now.written if given.timeline else None,
        "rounds": rounds_data(walk),
        "applies": {"true": True, "false": False}.get(walk.applies.value),
        "outside": walk.why_outside,
        **sets_payload(guideline, walk),
        "facts": plain(given.facts),
        "units": units_payload(guideline, [*given.facts, *walk.questions]),
        "warnings": [finding_payload(doubt) for doubt in given.doubts],
    }


def _graded_data(guideline: Guideline, id: str, facts: Facts) -> list[dict[str, Any]]:
    """How the source grades what is behind a step or an edge, with the certainties that can be this patient's."""
    from edgewise.citations.evidence.support import graded_for

    return [grade_data(guideline, one) for one in graded_for(guideline, id, facts)]


def _open_data(choice: Standing) -> dict[str, Any]:
    transition = choice.transition
    return {"to": transition.target, "transition": transition.id, "from": transition.source, "role": transition.role, "why": choice.why}


def _closed_data(choice: Standing) -> dict[str, Any]:
    return {
        "to": choice.transition.target,
        "transition": choice.transition.id,
        "why": choice.why,
        "nearest": [_change_data(change) for change in choice.nearest],
        "notYet": choice.state == "not-yet",
        "ask": list(choice.ask),
        "reached": choice.reached,
    }


def _change_data(change: FactChange) -> dict[str, Any]:
    return {
        "observable": change.observable,
        "needs": change.needs,
        "known": change.known,
        "statedBy": change.stated_by,
        "basedOn": list(change.based_on),
    }


def _whose_data(guideline: Guideline, choice: Standing) -> dict[str, Any]:
    """Whose word an edge is, and each of its conditions; what justifies the edge speaks for the edge alone."""
    return {
        "statedBy": choice.transition.stated_by,
        "whose": choice.whose,
        "justifiedBy": list(choice.transition.justified_by),
        "conditions": whose_conditions(choice.transition.when, guideline.observables),
    }


def _undecided_data(choice: Standing) -> dict[str, Any]:
    return {"to": choice.transition.target, "transition": choice.transition.id, "why": choice.why, "ask": list(choice.ask)}


def _conflict_data(guideline: Guideline, conflict: Conflict) -> dict[str, Any]:
    from edgewise.graph.walking.conflicts import read_into

    read = ((id, read_into(guideline, conflict.about, id)) for id in conflict.passages)
    return {
        "about": conflict.about,
        "road": conflict.road,
        "observables": list(conflict.observables),
        "statements": list(conflict.passages),
        "met": list(conflict.met),
        "unmet": list(conflict.unmet),
        "inferred": {id: remark for id, remark in (*read, (conflict.road, conflict.remark)) if remark},
        "text": conflict.text,
    }


def walk_report(guideline: Guideline, walk: Walk, facts: Facts, timeline: Timeline | None = None) -> list[str]:
    """Where the facts lead: what is due, why not the rest, where the source contradicts itself or is silent, what to ask next."""
    from edgewise.explorer.cards.rounds import rounds_told

    return [
        guideline.title,
        f"Known{f', {timeline.now} on' if timeline else ''}: {'; '.join(known(guideline, facts)) or 'nothing'}",
        *rounds_told(guideline, walk),
        *_due(guideline, walk, facts),
        *_waiting(guideline, walk),
        *_sets(guideline, walk),
        *_end(guideline, walk),
        *_options(guideline, walk, facts),
        *_closed(guideline, walk),
        *_undecided(guideline, walk),
        *(line for conflict in walk.conflicts for line in _conflict(guideline, conflict)),
        *_questions(guideline, walk, facts),
        *_awaited(guideline, walk),
        *footer(guideline),
    ]


def _waiting(guideline: Guideline, walk: Walk) -> Iterator[str]:
    from edgewise.explorer.cards.times import in_time

    yield from ("", "Its time has not come") if walk.waiting else ()
    for id in walk.waiting:
        yield suffixed(f"  {id}: {guideline.steps[id].label}", walk.remark(id))
        yield f"    in time: {in_time(walk, id)}"


def _due(guideline: Guideline, walk: Walk, facts: Facts) -> Iterator[str]:
    from edgewise.explorer.cards.times import in_time

    if walk.outside:
        yield from ("", "Outside this guideline", f"  {walk.why_outside}")
        return
    yield from ("", "Due now")
    for id in walk.due:
        yield suffixed(f"  {id}: {guideline.steps[id].label}", walk.remark(id))
        yield from (f"    in time: {told}" for told in filter(None, [in_time(walk, id)]))
        yield from graded(guideline, id, facts)
        yield from (f"    dose, for education: {line}" for line in dose_lines(guideline, guideline.steps[id]))
        for choice in (walk.edges[edge] for edge in walk.followed if guideline.transitions[edge].target == id):
            yield f"    because: {choice.why or choice.transition.label} ({_by(guideline, choice)})"
            yield from _conditions(guideline, choice)
    for id in walk.silent_at:
        yield f"  The source does not say what follows {guideline.steps[id].label} ({id}) for these facts."
    if not walk.due and not walk.silent_at:
        nothing = {"waiting": "Nothing before time has gone by, or something was repeated.", "done": "Nothing: all is done."}
        begun = nothing.get(walk.stands, "Nothing before more is known: see the questions below.")
        begun = begun if walk.path else "Nothing: no step is one to begin with."
        yield f"  {'Nothing yet: its time has not come.' if walk.waiting else begun}"


def _sets(guideline: Guideline, walk: Walk) -> Iterator[str]:
    """What is begun together, of which one is chosen, and what another was chosen for."""
    from edgewise.graph.walking.sets_told import groups_told

    told = groups_told(guideline, walk)
    yield from ("", *(f"  {one}" for one in told)) if told else ()


def _by(guideline: Guideline, choice: Standing) -> str:
    """An edge, and how far what it cites holds."""
    from edgewise.citations.evidence.support import evidence

    told = f"edge {choice.transition.id}, cited: {state_word(evidence(guideline, choice.transition.id).state)}"
    return f"{told}, {_whose(choice)}" if choice.whose == "modeller" else told


def _whose(choice: Standing) -> str:
    from edgewise.graph.attribution import READING

    return marked(READING if choice.whose == "modeller" else "")


def _conditions(guideline: Guideline, choice: Standing) -> Iterator[str]:
    """The conditions of an edge that are not the source's word; the others can be looked up with `edgewise why`."""
    from edgewise.graph.attribution import word
    from edgewise.graph.pathway import comparisons
    from edgewise.graph.walking.criteria import words

    told = (one for one in comparisons(choice.transition.when) if word(one).remark) if choice.transition.when else ()
    yield from dict.fromkeys(f"    {marked(word(one).remark)}: {words(one, guideline.observables)}" for one in told)


def _end(guideline: Guideline, walk: Walk) -> Iterator[str]:
    """That the walk has come to its end, and what the source reports of the steps where it stands, each figure in its frame."""
    from edgewise.explorer.cards.ends import end_told
    from edgewise.explorer.cards.outcomes import figure, frame_in_short, reported
    from edgewise.graph.walking.ending import ending

    end = ending(guideline, walk)
    if end is None:
        return
    yield from ("", *end_told(guideline, end, walk))
    for support in reported(guideline, end.steps):
        said = support.statement
        yield f"  reported: {said.text} ({places(guideline, [said.id], [cited.marker.printed for cited in support.citations])})"
        yield from (f"    {figure(one)} ({'; '.join(map(': '.join, frame_in_short(one)))})" for one in said.outcomes)


def _options(guideline: Guideline, walk: Walk, facts: Facts) -> Iterator[str]:
    options = [choice for choice in walk.open if choice.transition.role == "option"]
    yield from ("", "Also offered by the source") if options else ()
    for choice in options:
        yield f"  {_target(guideline, choice)}"
        yield from graded(guideline, choice.transition.id, facts)
        yield f"    because: {choice.why or choice.transition.label} ({_by(guideline, choice)})"
        yield from _conditions(guideline, choice)


def _target(guideline: Guideline, choice: Standing) -> str:
    return f"{choice.transition.target}: {guideline.steps[choice.transition.target].label}"


def _closed(guideline: Guideline, walk: Walk) -> Iterator[str]:
    yield from ("", "Why not") if walk.closed else ()
    for choice in walk.closed:
        yield f"  {_target(guideline, choice)}{_SAID.get(choice.state, '')}"
        yield f"    because: {choice.why} ({_edge(choice)})"
        yield from _conditions(guideline, choice)
        if choice.nearest:
            yield f"    it would take: {'; '.join(_change(guideline, change) for change in choice.nearest)}"


def _edge(choice: Standing) -> str:
    return ", ".join(filter(None, [f"edge {choice.transition.id}", _whose(choice)]))


def _change(guideline: Guideline, change: FactChange) -> str:
    return f"{guideline.observables[change.observable].label}: {change.needs}{'' if change.known else ' (not known)'}"


def _undecided(guideline: Guideline, walk: Walk) -> Iterator[str]:
    yield from ("", "Undecided") if walk.undecided else ()
    for choice in walk.undecided:
        yield f"  {_target(guideline, choice)}"
        yield f"    depends on: {', '.join(choice.ask)} ({_edge(choice)})"
        yield from _conditions(guideline, choice)


def _conflict(guideline: Guideline, conflict: Conflict) -> Iterator[str]:
    from edgewise.graph.walking.conflicts import read_into

    about = guideline.steps[conflict.about].label if conflict.about in guideline.steps else conflict.about
    yield from ("", suffixed(f"The source disagrees with itself before {about}", conflict.remark))
    for word, ids in (("fulfilled", conflict.met), ("not fulfilled", conflict.unmet)):
        for passage in map(guideline.passage, ids):
            yield suffixed(f"  {word}: {passage.id} ({passage.place})", read_into(guideline, conflict.about, passage.id))
            yield f"    {passage.text}"


def _questions(guideline: Guideline, walk: Walk, facts: Facts) -> Iterator[str]:
    from edgewise.graph.molar_mass import molar_mass_told

    yield from ("", "To be answered next") if walk.questions else ()
    for observable in (guideline.observables[id] for id in walk.questions):
        expected = "; ".join(filter(None, (_expected(observable), molar_mass_told(guideline, observable))))
        yield f"  {observable.id}: {observable.question} ({expected}{_more(guideline, observable, facts)})"


def _awaited(guideline: Guideline, walk: Walk) -> Iterator[str]:
    yield from ("", "Known, and to be told again once time has passed or it was repeated") if walk.awaited else ()
    yield from (f"  {id}: {guideline.observables[id].label}" for id in walk.awaited)


def _more(guideline: Guideline, observable: Observable, facts: Facts) -> str:
    """How many values of a series are still to be told."""
    from edgewise.graph.walking.readings import still_missing

    missing, told = still_missing(guideline, observable.id, facts.get(observable.id)), observable.id in facts
    return f"; {missing}{' more' if told else ''} needed" if missing > 1 or (missing and told) else ""


def _expected(observable: Observable) -> str:
    """What may be answered: ``yes, no``, the choices, or the numbers allowed."""
    from edgewise.graph.units import named, printed

    if observable.value_type == "yes-no":
        return "yes, no"
    if observable.value_type == "choice":
        return ", ".join(choice.value for choice in observable.choices)
    what = "numbers, each" if observable.repeated else "a number"
    low, high = (None if bound is None else printed(bound, observable.unit) for bound in (observable.minimum, observable.maximum))
    if low and high:
        return f"{what} from {low} to {high}"
    if low or high:
        return f"{what} of at least {low}" if low else f"{what} of at most {high}"
    return f"{what} in {named(observable.unit)}".removesuffix(" in ")
