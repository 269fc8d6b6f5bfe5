"""Signing citations off: the queue, what there is to compare, the verdict, and taking a verdict back."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from edgewise.citations.evidence.support import Cited, Support
from edgewise.citations.ledger.entries import LONGEST_NAME, LONGEST_NOTE, VERDICTS, LedgerEntry
from edgewise.citations.ledger.fingerprints import CitationLink, seen
from edgewise.citations.ledger.remembered import TextRead, our_words, reworded
from edgewise.citations.ledger.signoffs import Standing
from edgewise.citations.reading.article import Article
from edgewise.explorer.cards import evidence as cards
from edgewise.explorer.cards import markup
from edgewise.explorer.cards.markup import Html, chip, folded, tag
from edgewise.explorer.cards.rewording import then_and_now
from edgewise.explorer.cards.wording import capital, plain
from edgewise.explorer.pages.audit import reading_beside, verdicts
from edgewise.explorer.pages.audit.address import GROUPS, Wanted, following, group_of, in_order, say, turn_to
from edgewise.explorer.pages.audit.audited import Audit
from edgewise.explorer.pages.audit.editors import NAME, Editor, editor
from edgewise.explorer.pages.audit.verdicts import WORDS
from edgewise.explorer.shell import session_article
from edgewise.explorer.shell.mirror import mirror, moved
from edgewise.graph.strength import in_words

STATES = {"stale": ("stale", "weak", "◔"), "unsigned": ("not signed yet", "uncited", "○"), "signed": ("signed", "supported", "✓")}
PARTS = {"statement": "the statement", "citation": "the marker", "reference": "the reference", "sentence": "the article's sentence"}


# ---- the queue ---------------------------------------------------------------------------------------------------------


def queue(audit: Audit, asked: Wanted) -> None:
    """All citations as a list to choose from."""
    shown = _shown(audit, asked)
    _lost_ones(audit, shown)
    for group, ids in in_order(audit).items():
        if ids:
            key = f"queue-{group}"
            mirror(key, shown if shown in ids else None)
            with st.container(key=f"ew-group-{group}"):
                st.radio(
                    f"{GROUPS[group]} ({len(ids)})",
                    ids,
                    index=None,
                    format_func=lambda id: _line(audit.links[id]),
                    captions=[plain(_caption(audit, id)) for id in ids],
                    key=key,
                    width="stretch",
                    on_change=_pick,
                    args=(key,),
                )


def _lost_ones(audit: Audit, shown: str) -> None:
    by_id = {entry.content.citation.removeprefix(f"{audit.guideline.iri}/"): entry for entry in audit.orphans}
    if by_id:
        key, ids = "queue-lost", list(by_id)
        mirror(key, shown if shown in by_id else None)
        with st.container(key="ew-group-lost"):
            label = f"Signed, but no longer in the guideline ({len(by_id)})"
            st.radio(label, ids, index=None, format_func=plain, key=key, width="stretch", on_change=_pick, args=(key,))


def _pick(key: str) -> None:
    if moved(key):
        turn_to(citation=st.session_state[key] or "")


def _line(link: CitationLink) -> str:
    return f"**{plain(link.marker.shown)}** {plain(link.statement.text)}"


def _caption(audit: Audit, id: str) -> str:
    held = audit.standings.get(id)
    told = [str(audit.links[id].statement.place)]
    if held and held.entry:
        content = held.entry.content
        told.append(f"{WORDS[content.verdict].lower() if content.verdict else ''}, {content.name}, {content.time[:10]}")
    elif held and held.state == "withdrawn":
        told.append("verdict withdrawn")
    return " · ".join(told)


def _shown(audit: Audit, asked: Wanted) -> str:
    return asked.citation or following(audit)


# ---- the panel ---------------------------------------------------------------------------------------------------------


def panel(audit: Audit, asked: Wanted) -> None:
    """One citation: what there is to compare, and the verdict."""
    if asked.citation:
        st.button("Back to the queue", icon=":material/arrow_back:", key="audit-close", type="tertiary", on_click=_close)
    id = _shown(audit, asked)
    if id in audit.links:
        _citation(audit, id, picked=bool(asked.citation))
    elif id:
        _gone(audit, id)
    elif audit.links:
        st.html(markup.page(tag("h2", "Every citation is signed off"), tag("p", "Choose one to read its verdict, or to sign it anew.")))
    else:
        st.html(markup.page(tag("h2", "Nothing to sign"), tag("p", "No statement of this guideline cites anything.")))


def _close() -> None:
    turn_to(citation="")


def _citation(audit: Audit, id: str, *, picked: bool) -> None:
    link, held = audit.links[id], audit.standings.get(id, Standing("unsigned"))
    st.html(markup.page(*_head(audit, id, held), *_changed(link, held), *_compared(audit, link), key="picked" if picked else "next"))
    read = reading_beside.draw(audit.name, link)
    who = editor()
    if not audit.kept.problem:
        _verdict(link, who, read)
        _who(who)
        _verdicts(id, (*held.fitting, *held.outdated), who)


def _head(audit: Audit, id: str, held: Standing) -> list[Html]:
    place = list(audit.links).index(id) + 1
    told, tone, sign_ = STATES[group_of(held)]
    remarks = [chip(told, tone, sign=sign_), chip(str(audit.links[id].statement.place)), chip(audit.links[id].statement.kind)]
    if held.disputed:
        remarks.append(chip("editors disagree", "broken", sign="✗"))
    parts = [
        tag("h2", f"Citation {place} of {len(audit.links)} · ", tag("span", id, cls="ew-id"), cls="ew-over"),
        tag("div", *remarks, cls="ew-row"),
    ]
    if held.state == "stale":
        changed = ", ".join(PARTS.get(part, part) for part in held.changed)
        parts.append(tag("p", f"Changed since it was signed: {changed}.", cls="ew-stale"))
    return parts


def _changed(link: CitationLink, held: Standing) -> list[Html]:
    """Of a stale sign-off, our words as they were signed beside what they are now."""
    if held.state != "stale" or held.entry is None:
        return []
    content = held.entry.content
    then = f"Signed by {content.name} on {content.time[:10]}"
    if content.words is None:
        return [tag("p", f"{then}; our words of that day were not kept yet.", cls="ew-quiet")]
    changes = reworded(content.words, our_words(link))
    silent = [tag("p", "Our words in it are the same; what changed beside them is kept as fingerprints alone.", cls="ew-quiet")]
    return [then_and_now(changes, then)] if changes else silent


def _compared(audit: Audit, link: CitationLink) -> list[Html]:
    """Statement, article's sentence and reference, side by side where there is room."""
    told = in_words(audit.guideline, link.statement)
    graded = tag("p", capital(told), cls="ew-quiet") if told else Html("")
    ours = tag("article", tag("h3", "The statement, in our words"), tag("p", link.statement.text), graded, cls="ew-card")
    theirs = tag("article", tag("h3", "The article's sentence"), *_sentence(link, audit.article), cls="ew-card")
    return [tag("div", ours, theirs, cls="ew-beside"), _reference(audit, link)]


def _sentence(link: CitationLink, article: Article | None) -> list[Html]:
    if article is None:
        return [tag("p", "Load the article under “Article” to read its sentence here.", cls="ew-quiet")]
    found = session_article.sentence_of(article, link.statement.fingerprint)
    if found is None:
        missing = f"No sentence of {article.name} is the one this statement was made from: it was changed, or this is another article."
        return [tag("p", missing)]
    return [tag("p", found.text), tag("p", f"{article.name}, line {found.line}", cls="ew-quiet")]


def _reference(audit: Audit, link: CitationLink) -> Html:
    marker, entry = link.marker, link.reference
    heading = tag("h3", f"What marker {link.marker.shown} points to")
    note = [tag("p", marker.note, cls="ew-quiet")] if marker.note else []
    if entry is None:
        return tag("article", heading, tag("p", chip("no entry of the reference list", "broken", sign="⚠")), *note, cls="ew-card")
    printed = " · ".join(part for part in (entry.author, entry.container, entry.dated) if part)
    title = tag("p", tag("span", f"[{entry.position}]", cls="ew-marker"), " ", entry.title)
    supports = (Support(link.statement, (Cited(link.citation, marker, entry),)),)
    more = folded("All that is known of this entry", cards.references(audit.guideline, (entry,), supports))
    return tag("article", heading, title, tag("p", printed, cls="ew-quiet"), *note, more, cls="ew-card")


def _gone(audit: Audit, id: str) -> None:
    """A signed citation that the guideline no longer has: its verdict can only be taken back."""
    told = "The guideline no longer has this citation. Withdraw the sign-off, or restore the citation."
    st.html(markup.page(tag("h2", id), tag("p", told), key="picked"))
    iri = f"{audit.guideline.iri}/{id}"
    who = editor()
    _who(who)
    _verdicts(id, [entry for entry in audit.orphans if entry.content.citation == iri], who)


# ---- verdicts ----------------------------------------------------------------------------------------------------------


def _verdict(link: CitationLink, who: Editor, read: tuple[TextRead, ...]) -> None:
    """The verdict, an optional note, the name where it is not known, and the button: nothing is sent before it is pressed."""
    id = link.citation.id
    if who.refusal:
        return
    with st.form(f"sign:{id}", border=False, enter_to_submit=False):
        possible = [verdict for verdict in VERDICTS if link.reference or verdict not in ("supported", "partly")]
        st.pills("Does the reference support the statement?", possible, format_func=WORDS.__getitem__, key=f"verdict:{id}")
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            st.text_input("Note (optional)", key=f"note:{id}", max_chars=LONGEST_NOTE)
            _ask_name(who, f"name:{id}")
            label = f"Sign as {plain(who.name)}" if who.name else "Sign"
            args = (id, seen(link), verdicts.turn(), read)
            st.form_submit_button(label, type="primary", icon=":material/verified:", key=f"submit:{id}", on_click=verdicts.sign, args=args)


def _ask_name(who: Editor, key: str) -> None:
    if not who.name:
        st.text_input("Your name", key=key, max_chars=LONGEST_NAME, autocomplete="name")


def _who(who: Editor) -> None:
    """Whose name it is, and how far it is to be believed."""
    if who.refusal:
        st.info(plain(who.refusal), icon=":material/lock:")
        for provider in who.providers:
            label = f"Log in with {plain(provider)}" if provider else "Log in"
            st.button(label, key=f"log-in:{provider}", icon=":material/login:", on_click=_log_in, args=(provider,))
        return
    with st.container(key="ew-audit-who", horizontal=True, vertical_alignment="center", gap="small"):
        if who.on_trust:
            st.html(markup.page(tag("p", "Names are taken on trust: this explorer has no login.", cls="ew-quiet")), width="content")
            if who.name:
                st.button("Change the name", key="audit-rename", type="tertiary", on_click=_rename)
        else:
            st.html(markup.page(tag("p", f"Logged in as {who.name}.", cls="ew-quiet")), width="content")
            st.button("Log out", key="audit-log-out", type="tertiary", on_click=st.logout)


def _rename() -> None:
    st.session_state.pop(NAME, None)


def _log_in(provider: str) -> None:
    try:
        st.login(provider or None)
    except st.errors.StreamlitAPIException as error:  # a login that is set up wrongly, or without the library it needs
        say(f"The login cannot begin: {str(error).strip().splitlines()[0]}", done=False)


def _verdicts(id: str, entries: Iterable[LedgerEntry], who: Editor) -> None:
    """The verdicts that stand, each with the way to take it back."""
    for entry in entries:
        content = entry.content
        note = [tag("p", told, cls="ew-quiet") for told in (content.note, _read(content.read)) if told]
        verdict = WORDS[content.verdict] if content.verdict else ""
        with st.container(key=f"ew-verdict-{entry.seq}", horizontal=True, vertical_alignment="center", gap="small"):
            st.html(markup.page(tag("p", tag("strong", verdict), f" {content.name}, {content.time[:10]}"), *note))
            if not who.refusal:
                with st.popover("Withdraw"), st.form(f"withdraw:{entry.seq}", border=False, enter_to_submit=False):
                    st.text_input("Why (optional)", key=f"why:{entry.seq}", max_chars=LONGEST_NOTE)
                    _ask_name(who, f"withdrawer:{entry.seq}")
                    label = f"Withdraw the verdict of {plain(content.name)}"
                    args = (id, entry, verdicts.turn())
                    st.form_submit_button(label, key=f"take-back:{entry.seq}", on_click=verdicts.take_back, args=args)


def _read(texts: Iterable[TextRead]) -> str:
    told = ", ".join(f"{text.source.removeprefix('file:')} ({text.date})" for text in texts)
    return f"Read before signing: {told}" if told else ""
