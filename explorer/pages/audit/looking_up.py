"""Looking references up at Crossref and PubMed, on a button that says what it sends: nothing on any page does so by itself.

What was found stays in the session of the editor who asked; the answers are kept on disk as those of `edgewise resolve` are.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import cast

import streamlit as st

from edgewise.citations.lookup.client import Client
from edgewise.citations.lookup.kept_answers import kept_answers
from edgewise.citations.lookup.resolve import preview, resolve_all
from edgewise.citations.lookup.settings import LookupSettings
from edgewise.citations.lookup.works import Resolution
from edgewise.explorer.cards.looked_up import resolve_report
from edgewise.explorer.cards.markup import page, tag
from edgewise.explorer.environment import NCBI_KEY
from edgewise.explorer.pages.audit.registry_form import registry_form
from edgewise.explorer.shell.user_files import NoHome, answers_folder
from edgewise.graph.model import Guideline
from edgewise.ontology.errors import SourceError

_HELD, _SAID = "lookups:{}", "lookups-said:{}"
Found = Mapping[str, Resolution]


def found(name: str) -> Found | None:
    """What this session has found out about the references of the guideline of that name in addresses; None if it did not ask."""
    return cast("Found | None", st.session_state.get(_HELD.format(name)))


def forget(name: str) -> None:
    """Let go what was found out, where something else is called so from now on."""
    for key in (_HELD, _SAID):
        st.session_state.pop(key.format(name), None)


def ask(name: str, guideline: Guideline) -> None:
    """Say what would be sent and to whom, and look up when the editor says so."""
    references = guideline.references.values()
    sent = [f"{one.position}: {address}" for one in references for address in preview(one)]
    what = "an identifier, or title, journal, year and authors; then Crossref, which works update what it found"
    told = f"Asks Crossref and PubMed about {len(guideline.references)} references: {what}."
    asked = registry_form(told, sent, "lookups")
    if asked:
        with st.spinner("Looking up …"):
            _look_up(name, guideline, asked.mailto, offline=asked.offline)
        st.rerun()
    if said := st.session_state.get(_SAID.format(name)):
        st.html(page(tag("ul", *(tag("li", line) for line in said), cls="ew-list")))


def _look_up(name: str, guideline: Guideline, mailto: str, *, offline: bool) -> None:
    try:
        known = kept_answers(guideline, answers_folder()) if offline else _asked(guideline, mailto)
    except NoHome as error:  # no folder of one's own
        _say(name, [str(error)])
    except SourceError as error:  # no mail address
        _say(name, [f"{one.message}; {one.repair}" for one in error.findings])
    else:
        _say(name, list(_summary(guideline, known)))
        learnt = {id: one for id, one in known.items() if one.is_known}
        if learnt:
            st.session_state[_HELD.format(name)] = {**(found(name) or {}), **learnt}


def _asked(guideline: Guideline, mailto: str) -> Found:
    with Client(LookupSettings(mailto=mailto, api_key=os.environ.get(NCBI_KEY, ""), cache=answers_folder())) as client:
        return {one.reference: one for one in resolve_all(guideline.references.values(), client)}


def _say(name: str, told: list[str]) -> None:
    st.session_state[_SAID.format(name)] = told


def _summary(guideline: Guideline, answers: Found) -> Iterator[str]:
    if not answers:
        yield "Nothing was looked up so far."
        return
    report = resolve_report(guideline, tuple(answers.values()))
    yield report[-1]
    yield from (line.strip() for line in report[:-1] if line.strip())
