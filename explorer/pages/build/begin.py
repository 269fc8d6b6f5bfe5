"""Ways to begin a draft, and the drafts to go on with."""

from __future__ import annotations

import streamlit as st

from edgewise.citations.reading.article import FORMATS as ARTICLES
from edgewise.citations.reading.article import read_article_text
from edgewise.citations.reading.file_formats import format_of
from edgewise.explorer.cards import markup
from edgewise.explorer.cards.markup import tag
from edgewise.explorer.cards.numbers import many
from edgewise.explorer.cards.wording import plain
from edgewise.explorer.pages.build import browser_copy, desk
from edgewise.explorer.shell import drafted, guidelines, new_drafts
from edgewise.explorer.shell.this_machine import for_this_machine_alone
from edgewise.explorer.shell.uploads import LARGEST, given_name
from edgewise.graph.importing.formats import import_text
from edgewise.graph.importing.writing import as_yaml
from edgewise.ontology.errors import EdgewiseError

EMPTY = "id: untitled\ndraft: true\npurpose: education\nlanguage: en\n"
"""The empty sheet."""
_SHORTEST = 40
"""Characters of a text that is pasted: of fewer nobody makes a guideline."""
_MOST = 20


def begin() -> None:
    """Draw the ways to begin."""
    told = "From an article, an algorithm in another format, a copy or an empty sheet to a guideline that can be walked and audited."
    st.html(markup.page(tag("h1", "Build a guideline"), tag("p", told, cls="ew-quiet"), key="build"))
    first, second = st.columns(2, gap="medium")
    with first, st.container(border=True, key="ew-build-article", gap="small"):
        _from_article()
    with second:
        with st.container(border=True, key="ew-build-import", gap="small"):
            _from_file()
        with st.container(border=True, key="ew-build-copy", gap="small"):
            _from_copy()
        with st.container(border=True, key="ew-build-empty-sheet", gap="small"):
            _from_nothing()
    browser_copy.offer()
    _go_on()


def _head(title: str, told: str) -> None:
    st.html(markup.page(tag("h2", title), tag("p", told, cls="ew-quiet"), key=f"build-{title}"))


def _from_article() -> None:
    _head("From an article", "Its sentences stand beside what you build, for this session alone; the server never writes them down.")
    file = st.file_uploader(
        "The article as a file",
        type=[one.removeprefix(".") for one in ARTICLES],
        key="build-article-file",
        max_upload_size=LARGEST,
    )
    if file is not None:
        _read_article(file.getvalue(), given_name(file.name))
    with st.form("build-paste", border=False):
        text = st.text_area("Or its text, pasted", key="build-article-text", height=160)
        if st.form_submit_button("Begin with this text", icon=":material/article:"):
            if len(text.strip()) < _SHORTEST:
                st.error("Paste the article's text first.")
            else:
                _read_article(text.encode("utf-8", "replace"), "pasted.txt")


def _read_article(data: bytes, name: str) -> None:
    try:
        article = read_article_text(data, name, format_of(name), limit=LARGEST * 1024 * 1024)
        made = new_drafts.of_article(article, name)
    except EdgewiseError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    st.query_params.from_dict({"page": "build", "g": made})
    st.rerun()


def _from_file() -> None:
    _head(
        "From an algorithm in another format",
        "DMN tables, BPMN, FHIR PlanDefinition, CAMINO pathways, Mermaid flowcharts; or a guideline.yaml.",
    )
    file = st.file_uploader("The algorithm as a file", key="build-import-file", max_upload_size=LARGEST)
    if file is None:
        return
    name = given_name(file.name)
    try:
        if name.lower().endswith((".yaml", ".yml")):
            made = desk.begin(file.getvalue().decode("utf-8"), name, f"Begun with {name}")
        else:
            imported = import_text(file.getvalue(), name)
            made = desk.begin(as_yaml(imported, name), str(imported.sheet.get("title") or name), f"Imported from {name}")
            if made and imported.unread:
                desk.tell(f"{many(len(imported.unread), 'part')} of {name} could not be read; notes in the guideline name them.")
    except UnicodeDecodeError:
        st.error("This is no text in UTF-8.", icon=":material/error:")
        return
    except EdgewiseError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    if made:
        st.rerun()


def _from_copy() -> None:
    _head("A guideline that there is", "To work on it, or to make another one of it.")
    names = guidelines.names()
    titles = guidelines.titles(names)
    chosen = st.selectbox("Guideline", names, format_func=lambda name: titles.get(name, name), key="build-copied")
    with st.container(horizontal=True, gap="small"):
        if for_this_machine_alone():
            st.button("Work on it", key="build-work-on", disabled=not chosen, on_click=_open_file, args=(chosen,))
        st.button("Begin with a copy", key="build-copy", disabled=not chosen, on_click=_copy, args=(chosen,))


def _open_file(name: str) -> None:
    desk.begin_by(lambda: new_drafts.of_file(name))


def _copy(name: str) -> None:
    desk.begin_by(lambda: new_drafts.copy_of(name))


def _from_nothing() -> None:
    _head("An empty sheet", "Steps first, then what leads from one to the other; what is missing is listed beside them.")
    st.button("An empty sheet", key="build-empty", icon=":material/note_add:", on_click=_empty)


def _empty() -> None:
    desk.begin(EMPTY, "", "Begun with an empty sheet")


def _go_on() -> None:
    """Drafts of this machine; where several people share a server, nobody is shown those of others."""
    found = drafted.drafts().list() if for_this_machine_alone() else ()
    if not found:
        return
    _head("Go on with a draft", f"{many(len(found), 'draft')} on this machine.")
    for one in found[:_MOST]:
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"ew-build-draft-{one.id}"):
            title = one.title or "Untitled"
            st.button(plain(f"{title}, {one.changed:%d %B %Y, %H:%M}"), key=f"build-open:{one.id}", on_click=_open, args=(one.id,))
            with st.popover("Throw away", icon=":material/delete:"):
                st.write("It cannot be brought back.")
                st.button("Throw this draft away", key=f"build-remove:{one.id}", on_click=_remove, args=(one.id,))


def _open(id: str) -> None:
    st.query_params.from_dict({"page": "build", "g": drafted.name_of(id)})


def _remove(id: str) -> None:
    try:
        drafted.drafts().remove(id)
        browser_copy.forget(id)
    except EdgewiseError as error:
        desk.tell(str(error))
