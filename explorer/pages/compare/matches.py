"""What was taken for the same in both guidelines, what is in one alone, what is doubtful; and the means to correct it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from edgewise.explorer.cards.markup import Html, chip, folded, join, tag
from edgewise.explorer.cards.numbers import many
from edgewise.explorer.cards.wording import plain
from edgewise.explorer.pages.compare.address import Asked, Pair
from edgewise.explorer.pages.compare.places import MOST, WORDS, Presses, ids, more, thing
from edgewise.graph.comparing.comparison import Comparison
from edgewise.graph.comparing.matching import KINDS, Doubt, Kind, Match
from edgewise.graph.model import Guideline

_HOW = {"id": "by id", "name": "by name", "content": "by what it says", "given": "as you said"}
_ALONE = "\0alone"  # nothing is called so
Say = Callable[[Asked], None]
"""Writes what is asked into the address."""


class Matches:
    """The matches of a comparison as they stand on the page, each with what corrects it."""

    def __init__(self, found: Comparison, asked: Asked, presses: Presses, say: Say) -> None:
        self.found, self.asked, self.presses, self.say = found, asked, presses, say

    def shown(self) -> Iterator[Html]:
        """What somebody said, what is doubtful, then tables: first of those that somebody should look at."""
        held = self.found.matching.matches
        both = [one for one in held if one.a and one.b]
        other = [one for one in both if one.how == "given" or one.a != one.b]
        if self.asked.matches:
            yield self._given()
        yield from self._doubts()
        if other:
            yield self._table(f"Under two ids: {_counted(other)}", other, caption=True)
        for letter, alone in (("A", [one for one in held if not one.b]), ("B", [one for one in held if not one.a])):
            yield from self._folded(f"In {letter} alone", alone)
        yield from self._folded("Under one id in both", [one for one in both if one not in other])

    def _folded(self, title: str, held: Sequence[Match]) -> Iterator[Html]:
        if held:
            yield folded(f"{title}: {_counted(held)}", self._table(title, held))

    def _table(self, title: str, held: Sequence[Match], *, caption: bool = False) -> Html:
        head = tag("thead", tag("tr", *(tag("th", word, scope="col") for word in ("What", "A", "B", "How"))))
        table = tag("table", *([tag("caption", title)] if caption else []), head, tag("tbody", *map(self._row, held[:MOST])))
        return tag("div", table, *more(held), cls="ew-scroll ew-matched", tabindex="0", role="region", aria_label=title)

    def _row(self, one: Match) -> Html:
        cells = [_HOW.get(one.how, "in one alone")]
        if one.a and one.b and one.how != "given":
            cells += [" ", self._press("not the same", parted(self.asked, one.a, one.b), f"apart {one.kind} {one.a}")]
        names = (self._name(one.kind, id, side) for id, side in ((one.a, self.found.a), (one.b, self.found.b)))
        return tag("tr", tag("td", WORDS[one.kind][0]), *names, tag("td", join(cells)))

    def _name(self, kind: Kind, id: str, guideline: Guideline) -> Html:
        return tag("td", thing(guideline, kind, id) if id else tag("span", "—", cls="ew-quiet"))

    def _press(self, label: str, then: Asked, key: str) -> Html:
        return self.presses.button(label, partial(self.say, then), key)

    def _doubts(self) -> Iterator[Html]:
        doubts = [self._doubt(one) for one in self.found.matching.doubts]
        if doubts:
            yield tag("div", tag("h3", "Doubtful: are these the same?"), *doubts, cls="ew-worded")

    def _doubt(self, one: Doubt) -> Html:
        ways = (self._candidate(one, candidate) for candidate in one.candidates)
        name = thing(self.found.a, one.kind, one.a)
        return tag("div", tag("p", f"{WORDS[one.kind][0].capitalize()} of A: {name}"), tag("ul", *ways, cls="ew-list"))

    def _candidate(self, one: Doubt, candidate: str) -> Html:
        press = self._press("yes, the same", joined(self.asked, one.a, candidate), f"join {one.kind} {one.a} {candidate}")
        return tag("li", f"B: {thing(self.found.b, one.kind, candidate)} ", press)

    def _given(self) -> Html:
        rows = (tag("li", self._said(pair), " ", chip("as you said", "own"), " ", self._back(pair)) for pair in self.asked.matches)
        return tag("div", tag("h3", "What you said"), tag("ul", *rows, cls="ew-list"), cls="ew-worded")

    def _back(self, pair: Pair) -> Html:
        rest = tuple(one for one in self.asked.matches if one != pair)
        return self._press("take back", replace(self.asked, matches=rest), f"back {pair[0]}~{pair[1]}")

    def _said(self, pair: Pair) -> str:
        a, b = (_known(guideline, id) for guideline, id in zip((self.found.a, self.found.b), pair, strict=True))
        return f"{a} of A is {b} of B" if all(pair) else f"{a or b} is in {'A' if a else 'B'} alone"


def _counted(held: Sequence[Match]) -> str:
    found = ((kind, sum(one.kind == kind for one in held)) for kind in KINDS)
    return ", ".join(many(count, *WORDS[kind]) for kind, count in found if count)


def _known(guideline: Guideline, id: str) -> str:
    """What an id that somebody gave is called; itself where it is of nothing."""
    kind = next((kind for kind in KINDS if id in ids(guideline, kind)), None)
    return f"“{thing(guideline, kind, id) if kind else id}”" if id else ""


def parted(asked: Asked, a: str, b: str) -> Asked:
    """What is asked with two things said to be in their guidelines alone.

    >>> parted(Asked("g", matches=(("x", "y"),)), "x", "y").matches
    (('x', ''), ('', 'y'))
    """
    return replace(asked, matches=(*_without(asked, a, b), (a, ""), ("", b)))


def joined(asked: Asked, a: str, b: str) -> Asked:
    """What is asked with one more correction; what was said of the two before no longer holds.

    >>> joined(Asked("g", matches=(("x", ""), ("y", "z"))), "x", "z").matches
    (('x', 'z'),)
    """
    return replace(asked, matches=(*_without(asked, a, b), (a, b)))


def _without(asked: Asked, a: str, b: str) -> tuple[Pair, ...]:
    return tuple(pair for pair in asked.matches if not ((a and pair[0] == a) or (b and pair[1] == b)))


# By hand ------------------------------------------------------------------------------------------------------------------


def by_hand(found: Comparison, asked: Asked, say: Say) -> None:
    """Say oneself what is the same."""
    kinds = [kind for kind in KINDS if ids(found.a, kind) or ids(found.b, kind)]
    with st.expander("Match two by hand"):
        kind: Kind = st.selectbox("What", kinds, key="compare-kind", format_func=lambda one: WORDS[one][0])
        a = st.selectbox("In A", [*ids(found.a, kind), _ALONE], key=f"compare-a:{kind}", format_func=partial(_option, found.a, kind, "B"))
        b = st.selectbox("In B", [*ids(found.b, kind), _ALONE], key=f"compare-b:{kind}", format_func=partial(_option, found.b, kind, "A"))
        pair = ("" if a == _ALONE else a or "", "" if b == _ALONE else b or "")
        st.button("These are the same", key="compare-join", on_click=_join, args=(asked, pair, say), disabled=not any(pair))


def _join(asked: Asked, pair: Pair, say: Say) -> None:
    say(joined(asked, *pair))


def _option(guideline: Guideline, kind: Kind, other: str, id: str) -> str:
    return f"nothing: it is in {other} alone" if id == _ALONE else plain(thing(guideline, kind, id))
