"""The shapes' queries, run by pyoxigraph: rdflib takes longer to parse them than all the rest of a validation takes.

pyoxigraph does not keep a literal as written (``3.0`` becomes ``3``), counts in 64 bits and compares by the letter of the specification,
where rdflib is milder. So it is asked only where both cannot but agree: `stored` lets numbers of common length, plain texts on one line
and yes or no pass in the places that queries look into, and nothing else; all other guidelines are judged by pySHACL and rdflib alone.
The queries are our own; a guideline is only data to them, so that none of it is ever run or fetched.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

import pyoxigraph as ox
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, RDFS, SH, SKOS, XSD
from rdflib.term import Node

from edgewise.graph.reading.complaints import shapes
from edgewise.ontology.terms import EW

NUMBERS = frozenset({EW.atLeast, EW.moreThan, EW.atMost, EW.lessThan, EW.min, EW.max, EW.times, EW.order, EW.position, EW.points})
NUMBERS |= {EW.score, EW.scaleMin, EW.scaleMax, EW.level, EW.radiation}
NUMBERS |= {EW.amount, EW.upTo, EW.molarMass, EW.window}
BOUNDS = frozenset({EW.atLeast, EW.moreThan, EW.atMost, EW.lessThan})
"""Where a formula may stand in the place of a number; queries ask first whether it looks like one."""
TEXTS = frozenset({EW.isAnswer, EW.oneOf, EW.unit, EW.valueType, EW.printed, EW.scheme, EW.value, EW.endpoint, SKOS.notation})
TEXTS |= {EW.continuesIn, SKOS.prefLabel, SKOS.altLabel}
TEXTS |= {EW.statedBy, EW.inferred, EW.method, EW.contrast, EW.region, EW.role}
TEXTS |= {EW.strength, EW.certainty, EW.direction, EW.statistic}
FLAGS = frozenset({EW.repeated, EW.accrues, EW.amendable, EW.openEnded})
LINKS = frozenset({EW.observable, EW.hasChoice, EW.to, EW.about, EW.concerns, EW.finalBy, EW.pairedWith, EW.hasTerm, RDF.type})
LINKS |= {EW.allOf, EW.anyOf, EW.negates, EW.of, EW.basedOn, EW.hasItem, EW.when, EW.yields, EW.companionOf, EW["from"], EW.inPhase}
LINKS |= {EW.molarMassFrom}
LINKS |= {EW.hasGrading, EW.hasStatement, EW.inGrading, EW.hasStrength, EW.hasCertainty, EW.hasUnclassified, EW.hasCertaintyFor}
LINKS |= {EW.hasBundle, EW.together, EW.hasAlternative, EW.choose, EW.ofStep}
"""The keys that queries look into, by what stands there; a test holds them against the queries."""

_NUMBER = {XSD.integer: re.compile(r"[+-]?[0-9]{1,15}"), XSD.decimal: re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,12})?")}
_FLAG = {"true": "true", "1": "true", "false": "false", "0": "false"}
_NOTHING = ox.Literal("")


@dataclass(frozen=True, slots=True)
class Stored:
    """A graph for pyoxigraph; and what it makes of each literal that queries look into → as it is written."""

    store: ox.Store
    written: Mapping[ox.Literal, Literal]


@dataclass(frozen=True, slots=True)
class Query:
    """One query of the shapes: on what it is asked, and which shape it belongs to."""

    constraint: Node
    shape: Node
    text: str
    message: str
    class_: Node | None
    subjects_of: Node | None

    def focuses(self, graph: Graph) -> set[Node]:
        """The resources on which it is asked."""
        found: set[Node] = set(graph.subjects(self.subjects_of)) if self.subjects_of else set()
        for class_ in graph.transitive_subjects(RDFS.subClassOf, self.class_) if self.class_ else ():
            found |= set(graph.subjects(RDF.type, class_))
        return found


@cache
def queries() -> tuple[Query, ...]:
    """All queries of the shapes, with their prefixes.

    >>> len(queries()) > 20, "SERVICE" in " ".join(query.text for query in queries())
    (True, False)
    """
    graph = shapes()
    return tuple(
        Query(
            constraint, shape, _prefixes() + str(graph.value(constraint, SH.select)), str(graph.value(constraint, SH.message)),
            graph.value(shape, SH.targetClass), graph.value(shape, SH.targetSubjectsOf),
        )
        for shape, constraint in sorted(graph.subject_objects(SH.sparql))
    )  # fmt: skip


def _prefixes() -> str:
    graph = shapes()
    declared = {str(graph.value(one, SH.prefix)): str(graph.value(one, SH.namespace)) for one in graph.objects(None, SH.declare)}
    return "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in declared.items())


def stored(graph: Graph) -> Stored | None:
    """A graph for pyoxigraph; None where rdflib is to be asked instead.

    >>> def said(*texts: str) -> Stored | None:
    ...     graph = Graph()
    ...     for text in texts:
    ...         _ = graph.add((URIRef("urn:c"), EW.atLeast, Literal(text, datatype=XSD.decimal, normalize=False)))
    ...     return stored(graph)
    >>> sorted(str(literal) for literal in said("3.0", "4").written.values())
    ['3.0', '4']
    >>> said("NaN"), said("3.0", "3.00")
    (None, None)
    """
    written: dict[ox.Literal, Literal] = {}
    quads = []
    try:
        for subject, predicate, value in graph:
            term = _term(predicate, value)
            if term is None or not isinstance(subject, URIRef):
                return None
            if isinstance(value, Literal) and term is not _NOTHING and written.setdefault(term, value) != value:  # type: ignore[arg-type]
                return None
            quads.append(ox.Quad(ox.NamedNode(subject), ox.NamedNode(str(predicate)), term))
    except ValueError:  # an address that is none
        return None
    store = ox.Store()
    store.extend(quads)
    return Stored(store, written)


def _term(predicate: Node, value: Node) -> ox.NamedNode | ox.Literal | None:
    """The value for pyoxigraph, None where it might take it otherwise; of a literal that no query looks into only that there is one."""
    if isinstance(value, URIRef):
        return None if predicate in _PLAIN and predicate not in BOUNDS else ox.NamedNode(value)
    if not isinstance(value, Literal) or predicate in LINKS:
        return None
    plain = _PLAIN.get(predicate)
    return plain(value) if plain else _NOTHING


def _number(value: Literal) -> ox.Literal | None:
    form = _NUMBER.get(value.datatype) if value.datatype else None
    if form is None or value.datatype is None or not form.fullmatch(value):
        return None
    number = int(value) if value.datatype == XSD.integer else Decimal(value)
    return ox.Literal(_shortest(number), datatype=ox.NamedNode(str(value.datatype)))


def _shortest(number: Decimal | int) -> str:
    text = f"{number:f}" if isinstance(number, Decimal) else str(number)
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _text(value: Literal) -> ox.Literal | None:
    if value.datatype in _NUMBER:  # the value of an outcome, whose key is that of an identifier too
        return _number(value)
    plain = value.datatype is None and value.language is None and value.isprintable()
    return ox.Literal(str(value)) if plain else None


def _flag(value: Literal) -> ox.Literal | None:
    known = _FLAG.get(str(value)) if value.datatype == XSD.boolean else None
    return ox.Literal(known, datatype=ox.NamedNode(str(XSD.boolean))) if known else None


_PLAIN: Mapping[Node, Callable[[Literal], ox.Literal | None]] = {
    **dict.fromkeys(NUMBERS, _number),
    **dict.fromkeys(TEXTS, _text),
    **dict.fromkeys(FLAGS, _flag),
}


def ask(graph: Graph, held: Stored) -> Iterator[Mapping[Node, Node]]:
    """What the queries find, as pySHACL reports it: one mapping of SHACL's own terms a result."""
    for query in queries():
        for focus in query.focuses(graph):
            found = held.store.query(query.text, substitutions={ox.Variable("this"): ox.NamedNode(str(focus))})
            if not isinstance(found, ox.QuerySolutions):
                raise TypeError(f"{query.constraint} selects nothing")
            names = [variable.value for variable in found.variables if variable.value != "this"]
            for row in found:
                bound = {name: _back(row[name], held) for name in names if row[name] is not None}
                yield _result(query, focus, bound)


def _back(term: object, held: Stored) -> Node:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.Literal):
        return held.written[term]
    raise TypeError(f"a guideline holds no {term!r}")


def _result(query: Query, focus: Node, bound: Mapping[str, Node]) -> Mapping[Node, Node]:
    message = query.message
    for name, value in bound.items():
        message = message.replace(f"{{?{name}}}", str(value))
    said: dict[Node, Node] = {
        SH.focusNode: focus,
        SH.value: bound.get("value", focus),
        SH.sourceConstraintComponent: SH.SPARQLConstraintComponent,
        SH.sourceConstraint: query.constraint,
        SH.sourceShape: query.shape,
        SH.resultMessage: Literal(message),
    }
    if severity := shapes().value(query.shape, SH.severity):
        said[SH.resultSeverity] = severity
    if "path" in bound:
        said[SH.resultPath] = bound["path"]
    return said
