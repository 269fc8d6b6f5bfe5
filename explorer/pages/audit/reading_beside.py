"""Reading before signing: the text of the cited work beside the statement, on request, without a verdict."""

from __future__ import annotations

from typing import cast

import streamlit as st

from edgewise.citations.ledger.fingerprints import CitationLink
from edgewise.citations.ledger.remembered import TextRead
from edgewise.citations.passages.comparison import Comparison, compare
from edgewise.citations.passages.texts import CitedText, record
from edgewise.explorer.cards import cited_text as cards
from edgewise.explorer.cards import markup
from edgewise.explorer.cards.markup import tag
from edgewise.explorer.cards.wording import plain
from edgewise.explorer.pages.audit import cited_texts

_SHOWN, _COMPARED, _MOST = "cited-shown:{}:{}", "cited-compared", 8


def draw(name: str, link: CitationLink) -> tuple[TextRead, ...]:
    """Offer texts of the cited work, and show the one that was chosen beside the statement.

    Returns:
        What a sign-off may keep of the texts that were shown for this citation.
    """
    texts = cited_texts.held(name, link)
    with st.container(key="ew-read", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(markup.page(tag("h3", "Read before you sign")), width="content")
        with st.popover("Abstract", key="read-abstract", width="content"):
            cited_texts.ask_abstract(name, link)
        with st.popover("Load its text", key="read-file", width="content"):
            cited_texts.ask_file(name, link)
    cited_texts.show_said(name, link)
    return _beside(name, link, texts) if texts else ()


def _beside(name: str, link: CitationLink, texts: cited_texts.Texts) -> tuple[TextRead, ...]:
    id = link.citation.id
    text = texts[_chosen(id, texts)]
    st.html(markup.page(cards.cards(_compared(link, text)), key="read"))
    st.button(
        f"Forget {plain(text.name)}",
        key="read-forget",
        type="tertiary",
        icon=":material/delete:",
        on_click=cited_texts.forget,
        args=(name, link, text.source),
    )
    shown = cast("set[str]", st.session_state.setdefault(_SHOWN.format(name, id), set()))
    shown.add(text.digest)
    return tuple(record(one, _compared(link, one).nearest) for one in texts.values() if one.digest in shown)


def _chosen(id: str, texts: cited_texts.Texts) -> str:
    """The source of the text that is shown: of several the one that the editor picked, else the latest."""
    *_, latest = texts
    if len(texts) < 2:
        return latest
    picked = st.segmented_control(
        "Which text",
        list(texts),
        default=latest,
        required=True,
        format_func=lambda source: plain(texts[source].name),
        key=f"read-which:{id}:{len(texts)}",
        label_visibility="collapsed",
    )
    return picked or latest


def _compared(link: CitationLink, text: CitedText) -> Comparison:
    """The comparison, made once for a statement and a text: a book takes a second."""
    key = (link.statement.text, text.source, text.digest)
    made = cast("dict[tuple[str, str, str], Comparison]", st.session_state.setdefault(_COMPARED, {}))
    if key not in made:
        for old in list(made)[: max(0, len(made) - _MOST + 1)]:
            del made[old]
        with st.spinner("Reading …"):
            made[key] = compare(link.statement.text, text)
    return made[key]
