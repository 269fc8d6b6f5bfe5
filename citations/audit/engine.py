"""The audit: every rule that can be checked, on a guideline and whatever else is at hand; nothing is stored or sent.

A rule without its input does not run, and the report names it among what was not checked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rdflib import URIRef

from edgewise.citations.audit.rules import RULES, Audited, Fault, Input, Rule, find_rule
from edgewise.citations.audit.rules.article_text import is_another
from edgewise.citations.audit.settings import NO_SETTINGS, AuditSettings, Waived, rule_named, waive
from edgewise.citations.formats.details import identifier
from edgewise.graph.gaps.memory import gaps_of
from edgewise.graph.model import Waiver
from edgewise.ontology.findings import Finding

__all__ = ["Audited", "Report", "Unchecked", "audit", "examine"]

_WITHOUT: dict[Input, str] = {
    "article": "the article's text was not given",
    "ledger": "no ledger was given",
    "look-ups": "nothing was looked up",
    "links": "no web address was looked up",
    "authors": "who wrote the article is not known: JATS alone says so",
    "style": "no house style says how many authors an entry has to name",
}
_OFF = "switched off by the settings"
LACKING = frozenset((*_WITHOUT.values(), _OFF))
"""Reasons for which whole rules are not checked, whatever the entries are."""
_ANOTHER = "the article given does not seem to be the one that the guideline is of"
_OF_DRIFT = "P405"  # which tells of that
_OF_NOTICES = ("R212", "R213", "R214", "R220")


@dataclass(frozen=True, slots=True)
class Unchecked:
    """Rules that were not applied, or not to everything, and why."""

    rules: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of an audit.

    Attributes:
        findings: what stands, by rule and line.
        waived: what an editor decided to let stand, each with the reason.
        unchecked: what was not checked.
        checked: ids of the rules that were.
    """

    findings: tuple[Finding, ...]
    waived: tuple[Waived, ...] = ()
    unchecked: tuple[Unchecked, ...] = ()
    checked: tuple[str, ...] = ()


def audit(subject: Audited, settings: AuditSettings = NO_SETTINGS) -> tuple[Finding, ...]:
    """All findings that stand.

    >>> from edgewise.graph.library import load
    >>> loaded = load("sacroiliac-sclerosis")
    >>> found = audit(Audited(loaded.guideline, loaded))
    >>> found[0].rule, found[0].value
    ('M101', '7')
    """
    return examine(subject, settings).findings


def examine(subject: Audited, settings: AuditSettings = NO_SETTINGS, rules: Sequence[Rule] | None = None) -> Report:
    """The whole report: findings, what was waived, and what was not checked.

    Args:
        subject: what is judged, with whatever is at hand.
        settings: of the project; those in the guideline itself win over them.
        rules: that may judge it; of others nothing is said. All of them if None.
    """
    known = settings.with_guideline(subject.guideline)
    given = subject if known.names is None else replace(subject, names=known.names)
    subject = replace(given, article=None) if is_another(given) else given
    able = RULES if rules is None else rules
    running = [rule for rule in able if known.level(rule) != "off" and all(map(_seen(rule, given, subject).has, rule.needs))]
    found = [_finding(rule, fault, subject, known) for rule in running for fault in rule.check(_seen(rule, given, subject))]
    standing, waived = waive(found, subject.guideline)
    idle = _idle_waivers(subject, running, waived, known)
    unchecked = _unchecked(subject, known, [rule for rule in able if rule not in running or rule.id != _OF_DRIFT])
    if given is not subject:
        unchecked = (replace(one, why=_ANOTHER) if one.why == _WITHOUT["article"] else one for one in unchecked)
    return Report(_in_order((*standing, *idle)), waived, (*unchecked, *_unjudged(subject, running)), tuple(rule.id for rule in running))


def _seen(rule: Rule, given: Audited, subject: Audited) -> Audited:
    """What a rule is shown: an article that is another's is for one rule alone, which tells of it."""
    return given if rule.id == _OF_DRIFT else subject


def _unjudged(subject: Audited, running: Iterable[Rule]) -> Iterator[Unchecked]:
    """What rules that ran could not judge, each reason once."""
    reasons: dict[str, list[str]] = {}
    for rule in running:
        for why in dict.fromkeys(rule.unjudged(subject)):
            reasons.setdefault(why, []).append(rule.id)
    yield from (Unchecked(tuple(rules), why) for why, rules in reasons.items())


def _finding(rule: Rule, fault: Fault, subject: Audited, settings: AuditSettings) -> Finding:
    level = settings.level(rule)
    iri = subject.guideline.iri
    node = f"{iri}/{fault.subject}" if fault.subject else iri
    return Finding(
        rule=rule.id,
        message=fault.message,
        severity=rule.severity if level == "off" else level,
        subject=node,
        file=fault.file or subject.source.file,
        line=fault.line if fault.file else subject.source.line(URIRef(node), fault.predicate),
        value=fault.value,
        repair=fault.repair or rule.fix,
        related=tuple(f"{iri}/{id}" for id in fault.related),
    )


def _idle_waivers(subject: Audited, running: Iterable[Rule], waived: Iterable[Waived], settings: AuditSettings) -> list[Finding]:
    """A waiver of a rule that ran and covers nothing hides the next fault of its kind, which nobody decided on."""
    idle = find_rule("idle-waiver")
    if idle not in (ran := list(running)):
        return []
    used = {one.waiver for one in waived}
    left = [one for one in subject.guideline.waivers.values() if one.id not in used and rule_named(one.rule) in ran]
    return [_finding(idle, _idle(waiver), subject, settings) for waiver in left]


def _idle(waiver: Waiver) -> Fault:
    return Fault(message=f"the waiver of {waiver.rule} covers no finding", subject=waiver.id, value=waiver.rule)


def _unchecked(subject: Audited, settings: AuditSettings, rules: Sequence[Rule]) -> Iterator[Unchecked]:
    for given, why in _WITHOUT.items():
        without = tuple(rule.id for rule in rules if given in rule.needs and settings.level(rule) != "off")
        if without and not subject.has(given):
            yield Unchecked(without, why)
    yield from _unasked(subject, settings, rules) if subject.has("look-ups") else ()
    yield from _unopened(subject, settings, rules) if subject.has("links") else ()
    yield from _beyond_reach(subject, settings, rules)
    off = tuple(rule.id for rule in rules if settings.level(rule) == "off")
    if off:
        yield Unchecked(off, _OFF)


def _unasked(subject: Audited, settings: AuditSettings, rules: Sequence[Rule]) -> Iterator[Unchecked]:
    asked = tuple(rule.id for rule in rules if "look-ups" in rule.needs and settings.level(rule) != "off")
    for reference in subject.guideline.references.values() if asked else ():
        resolution = (subject.lookups or {}).get(reference.id)
        if resolution is None:
            yield Unchecked(asked, f"entry {reference.position} was not looked up")
        for answer in resolution.answers if resolution else ():
            if answer.status == "unchecked":
                yield Unchecked(asked, f"entry {reference.position} could not be looked up at {answer.registry}: {answer.why}")
            elif answer.unasked and (of_notices := tuple(id for id in asked if id in _OF_NOTICES)):
                why = f"which works give notice of entry {reference.position} is not known from {answer.registry}: {answer.unasked}"
                yield Unchecked(of_notices, why)


def _unopened(subject: Audited, settings: AuditSettings, rules: Sequence[Rule]) -> Iterator[Unchecked]:
    asked = tuple(rule.id for rule in rules if "links" in rule.needs and settings.level(rule) != "off")
    for reference in subject.guideline.references.values() if asked else ():
        resolution = (subject.lookups or {}).get(reference.id)
        told = {link.address: link for link in resolution.links} if resolution else {}
        if not told and identifier(reference, "url"):
            yield Unchecked(asked, f"the web address of entry {reference.position} was not looked up")
        for link in told.values():
            if link.status == "unchecked":
                yield Unchecked(asked, f"{link.address[:200]}, in entry {reference.position}, could not be looked up: {link.why}")


def _beyond_reach(subject: Audited, settings: AuditSettings, rules: Sequence[Rule]) -> Iterator[Unchecked]:
    """What the search for gaps had to leave aside."""
    searching = tuple(rule.id for rule in rules if rule.family == "gaps" and settings.level(rule) != "off")
    for why in gaps_of(subject.guideline).unchecked if searching else ():
        yield Unchecked(searching, why.removeprefix("not checked: "))


def _in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    rank = {rule.id: place for place, rule in enumerate(RULES)}
    return tuple(sorted(findings, key=lambda one: (rank[one.rule], one.file, one.line, one.subject, one.message)))
