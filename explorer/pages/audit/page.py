"""The Audit page: findings with their place in the graph, sign-off of citations, progress and reports to take away."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version

import streamlit as st

from edgewise.citations.audit.reports import csv_text, html_page, json_payload, sarif
from edgewise.citations.audit.rules import RULES, find_rule
from edgewise.citations.ledger import json_lines
from edgewise.citations.ledger.signoffs import progress
from edgewise.explorer.cards import markup
from edgewise.explorer.cards.markup import tag
from edgewise.explorer.cards.wording import capital, plain
from edgewise.explorer.pages.audit import cited_texts, finding_panel, looking_up, signing
from edgewise.explorer.pages.audit.address import SEVERITIES, Wanted, show_said, turn_to, wanted
from edgewise.explorer.pages.audit.audited import Audit, all_entries, audit_of, key_of
from edgewise.explorer.pages.audit.editors import NAME
from edgewise.explorer.shell import frame, session_article, tab_memory
from edgewise.explorer.shell.mirror import mirror, moved
from edgewise.ontology.errors import EdgewiseError
from edgewise.ontology.findings import Finding

VIEWS = {"findings": "Findings", "sign": "Sign-off"}


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
    left, right = st.columns([10, 9] if asked.view == "findings" else [2, 3], gap=None)
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
        with st.popover("Article" if audit.article is None else "Article ✓", key="audit-article", width="content"):
            session_article.ask(audit.name, audit.guideline)
        with st.popover("Look up" if looking_up.found(audit.name) is None else "Look up ✓", key="audit-look-up", width="content"):
            looking_up.ask(audit.name, audit.guideline)
        with st.popover("Download", key="audit-downloads", width="content"):
            _downloads(audit)
    _progress(audit)


def _turn() -> None:
    if moved("audit-view"):
        turn_to(view="sign" if st.session_state["audit-view"] == "sign" else "")


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
    """Each file is made when it is asked for, not before."""
    report, guideline = audit.report, audit.guideline
    stem = re.sub(r"[^A-Za-z0-9-]+", "-", guideline.id).strip("-")[:60] or "guideline"
    _download("Findings as a page (HTML)", f"{stem}-audit.html", "text/html", lambda: html_page(report, guideline))
    _download("Findings as a table (CSV)", f"{stem}-audit.csv", "text/csv", lambda: csv_text(report))
    _download("Findings as JSON", f"{stem}-audit.json", "application/json", lambda: _dumped(json_payload(report)))
    _download("Findings as SARIF", f"{stem}-audit.sarif", "application/sarif+json", lambda: _dumped(sarif(report, _version())))
    if audit.kept.entries:
        _download("Sign-offs, the whole ledger (JSON Lines)", "edgewise-ledger.jsonl", "application/x-ndjson", _ledger)
    else:
        st.html(markup.page(tag("p", "No sign-off to download yet.", cls="ew-quiet")))


def _download(label: str, name: str, kind: str, make: Callable[[], str]) -> None:
    st.download_button(label, make, name, kind, key=f"take:{kind}", on_click="ignore", icon=":material/download:", type="tertiary")


def _ledger() -> str:
    return "".join(json_lines.lines(all_entries()))


def _dumped(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _version() -> str:
    try:
        return version("edgewise")
    except PackageNotFoundError:
        return ""


# ---- the lists ---------------------------------------------------------------------------------------------------------


def _list(audit: Audit, asked: Wanted) -> None:
    if asked.view == "sign":
        signing.queue(audit, asked)
        return
    _filters(audit, asked)
    shown = [one for one in audit.report.findings if _passes(one, asked)]
    for severity in SEVERITIES:
        _group(severity, [one for one in shown if one.severity == severity], asked)
    if not shown:
        none = "No finding fits these filters." if audit.report.findings else "No rule found anything."
        st.html(markup.page(tag("p", none, cls="ew-quiet")))


def _passes(finding: Finding, asked: Wanted) -> bool:
    return (not asked.severities or finding.severity in asked.severities) and asked.rule in ("", finding.rule)


def _filters(audit: Audit, asked: Wanted) -> None:
    counts = Counter(one.severity for one in audit.report.findings if asked.rule in ("", one.rule))
    rules = Counter(one.rule for one in audit.report.findings if not asked.severities or one.severity in asked.severities)
    with st.container(key="ew-audit-filters", horizontal=True, vertical_alignment="center", gap="small"):
        mirror("audit-severity", list(asked.severities))
        st.pills(
            "Severity",
            list(SEVERITIES),
            selection_mode="multi",
            format_func=lambda level: f"{SEVERITIES[level][0]} {counts[level]}",
            key="audit-severity",
            label_visibility="collapsed",
            on_change=_filter_severity,
        )
        mirror("audit-rule", asked.rule or None)
        st.selectbox(
            "Rule",
            [rule.id for rule in RULES if rule.id in rules or rule.id == asked.rule],
            index=None,
            format_func=lambda id: f"{id} {find_rule(id).name} ({rules[id]})",
            key="audit-rule",
            placeholder="Every rule",
            label_visibility="collapsed",
            on_change=_filter_rule,
        )


def _filter_severity() -> None:
    if moved("audit-severity"):
        turn_to(severity="~".join(level for level in SEVERITIES if level in st.session_state["audit-severity"]))


def _filter_rule() -> None:
    if moved("audit-rule"):
        turn_to(rule=st.session_state["audit-rule"] or "")


def _group(severity: str, findings: Sequence[Finding], asked: Wanted) -> None:
    """The findings of one severity, as one widget: arrow keys go through them."""
    if not findings:
        return
    known = {key_of(one): one for one in findings}
    key = f"audit-{severity}"
    mirror(key, asked.finding if asked.finding in known else None)
    with st.container(key=f"ew-group-{severity}"):
        st.radio(
            f"{SEVERITIES[severity][0]} ({len(findings)})",
            list(known),
            index=None,
            format_func=lambda id: f"**{known[id].rule}** {plain(capital(known[id].message))}",
            captions=[plain(_origin(one)) for one in known.values()],
            key=key,
            width="stretch",
            on_change=_pick,
            args=(key,),
        )


def _pick(key: str) -> None:
    if moved(key):
        turn_to(finding=st.session_state[key] or "")


def _origin(finding: Finding) -> str:
    file = finding.file.rpartition("/")[2]
    where = f"{file}:{finding.line}" if finding.line else file
    return " · ".join(part for part in (find_rule(finding.rule).name, where) if part)


# ---- the panel ---------------------------------------------------------------------------------------------------------


def _detail(audit: Audit, asked: Wanted) -> None:
    found = audit.finding(asked.finding)
    if asked.view == "sign":
        signing.panel(audit, asked)
    elif found:
        finding_panel.finding(audit, found)
    else:
        finding_panel.overview(audit)
