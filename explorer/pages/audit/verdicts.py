"""What the buttons of the sign-off do: one entry in the ledger for one click, or the reason why there is none.

Nothing is said to be signed before the ledger has said so. What was signed is what stood on the page: if the guideline changed between
the drawing and the click, the click is refused.
"""

from __future__ import annotations

import streamlit as st

from edgewise.citations.ledger import signoffs
from edgewise.citations.ledger.entries import LedgerEntry, Verdict, clean_name
from edgewise.citations.ledger.fingerprints import Seen, find_link, links, seen
from edgewise.citations.ledger.remembered import TextRead
from edgewise.explorer.pages.audit.address import following, hush, say, turn_to
from edgewise.explorer.pages.audit.audited import audit_of, ledger_to_sign, words
from edgewise.explorer.pages.audit.editors import NAME, editor
from edgewise.explorer.shell.frame import here
from edgewise.ontology.errors import EdgewiseError, SourceError

WORDS: dict[Verdict, str] = {
    "supported": "Supported",
    "partly": "Partly",
    "not-supported": "Not supported",
    "wrong-reference": "Wrong reference",
    "cant-tell": "Can't tell",
}
_TURN = "audit:turn"


class Held(Exception):
    """A click that leads to no entry, with the reason in plain words."""


def turn() -> int:
    """A number that changes with every entry: of two clicks on one button, the second finds it spent."""
    return int(st.session_state.get(_TURN, 0))


def sign(id: str, looked_at: Seen, drawn: int, read: tuple[TextRead, ...] = ()) -> None:
    """Sign the citation with what the form says, and go on to the next.

    Args:
        id: of the citation.
        looked_at: what stood on the page.
        drawn: the turn in which the button was drawn.
        read: the texts of the cited work that stood on the page.
    """
    if drawn != turn():
        return
    hush()
    try:
        entry = _signed(id, looked_at, read)
    except (Held, EdgewiseError, OSError) as error:
        say(_reason(error), done=False)
        return
    _done(entry)
    turn_to(view="sign", citation=_next(id))
    verdict = WORDS[entry.content.verdict].lower() if entry.content.verdict else ""
    say(f"Signed by {entry.content.name}: {verdict}. It is entry {entry.seq} of the ledger, for {id}.", done=True)


def _signed(id: str, looked_at: Seen, read: tuple[TextRead, ...]) -> LedgerEntry:
    name, guideline = _name(f"name:{id}"), here().guideline
    verdict, note = st.session_state.get(f"verdict:{id}"), str(st.session_state.get(f"note:{id}", ""))
    if verdict not in WORDS:
        raise Held("Choose a verdict, then sign.")
    if seen(find_link(guideline, id)) != looked_at:
        raise Held("Not signed: the guideline changed while you looked at it. Look again, then sign.")
    return signoffs.sign(ledger_to_sign(), guideline, id, verdict, name, note, read)


def _next(id: str) -> str:
    try:
        return following(audit_of(here().opened), id)
    except (EdgewiseError, OSError):  # the page itself will say so; what was signed stays signed
        return ""


def take_back(id: str, entry: LedgerEntry, drawn: int) -> None:
    """Withdraw the verdict `entry` on a citation, which the guideline need no longer have."""
    if drawn != turn():
        return
    hush()
    try:
        made = _taken_back(id, entry)
    except (Held, EdgewiseError, OSError) as error:
        say(_reason(error), done=False)
        return
    _done(made)
    turn_to(view="sign", citation=id if id in links(here().guideline) else "")
    say(f"Withdrawn by {made.content.name}. It is entry {made.seq} of the ledger, for {id}.", done=True)


def _taken_back(id: str, entry: LedgerEntry) -> LedgerEntry:
    name, guideline = _name(f"withdrawer:{entry.seq}"), here().guideline
    ledger = ledger_to_sign()
    if entry.id not in [one.id for one in signoffs.standing(ledger.entries(guideline.iri, entry.content.citation))]:
        raise Held("Not withdrawn: this verdict no longer stands. Look again.")
    why = str(st.session_state.get(f"why:{entry.seq}", ""))
    return signoffs.withdraw(ledger, guideline, id, name, why, editor=entry.content.name)


def _done(entry: LedgerEntry) -> None:
    """The ledger has taken an entry: its turn is spent, and the name is known for the session."""
    st.session_state[_TURN] = turn() + 1
    if editor().on_trust:
        st.session_state[NAME] = entry.content.name


def _name(key: str) -> str:
    """The editor's name, as the login or the form gives it.

    Raises:
        Held: nobody may sign, or no name was given.
        LedgerError: it is no name.
    """
    who = editor()
    if who.refusal:
        raise Held(who.refusal)
    typed = who.name or str(st.session_state.get(key, ""))
    if not typed.strip():
        raise Held("Give your name; it is asked for once.")
    return clean_name(typed)


def _reason(error: Exception) -> str:
    if isinstance(error, SourceError):
        return words(error)
    return f"The ledger's folder cannot be made: {error.strerror}." if isinstance(error, OSError) else str(error)
