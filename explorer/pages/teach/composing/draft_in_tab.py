"""The draft is kept in the browser's tab as well, in the form of a link: whoever reloads the page finds it again."""

from __future__ import annotations

import json
from contextlib import suppress

import streamlit as st

from edgewise.explorer.pages.teach.case_link import decode, encode
from edgewise.explorer.pages.teach.composing.draft import Draft, case_of, draft_of
from edgewise.explorer.pages.teach.composing.session_drafts import desk, edit
from edgewise.explorer.shell.frame import Here
from edgewise.explorer.shell.parts import part, when_drawn
from edgewise.graph.model import Guideline
from edgewise.ontology.errors import EdgewiseError

_KEY = "set-keep"


def keep(view: Here) -> None:
    """Have the browser keep what lies on the desk; where nothing was edited yet, take up what it kept before."""
    name, guideline = view.opened.name, view.guideline

    def hear() -> None:
        take_up(name, guideline, getattr(st.session_state.get(_KEY), "kept", None))

    link = view.location.own.get("set", "")
    talk = {"name": name, "link": link, "draft": written(desk(name).draft, guideline), "untouched": untouched(name)}
    part("pages.teach.composing", "keeping", before=when_drawn())(key=_KEY, data={"talk": json.dumps(talk)}, on_kept_change=hear)


def written(draft: Draft, guideline: Guideline) -> str | None:
    """A draft as a link, however unfinished; empty where it is blank, None where it is too long for one.

    >>> from edgewise.graph.library import load
    >>> guideline = load("sacroiliac-sclerosis").guideline
    >>> written(Draft(), guideline), decode(written(Draft("A case"), guideline) or "", guideline).title
    ('', 'A case')
    """
    case = case_of(draft, guideline)
    if case == case_of(Draft(), guideline):
        return ""
    with suppress(EdgewiseError):
        return encode(case, guideline)
    return None


def untouched(name: str) -> bool:
    """Whether nothing was edited by hand in this session: at the most, the case of an address was taken up."""
    return all(before == Draft() for before in desk(name).before) and (not desk(name).before or bool(desk(name).link))


def take_up(name: str, guideline: Guideline, kept: object) -> None:
    """Lay on the desk what the browser kept, if it still can be read; Undo has back what lay there."""
    if not isinstance(kept, str) or not untouched(name):
        return
    with suppress(EdgewiseError):
        case = decode(kept, guideline, any_edition=True)
        edit(name, lambda _: draft_of(case))
