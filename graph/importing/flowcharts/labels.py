"""What the labels of arrows say, where they say it plainly: yes or no, or a range of one quantity; nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from edgewise.graph.clinical_units import spelt

_YES = frozenset("yes y true ja oui si sí sim positive(yes) ✓ ✔".split())
_NO = frozenset("no n false nein non nee não ✗ ✘".split())
_ELSE = frozenset(("else", "otherwise", "default", "none of these", "none of the above", "in all other cases", "all others"))

_AT_LEAST = r">=|=>|≥|⩾|≧|at least|minimum(?: of)?|not less than|no less than|from"
_MORE = r">|more than|greater than|higher than|older than|longer than|over|above|exceeds"
_AT_MOST = r"<=|=<|≤|⩽|≦|at most|up to|maximum(?: of)?|no more than|not more than"
_LESS = r"<|less than|lower than|fewer than|younger than|shorter than|under|below"
_SIGNS: tuple[tuple[str, str], ...] = ((_AT_LEAST, "atLeast"), (_AT_MOST, "atMost"), (_MORE, "moreThan"), (_LESS, "lessThan"))
_NUMBER = r"[-−]?\d{1,9}(?:[.,]\d{1,6})?"
_UNIT = r"[^\d\s<>≤≥=,;:&|()?!][^<>≤≥=,;:&|()?!]{0,30}?"
_NAME = r"[^\W\d][^<>≤≥=≦≧⩽⩾]{0,60}?"
_UP = r"or more|or above|or higher|or over|or older|or greater|or longer|and above|and over|and older|and more|and higher|\+"
_DOWN = r"or less|or below|or lower|or under|or younger|or fewer|or shorter|and below|and under|and younger|and less|and lower"
_SIGN = "|".join(sign for sign, _ in _SIGNS)
_ONE_SIDED = re.compile(rf"(?:(?P<name>{_NAME})\s*)??(?P<sign>{_SIGN}|=)\s*(?P<number>{_NUMBER})\s*(?P<unit>{_UNIT})?", re.IGNORECASE)
_BEHIND = re.compile(rf"(?P<number>{_NUMBER})\s*(?P<unit>{_UNIT})??\s*(?P<way>{_UP}|{_DOWN})", re.IGNORECASE)
_BETWEEN = re.compile(
    rf"(?:(?P<name>{_NAME})\s+)??(?:between\s+|from\s+)?(?P<low>{_NUMBER})\s*(?P<unit1>{_UNIT})??\s*(?:-|–|—|−|to|and|until|\.\.)\s*"
    rf"(?P<high>{_NUMBER})\s*(?P<unit>{_UNIT})?",
    re.IGNORECASE,
)
_AROUND = re.compile(
    rf"(?P<low>{_NUMBER})\s*(?P<unit1>{_UNIT})??\s*(?P<first><=|≤|<)\s*(?P<name>{_NAME})?\s*(?P<second><=|≤|<)\s*(?P<high>{_NUMBER})\s*(?P<unit>{_UNIT})?",
    re.IGNORECASE,
)
_BARE = re.compile(rf"(?P<number>{_NUMBER})\s*(?P<unit>{_UNIT})?")
_LONGEST = 120

Bound = tuple[Literal["atLeast", "moreThan", "atMost", "lessThan"], Decimal]


@dataclass(frozen=True, slots=True)
class Span:
    """A range of numbers as a label gives it.

    Attributes:
        bounds: key of a comparison and number; one or two.
        unit: UCUM code, empty where the label names none.
        name: of what is compared, empty where the label names nothing.
        plain: whether it is a number alone, which may as well be a name.
    """

    bounds: tuple[Bound, ...]
    unit: str = ""
    name: str = ""
    plain: bool = False


def yes_or_no(label: str) -> str:
    """``yes``, ``no``, or nothing where a label is neither.

    >>> yes_or_no("Yes"), yes_or_no(" NO. "), yes_or_no("ja"), yes_or_no("no fever")
    ('yes', 'no', 'yes', '')
    """
    word = label.strip(" \t.,;:!()[]'\"").casefold()
    return "yes" if word in _YES else "no" if word in _NO else ""


def is_otherwise(label: str) -> bool:
    """Whether a label stands for all that the others leave.

    >>> is_otherwise("Else"), is_otherwise("other")
    (True, False)
    """
    return label.strip(" .,;:!()[]'\"").casefold() in _ELSE


def spans(labels: Sequence[str]) -> list[Span] | None:
    """The ranges of one quantity that these labels give; None unless each gives one, of one unit and one name.

    >>> [span.bounds for span in spans(["≥ 70 %", "50–69 %", "< 50 %"])][1]
    (('atLeast', Decimal('50')), ('atMost', Decimal('69')))
    >>> spans(["T > 2cm", "T <= 2cm"])[0]
    Span(bounds=(('moreThan', Decimal('2')),), unit='cm', name='T', plain=False)
    >>> spans(["> 2", "two or fewer"]), spans(["> 2 cm", "<= 2 mm"]), spans(["1", "2"]), spans(["≥ 70 %", "< 70"])
    (None, None, None, None)
    """
    found = [span for span in map(span_of, labels) if span]
    if len(found) < len(labels) or not found or all(span.plain for span in found):
        return None
    alike = len({_folded(span.unit) for span in found}) == 1 and len({span.name.casefold() for span in found if span.name}) <= 1
    return found if alike else None


def span_of(label: str) -> Span | None:
    """The range that one label gives; None where it does not plainly give one.

    >>> span_of(">= 3 weeks").unit, span_of("2 or more").bounds, span_of("18.5 ≤ BMI < 25").bounds
    ('wk', (('atLeast', Decimal('2')),), (('atLeast', Decimal('18.5')), ('lessThan', Decimal('25'))))
    >>> span_of("≥ 2 blocks").unit, span_of("1,000"), span_of("after 2 days"), span_of("38,5 °C or more").bounds
    ('{blocks}', None, None, (('atLeast', Decimal('38.5')),))
    """
    said = " ".join(label.split()).strip(" .;:")
    if not said or len(said) > _LONGEST:
        return None
    for read in (_around, _one_sided, _behind, _between, _bare):
        if (span := read(said)) is not None:
            return span
    return None


def _one_sided(said: str) -> Span | None:
    if (match := _ONE_SIDED.fullmatch(said)) is None:
        return None
    number = _number(match["number"])
    sign = match["sign"].casefold()
    keys = ["atLeast", "atMost"] if sign == "=" else [key for pattern, key in _SIGNS if re.fullmatch(pattern, sign)]
    return _span([(key, number) for key in keys], match["unit"], match["name"])


def _behind(said: str) -> Span | None:
    if (match := _BEHIND.fullmatch(said)) is None:
        return None
    key = "atLeast" if re.fullmatch(_UP, match["way"], re.IGNORECASE) else "atMost"
    return _span([(key, _number(match["number"]))], match["unit"], "")


def _between(said: str) -> Span | None:
    if (match := _BETWEEN.fullmatch(said)) is None:
        return None
    low, high = _number(match["low"]), _number(match["high"])
    unit1, unit = _code(match["unit1"]), _code(match["unit"])
    if low is None or high is None or low > high or unit is None or unit1 is None or (unit1 and unit1 != unit):
        return None
    return _span([("atLeast", low), ("atMost", high)], match["unit"], match["name"])


def _around(said: str) -> Span | None:
    if (match := _AROUND.fullmatch(said)) is None or (match["unit1"] and _code(match["unit1"]) != _code(match["unit"])):
        return None
    low, high = _number(match["low"]), _number(match["high"])
    if low is None or high is None or low > high:
        return None
    keys = ("moreThan" if match["first"] == "<" else "atLeast", "lessThan" if match["second"] == "<" else "atMost")
    return _span([(keys[0], low), (keys[1], high)], match["unit"], match["name"])


def _bare(said: str) -> Span | None:
    if (match := _BARE.fullmatch(said)) is None:
        return None
    number = _number(match["number"])
    span = _span([("atLeast", number), ("atMost", number)], match["unit"], "")
    return span and Span(span.bounds, span.unit, "", plain=True)


def _span(bounds: Sequence[tuple[str, Decimal | None]], unit: str | None, name: str | None) -> Span | None:
    code = _code(unit)
    if code is None or not bounds or any(number is None for _, number in bounds):
        return None
    return Span(tuple(bounds), code, " ".join((name or "").split()).strip(" :"))  # type: ignore[arg-type]  # the keys are those of _SIGNS


def _number(text: str) -> Decimal | None:
    """A number; None where a comma could as well part thousands."""
    plain = text.replace("−", "-")
    if re.fullmatch(r"-?\d{1,3},\d{3}", plain):
        return None
    return Decimal(plain.replace(",", "."))


def _code(unit: str | None) -> str | None:
    """The UCUM code; what is only counted as an annotation; None where it is neither."""
    said = " ".join((unit or "").split())
    if not said:
        return ""
    if code := spelt(said) or spelt(said.removesuffix(" old")):
        return code
    return f"{{{said}}}" if re.fullmatch(r"[a-z]{3,20}", said) and said not in ("and", "or", "to", "more", "less") else None


def _folded(unit: str) -> str:
    return unit[:-2] + "}" if unit.endswith("s}") else unit
