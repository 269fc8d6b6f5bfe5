"""What a person reads in the terminal: each report is a list of lines, made from the models and from nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from edgewise.explorer.cli.payloads import condition
from edgewise.ontology.findings import Finding

if TYPE_CHECKING:  # the libraries behind these load slowly, and a list of findings needs none of them
    from edgewise.citations.evidence.support import Evidence, Support
    from edgewise.graph.model import Addition, Guideline, Identifier, Observable, Rating, Reference
    from edgewise.graph.walking.conflicts import Conflict
    from edgewise.graph.walking.facts import Answer, Facts
    from edgewise.graph.walking.nearest import Change
    from edgewise.graph.walking.walk import Choice, Walk


def findings_report(findings: Sequence[Finding], files: int) -> list[str]:
    """Findings file by file, then how many there are.

    Args:
        findings: those of one file beside each other.
        files: how many files were checked, those without findings among them.

    >>> findings_report([Finding(rule="unknown-key", message="no such key", file="g.yaml", line=7)], 1)
    ['g.yaml:7: error: no such key [unknown-key]', '', '1 error in 1 file']
    """
    lines: list[str] = []
    for _, group in groupby(findings, key=lambda finding: finding.file):
        lines += [*map(str, group), ""]
    if not findings:
        return [f"{many(files, 'file')} checked, nothing found"]
    kinds = Counter(finding.severity for finding in findings)
    counted = ", ".join(many(kinds[severity], severity) for severity in ("error", "warning", "note") if kinds[severity])
    faulty = len({finding.file for finding in findings})
    return [*lines, f"{counted} in {f'{faulty} of ' if faulty < files else ''}{many(files, 'file')}"]


def many(count: int, word: str, words: str = "") -> str:
    """A number of things.

    >>> many(1, "edge"), many(2, "edge"), many(2, "entry", "entries")
    ('1 edge', '2 edges', '2 entries')
    """
    return f"{count} {word}" if count == 1 else f"{count} {words or word + 's'}"


def guideline_report(guideline: Guideline, states: Mapping[str, str]) -> list[str]:
    """A guideline at a glance: who says it, how much there is, its steps by phase and its edges with the state of their evidence."""
    citations = sum(len(statement.citations) for statement in guideline.statements.values())
    counts = {
        "step": len(guideline.steps),
        "edge": len(guideline.transitions),
        "observable": len(guideline.observables),
        "statement": len(guideline.statements),
        "citation": citations,
        "marker": len(guideline.markers),
        "reference": len(guideline.references),
        "rating": len(guideline.ratings),
        "note": len(guideline.notes),
    }
    broken = [marker.printed for marker in guideline.markers.values() if not marker.entry]
    return [
        f"{guideline.title} [{guideline.id}]",
        f"Question: {guideline.question}",
        f"For: {guideline.audience}",
        f"Holds: {', '.join(many(count, word) for word, count in counts.items())}",
        *([f"Markers that point to no entry of the reference list: {', '.join(broken)}"] if broken else []),
        *_steps(guideline),
        *_edges(guideline, states),
        *_footer(guideline),
    ]


def _steps(guideline: Guideline) -> Iterator[str]:
    yield from ("", "Steps")
    width = max(map(len, guideline.steps), default=0)
    for phase, steps in groupby(guideline.steps.values(), key=lambda step: step.phase):
        yield f"  {guideline.phases[phase].label if phase in guideline.phases else phase}"
        for step in steps:
            companion = f", together with {step.companion_of}" if step.companion_of else ""
            yield f"    {step.id:<{width}}  {step.label} ({step.kind.lower()}{companion})"


def _edges(guideline: Guideline, states: Mapping[str, str]) -> Iterator[str]:
    yield from ("", "Edges, and the state of the evidence behind them")
    for transition in guideline.transitions.values():
        role = "" if transition.role == "route" else f", {transition.role}"
        yield f"  {transition.id}  [{states[transition.id]}{role}]"
        yield f"    {condition(transition, guideline.observables)}"


def _footer(guideline: Guideline) -> list[str]:
    """Where the content comes from, its date, its review status, and that it is for education: under every report."""
    source = f"{guideline.publisher}, updated {guideline.updated}, review {guideline.review_status}."
    purpose = "" if guideline.purpose in guideline.disclaimer.lower() else f" For {guideline.purpose} only."
    return ["", f"{source}{purpose} {guideline.disclaimer}"]


def walk_report(guideline: Guideline, walk: Walk, facts: Facts) -> list[str]:
    """Where the facts lead: what is due, why not the rest, where the source contradicts itself or is silent, what to ask next."""
    return [
        guideline.title,
        f"Known: {'; '.join(_known(guideline, facts)) or 'nothing'}",
        *_due(guideline, walk),
        *_options(guideline, walk),
        *_closed(guideline, walk),
        *_undecided(guideline, walk),
        *(line for conflict in walk.conflicts for line in _conflict(guideline, conflict)),
        *_questions(guideline, walk),
        *_footer(guideline),
    ]


def _known(guideline: Guideline, facts: Facts) -> Iterator[str]:
    for id, answer in facts.items():
        yield f"{guideline.observables[id].label}: {_answer(guideline.observables[id], answer)}"


def _answer(observable: Observable, answer: Answer) -> str:
    from edgewise.graph.walking.units import printed

    if isinstance(answer, tuple):
        return ", ".join("not known" if value is None else printed(value, observable.unit) for value in answer)
    if isinstance(answer, str):
        return dict(observable.choices).get(answer, answer)
    return printed(answer, observable.unit)


def _due(guideline: Guideline, walk: Walk) -> Iterator[str]:
    yield from ("", "Due now")
    for id in walk.due:
        yield f"  {id}: {guideline.steps[id].label}"
        for choice in (walk.edges[edge] for edge in walk.followed if guideline.transitions[edge].target == id):
            yield f"    because: {choice.why or choice.transition.label} ({_by(guideline, choice)})"
    for id in walk.silent_at:
        yield f"  The source does not say what follows {guideline.steps[id].label} ({id}) for these facts."
    if not walk.due and not walk.silent_at:
        yield "  Nothing before more is known: see the questions below."


def _by(guideline: Guideline, choice: Choice) -> str:
    """An edge, and how far its evidence holds."""
    from edgewise.citations.evidence.support import evidence

    return f"edge {choice.transition.id}, evidence {evidence(guideline, choice.transition.id).state}"


def _options(guideline: Guideline, walk: Walk) -> Iterator[str]:
    options = [choice for choice in walk.open if choice.transition.role == "option"]
    yield from ("", "Also offered by the source") if options else ()
    for choice in options:
        yield f"  {_target(guideline, choice)}"
        yield f"    because: {choice.why or choice.transition.label} ({_by(guideline, choice)})"


def _target(guideline: Guideline, choice: Choice) -> str:
    return f"{choice.transition.target}: {guideline.steps[choice.transition.target].label}"


def _closed(guideline: Guideline, walk: Walk) -> Iterator[str]:
    yield from ("", "Why not") if walk.closed else ()
    for choice in walk.closed:
        yield f"  {_target(guideline, choice)}{' (not yet)' if choice.state == 'not-yet' else ''}"
        yield f"    because: {choice.why} (edge {choice.transition.id})"
        if choice.nearest:
            yield f"    it would take: {'; '.join(_change(guideline, change) for change in choice.nearest)}"


def _change(guideline: Guideline, change: Change) -> str:
    return f"{guideline.observables[change.observable].label}: {change.needs}{'' if change.known else ' (not known)'}"


def _undecided(guideline: Guideline, walk: Walk) -> Iterator[str]:
    yield from ("", "Undecided") if walk.undecided else ()
    for choice in walk.undecided:
        yield f"  {_target(guideline, choice)}"
        yield f"    depends on: {', '.join(choice.ask)} (edge {choice.transition.id})"


def _conflict(guideline: Guideline, conflict: Conflict) -> Iterator[str]:
    about = guideline.steps[conflict.about].label if conflict.about in guideline.steps else conflict.about
    yield from ("", f"The source disagrees with itself before {about}")
    for word, ids in (("fulfilled", conflict.met), ("not fulfilled", conflict.unmet)):
        for passage in map(guideline.passage, ids):
            yield f"  {word}: {passage.id} ({passage.place})"
            yield f"    {passage.text}"


def _questions(guideline: Guideline, walk: Walk) -> Iterator[str]:
    yield from ("", "To be answered next") if walk.questions else ()
    for observable in (guideline.observables[id] for id in walk.questions):
        yield f"  {observable.id}: {observable.question} ({_expected(observable)})"


def _expected(observable: Observable) -> str:
    """What may be answered: ``yes, no``, the choices, or the numbers allowed."""
    from edgewise.graph.walking.units import printed

    if observable.value_type == "yes-no":
        return "yes, no"
    if observable.value_type == "choice":
        return ", ".join(choice.value for choice in observable.choices)
    what = "numbers, each" if observable.repeated else "a number"
    low, high = (None if bound is None else printed(bound, observable.unit) for bound in (observable.minimum, observable.maximum))
    if low and high:
        return f"{what} from {low} to {high}"
    return (
        f"{what} of at least {low}" if low else f"{what} of at most {high}" if high else f"{what} in {observable.unit}".removesuffix(" in ")
    )


def evidence_report(evidence: Evidence, guideline: Guideline) -> list[str]:
    """What an edge or a step rests on, statement by statement, with every reservation."""
    return [
        f"{'Edge' if evidence.kind == 'transition' else 'Step'} {evidence.id}: {evidence.label}",
        *_of_edge(evidence, guideline),
        f"Evidence: {evidence.state}",
        *(f"  {reason}" for reason in evidence.reasons),
        *_section("What the source says", (line for support in evidence.supports for line in _support(support))),
        *_section("References cited", (line for reference in evidence.references for line in reference_lines(reference))),
        *_section("Appropriateness ratings", (_rating(guideline, rating) for rating in evidence.ratings)),
        *_section("Notes, which are not the source's", (f"  {note.id} ({note.stated_by}): {note.text}" for note in evidence.notes)),
        *_footer(guideline),
    ]


def _section(title: str, lines: Iterable[str]) -> list[str]:
    held = list(lines)
    return ["", title, *held] if held else []


def _of_edge(evidence: Evidence, guideline: Guideline) -> Iterator[str]:
    if evidence.kind == "transition":
        transition = guideline.transitions[evidence.id]
        yield f"From {guideline.steps[transition.source].label} to {guideline.steps[transition.target].label}"
        yield f"Condition: {condition(transition, guideline.observables)}"
        yield f"Stated by: {'the source' if transition.stated_by == 'source' else 'the modeller, not the source'}"
        if transition.note:
            yield f"The modeller's note: {transition.note}"


def _support(support: Support) -> Iterator[str]:
    statement = support.statement
    cited = ", ".join(f"{c.marker.shown}{'' if c.reference else ' (no such entry)'}" for c in support.citations)
    yield f"  {statement.id} ({statement.kind}; {statement.place}) {f'cites {cited}' if cited else 'cites nothing'}"
    yield f"    {statement.text}"


def reference_lines(reference: Reference) -> Iterator[str]:
    """An entry of a reference list, with who says what.

    >>> from edgewise.graph.model import Reference
    >>> list(reference_lines(Reference("r1", 1, "A trial", 2006, tier="primary")))
    ['  1. A trial. 2006 (primary)']
    """
    printed = [reference.author, reference.title, reference.container, str(reference.year)]
    own = ", from the article's own publisher" if reference.own_publisher else ""
    yield f"  {reference.position}. {'. '.join(part for part in printed if part)} ({reference.tier or 'tier not assessed'}{own})"
    yield from (f"     {one.scheme} {one.value} ({_stated(one)})" for one in reference.identifiers)
    yield from (f"     {one.field} {one.value} ({_stated(one)})" for one in reference.additions)


def _stated(detail: Identifier | Addition) -> str:
    who = "printed in the source" if detail.stated_by == "source" else f"added by {detail.stated_by}"
    return f"{who}, {'confirmed' if detail.confirmed else 'not confirmed'}"


def _rating(guideline: Guideline, rating: Rating) -> str:
    from edgewise.graph.ratings import category

    scale = f"{rating.score} on a scale of {rating.scale_min}–{rating.scale_max}, {category(rating)}"
    return f"  {guideline.modalities[rating.modality].label}: {scale} ({guideline.situations[rating.situation].label}; {rating.statement})"
