"""The Audit page: findings with their place in the graph, sign-off of citations, manuscripts; progress and reports to take away."""

from __future__ import annotations

import streamlit as st

from edgewise.citations.audit.reports import csv_text, html_page, json_payload, sarif, text_lines
from edgewise.citations.ledger import json_lines
from edgewise.citations.ledger.signoffs import progress
from edgewise.explorer.cards import markup
from edgewise.explorer.cards.markup import tag
from edgewise.explorer.cards.wording import plain
from edgewise.explorer.pages.audit import cited_texts, finding_panel, looking_up, manuscript_view, signing
from edgewise.explorer.pages.audit.address import Wanted, show_said, turn_to, wanted
from edgewise.explorer.pages.audit.audited import Audit, all_entries, audit_of
from edgewise.explorer.pages.audit.downloads import Forms, download, downloads
from edgewise.explorer.pages.audit.editors import NAME
from edgewise.explorer.pages.audit.finding_list import finding_list
from edgewise.explorer.shell import frame, session_article, tab_memory
from edgewise.explorer.shell.mirror import mirror, moved
from edgewise.ontology.errors import EdgewiseError

VIEWS = {"findings": "Findings", "sign": "Sign-off", "manuscript": "Manuscript"}


def page() -> None:
    """Draw the page for the guideline and the parameters in the address."""
    try:
        view = frame.here()
        audit = audit_of(view.opened)
    except EdgewiseError as error:
        frame.refuse(error)
        return
    asked, problems = wanted(view.location.own, audit)
    frame.complain(problems)
    left, right = st.columns([2, 3] if asked.view == "sign" else [10, 9], gap=None)
    with left, st.container(key="ew-audit", gap="small"):
        _top(audit, asked)
        _list(audit, asked)
    with right, st.container(key="ew-audit-detail", gap="small"):
        show_said()
        _detail(audit, asked)
    tab_memory.remember((session_article.PREFIX, cited_texts.PREFIX, NAME))


# ---- what stands above both lists --------------------------------------------------------------------------------------


def _top(audit: Audit, asked: Wanted) -> None:
    with st.container(key="ew-audit-top", horizontal=True, vertical_alignment="center", gap="small"):
        mirror("audit-view", asked.view)
        st.segmented_control(
            "View",
            list(VIEWS),
            required=True,
            format_func=VIEWS.__getitem__,
            key="audit-view",
            label_visibility="collapsed",
            on_change=_turn,
        )
        if asked.view == "manuscript":
            manuscript_view.tools(asked)
            return
        with st.popover("Article" if audit.article is None else "Article ✓", key="audit-article", width="content"):
            session_article.ask(audit.name, audit.guideline)
        with st.popover("Look up" if looking_up.found(audit.name) is None else "Look up ✓", key="audit-look-up", width="content"):
            looking_up.ask(audit.name, audit.guideline)
        with st.popover("Download", key="audit-downloads", width="content"):
            _downloads(audit)
    _progress(audit)


def _turn() -> None:
    if moved("audit-view"):
        view, before = st.session_state["audit-view"], frame.here().location.own.get("view", "")
        narrowed = dict.fromkeys(("severity", "rule", "finding", "file"), "") if "manuscript" in (view, before) else {}
        turn_to(view="" if view == "findings" else view, **narrowed)


def _progress(audit: Audit) -> None:
    if audit.kept.problem:
        st.error(plain(f"The ledger of sign-offs cannot be read. {audit.kept.problem}"), icon=":material/error:")
        return
    counts, total = progress(audit.standings), len(audit.links)
    if not total:
        none = "No citation to sign off: no statement of this guideline has any under 'citations'."
        st.html(markup.page(tag("p", none, cls="ew-quiet"), key="audit-none"))
        return
    told = [f"{counts['signed']} of {total} citations signed off"]
    told += [f"{counts['stale']} stale"] if counts["stale"] else []
    told += [f"{counts['unsigned'] + counts['withdrawn']} to do"] if counts["unsigned"] + counts["withdrawn"] else []
    st.progress(counts["signed"] / total if total else 1.0, text=" · ".join(told))


# ---- downloads ---------------------------------------------------------------------------------------------------------


def _downloads(audit: Audit) -> None:
    report, guideline = audit.report, audit.guideline
    forms = Forms(
        lambda: text_lines(report),
        lambda: csv_text(report),
        lambda: html_page(report, guideline),
        lambda: json_payload(report),
        lambda release: sarif(report, release),
    )
    downloads(forms, guideline.id)
    if audit.kept.entries:
        download("Sign-offs, the whole ledger (JSON Lines)", "edgewise-ledger.jsonl", "application/x-ndjson", _ledger)
    else:
        st.html(markup.page(tag("p", "No sign-off to download yet.", cls="ew-quiet")))


def _ledger() -> str:
    return "".join(json_lines.lines(all_entries()))


# ---- the lists ---------------------------------------------------------------------------------------------------------


def _list(audit: Audit, asked: Wanted) -> None:
    if asked.view == "manuscript":
        manuscript_view.listed(asked)
    elif asked.view == "sign":
        signing.queue(audit, asked)
    else:
        finding_list(audit.report.findings, audit.report.waived, asked)


# ---- the panel ---------------------------------------------------------------------------------------------------------


def _detail(audit: Audit, asked: Wanted) -> None:
    found, waived = audit.finding(asked.finding), audit.waived(asked.finding)
    if asked.view == "manuscript":
        manuscript_view.panel(asked)
    elif asked.view == "sign":
        signing.panel(audit, asked)
    elif found:
        finding_panel.finding(audit, found)
    elif waived:
        finding_panel.waived(audit, waived)
    else:
        finding_panel.overview(audit)
