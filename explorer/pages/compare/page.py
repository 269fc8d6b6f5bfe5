"""The Compare page: does care differ, for which patients, and in what else; two guidelines, or two versions of one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import streamlit as st

from edgewise.explorer.cards import markup
from edgewise.explorer.cards.markup import Html, chip, symbol, tag
from edgewise.explorer.cards.numbers import many
from edgewise.explorer.cards.wording import review_in_words
from edgewise.explorer.drawing.lettering import clean
from edgewise.explorer.pages.compare import address, choosing, drawing, groups, matches, rest, versions
from edgewise.explorer.pages.compare.address import Asked
from edgewise.explorer.pages.compare.compared import compared
from edgewise.explorer.pages.compare.places import Presses
from edgewise.explorer.pages.compare.versions import Version
from edgewise.explorer.shell import frame, guidelines
from edgewise.explorer.shell.location import Location
from edgewise.explorer.shell.mirror import mirror, moved
from edgewise.explorer.shell.row_clicks import row_clicks
from edgewise.graph.comparing.comparison import Comparison
from edgewise.ontology.errors import EdgewiseError

_ONE, _BESIDE = "One drawing", "Side by side"


def page() -> None:
    """Draw the page for the two that the address names."""
    view = frame.here()
    asked = _read()
    with st.container(key="ew-compare", gap="small"):
        title = tag("p", "Which patients go elsewhere or are told to choose otherwise, and what else differs.", cls="ew-quiet")
        st.html(markup.page(tag("h1", "Compare"), title, key="compare"))
        choosing.choose(view.opened.name, asked, _read, _say, _swap)
        try:
            both = versions.pair(view.opened.name, asked)
        except EdgewiseError as error:
            st.error("These two cannot be compared.", icon=":material/error:")
            st.html(markup.page(tag("ul", *(tag("li", line) for line in str(error).splitlines()[:20]), cls="ew-list")))
            return
        if both:
            _compare(both, asked)
        else:
            st.html(markup.page(tag("p", _nothing_chosen(view.opened.name)), key="nothing-chosen"))


def _nothing_chosen(name: str) -> str:
    told = "Choose a guideline above to compare this one with."
    if guidelines.count() < 2:
        told = "There is no other guideline here: open one on the Library page, or start the explorer with several."
    return f"{told} Or name an earlier version of its file." if versions.has_history(name) else told


def _read() -> Asked:
    return address.read(st.query_params)


def _say(asked: Asked) -> None:
    """Write what is asked into the address; the patient in hand stays."""
    frame.go(replace(frame.here().location, own=address.own(asked)))


def _swap() -> None:
    """The second first: with their matches, and without the patient, who is of the first."""
    asked = _read()
    turned = tuple((b, a) for a, b in asked.matches)
    if asked.other:
        own = address.own(replace(asked, other=frame.here().opened.name, matches=turned))
        frame.go(Location(guidelines.called(asked.other), page="compare", own=own))
    else:
        _say(replace(asked, turned=not asked.turned, matches=turned))


# What was found -----------------------------------------------------------------------------------------------------------


def _compare(both: tuple[Version, Version], asked: Asked) -> None:
    presses = Presses()
    row_clicks(presses.acts, presses.press)  # it listens before the last of the page has come
    st.html(markup.page(tag("div", *(_about(letter, one) for letter, one in zip("AB", both, strict=True)), cls="ew-two"), key="both"))
    with st.spinner("Comparing …"):
        found, problems = compared(*both, asked.matches)
    frame.complain(problems)
    st.html(markup.page(_verdict(found), rest.uncompared(found), key="verdict"))
    _groups(found, both, asked, presses)
    changes = [*rest.rest(found, both, presses), rest.notes(found)]
    st.html(markup.page(*changes, key="rest"))
    _drawing(found, both, asked, presses)
    st.html(markup.page(tag("h2", "What was matched"), *matches.Matches(found, asked, presses, _say).shown(), key="matches"))
    matches.by_hand(found, asked, _say)


def _about(letter: str, one: Version) -> Html:
    """What one of the two is, whose, of what date, how far reviewed, what for."""
    made = one.guideline
    remarks = [chip(review_in_words(made.review_status)), " ", chip(f"for {made.purpose}", "weak")]
    if one.revision:
        remarks += [" ", chip(f"as of {one.revision}", "own")]
    told = f"{clean(made.publisher)}, updated {made.updated}. {one.loaded.file}"
    head = tag("p", groups.side_word(letter), tag("strong", clean(made.title)))
    return tag("div", head, tag("p", told, cls="ew-quiet"), tag("p", *remarks), cls=f"ew-card ew-version ew-of-{letter.lower()}")


def _verdict(found: Comparison) -> Html:
    tone, sign = ("broken", "≠") if found.care_differs else ("supported", "=") if found.same_care else ("weak", "?")
    return tag("h2", symbol(sign), " ", found.headline, cls=f"ew-verdict ew-t-{tone}")


def _groups(found: Comparison, both: tuple[Version, Version], asked: Asked, presses: Presses) -> None:
    """Those who go elsewhere, then those who are told otherwise what to choose; as many as are to be read at once."""
    total = len(found.groups) + len(found.preferences)
    cards = groups.Cards(both, presses, total if asked.all_groups else groups.FEW)
    for title, each in found.patients:
        head = tag("h2", title, tag("span", f" {many(len(each), 'group')}", cls="ew-quiet"))
        st.html(markup.page(head, *cards.shown(each), key=f"groups-{title}"))
    if cards.left:
        st.button(f"Show all {total} groups", key="compare-all", on_click=_say, args=(replace(asked, all_groups=True),))


def _drawing(found: Comparison, both: tuple[Version, Version], asked: Asked, presses: Presses) -> None:
    st.html(markup.page(tag("h2", "Both pathways"), key="pathways"))
    mirror("compare-drawing", _BESIDE if asked.beside else _ONE)
    st.segmented_control(
        "Drawing", [_ONE, _BESIDE], key="compare-drawing", on_change=_draw_otherwise, label_visibility="collapsed", required=True
    )
    shown: Iterable[str] = (drawing.drawing(found, beside=asked.beside), *drawing.listed(found, both, presses))
    st.html(markup.page(*shown, key="drawn"))


def _draw_otherwise() -> None:
    if moved("compare-drawing"):
        _say(replace(_read(), beside=st.session_state["compare-drawing"] == _BESIDE))
