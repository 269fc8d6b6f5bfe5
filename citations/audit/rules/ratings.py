"""Family S: ratings of appropriateness that part, from one another or from their own words."""

from __future__ import annotations

from collections.abc import Iterator

from edgewise.citations.audit.rules.rule import Audited, Fault, Rule
from edgewise.graph.ratings import conflict_in_words, conflicts, derived, parts, score_in_words
from edgewise.ontology.terms import EW


def conflicting_ratings(subject: Audited) -> Iterator[Fault]:
    """A method rated in several ways in one situation; each figure with its passage."""
    guideline = subject.guideline
    for conflict in conflicts(guideline):
        first, *others = conflict.ratings
        passages = dict.fromkeys(rating.statement for rating in conflict.ratings)
        related = (*(rating.id for rating in others), *passages, conflict.modality, conflict.situation)
        yield Fault(message=conflict_in_words(guideline, conflict), subject=first.id, predicate=EW.score, related=related)


def category_against_score(subject: Audited) -> Iterator[Fault]:
    """A score on the scale from 1 to 9 that means another category than the words beside it."""
    for rating in subject.guideline.ratings.values():
        if parts(rating):
            told = f"{rating.id} is rated {score_in_words(rating)}, which means {derived(rating)}, and worded {rating.category}"
            yield Fault(message=told, subject=rating.id, predicate=EW.category, value=rating.category, related=(rating.statement,))


RULES = (
    Rule(
        id="S321", name="conflicting-ratings", severity="warning", check=conflicting_ratings,
        why="Whoever looks up one passage orders the image, whoever looks up the other does not; no reader can tell which is meant.",
        fix="Check each figure against its passage; if the source itself says both, say so in a note. Choose none.",
    ),
    Rule(
        id="S322", name="category-against-score", severity="warning", check=category_against_score,
        why="On the scale from 1 to 9 a score has its category; where the words beside it are another's, one of the two is a slip.",
        fix="Check the score and the category against the passage; if the source itself says both, say so in a note.",
    ),
)  # fmt: skip
