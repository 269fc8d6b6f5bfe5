"""What part a sentence plays: an aim and a gap in knowledge name what a statement says and do not tell it; results and conclusions do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

Role = Literal["told", "open", "methods", ""]
_LABEL = re.compile(r"^\s*([A-Z][A-Za-z,/& ]{3,60}?)\s*[:.\u2014-]\s+(?=\S)")
_ROLES: tuple[tuple[Role, str], ...] = (
    ("told", r"results? findings? conclusions? interpretation discussion outcomes? implications? significance summary"),
    ("open", r"background introduction objectives? aims? purpose context hypothes[ie]s rationale importance question"),
    ("methods", r"methods? design setting participants? patients subjects materials? procedures? measurements? interventions?"
                r" registration funding"),
)  # fmt: skip
_BESIDE = r"(?:(?:\s*(?:,|/|&|and)\s*|\s+)[a-z ]+)?"
_TITLES = [
    (role, re.compile(rf"[\d.\s]*(?:(?:main|primary|study|trial) )?(?:{'|'.join(names.split())}){_BESIDE}", re.IGNORECASE))
    for role, names in _ROLES
]
_TELLERS = r"(?:results?|data|findings|analys[ie]s|studies|evidence|observations?|experiments?)"
_TOLD = re.compile(
    "|".join(
        (
            r"\bwe (?:found|find|show|showed|demonstrate|demonstrated|observed|observe|identified|conclude|report that)\b",
            rf"\b{_TELLERS} (?:\w+ ){{0,3}}(?:show|suggest|indicate|demonstrate|reveal|support|confirm|imply)\w*\b",
            r"\b(?:in conclusion|taken together|thus|therefore|collectively|in summary|significantly|w(?:as|ere) associated|resulted in)\b",
            r"\b(?:compared (?:with|to)|hazard ratio|odds ratio|relative risk|confidence interval|95 ?% ci)\b|\bp ?[<=>≤] ?0?\.\d",
        )
    ),
    re.IGNORECASE,
)
_OPEN = re.compile(
    "|".join(
        (
            r"\bwe (?:aim(?:ed)?|sought|investigated?|hypothesi[sz]ed?|asked|set out|explored?|examined?|studied)\b",
            r"\b(?:aim|objective|purpose|goal)s? (?:\w+ ){0,3}(?:was|is|were|are)\b|\bwhether\b",
            r"\bto (?:determine|investigate|assess|evaluate|examine|test) (?:whether|if|the)\b",
            r"\b(?:unknown|unclear|controversial|poorly understood|limited data|remains? to be|little is known)\b",
            r"\bnot (?:fully|well|been) (?:understood|known|established|studied)\b",
        )
    ),
    re.IGNORECASE,
)


def roles(sentences: Sequence[str], sections: Sequence[str] = ()) -> tuple[Role, ...]:
    """The part of each sentence: by the label or section it stands under, else by its own words.

    Args:
        sentences: of a text, in their order.
        sections: the title that each stands under, if the text has any.

    >>> roles(["BACKGROUND: Rest is common.", "RESULTS: Rest helped.", "Nobody died.", "It is unclear whether belts help."])
    ('open', 'told', 'told', 'open')
    """
    found: list[Role] = []
    held: Role = ""
    for number, sentence in enumerate(sentences):
        label = _LABEL.match(sentence)
        named = _named(label[1]) if label else ""
        held = named or (_named(sections[number]) if number < len(sections) and sections[number] else held)
        found.append(_own(sentence, held, labelled=bool(named)))
    return tuple(found)


def _own(sentence: str, held: Role, *, labelled: bool) -> Role:
    told = bool(_TOLD.search(sentence))
    if _OPEN.search(sentence) and not labelled and not told:
        return "open"
    return held or ("told" if told else "")


def _named(title: str) -> Role:
    """The part that a label or the title of a section names; empty where it names none."""
    return next((role for role, pattern in _TITLES if pattern.fullmatch(title.strip())), "")
