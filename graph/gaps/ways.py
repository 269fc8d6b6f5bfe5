"""Situations in which the pathway has no way on, two ways at once, no way out, or one to what is contraindicated."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations, product
from math import prod

import networkx as nx

from edgewise.graph.answers.cover import Cover, cover, needed
from edgewise.graph.answers.diagram import ALWAYS, NEVER, Cube
from edgewise.graph.answers.grouped import Group, Telling, tellings
from edgewise.graph.answers.partition import Patch
from edgewise.graph.attribution import rests_on
from edgewise.graph.gaps.examples import Patient, Shows, narrowed, smallest
from edgewise.graph.gaps.groups import groups, groups_told
from edgewise.graph.gaps.phrases import phrase, terms
from edgewise.graph.gaps.rows import ALL, MOST, Kind, Row, as_meant, asked_in_order, behind, in_words
from edgewise.graph.gaps.situations import Situations, made_of, with_bounds
from edgewise.graph.model import Step, Transition
from edgewise.graph.pathway import ROUTES
from edgewise.graph.walking.conflicts import ruled_out, whose_road
from edgewise.graph.walking.walk import Walk

_PIECES = 24  # into which one row may be split
_COMPARED = 7  # rows of one kind at a step, told side by side


@dataclass(frozen=True, slots=True)
class Claim:
    """Something that is so in some situations.

    Attributes:
        kind: what is so.
        step: where.
        edges: those concerned.
        wanted: the situations.
        unwanted: those in which a patient comes as far and it is not so.
        text: the finding in words, without the situation.
        shows: whether a patient, with the walk in hand, shows it.
    """

    kind: Kind
    step: Step
    edges: tuple[Transition, ...]
    wanted: int
    unwanted: int
    text: str
    shows: Shows


class Ways:
    """Finds what is wrong with the ways on from a step."""

    def __init__(self, situations: Situations) -> None:
        self.situations, self.guideline, self.pathway = situations, situations.guideline, situations.pathway
        self.family = situations.diagrams

    def at(self, step: Step, unchecked: list[str]) -> Iterator[Row]:
        """Gaps, overlaps and dead ends at a step."""
        if step.kind != "Endpoint" and not step.companion_of and not self.situations.routes(step.id):
            yield from self._dead_end(step)
        else:
            yield from self.rows(self._gap(step), unchecked)
        yield from self._doubled(step, unchecked)

    def _doubled(self, step: Step, unchecked: list[str]) -> Iterator[Row]:
        """Overlaps at a step, pair by pair until there are enough of them to see what is wrong."""
        claims = list(self._overlaps(step))
        yield from (self.pair(claim, unchecked) for claim in claims[:MOST])
        if left := len(claims[MOST:]):
            unchecked.append(f"{step.name}: {left} more pairs of steps that follow at once are not listed, because they need too many rows")

    # Rows ---------------------------------------------------------------------------------------------------------------

    def in_spite(self, edge: Transition, unchecked: list[str]) -> Iterator[Row]:
        """A road to a step that is stated for a case in which the step is contraindicated, where anybody can take it."""
        against = ruled_out(self.guideline, edge)
        reached, opened = self.situations.reached(edge.source), self.situations.opened(edge)
        wanted = self.family.both(reached, opened) if against else NEVER
        if wanted == NEVER:
            return

        def shows(_: Patient, walked: Walk) -> bool:
            return any(one.road == edge.id for one in walked.conflicts)

        start, end = (self.guideline.steps[id] for id in (edge.source, edge.target))
        text = f"From “{start.name}” a road leads to “{end.name}” in the very case in which that is contraindicated"
        unwanted = self.family.without(reached, opened)
        row = self.pair(Claim("contraindicated-road", end, (edge,), wanted, unwanted, text, shows), unchecked)
        said = whose_road(edge, against)
        passages = tuple(dict.fromkeys(id for one in against for id in rests_on(one)))
        behind = tuple(dict.fromkeys((*edge.justified_by, *passages, *row.statements)))
        yield replace(row, statements=behind, met=edge.justified_by, unmet=passages, remark=said.remark or row.remark)

    def rows(self, claim: Claim, unchecked: list[str]) -> Iterator[Row]:
        """A claim in as few rows as tell it exactly; what would be too many goes to `unchecked`."""
        told = self._covered(claim)
        pieces = self._needed([patches for cube in told.cubes for patches in self._pieces(cube)], claim.wanted)
        if len(pieces) > 1 and (joined := list(self._joined(claim, len(pieces)))):
            yield from joined
            return
        for patches in pieces:
            yield self._row(claim, patches)
        if told.left != NEVER:
            left = self.family.count(told.left)
            unchecked.append(
                f"{claim.step.name}: {left} more combinations of answers are not listed ({claim.kind}), because they need too many rows"
            )

    def pair(self, claim: Claim, unchecked: list[str]) -> Row:
        """A claim about edges in one row, whatever answers open them: in one phrase, or by what the edges ask."""
        told = self._covered(claim)
        cubes = sorted(told.cubes, key=len)
        whole = [self._whole(cube) for cube in cubes]
        situation = phrase(self.situations, terms(self.situations, told, claim.wanted, claim.unwanted, MOST))
        row = self._row(claim, whole[0], situation or _asked_by(claim.edges), {variable for cube in cubes for variable in cube})
        if told.left != NEVER:
            named = " and ".join(f"“{edge.label}”" for edge in claim.edges)
            both = "both " if len(claim.edges) > 1 else ""
            unchecked.append(f"{claim.step.name}: which answers open {both}{named} is not told one by one, as there are more than {MOST}")
            return replace(row, where={})
        return replace(row, also=tuple(map(self._cells, whole[1:])))

    def told_by(self, claim: Claim, cube: Cube) -> Row:
        """A claim in one row that a cube is known to tell."""
        asked = {self.situations.variable[id] for edge in claim.edges for id in self._asked(edge)}
        return self._row(claim, self._whole(cube), told=asked)

    def _joined(self, claim: Claim, most: int) -> Iterator[Row]:
        """A claim in fewer rows than `most`, by groups that have a name; nothing where there are none, or that takes as many.

        Where there would still be more than anybody compares, groups go by all that they ask, if that halves the rows.
        """
        named, last = groups(self.situations), self._told_by(claim)
        told = tellings(self.family, claim.wanted, claim.unwanted, named, most=most - 1, last=last) if named else ()
        if (left := len(told) or most) > _COMPARED:
            worded = groups(self.situations, by_words=True)
            if fewer := tellings(self.family, claim.wanted, claim.unwanted, worded, most=left // 2, last=last):
                named, told = worded, fewer
        inside = [self._inside(claim, one, last) for one in told]
        if all(one.left == NEVER for one in inside):
            for one, cubes in zip(told, inside, strict=True):
                yield self._by_groups(claim, one, sorted(cubes.cubes, key=len), {each.name: each for each in named})

    def _inside(self, claim: Claim, told: Telling, last: list[int]) -> Cover:
        """What a telling holds of a claim, answer by answer; none that belong to another telling of it."""
        held, others = self.family.both(claim.wanted, told.node), self.family.without(claim.wanted, told.node)
        return cover(self.family, held, self.family.either(claim.unwanted, others), last=last, most=MOST)

    def _by_groups(self, claim: Claim, told: Telling, cubes: list[Cube], named: Mapping[str, Group]) -> Row:
        """A row of all that a telling holds; which answers do stands in the cells, one of the smallest ways in the example."""
        words = {self.situations.order[variable]: patch.text for variable, patch in self._whole(told.cube).items()}
        answers = in_words(self.guideline, with_bounds(self.situations, words)) if words else ""
        situation = "; ".join(filter(None, [answers, *groups_told(told.groups)]))
        asked = {variable for name in told.groups for variable in self.family.support(named[name].true)} | told.cube.keys()
        whole = [self._whole(cube) for cube in cubes]
        return replace(self._row(claim, whole[0], situation, asked), also=tuple(map(self._cells, whole[1:])))

    def _covered(self, claim: Claim) -> Cover:
        return cover(self.family, claim.wanted, claim.unwanted, last=self._told_by(claim), most=MOST)

    def _told_by(self, claim: Claim) -> list[int]:
        """The answers by which a claim is told rather than by others: those that its edges ask for, and that its step finds out."""
        asked = {one for edge in claim.edges for one in self._asked(edge)} | set(claim.step.yields)
        return [variable for id, variable in self.situations.variable.items() if id in asked]

    def _whole(self, cube: Cube) -> dict[int, Patch]:
        return {variable: self.situations.partitions[self.situations.order[variable]].whole(cells) for variable, cells in cube.items()}

    def _pieces(self, cube: Cube) -> Iterator[dict[int, Patch]]:
        """A cube told so that no point the guideline names is hidden in a range, unless that would take too many rows."""
        partitions = {variable: self.situations.partitions[self.situations.order[variable]] for variable in cube}
        pieces = {variable: partitions[variable].patches(cells) for variable, cells in cube.items()}
        if prod(map(len, pieces.values())) > _PIECES:
            pieces = {variable: (partitions[variable].whole(cells),) for variable, cells in cube.items()}
        return (dict(zip(pieces, choice, strict=True)) for choice in product(*pieces.values()))

    def _needed(self, pieces: list[dict[int, Patch]], wanted: int) -> list[dict[int, Patch]]:
        """Pieces that others do not make up for, now that cubes are split; several may tell one cell of a series."""
        cubes = [{variable: frozenset(patch.cells) for variable, patch in patches.items()} for patches in pieces]
        unique = [cube for index, cube in enumerate(cubes) if cube not in cubes[:index]]
        kept = needed(self.family, unique, wanted)
        return [patches for patches, cube in zip(pieces, cubes, strict=True) if cube in kept]

    def _row(self, claim: Claim, patches: dict[int, Patch], situation: str = "", told: Collection[int] = ()) -> Row:
        """A row with an example in some patches; they are its situation, unless a wider one is given with what tells it."""
        named = {self.situations.order[variable]: patch.text for variable, patch in patches.items()}
        ids = (*named, *(self.situations.order[variable] for variable in told))
        observables = asked_in_order(self.guideline, {one for id in ids for one in made_of(self.situations, id)})
        situation = situation or in_words(self.guideline, with_bounds(self.situations, named))
        word = behind(self.guideline, claim.edges, observables)
        return Row(
            kind=claim.kind,
            step=claim.step.id,
            observables=observables,
            situation=situation,
            example=self._example(claim, patches),
            edges=tuple(edge.id for edge in claim.edges),
            statements=word.based_on,
            remark=word.remark,
            text=f"{claim.text} ({as_meant(self.guideline, situation, observables)}).",
            where=self._cells(patches),
        )

    def _cells(self, patches: Mapping[int, Patch]) -> dict[str, frozenset[int]]:
        return {self.situations.order[variable]: frozenset(patch.cells) for variable, patch in patches.items()}

    def _example(self, claim: Claim, patches: dict[int, Patch]) -> Patient:
        within = self.family.both(claim.wanted, self.family.cube({variable: patch.cells for variable, patch in patches.items()}))
        path = {variable: min(patch.cells) for variable, patch in patches.items()} | self.family.path(within)
        names = {variable: self.situations.order[variable] for variable in patches}
        samples = {id: patches[variable].sample for variable, id in names.items() if len(patches[variable].cells) == 1}
        deciding = self._told_so(self.situations.facts(self.situations.by_observable(path)), samples)
        return self._smallest(claim.step, deciding, claim.shows, [one for id in names.values() for one in made_of(self.situations, id)])

    def _told_so(self, facts: Patient, samples: Patient) -> Patient:
        """Facts with samples in their place, where what hangs together allows it: two numbers of one reading are told as often."""
        links = self.situations.links
        found = facts | {id: sample for id, sample in samples.items() if not links.group(id)}
        for pair in links.pairs:
            told = {id: samples.get(id, facts[id]) for id in pair if id in facts}
            if len({len(series) for series in told.values() if isinstance(series, tuple)}) == 1:
                found |= told
        return found

    def _smallest(self, step: Step, deciding: Patient, shows: Shows, told: Collection[str] = ()) -> Patient:
        if step.id not in self.situations.narrowed:
            self.situations.narrowed[step.id] = narrowed(self.guideline, {step.id})
        complete = self.situations.everything(deciding)
        return smallest(self.situations.narrowed[step.id], deciding, complete, shows, self.situations.effort, told)

    def _asked(self, edge: Transition) -> tuple[str, ...]:
        return self.situations.observables(self.family.either(self.situations.opened(edge), self.situations.pending(edge)))

    # Claims -------------------------------------------------------------------------------------------------------------

    def _gap(self, step: Step) -> Claim:
        reached, silent = self.situations.reached(step.id), self.situations.silent(step.id)

        def shows(_: Patient, walked: Walk) -> bool:
            return step.id in walked.silent_at

        text = f"After “{step.name}” the source does not say what comes next"
        return Claim(
            "gap", step, self.situations.routes(step.id),
            self.family.both(reached, silent), self.family.without(reached, silent), text, shows,
        )  # fmt: skip

    def _dead_end(self, step: Step) -> Iterator[Row]:
        reached = self.situations.reached(step.id)
        if reached == NEVER:
            return

        def shows(_: Patient, walked: Walk) -> bool:
            return step.id in walked.path

        deciding = self.situations.facts(self.situations.by_observable(self.family.path(reached)))
        ways = self.pathway.into(step.id, *ROUTES)
        yield Row(
            kind="dead-end",
            step=step.id,
            observables=(),
            situation=ALL,
            example=self._smallest(step, deciding, shows),
            edges=tuple(edge.id for edge in ways),
            statements=step.described_by,
            text=f"The pathway ends at “{step.name}”: the source {self._end(step)}.",
        )

    def _end(self, step: Step) -> str:
        offers = self.pathway.out_of(step.id, "option")
        return "only offers options after it" if offers else "does not say what follows it"

    def _overlaps(self, step: Step) -> Iterator[Claim]:
        reached = self.situations.reached(step.id)
        routes = [edge for edge in self.situations.routes(step.id) if not self.guideline.steps[edge.target].companion_of]
        for one, other in combinations(routes, 2):
            together = self.family.both(reached, self.situations.opened(one), self.situations.opened(other))
            if one.target != other.target and not self.belong_together(one, other) and together != NEVER:
                yield self._overlap(step, together, one, other)

    def belong_together(self, one: Transition, other: Transition) -> bool:
        """Whether the steps that two edges lead to are meant to be open at once: begun together, or offered as alternatives."""
        groups = [*(bundle.together for bundle in self.guideline.bundles.values())]
        groups += [alternative.steps for alternative in self.guideline.alternatives.values()]
        return any({one.target, other.target} <= set(group) for group in groups)

    def _overlap(self, step: Step, together: int, one: Transition, other: Transition) -> Claim:
        unwanted = self.family.without(self.situations.reached(step.id), together)

        def shows(_: Patient, walked: Walk) -> bool:
            return {one.id, other.id} <= set(walked.followed)

        names = [self.guideline.steps[edge.target].name for edge in (one, other)]
        text = f"After “{step.name}” two different steps follow at once, “{names[0]}” and “{names[1]}”"
        return Claim("overlap", step, (one, other), together, unwanted, text, shows)

    # Loops --------------------------------------------------------------------------------------------------------------

    def loops(self) -> Iterator[frozenset[str]]:
        """Groups of steps that lead to one another along routes."""
        network = self.pathway.network(*ROUTES)
        for group in nx.strongly_connected_components(network):
            if network.subgraph(group).number_of_edges():
                yield frozenset(group)

    def endless(self, group: frozenset[str], unchecked: list[str]) -> Iterator[Row]:
        """Situations in which a group of steps is never left: going round, all that is still possible stays within it.

        What the steps of the group find out, they find out anew each time round, so that any answer to it counts as possible.
        """
        steps = [step for id, step in self.guideline.steps.items() if id in group]
        trapped = self._trapped(steps)
        told = NEVER
        for step in steps:
            reached = self.situations.reached(step.id)
            wanted = self.family.without(self.family.both(reached, trapped[step.id]), told)
            told = self.family.either(told, wanted)
            unwanted = self.family.without(reached, trapped[step.id])
            if wanted != NEVER:
                yield from self.rows(self._loop(step, steps, wanted, unwanted, trapped[step.id]), unchecked)

    def _trapped(self, steps: list[Step]) -> dict[str, int]:
        """The greatest fixpoint: some way on is open, and every way on that may ever be open leads to where this is so too."""
        found_out = {id for step in steps for id in step.yields}
        yields = {
            self.situations.variable[id] for id in (*found_out, *self.situations.made_of(found_out)) if id in self.situations.variable
        }
        found = {step.id: ALWAYS for step in steps}
        while True:
            before = dict(found)
            for step in steps:
                routes = self.situations.routes(step.id)
                some = self.family.either(*map(self.situations.opened, routes))
                kept = [
                    self.family.either(self.family.negated(self._possible(edge, yields)), found.get(edge.target, NEVER)) for edge in routes
                ]
                found[step.id] = self.family.both(found[step.id], some, *kept)
            if found == before:
                return found

    def _possible(self, edge: Transition, yields: set[int]) -> int:
        opened = self.family.both(self.situations.domain, self.situations.opened(edge))
        return self.family.either(self.situations.pending(edge), self.family.exists(opened, yields))

    def _loop(self, step: Step, steps: list[Step], wanted: int, unwanted: int, trapped: int) -> Claim:
        inside = {one.id for one in steps}
        everybody = self.family.either(trapped, self.family.negated(self.situations.domain))
        edges = tuple(edge for edge in self.pathway.edges(*ROUTES) if {edge.source, edge.target} <= inside)

        def shows(facts: Patient, walked: Walk) -> bool:
            left = self.family.restrict(everybody, self.situations.cells(facts))
            return left == ALWAYS and _goes_round(walked, step.id, edges)

        names = " and ".join(f"“{one.name}”" for one in steps)
        return Claim("endless-loop", step, edges, wanted, unwanted, f"Nothing leads out of {names} once a patient is there", shows)


def _asked_by(edges: tuple[Transition, ...]) -> str:
    """A situation by what edges ask, where the answers would be too many to be told."""
    return f"all that {' and '.join(f'“{edge.label}”' for edge in edges)} ask for"


def _goes_round(walked: Walk, step: str, edges: tuple[Transition, ...]) -> bool:
    """Whether the walk comes to a step and, following open edges from there, to some step again."""
    followed: nx.DiGraph[str] = nx.DiGraph((edge.source, edge.target) for edge in edges if edge.id in walked.followed)
    if step not in walked.path or step not in followed:
        return False
    onwards = followed.subgraph(nx.descendants(followed, step) | {step})
    return not nx.is_directed_acyclic_graph(onwards)
