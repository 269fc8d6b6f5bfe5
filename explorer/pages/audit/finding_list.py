"""The findings of a report as lists to choose from, the gravest first, and what narrows them: severity, family and rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import streamlit as st

from edgewise.citations.audit.rule_pages import TITLES
from edgewise.citations.audit.rules import FAMILIES, RULES, find_rule
from edgewise.citations.audit.settings import Waived
from edgewise.explorer.cards import markup
from edgewise.explorer.cards.markup import tag
from edgewise.explorer.cards.wording import capital, plain
from edgewise.explorer.pages.audit.address import SEVERITIES, Wanted, turn_to
from edgewise.explorer.pages.audit.audited import keyed
from edgewise.explorer.shell.mirror import mirror, moved
from edgewise.ontology.findings import Finding

_ALL = "audit-all:"
_MOST = 60
"""Findings of one severity in sight; the others come when they are asked for."""


def finding_list(findings: Sequence[Finding], waived: Sequence[Waived], asked: Wanted, *, unit: str = "") -> None:
    """Draw the filters, and what passes them.

    Args:
        findings: that stand.
        waived: that stand by an editor's decision.
        asked: what the address asks for.
        unit: what is counted in the one file that is meant, in place of the file's name beside each finding.
    """
    _filters(findings, asked)
    shown = {key: one for key, one in keyed(findings).items() if _passes(one, asked)}
    for severity in SEVERITIES:
        _group(severity, {key: one for key, one in shown.items() if one.severity == severity}, asked, unit)
    if not shown:
        none = "No finding fits these filters." if findings else "No rule found anything."
        st.html(markup.page(tag("p", none, cls="ew-quiet")))
    let_stand = {key: one for key, one in keyed(one.finding for one in waived).items() if _passes(one, asked)}
    _radio("waived", f"Waived ({len(let_stand)})", let_stand, asked, unit)


def _passes(finding: Finding, asked: Wanted) -> bool:
    return (not asked.severities or finding.severity in asked.severities) and _is_of(finding, asked.rule)


def _is_of(finding: Finding, rule: str) -> bool:
    """Whether a finding is of a rule, or of the family of that letter; of none is any."""
    return rule in ("", finding.rule, finding.rule[0])


def _filters(findings: Sequence[Finding], asked: Wanted) -> None:
    counts = Counter(one.severity for one in findings if _is_of(one, asked.rule))
    rules = Counter(one.rule for one in findings if not asked.severities or one.severity in asked.severities)
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
            _narrowing(rules, asked.rule),
            index=None,
            format_func=lambda id: _called(id, rules),
            key="audit-rule",
            placeholder="Every rule",
            label_visibility="collapsed",
            on_change=_filter_rule,
        )


def _narrowing(rules: Counter[str], asked: str) -> list[str]:
    """What can be chosen: families, where there are several or one was asked for, and the rules that found something."""
    letters = [letter for letter in FAMILIES if any(rule[0] == letter for rule in rules) or letter == asked]
    families = letters if len(letters) > 1 or asked in letters else []
    return [*families, *(rule.id for rule in RULES if rule.id in rules or rule.id == asked)]


def _called(id: str, rules: Counter[str]) -> str:
    if id in FAMILIES:
        return f"All of {id}: {TITLES[FAMILIES[id]].lower()} ({sum(count for rule, count in rules.items() if rule[0] == id)})"
    return f"{id} {find_rule(id).name} ({rules[id]})"


def _filter_severity() -> None:
    if moved("audit-severity"):
        turn_to(severity="~".join(level for level in SEVERITIES if level in st.session_state["audit-severity"]))


def _filter_rule() -> None:
    if moved("audit-rule"):
        turn_to(rule=st.session_state["audit-rule"] or "")


def _group(severity: str, findings: Mapping[str, Finding], asked: Wanted, unit: str) -> None:
    """The findings of one severity, the first of many."""
    every = asked.finding in list(findings)[_MOST:] or st.session_state.get(f"{_ALL}{severity}:{asked.file}")
    first = findings if every else dict(list(findings.items())[:_MOST])
    _radio(severity, f"{SEVERITIES[severity][0]} ({len(findings)})", first, asked, unit)
    if len(findings) > len(first):
        label = f"Show the other {len(findings) - len(first)}"
        st.button(label, key=f"audit-more-{severity}", type="tertiary", on_click=_show_all, args=(f"{_ALL}{severity}:{asked.file}",))


def _show_all(key: str) -> None:
    st.session_state[key] = True


def _radio(kind: str, title: str, known: Mapping[str, Finding], asked: Wanted, unit: str) -> None:
    """Findings as one widget: arrow keys go through them."""
    if not known:
        return
    key = f"audit-{kind}"
    mirror(key, asked.finding if asked.finding in known else None)
    with st.container(key=f"ew-group-{kind}"):
        st.radio(
            title,
            list(known),
            index=None,
            format_func=lambda id: f"**{known[id].rule}** {plain(capital(known[id].message))}",
            captions=[plain(_origin(one, unit)) for one in known.values()],
            key=key,
            width="stretch",
            on_change=_pick,
            args=(key,),
        )


def _pick(key: str) -> None:
    if moved(key):
        turn_to(finding=st.session_state[key] or "")


def _origin(finding: Finding, unit: str) -> str:
    file = finding.file.rpartition("/")[2]
    where = (f"{unit} {finding.line}" if unit else f"{file}:{finding.line}") if finding.line else "" if unit else file
    return " · ".join(part for part in (find_rule(finding.rule).name, where) if part)
