"""A shape's complaint in words: the texts of ``ontology/shapes.ttl``, filled in with keys as YAML writes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from rdflib import Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import RDF, RDFS, SH, SKOS
from rdflib.term import Node

from edgewise.graph.reading.context import Terms, edgewise_context
from edgewise.graph.reading.implied_types import ranges
from edgewise.graph.reading.indexed import Indexed, turtle
from edgewise.graph.reading.problems import shorten
from edgewise.ontology.findings import Severity
from edgewise.ontology.terms import EW, SHAPES, UNKNOWN, VOCABULARY


@dataclass(frozen=True, slots=True)
class Complaint:
    """One result of validation.

    Attributes:
        subject: the resource concerned.
        predicate: the key concerned, if one is.
        value: the value concerned, if one is.
        component: the kind of constraint.
        shape: the resource of ``shapes.ttl`` that carries the texts.
        severity: how bad it is.
        message: the shape's own message, where it is a query's.
    """

    subject: Node
    predicate: URIRef | None
    value: Node | None
    component: Node | None
    shape: Node
    severity: Severity = "error"
    message: str = ""


@cache
def shapes() -> Indexed:
    """The shapes, read once."""
    return turtle(SHAPES)


@cache
def vocabulary() -> Indexed:
    """The vocabulary, read once."""
    return turtle(VOCABULARY)


@cache
def _keys() -> Mapping[URIRef, str]:
    context = edgewise_context()
    terms = [Terms(context), *(Terms(context).below(key) for key in context)]
    found = {RDF.type: "type"}
    for scope in terms:
        for key in scope.definitions:
            if not key.startswith("@") and not scope.keyword(key):
                found.setdefault(scope.predicate(key), key)
    return found


@cache
def _own_keys(class_: Node) -> Mapping[URIRef, str]:
    """The keys that mean something else, or are called otherwise, inside a class."""
    whole = Terms(edgewise_context())
    scoped = [key for key, definition in whole.definitions.items() if isinstance(definition, Mapping) and "@context" in definition]
    leading = [whole.below(key) for key in scoped if class_ in ranges().get(whole.predicate(key), ())]
    return {terms.predicate(word): word for terms in leading for word in terms.own}


def key_of(predicate: URIRef, class_: Node | None = None) -> str:
    """A property as YAML writes it (in a class, if one is named); the end of its IRI or all of it, where YAML has no key for it.

    >>> from rdflib.namespace import SKOS
    >>> key_of(EW.rates), key_of(UNKNOWN.lable), key_of(URIRef("urn:x:y"))
    ('modality', 'lable', 'urn:x:y')
    >>> key_of(SKOS.altLabel, EW.Step), key_of(SKOS.altLabel, EW.Term)
    ('shortLabel', 'spellings')
    """
    own = _own_keys(class_).get(predicate) if class_ else None
    return own or _keys().get(predicate) or str(predicate).removeprefix(str(UNKNOWN))


@cache
def keys_of(class_: Node) -> tuple[str, ...]:
    """The keys that a class knows, in alphabetical order.

    >>> keys_of(EW.Phase)
    ('label', 'order', 'type')
    """
    graph = shapes()
    closed = [shape for shape in graph.subjects(SH.targetClass, class_) if (shape, SH.closed, Literal(True)) in graph]
    paths = {path for shape in closed for part in graph.objects(shape, SH.property) for path in graph.objects(part, SH.path)}
    hidden = {EW.about} if class_ == EW.Criterion else set()  # for an assertion alone, though one shape serves both
    return tuple(sorted(key_of(path, class_) for path in paths - hidden if isinstance(path, URIRef)))


def class_of(subject: Node, graph: Graph) -> Node:
    """The class of `subject` that has a closed shape; `RDFS.Resource` if it has none.

    >>> boot = URIRef("urn:x:boot")
    >>> graph = Graph().add((boot, RDF.type, EW.Treatment)).add((boot, RDF.type, EW.Step))
    >>> class_of(boot, graph) == EW.Step, class_of(URIRef("urn:x:y"), graph) == RDFS.Resource
    (True, True)
    """
    known = [class_ for class_ in graph.objects(subject, RDF.type) if keys_of(class_)]
    return min(known, key=str, default=RDFS.Resource)


def kind(class_: Node) -> str:
    """A class in words.

    >>> kind(EW.Step), kind(EW.Observable), kind(RDFS.Resource)
    ('a step', 'an observable', 'a resource')
    """
    label = str(vocabulary().value(class_, RDFS.label) or "resource")
    return f"{'an' if label[0] in 'aeiou' else 'a'} {label}"


def rule_of(complaint: Complaint) -> str:
    """The permanent name of the fault."""
    return _text(complaint, EW.rule)


def _text(complaint: Complaint, annotation: URIRef) -> str:
    for carrier in (complaint.shape, complaint.component):
        found = shapes().value(carrier, annotation)
        if found is not None:
            return str(found)
    return ""


def near_key(complaint: Complaint, graph: Graph) -> str:
    """The key that was perhaps meant, or empty."""
    return _nearest(key_of(complaint.predicate), keys_of(class_of(complaint.subject, graph))) if complaint.predicate else ""


def _nearest(name: str, known: Iterable[str]) -> str:
    return next(iter(get_close_matches(name, sorted(known), n=1, cutoff=0.7)), "")


def message(complaint: Complaint, graph: Graph, iri: str) -> str:
    """What is wrong, in a sentence."""
    text = _text(complaint, EW.message) or complaint.message
    for name, filling in _fillings(complaint, graph, iri).items():
        text = text.replace(f"{{{name}}}", filling, 1)
    return text


def repair(complaint: Complaint, graph: Graph, iri: str) -> str:
    """How to mend it: the nearest known name, if one is near, else what the shape advises."""
    near = _near(complaint, graph, iri)
    if near:
        return f"write '{near}'"
    return _text(complaint, EW.repair).replace("{keys}", ", ".join(keys_of(class_of(complaint.subject, graph))))


def _fillings(complaint: Complaint, graph: Graph, iri: str) -> dict[str, str]:
    """Placeholders → words; the written value comes last, so that nothing in it is taken for a placeholder."""
    subject, predicate, value = complaint.subject, complaint.predicate, complaint.value
    wanted = shapes().value(complaint.shape, SH["class"]) if complaint.component == SH.ClassConstraintComponent else None
    many = list(graph.objects(subject, predicate)) if predicate else list(graph.subjects(None, subject))
    if value is None and len(many) == 1 and predicate:
        value = many[0]
    return {
        "kind": kind(wanted or class_of(subject, graph)),
        "count": str(len(many)),
        "length": str(len(str(value))),
        "subject": shorten(local(subject, iri)),
        "key": shorten(key_of(predicate, class_of(subject, graph))) if predicate else "",
        "value": "" if value is None else written(value, iri),
    }


def local(node: Node, iri: str) -> str:
    """A resource as the guideline of `iri` names it.

    >>> local(URIRef("https://example.org/g/step"), "https://example.org/g"), local(UNKNOWN.Treatmant, "https://example.org/g")
    ('step', 'Treatmant')
    """
    return str(node).removeprefix(f"{iri}/").removeprefix(str(UNKNOWN)).removeprefix(str(EW))


def written(value: Node, iri: str) -> str:
    """A value in quotation marks, cut to a readable length.

    >>> written(Literal("x" * 99), "urn:x:g")
    "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…'"
    """
    return f"'{shorten(local(value, iri))}'"


def _near(complaint: Complaint, graph: Graph, iri: str) -> str:
    component, value = complaint.component, complaint.value
    if component == SH.ClosedConstraintComponent:
        return near_key(complaint, graph)
    if rule_of(complaint) == "unknown-grade":
        return _near_grade(complaint, graph)
    if value is None or component not in (SH.ClassConstraintComponent, SH.InConstraintComponent):
        return ""
    if component == SH.ClassConstraintComponent:
        wanted = shapes().value(complaint.shape, SH["class"])
        known = {local(found, iri) for found in graph.subjects(RDF.type, wanted)} | _of_subclasses(graph, wanted, iri)
    else:
        listed = shapes().value(complaint.shape, SH["in"])
        known = {local(found, iri) for found in Collection(shapes(), listed)} if listed else set()
    return _nearest(local(value, iri), known - {local(value, iri)})


def _near_grade(complaint: Complaint, graph: Graph) -> str:
    """The grade of the same axis that differs in capitals or hyphens only, or is near."""
    axis = (EW.hasCertainty,) if complaint.predicate == EW.certainty else (EW.hasStrength, EW.hasUnclassified)
    grades = {grade for key in axis for grade in graph.objects(None, key)}
    known = {_plain_grade(str(value)): str(value) for grade in grades for value in graph.objects(grade, SKOS.notation)}
    given = graph.value(complaint.subject, complaint.predicate, any=True)
    return known.get(_nearest(_plain_grade(str(given)), known), "")


def _plain_grade(text: str) -> str:
    return " ".join(text.casefold().replace("-", " ").replace("_", " ").split())


def _of_subclasses(graph: Graph, wanted: Node | None, iri: str) -> set[str]:
    below = vocabulary().subjects(RDFS.subClassOf, wanted)
    return {local(found, iri) for class_ in below for found in graph.subjects(RDF.type, class_)}
