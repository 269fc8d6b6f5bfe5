"""An editor's decision to let a finding stand, as an edit of the guideline's YAML by place, and the way back."""

from __future__ import annotations

from edgewise.citations.audit.settings import counted
from edgewise.graph.drafting.applying import applied
from edgewise.graph.drafting.edits import Add, Drop, Remove
from edgewise.graph.drafting.errors import EditRefused, refuse
from edgewise.graph.model import Guideline
from edgewise.ontology.findings import Finding

LONGEST_REASON = 600
"""Characters of a reason."""
_SECTION = "waivers"


def about(finding: Finding, guideline: Guideline) -> tuple[str, ...]:
    """Ids that a waiver of a finding names; none where the rule judges the guideline as a whole, and a waiver covers all that it finds.

    >>> from edgewise.graph.library import load
    >>> guideline = load("sacroiliac-sclerosis").guideline
    >>> about(Finding(rule="M101", message="", subject=f"{guideline.iri}/marker-7"), guideline)
    ('marker-7',)
    >>> about(Finding(rule="P407", message="", subject=guideline.iri), guideline)
    ()
    """
    named = counted(finding, guideline)
    return () if named[0] in ("", guideline.iri) else named


def waiver_of(finding: Finding, guideline: Guideline, reason: str) -> Add:
    r"""The edit that lets a finding stand.

    Raises:
        EditRefused: there is no reason, or it is longer than `LONGEST_REASON`.

    >>> from edgewise.graph.library import load
    >>> guideline = load("sacroiliac-sclerosis").guideline
    >>> waiver_of(Finding(rule="P407", message="", subject=guideline.iri), guideline, " The review\n is under way. ").entry
    {'rule': 'P407', 'reason': 'The review is under way.'}
    """
    words = " ".join(reason.split())
    if not words:
        raise refuse(EditRefused, "waiver-reason", "a waiver needs its reason", "say why the finding may stand")
    if len(words) > LONGEST_REASON:
        raise refuse(EditRefused, "waiver-reason", f"the reason is longer than {LONGEST_REASON} characters", "say it in a sentence or two")
    named = about(finding, guideline)
    return Add(_SECTION, {"rule": finding.rule, "reason": words} | ({"about": list(named)} if named else {}))


def back(waiver: str, guideline: Guideline) -> Remove | Drop:
    """The edit that takes a waiver back, with everything that it covers.

    >>> from edgewise.graph.library import load
    >>> back("waivers/2", load("ottawa-ankle").guideline)
    Remove(at='waivers/2')
    """
    return Drop("", _SECTION) if len(guideline.waivers) == 1 else Remove(waiver)


def lines(edit: Add, guideline: Guideline) -> str:
    r"""The lines of YAML that an edit would write, for somebody to paste: with the key above them, unless the guideline has it already.

    >>> from edgewise.graph.library import load
    >>> guideline = load("sacroiliac-sclerosis").guideline
    >>> print(lines(Add("waivers", {"rule": "P407", "reason": "The review is under way."}), guideline), end="")
    waivers:
      - {rule: P407, reason: The review is under way.}
    """
    written = applied("id: x\n", edit).partition("\n")[2]
    return written.partition("\n")[2] if guideline.waivers else written
