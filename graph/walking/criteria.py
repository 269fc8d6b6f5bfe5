"""Criteria evaluated on partial facts, each with a trace in plain words.

Every trace carries two truths: `truth` on the facts as they are, and `later`: the same with everything unknown that waiting or
repeating can still change (months that go by, attempts, a series with fewer values than are asked for). A criterion that is
false now and not false later is *not yet*.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from edgewise.graph.attribution import mark
from edgewise.graph.bands import bounds
from edgewise.graph.formulas import weighed
from edgewise.graph.law import combined, read
from edgewise.graph.model import AllOf, AnyOf, Comparison, CountOf, Criterion, Not, Observable, Scored, parts_of
from edgewise.graph.units import printed, short
from edgewise.graph.walking import readings
from edgewise.graph.walking.beside_bounds import WORDS, beside, elsewhere
from edgewise.graph.walking.facts import Answer, Facts
from edgewise.graph.walking.kleene import TESTS, Kleene, Truth, interval
from edgewise.graph.walking.requirements import KEYS, opposite, otherwise
from edgewise.graph.walking.requirements import named as named
from edgewise.graph.walking.requirements import reading as reading
from edgewise.graph.walking.requirements import requirement as requirement
from edgewise.graph.walking.sums import fact_told, needs_told
from edgewise.graph.walking.time_windows import is_window, late, overdue, still_to_come

_KLEENE = Kleene()
NOTHING_TOLD = "nothing told yet"
"""What stands in the place of a count that is taken for nothing because the step that counts has not begun."""


@dataclass(frozen=True, slots=True)
class Trace:
    """How a criterion came out.

    Attributes:
        criterion: what was evaluated.
        truth: on the facts as they are.
        later: once all is unknown that waiting or repeating can still change.
        text: the outcome in plain words.
        parts: traces of its parts.
        fact: of a comparison what is known, whatever it asks for; else empty.
        needs: of a comparison what it asks for; else empty.
        turns: observables that can still turn it, where its bounds are worked out from others.
        otherwise: of a comparison of one number with one bound, what its opposite asks for; else empty.
    """

    criterion: Criterion
    truth: Truth
    later: Truth
    text: str
    parts: tuple[Trace, ...] = ()
    fact: str = ""
    needs: str = ""
    turns: tuple[str, ...] = ()
    otherwise: str = ""

    def unsettled(self) -> Iterator[str]:
        """Observables of all comparisons that may still come out otherwise, whether or not they decide anything."""
        if isinstance(self.criterion, Comparison) and self.later is Truth.UNKNOWN:
            yield from self.turns or (self.criterion.observable,)
        for part in self.parts:
            yield from part.unsettled()

    def asks(self) -> tuple[str, ...]:
        """Observables that could still decide it: those not known, and those that waiting or repeating can change."""
        if self.later is not Truth.UNKNOWN:
            return ()
        if isinstance(self.criterion, Comparison):
            return self.turns or (self.criterion.observable,)
        return tuple(dict.fromkeys(id for part in self.deciding for id in part.asks()))

    @property
    def deciding(self) -> tuple[Trace, ...]:
        """The parts on which it depends: a score on its total where that is told, else on its items."""
        if not isinstance(self.criterion, Scored):
            return self.parts
        told, *items = self.parts
        return (told,) if told.truth is not Truth.UNKNOWN else tuple(items)


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
    return read(criterion, lambda comparison: judge(comparison, facts, observables), joined)


def joined(criterion: Criterion, parts: tuple[Trace, ...]) -> Trace:
    """The trace of a criterion out of those of its parts."""
    truth = combined(_KLEENE, criterion, [part.truth for part in parts])
    later = combined(_KLEENE, criterion, [part.later for part in parts])
    return Trace(criterion, truth, later, _JOINED[type(criterion)](criterion, truth, parts), parts)


def _all(criterion: Any, truth: Truth, parts: tuple[Trace, ...]) -> str:
    """``A: yes; and any sign (C: yes)``."""
    text = "; and ".join(
        dict.fromkeys(_within(part) for part in parts)
    )  # an edge not to be taken may ask the opposite of a road: said once
    return f"{criterion.label}{_NOT_SO[truth]} ({text})" if criterion.label else text


def _any(criterion: Any, truth: Truth, parts: tuple[Trace, ...]) -> str:
    """Which alternatives hold, where one does: ``any sign (C: yes)``; without a label beside those that do not."""
    holding = [part for part in parts if part.truth is Truth.TRUE]
    if criterion.label:
        shown = holding or parts
        return f"{criterion.label}{_NOT_SO[truth]} ({'; or '.join(_within(part) for part in shown)})"
    some = 0 < len(holding) < len(parts)
    return "; or ".join(f"{_within(part)}{' – this holds' if some and part in holding else ''}" for part in parts)


def _within(part: Trace) -> str:
    """A part as it stands in a group: a group without a name in brackets."""
    group = isinstance(part.criterion, AllOf | AnyOf) and not part.criterion.label and len(part.parts) > 1
    return f"({part.text})" if group else part.text


def _negated(_: Any, truth: Truth, parts: tuple[Trace, ...]) -> str:
    """The fact itself, so that no word reads as its opposite."""
    (part,) = parts
    if isinstance(part.criterion, Scored) and part.parts[0].otherwise:
        return _negated_score(part.criterion, truth, part.parts)
    if part.fact:
        needs = _OPPOSITE.get(part.needs) or part.otherwise or f"not {part.needs}"
        return part.fact if truth is not Truth.FALSE else f"{part.fact} (needed: {needs})"
    if truth is Truth.TRUE:
        return f"not the case: {_within(part)}"
    return f"{_within(part)} (needed: not so)" if truth is Truth.FALSE else f"whether not: {_within(part)}"


def _negated_score(criterion: Scored, truth: Truth, parts: tuple[Trace, ...]) -> str:
    """A score by what its total must be instead."""
    told, *items = parts
    if told.truth is not Truth.UNKNOWN:
        return _negated(criterion, truth, (told,))
    turned = replace(criterion, told=opposite(criterion.told))
    return _totalled(turned, truth, (replace(told, criterion=turned.told, needs=told.otherwise), *items))


def _counted(criterion: Any, truth: Truth, parts: tuple[Trace, ...]) -> str:
    """``2 or more signs: 1 of 3 so far, 1 open (A: yes; B: no; C: not known)``."""
    held, unknown = (sum(part.truth is one for part in parts) for one in (Truth.TRUE, Truth.UNKNOWN))
    so_far = f" so far, {unknown} open" if unknown else ""
    asked = how_many(criterion)
    told = f"{held} of {len(parts)}{so_far}"
    needed = "" if truth is Truth.TRUE else f", {asked} needed"
    lead = f"{criterion.label}: " if criterion.label else ""
    return f"{lead}{told}{needed} ({'; '.join(_within(part) for part in parts)})"


def _totalled(criterion: Any, truth: Truth, parts: tuple[Trace, ...]) -> str:
    """``Wells score: 3 points so far, between 3 and 5.5, 1.5 short (needed: more than 4 points)``."""
    told, *items = parts
    if told.truth is not Truth.UNKNOWN:
        return told.text
    name, unit = told.fact.removesuffix(": not known"), criterion.told.unit
    least, most = interval([part.truth for part in items], criterion.points)
    sure = sum((points for points, part in zip(criterion.points, items, strict=True) if part.truth is Truth.TRUE), Decimal(0))
    needed = f" (needed: {told.needs})" if truth is not Truth.TRUE else ""
    if least == most:
        return f"{name}: {printed(sure, unit)}{needed}"
    short_of = f", {short(shortfall)} short" if (shortfall := _shortfall(criterion, items, least)) else ""
    return f"{name}: {printed(sure, unit)} so far, between {short(least)} and {short(most)}{short_of}{needed}"


def _shortfall(criterion: Scored, items: Sequence[Trace], least: Decimal) -> Decimal | None:
    """How many points the least total is short of one that fulfils the test; None where it is not short of any."""
    if not any(sign in "≥>" and not TESTS[sign](least, bound) for sign, bound in criterion.told.bounds):
        return None
    totals = {least}
    for points, part in zip(criterion.points, items, strict=True):
        totals |= {total + abs(points) for total in totals} if part.truth is Truth.UNKNOWN else set()
    fitting = [total for total in totals if all(TESTS[sign](total, bound) for sign, bound in criterion.told.bounds)]
    return min(fitting) - least if fitting else None


def listed(criterion: Criterion) -> tuple[Criterion, ...]:
    """The parts of a criterion as readers see them: of a score its items."""
    return criterion.items if isinstance(criterion, Scored) else parts_of(criterion)


def heading(criterion: Criterion, observables: Mapping[str, Observable]) -> str:
    """What stands above the parts of a criterion: ``any sign – any of:``; empty of a comparison.

    >>> heading(CountOf("c", (), (("≥", Decimal(2)),), "signs"), {})
    'signs – at least 2 of:'
    """
    if isinstance(criterion, Comparison):
        return ""
    if isinstance(criterion, Scored):
        return f"{words(criterion.told, observables)} – points of:"
    joint = f"{how_many(criterion)} of:" if isinstance(criterion, CountOf) else _JOINTS[type(criterion)]
    return f"{criterion.label} – {joint}" if criterion.label else joint


def item_lead(criterion: Criterion, at: int) -> str:
    """What stands before a part of a criterion: of a score the points of its item."""
    if not isinstance(criterion, Scored):
        return ""
    unit = criterion.told.unit
    return f"{printed(criterion.points[at], unit)}: "


def how_many(criterion: CountOf) -> str:
    """How many of its parts have to hold: ``at least 2``, ``exactly 1``.

    >>> how_many(CountOf("c", (), (("≥", Decimal(2)), ("≤", Decimal(2)))))
    'exactly 2'
    """
    bounds = dict(criterion.bounds)
    if len(set(bounds.values())) == 1 and len(bounds) == 2:
        return f"exactly {short(bounds['≥'])}"
    return " and ".join(f"{WORDS[sign]} {short(bound)}" for sign, bound in criterion.bounds)


_JOINTS: Mapping[type, str] = {AllOf: "all of:", AnyOf: "any of:", Not: "not the case:"}
_OPPOSITE = {"yes": "no", "no": "yes"}
_NOT_SO = {Truth.TRUE: "", Truth.FALSE: ": not so", Truth.UNKNOWN: ": not known whether"}
_JOINED: Mapping[type, Callable[[Any, Truth, tuple[Trace, ...]], str]] = {
    AllOf: _all, AnyOf: _any, Not: _negated, CountOf: _counted, Scored: _totalled,
}  # fmt: skip


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
        part = criterion.part
        if isinstance(part, Comparison) and part.answer and not part.label:
            return f"{observables[part.observable].label}: {_OPPOSITE[part.answer]}"
        if isinstance(part, Comparison) and not part.label and (needs := otherwise(part, observables[part.observable])):
            return f"{observables[part.observable].label}: {needs}"
        return f"not ({words(part, observables)})"
    if isinstance(criterion, Scored):
        return words(criterion.told, observables)
    if criterion.label:
        return criterion.label
    if isinstance(criterion, CountOf):
        return f"{how_many(criterion)} of ({'; '.join(words(part, observables) for part in criterion.parts)})"
    joint = "; and " if isinstance(criterion, AllOf) else "; or "
    return joint.join(dict.fromkeys(_bracketed(part, words(part, observables)) for part in criterion.parts))


def _bracketed(part: Criterion, text: str) -> str:
    return f"({text})" if isinstance(part, AllOf | AnyOf) and not part.label else text


def judge(criterion: Comparison, facts: Facts, observables: Mapping[str, Observable], *, assumed: bool = False) -> Trace:
    """How a comparison comes out on facts; where its bounds are worked out, on all that these take as well.

    A number that is `assumed`, as nobody told it, is not told as one.
    """
    own, found = observables[criterion.observable], weighed(criterion, facts, observables) if criterion.formulas else None
    if found is None:
        return compare(criterion, facts.get(own.id), own, assumed=assumed)
    needs = needs_told(criterion, found.turns, facts, observables, lambda sign: (WORDS[sign], mark(criterion, KEYS[sign])))
    fact = f"{own.label}: {NOTHING_TOLD}" if assumed else fact_told(own, facts.get(own.id))
    lead = named(criterion, own) + fact.removeprefix(own.label) if found.truth else fact  # a name may read as the opposite
    return Trace(criterion, Truth.of(found.truth), Truth.of(found.later), f"{lead} (needed: {needs})", (), fact, needs, found.turns)


def compare(criterion: Comparison, answer: Answer | None, observable: Observable, *, assumed: bool = False) -> Trace:
    """How a comparison comes out on an answer; None is not known. A number that is `assumed` is not told as one."""
    name, needs, turned = named(criterion, observable), _asked(criterion, observable), otherwise(criterion, observable)
    if answer is None:
        text, fact = f"{name}: not known", f"{observable.label}: not known"
        return Trace(criterion, Truth.UNKNOWN, Truth.UNKNOWN, text, (), fact, needs, otherwise=turned)
    if isinstance(answer, tuple):
        truth, text = readings.seen(criterion, answer, observable) if criterion.statistic else _count(criterion, answer, observable)
        bare = requirement(replace(criterion, statistic="", times=1), observable)
        needed = f" (needed: {bare})" if criterion.statistic and truth is Truth.FALSE else ""
        open_ended = truth is Truth.FALSE and len(answer) < criterion.times
        return Trace(criterion, truth, Truth.UNKNOWN if open_ended else truth, f"{name}: {text}{needed}", (), f"{name}: {text}", needs)
    truth = _single(criterion, answer, observable)
    later = observable.accrues and isinstance(answer, Decimal) and _growth_can_flip(criterion, answer, observable)
    told = NOTHING_TOLD if assumed else _told(criterion, answer, observable)
    fact, lead = f"{observable.label}: {told}", f"{name}: {told}"
    text = lead if _only_names(criterion) else fact
    if truth is Truth.TRUE:
        text = lead + late(needs, overdue(criterion, answer, observable), observable)
    needed = f" (needed: {needs}{elsewhere(criterion, answer, observable)})" if truth is Truth.FALSE and criterion.answer != "yes" else ""
    when = still_to_come(criterion, answer, observable) if truth is Truth.FALSE else ""
    return Trace(criterion, truth, Truth.UNKNOWN if later else truth, f"{text}{needed}{when}", (), fact, needs, otherwise=turned)


def _told(criterion: Comparison, answer: str | Decimal, observable: Observable) -> str:
    return beside(criterion, answer, observable) if isinstance(answer, Decimal) else dict(observable.choices).get(answer, answer)


def _single(criterion: Comparison, answer: str | Decimal, observable: Observable) -> Truth:
    met = _holds(criterion, answer, observable) if isinstance(answer, Decimal) else answer == criterion.answer or answer in criterion.one_of
    return Truth.TRUE if met else Truth.FALSE


def _asked(criterion: Comparison, observable: Observable) -> str:
    """What is needed, by the comparison's own name where that says all the numbers."""
    said = criterion.label and criterion.bounds and all(short(bound) in criterion.label for _, bound in criterion.bounds)
    return named(criterion, observable) if said else requirement(criterion, observable)


def _only_names(criterion: Comparison) -> bool:
    """Whether a comparison's label names what is asked and does not say how it is answered.

    Beside an answer that does not fit, ``Wells score at most 4: 4.5`` would read as its opposite.
    """
    if criterion.answer or not criterion.bounds:
        return criterion.answer == "yes"
    return not any(short(bound) in criterion.label for _, bound in criterion.bounds)


def _count(criterion: Comparison, series: tuple[Decimal | None, ...], observable: Observable) -> tuple[Truth, str]:
    known = [value for value in series if value is not None]
    met = sum(_holds(criterion, value, observable) for value in known)
    possible = met + len(series) - len(known)
    truth = Truth.TRUE if met >= criterion.times else Truth.FALSE if possible < criterion.times else Truth.UNKNOWN
    seen = ", ".join("not known" if value is None else beside(criterion, value, observable) for value in series)
    if len(series) > criterion.times:
        return truth, f"{met} of {len(series)} given ({seen}), {criterion.times} needed"
    return truth, f"{met} of {criterion.times} ({seen})" if series else f"0 of {criterion.times}"


def _holds(criterion: Comparison, value: Decimal, observable: Observable) -> bool:
    asked = bounds(criterion, observable)
    if is_window(criterion, observable):
        asked = tuple(bound for bound in asked if bound[0] in "≥>")
    return all(TESTS[sign](value, bound) for sign, bound in asked)


def _growth_can_flip(criterion: Comparison, value: Decimal, observable: Observable) -> bool:
    """Whether growing can change the outcome: a value falls short of nothing but lower bounds, or has an upper one to cross."""
    if _holds(criterion, value, observable):
        return any(sign in "≤<" for sign, _ in criterion.bounds) and not is_window(criterion, observable)
    return all(TESTS[sign](value, bound) or sign in "≥>" for sign, bound in bounds(criterion, observable))
