"""Plain conditions in FHIRPath and CQL: comparisons joined by *and*, *or*, *not*. What goes beyond them is refused, never guessed at.

FHIRPath: https://hl7.org/fhirpath/#grammar; CQL: https://cql.hl7.org/grammar.html. Of a path nothing is understood but its text: it is what
is asked for. Read are comparisons of a path with a number, a quantity, a text or a truth value, a list or a range of them, and paths that
are themselves true or false.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from edgewise.graph.importing.fhir.logic import Compared, Holds, Joined, Logic, Negated, NotPlain, Number, OneOf, size

LONGEST = 4000  # characters
_LARGEST_XOR = 16  # comparisons
DEEPEST = 40

_TOKEN = re.compile(
    r"""(?P<space>\s+|//[^\n]*|/\*.*?\*/)
    | (?P<text>'(?:[^'\\]|\\.)*')
    | (?P<quoted>"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`)
    | (?P<number>\d+(?:\.\d+)?)
    | (?P<word>%?[A-Za-z_][A-Za-z0-9_]*|%(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`)|\$this)
    | (?P<sign><=|>=|!=|<>|!~|[()\[\]{},.=<>~|+\-*/&@:;])""",
    re.VERBOSE | re.DOTALL,
)
_MIRRORED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "=", "!=": "!="}
_SPANS = {
    "year": "a", "years": "a", "month": "mo", "months": "mo", "week": "wk", "weeks": "wk", "day": "d", "days": "d",
    "hour": "h", "hours": "h", "minute": "min", "minutes": "min", "second": "s", "seconds": "s",
}  # fmt: skip
_JOINING = frozenset(
    "and or xor implies not in is between contains as mod div exists if then else case true false null".split(),
)
_OPERATORS = frozenset(("=", "!=", "<>", "<", ">", "<=", ">=", "~", "!~"))

_Literal: TypeAlias = "Number | str | bool"


def plain_logic(expression: str, *, cql: bool = False) -> Logic:
    """What an expression says.

    Args:
        expression: in FHIRPath or CQL.
        cql: whether it is CQL, where a name between double quotes is a definition's.

    Raises:
        NotPlain: it is more than plain comparisons.

    >>> plain_logic("%age >= 18 and Patient.gender = 'female'").parts[0]
    Compared(path='%age', sign='>=', number=Number(value=Decimal('18'), unit=''))
    >>> plain_logic("(Observation.value > 5 'mg').not()").part.number.unit
    'mg'
    >>> plain_logic('"Is Pregnant" and not "On Warfarin"', cql=True).parts[1]
    Negated(part=Holds(path='On Warfarin', defined=True))
    >>> plain_logic("today() - 18 years > Patient.birthDate")
    Traceback (most recent call last):
        ...
    edgewise.graph.importing.fhir.logic.NotPlain: '-' at character 9 is not read.
    """
    if len(expression) > LONGEST:
        raise NotPlain(f"It is longer than {LONGEST:,} characters.")
    return _Reader(expression, cql=cql).whole()


class _Token(NamedTuple):
    kind: str
    text: str
    start: int
    end: int


class _Reader:
    """Reads one expression by descent."""

    def __init__(self, expression: str, *, cql: bool) -> None:
        self._source, self._cql = expression, cql
        self._tokens = list(_tokens(expression))
        self._at = self._depth = 0

    def whole(self) -> Logic:
        found = self._implied()
        if self._now.kind != "end":
            raise self._refused()
        return found

    @property
    def _now(self) -> _Token:
        return self._tokens[self._at]

    def _next(self) -> _Token:
        token = self._now
        self._at += token.kind != "end"
        return token

    def _meets(self, *texts: str) -> bool:
        """Go on behind a sign or a word, if one of these is next."""
        found = self._now.kind in ("sign", "word") and self._now.text in texts
        self._at += found
        return found

    def _needs(self, text: str) -> None:
        if not self._meets(text):
            raise self._refused()

    def _refused(self, token: _Token | None = None) -> NotPlain:
        token = token or self._now
        if token.kind == "end":
            return NotPlain("It ends too early.")
        return NotPlain(f"'{token.text[:40]}' at character {token.start + 1} is not read.")

    # Joined -------------------------------------------------------------------------------------------------------------

    def _implied(self) -> Logic:
        self._depth += 1
        if self._depth > DEEPEST:
            raise NotPlain(f"It is nested more than {DEEPEST} deep.")
        found = self._either()
        while self._meets("implies"):
            found = Joined("any", (Negated(found), self._either()))
        self._depth -= 1
        return found

    def _either(self) -> Logic:
        found, parts = self._both(), list[Logic]()
        while True:
            if self._meets("or"):
                parts = parts or [found]
                parts.append(self._both())
                found = Joined("any", tuple(parts))
            elif self._meets("xor"):
                found, parts = self._one_alone(found), []
            else:
                return found

    def _one_alone(self, left: Logic) -> Logic:
        """``xor``: both sides are said twice, so that a chain of them would be a power of two."""
        token = self._tokens[self._at - 1]
        right = self._both()
        if size(left) + size(right) > _LARGEST_XOR:
            raise self._refused(token)
        return Joined("any", (Joined("all", (left, Negated(right))), Joined("all", (Negated(left), right))))

    def _both(self) -> Logic:
        parts = [self._compared()]
        while self._meets("and"):
            parts.append(self._compared())
        return parts[0] if len(parts) == 1 else Joined("all", tuple(parts))

    # Compared -----------------------------------------------------------------------------------------------------------

    def _compared(self) -> Logic:
        if self._meets("not"):
            return self._not()
        begin = self._now
        left = self._operand()
        if self._now.kind == "sign" and self._now.text in _OPERATORS:
            return self._operation(left, begin)
        if isinstance(left, (Number, str, bool)):
            raise self._refused(begin if self._now.kind == "end" else None)
        if isinstance(left, Holds):
            if self._meets("in"):
                return self._among(left)
            if self._meets("between"):
                return self._between(left)
        return self._judged(left) if self._meets("is") else left

    def _not(self) -> Logic:
        """The prefix binds closer than a comparison does, and yet is often written as if it did not: then it is refused."""
        begin = self._now
        part = self._operand()
        compared = self._now.kind == "sign" and self._now.text in _OPERATORS
        if isinstance(part, (Number, str, bool)) or compared or self._now.text in ("is", "in", "between"):
            raise self._refused(None if compared else begin)
        return Negated(part)

    def _operation(self, left: Logic | _Literal, begin: _Token) -> Logic:
        token = self._next()
        place = self._now
        right = self._operand()
        sign = {"<>": "!=", "~": "=", "!~": "!="}.get(token.text, token.text)
        if not isinstance(left, (Number, str, bool)):
            if not isinstance(right, (Number, str, bool)):
                raise self._refused(place)
            found = self._against(left, sign, right, token)
        elif isinstance(right, (Number, str, bool)):
            raise self._refused(begin)
        else:
            found = self._against(right, _MIRRORED[sign], left, token)
        if self._now.kind == "sign" and self._now.text in _OPERATORS:
            raise self._refused()
        return found

    def _against(self, left: Logic, sign: str, right: _Literal, token: _Token) -> Logic:
        if isinstance(right, bool):
            if sign not in ("=", "!="):
                raise self._refused(token)
            return left if right == (sign == "=") else Negated(left)
        if not isinstance(left, Holds):
            raise self._refused(token)
        if isinstance(right, str):
            if sign not in ("=", "!="):
                raise self._refused(token)
            one: Logic = OneOf(left.path, (right,))
        else:
            if token.text in ("~", "!~"):  # rounds to the less precise of the two
                raise self._refused(token)
            one = Compared(left.path, "=" if sign == "!=" else sign, right)  # type: ignore[arg-type]
        return Negated(one) if sign == "!=" else one

    def _judged(self, left: Logic) -> Logic:
        """``is true``, ``is not false``: where nothing is known CQL takes a side, and a guideline asks."""
        denied = self._meets("not")
        if not self._meets("true"):
            self._needs("false")
            denied = not denied
        return Negated(left) if denied else left

    def _between(self, left: Holds) -> Logic:
        low = self._number()
        self._needs("and")
        return Joined("all", (Compared(left.path, ">=", low), Compared(left.path, "<=", self._number())))

    def _among(self, left: Holds) -> Logic:
        """``in {'a', 'b'}``, ``in ('a' | 'b')``, ``in Interval[1, 5)``."""
        if self._meets("Interval"):
            opened = self._next()
            low = self._number()
            self._needs(",")
            high = self._number()
            closed = self._next()
            if opened.text not in ("[", "(") or closed.text not in ("]", ")"):
                raise self._refused(opened)
            above, below = ">=" if opened.text == "[" else ">", "<=" if closed.text == "]" else "<"
            return Joined("all", (Compared(left.path, above, low), Compared(left.path, below, high)))  # type: ignore[arg-type]
        end, between = ("}", ",") if self._meets("{") else (")", "|")
        if end == ")":
            self._needs("(")
        texts = [self._text()]
        while self._meets(between):
            texts.append(self._text())
        self._needs(end)
        return OneOf(left.path, tuple(dict.fromkeys(texts)))

    # Operands -----------------------------------------------------------------------------------------------------------

    def _operand(self) -> Logic | _Literal:
        token = self._now
        if token.kind == "text":
            return self._text()
        if token.kind == "number" or (token.text == "-" and self._tokens[self._at + 1].kind == "number"):
            return self._number()
        if self._meets("true"):
            return True
        if self._meets("false"):
            return False
        if self._meets("("):
            inner = self._implied()
            self._needs(")")
            return self._refuted(inner)
        return self._path()

    def _refuted(self, inner: Logic) -> Logic:
        """What stands in brackets, and whether ``.not()`` behind them denies it."""
        while self._now.text == "." and self._tokens[self._at + 1].text == "not":
            self._at += 2
            self._needs("(")
            self._needs(")")
            inner = Negated(inner)
        return inner

    def _path(self) -> Logic:
        begin = self._now
        parts = [self._step(first=True)]
        ends, denied = self._tokens[self._at - 1].end, False
        while self._now.kind == "sign" and self._now.text == ".":
            self._at += 1
            if self._now.text == "not":
                self._at += 1
                self._needs("(")
                self._needs(")")
                denied = not denied
                continue
            if denied:
                raise self._refused()
            parts.append(self._step())
            ends = self._tokens[self._at - 1].end
        defined = self._cql and all(kind == "quoted" or (at == 0 and kind == "word") for at, (kind, _) in enumerate(parts))
        defined = defined and parts[-1][0] == "quoted"
        path = ".".join(text for _, text in parts) if defined else " ".join(self._source[begin.start : ends].split())
        found = Holds(path, defined)
        return Negated(found) if denied else found

    def _step(self, *, first: bool = False) -> tuple[str, str]:
        """A name of a path with its arguments; as a definition's a name between quotes stands without them."""
        token = self._next()
        if token.kind == "quoted":
            text = re.sub(r"\\(.)", r"\1", token.text[1:-1])
            if not text.strip():
                raise self._refused(token)
        elif token.kind == "word" and not (first and token.text in _JOINING):
            text = token.text
        else:
            raise self._refused(token)
        if token.kind == "word" and token.text not in ("Interval", "List", "Tuple") and self._now.text == "(" and self._now.kind == "sign":
            self._arguments()
            return "called", text
        if self._now.kind == "sign" and self._now.text == "[":
            self._index()
            return "called", text
        return token.kind, text

    def _arguments(self) -> None:
        """Go on behind a pair of brackets, whatever stands between them."""
        depth = 0
        while True:
            token = self._next()
            if token.kind == "end":
                raise self._refused(token)
            depth += (token.text == "(") - (token.text == ")") if token.kind == "sign" else 0
            if not depth:
                return

    def _index(self) -> None:
        self._needs("[")
        if self._next().kind != "number":
            raise self._refused(self._tokens[self._at - 1])
        self._needs("]")

    def _text(self) -> str:
        token = self._next()
        if token.kind != "text" or not token.text[1:-1].strip():
            raise self._refused(token)
        return re.sub(r"\\(.)", r"\1", token.text[1:-1])

    def _number(self) -> Number:
        below = self._meets("-")
        token = self._next()
        if token.kind != "number":
            raise self._refused(token)
        value = -Decimal(token.text) if below else Decimal(token.text)
        if self._now.kind == "text":
            return Number(value, self._text())
        if self._now.kind == "word" and self._now.text in _SPANS:
            return Number(value, _SPANS[self._next().text])
        return Number(value)


def _tokens(source: str) -> list[_Token]:
    found, at = list[_Token](), 0
    while at < len(source):
        match = _TOKEN.match(source, at)
        if match is None:
            raise NotPlain(f"'{source[at]}' at character {at + 1} is not read.")
        kind = str(match.lastgroup)
        if kind != "space":
            found.append(_Token(kind, match[0], match.start(), match.end()))
        at = match.end()
    return [*found, _Token("end", "", at, at), _Token("end", "", at, at)]
