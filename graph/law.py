"""The law of the pathway: when a step is performed, when an edge is open, closed or not yet open, when the source is silent.

It stands here once, over an algebra. Asked with `edgewise.graph.walking.patient` it answers of one patient in Kleene's values; asked with
`edgewise.graph.answers.regions` it answers of all patients at once, in decision diagrams. On each patient both say the same.

A step is *performed* once anything that it yields is known; one that yields nothing, once somebody says that it is done. What no step
has begun to count (months, attempts, a series of blocks) stands at *nothing so far*. What a step yields does not stand before the step is
complete: as long as waiting or repeating can change any of it, an edge out of the step that is not open is *not yet* open rather than
closed, and the source is not silent: the step goes on, whatever else shuts the edges. An edge that is closed by nothing but a number
outside every range that the source names there is *not named*: no passage says that it may be taken, and none that it may not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, Generic, Protocol, TypeVar

from edgewise.graph.bands import Range
from edgewise.graph.model import AllOf, Comparison, CountOf, Criterion, Not, Scored, Step, Transition, parts_of
from edgewise.graph.pathway import OFFERED, ROUTES, Pathway, Topic

V = TypeVar("V")
_Seen = TypeVar("_Seen", covariant=True)


Bounds = Sequence[tuple[str, Decimal]]
"""Pairs of an operator (``≥ > ≤ <``) and a number."""


class Logic(Protocol[V]):
    """Three-valued logic: true, false, not known."""

    @property
    def true(self) -> V: ...

    @property
    def false(self) -> V: ...

    def all_of(self, values: Iterable[V], /) -> V: ...

    def any_of(self, values: Iterable[V], /) -> V: ...

    def negated(self, value: V, /) -> V: ...

    def sum_within(self, values: Sequence[V], points: Sequence[Decimal], bounds: Bounds, /) -> V:
        """Whether the points of what is true add up to within bounds; not known as long as what is not known can decide it."""

    def surely(self, value: V, /) -> V:
        """True where the value is, elsewhere false."""


class Reading(Protocol[_Seen]):
    """How a criterion comes out: on the facts as they are, and once all is unknown that waiting or repeating can still change."""

    @property
    def truth(self) -> _Seen: ...

    @property
    def later(self) -> _Seen: ...


R = TypeVar("R", bound=Reading[Any])


class Algebra(Logic[V], Protocol[V, R]):
    """Of whom the law is asked: what is known of them, and how comparisons come out."""

    def known(self, observable: str, /) -> V:
        """Whether there is an answer."""

    def answered(self, comparison: Comparison, /) -> R:
        """How a comparison comes out on the known answer; not known where there is none."""

    def outcome(self, comparison: Comparison, answer: tuple[()] | Decimal, /) -> R:
        """How it comes out on an answer that is assumed."""

    def unanswered(self, comparison: Comparison, /) -> R:
        """What is made of it where nothing is known."""

    def provisional(self, reading: R, /) -> R:
        """The same for an answer that does not stand yet: what is not true now may all come out otherwise later."""

    def joined(self, criterion: Criterion, parts: tuple[R, ...], /) -> R:
        """A criterion out of its parts, by `combined`."""

    def choose(self, condition: V, then: Callable[[], R], otherwise: Callable[[], R], /) -> R:
        """One reading where a condition is true, another elsewhere."""


def combined(logic: Logic[V], criterion: Criterion, values: Sequence[V]) -> V:
    """The value of a criterion out of those of its parts."""
    if isinstance(criterion, Not):
        return logic.negated(values[0])
    if isinstance(criterion, CountOf):
        return logic.sum_within(values, [Decimal(1)] * len(values), criterion.bounds)
    if isinstance(criterion, Scored):
        return _told_or(logic, values[0], logic.sum_within(values[1:], criterion.points, criterion.told.bounds))
    return logic.all_of(values) if isinstance(criterion, AllOf) else logic.any_of(values)


def _told_or(logic: Logic[V], told: V, otherwise: V) -> V:
    """What is told, where something is."""
    return logic.any_of([logic.surely(told), logic.all_of([logic.negated(logic.surely(logic.negated(told))), otherwise])])


def read(criterion: Criterion, leaf: Callable[[Comparison], R], joined: Callable[[Criterion, tuple[R, ...]], R]) -> R:
    """A criterion read from its comparisons upwards."""
    if isinstance(criterion, Comparison):
        return leaf(criterion)
    return joined(criterion, tuple([read(part, leaf, joined) for part in parts_of(criterion)]))


class Law(Generic[V, R]):
    """The law of one pathway, asked of one algebra. Every answer is a value of it.

    >>> from edgewise.graph.library import load
    >>> from edgewise.graph.walking.patient import law_for
    >>> guideline = load("sacroiliac-sclerosis").guideline
    >>> law = law_for(guideline, {"radiographs": "sclerosis"})
    >>> law.performed(guideline.steps["xray-si-joints"]), law.nothing_so_far("conservative-months")
    (<Truth.TRUE: 'true'>, <Truth.TRUE: 'true'>)
    """

    def __init__(self, pathway: Pathway, algebra: Algebra[V, R]) -> None:
        self.pathway, self.algebra = pathway, algebra
        self._nothing: dict[str, V] = {}
        self._compared: dict[int, tuple[Comparison, R]] = {}  # the comparison is kept, so that its number stays its own
        self._read_once: dict[str, R] = {}
        self._judged: dict[str, R] = {}

    # Steps --------------------------------------------------------------------------------------------------------------

    def begun(self, step: Step) -> V:
        """Whether anything that a step itself yields is known."""
        return self.algebra.any_of(self.algebra.known(id) for id in step.yields)

    def performed(self, step: Step) -> V:
        """Whether a step is done: something that it yields was found out or, where it yields nothing, somebody says so.

        Where a walk begins, and where it ends, there is nothing to be done. A companion of which nothing can be said is done with its
        main step; so is what was done before a loop that asks the same anew was entered again.
        """
        if step.id in self.pathway.done:
            return self.algebra.true
        if step.yields:
            return self.begun(step)
        if finished := self.pathway.finished(step):
            return self.algebra.surely(self.compared(finished).truth)
        main = self.pathway.main(step)
        return self.begun(main) if main.yields else self.algebra.true

    def applies(self) -> V:
        """Whether the guideline speaks of such patients."""
        criterion = self.pathway.applies_to
        return self.algebra.true if criterion is None else self.holds(criterion)

    def enters(self) -> V:
        """Whether a walk begins: not where it is known that the guideline does not apply."""
        return self.algebra.negated(self._fails(self.applies()))

    def nothing_so_far(self, observable: str) -> V:
        """Whether an answer is counted by steps of which none has begun, and so is assumed to be nothing."""
        if observable not in self._nothing:
            finders = self.pathway.finders(observable) if self.pathway.nothing(observable) is not None else ()
            idle = (self.algebra.negated(self.begun(step)) for step in finders)
            self._nothing[observable] = self.algebra.all_of(idle) if finders else self.algebra.false
        return self._nothing[observable]

    def not_begun(self, step: Step) -> V:
        """Whether all that is known of what a step yields is that nothing has been counted: no attempt, no month."""
        return self.algebra.all_of([self.begun(step), *(self._nothing_known(id) for id in step.yields)])

    def _nothing_known(self, observable: str) -> V:
        """Whether an answer is not known, or known to be nothing."""
        unknown, something = self.algebra.negated(self.algebra.known(observable)), self.pathway.something(observable)
        if something is None:
            return unknown
        counted: V = self.algebra.answered(something).truth
        return self.algebra.any_of([unknown, self.algebra.negated(counted)])

    def silent(self, step: Step) -> V:
        """Whether the source says nothing of what follows a step, once the walk has come to it.

        All its routes are closed for good, or it has none although something is found out there; a step not begun is still due.
        """
        routes = self.pathway.out_of(step.id, *ROUTES)
        ends = not routes and not step.yields and step.kind != "Presentation" and step.endpoint != "not-stated"
        if ends or step.companion_of:
            return self.algebra.false
        waiting = (self.algebra.negated(value) for value in (self.not_begun(step), self.goes_on(step)))
        return self.algebra.all_of([self.performed(step), *map(self.closed, routes), *waiting])

    def goes_on(self, step: Step) -> V:
        """Whether a step has not yet found out all that a route asks of it: too few attempts, months, blocks.

        Whatever else shuts the route, the step goes on until then; what suffices already does not make it go on.
        """
        asked = (one for edge in self.pathway.out_of(step.id, *ROUTES) for one in self.pathway.own(edge))
        return self.algebra.any_of(self._falls_short(self.compared(one)) for one in asked)

    def _falls_short(self, reading: R) -> V:
        """That a comparison fails on a known answer, and waiting or repeating can still make it hold."""
        return self.algebra.all_of([self._fails(reading.truth), self._unknown(reading.later)])

    # Edges, once the walk has come to where they start ------------------------------------------------------------------

    def met(self, edge: Transition) -> V:
        """Whether the criterion of an edge holds; of one that the source advises against never."""
        if edge.role == "excluded":
            return self.algebra.false
        return self.algebra.true if edge.when is None else self._truth(edge)

    def opened(self, edge: Transition) -> V:
        """Whether an edge is open: its criterion holds, and the step it leaves is performed."""
        return self.algebra.all_of([self.performed(self.pathway.steps[edge.source]), self.met(edge)])

    def closed(self, edge: Transition) -> V:
        """Whether neither answers nor waiting can open an edge any more."""
        if edge.role == "excluded" or edge.when is None:
            return self.algebra.negated(self.met(edge))
        later: V = self.judged(edge).later
        return self.algebra.all_of([self.algebra.negated(self._truth(edge)), self.algebra.negated(later)])

    def undecided(self, edge: Transition) -> V:
        """Whether answers are missing to say if an edge is open."""
        return self._unknown(self.met(edge))

    def not_yet(self, edge: Transition) -> V:
        """Whether the criterion of an edge does not hold now, but waiting or repeating can still bring it about."""
        if edge.role == "excluded" or edge.when is None:
            return self.algebra.false
        return self.algebra.all_of([self.algebra.negated(self._truth(edge)), self._unknown(self.judged(edge).later)])

    def not_named(self, edge: Transition) -> V:
        """Whether an edge is closed by nothing but numbers outside every range that the source names for it.

        Were they not known, it would not be closed: the source says neither that the edge may be taken with them nor that it may not.
        """
        bands = self.pathway.bands(edge)
        unnamed = {id(one): self.unnamed(band, beside) for band, beside in bands for one in band.comparisons}
        if edge.when is None or not unnamed:
            return self.algebra.false

        def leaf(comparison: Comparison) -> R:
            return self.algebra.choose(
                unnamed.get(id(comparison), self.algebra.false),
                lambda: self.algebra.unanswered(comparison),
                lambda: self.compared(comparison),
            )

        otherwise: V = read(edge.when, leaf, self.algebra.joined).truth
        return self.algebra.all_of([self.closed(edge), self.algebra.negated(self._fails(otherwise))])

    def unnamed(self, band: Range, beside: Iterable[Range]) -> V:
        """Whether what is known lies outside a band for good, and in no other range that the source names there (`Pathway.bands`)."""
        settled = self.algebra.any_of(self._fails(self.compared(one).later) for one in band.comparisons)
        return self.algebra.all_of([settled, *map(self._outside, (band, *beside))])

    def _outside(self, asked: Range) -> V:
        return self.algebra.any_of(self._fails(self.compared(one).truth) for one in asked.comparisons)

    def _fails(self, value: V) -> V:
        return self.algebra.surely(self.algebra.negated(value))

    def judged(self, edge: Transition) -> R:
        """How the criterion of an edge comes out; ValueError where it has none.

        What the step it leaves yields does not stand as long as any of it is unsettled.
        """
        if not self.pathway.own(edge):
            return self._firm(edge)
        if edge.id not in self._judged:
            self._judged[edge.id] = self.algebra.choose(
                self.algebra.all_of(self._going_on(edge)), lambda: self._provisional(edge), lambda: self._firm(edge)
            )
        return self._judged[edge.id]

    def _going_on(self, edge: Transition) -> Iterator[V]:
        """That an edge does not hold, and that something which its own step yields may still come out otherwise."""
        yield self.algebra.negated(self._truth(edge))
        yield self.algebra.any_of(self._unknown(self.compared(one).later) for one in self.pathway.own(edge) if self.pathway.goes_on(one))

    def _truth(self, edge: Transition) -> V:
        truth: V = self._firm(edge).truth
        return truth

    def _firm(self, edge: Transition) -> R:
        """How its criterion comes out if all that is known stands."""
        if edge.id not in self._read_once:
            self._read_once[edge.id] = read(_criterion(edge), self.compared, self.algebra.joined)
        return self._read_once[edge.id]

    def _provisional(self, edge: Transition) -> R:
        """How it comes out if what its own step yields does not stand yet."""
        yields = self.pathway.steps[edge.source].yields

        def leaf(comparison: Comparison) -> R:
            reading = self.compared(comparison)
            settled = not set(comparison.looks_at) & set(yields) or self.pathway.only_grows(comparison)
            return reading if settled else self.algebra.provisional(reading)

        return read(_criterion(edge), leaf, self.algebra.joined)

    # Criteria -----------------------------------------------------------------------------------------------------------

    def holds(self, criterion: Criterion) -> V:
        """Whether a criterion holds, wherever it stands."""
        truth: V = read(criterion, self.compared, self.algebra.joined).truth
        return truth

    def stated(self, criterion: Criterion) -> R:
        """How a criterion comes out on what is known alone, as passages are judged that state one."""
        return read(criterion, self.algebra.answered, self.algebra.joined)

    def compared(self, comparison: Comparison) -> R:
        """How a comparison comes out: on the known answer, else on nothing so far where the law assumes it."""
        kept = self._compared.get(id(comparison))
        if kept is None:
            kept = self._compared[id(comparison)] = comparison, self._assumed(comparison)
        return kept[1]

    def _assumed(self, comparison: Comparison) -> R:
        nothing = self.pathway.nothing(comparison.observable)
        if nothing is None:
            return self.algebra.answered(comparison)
        return self.algebra.choose(
            self.nothing_so_far(comparison.observable),
            lambda: self.algebra.outcome(comparison, nothing),
            lambda: self.algebra.answered(comparison),
        )

    def _unknown(self, value: V) -> V:
        surely = self.algebra.surely
        return self.algebra.negated(self.algebra.any_of([surely(value), surely(self.algebra.negated(value))]))

    # Passages that disagree ---------------------------------------------------------------------------------------------

    def matters(self, topic: Topic, reached: Callable[[str], V]) -> V:
        """Whether it matters that passages disagree: all they ask about is known on the way, and the step is not ruled out without it.

        Args:
            topic: what they speak about.
            reached: whether the walk comes to a step.
        """
        return self.algebra.all_of(self._mattering(topic, reached))

    def _mattering(self, topic: Topic, reached: Callable[[str], V]) -> Iterator[V]:
        for id in topic.observables:
            yield self.algebra.known(id)
            yield self._found_out(id, reached)
        yield self.algebra.negated(self.algebra.surely(self._ruled_out(topic)))

    def _found_out(self, observable: str, reached: Callable[[str], V]) -> V:
        finders = self.pathway.finders(observable)
        return self.algebra.any_of(reached(step.id) for step in finders) if finders else self.algebra.true

    def _ruled_out(self, topic: Topic) -> V:
        """Whether the other answers alone close every way to the step, so that the disagreement changes nothing."""

        def leaf(comparison: Comparison) -> R:
            return self.algebra.unanswered(comparison) if comparison.observable in topic.observables else self.algebra.answered(comparison)

        def fails(edge: Transition) -> V:
            if edge.when is None:
                return self.algebra.false
            truth: V = read(edge.when, leaf, self.algebra.joined).truth
            return self.algebra.negated(truth)

        return self.algebra.all_of(map(fails, self.pathway.into(topic.about, *OFFERED)))


def _criterion(edge: Transition) -> Criterion:
    if edge.when is None:
        raise ValueError(f"the edge {edge.id} asks for nothing")
    return edge.when
