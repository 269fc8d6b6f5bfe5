"""A file that an editor loads into a session: read in memory, then let go by the widget, with a sentence where it cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

import streamlit as st

from edgewise.citations.reading.article import FORMATS
from edgewise.explorer.cards.markup import page, tag
from edgewise.explorer.cards.wording import plain
from edgewise.explorer.drawing.lettering import clean
from edgewise.ontology.errors import SourceError

LARGEST = 10
"""Megabytes of a file that is read."""
IN_MEMORY = "It is read in memory, for this tab alone and some hours at the most, and never written to disk."
"""What readers are told of a text that they load."""
_LONGEST_NAME = 120


def given_name(name: str) -> str:
    r"""A file's name as it is shown: without folders, of whatever system; of a long one the end, which tells what it is.

    >>> given_name("C:\\texts\\mine.docx"), given_name("../../etc/mine.bib"), given_name("a" * 200 + ".pdf")[-5:]
    ('mine.docx', 'mine.bib', 'a.pdf')
    """
    return clean(PurePath(name.replace("\\", "/")).name)[-_LONGEST_NAME:] or "unnamed"


def upload(label: str, room: str, take: Callable[[bytes, str], None]) -> None:
    """Let the editor load an article's file.

    Args:
        label: of the widget.
        room: what its keys in the session begin with.
        take: is given the file's bytes and its name; raises SourceError, which is told.
    """
    st.html(page(tag("p", IN_MEMORY, cls="ew-quiet")))
    st.file_uploader(
        label,
        type=[suffix.removeprefix(".") for suffix in FORMATS],
        key=_key(room),
        max_upload_size=LARGEST,
        on_change=_read,
        args=(room, take),
    )
    if problem := st.session_state.get(f"{room}-problem"):
        st.error(plain(problem), icon=":material/error:")


def _key(room: str) -> str:
    return f"{room}-file-{st.session_state.get(f'{room}-round', 0)}"


def _read(room: str, take: Callable[[bytes, str], None]) -> None:
    """Read what was just given. The widget then starts afresh, so that the file itself is let go."""
    file = st.session_state.get(_key(room))
    if file is None:
        return
    st.session_state.pop(f"{room}-problem", None)
    shown = given_name(file.name)
    try:
        take(file.getvalue(), shown)
    except SourceError as error:
        told = (f"{one.message}{f'; {one.repair}' if one.repair else ''}" for one in error.findings[:5])
        st.session_state[f"{room}-problem"] = f"{shown} cannot be read: " + " ".join(f"{one}." for one in told)
    st.session_state[f"{room}-round"] = st.session_state.get(f"{room}-round", 0) + 1
