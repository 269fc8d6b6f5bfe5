"""What falls over the whole library when a paper is retracted: chosen by DOI or PubMed number, or among those that several cite."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

import streamlit as st

from edgewise.citations.evidence.impact import Impact, SupportChange, criteria
from edgewise.citations.evidence.retraction import Fall, falls
from edgewise.explorer.cards.evidence import STATES
from edgewise.explorer.cards.listed_entries import ends
from edgewise.explorer.cards.markup import Html, page, tag
from edgewise.explorer.cards.notices import on_card
from edgewise.explorer.cards.numbers import many
from edgewise.explorer.cards.wording import cut_words, plain
from edgewise.explorer.drawing.lettering import clean
from edgewise.explorer.pages.library.address import ANY, Looking
from edgewise.explorer.shell import frame, guidelines
from edgewise.explorer.shell.known_notices import known_of
from edgewise.explorer.shell.location import Location
from edgewise.explorer.shell.mirror import mirror, moved
from edgewise.graph.model import Guideline
from edgewise.graph.stores.errors import StoreError
from edgewise.graph.stores.store import Resting, Shared
from edgewise.graph.stores.works import DOI, PUBMED, work
from edgewise.ontology.errors import EdgewiseError

PAGE = 12
"""Guidelines whose loss is told on one page: each is opened for it."""
_SHOWN = 160
"""Characters of a passage that are shown."""
_KINDS = ("edge", "step", "statement")
Go = Callable[[Looking], None]


def show(looking: Looking, go: Go) -> None:
    """Draw what falls with the paper that the address names, below a field to name one."""
    with st.container(key="ew-paper", gap="small"):
        _ask(looking, go)
        if looking.paper == ANY:
            _choose(go)
            return
        try:
            found = guidelines.library().resting_on(looking.paper)
        except StoreError as error:
            frame.complain([f"{one.message}; {one.repair}" for one in error.findings])
            return
        _fallen(looking, found, go)


def _ask(looking: Looking, go: Go) -> None:
    mirror("library-paper", "" if looking.paper == ANY else looking.paper)

    def asked() -> None:
        if moved("library-paper"):
            go(Looking(paper=str(st.session_state["library-paper"]).strip() or ANY))

    st.html(page(tag("h2", "If a paper is retracted"), key="paper-title"))
    st.text_input("Its DOI or PubMed number", key="library-paper", max_chars=200, placeholder="10.1097/… or 17117004", on_change=asked)
    with st.container(key="ew-paper-ways", horizontal=True, gap="small"):
        if looking.paper != ANY:
            st.button("Another paper", key="paper-other", on_click=go, args=(Looking(paper=ANY),))
        st.button("Back to the guidelines", key="paper-back", on_click=go, args=(Looking(),))


# Choosing one ---------------------------------------------------------------------------------------------------------------


def _choose(go: Go) -> None:
    """The papers that several guidelines cite."""
    found = guidelines.library().shared(2 * PAGE)
    told = "Papers that several guidelines cite:" if found else "No paper stands in the reference lists of several guidelines."
    st.html(page(tag("p", told), key="papers"))
    with st.container(key="ew-hits", gap=None):
        for number, one in enumerate(found):
            said = f"**{plain(cut_words(clean(_title(one)), _SHOWN))}** *in {many(one.guidelines, 'guideline')}, {plain(short(one.work))}*"
            st.button(said, key=f"paper:{number}", type="tertiary", on_click=go, args=(Looking(paper=short(one.work)),))


def _title(one: Shared) -> str:
    try:
        return guidelines.loaded(guidelines.library().entry(one.iri).id).guideline.references[one.reference].title
    except (EdgewiseError, KeyError):
        return short(one.work)


def short(work: str) -> str:
    """A paper's DOI or PubMed number as people write it.

    >>> short("https://doi.org/10.1000/x"), short("https://pubmed.ncbi.nlm.nih.gov/17117004")
    ('10.1000/x', 'PMID 17117004')
    """
    return work.removeprefix(DOI) if work.startswith(DOI) else f"PMID {work.removeprefix(PUBMED)}"


# What falls -----------------------------------------------------------------------------------------------------------------


def _fallen(looking: Looking, found: Sequence[Resting], go: Go) -> None:
    shown = list(falls(guidelines.library(), islice(found, looking.begin, looking.begin + PAGE)))
    st.html(page(*_summary(looking.paper, found), *_retracted(shown[:1]), key="paper-summary"))
    for number, one in enumerate(shown):
        with st.container(key=f"ew-falling-{number}", gap=None):
            _one(number, one)
    with st.container(key="ew-leaf", horizontal=True, gap="small"):
        if looking.begin:
            st.button("First page", key="paper-first", on_click=go, args=(replace(looking, begin=0),))
        if len(found) > looking.begin + PAGE:
            st.button("Next page", key="paper-next", on_click=go, args=(replace(looking, begin=looking.begin + PAGE),))


def _summary(paper: str, found: Sequence[Resting]) -> Iterator[Html]:
    """How much of the library rests on it."""
    named = short(work(paper))
    if not found:
        yield tag("p", f"Nothing in this library rests on {named}.", role="status")
        return
    counted = {kind: sum(len(getattr(one, f"{kind}s")) for one in found) for kind in _KINDS}
    told = ", ".join(many(count, kind) for kind, count in counted.items() if count)
    rest = f": {told}" if told else ", though only in their reference lists"
    yield tag("p", f"{many(len(found), 'guideline')} {'cites' if len(found) == 1 else 'cite'} {named}{rest}.", role="status")


def _retracted(shown: Iterable[Fall]) -> Iterator[Html]:
    """What is known of it: a retraction need not be only thought through, and a correction is none."""
    for one in shown:
        noticed = known_of(one.guideline).noticed
        yield from (told for id in one.resting.references for told in on_card(noticed.get(id)))


def _one(number: int, one: Fall) -> None:
    """One guideline: its title, what falls in a line, and each thing that does, leading there."""
    guideline, found = one.guideline, one.impact
    there = Location(one.resting.entry.id, page="evidence", own={"ref": " ".join(one.resting.references)})
    st.html(page(tag("h3", clean(guideline.title)), tag("p", in_a_line(found)), key=f"falling-{number}"))
    for place, edge in enumerate(edge for edge in found.criteria if found.unfounded(edge)):
        told = f"{len(found.unfounded(edge))} of its {many(len(criteria(guideline, edge)), 'criterion', 'criteria')} lose all passages"
        _press(f"asks:{number}:{place}", ends(guideline, edge), f"edge: {told}", replace(there, selected=edge))
    for place, change in enumerate(sorted((*found.fallen, *found.weakened), key=lambda one: (not one.falls, _rank(one)))):
        _row(f"falls:{number}:{place}", guideline, change, there)
    held = sorted(found.thinned, key=_rank)
    if held:
        with st.expander(
            f"{len(held)} more lose an entry and hold as they did" if len(held) > 1 else "1 more loses an entry and holds as it did"
        ):
            for place, change in enumerate(held):
                _row(f"holds:{number}:{place}", guideline, change, there)
    st.button("All of it, drawn", key=f"drawn:{number}", icon=":material/account_tree:", on_click=frame.go, args=(there,))


def in_a_line(found: Impact) -> str:
    """How much of a guideline loses all support, and how much is left with little.

    >>> from edgewise.citations.evidence.impact import impact
    >>> from edgewise.graph.library import load
    >>> in_a_line(impact(load("sacroiliac-sclerosis").guideline, ["4"]))
    'Loses all support: 4 statements. Left with one or tertiary source: 1 statement. Loses its passages: 1 criterion of edges.'
    """
    gone = sum(len(found.unfounded(edge)) for edge in found.criteria)
    told = [f"{name}: {counted}" for name, changes in _columns(found) if (counted := ", ".join(_counted(changes)))]
    told += [f"{'Loses its' if gone == 1 else 'Lose their'} passages: {many(gone, 'criterion', 'criteria')} of edges"] if gone else []
    return f"{'. '.join(told)}." if told else "All holds as it did."


def _columns(found: Impact) -> tuple[tuple[str, tuple[SupportChange, ...]], ...]:
    return ("Loses all support", found.fallen), ("Left with one or tertiary source", found.weakened)


def _counted(changes: Sequence[SupportChange]) -> Iterator[str]:
    for kind in _KINDS:
        if count := sum(change.what == kind for change in changes):
            yield many(count, kind)
    if others := sum(change.what not in _KINDS for change in changes):
        yield many(others, "contraindication, set, time or dose", "contraindications, sets, times or doses")


def _rank(change: SupportChange) -> int:
    """Edges first: what a reader looks for."""
    return _KINDS.index(change.what) if change.what in _KINDS else len(_KINDS)


def _row(key: str, guideline: Guideline, change: SupportChange, there: Location) -> None:
    moved_on = f"{STATES[change.before][1]} → {STATES[change.after][1]}" if change.before != change.after else ""
    beside = ": ".join(filter(None, (change.what, moved_on or ("loses all support" if change.falls else ""))))
    _press(key, _named(guideline, change), beside, _where(change, there))


def _press(key: str, said: str, beside: str, where: Location) -> None:
    told = f"**{plain(cut_words(clean(said), _SHOWN))}** *{plain(beside)}*"
    st.button(told, key=key, type="tertiary", on_click=frame.go, args=(where,))


def _named(guideline: Guideline, change: SupportChange) -> str:
    if change.what == "edge":
        return ends(guideline, change.id)
    return guideline.steps[change.id].name if change.what == "step" else change.label


def _where(change: SupportChange, there: Location) -> Location:
    """The very edge, step or statement, on the page that shows what is left to it."""
    if change.what in ("edge", "step"):
        return replace(there, selected=change.id)
    return replace(there, own={**there.own, "statement": change.id, "show": "matrix"}) if change.what == "statement" else there
