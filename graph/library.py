"""Guidelines by name: those that come with Edgewise, and any folder or file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from edgewise.graph.cases.book import LIMIT, NAME, case_file, open_casebook
from edgewise.graph.cases.check import check_cases
from edgewise.graph.model import Guideline
from edgewise.graph.reading.files import content
from edgewise.graph.reading.problems import fail
from edgewise.graph.reading.projection import guideline
from edgewise.graph.reading.read import Source, salvage
from edgewise.graph.reading.validate import validate
from edgewise.graph.shelf import SHELF, find, ids
from edgewise.ontology.errors import SourceError
from edgewise.ontology.findings import Finding

__all__ = ["SHELF", "Loaded", "check", "find", "ids", "load"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A guideline ready for use, with the source it came from."""

    guideline: Guideline
    source: Source


def check(path: str | Path) -> tuple[Source | None, tuple[Finding, ...]]:
    """Everything that is wrong with a guideline's file, by line: as YAML or RDF, and as a guideline; then with the cases beside it.

    Args:
        path: a guideline's file; or a `cases.yaml`, to judge nothing but the cases.

    Returns:
        The guideline as far as it can be read, and the findings; of what stands on one line only the cause.

    >>> check(find("sacroiliac-sclerosis"))[1]
    ()
    """
    if Path(path).name == NAME:
        return _check_cases_alone(Path(path))
    source, findings = _judged(path)
    return source, (*findings, *_of_cases(case_file(path), source, findings))


def _judged(path: str | Path) -> tuple[Source | None, tuple[Finding, ...]]:
    source, problems = salvage(path)
    if source is None:
        return None, problems
    broken = {problem.line for problem in problems if problem.line}
    judged = [finding for finding in validate(source) if finding.line not in broken]
    return source, tuple(sorted([*problems, *judged], key=lambda finding: finding.line))


def _of_cases(cases: Path | None, source: Source | None, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """What is wrong with the cases of a guideline that was judged; a note if its own faults stand in the way."""
    if cases is None:
        return ()
    if source is None or _errors(findings):
        message, repair = "the cases were not checked, because the guideline has errors", "repair those first"
        return (Finding(rule="cases-not-checked", message=message, severity="note", file=str(cases), repair=repair),)
    made = guideline(source.graph, source.iri)
    return check_cases(open_casebook(cases, made), made)


def _check_cases_alone(cases: Path) -> tuple[Source | None, tuple[Finding, ...]]:
    try:
        content(cases, LIMIT)  # says what is wrong with the path
    except SourceError as error:
        return None, error.findings
    owner = cases.with_name("guideline.yaml")
    if not owner.is_file():
        message, repair = "there is no guideline.yaml beside these cases", "put them beside the guideline they belong to"
        return None, (Finding(rule="cases-without-guideline", message=message, file=str(cases), repair=repair),)
    source, findings = _judged(owner)
    if source is None or _errors(findings):
        message, repair = f"the cases cannot be checked, because {owner} has errors", "check that file first"
        return source, (Finding(rule="cases-not-checked", message=message, file=str(cases), repair=repair),)
    return source, _of_cases(cases, source, findings)


def _errors(findings: tuple[Finding, ...]) -> list[Finding]:
    return [finding for finding in findings if finding.severity == "error"]


def load(name: str) -> Loaded:
    """Read, validate and project a guideline; its cases are not looked at.

    Raises:
        UnknownName: no such id, folder or file.
        SourceError: the file cannot be used; every problem is in it.

    >>> load("sacroiliac-sclerosis").guideline.publisher
    'Dr.Oracle'
    """
    file = find(name)
    if file.name == NAME:
        raise fail(str(file), "not-a-guideline", "a file of this name holds cases", 0, "name the guideline beside it, or their folder")
    source, findings = _judged(file)
    errors = _errors(findings)
    if errors or source is None:
        raise SourceError(errors)
    return Loaded(guideline(source.graph, source.iri), source)
