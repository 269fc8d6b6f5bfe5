"""The archive that a Word document is: bounded before it is unfolded, its parts found by what relates to what, nothing outside followed."""

from __future__ import annotations

import posixpath
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from edgewise.citations.reading.word.elements import Element, attribute, tag
from edgewise.graph.reading.problems import fail
from edgewise.graph.reading.xml_trees import xml_root
from edgewise.ontology.errors import SourceError

MOST_UNFOLDED = 200 * 1024 * 1024  # bytes, pictures included
MOST_PARTS = 5_000
MOST_XML = 60 * 1024 * 1024
DEEPEST = 200
MOST_LISTS = 20  # of sources; Word keeps one
_BOMB = "an archive like this can exhaust the machine"
_AGAIN = "save the article as .docx again"
_DAMAGED = (BadZipFile, ValueError, OSError, NotImplementedError, EOFError, RuntimeError, zlib.error)
"""What zipfile raises of an archive that is none, torn, packed as it cannot unpack, or locked."""
_WORD_2003 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # also what a document with a password is wrapped in


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a document that say what it says; those it lacks are None."""

    body: Element
    styles: Element | None = None
    numbering: Element | None = None
    footnotes: Element | None = None
    endnotes: Element | None = None
    sources: tuple[Element, ...] = ()
    title: str = ""


def open_package(raw: bytes, name: str) -> Package:
    """The parts of a Word document.

    Raises:
        SourceError: it is no such document, is damaged, would unfold into too much, or defines entities.

    >>> open_package(b"PK", "a.docx")
    Traceback (most recent call last):
        ...
    edgewise.ontology.errors.SourceError: a.docx: error: this is not a Word document; save the article as .docx again [not-docx]
    """
    if raw.startswith(_WORD_2003):
        message = "this is a document in the older format of Word, or one with a password"
        raise fail(name, "not-docx", message, 0, "take the password off, and save it as .docx")
    try:
        archive = ZipFile(BytesIO(raw))
    except _DAMAGED:
        raise _none(name) from None
    with archive:
        _check(archive, name)
        return _parts(archive, name)


def _none(name: str) -> SourceError:
    return fail(name, "not-docx", "this is not a Word document", 0, _AGAIN)


def _check(archive: ZipFile, name: str) -> None:
    parts = archive.infolist()
    xml = sum(part.file_size for part in parts if part.filename.endswith((".xml", ".rels")))
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNFOLDED or xml > MOST_XML:
        raise fail(
            name, "too-large", f"the document unfolds into more than may be read; {_BOMB}", 0, "save it without pictures and attachments"
        )
    if any(part.file_size > 1_000_000 and part.file_size > 200 * max(part.compress_size, 1) for part in parts):
        raise fail(name, "too-large", f"a part of the document is packed suspiciously tight; {_BOMB}", 0, _AGAIN)


def _parts(archive: ZipFile, name: str) -> Package:
    top = dict(_related(archive, "", name))
    main = top.get("officeDocument", "word/document.xml")
    document = _xml(archive, main, name)
    body = next((one for one in document if tag(one) == "body"), None) if document is not None and tag(document) == "document" else None
    if body is None:
        raise _none(name)
    beside = list(_related(archive, main, name))
    held = {kind: _xml(archive, path, name) for kind, path in beside if kind in ("styles", "numbering", "footnotes", "endnotes")}
    lists = [_xml(archive, path, name) for kind, path in beside if kind == "customXml"][:MOST_LISTS]
    core = _xml(archive, top.get("core-properties", "docProps/core.xml"), name)
    title = next((one.text or "" for one in core if tag(one) == "title"), "") if core is not None else ""
    return Package(body, **held, sources=tuple(one for one in lists if one is not None and tag(one) == "Sources"), title=title.strip())


def _related(archive: ZipFile, part: str, name: str) -> Iterator[tuple[str, str]]:
    """What a part relates to inside the archive: the kind of relationship and the path."""
    folder, file = posixpath.split(part)
    root = _xml(archive, posixpath.join(folder, "_rels", f"{file}.rels"), name)
    for one in root if root is not None else ():
        if attribute(one, "TargetMode") != "External":
            target = attribute(one, "Target")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            yield attribute(one, "Type").rpartition("/")[2], path


def _xml(archive: ZipFile, path: str, name: str) -> Element | None:
    """A part of the archive as XML; None if there is none."""
    if path not in archive.NameToInfo:
        return None
    try:
        with archive.open(path) as opened:
            data = opened.read(MOST_XML + 1)
    except _DAMAGED:
        raise _none(name) from None
    return xml_root(data, name, deepest=DEEPEST, repair=_AGAIN)
