"""What falls when entries are taken away: as a drawing, as a count, and in words.

A marker that points to no entry can be picked like an entry. Nothing falls with it, for nothing stands behind it: what cites it is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from edgewise.citations.evidence.impact import Impact, SupportChange, criteria, impact, without
from edgewise.citations.evidence.studies import Studies
from edgewise.explorer.cards import evidence as cards
from edgewise.explorer.cards.listed_entries import ListedEntry, ends
from edgewise.explorer.cards.markup import Html, chip, folded, join, section, symbol, tag
from edgewise.explorer.cards.numbers import many
from edgewise.explorer.drawing.picture import picture
from edgewise.explorer.drawing.scene import Highlight, Scene
from edgewise.graph.model import Guideline

KINDS = (("Edges", "edge"), ("Steps", "step"), ("Statements", "statement"))
CONSTRUCTS = (
    ("Begun together", "bundle"),
    ("Alternatives", "alternative"),
    ("Preferences", "preference"),
    ("Contraindications", "contraindication"),
    ("To whom it applies", "scope"),
    ("Times", "time"),
    ("Doses", "dose"),
)
SHOWN = 6


@dataclass(frozen=True, slots=True)
class Loss:
    """Entries that a reader took away.

    Attributes:
        taken: those, in the order of the list.
        impact: what falls with them.
    """

    taken: tuple[ListedEntry, ...]
    impact: Impact

    @property
    def broken(self) -> tuple[ListedEntry, ...]:
        """Markers without entry among them."""
        return tuple(one for one in self.taken if one.reference is None)

    @property
    def name(self) -> str:
        """Their numbers, as ``[2] and [4]``."""
        return _and(self.taken)

    def changed(self, kind: str) -> dict[str, SupportChange]:
        """What happens to each statement, edge or step that loses an entry, by its id."""
        return {change.id: change for change in self.impact.changes if change.what == kind}


def lose(guideline: Guideline, found: Mapping[str, ListedEntry], taken: Iterable[str]) -> Loss:
    """Take entries away.

    >>> from edgewise.explorer.cards.listed_entries import entries
    >>> from edgewise.graph.library import load
    >>> guideline = load("sacroiliac-sclerosis").guideline
    >>> loss = lose(guideline, entries(guideline), ["reference-1", "marker-7"])
    >>> loss.name, len(loss.impact.fallen) > 10
    ('[1] and [7]', True)
    """
    picked = tuple(found[id] for id in taken)
    return Loss(picked, impact(guideline, [one.id for one in picked if one.reference]))


def scene(guideline: Guideline, loss: Loss) -> Scene:
    """The pathway with every edge in the state that is left to it; no step and no edge leaves its place.

    >>> from edgewise.explorer.cards.listed_entries import entries
    >>> from edgewise.graph.library import load
    >>> guideline = load("sacroiliac-sclerosis").guideline
    >>> sum(edge.state == "uncited" for edge in scene(guideline, lose(guideline, entries(guideline), ["reference-1"])).edges)
    3
    """
    return picture(without(guideline, loss.impact.references))


def marked(guideline: Guideline, loss: Loss) -> Highlight:
    """How the drawing tells it.

    Heavy edges lose all support, are left with little, or cite a picked marker without entry; pale ones lose nothing. Grey
    steps lose all support.

    >>> from edgewise.explorer.cards.listed_entries import entries
    >>> from edgewise.graph.library import load
    >>> guideline = load("sacroiliac-sclerosis").guideline
    >>> sorted(marked(guideline, lose(guideline, entries(guideline), ["marker-7"])).path)
    ['cooled-rfa-to-si-joint-fusion']
    """
    if not loss.taken:
        return Highlight()
    citing = {edge for one in loss.broken for edge in one.edges}
    heavy = citing | {change.id for change in loss.impact.edges if change.falls or change.weakens}
    touched = citing | {change.id for change in loss.impact.edges}
    return Highlight(
        path=frozenset(heavy),
        closed=frozenset(guideline.transitions) - touched,
        unreachable=frozenset(change.id for change in loss.impact.steps if change.falls),
    )


def in_short(loss: Loss) -> Html:
    """One line: what falls, and how the drawing tells it.

    >>> in_short(Loss((), Impact(())))
    '<p>Pick entries: the drawing shows what falls without them.</p>'
    """
    if not loss.taken:
        return tag("p", "Pick entries: the drawing shows what falls without them.")
    citing = len({edge for one in loss.broken for edge in one.edges})
    if not loss.impact.references:
        drawn = f" {many(citing, 'edge')} citing it, drawn heavy." if citing else ""
        return tag("p", tag("strong", "Nothing falls"), f": no entry stands behind {loss.name}.", drawn)
    edges, steps, statements = (_fallen(loss, kind) for kind in ("edge", "step", "statement"))
    weaker = sum(change.weakens for change in loss.impact.edges)
    asked = sum(len(loss.impact.unfounded(edge)) for edge in loss.impact.criteria)
    others = len([change for change in loss.impact.constructs if change.falls])
    told = f"{_drawn(edges, 'edge', 'heavy')}, {_drawn(steps, 'step', 'grey')} and {many(statements, 'statement')} lose all support"
    more = [f"; {_drawn(weaker, 'edge', 'heavy')} weaken{'s' if weaker == 1 else ''}"] if weaker else []
    more += [f"; {many(asked, 'criterion', 'criteria')} of edges {'loses its' if asked == 1 else 'lose their'} passages"] if asked else []
    more += [f"; {many(others, 'contraindication, set, time or dose', 'contraindications, sets, times or doses')} too"] if others else []
    beside = [f" Heavy too: what cites {_and(loss.broken)}."] if citing else []
    key = tag("span", " Pale: loses nothing.", cls="ew-quiet ew-more")
    return tag("p", tag("strong", f"Without {_and([one for one in loss.taken if one.reference])}: "), told, *more, ".", *beside, key)


def _fallen(loss: Loss, kind: str) -> int:
    return sum(change.what == kind for change in loss.impact.fallen)


def _drawn(number: int, noun: str, how: str) -> str:
    return many(number, noun) + (f" ({how})" if number else "")


def _and(entries: Sequence[ListedEntry]) -> str:
    names = [one.name for one in entries]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def in_words(guideline: Guideline, loss: Loss) -> list[Html]:
    """The whole of it: counts, then each statement, edge and step by what happens to it.

    >>> from edgewise.explorer.cards.listed_entries import entries
    >>> from edgewise.graph.library import load
    >>> guideline = load("sacroiliac-sclerosis").guideline
    >>> in_words(guideline, lose(guideline, entries(guideline), ["reference-1"]))[0]
    '<h2>Without [1]</h2>'
    """
    found = loss.impact
    nowhere = [_citing(guideline, one) for one in loss.broken]
    if not found.references:
        told = f"No entry of the list stands behind {loss.name}: nothing rests on it that could fall."
        return [tag("h2", f"{loss.name} carries nothing"), tag("p", told, cls="ew-lede"), *nowhere]
    return [
        tag("h2", f"Without {loss.name}"),
        _counts(loss),
        _criteria(guideline, found),  # first: an edge that stands hides them
        _listed(guideline, "Loses all support", found.fallen),
        _listed(guideline, "Left with one or tertiary source", found.weakened),
        *nowhere,
        _held(guideline, found.thinned),
    ]


def _citing(guideline: Guideline, entry: ListedEntry) -> Html:
    """What cites a marker without entry."""
    named = {
        "Edges": [tag("span", ends(guideline, id)) for id in entry.edges],
        "Steps": [tag("span", guideline.steps[id].name) for id in entry.steps],
        "Statements": [_said(guideline, id) for id in entry.statements],
    }
    groups = [_group(title, [tag("li", one) for one in lines], SHOWN) for title, lines in named.items() if lines]
    return section(f"Cites {entry.name}, which is no entry", *groups)


def _counts(loss: Loss) -> Html:
    columns = (
        ("lose all support", loss.impact.fallen),
        ("keep one or tertiary source", loss.impact.weakened),
        ("hold with less", loss.impact.thinned),
    )
    head = tag("thead", tag("tr", tag("td"), *(tag("th", name, scope="col") for name, _ in columns)))
    rows = (
        tag("tr", tag("th", title, scope="row"), *(_number(sum(one.what == kind for one in listed), column) for column, listed in columns))
        for title, kind in (*KINDS, *(one for one in CONSTRUCTS if loss.changed(one[1])))
    )
    return tag("table", tag("caption", "How many of each", cls="ew-unseen"), head, tag("tbody", *rows), cls="ew-counts")


def _criteria(guideline: Guideline, found: Impact) -> Html:
    """Criteria one by one: an edge may stand on what is left to it, while most of what it asks for has lost every passage."""
    edges = [edge for edge in found.criteria if found.unfounded(edge)]
    return section("Criteria that lose their passages", *(_unfounded(guideline, found, edge) for edge in edges)) if edges else Html("")


def _unfounded(guideline: Guideline, found: Impact, edge: str) -> Html:
    gone, asked = found.unfounded(edge), criteria(guideline, edge)
    head = tag("h4", ends(guideline, edge), f": {len(gone)} of {len(asked)} criteria")
    return join([head, tag("ul", *(tag("li", tag("span", change.label)) for change in gone), cls="ew-falls")])


def _number(number: int, column: str) -> Html:
    tone = {"lose all support": "ew-lost", "keep one or tertiary source": "ew-weaker"}.get(column, "") if number else "ew-none"
    return tag("td", str(number), cls=tone)


def _listed(guideline: Guideline, heading: str, changes: Sequence[SupportChange]) -> Html:
    """Grouped by kind: where an edge falls, that is what a reader looks for first."""
    groups = [(title, [_line(guideline, one) for one in changes if one.what == kind]) for title, kind in (*KINDS, *CONSTRUCTS)]
    return section(heading, *(_group(title, lines, SHOWN) for title, lines in groups if lines))


def _group(title: str, lines: Sequence[Html], most: int) -> Html:
    first, rest = (lines, ()) if len(lines) <= most + 1 else (lines[:most], lines[most:])
    more = [folded(f"{len(rest)} more {title.lower()}", tag("ul", *rest, cls="ew-falls"))] if rest else []
    return join([tag("h4", f"{title} ({len(lines)})"), tag("ul", *first, cls="ew-falls"), *more])


def _held(guideline: Guideline, changes: Sequence[SupportChange]) -> Html:
    """What changes no further is folded away."""
    groups = [(title, [_line(guideline, one) for one in changes if one.what == kind]) for title, kind in (*KINDS, *CONSTRUCTS)]
    told = [_group(title, lines, len(lines)) for title, lines in groups if lines]
    return folded(f"{len(changes)} lose an entry and hold as they did", *told) if told else Html("")


def _line(guideline: Guideline, change: SupportChange) -> Html:
    return tag("li", _named(guideline, change), tag("span", *_before_after(change), cls="ew-change"), cls=f"ew-{change.what}")


def _named(guideline: Guideline, change: SupportChange) -> Html:
    if change.what == "statement":
        return _said(guideline, change.id)
    named = {"edge": lambda: ends(guideline, change.id), "step": lambda: guideline.steps[change.id].name}
    return tag("span", named[change.what]() if change.what in named else change.label)


def _said(guideline: Guideline, id: str) -> Html:
    statement = guideline.statements[id]
    return tag("span", tag("span", str(statement.place), cls="ew-place"), " ", statement.text)


def _before_after(change: SupportChange) -> Iterable[Html]:
    yield cards.state_chip(change.before)
    if change.after != change.before:
        yield join([symbol("→"), tag("span", " becomes ", cls="ew-unseen"), cards.state_chip(change.after)])
    if len(change.studies_before) != len(change.studies_after):
        yield chip(f"independent works: {len(change.studies_before)} → {len(change.studies_after)}")


def works_in_words(studies: Studies, names: Mapping[str, str]) -> Html:
    """Which entries count as independent works, and why the others do not; `names` are those of the entries, by id.

    >>> works_in_words(Studies(("a",), 1, (("b", "tertiary summary"),)), {"a": "[1]", "b": "[2]"})
    '<p>1 independent work: [1] (1 known to be a primary study). Not counted: [2], tertiary summary.</p>'
    """
    kind = "a primary study" if studies.primary == 1 else "primary studies"
    primary = f" ({studies.primary} known to be {kind})" if studies.primary else ""
    counted = f": {', '.join(names[id] for id in studies.counted)}{primary}" if studies.counted else ""
    out = "; ".join(f"{names[id]}, {reason}" for id, reason in studies.left_out)
    return tag("p", f"{many(len(studies), 'independent work')}{counted}.", f" Not counted: {out}." if out else "")
