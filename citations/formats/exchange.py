"""What reading and writing a reference list gives, whatever the format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from edgewise.citations.formats.text_encodings import UndecodableText, text_of
from edgewise.graph.model import Reference
from edgewise.ontology.findings import Finding, Severity

LARGEST_FILE = 4_000_000  # bytes; ten thousand references are a quarter of it
MOST_REFERENCES = 10_000
LONGEST_VALUE = 10_000  # characters of one field


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A value that did not fit: the reference's id, the field, the value's beginning and why."""

    reference: str
    field: str
    value: str
    why: str

    def __str__(self) -> str:
        """
        >>> str(LeftOut("reference-4", "abstract", "…", "a reference has no place for it"))
        'reference-4, abstract: a reference has no place for it'
        """
        return f"{self.reference}, {self.field}: {self.why}"


@dataclass(frozen=True, slots=True)
class Written:
    """A reference list as text, and what the format could not hold."""

    text: str
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """The references of a file; what they have no place for; what is wrong with the file, with file and line; each reference's line.

    `noted` says that the file bears notes of ours, by which who stated what is known.
    """

    references: tuple[Reference, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    findings: tuple[Finding, ...] = ()
    lines: tuple[int, ...] = ()
    noted: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in a file: its name and the line, counted from 1."""

    file: str
    line: int = 0

    def finding(self, rule: str, message: str, repair: str = "", severity: Severity = "error", value: str = "") -> Finding:
        """A finding at this place."""
        return Finding(rule=rule, message=message, repair=repair, severity=severity, value=value[:200], file=self.file, line=self.line)


def decode(text: str | bytes, name: str, encoding: str = "") -> tuple[str, tuple[Finding, ...]]:
    r"""The text with plain line ends and without byte-order mark, or a finding that says why it cannot be used.

    >>> decode(b"TY  - JOUR\r\n", "list.ris")
    ('TY  - JOUR\n', ())
    >>> decode(b"\xe9", "list.ris")[1][0].message, decode(b"\xe9", "list.ris", "latin-1")[0]
    ('byte 1 (0xe9) is not UTF-8 text', 'é')
    """
    if len(text) > LARGEST_FILE:
        message = f"the file is larger than {LARGEST_FILE:,} bytes"
        return "", (Spot(name).finding("file-too-large", message, "split it into smaller lists"),)
    if isinstance(text, bytes):
        data = text
        try:
            text = text_of(data, encoding)
        except UndecodableText as error:
            line = data.count(b"\n", 0, error.place) + 1
            return "", (Spot(name, line).finding("unreadable-file", error.why, error.repair),)
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"), ()


def distinct(readings: Iterable[Reading], name: str) -> Reading:
    """One reading out of many, in order, in which every id and position is unique.

    >>> twice = Reading((Reference("a", 1, "One", 2001),))
    >>> merged = distinct([twice, twice], "list.ris")
    >>> [(r.id, r.position) for r in merged.references], merged.findings[0].rule
    ([('a', 1), ('a-2', 2)], 'duplicate-id')
    """
    parts = list(readings)
    references = [reference for part in parts for reference in part.references]
    findings = [finding for part in parts for finding in part.findings]
    kept, renamed = _renamed(references[:MOST_REFERENCES], name)
    if len(references) > MOST_REFERENCES:
        message = f"the list holds {len(references):,} references; {MOST_REFERENCES:,} were read"
        findings.append(Spot(name).finding("file-too-large", message, "split it into smaller lists"))
    lines = [line for part in parts for line in (part.lines or (0,) * len(part.references))]
    left_out = tuple(out for part in parts for out in part.left_out)
    noted = any(part.noted for part in parts)
    return Reading(tuple(_positioned(kept)), left_out, (*findings, *renamed), tuple(lines[: len(kept)]), noted)


def _renamed(references: list[Reference], name: str) -> tuple[list[Reference], list[Finding]]:
    taken = {reference.id for reference in references}
    seen: dict[str, int] = {}
    kept: list[Reference] = []
    findings: list[Finding] = []
    for reference in references:
        id = reference.id
        if id in seen:
            id = _free(reference.id, seen, taken)
            message = f"the id '{reference.id}' stands twice; the second was read as '{id}'"
            findings.append(Spot(name).finding("duplicate-id", message, "give each reference an id of its own", "warning", reference.id))
        seen.setdefault(id, 1)
        kept.append(replace(reference, id=id))
    return kept, findings


def _free(id: str, seen: dict[str, int], taken: set[str]) -> str:
    """The id with the next number that no other has; `seen` remembers how far each id has got."""
    while (free := f"{id}-{seen[id] + 1}") in taken:
        seen[id] += 1
    seen[id] += 1
    taken.add(free)
    return free


def _positioned(references: list[Reference]) -> Iterator[Reference]:
    positions = [reference.position for reference in references]
    usable = len(set(positions)) == len(positions) and all(position > 0 for position in positions)
    for place, reference in enumerate(references, 1):
        yield reference if usable else replace(reference, position=place)
