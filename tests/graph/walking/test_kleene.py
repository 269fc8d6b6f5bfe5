"""Kleene's laws, for every combination of the three values."""

from itertools import product

import pytest

from edgewise.graph.walking.kleene import Truth, all_of, any_of

VALUES = list(Truth)


@pytest.mark.parametrize(("a", "b", "c"), list(product(VALUES, repeat=3)))
def test_conjunction_and_disjunction_are_associative_commutative_and_distribute(a, b, c):
    assert all_of([a, all_of([b, c])]) is all_of([all_of([a, b]), c]) is all_of([c, b, a])
    assert any_of([a, any_of([b, c])]) is any_of([any_of([a, b]), c]) is any_of([c, b, a])
    assert all_of([a, any_of([b, c])]) is any_of([all_of([a, b]), all_of([a, c])])
    assert any_of([a, all_of([b, c])]) is all_of([any_of([a, b]), any_of([a, c])])


@pytest.mark.parametrize(("a", "b"), list(product(VALUES, repeat=2)))
def test_de_morgan_absorption_and_double_negation_hold(a, b):
    assert ~all_of([a, b]) is any_of([~a, ~b])
    assert ~any_of([a, b]) is all_of([~a, ~b])
    assert all_of([a, any_of([a, b])]) is a is any_of([a, all_of([a, b])])
    assert ~~a is a


def test_the_excluded_middle_does_not_hold_for_the_unknown():
    assert any_of([Truth.UNKNOWN, ~Truth.UNKNOWN]) is Truth.UNKNOWN


@pytest.mark.parametrize(("a", "b"), list(product(VALUES, repeat=2)))
def test_learning_an_unknown_never_reverses_what_was_decided(a, b):
    for fold in (all_of, any_of):
        before = fold([a, b])
        if before is not Truth.UNKNOWN:
            for learnt in (Truth.TRUE, Truth.FALSE) if a is Truth.UNKNOWN else (a,):
                assert fold([learnt, b]) is before


def test_of_nothing_all_is_true_and_any_is_false():
    assert all_of([]) is Truth.TRUE
    assert any_of([]) is Truth.FALSE
