"""A draft as the files of a guideline: whole or not at all, and never over what somebody else wrote meanwhile."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from edgewise.graph.drafting.applying import applied
from edgewise.graph.drafting.drafts import Draft, Origin
from edgewise.graph.drafting.edits import FILES, Edit
from edgewise.graph.drafting.errors import SaveRefused, refuse
from edgewise.graph.reading.files import LIMIT, content
from edgewise.graph.writing.export import write_all
from edgewise.ontology.errors import SourceError
from edgewise.ontology.findings import Finding

NOTHING = ""
"""The digest of a file that is not there."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A guideline's files as they were read to begin a draft: both texts, and where they came from."""

    text: str
    cases: str
    origin: Origin


class ChangedOnDisk(SaveRefused):
    """Files hold something else than the draft was opened from: `found` has the digest of each, to be given back as `replace`."""

    def __init__(self, findings: list[Finding], found: Mapping[str, str]) -> None:
        super().__init__(findings)
        self.found = dict(found)


def digest(data: bytes) -> str:
    r"""By which the content of a file is known again.

    >>> digest(b"id: g\n")[:14]
    'sha256:a69d1fa'
    """
    return f"sha256:{sha256(data).hexdigest()}"


def opened(path: str | Path) -> Opened:
    """The texts of a guideline's file and of the cases beside it, with what `Drafts.create` wants to know of them.

    Raises:
        SourceError: a file cannot be read, is larger than any guideline may be, or is not UTF-8.
    """
    file = Path(os.path.abspath(Path(path)))  # noqa: PTH100 - the cases lie beside the link, not beside what it leads to
    text, seen = _read(file)
    beside = file.parent / FILES["cases"]
    is_owner = file.name == FILES["guideline"] and os.path.lexists(beside)
    cases, cases_seen = _read(beside) if is_owner else ("", NOTHING)
    return Opened(text, cases, Origin(str(file), seen, cases_seen))


def amend(path: str | Path, seen: str, *edits: Edit) -> str:
    r"""Write edits by place into a guideline's file, if it still holds what was seen; no other line of it changes.

    Args:
        path: of the file.
        seen: the digest of what the edits were decided on.
        edits: as for `applied`.

    Returns:
        The digest of what the file now holds.

    Raises:
        ChangedOnDisk: it holds something else; nothing was written. Look at it as it is now, then decide again.
        EditRefused: an edit does not fit.
        SaveRefused: it cannot be read or written.

    >>> from tempfile import mkdtemp
    >>> from edgewise.graph.drafting.edits import Put
    >>> file = Path(mkdtemp(), "guideline.yaml")
    >>> file.write_bytes(b"id: g  # ours\n") and amend(file, digest(b"id: g  # ours\n"), Put("", "title", "Hips"))[:6]
    'sha256'
    >>> file.read_text()
    'id: g  # ours\ntitle: Hips\n'
    """
    file = Path(os.path.abspath(Path(path)))  # noqa: PTH100 - links are followed by whoever writes
    _same(file, seen)
    text, _ = _read(file)
    if not os.access(file, os.W_OK):
        raise refuse(SaveRefused, "save-read-only", "the file may be read only", "give yourself permission to write it", str(file))
    data = applied(text, *edits).encode("utf-8")
    try:
        write_all({file: data}, lambda: _same(file, seen))
    except SaveRefused:
        raise
    except SourceError as error:
        raise SaveRefused(error.findings) from None
    return digest(data)


def _same(file: Path, seen: str) -> None:
    if (now := _found(file)) != seen:
        what = "the file was changed meanwhile" if now else "the file is gone"
        repair = "look at it as it is now, then do it again; nothing was written"
        raise ChangedOnDisk([Finding(rule="save-changed", message=what, file=str(file), repair=repair, value=now)], {file.name: now})


def save(draft: Draft, folder: str | Path, replace: Mapping[str, str] | None = None) -> Origin:
    r"""Write a draft as `guideline.yaml`, and its cases as `cases.yaml`, into a folder, which is made if it is missing.

    Before anything is written, each file is looked at. One that is as the draft was opened from it may be replaced; any other only if
    `replace` names the digest of what is there: what one has not seen one does not overwrite. Where the
    draft has no cases, a file of them is left alone. What is the same already is not written.

    Args:
        draft: as it stands.
        folder: where it goes.
        replace: file names with the digests that were seen there, as `ChangedOnDisk.found` has them.

    Returns:
        Where the draft now comes from, for `Drafts.settle`.

    Raises:
        ChangedOnDisk: a file holds something else; nothing was written.
        SaveRefused: a file cannot be written.

    >>> from tempfile import mkdtemp
    >>> from edgewise.graph.drafting.drafts import Drafts
    >>> place = Path(mkdtemp())
    >>> draft = Drafts(place / "drafts.sqlite").create("id: g\n")
    >>> origin = save(draft, place / "g")
    >>> (place / "g" / "guideline.yaml").read_text(), Path(origin.path).name
    ('id: g\n', 'guideline.yaml')
    """
    place = Path(os.path.abspath(Path(folder)))  # noqa: PTH100 - links are followed by whoever writes
    wanted = {FILES["guideline"]: draft.text} | ({FILES["cases"]: draft.cases} if draft.cases.strip() else {})
    data = {name: text.encode("utf-8") for name, text in wanted.items()}
    found = _check(draft, place, data, replace or {})
    _folder(place)
    files: dict[str | Path, str | bytes] = {place / name: part for name, part in data.items() if digest(part) != found[name]}
    try:
        write_all(files, lambda: _unchanged(draft, place, data, found, replace or {}))
    except SaveRefused:
        raise
    except SourceError as error:
        raise SaveRefused(error.findings) from None
    return _saved(draft, place, data)


def _saved(draft: Draft, place: Path, data: Mapping[str, bytes]) -> Origin:
    cases = data.get(FILES["cases"])
    seen = _known(draft, place, FILES["cases"]) if cases is None else digest(cases)
    return Origin(str(place / FILES["guideline"]), digest(data[FILES["guideline"]]), seen)


def _read(file: Path) -> tuple[str, str]:
    data = content(file, LIMIT)
    if len(data) > LIMIT:
        raise refuse(SaveRefused, "too-large", f"the file is larger than {LIMIT:,} bytes", "split it", str(file))
    try:
        return data.decode("utf-8"), digest(data)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise refuse(SaveRefused, "not-utf-8", f"byte {error.start} is not UTF-8 text", "save the file as UTF-8", str(file), line) from None


def _found(file: Path) -> str:
    """The digest of what is there; `NOTHING` for nothing."""
    if not os.path.lexists(file):
        return NOTHING
    if file.is_symlink() and not file.exists():
        message, repair = "this is a link that leads nowhere", "remove it, or save into another folder"
        raise refuse(SaveRefused, "save-link", message, repair, str(file))
    try:
        return digest(content(file, 16 * LIMIT))
    except SourceError as error:
        raise SaveRefused(error.findings) from None


def _known(draft: Draft, place: Path, name: str) -> str:
    """The digest by which a file there is the one that the draft was opened from; `NOTHING` where it was opened from another, or none."""
    if draft.origin is None:
        return NOTHING
    file = Path(draft.origin.path)
    source, seen = (file, draft.origin.digest) if name == FILES["guideline"] else (file.parent / name, draft.origin.cases_digest)
    return seen if os.path.realpath(source) == os.path.realpath(place / name) else NOTHING


def _unchanged(draft: Draft, place: Path, data: Mapping[str, bytes], found: Mapping[str, str], replace: Mapping[str, str]) -> None:
    """Look again, now that only names have to be changed."""
    if {name: _found(place / name) for name in data} != found:
        _check(draft, place, data, replace)


def _check(draft: Draft, place: Path, data: Mapping[str, bytes], replace: Mapping[str, str]) -> dict[str, str]:
    """The digests of what is there, if all of it may be replaced."""
    found = {name: _found(place / name) for name in data}
    known = {name: _known(draft, place, name) for name in data}
    findings = [
        _stranger(place / name, seen, known[name])
        for name, seen in found.items()
        if seen not in (digest(data[name]), replace.get(name, known[name]))
    ]
    if findings:
        raise ChangedOnDisk(findings, found)
    return found


def _stranger(file: Path, seen: str, known: str) -> Finding:
    what = "there is such a file already" if not known else "the file was changed after the draft was opened"
    repair = "look at what is there; then overwrite it by saying so, or save into another folder"
    if not seen:
        what, repair = "the file from which the draft was opened is gone", "write it anew by saying so, or save into another folder"
    return Finding(rule="save-changed", message=what, file=str(file), repair=repair, value=seen)


def _folder(place: Path) -> None:
    try:
        place.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        message = f"the folder cannot be made: {reason}"
        raise refuse(SaveRefused, "save-folder", message, "name another folder, or give yourself permission", str(place)) from None
