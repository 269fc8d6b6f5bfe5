"""Situations told by named groups: exactly those that are to be told, each telling as it reads."""

from functools import reduce

from hypothesis import given, settings
from hypothesis import strategies as st

from edgewise.graph.answers.diagram import NEVER, Diagrams
from edgewise.graph.answers.grouped import Group, tellings

SIZES = [2, 3, 2, 2]


@st.composite
def functions(draw, family):
    """Ands and ors of a few answers."""
    literals = [
        family.literal(variable, draw(st.sets(st.integers(0, SIZES[variable] - 1), min_size=1)))
        for variable in draw(st.lists(st.integers(0, len(SIZES) - 1), min_size=1, max_size=4))
    ]
    return reduce(lambda one, other: (family.both if draw(st.booleans()) else family.either)(one, other), literals)


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_tellings_hold_all_that_is_wanted_nothing_unwanted_and_none_is_superfluous(data):
    family = Diagrams(SIZES)
    comers, wanted, *named = (data.draw(functions(family)) for _ in range(data.draw(st.integers(2, 5))))
    wanted, unwanted = family.both(comers, wanted), family.without(comers, wanted)
    groups = []
    for n, node in enumerate(named):  # some may be neither true nor false in some people
        undecided = data.draw(functions(family)) if data.draw(st.booleans()) else NEVER
        groups.append(Group(f"g{n}", family.without(node, undecided), family.without(family.negated(node), undecided)))
    found = tellings(family, wanted, unwanted, groups, most=100)
    by_name = {one.name: one for one in groups}
    for one in found:
        held = [by_name[name].true if truth else by_name[name].false for name, truth in one.groups.items()]
        assert one.node == family.both(family.cube(one.cube), *held)
        assert family.both(one.node, unwanted) == NEVER
        others = [other.node for other in found if other is not one]
        assert family.both(wanted, one.node, family.negated(family.either(*others))) != NEVER
    assert family.without(wanted, family.either(*(one.node for one in found))) == NEVER


def test_more_tellings_than_asked_for_are_none():
    family = Diagrams([2, 2])
    wanted = family.either(family.literal(0, {1}), family.literal(1, {1}))
    assert len(tellings(family, wanted, family.negated(wanted), [], most=2)) == 2
    assert tellings(family, wanted, family.negated(wanted), [], most=1) == ()
