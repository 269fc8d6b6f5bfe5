"""A round of practice: one commitment a stage, judged by the walk, and kept for as long as the session lasts. Knows no page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from edgewise.explorer.pages.teach.options import NOT_STATED, UNDECIDED, options
from edgewise.graph.cases.model import Case, Ruling, Stage, answer
from edgewise.graph.cases.pitfalls import falls
from edgewise.graph.model import Guideline
from edgewise.graph.pathway import Pathway
from edgewise.graph.walking.facts import Facts
from edgewise.graph.walking.kleene import Truth
from edgewise.graph.walking.patient import law_for
from edgewise.graph.walking.sets import wanted
from edgewise.graph.walking.visits import Timeline
from edgewise.graph.walking.walk import Walk, walk_once

LONGEST_WHY = 1_000
Outcome = Literal["right", "part", "option", "silent", "inferred", "wrong"]


@dataclass(frozen=True, slots=True)
class Commitment:
    """One commitment, as it is logged.

    Attributes:
        time: when it was made.
        guideline: its id; `updated` is the date of its edition.
        case: its id.
        attempt: the how-manieth time in this session that the case is practised.
        stage: counted from 1.
        facts: what was known.
        pick: id of a step, or one of `options.WORDS`.
        why: as the resident typed it.
        answer: what the walk said.
        outcome: ``right``, where several steps are due only with all of them, and of alternatives with one; ``part``, with some of them;
            ``option``, where the source offers that step beside the due one without saying when; ``silent``, where a step was picked
            although the source does not say; ``inferred``, where silence was and the modeller alone leads on; else ``wrong``, also of a
            step that the source advises against.
        met: ids of the pitfalls that lay at this stage.
        fallen: those of them that the pick fell into.
        seconds: from the first sight of the stage.
        beside: ids of further steps that were to be taken at once.
    """

    time: datetime
    guideline: str
    updated: str
    case: str
    attempt: int
    stage: int
    facts: Facts
    pick: str
    why: str
    answer: Ruling
    outcome: Outcome
    met: tuple[str, ...] = ()
    fallen: tuple[str, ...] = ()
    seconds: float = 0.0
    beside: tuple[str, ...] = ()

    @property
    def picks(self) -> tuple[str, ...]:
        """All that was picked."""
        return (self.pick, *self.beside)

    @property
    def named(self) -> tuple[str, ...]:
        """What would have been right, as picks."""
        return self.answer.steps or (NOT_STATED if self.answer.verdict == "not-stated" else UNDECIDED,)


@dataclass(slots=True)
class Round:
    """One try at a case.

    Attributes:
        guideline: by which it is judged.
        case: as it was when the round began.
        attempt: counted from 1.
        entries: commitments so far, one a stage.
        seen: stage (from 0) → the clock when it was first shown.
        last: the place last looked at: a stage from 0, or their number for the summary.
        own: what leads to its case in an address.
    """

    guideline: Guideline
    case: Case
    attempt: int = 1
    entries: list[Commitment] = field(default_factory=list)
    seen: dict[int, float] = field(default_factory=dict)
    last: int = 0
    own: Mapping[str, str] = field(default_factory=dict)

    @property
    def done(self) -> bool:
        """Whether every stage has its commitment."""
        return len(self.entries) >= len(self.case.stages)

    @property
    def right(self) -> int:
        """How many stages were right."""
        return sum(entry.outcome == "right" for entry in self.entries)

    def place(self, at: str) -> int | None:
        """The stage that an address asks for, from 0, their number meaning the summary; None where the round has not come so far.

        >>> one = Round(Guideline("g", "urn:g", "", "", "", "", "", "", "", ""), Case("c", "", "", (Stage("", {}),)))
        >>> one.place("1"), one.place(""), one.place("2"), one.place("x")
        (0, 0, None, None)
        """
        if not at:
            return min(self.last, len(self.entries))
        wanted = int(at) - 1 if at.isascii() and at.isdecimal() and len(at) < 4 else -1
        return wanted if 0 <= wanted <= len(self.entries) else None


@dataclass(slots=True)
class Practice:
    """All that was practised in a session.

    Attributes:
        rounds: those begun, by the key of their case.
        tries: how often each case was begun.
        finished: of the last finished try at a case, how many stages were right and how many there were.
        log: every commitment, in order.
    """

    rounds: dict[str, Round] = field(default_factory=dict)
    tries: Counter[str] = field(default_factory=Counter)
    finished: dict[str, tuple[int, int]] = field(default_factory=dict)
    log: list[Commitment] = field(default_factory=list)

    def round_of(self, key: str, guideline: Guideline, case: Case, own: Mapping[str, str] | None = None) -> tuple[Round, bool]:
        """The round at a case, begun if there is none, and whether one was dropped since its case or guideline was changed meanwhile.

        `own` is what leads to the case in an address.
        """
        found = self.rounds.get(key)
        if found and found.case == case and found.guideline == guideline:
            return found, False
        self.rounds[key] = Round(guideline, case, self.tries[key] + 1, own=own or {})
        return self.rounds[key], bool(found and found.entries)

    def unfinished(self, of: str) -> Round | None:
        """The round last committed to among those begun and not done whose keys begin with `of`."""
        begun = [one for key, one in self.rounds.items() if key.startswith(of) and one.entries and not one.done]
        return max(begun, key=lambda one: one.entries[-1].time, default=None)

    def begin_again(self, key: str) -> None:
        """Leave a round for another try; what was committed to stays in the log."""
        self.rounds.pop(key, None)

    def commit(
        self, key: str, attempt: int, stage: int, pick: str, why: str, clock: float, beside: Sequence[str] = ()
    ) -> Commitment | None:
        """Commit to a next step.

        Args:
            key: of the case.
            attempt: the try for which it is meant, as it stood on the page.
            stage: likewise, from 0.
            pick: id of a step, or one of `options.WORDS`.
            why: the resident's reason, if one was typed.
            clock: the time in seconds, by the clock of `Round.seen`.
            beside: ids of further steps that are to be taken at once.

        Returns:
            What was logged; None where this stage has its commitment already (a second click), or the pick is none of the options.
        """
        found = self.rounds.get(key)
        if not found or found.attempt != attempt or len(found.entries) != stage or found.done:
            return None
        picks = tuple(dict.fromkeys((pick, *beside)))
        if not set(picks) <= {option.pick for option in options(found.guideline)}:
            return None
        entry = _entry(found, stage, picks, why, max(0.0, clock - found.seen.get(stage, clock)))
        self.tries[key] = found.attempt
        found.entries.append(entry)
        self.log.append(entry)
        if len(found.entries) == len(found.case.stages):
            self.finished[key] = found.right, len(found.entries)
        return entry


def _entry(found: Round, stage: int, picks: tuple[str, ...], why: str, seconds: float) -> Commitment:
    case, now = found.case, found.case.present(found.guideline, stage)
    guideline, facts = now.guideline, known(now.guideline, now.facts)
    outcome = judge(guideline, facts, *picks, timeline=now.timeline)
    met, fallen = pitfalls(guideline, case.stages[stage], facts, *(picks if outcome != "right" else ()))
    on, told = datetime.now(UTC), why.replace("\0", "").strip()[:LONGEST_WHY]
    named = answer(guideline, facts, now.timeline)
    number = stage + 1
    return Commitment(
        on, guideline.id, guideline.updated, case.id, found.attempt, number, facts, picks[0], told, named, outcome, met, fallen, seconds,
        picks[1:],
    )  # fmt: skip


def judge(guideline: Guideline, facts: Facts, pick: str, *beside: str, timeline: Timeline | None = None) -> Outcome:
    """How a pick compares with the walk, and with it all that was to be taken at once.

    >>> from edgewise.graph.library import load
    >>> guideline = load("sacroiliac-sclerosis").guideline
    >>> [judge(guideline, {}, pick) for pick in ("xray-si-joints", "xray-spine", "si-joint-fusion", NOT_STATED)]
    ['right', 'right', 'wrong', 'wrong']
    """
    walked, named, picks = walk_once(guideline, facts, timeline), answer(guideline, facts, timeline), (pick, *beside)
    if named.verdict != "due":
        told = NOT_STATED if named.verdict == "not-stated" else UNDECIDED
        outcomes = {_judge_no_step(guideline, told, one) for one in picks}
        return outcomes.pop() if len(outcomes) == 1 else "wrong"
    if picks == (NOT_STATED,) and by_modeller(guideline, walked, named, facts):
        return "inferred"
    offered = {choice.transition.target for choice in walked.open if choice.transition.role == "option"}
    if not set(picks) <= {*walked.due, *offered} or both_of_one(walked, picks):
        return "wrong"
    met = [group for group in due_groups(guideline, walked, named) if not group.isdisjoint(picks)]
    if not met:
        return "option"
    return "right" if len(met) == len(due_groups(guideline, walked, named)) else "part"


def due_groups(guideline: Guideline, walked: Walk, named: Ruling) -> tuple[frozenset[str], ...]:
    """What is due, each with all by which it is met: of alternatives any, and beside a step what goes along with it.

    >>> from edgewise.graph.library import load
    >>> from edgewise.graph.walking.walk import walk
    >>> guideline = load("sacroiliac-sclerosis").guideline
    >>> [sorted(group) for group in due_groups(guideline, walk(guideline, {}), answer(guideline, {}))]
    [['xray-si-joints', 'xray-spine']]
    """
    groups = wanted(walked.alternatives, named.steps)
    along = {id: guideline.steps[id].companion_of for id in walked.due}
    return tuple(frozenset((*group, *(id for id, main in along.items() if main in group))) for group in groups)


def still_due(guideline: Guideline, walked: Walk, entry: Commitment) -> tuple[tuple[str, ...], ...]:
    """What is due and was not picked: for each the step, of alternatives those that would do."""
    left = [group for group in due_groups(guideline, walked, entry.answer) if group.isdisjoint(entry.picks)]
    return tuple(one for one in wanted(walked.alternatives, entry.answer.steps) if any(set(one) <= group for group in left))


def both_of_one(walked: Walk, picks: Collection[str]) -> tuple[str, ...]:
    """Those picked that are alternatives of one another, of which only one is to be chosen."""
    chosen = ([id for id in picks if id in one.due] for one in walked.alternatives)
    return next((tuple(each) for each in chosen if len(each) > 1), ())


def _judge_no_step(guideline: Guideline, told: str, pick: str) -> Outcome:
    """Where no step is named: of one that it advises against the source is not silent."""
    if pick == told:
        return "right"
    roles = {edge.role for edge in Pathway.of(guideline).into(pick)}
    silent = told == NOT_STATED and pick in guideline.steps and roles != {"excluded"}
    return "silent" if silent else "wrong"


def by_modeller(guideline: Guideline, walked: Walk, named: Ruling, facts: Facts) -> bool:
    """Whether it is the modeller's reading alone that leads to the steps due: the source does not say so itself.

    >>> from edgewise.graph.library import load
    >>> from edgewise.graph.walking.walk import walk
    >>> guideline, facts = load("sacroiliac-sclerosis").guideline, {"radiographs": "sclerosis", "inflammatory-suspicion": "no"}
    >>> by_modeller(guideline, walk(guideline, facts), answer(guideline, facts), facts)
    True
    """
    law = law_for(guideline, facts)
    begun = any(law.begun(guideline.steps[step]) is Truth.TRUE for step in named.steps)
    return bool(named.steps) and set(named.steps) <= set(walked.inferred) and not begun


def pitfalls(guideline: Guideline, stage: Stage, facts: Facts, *picks: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The pitfalls that lie at a stage, and those that a pick falls into: by their cautions, and by what the case names with a lure.

    Those lie there into which a lure leads, or a pick itself. Both in the guideline's order.

    >>> from edgewise.graph.library import load
    >>> pitfalls(load("sacroiliac-sclerosis").guideline, Stage("", {}), {"radiographs": "sclerosis"}, "si-joint-fusion")[1]
    ('s32', 's34', 's35', 's36')
    """
    fallen = set().union(*(_warned_of(guideline, stage, facts, pick) for pick in picks))
    met = fallen.union(*(_warned_of(guideline, stage, facts, lure.step) for lure in stage.lures))
    return tuple(id for id in guideline.statements if id in met), tuple(id for id in guideline.statements if id in fallen)


def _warned_of(guideline: Guideline, stage: Stage, facts: Facts, step: str) -> set[str]:
    named = {lure.pitfall for lure in stage.lures if lure.step == step and lure.pitfall}
    return named | {fall.pitfall for fall in falls(guideline, facts, step)}


def known(guideline: Guideline, facts: Facts) -> Facts:
    """Those facts that the guideline asks for."""
    return {id: told for id, told in facts.items() if id in guideline.observables}
