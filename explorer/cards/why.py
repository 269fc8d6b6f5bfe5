"""Why a step, or why not, as HTML: the headline, what is missing, and what would take other findings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from edgewise.explorer.cards.markup import Html, folded, join, section, symbol, tag
from edgewise.explorer.cards.walked_edges import cites
from edgewise.explorer.cards.whose import marked
from edgewise.graph.explaining.least_changes import COMING, Kind, Need, Opening
from edgewise.graph.explaining.why import State, Why
from edgewise.graph.model import Guideline
from edgewise.graph.pathway import comparisons
from edgewise.graph.walking.walk import walk

STATES: dict[State, tuple[str, str, str]] = {
    "due": ("✓", "due now", "supported"),
    "passed": ("✓", "done", "supported"),
    "instead": ("✓", "another was chosen", "supported"),
    "offered": ("✓", "an option", "supported"),
    "not-yet": ("◔", "not yet", "weak"),
    "undecided": ("?", "undecided", "weak"),
    "shut": ("✗", "closed", "broken"),
    "not-named": ("∅", "not named by the source", "inferred"),
    "advised-against": ("⊘", "not to be taken", "broken"),
    "outside": ("○", "outside this guideline", "unknown"),
    "nothing-leads": ("∅", "nothing leads here", "inferred"),
}
"""State → sign, word and tone."""
_KINDS: dict[Kind, tuple[str, str, str]] = {
    "ask": ("?", "weak", "to find out"),
    "wait": ("◔", "weak", "takes time or repeating"),
    "amend": ("✎", "weak", "can be made good, as the modeller marks it"),
    "told": ("✗", "broken", "known; whether it can change is not said"),
    "not-named": ("∅", "inferred", "not named by the source"),
    "fixed": ("✗", "broken", "cannot change"),
}
_SAID: dict[Kind, str] = {"amend": "; can be made good", "not-named": "; not named by the source", "fixed": "; cannot change"}
_FEW = 3


def title(state: State) -> str:
    """The question that a state answers.

    >>> title("shut"), title("undecided"), title("due")
    ('why not?', 'why not yet?', 'why?')
    """
    return {"not-yet": "why not yet?", "undecided": "why not yet?"}.get(state, "why not?" if _is_shut(state) else "why?")


def _is_shut(state: State) -> bool:
    return state in ("shut", "not-named", "advised-against", "nothing-leads", "outside")


def in_short(guideline: Guideline, asked: Why) -> Html:
    """The headline, and the nearest way in a few lines."""
    alone = asked.changes[0].needs if asked.changes and len(asked.changes[0].needs) == 1 else ()
    lead = tag("p", tag("strong", asked.headline), *(mark for need in alone for mark in marked(need.remark)))
    if not asked.changes or len(asked.changes[0].needs) == 1:
        return lead
    nearest = asked.changes[0]
    more = len(nearest.needs) - _FEW
    rest = tag("p", f"… and {more} more.", cls="ew-quiet") if more > 0 else Html("")
    return join([lead, _listed(guideline, asked, nearest, _settled_first(nearest)[:_FEW]), rest])


def head(guideline: Guideline, asked: Why) -> Html:
    """What one reads in two seconds."""
    sign, _, tone = STATES[asked.state]
    verdict = tag("div", tag("strong", symbol(sign), " ", asked.headline), cls=f"ew-state ew-t-{tone}", role="status")
    over, whose = tag("p", title(asked.state).capitalize(), cls="ew-over"), marked(asked.remark)
    said = [tag("p", *whose)] if whose else []
    return join([over, tag("h2", guideline.steps[asked.step].label), *said, verdict])


def ways_to_it(guideline: Guideline, asked: Why) -> Iterable[Html]:
    """All least sets of changes: those that answers and time can bring, those to be made good, then those that take other findings."""
    if asked.possible:
        yield section("What is missing", *_sets(guideline, asked, asked.possible))
    if asked.amendable:
        yield section("Could still be made good", *_sets(guideline, asked, asked.amendable))
    if asked.settled:
        yield section(_settled_title(asked), *_sets(guideline, asked, asked.settled))
    if asked.more:
        yield tag("p", f"{asked.more} further ways are not listed.", cls="ew-quiet")
    if not asked.complete:
        said = f" {asked.unlooked}." if asked.unlooked else ""
        yield tag("p", f"Too many situations would have to be told apart: not all ways were looked for.{said}", cls="ew-quiet")


def _settled_title(asked: Why) -> str:
    if asked.state == "not-named":
        return "What the source names"
    others = asked.possible or asked.amendable
    return "Otherwise, only with other findings" if others else "On these facts it would take other findings"


def _sets(guideline: Guideline, asked: Why, found: Sequence[Opening]) -> list[Html]:
    first, rest = _set(guideline, asked, found[0]), found[1:]
    if not rest:
        return [first]
    others = [tag("div", _set(guideline, asked, one), cls="ew-card") for one in rest]
    return [first, folded(f"{len(rest)} other {'way' if len(rest) == 1 else 'ways'}", *others)]


def _set(guideline: Guideline, asked: Why, opening: Opening) -> Html:
    """What is settled apart from what can still be found out or come: only the first takes other findings."""
    needs = _settled_first(opening)
    fixed = sum(need.kind not in COMING for need in needs)
    if fixed in (0, len(needs)):
        return _listed(guideline, asked, opening, needs)
    beside = tag("p", "Beside it, still missing:", cls="ew-quiet")
    return join([_listed(guideline, asked, opening, needs[:fixed]), beside, _listed(guideline, asked, opening, needs[fixed:])])


def _settled_first(opening: Opening) -> list[Need]:
    return sorted(opening.needs, key=lambda need: need.kind in COMING)


def _listed(guideline: Guideline, asked: Why, opening: Opening, needs: Iterable[Need]) -> Html:
    asking = _asking(guideline, opening)
    return tag("ul", *(_need(guideline, need, _whose(guideline, asked, need, asking)) for need in needs), cls="ew-reasons")


def _asking(guideline: Guideline, opening: Opening) -> list[tuple[str, str, str]]:
    """Step, observable and passage (empty where there is none) of each thing asked on the way that the changes open."""
    followed = guideline.once("followed", repr(dict(opening.example)), lambda: walk(guideline, opening.example).followed)
    ways = [guideline.transitions[id] for id in followed]
    return [(way.target, one.observable, id) for way in ways if way.when for one in comparisons(way.when) for id in one.based_on or ("",)]


def _whose(guideline: Guideline, asked: Why, need: Need, asking: Sequence[tuple[str, str, str]]) -> str:
    """Which steps on the way ask for it, unless it is the step itself: else what an earlier one asks is taken for its own condition.

    The steps are known by the passages behind the need, or by having none.
    """
    behind = (*need.based_on, *([""] if need.stated_by == "modeller" else []))
    steps = dict.fromkeys(step for step, observable, id in asking if observable == need.observable and id in behind)
    if not set(steps) - {asked.step, asked.along}:
        return ""
    return f"for {' and '.join(guideline.steps[id].name for id in steps)}"


def _need(guideline: Guideline, need: Need, whose: str) -> Html:
    sign, tone, word = _KINDS[need.kind]
    mark = tag("span", symbol(sign), tag("span", f"{word}: ", cls="ew-unseen"), cls=f"ew-mark ew-ink-{tone}")
    told = [f"(now {need.now}{_SAID.get(need.kind, '')})" if need.now else "", whose]
    now = [" ", tag("span", " ".join(filter(None, told)), cls="ew-now")] if any(told) else []
    label = guideline.observables[need.observable].label
    by = [*cites(guideline, need.based_on), *marked(need.remark)]
    return tag("li", mark, tag("span", f"{label}: ", tag("strong", need.needs), *now, " ", *by))
