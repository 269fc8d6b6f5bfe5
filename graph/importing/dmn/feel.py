"""The parser of FEEL: cells of decision tables, and expressions. Names with spaces are known by what the file declares."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Any, ClassVar

from lark import Lark, Token, Transformer
from lark.exceptions import LarkError, UnexpectedInput, VisitError

from edgewise.graph.importing.dmn import expressions as feel
from edgewise.graph.importing.dmn.expressions import Expression

_LONGEST, _DEEPEST = 5000, 40
_NAMES = 4000  # with spaces or signs, that one file may declare
_FUNCTIONS = (
    "date and time", "years and months duration", "list contains", "string length", "upper case", "lower case", "starts with", "ends with",
    "substring before", "substring after", "day of week", "day of year", "month of year", "week of year",
)  # fmt: skip

_GRAMMAR = r"""
?start: tests
?tests: test | test ("," test)+ -> listed
?test: SIGN sum -> against
     | expression
?expression: "if" expression "then" expression "else" expression -> chosen
           | either
?either: both | both ("or" both)+ -> either
?both: comparison | comparison ("and" comparison)+ -> both
?comparison: sum
           | sum SIGN sum -> compared
           | sum SIGN sum SIGN sum -> chained
           | sum "between" sum "and" sum -> between
           | sum "in" sum -> within
           | sum "in" SIGN sum -> within_sign
?sum: product | sum PLUS product -> reckoned | sum MINUS product -> reckoned
?product: power | product TIMES power -> reckoned
?power: signed | signed POWER power -> reckoned
?signed: atom | MINUS signed -> negative | PLUS signed -> positive
?atom: NUMBER -> number
     | NUMBER SPAN -> span
     | TEXT -> text
     | "@" TEXT -> timed
     | "true" -> true
     | "false" -> false
     | "null" -> null
     | "?" -> subject
     | name
     | name "(" [tests] ")" -> called
     | "not" "(" tests ")" -> negated
     | "(" tests ")" -> group
     | "[" tests "]" -> brackets
     | FROM sum ".." sum _closing -> interval
     | AFTER sum ".." sum _closing -> interval
     | ROUND sum ".." sum _closing -> interval
_closing: AFTER | FROM | END
name: _part ("." _part)*
_part: KNOWN | NAME

SIGN: "<=" | ">=" | "!=" | "≤" | "≥" | "≠" | "<" | ">" | "="
FROM: "["
AFTER: "]"
ROUND: "("
END: ")"
PLUS: "+"
MINUS: "-" | "–" | "−"
TIMES: "*" | "/"
POWER: "**"
NUMBER: /(\d+(\.\d+)?|\.\d+)([eE][+-]?\d+)?/
TEXT: /"(\\.|[^"\\])*"/s
SPAN: /(year|month|week|day|hour|minute|second)s?(?!\w)/i
NAME: /[^\W\d]\w*/
KNOWN.2: /%s/
COMMENT: /\/\*.*?\*\//s | /\/\/[^\n]*/
%%ignore /\s+/
%%ignore COMMENT
"""


class Unparsed(Exception):
    """A text that is no expression of the FEEL that is read.

    Attributes:
        line: of the text, counted from 1.
        why: one sentence.
    """

    def __init__(self, line: int, why: str) -> None:
        super().__init__(why)
        self.line, self.why = line, why


class Feel:
    """Parses what stands in one file.

    Args:
        names: that the file declares.

    >>> Feel(["Years of Service"]).parsed("Years of Service >= 30")
    Compared(sign='>=', left=Name(path=('Years of Service',)), right=Number(value=Decimal('30')))
    >>> Feel().parsed("<18,[60..70)").items[1].to_high
    False
    >>> Feel().parsed("date(x) <")
    Traceback (most recent call last):
        ...
    edgewise.graph.importing.dmn.feel.Unparsed: It ends where more was expected.
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        spaced = {" ".join(name.split()) for name in names if not re.fullmatch(r"[^\W\d]\w*", name.strip())}
        usable = [name for name in sorted(spaced)[:_NAMES] if name and len(name) <= 200 and not name[0].isdigit() and '"' not in name]
        self._lark = _parser(tuple(sorted({*usable, *_FUNCTIONS}, key=lambda name: (-len(name), name))))
        self._known: dict[str, Expression | Unparsed] = {}

    def parsed(self, text: str) -> Expression:
        """The expression that a text is; several tests with commas between them are `Listed`.

        Raises:
            Unparsed: it is none that is read.
        """
        if text not in self._known:
            try:
                self._known[text] = self._parse(text)
            except Unparsed as error:
                self._known[text] = error
        found = self._known[text]
        if isinstance(found, Unparsed):
            raise Unparsed(found.line, found.why)
        return found

    def _parse(self, text: str) -> Expression:
        if len(text) > _LONGEST:
            raise Unparsed(1, f"It is longer than {_LONGEST} characters.")
        try:
            found: Expression = _BUILDER.transform(self._lark.parse(text))
        except UnexpectedInput as error:
            raise Unparsed(*_where(error, text)) from None
        except VisitError as error:
            why = error.orig_exc.why if isinstance(error.orig_exc, Unparsed) else "It is no FEEL that is read."
            raise Unparsed(1, why) from None
        except (LarkError, RecursionError, ValueError):
            raise Unparsed(1, "It is no FEEL that is read.") from None
        if feel.depth(found) > _DEEPEST:
            raise Unparsed(1, f"It is nested more than {_DEEPEST} deep.")
        return found


@lru_cache(maxsize=16)
def _parser(names: tuple[str, ...]) -> Lark:
    known = "|".join(r"\s+".join(re.escape(word).replace("/", r"\/") for word in name.split(" ")) for name in names)
    return Lark(_GRAMMAR % f"({known})(?!\\w)", parser="lalr", maybe_placeholders=False)


def _where(error: UnexpectedInput, text: str) -> tuple[int, str]:
    line = error.line if isinstance(error.line, int) and error.line > 0 else len(text.rstrip().splitlines()) or 1
    token = getattr(error, "token", None)
    if isinstance(token, Token) and token.type == "$END":
        return max(1, len(text.rstrip().splitlines())), "It ends where more was expected."
    seen = str(token) if isinstance(token, Token) else text[error.pos_in_stream or 0 :][:1]
    return line, f"What stands at “{' '.join(seen.split())[:40]}” is not read."


class _Builder(Transformer[Token, Any]):
    SIGNS: ClassVar[dict[str, str]] = {"–": "-", "−": "-", "≤": "<=", "≥": ">=", "≠": "!="}

    def number(self, items: list[Token]) -> Expression:
        exponent = re.split("[eE]", items[0])[1:]
        if exponent and len(exponent[0]) > 4:
            raise Unparsed(1, "The number is larger or smaller than any that is read.")
        return feel.Number(Decimal(items[0]))

    def span(self, items: list[Token]) -> Expression:
        number = self.number(items)
        word = str(items[1]).lower().removesuffix("s")
        return feel.Span(number.value, feel.UNITS[word]) if isinstance(number, feel.Number) else number

    def text(self, items: list[Token]) -> Expression:
        return feel.Text(_unquoted(items[0]))

    def timed(self, items: list[Token]) -> Expression:
        return feel.Timed(_unquoted(items[0]))

    def true(self, _: list[Token]) -> Expression:
        return feel.Truth(True)

    def false(self, _: list[Token]) -> Expression:
        return feel.Truth(False)

    def null(self, _: list[Token]) -> Expression:
        return feel.Null()

    def subject(self, _: list[Token]) -> Expression:
        return feel.Subject()

    def name(self, items: list[Token]) -> Expression:
        return feel.Name(tuple(" ".join(item.split()) for item in items))

    def called(self, items: list[Any]) -> Expression:
        given = items[1] if len(items) > 1 else feel.Listed(())
        arguments = given.items if isinstance(given, feel.Listed) else (given,)
        function = str(items[0])
        if function in ("duration", "date", "time", "date and time") and len(arguments) == 1 and isinstance(arguments[0], feel.Text):
            return feel.Timed(arguments[0].value)
        return feel.Called(function, arguments)

    def listed(self, items: list[Expression]) -> Expression:
        return feel.Listed(tuple(items))

    def brackets(self, items: list[Expression]) -> Expression:
        return items[0] if isinstance(items[0], feel.Listed) else feel.Listed((items[0],))

    def negated(self, items: list[Expression]) -> Expression:
        return feel.Negated(items[0])

    def group(self, items: list[Expression]) -> Expression:
        return items[0]

    def against(self, items: list[Any]) -> Expression:
        return feel.Against(self._sign(items[0]), items[1])  # type: ignore[arg-type]  # the grammar knows no other signs

    def compared(self, items: list[Any]) -> Expression:
        return feel.Compared(self._sign(items[1]), items[0], items[2])  # type: ignore[arg-type]

    def chained(self, items: list[Any]) -> Expression:
        return feel.Joined("and", (self.compared(items[:3]), self.compared(items[2:])))

    def _sign(self, token: Token) -> str:
        return self.SIGNS.get(str(token), str(token))

    def between(self, items: list[Any]) -> Expression:
        return feel.Within(items[0], feel.Interval(items[1], items[2], from_low=True, to_high=True))

    def within(self, items: list[Any]) -> Expression:
        return feel.Within(*items)

    def within_sign(self, items: list[Any]) -> Expression:
        return feel.Within(items[0], self.against(items[1:]))

    def either(self, items: list[Any]) -> Expression:
        return feel.Joined("or", tuple(items))

    def both(self, items: list[Any]) -> Expression:
        return feel.Joined("and", tuple(items))

    def chosen(self, items: list[Any]) -> Expression:
        return feel.Chosen(*items)

    def reckoned(self, items: list[Any]) -> Expression:
        return feel.Reckoned(self._sign(items[1]), items[0], items[2])  # type: ignore[arg-type]

    def negative(self, items: list[Any]) -> Expression:
        if isinstance(items[1], feel.Number):
            return feel.Number(-items[1].value)
        return feel.Reckoned("-", feel.Number(Decimal(0)), items[1])

    def positive(self, items: list[Expression]) -> Expression:
        return items[1]

    def interval(self, items: list[Any]) -> Expression:
        return feel.Interval(items[1], items[2], from_low=items[0] == "[", to_high=items[3] == "]")


_BUILDER = _Builder()


def _unquoted(token: str) -> str:
    """The text between quotes, its escapes resolved where they are such as JSON has."""
    inner = re.sub(r"\\U([0-9A-Fa-f]{6})", lambda match: _sign(int(match[1], 16)), token[1:-1])
    try:
        return str(json.loads(f'"{inner}"', strict=False))
    except ValueError:
        return inner


def _sign(number: int) -> str:
    return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else "�"
