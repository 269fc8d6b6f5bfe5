"""Diagrams mean what a truth table means, and each function is one node."""

from itertools import product
from math import prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edgewise.graph.answers.diagram import ALWAYS, NEVER, Diagrams, TooLarge

SIZES = (2, 3, 1, 4)


def formulas():
    literal = st.integers(0, len(SIZES) - 1).flatmap(
        lambda variable: st.tuples(st.just("in"), st.just(variable), st.frozensets(st.integers(0, SIZES[variable] - 1)))
    )
    return st.recursive(
        literal,
        lambda part: st.one_of(
            st.tuples(st.just("not"), part),
            st.tuples(st.sampled_from(["and", "or"]), st.lists(part, max_size=3).map(tuple)),
        ),
        max_leaves=12,
    )


def node_of(family, formula):
    match formula:
        case ("in", variable, cells):
            return family.literal(variable, cells)
        case ("not", part):
            return family.negated(node_of(family, part))
        case ("and", parts):
            return family.both(*(node_of(family, part) for part in parts))
        case (_, parts):
            return family.either(*(node_of(family, part) for part in parts))


def value_of(formula, row):
    match formula:
        case ("in", variable, cells):
            return row[variable] in cells
        case ("not", part):
            return not value_of(part, row)
        case ("and", parts):
            return all(value_of(part, row) for part in parts)
        case (_, parts):
            return any(value_of(part, row) for part in parts)


def rows():
    return list(product(*map(range, SIZES)))


def table(formula):
    return {row for row in rows() if value_of(formula, row)}


def fulfilled(family, node):
    return {row for row in rows() if family.restrict(node, dict(enumerate(row))) == ALWAYS}


@settings(deadline=None)
@given(formulas())
def test_a_diagram_is_true_where_its_formula_is(formula):
    family = Diagrams(SIZES)
    node = node_of(family, formula)
    assert fulfilled(family, node) == table(formula)
    assert (node == NEVER) == (not table(formula))


@settings(deadline=None)
@given(formulas(), formulas())
def test_equal_functions_are_one_node_and_different_ones_are_not(one, other):
    family = Diagrams(SIZES)
    assert (node_of(family, one) == node_of(family, other)) == (table(one) == table(other))


@settings(deadline=None)
@given(formulas(), st.sets(st.integers(0, 3)), st.data())
def test_known_and_forgotten_variables_leave_the_rest(formula, variables, data):
    family = Diagrams(SIZES)
    node = node_of(family, formula)
    answers = {variable: data.draw(st.integers(0, SIZES[variable] - 1)) for variable in variables}
    known = {row for row in rows() if tuple(answers.get(v, cell) for v, cell in enumerate(row)) in table(formula)}
    assert fulfilled(family, family.restrict(node, answers)) == known
    hidden = {tuple(cell for v, cell in enumerate(row) if v not in variables) for row in table(formula)}
    forgotten = {row for row in rows() if tuple(cell for v, cell in enumerate(row) if v not in variables) in hidden}
    assert fulfilled(family, family.exists(node, variables)) == forgotten


@settings(deadline=None)
@given(formulas())
def test_a_function_depends_on_its_support_and_on_nothing_else(formula):
    family = Diagrams(SIZES)
    node = node_of(family, formula)

    def matters(variable):
        return any(family.restrict(node, {variable: cell}) != node for cell in range(SIZES[variable]))

    assert set(family.support(node)) == {variable for variable in range(len(SIZES)) if matters(variable)}
    sizes = [SIZES[variable] for variable in family.support(node)]
    assert family.count(node) * prod(SIZES) == len(table(formula)) * prod(sizes)


@settings(deadline=None)
@given(formulas())
def test_a_path_decides_no_more_than_it_must(formula):
    family = Diagrams(SIZES)
    node = node_of(family, formula)
    if node == NEVER:
        with pytest.raises(ValueError, match="nothing"):
            family.path(node)
        return
    path = family.path(node)
    assert family.restrict(node, path) == ALWAYS
    assert len(path) <= len(family.support(node))


@settings(deadline=None)
@given(formulas(), st.fixed_dictionaries({}, optional={v: st.sets(st.integers(0, size - 1), min_size=1) for v, size in enumerate(SIZES)}))
def test_a_diagram_meets_a_cube_where_both_are_true(formula, cube):
    family = Diagrams(SIZES)
    node = node_of(family, formula)
    within = any(all(row[variable] in cells for variable, cells in cube.items()) for row in table(formula))
    assert family.meets(node, cube) is within
    assert (family.both(node, family.cube(cube)) != NEVER) is within


def test_a_path_is_the_shortest_there_is():
    family = Diagrams([2, 2, 2])
    long = family.both(family.literal(0, {0}), family.literal(1, {0}), family.literal(2, {0}))
    short = family.both(family.literal(0, {1}), family.literal(2, {1}))
    assert family.path(family.either(long, short)) == {0: 1, 2: 1}


def test_thousands_of_variables_do_not_exhaust_the_stack():
    family = Diagrams([2] * 5000)
    node = family.both(*(family.literal(variable, {1}) for variable in range(5000)))
    assert family.count(family.negated(node)) == 2**5000 - 1
    assert family.exists(node, range(1, 5000)) == family.literal(0, {1})


def test_a_diagram_beyond_the_budget_is_refused_in_words():
    family = Diagrams([2] * 40, budget=500)
    pairs = [family.both(family.literal(v, {1}), family.literal(v + 20, {1})) for v in range(20)]  # the worst order there is
    with pytest.raises(TooLarge, match="more than 500 pieces would be needed"):
        family.either(*pairs)
