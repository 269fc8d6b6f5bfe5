"""An entry as a row of the database's table, and back: which columns there are, and what stands in each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from edgewise.citations.ledger.entries import LedgerEntry, LedgerError, content_of, refuse
from edgewise.citations.ledger.fingerprints import Seen, canonical
from edgewise.citations.ledger.remembered import plain

TEXTS = ["kind", "guideline", "citation", "name", "verdict", "note", "time", "replaces", "nonce"]
SEEN = [f"seen_{part}" for part in Seen._fields]
LATER = {"our_words": "words", "texts_read": "read"}
"""Columns, as JSON, that ledgers have since there was something to put into them; each with the part of an entry that it holds."""


def row(entry: LedgerEntry) -> dict[str, Any]:
    """An entry, column by column.

    >>> from edgewise.citations.ledger.entries import START, Content, chain
    >>> said = Content(kind="withdrawal", guideline="urn:g", citation="urn:g/s/citations/1", name="Ann Lee", replaces=START)
    >>> made = row(chain(said, 1, START))
    >>> made["name"], made["our_words"], entry_of(made, "signed.db").content == said
    ('Ann Lee', None, True)
    """
    content = entry.content
    later = plain(content.words, content.read)
    return {
        "seq": entry.seq,
        "previous": entry.previous,
        "digest": entry.digest,
        "id": entry.id,
        **{name: getattr(content, name) for name in TEXTS},
        **dict(zip(SEEN, content.seen or (None,) * len(SEEN), strict=True)),
        **{column: canonical(later[part]) if part in later else None for column, part in LATER.items()},
    }


def entry_of(held: Mapping[str, Any], shown: str) -> LedgerEntry:
    """The entry of a row, which need not have the columns that came later.

    Args:
        held: by column.
        shown: what messages call the ledger.

    Raises:
        LedgerError: it holds something else than an entry.
    """
    texts = [held[name] for name in ("previous", "digest", "id", *TEXTS)]
    marks = [held[name] for name in SEEN]
    if not all(isinstance(text, str) for text in texts) or not all(mark is None or isinstance(mark, str) for mark in marks):
        raise _broken(held, shown)
    said = {name: held[name] for name in TEXTS}
    seen = dict(zip(Seen._fields, marks, strict=True)) if all(marks) else None
    try:
        later = {part: json.loads(held[column]) for column, part in LATER.items() if held.get(column) is not None}
        content = content_of({**said, "seen": seen, **later})
    except (ValueError, TypeError, RecursionError):
        raise _broken(held, shown) from None
    return LedgerEntry(held["seq"], held["previous"], content, held["id"], held["digest"])


def _broken(held: Mapping[str, Any], shown: str) -> LedgerError:
    return refuse("broken", f"entry {held['seq']} holds something else than text", "restore the ledger from an export", shown)
