"""What the Audit page is asked to show, out of the address, and what it has to say about the last thing that was done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, cast, get_args

import streamlit as st

from edgewise.citations.audit.rules import FAMILIES
from edgewise.citations.audit.settings import rule_named
from edgewise.citations.ledger.signoffs import Standing
from edgewise.explorer.cards.wording import plain
from edgewise.explorer.pages.audit.audited import Audit
from edgewise.explorer.shell.frame import go, here
from edgewise.explorer.shell.location import cut

Tab = Literal["findings", "sign", "manuscript"]
SEVERITIES: dict[str, tuple[str, str, str]] = {
    "error": ("Errors", "✗", "broken"),
    "warning": ("Warnings", "▲", "weak"),
    "note": ("Notes", "•", "chip"),
}
"""Severity → heading, sign and tone."""
GROUPS = {"stale": "Stale: changed since it was signed", "unsigned": "Not signed yet", "signed": "Signed"}
"""Groups of the queue with their headings, in its order."""
_SAID = "audit:said"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for.

    Attributes:
        view: findings, the sign-off of citations, or manuscripts of this session.
        severities: those shown; none: all.
        rule: id of the only rule shown, or letter of the only family; empty: all.
        finding: key of the finding that is read.
        file: name of the only manuscript shown; empty: all.
        citation: id of the citation that is signed, or of one that the guideline no longer has.
    """

    view: Tab = "findings"
    severities: tuple[str, ...] = ()
    rule: str = ""
    finding: str = ""
    citation: str = ""
    file: str = ""


def wanted(own: Mapping[str, str], audit: Audit) -> tuple[Wanted, tuple[str, ...]]:
    """Read the page's own parameters, and say in plain words what in them cannot be used."""
    problems: list[str] = []
    severities = tuple(level for level in SEVERITIES if level in own.get("severity", "").split("~"))
    if own.get("severity") and not severities:
        problems.append(f"There is no severity '{cut(own['severity'])}'; all are shown.")
    rule = _rule(own.get("rule", ""))
    if own.get("rule") and not rule:
        problems.append(f"There is no rule '{cut(own['rule'])}'; all are shown.")
    view: Tab = cast(Tab, own["view"]) if own.get("view") in get_args(Tab) else "findings"
    if own.get("view", view) != view:
        problems.append(f"There is no view '{cut(own['view'])}'; these are the findings.")
    if view == "manuscript":  # what is in it, the session knows
        return Wanted(view, severities, rule, own.get("finding", ""), file=own.get("file", "")), tuple(problems)
    finding, citation = own.get("finding", ""), own.get("citation", "")
    if finding and audit.finding(finding) is None and audit.waived(finding) is None:
        problems.append(f"The finding '{cut(finding)}' is not among those of today: it was mended, or says something else now.")
        finding = ""
    if citation and citation not in audit.links and citation not in lost(audit):
        problems.append(f"There is no citation '{cut(citation)}' here; this is the next one.")
        citation = ""
    return Wanted(view, severities, rule, finding, citation), tuple(problems)


def _rule(name: str) -> str:
    """The rule or the family that a name means; empty for none."""
    if name.upper() in FAMILIES:
        return name.upper()
    rule = rule_named(name)
    return rule.id if rule else ""


def lost(audit: Audit) -> tuple[str, ...]:
    """Ids of signed citations that the guideline no longer has."""
    return tuple(dict.fromkeys(entry.content.citation.removeprefix(f"{audit.guideline.iri}/") for entry in audit.orphans))


def in_order(audit: Audit) -> dict[str, tuple[str, ...]]:
    """Citations by group, those first that need an editor most: stale, then unsigned, signed last."""
    groups: dict[str, list[str]] = {group: [] for group in GROUPS}
    for id in audit.links:
        groups[group_of(audit.standings.get(id))].append(id)
    return {group: tuple(ids) for group, ids in groups.items()}


def group_of(held: Standing | None) -> str:
    """The group of the queue to which a citation belongs; what was withdrawn is to be signed like any other."""
    return held.state if held and held.state in GROUPS else "unsigned"


def following(audit: Audit, after: str = "") -> str:
    """The next citation that is not signed off, behind another one; empty where all are."""
    groups = in_order(audit)
    for ids in (groups["stale"], groups["unsigned"]):
        behind = ids[ids.index(after) + 1 :] if after in ids else ()
        if left := [id for id in (*behind, *ids) if id != after]:
            return left[0]
    return ""


def turn_to(**changes: str) -> None:
    """Write some of the page's own parameters into the address."""
    hush()
    location = here().location
    go(replace(location, page="audit", selected="", own={**location.own, **changes}))


def say(told: str, *, done: bool) -> None:
    """Keep what is to be told of what was just done, until something else is done."""
    st.session_state[_SAID] = (told, done)


def hush() -> None:
    """Drop what was told of the last thing that was done."""
    st.session_state.pop(_SAID, None)


def show_said() -> None:
    """Tell what was just done, or why it was not."""
    if _SAID in st.session_state:
        told, done = st.session_state[_SAID]
        if done:
            st.success(plain(told), icon=":material/task_alt:")
        else:
            st.error(plain(told), icon=":material/error:")
