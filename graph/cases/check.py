"""Whether cases are right: what the walk contradicts, what tempts wrongly, what is told twice, too early or without ground.

Each rule is a small function from one stage as it is played to its findings. `docs/cases.md` lists them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from edgewise.graph.cases.book import Casebook
from edgewise.graph.cases.giveaways import named_step, told_by_title
from edgewise.graph.cases.model import Case, Ruling, Stage, answer
from edgewise.graph.cases.pitfalls import falls
from edgewise.graph.cases.words import answered, reasons, written
from edgewise.graph.model import Guideline
from edgewise.graph.pathway import Pathway
from edgewise.graph.reading.problems import shorten
from edgewise.graph.walking.facts import Facts
from edgewise.graph.walking.rounds import Present
from edgewise.graph.walking.sets import wanted
from edgewise.graph.walking.walk import Walk, walk_present
from edgewise.ontology.findings import Finding, Severity

_LONGEST = 600  # characters of a reason; a guideline may have a hundred edges from one step


@dataclass(frozen=True)
class _Scene:
    """One stage as it is played: what was known before it, and where the walk stands after it."""

    book: Casebook
    guideline: Guideline
    position: int
    case: Case
    number: int

    @property
    def stage(self) -> Stage:
        return self.case.stages[self.number]

    @cached_property
    def before(self) -> Facts:
        return self.case.facts(self.number - 1) if self.number else {}

    @cached_property
    def now(self) -> Present:
        return self.case.present(self.guideline, self.number)

    @cached_property
    def asked_anew(self) -> frozenset[str]:
        """What was told before in a round that is over."""
        return frozenset(self.before) - self.case.present(self.guideline, self.number - 1).facts.keys()

    @cached_property
    def walked(self) -> Walk:
        return walk_present(self.now)

    @cached_property
    def answer(self) -> Ruling:
        return answer(self.now.guideline, self.now.facts, self.now.timeline)

    def label(self, observable: str) -> str:
        return self.guideline.observables[observable].label

    def finding(self, rule: str, message: str, repair: str, *place: str | int, severity: Severity = "error") -> Finding:
        return Finding(
            rule=rule,
            message=f"case '{self.case.id}', stage {self.number + 1}: {shorten(message, _LONGEST)}",
            severity=severity,
            file=self.book.file,
            line=self.book.line(self.position, "stages", self.number, *place),
            value=self.case.id,
            repair=repair,
        )


_Found = Iterator[Finding]


def check_cases(book: Casebook, guideline: Guideline) -> tuple[Finding, ...]:
    r"""Everything that is wrong with cases, by line: what reading found, and what the walk has against them.

    Args:
        book: as `edgewise.graph.cases.book` opens it; a case with a fault of form is not judged further.
        guideline: to which the cases belong.

    >>> from edgewise.graph.cases.book import read_casebook
    >>> from edgewise.graph.library import load
    >>> guideline = load("sacroiliac-sclerosis").guideline
    >>> stage = "{tells: Films., facts: {radiographs: sclerosis}, expect: not-stated}"
    >>> text = "guideline: sacroiliac-sclerosis\ncases: [{id: a, title: A, vignette: Pain., stages: [" + stage + "]}]"
    >>> [(found.line, found.rule) for found in check_cases(read_casebook(text, "cases.yaml", guideline), guideline)]
    [(2, 'contradicted-expectation')]
    """
    found = list(book.findings)
    for position, case in book.cases.items():
        scenes = [_Scene(book, guideline, position, case, number) for number in range(len(case.stages))]
        found += [finding for scene in scenes for rule in _RULES for finding in rule(scene)]
        found += [*_goes_nowhere(scenes), *_gives_away(scenes[0])]
    return tuple(sorted(found, key=lambda finding: (finding.rule == "more-problems", finding.line)))


def _expectation(scene: _Scene) -> _Found:
    expected, found = scene.stage.expect, scene.answer
    if expected is None:
        message, repair = "nothing is expected, so nobody has thought about the answer", f"write 'expect: {written(found)}' if you agree"
        yield scene.finding("missing-expectation", message, repair, severity="warning")
    elif not agrees(expected, found, scene.walked):
        told = f"the case expects {answered(expected, scene.guideline)}; the walk answers {answered(found, scene.guideline)}"
        why = reasons(scene.guideline, scene.walked, expected, found)
        repair = f"write 'expect: {written(found)}', or correct the facts"
        yield scene.finding("contradicted-expectation", f"{told}. {why}", repair, "expect")


def agrees(expected: Ruling, found: Ruling, walked: Walk) -> bool:
    """Whether a case expects what the walk answers; of alternatives it may name any."""
    met = all(set(group) & set(expected.steps) for group in wanted(walked.alternatives, found.steps))
    return expected.verdict == found.verdict and met and set(expected.steps) <= set(found.steps)


def _lures(scene: _Scene) -> _Found:
    offered = {choice.transition.target for choice in scene.walked.open} | set(scene.walked.due)
    for place, lure in enumerate(scene.stage.lures):
        name = scene.guideline.steps[lure.step].name
        if lure.step in offered:
            message = f"the lure '{name}' is no error here: the source offers this step on these facts"
            yield scene.finding("lure-is-due", message, "name another step, or correct the facts", "lures", place, "step")
        if lure.pitfall and (kind := scene.guideline.statements[lure.pitfall].kind) != "pitfall":
            repair = "name a statement of kind pitfall, or leave 'pitfall' out and tie a point to the statement"
            yield scene.finding("not-a-pitfall", f"'{lure.pitfall}' is a statement of kind {kind}", repair, "lures", place, "pitfall")


def _pitfalls(scene: _Scene) -> _Found:
    """A pitfall with cautions says itself who falls into it."""
    for place, lure in enumerate(scene.stage.lures):
        cautious = lure.pitfall and scene.guideline.statements[lure.pitfall].cautions
        if cautious and lure.pitfall not in {one.pitfall for one in falls(scene.guideline, scene.case.facts(scene.number), lure.step)}:
            message = f"'{lure.pitfall}' warns of something else: by its cautions '{lure.step}' does not fall into it here"
            repair = "name another pitfall, leave 'pitfall' out, or correct the facts"
            yield scene.finding("pitfall-not-met", message, repair, "lures", place, "pitfall", severity="warning")


def _names_its_answer(scene: _Scene) -> _Found:
    told = named_step(scene.guideline, scene.stage.tells, scene.answer.steps)
    if told is not None:
        message = f"'{told.name}' is the answer, and 'tells' names it"
        yield scene.finding("answer-told", message, "tell what is found, not what is to be done", "tells", severity="warning")


def _points(scene: _Scene) -> _Found:
    for place, point in enumerate(scene.stage.points):
        if not point.based_on:
            message = "a point rests on no statement, so nobody can tell whether the source says it"
            yield scene.finding("point-without-statement", message, "write 'basedOn' with its statements", "points", place)


def _adds_nothing(scene: _Scene) -> _Found:
    told = scene.asked_anew & scene.stage.facts.keys()
    if scene.number and not told and not scene.stage.at and all(scene.before.get(id) == it for id, it in scene.stage.facts.items()):
        message = "no fact is told that was not known before"
        repair = "tell a new fact, or join this stage with the one before"
        yield scene.finding("stage-adds-nothing", message, repair, severity="warning")


def _contradicts(scene: _Scene) -> _Found:
    for id in _changed(scene):
        if id not in scene.stage.revises:
            message = f"'{scene.label(id)}' is told otherwise than before"
            mend = "write the series out from its first value" if isinstance(scene.before[id], tuple) else "correct one of the two"
            repair = f"{mend}, or write 'revises: [{id}]' if the patient has changed"
            yield scene.finding("contradicts-earlier-stage", message, repair, "facts", id)


def _changed(scene: _Scene) -> list[str]:
    """Observables told otherwise than before, save what has merely grown, and what is asked anew."""
    told = {id: value for id, value in scene.stage.facts.items() if id in scene.before and id not in scene.asked_anew}
    return [id for id, value in told.items() if not _continues(scene, id, scene.before[id], value)]


def _continues(scene: _Scene, id: str, before: object, now: object) -> bool:
    if isinstance(before, tuple) and isinstance(now, tuple):
        return len(now) >= len(before) and all(old in (None, new) for old, new in zip(before, now, strict=False))
    grows = scene.guideline.observables[id].accrues
    return before == now or (grows and before < now)  # type: ignore[operator]  # what accrues is a number


def _back_in_time(scene: _Scene) -> _Found:
    last = max((one.at.seconds for one in scene.case.stages[: scene.number] if one.at), default=None)
    if last is not None and scene.stage.at and scene.stage.at.seconds < last:
        message, repair = f"it is told at {scene.stage.at}, earlier than a stage before it", "write the stages in the order of their times"
        yield scene.finding("visits-out-of-order", message, repair, "at")


def _too_early(scene: _Scene) -> _Found:
    for id in _ahead(scene):
        if id not in scene.stage.early:
            steps = " or ".join(step.name for step in Pathway.of(scene.guideline).finders(id))
            message = f"'{scene.label(id)}' is told although the walk has not come to what finds it out ({steps})"
            repair = f"tell it at a later stage, or write 'early: [{id}]' if it was done out of turn"
            yield scene.finding("fact-before-its-step", message, repair, "facts", id, severity="warning")


def _ahead(scene: _Scene) -> list[str]:
    """Observables newly told that only steps beyond those come to would find out."""
    told = [id for id in scene.stage.facts if id not in scene.before]
    finders = {id: {step.id for step in Pathway.of(scene.guideline).finders(id)} for id in told}
    return [id for id, found in finders.items() if found and found.isdisjoint(scene.walked.path)]


def _needless(scene: _Scene) -> _Found:
    for key, named, needed in (("revises", scene.stage.revises, _changed(scene)), ("early", scene.stage.early, _ahead(scene))):
        for id in named:
            if id not in needed:
                why = "changes no earlier answer here" if key == "revises" else "is not told out of turn here"
                message = f"'{key}' names {id}, which {why}"
                yield scene.finding(f"needless-{key}", message, f"take {id} out of '{key}'", key, severity="warning")


def _goes_nowhere(scenes: Sequence[_Scene]) -> _Found:
    start = answer(scenes[0].guideline, {})
    if all(scene.answer == start for scene in scenes):
        message = "the case ends where everybody begins, whatever is told"
        repair = "tell facts that lead on, or leave the case out"
        yield scenes[-1].finding("goes-nowhere", message, repair, severity="warning")


def _gives_away(first: _Scene) -> _Found:
    """A title is read before the first answer."""
    if told := told_by_title(first.guideline, first.case):
        yield Finding(
            rule="title-tells",
            message=f"case '{first.case.id}': the title gives away {told}, and is seen before the first answer",
            severity="warning",
            file=first.book.file,
            line=first.book.line(first.position, "title"),
            value=first.case.id,
            repair="name the case by its person or place",
        )


_RULES: tuple[Callable[[_Scene], _Found], ...] = (
    _expectation, _lures, _pitfalls, _names_its_answer, _points, _adds_nothing, _contradicts, _back_in_time, _too_early, _needless,
)  # fmt: skip
