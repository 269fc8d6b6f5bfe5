"""Family P: the audit's own settings as written in a guideline."""

from __future__ import annotations

from collections.abc import Iterator

from edgewise.citations.audit.rules.rule import Audited, Fault, Rule
from edgewise.graph.model import RuleSetting, Waiver
from edgewise.ontology.errors import UnknownName
from edgewise.ontology.terms import EW


def idle_waiver(_subject: Audited) -> Iterator[Fault]:
    """Nothing by itself: which waivers cover nothing is known only after all other rules have run (`edgewise.citations.audit.engine`)."""
    return iter(())


def unknown_rule(subject: Audited) -> Iterator[Fault]:
    from edgewise.citations.audit.rules import find_rule  # the catalogue is made of this rule too

    settings: list[RuleSetting | Waiver] = [*subject.guideline.severities.values(), *subject.guideline.waivers.values()]
    for setting in settings:
        try:
            find_rule(setting.rule)
        except UnknownName as error:
            yield Fault(message=str(error), subject=setting.id, predicate=EW.ofRule, value=setting.rule)


RULES = (
    Rule(
        id="P408", name="idle-waiver", severity="note", check=idle_waiver,
        why="A waiver that covers nothing any more would hide the next fault of its kind, which nobody decided on.",
        fix="Take the waiver out, or correct what it is about.",
    ),
    Rule(
        id="P409", name="unknown-rule", severity="warning", check=unknown_rule,
        why="A setting for a rule that does not exist changes nothing, though its author believes it does.",
        fix="Write the id or name of a rule; 'edgewise rule' lists them.",
    ),
)  # fmt: skip
