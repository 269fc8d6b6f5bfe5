"""A guideline in JSON-LD: refused where it points outside itself, and checked for what JSON-LD drops in silence."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pyoxigraph
from rdflib import Graph, Literal
from rdflib.term import Node

from edgewise.graph.reading.context import edgewise_context
from edgewise.graph.reading.files import LIMIT
from edgewise.graph.reading.lines import Lines, Marks, Path
from edgewise.graph.reading.problems import Problems, shorten
from edgewise.graph.reading.rdf import add_quad, guideline_iri, refuse_syntax
from edgewise.graph.reading.strict import Data, strict_yaml
from edgewise.graph.reading.yaml_ld import yaml_graph
from edgewise.ontology.terms import GUIDELINE_BASE

_IDS = ("@id", "id")
_NO_NODE = frozenset(("@value", "@list", "@set", "@graph"))
_CUT = re.compile("[/#:]")


def jsonld_graph(text: str | bytes, name: str, limit: int = LIMIT) -> tuple[Graph, str, Lines]:
    r"""The guideline's triples, its IRI and the lines of what could be found again in the text.

    JSON without any key that begins with ``@`` is read like YAML: ids, references and texts as docs/model.md has them.

    Raises:
        SourceError: with every context outside the file, blank node and lost value.

    >>> text = '{"@context": {"@vocab": "https://w3id.org/edgewise/ns#"},\n"@id": "urn:x:g",\n"@type": "Guideline"}'
    >>> graph, iri, lines = jsonld_graph(text, "g.jsonld")
    >>> iri, len(graph), list(lines.values.values())
    ('urn:x:g', 1, [3])
    """
    data, marks = strict_yaml(text, name, limit=limit, allow_empty=True, format="json")
    keys = {key for key, _ in _keys(data, ())}
    if not any(key.startswith("@") for key in keys):
        return yaml_graph(*strict_yaml(text, name, limit=limit, format="json"), name)
    problems = Problems(name)
    _refuse_contexts(data, marks, problems)
    problems.stop()
    text = text.decode("utf-8") if isinstance(text, bytes) else text
    text = text.removeprefix("\ufeff")
    return _graph(text if "@context" in keys else _with_context(text), data, marks, problems)


def _keys(data: Data, path: Path) -> Iterator[tuple[str, Path]]:
    children = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in children:
        if isinstance(key, str):
            yield key, (*path, key)
        yield from _keys(value, (*path, key))


def _refuse_contexts(data: Data, marks: Marks, problems: Problems) -> None:
    for key, path in _keys(data, ()):
        value = data
        for step in path:
            value = value[step]  # type: ignore[index]  # the path was made from the data
        inside = value if isinstance(value, list) else [value]
        if key == "@import" or (key == "@context" and any(isinstance(item, str) for item in inside)):
            repair = "write the context out in the file, or leave it out and Edgewise uses its own"
            problems.add("remote-context", f"'{key}' points to a context outside the file", marks.value(path), repair)


def _with_context(text: str) -> str:
    """The same text, on the same lines, with Edgewise's context in front."""
    context = json.dumps([edgewise_context(), {"@base": GUIDELINE_BASE}])
    if text.lstrip().startswith("["):
        return f'{{"@context": {context}, "@graph": {text}}}'
    head, brace, rest = text.partition("{")
    return f'{head}{brace}"@context": {context}{"" if rest.lstrip().startswith("}") else ","}{rest}'


def _graph(text: str, data: Data, marks: Marks, problems: Problems) -> tuple[Graph, str, Lines]:
    graph, lines, anonymous = Graph(), Lines(), False
    try:
        for quad in pyoxigraph.parse(text, pyoxigraph.RdfFormat.JSON_LD):
            if isinstance(quad.subject, pyoxigraph.BlankNode) or isinstance(quad.object, pyoxigraph.BlankNode):
                anonymous = True  # in the text they are easier to point to
            else:
                add_quad(quad, 0, graph, lines, problems)
    except SyntaxError as error:
        refuse_syntax(error, problems, "jsonld-syntax")
    if anonymous:
        _refuse_anonymous(data, marks, problems)
    problems.stop()
    trace = _Trace(graph, marks, lines, problems)
    trace.follow(data, (), "")
    problems.stop()
    return graph, guideline_iri(graph, lines, problems), lines


def _refuse_anonymous(data: Data, marks: Marks, problems: Problems) -> None:
    message = "something here has no IRI of its own"
    repair = "give it an '@id' (guideline/key/ordinal), so that it can be linked to; write no '@list'"
    places = list(_anonymous(data, ()))
    for path in places:
        problems.add("blank-node", message, marks.value(path), repair)
    if not places:
        problems.add("blank-node", message, 0, repair)


def _anonymous(data: Data, path: Path) -> Iterator[Path]:
    if isinstance(data, dict):
        given = next((data[key] for key in _IDS if key in data), None)
        if "@list" in data or (isinstance(given, str) and given.startswith("_:")) or (given is None and not _NO_NODE & data.keys()):
            yield path
    children = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in children:
        if key != "@context":
            yield from _anonymous(value, (*path, key))


class _Trace:
    """Finds every scalar of the text again in the graph: what cannot be found was lost, what can be found has a line."""

    def __init__(self, graph: Graph, marks: Marks, lines: Lines, problems: Problems) -> None:
        self.marks, self.lines, self.problems = marks, lines, problems
        self._nodes: dict[str, set[Node]] = {}
        self._links: dict[tuple[Node, Node], list[Node]] = {}
        self._subjects = set(graph.subjects())
        for s, p, o in graph:
            self._links.setdefault((s, o), []).append(p)
            for term in (s, o):
                for name in _names(term):
                    self._nodes.setdefault(name, set()).add(term)

    def follow(self, data: Data, path: Path, owner: str) -> None:
        """Go through the text outside contexts; `owner` is the id, as written, of the resource that is spoken of."""
        if isinstance(data, list):
            for i, value in enumerate(data):
                self.follow(value, (*path, i), owner)
        elif isinstance(data, dict):
            given = next((value for key in _IDS if isinstance(value := data.get(key), str)), None)
            self._resource(given, path, owner)
            for key, value in data.items():
                if key not in ("@context", "@language", *_IDS):
                    self.follow(value, (*path, key), given or (owner if _NO_NODE & data.keys() else ""))
        else:
            self._scalar(data, path, owner)

    def _resource(self, given: str | None, path: Path, owner: str) -> None:
        if given is None:
            return
        found = self._meant(given)
        if given and not found:
            self._lost(given, path)
        for resource in found & self._subjects:
            self.lines.subjects.setdefault(resource, self.marks.value(path))
        self._link(owner, found, path)

    def _scalar(self, text: str | None, path: Path, owner: str) -> None:
        if text is None:
            repair = "write a value, or remove the key"
            self.problems.add("empty-value", "a key has the value null, which says nothing", self.marks.value(path), repair)
            return
        found = self._meant(text)
        known = bool(self._meant(owner) & self._subjects) and "@value" not in path and "@type" not in path
        linked = self._link(owner, found, path)
        if not found or (known and not linked):
            self._lost(text, path)

    def _link(self, owner: str, found: set[Node], path: Path) -> bool:
        linked = False
        for subject in self._meant(owner) if owner else ():
            for value in found:
                for s, o in ((subject, value), (value, subject)):  # the second for @reverse
                    for predicate in self._links.get((s, o), ()):
                        linked = True
                        self.lines.note((s, predicate, o), self.marks.value(path), self.marks.key(path))
        return linked

    def _meant(self, text: str) -> set[Node]:
        """What a text may stand for: the same text or number, or an IRI that ends like this compact or relative one."""
        names = {text, text.partition(":")[2] or text, text.lstrip("./#") or text, repr(_number(text))}
        return set().union(*(self._nodes.get(name, ()) for name in names))

    def _lost(self, text: str, path: Path) -> None:
        message = f"'{shorten(text)}' is lost when the file is read as JSON-LD"
        repair = "check the key against the context, and write ids and references as IRIs"
        self.problems.add("lost-value", message, self.marks.value(path), repair, value=text)


def _names(term: Node) -> Iterator[str]:
    """The ways in which a text may name a term: whole, shortened to the end of its IRI, or as the same number."""
    text = str(term)
    yield text
    if isinstance(term, Literal):
        if term.datatype is not None:
            yield from _names(term.datatype)
        number = _number(text)
        if number is not None:
            yield repr(number)
        return
    for match in _CUT.finditer(text):
        if match.end() < len(text):
            yield text[match.end() :]


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
