"""Parts of a page that run in the browser: a script, and what it stands on, beside the module that mounts them."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import streamlit as st


@cache
def when_drawn() -> str:
    """A script to go before a part's own, with which that waits until the page has been drawn to its end.

    >>> "whenDrawn" in when_drawn()
    True
    """
    return resources.files("edgewise.explorer.shell").joinpath("when_drawn.js").read_text(encoding="utf-8")


@cache
def part(room: str, name: str, *, html: str | None = None, before: str = "") -> Any:
    """Mounts ``name.js`` of a room, with its ``name.css`` and ``name.html`` where there are any; registered once in a process.

    Args:
        room: the package that holds the files, below `edgewise.explorer`.
        name: of the files.
        html: what it stands on, in the place of a file.
        before: a script that goes before its own.

    >>> callable(part("shell", "row_clicks"))
    True
    """
    files = resources.files(f"edgewise.explorer.{room}")
    texts = {
        end: found.read_text(encoding="utf-8") if (found := files.joinpath(f"{name}.{end}")).is_file() else None
        for end in ("html", "css", "js")
    }
    return st.components.v2.component(
        f"edgewise_{room}_{name}".replace(".", "_"), html=html or texts["html"], css=texts["css"], js=f"{before}{texts['js']}"
    )
