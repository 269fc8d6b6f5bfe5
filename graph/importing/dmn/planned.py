"""Each decision brought into one of three forms: a table, cases of one expression after the other, or something that is only asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from edgewise.graph.importing.dmn import expressions as feel
from edgewise.graph.importing.dmn.conditions import is_condition
from edgewise.graph.importing.dmn.document import Cell, Context, Decision, Document, Invocation, Logic, Other, Table
from edgewise.graph.importing.dmn.expressions import Expression
from edgewise.graph.importing.dmn.feel import Feel, Unparsed
from edgewise.graph.importing.dmn.telling import told

_DEEPEST = 10  # models that call models

Unread = tuple[int, str, str]
"""Line, construct and reason."""


@dataclass(slots=True)
class Planned:
    """A decision, ready to become steps.

    Attributes:
        table: where it is one.
        names: what names stand for inside it, where that is not what they say.
        cases: conditions and results, one after the other; the last has no condition. Where it is an expression that can be read so.
        unread: what of it cannot be read.
    """

    decision: Decision
    table: Table | None = None
    names: Mapping[str, Expression] = field(default_factory=dict)
    cases: tuple[tuple[Expression | None, str, Expression | None], ...] = ()
    line: int = 0
    unread: tuple[Unread, ...] = ()


class Planner:
    """Finds out what the decisions of a document are made of."""

    def __init__(self, document: Document, parser: Feel) -> None:
        self._document, self._parser = document, parser
        self._models = {one.name: one for one in document.knowledge.values()}
        self.called: set[str] = set()

    def plan(self, decision: Decision) -> Planned:
        """The decision in the form in which it can be read; its `unread` say why not, where it cannot."""
        return self._plan(decision, decision.logic, {}, 0)

    def _plan(self, decision: Decision, logic: Logic | None, names: Mapping[str, Expression], level: int) -> Planned:
        if level > _DEEPEST:
            return self._unread(decision, decision.line, f"decision {decision.name}", "Models call one another without end.")
        match logic:
            case Table():
                return Planned(decision, table=logic, names=names, line=logic.line)
            case Cell():
                return self._expression(decision, logic, names, level)
            case Context():
                return self._context(decision, logic, names, level)
            case Invocation():
                bound = {name: self._meant(cell, names) for name, cell in logic.bindings}
                return self._call(decision, logic.function, bound, logic.line, level)
            case Other():
                return self._unread(decision, logic.line, logic.what, "It is not read as conditions.")
        return self._unread(decision, decision.line, f"decision {decision.name}", "The file does not say how it is made.")

    def _unread(self, decision: Decision, line: int, what: str, why: str) -> Planned:
        return Planned(decision, line=line, unread=((line, what, why),))

    def _context(self, decision: Decision, context: Context, names: Mapping[str, Expression], level: int) -> Planned:
        known, unread = dict(names), []
        for name, logic in context.entries:
            meant = self._meant(logic, known) if isinstance(logic, Cell) else None
            if meant is None:
                line = logic.line
                unread.append((line, f"context entry {name}", "It is not read as an expression; its name is asked for."))
            else:
                known[name] = meant
        if context.result is None:
            return self._unread(decision, context.line, "context without a result", "What it comes to has several parts.")
        found = self._plan(decision, context.result, known, level + 1)
        found.unread = (*unread, *found.unread)
        return found

    def _meant(self, cell: Cell, names: Mapping[str, Expression]) -> Expression | None:
        try:
            return feel.substituted(self._parser.parsed(cell.text), names)
        except Unparsed:
            return None

    def _call(self, decision: Decision, function: str, bound: Mapping[str, Expression | None], line: int, level: int) -> Planned:
        model = self._models.get(function)
        if model is None:
            return self._unread(decision, line, f"invocation of {function}", "The file has no business knowledge model of this name.")
        self.called.add(model.id)
        missing = [name for name in model.parameters if bound.get(name) is None]
        if missing:
            why = f"What the parameter {missing[0]} stands for is not read."
            return self._unread(decision, line, f"invocation of {function}", why)
        return self._plan(decision, model.body, {name: meant for name, meant in bound.items() if meant is not None}, level + 1)

    def _expression(self, decision: Decision, cell: Cell, names: Mapping[str, Expression], level: int) -> Planned:
        try:
            found = feel.substituted(self._parser.parsed(cell.text), names)
        except Unparsed as error:
            return self._unread(decision, cell.line + error.line - 1, f'literal expression "{cell.text}"', error.why)
        if isinstance(found, feel.Called) and (model := self._models.get(found.function)) is not None:
            bound = dict(zip(model.parameters, found.arguments, strict=False))
            return self._call(decision, found.function, bound, cell.line, level)
        if not is_condition(found) and not isinstance(found, feel.Chosen):
            why = "It works out a value, which is asked for instead."
            return self._unread(decision, cell.line, f'literal expression "{cell.text}"', why)
        return Planned(decision, names=names, cases=tuple(_cases(found)), line=cell.line)


def _cases(expression: Expression) -> Iterator[tuple[Expression | None, str, Expression | None]]:
    """Conditions with their results in words and, where it is a plain one, as a value."""
    if not isinstance(expression, feel.Chosen):
        yield expression, "true", feel.Truth(True)
        yield None, "false", feel.Truth(False)
        return
    yield expression.condition, *_result(expression.then)
    if isinstance(expression.otherwise, feel.Chosen):
        yield from _cases(expression.otherwise)
    else:
        yield None, *_result(expression.otherwise)


def _result(expression: Expression) -> tuple[str, Expression | None]:
    if isinstance(expression, feel.Text):
        return expression.value, expression
    return told(expression), expression if isinstance(expression, feel.Number | feel.Truth) else None
