"""A guideline in hand, the same for the command, the app and the audit."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from edgewise.graph.compiled.judged import KeyLines, key_lines, read_content
from edgewise.graph.compiled.kept import digest_of
from edgewise.graph.model import Guideline
from edgewise.ontology.findings import Finding

if TYPE_CHECKING:  # slow to load, and most of what one does with a guideline does without
    from rdflib import Graph

    from edgewise.graph.reading.read import Source


@dataclass(frozen=True)
class Loaded:
    """A guideline ready for use.

    Attributes:
        guideline: its pieces.
        file: where it was read from, as findings show it.
        findings: what was found in it that does not forbid its use: warnings and notes.
        content: the bytes that were judged.
        format: what they are read as.
    """

    guideline: Guideline
    file: str
    findings: tuple[Finding, ...] = ()
    content: bytes = field(default=b"", repr=False)
    format: str = "yaml"

    @cached_property
    def digest(self) -> str:
        """The name of its content, under which things made of it are kept."""
        return digest_of(self.content, self.format)

    @cached_property
    def source(self) -> Source:
        """Its triples with all their lines, read when they are first asked for."""
        return read_content(self.content, self.file, self.format)

    @property
    def graph(self) -> Graph:
        """Its triples."""
        return self.source.graph

    @cached_property
    def _lines(self) -> KeyLines:
        return key_lines(self.content, self.format)

    def line(self, subject: str, predicate: str | None = None) -> int:
        """Best known line of a key or a resource, counted from 1; 0 if there is none."""
        return self._lines.line(str(subject), None if predicate is None else str(predicate))

    def shown_as(self, file: str) -> Loaded:
        """The same guideline under another name of its file."""
        return replace(self, file=file, findings=tuple(replace(finding, file=file) for finding in self.findings))
