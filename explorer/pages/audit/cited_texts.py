"""Texts of cited works in the session of the editor who asked for them: abstracts on a button that says what it sends, and files.

They are kept in memory, by the work that they are of, and are gone with the session. Nothing is looked up by itself.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import cast

import streamlit as st

from edgewise.citations.ledger.fingerprints import CitationLink
from edgewise.citations.ledger.remembered import MOST_TEXTS
from edgewise.citations.lookup.abstracts import AbstractAnswer, find_abstract, sent_for
from edgewise.citations.lookup.client import Client
from edgewise.citations.lookup.settings import LookupSettings
from edgewise.citations.passages.texts import CitedText, of_abstract, of_article
from edgewise.citations.reading.article import read_article_text
from edgewise.citations.reading.file_formats import format_of
from edgewise.explorer.cards.markup import page, tag
from edgewise.explorer.cards.wording import plain
from edgewise.explorer.environment import NCBI_KEY
from edgewise.explorer.pages.audit.registry_form import registry_form
from edgewise.explorer.shell.uploads import LARGEST, upload
from edgewise.explorer.shell.user_files import NoHome, answers_folder
from edgewise.graph.model import Reference
from edgewise.ontology.errors import SourceError

PREFIX = "cited:"
"""What the keys of texts in the session begin with."""
_SAID = "cited-said:{}:{}"
Texts = dict[str, CitedText]


def work_of(link: CitationLink) -> str:
    """What texts are kept under: the entry that is cited, or the citation itself where its marker leads nowhere."""
    return link.reference.id if link.reference else link.citation.id


def held(name: str, link: CitationLink) -> Texts:
    """The texts of a cited work that this session has, by their source, the latest last."""
    return cast(Texts, st.session_state.get(f"{PREFIX}{name}:{work_of(link)}", {}))


def keep(name: str, link: CitationLink, text: CitedText) -> None:
    """Keep a text, as long as this session lasts; of too many, the oldest goes."""
    others = {source: one for source, one in held(name, link).items() if source != text.source}
    st.session_state[f"{PREFIX}{name}:{work_of(link)}"] = dict(list({**others, text.source: text}.items())[-MOST_TEXTS:])


def forget(name: str, link: CitationLink, source: str) -> None:
    """Let a text go."""
    st.session_state[f"{PREFIX}{name}:{work_of(link)}"] = {one: text for one, text in held(name, link).items() if one != source}


def said(name: str, link: CitationLink) -> tuple[str, ...]:
    """Why the last thing that was asked for is not there."""
    return tuple(st.session_state.get(_SAID.format(name, work_of(link)), ()))


def _say(name: str, link: CitationLink, told: tuple[str, ...]) -> None:
    st.session_state[_SAID.format(name, work_of(link))] = told


# ---- the abstract ------------------------------------------------------------------------------------------------------


def ask_abstract(name: str, link: CitationLink) -> None:
    """Say what would be sent and to whom, and look the abstract up when the editor says so."""
    entry = link.reference
    if entry is None:
        st.html(page(tag("p", "The marker leads to no entry, so there is no work whose abstract could be asked for.", cls="ew-quiet")))
        return
    told = "Asks PubMed, and where it has none Crossref, for the abstract of this one work, by its identifier or its title"
    asked = registry_form(f"{told}; Crossref also what updates it.", sent_for(entry), "abstract")
    if asked:
        with st.spinner("Looking up …"):
            _look_up(name, link, entry, asked.mailto, offline=asked.offline)
        st.rerun()


def _look_up(name: str, link: CitationLink, entry: Reference, mailto: str, *, offline: bool) -> None:
    try:
        answer = _asked(entry, mailto, offline=offline)
    except NoHome as error:  # no folder of one's own
        _say(name, link, (f"{error}.",))
    except SourceError as error:  # no mail address
        _say(name, link, tuple(f"{one.message}; {one.repair}." for one in error.findings))
    else:
        if answer.abstract:
            keep(name, link, of_abstract(answer.abstract))
        _say(name, link, () if answer.abstract else tuple(f"{why}." for why in answer.why))


def _asked(entry: Reference, mailto: str, *, offline: bool) -> AbstractAnswer:
    settings = LookupSettings(mailto=mailto, api_key=os.environ.get(NCBI_KEY, ""), offline=offline, cache=answers_folder())
    with Client(settings) as client:
        return find_abstract(entry, client)


# ---- a file ------------------------------------------------------------------------------------------------------------


def ask_file(name: str, link: CitationLink) -> None:
    """Let the editor load the text of the cited work."""
    upload("The text of the cited work", "cited", lambda data, shown: take(name, link, data, shown))


def take(name: str, link: CitationLink, data: bytes, shown: str) -> None:
    """Read a text that was loaded, and keep it.

    Raises:
        SourceError: it cannot be read.
    """
    article = read_article_text(data, shown, format_of(shown), limit=LARGEST * 1024 * 1024)
    keep(name, link, of_article(article, data, datetime.now(UTC).date().isoformat()))
    _say(name, link, ())


def show_said(name: str, link: CitationLink) -> None:
    """Tell why there is nothing to read, if something was asked for."""
    if told := said(name, link):
        st.warning(plain(" ".join(told)), icon=":material/info:")
