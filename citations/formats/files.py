"""Reference lists as files: which format is which, and reading no more of a file than is allowed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from types import MappingProxyType, ModuleType

from edgewise.citations.formats import bibtex, csl, endnote_xml, nbib, pubmed_xml, refer, ris, web_of_science
from edgewise.citations.formats.contents import told_format
from edgewise.citations.formats.exchange import LARGEST_FILE, Reading, Spot, Written, decode
from edgewise.graph.model import Reference
from edgewise.ontology.errors import UnknownName

FORMATS = MappingProxyType({"csl-json": csl, "ris": ris, "bibtex": bibtex})
"""Formats that are read and written."""
READ = MappingProxyType({
    **FORMATS, "nbib": nbib, "pubmed-xml": pubmed_xml, "endnote-xml": endnote_xml, "wos": web_of_science, "refer": refer,
})  # fmt: skip
"""Formats that are read."""
SUFFIXES = MappingProxyType({
    ".json": "csl-json", ".csljson": "csl-json", ".ris": "ris", ".bib": "bibtex", ".nbib": "nbib", ".ciw": "wos", ".isi": "wos",
    ".enw": "refer",
})  # fmt: skip
TOLD_BY_CONTENT = frozenset({".xml", ".txt", ".text"})
"""Endings of reference lists and of articles alike."""


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
    if format not in FORMATS:
        raise UnknownName("reference format", format, FORMATS)
    written: Written = FORMATS[format].write(references, notes=notes)
    return written


def read(path: str | Path, *, format: str = "", stated_by: str = "editor", encoding: str = "") -> Reading:
    """The references of a file; whatever is wrong comes back as findings.

    Args:
        path: of the file.
        format: by name; else what stands in the file tells it, or else its ending.
        stated_by: who vouches for details that the file does not attribute.
        encoding: of the text; else a byte-order mark tells, and without one it is UTF-8.

    Raises:
        UnknownName: no such format, or neither content nor ending tells one.

    >>> print(read("missing.ris").findings[0])
    missing.ris: error: the file cannot be read: No such file or directory [unreadable-file]
    """
    path = Path(path)
    if format:
        _module(format)
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        if not format:
            _by_ending(path)
        return Reading(findings=(Spot(str(path)).finding("unreadable-file", f"the file cannot be read: {error.strerror}"),))
    return read_content(content, str(path), format=format, stated_by=stated_by, encoding=encoding)


def read_content(content: bytes, name: str, *, format: str = "", stated_by: str = "editor", encoding: str = "") -> Reading:
    r"""The references of a file that is in memory; whatever is wrong comes back as findings.

    Args:
        content: all of it.
        name: of the file, for findings.
        format: by name; else what stands in the file tells it, or else its name's ending.
        stated_by: as for `read`.
        encoding: as for `read`.

    Raises:
        UnknownName: no such format, or neither content nor ending tells one.

    >>> [one.title for one in read_content(b"TY  - JOUR\nTI  - Rest\nPY  - 2001\nER  -\n", "mine.ris").references]
    ['Rest']
    >>> [one.title for one in read_content(b"PMID- 123\nTI  - Rest.\nDP  - 2001\n", "mine.txt").references]
    ['Rest']
    """
    text: str | bytes = content
    if encoding:
        text, findings = decode(content, name, encoding)
        if findings:
            return Reading(findings=findings)
    told = format or told_format(text, SUFFIXES.get(Path(name).suffix.lower(), "")) or _by_ending(Path(name))
    if not told:
        message = "no list of references that is known here stands in it"
        return Reading(findings=(Spot(name).finding("unreadable-file", message, "export the list as RIS, BibTeX or CSL-JSON"),))
    reading: Reading = _module(told).read(text, name, stated_by=stated_by)
    return reading


def is_list(name: str | Path, head: bytes) -> bool:
    """Whether a file is a reference list: by its ending, or, where articles end so as well, by how it begins.

    >>> is_list("mine.nbib", b""), is_list("mine.xml", b"<PubmedArticleSet>"), is_list("mine.xml", b"<article>")
    (True, True, False)
    """
    suffix = Path(name).suffix.lower()
    return suffix in SUFFIXES or (suffix in TOLD_BY_CONTENT and bool(told_format(head)))


def _module(format: str) -> ModuleType:
    if format not in READ:
        raise UnknownName("reference format", format, READ)
    return READ[format]


def _by_ending(path: Path) -> str:
    """The format that an ending tells; empty where it is one of articles as well."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES and suffix not in TOLD_BY_CONTENT:
        raise UnknownName("file ending", path.suffix or path.name, SUFFIXES)
    return SUFFIXES.get(suffix, "")
