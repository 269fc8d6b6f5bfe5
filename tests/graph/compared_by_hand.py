"""What comparing two small guidelines must find, found by walking every patient through both."""

from itertools import product
from math import prod

from hypothesis import assume

from edgewise.graph.comparing.alternatives import paired
from edgewise.graph.comparing.courses import START, seen
from edgewise.graph.comparing.patients import patients
from edgewise.graph.comparing.sides import Sides
from edgewise.graph.pathway import Pathway
from edgewise.graph.walking.criteria import evaluate
from edgewise.graph.walking.kleene import Truth, interval
from edgewise.graph.walking.patient import law_for
from edgewise.graph.walking.sets import choices
from edgewise.graph.walking.walk import walk
from tests.graph.mutated import aligned
from tests.graph.small_guidelines import partition

MOST = 400


class TooMany(Exception):
    """There are more patients than are walked."""


class ByHand:
    """Patients of two guidelines, walked through both; a patient is the tuple of their cells.

    All of them, if there are no more than `MOST`; else as many as are asked for, taken by `chance`, beside some that are given.
    """

    def __init__(self, alignment, chance=None, some=300, beside=()):
        self.alignment, self.common = alignment, Sides(alignment).common
        self.cells, self.walks, self.facts = {}, {}, {}
        linked = {id for group in self.common.links.groups for id in group}
        self.alone = [id for id in self.common.guideline.observables if id not in linked and self.common.partitions[id].cells]
        everybody = prod(self.size(id) for id in self.alone) * prod(map(len, self.common.links.witnesses.values()))
        if everybody > MOST and chance is None:
            raise TooMany
        patients = self._everybody() if everybody <= MOST else (*self._sample(chance, some), *(self._near(one, chance) for one in beside))
        for assignment, facts in patients:
            self._walk(assignment, facts)

    def _walk(self, assignment, facts):
        a, b = self.alignment.facts_of_a(facts), self.alignment.facts_of_b(facts)
        if possible(self.alignment.a, a) and possible(self.alignment.b, b):
            key = tuple(assignment.items())
            self.cells[key], self.facts[key] = assignment, (a, b)
            self.walks[key] = walk(self.alignment.a, a), walk(self.alignment.b, b)

    def size(self, id):
        return len(self.common.partitions[id].cells)

    def _everybody(self):
        for held in product(*(self.common.links.witnesses[group].items() for group in self.common.links.groups)):
            for cells in product(*(range(self.size(id)) for id in self.alone)):
                yield self._patient(held, dict(zip(self.alone, cells, strict=True)))

    def _sample(self, chance, some):
        for _ in range(some):
            held = [chance.choice(list(self.common.links.witnesses[group].items())) for group in self.common.links.groups]
            yield self._patient(held, {id: chance.randrange(self.size(id)) for id in self.alone})

    def _near(self, facts, chance):
        """Somebody like a patient of whom some facts are known, all else being left to chance, and one of those facts too."""
        turned = chance.choice([*facts, ""]) if facts else ""
        known = {id: self.common.partitions[id].cell_of(facts[id]) for id in facts if id in self.alone and id != turned}
        held = [chance.choice(list(self.common.links.witnesses[group].items())) for group in self.common.links.groups]
        return self._patient(held, {id: known[id] if known.get(id) is not None else chance.randrange(self.size(id)) for id in self.alone})

    def _patient(self, held, cells):
        links = zip(self.common.links.groups, held, strict=True)
        together = {id: cell for group, (taken, _) in links for id, cell in zip(group, taken, strict=True)}
        values = {id: value for _, numbers in held for id, value in numbers.items()}
        return together | cells, values | {id: self.common.partitions[id].cells[cell].sample for id, cell in cells.items()}

    def parted(self):
        """Those whom the two guidelines tell different things, whatever they are, as far as the walk shows."""
        return {key for key in self.walks if self._told(key, 0) != self._told(key, 1)}

    def disagreeing(self, groups):
        """Those of whom the groups say that they go elsewhere and who do not, or the other way round."""
        told = set().union(*(self.in_group(group) for group in groups if not group.chosen))
        if all(group.listed for group in groups):
            return told ^ self.parted()
        return told - self.parted()  # some groups are told by what is asked

    def in_group(self, group):
        """Those in the situations of a group who come where it is in both guidelines."""
        return {
            key for key, cells in self.cells.items() if self._comes(key, group.step) and any(lies_in(cells, one) for one in group.where)
        }

    def turned(self, key, group):
        """Whether what differs in a patient is what the group says."""
        old, new = (self._seen(key, side, group.step) for side in (0, 1))
        return all((old.get(turn.trait, ""), new.get(turn.trait, "")) == (turn.old, turn.new) for turn in group.turns)

    def _comes(self, key, step):
        return step == START or all(step in self._path(key, side) for side in (0, 1))

    def _path(self, key, side):
        return [self._id(side, id) for id in self.walks[key][side].path]

    def _id(self, side, step):
        return self.alignment.steps.get(step, step) if side else step

    def _seen(self, key, side, step):
        guideline = (self.alignment.a, self.alignment.b)[side]
        own = next((id for id in guideline.steps if self._id(side, id) == step), step)
        found = seen(guideline, self.walks[key][side], self.facts[key][side], own)
        return {type(trait)(trait.what, self._id(side, trait.step)): self._id(side, value) for trait, value in found.items()}

    def _told(self, key, side):
        guideline, walked, facts = (self.alignment.a, self.alignment.b)[side], self.walks[key][side], self.facts[key][side]
        law = law_for(guideline, facts)
        found = {("outside", walked.outside)}
        found |= {("path", self._id(side, id)) for id in walked.path}
        found |= {("silent", self._id(side, id)) for id in walked.silent_at}
        found |= {("left", self._id(side, id)) for id in walked.path if law.performed(guideline.steps[id]) is Truth.TRUE}
        found |= {("beside", self._id(side, id), self._id(side, guideline.steps[id].companion_of)) for id in walked.path}
        ways = [(edge, self._ends(side, edge.transition)) for edge in walked.edges.values() if edge.reached]
        opened = {ends for edge, ends in ways if edge.state == "open"}
        for edge, ends in ways:
            way = edge.transition
            if way.role == "excluded":
                if way.when is None or law.stated(way.when).truth is Truth.TRUE:
                    found.add(("against", *ends))
            elif edge.state == "open":
                found.add(("open", *ends))
            elif edge.state in ("undecided", "not-yet") and ("left", self._id(side, way.source)) in found and ends not in opened:
                found.add(("waits", *ends))
        return found

    def _ends(self, side, edge):
        return edge.role, self._id(side, edge.source), self._id(side, edge.target)

    def told_otherwise(self, pair):
        """By patient whom the guidelines tell otherwise which step of an alternative to choose, what either says.

        Whoever would be told the same if both led them to the same steps is left out, and so is whom one of the two leads to none.
        """
        found = {}
        for key in self.walks:
            paths = [frozenset(self._path(key, side)) for side in (0, 1)]
            said = [[self._order(key, side, one, path) for side, one in enumerate((pair.a, pair.b))] for path in paths]
            old, new = (self.order(key, side, pair) for side in (0, 1))
            assert (old[:2], new[:2]) == (said[0][0], said[1][1])
            if old[:2] != new[:2] and any(a != b for a, b in said) and all(path & {*pair.steps} for path in paths):
                found[key] = old, new
        return found

    @property
    def preferring_otherwise(self):
        """How many are told otherwise what to choose, of all alternatives."""
        return sum(len(self.told_otherwise(pair)) for pair in paired(self.alignment))

    def misjudged_choices(self, groups):
        """Patients of whom groups of those who are told otherwise what to choose say anything else than the walks."""
        wrong = []
        for pair in paired(self.alignment):
            held = [one for one in groups if not one.chosen and (one.choice.a, one.choice.b) == pair.ids]
            wanted = self.told_otherwise(pair)
            for key in filter(lambda one, pair=pair: self._has_a_choice(one, pair), self.cells):
                told = {_said(one.choice) for one in held if any(lies_in(self.cells[key], each) for each in one.where)}
                wrong += [] if told == ({wanted[key]} if key in wanted else set()) else [(pair.ids, key, told, wanted.get(key))]
        return wrong

    def _has_a_choice(self, key, pair):
        """Whether a patient has anything to choose in either, and both lead to any of it: of nobody else groups speak."""
        orders = [self.order(key, side, pair) for side in (0, 1)]
        return any(order[0] for order in orders) and all(order[2] for order in orders)

    def order(self, key, side, pair):
        """What the walk itself says: tiers, whether the first are preferred, and to which of the steps it comes."""
        alternative = (pair.a, pair.b)[side]
        walked = self.walks[key][side]
        choosing = [one for one in walked.alternatives if alternative and one.alternative.id == alternative.id]
        return (*self._tiers(side, choosing), frozenset(self._path(key, side)) & {*pair.steps})

    def _order(self, key, side, alternative, path):
        """What a guideline says if it leads to some steps."""
        guideline = (self.alignment.a, self.alignment.b)[side]
        if alternative is None:
            return (), False
        reached = [id for id in guideline.steps if self._id(side, id) in path]
        found = choices(guideline, law_for(guideline, self.facts[key][side]), reached, ())
        return self._tiers(side, [one for one in found if one.alternative.id == alternative.id])

    def _tiers(self, side, found):
        offered = [one.step for choosing in found for one in choosing.offered]
        if len(offered) < 2:
            return (), False
        places = {one.step: 0 if one.step in found[0].fitting else one.rank or 1000 for one in found[0].offered}
        tiers = [frozenset(self._id(side, id) for id in offered if places[id] == place) for place in sorted({*places.values()})]
        return tuple(tiers), bool(found[0].preferred)

    def stands(self, key, side):
        """The steps due, or done and waiting, in one of the guidelines."""
        walked = self.walks[key][side]
        return {self._id(side, id) for id in (*walked.due, *walked.resting)}


def walked_and_compared(one, other):
    """Everybody walked through two small guidelines, beside what comparing them finds; a test of too many is passed over."""
    alignment = aligned(one, other)
    try:
        hand = ByHand(alignment)
    except TooMany:
        assume(False)
    return hand, patients(alignment)


def _said(choice):
    return tuple(choice.old), tuple(choice.new)


def lies_in(cells, where):
    return all(cells[id] in held for id, held in where.items())


def possible(guideline, facts):
    """Whether the totals of scores are what their items make."""
    for score in (one for one in guideline.observables.values() if one.items and Pathway.of(guideline).compared(one.id)):
        truths = [evaluate(item.criterion, facts, guideline.observables).truth for item in score.items]
        least, most = interval(truths, [item.points for item in score.items])
        answers = partition(guideline, score.id)
        if least != most or answers.cell_of(least) != answers.cell_of(facts[score.id]):
            return False
    return True
