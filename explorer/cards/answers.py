"""Answers about a patient as people say them on a page."""

from __future__ import annotations

from collections.abc import Mapping

from edgewise.graph.answers.in_words import answer_told
from edgewise.graph.model import Observable
from edgewise.graph.walking.facts import Answer

_YES_NO = {"yes": "Yes", "no": "No"}


def answer_in_words(observable: Observable, answer: Answer) -> str:
    """A fact as people say it.

    >>> from decimal import Decimal
    >>> relief = Observable("relief", "Relief", "How much?", "quantity", unit="%", repeated=True)
    >>> answer_in_words(relief, (Decimal(85), None))
    '85 %, not known'
    """
    if observable.value_type == "yes-no" and isinstance(answer, str):
        return _YES_NO.get(answer, answer)
    return answer_told(observable, answer)


def choices_in_words(observable: Observable) -> Mapping[str, str]:
    """What can be answered where one chooses, and how it is said."""
    return _YES_NO if observable.value_type == "yes-no" else dict(observable.choices)
