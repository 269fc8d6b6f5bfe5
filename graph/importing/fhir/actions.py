"""The actions of a PlanDefinition as a tree: what each is called, under which conditions it applies, and whether it is something to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from edgewise.graph.importing.fhir.conditions import Condition, conditions
from edgewise.graph.importing.fhir.elements import Element
from edgewise.graph.importing.fhir.grades import is_graded
from edgewise.graph.importing.sheets import plain

_DEED = ("description", "textEquivalent", "documentation", "transform", "dynamicValue")
_FINDS_OUT = frozenset(("Questionnaire", "ObservationDefinition", "SpecimenDefinition"))
_TREATS = frozenset(("MedicationRequest", "ImmunizationRecommendation", "NutritionOrder", "VisionPrescription", "DeviceRequest"))


@dataclass(eq=False, slots=True)
class Action:
    """An action, or a group of actions.

    Attributes:
        element: where it stands.
        number: its place, such as ``2.1``.
        parent: the action that holds it.
        definition: the resource of the same file that defines it.
        label: what it is called.
        summary: what the file says of it.
        applies: the conditions under which it applies, besides those of what holds it.
        children: the actions that it holds.
        step: id of its step, once it has one.
        statement: id of what its works and grades stand behind.
    """

    element: Element
    number: str
    parent: Action | None
    definition: Element | None
    label: str = ""
    summary: str = ""
    applies: list[Condition] = field(default_factory=list)
    children: list[Action] = field(default_factory=list)
    is_step: bool = True
    step: str = ""
    statement: str = ""

    @property
    def names(self) -> set[str]:
        """By what other actions refer to it."""
        return {name for name in (self.element.text("id"), self.element.text("linkId")) if name}

    def walk(self) -> Iterator[Action]:
        """It and all that it holds, in order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def chain(self) -> Iterator[Action]:
        """It and the groups around it, up to the nearest step that holds it."""
        yield self
        above = self.parent
        while above is not None and not above.is_step:
            yield above
            above = above.parent

    def around(self) -> Iterator[Action]:
        """It and all that hold it."""
        above: Action | None = self
        while above is not None:
            yield above
            above = above.parent

    @property
    def steps(self) -> list[str]:
        """Ids of its step and of those inside it."""
        return [one.step for one in self.walk() if one.step]

    @property
    def chosen(self) -> str:
        """How the actions inside it are chosen, as the file says it."""
        return self.said("selectionBehavior")

    def said(self, name: str) -> str:
        """A code of its own; it is not counted as read."""
        return next((part.value for part in self.element.parts if part.name == name), "")

    @property
    def holder(self) -> Action | None:
        """The nearest step that holds it; None at the beginning."""
        above = self.parent
        while above is not None and not above.is_step:
            above = above.parent
        return above

    @property
    def kind(self) -> str:
        """``Investigation`` or ``Treatment`` where the file says so; empty where it does not."""
        code = self.element.one("code")
        coded = {part.text("code") for part in code.all("coding")} if code else set[str]()
        defined = self.definition.text("kind") if self.definition is not None else ""
        named = _definition(self.element).split("|")[0].split("/")[-2:-1]
        if "collect-information" in coded or _FINDS_OUT & {defined, *named} or (self.definition and self.definition.kind in _FINDS_OUT):
            return "Investigation"
        return "Treatment" if defined in _TREATS or coded & {"prescribe-medication", "recommend-immunization"} else ""


_OFFERED = frozenset(("any", "at-most-one", "one-or-more", "all-or-none"))


def may_be_left(action: Action) -> bool:
    """Whether an action is only offered: it could be done, or none of its group has to be."""
    return action.said("requiredBehavior") == "could" or (action.parent is not None and action.parent.chosen in _OFFERED)


class Resources:
    """The resources of one file, found by how an action names them; each PlanDefinition is opened once."""

    def __init__(self, held: Iterable[Element]) -> None:
        self.used: list[Element] = []
        self._known: dict[str, Element] = {}
        for one in held:
            id, url = one.text("id"), one.text("url").partition("|")[0]
            for name in (url, f"{one.kind}/{id}" if id else "", f"#{id}" if id and one.name == "contained" else ""):
                if name:
                    self._known.setdefault(name, one)

    def named(self, name: str) -> Element | None:
        """The resource of a canonical address, a relative one, or a place in the same file."""
        return self._known.get(name.partition("|")[0])

    def referred(self, plan: Element) -> Iterator[Element]:
        """The resources that the actions of a plan are defined by, without counting anything as read."""
        for part in plan.parts:
            if part.name == "action":
                if (found := self.named(_definition(part))) is not None:
                    yield found
                yield from self.referred(part)


def actions(plan: Element, resources: Resources) -> list[Action]:
    """The outermost actions of a plan with all that they hold; those of a plan that defines an action stand inside it."""
    resources.used.append(plan)
    found = _inside(plan, None, "", resources)
    for action in (action for one in found for action in one.walk()):
        action.is_step = not action.children or _says_something(action)
    return found


def _inside(holder: Element, parent: Action | None, number: str, resources: Resources) -> list[Action]:
    return [_action(element, parent, f"{number}{place}", resources) for place, element in enumerate(holder.all("action"), 1)]


def _action(element: Element, parent: Action | None, number: str, resources: Resources) -> Action:
    named = _definition(element)
    definition = resources.named(named) if named else None
    opens = definition is not None and definition.kind == "PlanDefinition"
    if opens and definition in resources.used:
        definition, opens = None, False
    if definition is not None and definition not in resources.used:
        resources.used.append(definition)
    found = Action(element, number, parent, definition)
    found.label, found.summary = _words(element, definition, number)
    found.applies = conditions(element)
    found.children = _inside(element, found, f"{number}.", resources)
    if opens and definition is not None:
        found.children += _inside(definition, found, f"{number}.", resources)
    return found


def _words(element: Element, definition: Element | None, number: str) -> tuple[str, str]:
    """What an action is called, and what is said of it."""
    title, description, text = (element.text(key).strip() for key in ("title", "description", "textEquivalent"))
    prefix = plain(element.text("prefix") or element.text("label"))
    defined = (definition.text("title") or definition.text("name")) if definition is not None else ""
    code = element.one("code")
    coded = (code.text("text") or next((part.text("display") for part in code.all("coding")), "")) if code else ""
    names = (title, text, description, defined, coded, element.text("linkId"), element.text("id"))
    label = next((plain(name) for name in names if plain(name)), f"Action {number}")
    said = dict.fromkeys(one for one in (description, text) if one and plain(one) != label)
    more = definition.text("description").strip() if definition is not None else ""
    return f"{prefix} {label}".strip(), "\n".join(said) or more


def _says_something(action: Action) -> bool:
    """Whether a group is something to do itself: it has words, works or logic of its own, not only a title and how to choose."""
    names = {part.name for part in action.element.parts}
    defined = action.definition is None or action.definition.kind != "PlanDefinition"
    told = ("timing", "definition") if defined else ("timing",)
    return bool(names.intersection(_DEED)) or any(name.startswith(told) for name in names) or is_graded(action.element)


def _definition(element: Element) -> str:
    """The name of the resource that defines an action; it is not counted as read."""
    found = next((part for part in element.parts if part.name in ("definition", "definitionCanonical", "definitionUri")), None)
    if found is None:
        return ""
    return found.value or next((part.value for part in found.parts if part.name == "reference"), "")
