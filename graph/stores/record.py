"""A guideline as libraries keep it: its triples in a graph of its own, its entry, its very content, and what was judged of it.

The content is what counts: it is opened by the same road as a file, so that no answer can differ. The triples are for whoever asks in
SPARQL; the judged form saves judging a second time. All that a library adds to a guideline's own triples are these:

- the guideline's IRI → `ID`, `ENTRY`, `CONTENT` and `JUDGED`, each one literal, and `BESIDE` and `BESIDE_DIGEST` where anything lies
  beside it;
- a reference → `biro:references` → the work it is the entry of; a statement, an edge, a step → a predicate of its own in `TIES` → a work.
"""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pyoxigraph
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple

from edgewise.graph.compiled.judged import DECIDE, form_of
from edgewise.graph.compiled.kept import digest_of
from edgewise.graph.compiled.version import version
from edgewise.graph.loaded import Loaded
from edgewise.graph.stores.beside import Beside
from edgewise.graph.stores.entry import Entry, entry_of
from edgewise.graph.stores.errors import refuse
from edgewise.graph.stores.works import Rest, What, rests

LIBRARY = "https://w3id.org/edgewise/library#"
ENTRY, ID, CONTENT, JUDGED = (LIBRARY + name for name in ("entry", "id", "content", "judged"))
BESIDE, BESIDE_DIGEST = (LIBRARY + name for name in ("beside", "besideDigest"))
TIES: dict[What, str] = {
    "reference": "http://purl.org/spar/biro/references",
    "statement": LIBRARY + "statementRestsOn",
    "edge": LIBRARY + "edgeRestsOn",
    "step": LIBRARY + "stepRestsOn",
}
"""What joins a part of a guideline to a work."""
SHARED = f"""
SELECT ?work (COUNT(DISTINCT ?g) AS ?held) (MIN(STR(?reference)) AS ?entry) {{
  GRAPH ?g {{ ?g <{ID}> ?id . ?reference <{TIES["reference"]}> ?work }}
}} GROUP BY ?work HAVING (COUNT(DISTINCT ?g) > 1) ORDER BY DESC(?held) ?work LIMIT """
"""Asks which works several guidelines cite; how many at most stands behind it."""
_PACKED = NamedNode("http://www.w3.org/2001/XMLSchema#base64Binary")
_LARGEST = 64 * 1024 * 1024  # bytes of an unpacked literal; a file is not larger than 4 MB, its judged form not than some tens
_HOLDS = frozenset({ENTRY, ID, CONTENT, JUDGED, BESIDE, BESIDE_DIGEST, *TIES.values()})


@dataclass(frozen=True, slots=True)
class Record:
    """A guideline ready to be written into a library; it can be handed from one process to another.

    Attributes:
        entry: what a list shows of it.
        content: its file's bytes.
        rests: what of it rests on which works.
        triples: all triples of its graph as N-Triples, the library's own among them.
        beside: what lies beside its file, and is in `triples` as well; None where that is not known: what the library has stays then.
    """

    entry: Entry
    content: bytes
    rests: tuple[Rest, ...]
    triples: bytes
    beside: Beside | None = None

    def with_beside(self, beside: Beside) -> Record:
        """The same guideline with what lies beside it, where it bears none yet."""
        root = NamedNode(self.entry.iri)
        held = {BESIDE: pack(beside.to_json()), BESIDE_DIGEST: Literal(beside.digest)} if beside else {}
        lines = pyoxigraph.serialize((Triple(root, NamedNode(name), value) for name, value in held.items()), format=RdfFormat.N_TRIPLES)
        return replace(self, triples=self.triples + (lines or b""), beside=beside)


def record_of(loaded: Loaded, beside: Beside | None = None) -> Record:
    """What a library keeps of a guideline.

    Args:
        loaded: the guideline.
        beside: what lies beside its file; where it is not known, a library keeps what it has.

    Raises:
        StoreError: a guideline that was not read from a content.

    >>> from edgewise.graph.library import load
    >>> record = record_of(load("sacroiliac-sclerosis"))
    >>> record.entry.id, b"<https://w3id.org/edgewise/library#entry>" in record.triples
    ('sacroiliac-sclerosis', True)
    """
    if not loaded.content:
        raise refuse("no-content", "this guideline was made by a program and has no file's content", "write it to a file and load that")
    entry, held = entry_of(loaded), rests(loaded.guideline)
    triples = (*_own(loaded), *_added(loaded, entry), *_tied(entry.iri, held))
    made = Record(entry, loaded.content, held, pyoxigraph.serialize(triples, format=RdfFormat.N_TRIPLES) or b"")
    return made if beside is None else made.with_beside(beside)


def _own(loaded: Loaded) -> Iterator[Triple]:
    """The guideline's triples in their public form, in which they are exported; nothing in them is taken for the library's word."""
    from edgewise.graph.writing.export import export

    quads = pyoxigraph.parse(export(loaded.graph, "nquads"), RdfFormat.N_QUADS)
    return (quad.triple for quad in quads if quad.predicate.value not in _HOLDS)


def _added(loaded: Loaded, entry: Entry) -> Iterator[Triple]:
    root = NamedNode(entry.iri)
    yield Triple(root, NamedNode(ID), Literal(entry.id))
    yield Triple(root, NamedNode(ENTRY), Literal(entry.to_json()))
    yield Triple(root, NamedNode(CONTENT), pack(loaded.content))
    if form := form_of(loaded.guideline, loaded.findings):
        yield Triple(root, NamedNode(JUDGED), pack(version(DECIDE).encode() + b"\n" + form))


def _tied(root: str, held: tuple[Rest, ...]) -> Iterator[Triple]:
    for rest in held:
        yield Triple(NamedNode(part(root, rest.id)), NamedNode(TIES[rest.what]), NamedNode(rest.work))


def part(root: str, id: str) -> str:
    """The IRI of a part of a guideline by its id; what lies outside of the guideline has its IRI for an id."""
    return id if id.startswith(("http://", "https://", "urn:")) else f"{root}/{id}"


def pack(data: bytes) -> Literal:
    """Bytes as a literal that every engine gives back as it is.

    >>> unpack(pack(b"id: g").value)
    b'id: g'
    """
    return Literal(base64.b64encode(zlib.compress(data, 6)).decode("ascii"), datatype=_PACKED)


def unpack(text: str, where: str = "") -> bytes:
    """The bytes in such a literal.

    Raises:
        StoreError: there are none in it, or more than anybody packs.
    """
    opened = zlib.decompressobj()
    try:
        data = opened.decompress(base64.b64decode(text, validate=True), _LARGEST)
    except (ValueError, binascii.Error, zlib.error):
        data = b""
    if not data or not opened.eof:
        raise refuse("damaged", "the content of a guideline is torn", "load the guideline again", where)
    return data


def judged_form(literal: str | None, where: str = "") -> bytes | None:
    """The judged form in a literal, if this very code made it."""
    if literal is None:
        return None
    by, _, form = unpack(literal, where).partition(b"\n")
    return form if by.decode("ascii", "replace") == version(DECIDE) != "" else None


def matches(entry: Entry, content: bytes) -> bool:
    """Whether a content is that of which the entry speaks."""
    return digest_of(content, entry.format) == entry.digest
