"""A file of cases, `cases.yaml`: read strictly, every problem at once, each with its line. `docs/cases.md` explains the keys.

Reading vouches for the form and for every id: what a case names, the guideline has. Whether a case is right, `graph.cases.check` says.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from edgewise.graph.cases.form import book
from edgewise.graph.cases.model import Case
from edgewise.graph.model import Guideline
from edgewise.graph.reading import strict
from edgewise.graph.reading.files import content
from edgewise.graph.reading.lines import Marks
from edgewise.graph.reading.problems import Problems
from edgewise.graph.shelf import CASES as NAME
from edgewise.ontology.errors import SourceError
from edgewise.ontology.findings import Finding

LIMIT = 1024 * 1024  # bytes; twenty long cases have 60 KB


@dataclass(frozen=True, slots=True)
class Casebook:
    """The cases of one file.

    Attributes:
        file: its name, for findings.
        cases: those without a fault of form, by their position in the file's list.
        findings: every problem met while reading.
        marks: lines of the file.
    """

    file: str
    cases: Mapping[int, Case] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    marks: Marks = field(default_factory=Marks)

    def line(self, *place: str | int) -> int:
        """The line of a place below the list of cases, or of what would hold it: ``book.line(0, "stages", 1, "expect")``."""
        return self.marks.key(("cases", *place))


def case_file(guideline_file: str | Path) -> Path | None:
    """The file of cases that belongs to a guideline's file; None if it has none.

    Beside a `guideline.yaml` the cases are its own, and not those of other files in the folder.

    >>> from edgewise.graph.shelf import find
    >>> case_file(find("sacroiliac-sclerosis")).name
    'cases.yaml'
    """
    path = Path(guideline_file)
    beside, owner = path.parent / NAME, path.parent / "guideline.yaml"
    mine = path.name == owner.name or not os.path.lexists(owner)
    return beside if mine and beside != path and os.path.lexists(beside) else None


def cases_of(guideline_file: str | Path, guideline: Guideline) -> tuple[Case, ...]:
    """The cases beside a guideline's file; none if there is no `cases.yaml`.

    Raises:
        SourceError: the cases cannot be used; every problem is in it.
    """
    file = case_file(guideline_file)
    return read_cases(file, guideline) if file else ()


def read_cases(path: str | Path, guideline: Guideline) -> tuple[Case, ...]:
    """Read a file of cases.

    Args:
        path: a YAML file as `docs/cases.md` describes it.
        guideline: to which they belong; every step, statement and observable named in them is one of its own.

    Raises:
        SourceError: if there is no such file, it cannot be opened, or with every problem in it.

    >>> from edgewise.graph.library import load
    >>> read_cases("nowhere.yaml", load("sacroiliac-sclerosis").guideline)
    Traceback (most recent call last):
        ...
    edgewise.ontology.errors.SourceError: nowhere.yaml: error: there is no such file; check the path [no-file]
    """
    book = open_casebook(path, guideline)
    if book.findings:
        raise SourceError(book.findings)
    return tuple(book.cases.values())


def open_casebook(path: str | Path, guideline: Guideline) -> Casebook:
    """As `read_cases`, but with what can be read in spite of all problems."""
    try:
        return read_casebook(content(path, LIMIT), str(path), guideline)
    except SourceError as error:
        return Casebook(str(path), findings=error.findings)


def read_casebook(text: str | bytes, name: str, guideline: Guideline) -> Casebook:
    r"""As `open_casebook`, of a text; `name` is for messages only.

    >>> from edgewise.graph.library import load
    >>> guideline = load("sacroiliac-sclerosis").guideline
    >>> story = "cases: [{id: a, title: A, vignette: Pain., stages: [{tells: Films., facts: {radiographs: sclerosis}, expect: undecided}]}]"
    >>> book = read_casebook("guideline: sacroiliac-sclerosis\n" + story, "cases.yaml", guideline)
    >>> book.cases[0].stages[0].expect, book.findings, book.line(0, "stages")
    (Ruling(verdict='undecided', steps=()), (), 2)
    """
    problems = Problems(name)
    try:
        data, marks = strict.salvage(text, problems, limit=LIMIT, allow_empty=True, format="yaml")
    except SourceError as error:
        return Casebook(name, findings=tuple(map(_about_cases, error.findings)))
    cases = book(data, marks, problems, guideline)
    return Casebook(name, cases, tuple(problems.findings()), marks)


def _about_cases(finding: Finding) -> Finding:
    """What reading says of guidelines, said of cases."""
    if finding.rule != "empty-file":
        return finding
    return Finding(
        rule=finding.rule, message=finding.message, file=finding.file, repair="write cases as docs/cases.md shows, or delete the file"
    )
