"""The article's text: an editor's for a session, read in memory, never written, gone with it (or with its tab, where that is remembered);
else the one beside the guideline.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import streamlit as st

from edgewise.citations.reading.article import Article, Sentence, article_beside, read_article, read_article_text
from edgewise.citations.reading.file_formats import format_of
from edgewise.explorer.cards.markup import page, tag
from edgewise.explorer.shell import uploads
from edgewise.explorer.shell.guidelines import file_of
from edgewise.explorer.shell.uploads import LARGEST
from edgewise.graph.model import Guideline
from edgewise.graph.pathway import Pathway

PREFIX = "article:"
"""What the keys of articles in the session begin with."""
_HELD = PREFIX + "{}"


def loaded(name: str) -> Article | None:
    """The article that this session has loaded for the guideline of that name in addresses, else the one that lies beside it.

    Raises:
        SourceError: the one beside it cannot be read.
    """
    return given(name) or _beside(name)


def hold(name: str, article: Article) -> None:
    """Keep an article for the guideline of that name, as long as this session lasts."""
    st.session_state[_HELD.format(name)] = article


def given(name: str) -> Article | None:
    """The article that this session has loaded for the guideline of that name."""
    found = st.session_state.get(_HELD.format(name))
    return found if isinstance(found, Article) else None


def _beside(name: str) -> Article | None:
    own = file_of(name)
    file = article_beside(own) if own else None
    if file is None:
        return None
    state = file.stat()
    return _read_beside(str(file), (state.st_mtime_ns, state.st_size))


# The very same each time, not a copy: what was worked out with it is found again by it.
@st.cache_resource(show_spinner=False, max_entries=16)
def _read_beside(file: str, version: tuple[int, int]) -> Article:  # noqa: ARG001  # the version is part of the cache's key
    return replace(read_article(file, limit=LARGEST * 1024 * 1024), name=Path(file).name)


def sentence_of(article: Article, fingerprint: str) -> Sentence | None:
    """The sentence a statement was made from, or None where the article has none like it."""
    return next((one for one in article.sentences if one.fingerprint == fingerprint), None)


def ask(name: str, guideline: Guideline) -> None:
    """Let the editor load the article, or forget it again."""
    article = loaded(name)
    if article is None:
        upload(name)
        return
    passages = Pathway.of(guideline).passages.values()
    known = {sentence.fingerprint for sentence in article.sentences}
    found = sum(one.fingerprint in known for one in passages)
    own = given(name) is not None
    where = "It is kept for this tab alone." if own else "It lies beside the guideline."
    told = f"{found} of {len(passages)} passages of the guideline stand in it. {where}"
    st.html(page(tag("p", tag("strong", article.name)), tag("p", told, cls="ew-quiet")))
    if not own:
        return
    st.button("Forget the article", key="article-forget", icon=":material/delete:", on_click=forget, args=(name,))


def upload(name: str) -> None:
    """Let the editor give the article's file."""
    uploads.upload("The article's text", "article", lambda data, shown: _take(name, data, shown))


def _take(name: str, data: bytes, shown: str) -> None:
    hold(name, read_article_text(data, shown, format_of(shown), limit=LARGEST * 1024 * 1024))


def forget(name: str) -> None:
    """Let the article of that guideline go."""
    st.session_state.pop(_HELD.format(name), None)
    st.session_state.pop("audit:report", None)
    st.session_state.pop("audit:key", None)
