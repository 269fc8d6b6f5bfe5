"""A file of the reader's own, dropped in: checked on the spot, looked at without being saved, kept only on request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePath

import streamlit as st

from edgewise.explorer.cards.markup import page, tag
from edgewise.explorer.cards.numbers import many
from edgewise.explorer.cards.wording import plain
from edgewise.explorer.drawing.lettering import clean
from edgewise.explorer.shell import dropped, guidelines
from edgewise.explorer.shell.this_machine import for_this_machine_alone
from edgewise.graph.compiled.judged import judge
from edgewise.graph.loaded import Loaded
from edgewise.graph.reading.files import FORMATS, LIMIT
from edgewise.graph.reading.problems import shorten
from edgewise.ontology.errors import EdgewiseError
from edgewise.ontology.findings import Finding

_ROUND, _TOLD, _NAME = "dropped-round", "dropped-told", "dropped-name"
_MOST = 30
"""Findings of one file that are shown."""


def ask(choose: Callable[[str], None]) -> None:
    """Let the reader give a file; say what is wrong with it; open it, and keep it where that is asked for.

    Args:
        choose: is called with the name of a guideline that is to be opened.
    """
    with st.container(key="ew-drop", gap="small"):
        about = "It is checked at once and explored without being saved: this session alone holds it."
        st.html(page(tag("h2", "Open a file of your own"), tag("p", about, cls="ew-quiet"), key="drop"))
        st.file_uploader(
            "A guideline as YAML, Turtle or JSON-LD",
            type=sorted(suffix.removeprefix(".") for suffix in FORMATS),
            key=f"dropped-file-{st.session_state.get(_ROUND, 0)}",
            max_upload_size=max(LIMIT // (1024 * 1024), 1),
            on_change=_read,
        )
        _tell()
        for name, loaded in dropped.held().items():
            _offer(name, loaded, choose)


def _read() -> None:
    given = st.session_state.get(f"dropped-file-{st.session_state.get(_ROUND, 0)}")
    if given is None:
        return
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1  # an empty place for the next
    name = shorten(PurePath(given.name.replace("\\", "/")).name, 80)
    content, format = given.getvalue(), FORMATS.get(PurePath(name).suffix.lower(), "yaml")
    st.session_state[_NAME], st.session_state[_TOLD] = name, _judged(name, content, format)


def _judged(name: str, content: bytes, format: str) -> tuple[Finding, ...]:
    """Judge a file and hold it if it can be used; what was found in it."""
    judged = judge(content, format)
    found = tuple(replace(finding, file=name) for finding in judged.findings)
    if judged.guideline is not None:
        dropped.hold(Loaded(judged.guideline, name, found, content, format))
    return found


def _tell() -> None:
    """What was found in the file that came last."""
    found: tuple[Finding, ...] | None = st.session_state.get(_TOLD)
    if found is None:
        return
    name, errors = st.session_state[_NAME], sum(finding.severity == "error" for finding in found)
    if not found:
        st.success(plain(f"{name}: nothing is wrong with it."), icon=":material/check:")
        return
    told = f"{name} cannot be opened: {many(errors, 'error')}." if errors else f"{name} can be opened, with remarks:"
    (st.error if errors else st.warning)(plain(told))
    lines = [tag("li", str(finding)) for finding in found[:_MOST]]
    more = [tag("li", f"… and {len(found) - _MOST} more")] if len(found) > _MOST else []
    st.html(page(tag("ul", *lines, *more, cls="ew-list"), key="dropped-findings"))


def _offer(name: str, loaded: Loaded, choose: Callable[[str], None]) -> None:
    with st.container(key=f"ew-dropped-{name}", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(page(tag("strong", clean(loaded.guideline.title)), tag("span", f" {loaded.file}", cls="ew-quiet")), width="content")
        st.button("Open", key=f"dropped-open:{name}", type="primary", on_click=choose, args=(name,))
        if may_write():
            told = "Replace it in the library" if _there(loaded) else "Keep in the library"
            st.button(told, key=f"dropped-keep:{name}", on_click=_keep, args=(name,))
        st.button("Forget", key=f"dropped-forget:{name}", on_click=_forget, args=(name,))


def _keep(name: str) -> None:
    """Write it into the library, unless that would take the place of another."""
    loaded = dropped.held().get(name)
    if loaded is None:
        return
    try:
        guidelines.library().put(loaded)
    except EdgewiseError as error:
        st.session_state[_TOLD], st.session_state[_NAME] = getattr(error, "findings", ()), loaded.file
        return
    dropped.forget(name)
    st.session_state.pop(_TOLD, None)
    st.toast(plain(f"{loaded.guideline.title} is kept in the library."))


def _forget(name: str) -> None:
    dropped.forget(name)
    st.session_state.pop(_TOLD, None)


def _there(loaded: Loaded) -> bool:
    """Whether the library holds a guideline of that IRI already."""
    try:
        return bool(guidelines.library().entry(loaded.guideline.iri))
    except EdgewiseError:
        return False


def may_write() -> bool:
    """Whether readers may write into the library: only where the explorer listens to nobody but this machine."""
    return for_this_machine_alone()
