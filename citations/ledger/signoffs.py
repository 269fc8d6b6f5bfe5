"""Signing a citation, taking a verdict back, and what a ledger says about a citation as it stands now.

The law: an editor's own newer verdict supersedes the older one; what is withdrawn counts no more. Of the verdicts that
still stand, those count whose four fingerprints are those of today, and the latest of them is the citation's. If none of
them fits today, the citation is stale.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from edgewise.citations.ledger.entries import Content, LedgerEntry, Verdict, clean_name, clean_note, refuse
from edgewise.citations.ledger.fingerprints import CitationLink, Seen, find_link, links, seen
from edgewise.citations.ledger.remembered import TextRead, our_words
from edgewise.citations.ledger.store import Ledger
from edgewise.graph.model import Guideline

Word = Literal["unsigned", "signed", "stale", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Standing:
    """What a ledger says about one citation now.

    Attributes:
        state: ``unsigned``, ``signed``, ``stale`` or ``withdrawn`` (was signed, and every verdict was taken back).
        entry: the sign-off that counts (signed) or the latest that no longer fits (stale); else None.
        changed: what differs from what was seen (stale): of ``statement``, ``citation``, ``reference``, ``sentence``.
        fitting: all verdicts that stand and fit today, latest first; more than one where several editors signed.
        outdated: all verdicts that stand and no longer fit, latest first.
    """

    state: Word
    entry: LedgerEntry | None = None
    changed: tuple[str, ...] = ()
    fitting: tuple[LedgerEntry, ...] = ()
    outdated: tuple[LedgerEntry, ...] = ()

    @property
    def verdict(self) -> Verdict | Literal[""]:
        """The verdict that counts, empty unless signed."""
        return self.entry.content.verdict if self.entry and self.state == "signed" else ""

    @property
    def disputed(self) -> bool:
        """Whether editors gave different verdicts that all stand and fit."""
        return len({entry.content.verdict for entry in self.fitting}) > 1


def sign(
    ledger: Ledger,
    guideline: Guideline,
    citation: str,
    verdict: Verdict,
    name: str,
    note: str = "",
    read: Iterable[TextRead] = (),
) -> LedgerEntry:
    """Sign a citation off; it is on disk when this returns.

    Args:
        ledger: open for writing.
        guideline: as the editor sees it.
        citation: id or IRI.
        verdict: one of `entries.VERDICTS`.
        name: the editor's, 1 to 200 characters.
        note: up to 10,000 characters.
        read: which texts of the cited work were read beside the statement; their words are not kept, ours are.

    Raises:
        UnknownName: no such citation.
        LedgerError: name, note or verdict are unsound, the verdict is impossible, or the ledger cannot be written.

    >>> from tempfile import TemporaryDirectory
    >>> from edgewise.citations.ledger.store import open_ledger
    >>> from edgewise.graph.library import load
    >>> guideline = load("sacroiliac-sclerosis").guideline
    >>> with TemporaryDirectory() as folder:
    ...     ledger = open_ledger(f"{folder}/signed.db", create=True)
    ...     entry = sign(ledger, guideline, "s1/citations/1", "partly", "Ann Lee")
    ...     standings(guideline, ledger.entries(guideline.iri))["s1/citations/1"].verdict
    'partly'
    """
    link = find_link(guideline, citation)
    who, what, looked_at, texts = clean_name(name), clean_note(note), seen(link), tuple(read)
    if link.reference is None and verdict in ("supported", "partly"):
        message = f"marker {link.marker.printed} points to no entry of the reference list, so nothing can have supported the statement"
        raise refuse("verdict", message, "sign wrong-reference or cant-tell, or give the marker its entry first")
    iri = _iri(guideline, link)

    def compose(before: tuple[LedgerEntry, ...]) -> Content:
        own = [entry for entry in standing(before) if entry.content.name == who]
        replaced = own[0].id if own else ""
        return Content(
            kind="sign-off", guideline=guideline.iri, citation=iri, name=who, verdict=verdict, note=what, seen=looked_at, replaces=replaced,
            words=our_words(link), read=texts,
        )  # fmt: skip

    return ledger.append(guideline.iri, iri, compose)


def withdraw(ledger: Ledger, guideline: Guideline, citation: str, name: str, note: str = "", *, editor: str = "") -> LedgerEntry:
    """Take a verdict back; the withdrawal is an entry too.

    Args:
        ledger: open for writing.
        guideline: to which the citation belongs, or belonged.
        citation: id or IRI; also of a citation that the guideline no longer has.
        name: who withdraws.
        note: why.
        editor: whose verdict is taken back; the one who withdraws if empty.

    Raises:
        LedgerError: no verdict of that editor stands, name or note are unsound, or the ledger cannot be written.
    """
    who, what = clean_name(name), clean_note(note)
    whose = clean_name(editor) if editor else who
    iri = f"{guideline.iri}/{citation.removeprefix(f'{guideline.iri}/')}"

    def compose(before: tuple[LedgerEntry, ...]) -> Content:
        own = [entry for entry in standing(before) if entry.content.name == whose]
        if not own:
            others = ", ".join(sorted({entry.content.name for entry in standing(before)}))
            repair = f"verdicts stand by {others}" if others else "nobody's verdict stands on it"
            raise refuse("withdrawal", f"no verdict of {whose} stands on {citation}", repair)
        return Content(kind="withdrawal", guideline=guideline.iri, citation=iri, name=who, note=what, replaces=own[0].id)

    return ledger.append(guideline.iri, iri, compose)


def standing(entries: Iterable[LedgerEntry]) -> tuple[LedgerEntry, ...]:
    """The sign-offs of one citation that are neither withdrawn nor superseded, latest first.

    Latest by time, and by place in the ledger where times are equal: an imported entry is no newer for coming later.
    """
    held = list(entries)
    gone = {entry.content.replaces for entry in held}
    left = [entry for entry in held if entry.content.kind == "sign-off" and entry.id not in gone]
    return tuple(sorted(left, key=lambda entry: (entry.content.time, entry.seq), reverse=True))


def judge(entries: Iterable[LedgerEntry], now: Seen) -> Standing:
    """What the entries of one citation amount to, when `now` is what there is to be seen.

    >>> judge([], Seen("a", "b", "c", "d")).state
    'unsigned'
    """
    held = list(entries)
    left = standing(held)
    fitting = tuple(entry for entry in left if entry.content.seen == now)
    outdated = tuple(entry for entry in left if entry.content.seen != now)
    if fitting:
        return Standing("signed", fitting[0], (), fitting, outdated)
    if outdated:
        then = outdated[0].content.seen
        return Standing("stale", outdated[0], then.changes(now) if then else Seen._fields, (), outdated)
    return Standing("withdrawn" if held else "unsigned")


def standings(guideline: Guideline, entries: Iterable[LedgerEntry]) -> dict[str, Standing]:
    """What a ledger says about every citation of a guideline, by citation id in the order of the statements.

    Args:
        guideline: as it is now.
        entries: of the ledger, those of other guidelines included or not.
    """
    by_citation: dict[str, list[LedgerEntry]] = {}
    for entry in entries:
        by_citation.setdefault(entry.content.citation, []).append(entry)
    return {id: judge(by_citation.get(_iri(guideline, link), ()), seen(link)) for id, link in links(guideline).items()}


def orphans(guideline: Guideline, entries: Iterable[LedgerEntry]) -> tuple[LedgerEntry, ...]:
    """Standing sign-offs of citations that the guideline no longer has, oldest first: nobody would see them expire."""
    here = {_iri(guideline, link) for link in links(guideline).values()}
    lost = [entry for entry in entries if entry.content.guideline == guideline.iri and entry.content.citation not in here]
    return tuple(reversed(standing(lost)))


def progress(found: Mapping[str, Standing]) -> dict[Word, int]:
    """How many citations are in each state.

    >>> progress({"a": Standing("unsigned"), "b": Standing("unsigned")})
    {'signed': 0, 'stale': 0, 'withdrawn': 0, 'unsigned': 2}
    """
    words: tuple[Word, ...] = ("signed", "stale", "withdrawn", "unsigned")
    return {word: sum(one.state == word for one in found.values()) for word in words}


def _iri(guideline: Guideline, link: CitationLink) -> str:
    return f"{guideline.iri}/{link.citation.id}"
