"""The bytes of an ordinary file, or in plain words why they cannot be had."""

from __future__ import annotations

from pathlib import Path
from stat import S_ISDIR, S_ISREG

from edgewise.graph.reading.problems import fail

LIMIT = 4 * 1024 * 1024  # bytes; the largest guideline so far has 150 KB
FORMATS = {
    ".yaml": "yaml", ".yml": "yaml", ".json": "json", ".jsonld": "jsonld",
    ".ttl": "turtle", ".nq": "nquads", ".trig": "trig",
}  # fmt: skip
_XML = {".rdf", ".xml", ".owl", ".rdfs"}


def format_of(name: str) -> str:
    """The format that a file's ending tells.

    Raises:
        SourceError: it tells none that is read.

    >>> format_of("g.YML"), format_of("g.ttl")
    ('yaml', 'turtle')
    """
    suffix = Path(name).suffix.lower()
    if suffix in FORMATS:
        return FORMATS[suffix]
    repair = f"use a file ending in {', '.join(FORMATS)}"
    if suffix in _XML:
        message = "RDF/XML is not read, because its entities can exhaust the machine"
        raise fail(name, "unknown-format", message, 0, f"convert it to Turtle; {repair}")
    raise fail(name, "unknown-format", f"the ending '{suffix}' names no format that Edgewise reads", 0, repair)


def content(path: str | Path, limit: int) -> bytes:
    """At most `limit` bytes of a file, and one more, by which the reader sees that it is larger.

    Raises:
        SourceError: there is no such file, it is no ordinary one, or it cannot be opened.

    >>> content("nowhere.txt", 10)
    Traceback (most recent call last):
        ...
    edgewise.ontology.errors.SourceError: nowhere.txt: error: there is no such file; check the path [no-file]
    """
    name = str(path)
    try:
        mode = Path(path).stat().st_mode
        if S_ISDIR(mode):
            raise fail(name, "not-a-file", "this is a folder", 0, "name the file in it")
        if not S_ISREG(mode):  # a pipe would wait for ever, a device never end
            raise fail(name, "not-a-file", "this is a device or a pipe", 0, "name an ordinary file")
        with Path(path).open("rb") as file:
            return file.read(limit + 1)
    except FileNotFoundError:
        raise fail(name, "no-file", "there is no such file", 0, "check the path") from None
    except PermissionError:
        repair = "allow yourself to read it, for example with chmod u+r"
        raise fail(name, "no-permission", "the file may not be opened", 0, repair) from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = getattr(error, "strerror", None) or str(error)
        raise fail(name, "unreadable-file", f"the file cannot be read: {reason}", 0, "check the path and the disk") from None
