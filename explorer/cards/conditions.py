"""The condition of an edge as a list one can read, and how each part of it stands for a patient.

A part that holds, fails or is not known is told by a sign and by a word; colour only repeats it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from edgewise.explorer.cards.markup import Html, folded, join, section, symbol, tag
from edgewise.explorer.cards.whose import marked, of_edge
from edgewise.explorer.cards.wording import capital
from edgewise.graph.attribution import word
from edgewise.graph.model import AllOf, AnyOf, Comparison, CountOf, Criterion, Guideline, Not, Scored, Transition
from edgewise.graph.pathway import Pathway
from edgewise.graph.walking.criteria import Trace, heading, item_lead, listed, words
from edgewise.graph.walking.kleene import Truth
from edgewise.graph.walking.walk import Standing

STANDINGS = {
    "open": ("✓", "true", "Open for this patient"),
    "not-yet": ("◔", "unknown", "Not yet open for this patient"),
    "closed": ("✗", "false", "Closed for this patient"),
    "not-named": ("∅", "unknown", "Not named by the source for this patient"),
    "undecided": ("?", "unknown", "Undecided for this patient"),
}
_OUTCOMES = {Truth.TRUE: ("✓", "true", "holds"), Truth.FALSE: ("✗", "false", "fails"), Truth.UNKNOWN: ("?", "unknown", "not known")}
IN_SIGHT = 3
_NOT_YET = ("◔", "unknown", "not yet")


def condition(guideline: Guideline, transition: Transition, choice: Standing | None = None) -> Html:
    """The section on when an edge may be taken; with a choice, also how this patient stands to it."""
    trace = choice.trace if choice else None
    standing = _standing(guideline, choice) if choice else Html("")
    return section("When it may be taken", standing, _asked(guideline, transition, trace))


def _standing(guideline: Guideline, choice: Standing) -> Html:
    """One line on where the patient stands; what the list below says part by part is not said twice."""
    sign, tone, told = STANDINGS[choice.state]
    if not choice.reached and choice.trace:
        source = guideline.steps[choice.transition.source].name
        sign, tone, told = "?", "unknown", f"Not come to: this patient has not reached {source}"
    parts = [tag("p", tag("span", symbol(sign), " ", told, cls=f"ew-truth ew-{tone}"), *_mark(choice))]
    settled = choice.trace is None or choice.trace.truth is Truth.TRUE
    if choice.why and settled and choice.state != "open" and choice.transition.role != "excluded":
        parts.append(tag("p", _sentence(choice.why), ".", cls="ew-quiet"))
    return join([*parts, _least(guideline, choice)])


def _mark(choice: Standing) -> list[Html]:
    """That only the conditions are the modeller's; of an edge that is, its heading says so."""
    return [Html(" "), *of_edge(choice)] if choice.transition.stated_by == "source" and choice.whose == "modeller" else []


def _least(guideline: Guideline, choice: Standing) -> Html:
    changes = list(dict.fromkeys(f"{guideline.observables[change.observable].label}: {change.needs}" for change in choice.nearest))
    if not changes:
        return Html("")
    # Of a step further ahead this edge is only the last part of the way.
    lead = "Least that would open it" if choice.reached else "Least that this edge asks for, once reached"
    if len(changes) <= IN_SIGHT:
        return tag("p", f"{lead}: ", "; ".join(changes), ".")
    return folded(f"{lead}: {len(changes)} answers", tag("ul", *(tag("li", change) for change in changes), cls="ew-list"))


def _asked(guideline: Guideline, transition: Transition, trace: Trace | None) -> Html:
    if transition.role == "excluded" and transition.when is None:
        return tag("p", f"Never by this guideline: {transition.against}.")
    if transition.role == "excluded" and transition.when is not None:
        never = tag("p", f"Never by this guideline, on any road, where this holds: {transition.against}.")
        return join([never, *_tree(guideline, transition.when, trace)])
    option = "The source offers it as an option, without saying when to prefer it." if transition.role == "option" else ""
    lead = [tag("p", option)] if option else []
    if transition.when is None:
        return join(lead or [tag("p", "Always: the guideline sets no condition.")])
    return join([*lead, *_tree(guideline, transition.when, trace)])


def tree(guideline: Guideline, criterion: Criterion, trace: Trace | None = None) -> Html:
    """A condition as a list, wherever it stands; with a trace, also how each part stands for a patient."""
    return join(_tree(guideline, criterion, trace))


def _tree(guideline: Guideline, criterion: Criterion, trace: Trace | None) -> Iterable[Html]:
    """At the top the parts stand under a plain sentence; below, groups are indented."""
    if isinstance(criterion, AllOf | AnyOf) and not criterion.label and len(criterion.parts) > 1:
        lead = "All of these have to hold:" if isinstance(criterion, AllOf) else "One of these is enough:"
        yield tag("p", lead, cls="ew-quiet")
        yield _list(guideline, criterion, trace, "ew-tree")
    else:
        yield tag("ul", _item(guideline, criterion, trace), cls="ew-tree")


def _list(guideline: Guideline, criterion: Criterion, trace: Trace | None, cls: str = "") -> Html:
    parts = listed(criterion)
    traces = trace.parts[-len(parts) :] if trace else (None,) * len(parts)  # before the items of a score stands its total
    within = criterion.based_on
    pairs = enumerate(zip(parts, traces, strict=True))
    return tag("ul", *(_item(guideline, part, of, within, item_lead(criterion, at)) for at, (part, of) in pairs), cls=cls)


def _item(guideline: Guideline, criterion: Criterion, trace: Trace | None, within: Sequence[str] = (), lead: str = "") -> Html:
    if isinstance(criterion, Comparison) or (isinstance(criterion, Not) and isinstance(criterion.part, Comparison)):
        known = trace and not trace.text.endswith(": not known")  # the word before it says so
        told = trace.text if trace and known else words(criterion, guideline.observables)
        return tag("li", _leaf(lead + told, trace, _behind(guideline, criterion, within)))
    told = lead + (trace.text if trace and isinstance(criterion, CountOf | Scored) else heading(criterion, guideline.observables))
    return tag("li", _leaf(told, trace, _behind(guideline, criterion, within)), _list(guideline, criterion, trace))


def _behind(guideline: Guideline, criterion: Criterion, within: Sequence[str]) -> list[Html]:
    """Where a condition stands in the source, and whose word it is; of a group that says nothing itself, its parts tell.

    The passages of the group `within` which it stands are told there.
    """
    if not isinstance(criterion, Comparison) and not criterion.based_on and not criterion.stated_by:
        return []
    where = "" if criterion.based_on == within else places(guideline, criterion.based_on)
    return [*([tag("span", where, cls="ew-place")] if where else []), *marked(word(criterion).remark)]


def _leaf(told: str, trace: Trace | None, where: Sequence[Html]) -> Html:
    place = join([" ", join(where, " ")]) if where else ""
    if trace is None:
        return tag("div", symbol("•"), tag("div", _sentence(told), place), cls="ew-leaf")
    sign, tone, outcome = _NOT_YET if trace.truth is Truth.FALSE and trace.later is not Truth.FALSE else _OUTCOMES[trace.truth]
    mark = tag("span", sign, cls=f"ew-sign ew-{tone}", aria_hidden="true")
    truth = tag("span", _sentence(outcome), cls=f"ew-truth ew-{tone}")
    return tag("div", mark, tag("div", truth, ": ", told, place), cls="ew-leaf")


def places(guideline: Guideline, passages: Iterable[str]) -> str:
    """Where passages stand, in words: ``step 2, bullet 1; pitfalls, bullet 1``."""
    known = (id for id in passages if id in Pathway.of(guideline).passages)
    return "; ".join(dict.fromkeys(str(guideline.passage(id).place) for id in known))


def _sentence(told: str) -> str:
    return capital(told)
