"""Criteria evaluated on partial facts, each with a trace in plain words.

Every trace carries two truths: `truth` on the facts as they are, and `later`: the same with everything unknown that waiting or
repeating can still change (months that go by, attempts, a series with fewer values than are asked for). A criterion that is
false now and not false later is *not yet*.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from edgewise.graph.attribution import READING, mark
from edgewise.graph.bands import bounds
from edgewise.graph.law import combined, read
from edgewise.graph.model import AllOf, AnyOf, Comparison, Criterion, Not, Observable
from edgewise.graph.units import printed
from edgewise.graph.walking.facts import Answer, Facts
from edgewise.graph.walking.kleene import Kleene, Truth

_TESTS: Mapping[str, Callable[[Decimal, Decimal], bool]] = {"≥": operator.ge, ">": operator.gt, "≤": operator.le, "<": operator.lt}
_KLEENE = Kleene()
_WORDS = {"≥": "at least", ">": "more than", "≤": "at most", "<": "less than"}
_KEYS = {"≥": "atLeast", ">": "moreThan", "≤": "atMost", "<": "lessThan"}


@dataclass(frozen=True, slots=True)
class Trace:
    """How a criterion came out.

    Attributes:
        criterion: what was evaluated.
        truth: on the facts as they are.
        later: once all is unknown that waiting or repeating can still change.
        text: the outcome in plain words.
        parts: traces of its parts.
    """

    criterion: Criterion
    truth: Truth
    later: Truth
    text: str
    parts: tuple[Trace, ...] = ()

    def unsettled(self) -> Iterator[str]:
        """Observables of all comparisons that may still come out otherwise, whether or not they decide anything."""
        if isinstance(self.criterion, Comparison) and self.later is Truth.UNKNOWN:
            yield self.criterion.observable
        for part in self.parts:
            yield from part.unsettled()

    def asks(self) -> tuple[str, ...]:
        """Observables that could still decide it: those not known, and those that waiting or repeating can change."""
        if self.later is not Truth.UNKNOWN:
            return ()
        if isinstance(self.criterion, Comparison):
            return (self.criterion.observable,)
        return tuple(dict.fromkeys(id for part in self.parts for id in part.asks()))


def evaluate(criterion: Criterion, facts: Facts, observables: Mapping[str, Observable]) -> Trace:
    """Evaluate a criterion in Kleene's logic.

    What the walk assumes beside the facts, and when an answer does not stand yet, is not looked at: that is `edgewise.graph.law`.

    Args:
        criterion: of which comparisons name `observables`.
        facts: values by observable id; absent is unknown.
        observables: by id.

    >>> from edgewise.graph.model import Comparison, Observable
    >>> relief = Observable("relief", "Relief", "How much?", "quantity", unit="%", repeated=True)
    >>> twice = Comparison("c", "relief", bounds=(("≥", Decimal(70)),), unit="%", times=2, label="blocks with relief of at least 70 %")
    >>> trace = evaluate(twice, {"relief": (Decimal(95),)}, {"relief": relief})
    >>> trace.truth, trace.later, trace.text
    (<Truth.FALSE: 'false'>, <Truth.UNKNOWN: 'unknown'>, 'blocks with relief of at least 70 %: 1 of 2 (95 %)')
    """

    def leaf(comparison: Comparison) -> Trace:
        return compare(comparison, facts.get(comparison.observable), observables[comparison.observable])

    return read(criterion, leaf, joined)


def joined(criterion: Criterion, parts: tuple[Trace, ...]) -> Trace:
    """The trace of a criterion out of those of its parts."""
    truth = combined(_KLEENE, criterion, [part.truth for part in parts])
    later = combined(_KLEENE, criterion, [part.later for part in parts])
    if isinstance(criterion, Not):
        return Trace(criterion, truth, later, f"not ({parts[0].text})", parts)
    joint = "; and " if isinstance(criterion, AllOf) else "; or "
    return Trace(criterion, truth, later, joint.join([part.text for part in parts]), parts)


def words(criterion: Criterion, observables: Mapping[str, Observable]) -> str:
    """A criterion in words, whatever the facts.

    >>> from edgewise.graph.model import Comparison, Observable
    >>> words(Comparison("c", "months", bounds=(("≥", Decimal(3)),), unit="mo"), {"months": Observable("months", "Months", "", "quantity")})
    'Months: at least 3 months'
    """
    if isinstance(criterion, Comparison):
        asked = observables[criterion.observable]
        return named(criterion, asked) if criterion.label else f"{asked.label}: {requirement(criterion, asked)}"
    if isinstance(criterion, Not):
        return f"not ({words(criterion.part, observables)})"
    if criterion.label:
        return criterion.label
    joint = "; and " if isinstance(criterion, AllOf) else "; or "
    return joint.join(_bracketed(part, words(part, observables)) for part in criterion.parts)


def _bracketed(part: Criterion, text: str) -> str:
    return f"({text})" if isinstance(part, AllOf | AnyOf) and not part.label else text


def requirement(criterion: Comparison, observable: Observable) -> str:
    """What a comparison asks for: ``at least 70 % in 2``, ``yes``, ``Negative or Equivocal``; what the modeller inferred is marked."""
    if criterion.answer:
        return criterion.answer + mark(criterion, "is")
    if criterion.one_of:
        return _listed(criterion, observable) + mark(criterion, "oneOf")
    bounds = " and ".join(_bound(criterion, sign, bound) + mark(criterion, _KEYS[sign]) for sign, bound in criterion.bounds)
    several = observable.repeated and criterion.times > 1
    return f"{bounds} in {criterion.times}{mark(criterion, 'times')}" if several else bounds


def named(criterion: Comparison, observable: Observable) -> str:
    """What a comparison is called; behind it, which of its values are the modeller's.

    >>> twice = Comparison("c", "relief", bounds=(("≥", Decimal(80)),), unit="%", times=2, label="two blocks of 80 %", inferred=("times",))
    >>> named(twice, Observable("relief", "Relief", "", "quantity", unit="%", repeated=True))
    "two blocks of 80 % (2: modeller's reading)"
    """
    name = criterion.label or observable.label
    inferred = reading(criterion, observable)
    return f"{name} ({inferred})" if inferred else name


def reading(criterion: Comparison, observable: Observable) -> str:
    """Which values of a comparison are the modeller's: ``2: modeller's reading``; empty where none is."""
    if not criterion.inferred:
        return ""
    values = {"is": criterion.answer, "oneOf": _listed(criterion, observable)}
    values |= {_KEYS[sign]: _bound(criterion, sign, bound) for sign, bound in criterion.bounds}
    values["times"] = str(criterion.times)
    inferred = ", ".join(value for key, value in values.items() if key in criterion.inferred)
    return f"{inferred}: {READING}" if inferred else ""


def _listed(criterion: Comparison, observable: Observable) -> str:
    labels = dict(observable.choices)
    return " or ".join(labels.get(value, value) for value in criterion.one_of)


def _bound(criterion: Comparison, sign: str, bound: Decimal) -> str:
    return f"{_WORDS[sign]} {printed(bound, criterion.unit)}"


def compare(criterion: Comparison, answer: Answer | None, observable: Observable) -> Trace:
    """How a comparison comes out on an answer; None is not known."""
    name = named(criterion, observable)
    if answer is None:
        return Trace(criterion, Truth.UNKNOWN, Truth.UNKNOWN, f"{name}: not known")
    if isinstance(answer, tuple):
        truth, text = _count(criterion, answer, observable)
        open_ended = truth is Truth.FALSE and len(answer) < criterion.times
    else:
        truth, text = _single(criterion, answer, observable)
        open_ended = observable.accrues and isinstance(answer, Decimal) and _growth_can_flip(criterion, answer, observable)
    return Trace(criterion, truth, Truth.UNKNOWN if open_ended else truth, f"{name}: {text}")


def _single(criterion: Comparison, answer: str | Decimal, observable: Observable) -> tuple[Truth, str]:
    wanted = requirement(criterion, observable)
    if isinstance(answer, Decimal):
        met = _holds(criterion, answer, observable)
        text = printed(answer, observable.unit)
    else:
        met = answer == criterion.answer or answer in criterion.one_of
        text = dict(observable.choices).get(answer, answer)
    if met or criterion.answer == "yes":  # "hip and spine excluded: no" needs no explanation
        return (Truth.TRUE if met else Truth.FALSE), text
    return Truth.FALSE, f"{text} (needed: {wanted})"


def _count(criterion: Comparison, series: tuple[Decimal | None, ...], observable: Observable) -> tuple[Truth, str]:
    known = [value for value in series if value is not None]
    met = sum(_holds(criterion, value, observable) for value in known)
    possible = met + len(series) - len(known)
    truth = Truth.TRUE if met >= criterion.times else Truth.FALSE if possible < criterion.times else Truth.UNKNOWN
    seen = ", ".join("not known" if value is None else printed(value, observable.unit) for value in series)
    if len(series) > criterion.times:
        return truth, f"{met} of {len(series)} given ({seen}), {criterion.times} needed"
    return truth, f"{met} of {criterion.times} ({seen})" if series else f"0 of {criterion.times}"


def _holds(criterion: Comparison, value: Decimal, observable: Observable) -> bool:
    return all(_TESTS[sign](value, bound) for sign, bound in bounds(criterion, observable))


def _growth_can_flip(criterion: Comparison, value: Decimal, observable: Observable) -> bool:
    """Whether growing can change the outcome: a value falls short of nothing but lower bounds, or has an upper one to cross."""
    if _holds(criterion, value, observable):
        return any(sign in "≤<" for sign, _ in criterion.bounds)
    return all(_TESTS[sign](value, bound) or sign in "≥>" for sign, bound in bounds(criterion, observable))
