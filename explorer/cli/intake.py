"""What a command is given: names of guidelines, paths to check, facts about a patient."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from edgewise.explorer.cli.terminal import complain
from edgewise.ontology.errors import FactsError, SourceError, UnknownName
from edgewise.ontology.findings import Finding

if TYPE_CHECKING:
    from edgewise.graph.library import Loaded
    from edgewise.graph.model import Guideline
    from edgewise.graph.reading.lines import Marks
    from edgewise.graph.reading.strict import Data
    from edgewise.graph.walking.facts import Answer
    from edgewise.graph.walking.visits import Timeline

STDIN = "-"
_LARGEST_FACTS = 1024 * 1024  # bytes; a patient has a dozen facts
# Faults by which a path could not even be opened; all others are faults of what stands in the file.
UNREADABLE = frozenset(
    ("no-file", "no-permission", "not-a-file", "unreadable-file", "unknown-format", "unknown-guideline", "no-guideline-in-folder")
)


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome of a check.

    Attributes:
        files: how many could be opened.
        faults: what was found in them, file by file.
        unreadable: why the others could not be opened.
    """

    files: int
    faults: tuple[Finding, ...]
    unreadable: tuple[Finding, ...]


def load(name: str) -> Loaded:
    """A guideline by id, folder or file.

    Raises:
        SourceError: no such folder or file, or it cannot be used; every problem is in it.
        UnknownName: no guideline of that id.

    >>> load("sacroiliac-sclerosis").guideline.id
    'sacroiliac-sclerosis'
    """
    from edgewise.graph import library
    from edgewise.graph.shelf import ids, near

    loaded = library.load(name)
    return loaded.shown_as(str(near(Path(loaded.file)))) if name in ids() else loaded


def load_all(name: str) -> list[Loaded]:
    """The guidelines behind a name: of a folder with several all of them; otherwise as `load`.

    >>> [loaded.guideline.id for loaded in load_all("sacroiliac-sclerosis")]
    ['sacroiliac-sclerosis']
    """
    from edgewise.graph.shelf import find_all, ids

    files = [name] if name in ids() else list(map(str, find_all(name)))
    if len(files) < 2:
        return [load(name)]
    loaded, findings = [], list[Finding]()
    for file in files:
        try:
            loaded.append(load(file))
        except SourceError as error:
            findings += error.findings
    if findings:
        raise SourceError(findings)
    return loaded


def address(name: str) -> str:
    """A guideline's name that holds from any working directory: its id in the library, else its absolute path.

    >>> address("sacroiliac-sclerosis")
    'sacroiliac-sclerosis'
    """
    from edgewise.graph.shelf import find, ids

    return name if name in ids() else str(_real(find(name)))


def check(names: Iterable[str]) -> Checked:
    """All findings of all guidelines named by id, folder or file, and of the cases beside them; of none named, of the whole library.

    >>> check(["sacroiliac-sclerosis"]).files  # the guideline and its cases
    2
    """
    from edgewise.graph.cases.book import case_file
    from edgewise.graph.library import check as judge
    from edgewise.graph.shelf import find_all, ids, near

    findings: list[Finding] = []
    files: dict[Path, str] = {}
    for name in list(names) or ids():
        try:
            for file in find_all(name):
                files.setdefault(_real(file), str(near(file) if name in ids() else file))
        except SourceError as error:
            findings += error.findings
        except UnknownName as error:
            findings.append(Finding(rule="unknown-guideline", message=str(error), file=name))
    for path in files.values():
        findings += judge(path)[1]
    for cases in [cases for path in files.values() if (cases := case_file(path))]:
        files.setdefault(_real(cases), str(cases))
    findings = list(dict.fromkeys(findings))  # of cases named beside their guideline once
    unreadable = tuple(finding for finding in findings if finding.rule in UNREADABLE)
    opened = set(files.values()) - {finding.file for finding in unreadable}
    return Checked(len(opened), tuple(finding for finding in findings if finding.rule not in UNREADABLE), unreadable)


def watched(names: Iterable[str]) -> Iterator[Path]:
    """The files that `check` looks into, whether they are there or not: guidelines, and the cases beside them."""
    from edgewise.graph.shelf import find_all, ids

    for name in list(names) or ids():
        found: list[Path] = []
        with suppress(SourceError, UnknownName):
            found = list(find_all(name))
        for file in found or [Path(name)]:
            yield from dict.fromkeys((file, file.with_name("cases.yaml")))


def _real(path: str | Path) -> Path:
    """A path without links, as far as it has one: a link to itself is told when it is read."""
    return Path(os.path.realpath(path))


@dataclass(frozen=True, slots=True)
class Given:
    """What is known of a patient.

    Attributes:
        facts: as the walk takes them.
        doubts: warnings of what was hardly meant.
        timeline: when they were told, where they were told as visits.
    """

    facts: Mapping[str, Answer] = field(default_factory=dict)
    doubts: tuple[Finding, ...] = ()
    timeline: Timeline | None = None


def read_facts(file: str | None, guideline: Guideline) -> Given:
    """Facts about a patient, as a mapping or as visits, from a file of YAML or JSON, or from standard input (``-``); of no file, nothing.

    Raises:
        FactsError: the file cannot be read, or with one finding for each fact that cannot be used.
    """
    if file is None:
        return Given()
    from edgewise.graph.walking.doubts import doubts
    from edgewise.graph.walking.visits import parse_told

    name = "standard input" if file == STDIN else file
    try:
        data, marks = _parsed(_bytes(file, name), name)
    except SourceError as error:
        raise FactsError(_about_facts(error.findings)) from None

    def line(path: Sequence[object]) -> int:
        return marks.value(tuple(key if isinstance(key, int) else str(key) for key in path))

    told = parse_told(data, guideline, file=name, line=line)
    return Given(told.facts, doubts(data, guideline, file=name, line=line), told.timeline)


def _bytes(file: str, name: str) -> bytes:
    try:
        if file == STDIN:
            return _typed()
        with Path(file).open("rb") as opened:  # a pipe too: `--facts <(…)`
            return opened.read(_LARGEST_FACTS + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path, or a closed stream
        reason = getattr(error, "strerror", None) or str(error)
        message = f"the facts cannot be read: {reason}"
        typed = file.lstrip().startswith("{")  # the facts themselves, where a file is to be named
        repair = "save the facts in a file and name it, or pipe them in with '--facts -'" if typed else "check the path"
        raise FactsError([Finding(rule="unreadable-facts", message=message, file=name, repair=repair)]) from None


def _typed() -> bytes:
    if sys.stdin is None:  # it was closed
        return b""
    if sys.stdin.isatty():
        complain("Type the facts, a mapping of observables to values, then end with Ctrl-D (Ctrl-Z and Enter on Windows).")
    return sys.stdin.buffer.read(_LARGEST_FACTS + 1)


def _parsed(data: bytes, name: str) -> tuple[Data, Marks]:
    """As the file's ending says; without one as YAML, which JSON is but for its tabs and escapes, and then as JSON."""
    from edgewise.graph.reading.strict import strict_yaml

    suffix = Path(name).suffix.lower()
    format = {".json": "json", ".yaml": "yaml", ".yml": "yaml"}.get(suffix, "")
    try:
        return strict_yaml(data, name, limit=_LARGEST_FACTS, allow_empty=True, format=format or "yaml")
    except SourceError:
        if not format and data.lstrip().startswith((b"{", b"[", b"\xef\xbb\xbf{", b"\xef\xbb\xbf[")):
            try:
                return strict_yaml(data, name, limit=_LARGEST_FACTS, allow_empty=True, format="json")
            except SourceError:
                pass
        raise


def _about_facts(findings: Iterable[Finding]) -> Iterator[Finding]:
    """What reading says of guidelines, said of facts."""
    for finding in findings:
        if finding.rule == "empty-file":
            repair = "write {} where nothing is known, or leave --facts out"
            yield Finding(rule="empty-file", message="there are no facts in it", file=finding.file, repair=repair)
        else:
            yield finding
