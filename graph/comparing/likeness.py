"""Whether two names mean the same thing. Where that could be doubted the answer is no: a wrong match would hide a change of care.

Names are alike if they differ in nothing but order, capitals, punctuation, the plural and spelling: *tumour* and *tumors* are alike,
*hyperkalaemia* and *hypokalaemia*, *with* and *without contrast*, *stage 2* and *stage 3* are not.
"""

from __future__ import annotations

import re

from rapidfuzz import fuzz
from rapidfuzz.utils import default_process

from edgewise.graph.words import stem, words

SPELLING = 85.0
"""From which ratio on two words may be spellings of one."""
_IDLE = frozenset(("a", "an", "the", "of", "in", "on", "for", "to", "by", "and", "at", "is", "are"))
_OPPOSITES = (
    ("hyper", "hypo"), ("inter", "intra"), ("inter", "intro"), ("ante", "anti"), ("pre", "post"), ("pre", "pro"), ("ab", "ad"),
    ("supra", "infra"), ("super", "sub"), ("macro", "micro"), ("uni", "bi"), ("mono", "bi"), ("endo", "exo"), ("extra", "intra"),
    ("peri", "para"), ("ortho", "patho"), ("brady", "tachy"),
)  # fmt: skip
_TURNING = "in un non dis ir im ab anti hyper hypo pre re a bi de sub".split()


def alike(one: str, other: str) -> bool:
    """Whether two names are alike.

    >>> alike("Relief by diagnostic blocks", "Diagnostic block relief"), alike("Tumour", "Tumors")
    (True, True)
    >>> alike("Hyperkalaemia", "Hypokalaemia"), alike("MRI with contrast", "MRI without contrast"), alike("Stage 2", "Stage 3")
    (False, False, False)
    """
    here, there = _telling(one), _telling(other)
    if not here or not there:
        return False
    left = [word for word in here if word not in there]
    right = [word for word in there if word not in here]
    return len(left) == len(right) and all(any(_spelt(word, each) for each in right) for word in left)


def likeness(one: str, other: str) -> float:
    """How much two names have in common, from 0 to 100: for an order among proposals, never for a match.

    >>> likeness("MRI with contrast", "MRI without contrast") > likeness("MRI with contrast", "CT")
    True
    """
    return float(fuzz.token_sort_ratio(one, other, processor=default_process))


def close(one: str, other: str) -> bool:
    """Whether two long texts are versions of one another.

    >>> close("Fuse the joint after two blocks.", "Fuse the joint after three blocks."), close("Fuse the joint.", "Order a film.")
    (True, False)
    """
    return bool(one and other) and fuzz.token_set_ratio(one, other, processor=default_process) >= 60


def _telling(name: str) -> list[str]:
    """The words of a name that say something, and the signs that do."""
    found = (stem(word.text) for word in words(name))
    return [*(word for word in found if word not in _IDLE), *re.findall(r"[±+<>≤≥=%]", name)]


def _spelt(one: str, other: str) -> bool:
    """Whether two words are spellings of one: no numbers, not each other's opposite, and few letters apart."""
    if any(map(str.isdigit, one + other)) or len(one) < 4 or len(other) < 4 or _opposite(one, other):
        return False
    return fuzz.ratio(one, other) >= SPELLING


def _opposite(one: str, other: str) -> bool:
    """Whether what two words begin with sets them apart, and nothing else does."""
    pairs = [*_OPPOSITES, *((second, first) for first, second in _OPPOSITES)]
    if any(one.startswith(first) and other.startswith(second) and _rest(one, first, other, second) for first, second in pairs):
        return True
    return any(one.startswith(prefix) != other.startswith(prefix) and _rest(one, prefix, other, prefix) for prefix in _TURNING)


def _rest(one: str, prefix: str, other: str, other_prefix: str) -> bool:
    return fuzz.ratio(one.removeprefix(prefix), other.removeprefix(other_prefix)) >= SPELLING
