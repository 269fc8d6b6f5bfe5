"""The walk: from partial facts to the steps now due, and for every edge why it is open, closed, not yet open, or undecided.

The engine fills no silence. Where the source names no next step for these facts, the answer is `silent`.

What makes a step performed, an edge open, closed or not yet open, and the source silent, says `edgewise.graph.law`; here is what
follows from it. Until a step is performed it is due, and nothing beyond it is reached. Where it is known that nothing was counted, the
walk may go on from there, but it does not fall silent: the step is still due.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from edgewise.graph.attribution import BEYOND, READING
from edgewise.graph.model import Guideline, Step, Transition, Who
from edgewise.graph.pathway import ROUTES, Pathway
from edgewise.graph.walking.chosen_times import unlike_times
from edgewise.graph.walking.conflicts import Conflict, conflicts
from edgewise.graph.walking.criteria import Trace
from edgewise.graph.walking.facts import Facts
from edgewise.graph.walking.inference import stated
from edgewise.graph.walking.kleene import Truth
from edgewise.graph.walking.loops import Loop, come_back_to
from edgewise.graph.walking.patient import law_for
from edgewise.graph.walking.questions import ask
from edgewise.graph.walking.rounds import Present, Round, loops, replay
from edgewise.graph.walking.sets import Choosing, Gathered, choices, gather, given_up, preferences_asked, settle
from edgewise.graph.walking.standing import NOT_NAMED as NOT_NAMED
from edgewise.graph.walking.standing import SHUT as SHUT
from edgewise.graph.walking.standing import Judging, failing
from edgewise.graph.walking.standing import Standing as Standing
from edgewise.graph.walking.standing import State as State
from edgewise.graph.walking.timing import Come, Timing, in_state, not_before_time, now_due, times_asked, timings
from edgewise.graph.walking.visits import Timeline

Where = Literal["due", "silent", "undecided", "waiting", "done", "outside"]
"""Where a walk stands: steps are due, the source is silent, an answer is missing, time has to go by, all is done, or the guideline does
not speak of the patient."""


@dataclass(frozen=True)  # no slots: whose word leads where is worked out once, when somebody asks
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
        questions: observables worth asking next, those at the steps where the walk stands first. Nothing is left undecided for want of
            an answer that is not asked, but for what is found out by steps alone of which the time has not come.
        awaited: observables that are known, where only waiting or repeating leads on: months that go by, another attempt.
        ahead: for each step not come to and not one edge away, the edge into it that wants the least.
        applies: whether the guideline speaks of this patient; where it is known not to, nothing is due and nothing silent.
        applying: how what it asks for to apply came out; None where it asks for nothing.
        resting: steps that are done, where the walk waits for answers, or for time to go by, before it can go on.
        bundles: those begun at once of which the walk has come to a step.
        alternatives: those of which the walk has come to a candidate.
        timing: by id, how those of the steps come to stand in time that say when they are to be done; what waits is not due.
        unlike_times: by id of a step come to, ids of those of its times that count at once and disagree.
        rounds: of loops that were entered again, as facts told as visits tell; `path` is then the way since.
    """

    due: tuple[str, ...]
    path: tuple[str, ...]
    edges: Mapping[str, Standing]
    followed: tuple[str, ...]
    conflicts: tuple[Conflict, ...]
    silent: bool
    silent_at: tuple[str, ...]
    questions: tuple[str, ...]
    awaited: tuple[str, ...]
    ahead: tuple[str, ...]
    applies: Truth = Truth.TRUE
    applying: Trace | None = None
    resting: tuple[str, ...] = ()
    bundles: tuple[Gathered, ...] = ()
    alternatives: tuple[Choosing, ...] = ()
    timing: Mapping[str, Timing] = field(default_factory=dict)
    unlike_times: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rounds: tuple[Round, ...] = ()

    @property
    def outside(self) -> bool:
        """Whether it is known that the guideline does not speak of this patient."""
        return self.applies is Truth.FALSE

    @property
    def why_outside(self) -> str:
        """Why the guideline does not speak of this patient; empty where it is not known that it does not."""
        atoms = failing(self.applying, Truth.TRUE) if self.outside and self.applying else ()
        return "; ".join(dict.fromkeys(atom.text for atom in atoms if atom.truth is Truth.FALSE))

    @property
    def stands(self) -> Where:
        """Where the walk stands, in a word."""
        if self.due or self.outside:
            return "due" if self.due else "outside"
        if self.silent:
            return "silent"
        if self.questions:
            return "undecided"
        return "waiting" if self.resting or self.waiting else "done"

    @property
    def waiting(self) -> tuple[str, ...]:
        """Steps come to, of which the time has not come yet."""
        return tuple(in_state(self.timing, "waiting"))

    @property
    def overdue(self) -> Mapping[str, str]:
        """By id of a step due, by how much its time has passed, in words."""
        return in_state(self.timing, "overdue")

    @property
    def open(self) -> tuple[Standing, ...]:
        """Open edges that lead to a step now due, and options the source offers beside them or where the walk stands."""
        due = {*self.due, *self.waiting}
        onward = {c.transition.source for c in self._reached("open") if c.transition.target in due}
        deciding = {*onward, *due, *self.silent_at, *(c.transition.source for c in self.undecided)}
        return tuple(
            choice
            for choice in self._reached("open")
            if choice.transition.target in due or (choice.transition.role == "option" and choice.transition.source in deciding)
        )

    @property
    def closed(self) -> tuple[Standing, ...]:
        """Edges that are closed, not named or not yet open, to steps not come to; last those further ahead ("why not surgery yet?")."""
        near = [c for c in self._reached("closed", "not-named", "not-yet") if c.transition.target not in self.path and not c.idle]
        return (*near, *(self.edges[id] for id in self.ahead))

    @property
    def undecided(self) -> tuple[Standing, ...]:
        """Edges that the facts do not decide, to steps not come to."""
        return tuple(c for c in self._reached("undecided") if c.transition.target not in self.path)

    @cached_property
    def inferred(self) -> tuple[str, ...]:
        """Ids of the steps come to by the modeller's reading alone; see `edgewise.graph.walking.inference`."""
        led_to = {way.target for way, _ in self._taken}
        by_source = {way.target for way, said in self._taken if said == "source"}
        return tuple(id for id in self.path if id in led_to and id not in by_source)

    @cached_property
    def beyond(self) -> tuple[str, ...]:
        """Ids of the steps come to from there by the source's word: the way to them holds a modeller's reading."""
        starts = set(self.path) - {way.target for way, _ in self._taken}
        by_source = stated(starts, self._taken) | set(self.inferred)
        return tuple(id for id in self.path if id not in by_source)

    @cached_property
    def _taken(self) -> tuple[tuple[Transition, Who], ...]:
        return tuple((self.edges[id].transition, self.edges[id].whose) for id in self.followed)

    def remark(self, step: str) -> str:
        """What is to be said of a step that the walk has come to or is offered; empty where the source's word alone leads there."""
        if step in self.path:
            return READING if step in self.inferred else BEYOND if step in self.beyond else ""
        offered = [choice.whose for choice in self._reached("open") if choice.transition.target == step]
        return READING if offered and "source" not in offered else ""

    def _reached(self, *states: State) -> list[Standing]:
        return [choice for choice in self.edges.values() if choice.reached and choice.state in states]


def walk(guideline: Guideline, facts: Facts, timeline: Timeline | None = None) -> Walk:
    """Walk a guideline with what is known of a patient.

    Args:
        guideline: as `edgewise.graph.reading.projection` reads it.
        facts: as `edgewise.graph.walking.facts.parse_facts` makes them; what is absent is unknown.
        timeline: what time it is and when the facts were told, as `edgewise.graph.walking.visits.parse_told` reads it. It decides
            which of the steps come to are waiting, due or overdue, and what was told in a round of a loop that is over.

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
    return walk_present(present(guideline, facts, timeline))


def present(guideline: Guideline, facts: Facts, timeline: Timeline | None = None) -> Present:
    """What is known now, and from where the walk goes on: all that why, what-if and the next question have to be asked with.

    Args:
        guideline: to be walked.
        facts: that are known.
        timeline: when they were told; without one, or as long as no loop is entered again, everything stays as it is given.
    """
    return Present(guideline, facts) if timeline is None else replay(guideline, facts, timeline, walk_once)


def walk_present(now: Present) -> Walk:
    """Walk on from there."""
    return replace(walk_once(now.guideline, now.facts, now.timeline), rounds=now.rounds)


def walk_once(guideline: Guideline, facts: Facts, timeline: Timeline | None = None) -> Walk:
    """Walk with facts as if they had been told at once; the timeline is of times alone."""
    return _Walker(guideline, facts, timeline).walk()


@dataclass
class _Walker:
    guideline: Guideline
    facts: Facts
    timeline: Timeline | None = None
    reached: list[str] = field(default_factory=list)
    followed: list[str] = field(default_factory=list)
    due: list[str] = field(default_factory=list)
    silent_at: list[str] = field(default_factory=list)
    resting: list[str] = field(default_factory=list)
    met_again: bool = False
    kept: dict[str, None] = field(default_factory=dict)

    def walk(self) -> Walk:
        self.pathway, self.law = Pathway.of(self.guideline), law_for(self.guideline, self.facts)
        judging = Judging(self.guideline, self.law, self.facts)
        self.edges = {t.id: judging.standing(t) for t in self.guideline.transitions.values()}
        applies = self.law.applies()
        self.reached = list(self.pathway.starts) if applies is not Truth.FALSE else []
        for id in self.reached:  # grows while it is walked
            self._visit(self.guideline.steps[id])
        self._do_again()
        self._settle_companions()
        self.due, found = settle(self.guideline, choices(self.guideline, self.law, self.reached, self.due), self.due)
        edges = {id: self._placed(choice) for id, choice in self.edges.items()}
        asked = ask(self.law, self.facts, [id for id in self.reached if id not in given_up(found)], edges)
        taken = [(self.guideline.transitions[id], self.edges[id].trace) for id in self.followed]
        come = Come(self.due, self.reached, taken)
        timing = timings(self.law, self.facts, come, self.guideline, self.timeline)
        untimely = not_before_time(self.guideline, self.reached, timing)
        missing = [id for id in (*asked.missing, *preferences_asked(found)) if id not in untimely]
        return Walk(
            due=now_due(self.due, timing),
            path=tuple(self.reached),
            edges=edges,
            followed=tuple(self.followed),
            conflicts=conflicts(self.guideline, self.law, self.reached),
            silent=bool(self.silent_at) and not self.due and not self.resting,
            silent_at=tuple(self.silent_at),
            questions=tuple(dict.fromkeys((*missing, *times_asked(self.law, come, self.guideline)))),
            awaited=asked.awaited,
            ahead=self._ahead(edges) if self.reached else (),
            applies=applies,
            applying=None if self.pathway.applies_to is None else self.law.stated(self.pathway.applies_to),
            resting=tuple(self.resting),
            bundles=gather(self.guideline, self.reached, self.due),
            alternatives=found,
            timing=timing,
            unlike_times=unlike_times(self.law, (self.guideline.steps[id] for id in self.reached)),
        )

    def _routes(self, step: str) -> list[Standing]:
        return [self.edges[edge.id] for edge in self.pathway.out_of(step, *ROUTES)]

    def _visit(self, step: Step) -> None:
        if self.law.performed(step) is not Truth.TRUE:
            self.due.append(step.id)
            return
        routes = self._routes(step.id)
        opened = [choice.transition for choice in routes if choice.state == "open"]
        for transition in opened:
            self._follow(transition)
        if not opened:
            (self._rest_beside if step.companion_of else self._rest)(step, routes)

    def _follow(self, transition: Transition) -> None:
        self.followed.append(transition.id)
        if transition.target not in self.reached:
            self.reached.append(transition.target)
        else:
            self.met_again = True  # by another road, or round a loop

    def _do_again(self) -> None:
        """Where a loop leads back, the step is due once more."""
        if self.met_again:
            taken = [self.guideline.transitions[id] for id in self.followed]
            again = come_back_to([(edge.source, edge.target) for edge in taken], self.pathway.begin, self._usual())
            self._keep_due(id for id in self.reached if id in again)

    def _usual(self) -> tuple[Loop, ...]:
        """The loops of the guideline, where the walk goes on within one."""
        return loops(self.pathway) if self.guideline.resuming else ()

    def _keep_due(self, steps: Iterable[str]) -> None:
        """Steps that are due for their own sake, companions or not."""
        self.kept |= dict.fromkeys(steps)
        self.due += [id for id in self.kept if id not in self.due]

    def _said_done(self, step: str) -> bool:
        """Whether somebody says that a step is done which finds nothing out."""
        finished = self.pathway.finished(self.guideline.steps[step])
        return finished is not None and self.law.compared(finished).truth is Truth.TRUE

    def _rest(self, step: Step, routes: list[Standing]) -> None:
        """The walk comes to rest at a step: it is still due, it waits for answers, the source is silent, or it is done and the last."""
        if (not routes and self._said_done(step.id)) or step.id in self.pathway.done:
            return  # the last; or what it found out is asked anew elsewhere
        if self.law.silent(step) is Truth.TRUE:
            self.silent_at.append(step.id)
            return
        own, waiting = set(step.yields), [choice for choice in routes if choice.state in ("undecided", "not-yet")]
        goes_on = any(own & set(choice.ask) for choice in waiting) or self.law.goes_on(step) is Truth.TRUE
        if waiting and not goes_on and step.kind != "Endpoint" and self.law.not_begun(step) is not Truth.TRUE:
            self.resting.append(step.id)  # the step is done; an answer, or time, decides what follows
        else:
            self.due.append(step.id)  # not complete, or the end of the road, or nothing tells whether it is done

    def _rest_beside(self, step: Step, routes: list[Standing]) -> None:
        """The walk comes to rest at a companion, which is done with its main step: only what follows it may have to wait."""
        waiting = [choice for choice in routes if choice.state in ("undecided", "not-yet")]
        if any(choice.state == "not-yet" and set(step.yields) & set(choice.ask) for choice in waiting):
            self._keep_due([step.id])
        elif waiting:
            self.resting.append(step.id)

    def _settle_companions(self) -> None:
        """A companion is due with its main step; it is done when it is said or found out itself, never with the main step in silence.

        Where the whole walk ends with companions, they are the last it names.
        """
        main = {id: self.guideline.steps[id].companion_of for id in self.reached}
        before = frozenset(self.due)
        for id in (id for id in self.reached if main[id] in main and id not in self.kept):
            due = not before.isdisjoint(_main(id, main)) or self.law.performed(self.guideline.steps[id]) is not Truth.TRUE
            if due and id not in self.due:
                self.due.append(id)
            elif not due and id in self.due:
                self.due.remove(id)
        if not (self.due or self.silent_at or self.resting):
            left = {self.guideline.transitions[id].source for id in self.followed}
            self._keep_due(id for id in self.reached if id not in left and not self._said_done(id))

    def _placed(self, choice: Standing) -> Standing:
        """An edge with regard to how far the walk has come: beyond a step not come to or not performed nothing is open."""
        transition = choice.transition
        source = self.guideline.steps[transition.source]
        if transition.source not in self.reached:
            why = choice.why if transition.role == "excluded" else _joined(f"comes after {source.name}, which is not reached", choice)
            return Standing(transition, "closed", why, choice.nearest, (), choice.trace, reached=False)
        if choice.state == "open" and self.law.opened(transition) is not Truth.TRUE:
            return Standing(transition, "not-yet", f"{source.name} comes first", (), source.yields, choice.trace)
        return choice

    def _ahead(self, edges: Mapping[str, Standing]) -> tuple[str, ...]:
        near = {choice.transition.target for choice in edges.values() if choice.reached} | set(self.reached)
        ahead = {}
        for id in self.guideline.steps:
            ways = [edges[edge.id] for edge in self.pathway.into(id)] if id not in near else []
            if ways:
                ahead[id] = min(ways, key=lambda choice: (choice.transition.role != "route", len(choice.nearest)))
        return tuple(choice.transition.id for choice in ahead.values())


def _main(companion: str, main: Mapping[str, str]) -> Collection[str]:
    """The step with which a companion goes along, and that one again with another, to the last; where they go in circles, the circle."""
    seen: list[str] = []
    here = companion
    while main[here] in main and here not in seen:
        seen.append(here)
        here = main[here]
    return seen[seen.index(here) :] if here in seen else (here,)


def _joined(first: str, choice: Standing) -> str:
    return f"{first}; {choice.why}" if choice.why and choice.state != "open" else first
