"""The editor's desk: one guideline, one ledger, and what `edgewise sign` does with the two."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from edgewise.citations.ledger.address import address
from edgewise.citations.ledger.entries import LedgerEntry, LedgerError, Verdict
from edgewise.citations.ledger.fingerprints import CitationLink, links
from edgewise.citations.ledger.remembered import our_words, reworded
from edgewise.citations.ledger.signoffs import Standing, progress
from edgewise.citations.ledger.store import Ledger, open_ledger
from edgewise.explorer.cards.numbers import many
from edgewise.explorer.cli.cited_texts import read_texts
from edgewise.explorer.cli.delivery import STDOUT, deliver
from edgewise.explorer.cli.exits import CLEAN, FINDINGS, Refused
from edgewise.explorer.cli.findings import finding_payload
from edgewise.explorer.cli.terminal import complain, show, show_json
from edgewise.explorer.shell.user_files import default_ledger, ledger_file

if TYPE_CHECKING:
    from edgewise.graph.model import Guideline

_LARGEST_IMPORT = 64 * 1024 * 1024  # bytes; an entry has about one kilobyte
_MISSING = "ledger-missing"


@dataclass(frozen=True, slots=True)
class Desk:
    """A guideline and the place of its ledger.

    Attributes:
        guideline: as it is now.
        where: of the ledger, as the user writes it.
        own: whether that is the user's own ledger, which need not be there yet.
        as_json: whether a program listens.
    """

    guideline: Guideline
    where: str
    own: bool
    as_json: bool = False

    @classmethod
    def open(cls, guideline: str, ledger: str | None, *, as_json: bool = False) -> Desk:
        """The desk for a guideline by id, folder or file, and a ledger by address; None is the user's own."""
        from edgewise.explorer.cli.intake import load

        return cls(load(guideline).guideline, str(default_ledger()) if ledger is None else ledger, ledger is None, as_json)

    def sign(self, citation: str, verdict: Verdict, name: str | None, note: str, read: Collection[str] = ()) -> int:
        """Put one verdict into the ledger, which is started if there is none."""
        from edgewise.citations.ledger.entries import clean_name, clean_note
        from edgewise.citations.ledger.fingerprints import find_link
        from edgewise.citations.ledger.signoffs import sign

        who = clean_name(_named(name, "signs"))  # all that can be refused is refused before a ledger is started for nothing
        clean_note(note)
        texts = read_texts(find_link(self.guideline, citation), read)
        ledger = self._started()
        return self._acknowledge(sign(ledger, self.guideline, citation, verdict, who, note, texts), ledger)

    def withdraw(self, citation: str, name: str | None, note: str, editor: str) -> int:
        """Take a verdict back."""
        from edgewise.citations.ledger.signoffs import withdraw

        who, ledger = _named(name, "withdraws"), self._opened()
        return self._acknowledge(withdraw(ledger, self.guideline, citation, who, note, editor=editor), ledger)

    def status(self) -> int:
        """Show what the ledger says about every citation, and sign-offs of citations that are no more."""
        from edgewise.citations.ledger.signoffs import orphans, standings

        entries = self._opened().entries(self.guideline.iri) if self._begun else ()
        found, lost, shown = standings(self.guideline, entries), orphans(self.guideline, entries), address(self.where).shown
        if self.as_json:
            show_json(status_payload(self.guideline, found, lost, shown))
        else:
            show(status_report(self.guideline, found, lost, shown))
        return CLEAN

    def export(self, file: str) -> int:
        """Write the whole ledger, whose entries can only be verified together."""
        from edgewise.citations.ledger.json_lines import lines

        ledger = self._opened()
        entries = ledger.entries()
        deliver("".join(lines(entries)), Path(file), reads=ledger_file(self.where))
        if file != STDOUT:
            self._tell({"file": file, "entries": len(entries)}, f"{file}: {many(len(entries), 'entry', 'entries')} of {ledger.shown}")
        return CLEAN

    def take(self, file: str) -> int:
        """Add the entries of an export, all or none."""
        from edgewise.citations.ledger.json_lines import parse, take

        name = "standard input" if file == STDOUT else file
        text = _read(file, name)
        parse(text, name)  # before a ledger is started for nothing
        ledger = self._started()
        added, known = take(ledger, text, name)
        told = {"added": added, "known": known, "ledger": ledger.shown}
        return self._tell(told, f"{many(added, 'entry', 'entries')} added to {ledger.shown}, {known} known already")

    def verify(self, head: str) -> int:
        """Recompute the chain of the ledger; its head, noted elsewhere, proves later that nothing was cut off."""
        ledger = self._opened()
        findings, number, last = ledger.verify(head), len(ledger), ledger.head()
        told = {"ledger": ledger.shown, "entries": number, "head": last, "findings": [finding_payload(finding) for finding in findings]}
        state = "nothing was altered" if not findings else "NOT SOUND"
        self._tell(told, *map(str, findings), f"{ledger.shown}: {many(number, 'entry', 'entries')}, {state}", f"head {last}")
        return FINDINGS if findings else CLEAN

    @property
    def _begun(self) -> bool:
        """Whether there should be a ledger: one's own is not there before the first sign-off."""
        return not self.own or os.path.lexists(self.where)

    def _opened(self) -> Ledger:
        if not self._begun:
            raise Refused(f"nothing was signed yet in {self.where}; sign a citation, or name another ledger with --ledger")
        return open_ledger(self.where)

    def _started(self) -> Ledger:
        if self.own:
            _make_folder(Path(self.where).parent)
        try:
            return open_ledger(self.where)
        except LedgerError as error:
            if not any(finding.rule == _MISSING for finding in error.findings):
                raise
        ledger = open_ledger(self.where, create=True)
        complain(f"A new ledger was started: {ledger.shown}")
        return ledger

    def _acknowledge(self, entry: LedgerEntry, ledger: Ledger) -> int:
        said = entry.content
        line = f"{entry_line(self.guideline, entry)}, in {ledger.shown}"
        replaced = ["It takes the place of an earlier verdict of the same editor."] if said.kind == "sign-off" and said.replaces else []
        return self._tell({"entry": entry.data(), "ledger": ledger.shown}, line, *replaced)

    def _tell(self, told: dict[str, Any], *lines: str) -> int:
        if self.as_json:
            show_json(told)
        else:
            show(lines)
        return CLEAN


def _named(name: str | None, does: str) -> str:
    if name is None:
        raise Refused(f"say who {does}, with --name; the name is taken on trust")
    return name


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise Refused(f"the folder {folder} cannot be made: {error.strerror}; name a ledger with --ledger") from None


def _read(file: str, name: str) -> bytes:
    """An export as bytes; a pipe too."""
    try:
        if file == STDOUT:
            data = sys.stdin.buffer.read(_LARGEST_IMPORT + 1) if sys.stdin else b""
        else:
            with Path(file).open("rb") as opened:
                data = opened.read(_LARGEST_IMPORT + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path, or a closed stream
        raise Refused(f"{name} cannot be read: {getattr(error, 'strerror', None) or error}; check the path") from None
    if len(data) > _LARGEST_IMPORT:
        raise Refused(f"{name} is larger than {_LARGEST_IMPORT:,} bytes; that is no export of a ledger")
    return data


def status_payload(guideline: Guideline, found: Mapping[str, Standing], lost: Iterable[LedgerEntry], ledger: str) -> dict[str, Any]:
    """What the ledger says about every citation.

    Args:
        guideline: as it is now.
        found: by citation id, as `edgewise.citations.ledger.signoffs.standings` gives it.
        lost: sign-offs of citations that the guideline no longer has.
        ledger: its name, without credentials.
    """
    joined = links(guideline)
    return {
        "guideline": guideline.id,
        "ledger": ledger,
        "progress": {**progress(found), "total": len(found)},
        "citations": [_standing(id, standing, joined[id]) for id, standing in found.items()],
        "orphans": [_entry(entry) | {"citation": entry.content.citation.removeprefix(f"{guideline.iri}/")} for entry in lost],
    }


def _standing(id: str, standing: Standing, link: CitationLink) -> dict[str, Any]:
    return {
        "id": id,
        "statement": link.statement.id,
        "marker": link.marker.printed,
        "reference": link.reference.id if link.reference else None,
        "state": standing.state,
        "verdict": standing.verdict or None,
        "changed": list(standing.changed),
        "disputed": standing.disputed,
        "fitting": [_entry(entry) for entry in standing.fitting],
        "outdated": [_entry(entry) | {"reworded": _reworded(entry, link)} for entry in standing.outdated],
    }


def _entry(entry: LedgerEntry) -> dict[str, Any]:
    said = entry.content
    told = {"id": entry.id, "verdict": said.verdict or None, "name": said.name, "note": said.note or None, "time": said.time}
    return told | {"read": [{**text._asdict(), "sentences": list(text.sentences)} for text in said.read]}


def _reworded(entry: LedgerEntry, link: CitationLink) -> dict[str, Any] | None:
    """Our words then and now, of what differs; None where the ledger did not keep them."""
    words = entry.content.words
    return words and {part: {"then": then, "now": now} for part, (then, now) in reworded(words, our_words(link)).items()}


def status_report(guideline: Guideline, found: Mapping[str, Standing], lost: Iterable[LedgerEntry], ledger: str) -> list[str]:
    """How far the audit is, then citation by citation who said what and what changed since."""
    joined = links(guideline)
    counts = progress(found)
    return [
        f"{guideline.title} [{guideline.id}]",
        f"{counts['signed']} of {len(found)} citations signed, {counts['stale']} stale, {counts['withdrawn']} withdrawn, "
        f"{counts['unsigned']} unsigned ({ledger})",
        "",
        *(line for id, standing in found.items() for line in _lines(id, standing, joined[id])),
        *_orphans(guideline, lost),
    ]


def _lines(id: str, standing: Standing, link: CitationLink) -> Iterator[str]:
    cited = link.reference.id if link.reference else "no such entry"
    yield f"  {id} [{link.marker.printed}] ({cited}): {standing.state}{' (editors disagree)' if standing.disputed else ''}"
    yield from (f"    {_said(entry)}" for entry in standing.fitting)
    if standing.state == "stale":
        yield f"    changed since: {', '.join(standing.changed)}"
        for entry in standing.outdated:
            yield f"    {_said(entry)}, of what was there then"
            for part, change in (_reworded(entry, link) or {}).items():
                yield from (f"      {part} then: {change['then']}", f"      {part} now:  {change['now']}")


def _said(entry: LedgerEntry) -> str:
    said = entry.content
    read = f", having read {', '.join(text.source for text in said.read)}" if said.read else ""
    return f"{said.verdict} ({said.name}, {said.time}{read}){f': {said.note}' if said.note else ''}"


def _orphans(guideline: Guideline, lost: Iterable[LedgerEntry]) -> Iterator[str]:
    held = list(lost)
    yield from ("", "Signed, but no longer in the guideline") if held else ()
    for entry in held:
        yield f"  {entry.content.citation.removeprefix(f'{guideline.iri}/')}: {_said(entry)}"


def entry_line(guideline: Guideline, entry: LedgerEntry) -> str:
    """One entry in one line, as it is acknowledged.

    >>> from edgewise.citations.ledger.entries import START, Content, chain
    >>> from edgewise.graph.model import Guideline
    >>> said = Content(kind="withdrawal", guideline="urn:g", citation="urn:g/s/citations/1", name="Ann Lee", replaces=START,
    ...     time="2026-01-31T09:30:00.000Z")
    >>> entry_line(Guideline("g", "urn:g", "", "", "", "", "", "", "", ""), chain(said, 1, START))
    's/citations/1: withdrawn by Ann Lee, 2026-01-31T09:30:00.000Z; entry 1'
    """
    said = entry.content
    verdict = f"signed as {said.verdict}" if said.kind == "sign-off" else "withdrawn"
    return f"{said.citation.removeprefix(f'{guideline.iri}/')}: {verdict} by {said.name}, {said.time}; entry {entry.seq}"
