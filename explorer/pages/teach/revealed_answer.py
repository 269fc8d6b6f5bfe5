"""What is revealed after a commitment: which edges of the walk decide, why the pick is not next, and what to take home, as markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from edgewise.citations.evidence.support import Evidence, Support, evidence
from edgewise.explorer.cards import evidence as cards
from edgewise.explorer.cards.answers import answer_in_words
from edgewise.explorer.cards.conditions import places
from edgewise.explorer.cards.ends import STANDS, outside_told
from edgewise.explorer.cards.markup import Html, folded, join, section, symbol, tag
from edgewise.explorer.cards.walked_edges import NOT_REACHED, SIGNS, reasons, standing, unconditioned
from edgewise.explorer.cards.whose import marked
from edgewise.explorer.cards.why import ways_to_it
from edgewise.explorer.pages.teach.options import UNDECIDED, WORDS, options
from edgewise.explorer.pages.teach.round import Commitment, both_of_one, by_modeller, due_groups, still_due
from edgewise.graph.attribution import BEYOND
from edgewise.graph.cases.model import Point, Ruling, Stage
from edgewise.graph.cases.pitfalls import falls
from edgewise.graph.explaining.why import why
from edgewise.graph.model import Guideline, Step
from edgewise.graph.pathway import Pathway
from edgewise.graph.walking.facts import Facts
from edgewise.graph.walking.kleene import Truth
from edgewise.graph.walking.patient import law_for
from edgewise.graph.walking.sets_told import groups_told
from edgewise.graph.walking.sets_told import named as named_steps
from edgewise.graph.walking.walk import Standing, Walk

HEADS = {
    "right": ("✓", "supported", "Right"),
    "part": ("◐", "weak", "Right as far as it goes"),
    "option": ("◐", "weak", "Offered, but not what is named next"),
    "silent": ("○", "inferred", "No step is named here"),
    "inferred": ("◇", "inferred", "Right about the source, but the modeller goes on"),
    "wrong": ("✗", "broken", "Not what the guideline names"),
}
"""Outcome → sign, tone and words."""
_MODELLERS = "The modeller’s reading; the source does not say it"
_FEW = 3


def name(guideline: Guideline, pick: str) -> str:
    """A pick in words, also where the guideline has no such step any more."""
    offered = {option.pick: option.name for option in options(guideline)}
    return offered.get(pick) or (guideline.steps[pick].name if pick in guideline.steps else pick)


def picked(guideline: Guideline, picks: Iterable[str]) -> str:
    """Several picks in words."""
    return "; ".join(name(guideline, pick) for pick in picks)


def verdict(guideline: Guideline, walked: Walk, entry: Commitment) -> Html:
    """Right or not, in a sign and in words, what was committed to, and of a part what is missing."""
    sign, tone, told = HEADS[entry.outcome]
    said = [tag("li", tag("strong", f"Your next step{'s' if entry.beside else ''}: "), picked(guideline, entry.picks))]
    said += [tag("li", remark) for remark in _remarks(guideline, walked, entry)]
    said += [tag("li", tag("strong", "Your reason: "), entry.why)] if entry.why else []
    return tag("div", tag("h2", symbol(sign), " ", told, tabindex="-1"), tag("ul", *said), cls=f"ew-state ew-t-{tone}", role="group")


def _remarks(guideline: Guideline, walked: Walk, entry: Commitment) -> Iterator[Html]:
    """What is said of a set of picks: how much of what is due it is, that of alternatives one is enough, and which is preferred."""
    if entry.outcome == "part":
        left, due = still_due(guideline, walked, entry), due_groups(guideline, walked, entry.answer)
        missing = "; ".join(named_steps(guideline, group, "or") for group in left)
        yield join([tag("strong", f"{len(due) - len(left)} of {len(due)}, still due: "), missing])
    if both := both_of_one(walked, entry.picks):
        yield join([tag("strong", "One is enough: "), f"{named_steps(guideline, both)} are alternatives of one another."])
    for choice in walked.alternatives:
        for pick in (id for id in entry.picks if id in choice.due and len(choice.due) > 1 and not both):
            yield join([tag("strong", f"{guideline.steps[pick].name}: "), choice.told(guideline, pick)])


def not_due(walked: Walk, entry: Commitment) -> tuple[str, ...]:
    """The picks of which is to be said why they are not next."""
    return () if entry.outcome in ("right", "part") else tuple(pick for pick in entry.picks if pick not in walked.due)


def named(guideline: Guideline, walked: Walk, found: Ruling, facts: Facts) -> Html:
    """The one thing to read: what the guideline names next; where only the modeller's reading leads there, it says so."""
    if found.verdict == "due":
        whose = _MODELLERS if by_modeller(guideline, walked, found, facts) else "The guideline names"
        together = [id for id in walked.due if id not in found.steps]
        beside = [tag("p", "Together with: ", names(guideline, together), cls="ew-lede")] if together else []
        sets = [tag("p", told, cls="ew-lede") for told in groups_told(guideline, walked)]
        return join([_over(whose), *(part for id in found.steps for part in _due(guideline, walked, id, facts)), *beside, *sets])
    if found.verdict == "not-stated":
        at = f" After {names(guideline, walked.silent_at)}" if walked.silent_at else " Here"
        told = f"{at.strip()} it names no step for these facts. Nothing is made up in its place."
        return join([_over("What the guideline says"), tag("h2", "The source does not say"), tag("p", told, cls="ew-lede")])
    if walked.stands in ("outside", "waiting", "done"):
        told = outside_told(walked) or "No step is due for these facts."
        return join([_over("What the guideline says"), tag("h2", STANDS[walked.stands]), tag("p", told, cls="ew-lede")])
    asked = [guideline.observables[id].question for id in walked.questions]
    listed = tag("ul", *(tag("li", question) for question in asked), cls="ew-list")
    return join([_over("Before the next step"), tag("h2", WORDS[UNDECIDED]), listed])


def _due(guideline: Guideline, walked: Walk, step: str, facts: Facts) -> list[Html]:
    """A step with whose word leads there; one that has begun goes on by its own, and only the way to it was the modeller's reading."""
    begun = law_for(guideline, facts).begun(guideline.steps[step]) is Truth.TRUE
    remark = BEYOND if begun and step in walked.inferred else walked.remark(step)
    return [tag("h2", guideline.steps[step].label), *(tag("p", mark) for mark in marked(remark))]


def names(guideline: Guideline, steps: Iterable[str]) -> str:
    """Steps as the Pathway page calls them: an answer in sight has nothing left to hide."""
    return "; ".join(guideline.steps[id].name for id in steps)


def _over(told: str) -> Html:
    return tag("p", told, cls="ew-over")


def deciding(guideline: Guideline, walked: Walk, found: Ruling, facts: Facts) -> tuple[Standing, ...]:
    """The edges that make the answer what it is: those that keep it due, those that lead to it, or those that are shut or wait."""
    routes = [choice for choice in walked.edges.values() if choice.reached and choice.transition.role == "route"]
    if found.verdict == "not-stated":
        return tuple(choice for choice in routes if choice.transition.source in walked.silent_at)
    if found.verdict == "undecided":
        return tuple(choice for choice in walked.undecided if choice.transition.role == "route")
    law = law_for(guideline, facts)
    begun = {id for id in found.steps if law.begun(guideline.steps[id]) is Truth.TRUE}
    keeping = [c for c in routes if c.transition.source in begun and c.state in ("not-yet", "undecided")]
    leading = [c for c in routes if c.state == "open" and c.transition.target in found.steps and c.transition.id in walked.followed]
    return (*keeping, *leading)


def against(walked: Walk, pick: str) -> Standing | None:
    """The edge that comes nearest to leading to the pick; None where no edge leads there."""
    ways = [choice for choice in walked.edges.values() if choice.transition.target == pick]
    return min(ways, key=lambda choice: (choice.transition.role == "excluded", not choice.reached, len(choice.nearest)), default=None)


def head(guideline: Guideline, choice: Standing) -> Html:
    """An edge by its ends, and how it stands."""
    sign, word, tone = SIGNS[standing(choice)]
    ends = " → ".join(guideline.steps[end].name for end in (choice.transition.source, choice.transition.target))
    return tag("div", tag("h3", ends), tag("span", symbol(sign), f" {word}", cls=f"ew-ink-{tone}"), cls="ew-edge-head")


def body(guideline: Guideline, choice: Standing, whole_way: Html) -> Html:
    """Why an edge stands as it does, what the way to it takes, and behind a fold what it rests on."""
    told = reasons(guideline, choice) or unconditioned(guideline, choice)
    return join([told, whole_way, _behind(guideline, evidence(guideline, choice.transition.id), choice)])


def whole_way(guideline: Guideline, walked: Walk, choice: Standing, facts: Facts) -> Html:
    """For a step further ahead, all that would have to be so to come there; for one that is near, `reasons` tells it."""
    if standing(choice) != NOT_REACHED:
        return Html("")
    asked = why(guideline, choice.transition.target, facts, walked=walked)
    ways = list(ways_to_it(guideline, asked))
    if not ways:
        return tag("p", asked.headline)
    return join([tag("p", tag("strong", asked.headline)), folded("All that the whole way there would take", *ways)])


def _behind(guideline: Guideline, found: Evidence, choice: Standing) -> Html:
    remark = cards.note(guideline, choice.transition.note, "modeller") if choice.transition.note else Html("")
    said = "What the source says nearby" if found.state == "inferred" else "What the source says"
    summary = join([f"{said} ({len(found.supports)}) ", cards.state_chip(found.state)])
    return folded(summary, cards.state(found), cards.statements(found.supports, heading=said), remark)


def why_not(guideline: Guideline, walked: Walk, entry: Commitment, way: Standing | None, *, told: bool) -> str:
    """Why what was picked is not next, in a sentence; the edge `way` tells the rest, below or, if it is `told` already, above."""
    if entry.pick == UNDECIDED:
        return "What is known is enough: no further answer is needed to tell."
    if entry.pick in WORDS:
        if entry.outcome == "inferred":
            return "You read the source rightly: it does not say this. The pathway goes on by the modeller’s reading, marked as such."
        due = entry.answer.verdict == "due"
        return "It does say: see above." if due else "It does say, as soon as what is asked above is known."
    step = guideline.steps.get(entry.pick)
    if step is None:
        return "The guideline has no such step any more."
    if aside := [choice.told(guideline, step.id) for choice in walked.alternatives if step.id in choice.aside]:
        return f"{'; '.join(aside)}."
    if step.id in walked.path and step.id not in walked.due:
        return f"{step.name} is behind this patient. {_results(guideline, step, entry.facts)}".strip()
    if entry.outcome == "option":
        return "The source offers it as an option, without saying when to prefer it."
    if way is None:
        return "Nothing in the guideline leads there."
    first = f"{guideline.steps[way.transition.source].name} comes first. " if way.transition.source in walked.due else ""
    return first + ("The edge that leads there stands above." if told else _introduced(guideline, way))


def _introduced(guideline: Guideline, way: Standing) -> str:
    if way.transition.role == "excluded":
        return "The only edge there is not to be taken:"
    only = len(Pathway.of(guideline).into(way.transition.target)) == 1
    return "One edge leads there:" if only else "Of what leads there, this comes nearest:"


def _results(guideline: Guideline, step: Step, facts: Facts) -> str:
    main = Pathway.of(guideline).main(step)
    asked = [guideline.observables[id] for id in main.yields if id in facts]
    told = "; ".join(f"{one.label}: {answer_in_words(one, facts[one.id])}" for one in asked)
    return f"It is known what it found: {told}." if told else ""


def shows_way(walked: Walk, entry: Commitment, way: Standing | None) -> bool:
    """Whether the edge to the pick explains anything: not where that step is behind."""
    return way is not None and not (entry.pick in walked.path and entry.pick not in walked.due)


def temptation(stage: Stage, entry: Commitment) -> Html:
    """If the pick was a lure: why it tempts."""
    whys = [lure.why for lure in stage.lures if lure.step == entry.pick and lure.why and entry.outcome != "right"]
    return join(tag("p", tag("strong", "Why it tempts: "), why) for why in dict.fromkeys(whys))


def traps(guideline: Guideline, entry: Commitment) -> Html:
    """The pitfalls of the stage by name: fallen into, passed by, or lying there."""
    return join(_trap(guideline, id, entry) for id in entry.met)


def _trap(guideline: Guideline, id: str, entry: Commitment) -> Html:
    """Only a right step passes a pitfall by: a wrong one that no lure stands for may have fallen into it as well."""
    if id in entry.fallen:
        sign, told = "✗", "Pitfall: you fell into it"
    else:
        sign, told = ("✓", "Pitfall: you passed it by") if entry.outcome == "right" else ("○", "A pitfall that lies here")
    return join([cards.statements(supports(guideline, [id]), heading=join([symbol(sign), f" {told}"])), _unheeded(guideline, id, entry)])


def _unheeded(guideline: Guideline, id: str, entry: Commitment) -> Html:
    """What of a pitfall's warning the pick does not heed; nothing where the case alone names the pitfall."""
    found = [fall for fall in falls(guideline, entry.facts, entry.pick) if fall.pitfall == id] if id in entry.fallen else []
    skipped = dict.fromkeys(guideline.steps[step].name for fall in found for step in fall.skipped)
    missing = dict.fromkeys(trace.text for fall in found for trace in fall.missing)
    told = [("Left out, or not finished", skipped), ("Not heeded", missing)]
    return join(tag("p", tag("strong", f"{lead}: "), "; ".join(parts), ".") for lead, parts in told if parts)


def pitfall_name(guideline: Guideline, id: str) -> str:
    """A pitfall by the first sentence of its statement.

    >>> from edgewise.graph.library import load
    >>> pitfall_name(load("sacroiliac-sclerosis").guideline, "s34")
    'Sclerosis on films does not by itself make the SI joint the source of pain'
    """
    return guideline.statements[id].text.partition(". ")[0].rstrip(".") if id in guideline.statements else id


def points(guideline: Guideline, found: Iterable[Point], heading: str = "To take home") -> Html:
    """Teaching points with the places they rest on, and the statements behind a fold."""
    told = tuple(dict.fromkeys(found))
    if not told:
        return Html("")
    behind = supports(guideline, dict.fromkeys(id for point in told for id in point.based_on))
    more = folded(f"The statements behind ({len(behind)})", cards.statements(behind, heading="Statements")) if behind else Html("")
    return section(heading, tag("ul", *(_point(guideline, point) for point in told), cls="ew-list"), more)


def _point(guideline: Guideline, point: Point) -> Html:
    where = places(guideline, point.based_on)
    return tag("li", point.text, *([" ", tag("span", where, cls="ew-cite")] if where else []))


def supports(guideline: Guideline, ids: Iterable[str]) -> tuple[Support, ...]:
    """Statements and headings with their markers: those that the guideline has."""
    known = tuple(id for id in ids if id in Pathway.of(guideline).passages)
    bare = Step("behind", "Treatment", "", "", "", described_by=known)
    return evidence(replace(guideline, steps={bare.id: bare}, transitions={}), bare.id).supports


def in_sight(found: Sequence[Standing]) -> tuple[Sequence[Standing], Sequence[Standing]]:
    """The first few edges, and the rest; one more is not worth a fold."""
    return (found, ()) if len(found) <= _FEW + 1 else (found[:_FEW], found[_FEW:])
