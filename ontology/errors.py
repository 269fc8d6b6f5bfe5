"""The exceptions of Edgewise.

EdgewiseError
 ├── SourceError          an input cannot be used; carries every problem as findings
 ├── FactsError           facts about a patient cannot be used; carries every problem as findings
 └── UnknownName          no guideline, step, transition … of that name; carries the nearest known ones

Each says what is wrong, where, and how to repair it; the command turns any of them into exit code 2.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from edgewise.ontology.findings import Finding


class EdgewiseError(Exception):
    """Base of all exceptions that Edgewise raises on purpose."""


class _WithFindings(EdgewiseError):
    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings: tuple[Finding, ...] = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))


class SourceError(_WithFindings):
    """A file cannot be read as a guideline at all.

    >>> from edgewise.ontology.findings import Finding
    >>> error = SourceError([Finding(rule="yaml-syntax", message="a bracket is not closed", file="g.yaml", line=3)])
    >>> print(error)
    g.yaml:3: error: a bracket is not closed [yaml-syntax]
    """


class FactsError(_WithFindings):
    """Facts about a patient name something unknown or impossible."""


class UnknownName(EdgewiseError):
    """A name that the guideline or the library does not know.

    >>> print(UnknownName("step", "cooled-rfb", ["cooled-rfa", "presentation"]))
    unknown step 'cooled-rfb': did you mean 'cooled-rfa'?
    >>> print(UnknownName("step", "x", ["cooled-rfa", "presentation"]))
    unknown step 'x': known are cooled-rfa, presentation
    """

    def __init__(self, what: str, name: str, known: Iterable[str]) -> None:
        self.what, self.name, self.known = what, name, tuple(known)
        super().__init__(what, name, self.known)

    def __str__(self) -> str:
        """With what was perhaps meant: looked for only when somebody reads it, since of thousands of names it takes long."""
        near = get_close_matches(self.name, self.known, n=3, cutoff=0.7)
        if near:
            hint = "did you mean " + " or ".join(f"'{n}'" for n in near) + "?"
        elif self.known:
            hint = "known are " + ", ".join(self.known[:20]) + (", …" if len(self.known) > 20 else "")
        else:
            hint = "none are known"
        return f"unknown {self.what} '{self.name}': {hint}"
