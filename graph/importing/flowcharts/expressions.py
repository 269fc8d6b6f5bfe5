"""Conditions as programs write them, as far as they are plain: a name compared with a number, a text or a truth value; and, or, not.

FEEL, JUEL, FHIRPath, JavaScript and Groovy agree on these, so the language need not be known. Anything else is not read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NoReturn

_LONGEST, _DEEPEST = 2000, 20
_WRAPPED = re.compile(r"\s*(?:[$#]\{(?P<inner>[^{}]*)\}|=(?!=)(?P<feel>.*))\s*", re.DOTALL)
_TOKEN = re.compile(
    r"""\s*(?:
    (?P<number>\d{1,15}(?:\.\d{1,15})?(?!\w|\.\w))
  | (?P<text>"[^"\\]*"|'[^'\\]*')
  | (?P<name>[%$]?[^\W\d]\w*(?:\(\))?(?:\.[^\W\d]\w*(?:\((?:"[^"\\]*"|'[^'\\]*')?\))?|\.\d+)*(?:\((?:"[^"\\]*"|'[^'\\]*')\))?)
  | (?P<sign>===|!==|==|!=|<>|<=|>=|=|<|>|&&|\|\||!|\(|\)|\[|\]|\.\.|-)
    )""",
    re.VERBOSE,
)
_OPERATORS = {"==": "=", "===": "=", "eq": "=", "<>": "!=", "!==": "!=", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}
_COMPARED = ("=", "!=", "<", "<=", ">", ">=")
_SIGNS = {"!=": "≠", "<=": "≤", ">=": "≥"}
_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_AND, _OR, _NOT = ("and", "&&"), ("or", "||"), ("not", "!")
_WORDS = frozenset((
    *_OPERATORS, "and", "or", "not", "true", "false", "null", "in", "between", "empty", "div", "mod", "if", "then", "else", "some", "every",
    "for", "instance", "contains", "is", "as", "xor", "implies", "matches", "function", "new", "return",
))  # fmt: skip
"""What is no name, in one language or another."""
_READS = re.compile(r"""(?:execution\.)?getVariable\((?:"([^"]*)"|'([^']*)')\)""")
_PROPERTY = re.compile(r"""\.(?:prop|getProperty|get|jsonPath)\((?:"([^"]*)"|'([^']*)')\)""")
_TAKEN_OUT = re.compile(r"\.(?:value|numberValue|stringValue|boolValue|getValue|toString|intValue|doubleValue)\(\)")

Value = Decimal | str | bool


@dataclass(frozen=True, slots=True)
class Compared:
    """A name beside a value: ``inr > 1.5``."""

    name: str
    operator: Literal["=", "!=", "<", "<=", ">", ">="]
    value: Value


@dataclass(frozen=True, slots=True)
class Joined:
    """Several that hold together, or one of them; or one that must not hold."""

    by: Literal["all", "any", "not"]
    parts: tuple[Expression, ...]


Expression = Compared | Joined


class Unreadable(ValueError):
    """The text is no plain condition; why, says the message."""


def expression_of(text: str) -> Expression:
    """What a condition says.

    Raises:
        Unreadable: it holds anything but plain comparisons.

    >>> expression_of("${inr.prop('value').value() >= 1.5 && !bleeding}").parts[0]
    Compared(name='inr.value', operator='>=', value=Decimal('1.5'))
    >>> expression_of("= age in [18..65)").parts[1], expression_of("execution.getVariable('ok') == true")
    (Compared(name='age', operator='<', value=Decimal('65')), Compared(name='ok', operator='=', value=True))
    >>> expression_of("count(x) > 2")
    Traceback (most recent call last):
        ...
    edgewise.graph.importing.flowcharts.expressions.Unreadable: '(' is not read here
    """
    if len(text) > _LONGEST:
        raise Unreadable(f"it is longer than {_LONGEST} characters")
    wrapped = _WRAPPED.fullmatch(text)
    inner = text if wrapped is None else wrapped["inner"] if wrapped["inner"] is not None else wrapped["feel"]
    parser = _Parser(_tokens(inner))
    found = parser.disjunction(0)
    if not parser.over:
        parser.refuse()
    return found


def comparisons(expression: Expression) -> list[Compared]:
    """All comparisons of a condition, in order."""
    if isinstance(expression, Compared):
        return [expression]
    return [compared for part in expression.parts for compared in comparisons(part)]


def told(expression: Expression) -> str:
    """A condition in a few words.

    >>> told(expression_of("!a && (b >= 2 || c != 'x')"))
    "not a and (b ≥ 2 or c ≠ 'x')"
    """
    if isinstance(expression, Compared):
        name, value = expression.name, expression.value
        if isinstance(value, bool):
            return name if value == (expression.operator == "=") else f"not {name}"
        return f"{name} {_SIGNS.get(expression.operator, expression.operator)} {value if isinstance(value, Decimal) else repr(value)}"
    parts = [f"({told(part)})" if isinstance(part, Joined) and part.by != "not" else told(part) for part in expression.parts]
    return f"not {parts[0]}" if expression.by == "not" else f" {'and' if expression.by == 'all' else 'or'} ".join(parts)


def _tokens(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    at = 0
    while text[at:].strip():
        match = _TOKEN.match(text, at)
        if match is None:
            raise Unreadable(f"{text[at:].strip()[:1]!r} is not read here")
        kind = str(match.lastgroup)
        found.append((kind, match[kind]))
        at = match.end()
    return found


class _Parser:
    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens, self._at = tokens, 0

    @property
    def over(self) -> bool:
        return self._at >= len(self._tokens)

    def refuse(self) -> NoReturn:
        raise Unreadable("it ends too early" if self.over else f"{self._tokens[self._at][1]!r} is not read here")

    def disjunction(self, depth: int) -> Expression:
        if depth > _DEEPEST:
            raise Unreadable("its brackets are nested too deep")
        return self._series("any", _OR, lambda: self._series("all", _AND, lambda: self._operand(depth)))

    def _series(self, by: Literal["all", "any"], words: tuple[str, ...], read: Callable[[], Expression]) -> Expression:
        parts = [read()]
        while self._take(*words):
            parts.append(read())
        return Joined(by, tuple(parts)) if len(parts) > 1 else parts[0]

    def _operand(self, depth: int) -> Expression:
        if self._take(*_NOT):
            return Joined("not", (self._operand(depth + 1) if depth < _DEEPEST else self.refuse(),))
        if self._peek() == ("sign", "("):
            self._at += 1
            inner = self.disjunction(depth + 1)
            self._expect(")")
            return inner
        return self._comparison()

    def _comparison(self) -> Expression:
        value = self._value()
        if value is not None:
            operator, name = self._operator(), self._name()
            return Compared(name, _FLIPPED[operator], value)  # type: ignore[arg-type]  # one of the six
        name = self._name()
        if self._take("in"):
            return self._interval(name)
        if self._take("between"):
            low, _, high = self._number(), self._expect("and"), self._number()
            return Joined("all", (Compared(name, ">=", low), Compared(name, "<=", high)))
        kind, word = self._peek()
        if kind and _OPERATORS.get(word, word) in _COMPARED:
            operator = self._operator()
            value = self._value()
            return Compared(name, operator, value if value is not None else self.refuse())  # type: ignore[arg-type]
        return Compared(name, "=", value=True)

    def _interval(self, name: str) -> Expression:
        opened = self._take("[", "(", "]")
        low, _, high = self._number(), self._expect(".."), self._number()
        closed = self._take("]", ")", "[")
        if not opened or not closed or low > high:
            self.refuse()
        return Joined("all", (Compared(name, ">=" if opened == "[" else ">", low), Compared(name, "<=" if closed == "]" else "<", high)))

    def _operator(self) -> str:
        _, word = self._peek()
        operator = _OPERATORS.get(word, word)
        if operator not in _COMPARED:
            self.refuse()
        self._at += 1
        return operator

    def _number(self) -> Decimal:
        value = self._value()
        return value if isinstance(value, Decimal) else self.refuse()

    def _value(self) -> Value | None:
        kind, word = self._peek()
        if (kind, word) == ("sign", "-"):
            self._at += 1
            return -self._number()
        if kind == "number":
            self._at += 1
            return Decimal(word)
        if kind == "text":
            self._at += 1
            return word[1:-1]
        if kind == "name" and word in ("true", "false"):
            self._at += 1
            return word == "true"
        return None

    def _name(self) -> str:
        words: list[str] = []
        while not self.over:
            kind, word = self._peek()
            if kind != "name" or word in _WORDS:
                break
            words.append(_plain_name(word))
            self._at += 1
        return " ".join(words) if words else self.refuse()

    def _peek(self) -> tuple[str, str]:
        return ("", "") if self.over else self._tokens[self._at]

    def _take(self, *words: str) -> str:
        kind, word = self._peek()
        if kind in ("sign", "name") and word in words:
            self._at += 1
            return word
        return ""

    def _expect(self, word: str) -> str:
        return self._take(word) or self.refuse()


def _plain_name(word: str) -> str:
    """A name without the calls by which some languages read a variable or a property of it."""
    plain = _READS.sub(lambda found: found[1] or found[2], word)
    plain = _PROPERTY.sub(lambda found: "." + (found[1] or found[2] or ""), _TAKEN_OUT.sub("", plain))
    if not plain or "(" in plain:
        raise Unreadable(f"{word!r} calls a function")
    return plain
