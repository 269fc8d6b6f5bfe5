"""Whom a sentence speaks of: groups of people by age, sex and state, and what was studied instead of people."""

from __future__ import annotations

import re

_PEOPLE = r"(?:people|persons?|adults?|patients|individuals|volunteers?|controls?|subjects?|participants?|women|men)"
_GROUPS = {
    "adults": r"adults?|grown-?ups?|middle[- ]aged",
    "older people": rf"elderly|older {_PEOPLE}|old(?:est)? (?:people|age)|geriatric|seniors|octogenarians?",
    "children": r"child(?:ren|hood)?|p(?:a)?ediatrics?|school-?children|toddlers?|boys?|girls?|kids",
    "newborns and infants": r"newborns?|neonat\w+|infan(?:ts?|cy)|bab(?:y|ies)|preterm|prematurely born",
    "adolescents": r"adolescen\w+|teenage(?:rs?)?|youths?",
    "women": r"wom[ae]n|females?|girls?|mothers?",
    "men": r"m[ae]n|males?|boys?|fathers?",
    "pregnancy": r"pregnan\w+|gestation\w*|(?:ante|pre|peri)natal|maternal|trimesters?|obstetric\w*",
    "after childbirth": r"post-?partum|breast-?feeding|lactati\w+|puerper\w+",
    "after the menopause": r"post-?menopaus\w+|menopaus\w+",
    "athletes": r"athletes?|runners?|sports(?:men|women|people)",
    "healthy people": rf"healthy (?:\w+ )?{_PEOPLE}|volunteers",
    "people in hospital": r"in-?patients?|hospitali[sz]ed|intensive care|critically ill",
    "people outside hospital": r"out-?patients?|primary care|community-dwelling|general practice",
    "animals": r"mice|mouse|murine|rats?|rabbits?|dogs?|canine|pigs?|porcine|sheep|monkeys?|macaques?|zebrafish|drosophila|animals?",
    "cells or tissue": r"in vitro|cell lines?|cultured cells|ex vivo|cadaver\w*",
}
_PATTERNS = {group: re.compile(rf"(?<![\w-])(?:{pattern})(?!\w)", re.IGNORECASE) for group, pattern in _GROUPS.items()}


def groups(sentence: str) -> dict[str, str]:
    """The groups that a sentence speaks of, each with the first word that says so.

    >>> groups("Pregnant women and 665 newborns")
    {'newborns and infants': 'newborns', 'women': 'women', 'pregnancy': 'Pregnant'}
    """
    return {group: match[0] for group, pattern in _PATTERNS.items() if (match := pattern.search(sentence))}
