"""Rows that differ only in which item makes a named group true or false are one row, of exactly the same patients."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings

from edgewise.graph.gaps.search import find_gaps
from edgewise.graph.model import AllOf, AnyOf, Comparison, CountOf, Not, Observable
from tests.graph.brute_force import Brute, cell_of, shows
from tests.graph.by_hand import edge, made, step
from tests.graph.gaps.test_search import covers_exactly, every_row, of_kind, unwalked  # noqa: F401 - a fixture
from tests.graph.small_guidelines import guidelines


def labelled(criterion, name):
    """A criterion of which every group bears a name of its own."""
    if isinstance(criterion, Comparison):
        return criterion
    if isinstance(criterion, Not):
        return replace(criterion, part=labelled(criterion.part, f"{name}-not"))
    return replace(criterion, label=name, parts=tuple(labelled(part, f"{name}-{n}") for n, part in enumerate(criterion.parts)))


def without_names(guideline):
    """By answers alone: neither groups nor edges are called anything."""
    return replace(guideline, transitions={id: replace(way, label="") for id, way in guideline.transitions.items()})


def with_names(guideline):
    edges = {id: replace(way, when=labelled(way.when, id)) if way.when else way for id, way in guideline.transitions.items()}
    return replace(guideline, transitions=edges)


@settings(deadline=None, max_examples=60)
@given(guidelines().filter(lambda one: not any(asked.items for asked in one.observables.values())))
def test_rows_by_groups_are_exactly_the_silences_and_no_more_than_by_answers(guideline):
    named = with_names(guideline)
    brute, gaps, plain = Brute(named), find_gaps(named), find_gaps(without_names(guideline))
    unwalked(gaps)
    for id in named.steps:
        rows = [row for row in of_kind(gaps, "gap") if row.step == id]
        if rows:
            covers_exactly(brute, rows, {key for key, walked in brute.walks.items() if id in walked.silent_at}, brute.reaching(id))
        assert len(rows) <= len([row for row in of_kind(plain, "gap") if row.step == id])
        for row in rows:
            assert shows(named, row, row.example)
            assert any(all(cell_of(named, one, row) in held for one, held in where.items()) for where in row.everywhere), row


def rule(label="", edge_label="rule negative", signs=8):
    """A score above four, beside a rule of some findings that ends the way where none of them is there."""
    asked = [Observable(f"s{n}", f"Sign {n}", "?", "yes-no") for n in range(signs)]
    likely = Observable("likely", "Likely", "?", "yes-no")
    none = CountOf("c", tuple(Comparison("c", one.id, answer="yes") for one in asked), (("≥", 0), ("≤", 0)), label)
    positive = AllOf("all", (Comparison("c", "likely", answer="no"), replace(none, bounds=(("≥", 1),), label="")))
    ways = [replace(edge("rule", "home", none), label=edge_label), edge("rule", "test", positive)]
    return made([step("rule", "Presentation", yields=("s0",)), step("home", "Endpoint"), step("test")], ways, [likely, *asked])


def test_which_sign_makes_a_rule_positive_is_told_by_the_name_of_the_rule_once():
    (row,) = of_kind(find_gaps(rule("PERC")), "gap")
    assert row.situation == "Likely: yes; “PERC”: no"
    assert row.example == {"likely": "yes", "s0": "yes"}
    assert len(row.everywhere) == 8


def test_a_count_that_is_all_an_edge_asks_for_goes_by_the_edge():
    (row,) = of_kind(find_gaps(rule()), "gap")
    assert row.situation == "Likely: yes; “rule negative”: no"


def test_without_a_name_few_rows_are_told_sign_by_sign_and_many_by_all_that_the_group_asks():
    assert len(of_kind(find_gaps(rule(edge_label="", signs=3)), "gap")) == 3
    (row,) = of_kind(find_gaps(rule(edge_label="", signs=8)), "gap")
    assert row.situation.startswith("Likely: yes; (exactly 0 of (Sign 0: yes; Sign 1: yes; ")
    assert row.situation.endswith("): no")


def test_an_any_of_with_a_name_is_told_by_it_and_one_row_alone_by_its_answers():
    asked = [Observable(id, id.title(), "?", "yes-no") for id in ("wet", "cold", "dark")]
    bad = AnyOf("any", tuple(Comparison("c", id, answer="yes") for id in ("wet", "cold")), "bad weather")
    ways = [edge("start", "stay", AllOf("all", (Not("n", bad), Comparison("c", "dark", answer="no"))))]
    guideline = made([step("start", "Presentation", yields=("dark",)), step("stay")], ways, asked)
    assert [row.situation for row in of_kind(find_gaps(guideline), "gap")] == ["“bad weather”: yes", "Dark: yes"]


def test_a_row_told_by_a_name_holds_no_answer_beyond_what_the_name_means():
    asked = [Observable("tired", "Tired", "?", "yes-no"), Observable("days", "Days", "?", "quantity", unit="d")]
    tired, short = Comparison("c", "tired", answer="yes"), Comparison("c", "days", bounds=(("≤", Decimal(2)),), unit="d")
    calm = CountOf("calm", (short, tired), (("≤", 0),), "calm")
    late = AllOf("late", (Comparison("c", "tired", answer="no"), Comparison("c", "days", bounds=((">", Decimal(5)),), unit="d")))
    ways = [edge("start", "rest", late), edge("rest", "home", calm)]
    steps = [step("start", "Presentation", yields=("days",)), step("rest", yields=("tired",)), step("home", "Endpoint")]
    rows = [row for row in of_kind(find_gaps(made(steps, ways, asked)), "gap") if row.step == "start"]
    by_name = next(row for row in rows if row.situation == "“calm”: no")
    by_days = next(row for row in rows if row is not by_name)
    assert by_days.situation == "Days: at most 5 days"
    beyond = set(by_days.where["days"])
    assert all(not beyond <= set(where.get("days", beyond)) or "tired" in where for where in by_name.everywhere)
