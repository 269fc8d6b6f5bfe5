"""What a case expects and what the walk answers, in words: for findings, and as it is written in a file of cases."""

from __future__ import annotations

from collections.abc import Iterator

from edgewise.graph.cases.model import Ruling
from edgewise.graph.model import Guideline
from edgewise.graph.pathway import Pathway
from edgewise.graph.walking.walk import Standing, Walk


def written(answer: Ruling) -> str:
    """An answer as it stands behind `expect`.

    >>> written(Ruling("due", ("cast",))), written(Ruling("due", ("cast", "sling"))), written(Ruling("not-stated"))
    ('cast', '[cast, sling]', 'not-stated')
    >>> written(Ruling("due", ("undecided",)))  # a step of that id, not the verdict
    '[undecided]'
    """
    if answer.verdict != "due":
        return answer.verdict
    plain = len(answer.steps) == 1 and answer.steps[0] not in ("not-stated", "undecided")
    return answer.steps[0] if plain else f"[{', '.join(answer.steps)}]"


def answered(answer: Ruling, guideline: Guideline) -> str:
    """An answer in words.

    >>> from edgewise.graph.library import load
    >>> answered(Ruling("due", ("cooled-rfa",)), load("sacroiliac-sclerosis").guideline)
    "'Cooled RFA, S1–S3 lateral branches'"
    """
    if answer.verdict == "due":
        return " and ".join(f"'{guideline.steps[id].name}'" for id in answer.steps)
    return "that the source does not say" if answer.verdict == "not-stated" else "that an answer is missing"


def reasons(guideline: Guideline, walked: Walk, expected: Ruling, found: Ruling) -> str:
    """What decides that `found` is the answer and `expected` is not: the traces of the edges concerned."""
    told = [_not_due(guideline, walked, id) for id in expected.steps if id not in found.steps]
    told += [_due(guideline, walked, id) for id in found.steps if id not in expected.steps]
    if found.verdict == "undecided":
        told.append("Not known yet: " + ", ".join(guideline.observables[id].label for id in walked.questions))
    elif found.verdict == "not-stated" and not told:
        told += _silent(guideline, walked)
    return ". ".join(dict.fromkeys(told))


def _not_due(guideline: Guideline, walked: Walk, id: str) -> str:
    step = guideline.steps[id]
    if id in walked.due:  # it goes along with another
        return f"'{step.name}' only goes along with another step"
    if id in walked.path:
        known = ", ".join(guideline.observables[one].label for one in step.yields)
        return f"'{step.name}' is behind already" + (f" (known: {known})" if known else "")
    ways = [walked.edges[edge.id] for edge in Pathway.of(guideline).into(id)]
    best = min(ways, key=_remoteness, default=None)
    return f"'{step.name}' is not due ({_why(best)})" if best else f"No edge leads to '{step.name}'"


def _remoteness(choice: Standing) -> tuple[bool, bool, int]:
    return not choice.reached, choice.transition.role != "route", len(choice.nearest)


def _why(choice: Standing) -> str:
    return choice.why or ("the source offers it without saying when" if choice.transition.role == "option" else choice.transition.label)


def _due(guideline: Guideline, walked: Walk, id: str) -> str:
    ways = [walked.edges[edge] for edge in walked.followed if walked.edges[edge].transition.target == id]
    why = ways[-1].why if ways else ""
    return f"'{guideline.steps[id].name}' is due" + (f" ({why})" if why else "")


def _silent(guideline: Guideline, walked: Walk) -> Iterator[str]:
    for id in walked.silent_at:
        closed = [choice.why for choice in walked.closed if choice.transition.source == id and choice.why]
        yield f"After '{guideline.steps[id].name}' no edge is open" + (f" ({'; '.join(closed)})" if closed else "")
