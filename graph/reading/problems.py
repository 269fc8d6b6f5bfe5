"""Collecting every problem of one file before giving up on it."""

from __future__ import annotations

from edgewise.ontology.errors import SourceError
from edgewise.ontology.findings import Finding

# After these there is nothing left to look at; after all others the rest of the file can still be judged.
FATAL = frozenset(
    ("yaml-syntax", "json-syntax", "several-documents", "too-large", "too-deep", "not-a-guideline", "empty-file", "lost-value")
)
MOST = 100  # an attacker's file may hold a million faults; nobody reads more than these


def shorten(text: str, width: int = 60) -> str:
    r"""Text fit for a message: printable, on one line, at most `width` characters.

    >>> shorten("a\nb"), shorten("x" * 70, 10), shorten("\x1b[31m")
    ('a\\nb', 'xxxxxxxxx…', '\\x1b[31m')
    """
    head = text if len(text) <= width else text[: width - 1] + "…"
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in head)


class Problems:
    """The findings of one file, in the order they were met.

    >>> problems = Problems("g.yaml")
    >>> problems.add("empty-value", "'label' has no value", 7, "write a value or remove the key")
    >>> problems.stop()
    Traceback (most recent call last):
        ...
    edgewise.ontology.errors.SourceError: g.yaml:7: error: 'label' has no value; write a value or remove the key [empty-value]
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self.unlisted = 0
        self._findings: list[Finding] = []

    def __bool__(self) -> bool:
        return bool(self._findings)

    def add(self, rule: str, message: str, line: int, repair: str, *, value: str = "", subject: str = "") -> None:
        """Note one problem; beyond `MOST` they are only counted."""
        if len(self._findings) >= MOST:
            self.unlisted += 1
            return
        self._findings.append(
            Finding(rule=rule, message=message, file=self.file, line=line, repair=repair, value=shorten(value, 200), subject=subject)
        )

    @property
    def fatal(self) -> bool:
        """Whether the file cannot be judged any further."""
        return any(finding.rule in FATAL for finding in self._findings)

    def findings(self) -> list[Finding]:
        """All problems by line, with a last word on how many are not listed."""
        found = sorted(self._findings, key=lambda finding: finding.line)
        if self.unlisted:
            rest = f"{self.unlisted} more problems are not listed"
            found.append(Finding(rule="more-problems", message=rest, file=self.file, repair="repair these first, then check again"))
        return found

    def stop(self) -> None:
        """Raise what was found as a SourceError; do nothing if there is nothing."""
        if self._findings:
            raise SourceError(self.findings())


def fail(file: str, rule: str, message: str, line: int, repair: str) -> SourceError:
    """A SourceError of one finding, to be raised."""
    problems = Problems(file)
    problems.add(rule, message, line, repair)
    return SourceError(problems.findings())
