"""A library on a SPARQL server: questions by SPARQL 1.1 Protocol, writing by its Graph Store Protocol.

A guideline is put as one graph that holds all there is to it, its entry and content among it. So a guideline is replaced by one request,
which may be sent again without harm, on any server.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph
from pyoxigraph import Literal, NamedNode, RdfFormat

from edgewise.graph.compiled.judged import judge
from edgewise.graph.loaded import Loaded
from edgewise.graph.stores.beside import Beside, read_beside
from edgewise.graph.stores.connection import Connection
from edgewise.graph.stores.endpoints import endpoints
from edgewise.graph.stores.entry import Entry, read_entry
from edgewise.graph.stores.errors import id_taken
from edgewise.graph.stores.opening import opened
from edgewise.graph.stores.read_only import Question, limited, question
from edgewise.graph.stores.record import BESIDE, BESIDE_DIGEST, CONTENT, ENTRY, ID, SHARED, TIES, Record, unpack
from edgewise.graph.stores.results import Limits, Result, read_result, values
from edgewise.graph.stores.rows import rows_of
from edgewise.graph.stores.store import Resting, Shared, Store, shared_of
from edgewise.graph.stores.works import work
from edgewise.ontology.errors import UnknownName

_RESULTS, _TRIPLES = "application/sparql-results+json", "application/ld+json"
_PAGE = 500  # entries in one answer: servers have limits of their own, and some cut in silence
_KNOWN = 200  # ids that are looked at for what somebody may have meant


class SparqlStore(Store):
    """A library on a SPARQL server.

    Args:
        url: ``http(s)://…``, as `edgewise.graph.stores.endpoints` reads it.
        connection: to the server; one of its own if left out.
    """

    def __init__(self, url: str, connection: Connection | None = None) -> None:
        self.connection = connection or Connection(endpoints(url))
        self.url = self.connection.endpoints.url

    # Reading ----------------------------------------------------------------------------------------------------------------

    def entries(self, after: str = "", limit: int | None = None) -> tuple[Entry, ...]:
        """As of every library."""
        found: list[Entry] = []
        while limit is None or len(found) < limit:
            most = _PAGE if limit is None else min(_PAGE, limit - len(found))
            page = self._page(found[-1].id if found else after, most)
            found += page
            if len(page) < most:
                break
        return tuple(found)

    def entry(self, id: str) -> Entry:
        """As of every library."""
        return self._found(id)[0]

    def open(self, id: str) -> Loaded:
        """As of every library; costs the same whatever else is in it."""
        entry, content = self._found(id, content=True)
        unpacked = unpack(content, self.url)
        return opened(entry, unpacked, judge(unpacked, entry.format), self.url)

    def beside(self, id: str) -> Beside:
        """As of every library."""
        return self._lying_beside(self.entry(id).iri)

    def _lying_beside(self, iri: str) -> Beside:
        graph = NamedNode(iri)
        rows = self._select(f"SELECT ?g {{ GRAPH {graph} {{ {graph} <{BESIDE}> ?g }} }} LIMIT 1", "g")
        return read_beside(unpack(rows[0][0], self.url), self.url) if rows else Beside()

    def _beside(self, entries: Iterable[Entry]) -> Mapping[str, str]:
        ids, found, after = {entry.iri: entry.id for entry in entries}, dict[str, str](), ""
        while True:  # page by page, as the entries
            beyond = f"FILTER(STR(?g) > {_literal(after)})" if after else ""
            rows = self._select(
                f"SELECT ?g ?digest {{ GRAPH ?g {{ ?g <{BESIDE_DIGEST}> ?digest }} {beyond} }} ORDER BY STR(?g) LIMIT {_PAGE}",
                "g",
                "digest",
            )
            found |= {ids[iri]: digest for iri, digest in rows if iri in ids}
            if len(rows) < _PAGE:
                return found
            after = rows[-1][0]

    def resting_on(self, identifier: str) -> tuple[Resting, ...]:
        """As of every library."""
        of = {tie: f"{what}s" for what, tie in TIES.items()}
        ties = " ".join(f"<{tie}>" for tie in of)
        rows = self._select(
            f"SELECT ?g ?tie ?part ?entry {{ VALUES ?tie {{ {ties} }} "
            f"GRAPH ?g {{ ?part ?tie {NamedNode(work(identifier))} . ?g <{ENTRY}> ?entry }} }}",
            "g", "tie", "part", "entry",
        )  # fmt: skip
        found: dict[str, dict[str, list[str]]] = {}
        for graph, tie, part, entry in rows:
            found.setdefault(entry, {}).setdefault(of[tie], []).append(part.removeprefix(f"{graph}/"))
        rested = [Resting(read_entry(entry, self.url), **_sorted(parts)) for entry, parts in found.items()]
        return tuple(sorted(rested, key=lambda one: one.entry.id))

    def shared(self, limit: int = 50) -> tuple[Shared, ...]:
        """As of every library."""
        return shared_of(self._select(f"{SHARED}{limit * 2}", "work", "held", "entry"), limit)

    def query(self, text: str, limits: Limits | None = None) -> Result:
        """As of every library; the connection is closed after its time, and what the server's own time-out cut off is found out."""
        limits = limits or Limits()
        asked = question(text)
        if asked.kind in ("construct", "describe"):
            return self._triples(asked, limits)
        found = self._result(limited(asked, limits.rows + 1), limits.seconds)
        return Result(found.kind, found.columns, found.rows[: limits.rows], found.boolean, more=len(found.rows) > limits.rows)

    def __len__(self) -> int:
        """How many guidelines there are."""
        ((count,),) = self._select(f"SELECT (COUNT(?g) AS ?count) {{ GRAPH ?g {{ ?g <{ID}> ?id }} }}", "count")
        return int(count)

    def _page(self, after: str, most: int) -> list[Entry]:
        beyond = f"FILTER(STR(?id) > {_literal(after)})" if after else ""
        found = self._select(
            f"SELECT ?id ?entry {{ GRAPH ?g {{ ?g <{ID}> ?id ; <{ENTRY}> ?entry }} {beyond} }} ORDER BY STR(?id) LIMIT {most}", "entry"
        )
        return [read_entry(entry, self.url) for (entry,) in found]

    def _found(self, id: str, *, content: bool = False) -> tuple[Entry, str]:
        """The entry of that id or IRI, and with `content` its packed content."""
        if not _may_be(id):
            raise self._unknown(id)
        which = f"FILTER(?g = {NamedNode(id)})" if ":" in id else ""
        named = f"<{ID}> {_literal(id)} ;" if not which else ""
        more = f"; <{CONTENT}> ?content" if content else ""
        rows = self._select(
            f"SELECT ?entry {'?content' if content else ''} {{ GRAPH ?g {{ ?g {named} <{ENTRY}> ?entry {more} {which} }} }} LIMIT 2",
            "entry", *(["content"] if content else []),
        )  # fmt: skip
        if not rows:
            raise self._unknown(id)
        return read_entry(rows[0][0], self.url), rows[0][1] if content else ""

    def _unknown(self, id: str) -> UnknownName:
        return UnknownName("guideline", id, [entry.id for entry in self.entries(limit=_KNOWN)])

    def _select(self, text: str, *columns: str) -> list[tuple[str, ...]]:
        found = self._result(text, None)
        try:
            return [tuple(row) for row in values(found, *columns)]
        except ValueError:
            raise self.connection.cut_off() from None

    def _result(self, text: str, seconds: float | None) -> Result:
        answer = self.connection.ask(text, _RESULTS, seconds)
        try:
            found = read_result(answer.body)
        except ValueError:
            raise self.connection.cut_off() from None
        most = answer.headers.get("x-sparql-maxrows", "")
        if most.isdecimal() and len(found.rows) >= int(most):  # Virtuoso says by this that it stopped there
            raise self.connection.cut_off()
        return found

    def _triples(self, asked: Question, limits: Limits) -> Result:
        """Triples, asked for as JSON-LD: of a list of lines nobody could tell that it was cut."""
        answer = self.connection.ask(limited(asked, limits.rows + 1), _TRIPLES, limits.seconds)
        try:
            return rows_of(pyoxigraph.parse(answer.body, RdfFormat.JSON_LD), limits.rows)
        except SyntaxError:
            raise self.connection.cut_off() from None

    # Writing ----------------------------------------------------------------------------------------------------------------

    def put_many(self, records: Iterable[Record]) -> Iterator[Entry]:
        """As of every library: one request for each, which the server takes as a whole or not at all."""
        for record in records:
            self._take_id(record.entry)
            if record.beside is None:
                record = record.with_beside(self._lying_beside(record.entry.iri))  # the same, whole
            self.connection.put(record.entry.iri, record.triples)
            yield record.entry

    def remove(self, id: str) -> Entry:
        """As of every library."""
        entry = self.entry(id)
        self.connection.delete(entry.iri)
        return entry

    def _take_id(self, entry: Entry) -> None:
        for (graph,) in self._select(f"SELECT ?g {{ GRAPH ?g {{ ?g <{ID}> {_literal(entry.id)} }} }} LIMIT 2", "g"):
            if graph != entry.iri:
                raise id_taken(entry.id, graph, self.url)

    def close(self) -> None:
        """Close the connections."""
        self.connection.close()


def _may_be(id: str) -> bool:
    """Whether anything can bear this id or IRI: an id is the last part of an IRI, so no other sign ever reaches a server."""
    try:
        NamedNode(id if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", id) else f"urn:x:{id}")
    except ValueError:
        return False
    return 0 < len(id) <= 2_000


def _literal(text: str) -> str:
    """A text as SPARQL has it; such as could be read in two ways was refused before, or is cut before its first odd sign."""
    return str(Literal(re.split(r'[\\"\x00-\x1f]', text, maxsplit=1)[0]))


def _sorted(parts: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {what: tuple(sorted(set(ids))) for what, ids in parts.items()}
