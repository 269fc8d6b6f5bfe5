"""A guideline's file as RDF, with the line of everything it says; or every reason why it cannot be read.

Reading opens the one file it is given and nothing else: no context, import or IRI in it is ever followed.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rdflib import Graph, URIRef
from rdflib.term import Node

from edgewise.graph.reading import strict
from edgewise.graph.reading.drafted import drop_blanks
from edgewise.graph.reading.files import FORMATS, LIMIT, content, format_of
from edgewise.graph.reading.implied_types import add_types
from edgewise.graph.reading.json_ld import jsonld_graph
from edgewise.graph.reading.lines import Lines
from edgewise.graph.reading.literals import quiet
from edgewise.graph.reading.problems import Problems
from edgewise.graph.reading.public_form import add_defaults, unpublish
from edgewise.graph.reading.rdf import rdf_graph
from edgewise.graph.reading.strict import decode, strict_yaml
from edgewise.graph.reading.yaml_ld import yaml_graph
from edgewise.ontology.errors import SourceError
from edgewise.ontology.findings import Finding


@dataclass(frozen=True, slots=True)
class Source:
    """A guideline as read: its triples, its IRI, the file it came from and the lines in it."""

    graph: Graph
    iri: str
    file: str
    lines: Lines

    def line(self, subject: Node | str, predicate: Node | None = None, value: Node | None = None) -> int:
        r"""Best known line of a triple, a property or a resource, counted from 1; 0 if there is none.

        >>> source = read_text("id: g\ntitle: Hips", "g.yaml", "yaml")
        >>> source.line(source.iri), source.line(source.iri, URIRef("http://purl.org/dc/terms/title")), source.line("urn:x:y")
        (1, 2, 0)
        """
        return self.lines.line(subject if isinstance(subject, Node) else URIRef(subject), predicate, value)


def read(path: str | Path, *, limit: int = LIMIT) -> Source:
    """Read a guideline's file; its suffix tells the format.

    Args:
        path: a file ending in .yaml, .yml, .json, .jsonld, .ttl, .nq or .trig.
        limit: largest size in bytes.

    Raises:
        SourceError: if there is no such file, it cannot be opened, or with every problem in it.

    >>> read("nowhere.yaml")
    Traceback (most recent call last):
        ...
    edgewise.ontology.errors.SourceError: nowhere.yaml: error: there is no such file; check the path [no-file]
    """
    name = str(path)
    known = format_of(name)
    return read_text(content(path, limit), name, known, limit=limit)


def salvage(path: str | Path, *, limit: int = LIMIT) -> tuple[Source | None, tuple[Finding, ...]]:
    """A guideline's file with every problem in it: what can be read in spite of them, so that the rest can be judged as well.

    Args:
        path: as for `read`.
        limit: largest size in bytes.

    Returns:
        The guideline, None if nothing is left to judge; and the problems, which are none for a file that `read` takes.

    >>> salvage("nowhere.yaml")[0]
    """
    name = str(path)
    try:
        format = format_of(name)
        data = content(path, limit)
    except SourceError as error:
        return None, error.findings
    return salvage_text(data, name, format, limit=limit)


def salvage_text(text: str | bytes, name: str, format: str, *, limit: int = LIMIT) -> tuple[Source | None, tuple[Finding, ...]]:
    r"""What `salvage` makes of a file's content; `name` is for messages only.

    >>> salvage_text("id: g\ntitle: Hips\ntitle: Knees", "g.yaml", "yaml")[1][0].line
    3
    """
    try:
        if format not in ("yaml", "json"):
            return read_text(text, name, format, limit=limit), ()
        problems = Problems(name)
        with quiet():
            data, marks = strict.salvage(text, problems, limit=limit, format=format)
            graph, iri, lines = yaml_graph(data, marks, name, problems)
            add_types(graph)
            add_defaults(graph)
            drop_blanks(graph, iri)
    except SourceError as error:
        return None, error.findings
    return Source(graph, iri, name, lines), tuple(problems.findings())


def read_text(text: str | bytes, name: str, format: str, *, limit: int = LIMIT) -> Source:
    r"""Read a guideline's text; `name` is for messages only.

    Args:
        text: the text; bytes must be UTF-8.
        name: the file name that findings show.
        format: yaml, json, jsonld, turtle, nquads or trig.
        limit: largest size in bytes.

    Raises:
        SourceError: with every problem in it.
        ValueError: for another format.

    >>> source = read_text("id: g\ntitle: Hips", "g.yaml", "yaml")
    >>> source.iri, len(source.graph)
    ('https://w3id.org/edgewise/guideline/g', 2)
    """
    with quiet():
        if format in ("yaml", "json"):
            graph, iri, lines = yaml_graph(*strict_yaml(text, name, limit=limit, format=format), name)
        elif format == "jsonld":
            graph, iri, lines = jsonld_graph(text, name, limit)
        elif format in ("turtle", "trig", "nquads"):
            graph, iri, lines = rdf_graph(decode(text, name, limit), name, format)
        else:
            raise ValueError(f"unknown format {format!r}: known are {', '.join(sorted(set(FORMATS.values())))}")
        unpublish(graph)
        add_types(graph)
        add_defaults(graph)
        drop_blanks(graph, iri)
    return Source(graph, iri, name, lines)
