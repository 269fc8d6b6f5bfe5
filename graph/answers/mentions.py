"""Everything in a guideline that speaks about one observable: comparisons on edges and in passages, each with what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from edgewise.graph.attribution import Word, joint, word
from edgewise.graph.model import Comparison, Criterion, Guideline, Observable
from edgewise.graph.pathway import Pathway, comparisons
from edgewise.graph.walking.criteria import evaluate, reading
from edgewise.graph.walking.facts import Answer, Facts
from edgewise.graph.walking.kleene import Truth


class Voice(NamedTuple):
    """A comparison, and whose word it is."""

    comparison: Comparison
    word: Word

    @property
    def statements(self) -> tuple[str, ...]:
        """Ids of the statements and headings that it rests on; none where it is the modeller's alone."""
        return self.word.based_on


def voices(guideline: Guideline, observable: str, *, operands: bool = False) -> tuple[Voice, ...]:
    """All comparisons with an observable: those of the edges, those that passages themselves state, those that tell what to prefer, or when
    a step is to be done.

    With `operands` also those whose bounds are worked out from it.

    >>> from edgewise.graph.library import load
    >>> guideline = load("sacroiliac-sclerosis").guideline
    >>> [voice.statements for voice in voices(guideline, "block-relief")]
    [('s21',), ('s17', 's32'), ('s25',), ('s17',), ('s21',), ('s25',), ('s32',)]
    """
    edges = edge_voices(guideline, observable, guideline.transitions, operands=operands)
    beside = (*_asserted(guideline, observable, operands), *_preferring(guideline, observable), *_timing(guideline, observable, operands))
    return (*edges, *beside)


def edge_voices(guideline: Guideline, observable: str, edges: Iterable[str], *, operands: bool = False) -> tuple[Voice, ...]:
    """The comparisons of some edges, each with what it rests on itself: what justifies an edge does not speak for its conditions."""
    found: list[Voice] = []
    for edge in (guideline.transitions[id] for id in edges):
        if edge.when is not None:
            found += [voice for voice in spoken(edge.when) if _speaks_of(voice.comparison, observable, operands)]
    return tuple(found)


def _speaks_of(comparison: Comparison, observable: str, operands: bool) -> bool:
    return observable in (comparison.looks_at if operands else (comparison.observable,))


def truths(guideline: Guideline, heard: Iterable[Voice], answer: Answer, facts: Facts | None = None) -> tuple[Truth, ...]:
    """How each comparison comes out for an answer to the observable they are all about, or on facts that hold it."""
    return tuple(evaluate(one.comparison, facts or {one.comparison.observable: answer}, guideline.observables).truth for one in heard)


def _asserted(guideline: Guideline, observable: str, operands: bool) -> Iterator[Voice]:
    for passage in Pathway.of(guideline).passages.values():
        for assertion in passage.asserts:
            for comparison in comparisons(assertion.criterion):
                if _speaks_of(comparison, observable, operands):
                    yield Voice(comparison, _of_passage(comparison, passage.id))


def _preferring(guideline: Guideline, observable: str) -> Iterator[Voice]:
    for candidate in (one for each in guideline.alternatives.values() for one in each.choose):
        if candidate.when is not None:
            yield from (voice for voice in spoken(candidate.when) if voice.comparison.observable == observable)


def _timing(guideline: Guideline, observable: str, operands: bool) -> Iterator[Voice]:
    for window in (one for step in guideline.steps.values() for one in step.windows):
        if window.when is not None:
            yield from (voice for voice in spoken(window.when) if _speaks_of(voice.comparison, observable, operands))


def _of_passage(comparison: Comparison, passage: str) -> Word:
    """What stands under ``asserts`` is the word of its passage, unless it says that the modeller reads it so."""
    return word(replace(comparison, based_on=(passage,)))


def spoken(criterion: Criterion) -> Iterator[Voice]:
    """All comparisons of a criterion, in order."""
    return (Voice(comparison, word(comparison)) for comparison in comparisons(criterion))


def together(heard: Iterable[Voice], observable: Observable) -> Word:
    """Whose word several comparisons with an observable are, and which of their values are the modeller's."""
    held = list(heard)
    said = joint(voice.word for voice in held)
    readings = dict.fromkeys(reading(voice.comparison, observable) for voice in held)
    return said._replace(remark="; ".join(filter(None, [said.remark, *readings])))
