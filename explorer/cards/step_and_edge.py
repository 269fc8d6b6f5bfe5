"""The answer for one edge or one step as pieces of HTML, without Streamlit: for the panel beside the drawing and for the hand-out."""

from __future__ import annotations

from collections.abc import Iterable

from edgewise.citations.evidence.support import Evidence
from edgewise.citations.notices import NOTHING_KNOWN, Known
from edgewise.explorer.cards import evidence as cards
from edgewise.explorer.cards import notices
from edgewise.explorer.cards.components import made_of
from edgewise.explorer.cards.conditions import condition, places
from edgewise.explorer.cards.ends import ENDPOINTS, MEANINGS, bridge_told, nothing_leads_on
from edgewise.explorer.cards.markup import Html, chip, join, section, symbol, tag
from edgewise.explorer.cards.times import times
from edgewise.explorer.cards.whose import marked
from edgewise.explorer.drawing.palette import ROLES
from edgewise.graph.attribution import READING, mark
from edgewise.graph.model import Alternative, Bundle, Guideline, Step, Transition
from edgewise.graph.pathway import OFFERED, Pathway
from edgewise.graph.ratings import radiation_in_words
from edgewise.graph.walking.sets_told import belongs, passages
from edgewise.graph.walking.walk import Standing


def edge_head(guideline: Guideline, transition: Transition) -> Html:
    """What the edge is: its two ends, its words, its role."""
    source, target = (guideline.steps[end].name for end in (transition.source, transition.target))
    role = [" ", chip_of_role] if (chip_of_role := role_chip(transition)) else []
    role += [Html(" "), *marked(READING)] if transition.stated_by == "modeller" else []
    return join([tag("h2", f"{source} → {target}"), tag("p", transition.label, *role, cls="ew-lede")])


def role_chip(transition: Transition) -> Html:
    """The role of an edge that is no plain route; nothing where its own label says the same words.

    >>> role_chip(Transition("e", "a", "b", "Not to be taken", "source", role="excluded"))
    ''
    >>> "not to be taken" in role_chip(Transition("e", "a", "b", "neurectomy", "source", role="excluded"))
    True
    """
    told = ROLES.get(transition.role, "")
    return chip(told) if told and told.casefold() != transition.label.casefold() else Html("")


def edge_body(
    guideline: Guideline, transition: Transition, found: Evidence, choice: Standing | None, known: Known = NOTHING_KNOWN
) -> list[Html]:
    """What holds the edge: state of evidence, condition, statements and references; with a choice, how one patient stands to it.

    `known` is what happened to the works that are cited.
    """
    remark = cards.note(guideline, transition.note, "modeller") if transition.note else Html("")
    return [
        cards.state(found),
        *notices.behind(guideline, found.id, known),
        cards.grades(found.axes),
        condition(guideline, transition, choice),
        remark,
        *_behind(guideline, found, known),
    ]


def step_head(guideline: Guideline, step: Step, found: Evidence, remark: str = "", in_time: Iterable[Html] = ()) -> Html:
    """What the step is: its name, kind, phase, end and ratings; for a patient, also how it stands in time and whose word led there."""
    phase = guideline.phases.get(step.phase)
    remarks = [chip(step.kind.lower()), *([chip(phase.label)] if phase else [])]
    if step.endpoint:
        remarks.append(
            chip(ENDPOINTS.get(step.endpoint, step.endpoint), "broken" if step.endpoint in ("not-covered", "unproven") else "chip")
        )
    remarks += [*in_time, *marked(remark)]
    return join([tag("h2", step.label), tag("div", *remarks, cls="ew-row"), cards.ratings(guideline, found.ratings)])


def step_body(guideline: Guideline, step: Step, found: Evidence, known: Known = NOTHING_KNOWN) -> list[Html]:
    """What holds the step: state of evidence, summary, components, imaging, statements and references; `known` as of an edge."""
    summary = tag("p", step.summary) if step.summary else Html("")
    return [
        cards.state(found),
        *notices.behind(guideline, found.id, known),
        _end(guideline, step),
        cards.grades(found.axes),
        section("In short", summary, _companion(guideline, step), *belongs_to(guideline, step)),
        section("When", times(guideline, step)),
        section("What it is made of", made_of(guideline, step)),
        _modality(guideline, step),
        *_behind(guideline, found, known),
    ]


def _end(guideline: Guideline, step: Step) -> Html:
    """That the pathway ends here, and what that means; what goes along has no way of its own."""
    if step.endpoint or step.continues_in:
        meaning = MEANINGS.get(step.endpoint, "")
        told = [tag("p", text) for text in (meaning, bridge_told(step)) if text]
        return tag("div", *told, cls="ew-state ew-t-own", role="note") if told else Html("")
    if step.companion_of or Pathway.of(guideline).out_of(step.id, *OFFERED):
        return Html("")
    told = [tag("strong", symbol("■"), " ", "The end of the pathway"), tag("p", nothing_leads_on(step))]
    return tag("div", *told, cls="ew-state ew-t-own", role="note")


def _companion(guideline: Guideline, step: Step) -> Html:
    main = guideline.steps.get(step.companion_of)
    return tag("p", f"Goes together with: {main.name}.", cls="ew-quiet") if main else Html("")


def belongs_to(guideline: Guideline, step: Step) -> list[Html]:
    """With what a step is begun together and to what it is an alternative, each with the passages that say so."""
    return [_belonging(guideline, told, group) for told, group in belongs(guideline, step.id)]


def _belonging(guideline: Guideline, told: str, group: Bundle | Alternative) -> Html:
    where = places(guideline, passages(group))
    summary = [f" {group.summary}"] if group.summary else []
    return tag("p", f"{told}.", *summary, *([" ", tag("span", where, cls="ew-cite")] if where else []))


def _modality(guideline: Guideline, step: Step) -> Html:
    modality = guideline.modalities.get(step.modality)
    if modality is None:
        return Html("")
    rows = [("Method", modality.method, "method"), ("Contrast", modality.contrast, "contrast"), ("Region", modality.region, "region")]
    if dose := radiation_in_words(guideline, modality.radiation):
        rows.append(("Radiation", dose, "radiation"))
    return section("Imaging", tag("dl", *(join([tag("dt", name), tag("dd", value, mark(modality, key))]) for name, value, key in rows)))


def _behind(guideline: Guideline, found: Evidence, known: Known) -> tuple[Html, ...]:
    """Statements, references and remarks: the same for every patient, so made once."""
    return guideline.once("behind", (found.id, repr(known.noticed)), lambda: tuple(_made_behind(guideline, found, known)))


def _made_behind(guideline: Guideline, found: Evidence, known: Known) -> list[Html]:
    said = "What the source says nearby" if found.state == "inferred" else "What the source says"
    return [
        cards.statements(found.supports, heading=said) or section(said, tag("p", "No statement is given for this.")),
        cards.references(guideline, found.references, found.supports, known.noticed),
        cards.notes(guideline, found.notes, {found.id}),
    ]
