"""The entries of a ledger: what they say, which of them are sound, and how each is chained to the one before.

An entry has two hashes. Its `id` covers what it says and nothing of where it stands, so that it stays itself when another
ledger takes it over; its `digest` covers the id, the place and the digest before it, so that a ledger cannot be altered,
cut in the middle or put in another order without `verify` naming the place.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from typing import Any, Literal, get_args

from edgewise.citations.ledger import remembered
from edgewise.citations.ledger.fingerprints import HASH, Seen, digest
from edgewise.citations.ledger.remembered import OurWords, TextRead
from edgewise.ontology.errors import SourceError
from edgewise.ontology.findings import Finding

Verdict = Literal["supported", "partly", "not-supported", "wrong-reference", "cant-tell"]
Kind = Literal["sign-off", "withdrawal"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
KINDS: tuple[Kind, ...] = get_args(Kind)
START = "sha256:" + "0" * 64
"""What the first entry of every ledger has for a predecessor."""

LONGEST_NAME, LONGEST_NOTE, LONGEST_IRI = 200, 10_000, 2_000
_NONCE = re.compile(r"[0-9a-f]{16}")
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`\x7f-\xa0]+")
_JOINERS = "\u200c\u200d"  # needed to spell names in some scripts


class LedgerError(SourceError):
    """A ledger, an entry or an import cannot be used; carries every problem as findings.

    >>> print(LedgerError([Finding(rule="ledger-name", message="the name is empty", repair="say who signs")]))
    error: the name is empty; say who signs [ledger-name]
    """


def refuse(rule: str, message: str, repair: str, file: str = "") -> LedgerError:
    """An error with one finding, for the caller to raise."""
    return LedgerError([Finding(rule=f"ledger-{rule}", message=message, repair=repair, file=file)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What an entry says, wherever it stands.

    Attributes:
        kind: ``sign-off`` or ``withdrawal``.
        guideline: IRI of the guideline.
        citation: IRI of the citation in it.
        name: who signs or withdraws.
        verdict: one of `VERDICTS`; empty in a withdrawal.
        note: the editor's remark, may be empty.
        time: UTC, ISO 8601 with milliseconds, ``2026-01-31T09:30:00.000Z``.
        seen: fingerprints of what was signed; None in a withdrawal.
        replaces: id of the entry that this one withdraws, or supersedes because the same editor signed again; may be empty.
        nonce: 16 hexadecimal digits, so that the same words said twice are two entries.
        words: our own words as they were signed; None in a withdrawal, and in entries from before they were kept.
        read: which texts of the cited work were read beside the statement.
    """

    kind: Kind
    guideline: str
    citation: str
    name: str
    verdict: Verdict | Literal[""] = ""
    note: str = ""
    time: str = field(default_factory=lambda: stamp())
    seen: Seen | None = None
    replaces: str = ""
    nonce: str = field(default_factory=lambda: secrets.token_hex(8))
    words: OurWords | None = None
    read: tuple[TextRead, ...] = ()

    @property
    def id(self) -> str:
        """``sha256:`` of all that it says."""
        return digest(self.data())

    def data(self) -> dict[str, Any]:
        """Plain data, the fingerprints as a mapping of their own or None; words and texts read only where there are any."""
        said = {one.name: getattr(self, one.name) for one in fields(self) if one.name not in ("seen", "words", "read")}
        return {**said, "seen": None if self.seen is None else self.seen._asdict(), **remembered.plain(self.words, self.read)}


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """A content at its place in one ledger: `seq` counts from 1, `previous` is the digest before it or `START`."""

    seq: int
    previous: str
    content: Content
    id: str
    digest: str

    def data(self) -> dict[str, Any]:
        """One flat mapping, as JSON Lines hold it."""
        return {"seq": self.seq, "previous": self.previous, "digest": self.digest, "id": self.id, **self.content.data()}


def chain(content: Content, seq: int, previous: str) -> LedgerEntry:
    """Put a content behind the entry whose digest is `previous`.

    >>> said = Content(kind="withdrawal", guideline="urn:g", citation="urn:g/s/citations/1", name="Ann Lee")
    >>> first = chain(said, 1, START)
    >>> second = chain(said, 2, first.digest)
    >>> first.id == second.id, first.digest == second.digest
    (True, False)
    """
    id = content.id
    return LedgerEntry(seq, previous, content, id, digest({"id": id, "previous": previous, "seq": seq}))


def link_faults(entry: LedgerEntry, seq: int, previous: str, ids: Collection[str] | None) -> Iterator[str]:
    """What is wrong with an entry as number `seq` behind the digest `previous`; nothing for a sound one.

    Args:
        entry: as kept or exported; its hashes are recomputed.
        seq: its place, from 1.
        previous: the digest before it, or `START`.
        ids: of the entries before it; None if not all are known.

    >>> said = Content(kind="withdrawal", guideline="urn:g", citation="urn:g/c", name="Ann Lee", replaces=START)
    >>> list(link_faults(chain(said, 2, START), 1, START, None))
    ['stands where entry 1 should: entries are missing or out of order']
    """
    content = entry.content
    if entry.seq != seq:
        yield f"stands where entry {seq} should: entries are missing or out of order"
    elif entry.previous != previous:
        yield "does not follow from the entry before it"
    if entry.id != content.id:
        yield "was altered: its content does not give its id"
    elif entry.digest != chain(content, entry.seq, entry.previous).digest:
        yield "was altered: its digest is wrong"
    for what, _ in faults(content):
        yield f"is unsound: {what}"
    if content.replaces and ids is not None and content.replaces not in ids:
        yield "replaces an entry that is not before it"


def stamp(moment: datetime | None = None) -> str:
    """A moment, or now, as entries write it.

    >>> stamp(datetime(2026, 1, 31, 9, 30, tzinfo=UTC))
    '2026-01-31T09:30:00.000Z'
    """
    return (moment or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def clean_name(name: str) -> str:
    """A name as the ledger keeps it: Unicode NFC, single spaces, none at the ends.

    Raises:
        LedgerError: it is empty, longer than 200 characters, or holds control characters.

    >>> clean_name("  Ann   Lee ")
    'Ann Lee'
    """
    spaced = "".join(" " if unicodedata.category(character) == "Zs" else character for character in name)
    words = unicodedata.normalize("NFC", re.sub(" +", " ", spaced).strip(" "))
    for message, repair in _name_faults(words):
        raise refuse("name", message, repair)
    return words


def clean_note(note: str) -> str:
    r"""A note as the ledger keeps it: Unicode NFC, line ends as ``\n``, no space at the ends.

    Raises:
        LedgerError: it is longer than 10,000 characters or holds control characters.
    """
    words = unicodedata.normalize("NFC", note.replace("\r\n", "\n").replace("\r", "\n")).strip()
    for message, repair in _note_faults(words):
        raise refuse("note", message, repair)
    return words


def faults(content: Content) -> Iterator[tuple[str, str]]:
    """All that is wrong with a content, as (what, repair); nothing for a sound one.

    >>> seen = Seen(START, START, START, START)
    >>> list(faults(Content(kind="sign-off", guideline="urn:g", citation="urn:g/c", name="", verdict="cant-tell", seen=seen)))
    [('the name is empty', 'say who signs')]
    """
    yield from _name_faults(content.name)
    yield from _note_faults(content.note)
    yield from _place_faults(content)
    yield from _time_faults(content.time)
    if not _NONCE.fullmatch(content.nonce):
        yield "the nonce is not 16 hexadecimal digits", "export the ledger again"
    if content.replaces and not HASH.fullmatch(content.replaces):
        yield "what it replaces is not the id of an entry", "give the id as exported"
    kind: str = content.kind  # imported and tampered entries hold anything
    if kind == "sign-off":
        yield from _sign_off_faults(content)
    elif kind not in KINDS:
        yield f"{kind[:40]!r} is not a kind of entry", f"known are {', '.join(KINDS)}"
    elif content.verdict or content.seen or content.words or content.read or not content.replaces:
        yield "a withdrawal bears no verdict and no fingerprints, and names what it withdraws", "export the ledger again"


def _sign_off_faults(content: Content) -> Iterator[tuple[str, str]]:
    if content.verdict not in VERDICTS:
        yield f"{content.verdict[:40]!r} is not a verdict", f"known are {', '.join(VERDICTS)}"
    for part, value in (content.seen or Seen("", "", "", ""))._asdict().items():
        if not HASH.fullmatch(value):
            repair = "mend it in the guideline, or export the ledger again"
            yield f"the fingerprint of the {part} is not 'sha256:' and 64 hexadecimal digits", repair
    yield from remembered.faults(content.words, content.read)


def _place_faults(content: Content) -> Iterator[tuple[str, str]]:
    for what, iri in (("guideline", content.guideline), ("citation", content.citation)):
        if len(iri) > LONGEST_IRI or not _IRI.fullmatch(iri):
            yield f"the {what} is not named by an IRI", "take the IRI from the guideline's export"
    if not content.citation.startswith(f"{content.guideline}/"):
        yield "the citation is not one of the guideline's", "its IRI begins with the guideline's"


def _time_faults(time: str) -> Iterator[tuple[str, str]]:
    try:
        sound = bool(_TIME.fullmatch(time) and datetime.fromisoformat(time))
    except ValueError:  # the 31st of February
        sound = False
    if not sound:
        yield f"{time[:40]!r} is not a time", "write UTC as 2026-01-31T09:30:00.000Z"


def _name_faults(name: str) -> Iterator[tuple[str, str]]:
    if not any(character.isalnum() for character in name):
        yield "the name has no letter" if name else "the name is empty", "say who signs"
    elif len(name) > LONGEST_NAME:
        yield f"the name is longer than {LONGEST_NAME} characters", "shorten it"
    elif not all(character.isprintable() or character in _JOINERS for character in name):
        yield "the name holds control characters", "type it anew on one line"
    elif name != unicodedata.normalize("NFC", name).strip():
        yield "the name has spaces at its ends or is not in Unicode NFC", "export the ledger again"


def _note_faults(note: str) -> Iterator[tuple[str, str]]:
    if len(note) > LONGEST_NOTE:
        yield f"the note is longer than {LONGEST_NOTE:,} characters", "shorten it"
    if any(unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\t" for character in note):
        yield "the note holds control characters", "type it anew"


def content_of(data: Mapping[str, Any]) -> Content:
    """A content from plain data as `Content.data` gives it; types are taken on trust, so check them first.

    Raises:
        ValueError: words or texts read are of another form.
    """
    held = data["seen"]
    words, read = remembered.words_of(data.get("words")), remembered.texts_of(data.get("read", []))
    return Content(**{**data, "seen": None if held is None else Seen(**held), "words": words, "read": read})
