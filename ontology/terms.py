"""The terms of Edgewise as constants, and where its three contract files lie.

`EW` refuses a name that the vocabulary does not have, so a typing error is an error and not a new term.

>>> EW.Transition
rdflib.term.URIRef('https://w3id.org/edgewise/ns#Transition')
>>> EW["from"]  # a Python keyword: only by name
rdflib.term.URIRef('https://w3id.org/edgewise/ns#from')
>>> EW.transitoin
Traceback (most recent call last):
    ...
AttributeError: term 'transitoin' not in namespace 'https://w3id.org/edgewise/ns#'
"""

from __future__ import annotations

from pathlib import Path

from rdflib import Namespace, URIRef
from rdflib.namespace import DefinedNamespace

CONTEXT = Path(__file__).with_name("context.jsonld")
VOCABULARY = Path(__file__).with_name("edgewise.ttl")
SHAPES = Path(__file__).with_name("shapes.ttl")
MODEL = Path(__file__).resolve().parents[1] / "docs" / "model.md"
"""The document that explains every key; it is given out with the package, as the schemas for editors speak in its words."""
CASES = MODEL.with_name("cases.md")
"""The same for cases."""

GUIDELINE_BASE = "https://w3id.org/edgewise/guideline/"

UNKNOWN = Namespace("https://w3id.org/edgewise/unknown#")
"""Where a key that the context does not know falls; the closed shapes report it there."""

CODE = Namespace("https://w3id.org/edgewise/code/")
"""The concept schemes of the closed code lists: ``code/kind`` and, in it, ``code/kind/recommendation``."""


class EW(DefinedNamespace):
    """The vocabulary ``https://w3id.org/edgewise/ns#``; each term is defined in `VOCABULARY`."""

    _NS = Namespace("https://w3id.org/edgewise/ns#")
    _fail = True
    _extras = ["from"]  # noqa: RUF012  # rdflib reads a plain list; the name is a Python keyword

    # classes
    Addition: URIRef
    Alternative: URIRef
    Assertion: URIRef
    Bundle: URIRef
    Candidate: URIRef
    Caution: URIRef
    Choice: URIRef
    ScoreItem: URIRef
    Citation: URIRef
    Component: URIRef
    Dose: URIRef
    Criterion: URIRef
    CertaintyFor: URIRef
    Formula: URIRef
    Endpoint: URIRef
    Grade: URIRef
    Grading: URIRef
    Guideline: URIRef
    Heading: URIRef
    Identifier: URIRef
    Investigation: URIRef
    Marker: URIRef
    Modality: URIRef
    Note: URIRef
    Observable: URIRef
    OutcomeFrame: URIRef
    Passage: URIRef
    Phase: URIRef
    Place: URIRef
    Presentation: URIRef
    RadiationLevel: URIRef
    Rating: URIRef
    Reference: URIRef
    ReviewStage: URIRef
    RuleSetting: URIRef
    Situation: URIRef
    Statement: URIRef
    Step: URIRef
    Term: URIRef
    TimeWindow: URIRef
    Transition: URIRef
    Treatment: URIRef
    Waiver: URIRef

    # a guideline
    audience: URIRef
    disclaimer: URIRef
    draft: URIRef
    hasGrading: URIRef
    hasAlternative: URIRef
    hasBundle: URIRef
    hasHeading: URIRef
    hasMarker: URIRef
    hasModality: URIRef
    hasNote: URIRef
    hasObservable: URIRef
    hasPhase: URIRef
    hasRadiationLevel: URIRef
    hasRating: URIRef
    hasReference: URIRef
    hasRuleSetting: URIRef
    hasSituation: URIRef
    hasStatement: URIRef
    hasStep: URIRef
    hasTerm: URIRef
    hasTransition: URIRef
    hasWaiver: URIRef
    purpose: URIRef
    question: URIRef
    radiationScheme: URIRef
    reviewStage: URIRef
    reviewStatus: URIRef

    # its pathway
    after: URIRef
    choose: URIRef
    amount: URIRef
    companionOf: URIRef
    continuesIn: URIRef
    describedBy: URIRef
    endpoint: URIRef
    every: URIRef
    frequency: URIRef
    givenWithin: URIRef
    hasComponent: URIRef
    hasDose: URIRef
    inPhase: URIRef
    justifiedBy: URIRef
    notBefore: URIRef
    maxDose: URIRef
    ofStep: URIRef
    order: URIRef
    per: URIRef
    rank: URIRef
    role: URIRef
    route: URIRef
    statedBy: URIRef
    summary: URIRef
    timedBy: URIRef
    to: URIRef
    together: URIRef
    upTo: URIRef
    usesModality: URIRef
    when: URIRef
    lasts: URIRef
    within: URIRef
    yields: URIRef

    # what is asked, and the criteria on it
    accrues: URIRef
    allOf: URIRef
    amendable: URIRef
    anyOf: URIRef
    greatestOf: URIRef
    leastOf: URIRef
    sumOf: URIRef
    productOf: URIRef
    differenceOf: URIRef
    quotientOf: URIRef
    takes: URIRef
    takesDose: URIRef
    takesMaxDose: URIRef
    inUnit: URIRef
    atLeast: URIRef
    atMost: URIRef
    basedOn: URIRef
    appliesTo: URIRef
    contraindicatedBy: URIRef
    exactly: URIRef
    finalBy: URIRef
    hasChoice: URIRef
    hasItem: URIRef
    of: URIRef
    points: URIRef
    help: URIRef
    inferred: URIRef
    isAnswer: URIRef
    lessThan: URIRef
    max: URIRef
    min: URIRef
    molarMass: URIRef
    molarMassFrom: URIRef
    moreThan: URIRef
    negates: URIRef
    observable: URIRef
    oneOf: URIRef
    openEnded: URIRef
    pairedWith: URIRef
    repeated: URIRef
    statistic: URIRef
    times: URIRef
    unit: URIRef
    valueType: URIRef
    window: URIRef

    # imaging and its ratings
    category: URIRef
    contrast: URIRef
    effectiveDose: URIRef
    inSituation: URIRef
    level: URIRef
    method: URIRef
    radiation: URIRef
    ratedIn: URIRef
    rates: URIRef
    region: URIRef
    scaleMax: URIRef
    scaleMin: URIRef
    score: URIRef

    # statements
    about: URIRef
    asserts: URIRef
    comparator: URIRef
    fingerprint: URIRef
    followUp: URIRef
    hasCaution: URIRef
    hasCitation: URIRef
    hasOutcome: URIRef
    intention: URIRef
    kind: URIRef
    marker: URIRef
    measure: URIRef
    n: URIRef
    operator: URIRef
    ordinal: URIRef
    part: URIRef
    place: URIRef
    population: URIRef
    result: URIRef
    section: URIRef
    sentence: URIRef
    technique: URIRef
    text: URIRef
    unless: URIRef
    value: URIRef
    without: URIRef

    # strength, certainty, direction
    certainty: URIRef
    certaintyName: URIRef
    direction: URIRef
    hasCertainty: URIRef
    hasCertaintyFor: URIRef
    hasStrength: URIRef
    hasUnclassified: URIRef
    inGrading: URIRef
    strength: URIRef
    strengthName: URIRef

    # markers, references, notes
    author: URIRef
    concerns: URIRef
    confirmed: URIRef
    container: URIRef
    entry: URIRef
    field: URIRef
    hasAddition: URIRef
    hasIdentifier: URIRef
    ownPublisher: URIRef
    position: URIRef
    printed: URIRef
    printedKind: URIRef
    scheme: URIRef
    tier: URIRef
    year: URIRef

    # the audit
    ofRule: URIRef
    ofSituation: URIRef
    reason: URIRef
    severity: URIRef

    # annotations of shapes.ttl, read by edgewise.graph.reading.validate
    message: URIRef
    repair: URIRef
    rule: URIRef
