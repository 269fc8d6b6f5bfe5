"""The right side of the Audit page: one finding with its reason, its repair and its place in the graph; or what was and was not checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

import streamlit as st

from edgewise.citations.audit.engine import Unchecked
from edgewise.citations.audit.reports import summary
from edgewise.citations.audit.rules import RULES, find_rule
from edgewise.citations.audit.settings import Waived
from edgewise.explorer.cards import markup
from edgewise.explorer.cards.graph_places import places
from edgewise.explorer.cards.markup import Html, chip, folded, section, tag
from edgewise.explorer.cards.numbers import many
from edgewise.explorer.cards.wording import capital, plain
from edgewise.explorer.pages.audit import answer_panel
from edgewise.explorer.pages.audit.address import SEVERITIES, turn_to
from edgewise.explorer.pages.audit.audited import Audit
from edgewise.explorer.shell import frame
from edgewise.graph.model import Guideline
from edgewise.graph.pathway import Pathway
from edgewise.ontology.findings import Finding

MOST = 8
"""Things of one finding in sight; the others are folded away."""


def finding(audit: Audit, finding: Finding) -> None:
    """Show one finding, and the ways from it to where it can be seen, mended or settled."""
    way_back()
    st.html(markup.page(*head(finding), key="picked"))
    _ways(audit, finding)
    st.html(markup.page(*reasons(finding), section("Where", *_where(audit, finding))))
    answer_panel.waive(audit, finding)


def waived(audit: Audit, one: Waived) -> None:
    """Show a finding that stands by an editor's decision, and the way to take the decision back."""
    way_back()
    st.html(markup.page(*head(one.finding, chip("waived", "supported", sign="✓")), answer_panel.reason(one), key="picked"))
    _ways(audit, one.finding)
    answer_panel.take_back(audit, one)
    st.html(markup.page(*reasons(one.finding), section("Where", *_where(audit, one.finding))))


def way_back() -> None:
    """Draw the button that leads from a finding to the overview."""
    st.button("Back to the overview", icon=":material/arrow_back:", key="audit-close", type="tertiary", on_click=_close)


def _close() -> None:
    turn_to(finding="")


def head(finding: Finding, *more: Html) -> list[Html]:
    """What is wrong, how bad, and by which rule."""
    title, sign, tone = SEVERITIES[finding.severity]
    chips = tag("div", chip(title.removesuffix("s"), tone, sign=sign), *more, chip(finding.rule), cls="ew-row")
    return [chips, tag("h2", named_rule(finding.rule).capitalize()), *_message(finding.message)]


def reasons(finding: Finding) -> tuple[Html, ...]:
    """How to repair it, and why it matters."""
    rule = find_rule(finding.rule)
    return (
        section("How to repair it", tag("p", sentence(finding.repair or rule.fix))),
        section("Why it matters", tag("p", rule.why)),
    )


def named_rule(id: str) -> str:
    """What a rule is called, in words.

    >>> named_rule("M101")
    'orphan marker'
    """
    return find_rule(id).name.replace("-", " ")


def _message(told: str) -> list[Html]:
    """What is wrong; numbered parts, as a diagnosis has them, one below the other."""
    lead, *parts = re.split(r"(?:^|[ ;]) ?\([1-9]\) ", told)
    if len(parts) < 2:
        return [tag("p", sentence(told), cls="ew-message")]
    listed = tag("ol", *(tag("li", sentence(part.rstrip("; "))) for part in parts), cls="ew-list")
    return [tag("p", capital(lead.strip()), cls="ew-message"), listed]


def _where(audit: Audit, finding: Finding) -> list[Html]:
    line = f"{finding.file}:{finding.line}" if finding.line else finding.file
    things = [tag("li", *_thing(audit.guideline, id)) for id in _ids(audit.guideline, finding)]
    concerned = (
        [tag("ul", *things[:MOST], cls="ew-list")] if things else [tag("p", "It concerns the guideline as a whole.", cls="ew-quiet")]
    )
    rest = [folded(f"{len(things) - MOST} more", tag("ul", *things[MOST:], cls="ew-list"))] if things[MOST:] else []
    return [tag("p", tag("code", line)) if line else Html(""), *concerned, *rest]


def _thing(guideline: Guideline, id: str) -> list[str]:
    """Something that a finding concerns: its id, and what it is."""
    own = id.partition("/")[0]
    if own in Pathway.of(guideline).passages:
        said = str(guideline.passage(own).place)
    elif own in guideline.references:
        said = f"entry {guideline.references[own].position}, {guideline.references[own].title}"
    elif own in guideline.steps or own in guideline.transitions:
        said = named(guideline, own)
    else:
        said = ""
    return [tag("code", id), *([f" {said}"] if said else [])]


def _ids(guideline: Guideline, finding: Finding) -> tuple[str, ...]:
    """What a finding concerns, by id; the guideline itself has none."""
    concerned = (iri.removeprefix(f"{guideline.iri}/") for iri in (finding.subject, *finding.related))
    return tuple(dict.fromkeys(id for id in concerned if id and id != guideline.iri))


def _ways(audit: Audit, finding: Finding) -> None:
    """From the finding to where it can be seen or settled."""
    ids = _ids(audit.guideline, finding)
    seen = places(audit.guideline, audit.behind, ids)
    citation = next((id for id in ids if id in audit.links), "")
    with st.container(key="ew-audit-ways", horizontal=True, gap="small"):
        if citation:
            st.button("Open the sign-off", icon=":material/edit_document:", key="audit-sign", on_click=_open_sign_off, args=(citation,))
        if seen:
            label = f"Show on the pathway: **{plain(named(audit.guideline, seen[0]))}**"
            st.button(label, icon=":material/account_tree:", key="audit-place", type="primary", on_click=_go_to, args=(seen[0],))
        if seen[1:]:
            with st.popover(f"{len(seen) - 1} more places" if len(seen) > 2 else "1 more place"):
                for id in seen[1:]:
                    st.button(plain(named(audit.guideline, id)), key=f"place:{id}", type="tertiary", on_click=_go_to, args=(id,))
        answer_panel.mend(audit, finding, ids)


def _open_sign_off(citation: str) -> None:
    turn_to(view="sign", citation=citation)


def _go_to(id: str) -> None:
    frame.go(replace(frame.here().location, page="", selected=id, own={}))


def named(guideline: Guideline, id: str) -> str:
    """An edge or step in words."""
    if id in guideline.steps:
        return guideline.steps[id].name
    edge = guideline.transitions[id]
    return f"{guideline.steps[edge.source].name} → {guideline.steps[edge.target].name}"


def overview(audit: Audit) -> None:
    """Show what the audit amounts to, and what it could not check."""
    st.html(markup.page(*_overview(audit), key="overview"))


def _overview(audit: Audit) -> list[Html]:
    report = audit.report
    rules = f"{len(report.checked)} of {len(RULES)} rules were checked."
    told = "Choose a finding to read why it matters, how to repair it, and where it stands in the graph."
    return [
        tag("h2", summary(report).capitalize()),
        tag("p", rules, cls="ew-lede"),
        tag("p", told) if report.findings else Html(""),
        section("Not checked", *unchecked(audit.report.unchecked, remedy=_remedy)),
        section("Waived by an editor", *map(_waived, report.waived)),
    ]


def _waived(one: Waived) -> Html:
    rule = find_rule(one.finding.rule)
    head = tag("p", tag("strong", rule.id), f" {rule.name}: {sentence(one.finding.message)}")
    return tag("article", head, tag("p", f"Reason: {sentence(one.reason)}", cls="ew-quiet"), cls="ew-card")


def unchecked(some: Iterable[Unchecked], remedy: Callable[[str], Html] = lambda _: Html("")) -> list[Html]:
    """Rules that were not applied: not the same as rules that found nothing. `remedy` is what the reader can do about a reason."""
    told = []
    for one in some:
        names = tag("ul", *(tag("li", f"{id} {find_rule(id).name}") for id in one.rules), cls="ew-list")
        count = many(len(one.rules), "rule")
        told.append(tag("div", tag("p", sentence(one.why), " ", remedy(one.why)), folded(count, names), cls="ew-card"))
    return told


def _remedy(why: str) -> Html:
    """What the reader can do about it here."""
    if "article" in why:
        return tag("span", "Load it under “Article”.", cls="ew-quiet")
    if "--links" in why:
        return tag("span", "Run ", tag("code", "edgewise resolve --links"), ", then take earlier answers under “Look up”.", cls="ew-quiet")
    if "looked up" in why:
        return tag("span", "Ask under “Look up”; nothing is sent before.", cls="ew-quiet")
    return Html("")


def sentence(told: str) -> str:
    """A finding's words as a sentence of the page.

    >>> sentence("marker 7 points to no entry")
    'Marker 7 points to no entry.'
    """
    return f"{capital(told).rstrip('.')}." if told else ""
