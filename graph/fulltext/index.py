"""The full-text index of a library: guidelines, steps, edges, passages, references and terms by their words, the best first.

Words are found in all their forms (by the English stemmer), without regard to accents and capitals, from their beginning on, and, where
nothing is called so, with a letter or two wrong. The index is made of guidelines and can be made again at any time.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from tantivy import (
    Document,
    FieldType,
    Filter,
    Index,
    Occur,
    Query,
    Schema,
    SchemaBuilder,
    Searcher,
    TextAnalyzer,
    TextAnalyzerBuilder,
    Tokenizer,
)

from edgewise.graph import search
from edgewise.graph.fulltext.asking import FIELDS, HOME, SPELT, Asking
from edgewise.graph.fulltext.documents import held, plain
from edgewise.graph.model import Guideline
from edgewise.ontology.errors import EdgewiseError

_FORM = "3"
"""Of what is held: an index of another form is made anew."""
_ANALYZER, _SPELT = "edgewise", "edgewise-spelt"
_HEAP = 64_000_000
_ALL = 10_000_000
_LAST_YEAR = 9999
_META = "meta.json"
_TOLD = ("title", "shown")
KINDS = ("guideline", *search.KINDS)
"""What can be found, in the order in which it is told."""


class IndexBusy(EdgewiseError):
    """Another process is writing into the index."""

    def __init__(self, folder: Path | None) -> None:
        super().__init__(f"the search index {folder} is being written by another process; try again when it has ended")


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found.

    Attributes:
        guideline: id of the guideline it is in.
        title: of that guideline.
        kind: ``guideline``, ``step``, ``edge``, ``term``, ``passage`` or ``reference``.
        id: its own.
        shown: its name, or what it says.
    """

    guideline: str
    title: str
    kind: str
    id: str
    shown: str


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a question.

    Attributes:
        hits: a page of what was found, the best first.
        total: how much was found in all.
        kinds: how much of each kind; kinds that a search leaves out are counted too.
        misspelt: words that nothing begins with, so that words like them were looked for.
        partly: whether nothing has all the words, so that what has some of them is shown.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    kinds: Mapping[str, int] = field(default_factory=dict)
    misspelt: tuple[str, ...] = ()
    partly: bool = False


@dataclass(frozen=True, slots=True)
class Within:
    """What a search is narrowed to; nothing named is no narrowing.

    Attributes:
        kinds: of what is found.
        guidelines: by id.
        review: review statuses of the guidelines.
        since: year in which a guideline was last updated, or later.
    """

    kinds: Collection[str] = ()
    guidelines: Collection[str] = ()
    review: Collection[str] = ()
    since: int | None = None


EVERYWHERE = Within()


class LibraryIndex:
    """An index in a folder, or in memory for as long as it lives.

    >>> from edgewise.graph.library import load
    >>> index = LibraryIndex()
    >>> index.change([("1", load("ottawa-ankle").guideline), ("2", load("pulmonary-embolism").guideline)])
    >>> found = index.search("malleolar fractures")
    >>> found.hits[0].guideline, found.partly
    ('ottawa-ankle', False)
    >>> index.search("angoigraphy").misspelt, index.search("angoigraphy").hits[0].id
    (('angoigraphy',), 'ctpa')
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self._schema, self._analyzer = _schema(), _analyzer()
        self._meta: Path | None
        self._index, self._meta = (Index(self._schema), None) if folder is None else _opened(folder, self._schema)
        self._read: tuple[int, ...] = ()
        self._index.register_tokenizer(_ANALYZER, self._analyzer)
        self._index.register_tokenizer(_SPELT, _analyzer(stemming=False))

    def digests(self) -> dict[str, str]:
        """Id of each guideline held → the digest it was held under."""
        self._index.reload()
        searcher = self._index.searcher()
        found = searcher.search(Query.term_query(self._schema, "kind", "guideline"), limit=_ALL).hits
        documents = (searcher.doc(address) for _, address in found)
        return {str(one.get_first("guideline")): str(one.get_first("digest")) for one in documents}

    def change(self, put: Iterable[tuple[str, Guideline]], gone: Iterable[str] = ()) -> None:
        """Hold guidelines, each under its digest, in place of what was held of them, and others no more: all of it or nothing.

        Raises:
            IndexBusy: another process is writing.
        """
        try:
            writer = self._index.writer(heap_size=_HEAP, num_threads=1)
        except ValueError as error:
            if "lock" not in str(error).lower():
                raise
            raise IndexBusy(self.folder) from None
        with writer:
            for id in gone:
                writer.delete_documents_by_term("guideline", id)
            for digest, guideline in put:
                writer.delete_documents_by_term("guideline", guideline.id)
                for document in _documents(digest, guideline):
                    writer.add_document(document)
        self._index.reload()

    def search(self, asked: str, within: Within = EVERYWHERE, *, limit: int = 20, offset: int = 0) -> Found:
        """What has all the words of a question, or, where nothing has, some of them.

        Args:
            asked: in words; of none everything is found.
            within: what it is narrowed to.
            limit: as many hits.
            offset: so many hits are passed over.
        """
        self._look_again()
        searcher = self._index.searcher()
        asking = Asking(self._schema, searcher, self._analyzer)
        words = asking.words(asked)
        query, partly = asking.all_of(words) if words else Query.all_query(), False
        kinds = self._kinds(searcher, self._narrowed(query, within))  # first: to count without scores costs a third
        if not kinds and len(words) > 1:
            query, partly = asking.any_of(words), True
            kinds = self._kinds(searcher, self._narrowed(query, within))
        hits = self._best(searcher, self._narrowed(query, within, within.kinds), limit, offset) if kinds else ()
        total = sum(count for kind, count in kinds.items() if not within.kinds or kind in within.kinds)
        misspelt = tuple(word.said for word in words if not word.known)
        return Found(hits, total, kinds, misspelt, partly and total > 0)

    def _look_again(self) -> None:
        """Read what was written since, by this process or another; to read it at each question would cost a tenth of the question."""
        if self._meta is None:  # in memory: read when it is changed
            return
        state = _state(self._meta)
        if not state or state != self._read:
            self._index.reload()
            self._read = state

    def _best(self, searcher: Searcher, query: Query, limit: int, offset: int) -> tuple[Hit, ...]:
        """A page of what a query finds."""
        best = searcher.search(query, limit=max(limit, 1), offset=offset, count=False).hits[:limit]
        return tuple(_hit(searcher.doc(address)) for _, address in best)

    def _kinds(self, searcher: Searcher, query: Query) -> dict[str, int]:
        counted = searcher.aggregate(query, {"kinds": {"terms": {"field": "kind"}}})
        return _in_order({bucket["key"]: bucket["doc_count"] for bucket in counted["kinds"]["buckets"]})

    def _narrowed(self, query: Query, within: Within, kinds: Collection[str] = ()) -> Query:
        named = {"kind": kinds, "guideline": within.guidelines, "review": within.review}
        parts = [Query.term_set_query(self._schema, field, sorted(values)) for field, values in named.items() if values]
        if within.since is not None:
            parts.append(Query.range_query(self._schema, "year", FieldType.Integer, within.since, _LAST_YEAR))
        every = (query, *(Query.const_score_query(part, 0.0) for part in parts))
        return Query.boolean_query([(Occur.Must, one) for one in every]) if parts else query


def _schema() -> Schema:
    made = SchemaBuilder()
    for name in ("guideline", "kind", "id", "digest", "review"):
        made.add_text_field(name, stored=True, fast=name == "kind", tokenizer_name="raw", index_option="basic")
    for name in _TOLD:
        made.add_bytes_field(name, stored=True)  # not to be searched
    for name in (*FIELDS, HOME):
        made.add_text_field(name, tokenizer_name=_ANALYZER, index_option="freq")
    for name in SPELT.values():
        made.add_text_field(name, tokenizer_name=_SPELT, index_option="basic")
    made.add_integer_field("year", indexed=True)
    return made.build()


def _analyzer(*, stemming: bool = True) -> TextAnalyzer:
    made = TextAnalyzerBuilder(Tokenizer.whitespace()).filter(Filter.remove_long(60))
    return (made.filter(Filter.stemmer("english")) if stemming else made).build()


def _opened(folder: Path, schema: Schema) -> tuple[Index, Path]:
    """The index of a folder, and the file that says of what it consists; one of another version, or damaged, is made anew."""
    own = folder / f"fulltext-{_FORM}-{version('tantivy')}"
    own.mkdir(parents=True, exist_ok=True)
    try:
        return Index(schema, path=str(own)), own / _META
    except ValueError:
        shutil.rmtree(own)
        own.mkdir()
        return Index(schema, path=str(own)), own / _META


def _state(file: Path) -> tuple[int, ...]:
    """What tells that another file was put in a file's place, as tantivy does; nothing where there is none."""
    try:
        found = file.stat()
    except OSError:
        return ()
    return found.st_ino, found.st_mtime_ns, found.st_size


def _documents(digest: str, guideline: Guideline) -> Iterator[Document]:
    year = guideline.updated[:4]
    known = {"guideline": guideline.id, "title": guideline.title.encode(), "digest": digest, "review": guideline.review_status}
    known |= {HOME: plain(f"{guideline.title} {guideline.question}")}
    for one in held(guideline):
        said = {"names": one.names, "texts": one.texts, "beside": one.beside}
        said |= {SPELT[name]: words for name, words in said.items()}
        document = Document(**known, kind=one.kind, id=one.id, shown=one.shown.encode(), **said)
        if year.isdecimal():
            document.add_integer("year", int(year))
        yield document


def _in_order(counted: Mapping[str, int]) -> dict[str, int]:
    return {kind: counted[kind] for kind in KINDS if kind in counted}


def _hit(document: Document) -> Hit:
    held = document.get_first
    title, shown = bytes(held("title") or b""), bytes(held("shown") or b"")
    return Hit(str(held("guideline")), title.decode(), str(held("kind")), str(held("id")), shown.decode())
