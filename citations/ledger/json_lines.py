"""A ledger as JSON Lines, one entry a line in their order, out and in again. Importing trusts nothing: every hash is recomputed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from edgewise.citations.ledger.entries import START, LedgerEntry, LedgerError, content_of, link_faults
from edgewise.citations.ledger.fingerprints import Seen, canonical
from edgewise.citations.ledger.store import Ledger, Taken
from edgewise.ontology.findings import Finding

LONGEST_LINE = 150_000
MOST_FAULTS = 100
_TEXTS = frozenset(("previous", "digest", "id", "kind", "guideline", "citation", "name", "verdict", "note", "time", "replaces", "nonce"))
_KEYS = _TEXTS | {"seq", "seen"}
_LATER = frozenset(("words", "read"))
"""Keys that entries may have since they were thought of; without them an entry is as good."""
_REPAIR = "export the ledger again"


def lines(entries: Iterable[LedgerEntry]) -> Iterator[str]:
    r"""Write entries, each as one line that ends in ``\n``. For an import, give all entries of the ledger.

    >>> from edgewise.citations.ledger.entries import START, Content, chain
    >>> said = Content(kind="withdrawal", guideline="urn:g", citation="urn:g/s/citations/1", name="Ann Lee", replaces=START)
    >>> next(lines([chain(said, 1, START)])).startswith('{"citation":"urn:g/s/citations/1","digest":"sha256:')
    True
    """
    for entry in entries:
        yield canonical(entry.data()) + "\n"


def take(ledger: Ledger, text: bytes | str, name: str = "import") -> Taken:
    """Import JSON Lines into a ledger: all entries or none, in their order; taken twice, the second time adds nothing.

    Args:
        ledger: open for writing.
        text: of a whole export, UTF-8.
        name: of the file, for messages.

    Raises:
        LedgerError: every fault of the file with its line (the first 100); the ledger is then untouched.

    >>> from tempfile import TemporaryDirectory
    >>> from edgewise.citations.ledger.store import open_ledger
    >>> with TemporaryDirectory() as folder:
    ...     take(open_ledger(f"{folder}/signed.db", create=True), "[]", "signed.jsonl")
    Traceback (most recent call last):
        ...
    edgewise.citations.ledger.entries.LedgerError: signed.jsonl:1: error: the line is not an object; export the ledger again [ledger-line]
    """
    return ledger.adopt(entry.content for entry in parse(text, name))


def parse(text: bytes | str, name: str = "import") -> tuple[LedgerEntry, ...]:
    """Read and verify JSON Lines without a ledger.

    Raises:
        LedgerError: every fault with its line.
    """
    raw = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    checked = _Checked(name)
    for number, line in enumerate(raw.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if line.strip() and len(checked.problems) < MOST_FAULTS:
            checked.add(number, line)
    if checked.problems:
        raise LedgerError(checked.problems[:MOST_FAULTS])
    return tuple(checked.entries)


class _Checked:
    """The entries read so far, and what the next must follow from; after a line that cannot be read, that is not known."""

    def __init__(self, name: str) -> None:
        self.name, self.entries, self.problems = name, list[LedgerEntry](), list[Finding]()
        self.expected: tuple[int, str] | None = (1, START)
        self.ids: set[str] | None = set()

    def add(self, number: int, line: bytes) -> None:
        try:
            entry = _entry(line)
        except ValueError as error:
            self._report(number, "line", str(error))
            self.expected = self.ids = None
            return
        seq, previous = self.expected or (entry.seq, entry.previous)
        for fault in link_faults(entry, seq, previous, self.ids):
            self._report(number, "entry", f"entry {entry.seq} {fault}")
        self.expected = (entry.seq + 1, entry.digest)
        self.entries.append(entry)
        if self.ids is not None:
            self.ids.add(entry.id)

    def _report(self, number: int, rule: str, message: str) -> None:
        self.problems.append(Finding(rule=f"ledger-{rule}", message=message, repair=_REPAIR, file=self.name, line=number))


def _entry(line: bytes) -> LedgerEntry:
    data = _plain(line)
    if not isinstance(data, dict):
        raise ValueError("the line is not an object")
    if data.keys() - _LATER != _KEYS:
        odd = sorted(_KEYS ^ (data.keys() - _LATER))[:3]
        raise ValueError(f"the keys of the entry are not those of an export: {', '.join(key[:40] for key in odd)}")
    for key in sorted(_TEXTS):
        if not isinstance(data[key], str):
            raise ValueError(f"{key} is not text")
    if type(data["seq"]) is not int or not 0 < data["seq"] < 2**63:
        raise ValueError("seq is not a counting number")
    _check_seen(data["seen"])
    content = content_of({key: data[key] for key in data.keys() - {"seq", "previous", "digest", "id"}})
    return LedgerEntry(data["seq"], data["previous"], content, data["id"], data["digest"])


def _check_seen(seen: Any) -> None:
    if seen is None:
        return
    if not isinstance(seen, dict) or seen.keys() != set(Seen._fields) or not all(isinstance(mark, str) for mark in seen.values()):
        raise ValueError("seen does not hold four fingerprints")


def _plain(line: bytes) -> Any:
    if len(line) > LONGEST_LINE:
        raise ValueError("the line is longer than any entry can be")
    try:
        data = json.loads(line.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_constant)
        canonical(data).encode("utf-8")
    except UnicodeError:
        raise ValueError("the line is not UTF-8") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"the line is not JSON: column {error.colno}") from None
    except RecursionError:
        raise ValueError("the line is nested too deep") from None
    return data


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) != len(pairs):
        raise ValueError("a key stands twice in the line")
    return data


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")
