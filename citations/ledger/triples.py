"""A ledger's entries as triples: a sign-off is a Web Annotation that assesses a citation, with its provenance in PROV-O.

No blank nodes, no terms of our own: an entry, its editor and what was seen have IRIs made from hashes. What was seen is a
`prov:Entity` that specializes the statement, citation, reference or passage at hand, and carries its fingerprint as
`dcterms:identifier`, and our own words, where the ledger keeps them, as `prov:value`. A text that was read beside the statement is a
`prov:hadPrimarySource`: where it came from, when, its digest and the fingerprints of the sentences seen, never its words. A withdrawal
is an activity that invalidates; a newer verdict of the same editor is a revision, and ends the one it replaces: whatever bears
`prov:invalidatedAtTime` holds no longer, from the earliest such moment on.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF, PROV, RDF, SKOS, XSD

from edgewise.citations.ledger.entries import Content, LedgerEntry
from edgewise.citations.ledger.fingerprints import find_link
from edgewise.citations.ledger.remembered import TextRead
from edgewise.graph.model import Guideline
from edgewise.ontology.errors import UnknownName
from edgewise.ontology.terms import CODE

OA = Namespace("http://www.w3.org/ns/oa#")


def triples(entries: Iterable[LedgerEntry], guideline: Guideline | None = None) -> Graph:
    """Entries as a graph to join with a guideline's export.

    Args:
        entries: of a ledger, in their order.
        guideline: if given, only its entries, and what was seen is tied to its statements and references as they are cited now.

    >>> from edgewise.citations.ledger.entries import START, chain
    >>> from edgewise.citations.ledger.fingerprints import Seen
    >>> said = Content(kind="sign-off", guideline="urn:g", citation="urn:g/s/citations/1", name="Ann Lee", verdict="partly",
    ...     time="2026-01-31T09:30:00.000Z", seen=Seen(START, START, START, START))
    >>> graph = triples([chain(said, 1, START)])
    >>> [str(target) for target in graph.objects(None, OA.hasTarget)]
    ['urn:g/s/citations/1']
    """
    graph = Graph()
    for prefix, namespace in (("oa", OA), ("prov", PROV), ("code", CODE), ("dcterms", DCTERMS)):
        graph.bind(prefix, namespace)
    for entry in entries:
        if guideline is None or entry.content.guideline == guideline.iri:
            _add_common(graph, entry)
            (_add_sign_off if entry.content.kind == "sign-off" else _add_withdrawal)(graph, entry, guideline)
    return graph


def signoff_iri(entry_id: str, guideline: str) -> URIRef:
    """The IRI of an entry, from its id and its guideline's IRI.

    >>> signoff_iri("sha256:ab", "urn:g")
    rdflib.term.URIRef('urn:g/signoffs/ab')
    """
    return URIRef(f"{guideline}/signoffs/{entry_id.removeprefix('sha256:')}")


def _add_common(graph: Graph, entry: LedgerEntry) -> None:
    content = entry.content
    node, editor = signoff_iri(entry.id, content.guideline), _editor(content)
    graph.add((editor, RDF.type, PROV.Person))
    graph.add((editor, FOAF.name, Literal(content.name)))
    graph.add((node, DCTERMS.identifier, Literal(entry.id)))
    if content.note:
        body = URIRef(f"{node}/note")
        graph.add((body, RDF.type, OA.TextualBody))
        graph.add((body, RDF.value, Literal(content.note)))
        graph.add((node, OA.hasBody if content.kind == "sign-off" else SKOS.note, body))


def _add_sign_off(graph: Graph, entry: LedgerEntry, guideline: Guideline | None) -> None:
    content = entry.content
    node, moment = signoff_iri(entry.id, content.guideline), _moment(content)
    for kind in (OA.Annotation, PROV.Entity):
        graph.add((node, RDF.type, kind))
    graph.add((node, OA.motivatedBy, OA.assessing))
    graph.add((node, OA.hasTarget, URIRef(content.citation)))
    graph.add((node, OA.hasBody, CODE[f"verdict/{content.verdict}"]))
    for creator, created in ((DCTERMS.creator, DCTERMS.created), (PROV.wasAttributedTo, PROV.generatedAtTime)):
        graph.add((node, creator, _editor(content)))
        graph.add((node, created, moment))
    if content.replaces:
        replaced = signoff_iri(content.replaces, content.guideline)
        graph.add((node, PROV.wasRevisionOf, replaced))
        _end(graph, replaced, moment)
    _add_seen(graph, node, content, guideline)
    _add_read(graph, node, content.read)


def _add_seen(graph: Graph, node: URIRef, content: Content, guideline: Guideline | None) -> None:
    current = _current(content, guideline)
    for part, mark in (content.seen._asdict() if content.seen else {}).items():
        version = _version(node, part)
        graph.add((version, RDF.type, PROV.Entity))
        graph.add((version, DCTERMS.identifier, Literal(mark)))
        graph.add((node, PROV.wasDerivedFrom, version))
        if part in current:
            graph.add((version, PROV.specializationOf, current[part]))
    for part in ("statement", "reference"):
        if content.words and (said := getattr(content.words, part)):
            graph.add((_version(node, part), PROV.value, Literal(said)))


def _add_read(graph: Graph, node: URIRef, read: Iterable[TextRead]) -> None:
    """The texts that were read, each with its sentences as parts: by fingerprint alone."""
    for number, text in enumerate(read, 1):
        entity = URIRef(f"{node}/read/{number}")
        graph.add((entity, RDF.type, PROV.Entity))
        graph.add((node, PROV.hadPrimarySource, entity))
        graph.add((entity, DCTERMS.identifier, Literal(text.digest)))
        graph.add((entity, DCTERMS.date, Literal(text.date, datatype=XSD.date, normalize=False)))
        graph.add((entity, DCTERMS.source, Literal(text.source)))
        for place, mark in enumerate(text.sentences, 1):
            part = URIRef(f"{entity}/sentences/{place}")
            graph.add((part, RDF.type, PROV.Entity))
            graph.add((part, DCTERMS.identifier, Literal(mark)))
            graph.add((entity, DCTERMS.hasPart, part))


def _version(node: URIRef, part: str) -> URIRef:
    return URIRef(f"{node}/seen/{part}")


def _add_withdrawal(graph: Graph, entry: LedgerEntry, _guideline: Guideline | None) -> None:
    content = entry.content
    node, moment = signoff_iri(entry.id, content.guideline), _moment(content)
    withdrawn = signoff_iri(content.replaces, content.guideline)
    graph.add((node, RDF.type, PROV.Activity))
    graph.add((node, PROV.wasAssociatedWith, _editor(content)))
    graph.add((node, PROV.endedAtTime, moment))
    graph.add((withdrawn, PROV.wasInvalidatedBy, node))
    _end(graph, withdrawn, moment)


def _end(graph: Graph, node: URIRef, moment: Literal) -> None:
    """A verdict ends once, when it is first replaced or withdrawn."""
    ended = [moment, *graph.objects(node, PROV.invalidatedAtTime)]
    graph.set((node, PROV.invalidatedAtTime, min(ended, key=str)))


def _current(content: Content, guideline: Guideline | None) -> dict[str, URIRef]:
    """What the citation joins now; only the citation itself where that is not known."""
    here = {"citation": URIRef(content.citation)}
    if guideline is None:
        return here
    try:
        link = find_link(guideline, content.citation)
    except UnknownName:  # the guideline has lost that citation since
        return here
    statement = URIRef(f"{guideline.iri}/{link.statement.id}")
    reference = {"reference": URIRef(f"{guideline.iri}/{link.reference.id}")} if link.reference else {}
    return here | {"statement": statement, "sentence": statement} | reference


def _editor(content: Content) -> URIRef:
    return URIRef(f"{content.guideline}/editors/{sha256(content.name.encode()).hexdigest()[:16]}")


def _moment(content: Content) -> Literal:
    return Literal(content.time, datatype=XSD.dateTime, normalize=False)
