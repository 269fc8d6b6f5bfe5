"""Manuscripts that the reader has dropped or pasted: held in this session alone, written nowhere, gone with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import cast

import streamlit as st

from edgewise.citations.audit.manuscripts.given import Given, read_given
from edgewise.citations.audit.manuscripts.judging import Judged
from edgewise.explorer.pages.audit import looking_up
from edgewise.explorer.shell.uploads import LARGEST, given_name

MOST = 100
"""Files that one session holds."""
_HELD, _JUDGED = "manuscripts", "manuscripts-judged"


def held() -> Mapping[str, Given]:
    """What this session holds, by name, in the order in which it came."""
    return cast("Mapping[str, Given]", st.session_state.get(_HELD, {}))


def take_in(files: Sequence[tuple[str, bytes]]) -> tuple[str, ...]:
    """Read some files and hold them; one that was held under the same name goes for the new one. What was left out, as it is told.

    Args:
        files: names and contents, as they came together.
    """
    known, taken, left = dict(held()), set[str](), 0
    for given, data in files:
        name = _free(given_name(given), taken)
        if name not in known and len(known) >= MOST:
            left += 1
            continue
        taken.add(name)
        known[name] = read_given(data, name, LARGEST * 1024 * 1024)
        _let_go(name)
    st.session_state[_HELD] = known
    return (f"{left} more were left out: {MOST} files are held at once, and `edgewise audit` takes a whole folder.",) if left else ()


def _free(name: str, taken: set[str]) -> str:
    """A name that no other file of the same drop has: files of several folders are often called alike."""
    path, number = PurePath(name), 1
    while name in taken:
        number += 1
        name = f"{path.stem} ({number}){path.suffix}"
    return name


def forget(name: str = "") -> None:
    """Hold a file no longer; with no name none."""
    for one in (name,) if name else tuple(held()):
        _let_go(one)
    st.session_state[_HELD] = {one: given for one, given in held().items() if name and one != name}


def _let_go(name: str) -> None:
    """What was found in the file of that name, and out about its entries: in another one the same numbers mean other works."""
    _judgements().pop(name, None)
    looking_up.forget(key_of_lookups(name))


def judged(name: str) -> Judged:
    """What the rules find in a held file, judged once, and again once its references were looked up."""
    found = looking_up.found(key_of_lookups(name))
    by, known = _judgements().get(name, (None, None))
    if known is None or by is not found:
        known = held()[name].judged(found)
        _judgements()[name] = (found, known)
    return known


def all_judged() -> tuple[Judged, ...]:
    """Every held file judged, in the order in which they came."""
    return tuple(judged(name) for name in held())


def key_of_lookups(name: str) -> str:
    """Under what look-ups of a manuscript's references are kept; no guideline is called so."""
    return f"manuscript/{name}"


def _judgements() -> dict[str, tuple[looking_up.Found | None, Judged]]:
    return cast("dict[str, tuple[looking_up.Found | None, Judged]]", st.session_state.setdefault(_JUDGED, {}))
