"""Guidelines by name: those that come with Edgewise, and any folder or file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from edgewise.graph.compiled.judged import Judged, judge
from edgewise.graph.loaded import Loaded
from edgewise.graph.model import Guideline
from edgewise.graph.reading.files import LIMIT, content, format_of
from edgewise.graph.reading.problems import fail
from edgewise.graph.shelf import CASES, SHELF, find, ids
from edgewise.ontology.errors import SourceError
from edgewise.ontology.findings import Finding

__all__ = ["SHELF", "Loaded", "check", "find", "ids", "load"]


def check(path: str | Path) -> tuple[Guideline | None, tuple[Finding, ...]]:
    """Everything that is wrong with a guideline's file, by line: as YAML or RDF, and as a guideline; then with the cases beside it.

    Args:
        path: a guideline's file; or a `cases.yaml`, to judge nothing but the cases.

    Returns:
        The guideline if it can be used, and the findings; of what stands on one line only the cause.

    >>> check(find("sacroiliac-sclerosis"))[1]
    ()
    """
    from edgewise.graph.cases.book import case_file

    if Path(path).name == CASES:
        return _check_cases_alone(Path(path))
    judged = _judged(path)
    return judged.guideline, (*judged.findings, *_of_cases(case_file(path), judged))


def _judged(path: str | Path) -> Judged:
    """A file judged; what is found in it bears the file's name."""
    name = str(path)
    try:
        format = format_of(name)
        judged = judge(content(path, LIMIT), format)
    except SourceError as error:
        return Judged(error.findings, None)
    return replace(judged, findings=tuple(replace(finding, file=name) for finding in judged.findings))


def _of_cases(cases: Path | None, judged: Judged) -> tuple[Finding, ...]:
    """What is wrong with the cases of a guideline that was judged; a note if its own faults stand in the way."""
    from edgewise.graph.cases.book import open_casebook
    from edgewise.graph.cases.check import check_cases

    if cases is None:
        return ()
    if judged.guideline is None:
        message, repair = "the cases were not checked, because the guideline has errors", "repair those first"
        return (Finding(rule="cases-not-checked", message=message, severity="note", file=str(cases), repair=repair),)
    return check_cases(open_casebook(cases, judged.guideline), judged.guideline)


def _check_cases_alone(cases: Path) -> tuple[Guideline | None, tuple[Finding, ...]]:
    from edgewise.graph.cases.book import LIMIT as MOST

    try:
        content(cases, MOST)  # says what is wrong with the path
    except SourceError as error:
        return None, error.findings
    owner = cases.with_name("guideline.yaml")
    if not owner.is_file():
        message, repair = "there is no guideline.yaml beside these cases", "put them beside the guideline they belong to"
        return None, (Finding(rule="cases-without-guideline", message=message, file=str(cases), repair=repair),)
    judged = _judged(owner)
    if judged.guideline is None:
        message, repair = f"the cases cannot be checked, because {owner} has errors", "check that file first"
        return None, (Finding(rule="cases-not-checked", message=message, file=str(cases), repair=repair),)
    return judged.guideline, _of_cases(cases, judged)


def load(name: str) -> Loaded:
    """A guideline by id, folder or file, judged; its cases are not looked at.

    Raises:
        UnknownName: no such id, folder or file.
        SourceError: the folder or file cannot be used; every problem is in it.

    >>> load("sacroiliac-sclerosis").guideline.publisher
    'Dr.Oracle'
    """
    return load_file(find(name))


def load_file(file: Path) -> Loaded:
    """The guideline in a file, whatever names there are; otherwise as `load`.

    Raises:
        SourceError: the file cannot be used; every problem is in it.

    >>> load_file(find("sacroiliac-sclerosis")).line("https://w3id.org/edgewise/guideline/sacroiliac-sclerosis") > 0
    True
    """
    name, format = str(file), format_of(str(file))
    held = content(file, LIMIT)
    if file.name == CASES:
        raise fail(str(file), "not-a-guideline", "a file of this name holds cases", 0, "name the guideline beside it, or their folder")
    return load_content(held, name, format)


def load_content(held: bytes, name: str, format: str) -> Loaded:
    """The guideline in some bytes, wherever they come from.

    Args:
        held: what stands in the file.
        name: by which findings name it.
        format: as `edgewise.graph.reading.files.format_of` tells it.

    Raises:
        SourceError: they cannot be used; every problem is in it.

    >>> file = find("sacroiliac-sclerosis")
    >>> load_content(file.read_bytes(), "read elsewhere", "yaml").file
    'read elsewhere'
    """
    judged = judge(held, format)
    findings = tuple(replace(finding, file=name) for finding in judged.findings)
    if judged.guideline is None:
        raise SourceError(finding for finding in findings if finding.severity == "error")
    loaded = Loaded(judged.guideline, name, findings, held, format)
    if judged.source is not None:
        loaded.__dict__["source"] = replace(judged.source, file=name)  # just read: it need not be read again
    return loaded
