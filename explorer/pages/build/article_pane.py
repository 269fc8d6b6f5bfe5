"""The article beside what is built: its sentences with their markers, what is used of it and what not yet; a press begins a statement.

While an edge is worked on, a press makes a sentence's statement speak for that edge, and another press takes it away again.

The text is this session's alone. What a statement keeps is the place and the fingerprint of its sentence, never its words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import streamlit as st

from edgewise.citations.reading.model import Article, Sentence
from edgewise.explorer.cards import markup
from edgewise.explorer.cards.markup import Html, tag
from edgewise.explorer.cards.numbers import many
from edgewise.explorer.pages.build import desk
from edgewise.explorer.pages.build.desk import Desk
from edgewise.explorer.pages.build.forms.edges import justified, justify
from edgewise.explorer.pages.build.forms.fields import show_fault
from edgewise.explorer.pages.build.statement_form import SPEAKS, edge_spoken_for, statement_form
from edgewise.explorer.shell import session_article
from edgewise.explorer.shell.row_clicks import row_clicks
from edgewise.graph.drafting.entries import Entry

_SHOWN = {"to-use": "With markers, not used yet", "used": "Used", "all": "All sentences"}
_FEW = 10
"""So many sentences stand in full; more can be scrolled through."""
_MOST = 600
"""Sentences that are shown at once; of more, a search finds the rest."""


def article_pane(found: Desk) -> None:
    """Draw the column: the article, or where to load it; and the form of the sentence that was pressed."""
    article = session_article.given(found.name)
    with st.container(key="ew-build-text", gap="small"):
        if article is None:
            _ask(found)
            statement_form(found, None, None)
            return
        used = used_by(found)
        sentence = _pressed(article)
        statement_form(found, article, sentence)
        _list(found, article, used)


def used_by(found: Desk) -> Mapping[str, Entry]:
    """Fingerprint → the statement that was made from that sentence."""
    return {str(one.data.get("fingerprint")): one for one in found.section("statements") if one.data.get("fingerprint")}


def _ask(found: Desk) -> None:
    made = len(used_by(found))
    told = "What the guideline is made of: a click on one of its sentences makes a statement with its place and its citations."
    if made:
        told = f"{many(made, 'statement')} of this draft came from an article; load it again to see which sentences those are."
    st.html(markup.page(tag("h2", "The article"), tag("p", told, cls="ew-quiet"), key="build-ask"))
    session_article.upload(found.name)


def _pressed(article: Article) -> Sentence | None:
    wanted = st.query_params.get("new", "")
    return next((one for one in article.sentences if wanted == str(one.index)), None)


def _list(found: Desk, article: Article, used: Mapping[str, Entry]) -> None:
    left = [one for one in article.sentences if one.markers and one.fingerprint not in used]
    told = f"{many(len(used), 'statement')} made; {many(len(left), 'sentence')} with markers not used yet."
    st.html(markup.page(tag("h2", "The article"), tag("p", told, cls="ew-quiet"), key="build-article-head"))
    _speaking(found)
    shown = st.segmented_control(
        "Sentences", list(_SHOWN), default="all", format_func=_SHOWN.__getitem__, key="build-shown", label_visibility="collapsed"
    )
    asked = st.text_input("Search the article", key="build-find", placeholder="Search the article", label_visibility="collapsed")
    wanted = [one for one in article.sentences if _is_wanted(one, shown or "all", asked.casefold().split(), used)]
    with st.container(key="ew-build-sentences", height=520 if len(wanted) > _FEW else "content"):
        st.html(markup.page(*_rows(article, wanted[:_MOST], used, found), key="build-sentences"))
        if len(wanted) > _MOST:
            st.html(
                markup.page(tag("p", f"… and {len(wanted) - _MOST} more; search for them.", cls="ew-quiet"), key="build-more-sentences")
            )
    row_clicks([str(one.index) for one in wanted], _press)
    st.button("Forget the article", key="build-forget", type="tertiary", on_click=session_article.forget, args=(found.name,))


def _is_wanted(one: Sentence, shown: str, words: list[str], used: Mapping[str, Entry]) -> bool:
    if one.place.part == "heading" and shown != "all":
        return False
    fits = {"all": True, "used": one.fingerprint in used, "to-use": bool(one.markers) and one.fingerprint not in used}[shown]
    return fits and all(word in one.text.casefold() for word in words)


def _speaking(found: Desk) -> None:
    """Whether a press makes a sentence speak for the edge that is worked on."""
    worked_on = found.entries.get(found.at)
    if worked_on is not None and worked_on.section == "transitions":
        st.session_state.setdefault(SPEAKS, True)
        st.toggle("A sentence that is pressed speaks for the edge", key=SPEAKS)
        show_fault(SPEAKS)


def _rows(article: Article, wanted: Iterable[Sentence], used: Mapping[str, Entry], found: Desk) -> Iterable[Html]:
    headings = {one.index: section.title for section in article.sections for one in section.sentences[:1] if section.title}
    edge = edge_spoken_for(found)
    speaks = justified(edge) if edge else []
    for one in wanted:
        if one.index in headings and one.place.part != "heading":
            yield tag("h3", headings[one.index])
        yield _row(one, used.get(one.fingerprint), found.at, speaks)


def _row(one: Sentence, made: Entry | None, at: str, speaks: Collection[str]) -> Html:
    numbers = [str(number) for marker in one.markers for number in marker.numbers]
    marks = [tag("sup", ", ".join(numbers))] if numbers else []
    state = [tag("span", "used: ", cls="ew-unseen")] if made else []
    if made and made.id in speaks:
        state.append(tag("strong", "✓ speaks for the edge: "))
    cls = "ew-sentence" + (" ew-used" if made else " ew-cites" if numbers else "") + (" ew-here" if made and made.id == at else "")
    label = tag("button", *state, one.text, *marks, type="button", cls="ew-pick")
    return tag("h3" if one.place.part == "heading" else "p", label, cls=cls, data_ew_pick=str(one.index))


def _press(index: str) -> None:
    """A sentence that is used leads to its statement, or speaks for the edge that is worked on; of any other a statement begins."""
    seen = desk.desk()
    article = session_article.given(seen.name) if seen else None
    if seen is None or article is None:
        return
    sentence = next((one for one in article.sentences if str(one.index) == index), None)
    made = used_by(seen).get(sentence.fingerprint) if sentence else None
    if edge := edge_spoken_for(seen):
        if made:
            justify(seen, edge, made, SPEAKS)
        else:
            st.query_params["new"] = index
        return
    desk.turn(made.id if made else "")
    if made:
        st.query_params.pop("new", None)
    else:
        st.query_params["new"] = index
