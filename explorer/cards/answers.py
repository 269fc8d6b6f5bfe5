"""Answers about a patient as people say them on a page."""

from __future__ import annotations

from collections.abc import Mapping

from edgewise.explorer.cards.markup import Html, join, symbol, tag
from edgewise.graph.answers.in_words import answer_told
from edgewise.graph.model import Guideline, Observable
from edgewise.graph.walking.doubts import doubts
from edgewise.graph.walking.facts import Answer, Facts

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


def doubted(guideline: Guideline, facts: Facts) -> Html:
    """Answers that were hardly meant, each with what may have been; nothing where there is none.

    >>> from decimal import Decimal
    >>> relief = Observable("relief", "Relief", "How much?", "quantity", unit="%", repeated=True)
    >>> guideline = Guideline("g", "urn:g", "", "", "", "", "", "", "", "", observables={"relief": relief})
    >>> doubted(guideline, {"relief": (Decimal("0.85"),)})
    '<p class="ew-doubt"><span class="ew-sign" aria-hidden="true">▲</span> Relief: 0.85 % – did you mean 85 %?</p>'
    """
    return join(tag("p", symbol("▲"), f" {doubt.message}", cls="ew-doubt") for doubt in doubts(facts, guideline))
