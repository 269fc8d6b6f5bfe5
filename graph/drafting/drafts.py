"""Drafts on the disk: every change kept before it is acknowledged, undone and redone, found again after a crash or on another day."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

from edgewise.graph.drafting.applying import applied
from edgewise.graph.drafting.draft_file import Connection, DraftFile, Row, State
from edgewise.graph.drafting.edits import FILES, Edit, Kind
from edgewise.graph.drafting.errors import DraftRefused, Overtaken, refuse
from edgewise.graph.reading.files import LIMIT
from edgewise.graph.reading.problems import shorten
from edgewise.ontology.findings import Finding

DRAFTS = "EDGEWISE_DRAFTS"
"""The environment variable that names another file for drafts."""
MOST_STATES = 500
"""How many states of a draft are kept to go back to; beyond them the oldest is let go."""

Change: TypeAlias = "str | Edit | Sequence[Edit]"
"""A whole new text, or edits of the text there is."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The file from which a draft was begun.

    Attributes:
        path: of the guideline's file.
        digest: of its bytes, as `saving.digest` gives it.
        cases_digest: of the `cases.yaml` beside it; empty where there was none.
    """

    path: str
    digest: str
    cases_digest: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as it stands.

    Attributes:
        id: known to nobody to whom it was not told.
        revision: grows with every change, undo and redo; whoever changes the draft says which one was seen.
        title: what lists of drafts call it.
        text: the guideline's YAML.
        cases: that of its cases; empty if it has none.
        origin: where it was opened from; None if it was begun here.
        said: what was done last, in words.
        changed: when.
        undoable: what `undo` would take back; empty for nothing.
        redoable: what `redo` would do again; empty for nothing.
        owner: whose it is, where the program tells people apart.
    """

    id: str
    revision: int
    title: str
    text: str
    cases: str
    origin: Origin | None
    said: str
    changed: datetime
    undoable: str = ""
    redoable: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """A draft as a list shows it, without its text."""

    id: str
    revision: int
    title: str
    origin: Origin | None
    changed: datetime
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A state of a draft in its history: what was done, when, and whether it is the present one or was undone."""

    said: str
    when: datetime
    current: bool
    undone: bool


def drafts_file(environment: Mapping[str, str] = os.environ) -> Path:
    """Where drafts are kept: the file that `DRAFTS` names, else one of the user's.

    Raises:
        DraftRefused: the user has no home.

    >>> drafts_file({"EDGEWISE_DRAFTS": "/tmp/drafts.sqlite"}).as_posix()
    '/tmp/drafts.sqlite'
    """
    if chosen := environment.get(DRAFTS, ""):
        return Path(chosen)
    from platformdirs import user_data_path  # not needed where the variable is set

    folder = user_data_path("edgewise", appauthor=False)
    if not folder.is_absolute():
        raise refuse(DraftRefused, "draft-no-home", "no home folder is known to keep drafts in", f"set HOME, or name a file in {DRAFTS}")
    return folder / "drafts.sqlite"


class Drafts:
    r"""All drafts of one file. Every call stands for itself, so threads and processes may share the file.

    >>> from tempfile import mkdtemp
    >>> drafts = Drafts(Path(mkdtemp(), "drafts.sqlite"))
    >>> draft = drafts.create("id: g\n", None, "A sheet")
    >>> from edgewise.graph.drafting.edits import Put
    >>> draft = drafts.change(draft.id, draft.revision, Put("", "title", "Hips"), "Title written")
    >>> drafts.undo(draft.id, draft.revision).text, draft.text
    ('id: g\n', 'id: g\ntitle: Hips\n')
    """

    def __init__(self, path: str | Path | None = None) -> None:
        self.path = drafts_file() if path is None else Path(path)
        self._file = DraftFile(self.path)

    def create(
        self, text: str, origin: Origin | None = None, title: str = "", *, cases: str = "", said: str = "Begun", owner: str = ""
    ) -> Draft:
        """Begin a draft.

        Raises:
            DraftRefused: the text is larger than any guideline may be, or the file cannot be written.
        """
        id = secrets.token_urlsafe(16)
        state = State(1, said, _now(), _fit(text, "guideline"), _fit(cases, "cases"))
        known = (origin.path, origin.digest, origin.cases_digest) if origin else None
        with self._file.writing() as connection:
            connection.begin(id, shorten(title, 300), owner, known, state)
        return self.open(id)

    def open(self, id: str) -> Draft:
        """A draft as it stands.

        Raises:
            DraftRefused: there is none of that id.
        """
        with self._file.reading() as connection:
            return _draft(connection, id)

    def list(self, owner: str | None = None) -> tuple[Listed, ...]:
        """The drafts of one owner, or with None of everybody, the latest first. A program that serves several people names the owner."""
        with self._file.reading() as connection:
            return tuple(
                Listed(one.id, one.revision, one.title, _origin(one.origin), _time(one.changed), one.owner)
                for one in connection.drafts()
                if owner is None or one.owner == owner
            )

    def remove(self, id: str) -> None:
        """Throw a draft away, with everything it was.

        Raises:
            DraftRefused: there is none of that id.
        """
        with self._file.writing() as connection:
            _found(connection, id)
            connection.remove(id)

    def change(self, id: str, revision: int, change: Change | Mapping[Kind, Change], said: str, *, file: Kind = "guideline") -> Draft:
        """Change a draft; when this returns, the change is on the disk.

        Args:
            id: of the draft.
            revision: the one that was seen.
            change: a whole text, an edit, several edits; or such for both files, by ``guideline`` and ``cases``, as one change.
            said: what was done, in words: undo, history and other tabs tell it.
            file: which of the two files is changed.

        Raises:
            Overtaken: somebody else changed the draft meanwhile.
            EditRefused: an edit does not fit.
            SourceError: the text as it is cannot be edited by place.
            DraftRefused: there is no such draft, or it cannot be kept.
        """
        with self._file.reading() as connection:
            _same(connection, id, revision)
            seen = _draft(connection, id)
        text, cases = _changed(seen, change if isinstance(change, Mapping) else {file: change})
        if (text, cases) == (seen.text, seen.cases):
            return seen
        with self._file.writing() as connection:
            _same(connection, id, revision)
            connection.advance(id, State(0, shorten(said, 500), _now(), text, cases), MOST_STATES)
        return self.open(id)

    def undo(self, id: str, revision: int) -> Draft:
        """Take the last change back.

        Raises:
            Overtaken: somebody else changed the draft meanwhile.
            DraftRefused: there is nothing to take back.
        """
        return self._step(id, revision, -1)

    def redo(self, id: str, revision: int) -> Draft:
        """Do again what was taken back last.

        Raises:
            Overtaken: somebody else changed the draft meanwhile.
            DraftRefused: there is nothing to do again.
        """
        return self._step(id, revision, 1)

    def history(self, id: str) -> tuple[Kept, ...]:
        """The states that are kept, the oldest first; at most `MOST_STATES`.

        Raises:
            DraftRefused: there is no draft of that id.
        """
        with self._file.reading() as connection:
            present = _found(connection, id).state
            return tuple(Kept(said, _time(when), seq == present, seq > present) for seq, said, when in connection.states(id))

    def settle(self, id: str, origin: Origin) -> Draft:
        """Note that a draft was saved: from now on, `origin` is the file it was opened from. Its revision stays.

        Raises:
            DraftRefused: there is no draft of that id.
        """
        with self._file.writing() as connection:
            _found(connection, id)
            connection.settle(id, (origin.path, origin.digest, origin.cases_digest))
        return self.open(id)

    def share(self, id: str) -> str:
        r"""Let a draft be read by those to whom a second name is told; the name says nothing of the id, and cannot change anything.

        Returns:
            The name; the same as before, where the draft is shared already.

        Raises:
            DraftRefused: there is no draft of that id.

        >>> from tempfile import mkdtemp
        >>> drafts = Drafts(Path(mkdtemp(), "drafts.sqlite"))
        >>> draft = drafts.create("id: g\n")
        >>> drafts.shared(token := drafts.share(draft.id)).text
        'id: g\n'
        >>> drafts.unshare(draft.id), drafts.token(draft.id)
        (None, '')
        """
        with self._file.writing() as connection:
            _found(connection, id)
            if not (token := connection.token(id)):
                connection.share(id, token := secrets.token_urlsafe(16))
        return token

    def unshare(self, id: str) -> None:
        """Let nobody read it any more to whom only the second name was told.

        Raises:
            DraftRefused: there is no draft of that id.
        """
        with self._file.writing() as connection:
            _found(connection, id)
            connection.unshare(id)

    def token(self, id: str) -> str:
        """The second name of a draft; empty while it is not shared."""
        with self._file.reading() as connection:
            return connection.token(id)

    def shared(self, token: str) -> Draft:
        """A shared draft as it stands, for reading: its id is the second name, with which nothing can be changed.

        Raises:
            DraftRefused: nothing is shared under that name.
        """
        with self._file.reading() as connection:
            found = _draft(connection, connection.shared(token))
        return replace(found, id=token, origin=None, undoable="", redoable="", owner="")

    def _step(self, id: str, revision: int, by: int) -> Draft:
        with self._file.writing() as connection:
            draft = _same(connection, id, revision)
            said = {seq: said for seq, said, _ in connection.states(id)}
            if draft.state + by not in said:
                message = "there is nothing to undo" if by < 0 else "there is nothing to redo"
                raise refuse(DraftRefused, "draft-no-step", message, f"at most {MOST_STATES} states of a draft are kept")
            told = f"Undone: {said[draft.state]}" if by < 0 else f"Redone: {said[draft.state + by]}"
            connection.point(id, draft.state + by, told, _now(), MOST_STATES)
        return self.open(id)


def _changed(seen: Draft, changes: Mapping[Kind, Change]) -> tuple[str, str]:
    texts: dict[Kind, str] = {"guideline": seen.text, "cases": seen.cases}
    for kind, change in changes.items():
        if isinstance(change, str):
            texts[kind] = _fit(change, kind)
            continue
        edits = change if isinstance(change, Sequence) else (change,)
        texts[kind] = _fit(applied(_begun(texts, kind), *edits, kind=kind), kind) if edits else texts[kind]
    return texts["guideline"], texts["cases"]


def _begun(texts: Mapping[Kind, str], kind: Kind) -> str:
    """The text to edit; a file of cases begins with the id of its guideline."""
    if kind == "guideline" or texts["cases"].strip():
        return texts[kind]
    from edgewise.graph.drafting.entries import entries

    return f"guideline: {entries(texts['guideline'])[''].data.get('id', '')}\n"


def _fit(text: str, kind: Kind) -> str:
    try:
        size = len(text.encode("utf-8"))
    except UnicodeEncodeError:
        raise refuse(DraftRefused, "draft-not-text", "half a character stands in the text", "paste it again", FILES[kind]) from None
    if size > LIMIT:
        message = f"the text is larger than {LIMIT:,} bytes"
        raise refuse(DraftRefused, "draft-too-large", message, "split the guideline", FILES[kind])
    return text


def _found(connection: Connection, id: str) -> Row:
    draft = connection.draft(id)
    if draft is None:
        raise refuse(DraftRefused, "draft-unknown", "there is no such draft", "it was thrown away, or the link is cut short")
    return draft


def _same(connection: Connection, id: str, revision: int) -> Row:
    draft = _found(connection, id)
    if draft.revision != revision:
        raise _overtaken(connection.told_since(id, revision))
    return draft


def _overtaken(since: Iterable[tuple[str, str]]) -> Overtaken:
    happened = tuple(said for said, _ in since)
    words = "; ".join(happened[-5:]) or "something that is no longer told"
    more = f" and {len(happened) - 5} more before" if len(happened) > 5 else ""
    message = f"the draft was changed elsewhere meanwhile: {words}{more}"
    finding = Finding(rule="draft-overtaken", message=message, repair="look at the draft as it is now, then do it again")
    return Overtaken([finding], happened)


def _draft(connection: Connection, id: str) -> Draft:
    found = _found(connection, id)
    state = connection.state(id, found.state)
    said = {seq: said for seq, said, _ in connection.states(id)}
    undoable = said[found.state] if found.state - 1 in said else ""
    return Draft(
        id, found.revision, found.title, state.text, state.cases, _origin(found.origin), state.said, _time(found.changed),
        undoable, said.get(found.state + 1, ""), found.owner,
    )  # fmt: skip


def _origin(known: tuple[str, str, str] | None) -> Origin | None:
    return Origin(*known) if known else None


def _now() -> str:
    return datetime.now(UTC).isoformat()


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)
