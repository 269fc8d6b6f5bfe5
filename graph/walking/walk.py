"""The walk: from partial facts to the steps now due, and for every edge why it is open, closed, not yet open, or undecided.

The engine fills no silence. Where the source names no next step for these facts, the answer is `silent`.

A step is *performed* once anything that it yields is known; until then it is due and nothing beyond it is reached. What an
unperformed step would count (months, attempts, a series of blocks) stands at nothing so far, so that an edge may be
*not yet* open rather than undecided. Where it is known that nothing was counted, the walk may go on from there, but it does not fall
silent: the step is still due.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from edgewise.graph.model import Guideline, Not, Observable, Step, Transition
from edgewise.graph.walking.conflicts import Conflict, conflicts
from edgewise.graph.walking.criteria import Trace, evaluate
from edgewise.graph.walking.facts import Answer, Facts
from edgewise.graph.walking.kleene import Truth
from edgewise.graph.walking.nearest import Change, nearest

State = Literal["open", "not-yet", "closed", "undecided"]


@dataclass(frozen=True, slots=True)
class Choice:
    """An edge as these facts leave it.

    Attributes:
        transition: the edge.
        state: open, not-yet (waiting or repeating can open it), closed, or undecided.
        why: the reason in plain words; empty for an open edge without a criterion.
        nearest: the least change that would open it.
        ask: observables that could still decide it.
        trace: how its criterion came out; None where it has none.
        reached: whether the walk has come to the step it leaves from.
    """

    transition: Transition
    state: State
    why: str = ""
    nearest: tuple[Change, ...] = ()
    ask: tuple[str, ...] = ()
    trace: Trace | None = None
    reached: bool = True


@dataclass(frozen=True, slots=True)
class Walk:
    """Where these facts lead.

    Attributes:
        due: ids of the steps now due.
        path: ids of the steps come to, in order, those due among them.
        edges: every edge of the guideline by id.
        followed: ids of the edges that were taken.
        conflicts: passages of the source that disagree on these facts.
        silent: the source names no next step for these facts.
        silent_at: steps at which it falls silent, though another branch may go on.
        questions: observables worth asking next, most useful first.
        ahead: for each step not come to and not one edge away, the edge into it that wants the least.
    """

    due: tuple[str, ...]
    path: tuple[str, ...]
    edges: Mapping[str, Choice]
    followed: tuple[str, ...]
    conflicts: tuple[Conflict, ...]
    silent: bool
    silent_at: tuple[str, ...]
    questions: tuple[str, ...]
    ahead: tuple[str, ...]

    @property
    def open(self) -> tuple[Choice, ...]:
        """Open edges that lead to a step now due, and options the source offers beside them or where the walk stands."""
        onward = {c.transition.source for c in self._reached("open") if c.transition.target in self.due}
        deciding = {*onward, *self.due, *self.silent_at, *(c.transition.source for c in self.undecided)}
        return tuple(
            choice
            for choice in self._reached("open")
            if choice.transition.target in self.due or (choice.transition.role == "option" and choice.transition.source in deciding)
        )

    @property
    def closed(self) -> tuple[Choice, ...]:
        """Edges that are closed or not yet open, to steps not come to; last those further ahead ("why not surgery yet?")."""
        near = [c for c in self._reached("closed", "not-yet") if c.transition.target not in self.path]
        return (*near, *(self.edges[id] for id in self.ahead))

    @property
    def undecided(self) -> tuple[Choice, ...]:
        """Edges that the facts do not decide, to steps not come to."""
        return tuple(c for c in self._reached("undecided") if c.transition.target not in self.path)

    def _reached(self, *states: State) -> list[Choice]:
        return [choice for choice in self.edges.values() if choice.reached and choice.state in states]


def walk(guideline: Guideline, facts: Facts) -> Walk:
    """Walk a guideline with what is known of a patient.

    Args:
        guideline: as `edgewise.graph.reading.projection` reads it.
        facts: as `edgewise.graph.walking.facts.parse_facts` makes them; what is absent is unknown.

    >>> from edgewise.graph.model import Comparison, Observable
    >>> guideline = Guideline("g", "urn:g", "", "", "", "", "", "", "", "",
    ...     observables={"film": Observable("film", "Film", "Broken?", "yes-no")},
    ...     steps={"start": Step("start", "Presentation", "Start", "", "p"),
    ...            "x-ray": Step("x-ray", "Investigation", "X-ray", "", "p", yields=("film",)),
    ...            "cast": Step("cast", "Treatment", "Cast", "", "p")},
    ...     transitions={"a": Transition("a", "start", "x-ray", "first", "source"),
    ...                  "b": Transition("b", "x-ray", "cast", "broken", "source", when=Comparison("c", "film", answer="yes"))})
    >>> walk(guideline, {}).due, walk(guideline, {"film": "yes"}).due, walk(guideline, {"film": "no"}).silent
    (('x-ray',), ('cast',), True)
    """
    return _Walker(guideline, facts).walk()


@dataclass
class _Walker:
    guideline: Guideline
    facts: Facts
    reached: list[str] = field(default_factory=list)
    followed: list[str] = field(default_factory=list)
    due: list[str] = field(default_factory=list)
    silent_at: list[str] = field(default_factory=list)
    waiting: bool = False

    def walk(self) -> Walk:
        self.assumed = _nothing_so_far(self.guideline, self.facts)
        self.edges = {t.id: self._judge(t) for t in self.guideline.transitions.values()}
        self.reached = [step.id for step in self.guideline.steps.values() if step.kind == "Presentation"]
        for id in self.reached:  # grows while it is walked
            self._visit(self.guideline.steps[id])
        self._settle_companions()
        edges = {id: self._placed(choice) for id, choice in self.edges.items()}
        return Walk(
            due=tuple(self.due),
            path=tuple(self.reached),
            edges=edges,
            followed=tuple(self.followed),
            conflicts=conflicts(self.guideline, self.facts, self.reached),
            silent=bool(self.silent_at) and not self.due and not self.waiting,
            silent_at=tuple(self.silent_at),
            questions=self._questions(edges),
            ahead=self._ahead(edges),
        )

    def _routes(self, step: str) -> list[Transition]:
        return [t for t in self.guideline.transitions.values() if t.source == step and t.role == "route"]

    def _visit(self, step: Step) -> None:
        if not self._performed(step):
            self.due.append(step.id)
            return
        routes = [self.edges[transition.id] for transition in self._routes(step.id)]
        opened = [choice.transition for choice in routes if choice.state == "open"]
        for transition in opened:
            self._follow(transition)
        if opened or step.companion_of:
            return
        self._rest(step, routes)

    def _follow(self, transition: Transition) -> None:
        self.followed.append(transition.id)
        target = transition.target
        if target not in self.reached:
            self.reached.append(target)
        elif self._leads(target, transition.source) and target not in self.due:
            self.due.append(target)  # a loop back: to be done again

    def _leads(self, start: str, goal: str) -> bool:
        """Whether the edges taken lead from `start` to `goal`."""
        seen, queue = {start}, [start]
        while queue:
            here = queue.pop()
            if here == goal:
                return True
            following = {t.target for t in map(self.guideline.transitions.__getitem__, self.followed) if t.source == here}
            queue.extend(following - seen)
            seen |= following
        return False

    def _rest(self, step: Step, routes: list[Choice]) -> None:
        """The walk comes to rest at a step: it is still due, it waits for answers, or the source is silent."""
        own, presentation = set(step.yields), step.kind == "Presentation"
        undecided = [choice for choice in routes if choice.state == "undecided"]
        waits = any(choice.state == "not-yet" for choice in routes) or any(own & set(choice.ask) for choice in undecided)
        if waits or self._not_begun(step):
            self.due.append(step.id)
        elif undecided and (own or presentation):
            self.waiting = True  # the step is done; an answer decides what follows
        elif not undecided and (routes or own or presentation or step.endpoint == "not-stated"):
            self.silent_at.append(step.id)
        else:
            self.due.append(step.id)  # the end of the road, or nothing tells whether it is done

    def _performed(self, step: Step) -> bool:
        if step.companion_of in self.guideline.steps:
            step = self.guideline.steps[step.companion_of]
        return not step.yields or any(id in self.facts for id in step.yields)

    def _not_begun(self, step: Step) -> bool:
        """Whether all that is known of what a step yields is that nothing has been counted: no attempt, no month."""
        known = [id for id in step.yields if id in self.facts]
        return bool(known) and all(_is_nothing(self.guideline.observables[id], self.facts[id]) for id in known)

    def _settle_companions(self) -> None:
        """A companion is due with its main step and done with it."""
        companions = [id for id in self.reached if self.guideline.steps[id].companion_of in self.reached]
        for id in companions:
            main_due = self.guideline.steps[id].companion_of in self.due
            if main_due and id not in self.due:
                self.due.append(id)
            elif not main_due and id in self.due:
                self.due.remove(id)

    def _judge(self, transition: Transition) -> Choice:
        source = self.guideline.steps[transition.source]
        if transition.role == "excluded":
            return Choice(transition, "closed", "the source advises against this step")
        if transition.when is None:
            return Choice(transition, "open")
        trace = evaluate(transition.when, self.assumed, self.guideline.observables)
        if trace.truth is Truth.FALSE and not set(source.yields).isdisjoint(trace.unsettled()):
            # What a step yields does not stand before the step is complete.
            trace = evaluate(transition.when, self.assumed, self.guideline.observables, provisional=source.yields)
        return self._choice(transition, trace)

    def _choice(self, transition: Transition, trace: Trace) -> Choice:
        if trace.truth is Truth.TRUE:
            return Choice(transition, "open", trace.text, trace=trace)
        state: State = "undecided" if trace.truth is Truth.UNKNOWN else "closed" if trace.later is Truth.FALSE else "not-yet"
        asks = trace.asks() if state != "closed" else ()
        return Choice(transition, state, _unmet(trace), nearest(trace, self.guideline, self.facts), asks, trace)

    def _placed(self, choice: Choice) -> Choice:
        """An edge with regard to how far the walk has come: beyond a step not come to or not performed nothing is open."""
        transition = choice.transition
        source = self.guideline.steps[transition.source]
        if transition.source not in self.reached:
            why = choice.why if transition.role == "excluded" else _joined(f"comes after {source.name}, which is not reached", choice)
            return Choice(transition, "closed", why, choice.nearest, (), choice.trace, reached=False)
        if choice.state == "open" and not self._performed(source):
            return Choice(transition, "not-yet", f"{source.name} comes first", (), source.yields, choice.trace)
        return choice

    def _questions(self, edges: Mapping[str, Choice]) -> tuple[str, ...]:
        """What the steps due would yield and, of each edge, the first question: later ones may never be asked."""
        asked: dict[str, None] = {}
        for id in self.reached:
            step = self.guideline.steps[id]
            if any(edges[t.id].state == "open" for t in self._routes(id)):
                continue
            choices = [edges[t.id] for t in self._routes(id)]
            asked |= dict.fromkeys(ask for choice in choices for ask in choice.ask if ask in step.yields)
            asked |= dict.fromkeys(choice.ask[0] for choice in choices if choice.ask)
        return tuple(asked)

    def _ahead(self, edges: Mapping[str, Choice]) -> tuple[str, ...]:
        near = {choice.transition.target for choice in edges.values() if choice.reached} | set(self.reached)
        ahead = {}
        for id in self.guideline.steps:
            ways = [choice for choice in edges.values() if choice.transition.target == id]
            if id not in near and ways:
                ahead[id] = min(ways, key=lambda choice: (choice.transition.role != "route", len(choice.nearest)))
        return tuple(choice.transition.id for choice in ahead.values())


def _nothing_so_far(guideline: Guideline, facts: Facts) -> dict[str, Answer]:
    """The facts, with what unperformed steps would count standing at nothing so far."""
    assumed = dict(facts)
    performed = [step for step in guideline.steps.values() if any(id in facts for id in step.yields)]
    settled = {id for step in performed for id in step.yields}
    for observable in (guideline.observables[id] for step in guideline.steps.values() for id in step.yields if id not in settled):
        if observable.repeated:
            assumed[observable.id] = ()
        elif observable.nothing is not None:
            assumed[observable.id] = observable.nothing
    return assumed


def _is_nothing(observable: Observable, answer: Answer) -> bool:
    return observable.nothing is not None and isinstance(answer, Decimal) and answer <= observable.nothing


def _unmet(trace: Trace) -> str:
    """The comparisons that keep a criterion from being true, those known to fail first."""
    ordered = sorted(_failing(trace, Truth.TRUE), key=lambda atom: atom.truth is Truth.UNKNOWN)
    return "; ".join(dict.fromkeys(atom.text for atom in ordered))


def _failing(trace: Trace, wanted: Truth) -> Iterator[Trace]:
    if trace.truth is wanted:
        return
    if not trace.parts:
        yield trace
    for part in trace.parts:
        yield from _failing(part, ~wanted if isinstance(trace.criterion, Not) else wanted)


def _joined(first: str, choice: Choice) -> str:
    return f"{first}; {choice.why}" if choice.why and choice.state != "open" else first
