"""What else is otherwise, by what it touches: care, the pathway, evidence, words alone; and what could not be compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from edgewise.explorer.cards.markup import Html, folded, symbol, tag
from edgewise.explorer.cards.numbers import many
from edgewise.explorer.cards.wording import cut_words
from edgewise.explorer.drawing.lettering import clean
from edgewise.explorer.pages.compare.groups import side_word
from edgewise.explorer.pages.compare.places import MOST, Presses, more, whereabouts
from edgewise.explorer.pages.compare.versions import Version
from edgewise.graph.comparing.changes import NONE, TITLES, Change, ChangeKind, Weight
from edgewise.graph.comparing.comparison import Comparison

_WEIGHTS: tuple[tuple[Weight, str, str], ...] = (
    ("care", "Care, besides the way", "What is done otherwise on a way that is the same."),
    ("pathway", "The pathway", "Whether this changes anybody's care, the groups of patients say."),
    ("evidence", "What is cited, signed and taught", "No change of care by itself."),
    ("wording", "Words, order and ids alone", "No change of care."),
)
_OPEN = 8
"""As many changes of a kind stand open; more are folded."""
_SAID = 240


def rest(found: Comparison, sides: tuple[Version, Version], presses: Presses) -> Iterator[Html]:
    """All changes by weight and kind."""
    for weight, title, told in _WEIGHTS:
        if held := found.of_weight(weight):
            count = tag("span", f" {many(len(held), 'difference')}", cls="ew-quiet")
            kinds = [_kind(kind, [one for one in held if one.kind == kind], sides, presses) for kind in _kinds(held)]
            body = [tag("p", told, cls="ew-quiet"), *kinds]
            yield _folded(title, len(held), body) if weight == "wording" else tag("section", tag("h2", title, count), *body)


def _folded(title: str, count: int, body: Sequence[Html]) -> Html:
    return tag("section", tag("h2", title), folded(many(count, "difference"), *body))


def _kinds(held: Sequence[Change]) -> tuple[ChangeKind, ...]:
    return tuple(dict.fromkeys(one.kind for one in held))


def _kind(kind: ChangeKind, held: Sequence[Change], sides: tuple[Version, Version], presses: Presses) -> Html:
    rows = tag("div", *(_change(one, sides, presses) for one in held[:MOST]), *more(held), cls="ew-changes")
    title = TITLES[kind]
    if len(held) > _OPEN:
        return folded(f"{title} ({len(held)})", rows)
    return tag("div", tag("h3", title), rows, cls="ew-worded ew-kind")


def _change(one: Change, sides: tuple[Version, Version], presses: Presses) -> Html:
    a, b = sides
    cells = (_cell("A", one, one.before, one.a, a, presses), _cell("B", one, one.after, one.b, b, presses))
    return tag("div", tag("p", clean(one.where), cls="ew-where"), tag("div", *cells, cls="ew-two"), cls="ew-change")


def _cell(letter: str, one: Change, words: str, id: str, version: Version, presses: Presses) -> Html:
    """What stands in one of the two, and the way to its evidence."""
    if not words:
        return tag("p", side_word(letter), tag("span", NONE, cls="ew-quiet", aria_hidden="true"), tag("span", "nothing", cls="ew-unseen"))
    where = whereabouts(version, one.kind, id)
    said = cut_words(clean(words), _SAID)
    return tag("p", side_word(letter), said, *([" ", presses.lead(version, where, f"see in {letter}")] if where else []))


def uncompared(found: Comparison) -> Html:
    """What could not be compared, in sight; nothing where everything could."""
    if not found.unchecked:
        return Html("")
    lines = (tag("li", clean(line.removeprefix("not compared: "))) for line in found.unchecked)
    title = tag("strong", symbol("▲"), " Not compared")
    return tag("div", title, tag("ul", *lines), cls="ew-state ew-t-weak", role="note")


def notes(found: Comparison) -> Html:
    """What else is to be said of the comparison."""
    lines = [tag("li", clean(line)) for line in found.notes]
    return tag("ul", *lines, cls="ew-list ew-quiet") if lines else Html("")
