"""A decision table as edges: a condition and a result for each rule, and what the hit policy makes of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from edgewise.graph.importing.dmn import expressions as feel
from edgewise.graph.importing.dmn.asking import Asking
from edgewise.graph.importing.dmn.conditions import Conditions
from edgewise.graph.importing.dmn.criteria import ALWAYS, NEVER, Criterion, all_of, comparisons, negation
from edgewise.graph.importing.dmn.descriptions import formal
from edgewise.graph.importing.dmn.document import Cell, Column, Rule, Table
from edgewise.graph.importing.dmn.expressions import Expression
from edgewise.graph.importing.dmn.feel import Feel, Unparsed
from edgewise.graph.importing.dmn.hit_policies import ONE_EACH, TOGETHER, Matched, TooMany, conditions, otherwise, spelt_out
from edgewise.graph.importing.dmn.outcomes import Outcome, is_worked_out, outcome, ranked
from edgewise.graph.importing.dmn.planned import Planned
from edgewise.graph.importing.dmn.questions import Question, Unreadable
from edgewise.graph.importing.dmn.regions import Regions
from edgewise.graph.importing.sheets import Sheet

_MOST = 40_000  # comparisons by which the rules of one file may shut one another out; reading takes 250,000 values
_DASHES = ("", "-", "–", "—")
_SIGNED = ("<", ">", "=", "!", "[", "]", "(", "not")


@dataclass(frozen=True, slots=True)
class Way:
    """An edge that a rule becomes.

    Attributes:
        number: of the rule; 0 for what no rule matches.
        label: its condition as the file has it.
        when: its condition, and what the hit policy asks besides.
        own: its condition alone.
        outcome: what it comes to.
        notes: what the file says of it in words.
    """

    number: int
    label: str
    when: Criterion
    own: Criterion
    outcome: Outcome
    notes: tuple[tuple[str, str], ...] = ()


class Tables:
    """Reads the tables of one model.

    Args:
        sheet: takes what cannot be read, and the questions asked in its place.
        parser: of cells.
        asking: the questions of the model.
        language: of expressions that name none.
    """

    def __init__(self, sheet: Sheet, parser: Feel, asking: Asking, language: str) -> None:
        self._sheet, self._parser, self._asking, self._language = sheet, parser, asking, language
        self._left = _MOST

    def observe(self, table: Table, asked: Sequence[Question | Expression], reader: Conditions) -> None:
        """Let the questions of a table take note of what its cells name."""
        for column in asked:
            if not isinstance(column, Question):
                reader.observe(column)
        for rule in table.rules:
            for cell, head, column in zip(rule.cells, table.columns, asked, strict=False):
                test = self._test(cell, head)
                if isinstance(column, Question) and test is not None:
                    column.saw(test, cell.line)
                    if not isinstance(test, feel.Name):
                        reader.observe(test, column, cell.line)

    def ways(self, planned: Planned, asked: Sequence[Question | Expression], reader: Conditions) -> list[Way]:
        """The rules in the order of the table, and the default output at the end."""
        table, name = planned.table, planned.decision.name
        if table is None:
            return []
        outcomes = [outcome(rule.outputs, table.outputs, name, self._parser) for rule in table.rules]
        matched = [self._matched(rank, table, asked, reader) for rank in range(1, len(table.rules) + 1)]
        questions = [one for one in self._asking.questions.values() if one.id]
        regions = Regions([rule.own for rule in matched], [one.id for one in questions if one.kind == "count"])
        policy = self._policy(table)
        if policy == "PRIORITY" and (ranks := self._ranks(table, outcomes)):
            matched = [replace(rule, rank=rank) for rule, rank in zip(matched, ranks, strict=True)]
        whens = self._conditions(table, matched, policy, regions, self._never(questions))
        found = [
            Way(rule.number, rule.label, when, rule.own, one, (*told.notes, *self._unused(told)))
            for rule, when, one, told in zip(matched, whens, outcomes, table.rules, strict=True)
        ]
        if policy in ONE_EACH and policy != "ANY":
            found = _parted(found, regions)
        return [*found, *self._default(table, matched, name)]

    def _never(self, questions: Sequence[Question]) -> Criterion | None:
        """A criterion that nobody meets."""
        if not questions:
            return None
        something = questions[0].something()
        return {"all": [something, negation(something)]}

    def _policy(self, table: Table) -> str:
        policy = spelt_out(table.hit_policy)
        what = f"hit policy {table.hit_policy}"
        if not policy:
            self._sheet.unread(table.line, what, "DMN has none of this name; the rules stand as they are, each with its own condition.")
        elif policy in TOGETHER and table.aggregation:
            why = "What the matching rules come to together is not worked out; all of them are due at once."
            self._sheet.unread(table.line, f"{what} with the aggregation {table.aggregation}", why)
        elif policy in ("RULE ORDER", "OUTPUT ORDER"):
            self._sheet.unread(
                table.line, what, "All rules that match are due at once; in which order their results are listed is not told."
            )
        return policy or "UNIQUE"

    def _ranks(self, table: Table, outcomes: Sequence[Outcome]) -> list[tuple[int, ...]] | None:
        ranks = ranked(outcomes, table.outputs, self._parser)
        if ranks is None:
            why = "No output values say which result goes before which; the rules stand as they are, each with its own condition."
            self._sheet.unread(table.line, "hit policy PRIORITY", why)
        return ranks

    def _conditions(
        self, table: Table, matched: Sequence[Matched], policy: str, regions: Regions, never: Criterion | None
    ) -> list[Criterion]:
        try:
            found = conditions(matched, policy, regions, never, self._left)
        except TooMany:
            why = f"Its {len(matched)} rules shut one another out in too many ways; each stands with its own condition alone."
            self._sheet.unread(table.line, f"hit policy {policy}", why)
            return [rule.own for rule in matched]
        own = sum(1 for rule in matched for _ in comparisons(rule.own))
        self._left -= sum(1 for when in found for _ in comparisons(when)) - own
        return found

    def _default(self, table: Table, matched: Sequence[Matched], name: str) -> Iterator[Way]:
        """What is so where no rule matches, if the table says it."""
        if any(output.default for output in table.outputs):
            cells = [output.default or Cell("", output.line) for output in table.outputs]
            when = otherwise(matched)
            when = {"label": "no rule matches", **when} if when not in (ALWAYS, NEVER) else when
            yield Way(0, "otherwise (default output)", when, when, outcome(cells, table.outputs, name, self._parser))

    # Cells --------------------------------------------------------------------------------------------------------------

    def _matched(self, number: int, table: Table, asked: Sequence[Question | Expression], reader: Conditions) -> Matched:
        rule = table.rules[number - 1]
        self._tell_outputs(number, rule, table)
        if len(rule.cells) != len(asked):
            text, why = f"rule {number}", f"It has {len(rule.cells)} input entries for {len(asked)} inputs."
            return Matched(number, text, self._sheet.asked(text, rule.line, why))
        labels, parts = [], []
        for cell, column, question in zip(rule.cells, table.columns, asked, strict=True):
            if cell.text not in _DASHES:
                labels.append(cell.text if self._in_words(cell) else _told(column, question, cell.text))
                parts.append(self._cell(cell, column, question, labels[-1], reader))
        return Matched(number, ", ".join(labels) or "any", all_of(parts))

    def _tell_outputs(self, number: int, rule: Rule, table: Table) -> None:
        if len(rule.outputs) != len(table.outputs):
            why = f"It has {len(rule.outputs)} output entries for {len(table.outputs)} outputs."
            self._sheet.unread(rule.line, f"rule {number}", why)
        for cell in rule.outputs:
            if cell.text not in _DASHES and is_worked_out(cell.text, self._parser):
                self._sheet.unread(cell.line, f'output entry "{cell.text}"', "It is told as it stands, and not worked out.")

    def _cell(self, cell: Cell, column: Column, question: Question | Expression, label: str, reader: Conditions) -> Criterion:
        language = cell.language or self._language
        if language and "feel" not in language.lower() and "omg.org" not in language.lower():
            return self._sheet.asked(label, cell.line, f"It is written in {language}.")
        try:
            test = self._read(cell, column)
            if isinstance(question, Question):
                return reader.cell(test, question)
            return _truth(test, reader.condition(question))
        except Unparsed as error:
            return self._sheet.asked(label, cell.line + error.line - 1, error.why)
        except Unreadable as error:
            return self._sheet.asked(label, cell.line, error.why)

    def _test(self, cell: Cell, column: Column) -> Expression | None:
        try:
            return None if cell.text in _DASHES else self._read(cell, column)
        except Unparsed:
            return None

    def _read(self, cell: Cell, column: Column) -> Expression:
        """What a cell asks; where its text is plain words, what its description says of its input.

        Raises:
            Unparsed: neither is read.
        """
        if cell.note and self._in_words(cell):
            for named in (column.expression.text, f'"{column.label}"', column.label):
                try:
                    if test := formal(cell.note, named):
                        return self._parser.parsed(test)
                except Unparsed:
                    continue
        return self._parser.parsed(cell.text)

    def _unused(self, rule: Rule) -> Iterator[tuple[str, str]]:
        """Descriptions of cells beside which the cell's own text is what is read."""
        yield from (("", cell.note) for cell in rule.cells if cell.note and cell.note not in _DASHES and not self._in_words(cell))

    def _in_words(self, cell: Cell) -> bool:
        """Whether a cell has a description, and a text that is no test."""
        try:
            return bool(cell.note) and isinstance(self._parser.parsed(cell.text), feel.Name)
        except Unparsed:
            return bool(cell.note)


def _told(column: Column, question: Question | Expression, text: str) -> str:
    """A cell with what it is about: ``Age >= 18``, ``Risk: "High"``."""
    named = column.label or (question.label if isinstance(question, Question) else column.expression.text)
    signed = text.startswith(_SIGNED)
    return f"{named} {text}" if signed else f"{named}: {text}"


def _truth(test: Expression, condition: Criterion) -> Criterion:
    """A cell of a column whose input is a condition."""
    match test:
        case feel.Truth(value):
            return condition if value else negation(condition)
        case feel.Negated(item):
            return negation(_truth(item, condition))
        case feel.Listed(items) if all(isinstance(item, feel.Truth) for item in items):
            return ALWAYS if len(set(items)) == 2 else _truth(items[0], condition)
    raise Unreadable("The input is a condition, which is true or false.")


def _parted(ways: list[Way], regions: Regions) -> list[Way]:
    """Rules with one result told apart where they can match together, which a table with one rule for everybody does not allow."""
    seen: dict[str, list[Way]] = {}
    found = []
    for way in ways:
        alike = seen.setdefault(way.outcome.label, [])
        if any(not regions.apart(way.own, other.own) for other in alike):
            way = replace(way, outcome=replace(way.outcome, label=f"{way.outcome.label} (rule {way.number})"))
        else:
            alike.append(way)
        found.append(way)
    return found
