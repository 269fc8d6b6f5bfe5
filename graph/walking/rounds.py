"""Rounds of a loop: facts told as visits, walked visit by visit, so that a loop that is entered again asks afresh.

Where the walk comes back into a loop at one visit, a new round of it begins with the next: what the steps of the loop find out, and that
they are done, is known of the new round alone. The walk goes on from where it had come to: the steps at which the loop is entered again,
what else was due in it, and what it came to outside by answers that are now asked anew. All other facts stay, and are judged as ever.

So visits come down to some facts and a place to go on from (`Resuming`), which the walk, why, what-if and the next question take as they
are; facts that are told at once have no rounds. Which steps belong to a loop says the guideline, not the patient: the smallest loop of its
routes that holds the one gone round. Smaller loops in it begin anew with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from edgewise.graph.durations import Duration
from edgewise.graph.model import Guideline, Resuming
from edgewise.graph.pathway import ROUTES, Pathway
from edgewise.graph.walking.facts import Answer, Facts
from edgewise.graph.walking.kleene import Truth
from edgewise.graph.walking.loops import Loop, nest, smallest
from edgewise.graph.walking.patient import law_for
from edgewise.graph.walking.visits import BEGINNING, Gathering, Timeline, as_visits


@dataclass(frozen=True, slots=True)
class Round:
    """A round of a loop that the walk has begun after the first.

    Attributes:
        steps: ids of those in the loop, in the guideline's order.
        entries: those of them at which it was entered again.
        number: the how manieth it is; the first was the walk's coming there.
        since: when the walk came back, counted from the beginning.
        before: what was known in the round before of what is asked anew, by id.
    """

    steps: tuple[str, ...]
    entries: tuple[str, ...]
    number: int
    since: Duration
    before: Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Present:
    """What visits come down to.

    Attributes:
        guideline: with the place from which the walk goes on.
        facts: those that count now.
        timeline: when they were told.
        rounds: that have begun, of loops that do not lie in one another.
    """

    guideline: Guideline
    facts: Facts
    timeline: Timeline | None = None
    rounds: tuple[Round, ...] = ()


class Come(Protocol):
    """A walk, as far as it tells how a loop was gone round."""

    @property
    def due(self) -> tuple[str, ...]: ...

    @property
    def path(self) -> tuple[str, ...]: ...

    @property
    def followed(self) -> tuple[str, ...]: ...


Walking = Callable[[Guideline, Facts], Come]
_Gone = tuple[Loop, frozenset[str]]  # a loop as it was gone round, and the steps of the guideline's loop that it belongs to


def replay(guideline: Guideline, facts: Facts, timeline: Timeline, once: Walking) -> Present:
    """Walk visit by visit.

    Args:
        guideline: to be walked.
        facts: that are known; what is not as the visits told it is taken to be told now.
        timeline: when they were told.
        once: walks with facts as if they had been told at once.
    """
    replaying = _Replaying(guideline, once)
    for at, told in as_visits(facts, timeline):
        replaying.visit(at, told)
    if not replaying.rounds:
        return Present(guideline, facts, timeline)
    replaying.heard.hear(timeline.now, _not_told_yet(facts, timeline))
    known = {id: replaying.heard.facts[id] for id in facts if id in replaying.heard.facts}
    return Present(replaying.present, known, Timeline(timeline.now, replaying.heard.told), tuple(replaying.rounds.values()))


def _not_told_yet(facts: Facts, timeline: Timeline) -> dict[str, Answer]:
    """What is known and no visit told: an answer that is tried."""
    found: dict[str, Answer] = {}
    for id, answer in facts.items():
        times = timeline.told.get(id, ())
        if isinstance(answer, tuple):
            rest = answer[len(times) :]
            found |= {id: rest} if rest else {}
        elif not times or (id in timeline.retold and timeline.retold[id][-1][1] != answer):
            found[id] = answer
    return found


def loops(pathway: Pathway) -> tuple[Loop, ...]:
    """The loops of a guideline's routes, those that hold others before these."""
    return tuple(nest({(edge.source, edge.target) for edge in pathway.edges(*ROUTES)}, pathway.begin))


class _Replaying:
    def __init__(self, guideline: Guideline, once: Walking) -> None:
        self.present, self.once = guideline, once
        self.heard = Gathering(guideline)
        self.rounds: dict[frozenset[str], Round] = {}

    @property
    def pathway(self) -> Pathway:
        return Pathway.of(self.present)

    def visit(self, at: Duration, told: Facts) -> None:
        self.heard.hear(at, told)
        walked = self.once(self.present, self.heard.facts)
        taken = {(edge.source, edge.target) for id in walked.followed for edge in (self.present.transitions[id],)}
        gone_round = [(loop, self._body(loop)) for loop in nest(taken, self.pathway.begin, loops(self.pathway))]
        asked = {body: self._asked_anew(body) for _, body in gone_round}
        begun = [(loop, body) for loop, body in gone_round if any(id in self.heard.facts for id in asked[body])]
        if begun:
            self._begin(at, walked, begun)

    def _begin(self, at: Duration, walked: Come, begun: Sequence[_Gone]) -> None:
        steps = frozenset[str]().union(*(body for _, body in begun))
        anew = self._asked_anew(steps)
        self._count(at, begun)
        place = self._place(at, walked, begun, steps, anew)
        self.heard.forget(anew)
        self.present = replace(self.present, resuming=place)
        again = set(self.once(self.present, self.heard.facts).path)
        if missing := tuple(id for id in walked.path if id not in steps and id not in again):
            self.present = replace(self.present, resuming=replace(place, at=(*place.at, *missing)))

    def _count(self, at: Duration, begun: Sequence[_Gone]) -> None:
        """Note the rounds that begin; those of smaller loops end with the one that they lie in."""
        largest = {body for _, body in begun if not any(body < other for _, other in begun)}
        for body in sorted(largest, key=self._ordered):
            number = self.rounds[body].number + 1 if body in self.rounds else 2
            entries = {id for inner, other in begun if other <= body for id in inner.entries}
            anew = self._asked_anew(body)
            before = {id: self.heard.facts[id] for id in self.present.observables if id in anew and id in self.heard.facts}
            self.rounds = {held: one for held, one in self.rounds.items() if not held <= body}
            self.rounds[body] = Round(self._ordered(body), self._ordered(entries), number, at, before)

    def _place(self, at: Duration, walked: Come, begun: Sequence[_Gone], steps: frozenset[str], anew: set[str]) -> Resuming:
        old, law = self.present.resuming or Resuming(), law_for(self.present, self.heard.facts)
        again = frozenset(id for loop, _ in begun for id in loop.entries)
        held = [id for id in walked.path if id in again or (id in steps and id in walked.due)]
        outside = [id for id in old.at if id not in steps]
        led = {id: tuple(self._led_from(walked, id)) for id in held}
        done = {id for id in walked.path if id not in steps and anew & set(self.present.steps[id].yields)}
        done = {id for id in done if law.performed(self.present.steps[id]) is Truth.TRUE}
        kept = {id: froms for id, froms in old.led_from.items() if id in outside}
        since = {id: self._since(at, froms) for id, froms in led.items()}
        return Resuming(
            at=tuple(dict.fromkeys((*outside, *held))),
            again=(*(id for id in old.again if id not in steps), *self._ordered(again)),
            done=self._ordered({*(id for id in old.done if id not in steps), *done}),
            led_from=kept | led,
            since={id: one for id, one in old.since.items() if id in outside} | since,
        )

    def _led_from(self, walked: Come, step: str) -> Iterator[str]:
        """The steps from which the walk came to one; to one where a loop is entered, from within the loop if from there."""
        named = self.present.steps[step].after
        taken = [self.present.transitions[id] for id in walked.followed]
        found = [edge.source for edge in taken if edge.target == step]
        beyond = self._beyond(step, {(edge.source, edge.target) for edge in taken})
        yield from (named,) if named else dict.fromkeys([id for id in found if id in beyond] or found)

    @staticmethod
    def _beyond(step: str, taken: set[tuple[str, str]]) -> set[str]:
        """What can be come to from a step."""
        seen, waiting = {step}, [step]
        while waiting:
            here = waiting.pop()
            fresh = {to for come, to in taken if come == here} - seen
            seen |= fresh
            waiting += fresh
        return seen

    def _since(self, at: Duration, sources: Iterable[str]) -> Duration:
        """When the first of some steps was done, as far as was told; else when the walk came back."""
        found = [one for id in sources if (one := self._done_at(id))]
        return min(found, key=lambda one: one.seconds, default=at)

    def _done_at(self, step: str) -> Duration | None:
        times = (times[-1] for id in self._finds_out(step) if (times := self.heard.told.get(id)))
        begins = BEGINNING if self.present.steps[step].kind == "Presentation" else None
        return max(times, key=lambda one: one.seconds, default=begins)

    # What belongs to a loop ---------------------------------------------------------------------------------------------

    def _body(self, gone: Loop) -> frozenset[str]:
        """The smallest loop of the guideline that holds one that was gone round, with what goes along with its steps."""
        body = (smallest(gone.steps, loops(self.pathway)) or gone).steps
        return body | {id for id, step in self.present.steps.items() if step.companion_of in body}

    def _asked_anew(self, body: Iterable[str]) -> set[str]:
        """What the steps of a loop find out, and that they are done."""
        return {found for id in body for found in self._finds_out(id)}

    def _finds_out(self, id: str) -> tuple[str, ...]:
        step = self.present.steps[id]
        said = self.pathway.finished(step)
        return (*step.yields, *((said.observable,) if said else ()))

    def _ordered(self, ids: Iterable[str]) -> tuple[str, ...]:
        held = set(ids)
        return tuple(id for id in self.present.steps if id in held)
