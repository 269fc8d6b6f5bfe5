"""What others leave needless in a small guideline, found by walking every patient; and guidelines whose edges often are."""

from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from hypothesis import assume
from hypothesis import strategies as st

from edgewise.graph.answers.differences import differences
from edgewise.graph.answers.partition import partition
from edgewise.graph.criterion import tested
from edgewise.graph.model import (
    AllOf,
    Alternative,
    AnyOf,
    Bundle,
    Candidate,
    Choice,
    Comparison,
    Guideline,
    Not,
    Observable,
    Step,
    Transition,
)
from edgewise.graph.reading.implied import contraindicated
from edgewise.graph.walking.kleene import Truth
from edgewise.graph.walking.patient import law_for
from tests.graph.small_guidelines import criteria, few, observables, patients

ENDS = ("end-0", "end-1", "end-2")


# Forks --------------------------------------------------------------------------------------------------------------


@st.composite
def forks(draw, ordered=False, most=120):
    """One step with some edges to few others; `ordered`: each asks that those before it do not hold, as in a table read from the top."""
    known = [draw(observables(f"o{n}")) for n in range(draw(st.integers(1, 3)))]
    known = [replace(one, repeated=False) if draw(st.booleans()) else one for one in known]
    companion = draw(st.sampled_from(["", "", "", "end-0"]))
    steps = {"start": Step("start", "Presentation", "Start", "", "p")}
    steps |= {id: Step(id, "Treatment", id.title(), "", "p", companion_of=companion if id == "end-2" else "") for id in ENDS}
    if draw(st.integers(0, 4)) == 0:
        steps["end-1"] = replace(steps["end-1"], contraindications=(replace(draw(criteria(known)), id="against"),))
    rows = draw(st.sampled_from([criteria(known), rows_of(known), rows_of(known)]))
    asked = [draw(rows) if draw(st.integers(0, 12)) else None for _ in range(draw(st.integers(2, 6)))]
    edges = {}
    for n, when in enumerate(in_turn(asked, draw(st.booleans())) if ordered else asked):
        role = draw(st.sampled_from(["route"] * 6 + ["option", "excluded"])) if not ordered else "route"
        passages = draw(st.sampled_from([(), (), ("s1",)]))
        edges[f"t{n}"] = Transition(f"t{n}", "start", draw(st.sampled_from(ENDS)), f"T{n}", "source", role, when, passages)
    steps, edges = contraindicated(steps, edges)
    made = Guideline(
        "g", "urn:g", "", "", "", "", "", "", "", "",
        steps=steps, transitions=edges, observables={one.id: one for one in known},
        applies_to=draw(criteria(known)) if draw(st.integers(0, 5)) == 0 else None,
    )  # fmt: skip
    made = draw(grouped(made, known))
    assume(few(made, most))
    assume(any(True for _ in patients(made)))
    return made


@st.composite
def rows_of(draw, known):
    """A row of a table: of each question an answer, a list of answers, a range, or nothing."""
    parts = []
    for one in known:
        if one.value_type == "choice":
            held = tuple(draw(st.lists(st.sampled_from([each.value for each in one.choices]), max_size=2, unique=True)))
            parts += [Comparison("c", one.id, one_of=held)] if held else []
        elif one.value_type == "yes-no":
            parts += [Comparison("c", one.id, answer=answer)] if (answer := draw(st.sampled_from(["yes", "no", ""]))) else []
        else:
            bounds = draw(st.sampled_from([(("<", 3),), (("≥", 3),), (("≥", 3), ("<", 5)), (("≥", 5),), (("<", 5),), ()]))
            told = tuple((sign, Decimal(number)) for sign, number in bounds)
            parts += [Comparison("c", one.id, bounds=told, unit=one.unit)] if told else []
    assume(parts)
    return parts[0] if len(parts) == 1 else AllOf("row", tuple(parts))


def in_turn(asked, at_once):
    """Conditions of which each holds only where none before it does, said `at_once` or of each; behind one that always holds are none."""
    found = []
    for rank, when in enumerate(asked):
        before = asked[:rank]
        if None in before:
            continue
        others = (AnyOf("before", tuple(before)),) if before and at_once else before
        parts = (*(() if when is None else (when,)), *(Not("not", one) for one in others))
        found.append(AllOf("row", parts) if parts else None)
    return found


@st.composite
def grouped(draw, guideline, known):
    """Steps that are begun together, or of which one is chosen, as often as not."""
    kind = draw(st.sampled_from(["", "bundle", "alternative", "alternative"]))
    if kind == "bundle":
        return replace(guideline, bundles={"b": Bundle("b", "At once", ENDS[:2])})
    if kind == "alternative":
        answers = [one for one in known if one.value_type == "yes-no"]
        when = st.one_of(st.none(), *(st.just(Comparison("w", one.id, answer="yes")) for one in answers))
        choose = tuple(Candidate(f"a/{id}", id, rank=draw(st.integers(0, 2)), when=draw(when)) for id in ENDS)
        return replace(guideline, alternatives={"a": Alternative("a", "Either", choose)})
    return guideline


# Tables -----------------------------------------------------------------------------------------------------------------


def table(rng, ordered=False):
    """A random table: few columns, and so many rows that they often hide, hold or complete one another."""
    columns = [rng.choice([yes_no, choice, number])(f"o{n}") for n in range(rng.randint(1, 3))]
    rows = [row(rng, columns) for _ in range(rng.randint(3, 7))]
    whens = in_turn(rows, rng.random() < 0.5) if ordered else rows
    steps = {"start": Step("start", "Presentation", "Start", "", "p")} | {id: Step(id, "Treatment", id.title(), "", "p") for id in ENDS}
    ends = ENDS[: rng.randint(1, 3)]
    edges = {f"t{n}": Transition(f"t{n}", "start", rng.choice(ends), f"T{n}", "source", when=when) for n, when in enumerate(whens)}
    made = Guideline(
        "g", "urn:g", "", "", "", "", "", "", "", "",
        steps=steps, transitions=edges, observables={one.id: one for one in columns},
    )  # fmt: skip
    if rng.random() < 0.5:
        return made
    whens = [Comparison("w", one.id, answer="yes") for one in columns if one.value_type == "yes-no"]
    choose = tuple(Candidate(f"a/{id}", id, rng.randint(0, 2), when=rng.choice([None, None, *whens])) for id in ENDS)
    return replace(made, alternatives={"a": Alternative("a", "Either", choose)})


def yes_no(id):
    return Observable(id, id.title(), "?", "yes-no")


def choice(id):
    return Observable(id, id.title(), "?", "choice", choices=tuple(Choice(value, value.upper()) for value in "wxyz"))


def number(id):
    return Observable(id, id.title(), "?", "quantity", unit="mo", minimum=Decimal(0))


def row(rng, columns):
    cells = [answered(rng, one) for one in columns if rng.random() < 0.7]
    cells = [Not("not", cell) if rng.random() < 0.15 else cell for cell in cells]
    return None if not cells else cells[0] if len(cells) == 1 else AllOf("row", tuple(cells))


def answered(rng, one):
    if one.value_type == "yes-no":
        return Comparison("c", one.id, answer=rng.choice(["yes", "no"]))
    if one.value_type == "choice":
        return Comparison("c", one.id, one_of=tuple(rng.sample("wxyz", rng.randint(1, 3))))
    low, high = sorted(rng.sample([None, 2, 4, 6], 2), key=lambda bound: bound or 0)
    bounds = [("≥", low)] if low is None or rng.random() < 0.3 else [("≥", low), ("<", high)]
    told = tuple((sign, Decimal(bound)) for sign, bound in (bounds if low is not None else [("<", high)]))
    return Comparison("c", one.id, bounds=told, unit=one.unit)


# Who goes along an edge -------------------------------------------------------------------------------------------------


def taking(brute, edge):
    """Everybody who goes along an edge or, where it is only offered, could."""
    law = {key: law_for(brute.guideline, facts) for key, facts in brute.facts.items()}
    return {key for key in brute.reaching(edge.source) if law[key].opened(edge) is Truth.TRUE}


def leaving(brute, step):
    """The edges that leave a step and that anybody takes, each with who does."""
    found = [edge for edge in brute.guideline.transitions.values() if edge.source == step and edge.role != "excluded"]
    told = [(edge, taking(brute, edge)) for edge in found]
    return [(edge, keys) for edge, keys in told if keys]


def alike(one, other):
    return (one.target, one.role) == (other.target, other.role)


def subsumed(ways):
    """Positions of edges that another to the same step says as well, of equal ones the later."""
    return {
        at
        for at, (edge, keys) in enumerate(ways)
        for beside, (other, theirs) in enumerate(ways)
        if at != beside and alike(edge, other) and keys <= theirs and (keys < theirs or beside < at)
    }


def superfluous(ways, gone):
    """Positions of edges that several others to the same step make up for, the last looked at first."""
    left = [at for at in range(len(ways)) if at not in gone]
    found = set()
    for at in reversed(list(left)):
        edge, keys = ways[at]
        others = [one for one in left if one != at and alike(edge, ways[one][0])]
        if others and keys <= set().union(*(ways[one][1] for one in others)):
            left.remove(at)
            found.add(at)
    return found


def never_alone(guideline, ways, gone):
    """Positions of routes that are never open by themselves, though no single other one is open to all of their patients."""
    left = [
        at for at, (edge, _) in enumerate(ways) if at not in gone and edge.role == "route" and not guideline.steps[edge.target].companion_of
    ]
    found = set()
    for at in left:
        edge, keys = ways[at]
        others = [ways[one][1] for one in left if one != at and not meant_together(guideline, edge, ways[one][0])]
        if others and keys <= set().union(*others) and not any(keys <= each for each in others):
            found.add(at)
    return found


def meant_together(guideline, one, other):
    groups = [set(each.together) for each in guideline.bundles.values()] + [set(each.steps) for each in guideline.alternatives.values()]
    return one.target != other.target and any({one.target, other.target} <= group for group in groups)


def fewest(keys, others):
    """Of how many others at least all of some patients are."""
    return next(size for size in range(1, len(others) + 1) if any(keys <= set().union(*some) for some in combinations(others, size)))


# What goes before -------------------------------------------------------------------------------------------------------


def together(criterion):
    if isinstance(criterion, AllOf):
        return [part for one in criterion.parts for part in together(one)]
    return [criterion] if criterion is not None else []


def either(criterion):
    inner = criterion.parts if isinstance(criterion, AnyOf) else ()
    return [criterion, *(part for one in inner for part in either(one))]


def may_be_order(guideline, edge, part):
    return isinstance(part, Not) and part.part not in guideline.steps[edge.target].contraindications


def rules_out_another(guideline, edge, part):
    """Whether a part asks that what an edge beside asks for itself does not hold."""
    beside = [t for t in guideline.transitions.values() if t.source == edge.source and t.id != edge.id and t.role != "excluded"]
    return may_be_order(guideline, edge, part) and any(is_own(other, one) for other in beside for one in either(part.part))


def is_own(edge, criterion):
    told, asked = {tested(one) for one in together(criterion)}, together(edge.when)
    return bool(told) and told <= {tested(one) for one in asked} and all(isinstance(one, Not) for one in asked if tested(one) not in told)


def own_conditions(guideline, edge):
    parts = together(edge.when)
    if any(rules_out_another(guideline, edge, part) for part in parts):
        yield [part for part in parts if not rules_out_another(guideline, edge, part)]
    negative = [at for at, part in enumerate(parts) if may_be_order(guideline, edge, part)]
    for count in range(1, len(negative) + 1):
        yield [part for at, part in enumerate(parts) if at not in negative[-count:]]


def hidden(brute, edge):
    """Of an edge that nobody takes, who meets its own condition, and which edges beside these go along instead; else None."""
    guideline = brute.guideline
    if edge.role == "excluded" or edge.when is None:
        return None
    law = {key: law_for(guideline, facts) for key, facts in brute.facts.items()}
    comers = {key for key, walked in brute.offered.items() if edge.source in walked.path}
    comers = {key for key in comers if law[key].performed(guideline.steps[edge.source]) is Truth.TRUE}
    if comers & brute.fulfilling(edge.when):
        return None
    beside = [t for t in guideline.transitions.values() if t.source == edge.source and t.id != edge.id and t.role != "excluded"]
    taken = {one.id: {key for key in comers if law[key].opened(one) is Truth.TRUE} for one in beside}
    for parts in own_conditions(guideline, edge):
        meeting = comers.intersection(*map(brute.fulfilling, parts))
        if meeting and meeting <= set().union(*taken.values()):
            return meeting, {id: keys for id, keys in taken.items() if keys & meeting}
    return None


# What one edge would say ------------------------------------------------------------------------------------------------


def plain(brute, step, keys):
    """Whether some of those who come to a step are told by one answer, range or list of answers to each question."""
    names = (*brute.guideline.observables, *differences(brute.guideline))
    box = {id: at_once(brute.guideline, id, {brute.cells[key][id] for key in keys}) for id in names}
    return not any(all(brute.cells[key][id] in held for id, held in box.items()) for key in brute.reaching(step) - keys)


def at_once(guideline, id, cells):
    one = guideline.observables.get(id)
    if one is not None and one.value_type in ("yes-no", "choice"):
        return cells
    if one is None or not one.repeated:
        return set(range(min(cells), max(cells) + 1))
    held = partition(guideline, id)
    everything = set(range(len(held.cells)))
    true = [{cell for cell in everything if held.outcome(asked, cell)[0] is Truth.TRUE} for asked in held.comparisons]
    false = [{cell for cell in everything if held.outcome(asked, cell)[0] is Truth.FALSE} for asked in held.comparisons]
    return min((each for pair in zip(true, false, strict=True) for each in pair if cells <= each), key=len, default=everything)


def same_grounds(one, other):
    return alike(one, other) and (one.justified_by, one.stated_by, one.despite) == (other.justified_by, other.stated_by, other.despite)
