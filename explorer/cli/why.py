"""`edgewise why`: why a step is due, why not, and the least that would lead to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from edgewise.explorer.cli.exits import CLEAN
from edgewise.explorer.cli.findings import finding_payload
from edgewise.explorer.cli.options import AsJson, FactsFile, GuidelineName
from edgewise.explorer.cli.terminal import show, show_json
from edgewise.explorer.cli.wording import footer, grade_data, graded, known, marked, places, suffixed, warn

if TYPE_CHECKING:  # help needs none of it
    from edgewise.explorer.cli.intake import Given
    from edgewise.graph.explaining.least_changes import Need, Opening
    from edgewise.graph.explaining.next_question import Useful
    from edgewise.graph.explaining.why import Part, WayIn, Why
    from edgewise.graph.model import Guideline
    from edgewise.graph.walking.facts import Facts

_SIGNS = {"holds": "✓", "fails": "✗", "not-yet": "◔", "not-known": "?"}
_STATES = {"open": "✓", "closed": "✗", "not-yet": "◔", "not-named": "∅", "undecided": "?"}
_JOINTS = {"count": "", "score": "", "all": "all of:", "any": "any of:", "not": "not the case:"}
_KINDS = {
    "ask": "not known yet",
    "wait": "time or repeating can bring it",
    "amend": "can be made good, as the modeller marks it",
    "told": "whether it can change is not said",
    "not-named": "not named by the source",
    "fixed": "cannot change",
}


def why(
    guideline: GuidelineName,
    step: Annotated[str, typer.Argument(metavar="STEP", help="Id of a step; `edgewise show` lists them.", show_default=False)],
    facts: FactsFile = None,
    as_json: AsJson = False,
) -> int:
    """Say why a step is due, or why not: every way in part by part, and the least that would have to be otherwise.

    ✓ holds, ✗ fails, ◔ does not hold yet, ? is not known. All least sets of changes are told: those that answers, waiting or
    repeating can still bring, apart from those to be made good and those that take another finding. Then follows the question that
    decides most. Without --facts, nothing is known.

    Examples:
      edgewise why sacroiliac-sclerosis si-joint-fusion --facts patient.yaml
      echo '{radiographs: sclerosis, inflammatory-suspicion: no}' | edgewise why sacroiliac-sclerosis cooled-rfa --facts - --json
    """
    from edgewise.explorer.cli.intake import load, read_facts
    from edgewise.graph.explaining.why import why as ask
    from edgewise.graph.walking.walk import present, walk_present

    loaded = load(guideline).guideline
    given = read_facts(facts, loaded)
    now = present(loaded, given.facts, given.timeline)
    asked = ask(now.guideline, step, now.facts, walked=walk_present(now))
    if as_json:
        show_json(why_payload(loaded, asked, given))
    else:
        warn(given.doubts)
        show(why_report(loaded, asked, given.facts))
    return CLEAN


def why_payload(guideline: Guideline, asked: Why, given: Given) -> dict[str, Any]:
    """Everything that is said of a step, with the facts that it was asked with."""
    from edgewise.citations.evidence.support import graded_for
    from edgewise.graph.walking.facts import plain

    return {
        "step": asked.step,
        "along": asked.along or None,
        "state": asked.state,
        "headline": asked.headline,
        "remark": asked.remark or None,
        "graded": [grade_data(guideline, one) for one in graded_for(guideline, asked.step, given.facts)],
        "ways": [_way(way) for way in asked.ways],
        "changes": [_opening(opening) for opening in asked.changes],
        "more": asked.more,
        "complete": asked.complete,
        "question": asked.question or None,
        "useful": [_useful(one) for one in asked.useful],
        "facts": plain(given.facts),
        "warnings": [finding_payload(doubt) for doubt in given.doubts],
    }


def _way(way: WayIn) -> dict[str, Any]:
    return {
        "edge": way.edge,
        "from": way.source,
        "state": way.state,
        "reached": way.reached,
        "statedBy": way.stated_by,
        "whose": way.whose,
        "why": way.why or None,
        "condition": _part(way.condition) if way.condition else None,
        "statements": list(way.statements),
        "markers": list(way.markers),
    }


def _part(part: Part) -> dict[str, Any]:
    return {
        "text": part.text or None,
        "outcome": part.outcome,
        "joint": part.joint or None,
        "statedBy": part.stated_by,
        "basedOn": list(part.statements),
        "statements": list(part.statements),
        "markers": list(part.markers),
        "parts": [_part(inner) for inner in part.parts],
    }


def _opening(opening: Opening) -> dict[str, Any]:
    from edgewise.graph.walking.facts import plain

    return {
        "possible": opening.possible,
        "amendable": opening.amendable,
        "needs": [_need_data(need) for need in opening.needs],
        "example": plain(opening.example),
    }


def _need_data(need: Need) -> dict[str, Any]:
    return {
        "observable": need.observable,
        "needs": need.needs,
        "kind": need.kind,
        "now": need.now or None,
        "statedBy": need.stated_by,
        "basedOn": list(need.based_on),
        "remark": need.remark or None,
    }


def _useful(one: Useful) -> dict[str, Any]:
    return {
        "observable": one.observable,
        "decides": round(float(one.decides), 4),
        "most": one.most,
        "of": one.of,
        "rulingOut": one.ruling_out or None,
        "reason": one.reason,
    }


def why_report(guideline: Guideline, asked: Why, facts: Facts) -> list[str]:
    """The answer in a line, then every way in part by part, the least changes, what to ask next."""
    return [
        guideline.title,
        f"Known: {'; '.join(known(guideline, facts)) or 'nothing'}",
        "",
        suffixed(f"{guideline.steps[asked.step].label} ({asked.step})", asked.remark),
        asked.headline,
        *graded(guideline, asked.step, facts, ""),
        *_ways(guideline, asked, facts),
        *_changes(guideline, asked),
        *_ask(guideline, asked),
        *footer(guideline),
    ]


def _ways(guideline: Guideline, asked: Why, facts: Facts) -> Iterator[str]:
    yield from ("", "Ways in") if asked.ways else ()
    for way in asked.ways:
        role = guideline.transitions[way.edge].role
        state = way.state.replace("-", " ")
        told = f"{state}, offered as an option" if role == "option" else state
        yield f"  {_STATES[way.state]} from {guideline.steps[way.source].label} (edge {way.edge}: {told})"
        if not way.reached:
            yield "      not come to: that step is not reached"
        if way.condition is not None:
            yield from _parts(guideline, way.condition, "      ")
        elif way.why:
            yield f"      {way.why}"
        inferred = f"{marked('the modeller’s inference, not stated by the source')}; " if way.stated_by == "modeller" else ""
        yield f"      {inferred}the edge rests on: {places(guideline, way.statements, way.markers) or 'nothing'}"
        yield from graded(guideline, way.edge, facts, "      ")


def _parts(guideline: Guideline, part: Part, indent: str, within: tuple[str, ...] = ()) -> Iterator[str]:
    """A condition part by part; the passages of the group `within` which a part stands are told there."""
    joint = _JOINTS.get(part.joint, "")
    told = f"{part.text}, {joint}" if part.text and joint else part.text or joint
    own = part.statements if part.statements != within else ()
    where = places(guideline, own, part.markers if own else (), part.remark)
    yield f"{indent}{_SIGNS[part.outcome]} {told}{_bracketed(where)}"
    for inner in part.parts:
        yield from _parts(guideline, inner, indent + "  ", part.statements)


def _bracketed(text: str) -> str:
    return f" ({text})" if text else ""


def _changes(guideline: Guideline, asked: Why) -> Iterator[str]:
    if asked.changes or asked.more or not asked.complete:
        yield from ("", "Least changes")
    yield from _sets(guideline, "Can still come", asked.possible)
    yield from _sets(guideline, "Could be made good", asked.amendable)
    yield from _sets(guideline, "It would take another finding", asked.settled)
    if asked.more:
        yield f"  And {asked.more} more."
    if not asked.complete:
        yield f"  Not all were looked for: {asked.unlooked or 'the guideline tells too many situations apart on the way here'}."


def _sets(guideline: Guideline, title: str, openings: Iterable[Opening]) -> Iterator[str]:
    held = list(openings)
    yield from (f"  {title}",) if held else ()
    for number, opening in enumerate(held, 1):
        for position, need in enumerate(opening.needs):
            lead = f"{number}." if position == 0 and len(held) > 1 else "–" if len(held) == 1 else "  "
            yield f"    {lead} {_need(guideline, need)}"


def _need(guideline: Guideline, need: Need) -> str:
    now = f"now {need.now}; {_KINDS[need.kind]}" if need.now else _KINDS[need.kind]
    where = places(guideline, need.based_on, remark=need.remark)
    return f"{guideline.observables[need.observable].label}: {need.needs} – {now}{_bracketed(where)}"


def _ask(guideline: Guideline, asked: Why) -> Iterator[str]:
    if asked.useful:
        first = asked.useful[0]
        yield from ("", f"Ask next: {guideline.observables[first.observable].question} ({first.observable}: {first.reason})")
