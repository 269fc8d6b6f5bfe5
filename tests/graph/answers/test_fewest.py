"""As few parts as hold something together, against trying every choice of them."""

from itertools import combinations
from random import Random

import pytest

from edgewise.graph.answers import fewest as module
from edgewise.graph.answers.diagram import NEVER, Diagrams
from edgewise.graph.answers.fewest import fewest


def some(family, points):
    return family.either(*(family.cube({0: {a}, 1: {b}}) for a, b in points))


def test_no_choice_of_fewer_parts_holds_it_all():
    rng, family = Random(5), Diagrams([3, 4])
    points = [(a, b) for a in range(3) for b in range(4)]
    sizes = set()
    for _ in range(200):
        sets = [set(rng.sample(points, rng.randint(1, 6))) for _ in range(rng.randint(1, 7))]
        wanted = set(rng.sample(points, rng.randint(1, 8)))
        found = fewest(family, some(family, wanted), [some(family, one) for one in sets])
        choices = [chosen for size in range(len(sets) + 1) for chosen in combinations(range(len(sets)), size)]
        fitting = [chosen for chosen in choices if wanted <= set().union(*(sets[at] for at in chosen))]
        assert len(found) == (len(fitting[0]) if fitting else 0)
        assert not fitting or found in fitting
        sizes.add(len(found))
    assert sizes >= {0, 1, 2, 3}


def test_a_choice_in_which_each_part_is_needed_may_still_be_too_large():
    family = Diagrams([6])
    parts = [family.literal(0, cells) for cells in ({0, 3}, {1, 4}, {2, 5}, {0, 1, 2}, {3, 4, 5})]
    everything = family.literal(0, range(6))
    assert fewest(family, everything, parts) == (3, 4)


@pytest.mark.parametrize("most", [0, 1])
def test_where_there_are_too_many_choices_each_part_given_is_needed_at_least(monkeypatch, most):
    monkeypatch.setattr(module, "MOST", most)
    family = Diagrams([6, 2])
    wanted = family.both(family.literal(0, range(5)), family.literal(1, {1}))
    parts = [family.literal(0, cells) for cells in ({0, 3}, {1, 4}, {2, 5}, {0, 1, 2}, {3, 4, 5})]
    found = fewest(family, wanted, parts)
    held = [family.both(wanted, parts[at]) for at in found]
    assert family.either(*held) == wanted
    assert all(family.either(*held[:at], *held[at + 1 :]) != wanted for at in range(len(held)))


def test_nothing_is_held_by_nothing():
    family = Diagrams([2])
    assert fewest(family, NEVER, [family.literal(0, {1})]) == ()
    assert fewest(family, family.literal(0, {1}), []) == ()
