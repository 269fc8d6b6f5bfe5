"""What is seen before an answer and tells it: a step named in a title or in what is told, an answer or a figure of a stage in a title.

Only what can be told word by word; whether a sentence hints at an answer, no program knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from edgewise.graph.cases.model import Case, Stage
from edgewise.graph.model import Guideline, Step
from edgewise.graph.units import spelled
from edgewise.graph.walking.facts import Answer

_WORD = re.compile(r"[^\W_]+(?:[.,][0-9]+)?")


def named_step(guideline: Guideline, text: str, steps: tuple[str, ...]) -> Step | None:
    """The first of some steps that a text calls by one of its names.

    >>> from edgewise.graph.library import load
    >>> guideline = load("sacroiliac-sclerosis").guideline
    >>> named_step(guideline, "Why not SI joint fusion, last resort?", ("cooled-rfa", "si-joint-fusion")).id
    'si-joint-fusion'
    """
    said = _words(text)
    found = (guideline.steps[id] for id in steps)
    return next((step for step in found if any(name and _words(name) in said for name in (step.label, step.short_label))), None)


def told_by_title(guideline: Guideline, case: Case) -> str:
    """What a title gives away of what the case tells later, in words; empty if it gives nothing away.

    >>> from edgewise.graph.cases.model import Stage
    >>> from edgewise.graph.library import load
    >>> guideline = load("sacroiliac-sclerosis").guideline
    >>> told_by_title(guideline, Case("c", "Exactly seventy", "", (Stage("", {"block-relief": (70, 70)}),)))
    "'Relief by diagnostic blocks' (70)"
    >>> told_by_title(guideline, Case("c", "The cellist", "", (Stage("", {"block-relief": (70, 70)}),)))
    ''
    """
    if step := named_step(guideline, case.title, tuple(guideline.steps)):
        return f"'{step.name}'"
    return next((found for stage in case.stages for found in _facts_named(guideline, case.title, stage)), "")


def _facts_named(guideline: Guideline, title: str, stage: Stage) -> Iterator[str]:
    said = _words(title)
    for id, answer in stage.facts.items():
        asked = guideline.observables[id]
        if any(_words(word) in said for one in _each(answer) for word in _told(one, dict(asked.choices))):
            yield f"'{asked.label}' ({', '.join(dict.fromkeys(map(str, _each(answer))))})"
        elif _words(asked.label) in said:
            yield f"'{asked.label}'"


def _each(answer: Answer) -> tuple[object, ...]:
    return tuple(one for one in answer if one is not None) if isinstance(answer, tuple) else (answer,)


def _told(answer: object, choices: dict[str, str]) -> Iterator[str]:
    """How a title may put an answer: the label of a choice, a number from 2 on in digits and in words; yes and no say nothing alone."""
    if isinstance(answer, str):
        yield from (choices[answer],) if answer in choices else ()
        return
    number = str(answer)
    if number not in ("0", "1"):
        yield number
        yield from (spelled(int(number)),) if re.fullmatch(r"[0-9]{1,2}", number) else ()


def _words(text: str) -> str:
    """A text as words between spaces, so that one is found in another as a whole."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "
