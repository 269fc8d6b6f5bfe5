"""What a step is made of, each part with its doses: as the source states them, or marked as the modeller's."""

from __future__ import annotations

from collections.abc import Iterable

from edgewise.explorer.cards.markup import Html, join, tag
from edgewise.explorer.cards.whose import marked
from edgewise.graph.dosing import dose_told, dose_word
from edgewise.graph.model import Component, Dose, Guideline, Step

STATED = "Doses as they are stated, for education, not for prescribing; what the source does not state is marked."


def made_of(guideline: Guideline, step: Step) -> Html:
    """The components of a step as a list; below it, what their doses are; nothing of a step that has none."""
    if not step.components:
        return Html("")
    listed = tag("ul", *(tag("li", *_component(guideline, one)) for one in step.components), cls="ew-list")
    return join([listed, tag("p", STATED, cls="ew-quiet") if any(one.doses for one in step.components) else ""])


def _component(guideline: Guideline, component: Component) -> Iterable[Html | str]:
    yield component.label
    if component.doses:
        yield tag("ul", *(tag("li", *_dose(guideline, one)) for one in component.doses), cls="ew-list")


def _dose(guideline: Guideline, dose: Dose) -> Iterable[Html | str]:
    said = dose_word(dose)
    places = "; ".join(str(guideline.passage(id).place) for id in said.based_on)
    yield dose_told(dose)
    yield tag("span", f" ({places})", cls="ew-quiet") if places else ""
    yield from (Html(" "), *marked(said.remark)) if said.remark else ()
