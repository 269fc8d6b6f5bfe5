"""A PlanDefinition, alone or in a Bundle, as a guideline."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from edgewise.graph.importing.content import Content
from edgewise.graph.importing.fhir.actions import Action, Resources, actions
from edgewise.graph.importing.fhir.elements import Element, elements, is_fhir
from edgewise.graph.importing.fhir.grades import add_grading
from edgewise.graph.importing.fhir.groups import add_group
from edgewise.graph.importing.fhir.head import add_goals, add_head, add_words, title_of
from edgewise.graph.importing.fhir.order import Orders
from edgewise.graph.importing.fhir.steps import Steps
from edgewise.graph.importing.fhir.works import INTENTIONS
from edgewise.graph.importing.imported import Imported
from edgewise.graph.importing.sheets import Sheet
from edgewise.graph.reading.problems import fail, shorten

_PLAN = "PlanDefinition"
_NO_PLACE = "A guideline has no place for it."
_WHY = {
    "trigger": "Which event begins an action is not said in a guideline.",
    "condition": "A guideline knows when an action applies, and no condition for its start or its end.",
    "dynamicValue": "Values that are worked out when an action is applied are not read.",
    "transform": "How a resource is made out of an action is not read.",
    "participant": "Who does an action is not said in a guideline.",
    "input": "Which data an action needs is not read: its conditions ask for what they need.",
    "output": "Which data an action makes is not read.",
    "precheckBehavior": "Nothing is chosen beforehand in a guideline.",
    "cardinalityBehavior": "That an action may be done several times is not said.",
    "requiredBehavior": "That a reason may be written down instead is not said.",
    "library": "Its definitions stand elsewhere; what they ask is asked by their names.",
    "documentation": "It names no work that could be looked up.",
    "relatedArtifact": "It relates this to another resource, and names no work.",
}
_JUDGED_APART = ("action", "contained")
_TOGETHER = 30  # lines in one breath
_HARMLESS = {"precheckBehavior": "no", "cardinalityBehavior": "single", "requiredBehavior": "must", "groupingBehavior": ""}


def fits(content: Content) -> bool:
    """Whether a file is FHIR; one without a PlanDefinition is refused by `read`, which says so."""
    return is_fhir(content)


def read(content: Content) -> Imported:
    """The guideline that a PlanDefinition holds.

    Raises:
        SourceError: the file holds no PlanDefinition.
    """
    outer = elements(content)
    held = list(_resources(outer)) if outer is not None else []
    plans = [one for one in held if one.kind == _PLAN]
    if not plans:
        message = f"the file is FHIR ({shorten(outer.kind if outer is not None else '')}), and holds no PlanDefinition"
        line = outer.line if outer is not None else 0
        raise fail(content.name, "no-plan-definition", message, line, "give a PlanDefinition, or a Bundle that holds one")
    resources = Resources(held)
    inner = {id(one) for plan in plans for one in resources.referred(plan)}
    plan = next((one for one in plans if id(one) not in inner), plans[0])
    return _Plan(content.name, plan, resources, held).read()


class _Plan:
    """Reads one plan."""

    def __init__(self, name: str, plan: Element, resources: Resources, held: list[Element]) -> None:
        self.plan, self.resources, self.held = plan, resources, held
        title = title_of(plan)
        release = _release(held)
        self.sheet = Sheet(name, f"FHIR {release} PlanDefinition".replace("  ", " "), title=title)
        self.outer = actions(plan, resources)
        self.every = [action for one in self.outer for action in one.walk()]

    def read(self) -> Imported:
        add_head(self.plan, self.sheet)
        title = title_of(self.plan) or "Beginning"
        phases = self._phases(title)
        self.start = self.sheet.step(title, "Presentation", summary=self.plan.text("description"), phase=phases.get(None, ""))
        steps = Steps(self.sheet, self.start)
        steps.learn(self.every)
        for action in self.every:
            if action.is_step:
                steps.add_step(action, phases.get(_outermost(action)) or phases.get(None, ""))
            steps.add_statement(action)
        orders = Orders(self.every, self.sheet)
        for action in self.every:
            if action.is_step:
                steps.add_edges(action, orders)
            if action.children:
                add_group(action, self.sheet)
        self._list_works(steps)
        add_grading(self.sheet, steps.graded)
        for plan, about in self._plans():
            add_words(plan, self.sheet, about, whole=plan is not self.plan)
            add_goals(plan, self.sheet, about, steps.goals)
        self._say_kinds(steps.unkinded)
        self._name_the_rest()
        return self.sheet.finished()

    def _plans(self) -> Iterator[tuple[Element, list[str]]]:
        """The plan and those that define its actions, each with the steps that it speaks of."""
        yield self.plan, [self.start]
        for action in self.every:
            if action.definition is not None and action.definition.kind == _PLAN:
                yield action.definition, ([action.step] if action.step else action.steps) or [self.start]

    def _phases(self, title: str) -> dict[Action | None, str]:
        """A lane for each outermost group that is no step; the rest stands in the first."""
        groups = [action for action in self.outer if not action.is_step]
        if not groups:
            return {}
        return {None: self.sheet.phase(title), **{group: self.sheet.phase(group.label) for group in groups}}

    def _list_works(self, steps: Steps) -> None:
        for plan, _ in self._plans():
            for artifact in plan.all("relatedArtifact"):
                known = next((part.value for part in artifact.parts if part.name == "type"), "") in INTENTIONS
                if known and steps.works.reference(artifact):
                    artifact.text("type")
                else:
                    artifact.leave()

    def _say_kinds(self, unkinded: list[str]) -> None:
        if unkinded:
            text = "The file does not say whether these treat or find something out; each stands as a treatment."
            self.sheet.note(text, unkinded, stated_by="editor")

    # What was not read --------------------------------------------------------------------------------------------------

    def _name_the_rest(self) -> None:
        if not self.every:
            self.sheet.unread(self.plan.line, _PLAN, "It has no action.")
        for action in self.every:
            if not action.is_step:
                why = "A group that says nothing to do is no step: what it holds is led to directly, under its conditions too."
                self.sheet.unread(action.element.line, f'the group "{action.label}"', why, about=action.steps)
            self._name_rest_of(action)
        for one in self.held:
            if one not in self.resources.used:
                why = "No action of the plan that was read leads to it."
                self.sheet.unread(one.line, f"{one.kind} {one.text('title') or one.text('name') or one.text('id')}", why)
        for plan, about in self._plans():
            title = title_of(plan)
            self._name(plan.unread(but=_JUDGED_APART), f'of the plan "{title[:80]}"' if title else "of the plan", about)

    def _name_rest_of(self, action: Action) -> None:
        element = action.element
        for name, value in _HARMLESS.items():
            for part in element.all(name):
                if value and part.value != value and not (name == "requiredBehavior" and part.value == "could"):
                    part.leave()
        for name in ("id", "linkId", "prefix", "label"):
            element.text(name)
        self._definition(action)
        about = [action.step] if action.step else action.steps
        self._name(element.unread(but=_JUDGED_APART), f'of "{action.label[:80]}"', about)
        if action.definition is not None and action.definition.kind != _PLAN:
            for name in ("id", "meta", "text", "url", "status", "version", "experimental"):
                for part in action.definition.all(name):
                    part.take()
            self._name(action.definition.unread(but=_JUDGED_APART), f'of the {action.definition.kind} of "{action.label[:80]}"', about)

    def _definition(self, action: Action) -> None:
        for part in action.element.parts:
            if part.name in ("definition", "definitionCanonical", "definitionUri"):
                action.element.all(part.name)
                part.take()
                if action.definition is None:
                    why = "What it says does not stand in this file, or was read before."
                    self.sheet.unread(part.line, f'{part.name} "{part.brief()}" of "{action.label}"', why, about=[action.step])

    def _name(self, left: Iterable[Element], whose: str, about: list[str]) -> None:
        """Name what is left, alike things once with all their lines."""
        alike: dict[tuple[str, str, int], list[Element]] = defaultdict(list)
        for one in left:
            name, url = _alike(one)
            alike[name, url, 0 if url else id(one)].append(one)
        for (name, url, _), found in alike.items():
            told = f"{name} {url}" if url else f'{name} "{found[0].brief()}"'
            for at in range(0, len(found), _TOGETHER):
                first, *more = (one.line for one in found[at : at + _TOGETHER])
                also = f" Also on {'line' if len(more) == 1 else 'lines'} {', '.join(map(str, more))}." if more else ""
                why = f"{_WHY.get(name, _NO_PLACE)}{also}"
                self.sheet.unread(first, f"{told} {whose}", why, about=[one for one in about if one])


def _alike(element: Element) -> tuple[str, str]:
    """Extensions of one kind are named once; anything else stands for itself."""
    url = next((part.value for part in element.parts if part.name == "url"), "") if "xtension" in element.name else ""
    return element.name, url[:160]


def _outermost(action: Action) -> Action:
    while action.parent is not None:
        action = action.parent
    return action


def _resources(outer: Element) -> Iterator[Element]:
    """A resource, or those of a Bundle, each with what it contains."""
    inside = [one for entry in outer.all("entry") for one in entry.all("resource")] if outer.kind == "Bundle" else [outer]
    for one in inside:
        yield one
        yield from (part for part in one.parts if part.name == "contained")


def _release(held: list[Element]) -> str:
    """R5, R4 or STU3 where elements that only one of them has tell it; empty otherwise."""
    names = {part.name for one in held if one.kind == _PLAN for part in _all(one)}
    if names & {"linkId", "targetId", "endRelationship", "asNeededBoolean", "copyrightLabel", "versionAlgorithmString", "requirement"}:
        return "R5"
    if names & {"triggerDefinition", "contributor"}:
        return "STU3"
    return "R4" if names & {"actionId", "trigger", "definitionCanonical", "expression"} else ""


def _all(element: Element) -> Iterator[Element]:
    for part in element.parts:
        yield part
        yield from _all(part)
