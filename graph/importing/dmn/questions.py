"""The observables of an imported model: what is asked, of which kind the answers are, and how a test on one reads in a guideline."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from edgewise.graph.importing.dmn import expressions as feel
from edgewise.graph.importing.dmn.criteria import ALWAYS, NEVER, Criterion, all_of, any_of, negation
from edgewise.graph.importing.dmn.expressions import Expression
from edgewise.graph.importing.dmn.types import Kind
from edgewise.graph.importing.sheets import Sheet, code

_DIGITS = 15  # before and behind the point, that a guideline holds
_TIMES: tuple[Kind, ...] = ("days", "months", "span")
_NUMBERS: tuple[Kind, ...] = ("quantity", "count", *_TIMES)
_KEYS = {"<": "lessThan", "<=": "atMost", ">": "moreThan", ">=": "atLeast"}
_TIME = re.compile(r"(?P<sign>-?)P(?:(?P<w>\d+)W)?(?:(?P<d>\d+)D)?(?:T(?:(?P<h>\d+)H)?(?:(?P<m>\d+)M)?(?:(?P<s>\d+(?:\.\d+)?)S)?)?")
_MONTHS = re.compile(r"(?P<sign>-?)P(?:(?P<y>\d+)Y)?(?:(?P<m>\d+)M)?")
_SECONDS = {"w": 604800, "d": 86400, "h": 3600, "min": 60, "s": 1}
_PRESENT = "present"


class Unreadable(Exception):
    """A condition that no criterion says; `why` is one sentence."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(slots=True)
class Question:
    """What is asked, and what was seen of its answers.

    Attributes:
        label: for readers.
        asked_as: the expression by which the file asks.
        line: where the file first asks it.
        kind: of its answers.
        values: texts that are allowed or named, in order.
        closed: whether no other texts than those allowed can be.
        null: whether a test asks for no value.
        declared: the type that the file says, where the values named are of another.
        strangers: values that tests name although they are not allowed, with their lines; they are taken for allowed.
        id: of the observable, once it is made.
    """

    label: str
    asked_as: str = ""
    line: int = 0
    kind: Kind = ""
    help: str = ""
    values: list[str] = field(default_factory=list)
    closed: bool = False
    null: bool = False
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = "1"
    id: str = ""
    present: str = ""
    declared: str = ""
    strangers: dict[str, int] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    seen: list[Expression] = field(default_factory=list)
    lines: dict[Expression, int] = field(default_factory=dict)

    def saw(self, test: Expression, line: int = 0) -> None:
        """Take note of the values that a test names, on a line of the file."""
        for one in feel.everything_in(test):
            if isinstance(one, feel.Text | feel.Number | feel.Truth | feel.Null | feel.Timed | feel.Span):
                self.seen.append(one)
                self.lines.setdefault(one, line)

    def settle(self) -> None:
        """Decide what was not said: the kind by the values named, the values of a choice, the unit of a time."""
        self.null = self.null or any(isinstance(one, feel.Null) for one in self.seen)
        self._weigh_kind(_kind(self.seen))
        if self.kind == "choice":
            named = {one.value: self.lines.get(one, 0) for one in self.seen if isinstance(one, feel.Text)}
            self.strangers = {text: line for text, line in named.items() if self.closed and text not in self.values}
            self.values = list(dict.fromkeys([*self.values, *named]))
        if self.kind in ("days", "months"):
            self.unit = _unit(self.kind, [one.text for one in self.seen if isinstance(one, feel.Timed)])
        if self.kind == "span":
            units = {one.unit for one in self.seen if isinstance(one, feel.Span)}
            self.unit = units.pop() if len(units) == 1 else "d"

    def _weigh_kind(self, named: Kind) -> None:
        """Take the kind of the values named where the file says none, or one that no value named is of."""
        if self.kind == "choice" and not self.values and named not in ("", "choice", "other"):
            self.declared, self.kind = "string", named
        elif self.kind == "count" and any(_broken(one) for one in self.seen):
            self.declared, self.kind = "integer", "quantity"
        self.kind = self.kind or named

    def make(self, sheet: Sheet) -> bool:
        """Ask the question in a guideline; False where no rule tells what its answers are."""
        asked_as = f"{self.asked_as} in the file." if self.asked_as and self.asked_as != self.label else ""
        more: dict[str, Any] = {"help": " ".join(filter(None, (self.help, asked_as)))}
        if self.kind == "choice" and (self.values or self.null):
            self.id = sheet.observable(self.label, "choice", choices=self._choices(), **more)
        elif self.kind == "yes-no" and self.null:
            self.values, self.closed = ["true", "false"], True
            self.id = sheet.observable(self.label, "choice", choices=self._choices(), **more)
        elif self.kind == "yes-no":
            self.id = sheet.observable(self.label, "yes-no", **more)
        elif self.kind in _NUMBERS:
            kind = "count" if self.kind == "count" else "quantity"
            more |= {"min": self.low, "max": self.high} | ({} if kind == "count" else {"unit": self.unit})
            if self.null:
                question = f"Is there a value for {self.label}?"
                self.present = sheet.observable(f"{self.label} {_PRESENT}", "yes-no", question=question)
            self.id = sheet.observable(self.label, kind, **more)
        return bool(self.id)

    def _choices(self) -> Iterator[tuple[str, str]]:
        for text in sorted(self.values, key=lambda one: code(one) != one):  # those that are codes already keep theirs
            self.codes[text] = code(text, [*self.codes.values(), "other", "none"])
        yield from ((self.codes[text], text or "empty text") for text in self.values)
        if not self.closed:
            yield "other", "any other value"
        if self.null:
            yield "none", "no value (null)"

    def limit(self, low: Fraction | None, high: Fraction | None) -> None:
        """No answer is below `low` or above `high`.

        Raises:
            Unreadable: then there would be none at all.
        """
        least = self.low if low is None or self.low is not None else held(low)
        most = self.high if high is None or self.high is not None else held(high)
        if least is not None and most is not None and least > most:
            raise Unreadable("No value lies in this range.")
        self.low, self.high = least, most

    def something(self) -> Criterion:
        """A comparison with the answer, whichever."""
        if self.codes or self.kind == "choice":
            return {"observable": self.id, "oneOf": [next(iter(self.codes.values()), "none")]}
        if self.kind == "yes-no":
            return {"observable": self.id, "is": "yes"}
        return {"observable": self.id, "atLeast": Decimal(0)} | ({} if self.kind == "count" else {"unit": self.unit})

    # Tests --------------------------------------------------------------------------------------------------------------

    def test(self, test: Expression, numbers: Formulas | None = None) -> Criterion:
        """A test on the answer as a criterion.

        Raises:
            Unreadable: none says it.
        """
        if self.kind == "other":
            raise Unreadable("Days, times of day, lists and values with several parts are not compared.")
        if not self.id:
            raise Unreadable("What its answers are is not told by the file.")
        match test:
            case feel.Listed(items):
                return any_of(self.test(item, numbers) for item in items)
            case feel.Negated(item):
                return negation(self.test(item, numbers))
            case feel.Against("=", bound):
                return self.test(bound, numbers)
            case feel.Against("!=", bound):
                return negation(self.test(bound, numbers))
            case feel.Null():
                return self._absent()
            case feel.Text(value) if self.kind == "choice":
                return {"observable": self.id, "oneOf": [self.codes[value]]} if value in self.codes else NEVER
            case feel.Truth(value) if self.kind == "yes-no":
                return self._truth(value)
            case _ if self.kind in _NUMBERS:
                return self._number(test, numbers)
        if isinstance(test, feel.Name):
            raise Unreadable(f"“{test}” is a name that stands for no value here; a text stands between quotes.")
        raise Unreadable(f"It does not fit answers of the kind {self.kind or 'unknown'}.")

    def _absent(self) -> Criterion:
        if self.present:
            return {"observable": self.present, "is": "no"}
        return {"observable": self.id, "oneOf": ["none"]}

    def _truth(self, value: bool) -> Criterion:
        if self.codes:
            return {"observable": self.id, "oneOf": [str(value).lower()]}
        return {"observable": self.id, "is": "yes" if value else "no"}

    def _number(self, test: Expression, numbers: Formulas | None) -> Criterion:
        by_unit: dict[str, dict[str, object]] = {}
        for key, bound in _bounds(test):
            unit = bound.unit if isinstance(bound, feel.Span) else self.unit
            by_unit.setdefault(unit, {})[key] = self._bound(bound, numbers)
        present: Criterion = {"observable": self.present, "is": "yes"} if self.present else ALWAYS
        return all_of([present, *(self._within(bounds, unit) for unit, bounds in by_unit.items())])

    def _within(self, bounds: dict[str, object], unit: str) -> Criterion:
        asked = self._possible(bounds) if unit == self.unit else bounds
        if asked is None or not asked:
            return NEVER if asked is None else ALWAYS
        return {"observable": self.id, **asked, **({} if self.kind == "count" else {"unit": unit})}

    def _possible(self, bounds: dict[str, object]) -> dict[str, object] | None:
        """The bounds that some possible value meets and some does not; None where no value meets all of them."""
        found = {key: bound for key, bound in bounds.items() if not isinstance(bound, Decimal) or not self._beyond(bound)}
        for key, bound in bounds.items():
            if key not in found and self._unmet(key, bound):
                return None
        low, high = (
            next((bounds[key] for key in keys if key in bounds), None) for keys in (("atLeast", "moreThan"), ("atMost", "lessThan"))
        )
        if isinstance(low, Decimal) and isinstance(high, Decimal):
            closed = "atLeast" in bounds and "atMost" in bounds
            if low > high or (low == high and not closed):
                return None
        return found

    def _beyond(self, bound: Decimal) -> bool:
        """Whether a bound lies outside all that can be answered."""
        return (self.low is not None and bound < self.low) or (self.high is not None and bound > self.high)

    def _unmet(self, key: str, bound: object) -> bool:
        """Whether a bound outside all that can be answered is met by none of it."""
        above = isinstance(bound, Decimal) and self.high is not None and bound > self.high
        return above == (key in ("atLeast", "moreThan"))

    def _bound(self, bound: Expression, numbers: Formulas | None) -> object:
        if isinstance(bound, feel.Timed) and self.kind in ("days", "months"):
            return held(_length(bound.text, self.kind, self.unit))
        if isinstance(bound, feel.Span) and self.kind in _TIMES:
            return held(Fraction(bound.value))
        if self.kind in _TIMES or isinstance(bound, feel.Span):
            raise Unreadable("A stretch of time is compared with a stretch of time.")
        found = constant(bound)
        if found is not None:
            return held(found)
        if numbers is None:
            raise Unreadable("It is compared with something that is no plain value.")
        return numbers.formula(bound, self.id)


Finder = Callable[[feel.Name], Question | None]
"""Finds the question that a name stands for; None where it stands for none."""


class Formulas:
    """Bounds that are worked out from other answers, as far as a guideline works them out: sums, differences and products."""

    def __init__(self, find: Finder) -> None:
        self._find = find

    def formula(self, expression: Expression, compared: str) -> object:
        """The formula for a bound of an observable.

        Raises:
            Unreadable: it takes something else than numbers, or what it is compared with itself.
        """
        found = self._operand(expression, compared)
        return found if isinstance(found, dict) else {"observable": found}

    def _operand(self, expression: Expression, compared: str) -> object:
        if (number := constant(expression)) is not None:
            return held(number)
        match expression:
            case feel.Name():
                question = self._find(expression)
                if question is None or question.kind not in ("quantity", "count") or question.id in ("", compared):
                    raise Unreadable(f"“{expression}” is no number that a bound can be worked out from.")
                return question.id
            case feel.Reckoned(sign, left, right) if sign in ("+", "-", "*"):
                key = {"+": "plus", "-": "minus", "*": "times"}[sign]
                return {key: [self._operand(left, compared), self._operand(right, compared)]}
        raise Unreadable("It is compared with what cannot be worked out.")


def constant(expression: Expression) -> Fraction | None:
    """The number that an expression of numbers alone comes to; None where it is no such.

    >>> constant(feel.Reckoned("/", feel.Number(Decimal(5)), feel.Number(Decimal(2))))
    Fraction(5, 2)
    """
    match expression:
        case feel.Number(value):
            return Fraction(value) if abs(value.adjusted()) <= 2 * _DIGITS else None
        case feel.Reckoned(sign, left, right):
            one, other = constant(left), constant(right)
            if one is None or other is None or (sign == "/" and not other):
                return None
            return _worked_out(sign, one, other)
    return None


def _worked_out(sign: str, one: Fraction, other: Fraction) -> Fraction | None:
    if sign == "**":
        whole = other.denominator == 1 and 0 <= other <= 9
        return Fraction(one ** int(other)) if whole else None
    return {"+": lambda: one + other, "-": lambda: one - other, "*": lambda: one * other, "/": lambda: one / other}[sign]()


def held(number: Fraction) -> Decimal:
    """The number as a guideline holds it.

    Raises:
        Unreadable: it has too many digits.

    >>> held(Fraction(5, 2))
    Decimal('2.5')
    """
    scaled = number * 10**_DIGITS
    if scaled.denominator != 1 or abs(number) >= 10**_DIGITS:
        raise Unreadable(f"The number has more than {_DIGITS} digits before or behind the point.")
    sign, digits = (1 if scaled < 0 else 0), tuple(map(int, str(abs(scaled.numerator))))
    found = Decimal((sign, digits, -_DIGITS))
    text = f"{found:f}".rstrip("0").rstrip(".")
    return Decimal(text if text not in ("", "-", "-0") else "0")


def _kind(seen: Iterable[Expression]) -> Kind:
    """The kind of answers by the values that tests name; empty where there are none, or of several kinds."""
    kinds: set[Kind] = set()
    for one in seen:
        match one:
            case feel.Text():
                kinds.add("choice")
            case feel.Number():
                kinds.add("quantity")
            case feel.Truth():
                kinds.add("yes-no")
            case feel.Span():
                kinds.add("span")
            case feel.Timed(text):
                kinds.add("months" if _MONTHS.fullmatch(text) else "days" if _TIME.fullmatch(text) else "other")
    return kinds.pop() if len(kinds) == 1 else "other" if kinds else ""


def _broken(value: Expression) -> bool:
    """Whether a value is a number that is not whole."""
    number = constant(value) if isinstance(value, feel.Number) else None
    return number is not None and number.denominator != 1


def _bounds(test: Expression) -> Iterator[tuple[str, Expression]]:
    """The bounds of a test on a number, with their keys."""
    match test:
        case feel.Against(sign, bound):
            yield _KEYS[sign], bound
        case feel.Interval(low, high, from_low, to_high):
            yield "atLeast" if from_low else "moreThan", low
            yield "atMost" if to_high else "lessThan", high
        case _:
            yield "atLeast", test
            yield "atMost", test


def _unit(kind: Kind, texts: Iterable[str]) -> str:
    """The largest unit in which all stretches of time are whole numbers."""
    units = ("a", "mo") if kind == "months" else ("d", "h", "min", "s")
    for unit in units:
        try:
            if all(_length(text, kind, unit).denominator == 1 for text in texts):
                return unit
        except Unreadable:
            continue
    return units[-1]


def _length(text: str, kind: Kind, unit: str) -> Fraction:
    """How long a stretch of time is, in a unit.

    >>> _length("P1DT12H", "days", "h"), _length("P1Y6M", "months", "mo")
    (Fraction(36, 1), Fraction(18, 1))
    """
    match = (_MONTHS if kind == "months" else _TIME).fullmatch(text.strip()[:60])
    parts = {key: Fraction(value) for key, value in match.groupdict().items() if value and key != "sign"} if match else {}
    if not match or not parts:
        raise Unreadable("It is compared with what is no stretch of time of its kind.")
    sign = -1 if match["sign"] else 1
    if kind == "months":
        months = parts.get("y", Fraction(0)) * 12 + parts.get("m", Fraction(0))
        return sign * (months / 12 if unit == "a" else months)
    seconds = sum(Fraction(parts.get(key, 0)) * size for key, size in zip("wdhms", _SECONDS.values(), strict=True))
    return sign * Fraction(seconds) / _SECONDS[unit]
