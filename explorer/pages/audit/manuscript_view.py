"""Manuscripts on the Audit page: dropped or pasted, each with its findings, whatever guideline is open beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from edgewise.citations.audit.manuscripts import reports
from edgewise.citations.audit.manuscripts.given import pasted_name
from edgewise.citations.audit.manuscripts.judging import Judged
from edgewise.citations.audit.reports import summary
from edgewise.citations.formats.files import SUFFIXES as LISTS
from edgewise.citations.reading.article import FORMATS as ARTICLES
from edgewise.explorer.cards import markup
from edgewise.explorer.cards.markup import tag
from edgewise.explorer.cards.numbers import many
from edgewise.explorer.cards.wording import plain
from edgewise.explorer.pages.audit import held_manuscripts as manuscripts
from edgewise.explorer.pages.audit import looking_up, manuscript_panel
from edgewise.explorer.pages.audit.address import Wanted, hush, say, turn_to
from edgewise.explorer.pages.audit.audited import keyed
from edgewise.explorer.pages.audit.downloads import Forms, downloads
from edgewise.explorer.pages.audit.finding_list import finding_list
from edgewise.explorer.shell.location import cut
from edgewise.explorer.shell.mirror import mirror, moved
from edgewise.explorer.shell.uploads import LARGEST, given_name

_ROUND, _LEFT_OUT = "manuscripts-round", "manuscripts-left-out"
_CALLED = {
    ".docx": "Word (.docx)", ".pdf": "PDF", ".xml": "JATS XML", ".html": "HTML", ".md": "Markdown", ".txt": "plain text",
    ".bib": "BibTeX", ".ris": "RIS", ".json": "CSL-JSON", ".nbib": "PubMed", ".enw": "EndNote", ".ciw": "Web of Science",
}  # fmt: skip
"""What editors call files of an ending; those that are read are named on the page."""
_GROUPS = {
    "unread": ("Cannot be read", "error"),
    "error": ("With errors", "error"),
    "warning": ("With warnings", "warning"),
    "note": ("With notes alone", "note"),
    "clean": ("Nothing found", "signed"),
}
"""Groups of files in their order: headings, and whose colour they bear."""
_ENOUGH = 30
"""Characters of a text that is pasted: fewer are no article."""


def tools(asked: Wanted) -> None:
    """Draw what stands beside the choice of views: more files, look-ups, downloads."""
    if not manuscripts.held():
        return
    begun = f"audit-manuscript-more-{st.session_state.get(_ROUND, 0)}"  # another one, closed, once files were taken in
    with st.popover("Add", key=begun, width="content", icon=":material/add:"):
        _ask()
    shown = _chosen(asked)
    if shown and (read := manuscripts.held()[shown].manuscript) and read.guideline.references:
        key = manuscripts.key_of_lookups(shown)
        with st.popover("Look up" if looking_up.found(key) is None else "Look up ✓", key="audit-look-up", width="content"):
            looking_up.ask(key, read.guideline)
    with st.popover("Download", key="audit-downloads", width="content"):
        told = (manuscripts.judged(shown),) if shown else manuscripts.all_judged()
        downloads(_forms(told), shown or "manuscripts")


def _forms(told: tuple[Judged, ...]) -> Forms:
    return Forms(
        lambda: [*reports.text_lines(told), *(str(one) for held in told for one in held.refused)],
        lambda: reports.csv_text(told),
        lambda: reports.html_page(told),
        lambda: reports.json_payload(told),
        lambda release: reports.sarif(told, release),
    )


def listed(asked: Wanted) -> None:
    """Draw the left side: where to drop files, the files, or the findings of one."""
    held = manuscripts.held()
    if not held:
        _gone(asked)
        with st.container(key="ew-manuscript-drop", border=True, gap="small"):
            about = "An article or a reference list, as it was handed in. This session alone holds it; it is never written to the disk."
            st.html(markup.page(tag("h2", "Audit a manuscript"), tag("p", about, cls="ew-quiet"), key="manuscript-drop"))
            _ask()
        return
    for told in st.session_state.get(_LEFT_OUT, ()):
        st.warning(plain(told), icon=":material/layers_clear:")
    shown = _chosen(asked)
    if not shown:
        _files()
        return
    if len(held) > 1:
        st.button(f"All {len(held)} files", icon=":material/arrow_back:", key="manuscript-all", type="tertiary", on_click=_choose_none)
    _head(manuscripts.judged(shown))
    report = manuscripts.judged(shown).report
    if report:
        finding_list(report.findings, report.waived, asked, unit=manuscript_panel.unit(held[shown]))


def _gone(asked: Wanted) -> None:
    """Of a link that meant a file: whose session it was."""
    if asked.file or asked.finding:
        what = f"'{cut(asked.file)}'" if asked.file else "The manuscript of this link"
        told = f"{what} was held by the session that dropped it, and by no other. Drop it again to go on."
        st.info(plain(told), icon=":material/history:")


def panel(asked: Wanted) -> None:
    """Draw the right side: a finding, what came of one file, or of all."""
    shown = _chosen(asked)
    if not manuscripts.held():
        manuscript_panel.promise()
        return
    if not shown:
        manuscript_panel.of_all(manuscripts.all_judged())
        return
    given, told = manuscripts.held()[shown], manuscripts.judged(shown)
    found = keyed(told.report.findings if told.report else ()).get(asked.finding)
    if found:
        manuscript_panel.finding(given, found)
        return
    if asked.finding:
        st.warning(plain(f"The finding '{cut(asked.finding)}' is not among those of this file."), icon=":material/link_off:")
    manuscript_panel.of_one(given, told)


def _chosen(asked: Wanted) -> str:
    """The file that is looked at; empty for all of several."""
    held = manuscripts.held()
    if asked.file in held:
        return asked.file
    return next(iter(held)) if len(held) == 1 else ""


# ---- giving ------------------------------------------------------------------------------------------------------------


def _ask() -> None:
    """Where files are dropped and text is pasted; both begin afresh with every round, so that what was given is let go."""
    round_ = st.session_state.get(_ROUND, 0)
    files = st.file_uploader(
        "Drop files here, or choose them",
        accept_multiple_files=True,
        key=f"manuscript-files-{round_}",
        max_upload_size=LARGEST,
    )
    st.html(markup.page(tag("p", _what_is_read(), cls="ew-quiet")))
    if files:
        with st.spinner(f"Reading {many(len(files), 'file')} …"):
            _take([(one.name, one.getvalue()) for one in files])
    with st.expander("Or paste the text"), st.form(f"manuscript-paste-{round_}", border=False):
        text = st.text_area("The text, with its reference list", height=160, key=f"manuscript-text-{round_}")
        if st.form_submit_button("Audit this text", icon=":material/fact_check:"):
            if len(text.strip()) < _ENOUGH:
                st.error("Paste the manuscript's text first.", icon=":material/error:")
            else:
                _take([(pasted_name(text), text.encode("utf-8", "replace"))])


def _what_is_read() -> str:
    articles, lists = ([called for ending, called in _CALLED.items() if ending in known] for known in (ARTICLES, LISTS))
    return f"Articles: {', '.join(articles)}. Reference lists: {', '.join(lists)}. Several at once make one report."


def _take(files: list[tuple[str, bytes]]) -> None:
    hush()
    st.session_state[_LEFT_OUT] = manuscripts.take_in(files)
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    names = {given_name(name) for name, _ in files}
    turn_to(view="manuscript", file=names.pop() if len(files) == 1 else "", finding="", rule="", severity="")
    st.rerun()


# ---- the files ---------------------------------------------------------------------------------------------------------


def _files() -> None:
    """All files, those first that need an editor most."""
    told = sorted(manuscripts.all_judged(), key=_gravity)
    for group, (title, tone) in _GROUPS.items():
        _group(group, title, tone, [one for one in told if _group_of(one) == group])
    st.button("Forget them all", key="manuscript-forget", icon=":material/delete:", type="tertiary", on_click=_forget, args=("",))


def _group(group: str, title: str, tone: str, some: Sequence[Judged]) -> None:
    """Files of one group as one widget: arrow keys go through them."""
    if not some:
        return
    key, known = f"manuscripts-{group}", {one.file: one for one in some}
    mirror(key, None)
    with st.container(key=f"ew-group-{tone}-{group}"):
        st.radio(
            f"{title} ({len(some)})",
            list(known),
            index=None,
            format_func=lambda name: f"**{plain(name)}** {plain(_titled(known[name]))}",
            captions=[plain(_counts(one)) for one in some],
            key=key,
            width="stretch",
            on_change=_choose,
            args=(key,),
        )


def _group_of(one: Judged) -> str:
    severities = {finding.severity for finding in one.report.findings} if one.report else set[str]()
    if one.report is None:
        return "unread"
    return next((level for level in ("error", "warning", "note") if level in severities), "clean")


def _gravity(one: Judged) -> tuple[int, ...]:
    counts = Counter(finding.severity for finding in one.report.findings) if one.report else Counter[str]()
    return tuple(-counts[level] for level in ("error", "warning", "note"))


def _titled(one: Judged) -> str:
    return one.title if one.title != one.file else ""


def _counts(one: Judged) -> str:
    return summary(one.report) if one.report else next((finding.message for finding in one.refused), "cannot be read")


def _choose(key: str) -> None:
    if moved(key):
        turn_to(file=st.session_state[key] or "", finding="")


def _choose_none() -> None:
    turn_to(file="", finding="")


def _head(one: Judged) -> None:
    title = _titled(one)
    parts = [tag("h2", one.file), tag("p", title, cls="ew-lede") if title else "", tag("p", _counts(one).capitalize(), cls="ew-counts")]
    with st.container(key="ew-manuscript-head", horizontal=True, vertical_alignment="top", gap="small"):
        st.html(markup.page(*parts, key="manuscript"), width="stretch")
        st.button("Forget", key="manuscript-forget", icon=":material/delete:", type="tertiary", on_click=_forget, args=(one.file,))


def _forget(name: str) -> None:
    manuscripts.forget(name)
    turn_to(file="", finding="", rule="", severity="")
    say("Forgotten: nothing of it is held any more.", done=True)
