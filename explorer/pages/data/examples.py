"""Questions that educators and editors ask of a library, in SPARQL: to be asked as they stand, or to begin one's own with."""

from __future__ import annotations

from typing import NamedTuple


class Example(NamedTuple):
    """A question.

    Attributes:
        id: its name in addresses.
        title: what it asks, in plain words.
        text: the same in SPARQL; `HERE` in it stands for the guideline that is looked at.
    """

    id: str
    title: str
    text: str


HERE = "https://w3id.org/edgewise/guideline/here"
"""Stands for the guideline that is looked at."""
EXAMPLES = (
    Example(
        "guidelines",
        "Which guidelines are there, of which date and review status?",
        """SELECT ?title ?updated ?review WHERE {
  ?guideline a ew:Guideline ; dcterms:title ?title ; dcterms:modified ?updated ; ew:reviewStatus ?review
} ORDER BY ?title""",
    ),
    Example(
        "shared",
        "Which papers do several guidelines rest on?",
        """SELECT ?paper (COUNT(DISTINCT ?guideline) AS ?guidelines) (SAMPLE(?title) AS ?called) WHERE {
  ?guideline ew:hasReference ?reference .
  ?reference biro:references ?paper ; dcterms:title ?title
} GROUP BY ?paper HAVING (COUNT(DISTINCT ?guideline) > 1) ORDER BY DESC(?guidelines) ?paper""",
    ),
    Example(
        "most-cited",
        "Which papers carry the most edges?",
        """SELECT ?paper (COUNT(DISTINCT ?edge) AS ?edges) (SAMPLE(?title) AS ?called) WHERE {
  ?edge lib:edgeRestsOn ?paper .
  ?reference biro:references ?paper ; dcterms:title ?title
} GROUP BY ?paper ORDER BY DESC(?edges) ?paper""",
    ),
    Example(
        "modeller",
        "Which edges are the modeller's reading, and not stated by the source?",
        """SELECT ?guideline ?from ?to ?label WHERE {
  ?g a ew:Guideline ; dcterms:title ?guideline ; ew:hasTransition ?edge .
  ?edge ew:statedBy "modeller" ; rdfs:label ?label ; ew:from/rdfs:label ?from ; ew:to/rdfs:label ?to
} ORDER BY ?guideline ?from""",
    ),
    Example(
        "uncited",
        "Which statements cite nothing?",
        """SELECT ?guideline ?kind ?text WHERE {
  ?g a ew:Guideline ; dcterms:title ?guideline ; ew:hasStatement ?statement .
  ?statement ew:kind ?kind ; ew:text ?text
  FILTER NOT EXISTS { ?statement ew:hasCitation ?citation }
} ORDER BY ?guideline""",
    ),
    Example(
        "dangling",
        "Which printed markers point to no entry of the reference list?",
        """SELECT ?guideline ?printed (COUNT(?citation) AS ?citations) WHERE {
  ?g a ew:Guideline ; dcterms:title ?guideline ; ew:hasMarker ?marker .
  ?marker ew:printed ?printed
  FILTER NOT EXISTS { ?marker ew:entry ?entry }
  OPTIONAL { ?citation ew:marker ?marker }
} GROUP BY ?guideline ?printed ORDER BY ?guideline""",
    ),
    Example(
        "unidentified",
        "Which references bear neither a DOI nor a PubMed number?",
        """SELECT ?guideline ?position ?title WHERE {
  ?g a ew:Guideline ; dcterms:title ?guideline ; ew:hasReference ?reference .
  ?reference ew:position ?position ; dcterms:title ?title
  FILTER NOT EXISTS { ?reference biro:references ?paper }
} ORDER BY ?guideline ?position""",
    ),
    Example(
        "unconfirmed",
        "Which identifiers did an editor add that nobody has confirmed?",
        """SELECT ?guideline ?title ?scheme ?value WHERE {
  ?g a ew:Guideline ; dcterms:title ?guideline ; ew:hasReference ?reference .
  ?reference dcterms:title ?title ; ew:hasIdentifier ?identifier .
  ?identifier ew:statedBy "editor" ; ew:confirmed false ; ew:scheme ?scheme ; ew:value ?value
} ORDER BY ?guideline ?title""",
    ),
    Example(
        "tiers",
        "What kinds of source does each guideline list?",
        """SELECT ?guideline ?tier (COUNT(?reference) AS ?references) WHERE {
  ?g a ew:Guideline ; dcterms:title ?guideline ; ew:hasReference ?reference .
  ?reference ew:tier ?tier
} GROUP BY ?guideline ?tier ORDER BY ?guideline DESC(?references)""",
    ),
    Example(
        "pitfalls",
        "Which pitfalls can be taught, and what do they cite?",
        """SELECT ?guideline ?pitfall ?cites WHERE {
  ?g a ew:Guideline ; dcterms:title ?guideline ; ew:hasStatement ?statement .
  ?statement ew:kind "pitfall" ; ew:text ?pitfall
  OPTIONAL { ?statement cito:citesAsEvidence/dcterms:title ?cites }
} ORDER BY ?guideline ?pitfall""",
    ),
    Example(
        "contraindicated",
        "Which steps have a contraindication?",
        """SELECT ?guideline ?step ?when WHERE {
  ?g a ew:Guideline ; dcterms:title ?guideline ; ew:hasStep ?s .
  ?s rdfs:label ?step ; ew:contraindicatedBy ?criterion
  OPTIONAL { ?criterion rdfs:label ?label }
  OPTIONAL { ?criterion ew:observable/rdfs:label ?asked }
  BIND(COALESCE(?label, ?asked, "several conditions") AS ?when)
} ORDER BY ?guideline ?step""",
    ),
    Example(
        "appropriate",
        "Which imaging is usually appropriate, in which situation?",
        """SELECT ?guideline ?situation ?method ?score WHERE {
  ?g a ew:Guideline ; dcterms:title ?guideline ; ew:hasRating ?rating .
  ?rating ew:rates/skos:prefLabel|ew:rates/rdfs:label ?method ; ew:score ?score ; ew:inSituation/rdfs:label|ew:ratedIn/rdfs:label ?situation
  FILTER(?score >= 7)
} ORDER BY ?guideline ?situation DESC(?score)""",
    ),
    Example(
        "asked",
        "What is asked in more than one guideline?",
        """SELECT ?question (COUNT(DISTINCT ?g) AS ?guidelines) WHERE {
  ?g ew:hasObservable/rdfs:label ?label BIND(LCASE(STR(?label)) AS ?question)
} GROUP BY ?question HAVING (COUNT(DISTINCT ?g) > 1) ORDER BY DESC(?guidelines) ?question""",
    ),
    Example(
        "pathway",
        "How do the steps of this guideline lead to one another? (as a graph)",
        f"""CONSTRUCT {{ ?from ew:to ?to . ?from rdfs:label ?here . ?to rdfs:label ?there }} WHERE {{
  <{HERE}> ew:hasTransition ?edge .
  ?edge ew:from ?from ; ew:to ?to . ?from rdfs:label ?here . ?to rdfs:label ?there
}}""",
    ),
)


def asked(example: Example, iri: str) -> str:
    """The text of a question about the guideline of that IRI.

    >>> "<urn:g>" in asked(EXAMPLES[-1], "urn:g")
    True
    """
    return example.text.replace(HERE, iri)
