"""What a check found: one piece of data that shapes, audit, command and pages share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fault, with its place, the reason and the repair.

    Attributes:
        rule: permanent name of the fault, e.g. ``unknown-key``.
        message: what is wrong, in a sentence a clinician editor understands.
        severity: ``error``, ``warning`` or ``note``.
        subject: IRI of the resource concerned, or empty.
        file: path of the file, or empty.
        line: line in it, counted from 1; 0 where there is none.
        value: the offending value as written, or empty.
        repair: how to mend it, or empty.
        related: IRIs of other resources concerned.

    >>> print(Finding(rule="unknown-key", message="'lable' is not a key of a step", file="g.yaml", line=7, repair="write 'label'"))
    g.yaml:7: error: 'lable' is not a key of a step; write 'label' [unknown-key]
    """

    rule: str
    message: str
    severity: Severity = "error"
    subject: str = ""
    file: str = ""
    line: int = 0
    value: str = ""
    repair: str = ""
    related: tuple[str, ...] = ()

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}: " if self.file and self.line else f"{self.file}: " if self.file else ""
        repair = f"{'' if self.message.endswith('?') else ';'} {self.repair}" if self.repair else ""
        return f"{place}{self.severity}: {self.message}{repair} [{self.rule}]"
