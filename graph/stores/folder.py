"""A library that is a folder of guidelines' files: one's own, or those that come with Edgewise and one's own beside them."""

from __future__ import annotations

import os
import re
import sqlite3
import tomllib
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from hashlib import sha256
from pathlib import Path
from typing import ParamSpec, TypeVar

from edgewise.graph.compiled.kept import kept, look_up
from edgewise.graph.library import load_file
from edgewise.graph.loaded import Loaded
from edgewise.graph.reading.files import FORMATS
from edgewise.graph.shelf import CASES, is_meant
from edgewise.graph.stores import files
from edgewise.graph.stores.beside import SETTINGS, Beside, as_toml, beside
from edgewise.graph.stores.catalogue import Catalogue, Counts, Known
from edgewise.graph.stores.entry import Entry
from edgewise.graph.stores.errors import StoreError, id_taken, refuse
from edgewise.graph.stores.files import FILE
from edgewise.graph.stores.looking import Looking
from edgewise.graph.stores.record import Record, record_of
from edgewise.graph.stores.results import Limits, Result
from edgewise.graph.stores.store import Held, Resting, Shared, Store, each_once
from edgewise.graph.stores.together import finish, put_together
from edgewise.graph.stores.works import Rest, work
from edgewise.ontology.errors import SourceError, UnknownName
from edgewise.ontology.findings import Finding

_SUFFIXES = {format: suffix for suffix, format in reversed(FORMATS.items())}
_PLAIN = re.compile(r"[a-z0-9][a-z0-9-]{0,99}")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])", re.IGNORECASE)  # no names of files on Windows
_KNOWN = 2_000  # ids that are looked at for what somebody may have meant

P = ParamSpec("P")
T = TypeVar("T")


def _anew(method: Callable[P, T]) -> Callable[P, T]:
    """Try once more where the catalogue was damaged: it is begun anew then."""

    @wraps(method)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return method(*args, **kwargs)
        except (sqlite3.Error, StoreError):
            return method(*args, **kwargs)

    return run


class FolderStore(Store):
    """The guidelines in one or several folders. Where two bear one IRI or id, that of the later folder counts.

    Args:
        url: names it.
        folders: where guidelines lie; the last is written to.
        at_once: of many files, tell what is known and look at the disk again behind; else changes on the disk are looked for first.

    >>> from edgewise.graph.shelf import SHELF
    >>> store = FolderStore(str(SHELF), (SHELF,))
    >>> [entry.id for entry in store.entries()]
    ['ottawa-ankle', 'pulmonary-embolism', 'sacroiliac-sclerosis']
    >>> store.open("ottawa-ankle").guideline.publisher
    'Edgewise'
    """

    def __init__(self, url: str, folders: tuple[Path, ...], *, at_once: bool = False) -> None:
        self.url, self.folders = url, folders
        self._catalogue = Catalogue(folders)
        self._looking = Looking(self._catalogue, lambda: files.states(folders), files.look, at_once=at_once)

    # Reading ----------------------------------------------------------------------------------------------------------------

    def entries(self, after: str = "", limit: int | None = None) -> tuple[Entry, ...]:
        """As of every library; files that have changed are looked into first. Of many, others' changes show after some seconds."""
        self._refresh(again=False)
        found = self._by_id(self._page(after, limit)).values()
        return tuple(sorted((one.entry for one in found), key=lambda entry: entry.id))

    def entry(self, id: str) -> Entry:
        """As of every library."""
        return self._known(id).entry

    def holds(self, id: str) -> bool:
        """As of every library."""
        self._refresh(again=False)
        return any(map(_unmoved, self._named(id)))

    def open(self, id: str) -> Loaded:
        """As of every library; the file is read as it stands now."""
        return load_file(Path(self._known(id).path))

    def beside(self, id: str) -> Beside:
        """As of every library: what lies beside the file as it stands now."""
        one = self._known(id)
        return beside(one.path, one.entry.id)

    @_anew
    def resting_on(self, identifier: str) -> tuple[Resting, ...]:
        """As of every library."""
        wanted = work(identifier)
        self._look_first()
        found = self._catalogue.resting_on(wanted)
        named = self._by_id(self._catalogue.of_files(found))
        counting = (self._by_id(self._catalogue.known(id))[id] for id in sorted(named))  # the file of another folder may count
        return tuple(_resting(one.entry, found[one.path]) for one in counting if one.path in found)

    @_anew
    def shared(self, limit: int = 50) -> tuple[Shared, ...]:
        """As of every library."""
        self._look_first()
        return each_once((Shared(*row) for row in self._catalogue.shared(limit * 2)), limit)

    def query(self, text: str, limits: Limits | None = None) -> Result:
        """As of every library; answered in a process that is killed after its time."""
        from edgewise.graph.stores.answering import answer
        from edgewise.graph.stores.read_only import question

        question(text)  # before anything is read for it
        return answer(text, limits or Limits(), {"triples": [self._triples(one) for one in self._now().values()]}, self.url)

    def faults(self) -> tuple[Finding, ...]:
        """The files that cannot be used as guidelines, and those that bear the id of another."""
        now = self._now()
        findings = [finding for path in self._unusable() for finding in files.why(path)]
        for one in self._held():
            if (other := now[one.entry.id]).path != one.path and self._place(one.path) == self._place(other.path):
                message, repair = f"the id '{one.entry.id}' is that of {other.path} as well, which counts", "give one of the two another id"
                findings.append(Finding(rule="id-taken", message=message, severity="warning", file=one.path, repair=repair))
        return tuple(findings)

    def __len__(self) -> int:
        """How many guidelines there are."""
        self._refresh(again=False)
        return self._count().guidelines

    def _now(self) -> dict[str, Known]:
        """The guidelines by id, after a look at the disk."""
        self._refresh()
        return self._by_id(self._held())

    def mark(self) -> object:
        """As of every library."""
        self._refresh(again=False)
        return self._marked()

    def being_read(self) -> tuple[int, int]:
        """As of every library."""
        return self._looking.read

    def left_out(self) -> tuple[int, int]:
        """As of every library."""
        found = self._count()
        return found.unusable, found.clashing

    @_anew
    def _refresh(self, *, again: bool = True) -> None:
        """Look at the disk; unless `again`, not where that was just done and there are many files."""
        if again:
            self._looking.now()
        else:
            self._looking.soon()

    @_anew
    def _look_for(self, *, moved: bool) -> None:
        """Look for what is not known; a file that has just gone may lie elsewhere now."""
        self._looking.for_one(again=moved)

    @_anew
    def _page(self, after: str, limit: int | None) -> list[Known]:
        return self._catalogue.page(after, limit)

    @_anew
    def _count(self) -> Counts:
        return self._catalogue.count()

    @_anew
    def _held(self) -> list[Known]:
        return self._catalogue.known()

    @_anew
    def _unusable(self) -> list[str]:
        return self._catalogue.unusable()

    def _look_first(self) -> None:
        """Before a question over the whole library: for a page behind, as everything there."""
        self._refresh(again=not self._looking.at_once)

    @_anew
    def _marked(self) -> object:
        return self._catalogue.mark()

    @_anew
    def _known(self, id: str) -> Known:
        """The file of that id or IRI: one look-up in the catalogue, and one at the file, whatever else lies in the folder."""
        found = self._named(id)
        for one in found:
            finish(Path(one.path).parent)
        if moved := [one for one in found if not _unmoved(one)]:
            for one in moved:
                self._look_into(Path(one.path))
            found = self._named(id)
        if not found:
            self._look_for(moved=bool(moved))
            found = self._named(id)
        if not found:
            raise UnknownName("guideline", id, self._catalogue.ids(_KNOWN))
        held = self._by_id(found)
        return held.get(id) or next(iter(held.values()))

    @_anew
    def _named(self, id: str) -> list[Known]:
        return self._catalogue.known(id) if id else []

    def _by_id(self, held: Iterable[Known]) -> dict[str, Known]:
        """Of several files with one id, that of the later folder, else the one that was changed last."""
        return {one.entry.id: one for one in sorted(held, key=lambda one: (self._place(one.path), one.changed, one.path))}

    def _place(self, path: str) -> int:
        return max(place for place, folder in enumerate(self.folders) if Path(path).is_relative_to(folder))

    def _triples(self, one: Known) -> tuple[str, str]:
        """The graph's IRI and its triples as N-Triples, made once for each content."""
        what = "triples"
        found = look_up(one.entry.digest, what)
        if found is None:
            found = kept(one.entry.digest, what, lambda: record_of(load_file(Path(one.path))).triples)
        return one.entry.iri, found.decode("utf-8")

    # Writing ----------------------------------------------------------------------------------------------------------------

    def put_many(self, records: Iterable[Record]) -> Iterator[Entry]:
        """As of every library: each becomes a file in the last folder, written as a whole or not at all."""
        own = self._own()
        for record in records:
            old = own.get(record.entry.id)
            if old and old.entry.iri != record.entry.iri:
                raise id_taken(record.entry.id, old.entry.iri, self.url)
            file = self._write(record, old)
            own[record.entry.id] = Known(str(file), record.entry, 0)
            yield record.entry

    def remove(self, id: str) -> Entry:
        """As of every library; what comes with Edgewise stays, and so do files beside a guideline: somebody may have written them."""
        one = self._known(id)
        file = Path(one.path)
        if not file.is_relative_to(self.folders[-1]):
            repair = "only your own can be removed; load one with the same id to have it in its place"
            raise refuse("shipped", f"'{one.entry.id}' comes with Edgewise", repair, self.url)
        self._unlink(file)
        return one.entry

    def held(self) -> Held:
        """As of every library: of those that may be written over."""
        own = self._own().values()
        lying = {one.entry.id: found.digest for one in own if (found := _readable(one.path, one.entry.id))}
        return Held({one.entry.digest: one.entry.id for one in own}, {one.entry.id: one.entry.iri for one in own}, lying)

    def _own(self) -> dict[str, Known]:
        self._refresh()
        mine = len(self.folders) - 1
        return self._by_id(one for one in self._held() if self._place(one.path) == mine)

    def _write(self, record: Record, old: Known | None) -> Path:
        same = old is not None and old.entry.format == record.entry.format
        file = Path(old.path) if old and same else self._free(record.entry)
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            put_together(file.parent, {file.name: record.content, **self._beside_it(file, record)})
        except OSError as error:
            raise refuse("unwritable", f"{file} cannot be written: {error.strerror}", "check who may write there", self.url) from None
        if not is_meant(file):
            self._unlink(file)
            raise refuse("unnamed", "nothing in this JSON shows that it is a guideline", "convert it to YAML or Turtle", self.url)
        self._look_into(file)
        if old and not same:
            self._unlink(Path(old.path))
        return file

    def _beside_it(self, file: Path, record: Record) -> dict[str, bytes | None]:
        """The files to lie beside it; a guideline has such in a folder of its own alone."""
        if record.beside is None or not self._has_own_folder(file):
            return {}
        found: dict[str, bytes | None] = {CASES: record.beside.cases or None}
        if _readable(file).settings != record.beside.settings and _is_ours(file.with_name(SETTINGS)):
            found[SETTINGS] = as_toml(record.beside.settings).encode() or None
        return found

    def _has_own_folder(self, file: Path) -> bool:
        return file.name == FILE and file.parent not in self.folders

    def _free(self, entry: Entry) -> Path:
        """A file for a guideline of that id: YAML in a folder of its own, for cases to lie beside it."""
        name = entry.id
        if not _PLAIN.fullmatch(name) or _RESERVED.fullmatch(name):
            name = f"{re.sub('[^a-z0-9]+', '-', name.lower()).strip('-')[:40]}-{sha256(entry.iri.encode()).hexdigest()[:12]}".lstrip("-")
        folder = self.folders[-1]
        made = folder / name / FILE if entry.format == "yaml" else folder / f"{name}{_SUFFIXES[entry.format]}"
        if os.path.lexists(made):
            repair = f"repair it, move it away or delete it: {made}"
            raise refuse("in-the-way", "a file that is no guideline, or that of another, lies in its place", repair, self.url)
        return made

    @_anew
    def _look_into(self, file: Path) -> None:
        """One file, which was written, or is not as it was."""
        if state := files.state(str(file)):
            self._catalogue.note(state, files.look)
        else:
            self._catalogue.forget(str(file))

    def _unlink(self, file: Path) -> None:
        try:
            file.unlink()
            if self._has_own_folder(file) and not any(file.parent.iterdir()):
                file.parent.rmdir()
        except FileNotFoundError:
            pass
        except OSError as error:
            raise refuse("unwritable", f"{file} cannot be removed: {error.strerror}", "check who may write there", self.url) from None
        self._forget(file)

    @_anew
    def _forget(self, file: Path) -> None:
        self._catalogue.forget(str(file))

    def close(self) -> None:
        """Let go of the catalogue, and end what is done behind."""
        self._looking.close()
        self._catalogue.close()


def _readable(file: str | Path, id: str = "") -> Beside:
    """What lies beside a file, as far as it can be read: what cannot is told when it is asked for."""
    try:
        return beside(file, id)
    except SourceError:
        return Beside()


def _is_ours(settings: Path) -> bool:
    """Whether a file of settings may be written over: there is none, or nothing but those of the audit stands in it."""
    try:
        table = tomllib.loads(settings.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return True
    except (OSError, ValueError):
        return False
    return [*table] == ["tool"] and [*table["tool"]] == ["edgewise"] and [*table["tool"]["edgewise"]] == ["audit"]


def _unmoved(one: Known) -> bool:
    state = files.state(one.path)
    return state is not None and state.changed == one.changed


def _resting(entry: Entry, found: list[Rest]) -> Resting:
    parts: dict[str, list[str]] = {}
    for rest in found:
        parts.setdefault(f"{rest.what}s", []).append(rest.id)
    return Resting(entry, **{what: tuple(sorted(ids)) for what, ids in parts.items()})
