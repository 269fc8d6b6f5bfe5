"""A guideline's content judged once: what was found in it, its pieces, and the line of each key, kept for the next process.

What is kept knows no file name, since the same content may lie in many files.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from edgewise.graph.compiled.codec import Damaged, decode, encode
from edgewise.graph.compiled.kept import digest_of, keep, look_up
from edgewise.graph.model import Guideline
from edgewise.ontology.findings import Finding

if TYPE_CHECKING:  # slow to load, and not needed for what is kept
    from edgewise.graph.reading.read import Source

DECIDE = ("ontology", "graph")
"""The packages whose code decides on what a guideline's content means."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What there is to say of a content.

    Attributes:
        findings: everything that is wrong with it, by line; no file is named in them.
        guideline: its pieces; None where it has errors.
        source: its graph, if it was just read.
    """

    findings: tuple[Finding, ...]
    guideline: Guideline | None
    source: Source | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class KeyLines:
    """Lines of resources and of their keys, by IRI.

    >>> KeyLines({"urn:g": 1}, {"urn:g": {"urn:title": 2}}).line("urn:g", "urn:title")
    2
    """

    subjects: Mapping[str, int]
    keys: Mapping[str, Mapping[str, int]]

    def line(self, subject: str, predicate: str | None = None) -> int:
        """Line of the key, else of the resource, else 0."""
        return (self.keys.get(subject, {}).get(predicate, 0) if predicate else 0) or self.subjects.get(subject, 0)


@dataclass(frozen=True, slots=True)
class _Form:
    findings: tuple[Finding, ...]
    guideline: Guideline | None


def judge(content: bytes, format: str, elsewhere: Callable[[], bytes | None] | None = None) -> Judged:
    r"""Everything that is to be said of a content: read out of the cache folder, or found out and kept there.

    Args:
        content: a guideline's file.
        format: what it is read as.
        elsewhere: gives the form (`form_of`) that this very code made of the content, from a place to be trusted as the cache folder is;
            asked for only where that holds none.

    >>> [str(finding) for finding in judge(b"id: g\ntitle: Hips\ntitle: Knees", "yaml").findings][-1]
    "error: the key 'title' stands here for a second time, first on line 2; remove or merge one of them [duplicate-key]"
    """
    digest = digest_of(content, format)
    if (form := _decoded(look_up(digest, "judged", packages=DECIDE))) is not None:
        return Judged(form.findings, form.guideline)
    found = elsewhere() if elsewhere else None
    if found is not None and (form := _decoded(found)) is not None:
        keep(digest, "judged", found, packages=DECIDE)
        return Judged(form.findings, form.guideline)
    return _judged(content, format, digest)


def form_of(guideline: Guideline, findings: tuple[Finding, ...]) -> bytes | None:
    """What is kept of a judged content; None for what is nested deeper than can be kept.

    Args:
        guideline: its pieces.
        findings: what was found in it; the name of a file in them is left out.
    """
    try:
        return encode(_Form(tuple(replace(finding, file="") for finding in findings), guideline))
    except RecursionError:  # criteria within criteria, deeper than JSON can be written
        return None


def _decoded(kept: bytes | None) -> _Form | None:
    try:
        return None if kept is None else decode(kept, _Form)
    except Damaged:
        return None


def key_lines(content: bytes, format: str) -> KeyLines:
    r"""The lines of a content that can be read.

    >>> key_lines(b"id: g\ntitle: Hips", "yaml").subjects
    {'https://w3id.org/edgewise/guideline/g': 1}
    """
    digest = digest_of(content, format)
    found = look_up(digest, "lines", packages=DECIDE)
    try:
        if found is not None:
            return decode(found, KeyLines)
    except Damaged:
        pass
    return _keep_lines(digest, read_content(content, "", format))


def read_content(content: bytes, name: str, format: str) -> Source:
    """The graph of a content that has no errors."""
    from edgewise.graph.reading.read import read_text

    return read_text(content, name, format)


def _judged(content: bytes, format: str, digest: str) -> Judged:
    from edgewise.graph.reading.judging import findings_of, notes_of, pieces_of

    findings, source = findings_of(content, format)
    if source is None or any(finding.severity == "error" for finding in findings):
        _keep(digest, findings, None)
        return Judged(findings, None, source)
    guideline = pieces_of(source)
    findings = tuple(sorted((*findings, *notes_of(guideline, source)), key=lambda finding: finding.line))
    _keep(digest, findings, guideline)
    _keep_lines(digest, source)
    return Judged(findings, guideline, source)


def _keep(digest: str, findings: tuple[Finding, ...], guideline: Guideline | None) -> None:
    try:
        form = encode(_Form(findings, guideline))
    except RecursionError:  # criteria within criteria, deeper than JSON can be written
        return
    keep(digest, "judged", form, packages=DECIDE)


def _keep_lines(digest: str, source: Source) -> KeyLines:
    keys: dict[str, dict[str, int]] = {}
    for (subject, predicate), line in source.lines.keys.items():
        keys.setdefault(str(subject), {})[str(predicate)] = line
    lines = KeyLines({str(subject): line for subject, line in source.lines.subjects.items()}, keys)
    keep(digest, "lines", encode(lines), packages=DECIDE)
    return lines
