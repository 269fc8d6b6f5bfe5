"""Statements × entries as a table: what cites what, which column is taken away, and how each statement then stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

from edgewise.citations.evidence.impact import SupportChange
from edgewise.citations.evidence.support import Evidence
from edgewise.explorer.cards.evidence import STATES
from edgewise.explorer.cards.listed_entries import ListedEntry, labels, of_statement, target
from edgewise.explorer.cards.markup import Html, join, symbol, tag
from edgewise.graph.model import Guideline, Statement

_EMPTY = {away: tag("td", cls="ew-gone" if away else "") for away in (True, False)}  # nearly all cells of a long list


def matrix(
    guideline: Guideline, entries: Mapping[str, ListedEntry], changes: Mapping[str, SupportChange], taken: Collection[str], read: str
) -> Html:
    """The table in a box that scrolls both ways, by finger, wheel and keyboard.

    Args:
        guideline: whose statements are the rows.
        entries: the columns, by id.
        changes: what happens to each statement that loses an entry, by its id.
        taken: ids of the columns that are taken away.
        read: id of the statement that is picked; empty for none.

    >>> from edgewise.explorer.cards.listed_entries import entries
    >>> from edgewise.graph.library import load
    >>> guideline = load("sacroiliac-sclerosis").guideline
    >>> matrix(guideline, entries(guideline), {}, (), "").count("<tr")
    38
    """
    caption = tag("caption", "Which statement cites which entry of the reference list", cls="ew-unseen")
    rows = (_row(guideline, one, entries, changes.get(one.id), taken, one.id == read) for one in guideline.statements.values())
    table = tag("table", caption, _head(entries, taken), tag("tbody", *rows), _foot(entries, taken), cls="ew-matrix")
    box = tag("div", table, cls="ew-scroll", role="region", aria_label="Statements and the entries they cite", tabindex="0")
    return join([box, _legend(bool(taken))])


def _legend(away: bool) -> Html:
    """What the signs mean, for the eye: each cell says it in words to a screen reader."""
    signs = [("●", "cites"), *([("✕", "cites, taken away")] if away else []), ("⚠", "no such entry")]
    told = [f"{sign} {words}" for sign, words in signs]
    holds = [f"{sign} {words.lower()}" for sign, words in (STATES[name] for name in ("supported", "weak", "broken", "uncited"))]
    return tag("p", f"{' · '.join(told)}. Holds: {' · '.join(holds)}", cls="ew-quiet ew-signs", aria_hidden="true")


def _head(entries: Mapping[str, ListedEntry], taken: Collection[str]) -> Html:
    names = labels(entries.values())
    columns = (_column(one, names[one.id], one.id in taken) for one in entries.values())
    return tag("thead", tag("tr", tag("th", "Statement", scope="col"), *columns, tag("th", "Holds", scope="col")))


def _column(entry: ListedEntry, name: str, away: bool) -> Html:
    if entry.reference is None:
        cls = "ew-gone" if away else "ew-nothing"
        return tag("th", entry.name, _unseen(" no entry"), scope="col", cls=cls, title=f"{entry.name} no entry")
    told = _unseen(f" {entry.reference.title}{', taken away' if away else ''}")
    return tag("th", name, told, scope="col", cls="ew-gone" if away else "", title=entry.reference.title)


def _row(
    guideline: Guideline,
    statement: Statement,
    entries: Mapping[str, ListedEntry],
    change: SupportChange | None,
    taken: Collection[str],
    read: bool,
) -> Html:
    cited = Counter(target(guideline, guideline.markers[one.marker]) for one in statement.citations)
    place = tag("span", str(statement.place), cls="ew-place")
    head = tag("th", place, tag("span", statement.text), scope="row", title=statement.text)
    cells = (_cell(one, cited[one.id], one.id in taken) for one in entries.values())
    name = " ".join(filter(None, ("ew-picked" if read else "", "ew-fallen" if change and change.falls else "")))
    return tag("tr", head, *cells, _standing(of_statement(guideline, statement.id), change), cls=name, aria_current="true" if read else "")


def _cell(entry: ListedEntry, often: int, away: bool) -> Html:
    cls = "ew-gone" if away else ""
    if not often:
        return _EMPTY[away]
    times = f", {often} times" if often > 1 else ""
    if entry.reference is None:
        return tag("td", symbol("⚠"), _unseen(f"cites {entry.name}, which is no entry{times}"), cls=f"ew-nothing {cls}".strip())
    return tag("td", symbol("✕" if away else "●"), _unseen(f"cites {entry.name}{times}{', taken away' if away else ''}"), cls=cls)


def _standing(now: Evidence, change: SupportChange | None) -> Html:
    """The state in one sign, or two where it changes; the words are for a screen reader and for hovering."""
    states = [now.state] if change is None or change.after == change.before else [change.before, change.after]
    told = " becomes ".join(STATES[state][1].lower() for state in states)
    signs = join([tag("span", STATES[state][0], cls=f"ew-sign ew-s-{state}", aria_hidden="true") for state in states], "→")
    return tag("td", signs, _unseen(told), title=told, cls="ew-holds")


def _foot(entries: Mapping[str, ListedEntry], taken: Collection[str]) -> Html:
    counts = (tag("td", str(one.citations), cls="ew-gone" if one.id in taken else "") for one in entries.values())
    total = str(sum(one.citations for one in entries.values()))
    return tag("tfoot", tag("tr", tag("th", "Citations", scope="row"), *counts, tag("td", total)))


def _unseen(words: str) -> Html:
    return tag("span", words, cls="ew-unseen")
