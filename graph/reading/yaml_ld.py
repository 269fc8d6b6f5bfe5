"""A guideline in YAML as RDF: ids from places, the project's context, and a proof that no value was lost on the way."""

from __future__ import annotations

import json
import re
from typing import Any

import pyoxigraph
from rdflib import Graph, URIRef
from rdflib.namespace import RDF
from rdflib.term import Node

from edgewise.graph.reading.context import Terms, edgewise_context
from edgewise.graph.reading.lines import Lines, Marks, Path
from edgewise.graph.reading.literals import literal, node
from edgewise.graph.reading.problems import Problems, fail, shorten
from edgewise.graph.reading.strict import Data
from edgewise.ontology.terms import EW, GUIDELINE_BASE

SLUG = re.compile(r"[a-z0-9][a-z0-9-]*")
ID = re.compile(r"[a-z0-9][a-z0-9-]*(/[A-Za-z0-9][A-Za-z0-9_-]*)*")
_REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(/[A-Za-z0-9][A-Za-z0-9_-]*)*")  # an id, or a place made of keys and ordinals
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_NOTHING = "Unusable"  # stands, in a file that is read on, for a reference or type that cannot be one; nothing bears the name
_ABSOLUTE = re.compile(r"(https?://[^/]|urn:[^:]+:.)")
_NUMBER = re.compile(r"[+-]?\.?[0-9].*")
_BOUNDS = frozenset({EW.atLeast, EW.moreThan, EW.atMost, EW.lessThan})
_TIMES = frozenset({EW.notBefore, EW.within, EW.every, EW.after})
_OPERATIONS = frozenset({EW.greatestOf, EW.leastOf, EW.sumOf, EW.productOf, EW.differenceOf, EW.quotientOf})


def yaml_graph(data: Data, marks: Marks, name: str, salvaged: Problems | None = None) -> tuple[Graph, str, Lines]:
    r"""The guideline's triples, its IRI and the line of each triple.

    Args:
        data: as `edgewise.graph.reading.strict` reads it.
        marks: the lines of its keys and values.
        name: of the file, for messages.
        salvaged: takes the problems, where the rest is to be read in spite of them.

    Raises:
        SourceError: with every id, key and reference that cannot be used; if they are `salvaged`, only where nothing is left to read.

    >>> from edgewise.graph.reading.strict import strict_yaml
    >>> graph, iri, lines = yaml_graph(*strict_yaml("id: g\nsteps:\n- id: a\n  order: 1", "g.yaml"), "g.yaml")
    >>> iri, len(graph), lines.line(URIRef(iri + "/a"), EW.order)
    ('https://w3id.org/edgewise/guideline/g', 3, 4)
    """
    reader = _Reader(marks, Problems(name) if salvaged is None else salvaged)
    document, iri = reader.document(data)
    if salvaged is None or salvaged.fatal:
        reader.problems.stop()
    graph = _parse(document, iri, name)
    for triple, line in reader.expected.items():
        if triple not in graph:
            message = f"the value '{shorten(str(triple[2]))}' was lost on the way to RDF"
            reader.problems.add("lost-value", message, line, "write it with plain letters", value=str(triple[2]))
    if salvaged is None or salvaged.fatal:
        reader.problems.stop()
    return graph, iri, reader.lines


def _parse(document: dict[str, Any], iri: str, name: str) -> Graph:
    context = [edgewise_context(), {"@base": iri + "/"}]
    text = json.dumps({"@context": context, **document}, ensure_ascii=False)
    graph = Graph()
    try:
        for quad in pyoxigraph.parse(text, pyoxigraph.RdfFormat.JSON_LD):
            graph.add((node(quad.subject), node(quad.predicate), node(quad.object)))
    except SyntaxError as error:
        message = f"the file does not fit the context: {shorten(str(error), 200)}"
        raise fail(name, "not-a-guideline", message, 0, "compare it with docs/model.md") from None
    return graph


class _Reader:
    """Walks the data once: gives every mapping its @id, checks what JSON-LD would drop in silence, notes the lines."""

    def __init__(self, marks: Marks, problems: Problems) -> None:
        self.marks, self.problems = marks, problems
        self.lines = Lines()
        self.expected: dict[tuple[Node, Node, Node], int] = {}
        self.root = ""
        self.draft = False
        self._ids: dict[str, int] = {}

    def document(self, data: Data) -> tuple[dict[str, Any], str]:
        """The root as JSON-LD, and its IRI."""
        if not isinstance(data, dict):
            repair = "begin with 'id: …' and write a guideline as docs/model.md tells"
            self.problems.add("not-a-guideline", "the file is not a mapping of keys", 1, repair)
            return {}, ""
        slug = data.get("id")
        if not isinstance(slug, str) or not SLUG.fullmatch(slug):
            self._refuse_id(slug, ("id",) if "id" in data else (), "the guideline's id")
            slug = "guideline"
        self.root, self.draft = GUIDELINE_BASE + slug, data.get("draft") == "true"
        document = self._mapping({"type": "Guideline", **data, "id": ""}, (), URIRef(self.root), Terms(edgewise_context()))
        if URIRef(str(EW.Guideline)) not in {o for (s, p, o) in self.expected if str(s) == self.root and p == RDF.type}:
            line, repair = self.marks.value(("type",)), "write 'type: Guideline' there, or leave the type out"
            self.problems.add("not-a-guideline", "the file's root is not a Guideline", line, repair)
        return document, self.root

    def _mapping(self, data: dict[str, Data], path: Path, iri: URIRef, terms: Terms) -> dict[str, Any]:
        line = self.marks.value(path)
        self._ids.setdefault(str(iri), line)
        self.lines.subjects.setdefault(iri, line)
        result: dict[str, Any] = {"@id": str(iri)}
        for key, value in data.items():
            if self._usable(key, (*path, key)) and terms.keyword(key) != "@id":
                self.lines.keys.setdefault((iri, terms.predicate(key)), self.marks.key((*path, key)))
                result[key] = self._value(key, value, (*path, key), iri, terms)
        return result

    def _usable(self, key: str, path: Path) -> bool:
        if _KEY.fullmatch(key):
            return True
        message = f"'{shorten(key)}' is not a possible key"
        repair = "use one of the keys in docs/model.md: letters, digits and '-' only; JSON-LD keywords have no place in a guideline's YAML"
        self.problems.add("invalid-key", message, self.marks.key(path), repair, value=key)
        return False

    def _value(self, key: str, value: Data, path: Path, subject: URIRef, terms: Terms) -> Any:
        if not isinstance(value, list):
            return self._item(key, value, path, 1, subject, terms)
        return [self._item(key, item, (*path, i), i + 1, subject, terms) for i, item in enumerate(value)]

    def _item(self, key: str, value: Data, path: Path, ordinal: int, subject: URIRef, terms: Terms) -> Any:
        if terms.keyword(key) == "@type":
            return self._type(value, path, subject, terms)
        if self.draft and value == "" and terms.datatype(key) == "@id":
            return []  # JSON-LD's word for nothing: a name that is still to write
        value = _window(terms.predicate(key), formula(terms.predicate(key), value, ordinal))
        if isinstance(value, dict):
            iri = self._iri(value, path, f"{subject}/{key}/{ordinal}")
            iri = self._once(iri, path, f"{subject}/{key}/{ordinal}")
            self._expect((subject, terms.predicate(key), iri), path)
            return self._mapping(value, path, iri, terms.below(key))
        if not isinstance(value, str):
            message, repair = f"a list stands inside the list of '{key}'", "write one list, with one entry a line"
            self.problems.add("nested-list", message, self.marks.value(path), repair)
            return []
        return self._scalar(key, value, path, subject, terms)

    def _scalar(self, key: str, value: str, path: Path, subject: URIRef, terms: Terms) -> str:
        datatype = terms.datatype(key)
        if datatype != "@id":
            self._expect((subject, terms.predicate(key), literal(value, datatype)), path)
        elif (target := self._reference(value)) is None:
            message = f"'{shorten(value)}' under '{key}' cannot be a reference"
            repair = "write the id of something in this guideline: small letters, digits and '-'"
            self.problems.add("invalid-reference", message, self.marks.value(path), repair, value=value)
            return _NOTHING
        else:
            self._expect((subject, terms.predicate(key), target), path)
        return value

    def _reference(self, value: str) -> URIRef | None:
        if _REFERENCE.fullmatch(value):
            return URIRef(f"{self.root}/{value}")
        if not _ABSOLUTE.match(value):
            return None
        try:
            return URIRef(pyoxigraph.NamedNode(value).value)
        except ValueError:
            return None

    def _type(self, value: Data, path: Path, subject: URIRef, terms: Terms) -> str:
        if isinstance(value, str) and _KEY.fullmatch(value) and not terms.keyword(value):
            if path in self.marks.places:  # the root's own type may be ours
                self._expect((subject, RDF.type, terms.predicate(value)), path)
            else:
                self.expected[subject, RDF.type, terms.predicate(value)] = 0
            return value
        shown = f"'{shorten(value)}'" if isinstance(value, str) else "this"
        repair = "write one of the types in docs/model.md, such as Treatment"
        self.problems.add("invalid-type", f"{shown} cannot be a type", self.marks.value(path), repair)
        return _NOTHING

    def _iri(self, value: dict[str, Data], path: Path, default: str) -> URIRef:
        if "id" not in value:
            return URIRef(default)
        given = value["id"]
        if isinstance(given, str) and ID.fullmatch(given):
            return URIRef(f"{self.root}/{given}")
        self._refuse_id(given, (*path, "id"), "the id")
        return URIRef(default)

    def _once(self, iri: URIRef, path: Path, default: str) -> URIRef:
        """The IRI, or if it is taken another one, so that two things are not taken for one."""
        if str(iri) not in self._ids:
            return iri
        short = shorten(str(iri).removeprefix(self.root + "/"))
        message = f"the id '{short}' is given here for a second time, first on line {self._ids[str(iri)]}"
        self.problems.add("duplicate-id", message, self.marks.value(path), "give one of them another id", value=short)
        return URIRef(default)

    def _refuse_id(self, given: Data, path: Path, what: str) -> None:
        said = f"'{shorten(given)}' cannot be used" if isinstance(given, str) else "is not a text" if path else "is missing"
        repair = "write 'id: ' and a short name of small letters, digits and '-', such as cooled-rfa"
        self.problems.add("invalid-id", f"{what} {said}", self.marks.value(path), repair, value=given if isinstance(given, str) else "")

    def _expect(self, triple: tuple[Node, Node, Node], path: Path) -> None:
        line = self.marks.value(path)
        if triple in self.expected and path in self.marks.places:
            shown = shorten(str(triple[2]).removeprefix(self.root + "/"))
            message = f"'{shown}' stands here for a second time, first on line {self.expected[triple]}"
            self.problems.add("duplicate-value", message, line, "remove one of them", value=str(triple[2]))
            return
        self.expected[triple] = line
        self.lines.note(triple, line, self.marks.key(path))


def formula(predicate: Node, value: Data, ordinal: int) -> Data:
    """What a formula leaves unsaid: that a block under a bound is one, what a bare operand is, and which operand comes first."""
    if predicate in _BOUNDS and isinstance(value, dict):
        return {"type": "Formula", **value}
    if predicate not in _OPERATIONS or isinstance(value, list):
        return value
    if not isinstance(value, dict):
        value = {"value" if _NUMBER.fullmatch(value or "") else "observable": value}
    return {"order": str(ordinal), **value}


def _window(predicate: Node, value: Data) -> Data:
    """What goes without saying of a block under a time of a step: that it is a window."""
    return {"type": "TimeWindow", **value} if predicate in _TIMES and isinstance(value, dict) else value
