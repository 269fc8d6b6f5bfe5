"""A guideline in Turtle, TriG or N-Quads, with the line of each triple.

pyoxigraph keeps every literal as written, needs no recursion for deep nesting and goes on after a fault. It is fed one line at a time and
reports a triple as soon as it has read its last word, so the number of lines fed is the line of the triple.
"""

from __future__ import annotations

import re

import pyoxigraph
from pyoxigraph import RdfFormat
from rdflib import Graph, URIRef
from rdflib.namespace import RDF

from edgewise.graph.reading.lines import Lines
from edgewise.graph.reading.literals import node
from edgewise.graph.reading.problems import Problems, shorten
from edgewise.graph.reading.strict import MOST_VALUES, forbidden
from edgewise.ontology.terms import EW

_FORMATS = {"turtle": RdfFormat.TURTLE, "trig": RdfFormat.TRIG, "nquads": RdfFormat.N_QUADS}
_PLACE = re.compile(r"^Parser error at line \d+ (?:column \d+|between columns \d+ and \d+): |^Parser error between .*?: | \(line \d+\)$")
_SCHEMES = ("https://", "http://", "urn:")


class _Feed:
    """A file that yields at most one line a read and knows how many it gave."""

    def __init__(self, text: str) -> None:
        self._lines = text.encode("utf-8").splitlines(keepends=True)
        self._rest = b""
        self.line = 0

    def read(self, size: int) -> bytes:
        """At most `size` bytes of the current line; empty at the end."""
        if not self._rest and self.line < len(self._lines):
            self._rest = self._lines[self.line]
            self.line += 1
        given, self._rest = self._rest[:size], self._rest[size:]
        return given


def rdf_graph(text: str, name: str, format: str) -> tuple[Graph, str, Lines]:
    r"""The union of all graphs in the text, the guideline's IRI and the line of each triple.

    Raises:
        SourceError: with every fault of syntax, every blank node and every address that is not one of the web or a URN.

    >>> graph, iri, lines = rdf_graph("<urn:x:g> a\n<https://w3id.org/edgewise/ns#Guideline> .", "g.ttl", "turtle")
    >>> iri, len(graph), lines.line(URIRef(iri))
    ('urn:x:g', 1, 2)
    """
    problems, graph, lines = Problems(name), Graph(), Lines()
    feed = _Feed(text)
    quads = pyoxigraph.parse(feed, _FORMATS[format])  # type: ignore[arg-type]  # it asks for no more than read()
    count = 0
    while not problems.unlisted:
        try:
            quad = next(quads)
        except StopIteration:
            break
        except SyntaxError as error:
            refuse_syntax(error, problems, f"{format}-syntax")
            continue
        count += 1
        if count > MOST_VALUES:
            problems.add("too-large", f"the file holds more than {MOST_VALUES:,} triples", feed.line, "split the file")
            break
        add_quad(quad, feed.line, graph, lines, problems)
    problems.stop()
    return graph, guideline_iri(graph, lines, problems), lines


def refuse_syntax(error: SyntaxError, problems: Problems, rule: str) -> None:
    """Note pyoxigraph's complaint, without the place that it repeats."""
    said = _PLACE.sub("", str(error))
    repair = "compare the line with the ones before it: a full stop, bracket, quotation mark or prefix may be missing"
    problems.add(rule, f"not well formed: {shorten(said, 160)}", error.lineno or 0, repair)


def add_quad(quad: pyoxigraph.Quad, line: int, graph: Graph, lines: Lines, problems: Problems) -> None:
    """Take a triple into the graph if all of its terms may be there; otherwise note why not. `line` 0 is not remembered."""
    terms = (quad.subject, quad.predicate, quad.object)
    if sum(_refuse(term, line, problems) for term in terms):  # not any(): every term is to be judged
        return
    triple = (node(quad.subject), node(quad.predicate), node(quad.object))  # type: ignore[arg-type]  # triple terms were refused
    graph.add(triple)
    if line:
        lines.note(triple, line)


def _refuse(term: object, line: int, problems: Problems) -> bool:
    if isinstance(term, pyoxigraph.NamedNode):
        if term.value.startswith(_SCHEMES):
            return False
        repair = "write an IRI that begins with https:, http: or urn:"
        problems.add(
            "invalid-reference", f"'{shorten(term.value)}' is not an IRI that a guideline may hold", line, repair, value=term.value
        )
    elif isinstance(term, pyoxigraph.Literal):
        return _refuse_literal(term, line, problems)
    elif isinstance(term, pyoxigraph.BlankNode):
        repair = "give it an IRI (guideline/key/ordinal), so that it can be linked to"
        problems.add("blank-node", "something here has no IRI of its own", line, repair)
    else:
        problems.add("quoted-triple", "a triple is quoted inside another", line, "say it with a resource of its own")
    return True


def _refuse_literal(term: pyoxigraph.Literal, line: int, problems: Problems) -> bool:
    if term.direction is not None:
        problems.add("text-direction", "a text carries a writing direction", line, "leave out the direction after the language")
        return True
    control = forbidden(term.value)
    if control:
        problems.add("control-character", f"an escape stands for U+{ord(control):04X}, which is not allowed", line, "delete the escape")
    return bool(control)


def guideline_iri(graph: Graph, lines: Lines, problems: Problems) -> str:
    """The IRI of the one resource that is a Guideline.

    Raises:
        SourceError: if there is none, or more than one.
    """
    found = sorted({str(s) for s in graph.subjects(RDF.type, URIRef(str(EW.Guideline)))}, key=lambda s: (lines.line(URIRef(s)), s))
    if not found:
        problems.add("no-guideline", "nothing in the file is a guideline", 0, "state that one resource is of the type ew:Guideline")
    for iri in found[1:]:
        line = lines.line(URIRef(iri), RDF.type, URIRef(str(EW.Guideline)))
        message = f"'{shorten(iri)}' is a second guideline beside '{shorten(found[0])}'"
        problems.add("several-guidelines", message, line, "keep one guideline in a file", value=iri)
    problems.stop()
    return found[0]
