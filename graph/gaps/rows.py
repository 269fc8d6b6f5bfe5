"""What a search for gaps finds: rows a clinician can read, each with the passages behind it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from edgewise.graph.answers.mentions import Voice, spoken, together
from edgewise.graph.attribution import Word, joint
from edgewise.graph.model import Guideline, Statement, Transition
from edgewise.graph.pathway import Pathway, comparisons
from edgewise.graph.walking.facts import Facts, plain

Kind = Literal[
    "gap",
    "overlap",
    "contraindicated-road",
    "dead-end",
    "unreachable-step",
    "endless-loop",
    "never-met",
    "never-asked",
    "never-decides",
    "disagreement",
    "unlike-times",
    "masked",
    "subsumed",
    "mergeable",
    "misleading-preference",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
ALL = "in every patient who comes this far"
MOST = 60  # rows of one kind at one step


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that the algorithm leaves open.

    Attributes:
        kind: what is wrong.
        step: id of the step concerned, empty where there is none.
        observables: ids of what tells the situation, in the order asked.
        situation: for whom, in words; empty where it concerns nobody in particular.
        example: the fewest facts of a patient in whom the walk shows it; empty where no patient can show it.
        edges: ids of the edges concerned.
        statements: ids of the statements and headings behind them, and of those that speak of the same.
        text: the finding in one sentence.
        met: of a disagreement, the passages whose condition the example fulfils; of a road to a contraindicated step, those behind it.
        unmet: of a disagreement, those whose condition it does not; of a road to a contraindicated step, those that rule the step out.
        remark: what has to stand beside the statements or in their place, where the conditions concerned are not all the source's word.
        where: the situation as cells of `graph.answers.partition.partition` by observable, for all who come so far; the example is in it.
        also: further situations of the same kind that the row tells, such as those in which other answers open the same two edges.
        idle: of edges that others mask, say as well or go before, ids of those that lose; to the others of `edges`.
    """

    kind: Kind
    step: str
    observables: tuple[str, ...]
    situation: str
    example: Facts = field(hash=False)
    edges: tuple[str, ...]
    statements: tuple[str, ...]
    text: str
    met: tuple[str, ...] = ()
    unmet: tuple[str, ...] = ()
    remark: str = ""
    where: Mapping[str, frozenset[int]] = field(default_factory=dict, hash=False, repr=False)
    also: tuple[Mapping[str, frozenset[int]], ...] = field(default=(), hash=False, repr=False)
    idle: tuple[str, ...] = ()

    @property
    def everywhere(self) -> tuple[Mapping[str, frozenset[int]], ...]:
        """All situations that the row tells: a patient who comes so far is in one of them exactly if it is so."""
        return (self.where, *self.also)

    def as_json(self) -> dict[str, object]:
        """The row as JSON can hold it, without `where` and `also`; whose word the conditions concerned are stands under ``statedBy``.

        `idle` is there where the kind has any.
        """
        left_out = ("where", "also", "remark", *(() if self.idle else ("idle",)))
        held = {name: getattr(self, name) for name in self.__slots__ if name not in left_out}
        told = {name: list(value) if isinstance(value, tuple) else value for name, value in held.items()}
        return told | {"example": plain(self.example), "statedBy": "modeller" if self.remark else "source"}


@dataclass(frozen=True, slots=True)
class Gaps:
    """All that was found, in the order of the pathway, and in words what was not looked at."""

    rows: tuple[Row, ...]
    unchecked: tuple[str, ...]


def in_short(guideline: Guideline, row: Row) -> str:
    """A row in a few words, for beside the name of its step: the situation; of two steps that follow at once also which."""
    if row.kind == "overlap":
        ends = (guideline.steps[guideline.transitions[edge].target].name for edge in row.edges)
        return f"{' and '.join(ends)}: {row.situation}"
    return row.situation or row.text


def in_words(guideline: Guideline, answers: Mapping[str, str]) -> str:
    """Answers to several questions in one line, in the order asked; of none, that it is so in everybody."""
    return "; ".join(f"{guideline.observables[id].label}: {answers[id]}" for id in asked_in_order(guideline, answers)) or ALL


def as_meant(guideline: Guideline, situation: str, observables: Collection[str]) -> str:
    """A situation for a sentence: where values come in a series, the one told stands for longer ones too."""
    counted = [id for id in observables if guideline.observables[id].repeated]
    longer = any(not one.statistic for id in counted for one in Pathway.of(guideline).compared(id))
    return f"{situation}; or a longer series to the same effect" if longer else situation


def in_order(guideline: Guideline, rows: Iterable[Row]) -> tuple[Row, ...]:
    """Rows by step and kind; what was found first comes first."""
    rank = {id: position for position, id in enumerate(guideline.steps)}
    return tuple(sorted(rows, key=lambda row: (rank.get(row.step, len(rank)), KINDS.index(row.kind))))


def asked_in_order(guideline: Guideline, observables: Collection[str]) -> tuple[str, ...]:
    """Observables in the guideline's order."""
    return tuple(id for id in guideline.observables if id in observables)


def behind(guideline: Guideline, edges: Iterable[Transition], observables: Collection[str]) -> Word:
    """What the conditions of edges rest on that ask about some observables, and what the source asserts about them.

    An edge without any condition rests on what justifies it; for the conditions of others that does not speak. Passages come in the
    guideline's order.
    """
    edges = tuple(edges)
    heard = [
        voice
        for edge in edges
        if edge.when is not None
        for voice in spoken(edge.when)
        if not set(observables).isdisjoint(voice.comparison.looks_at)
    ]
    said = joint(together(each, guideline.observables[id]) for id, each in _by_observable(heard).items())
    found = {*said.based_on, *(id for edge in edges if edge.when is None for id in edge.justified_by)}
    found |= {passage.id for passage in _asserting(guideline, observables)}
    return said._replace(based_on=tuple(id for id in (*guideline.statements, *guideline.headings) if id in found))


def _by_observable(heard: Iterable[Voice]) -> Mapping[str, list[Voice]]:
    found: dict[str, list[Voice]] = {}
    for voice in heard:
        found.setdefault(voice.comparison.observable, []).append(voice)
    return found


def _asserting(guideline: Guideline, observables: Collection[str]) -> Iterator[Statement]:
    for passage in Pathway.of(guideline).passages.values():
        asked = {id for assertion in passage.asserts for one in comparisons(assertion.criterion) for id in one.looks_at}
        if asked & set(observables):
            yield passage
