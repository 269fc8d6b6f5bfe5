"""The weakest link on every path to a step."""

from __future__ import annotations

from collections import Counter

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edgewise.citations.evidence.routes import RANKS, weakest
from edgewise.citations.evidence.support import states
from edgewise.graph.pathway import Pathway
from edgewise.ontology.errors import UnknownName
from tests.citations.evidence.pathways import pathway
from tests.work import steps


def test_the_weakest_link_of_each_path_is_named_with_its_place():
    guideline = pathway(
        ("a", "b", "supported"), ("a", "c", "weak"), ("b", "d", "inferred"), ("c", "d", "supported"), ("d", "e", "supported")
    )
    found = weakest(guideline, "e")
    assert (found.best, found.worst) == ("weak", "inferred")
    assert found.links == {"t3": "inferred", "t2": "weak"}
    assert found.unavoidable == ("t5",)
    assert [(route.steps, route.weakest, route.links) for route in found.routes] == [
        (("a", "b", "d", "e"), "inferred", ("t3",)),
        (("a", "c", "d", "e"), "weak", ("t2",)),
    ]
    assert found.left_out == 0


def test_a_weak_edge_is_no_weakest_link_where_every_path_through_it_has_a_weaker_one():
    found = weakest(pathway(("a", "b", "broken"), ("b", "c", "weak")), "c")
    assert found.links == {"t1": "broken"}


def test_parallel_edges_are_paths_of_their_own():
    found = weakest(pathway(("a", "b", "weak"), ("a", "b", "supported")), "b")
    assert (found.best, found.worst, found.numbers["weak"], found.numbers["supported"]) == ("supported", "weak", 1, 1)
    assert found.unavoidable == ()


def test_what_the_source_advises_against_is_no_path_and_an_option_is():
    guideline = pathway(
        ("a", "b", "weak"), ("a", "b", "supported"), ("a", "c", "weak"), roles={"t1": "excluded", "t2": "option", "t3": "excluded"}
    )
    assert [route.edges for route in weakest(guideline, "b").routes] == [("t2",)]
    assert not weakest(guideline, "c").reachable


def test_a_step_where_walks_begin_has_a_path_without_edges():
    found = weakest(pathway(("a", "b", "weak"), starts=("a", "b")), "b")
    assert [(route.edges, route.weakest) for route in found.routes] == [((), None), (("t1",), "weak")]
    assert (found.best, found.worst, sum(found.numbers.values()), found.left_out, found.unavoidable) == ("weak", "weak", 1, 0, ())


def test_a_companion_without_edges_is_reached_with_its_step():
    found = weakest(pathway(("a", "b", "weak"), companions={"c": "b"}), "c")
    assert (found.step, found.target, found.worst) == ("c", "b", "weak")


def test_companions_of_one_another_do_not_go_round_for_ever():
    assert not weakest(pathway(("a", "b", "weak"), companions={"c": "d", "d": "c"}), "c").reachable


def test_no_presentation_no_path():
    assert not weakest(pathway(("a", "b", "weak"), starts=()), "b").reachable


def test_an_unknown_step_is_refused():
    with pytest.raises(UnknownName, match="unknown step 'z'"):
        weakest(pathway(("a", "b", "weak")), "z")


def test_a_loop_is_no_obstacle_and_its_paths_are_listed_without_going_round():
    guideline = pathway(("a", "b", "supported"), ("b", "b", "weak"), ("b", "c", "weak"), ("c", "b", "broken"), ("c", "d", "supported"))
    found = weakest(guideline, "d")
    assert found.numbers is None
    assert [route.edges for route in found.routes] == [("t1", "t3", "t5")]
    assert found.left_out == 0
    assert found.unavoidable == ("t1", "t3", "t5")


def diamonds(times, loop=False):
    edges = []
    for n in range(times):
        edges += [
            (f"n{n}", f"x{n}", "supported"),
            (f"n{n}", f"y{n}", "weak"),
            (f"x{n}", f"n{n + 1}", "supported"),
            (f"y{n}", f"n{n + 1}", "weak"),
        ]
    if loop:
        edges.append((f"n{times - 1}", "n1", "weak"))
    return pathway(*edges, starts=("n0",))


def test_sixty_diamonds_are_counted_exactly_and_the_list_says_what_it_left_out():
    found = weakest(diamonds(60), "n60", limit=25)
    assert found.numbers == {"broken": 0, "uncited": 0, "inferred": 0, "weak": 2**60 - 1, "supported": 1}
    assert (len(found.routes), found.left_out) == (25, 2**60 - 25)
    assert (found.best, found.worst) == ("supported", "weak")


def test_twice_the_diamonds_are_no_more_than_eight_times_the_work():
    """Listing every path would be two to the power of twenty times: the call is stopped long before."""
    small, large = diamonds(20), diamonds(40)
    weakest(small, "n20", limit=25)
    once = steps(lambda: weakest(small, "n20", limit=25))
    steps(lambda: weakest(large, "n40", limit=25), at_most=8 * once)


def test_where_loops_forbid_counting_the_list_says_that_more_is_left_out():
    found = weakest(diamonds(30, loop=True), "n30", limit=10)
    assert (len(found.routes), found.left_out, found.numbers) == (10, None, None)


EDGES = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.sampled_from(RANKS)), min_size=1, max_size=11)


@settings(max_examples=120, deadline=None)
@given(EDGES, st.integers(0, 5), st.booleans())
def test_any_small_network_agrees_with_listing_every_path(edges, target, forward):
    """Against the definition itself: all simple paths, each with its worst edges."""
    ordered = [(min(u, v), max(u, v) + (u == v), s) if forward else (u, v, s) for u, v, s in edges]
    guideline = pathway(*((str(u), str(v), s) for u, v, s in ordered), starts=("0",))
    if str(target) not in guideline.steps:
        return
    known, found = states(guideline), weakest(guideline, str(target), limit=10_000)
    network = Pathway.of(guideline).network()
    paths = [] if target == 0 else [tuple(k for _, _, k in path) for path in nx.all_simple_edge_paths(network, "0", str(target))]
    paths = sorted(map(tuple, paths), key=len)
    if target == 0:
        paths = [()]
    assert sorted(route.edges for route in found.routes) == sorted(paths)
    assert [len(route.edges) for route in found.routes] == sorted(len(path) for path in paths)
    assert found.left_out == 0
    worst = {path: min((known[edge] for edge in path), key=RANKS.index, default=None) for path in paths}
    assert {route.edges: route.weakest for route in found.routes} == worst
    listed = [state for state in worst.values() if state]
    if listed:
        assert found.best == max(listed, key=RANKS.index)
    if found.numbers is not None:
        assert found.worst == min(listed, key=RANKS.index, default=None)
        assert {state: number for state, number in found.numbers.items() if number} == dict(Counter(listed))
        assert set(found.links) == {edge for path, state in worst.items() for edge in path if known[edge] == state}
    always = set.intersection(*map(set, paths)) if paths else set()
    assert set(found.unavoidable) == always
