"""Which files are manuscripts, which are guidelines, and which cannot be read yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from edgewise.citations.formats.contents import LOOKED_AT
from edgewise.citations.formats.files import SUFFIXES as LISTS
from edgewise.citations.formats.files import is_list as is_reference_list
from edgewise.citations.reading.file_formats import FORMATS as ARTICLES
from edgewise.graph.shelf import is_meant
from edgewise.ontology.findings import Finding

_WORD = "save it as .docx"
NOT_YET: dict[str, tuple[str, str]] = {
    ".doc": ("the older format of Word", _WORD),
    ".odt": ("OpenDocument", _WORD),
    ".rtf": ("RTF", _WORD),
    ".pages": ("Pages", _WORD),
    ".tex": ("LaTeX", "give the article as HTML or text, and its .bib beside it"),
    ".epub": ("EPUB", "give the article as HTML"),
}
"""Endings of what editors are handed and Edgewise does not read: what it is called, and what to do instead."""


@dataclass(frozen=True, slots=True)
class Found:
    """The manuscripts behind some names, and what there is that cannot be read."""

    files: tuple[Path, ...]
    unread: tuple[Finding, ...] = ()


def is_manuscript(path: Path) -> bool:
    """Whether a file is an article or a reference list, by its ending; of JSON by what stands in it. One not to be read yet is one as well.

    >>> is_manuscript(Path("a.docx")), is_manuscript(Path("a.pdf")), is_manuscript(Path("guideline.yaml"))
    (True, True, False)
    """
    suffix = path.suffix.lower()
    return _is_csl(path) if suffix == ".json" else suffix in ARTICLES or suffix in LISTS or suffix in NOT_YET


def is_list(path: Path, data: bytes | None = None) -> bool:
    """Whether a manuscript is a reference list and no more; `data` is its content where it is in memory."""
    return is_reference_list(path, _head(path) if data is None else data[:LOOKED_AT])


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as opened:
            return opened.read(LOOKED_AT)
    except OSError:  # reading it says why
        return b""


def _is_csl(path: Path) -> bool:
    """Whether JSON is a list of works: a guideline is one object, and linked data says so with its own keys."""
    head = _head(path).removeprefix(b"\xef\xbb\xbf").lstrip()
    if b'"@' in head:
        return False
    return head.startswith(b"[") or (head.startswith(b"{") and b'"issued"' in head and not is_meant(path))


def find(names: list[str]) -> Found:
    """The manuscripts among files and in folders, each once, in the order given; of a folder by name.

    >>> find(["thesis.odt"]).unread[0].message
    'OpenDocument is not read yet'
    """
    given = dict.fromkeys(file for name in names for file in _behind(Path(name)))
    unread = {file: told for file in given if (told := not_yet(str(file)))}
    return Found(tuple(file for file in given if file not in unread), tuple(unread.values()))


def _behind(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    yield from sorted(file for file in path.rglob("*") if not _is_hidden(file.relative_to(path)) and file.is_file() and is_manuscript(file))


def _is_hidden(path: Path) -> bool:
    """What programs keep for themselves, such as the lock file of a document that is open in Word."""
    return any(part.startswith((".", "~$")) for part in path.parts)


def not_yet(name: str) -> Finding | None:
    """Why a file of such a name is not read yet, and what to do; None if that is not why."""
    what, repair = NOT_YET.get(PurePath(name).suffix.lower(), ("", ""))
    return Finding(rule="not-read-yet", message=f"{what} is not read yet", file=name, repair=repair) if what else None
