"""A guideline as a card: its pathway in small, its question, whose it is, how far it is reviewed, and what its audit finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from edgewise.citations.notices import Known
from edgewise.explorer.cards.markup import Html, chip, page, tag
from edgewise.explorer.cards.numbers import many
from edgewise.explorer.cards.wording import cut_words, plain, review_in_words
from edgewise.explorer.drawing.lettering import clean
from edgewise.explorer.drawing.miniature import as_image, miniature
from edgewise.explorer.drawing.palette import NOTICED, Scheme
from edgewise.explorer.drawing.picture import picture
from edgewise.explorer.pages.library.audit_summary import known_summary, summary, told
from edgewise.explorer.pages.library.retracted import find_out, known_before
from edgewise.graph.compiled.kept import kept, look_up
from edgewise.graph.loaded import Loaded
from edgewise.ontology.errors import EdgewiseError

_QUESTION = 180
"""Characters of a question that are shown."""


@dataclass(frozen=True, slots=True)
class Card:
    """What a card shows.

    Attributes:
        name: in addresses.
        title, question, publisher, updated, review_status: the guideline's own words.
        digest: of its content.
        counts: what there is in it, as ``12 steps``.
        remark: what else is to be said, as that it is held for this session alone.
    """

    name: str
    title: str
    question: str
    publisher: str
    updated: str
    review_status: str
    digest: str
    counts: tuple[str, ...] = ()
    remark: str = ""


def show(cards: Sequence[Card], loaded: Callable[[str], Loaded], choose: Callable[[str], None]) -> None:
    """Draw cards; what is not known of some yet is found out after all are drawn, one by one.

    Args:
        cards: in their order.
        loaded: gives a guideline by its name.
        choose: is called with the name of the one that is pressed.
    """
    scheme: Scheme = "dark" if st.context.theme.type == "dark" else "light"
    unknown: list[tuple[Card, DeltaGenerator]] = []
    with st.container(key="ew-shelf", horizontal=True, gap="small"):
        for number, card in enumerate(cards):
            with st.container(key=f"ew-book-{number}", gap=None):
                place = st.empty()
                known, fallen = _known(card, scheme), known_before(card.digest)
                place.html(page(_body(card, *(known or ("", None)), noticed=fallen), key=f"book-{number}"))
                st.button(plain(card.title), key=f"open:{card.name}", type="tertiary", on_click=choose, args=(card.name,))
                if known is None or fallen is None:
                    unknown.append((card, place))
    for number, (card, place) in enumerate(unknown):
        try:
            found = loaded(card.name)
            fallen = find_out(card.digest, found.guideline)
            if fallen.noticed or _known(card, scheme) is None:
                place.html(page(_body(card, *_found(found, scheme), noticed=fallen), key=f"found-{number}"))
        except EdgewiseError as error:
            place.html(page(_body(card, "", None, problem=str(error).splitlines()[0]), key=f"found-{number}"))


def _known(card: Card, scheme: Scheme) -> tuple[str, Mapping[str, int]] | None:
    drawn, counted = look_up(card.digest, f"miniature-{scheme}"), known_summary(card.digest)
    return None if drawn is None or counted is None else (drawn.decode(), counted)


def _found(loaded: Loaded, scheme: Scheme) -> tuple[str, Mapping[str, int]]:
    drawn = kept(loaded.digest, f"miniature-{scheme}", lambda: miniature(picture(loaded.guideline), scheme).encode())
    return drawn.decode(), summary(loaded)


def _body(card: Card, drawn: str, counted: Mapping[str, int] | None, *, problem: str = "", noticed: Known | None = None) -> Html:
    image = tag("img", src=as_image(drawn), role="presentation", cls="ew-small") if drawn else tag("div", cls="ew-small")
    audit = f"audit: {told(counted)}" if counted is not None else ""
    tone = "broken" if counted and counted["error"] else "chip"
    chips = (
        chip(review_in_words(card.review_status)),
        *([chip(audit, tone, title="Without the article, sign-offs and registries")] if audit else []),
        *(_noticed(noticed) if noticed else ()),
        *([chip(card.remark, "weak")] if card.remark else []),
    )
    parts = [
        image,
        tag("p", cut_words(clean(card.question), _QUESTION), cls="ew-asks"),
        tag("p", f"{clean(card.publisher)}, updated {card.updated}", cls="ew-quiet"),
        tag("p", " · ".join(card.counts), cls="ew-quiet"),
        tag("p", *(piece for one in chips for piece in (one, " ")), cls="ew-chips"),
    ]
    if problem:
        parts.append(tag("p", clean(problem), cls="ew-problem"))
    return tag("div", *parts, cls="ew-book")


def _noticed(known: Known) -> Iterable[Html]:
    """How many references fell, and how many are in doubt, each with what is known of them."""
    said = "As the entry, a registry or the kept list says"
    if fell := known.fallen:
        days = [since for id in fell if (since := known.noticed[id].since)]
        newest = f", the last {max(days)}" if days else ""
        yield chip(f"{many(len(fell), 'retracted reference')}{newest}", "broken", sign=NOTICED["fallen"]["sign"], title=said)
    if doubts := sum(one.standing == "concern" for one in known.noticed.values()):
        yield chip(f"{many(doubts, 'reference')} in doubt", "weak", sign=NOTICED["doubted"]["sign"], title=said)
