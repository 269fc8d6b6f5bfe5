"""From RDF to the pieces of a guideline. Reads only what the shapes allow, so validate first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, cast

from rdflib import Graph, URIRef
from rdflib.namespace import DCTERMS, RDF, RDFS, SKOS
from rdflib.term import Node

from edgewise.graph.model import (
    Alternative,
    Assertion,
    Bundle,
    Candidate,
    Caution,
    CertaintyFor,
    Choice,
    Citation,
    Guideline,
    Item,
    Modality,
    Observable,
    OutcomeFrame,
    Phase,
    Place,
    RadiationLevel,
    Rating,
    Situation,
    Statement,
    Step,
    StepKind,
    Transition,
)
from edgewise.graph.pathway import comparisons
from edgewise.graph.reading.components import component
from edgewise.graph.reading.criteria_pieces import BOUNDS as BOUNDS
from edgewise.graph.reading.criteria_pieces import NOBODYS, Word
from edgewise.graph.reading.criteria_pieces import OPERATIONS as OPERATIONS
from edgewise.graph.reading.implied import DONE, contraindicated, divided, finishing
from edgewise.graph.reading.time_pieces import TimesReader
from edgewise.graph.reading.values import natural
from edgewise.ontology.terms import EW

_STEP_KINDS: dict[Node, StepKind] = {
    EW.Endpoint: "Endpoint",  # first: at an end of the pathway it is beside the point that it is a treatment as well
    EW.Presentation: "Presentation",
    EW.Investigation: "Investigation",
    EW.Treatment: "Treatment",
}


def guideline(graph: Graph, iri: str) -> Guideline:
    """The guideline `iri` out of a valid graph; the same graph gives the same pieces in the same order, however it was filled.

    Args:
        graph: valid by `edgewise.graph.reading.validate`.
        iri: the guideline's own IRI.
    """
    return Reader(graph, URIRef(iri)).guideline()


class Reader(TimesReader):
    """Makes the pieces of one guideline."""

    def guideline(self) -> Guideline:
        root = self.root
        phases = self.all(EW.hasPhase, self.phase, lambda phase: phase.order)
        ranks = {id: rank for rank, id in enumerate(phases)}
        steps = self.all(EW.hasStep, self.step, lambda step: (ranks.get(step.phase, len(ranks)), step.order))
        transitions = _by_steps(self.all(EW.hasTransition, self.transition), steps)
        observables = {**self.all(EW.hasObservable, self.observable), **finishing(steps)}
        steps, transitions = contraindicated(steps, divided(transitions, observables))
        applies_to = next(iter(self.nodes(root, EW.appliesTo)), None)
        return Guideline(
            id=str(root).rstrip("/").rpartition("/")[2],
            iri=str(root),
            title=self.text(root, DCTERMS.title),
            question=self.text(root, EW.question),
            publisher=self.text(root, DCTERMS.publisher),
            updated=self.text(root, DCTERMS.modified),
            review_status=self.text(root, EW.reviewStatus),
            audience=self.text(root, EW.audience),
            purpose=self.text(root, EW.purpose),
            disclaimer=self.text(root, EW.disclaimer),
            review_stages=self.text(root, EW.reviewStage),
            draft=self.flag(root, EW.draft),
            applies_to=None if applies_to is None else self.criterion(applies_to),
            phases=phases,
            steps=steps,
            observables=_as_asked(observables, steps.values(), transitions.values()),
            transitions=transitions,
            situations=self.all(EW.hasSituation, self.situation, lambda situation: situation.order),
            modalities=self.all(EW.hasModality, self.modality),
            ratings=self.all(EW.hasRating, self.rating),
            radiation_scheme=self.text(root, EW.radiationScheme),
            radiation_levels=self.all(EW.hasRadiationLevel, self.radiation_level, lambda one: one.level),
            statements=self.all(EW.hasStatement, self.statement),
            headings=self.all(EW.hasHeading, self.statement),
            markers=self.all(EW.hasMarker, self.marker, lambda marker: natural(marker.printed)),
            references=self.all(EW.hasReference, self.reference, lambda reference: reference.position),
            notes=self.all(EW.hasNote, self.note),
            glossary=self.all(EW.hasTerm, self.term, lambda term: natural(term.term.casefold())),
            severities=self.all(EW.hasRuleSetting, self.rule_setting),
            waivers=self.all(EW.hasWaiver, self.waiver),
            gradings=self.all(EW.hasGrading, self.grading),
            bundles=self.all(EW.hasBundle, lambda node: self.bundle(node, steps)),
            alternatives=self.all(EW.hasAlternative, self.alternative),
        )

    def phase(self, node: Node) -> Phase:
        return Phase(self.id(node), self.text(node, RDFS.label), self.integer(node, EW.order))

    def step(self, node: Node) -> Step:
        return Step(
            id=self.id(node),
            kind=next(kind for type_, kind in _STEP_KINDS.items() if (node, RDF.type, type_) in self.graph),
            label=self.text(node, RDFS.label),
            summary=self.text(node, EW.summary),
            phase=self.ref(node, EW.inPhase),
            short_label=self.text(node, SKOS.altLabel),
            order=self.integer(node, EW.order),
            modality=self.ref(node, EW.usesModality),
            yields=self.ids(node, EW.yields),
            companion_of=self.ref(node, EW.companionOf),
            endpoint=self.text(node, EW.endpoint),
            described_by=self.ids(node, EW.describedBy),
            components=tuple(component(self, part) for part in self.nodes(node, EW.hasComponent)),
            continues_in=self.text(node, EW.continuesIn),
            contraindications=tuple(self.criterion(one) for one in self.nodes(node, EW.contraindicatedBy)),
            not_before=self.always(node, EW.notBefore),
            within=self.always(node, EW.within),
            after=self.counted_from(node),
            every=self.always(node, EW.every),
            timed_by=self.ids(node, EW.timedBy),
            inferred=self.texts(node, EW.inferred),
            windows=self.windows(node),
        )

    def observable(self, node: Node) -> Observable:
        items = tuple(map(self.item, self.nodes(node, EW.hasItem)))
        least, most = _possible_total(items)
        return Observable(
            id=self.id(node),
            label=self.text(node, RDFS.label),
            question=self.text(node, EW.question),
            value_type=cast(Any, self.text(node, EW.valueType)),
            items=items,
            help=self.text(node, EW.help),
            choices=tuple(Choice(self.text(c, SKOS.notation), self.text(c, RDFS.label)) for c in self.nodes(node, EW.hasChoice)),
            unit=self.text(node, EW.unit),
            molar_mass=self.number(node, EW.molarMass),
            molar_mass_from=self.ids(node, EW.molarMassFrom),
            minimum=_first(self.number(node, EW.min), least),
            maximum=_first(self.number(node, EW.max), most),
            repeated=self.flag(node, EW.repeated),
            accrues=self.flag(node, EW.accrues),
            amendable=self.flag(node, EW.amendable),
            open_ended=self.flag(node, EW.openEnded),
            final_by=self.ids(node, EW.finalBy),
            paired_with=self.ref(node, EW.pairedWith),
        )

    def transition(self, node: Node) -> Transition:
        when = next(iter(self.nodes(node, EW.when)), None)
        role = self.text(node, EW.role, "route")
        # What an edge that is not to be taken asks for is what its passage advises against: it stands for nothing else.
        word = Word(self.ids(node, EW.justifiedBy), cast(Any, self.text(node, EW.statedBy))) if role == "excluded" else NOBODYS
        return Transition(
            id=self.id(node),
            source=self.ref(node, EW["from"]),
            target=self.ref(node, EW.to),
            label=self.text(node, RDFS.label),
            stated_by=cast(Any, self.text(node, EW.statedBy)),
            role=cast(Any, role),
            when=None if when is None else self.criterion(when, word),
            justified_by=self.ids(node, EW.justifiedBy),
            note=self.text(node, SKOS.editorialNote),
        )

    def bundle(self, node: Node, steps: Iterable[str]) -> Bundle:
        members = self.ids(node, EW.together)
        together = tuple(id for id in steps if id in members)
        return Bundle(self.id(node), self.text(node, RDFS.label), together, self.text(node, EW.summary), self.ids(node, EW.basedOn))

    def alternative(self, node: Node) -> Alternative:
        rests_on = self.ids(node, EW.basedOn)
        choose = tuple(self.candidate(one, rests_on) for one in self.nodes(node, EW.choose))
        return Alternative(self.id(node), self.text(node, RDFS.label), choose, self.text(node, EW.summary), rests_on)

    def candidate(self, node: Node, rests_on: tuple[str, ...]) -> Candidate:
        based_on = self.ids(node, EW.basedOn) or rests_on
        when = next((self.criterion(one, Word(based_on)) for one in self.nodes(node, EW.when)), None)
        rank, reason = self.integer(node, EW.rank), self.text(node, EW.reason)
        return Candidate(self.id(node), self.ref(node, EW.ofStep), rank, reason, when, based_on)

    def situation(self, node: Node) -> Situation:
        when = next(iter(self.nodes(node, EW.when)), None)
        return Situation(
            id=self.id(node),
            label=self.text(node, RDFS.label),
            summary=self.text(node, EW.summary),
            order=self.integer(node, EW.order),
            when=None if when is None else self.criterion(when),
            described_by=self.ids(node, EW.describedBy),
        )

    def modality(self, node: Node) -> Modality:
        return Modality(
            id=self.id(node),
            label=self.text(node, RDFS.label),
            method=self.text(node, EW.method),
            contrast=self.text(node, EW.contrast),
            region=self.text(node, EW.region),
            described_by=self.ids(node, EW.describedBy),
            inferred=self.texts(node, EW.inferred),
            radiation=self.level(node, EW.radiation),
        )

    def rating(self, node: Node) -> Rating:
        return Rating(
            id=self.id(node),
            modality=self.ref(node, EW.rates),
            situation=self.ref(node, EW.inSituation),
            score=self.level(node, EW.score),
            scale_min=self.integer(node, EW.scaleMin),
            scale_max=self.integer(node, EW.scaleMax),
            statement=self.ref(node, EW.ratedIn),
            category=cast(Any, self.text(node, EW.category)),
            radiation=self.level(node, EW.radiation),
        )

    def radiation_level(self, node: Node) -> RadiationLevel:
        return RadiationLevel(self.id(node), self.integer(node, EW.level), self.text(node, EW.effectiveDose), self.ids(node, EW.basedOn))

    def statement(self, node: Node) -> Statement:
        place = next(iter(self.nodes(node, EW.place)), node)  # of a draft it may be lacking
        passage = Word((self.id(node),))
        return Statement(
            id=self.id(node),
            kind=cast(Any, self.text(node, EW.kind, "heading" if (node, RDF.type, EW.Heading) in self.graph else "")),
            text=self.text(node, EW.text),
            place=Place(
                self.text(place, EW.section),
                self.text(place, EW.part),
                self.integer(place, EW.ordinal) or None,
                self.integer(place, EW.sentence) or None,
            ),
            fingerprint=self.text(node, EW.fingerprint),
            citations=tuple(
                Citation(self.id(c), self.ref(c, EW.marker), self.text(c, EW.intention, "citesAsEvidence"))
                for c in self.nodes(node, EW.hasCitation)
            ),
            asserts=tuple(Assertion(self.ref(a, EW.about), self.criterion(a, passage)) for a in self.nodes(node, EW.asserts)),
            cautions=tuple(self.caution(c, passage) for c in self.nodes(node, EW.hasCaution)),
            outcomes=tuple(map(self.outcome, self.nodes(node, EW.hasOutcome))),
            strength=self.text(node, EW.strength),
            certainty=self.text(node, EW.certainty),
            direction=cast(Any, self.text(node, EW.direction)),
            grading=self.ref(node, EW.inGrading),
            certainty_for=tuple(self.certainty_for(c, passage) for c in self.nodes(node, EW.hasCertaintyFor)),
        )

    def certainty_for(self, node: Node, passage: Word) -> CertaintyFor:
        return CertaintyFor(
            id=self.id(node),
            certainty=self.text(node, EW.certainty),
            population=self.text(node, EW.population),
            comparator=self.text(node, EW.comparator),
            measure=self.text(node, EW.measure),
            when=next((self.criterion(one, passage) for one in self.nodes(node, EW.when)), None),
        )

    def caution(self, node: Node, passage: Word) -> Caution:
        when, unless = (next((self.criterion(one, passage) for one in self.nodes(node, key)), None) for key in (EW.when, EW.unless))
        return Caution(self.id(node), self.ids(node, EW.about), when, unless, self.ids(node, EW.without))

    def outcome(self, node: Node) -> OutcomeFrame:
        return OutcomeFrame(
            id=self.id(node),
            measure=self.text(node, EW.measure),
            value=self.number(node, EW.value),
            unit=self.text(node, EW.unit),
            operator=self.text(node, EW.operator, "="),
            population=self.text(node, EW.population),
            technique=self.text(node, EW.technique),
            comparator=self.text(node, EW.comparator),
            result=self.text(node, EW.result),
            follow_up=self.text(node, EW.followUp),
            n=self.integer(node, EW.n),
        )


def _first(stated: Decimal | None, otherwise: Decimal | None) -> Decimal | None:
    return otherwise if stated is None else stated


def _possible_total(items: Iterable[Item]) -> tuple[Decimal | None, Decimal | None]:
    """The least and the most that a score can come to; None of what is no score."""
    points = [item.points for item in items]
    if not points:
        return None, None
    return sum((one for one in points if one < 0), Decimal(0)), sum((one for one in points if one > 0), Decimal(0))


def _as_asked(observables: Mapping[str, Observable], steps: Iterable[Step], transitions: Iterable[Transition]) -> dict[str, Observable]:
    """Observables in the order in which the pathway comes to them: what a step yields, then what its edges ask besides."""
    transitions = list(transitions)
    asked: dict[str, None] = {}
    for step in steps:
        edges = [t.when for t in transitions if t.source == step.id and t.when is not None]
        compared = [id for when in edges for part in comparisons(when) for id in part.looks_at]
        asked |= dict.fromkeys([id for id in compared if id in step.yields])
        asked |= dict.fromkeys([*step.yields, DONE + step.id, *compared])
    return {id: observables[id] for id in dict.fromkeys((*asked, *observables)) if id in observables}


def _by_steps(transitions: Mapping[str, Transition], steps: Iterable[str]) -> dict[str, Transition]:
    rank = {id: position for position, id in enumerate(steps)}
    ordered = sorted(transitions.values(), key=lambda t: (rank[t.source], rank[t.target], natural(t.id)))
    return {transition.id: transition for transition in ordered}
