"""Steps and edges out of actions: where each leads from, on what condition, and what stands behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from edgewise.graph.importing.fhir.actions import Action, may_be_left
from edgewise.graph.importing.fhir.conditions import Condition
from edgewise.graph.importing.fhir.elements import Element
from edgewise.graph.importing.fhir.grades import Graded, grades
from edgewise.graph.importing.fhir.groups import role
from edgewise.graph.importing.fhir.head import tell
from edgewise.graph.importing.fhir.logic import Holds, NotPlain
from edgewise.graph.importing.fhir.order import Before, Orders, repeats
from edgewise.graph.importing.fhir.questions import Questions
from edgewise.graph.importing.fhir.works import Works
from edgewise.graph.importing.sheets import Sheet, plain
from edgewise.graph.reading.problems import fail

_SUMMARY = 1000
_MOST = 50_000  # edges, and conditions on them, all together
_LATER = "Several actions come before this one; a guideline goes on as soon as one of them is done."
_ONE_ALONE = frozenset(("exactly-one", "at-most-one"))
_NOT_CERTAIN = "What comes first may be left out, and is not waited for."
_TOLD = {"priority": "Priority", "code": "Code", "reason": "Reason"}


class Steps:
    """Makes the steps and edges of one plan."""

    def __init__(self, sheet: Sheet, start: str) -> None:
        self.sheet, self.start = sheet, start
        self.works = Works(sheet)
        self.graded: list[Graded] = []
        self.goals: dict[str, list[str]] = defaultdict(list)
        self.unkinded: list[str] = []
        self._questions = Questions(sheet)
        self._criteria: dict[int, dict[str, Any]] = {}
        self._written = 0

    def learn(self, every: Iterable[Action]) -> None:
        """Take note of all conditions, before the first is written."""
        for action in every:
            for one in action.applies:
                if one.logic is not None:
                    self._questions.learn(one.logic, one.help)

    def add_step(self, action: Action, phase: str) -> None:
        """The step of an action, with its works, grades and what else is said of it in words."""
        summary, kind = action.summary, action.kind
        more = repeats(action.element)
        action.step = self.sheet.step(action.label, kind or "Treatment", summary=summary, phase=phase, **more)
        if not kind:
            self.unkinded.append(action.step)
        if len(plain(summary)) > _SUMMARY:
            tell(self.sheet, "In full", summary, [action.step])
        for key, name in _TOLD.items():
            words = [part.take().brief(1000) for part in action.element.all(key)]
            tell(self.sheet, name, "; ".join(words), [action.step])
        for goal in action.element.all("goalId"):
            self.goals[goal.value].append(action.step)

    def add_statement(self, action: Action) -> None:
        """A statement, where works or grades stand at an action: without one there is nothing that they could stand behind."""
        held = list(grades(action.element))
        self.graded += held
        owners = [action.element, *([action.definition] if action.definition and action.definition.kind != "PlanDefinition" else [])]
        named = [one for owner in owners for key in ("documentation", "relatedArtifact") for one in owner.all(key)]
        citations = list(filter(None, (self._cited(one) for one in named)))
        if not held and not citations:
            return
        text = f'The file {"recommends" if held else "names works for"}: "{action.label[:200]}".'
        entry: dict[str, Any] = {"kind": "recommendation", "text": text, "place": {"section": f"action {action.number}"[:200]}}
        once = {citation["marker"]: citation for citation in reversed(citations)}
        entry |= {one.axis: one.value for one in held}
        entry["citations"] = list(reversed(once.values()))
        action.statement = self.sheet.extend("statements", entry, named=f"action {action.number}")
        if action.step:
            self._describe(action)

    def _describe(self, action: Action) -> None:
        self.sheet.amend("steps", action.step, {"describedBy": [action.statement]})

    def _cited(self, artifact: Element) -> dict[str, str] | None:
        found = self.works.cited(artifact)
        if found is None:
            artifact.leave()
        return found

    def add_edges(self, action: Action, orders: Orders) -> None:
        """The edges that lead to a step: from what comes before it, else from what holds it."""
        before = orders.before(action)
        later = orders.later(before)
        last = [one for one in before if not later[one.first]]
        if len(last) > 1 or any(len(one.ends) > 1 and one.first.chosen not in _ONE_ALONE for one in last):
            names = ", ".join(f'"{one.first.label}"' for one in last)
            self.sheet.unread(action.element.line, f'"{action.label}" after {names}', _LATER, about=[action.step])
        passed = [one for one in before if any(map(_passable, _beside(one.first, action)))]
        for one in passed:
            self.sheet.unread(action.element.line, f'"{action.label}" after "{one.first.label}"', _NOT_CERTAIN, about=[action.step])
        skipped = {one.first: self._skipped(one, action) for one in before if one not in passed}
        for one in before:
            between = [skipped.get(other) for other in later[one.first]]
            if all(between):
                for end in one.ends:
                    self._edge(action, end.step, [each for each in between if each])
        if all(skipped.values()):
            holder = action.holder
            self._edge(action, holder.step if holder else self.start, [one for one in skipped.values() if one])
        self._time(action, before)

    def _skipped(self, before: Before, then: Action) -> dict[str, Any] | None:
        """That nothing of what comes first applies, so that nothing has to be waited for; None where some of it always does."""
        asked = [[self._criterion(one) for link in _beside(end, then) for one in link.applies] for end in before.ends]
        if not asked or not all(asked):
            return None
        each = [_together(one) for one in asked]
        return {"not": each[0] if len(each) == 1 else {"any": each}}

    def _edge(self, action: Action, source: str, more: list[dict[str, Any]]) -> None:
        applies = [one for link in reversed(list(action.chain())) for one in link.applies]
        asked = [*(self._criterion(one) for one in applies), *more]
        self._written += 1 + len(applies) + sum(_length(one) for one in more)
        if self._written > _MOST:
            message = f"its edges with their conditions, written out, are more than {_MOST:,}"
            raise fail(self.sheet.file, "too-large", message, action.element.line, "import a part of it")
        when = _together(asked) if asked else None
        if when is not None and action.statement:
            when["basedOn"] = [action.statement]
        behind = [action.statement] if action.statement else []
        offered = {"role": "option"} if role(action) == "option" else {}
        label = " and ".join(dict.fromkeys(one.text for one in applies)) or ("offered" if offered else "")
        edge = self.sheet.edge(source, action.step, label, when=when, justifiedBy=behind, **offered)
        for one in applies:
            if one.help and not isinstance(one.logic, Holds):  # else it is the question's own help
                tell(self.sheet, f"The file of the condition '{one.text[:200]}'", one.help, [edge])

    def _criterion(self, condition: Condition) -> dict[str, Any]:
        """A condition as a criterion; what was not read asks whether it holds, once for each of its edges."""
        key = id(condition)
        if key not in self._criteria:
            why = condition.why
            if condition.logic is not None:
                try:
                    self._criteria[key] = self._questions.criterion(condition.logic)
                except NotPlain as refusal:
                    why = str(refusal)
            if key not in self._criteria:
                self._criteria[key] = self.sheet.asked(condition.text, condition.line, why)
        return dict(self._criteria[key])

    def _time(self, action: Action, before: list[Before]) -> None:
        timed = [one.times for one in before if one.times]
        for times in timed[:1]:
            behind = {"timedBy": [action.statement]} if action.statement else {}
            self.sheet.amend("steps", action.step, times | behind)
        for times in timed[1:]:
            what = f'a second time for "{action.label}": {", ".join(times.values())}'
            self.sheet.unread(action.element.line, what, "A step has one time after one other step.", about=[action.step])


def _beside(first: Action, then: Action) -> list[Action]:
    """An action and all that hold it, up to what holds the other one as well."""
    shared = set(then.around())
    return [action for action in first.around() if action not in shared]


def _passable(action: Action) -> bool:
    """Whether an action may be left out, or another one chosen instead."""
    return may_be_left(action) or (action.parent is not None and action.parent.chosen in _ONE_ALONE)


def _length(negated: dict[str, Any]) -> int:
    inner = negated["not"]
    return sum(_length({"not": one}) for key in ("all", "any") for one in inner.get(key, ())) or 1


def _together(criteria: list[dict[str, Any]]) -> dict[str, Any]:
    """All of these at once, on one level."""
    parts = [part for one in criteria for part in (one["all"] if one.keys() == {"all"} else [one])]
    return dict(parts[0]) if len(parts) == 1 else {"all": parts}
