"""Which question each name of a model stands for: inputs, results of other decisions, and whatever else is named."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from edgewise.graph.importing.dmn import expressions as feel
from edgewise.graph.importing.dmn.conditions import is_condition
from edgewise.graph.importing.dmn.document import Cell, Column, Decision, Document, InputData, Table
from edgewise.graph.importing.dmn.expressions import Expression
from edgewise.graph.importing.dmn.feel import Feel, Unparsed
from edgewise.graph.importing.dmn.hit_policies import TOGETHER, spelt_out
from edgewise.graph.importing.dmn.outcomes import outcome
from edgewise.graph.importing.dmn.planned import Planned
from edgewise.graph.importing.dmn.questions import Question, Unreadable, constant
from edgewise.graph.importing.dmn.types import typed

Unread = tuple[int, str, str]
Results = dict[tuple[str, str], Question]
"""Questions for what decisions come to, by the decision's id and the output's name; the only output has an empty one."""


class Asking:
    """All questions of one model, each once."""

    def __init__(self, document: Document, parser: Feel) -> None:
        self._document, self._parser = document, parser
        self._inputs: dict[str, InputData] = {one.name: one for one in document.inputs.values()}
        self.questions: dict[str, Question] = {}
        self.results: Results = {}
        self.unread: list[Unread] = []

    # Results of decisions -----------------------------------------------------------------------------------------------

    def add_results(self, planned: Planned) -> None:
        """Questions for what a decision comes to, which others may ask."""
        decision = planned.decision
        if planned.table is None:
            kind = typed(decision.type, (), self._document.types).kind
            question = Question(decision.name, kind=kind)
            self._closed(question, [[value for _, _, value in planned.cases]])
            self.results[decision.id, ""] = question
            return
        table = planned.table
        outcomes = [outcome(rule.outputs, table.outputs, decision.name, self._parser) for rule in table.rules]
        outcomes += [outcome([one.default or Cell("", 0) for one in table.outputs], table.outputs, decision.name, self._parser)] * any(
            one.default for one in table.outputs
        )
        for rank, output in enumerate(table.outputs):
            several = len(table.outputs) > 1
            path = (output.name,) if several and not output.type else ()
            kind = typed(output.type or decision.type, path, self._document.types).kind
            named = output.label or output.name or f"output {rank + 1}"
            question = Question(f"{decision.name}: {named}" if several else decision.name, kind=kind)
            if spelt_out(table.hit_policy) in TOGETHER:
                question.kind = "quantity" if table.aggregation else "other"
            self._closed(question, [[None if isinstance(value := one.values[rank], str) else value for one in outcomes]])
            self.results[decision.id, output.name if several else ""] = question

    def _closed(self, question: Question, results: Iterable[list[Expression | None]]) -> None:
        """Let a question know all results that are plain values; where all are, there are no others."""
        for values in results:
            for value in values:
                if value is not None:
                    question.saw(value)
            question.closed = bool(values) and all(value is not None for value in values)

    # Names --------------------------------------------------------------------------------------------------------------

    def find(self, name: feel.Name, decision: Decision) -> Question | None:
        """The question for a name inside a decision."""
        for id in decision.requires:
            required = self._document.decisions.get(id)
            if required is not None and id != decision.id and (found := self._result(name.path, required)) is not None:
                return found
        return self._named(str(name), name.path)

    def _result(self, path: tuple[str, ...], required: Decision) -> Question | None:
        outputs = {name: question for (id, name), question in self.results.items() if id == required.id}
        if path[0] in (required.name, required.variable, required.id):
            return outputs.get(".".join(path[1:]))
        table = required.logic
        if len(path) == 1 and path[0] in outputs:
            return outputs[path[0]]
        only = table.outputs if isinstance(table, Table) else ()
        return outputs.get("") if len(only) == 1 and path == (only[0].name,) else None

    def _named(self, key: str, path: tuple[str, ...]) -> Question:
        if key not in self.questions:
            data = self._inputs.get(path[0])
            question = Question(key, asked_as=key, line=data.line if data else 0, help=data.note if data else "")
            if data is not None:
                found = typed(data.type, path[1:], self._document.types)
                question.kind = found.kind
                self.allow(question, found.values)
            self.questions[key] = question
        return self.questions[key]

    # Columns ------------------------------------------------------------------------------------------------------------

    def column(self, column: Column, planned: Planned) -> Question | Expression:
        """The question that a column of a table asks; the condition, where its input is one."""
        text = column.expression.text
        if not text:
            return self._unworded(column)
        try:
            found = feel.substituted(self._parser.parsed(text), planned.names)
        except Unparsed as error:
            return self._as_text(column, column.expression.line + error.line - 1, "It is asked for as a whole, and not worked out.")
        if is_condition(found):
            return found
        if not isinstance(found, feel.Name):
            return self._as_text(column, column.expression.line, "It is asked for as a whole, and not worked out.")
        question = self.find(found, planned.decision)
        if question is None:
            return self._as_text(column, column.expression.line, "It is no output of the decision that it names.")
        self._type(question, column)
        question.line = question.line or column.line
        return question

    def _unworded(self, column: Column) -> Question:
        """The question of an input that has no expression, by its name."""
        name = column.variable or column.label
        if not name:
            return self._as_text(column, column.line, "Nothing says what is asked for.")
        question = self._named(name, (name,))
        self._type(question, column)
        question.line = question.line or column.line
        return question

    def _as_text(self, column: Column, line: int, why: str) -> Question:
        text = column.expression.text or column.label or "input without an expression"
        if text not in self.questions:
            self.unread.append((line, f'input expression "{text}"', why))
        question = self._named(text, (text,))
        if re.match(r"count\b", text, re.IGNORECASE) and question.kind in ("", "choice"):
            question.kind, question.low = "count", Decimal(0)
        self._type(question, column)
        question.line = question.line or column.line
        return question

    def _type(self, question: Question, column: Column) -> None:
        found = typed(column.type, (), self._document.types)
        question.kind = question.kind or found.kind
        question.help = question.help or column.note
        if column.label and question.label == question.asked_as:
            question.label = column.label
        for values in (column.values, found.values):
            self.allow(question, values)

    def allow(self, question: Question, values: Cell | None) -> None:
        """Take over which values are allowed."""
        if values is None or not values.text.strip():
            return
        try:
            found = self._parser.parsed(values.text)
        except Unparsed as error:
            self._not_allowed(values, values.line + error.line - 1, error.why)
            return
        items = found.items if isinstance(found, feel.Listed) else (found,)
        if all(isinstance(item, feel.Text | feel.Null) for item in items):
            question.values = list(dict.fromkeys([*question.values, *(item.value for item in items if isinstance(item, feel.Text))]))
            question.closed, question.kind = True, question.kind or "choice"
            question.null = question.null or any(isinstance(item, feel.Null) for item in items)
        elif not all(isinstance(item, feel.Truth) for item in items) and not self._limits(question, items):
            self._not_allowed(values, values.line, "Only lists of texts, and ranges of numbers that include their ends, are.")

    def _not_allowed(self, values: Cell, line: int, why: str) -> None:
        entry = (line, f'allowed values "{values.text}"', why)
        if entry not in self.unread:
            self.unread.append(entry)

    def _limits(self, question: Question, items: tuple[Expression, ...]) -> bool:
        """Whether the values allowed are a range with ends that belong to it, which a guideline can say."""
        if len(items) != 1:
            return False
        match items[0]:
            case feel.Interval(low, high, True, True):
                ends = (constant(low), constant(high))
            case feel.Against(">=", low):
                ends = (constant(low), None)
            case feel.Against("<=", high):
                ends = (None, constant(high))
            case _:
                return False
        if ends == (None, None):
            return False
        try:
            question.limit(*ends)
        except Unreadable:
            return False
        return True


def counted(questions: Iterable[Question]) -> list[str]:
    """Ids of the observables that are whole numbers."""
    return [one.id for one in questions if one.kind == "count"]
