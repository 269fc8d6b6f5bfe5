"""What is said of a step and of its edges on a slide: few words, large, each with its place and markers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from edgewise.citations.evidence.support import evidence
from edgewise.explorer.cards import evidence as cards
from edgewise.explorer.cards.components import made_of
from edgewise.explorer.cards.ends import ENDPOINTS
from edgewise.explorer.cards.markup import Html, chip, folded, join, section, tag
from edgewise.explorer.cards.step_and_edge import belongs_to, role_chip
from edgewise.explorer.cards.whose import marked
from edgewise.explorer.cards.wording import capital
from edgewise.explorer.pages.teach.presenting.gaps import Gap, in_spite_at
from edgewise.explorer.pages.teach.presenting.telling_order import ways_in
from edgewise.graph.attribution import rests_on, word
from edgewise.graph.model import AllOf, Criterion, Guideline, Step, Transition
from edgewise.graph.strength import in_words
from edgewise.graph.walking.criteria import words


def head(guideline: Guideline, step: Step) -> list[Html]:
    """What the step is called, where it belongs, and what it is in a sentence or two."""
    phase = guideline.phases.get(step.phase)
    belongs = {word.casefold(): word for word in (step.kind.lower(), phase.label if phase else "") if word}
    over = " · ".join(reversed(belongs.values()))
    end = [tag("p", chip(_sentence(ENDPOINTS.get(step.endpoint, step.endpoint)), "chip"))] if step.endpoint else []
    summary = [tag("p", step.summary, cls="ew-lede")] if step.summary else []
    return [tag("p", over, cls="ew-over"), tag("h1", step.label), *end, *summary]


def body(guideline: Guideline, step: Step, told: Iterable[str], gaps: Sequence[Gap]) -> list[Html]:
    """How one comes to the step, what it is made of, how far its evidence holds, what the source leaves open; `told` are earlier steps."""
    found = evidence(guideline, step.id)
    main = guideline.steps.get(step.companion_of)
    return [
        cards.ratings(guideline, found.ratings),
        section(
            "How one comes here",
            *_ways(guideline, step, frozenset(told)),
            tag("p", f"Together with: {main.name}.") if main else "",
            *belongs_to(guideline, step),
        ),
        section("What it is made of", made_of(guideline, step)),
        section("Evidence", cards.state(found)),
        section("Led to although contraindicated", silence(guideline, in_spite_at(guideline, step.id))),
        section("What the source does not say here", silence(guideline, gaps)),
    ]


def silence(guideline: Guideline, gaps: Sequence[Gap]) -> Html:
    """Situations as items of a list, such as those in which no next step is named, then the passages behind them; empty where none is."""
    if not gaps:
        return Html("")
    behind = cites(guideline, (id for gap in gaps for id in gap.statements))
    behind += [mark for remark in dict.fromkeys(gap.remark for gap in gaps) for mark in marked(remark)]
    listed = tag("ul", *(tag("li", _sentence(gap.short)) for gap in gaps), cls="ew-list")
    return join([listed, tag("p", *behind, cls="ew-said") if behind else ""])


def _ways(guideline: Guideline, step: Step, told: frozenset[str]) -> list[Html]:
    """Every edge that leads here: the first from a step already told in full, the others behind their words."""
    ways = sorted(ways_in(guideline, step.id), key=lambda edge: edge.source not in told)
    if not ways:
        start = step.kind == "Presentation" or step.companion_of
        return [] if start else [tag("p", "No edge leads here.")]
    first, *others = ways
    return [
        tag("div", _named(guideline, first), *when(guideline, first), cls="ew-way"),
        *(folded(_named(guideline, edge), *when(guideline, edge), cls="ew-way") for edge in others),
    ]


def _named(guideline: Guideline, edge: Transition) -> Html:
    label = [": ", edge.label] if edge.label else []
    return tag("span", "From ", tag("strong", guideline.steps[edge.source].name), *label, " ", *remarks(guideline, edge))


def remarks(guideline: Guideline, edge: Transition) -> list[Html]:
    """State of evidence of an edge, and its role where it is no plain route."""
    role = role_chip(edge)
    return [*([role, Html(" ")] if role else []), cards.state_chip(evidence(guideline, edge.id).state)]


def when(guideline: Guideline, edge: Transition) -> list[Html]:
    """Under what condition an edge may be taken, each part with the passages it is based on, then what else is said for the edge."""
    based = set(rests_on(edge.when)) if edge.when else set()
    others = cites(guideline, (id for id in edge.justified_by if id not in based))
    also = [tag("p", f"The edge {'also ' if based else ''}rests on ", *others, cls="ew-said")] if others else []
    return [_condition(guideline, edge), *also]


def _condition(guideline: Guideline, edge: Transition) -> Html:
    if edge.role == "excluded" and edge.when is None:
        return tag("p", f"Never by this guideline: {edge.against}.")
    if edge.when is None:
        return tag("p", "Always: the guideline sets no condition.")
    lead = [tag("p", f"Never by this guideline, on any road, where this holds: {edge.against}.")] if edge.role == "excluded" else []
    listed = tag("ul", *(_part(guideline, part) for part in _parts(edge.when)), cls="ew-list")
    return join([*lead, listed])


def _parts(criterion: Criterion) -> Sequence[Criterion]:
    return criterion.parts if isinstance(criterion, AllOf) and not criterion.label else (criterion,)


def _part(guideline: Guideline, criterion: Criterion) -> Html:
    by = word(criterion)
    return tag("li", _sentence(words(criterion, guideline.observables)), " ", *cites(guideline, by.based_on), *marked(by.remark))


def cites(guideline: Guideline, passages: Iterable[str]) -> list[Html]:
    """Place and markers of each passage; a marker that points nowhere says so."""
    pieces: list[Html] = []
    for id in dict.fromkeys(passages):
        passage = guideline.passage(id)
        markers = [guideline.markers[citation.marker] for citation in passage.citations]
        sound = "".join(marker.shown for marker in markers if marker.entry)
        pieces.append(tag("span", f"{passage.place} {sound}".strip(), cls="ew-cite"))
        pieces += [chip(f"{marker.shown} no entry", "broken", sign="⚠") for marker in markers if not marker.entry]
    return pieces


def notes(guideline: Guideline, step: Step, gaps: Sequence[Gap]) -> list[Html]:
    """For the speaker: every statement behind the step and the edges that lead to it, gaps in full, what is not the source's own word."""
    ids = [step.id, *(edge.id for edge in ways_in(guideline, step.id))]
    found = [evidence(guideline, id) for id in ids]
    said = {support.statement.id: support.statement for one in found for support in one.supports}
    remarks = {note.id: note for one in found for note in one.notes if set(ids) & set(note.about)}
    edges = [edge.note for edge in ways_in(guideline, step.id) if edge.note]
    return [
        statements(guideline, said),
        section("Where the source is silent", tag("ul", *(tag("li", _sentence(gap.text)) for gap in gaps), cls="ew-list") if gaps else ""),
        *(cards.note(guideline, note.text, note.stated_by) for note in remarks.values()),
        *(cards.note(guideline, text, "modeller") for text in dict.fromkeys(edges)),
    ]


def statements(guideline: Guideline, ids: Iterable[str]) -> Html:
    """Statements in full, each with place and markers."""
    listed = [tag("li", guideline.passage(id).text, " ", *cites(guideline, [id]), *_graded(guideline, id)) for id in ids]
    return tag("ul", *listed, cls="ew-list") if listed else tag("p", "No statement stands behind this.")


def _graded(guideline: Guideline, id: str) -> list[Html]:
    told = in_words(guideline, guideline.passage(id))
    return [tag("p", _sentence(told), cls="ew-said")] if told else []


def leads(guideline: Guideline, edges: Sequence[Transition]) -> Html:
    """Edges that lead to one step from where the room stands: for each its condition and the state of its evidence."""
    return join(tag("div", *remarks(guideline, edge), *when(guideline, edge), cls="ew-way") for edge in edges)


def _sentence(told: str) -> str:
    return capital(told)
