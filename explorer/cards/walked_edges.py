"""What the walk says of every edge, sorted for the eye, each as a card: the answer first, then why, then where it is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from edgewise.explorer.cards.markup import Html, chip, folded, join, symbol, tag
from edgewise.explorer.cards.whose import marked, of_edge
from edgewise.explorer.cards.wording import capital
from edgewise.graph.attribution import Word, word
from edgewise.graph.model import AllOf, AnyOf, Guideline, Step
from edgewise.graph.pathway import Pathway
from edgewise.graph.walking.conflicts import Conflict, read_into
from edgewise.graph.walking.criteria import Trace
from edgewise.graph.walking.kleene import Truth
from edgewise.graph.walking.walk import Standing, Walk

ADVISED_AGAINST, NOT_REACHED = "advised against", "not reached"
SIGNS = {
    "open": ("✓", "open", "supported"),
    "option": ("✓", "an option, not said when", "supported"),
    "not-yet": ("◔", "not yet", "weak"),
    "undecided": ("?", "undecided", "weak"),
    "closed": ("✗", "closed", "broken"),
    "not-named": ("∅", "not named by the source", "inferred"),
    NOT_REACHED: ("…", "further ahead", "inferred"),
    ADVISED_AGAINST: ("⊘", "not to be taken", "broken"),
}
"""Standing → sign, word and tone."""
_OUTCOMES = {Truth.TRUE: ("✓", "supported", "met"), Truth.FALSE: ("✗", "broken", "not met"), Truth.UNKNOWN: ("?", "weak", "not known")}
_FEW = 3


@dataclass(frozen=True, slots=True)
class Sorted:
    """The edges of a walk by how near they are.

    Attributes:
        last: the step furthest up that these facts do not lead to yet: "why not surgery yet?"; None where nothing is left ahead.
        now: how the walk came to the steps now due, and what leads on from where it stands.
        beside: what else leaves the last fork.
        ahead: further steps.
        earlier: what was left aside at forks long passed.
    """

    last: Standing | None
    now: tuple[Standing, ...]
    beside: tuple[Standing, ...]
    ahead: tuple[Standing, ...]
    earlier: tuple[Standing, ...]


def sort(guideline: Guideline, walked: Walk) -> Sorted:
    """Sort what a walk says of its edges."""
    front = _front(walked)
    forks = {choice.transition.source for choice in walked.open if choice.transition.target in walked.due}
    onward = [*walked.undecided, *walked.closed]
    near = [choice for choice in onward if choice.reached]
    now = [choice for choice in near if choice.transition.source in front]
    aside = [choice for choice in near if choice.transition.source not in front]
    last = _last(guideline, onward)
    ahead = [choice for choice in onward if not choice.reached and choice is not last]
    return Sorted(
        last=last,
        now=(*_arrivals(walked), *(choice for choice in _by_nearness(now) if choice is not last)),
        beside=tuple(c for c in aside if c.transition.source in forks and c is not last),
        ahead=tuple(ahead),
        earlier=tuple(c for c in aside if c.transition.source not in forks and c is not last),
    )


def _arrivals(walked: Walk) -> list[Standing]:
    """Open edges to the steps due that have something to explain, and options beside them."""
    return [choice for choice in walked.open if choice.trace is not None]


def _front(walked: Walk) -> set[str]:
    """Steps at which the walk stands: those due, those where it falls silent, and those whose edges are not decided."""
    waiting = {choice.transition.source for choice in walked.undecided if not _went_on(walked, choice.transition.source)}
    return {*walked.due, *walked.silent_at, *waiting}


def _went_on(walked: Walk, step: str) -> bool:
    return any(walked.edges[id].transition.source == step for id in walked.followed)


def _by_nearness(found: Iterable[Standing]) -> list[Standing]:
    order = ("undecided", "not-yet", "not-named", "closed", NOT_REACHED, ADVISED_AGAINST)
    return sorted(found, key=lambda choice: order.index(standing(choice)) if standing(choice) in order else -1)


def _last(guideline: Guideline, onward: list[Standing]) -> Standing | None:
    """Of the edges not taken, the route to the last end of the pathway; never one advised against."""
    order = {step.id: (_phase_order(guideline, step), number) for number, step in enumerate(guideline.steps.values())}
    ends = _ends(guideline)
    routes = [choice for choice in onward if choice.transition.role == "route" and choice.transition.target in ends]
    return max(routes, key=lambda choice: order[choice.transition.target], default=None)


def _phase_order(guideline: Guideline, step: Step) -> int:
    return guideline.phases[step.phase].order if step.phase in guideline.phases else 0


def _ends(guideline: Guideline) -> set[str]:
    """Steps from which no route leads on."""
    return set(guideline.steps) - {edge.source for edge in Pathway.of(guideline).edges("route")}


def standing(choice: Standing) -> str:
    """The key into `SIGNS` for an edge.

    >>> from edgewise.graph.model import Transition
    >>> standing(Standing(Transition("e", "a", "b", "", "source", role="excluded"), "closed"))
    'advised against'
    """
    if choice.transition.role == "excluded":
        return ADVISED_AGAINST
    if not choice.reached:
        return NOT_REACHED
    return "option" if choice.state == "open" and choice.transition.role == "option" else choice.state


def reasons(guideline: Guideline, choice: Standing) -> Html:
    """Why an edge stands as it does: what decides it in sight, each part with its place and markers; the rest folded away.

    What stands by the modeller's word says so first; empty where there is nothing to tell.
    """
    told = _reasons(guideline, choice)
    return join([tag("p", *of_edge(choice)), told]) if told and choice.whose == "modeller" else told


def _reasons(guideline: Guideline, choice: Standing) -> Html:
    parts = list(atoms(choice.trace)) if choice.trace else []
    met = [atom for atom in parts if atom.truth is Truth.TRUE]
    missing = [atom for atom in parts if atom.truth is not Truth.TRUE]
    lead = _before(guideline, choice)
    told = standing(choice)
    # Of a step further ahead its own conditions are not all that the way there asks.
    count = f"{len(met)} of the {len(parts)} conditions here met" if told == NOT_REACHED else f"{len(met)} of {len(parts)} met"
    if told == "open":
        return join([lead, _list(guideline, met)])
    if told in ("option", "undecided"):
        return join([lead, _fold(guideline, f"{_sentence(choice.transition.label)} ({count})", parts)])
    if told == NOT_REACHED and len(missing) > _FEW:
        return join([lead, _fold(guideline, count, parts)])
    return join([lead, _list(guideline, missing), _fold(guideline, count, met) if missing else Html(""), _least(guideline, choice)])


def unconditioned(guideline: Guideline, choice: Standing) -> Html:
    """An edge without a condition, and what the edge itself rests on."""
    edge = choice.transition
    told = ["No condition is set: ", edge.label, ". ", "The edge rests on " if edge.justified_by else ""]
    return tag("p", *told, *cites(guideline, edge.justified_by), *of_edge(choice))


def _fold(guideline: Guideline, summary: str, atoms: Sequence[Trace]) -> Html:
    return tag("div", folded(summary, _list(guideline, atoms)), cls="ew-folds") if atoms else Html("")


def _before(guideline: Guideline, choice: Standing) -> Html:
    """What is not told by the criterion: that the step is advised against, not come to, or has no condition of its own."""
    if choice.transition.role == "excluded":
        cited = cites(guideline, choice.transition.justified_by)  # that it is advised against, every title says
        lead = "Where it says so: " if choice.transition.stated_by == "source" else "The modeller reads it from: "
        return tag("p", lead, *cited, cls="ew-quiet") if cited else Html("")
    if not choice.reached:
        return tag("p", f"Comes after {guideline.steps[choice.transition.source].name}, which is not reached.")
    if choice.trace is None or (choice.state == "not-yet" and choice.trace.truth is Truth.TRUE):
        return tag("p", _sentence(choice.why)) if choice.why else Html("")
    return Html("")


def atoms(trace: Trace) -> Iterator[Trace]:
    """The comparisons that matter for how it came out: of alternatives one of which is met, that one alone."""
    if not isinstance(trace.criterion, AllOf | AnyOf):
        yield trace
    elif isinstance(trace.criterion, AllOf):
        for part in trace.parts:
            yield from atoms(part)
    elif trace.truth is Truth.TRUE:
        yield from atoms(next(part for part in trace.parts if part.truth is Truth.TRUE))
    else:
        yield trace  # alternatives none of which is met: one line


def _line(guideline: Guideline, atom: Trace) -> Html:
    sign, tone, outcome = _OUTCOMES[atom.truth]
    if atom.truth is Truth.FALSE and atom.later is not Truth.FALSE:
        sign, tone, outcome = "◔", "weak", "not yet met"
    told = f"{atom.criterion.label}: {outcome}" if atom.parts and atom.criterion.label else atom.text
    head = tag("span", symbol(sign), tag("span", f"{outcome}: ", cls="ew-unseen"), cls=f"ew-mark ew-ink-{tone}")
    return tag("li", head, tag("span", _sentence(told), " ", *said(guideline, word(atom.criterion))))


def _list(guideline: Guideline, atoms: Sequence[Trace]) -> Html:
    return tag("ul", *(_line(guideline, atom) for atom in atoms), cls="ew-reasons") if atoms else Html("")


def cites(guideline: Guideline, passages: Iterable[str]) -> list[Html]:
    """Place and markers of each passage; a marker that points nowhere says so."""
    pieces: list[Html] = []
    for passage in (guideline.passage(id) for id in passages):
        markers = [guideline.markers[citation.marker] for citation in passage.citations]
        sound = "".join(marker.shown for marker in markers if marker.entry)
        pieces.append(tag("span", f"{passage.place} {sound}".strip(), cls="ew-cite", title=passage.text))
        pieces += [chip(f"{marker.shown} no entry", "broken", sign="⚠") for marker in markers if not marker.entry]
    return pieces


def said(guideline: Guideline, by: Word) -> list[Html]:
    """Whose word a condition is: the passages that state it, and a mark beside them or in their place where the modeller does."""
    return [*cites(guideline, by.based_on), *marked(by.remark)]


def _least(guideline: Guideline, choice: Standing) -> Html:
    """The least change that would open an edge that the facts close: where facts are only missing, the lines above say it.

    Where the source names no such number, no other is offered.
    """
    if standing(choice) == "not-named":
        return tag("p", "The source names no such number here: neither that this follows nor that it does not.", cls="ew-quiet")
    if standing(choice) != "closed" or not any(change.known for change in choice.nearest):
        return Html("")
    needs = (f"{guideline.observables[change.observable].label}: {change.needs}" for change in choice.nearest)
    return tag("p", tag("strong", "Least change: "), "; ".join(dict.fromkeys(needs)), ".", cls="ew-quiet")


def disagreement(guideline: Guideline, conflict: Conflict) -> Html:
    """Passages that disagree on these facts: which are met and which are not, with their words behind a fold."""
    about = guideline.steps[conflict.about].name if conflict.about in guideline.steps else conflict.about
    sides = [(id, True) for id in conflict.met] + [(id, False) for id in conflict.unmet]
    rows = [_side(guideline, id, read_into(guideline, conflict.about, id), met=met) for id, met in sides]
    lead = tag("strong", " The source disagrees with itself")
    title = join([symbol("⚠"), lead, f" before {about}: {_sides(guideline, conflict)}", *marked(conflict.remark)])
    return tag("div", folded(title, tag("ul", *rows, cls="ew-reasons")), cls="ew-card ew-fork ew-t-weak", role="note")


def _sides(guideline: Guideline, conflict: Conflict) -> str:
    """Who stands against whom: passages that agree on these facts are on one side."""
    sides = ([str(guideline.passage(id).place) for id in ids] for ids in (conflict.met, conflict.unmet))
    return " against ".join("; ".join(dict.fromkeys(side)) for side in sides if side)


def _side(guideline: Guideline, id: str, remark: str, *, met: bool) -> Html:
    passage = guideline.passage(id)
    sign, tone, word = _OUTCOMES[Truth.TRUE if met else Truth.FALSE]
    head = tag("span", symbol(sign), tag("span", f"{word}: ", cls="ew-unseen"), cls=f"ew-mark ew-ink-{tone}")
    return tag("li", head, tag("span", tag("em", passage.text), " ", *cites(guideline, [id]), *marked(remark)))


def _sentence(told: str) -> str:
    return capital(told)
