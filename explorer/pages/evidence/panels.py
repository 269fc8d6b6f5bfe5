"""The right side of the Evidence page: what falls and the reference list, the matrix, or what stands behind each edge and step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

import streamlit as st

from edgewise.explorer.cards import evidence as cards
from edgewise.explorer.cards import markup
from edgewise.explorer.cards.listed_entries import distinct, ends, of_statement
from edgewise.explorer.cards.markup import Html, folded, section, tag
from edgewise.explorer.cards.numbers import many
from edgewise.explorer.cards.wording import plain
from edgewise.explorer.pages.evidence.address import VIEWS
from edgewise.explorer.pages.evidence.edge_table import edge_table, summary
from edgewise.explorer.pages.evidence.entry_cards import entry_cards
from edgewise.explorer.pages.evidence.matrix import matrix
from edgewise.explorer.pages.evidence.page_state import EvidenceState, select, take, weigh
from edgewise.explorer.pages.evidence.what_falls import in_words
from edgewise.explorer.shell import frame
from edgewise.explorer.shell.mirror import mirror, moved


def evidence_views(view: EvidenceState) -> None:
    """Draw the view that is open, below the choice of views."""
    _turn(view)
    {"": _references, "matrix": _matrix, "edges": _edges}[view.weighing.show](view)


def _turn(view: EvidenceState) -> None:
    mirror("weighing:show", view.weighing.show)
    st.segmented_control(
        "View",
        list(VIEWS),
        format_func=VIEWS.__getitem__,
        key="weighing:show",
        label_visibility="collapsed",
        on_change=_turned,
        width="stretch",
    )


def _turned() -> None:
    chosen = st.session_state.get("weighing:show")
    if moved("weighing:show") and chosen is not None:
        weigh(show=chosen)


def _references(view: EvidenceState) -> None:
    if view.loss.taken:
        _without(view)
        return
    listed = section("The reference list", *entry_cards(view.guideline, list(view.entries.values()), noticed=view.known.noticed))
    st.html(markup.page(*_totals(view), listed, _notes(view, frozenset(view.entries)), key="list"))


def _totals(view: EvidenceState) -> Iterable[Html]:
    """How much the list carries; what goes through a marker without entry is no entry's."""
    found = view.entries.values()
    listed = len(view.guideline.references)
    carried, lost = (sum(one.citations for one in found if bool(one.reference) is whole) for whole in (True, False))
    if not view.entries:
        yield tag("h2", "This guideline lists no reference")
        told = "Entries stand in its file under 'references', and statements lead to them by 'citations' and 'markers'."
        yield tag("p", told, cls="ew-quiet")
        return
    yield tag("h2", f"{listed} {'entry carries' if listed == 1 else 'entries carry'} {many(carried, 'citation')}")
    if lost:
        yield tag("p", f"{many(lost, 'more citation')} {'leads' if lost == 1 else 'lead'} to no entry.", cls="ew-lede")


def _without(view: EvidenceState) -> None:
    """What falls, then the entries it was taken with, then the rest of the list."""
    guideline, loss = view.guideline, view.loss
    st.html(markup.page(*in_words(guideline, loss), key="without"))
    if loss.impact.twins:
        _twins(view)
    taken = entry_cards(guideline, loss.taken, view.taken, view.known.noticed)
    rest = entry_cards(guideline, [one for one in view.entries.values() if one.id not in view.taken], noticed=view.known.noticed)
    others = folded(f"The rest of the list ({len(rest)})", *rest) if rest else Html("")
    st.html(markup.page(section("Picked", *taken), _notes(view, view.taken), others, key="taken"))


def _twins(view: EvidenceState) -> None:
    """Other entries for the same works: a work that falls falls under every number."""
    names = ", ".join(view.entries[id].name for id in view.loss.impact.twins)
    with st.container(key="ew-ask", gap="small"):
        st.html(markup.page(tag("p", f"{names} in the list is the same work under another number, and still counted.")))
        together = (*view.weighing.taken, *view.loss.impact.twins)
        st.button(f"Take {plain(names)} away too", key="twins", on_click=take, args=(together,))


def _notes(view: EvidenceState, about: frozenset[str]) -> Html:
    """Remarks on entries; those that stand on the card of a marker without entry are not said twice."""
    listed = {one.id for one in view.entries.values() if one.reference} & about
    found = [note for note in view.guideline.notes.values() if listed & set(note.about) and not (about - listed) & set(note.about)]
    return section("Remarks, not the source's own", *(cards.note(view.guideline, note.text, note.stated_by) for note in found))


def _matrix(view: EvidenceState) -> None:
    guideline, chosen = view.guideline, view.weighing.statement
    names = distinct({one.id: f"{one.place}: {one.text}" for one in guideline.statements.values()})
    _choose("weighing:statement", "Statement", names, chosen, lambda id: weigh(statement=id))
    known = _statement(view, chosen) if chosen else Html("")
    table = matrix(guideline, view.entries, view.loss.changed("statement"), view.taken, chosen)
    st.html(markup.page(_unseen("matrix"), known, table, key="matrix"))


def _unseen(view: str) -> Html:
    """The view's name as a heading for those who go by headings; others have it in sight above, as what is chosen."""
    return tag("h2", VIEWS[view], cls="ew-unseen")


def _statement(view: EvidenceState, id: str) -> Html:
    """A statement in full, and what rests on it."""
    found = of_statement(view.guideline, id)
    resting = [one for one in view.evidence.values() if any(support.statement.id == id for support in one.supports)]
    named = [ends(view.guideline, one.id) if one.kind == "transition" else view.guideline.steps[one.id].name for one in resting]
    told = "; ".join(named) if named else "no edge and no step"
    return tag("div", cards.statements(found.supports, heading="The statement"), tag("p", f"On it rests: {told}.", cls="ew-quiet"))


def _edges(view: EvidenceState) -> None:
    guideline, selected = view.guideline, view.selected
    names = {id: ends(guideline, id) for id in guideline.transitions} | {id: step.name for id, step in guideline.steps.items()}
    _choose("weighing:selected", "Edge or step", distinct(names), selected, select)
    said = _unseen("edges")
    if selected:
        found = view.evidence[selected]
        st.html(markup.page(*summary(guideline, found, view.entries), key="behind"))
        _ways_on(view)
        said = cards.statements(found.supports)
    table = edge_table(guideline, view.evidence, view.entries, view.loss.changed("edge"), selected)
    st.html(markup.page(said, section("Behind every edge", table), key="edges"))


def _ways_on(view: EvidenceState) -> None:
    selected = view.selected
    behind = tuple(one.id for one in view.evidence[selected].references)
    with st.container(horizontal=True, gap="small"):
        if behind and set(behind) != view.taken:
            st.button("Take away all it rests on", key="take-all", on_click=take, args=(behind,))
        st.button("On the Pathway page", key="to-pathway", on_click=_to_pathway, args=(selected,))


def _to_pathway(id: str) -> None:
    frame.go(replace(frame.here().location, page="", selected=id))


def _choose(key: str, label: str, names: Mapping[str, str], chosen: str, write: Callable[[str], None]) -> None:
    """A list that writes one part of the address."""

    def hear() -> None:
        if moved(key):
            write(st.session_state[key] or "")

    mirror(key, chosen or None)
    st.selectbox(
        label,
        list(names),
        index=None,
        format_func=names.__getitem__,
        key=key,
        placeholder=label,
        label_visibility="collapsed",
        on_change=hear,
    )
