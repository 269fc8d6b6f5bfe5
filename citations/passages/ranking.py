"""The sentences of a text, those nearest to a statement first: BM25 over stems, and what else tells that a sentence is about the same.

Beyond the plain formula: a word is met by its stem, by its other spelling, by a word that means the same and by one it is part of;
abbreviations are read as the text defines them; figures and directions are met whatever they are written like; words that all of medicine
shares weigh less; what a result or a conclusion says weighs more than an aim, which repeats the question's words and answers nothing; and
a sentence takes a little from its neighbours, since half of what it is about stands there.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from edgewise.citations.passages.abbreviations import defined, spelt_out
from edgewise.citations.passages.figures import figures
from edgewise.citations.passages.roles import Role, roles
from edgewise.citations.passages.same_figure import meet
from edgewise.citations.passages.synonyms import alike
from edgewise.citations.passages.words import COMMON, words

K1, B = 1.2, 0.4
ALIKE, PART = 0.6, 0.5
"""How much it counts that a word of the same meaning, or a part of the word, stands there instead."""
COMMON_WEIGHT = 0.35
ROLE: dict[Role, float] = {"told": 1.4, "": 1.0, "open": 0.6, "methods": 0.8}
NEIGHBOUR = 0.1
LATE = 0.3
"""By how much the last sentence of an abstract outweighs its first: what was found stands at the end."""
_ABSTRACT = 25  # sentences of the longest
_SHORTEST_PART = 5
_SHARED = 0.7


@dataclass(frozen=True, slots=True)
class Ranked:
    """A sentence by its place in the text, from 0, and its score; higher is nearer."""

    index: int
    score: float


def rank(statement: str, sentences: Sequence[str], sections: Sequence[str] = (), title: str = "") -> tuple[Ranked, ...]:
    """The sentences that share something with a statement, the nearest first.

    Args:
        statement: in whose words nothing need stand in the text as it does here.
        sentences: of the text, in their order.
        sections: the title that each of them stands under, if the text has any.
        title: of the text, which may define an abbreviation.

    >>> text = ["We asked whether belts relieve pain.", "Belts relieved pain in 7 of 10 women.", "It rained."]
    >>> [one.index for one in rank("A belt gives relief to 70 % of women.", text)]
    [1, 0]
    """
    known = defined([title, *sentences])
    held = [Counter(words(spelt_out(sentence, known))) for sentence in sentences]
    vocabulary = frozenset().union(*held)
    terms = dict.fromkeys(words(spelt_out(statement, known)))
    met = [(COMMON_WEIGHT if term in COMMON else 1.0, _met(term, held, vocabulary)) for term in terms]
    scores = _bm25([*met, *_figures_met(statement, sentences)], [sum(one.values()) for one in held])
    weighed = [
        score * ROLE[part] * _late(at, len(scores)) for at, (score, part) in enumerate(zip(scores, roles(sentences, sections), strict=True))
    ]
    near = [own and own + NEIGHBOUR * (sum(weighed[max(0, at - 1) : at + 2]) - own) for at, own in enumerate(weighed)]
    return tuple(Ranked(at, near[at]) for at in sorted(range(len(near)), key=lambda at: (-near[at], at)) if near[at] > 0)


def _figures_met(statement: str, sentences: Sequence[str]) -> list[tuple[float, list[float]]]:
    """Each figure of the statement as one more word, met where it stands in whatever form."""
    asked = figures(statement)
    held = [figures(sentence) for sentence in sentences] if asked else []
    return [(1.0, [float(bool((found := meet(one, there)) and found.same)) for there in held]) for one in asked]


def _bm25(met: Sequence[tuple[float, Sequence[float]]], lengths: Sequence[int]) -> list[float]:
    """Scores of all sentences, from each word's weight and how often each sentence meets it."""
    mean = sum(lengths) / max(len(lengths), 1) or 1.0
    scores = [0.0] * len(lengths)
    for weight, amounts in met:
        df = sum(amount > 0 for amount in amounts)
        rare = weight * math.log(1 + (len(amounts) - df + 0.5) / (df + 0.5))
        for at, amount in enumerate(amounts):
            if amount:
                scores[at] += rare * amount * (K1 + 1) / (amount + K1 * (1 - B + B * lengths[at] / mean))
    return scores


def _late(at: int, length: int) -> float:
    return 1 + LATE * (at / (length - 1) - 0.5) if 1 < length <= _ABSTRACT else 1.0


def _met(term: str, held: Sequence[Mapping[str, int]], vocabulary: frozenset[str]) -> list[float]:
    """How often each sentence meets a word: in full by itself, in part by its like."""
    same, parts = alike(term) & vocabulary, {word for word in vocabulary if _is_part(term, word)}

    def amount(sentence: Mapping[str, int]) -> float:
        if term in sentence:
            return float(sentence[term])
        return ALIKE if not same.isdisjoint(sentence) else 0.0 if parts.isdisjoint(sentence) else PART

    return [amount(sentence) for sentence in held]


def _is_part(one: str, other: str) -> bool:
    """Whether one long word begins as the other does, or holds it: microglia, microglial; cyte and erythrocyte do not, being short."""
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < _SHORTEST_PART:
        return False
    shared = next((at for at, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    return shared >= max(_SHORTEST_PART, _SHARED * len(longer) - 1) or (len(shorter) > _SHORTEST_PART and shorter in longer)
