"""A graph as text, the same bytes for the same triples, and a file that is never half written."""

from __future__ import annotations

import json
import os
import re
import secrets
import stat
import typing
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pyoxigraph
from pyoxigraph import RdfFormat
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF, RDF, RDFS, SKOS, XSD
from rdflib.term import Node

from edgewise.graph.reading.problems import fail
from edgewise.graph.reading.public_form import CITO, publish
from edgewise.graph.writing.json_ld import compact
from edgewise.ontology.terms import CODE, EW, UNKNOWN

Format = typing.Literal["turtle", "jsonld", "nquads", "trig"]
FORMATS = {"turtle": ".ttl", "jsonld": ".jsonld", "nquads": ".nq", "trig": ".trig"}
_PREFIXES = {
    "ew": str(EW), "unknown": str(UNKNOWN), "code": str(CODE), "dcterms": str(DCTERMS),
    "rdf": str(RDF), "rdfs": str(RDFS), "skos": str(SKOS), "xsd": str(XSD), "cito": str(CITO), "foaf": str(FOAF),
}  # fmt: skip
_RDF = {"turtle": RdfFormat.TURTLE, "nquads": RdfFormat.N_QUADS, "trig": RdfFormat.TRIG}


def export(graph: Graph, to: Format) -> str:
    r"""Write a guideline's graph in its public form (`edgewise.graph.reading.public_form`); `read_text` gives the same graph back.

    In TriG and N-Quads the triples stand in a graph named after the guideline, so that many guidelines can share a store.

    Args:
        graph: triples without blank nodes, as `read` gives them.
        to: turtle, jsonld, nquads or trig.

    Raises:
        ValueError: for another format, a blank node, or an IRI that is none.

    >>> from edgewise.graph.reading.read import read_text
    >>> source = read_text("id: g\ntitle: Hips", "g.yaml", "yaml")
    >>> print(export(source.graph, "nquads").splitlines()[1])
    <https://w3id.org/edgewise/guideline/g> <http://purl.org/dc/terms/title> "Hips" <https://w3id.org/edgewise/guideline/g> .
    >>> set(read_text(export(source.graph, "turtle"), "g.ttl", "turtle").graph) == set(source.graph)
    True
    """
    if to not in FORMATS:
        raise ValueError(f"unknown format {to!r}: known are {', '.join(FORMATS)}")
    graph = publish(graph)
    root = _root(graph)
    triples = sorted(graph, key=lambda triple: _order(triple, root))
    if to == "jsonld":
        document = compact(graph, root, dict.fromkeys(subject for subject, _, _ in triples))
        return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    name = pyoxigraph.NamedNode(root) if root and to != "turtle" else pyoxigraph.DefaultGraph()
    quads = [pyoxigraph.Quad(_iri(s), _iri(p), _term(o), name) for s, p, o in triples]
    text = pyoxigraph.serialize(quads, format=_RDF[to], prefixes=None if to == "nquads" else _prefixes(root))
    return _sort_prefixes((text or b"").decode("utf-8"))


def _root(graph: Graph) -> str:
    guidelines = sorted(str(subject) for subject in set(graph.subjects(RDF.type, EW.Guideline)) if isinstance(subject, URIRef))
    return guidelines[0] if len(guidelines) == 1 else ""


def _order(triple: Iterable[Node], root: str) -> tuple[object, ...]:
    """The guideline first, its parts by id (2 before 10), types before other properties."""
    subject, predicate, value = triple
    literal = isinstance(value, Literal)
    detail = (str(value.datatype), str(value.language)) if isinstance(value, Literal) else ()
    return (str(subject) != root, _natural(str(subject)), predicate != RDF.type, str(predicate), literal, _natural(str(value)), detail)


def _natural(text: str) -> tuple[list[tuple[int, str]], str]:
    return [(int(part), "") if part.isdecimal() and len(part) < 19 else (-1, part) for part in re.split(r"(\d+)", text)], text


def _iri(node: Node) -> pyoxigraph.NamedNode:
    if not isinstance(node, URIRef):
        raise ValueError(f"a guideline's graph holds resources with an IRI only, not {node!r}")
    return pyoxigraph.NamedNode(str(node))


def _term(node: Node) -> pyoxigraph.NamedNode | pyoxigraph.Literal:
    if not isinstance(node, Literal):
        return _iri(node)
    if node.language:
        return pyoxigraph.Literal(str(node), language=node.language)
    return pyoxigraph.Literal(str(node), datatype=pyoxigraph.NamedNode(str(node.datatype)) if node.datatype else None)


def _prefixes(root: str) -> dict[str, str]:
    own = root + "/"
    if not root or any(own.startswith(known) or known.startswith(own) for known in _PREFIXES.values()):
        return _PREFIXES  # of two prefixes that fit an IRI, either might be taken
    return {"": own, **_PREFIXES}


def _sort_prefixes(text: str) -> str:
    """Pyoxigraph writes the prefixes first, one a line, in an order that changes from run to run."""
    lines = text.split("\n")
    count = next((i for i, line in enumerate(lines) if not line.startswith("@prefix ")), 0)
    return "\n".join([*sorted(lines[:count]), *lines[count:]])


def write(path: str | Path, text: str | bytes) -> None:
    """Write a file as a whole or not at all: its successor is on the disk before the old one is replaced.

    An existing file keeps its permissions; a link stays a link and its target is replaced.

    Raises:
        SourceError: if it cannot be written; the old file is then untouched.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     write(Path(folder, "a.txt"), "new")
    ...     Path(folder, "a.txt").read_text(), len(list(Path(folder).iterdir()))
    ('new', 1)
    """
    write_all({path: text})


def write_all(files: Mapping[str | Path, str | bytes], ready: Callable[[], None] | None = None) -> None:
    """Write several files as `write` does one: none is replaced before the successors of all are on the disk.

    Args:
        files: what goes where.
        ready: called when everything is on the disk and nothing yet replaced; what it raises leaves all as it was.

    Raises:
        SourceError: if one cannot be written; it names the file, and which of the others were replaced before.
    """
    targets = {path: Path(os.path.realpath(path)) for path in files}
    successors: dict[str | Path, Path] = {}
    replaced: list[str] = []
    path: str | Path = ""
    try:
        for path, text in files.items():
            successors[path] = _successor(targets[path], text if isinstance(text, bytes) else text.encode("utf-8"))
        if ready is not None:
            ready()
        for path, target in targets.items():
            successors[path].replace(target)
            del successors[path]
            replaced.append(str(path))
            _sync_folder(target.parent)
    except OSError as error:
        message = f"the file cannot be written: {error.strerror or error}"
        done = f"only {', '.join(replaced)} was written" if replaced else "nothing was changed"
        raise fail(str(path), "cannot-write", message, 0, f"check the path, the permissions and the free space; {done}") from None
    finally:
        for successor in successors.values():
            successor.unlink(missing_ok=True)


def _successor(target: Path, data: bytes) -> Path:
    old = stat.S_IMODE(target.stat().st_mode) if target.exists() else None
    name = target.with_name(f".{target.name[:100]}.{secrets.token_hex(8)}")
    handle = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666 if old is None else 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            if old is not None:
                name.chmod(old)  # before anything private is in it
            file.write(data)
            file.flush()
            os.fsync(handle)
    except BaseException:
        name.unlink(missing_ok=True)
        raise
    return name


def _sync_folder(folder: Path) -> None:
    """Make the new name itself durable; Windows cannot open a folder, and needs not."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
