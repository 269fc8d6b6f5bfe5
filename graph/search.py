"""Search in one guideline: steps, edges, passages, references and terms by their words, the best first.

Words are found without regard to accents, capitals and the plural, and from their beginning on (*arthro* finds arthrodesis). A term is
found by all its spellings, wherever one of them stands. Ranked is by BM25 with a weight for each field, by SQLite's own full-text index,
which comes with Python.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from threading import Lock
from typing import Literal, NamedTuple

from edgewise.graph.dosing import component_told
from edgewise.graph.glossary import Glossary
from edgewise.graph.model import Guideline, Reference, Statement, Step, Transition
from edgewise.graph.words import stem, words

Kind = Literal["step", "edge", "term", "passage", "reference"]
KINDS: tuple[Kind, ...] = ("step", "edge", "term", "passage", "reference")
"""In the order in which what is found is told."""
_WEIGHTS = "0, 0, 8.0, 3.0, 1.0"
"""Of kind and id, which are not searched; of names, texts, and what else is said."""
_QUERY = f"SELECT kind, id FROM held WHERE held MATCH ? ORDER BY bm25(held, {_WEIGHTS}), id"  # noqa: S608  # the weights are ours
_TELLING = 3  # letters of a word that says something even without the others
LONGEST = 200
"""Characters of a question that are looked at."""


class Hit(NamedTuple):
    """Something found: what it is, and its id."""

    kind: Kind
    id: str


class Entry(NamedTuple):
    """What is searched: names first, then texts, then what else belongs to it."""

    kind: str
    id: str
    names: Iterable[str]
    texts: Iterable[str] = ()
    beside: Iterable[str] = ()


class Index:
    """A guideline made ready to be searched; it keeps the guideline as long as itself.

    >>> from edgewise.graph.library import load
    >>> index = Index(load("sacroiliac-sclerosis").guideline)
    >>> [hit.id for hit in index.search("stir")][:2]
    ['mri-si-joints-without-contrast', 'mri-si-joints-with-and-without-contrast']
    >>> index.search("arthrodes")[0], index.search("zebra")
    (Hit(kind='step', id='si-joint-fusion'), ())
    """

    def __init__(self, guideline: Guideline) -> None:
        self.guideline = guideline
        self._glossary = Glossary.of(guideline)
        self._lock = Lock()  # one connection for all sessions
        self._held = sqlite3.connect(":memory:", check_same_thread=False)
        self._held.execute("CREATE VIRTUAL TABLE held USING fts5(kind UNINDEXED, id UNINDEXED, names, texts, beside, tokenize = unicode61)")
        self._held.executemany("INSERT INTO held VALUES (?, ?, ?, ?, ?)", map(self._row, entries(guideline)))

    def search(self, asked: str) -> tuple[Hit, ...]:
        """Everything that has all the words, or, where nothing has, any of them: by `KINDS`, then the best first; nothing for no word."""
        wanted = list(dict.fromkeys(stem(word.text) for word in words(asked[:LONGEST])))
        telling = [word for word in wanted if len(word) >= _TELLING]
        return self._found(wanted, " AND ") or self._found(telling, " OR ")

    def _found(self, wanted: Sequence[str], between: str) -> tuple[Hit, ...]:
        if not wanted:
            return ()
        # A word that is there as a whole counts twice.
        question = between.join(f'("{word}" OR "{word}" *)' for word in wanted)
        with self._lock:
            hits = [Hit(*row) for row in self._held.execute(_QUERY, (question,))]
        return tuple(sorted(hits, key=lambda hit: KINDS.index(hit.kind)))

    def _row(self, entry: Entry) -> tuple[str, ...]:
        said = [" · ".join(part) for part in entry[2:]]
        terms = [span.term for text in said for span in self._glossary.find(text)]
        also = {term.id: " · ".join((term.term, *term.spellings)) for term in terms}
        said[-1] = " · ".join([said[-1], *also.values()])
        return (entry.kind, entry.id, *(" ".join(stem(word.text) for word in words(text)) for text in said))


def entries(guideline: Guideline) -> Iterator[Entry]:
    """Everything of a guideline that is searched.

    >>> from edgewise.graph.library import load
    >>> next(entries(load("ottawa-ankle").guideline)).id
    'injury'
    """
    yield from (_step(guideline, step) for step in guideline.steps.values())
    yield from (_edge(guideline, edge) for edge in guideline.transitions.values())
    yield from (Entry("term", t.id, (t.term, *t.spellings), (t.explanation,)) for t in guideline.glossary.values())
    yield from (_passage(guideline, one) for one in (*guideline.headings.values(), *guideline.statements.values()))
    yield from map(_reference, guideline.references.values())


def _step(guideline: Guideline, step: Step) -> Entry:
    parts = map(component_told, step.components)
    phase, modality = guideline.phases.get(step.phase), guideline.modalities.get(step.modality)
    found = (guideline.observables[id].label for id in step.yields if id in guideline.observables)
    sets = [one.label for one in guideline.bundles.values() if step.id in one.together]
    sets += [one.label for one in guideline.alternatives.values() if step.id in one.steps]
    beside = (step.kind, phase.label if phase else "", modality.label if modality else "", *found, *sets)
    return Entry("step", step.id, (step.label, step.short_label, *parts), (step.summary,), beside)


def _edge(guideline: Guideline, edge: Transition) -> Entry:
    ends = (guideline.steps[id].name for id in (edge.source, edge.target) if id in guideline.steps)
    return Entry("edge", edge.id, (edge.label,), (edge.note,), ends)


def _passage(guideline: Guideline, passage: Statement) -> Entry:
    cited = (guideline.markers[citation.marker].shown for citation in passage.citations if citation.marker in guideline.markers)
    graded = filter(None, (passage.strength, passage.certainty, *(part.certainty for part in passage.certainty_for)))
    return Entry("passage", passage.id, (), (passage.text,), (passage.kind, str(passage.place), passage.id, *graded, *cited))


def _reference(reference: Reference) -> Entry:
    more = (*(one.value for one in reference.identifiers), *(one.value for one in reference.additions))
    return Entry("reference", reference.id, (reference.title,), (reference.author, reference.container, reference.dated), more)
