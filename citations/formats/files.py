"""Reference lists as files: which format is which, and reading no more of a file than is allowed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from types import MappingProxyType, ModuleType

from edgewise.citations.formats import bibtex, csl, ris
from edgewise.citations.formats.exchange import LARGEST_FILE, Reading, Spot, Written
from edgewise.graph.model import Reference
from edgewise.ontology.errors import UnknownName

FORMATS = MappingProxyType({"csl-json": csl, "ris": ris, "bibtex": bibtex})
SUFFIXES = MappingProxyType({".json": "csl-json", ".csljson": "csl-json", ".ris": "ris", ".bib": "bibtex"})


def write(references: Iterable[Reference], format: str, *, notes: bool = True) -> Written:
    r"""References in a format named ``csl-json``, ``ris`` or ``bibtex``; `notes` keep who stated what.

    Raises:
        UnknownName: no such format.

    >>> write([], "csl-json").text
    '[]\n'
    >>> write([], "risk")
    Traceback (most recent call last):
        ...
    edgewise.ontology.errors.UnknownName: unknown reference format 'risk': did you mean 'ris'?
    """
    written: Written = _module(format).write(references, notes=notes)
    return written


def read(path: str | Path, *, format: str = "", stated_by: str = "editor") -> Reading:
    """The references of a file; whatever is wrong comes back as findings.

    Args:
        path: of the file.
        format: by name; else the file's ending tells.
        stated_by: who vouches for details that the file does not attribute.

    Raises:
        UnknownName: no such format, or an ending that tells none.

    >>> print(read("missing.ris").findings[0])
    missing.ris: error: the file cannot be read: No such file or directory [unreadable-file]
    """
    path = Path(path)
    module = _module(format or _format_of(path))
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        return Reading(findings=(Spot(str(path)).finding("unreadable-file", f"the file cannot be read: {error.strerror}"),))
    reading: Reading = module.read(content, str(path), stated_by=stated_by)
    return reading


def read_content(content: bytes, name: str, *, format: str = "", stated_by: str = "editor") -> Reading:
    r"""The references of a file that is in memory; whatever is wrong comes back as findings.

    Args:
        content: all of it.
        name: of the file, for findings; its ending tells the format unless `format` does.
        format: by name.
        stated_by: as for `read`.

    Raises:
        UnknownName: no such format, or an ending that tells none.

    >>> [one.title for one in read_content(b"TY  - JOUR\nTI  - Rest\nPY  - 2001\nER  -\n", "mine.ris").references]
    ['Rest']
    """
    reading: Reading = _module(format or _format_of(Path(name))).read(content, name, stated_by=stated_by)
    return reading


def _module(format: str) -> ModuleType:
    if format not in FORMATS:
        raise UnknownName("reference format", format, FORMATS)
    return FORMATS[format]


def _format_of(path: Path) -> str:
    if path.suffix.lower() not in SUFFIXES:
        raise UnknownName("file ending", path.suffix or path.name, SUFFIXES)
    return SUFFIXES[path.suffix.lower()]
