"""The reference list that a Markdown article names in its front matter, or that lies beside it: each entry by its key.

Opened is nothing but a file of references in the article's own folder: no other folder, no address.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from edgewise.citations.formats import csl
from edgewise.citations.formats.bibtex_entries import BibtexEntry, parse
from edgewise.citations.formats.exchange import LARGEST_FILE, decode
from edgewise.citations.formats.files import SUFFIXES, read
from edgewise.citations.reading.kept_entries import entry_of
from edgewise.citations.reading.model import ListEntry
from edgewise.graph.reading.strict import strict_yaml
from edgewise.ontology.errors import SourceError, UnknownName

_FRONT = re.compile(r"---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_MOST = 2_000  # references in a front matter


@dataclass(frozen=True, slots=True)
class Bibliography:
    """What an article's list says of each key; `name`: where it was read, empty where there is none."""

    name: str = ""
    entries: Mapping[str, ListEntry] = field(default_factory=dict)


def front_matter(text: str) -> tuple[str, str]:
    r"""The front matter of a Markdown text, and the text without it, its lines where they were.

    >>> front_matter("---\ntitle: A\n---\n# A\n")
    ('title: A', '\n\n\n# A\n')
    """
    match = _FRONT.match(text)
    return (match[1], "\n" * match[0].count("\n") + text[match.end() :]) if match else ("", text)


def bibliography(front: str, name: str, folder: Path | None) -> Bibliography:
    """The list that a front matter holds or names; else the one file of BibTeX in the folder; entries read twice stand as read first.

    Args:
        front: the front matter.
        name: of the article, for messages.
        folder: of the article; None if it is in memory only.

    >>> held = bibliography("references: [{id: lee, title: Rest, type: book, issued: {date-parts: [[2001]]}}]", "a.md", None)
    >>> held.name, held.entries["lee"].title, held.entries["lee"].year
    ('its front matter', 'Rest', 2001)
    """
    said = _said(front, name)
    inside = dict(_inside(said.get("references"), name))
    paths = list(_files(said.get("bibliography"), folder))
    found: dict[str, ListEntry] = {}
    for path in paths:
        for key, entry in _of_file(path):
            found.setdefault(key, entry)
    where = ", ".join([*(["its front matter"] if inside else []), *(path.name for path in paths)])
    return Bibliography(where, found | inside)


def _said(front: str, name: str) -> Mapping[str, Any]:
    try:
        data = strict_yaml(front, name, allow_empty=True, format="yaml")[0] if front.strip() else {}
    except SourceError:  # whatever else its author wanted of it: it is no prose
        return {}
    return data if isinstance(data, Mapping) else {}


def _files(named: object, folder: Path | None) -> Iterator[Path]:
    """Files of references in the folder itself: those named, or the only one there."""
    if folder is None:
        return
    names = [named] if isinstance(named, str) else [one for one in named if isinstance(one, str)] if isinstance(named, list) else []
    if named is None:
        beside = sorted(folder.glob("*.bib"))
        names = [beside[0].name] if len(beside) == 1 else []
    for one in names[:20]:
        path = folder / one
        if Path(one).name == one.removeprefix("./") and path.suffix.lower() in SUFFIXES and path.is_file() and not path.is_symlink():
            yield path


def _of_file(path: Path) -> Iterator[tuple[str, ListEntry]]:
    try:
        reading = read(path)
    except (UnknownName, SourceError):
        return
    keys = _keys(path)
    for reference, line in zip(reading.references, reading.lines, strict=False):
        yield keys.get(line, reference.id), entry_of(reference, line)


def _keys(path: Path) -> dict[int, str]:
    """The key of the entry on each line; ours are spelt otherwise."""
    with path.open("rb") as file:
        content = decode(file.read(LARGEST_FILE), path.name)[0]
    if SUFFIXES[path.suffix.lower()] == "bibtex":
        return {one.spot.line: one.key for one in parse(content, path.name) if isinstance(one, BibtexEntry)}
    return {}


def _inside(items: object, name: str) -> Iterator[tuple[str, ListEntry]]:
    for item in items[:_MOST] if isinstance(items, list) else []:
        if isinstance(item, Mapping) and isinstance(item.get("id"), str):
            for reference in csl.read(json.dumps([_dated(item)]), name).references[:1]:
                yield item["id"], entry_of(reference, 0)


def _dated(item: Mapping[str, Any]) -> dict[str, Any]:
    """An item of CSL with its year as JSON has it."""
    issued = item.get("issued")
    parts = issued.get("date-parts") if isinstance(issued, Mapping) else [[issued]] if isinstance(issued, str) else None
    if not isinstance(parts, list):
        return dict(item)
    dates = [[int(part) for part in date if str(part).isdecimal() and len(str(part)) <= 4] for date in parts if isinstance(date, list)]
    return {**item, "issued": {"date-parts": dates}}
