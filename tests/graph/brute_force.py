"""What the search for gaps must find in a small guideline, found by walking every patient."""

from collections import defaultdict
from dataclasses import replace
from functools import cached_property

from edgewise.graph.answers.differences import differences
from edgewise.graph.answers.partition import partition
from edgewise.graph.model import AllOf, AnyOf, Comparison, parts_of
from edgewise.graph.walking.criteria import evaluate
from edgewise.graph.walking.kleene import Truth
from edgewise.graph.walking.walk import walk
from tests.graph.small_guidelines import patients


class Brute:
    """Every patient of a small guideline, walked; a patient is the tuple of their cells."""

    def __init__(self, guideline):
        self.guideline = guideline
        self.facts, self.cells, self.walks = {}, {}, {}
        for assignment, facts in patients(guideline):
            key = tuple(assignment.values())
            self.cells[key], self.facts[key], self.walks[key] = assignment, facts, walk(guideline, facts)

    @cached_property
    def offered(self):
        """The walks of all if every option is taken; few ask for them, and they cost as much as all else."""
        edges = self.guideline.transitions
        offered = {id: replace(t, role="route") if t.role == "option" else t for id, t in edges.items()}
        with_options = replace(self.guideline, transitions=offered)
        return {key: walk(with_options, facts) for key, facts in self.facts.items()}

    def reaching(self, step):
        return {key for key, walked in self.walks.items() if step in walked.path}

    def comers(self, step):
        """Who comes to a step if every option is taken; everybody where nobody does."""
        return {key for key, walked in self.offered.items() if step in walked.path} or set(self.facts)

    def told(self, row):
        return {key for key, cells in self.cells.items() if any(lies_in(cells, one) for one in row.everywhere)}

    def fulfilling(self, criterion):
        truths = {key: evaluate(criterion, facts, self.guideline.observables).truth for key, facts in self.facts.items()}
        return {key for key, truth in truths.items() if truth is Truth.TRUE}


def lies_in(cells, where):
    return all(cells[id] in held for id, held in where.items())


def loop_of(guideline, step):
    onwards = {id: {t.target for t in guideline.transitions.values() if t.source == id and t.role == "route"} for id in guideline.steps}

    def beyond(start):
        seen, waiting = set(), [start]
        while waiting:
            fresh = onwards[waiting.pop()] - seen
            seen |= fresh
            waiting += fresh
        return seen

    return frozenset(other for other in guideline.steps if other in beyond(step) and step in beyond(other))


def ends_nowhere(brute, key):
    """The loops in which a patient goes round: from some step there, whatever may ever open stays in the loop and finds an open edge."""
    guideline, found = brute.guideline, set()
    for start in brute.walks[key].path:
        group = loop_of(guideline, start)
        seen, waiting = {start}, [start]
        while waiting:
            fresh = {t.target for t in may_open(brute, key, group, waiting.pop())} - seen
            seen |= fresh
            waiting += fresh
        if seen <= group and all(opens(brute, key, step) for step in seen):
            found.add(group)
    return found


def others(brute, observables):
    """Positions in a patient's cells of all that is not told by some observables, alone or with others."""
    made_of = {id: one.ids for id, one in differences(brute.guideline).items()}
    names = (*brute.guideline.observables, *made_of)
    return [i for i, id in enumerate(names) if observables.isdisjoint(made_of.get(id, (id,)))]


def edges_from(guideline, step):
    return [t for t in guideline.transitions.values() if t.source == step and t.role == "route"]


def state(brute, key, edge):
    """What an edge would be if the walk came to it."""
    start = replace(brute.guideline.steps[edge.source], kind="Presentation")
    return walk(replace(brute.guideline, steps={**brute.guideline.steps, start.id: start}), brute.facts[key]).edges[edge.id].state


def opens(brute, key, step):
    return any(state(brute, key, edge) == "open" for edge in edges_from(brute.guideline, step))


def may_open(brute, key, group, step):
    """Edges that are open or not yet open, now or with other answers to what the loop finds out."""
    anew = {id for one in group for id in brute.guideline.steps[one].yields}
    kept = others(brute, anew)
    like = [other for other in brute.facts if all(other[i] == key[i] for i in kept)]
    for edge in edges_from(brute.guideline, step):
        if state(brute, key, edge) == "not-yet" or any(state(brute, other, edge) == "open" for other in like):
            yield edge


def idle(brute, criterion, comers):
    if not comers & brute.fulfilling(criterion):
        yield criterion
    elif isinstance(criterion, AnyOf):
        for part in criterion.parts:
            yield from idle(brute, part, comers)
    elif isinstance(criterion, AllOf):
        for index, part in enumerate(criterion.parts):
            others = criterion.parts[:index] + criterion.parts[index + 1 :]
            yield from idle(brute, part, comers.intersection(*map(brute.fulfilling, others)))


def names(criterion):
    """Ids of all that a criterion compares."""
    if isinstance(criterion, Comparison):
        return set(criterion.looks_at)
    return set().union(*map(names, parts_of(criterion)))


def asked(edge):
    return names(edge.when) if edge.when is not None else set()


def decides(brute, observable):
    """Whether two patients who differ in one answer come to see an edge in two states (where nobody comes, if they came)."""
    kept = others(brute, {observable})
    nowhere = {id for id in brute.guideline.steps if not any(id in walked.path for walked in brute.offered.values())}

    def seen(key):
        edges = [edge for edge in brute.guideline.transitions.values() if edge.role != "excluded"]
        return {
            edge.id: open_or_closed(brute, key, edge) for edge in edges if edge.source in nowhere or edge.source in brute.offered[key].path
        }

    views = defaultdict(list)
    for key in brute.facts:
        views[tuple(key[i] for i in kept)].append(seen(key))
    return any(view != group[0] for group in views.values() for view in group)


def open_or_closed(brute, key, edge):
    found = state(brute, key, edge) if edge.when is not None else "open"
    return "closed" if found == "not-named" else found  # shut either way


def shows(guideline, row, facts):
    walked = walk(guideline, facts)
    match row.kind:
        case "gap":
            return row.step in walked.silent_at
        case "dead-end":
            return row.step in walked.path
        case "overlap":
            return set(row.edges) <= set(walked.followed)
        case "contraindicated-road":
            return any((one.road,) == row.edges for one in walked.conflicts)
        case "disagreement":
            return any((one.about, one.met, one.unmet) == (row.step, row.met, row.unmet) for one in walked.conflicts)
    return None


def cell_of(guideline, id, row):
    return partition(guideline, id).cell_of(row.example[id])
