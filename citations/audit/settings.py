"""How severe each rule is, and what an editor decided to let stand.

A project says it in ``pyproject.toml``, a guideline in its own keys ``severities`` and ``waivers``, which win::

    [tool.edgewise.audit]
    severity = { S309 = "note", pending-review = "off" }
    names = 6   # how many authors an entry names before "et al.", as the house style has it; "all" if it wants all of them
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, NamedTuple, cast, get_args

from edgewise.citations.audit.rules import Names, Rule, find_rule
from edgewise.graph.model import Guideline, Waiver
from edgewise.graph.stores.beside import Beside, nearest_table, table_of
from edgewise.ontology.errors import SourceError, UnknownName
from edgewise.ontology.findings import Finding, Severity

Level = Literal[Severity, "off"]
LEVELS: tuple[str, ...] = (*get_args(Severity), "off")


@dataclass(frozen=True, slots=True)
class AuditSettings:
    """Levels by rule id, where they differ from the rule's own; `origin` is the file they came from.

    `names`: how many authors of a work the house style prints before "et al."; None if it does not say.
    """

    levels: Mapping[str, Level] = field(default_factory=dict)
    origin: str = ""
    names: Names | None = None

    def level(self, rule: Rule) -> Level:
        """How severe a rule is, or ``off``."""
        return self.levels.get(rule.id, rule.severity)

    def asking_for(self, names: Names | None) -> AuditSettings:
        """These settings with that number of names, if one is given.

        >>> NO_SETTINGS.asking_for(6).names, AuditSettings(names="all").asking_for(None).names
        (6, 'all')
        """
        return self if names is None else replace(self, names=names)

    def with_guideline(self, guideline: Guideline) -> AuditSettings:
        """These settings with the guideline's own over them; what names no rule is left to rule P409."""
        own = {rule.id: cast(Level, setting.severity) for setting in guideline.severities.values() if (rule := rule_named(setting.rule))}
        return AuditSettings({**self.levels, **own}, self.origin, self.names)


_NAMES = 'write a number from 1 on, or "all"'
_OF_GAPS = "G"  # the family whose findings are rows of situations
NO_SETTINGS = AuditSettings()


class Waived(NamedTuple):
    """A finding that stands by an editor's decision."""

    finding: Finding
    reason: str
    waiver: str


def rule_named(name: str) -> Rule | None:
    """The rule of that id or name, or None."""
    try:
        return find_rule(name)
    except UnknownName:
        return None


def find_settings(guideline_file: str | Path) -> AuditSettings:
    """Settings of the nearest ``pyproject.toml`` beside or above a guideline's file that has a table for the audit.

    Raises:
        SourceError: that file cannot be read, or its table is faulty.

    >>> find_settings("nowhere/guideline.yaml").levels
    {}
    """
    found = nearest_table(guideline_file)
    return _settings(found[1], found[0], found[2]) if found else NO_SETTINGS


def kept_settings(beside: Beside, origin: str) -> AuditSettings:
    """The settings that a library keeps beside a guideline.

    Args:
        beside: what it keeps.
        origin: how the guideline is called, for messages.

    Raises:
        SourceError: they are faulty; every problem is in it.

    >>> kept_settings(Beside(settings='{"severity": {"S309": "note"}}'), "hips").levels
    {'S309': 'note'}
    """
    return _settings(json.loads(beside.settings), Path(origin), "") if beside.settings else NO_SETTINGS


def read_settings(path: Path) -> AuditSettings | None:
    """The settings in one ``pyproject.toml``; None where it says nothing about the audit.

    Raises:
        SourceError: it cannot be read, is no TOML, or its table is faulty; every problem is in it.
    """
    found = table_of(path)
    return None if found is None else _settings(found[0], path, found[1])


def _settings(table: Any, path: Path, text: str) -> AuditSettings:
    problems: list[Finding] = []
    levels: dict[str, Level] = {}
    severity = table.get("severity", {}) if isinstance(table, dict) else None
    if not isinstance(table, dict) or not isinstance(severity, dict):
        raise _refused(path, "[tool.edgewise.audit] is not a table with 'severity'", 'write severity = { M101 = "note" }')
    unknown = sorted(set(table) - {"severity", "names"})
    known = "its settings are 'severity' and 'names'"
    problems += [_problem(path, text, key, f"'{key}' is not a setting of the audit", known) for key in unknown]
    names = read_names(table.get("names"))
    if names is None and "names" in table:
        problems.append(_problem(path, text, "names", f"{str(table['names'])[:40]!r} is no number of names", _NAMES))
    for name, level in severity.items():
        try:
            rule = find_rule(name)
        except UnknownName as error:
            problems.append(_problem(path, text, name, str(error), "'edgewise rule' lists all rules"))
            continue
        if level not in LEVELS:
            problems.append(_problem(path, text, name, f"'{str(level)[:40]}' is no severity", f"write one of {', '.join(LEVELS)}"))
        else:
            levels[rule.id] = level
    if problems:
        raise SourceError(problems)
    return AuditSettings(levels, str(path), names)


def read_names(said: object) -> Names | None:
    """How many names a house style asks for, as somebody wrote it; None where that is no number of names.

    >>> read_names(6), read_names("3"), read_names("all"), read_names(0), read_names(True)
    (6, 3, 'all', None, None)
    """
    if said == "all":
        return "all"
    number = int(said) if isinstance(said, str) and re.fullmatch("[0-9]{1,4}", said) else said
    return number if isinstance(number, int) and not isinstance(number, bool) and 1 <= number < 10_000 else None


def _problem(path: Path, text: str, key: str, message: str, repair: str) -> Finding:
    line = next((at for at, row in enumerate(text.splitlines(), 1) if key in row and not row.lstrip().startswith("#")), 0)
    return Finding(rule="audit-settings", message=message, file=str(path), line=line, value=key, repair=repair)


def _refused(path: Path, message: str, repair: str) -> SourceError:
    return SourceError([Finding(rule="audit-settings", message=message, file=str(path), repair=repair)])


def waive(findings: Iterable[Finding], guideline: Guideline) -> tuple[tuple[Finding, ...], tuple[Waived, ...]]:
    """Part findings into those that stand and those that a waiver covers.

    A waiver with `about` covers a finding if it names all that the finding counts: its subject, and whatever is related and of the
    same kind. So a waiver for two entries does not hide a third. One with `situation` covers what a gap is in that situation alone.
    """
    kept: list[Finding] = []
    waived: list[Waived] = []
    waivers = [(rule.id, waiver) for waiver in guideline.waivers.values() if (rule := rule_named(waiver.rule))]
    for finding in findings:
        cover = next((waiver for rule, waiver in waivers if rule == finding.rule and _covers(waiver, finding, guideline)), None)
        if cover is None:
            kept.append(finding)
        else:
            waived.append(Waived(finding, cover.reason, cover.id))
    return tuple(kept), tuple(waived)


def _covers(waiver: Waiver, finding: Finding, guideline: Guideline) -> bool:
    if waiver.situation and waiver.situation != situation(finding):
        return False
    return not waiver.about or set(counted(finding, guideline)) <= set(waiver.about)


def situation(finding: Finding) -> str:
    """The situation of patients in which the algorithm leaves something open; empty of any other finding.

    >>> situation(Finding(rule="G501", message="", value="Pregnant: yes")), situation(Finding(rule="M101", message="", value="7"))
    ('Pregnant: yes', '')
    """
    return finding.value if finding.rule.startswith(_OF_GAPS) else ""


def counted(finding: Finding, guideline: Guideline) -> tuple[str, ...]:
    """What a waiver has to name so that it covers a finding: its subject, and whatever is related and of the same kind."""
    ids = [iri.removeprefix(f"{guideline.iri}/") for iri in (finding.subject, *finding.related)]
    alike = next((held for held in _kinds(guideline) if ids[0] in held), {})
    return tuple(dict.fromkeys((ids[0], *(id for id in ids if id in alike))))


def _kinds(guideline: Guideline) -> tuple[Mapping[str, Any], ...]:
    return (
        guideline.markers, guideline.references, guideline.statements, guideline.headings, guideline.transitions, guideline.steps,
    )  # fmt: skip
