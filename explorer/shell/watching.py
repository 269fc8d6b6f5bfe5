"""Beside an editor: the page looks at its files again and again, shows them as they now are, and tells what is wrong with them.

Only the small part that looks is run again each time; the page is drawn anew when a file has changed and rests.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import streamlit as st

from edgewise.explorer.cards.markup import Html, folded, page, tag
from edgewise.explorer.cards.numbers import many
from edgewise.explorer.shell.guidelines import begun, watched_state
from edgewise.explorer.shell.usable_states import State, Version, are_watched, version
from edgewise.ontology.findings import Finding

EVERY = 0.7
"""Seconds between two looks."""
_REST = 0.2  # seconds for which a file has to be left alone
_GONE = 4  # looks after which a file that is not there is gone, and not only being written under another name
_MISSED = "watch-missed"
_TO_DO = "to-do"
_MOST = 30

Seen = tuple[tuple[str, Version | None], ...]


def watch(name: str) -> None:
    """Look at the files from now on, if that was asked for; and tell the state of the guideline of this name."""
    if are_watched():
        st.fragment(_look, run_every=EVERY)(name, _seen())


def _seen() -> Seen:
    """The files, and the cases beside them."""
    paths = dict.fromkeys(str(file) for path in begun().values() for file in (Path(path), Path(path).with_name("cases.yaml")))
    return tuple((path, version(Path(path))) for path in paths)


def _look(name: str, seen: Seen) -> None:
    """Tell the state, or have the page drawn anew where it is no longer that of the files."""
    now = tuple((path, version(Path(path))) for path, _ in seen)
    if now != seen and _rests(now, seen):
        st.rerun()
    if (state := watched_state(name)) is not None:
        st.html(page(banner(state)))


def _rests(now: Seen, before: Seen) -> bool:
    """Whether nobody is writing: a file that an editor is just replacing is not there for a moment."""
    lacks = any(was and not found for (_, found), (_, was) in zip(now, before, strict=True))
    missed = st.session_state.get(_MISSED, 0) + 1 if lacks else 0
    st.session_state[_MISSED] = missed
    latest = max((found[0] for _, found in now if found), default=0) / 1e9
    return missed >= _GONE if missed else abs(time.time() - latest) > _REST


def banner(state: State) -> Html:
    """What is told of a file: where it cannot be used, every fault with its line; else what is doubtful or still to do."""
    if state.error is None and state.loaded is not None:
        findings = state.loaded.findings
        told = f"Watching {state.loaded.file}, saved at {state.saved:%H:%M:%S}: {summed(findings)}."
        held = folded(told, _list(findings)) if findings else tag("p", told)
        return tag("div", held, cls="ew-watch", role="status")
    faults = [str(one) for one in state.faults] or [str(state.error)]
    file = state.loaded.file if state.loaded else "The file"
    shown = f" Shown is how it was at {state.saved:%H:%M:%S}." if state.loaded else ""
    told = f"{file} cannot be used as it stands: {many(len(faults), 'fault')}.{shown}"
    items = _list(state.faults) if state.faults else tag("p", faults[0])
    return tag("div", tag("p", tag("strong", told)), items, cls="ew-watch ew-watch-faulty", role="alert")


def summed(findings: Sequence[Finding]) -> str:
    """Findings of a guideline that can be used, counted.

    >>> summed(()), summed([Finding(rule="to-do", message="m", severity="note"), Finding(rule="r", message="m", severity="warning")])
    ('nothing wrong', '1 warning, 1 thing to do')
    """
    kinds = Counter(_TO_DO if finding.rule == _TO_DO else finding.severity for finding in findings)
    counted = [many(kinds[kind], kind) for kind in ("error", "warning", "note") if kinds[kind]]
    to_do = [f"{many(kinds[_TO_DO], 'thing')} to do"] if kinds[_TO_DO] else []
    return ", ".join([*(counted or (() if to_do else ("nothing wrong",))), *to_do])


def _list(findings: Sequence[Finding]) -> Html:
    more = [tag("li", f"… and {len(findings) - _MOST} more")] if len(findings) > _MOST else []
    return tag("ul", *(tag("li", *_told(one)) for one in findings[:_MOST]), *more)


def _told(finding: Finding) -> Iterator[str]:
    if finding.line:
        yield tag("strong", f"line {finding.line}")
        yield ": "
    yield f"{finding.message}{f'; {finding.repair}' if finding.repair else ''}"
