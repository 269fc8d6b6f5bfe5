"""The article's text, given by an editor for one session: read in memory, never written, gone with the session."""

from __future__ import annotations

from pathlib import PurePath

import streamlit as st

from edgewise.citations.reading.article import FORMATS, Article, Sentence, read_article_text
from edgewise.citations.reading.file_formats import format_of
from edgewise.explorer.cards.markup import page, tag
from edgewise.explorer.cards.wording import plain
from edgewise.explorer.drawing.lettering import clean
from edgewise.graph.model import Guideline
from edgewise.graph.pathway import Pathway
from edgewise.ontology.errors import SourceError

LARGEST = 10
"""Megabytes of a file that is read."""
_HELD, _ROUND, _PROBLEM = "article:{}", "article-round", "article-problem"


def loaded(name: str) -> Article | None:
    """The article that this session has loaded for the guideline of that name in addresses."""
    found = st.session_state.get(_HELD.format(name))
    return found if isinstance(found, Article) else None


def sentence_of(article: Article, fingerprint: str) -> Sentence | None:
    """The sentence a statement was made from, or None where the article has none like it."""
    return next((one for one in article.sentences if one.fingerprint == fingerprint), None)


def ask(name: str, guideline: Guideline) -> None:
    """Let the editor load the article, or forget it again."""
    article = loaded(name)
    if article is None:
        _upload(name)
        return
    passages = Pathway.of(guideline).passages.values()
    known = {sentence.fingerprint for sentence in article.sentences}
    found = sum(one.fingerprint in known for one in passages)
    told = f"{found} of {len(passages)} passages of the guideline stand in it. It is kept in this session alone."
    st.html(page(tag("p", tag("strong", article.name)), tag("p", told, cls="ew-quiet")))
    st.button("Forget the article", key="article-forget", icon=":material/delete:", on_click=_forget, args=(name,))


def _upload(name: str) -> None:
    st.html(page(tag("p", "It is read in memory for this session, shown to you alone, and never written to disk.", cls="ew-quiet")))
    st.file_uploader(
        "The article's text",
        type=[suffix.removeprefix(".") for suffix in FORMATS],
        key=_key(),
        max_upload_size=LARGEST,
        on_change=_read,
        args=(name,),
    )
    if problem := st.session_state.get(_PROBLEM):
        st.error(plain(problem), icon=":material/error:")


def _key() -> str:
    return f"article-file-{st.session_state.get(_ROUND, 0)}"


def _read(name: str) -> None:
    """Read what was just given. The widget then starts afresh, so that the file itself is let go."""
    file = st.session_state.get(_key())
    if file is None:
        return
    st.session_state.pop(_PROBLEM, None)
    shown = clean(PurePath(file.name.replace("\\", "/")).name)[:120]
    try:
        st.session_state[_HELD.format(name)] = read_article_text(file.getvalue(), shown, format_of(shown), limit=LARGEST * 1024 * 1024)
    except SourceError as error:
        told = (f"{one.message}{f'; {one.repair}' if one.repair else ''}" for one in error.findings[:5])
        st.session_state[_PROBLEM] = f"{shown} cannot be read: " + " ".join(f"{one}." for one in told)
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1


def _forget(name: str) -> None:
    st.session_state.pop(_HELD.format(name), None)
    st.session_state.pop("audit:report", None)
    st.session_state.pop("audit:key", None)
