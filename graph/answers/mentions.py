"""Everything in a guideline that speaks about one observable: comparisons on edges and in passages, each with what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from edgewise.graph.model import Comparison, Criterion, Guideline, parts_of
from edgewise.graph.pathway import Pathway
from edgewise.graph.walking.criteria import evaluate
from edgewise.graph.walking.facts import Answer
from edgewise.graph.walking.kleene import Truth


class Voice(NamedTuple):
    """A comparison and the ids of the statements and headings behind it."""

    comparison: Comparison
    statements: tuple[str, ...]


def voices(guideline: Guideline, observable: str) -> tuple[Voice, ...]:
    """All comparisons with an observable: those of the edges, then those that passages themselves state.

    >>> from edgewise.graph.library import load
    >>> guideline = load("sacroiliac-sclerosis").guideline
    >>> [voice.statements for voice in voices(guideline, "block-relief")]
    [('s21',), ('s17', 's32'), ('s25',), ('s17',), ('s21',), ('s25',), ('s32',)]
    """
    return (*edge_voices(guideline, observable, guideline.transitions), *_asserted(guideline, observable))


def edge_voices(guideline: Guideline, observable: str, edges: Iterable[str]) -> tuple[Voice, ...]:
    """The comparisons of some edges; where one names no statement, what encloses it does, at last the edge itself."""
    found: list[Voice] = []
    for edge in (guideline.transitions[id] for id in edges):
        if edge.when is not None:
            found += [voice for voice in spoken(edge.when, edge.justified_by) if voice.comparison.observable == observable]
    return tuple(found)


def truths(guideline: Guideline, heard: Iterable[Voice], answer: Answer) -> tuple[Truth, ...]:
    """How each comparison comes out for an answer to the observable they are all about."""
    return tuple(evaluate(voice.comparison, {voice.comparison.observable: answer}, guideline.observables).truth for voice in heard)


def _asserted(guideline: Guideline, observable: str) -> Iterator[Voice]:
    for passage in Pathway.of(guideline).passages.values():
        for assertion in passage.asserts:
            for voice in spoken(assertion.criterion, ()):
                if voice.comparison.observable == observable:
                    yield Voice(voice.comparison, (passage.id,))


def spoken(criterion: Criterion, behind: tuple[str, ...]) -> Iterator[Voice]:
    """All comparisons of a criterion, in order; `behind` are the passages of those that name none, nor anything that encloses them."""
    behind = criterion.based_on or behind
    if isinstance(criterion, Comparison):
        yield Voice(criterion, behind)
        return
    for part in parts_of(criterion):
        yield from spoken(part, behind)
