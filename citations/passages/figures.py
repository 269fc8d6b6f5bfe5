"""The figures in a sentence: what number, in what unit or of what, within what bound; "70 %", "7 of 10" and "seventy per cent" are one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from edgewise.citations.passages.number_words import DIGITS, IN_WORDS, PART_IN_WORDS, worth
from edgewise.citations.passages.words import SILENT, words
from edgewise.graph import clinical_units

Bound = Literal["", "≥", ">", "≤", "<"]
LONGEST = 20_000
"""Characters of one sentence that are looked at; no sentence is that long."""
_MOST_DIGITS = 15
_LONGEST_WORD = 60  # characters of a unit or a thing
_NUMBER = rf"(?>{DIGITS}(?:\s(?:thousand|million|billion)\b)?|\b{IN_WORDS}\b)"
_NOT_INSIDE = r"(?<![A-Za-z][-–])"  # the 6 of IL-6 counts nothing
_PERCENT = r"(?:\s?%|[ -]per ?cent(?:age points?)?\b)"
_FIGURE = re.compile(
    rf"""(?<![\w.,/-])(?P<share>{_NUMBER})(?:\s?/\s?|\s(?:out\ of|of(?:\ the|\ these|\ all)?|in)\s)(?P<whole>{_NUMBER})(?![\w/]|[.,][0-9])
    |\b(?P<part>{PART_IN_WORDS})
    |(?<![\w.,]){_NOT_INSIDE}(?P<low>{_NUMBER})(?P<lowunit>{_PERCENT})?(?P<joint>\s?[-–—−]\s?|\sto\s|\sand\s)(?P<high>{_NUMBER})(?!\.?[0-9])
    |(?<![\w,]){_NOT_INSIDE}(?<![0-9]\.)(?<!\^)(?P<one>{_NUMBER})(?![0-9⁰¹²³⁴⁵⁶⁷⁸⁹])""",
    re.IGNORECASE | re.VERBOSE,
)
_PERCENT_SIGN = re.compile(_PERCENT, re.IGNORECASE)
_BEFORE: tuple[tuple[Bound, str], ...] = (
    ("≥", r"(?:≥|>=|⩾|at least|no less than|not less than|(?:a )?minimum (?:of )?)"),
    ("≤", r"(?:≤|<=|⩽|at most|no more than|not more than|up to|(?:a )?maximum (?:of )?)"),
    (">", r"(?:>|more than|greater than|over|above|exceeding|exceeds?|higher than|longer than|older than)"),
    ("<", r"(?:<|less than|fewer than|under|below|lower than|shorter than|younger than)"),
)
_BOUND_BEFORE = tuple((bound, re.compile(rf"(?:(?<!\w)|(?<=[≥>≤<]))(?:{pattern})\s*$", re.IGNORECASE)) for bound, pattern in _BEFORE)
_BOUND_BEHIND: tuple[tuple[Bound, re.Pattern[str]], ...] = (
    ("≥", re.compile(r"\s(?:or|and) (?:more|above|over|older|longer|higher|greater)\b", re.IGNORECASE)),
    ("≤", re.compile(r"\s(?:or|and) (?:less|fewer|below|under|younger|shorter|lower)\b", re.IGNORECASE)),
)
_UNIT_WORD = re.compile(r"[\s-]?([^\s,;:()\[\].]+(?:\.[^\s,;:()\[\].]+)*)")
_NO_THING = frozenset("to and or of in at by per cent percent versus vs p ci confidence times fold".split())


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it stands in a sentence.

    Attributes:
        shown: as written, with its unit.
        low: the number; of a range, its lower end.
        high: the upper end of a range, else the number.
        unit: a UCUM code, ``%``, or empty.
        things: the stems of the words behind a number without unit: one of them is what is counted.
        bound: "at least" and its like.
        share: of how many it is, as ``10`` of "7 of 10"; `low` is then the part, 7/10.
    """

    shown: str
    low: Fraction
    high: Fraction
    unit: str = ""
    things: tuple[str, ...] = ()
    bound: Bound = ""
    share: Fraction | None = None

    @property
    def is_range(self) -> bool:
        """Whether it is one."""
        return self.low != self.high


def figures(sentence: str) -> tuple[Figure, ...]:
    """Every figure of a sentence, in their order.

    >>> [(one.shown, str(one.low), one.unit or one.things, one.bound) for one in figures("At least 70 % of 41 women, 7/10; in 6 weeks.")]
    [('70 %', '70', '%', '≥'), ('41 women', '41', ('woman',), ''), ('7/10', '7/10', (), ''), ('6 weeks', '6', 'wk', '')]
    >>> [(one.shown, str(one.low), str(one.high)) for one in figures("Relief of 80–90 %, in seventy per cent, two thirds of 1,711.")]
    [('80–90 %', '80', '90'), ('seventy per cent', '70', '70'), ('two thirds', '2/3', '2/3'), ('1,711', '1711', '1711')]
    """
    return _read(sentence[:LONGEST])


@lru_cache(maxsize=20_000)  # to rank sentences and to mark them asks for the same ones
def _read(sentence: str) -> tuple[Figure, ...]:
    return tuple(_figures(sentence))


def _figures(text: str) -> Iterator[Figure]:
    at = 0
    while match := _FIGURE.search(text, at):
        first = next(group for group in ("share", "part", "low", "one") if match[group])
        at = match.end()
        if max(sum(letter.isdigit() for letter in number) for number in match.groups(default="")) > _MOST_DIGITS:
            at = match.end(first)
            continue
        made = _share(match) if match["share"] else _span(text, match) if match["low"] else _alone(text, match)
        if made is None:  # 120/80, "in 2009": two numbers after all, of which the first is read now
            at = match.end(first)
            made = _number(text, match.start(first), at, worth(match[first]), worth(match[first])) if first != "one" else None
        if made is not None:
            yield made
            at = _unit(text, at)[1] if made.unit else at  # the 1.73 of mL/min/1.73 m² is no figure of its own


def _share(match: re.Match[str]) -> Figure | None:
    """A part of a whole, "7 of 10"; None where the two numbers are none."""
    part, whole = worth(match["share"]), worth(match["whole"])
    year = " in " in match[0].casefold() and whole > 1_000
    if year or whole < 2 or part > whole or part.denominator != 1 or whole.denominator != 1:
        return None
    return Figure(match[0], part / whole, part / whole, share=whole)


def _span(text: str, match: re.Match[str]) -> Figure | None:
    """A range; None where the second number is not the greater, or "and" joins two that nothing is said to lie between."""
    low, high = worth(match["low"]), worth(match["high"])
    apart = "and" in match["joint"] and not text[: match.start()].rstrip().casefold().endswith("between")
    if apart or low >= high:
        return None
    made = _number(text, match.start(), match.end(), low, high)
    return replace(made, unit="%") if match["lowunit"] and not made.unit else made


def _alone(text: str, match: re.Match[str]) -> Figure | None:
    """A number by itself, or a part in words; None for a "one" that counts nothing."""
    if match["part"]:
        number = worth(match["part"])
        return Figure(match["part"], number, number, share=Fraction(1))
    number = worth(match["one"])
    made = _number(text, match.start(), match.end(), number, number)
    return None if match["one"].casefold() == "one" and not made.unit else made


def _number(text: str, start: int, end: int, low: Fraction, high: Fraction) -> Figure:
    """A number or range with its unit, or with what is counted, and its bound."""
    unit, stop = _unit(text, end)
    behind = next(((bound, match.end()) for bound, pattern in _BOUND_BEHIND if (match := pattern.match(text, stop))), None)
    start_of_things = behind[1] if behind else stop
    things, shown = ((), start_of_things) if unit else _things(text, start_of_things)
    told = " ".join(f"{text[start:stop]} {text[start_of_things:shown]}".split())
    bound = _bound(text, start, counted=bool(things)) or (behind[0] if behind else "")
    return Figure(told, low, high, unit, things, bound)


def _unit(text: str, at: int) -> tuple[str, int]:
    """The unit behind a number, of up to three words, and where it ends."""
    if percent := _PERCENT_SIGN.match(text, at):
        return "%", percent.end()
    for end in reversed(_word_ends(text, at, 3)):
        if code := _code(text[at:end].strip(" -")):
            return code, end
    return "", at


def _code(told: str) -> str:
    """The UCUM code of a unit as the list of clinical units knows it; empty for any other word."""
    if len(told) > 30 or not any(letter.isalpha() or letter in "°µ" for letter in told) or told.casefold() in SILENT | _NO_THING:
        return ""
    known = clinical_units.exactly(told) or clinical_units.spelt(told)
    if known or "/" not in told:
        return known
    parts = [clinical_units.exactly(part) or clinical_units.spelt(part) for part in told.split("/")]
    return "/".join(parts) if all(parts) else ""  # mg/kg/day: each of its parts is known


def _things(text: str, at: int) -> tuple[tuple[str, ...], int]:
    """The stems of the next two words at the most, one of which is what is counted; and where they end."""
    stems: list[str] = []
    stop = at
    for end in _word_ends(text, at, 2):
        word = text[stop:end].strip(" -").casefold()
        if not word.isalpha() or word in SILENT | _NO_THING:
            break
        stems += words(word)
        stop = end
        if word.endswith("s"):  # two steps fail: what is counted has come
            break
    return tuple(stems), stop


def _word_ends(text: str, at: int, most: int) -> list[int]:
    ends: list[int] = []
    stop = at + most * _LONGEST_WORD
    while len(ends) < most and (found := _UNIT_WORD.match(text, ends[-1] if ends else at, stop)):
        ends.append(found.end())
    return ends


def _bound(text: str, start: int, *, counted: bool) -> Bound:
    """The bound that stands in front of a number."""
    before = text[max(0, start - 30) : start]
    if counted and before.casefold().rstrip().endswith("over"):  # pooled over 27 studies
        return ""
    return next((bound for bound, pattern in _BOUND_BEFORE if pattern.search(before)), "")
