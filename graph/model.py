"""The pieces of a guideline as the rest of the program holds them: immutable, plain, made from RDF by
`edgewise.graph.reading.projection`.

Ids are short (`cooled-rfa`), relative to the guideline; `Guideline.iri` plus ``/`` plus an id is the IRI in the graph.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple

from edgewise.graph.components import Component as Component
from edgewise.graph.components import Dose as Dose
from edgewise.graph.components import Span as Span
from edgewise.graph.criterion import AllOf as AllOf
from edgewise.graph.criterion import AnyOf as AnyOf
from edgewise.graph.criterion import Comparison as Comparison
from edgewise.graph.criterion import CountOf as CountOf
from edgewise.graph.criterion import Criterion as Criterion
from edgewise.graph.criterion import Formula as Formula
from edgewise.graph.criterion import Not as Not
from edgewise.graph.criterion import Operation as Operation
from edgewise.graph.criterion import Scored as Scored
from edgewise.graph.criterion import Statistic as Statistic
from edgewise.graph.criterion import parts_of as parts_of
from edgewise.graph.durations import Duration
from edgewise.graph.grading import Grade as Grade
from edgewise.graph.grading import Grading as Grading
from edgewise.graph.listed import Addition as Addition
from edgewise.graph.listed import Identifier as Identifier
from edgewise.graph.listed import Marker as Marker
from edgewise.graph.listed import Reference as Reference
from edgewise.graph.passages import Citation as Citation
from edgewise.graph.passages import OutcomeFrame as OutcomeFrame
from edgewise.graph.passages import Place as Place
from edgewise.graph.remarks import Note as Note
from edgewise.graph.remarks import RuleSetting as RuleSetting
from edgewise.graph.remarks import Term as Term
from edgewise.graph.remarks import Waiver as Waiver
from edgewise.graph.remembering import Remembering
from edgewise.graph.resuming import Resuming as Resuming
from edgewise.graph.step_times import TimeWindow as TimeWindow
from edgewise.graph.step_times import all_times

StepKind = Literal["Presentation", "Investigation", "Treatment", "Endpoint"]
ValueType = Literal["yes-no", "choice", "quantity", "count", "score"]
Role = Literal["route", "option", "excluded"]
Who = Literal["source", "modeller"]  # whose word something is
Direction = Literal["for", "against", ""]  # of a recommendation; empty: not stated


@dataclass(frozen=True, slots=True)
class Phase:
    """A lane of the pathway."""

    id: str
    label: str
    order: int


@dataclass(frozen=True, slots=True)
class Step:
    """A node of the pathway."""

    id: str
    kind: StepKind
    label: str
    summary: str
    phase: str
    short_label: str = ""
    order: int = 0
    modality: str = ""
    yields: tuple[str, ...] = ()
    companion_of: str = ""
    endpoint: str = ""
    described_by: tuple[str, ...] = ()
    components: tuple[Component, ...] = ()
    continues_in: str = ""  # at an end: id of the guideline in which the walk goes on, and after # of its step
    contraindications: tuple[
        Criterion, ...
    ] = ()  # where one holds, no road leads here: its own, and those of excluded edges that ask for something
    not_before: Duration | None = None  # counted from `after`, as `within` is
    within: Duration | None = None
    after: str = ""  # a step; empty: those that lead here
    every: Duration | None = None
    timed_by: tuple[str, ...] = ()  # passages that state its times
    inferred: tuple[str, ...] = ()  # keys of its times of which the value is the modeller's
    windows: tuple[TimeWindow, ...] = ()  # times that depend on the patient, in the place of the single ones

    @property
    def timed(self) -> bool:
        """Whether anything is said of when it is to be done."""
        return any(one.key != "after" for one in self.times)

    @property
    def times(self) -> tuple[TimeWindow, ...]:
        """All its times; those that count always are windows without a condition."""
        single = {"notBefore": self.not_before, "within": self.within, "every": self.every, "after": self.after}
        return all_times(single, self.windows, self.timed_by, self.inferred)

    @property
    def name(self) -> str:
        """What to call it where room is short."""
        return self.short_label or self.label


class Choice(NamedTuple):
    """An answer that an observable allows."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a score: how many points, of its observable's unit, count where its criterion holds."""

    criterion: Criterion
    points: Decimal
    label: str = ""


@dataclass(frozen=True, slots=True)
class Observable:
    """What can be asked about a patient."""

    id: str
    label: str
    question: str
    value_type: ValueType
    help: str = ""
    choices: tuple[Choice, ...] = ()
    unit: str = ""
    molar_mass: Decimal | None = None  # g/mol: what mass and amount of the substance convert by
    molar_mass_from: tuple[str, ...] = ()  # passages that state it; without one it is an editor's addition
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    repeated: bool = False
    accrues: bool = False
    amendable: bool = False  # the modeller: an answer that does not fit can be made good; False: nothing is said
    open_ended: bool = False  # the modeller: a series may go on beyond what is asked for; False: nothing is said
    final_by: tuple[str, ...] = ()  # passages by which care cannot change an answer
    items: tuple[Item, ...] = ()  # of a score
    finishes: str = ""  # the step of which it says that it is done; nobody wrote this question, it goes without saying
    paired_with: str = ""  # the second number of one reading, as the diastolic is of a blood pressure

    @property
    def nothing(self) -> Decimal | None:
        """Where a number that accrues stands before anything has happened; None of all that does not accrue."""
        return (self.minimum or Decimal(0)) if self.accrues and not self.repeated else None


@dataclass(frozen=True, slots=True)
class Transition:
    """An edge of the pathway. `when` None means always."""

    id: str
    source: str
    target: str
    label: str
    stated_by: Who
    role: Role = "route"
    when: Criterion | None = None
    justified_by: tuple[str, ...] = ()
    note: str = ""
    despite: tuple[str, ...] = ()  # ids of contraindications of its target for which it is stated: it is a road for that very case

    @property
    def against(self) -> str:
        """Who is against taking an edge that is not to be taken; empty for all others.

        >>> Transition("t", "a", "b", "", "modeller", role="excluded").against
        'the modeller reads the source as advising against this step'
        """
        if self.role != "excluded":
            return ""
        by_source = self.stated_by == "source"
        return "the source advises against this step" if by_source else "the modeller reads the source as advising against this step"


@dataclass(frozen=True, slots=True)
class Bundle:
    """Steps that are begun at once, in the guideline's order, each with its own condition and end. It groups them and opens nothing."""

    id: str
    label: str
    together: tuple[str, ...]
    summary: str = ""
    based_on: tuple[str, ...] = ()

    @property
    def stated_by(self) -> Who:
        """Whose word it is that they belong together: the source's where passages say so."""
        return "source" if self.based_on else "modeller"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of the steps to choose from.

    Attributes:
        rank: its place in the order of preference, from 1; 0 where no preference is stated for it.
        reason: why it is preferred, or to be chosen at all.
        when: where this holds it goes before the others, whatever their rank; None where its place depends on nothing.
        based_on: passages that state this; those of the alternative where it names none of its own.
    """

    id: str
    step: str
    rank: int = 0
    reason: str = ""
    when: Criterion | None = None
    based_on: tuple[str, ...] = ()

    @property
    def stated_by(self) -> Who:
        """Whose word the preference is: the source's where passages state it."""
        return "source" if self.based_on else "modeller"


@dataclass(frozen=True, slots=True)
class Alternative:
    """Steps of which one is chosen; once one of them is done the others are no longer due. Candidates stand as written."""

    id: str
    label: str
    choose: tuple[Candidate, ...]
    summary: str = ""
    based_on: tuple[str, ...] = ()

    @property
    def steps(self) -> tuple[str, ...]:
        """Ids of the steps to choose from."""
        return tuple(one.step for one in self.choose)

    @property
    def preference(self) -> bool:
        """Whether anything is said of which to prefer."""
        return any(one.rank or one.when for one in self.choose)

    @property
    def stated_by(self) -> Who:
        """Whose word it is that one of them is chosen: the source's where passages say so."""
        return "source" if self.based_on else "modeller"


@dataclass(frozen=True, slots=True)
class Assertion:
    """What a passage itself asks for before the step `about`; its criterion rests on that passage."""

    about: str
    criterion: Criterion


@dataclass(frozen=True, slots=True)
class Caution:
    """What a pitfall warns of: a step of `about`, taken `when` something holds, `unless` something holds, or `without` other steps.

    One of the three is given, the other two are empty. `edgewise.graph.cases.pitfalls` tells who falls into it.
    """

    id: str
    about: tuple[str, ...]
    when: Criterion | None = None
    unless: Criterion | None = None
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CertaintyFor:
    """How certain the evidence is for a part of a statement: some people, one comparison, one outcome, or while `when` holds."""

    id: str
    certainty: str
    population: str = ""
    comparator: str = ""
    measure: str = ""
    when: Criterion | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim in our own words; a section heading that carries a claim has kind ``heading`` and no citations.

    `strength` and `certainty` are the source's own words, empty where it states none; `edgewise.graph.strength` tells what they mean.
    """

    id: str
    kind: Literal["recommendation", "criterion", "evidence", "outcome", "pitfall", "heading"]
    text: str
    place: Place
    fingerprint: str
    citations: tuple[Citation, ...] = ()
    asserts: tuple[Assertion, ...] = ()
    cautions: tuple[Caution, ...] = ()
    outcomes: tuple[OutcomeFrame, ...] = ()
    strength: str = ""
    certainty: str = ""
    direction: Direction = ""
    grading: str = ""  # empty: the guideline's only one, if it has one
    certainty_for: tuple[CertaintyFor, ...] = ()


@dataclass(frozen=True, slots=True)
class Modality:
    id: str
    label: str
    method: str
    contrast: str
    region: str
    described_by: tuple[str, ...] = ()
    inferred: tuple[str, ...] = ()  # keys of which the value is the modeller's
    radiation: int | None = None  # level, as the source gives it for the method


@dataclass(frozen=True, slots=True)
class Situation:
    """A clinical situation in which modalities are rated. `when` tells who is in it; None: nobody can be told to be."""

    id: str
    label: str
    summary: str = ""
    order: int = 0
    when: Criterion | None = None
    described_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rating:
    """Appropriateness of a modality in a situation, on the scale as stated, in the source's words, or both.

    `score` None means that the source gives a category alone; its scale is 0 to 0 then. `category` empty means that the source words none:
    what follows from a score, `edgewise.graph.ratings` says.
    """

    id: str
    modality: str
    situation: str
    score: int | None
    scale_min: int
    scale_max: int
    statement: str
    category: Literal["usually appropriate", "may be appropriate", "usually not appropriate", ""] = ""
    radiation: int | None = None  # level, as the source gives it for this situation


@dataclass(frozen=True, slots=True)
class RadiationLevel:
    """What a radiation level of the guideline's scheme stands for."""

    id: str
    level: int
    dose: str
    based_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Guideline(Remembering):
    """A whole guideline. Mappings are keyed by id, in a stable order."""

    id: str
    iri: str
    title: str
    question: str
    publisher: str
    updated: str
    review_status: str
    audience: str
    purpose: str
    disclaimer: str
    review_stages: str = ""  # as the source names them, in order
    draft: bool = False  # still being written: what it lacks is empty here, or the id of what lacks it
    applies_to: Criterion | None = None  # of whom it speaks; None: of everybody, as far as it says
    phases: Mapping[str, Phase] = field(default_factory=dict)
    steps: Mapping[str, Step] = field(default_factory=dict)
    observables: Mapping[str, Observable] = field(default_factory=dict)
    transitions: Mapping[str, Transition] = field(default_factory=dict)
    situations: Mapping[str, Situation] = field(default_factory=dict)
    modalities: Mapping[str, Modality] = field(default_factory=dict)
    ratings: Mapping[str, Rating] = field(default_factory=dict)
    radiation_scheme: str = ""
    radiation_levels: Mapping[str, RadiationLevel] = field(default_factory=dict)
    statements: Mapping[str, Statement] = field(default_factory=dict)
    headings: Mapping[str, Statement] = field(default_factory=dict)
    markers: Mapping[str, Marker] = field(default_factory=dict)
    references: Mapping[str, Reference] = field(default_factory=dict)
    notes: Mapping[str, Note] = field(default_factory=dict)
    glossary: Mapping[str, Term] = field(default_factory=dict)
    severities: Mapping[str, RuleSetting] = field(default_factory=dict)
    waivers: Mapping[str, Waiver] = field(default_factory=dict)
    gradings: Mapping[str, Grading] = field(default_factory=dict)
    bundles: Mapping[str, Bundle] = field(default_factory=dict)
    alternatives: Mapping[str, Alternative] = field(default_factory=dict)
    resuming: Resuming | None = None  # of no file: where the walk of one patient goes on, see `edgewise.graph.walking.rounds`

    def passage(self, id: str) -> Statement:
        """The statement or heading of that id; KeyError if there is none."""
        return self.statements[id] if id in self.statements else self.headings[id]
