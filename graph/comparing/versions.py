"""A guideline as it stands, or as it stood: ``NAME`` or ``NAME@REVISION``, the latter read out of git.

Git is asked for one object by its hash, without a shell, without filters, hooks or pagers of the repository, and without a network.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess  # git is a program; it is named by its path and given nothing that it could take for an option
from dataclasses import dataclass
from pathlib import Path

from edgewise.graph.cases.book import LIMIT as MOST_CASES
from edgewise.graph.cases.book import Casebook, case_file, open_casebook, read_casebook
from edgewise.graph.cases.model import Case
from edgewise.graph.library import load, load_content
from edgewise.graph.loaded import Loaded
from edgewise.graph.reading.files import LIMIT, format_of
from edgewise.graph.reading.problems import fail, shorten
from edgewise.graph.shelf import CASES, find
from edgewise.ontology.errors import UnknownName

_SECONDS = 20
_SAFE = ("-c", "core.fsmonitor=false", "-c", "core.pager=", "--no-pager", "--no-replace-objects", "--literal-pathspecs")
_QUIET = {"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "", "LC_ALL": "C"}
_HASH = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


@dataclass(frozen=True, slots=True)
class Version:
    """A guideline as it stands or stood.

    Attributes:
        loaded: the guideline.
        cases: those beside it, as they stood then; none where there are none, or where they cannot be used.
        unused: why its cases cannot be used; empty where they can.
    """

    loaded: Loaded
    cases: tuple[Case, ...] = ()
    unused: str = ""


def load_version(name: str) -> Version:
    """A guideline by id, folder or file; with ``@`` and a revision behind it, as git has it there.

    Raises:
        SourceError: the file, or what git has of it, cannot be used.
        UnknownName: no such id, folder or file.

    >>> load_version("sacroiliac-sclerosis").loaded.guideline.id
    'sacroiliac-sclerosis'
    """
    path, at, revision = name.rpartition("@")
    if not at or os.path.lexists(name):
        loaded = load(name)
        cases = case_file(loaded.file)
        book = open_casebook(cases, loaded.guideline) if cases else None
    else:
        loaded, book = _load_revision(path, revision, name), None
        held = _cases_then(Path(_found(path)), revision, name)
        book = read_casebook(held, f"{CASES}@{revision}", loaded.guideline) if held is not None else None
    return Version(loaded, *sound(book)) if book else Version(loaded)


def version_of(loaded: Loaded, cases: bytes) -> Version:
    """A guideline out of a library, with the cases that the library keeps beside it; empty for none."""
    return Version(loaded, *sound(read_casebook(cases, CASES, loaded.guideline))) if cases else Version(loaded)


def sound(book: Casebook) -> tuple[tuple[Case, ...], str]:
    """Cases without a fault, and why there are none where they have any."""
    if book.findings:
        return (), f"the cases in {Path(book.file).name} were not looked at, because they have faults: check them first"
    return tuple(book.cases.values()), ""


def _found(path: str) -> Path:
    try:
        return find(path)
    except UnknownName:
        if Path(path).suffix:  # a file that is no more
            return Path(path)
        raise


def _load_revision(path: str, revision: str, name: str) -> Loaded:
    file = _found(path)
    held = _Git(file.absolute(), name).content(revision, LIMIT)
    if held is None:
        raise fail(name, "not-in-revision", f"there is no {file.name} in revision '{shorten(revision)}'", 0, "name a revision that has it")
    return load_content(held, name, format_of(file.name))


def _cases_then(file: Path, revision: str, name: str) -> bytes | None:
    """The cases beside a guideline in a revision; None where there were none."""
    if file.name != "guideline.yaml":
        return None
    return _Git(file.absolute().with_name(CASES), name).content(revision, MOST_CASES)


class _Git:
    """One file in git."""

    def __init__(self, file: Path, name: str) -> None:
        self.name = name
        folder = file.parent
        while not folder.is_dir():  # a folder that is no more
            folder = folder.parent
        self.folder, self.within = folder, file.relative_to(folder).as_posix()
        program = shutil.which("git")
        if program is None:
            raise fail(name, "no-git", "git is not installed, so no revision can be read", 0, "install git, or name two files")
        self.program = program

    def content(self, revision: str, limit: int) -> bytes | None:
        """What a revision has of the file, at most `limit` bytes and one more; None where it has none."""
        if not revision or revision.startswith("-") or "\0" in revision or ":" in revision:
            raise self._unknown(revision)
        commit = self._hash("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        if commit is None:
            raise self._unknown(revision)
        blob = self._hash("rev-parse", "--verify", "--quiet", "--end-of-options", f"{commit}:./{self.within}")
        if blob is None:
            return None
        size = self._ask("cat-file", "-s", blob).strip()
        if not size.isdigit() or int(size) > limit:
            raise fail(
                self.name, "too-large", f"the file in revision '{shorten(revision)}' is too large", 0, f"at most {limit} bytes are read"
            )
        return self._ask("cat-file", "blob", blob)

    def _unknown(self, revision: str) -> Exception:
        self._ask("rev-parse", "--git-dir")  # says whether it is a repository at all
        message = f"git knows no revision '{shorten(revision)}'"
        return fail(self.name, "no-revision", message, 0, "name a commit, a branch or a tag: guideline.yaml@HEAD~1")

    def _hash(self, *arguments: str) -> str | None:
        done = self._run(*arguments)
        found = done.stdout.decode("ascii", "replace").strip()
        return found if done.returncode == 0 and _HASH.fullmatch(found) else None

    def _ask(self, *arguments: str) -> bytes:
        done = self._run(*arguments)
        if done.returncode:
            why = shorten(done.stderr.decode("utf-8", "replace").strip().removeprefix("fatal: "), 200)
            raise fail(self.name, "no-repository", f"git cannot read it: {why}", 0, "name a file in a git repository that you own")
        return done.stdout

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        ours = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")} | _QUIET
        try:
            return subprocess.run(  # noqa: S603  # no shell; nothing here can be taken for an option
                [self.program, *_SAFE, *arguments], cwd=self.folder, env=ours, capture_output=True, timeout=_SECONDS, check=False,
                stdin=subprocess.DEVNULL,
            )  # fmt: skip
        except (OSError, subprocess.TimeoutExpired) as error:
            raise fail(self.name, "no-git", f"git does not answer: {type(error).__name__}", 0, "try git itself in that folder") from None
