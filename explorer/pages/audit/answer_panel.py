"""How a finding is answered on the page: a reason for which it may stand, the way back from it, and the way to where it is mended."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from edgewise.citations.audit.settings import Waived, situation
from edgewise.citations.audit.waiving import LONGEST_REASON, about, back, lines
from edgewise.explorer.cards import markup
from edgewise.explorer.cards.markup import Html, section, tag
from edgewise.explorer.cards.numbers import many
from edgewise.explorer.cards.wording import plain
from edgewise.explorer.pages.audit import answers
from edgewise.explorer.pages.audit.answers import Place
from edgewise.explorer.pages.audit.audited import Audit, key_of
from edgewise.explorer.shell import drafted, guidelines
from edgewise.graph.drafting.edits import Drop, Edit, Remove
from edgewise.ontology.errors import EdgewiseError
from edgewise.ontology.findings import Finding

_IDLE = "P408"
_NAMED = 6


def waive(audit: Audit, found: Finding) -> None:
    """Draw the form that lets a finding stand; for a waiver that covers nothing, the button that takes it out."""
    place = answers.place_of(audit.name)
    if found.rule == _IDLE:
        waiver = found.subject.removeprefix(f"{audit.guideline.iri}/")
        _taking(audit, waiver, place, "Take the waiver out", answers.take_out)
        return
    key = f"waive:{audit.name}:{key_of(found)}"
    asked = answers.lines_asked(audit, key)
    with st.expander("Let it stand, with a reason", icon=":material/gavel:", expanded=asked is not None, key="ew-audit-waive"):
        with st.form(f"{key}:form", border=False, enter_to_submit=False):
            st.text_area("Why may it stand?", key=key, max_chars=LONGEST_REASON, height=80)
            if situation(found):
                st.checkbox("In every situation there, one found later as well", key=f"{key}:everywhere")
            st.html(markup.page(*_covers(audit, found), _goes(place)))
            label = "Write the waiver" if place.kind != "lines" else "Make the lines to write"
            args = (audit, found, place, key)
            st.form_submit_button(label, icon=":material/gavel:", key=f"{key}:submit", on_click=answers.let_stand, args=args)
        if asked is not None:
            under = "Under `waivers`, which is there already:" if audit.guideline.waivers else "At the top level of the guideline's YAML:"
            st.write(under)
            st.code(lines(asked, answers.text_of(audit.name)), None, wrap_lines=True)
            _whole(audit, asked)


def take_back(audit: Audit, one: Waived) -> None:
    """Draw the button that takes a waiver back."""
    place = answers.place_of(audit.name)
    covered = sum(other.waiver == one.waiver for other in audit.report.waived)
    if covered > 1:
        st.html(markup.page(tag("p", f"The same waiver covers {many(covered, 'finding')}; taking it back brings all of them back.")))
    _taking(audit, one.waiver, place, "Take the waiver back", answers.take_back)


def _taking(audit: Audit, waiver: str, place: Place, label: str, act: Callable[[Audit, str, Place], None]) -> None:
    if place.kind != "lines":
        st.button(label, icon=":material/undo:", key="audit-take-back", on_click=act, args=(audit, waiver, place))
        return
    line = guidelines.loaded(audit.name).line(f"{audit.guideline.iri}/{waiver}")
    told = f" To take the waiver back, take its entry out of the YAML{f', at line {line}' if line else ''}."
    st.html(markup.page(tag("p", place.told, told, cls="ew-quiet")))
    _whole(audit, back(waiver, audit.guideline))


def _covers(audit: Audit, found: Finding) -> list[Html]:
    """What the waiver covers: no more than what the finding counts, but where a rule judges the guideline as a whole."""
    named = about(found, audit.guideline)
    if not named:
        alike = sum(one.rule == found.rule for one in audit.report.findings)
        more = f" There are {alike} of them now." if alike > 1 else ""
        told = f"{found.rule} judges the guideline as a whole: the waiver covers every finding of it, later ones too.{more}"
        return [tag("p", told, cls="ew-quiet")]
    shown = [tag("code", id) for id in named[:_NAMED]]
    more_ = f" and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
    alone = " in this situation alone, unless you say otherwise" if situation(found) else ""
    return [tag("p", f"It covers {found.rule} at ", markup.join(shown, ", "), f"{more_}{alone}; nothing else.", cls="ew-quiet")]


def _goes(place: Place) -> Html:
    if place.kind == "lines":
        return tag("p", f"{place.told} You get the very lines, and the whole file with them.", cls="ew-quiet")
    return tag("p", f"Written into {place.told}, under ", tag("code", "waivers"), "; no other line changes.", cls="ew-quiet")


def _whole(audit: Audit, edit: Edit) -> None:
    """The guideline's file with the change made, to take away; only of one that is held as YAML."""
    if isinstance(edit, Remove | Drop) and not audit.guideline.waivers:
        return
    try:
        text = answers.with_edit(audit.name, edit) if guidelines.loaded(audit.name).format == "yaml" else ""
    except (EdgewiseError, UnicodeDecodeError):
        return
    if text:
        st.download_button(
            "Download the guideline with the change", text, "guideline.yaml", "application/yaml", key="audit-take-yaml",
            on_click="ignore", icon=":material/download:",
        )  # fmt: skip


def mend(audit: Audit, found: Finding, ids: tuple[str, ...]) -> None:
    """Draw the button that leads to the form by which a finding is mended, if there is one."""
    where = answers.mended_at(audit.guideline, found.rule, ids)
    if where is None or drafted.is_for_review(audit.name) or guidelines.loaded(audit.name).format != "yaml":
        return
    kind = answers.place_of(audit.name).kind
    into = {"draft": "in this draft", "file": "in a draft of this file", "lines": "in a copy"}[kind]
    st.button(plain(f"Mend it {into}"), icon=":material/construction:", key="audit-mend", on_click=answers.mend, args=(audit, *where))


def reason(one: Waived) -> Html:
    """Why a finding may stand, in its editor's words."""
    return section("Why it may stand", tag("p", one.reason, cls="ew-quoted"))
