"""A guideline that is still being written (`draft: true`): what it lacks is *to do* and no fault, and it can be used all the same.

What stands in for a lacking piece is empty, the piece's own id, or says that it is lacking; nothing is made up, and it is in no export.
"""

from __future__ import annotations

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, RDFS

from edgewise.ontology.terms import EW, UNKNOWN

TO_DO = "to-do"
"""The rule of what is still to write."""

DRAFT = "draft"
"""The review status of every draft, whatever that of its source is."""

NO_PHASE = "no-phase-yet"
"""Id of the lane of the steps that were not put into one."""

ABLE_TO_WAIT = frozenset(
    (
        DCTERMS.title, EW.question, DCTERMS.publisher, DCTERMS.modified, EW.reviewStatus, EW.audience, EW.purpose, EW.disclaimer,
        EW.hasPhase, EW.hasStep, EW.hasTransition, EW.hasStatement, RDFS.label, EW.summary, EW.inPhase, EW.order, EW.kind, EW.text,
        EW.place, EW.section, EW.part, EW.fingerprint, EW.statedBy, EW.method, EW.contrast, EW.region,
    )
)  # fmt: skip
"""Keys that may be lacking for a while; without a step's kind, an edge's ends or the type of an answer there is nothing to walk."""

RULES_ABLE_TO_WAIT = frozenset({"source-without-passage", "missing-items"})
"""Rules of what is lacking beside another key, and may be lacking for a while: of a score without items its total can be told."""


def is_draft(graph: Graph, iri: str) -> bool:
    """Whether a guideline says that it is still being written.

    >>> said = Graph().add((URIRef("urn:g"), EW.draft, Literal("true")))
    >>> is_draft(said, "urn:g"), is_draft(said, "urn:h")
    (True, False)
    """
    return any(str(value) in ("true", "1") for value in graph.objects(URIRef(iri), EW.draft))


def drop_blanks(graph: Graph, iri: str) -> None:
    """Take out of a draft what says nothing, so that `title: ""` is a title that is lacking.

    >>> graph = Graph().add((URIRef("urn:g"), EW.draft, Literal("true"))).add((URIRef("urn:g"), EW.question, Literal(" ")))
    >>> drop_blanks(graph, "urn:g")
    >>> len(graph)
    1
    """
    if is_draft(graph, iri):
        blank = [triple for triple in graph if isinstance(triple[2], Literal) and not str(triple[2]).strip()]
        for triple in blank:
            if not str(triple[1]).startswith(str(UNKNOWN)):  # a key that nobody knows is wrong, whatever stands there
                graph.remove(triple)


def filled_in(graph: Graph, iri: str) -> Graph:
    """A copy of a draft's graph with something wherever the program looks for a name, a lane or whose word it is.

    A name is the id, a question the label, the status `draft`; an edge of which nobody says whose word it is counts as the modeller's.

    >>> step, root = URIRef("urn:g/s"), URIRef("urn:g")
    >>> graph = filled_in(Graph().add((root, EW.hasStep, step)), "urn:g")
    >>> str(graph.value(step, RDFS.label)), str(graph.value(step, EW.inPhase))
    ('s', 'urn:g/no-phase-yet')
    """
    filled = Graph()
    for triple in graph:
        filled.add(triple)
    root = URIRef(iri)
    _name_the_head(filled, root)
    _name_the_parts(filled, root)
    _put_into_a_lane(filled, root)
    for edge in list(filled.objects(root, EW.hasTransition)):
        _name(filled, edge, EW.statedBy, "modeller")
    return filled


def _name_the_head(graph: Graph, root: URIRef) -> None:
    _name(graph, root, DCTERMS.title, str(root).rpartition("/")[2])
    _name(graph, root, DCTERMS.publisher, "publisher not written yet")
    _name(graph, root, DCTERMS.modified, "(date not written yet)")
    _name(graph, root, EW.purpose, "education")  # the only one that there is
    graph.set((root, EW.reviewStatus, Literal(DRAFT)))  # the source's own is of the article, and says nothing of this file


_NAMED = (EW.hasPhase, EW.hasStep, EW.hasObservable, EW.hasModality, EW.hasSituation)


def _name_the_parts(graph: Graph, root: URIRef) -> None:
    for key in _NAMED:
        for part in list(graph.objects(root, key)):
            _name(graph, part, RDFS.label, str(part).removeprefix(f"{root}/"))
    for observable in list(graph.objects(root, EW.hasObservable)):
        _name(graph, observable, EW.question, str(graph.value(observable, RDFS.label, any=True)))
    for reference in list(graph.objects(root, EW.hasReference)):
        _name(graph, reference, DCTERMS.title, str(reference).removeprefix(f"{root}/"))


def _put_into_a_lane(graph: Graph, root: URIRef) -> None:
    loose = [step for step in graph.objects(root, EW.hasStep) if (step, EW.inPhase, None) not in graph]
    if loose:
        lane = URIRef(f"{root}/{NO_PHASE}")
        graph.add((root, EW.hasPhase, lane))
        _name(graph, lane, RDFS.label, "No lane yet")
        _name(graph, lane, EW.order, "9999")
        for step in loose:
            graph.add((step, EW.inPhase, lane))


def _name(graph: Graph, subject: object, key: URIRef, text: str) -> None:
    if (subject, key, None) not in graph:  # type: ignore[operator]
        graph.add((subject, key, Literal(text)))  # type: ignore[arg-type]
