"""An editor's decision to let a finding stand, as an edit of the guideline's YAML by place, and the way back."""

from __future__ import annotations

from edgewise.citations.audit.settings import counted, situation
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


def waiver_of(finding: Finding, guideline: Guideline, reason: str, *, everywhere: bool = False) -> Add:
    r"""The edit that lets a finding stand; what a gap is in one situation, in that alone unless `everywhere`.

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
    where = "" if everywhere else situation(finding)
    entry = {"rule": finding.rule, "reason": words, "about": list(named), "situation": where}
    return Add(_SECTION, {key: value for key, value in entry.items() if value})


def back(waiver: str, guideline: Guideline) -> Remove | Drop:
    """The edit that takes a waiver back, with everything that it covers.

    >>> from edgewise.graph.library import load
    >>> back("waivers/2", load("ottawa-ankle").guideline)
    Remove(at='waivers/2')
    """
    return Drop("", _SECTION) if len(guideline.waivers) == 1 else Remove(waiver)


def lines(edit: Add, text: str) -> str:
    r"""The very lines of YAML that an edit writes into a guideline's text, for somebody to paste.

    Raises:
        SourceError: the text cannot be edited by place.

    >>> edit = Add("waivers", {"rule": "P407", "reason": "The review is under way."})
    >>> print(lines(edit, "id: g\nsteps: []\n"), end="")
    waivers:
      - {rule: P407, reason: The review is under way.}
    >>> print(lines(edit, "id: g\nwaivers:\n- rule: M101\n  reason: Known.\n"), end="")
    - rule: P407
      reason: The review is under way.
    """
    before, after = text.splitlines(), applied(text, edit).splitlines()
    start = next((at for at, (old, new) in enumerate(zip(before, after, strict=False)) if old != new), min(len(before), len(after)))
    rest = zip(reversed(before[start:]), reversed(after[start:]), strict=False)
    same = next((at for at, (old, new) in enumerate(rest) if old != new), min(len(before), len(after)) - start)
    return "\n".join(after[start : len(after) - same]).strip("\n") + "\n"
