"""Two forms of one graph. In the *plain* form, which shapes judge and pieces are made from, a guideline stands as it is written. In the
*public* form, which is exported, all that goes without saying is said as others ask for it, so that plain questions get answers:

- texts bear the guideline's language, publisher and language are resources, each stage of review is one of its own with its rank;
- a statement cites its references by the properties of CiTO, beside the citation that says through which marker.

`publish` leads from plain to public, `unpublish` back; what others added to a public file stays where it is. What a missing key means
(role, times, intention …) `add_defaults` writes out in both forms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from urllib.parse import quote

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF, RDF, RDFS, SKOS, XSD
from rdflib.term import Node

from edgewise.graph.reading.implied_types import vocabulary
from edgewise.ontology.terms import EW

CITO = Namespace("http://purl.org/spar/cito/")
AGENTS = "https://w3id.org/edgewise/agent/"
"""A publisher's IRI is this and its name, the same in every guideline that it issued."""
LANGUAGES = "http://id.loc.gov/vocabulary/iso639-1/"
_Triple = tuple[Node, Node, Node]
_ELSEWHERE = frozenset({RDFS.label, SKOS.altLabel, SKOS.editorialNote})  # texts whose properties are not our own

_DEFAULTS: tuple[tuple[URIRef, URIRef, Literal, URIRef | None], ...] = (
    (EW.Transition, EW.role, Literal("route"), None),
    (EW.Citation, EW.intention, Literal("citesAsEvidence"), None),
    (EW.OutcomeFrame, EW.operator, Literal("="), EW.value),
    (EW.Criterion, EW.times, Literal("1", datatype=XSD.integer), EW.observable),
    (EW.Assertion, EW.times, Literal("1", datatype=XSD.integer), EW.observable),
    (EW.Observable, EW.repeated, Literal("false", datatype=XSD.boolean), None),
    (EW.Observable, EW.accrues, Literal("false", datatype=XSD.boolean), None),
    (EW.Reference, EW.ownPublisher, Literal("false", datatype=XSD.boolean), None),
)
"""Class, key, what its absence means, and the key without which it means nothing."""


def add_defaults(graph: Graph) -> None:
    """Write out what absent keys mean, and stages of review with one comma and one space between them.

    >>> graph = Graph().add((URIRef("urn:x:t"), RDF.type, EW.Transition))
    >>> add_defaults(graph)
    >>> str(graph.value(URIRef("urn:x:t"), EW.role))
    'route'
    """
    for comparison in list(_of_series(graph)):
        graph.add((comparison, EW.statistic, Literal("last")))
    for class_, key, value, needed in _DEFAULTS:
        for node in list(graph.subjects(RDF.type, class_)):
            if (node, key, None) not in graph and (needed is None or (node, needed, None) in graph):
                graph.add((node, key, value))
    for node, stages in list(graph.subject_objects(EW.reviewStage)):
        if isinstance(stages, Literal) and len(_stages(stages)) > 1:
            _replace(graph, [(node, EW.reviewStage, stages)], [(node, EW.reviewStage, Literal(", ".join(_stages(stages))))])


def _of_series(graph: Graph) -> Iterator[Node]:
    """Comparisons with a series that say neither what of it is compared nor how many of its values have to fulfil them."""
    for observable in graph.subjects(EW.repeated, None):
        if str(graph.value(observable, EW.repeated, any=True)) in ("true", "1"):
            for comparison in graph.subjects(EW.observable, observable):
                if not any((comparison, key, None) in graph for key in (EW.statistic, EW.times, EW.window)):
                    yield comparison


def publish(graph: Graph) -> Graph:
    """The public form of a guideline's graph, as a new graph; of a graph without a guideline a copy.

    >>> root = URIRef("urn:x:g")
    >>> graph = Graph().add((root, RDF.type, EW.Guideline)).add((root, DCTERMS.publisher, Literal("A. B.")))
    >>> [str(name) for name in publish(graph).objects(None, FOAF.name)]
    ['A. B.']
    """
    public = Graph()
    for triple in graph:
        public.add(triple)
    add_defaults(public)
    for triple in _cited(public):
        public.add(triple)
    for root in list(public.subjects(RDF.type, EW.Guideline)):
        if language := _language(public, root):
            _tag(public, language)
            _replace(public, [(root, DCTERMS.language, Literal(language))], _language_triples(root, language))
        _publish_publisher(public, root)
        _publish_stages(public, root)
    return public


def unpublish(graph: Graph) -> None:
    """Bring a graph that was read into the plain form; a graph in the plain form stays as it is.

    >>> root = URIRef("urn:x:g")
    >>> graph = Graph().add((root, RDF.type, EW.Guideline)).add((root, DCTERMS.language, URIRef(LANGUAGES + "en")))
    >>> unpublish(graph)
    >>> str(graph.value(root, DCTERMS.language))
    'en'
    """
    for triple in list(_cited(graph)):
        graph.remove(triple)
    for root in list(graph.subjects(RDF.type, EW.Guideline)):
        for language in list(_languages_named(graph, root)):
            _replace(graph, _language_triples(root, language), [(root, DCTERMS.language, Literal(language))])
        _untag(graph, _language(graph, root))
        _unpublish_publisher(graph, root)
        _unpublish_stages(graph, root)


# Citations ------------------------------------------------------------------------------------------------------------


def _cited(graph: Graph) -> Iterator[_Triple]:
    """What a statement, its citation, its marker and the entry behind it amount to in CiTO; nothing where a marker leads nowhere."""
    for statement, citation in graph.subject_objects(EW.hasCitation):
        for entry in [entry for marker in graph.objects(citation, EW.marker) for entry in graph.objects(marker, EW.entry)]:
            for intention in list(graph.objects(citation, EW.intention)) or [Literal("citesAsEvidence")]:
                if str(intention) in _intentions():
                    yield statement, CITO[str(intention)], entry
                    yield citation, CITO.hasCitationCharacterization, CITO[str(intention)]
            yield citation, CITO.hasCitingEntity, statement
            yield citation, CITO.hasCitedEntity, entry


# Language -------------------------------------------------------------------------------------------------------------


def _language(graph: Graph, root: Node) -> str:
    stated = [str(one) for one in graph.objects(root, DCTERMS.language) if isinstance(one, Literal) and one.language is None]
    return stated[0] if len(stated) == 1 and re.fullmatch("[a-z]{2,3}", stated[0]) else ""


def _languages_named(graph: Graph, root: Node) -> Iterator[str]:
    for system in graph.objects(root, DCTERMS.language):
        if isinstance(system, URIRef) and system.startswith(LANGUAGES):
            yield system.removeprefix(LANGUAGES)


def _language_triples(root: Node, language: str) -> list[_Triple]:
    system = URIRef(LANGUAGES + language)
    return [(root, DCTERMS.language, system), (system, RDF.type, DCTERMS.LinguisticSystem)]


def _tag(graph: Graph, language: str) -> None:
    for triple in [triple for triple in graph if isinstance(triple[2], Literal) and _is_text(graph, triple)]:
        subject, predicate, text = triple
        tagged = Literal(str(text), lang=language)
        if _is_plain(text) and (subject, predicate, tagged) not in graph:
            _replace(graph, [triple], [(subject, predicate, tagged)])


def _untag(graph: Graph, language: str) -> None:
    for triple in [triple for triple in graph if isinstance(triple[2], Literal) and _is_text(graph, triple)]:
        subject, predicate, text = triple
        bare = (subject, predicate, Literal(str(text)))
        if language and isinstance(text, Literal) and text.language == language and bare not in graph:
            _replace(graph, [triple], [bare])


def _is_text(graph: Graph, triple: _Triple) -> bool:
    """Whether a triple gives a text in the guideline's language: of its own resources, and of works cited no title."""
    subject, predicate, _ = triple
    if predicate == DCTERMS.title:
        return (subject, RDF.type, EW.Guideline) in graph
    ours = predicate in _texts() or predicate in _ELSEWHERE
    return ours and any(str(class_).startswith(str(EW)) for class_ in graph.objects(subject, RDF.type))


def _is_plain(text: Node) -> bool:
    return isinstance(text, Literal) and text.language is None and text.datatype in (None, XSD.string)


@cache
def _texts() -> frozenset[URIRef]:
    """Our own properties whose values are words of a language."""
    return frozenset(subject for subject, predicate, value in vocabulary() if (predicate, value) == (RDFS.range, RDF.langString))


@cache
def _intentions() -> frozenset[str]:
    scheme = EW.intention.replace("/ns#", "/code/")
    known = {subject for subject, predicate, value in vocabulary() if (predicate, value) == (SKOS.inScheme, URIRef(scheme))}
    return frozenset(subject.rpartition("/")[2] for subject in known)


# Publisher and stages of review ---------------------------------------------------------------------------------------


def _publish_publisher(graph: Graph, root: Node) -> None:
    for name in [name for name in graph.objects(root, DCTERMS.publisher) if _is_plain(name)]:
        agent = URIRef(AGENTS + quote(str(name), safe=""))
        said: list[_Triple] = [(root, DCTERMS.publisher, agent), (agent, RDF.type, FOAF.Agent), (agent, FOAF.name, Literal(str(name)))]
        _replace(graph, [(root, DCTERMS.publisher, name)], said)


def _unpublish_publisher(graph: Graph, root: Node) -> None:
    for agent in [agent for agent in graph.objects(root, DCTERMS.publisher) if isinstance(agent, URIRef)]:
        names = [name for name in graph.objects(agent, FOAF.name) if isinstance(name, Literal)]
        if len(names) == 1:
            gone: list[_Triple] = [(root, DCTERMS.publisher, agent), (agent, RDF.type, FOAF.Agent), (agent, FOAF.name, names[0])]
            _replace(graph, gone, [(root, DCTERMS.publisher, Literal(str(names[0])))])


def _stages(text: object) -> list[str]:
    return [part for stage in str(text).split(",") if (part := " ".join(stage.split()))]


def _publish_stages(graph: Graph, root: Node) -> None:
    language = next(_languages_named(graph, root), None)
    for text in [text for text in graph.objects(root, EW.reviewStage) if _is_plain(text)]:
        said: list[_Triple] = []
        for rank, stage in enumerate(_stages(text), 1):
            node = URIRef(f"{root}/reviewStages/{rank}")
            said += [(root, EW.reviewStage, node), (node, RDF.type, EW.ReviewStage), (node, RDFS.label, Literal(stage, lang=language))]
            said += [(node, EW.order, Literal(str(rank), datatype=XSD.integer))]
        _replace(graph, [(root, EW.reviewStage, text)], said)


def _unpublish_stages(graph: Graph, root: Node) -> None:
    stages = [node for node in graph.objects(root, EW.reviewStage) if (node, RDF.type, EW.ReviewStage) in graph]
    ranked = sorted(stages, key=lambda node: (_rank(graph, node), str(node)))
    names = [str(graph.value(node, RDFS.label, any=True)) for node in ranked if (node, RDFS.label, None) in graph]
    if names and len(names) == len(ranked):
        gone = [triple for node in ranked for key in (RDFS.label, EW.order) for triple in graph.triples((node, key, None))]
        gone += [triple for node in ranked for triple in ((root, EW.reviewStage, node), (node, RDF.type, EW.ReviewStage))]
        _replace(graph, gone, [(root, EW.reviewStage, Literal(", ".join(names)))])


def _rank(graph: Graph, node: Node) -> int:
    text = str(graph.value(node, EW.order, any=True) or "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _replace(graph: Graph, gone: Iterable[_Triple], said: Iterable[_Triple]) -> None:
    for triple in list(gone):
        graph.remove(triple)
    for triple in said:
        graph.add(triple)
