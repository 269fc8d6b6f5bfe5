"""The Data page: the guideline as files, and the whole library asked in SPARQL, which only reads."""

from __future__ import annotations

import streamlit as st

from edgewise.explorer.cards import markup
from edgewise.explorer.cards.markup import tag
from edgewise.explorer.cards.wording import plain
from edgewise.explorer.pages.data import answer, downloads
from edgewise.explorer.pages.data.examples import EXAMPLES, asked
from edgewise.explorer.shell import frame
from edgewise.explorer.shell.guidelines import library, loaded
from edgewise.explorer.shell.mirror import mirror, moved
from edgewise.graph.stores.read_only import LONGEST
from edgewise.graph.stores.results import Limits, Result
from edgewise.ontology.errors import EdgewiseError

_LIMITS = Limits(seconds=10.0, rows=1_000, megabytes=1_024)
_TEXT, _EXAMPLE, _ANSWER = "data-question", "data-example", "data-answer"


def page() -> None:
    """Draw the page for the guideline and the example in the address."""
    try:
        view = frame.here()
        held = loaded(view.opened.name)
    except EdgewiseError as error:
        frame.refuse(error)
        return
    with st.container(key="ew-data", gap="small"):
        st.html(markup.page(tag("h1", "Data"), key="data"))
        downloads.offer(held)
        st.html(markup.page(tag("h2", "Ask in SPARQL"), tag("p", *_told(), cls="ew-quiet"), key="sparql"))
        _choose(view.guideline.iri)
        with st.form("data-form", border=False):
            st.text_area("Question", key=_TEXT, height=190, max_chars=LONGEST)
            sent = st.form_submit_button("Ask", type="primary")
        if sent:
            _ask(st.session_state[_TEXT])
        _show()


def _told() -> tuple[str, ...]:
    first = "Asked is the whole library, over the triples of all its guidelines; each is a graph of its own. A question only reads. "
    return first, f"At most {_LIMITS.seconds:g} seconds and {_LIMITS.rows:,} rows."


def _choose(iri: str) -> None:
    """A question to begin with."""
    titles = {example.id: example.title for example in EXAMPLES}
    chosen = st.query_params.get("ask", "")
    if _TEXT not in st.session_state:
        st.session_state[_TEXT] = asked(next((one for one in EXAMPLES if one.id == chosen), EXAMPLES[0]), iri)
    mirror(_EXAMPLE, chosen if chosen in titles else EXAMPLES[0].id)
    st.selectbox("Questions to begin with", list(titles), key=_EXAMPLE, format_func=titles.__getitem__, on_change=_take, args=(iri,))


def _take(iri: str) -> None:
    if moved(_EXAMPLE):
        example = next(one for one in EXAMPLES if one.id == st.session_state[_EXAMPLE])
        st.session_state[_TEXT] = asked(example, iri)
        st.session_state.pop(_ANSWER, None)
        st.query_params["ask"] = example.id


def _ask(text: str) -> None:
    try:
        with st.spinner("Asking …"):
            st.session_state[_ANSWER] = library().query(text, _LIMITS)
    except EdgewiseError as error:
        st.session_state[_ANSWER] = str(error)


def _show() -> None:
    found = st.session_state.get(_ANSWER)
    if isinstance(found, Result):
        answer.show(found)
    elif found:
        st.error(plain(found), icon=":material/error:")
