"""Situations in which passages of the source disagree about the same step, as `graph.walking.conflicts` finds them in one patient."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from edgewise.graph.answers.cover import cover
from edgewise.graph.answers.diagram import NEVER, Cube
from edgewise.graph.gaps.examples import Patient, narrowed, smallest
from edgewise.graph.gaps.rows import MOST, Row, as_meant, asked_in_order, in_words
from edgewise.graph.gaps.situations import Kleene, Situations
from edgewise.graph.model import Comparison, Criterion, Guideline, Transition
from edgewise.graph.walking.criteria import comparisons
from edgewise.graph.walking.walk import Walk


@dataclass(frozen=True, slots=True)
class Topic:
    """What several passages ask about the same observables before the same step."""

    about: str
    observables: tuple[str, ...]
    stated: Mapping[str, Criterion]  # by passage


def topics(guideline: Guideline) -> list[Topic]:
    """Topics of two passages or more, by step in the order of the pathway."""
    found: dict[tuple[str, tuple[str, ...]], dict[str, Criterion]] = {}
    for passage in (*guideline.headings.values(), *guideline.statements.values()):
        for assertion in passage.asserts:
            observables = tuple(sorted({part.observable for part in comparisons(assertion.criterion)}))
            found.setdefault((assertion.about, observables), {})[passage.id] = assertion.criterion
    rank = {id: position for position, id in enumerate(guideline.steps)}
    several = [Topic(about, observables, stated) for (about, observables), stated in found.items() if len(stated) > 1]
    return sorted(several, key=lambda topic: rank.get(topic.about, len(rank)))


def disagreements(situations: Situations, topic: Topic, unchecked: list[str]) -> Iterator[Row]:
    """Rows for each way in which the passages of a topic come apart, in patients to whom it matters."""
    family = situations.diagrams
    matters = family.without(_asked(situations, topic), _ruled_out(situations, topic))
    verdicts = {passage: situations.kleene(criterion, situations.literals) for passage, criterion in topic.stated.items()}
    agreed = situations.either(
        situations.both(*(true for true, _ in verdicts.values())), situations.both(*(no for _, no in verdicts.values()))
    )
    left = family.without(matters, agreed)
    for _ in range(MOST):
        if left == NEVER:
            return
        pattern = _pattern(situations, verdicts, left)
        where = situations.both(left, *(verdicts[passage][not met] for passage, met in pattern.items()))
        left = family.without(left, where)
        yield from _rows(situations, topic, pattern, where, unchecked)
    unchecked.append(f"{_before(situations.guideline, topic)}: passages disagree in more ways than {MOST}; the others are not listed")


def _asked(situations: Situations, topic: Topic) -> int:
    """Where the walk comes to what yields the observables; nowhere if one of them has no answer to be compared."""
    if any(id in situations.partitions and not situations.partitions[id].cells for id in topic.observables):
        return NEVER
    steps = situations.guideline.steps.values()
    yielding = [[step.id for step in steps if id in step.yields] for id in topic.observables]
    return situations.both(*(situations.either(*map(situations.reached, ids)) for ids in yielding if ids))


def _ruled_out(situations: Situations, topic: Topic) -> int:
    """Where the other facts alone close every way to the step."""

    def known(comparison: Comparison) -> Kleene:
        return (NEVER, NEVER) if comparison.observable in topic.observables else situations.literals(comparison)

    ways = _ways(situations.guideline, topic)
    return situations.both(*(NEVER if edge.when is None else situations.kleene(edge.when, known)[1] for edge in ways))


def _pattern(situations: Situations, verdicts: Mapping[str, Kleene], node: int) -> dict[str, bool]:
    """Which passages are met in some of the situations of a node."""
    pattern: dict[str, bool] = {}
    for passage, (true, _) in verdicts.items():
        within = situations.both(node, true)
        pattern[passage] = within != NEVER
        node = within if pattern[passage] else node
    return pattern


def _rows(situations: Situations, topic: Topic, pattern: Mapping[str, bool], where: int, unchecked: list[str]) -> Iterator[Row]:
    family, guideline = situations.diagrams, situations.guideline
    others = {situations.variable[id] for id in situations.order if id not in topic.observables}
    seen = family.exists(where, others)
    told = cover(family, seen, family.negated(seen), most=MOST)
    met = tuple(passage for passage, is_met in pattern.items() if is_met)
    unmet = tuple(passage for passage, is_met in pattern.items() if not is_met)
    for cube in told.cubes:
        node = situations.both(where, family.cube(cube))
        yield _row(situations, topic, cube, node, met, unmet)
    if told.left != NEVER:
        unchecked.append(
            f"{_before(guideline, topic)}: {family.count(told.left)} more combinations in which passages disagree are not listed"
        )


def _row(situations: Situations, topic: Topic, cube: Cube, node: int, met: tuple[str, ...], unmet: tuple[str, ...]) -> Row:
    guideline = situations.guideline
    cells = {situations.order[variable]: cells for variable, cells in cube.items()}
    situation = in_words(guideline, {id: situations.partitions[id].told(held) for id, held in cells.items()})
    deciding = situations.facts(situations.by_observable(situations.diagrams.path(node)))
    shown = partial(_shown, topic, met, unmet)
    nearby = narrowed(guideline, _concerned(guideline, topic))
    verdict = f"enough for {_places(guideline, met)}; not for {_places(guideline, unmet)}"
    return Row(
        kind="disagreement",
        step=topic.about,
        observables=asked_in_order(guideline, topic.observables),
        situation=situation,
        example=smallest(nearby, deciding, {**situations.everything(), **deciding}, shown, situations.effort),
        edges=tuple(edge.id for edge in _ways(guideline, topic)),
        statements=(*met, *unmet),
        text=f"{_before(guideline, topic)} the source disagrees with itself ({as_meant(guideline, situation, cells)}): {verdict}.",
        met=met,
        unmet=unmet,
        where={id: frozenset(held) for id, held in cells.items()},
    )


def _concerned(guideline: Guideline, topic: Topic) -> set[str]:
    """The step, and those that find out what is asked before it."""
    found = {id for id, step in guideline.steps.items() if not set(topic.observables).isdisjoint(step.yields)}
    return found | ({topic.about} & guideline.steps.keys())


def _ways(guideline: Guideline, topic: Topic) -> list[Transition]:
    return [edge for edge in guideline.transitions.values() if edge.target == topic.about and edge.role != "excluded"]


def _shown(topic: Topic, met: tuple[str, ...], unmet: tuple[str, ...], _: Patient, walked: Walk) -> bool:
    wanted = (topic.about, topic.observables, met, unmet)
    return any((one.about, one.observables, one.met, one.unmet) == wanted for one in walked.conflicts)


def _before(guideline: Guideline, topic: Topic) -> str:
    return f"Before “{guideline.steps[topic.about].name if topic.about in guideline.steps else topic.about}”"


def _places(guideline: Guideline, passages: tuple[str, ...]) -> str:
    return " and ".join(str(guideline.passage(id).place) for id in passages)
