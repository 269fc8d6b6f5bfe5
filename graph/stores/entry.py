"""What a library says of a guideline without opening it, as one line of JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from typing import Any

from edgewise.graph.loaded import Loaded
from edgewise.graph.stores.errors import refuse

FORM = 1
"""The form of what libraries hold; a higher one was written by a newer Edgewise."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A guideline of a library, as a list or a card shows it.

    Attributes:
        id: its short name.
        iri: its own IRI, which names its graph.
        title, question, publisher: its own words.
        updated: day of its last change, as ISO 8601 writes it.
        review_status: as the source has it.
        digest: of its content; the same content has the same one everywhere.
        format: what its content is read as.
        file: the file that it came from: its name, and that of its folder.
        steps, edges, statements, references: how many it has.
    """

    id: str
    iri: str
    title: str
    question: str
    publisher: str
    updated: str
    review_status: str
    digest: str
    format: str
    file: str
    steps: int
    edges: int
    statements: int
    references: int

    def to_json(self) -> str:
        """As it is kept.

        >>> entry = Entry("g", "urn:g", "Hips", "", "", "", "", "d", "yaml", "g.yaml", 1, 0, 0, 0)
        >>> read_entry(entry.to_json()) == entry
        True
        """
        return json.dumps({"form": FORM, **asdict(self)}, ensure_ascii=False, separators=(",", ":"))


_FIELDS = {field.name: int if field.type == "int" else str for field in fields(Entry)}


def entry_of(loaded: Loaded) -> Entry:
    """The entry of a guideline in hand.

    >>> from edgewise.graph.library import load
    >>> entry = entry_of(load("sacroiliac-sclerosis"))
    >>> entry.title, entry.file, entry.references
    ('Management of Bilateral Sacroiliac Joint Sclerosis', 'sacroiliac-sclerosis/guideline.yaml', 6)
    """
    made = loaded.guideline
    return Entry(
        made.id, made.iri, made.title, made.question, made.publisher, made.updated, made.review_status,
        loaded.digest, loaded.format, short_name(loaded.file),
        len(made.steps), len(made.transitions), len(made.statements), len(made.references),
    )  # fmt: skip


def short_name(file: str) -> str:
    r"""The last two parts of a file's path: whoever shares a library need not tell how the folders of a machine are called.

    >>> short_name("/home/ann/guidelines/hips/guideline.yaml"), short_name("C:\\hips\\guideline.yaml"), short_name("../hips.ttl")
    ('hips/guideline.yaml', 'hips/guideline.yaml', 'hips.ttl')
    """
    parts = [part for part in file.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return "/".join(parts[-2:])


def read_entry(text: str, where: str = "") -> Entry:
    """An entry as it is kept.

    Args:
        text: as `Entry.to_json` gives it.
        where: the library's URL, for messages.

    Raises:
        StoreError: it has another form.

    >>> read_entry('{"form": 2, "id": "g"}', "oxigraph:lib")
    Traceback (most recent call last):
        ...
    edgewise.graph.stores.errors.StoreError: oxigraph:lib: error: it holds what a newer Edgewise wrote (form 2, and this one knows 1); \
use that one, or load the guidelines into a library of their own [library-newer]
    """
    data = _mapping(text, where)
    form = data.pop("form", None)
    if type(form) is int and form > FORM:
        message = f"it holds what a newer Edgewise wrote (form {form}, and this one knows {FORM})"
        raise refuse("newer", message, "use that one, or load the guidelines into a library of their own", where)
    if form != FORM or data.keys() != _FIELDS.keys() or any(type(data[name]) is not kind for name, kind in _FIELDS.items()):
        raise _damaged(where)
    return Entry(**data)


def _mapping(text: str, where: str) -> dict[str, Any]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise _damaged(where) from None
    if not isinstance(data, dict):
        raise _damaged(where)
    return data


def _damaged(where: str) -> Exception:
    return refuse("damaged", "an entry of its catalogue is none that Edgewise wrote", "load the guideline again", where)
