"""What every library can do, wherever it lies."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from edgewise.graph.loaded import Loaded
from edgewise.graph.stores.beside import Beside
from edgewise.graph.stores.entry import Entry
from edgewise.graph.stores.record import Record, record_of
from edgewise.ontology.errors import UnknownName
from edgewise.ontology.findings import Finding

if TYPE_CHECKING:  # slow to load, and not needed to list or open
    from rdflib import Graph

    from edgewise.graph.stores.results import Limits, Result


@dataclass(frozen=True, slots=True)
class Resting:
    """What of one guideline rests on a work.

    Attributes:
        entry: the guideline.
        references: ids of the entries of its reference list that are this work.
        statements: ids of the statements and headings that cite them.
        edges: ids of the edges behind which those stand.
        steps: ids of the steps behind which those stand.
    """

    entry: Entry
    references: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    edges: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shared:
    """A paper that several guidelines cite.

    Attributes:
        work: its IRI.
        guidelines: how many have it in their reference list.
        iri: of one of these guidelines.
        reference: id of the paper's entry there.
    """

    work: str
    guidelines: int
    iri: str
    reference: str


@dataclass(frozen=True, slots=True)
class Held:
    """What a library holds, for whoever loads more into it.

    Attributes:
        digests: digest of a content → id; what is loaded again is known by it.
        iris: id → IRI.
        beside: id → digest of what lies beside it; those beside which nothing lies are left out.
    """

    digests: Mapping[str, str] = field(default_factory=dict)
    iris: Mapping[str, str] = field(default_factory=dict)
    beside: Mapping[str, str] = field(default_factory=dict)


def each_once(found: Iterable[Shared], limit: int) -> tuple[Shared, ...]:
    """Those of papers that go by two identifiers under the one by which more guidelines cite them.

    >>> doi, pmid = Shared("https://doi.org/10.1000/x", 3, "urn:g", "r1"), Shared("https://pubmed.ncbi.nlm.nih.gov/1", 2, "urn:g", "r1")
    >>> [one.guidelines for one in each_once([doi, pmid], 50)]
    [3]
    """
    first: dict[tuple[str, str], Shared] = {}
    for one in found:
        first.setdefault((one.iri, one.reference), one)
    return tuple(first.values())[:limit]


def shared_of(rows: Iterable[Sequence[str]], limit: int) -> tuple[Shared, ...]:
    """Such papers out of an answer in SPARQL: the work, how many guidelines, and the IRI of the entry in one of them.

    >>> shared_of([("https://doi.org/10.1000/x", "3", "urn:g/r1")], 50)
    (Shared(work='https://doi.org/10.1000/x', guidelines=3, iri='urn:g', reference='r1'),)
    """
    return each_once((Shared(work, int(held), *entry.rpartition("/")[::2]) for work, held, entry in rows), limit)


class Store(ABC):
    """A library of guidelines. Its methods may be called from several threads; whoever writes waits for whoever else is writing.

    Attributes:
        url: names it everywhere; without credentials.

    Every method raises a `StoreError` where the library cannot be reached, read or written.
    """

    url: str

    @abstractmethod
    def entries(self, after: str = "", limit: int | None = None) -> tuple[Entry, ...]:
        """The guidelines by id.

        Args:
            after: leave out all up to this id.
            limit: how many at most; all if left out.
        """

    @abstractmethod
    def entry(self, id: str) -> Entry:
        """The guideline of that id or IRI.

        Raises:
            UnknownName: there is none.
        """

    def holds(self, id: str) -> bool:
        """Whether there is a guideline of that id or IRI, as far as is known at once."""
        try:
            return bool(self.entry(id))
        except UnknownName:
            return False

    @abstractmethod
    def open(self, id: str) -> Loaded:
        """The guideline of that id or IRI, ready for use; the same as from its file.

        Raises:
            UnknownName: there is none.
        """

    @abstractmethod
    def beside(self, id: str) -> Beside:
        """The cases of the guideline of that id or IRI, and its settings of the audit, as they lay beside its file.

        Raises:
            UnknownName: there is none.
        """

    @abstractmethod
    def put_many(self, records: Iterable[Record]) -> Iterator[Entry]:
        """Write guidelines, each as a whole or not at all, in place of what bears their IRI; each is told once it is durable.

        What lies beside them is written with them; where a record does not know it, that of the guideline in whose place it comes stays.

        Nothing is written before the first is asked for. Whoever stops asking keeps what was told, and perhaps some more.
        """

    @abstractmethod
    def remove(self, id: str) -> Entry:
        """Take a guideline out, as a whole or not at all.

        Raises:
            UnknownName: there is none of that id or IRI.
        """

    @abstractmethod
    def resting_on(self, identifier: str) -> tuple[Resting, ...]:
        """What rests on a paper, over the whole library, by guideline.

        Args:
            identifier: a DOI or a PubMed number, however written.
        """

    @abstractmethod
    def shared(self, limit: int = 50) -> tuple[Shared, ...]:
        """The papers that several guidelines cite, those that most do first; one with DOI and PubMed number is told once.

        Args:
            limit: how many at most.
        """

    @abstractmethod
    def query(self, text: str, limits: Limits | None = None) -> Result:
        """The answer to a question in SPARQL: SELECT, ASK, CONSTRUCT or DESCRIBE, over the triples of all guidelines.

        Raises:
            StoreError: it asks for anything else, or for more time or memory than there is.
        """

    @abstractmethod
    def __len__(self) -> int:
        """How many guidelines there are."""

    def put(self, loaded: Loaded, beside: Beside | None = None) -> Entry:
        """Write a guideline, as a whole or not at all, in place of what bears its IRI; without `beside`, what lies beside that stays."""
        return next(iter(list(self.put_many([record_of(loaded, beside)]))))

    def triples(self, id: str) -> Graph:
        """The triples of a guideline, as its file gives them.

        Raises:
            UnknownName: there is none of that id or IRI.
        """
        return self.open(id).graph

    def held(self) -> Held:
        """What it holds, for whoever loads more into it; of the default library only the user's own."""
        found = self.entries()
        return Held({entry.digest: entry.id for entry in found}, {entry.id: entry.iri for entry in found}, self._beside(found))

    def _beside(self, entries: Iterable[Entry]) -> Mapping[str, str]:
        """Id → digest of what lies beside it, of these where anything does."""
        told = ((entry.id, self.beside(entry.iri).digest) for entry in entries)
        return {id: digest for id, digest in told if digest}

    def mark(self) -> object:
        """Equals an earlier one as long as nothing has been written since; where that cannot be told cheaply, it equals none."""
        return object()

    def faults(self) -> tuple[Finding, ...]:
        """What lies in it and cannot be used; only files can be such."""
        return ()

    def being_read(self) -> tuple[int, int]:
        """How many files were read, of how many that are new or have changed and are not listed yet; only of folders."""
        return 0, 0

    def left_out(self) -> tuple[int, int]:
        """How many files cannot be used, and how many bear an id that another bears, of those known by now; `faults` says why."""
        return 0, 0

    def close(self) -> None:  # noqa: B027  # most hold nothing open
        """Let go of files and connections; using it again opens them again."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
