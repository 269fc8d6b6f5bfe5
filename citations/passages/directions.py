"""Which way a sentence says that something goes: more, less, better, worse, or no difference."""

from __future__ import annotations

import re
from typing import Literal

Direction = Literal["increase", "decrease", "no difference", "better", "worse"]

# Beginnings of words that end in "-", others whole.
_CHANGE = """differen- change- effect- benefit- associat- relation- increas- decreas- reduc- improv- influenc- impact- evidence"""
_DENIED = """differ- chang- associat- improv- reduc- increas- decreas- affect- influenc- alter- lower- prevent- significant- better worse
    superior inferior more less higher effective"""
_WORDS: dict[Direction, str] = {
    "increase": """increas- raise raises raised raising rise rises risen rising rose elevat- higher greater grow grows growth growing grew
        double doubles doubled doubling triple- gain gains gained gaining upregulat- enlarg- prolong- longer""",
    "decrease": """decreas- reduc- lower lowers lowered lowering fewer fall falls fallen falling fell drop drops dropped dropping declin-
        diminish- smaller shorter shorten- halve halves halved halving prevent- avert- avoid- inhibit- suppress- attenuat- downregulat- cuts
        cutting protect-""",
    "better": """better best improv- relieve relieves relieved relieving relief alleviat- benefi- effective effectively effectiveness
        efficac- superior- favour- favor- heal heals healed healing recover- success- succeed-""",
    "worse": """worse worst worsen- deteriorat- harm harms harmed harmful aggravat- inferior- ineffective- detriment- hazardous fail fails
        failed progression poor poorer poorly""",
}
_AMOUNT = r"|{} (?:often|likely|frequent(?:ly)?|\w+ than)"
_AMOUNTS = {"increase": _AMOUNT.format("more"), "decrease": _AMOUNT.format("less")}
"""What a bound says, "more than 70" or "two or more", is no direction, and neither is "more invasive" treatment."""


def _any(told: str) -> str:
    return "|".join(rf"{word[:-1]}\w*" if word.endswith("-") else word for word in told.split())


_VERBS = "did|does|do|was|were|is|are|has|have|could|can|will"
_NONE = re.compile(
    "|".join(
        (
            rf"\bno (?:\w+ ){{0,2}}(?:{_any(_CHANGE)})\b",
            rf"\b(?:(?:{_VERBS}) )?(?:not|cannot|nor) (?:\w+ ){{0,2}}(?:{_any(_DENIED)})\b",
            r"\bno (?:more|less|fewer|higher|lower|greater|better|worse) (?!than\b)\w+",
            rf"\bwithout (?:any |a )?(?:\w+ )?(?:{_any(_CHANGE)})\b",
            r"\bnon-?inferior\w*|\b(?:similar|equal)(?:ly)?\b|\b(?:equivalent|comparable|unchanged)\b|\bnull association\b",
            r"\bneither \w+ nor \w+|\b(?:little|no) (?:or no )?effect\b|\bfailed to \w+|\bjust as (?:well|good|many|much)\b",
        )
    ),
    re.IGNORECASE,
)
_PATTERNS: dict[Direction, re.Pattern[str]] = {
    direction: re.compile(rf"\b(?:{_any(told)}{_AMOUNTS.get(direction, '')})\b", re.IGNORECASE) for direction, told in _WORDS.items()
}


def directions(sentence: str) -> dict[Direction, str]:
    """The directions that a sentence names, each with the first word that does; what is denied is no difference, and not what it denies.

    >>> directions("Belts reduced pain, but did not improve sleep.")
    {'no difference': 'did not improve', 'decrease': 'reduced'}
    >>> directions("It rained more than once, on two or more days, with a cut-off.")
    {}
    """
    found: dict[Direction, str] = {}
    denied = [match.span() for match in _NONE.finditer(sentence)]
    if denied:
        found["no difference"] = sentence[slice(*denied[0])]
    for direction, pattern in _PATTERNS.items():
        said = (match for match in pattern.finditer(sentence) if not any(start <= match.start() < end for start, end in denied))
        if first := next(said, None):
            found[direction] = first[0]
    return found
