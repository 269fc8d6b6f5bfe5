"""Why a step, or why not, as HTML: the headline, what is missing, and what no care can change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from explorer.markup import Html, folded, join, section, symbol, tag
from explorer.walking.choices import cites
from graph.model import Guideline
from graph.openings import Kind, Need, Opening
from graph.why import State, Why

STATES: dict[State, tuple[str, str, str]] = {
    "due": ("✓", "due now", "supported"),
    "passed": ("✓", "done", "supported"),
    "offered": ("✓", "an option", "supported"),
    "not-yet": ("◔", "not yet", "weak"),
    "undecided": ("?", "undecided", "weak"),
    "shut": ("✗", "closed", "broken"),
    "advised-against": ("⊘", "advised against", "broken"),
    "nothing-leads": ("∅", "nothing leads here", "inferred"),
}
"""State → sign, word and tone."""
_KINDS: dict[Kind, tuple[str, str, str]] = {
    "ask": ("?", "weak", "to find out"),
    "wait": ("◔", "weak", "takes time or repeating"),
    "fixed": ("✗", "broken", "settled"),
}
_FEW = 3


def title(state: State) -> str:
    """The question that a state answers.

    >>> title("shut"), title("undecided"), title("due")
    ('why not?', 'why not yet?', 'why?')
    """
    return {"not-yet": "why not yet?", "undecided": "why not yet?"}.get(state, "why not?" if _is_shut(state) else "why?")


def _is_shut(state: State) -> bool:
    return state in ("shut", "advised-against", "nothing-leads")


def in_short(guideline: Guideline, asked: Why) -> Html:
    """The headline, and the nearest way in a few lines."""
    lead = tag("p", tag("strong", asked.headline))
    if not asked.changes or len(asked.changes[0].needs) == 1:
        return lead
    needs = asked.changes[0].needs
    settled_first = sorted(needs, key=lambda need: need.kind != "fixed")
    more = len(needs) - _FEW
    rest = tag("p", f"… and {more} more.", cls="ew-quiet") if more > 0 else Html("")
    return join([lead, _listed(guideline, settled_first[:_FEW]), rest])


def head(guideline: Guideline, asked: Why) -> Html:
    """What one reads in two seconds."""
    sign, _, tone = STATES[asked.state]
    verdict = tag("div", tag("strong", symbol(sign), " ", asked.headline), cls=f"ew-state ew-t-{tone}", role="status")
    return join([tag("p", title(asked.state).capitalize(), cls="ew-over"), tag("h2", guideline.steps[asked.step].label), verdict])


def ways_to_it(guideline: Guideline, asked: Why) -> Iterable[Html]:
    """All least sets of changes: those that answers and time can bring, then those that no care can."""
    possible, impossible = asked.possible, asked.impossible
    if possible:
        yield section("What is missing", *_sets(guideline, possible))
    if impossible:
        only = "No care can change this" if not possible else "Otherwise, only with other findings"
        yield section(only, *_sets(guideline, impossible))
    if asked.more:
        yield tag("p", f"{asked.more} further ways are not listed.", cls="ew-quiet")
    if not asked.complete:
        yield tag("p", "Too many situations would have to be told apart: not all ways were looked for.", cls="ew-quiet")


def _sets(guideline: Guideline, found: Sequence[Opening]) -> list[Html]:
    first, rest = _set(guideline, found[0]), found[1:]
    if not rest:
        return [first]
    others = [tag("div", _set(guideline, one), cls="ew-card") for one in rest]
    return [first, folded(f"{len(rest)} other {'way' if len(rest) == 1 else 'ways'}", *others)]


def _set(guideline: Guideline, opening: Opening) -> Html:
    return _listed(guideline, sorted(opening.needs, key=lambda need: need.kind != "fixed"))


def _listed(guideline: Guideline, needs: Iterable[Need]) -> Html:
    return tag("ul", *(_need(guideline, need) for need in needs), cls="ew-reasons")


def _need(guideline: Guideline, need: Need) -> Html:
    sign, tone, word = _KINDS[need.kind]
    mark = tag("span", symbol(sign), tag("span", f"{word}: ", cls="ew-unseen"), cls=f"ew-mark ew-ink-{tone}")
    now = [" ", tag("span", f"(now {need.now})", cls="ew-now")] if need.now else []
    label = guideline.observables[need.observable].label
    return tag("li", mark, tag("span", f"{label}: ", tag("strong", need.needs), *now, " ", *cites(guideline, need.based_on)))
