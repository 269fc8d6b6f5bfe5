"""Expressions that are true or false, as criteria."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from edgewise.graph.importing.dmn import expressions as feel
from edgewise.graph.importing.dmn.criteria import ALWAYS, NEVER, Criterion, all_of, any_of, negation
from edgewise.graph.importing.dmn.expressions import Expression
from edgewise.graph.importing.dmn.questions import Finder, Formulas, Question, Unreadable, constant

_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_HOLDS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "<": lambda one, other: one < other, "<=": lambda one, other: one <= other, "=": lambda one, other: one == other,
    ">": lambda one, other: one > other, ">=": lambda one, other: one >= other, "!=": lambda one, other: one != other,
}  # fmt: skip
_NO_CONDITION = "It is no comparison that is read as a condition."


def is_condition(expression: Expression) -> bool:
    """Whether an expression is true or false by its form.

    >>> is_condition(feel.Compared("<", feel.Name(("a",)), feel.Null())), is_condition(feel.Name(("a",)))
    (True, False)
    """
    if isinstance(expression, feel.Called):
        return expression.function == "list contains"
    if isinstance(expression, feel.Negated):
        return is_condition(expression.item) or isinstance(expression.item, feel.Name)
    return isinstance(expression, feel.Compared | feel.Within | feel.Joined)


class Conditions:
    """Reads expressions where some names stand for questions.

    Args:
        find: the question for a name.
    """

    def __init__(self, find: Finder) -> None:
        self._find, self._formulas = find, Formulas(find)
        self._line = 0

    # Before questions are made ------------------------------------------------------------------------------------------

    def observe(self, expression: Expression, subject: Question | None = None, line: int = 0) -> None:
        """Let the questions that an expression asks take note of the values it names, on a line of the file."""
        self._line = line
        match expression:
            case feel.Compared(_, left, right):
                self._pair(left, right, subject)
                self._pair(right, left, subject)
            case feel.Within(item, test):
                self._pair(item, test, subject)
            case feel.Called("list contains", (values, item)):
                self._pair(item, values, subject)
            case feel.Name() | feel.Subject():
                self._saw(expression, feel.Truth(True), subject)
            case feel.Joined() | feel.Negated() | feel.Chosen():
                for part in feel.parts_of(expression):
                    self.observe(part, subject, line)

    def _pair(self, asked: Expression, test: Expression, subject: Question | None) -> None:
        if isinstance(asked, feel.Name | feel.Subject):
            self._saw(asked, test, subject)

    def _saw(self, asked: feel.Name | feel.Subject, test: Expression, subject: Question | None) -> None:
        question = subject if isinstance(asked, feel.Subject) else self._find(asked)
        if question is not None:
            question.saw(test, self._line)

    # Afterwards ---------------------------------------------------------------------------------------------------------

    def cell(self, test: Expression, subject: Question) -> Criterion:
        """The test of a cell on the value of its input.

        Raises:
            Unreadable: no criterion says it.
        """
        if isinstance(test, feel.Listed):
            return any_of(self.cell(item, subject) for item in test.items)
        if isinstance(test, feel.Negated):
            return negation(self.cell(test.item, subject))
        if _names_subject(test) or is_condition(test):
            return self.condition(test, subject)
        return subject.test(test, self._formulas)

    def condition(self, expression: Expression, subject: Question | None = None) -> Criterion:
        """An expression that is true or false.

        Raises:
            Unreadable: no criterion says it.
        """
        match expression:
            case feel.Truth(value):
                return ALWAYS if value else NEVER
            case feel.Joined(word, parts):
                join = all_of if word == "and" else any_of
                return join([self.condition(part, subject) for part in parts])
            case feel.Negated(item):
                return negation(self.condition(item, subject))
            case feel.Chosen(condition, then, otherwise):
                given = self.condition(condition, subject)
                ways = ((given, then), (negation(given), otherwise))
                return any_of([all_of([way, self.condition(result, subject)]) for way, result in ways])
            case feel.Compared(sign, left, right):
                return self._compared(sign, left, right, subject)
            case feel.Within(item, test):
                return self._asked(item, subject).test(test, self._formulas)
            case feel.Called("list contains", (values, item)):
                return self._asked(item, subject).test(values, self._formulas)
            case feel.Name() | feel.Subject():
                return self._asked(expression, subject).test(feel.Truth(True))
        raise Unreadable(_NO_CONDITION)

    def _compared(self, sign: feel.Sign, left: Expression, right: Expression, subject: Question | None) -> Criterion:
        one, other = constant(left), constant(right)
        if one is not None and other is not None:
            return ALWAYS if _HOLDS[sign](one, other) else NEVER
        if not isinstance(left, feel.Name | feel.Subject) and isinstance(right, feel.Name | feel.Subject):
            left, right, sign = right, left, _TURNED[sign]  # type: ignore[assignment]  # a sign turned is a sign
        return self._asked(left, subject).test(feel.Against(sign, right), self._formulas)

    def _asked(self, expression: Expression, subject: Question | None) -> Question:
        found = subject if isinstance(expression, feel.Subject) else self._find(expression) if isinstance(expression, feel.Name) else None
        if found is None:
            raise Unreadable(_NO_CONDITION)
        return found


def _names_subject(expression: Expression) -> bool:
    return any(isinstance(one, feel.Subject) for one in feel.everything_in(expression))
