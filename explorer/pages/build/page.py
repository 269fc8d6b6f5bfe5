"""The Build page: where a draft is begun, or gone on with; and the desk: the article, the pathway, what is wrong or missing."""

from __future__ import annotations

import streamlit as st

from edgewise.explorer.cards import markup
from edgewise.explorer.cards.markup import tag
from edgewise.explorer.pages.build.article_pane import article_pane
from edgewise.explorer.pages.build.begin import begin
from edgewise.explorer.pages.build.browser_copy import keep
from edgewise.explorer.pages.build.desk import Desk, desk, show_told
from edgewise.explorer.pages.build.findings_pane import findings_pane
from edgewise.explorer.pages.build.pathway_pane import pathway_pane
from edgewise.explorer.pages.build.references_pane import references_pane
from edgewise.explorer.pages.build.review_pane import review_pane
from edgewise.explorer.pages.build.saving_menu import conflict
from edgewise.explorer.pages.build.toolbar import toolbar
from edgewise.explorer.pages.build.words_pane import words_pane
from edgewise.explorer.shell import frame
from edgewise.explorer.shell.drafted import SHARED, names_draft
from edgewise.ontology.errors import EdgewiseError


def page() -> None:
    """Draw the page for the draft in the address; without one, the ways to begin."""
    with st.container(key="ew-build", gap="small"):
        try:
            found = desk()
        except EdgewiseError as error:
            frame.complain([str(error)])
            return
        show_told()
        if found is None:
            if names_draft(st.query_params.get("g", "")):
                frame.complain(["There is no draft at this address: it was thrown away, is shared no more, or the link is cut short."])
            begin()
        else:
            _desk(found)


def _desk(found: Desk) -> None:
    title = str(found.entries[""].data.get("title") or "A guideline without a title yet") if found.entries else "A draft"
    if found.for_review:
        told = tag("p", tag("strong", SHARED), " It can be read and walked here, not changed. For education only.")
        st.html(markup.page(tag("h1", title), told, key="desk"))
        review_pane(found)
        return
    st.html(markup.page(tag("h1", title), tag("p", "Draft, kept at every change. For education only.", cls="ew-quiet"), key="desk"))
    toolbar(found)
    conflict(found)
    with st.container(key=f"ew-build-desk-{_worked_on(found)}"):
        left, middle, right = st.columns([3, 5, 3], gap="small")
    with left:
        article_pane(found)
        references_pane(found)
    with middle:
        pathway_pane(found)
    with right:
        for pane in (words_pane, findings_pane) if _worked_on(found) == "words" else (findings_pane, words_pane):
            pane(found)
    keep(found)


def _worked_on(found: Desk) -> str:
    """The column of what is worked on: where there is room for one column alone, it comes first."""
    section = found.entries[found.at].section if found.at else ""
    if section in ("glossary", "notes"):
        return "words"
    return "article" if section in ("statements", "references") or st.query_params.get("new") else "pathway"
