"""The catalogue of the audit: every rule in one tuple, in the order of its ids."""

from __future__ import annotations

from edgewise.citations.audit.rules import (
    article_text,
    authorship,
    cited_aside,
    entry_wording,
    gaps,
    grades,
    identities,
    lookups,
    malformed,
    markers,
    outcomes,
    preprint_versions,
    ratings,
    references,
    retractions,
    signoffs,
    strength,
    thresholds,
    uncited,
    waivers,
)
from edgewise.citations.audit.rules.rule import FAMILIES, Audited, Family, Fault, Input, Names, Rule
from edgewise.ontology.errors import UnknownName

__all__ = ["FAMILIES", "RULES", "Audited", "Family", "Fault", "Input", "Names", "Rule", "find_rule"]

_MODULES = (
    retractions,
    preprint_versions,
    identities,
    entry_wording,
    cited_aside,
    authorship,
    markers,
    uncited,
    references,
    malformed,
    lookups,
    thresholds,
    outcomes,
    strength,
    grades,
    ratings,
    article_text,
    gaps,
    signoffs,
    waivers,
)
_BY_FAMILY = list(FAMILIES)
RULES: tuple[Rule, ...] = tuple(
    sorted((rule for module in _MODULES for rule in module.RULES), key=lambda rule: (_BY_FAMILY.index(rule.id[0]), rule.id))
)


def find_rule(name: str) -> Rule:
    """A rule by its id or name, in any case.

    Raises:
        UnknownName: there is none of that name; the message names the nearest.

    >>> find_rule("m101").name, find_rule("orphan-marker").id
    ('orphan-marker', 'M101')
    """
    known = {key: rule for rule in RULES for key in (rule.id, rule.name)}
    found = known.get(name.upper()) or known.get(name.lower())
    if found is None:
        raise UnknownName("rule", name, known)
    return found
