"""Situations in which passages of the source disagree about the same step, as `graph.walking.conflicts` finds them in one patient."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from edgewise.graph.answers.cover import cover
from edgewise.graph.answers.diagram import NEVER, Cube
from edgewise.graph.answers.regions import Region
from edgewise.graph.gaps.examples import Patient, narrowed, smallest
from edgewise.graph.gaps.rows import MOST, Row, as_meant, asked_in_order, in_words
from edgewise.graph.gaps.situations import Situations, made_of, with_bounds
from edgewise.graph.model import Guideline
from edgewise.graph.pathway import OFFERED, Pathway, Topic
from edgewise.graph.walking.conflicts import read_into
from edgewise.graph.walking.walk import Walk


def topics(guideline: Guideline) -> list[Topic]:
    """Topics of two passages or more, by step in the order of the pathway."""
    rank = {id: position for position, id in enumerate(guideline.steps)}
    several = [topic for topic in Pathway.of(guideline).topics if len(topic.stated) > 1]
    return sorted(several, key=lambda topic: rank.get(topic.about, len(rank)))


def disagreements(situations: Situations, topic: Topic, unchecked: list[str]) -> Iterator[Row]:
    """Rows for each way in which the passages of a topic come apart, in patients to whom it matters."""
    family = situations.diagrams
    matters = situations.law.matters(topic, lambda step: situations.regions.where(situations.reached(step))).true
    linked = (group for group in situations.links.groups if not set(group).isdisjoint(topic.observables))
    matters = family.both(matters, *map(situations.possible, linked))
    verdicts = {passage: situations.law.stated(criterion).truth for passage, criterion in topic.stated.items()}
    agreed = (situations.regions.all_of(verdicts.values()), situations.regions.all_of(map(situations.regions.negated, verdicts.values())))
    left = family.without(matters, situations.either(*(one.true for one in agreed)))
    for _ in range(MOST):
        if left == NEVER:
            return
        pattern = _pattern(situations, verdicts, left)
        where = situations.both(left, *(verdicts[passage].true if met else verdicts[passage].false for passage, met in pattern.items()))
        left = family.without(left, where)
        yield from _rows(situations, topic, pattern, where, unchecked)
    unchecked.append(f"{_before(situations.guideline, topic)}: passages disagree in more ways than {MOST}; the others are not listed")


def _pattern(situations: Situations, verdicts: Mapping[str, Region], node: int) -> dict[str, bool]:
    """Which passages are met in some of the situations of a node."""
    pattern: dict[str, bool] = {}
    for passage, verdict in verdicts.items():
        within = situations.both(node, verdict.true)
        pattern[passage] = within != NEVER
        node = within if pattern[passage] else node
    return pattern


def _rows(situations: Situations, topic: Topic, pattern: Mapping[str, bool], where: int, unchecked: list[str]) -> Iterator[Row]:
    family, guideline = situations.diagrams, situations.guideline
    others = {situations.variable[id] for id in situations.order if not set(made_of(situations, id)) <= set(topic.observables)}
    seen = family.exists(where, others)
    told = cover(family, seen, family.without(family.exists(situations.domain, others), seen), most=MOST)
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
    situation = in_words(guideline, with_bounds(situations, {id: situations.partitions[id].told(held) for id, held in cells.items()}))
    told = tuple(dict.fromkeys(one for id in cells for one in made_of(situations, id)))
    there_are = situations.both(node, situations.domain)
    deciding = situations.facts(situations.by_observable(situations.diagrams.path(node if there_are == NEVER else there_are)))
    shown = partial(_shown, topic, met, unmet)
    nearby = narrowed(guideline, _concerned(guideline, topic))
    verdict = f"enough for {_places(guideline, met)}; not for {_places(guideline, unmet)}"
    return Row(
        kind="disagreement",
        step=topic.about,
        observables=asked_in_order(guideline, topic.observables),
        situation=situation,
        example=smallest(nearby, deciding, situations.everything(deciding), shown, situations.effort, told),
        edges=tuple(edge.id for edge in Pathway.of(guideline).into(topic.about, *OFFERED)),
        statements=(*met, *unmet),
        text=f"{_before(guideline, topic)} the source disagrees with itself ({as_meant(guideline, situation, told)}): {verdict}.",
        met=met,
        unmet=unmet,
        remark=_read_into(guideline, topic, (*met, *unmet)),
        where={id: frozenset(held) for id, held in cells.items()},
    )


def _read_into(guideline: Guideline, topic: Topic, passages: tuple[str, ...]) -> str:
    """What the modeller read into the passages, each by its place."""
    found = ((id, read_into(guideline, topic.about, id)) for id in passages)
    return "; ".join(f"{guideline.passage(id).place} ({remark})" for id, remark in found if remark)


def _concerned(guideline: Guideline, topic: Topic) -> set[str]:
    """The step, and those that find out what is asked before it."""
    found = {step.id for id in topic.observables for step in Pathway.of(guideline).finders(id)}
    return found | ({topic.about} & guideline.steps.keys())


def _shown(topic: Topic, met: tuple[str, ...], unmet: tuple[str, ...], _: Patient, walked: Walk) -> bool:
    wanted = (topic.about, topic.observables, met, unmet)
    return any((one.about, one.observables, one.met, one.unmet) == wanted for one in walked.conflicts)


def _before(guideline: Guideline, topic: Topic) -> str:
    return f"Before “{guideline.steps[topic.about].name if topic.about in guideline.steps else topic.about}”"


def _places(guideline: Guideline, passages: tuple[str, ...]) -> str:
    return " and ".join(str(guideline.passage(id).place) for id in passages)
