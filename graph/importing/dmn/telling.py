"""Expressions written out again, in single spaces."""

from __future__ import annotations

from edgewise.graph.importing.dmn import expressions as feel
from edgewise.graph.importing.dmn.expressions import UNITS, Expression

_LOOSE = (feel.Joined, feel.Chosen, feel.Compared, feel.Within, feel.Reckoned, feel.Listed)


def told(expression: Expression) -> str:
    """The expression as FEEL.

    >>> from decimal import Decimal
    >>> older = feel.Compared(">", feel.Name(("Age",)), feel.Number(Decimal("75")))
    >>> told(feel.Joined("and", (older, feel.Negated(feel.Name(("alone",))))))
    'Age > 75 and not(alone)'
    """
    match expression:
        case feel.Number(value):
            return f"{value:f}" if abs(value.adjusted()) < 30 else str(value)
        case feel.Text(value):
            return f'"{value}"'
        case feel.Truth(value):
            return str(value).lower()
        case feel.Null():
            return "null"
        case feel.Subject():
            return "?"
        case feel.Span(value, unit):
            return f"{value:f} {next(word for word, code in UNITS.items() if code == unit)}s"
        case feel.Timed(text):
            return f'@"{text}"'
        case feel.Interval(low, high, from_low, to_high):
            return f"{'[' if from_low else '('}{told(low)}..{told(high)}{']' if to_high else ')'}"
    return _made(expression)


def _made(expression: Expression) -> str:
    match expression:
        case feel.Against(sign, bound):
            return f"{sign} {_held(bound)}"
        case feel.Listed(items):
            return ", ".join(map(told, items))
        case feel.Negated(item):
            return f"not({told(item)})"
        case feel.Compared(sign, left, right) | feel.Reckoned(sign, left, right):
            return f"{_held(left)} {sign} {_held(right)}"
        case feel.Within(item, test):
            return f"{_held(item)} in {_held(test)}"
        case feel.Joined(word, parts):
            return f" {word} ".join(_within(part) for part in parts)
        case feel.Chosen(condition, then, otherwise):
            return f"if {told(condition)} then {told(then)} else {told(otherwise)}"
        case feel.Called(function, arguments):
            return f"{function}({', '.join(map(told, arguments))})"
    return str(expression)


def _held(expression: Expression) -> str:
    return f"({told(expression)})" if isinstance(expression, _LOOSE) else told(expression)


def _within(expression: Expression) -> str:
    return f"({told(expression)})" if isinstance(expression, feel.Joined | feel.Chosen) else told(expression)
