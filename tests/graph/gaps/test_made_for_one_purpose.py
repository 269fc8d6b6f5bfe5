"""Gaps of guidelines that were made for one purpose each."""

from decimal import Decimal
from itertools import combinations

from edgewise.graph.gaps.search import find_gaps
from edgewise.graph.model import AllOf, AnyOf, Comparison, Not, Observable
from tests.graph.by_hand import edge, made, questions, step, yes
from tests.graph.gaps.test_search import of_kind


def test_of_two_answers_that_both_leave_a_patient_alone_each_has_an_example_of_its_own():
    away = Comparison("c", "sepsis", answer="no")
    operated = AllOf("all", (yes("broken"), Comparison("c", "pregnant", answer="no"), away))
    asked = [Observable(id, id.title(), "?", "yes-no") for id in ("broken", "pregnant", "sepsis")]
    steps = [step("start", "Presentation"), step("film", yields=("broken",)), step("knife", "Endpoint", endpoint="discharge")]
    found = find_gaps(made(steps, [edge("start", "film"), edge("film", "knife", operated)], asked))
    examples = {row.situation: row.example for row in of_kind(found, "gap")}
    assert examples["Sepsis: yes"] == {"broken": "yes", "sepsis": "yes"}
    assert examples["Pregnant: yes"] == {"broken": "yes", "pregnant": "yes"}
    assert examples["Broken: no"] == {"broken": "no"}


def test_a_step_of_forty_questions_has_forty_rows_and_an_example_each():
    asked = questions(40)
    guideline = made(
        [step("start", "Presentation"), step("end", "Endpoint", endpoint="discharge")],
        [edge("start", "end", AllOf("all", tuple(yes(one.id) for one in asked)))],
        asked,
    )
    rows = find_gaps(guideline).rows
    assert [row.situation for row in rows] == [f"{one.label}: no" for one in asked]
    assert [row.example for row in rows] == [{one.id: "no"} for one in asked]


def test_a_range_told_by_several_edges_is_told_as_what_is_left():
    age = Observable("age", "Age", "?", "quantity", unit="a", minimum=Decimal(0), maximum=Decimal(120))
    young = Comparison("c", "age", bounds=(("≥", Decimal(2)), ("<", Decimal(12))), unit="a")
    old = Comparison("d", "age", bounds=((">", Decimal(12)),), unit="a")
    ends = [step("one", "Endpoint", endpoint="discharge"), step("two", "Endpoint", endpoint="discharge")]
    gaps = find_gaps(made([step("start", "Presentation"), *ends], [edge("start", "one", young), edge("start", "two", old)], [age]))
    assert [(row.kind, row.situation) for row in gaps.rows] == [("gap", "Age: less than 2 years"), ("gap", "Age: exactly 12 years")]


def test_rows_that_would_be_too_many_are_counted_instead(monkeypatch):
    """Two yes of four: none of the six combinations can be told together with another."""
    monkeypatch.setattr("edgewise.graph.gaps.ways.MOST", 5)
    pairs = [
        AllOf("two", tuple(yes(f"q{n}") if n in pair else Not("n", yes(f"q{n}")) for n in range(4))) for pair in combinations(range(4), 2)
    ]
    anything_else = Not("n", AnyOf("any", tuple(pairs)))
    end = step("end", "Endpoint", endpoint="discharge")
    gaps = find_gaps(made([step("start", "Presentation"), end], [edge("start", "end", anything_else)], questions(4)))
    assert len(gaps.rows) == 5
    assert gaps.unchecked == ("Start: 1 more combinations of answers are not listed (gap), because they need too many rows",)


def test_pairs_of_steps_that_would_be_too_many_are_counted_instead(monkeypatch):
    monkeypatch.setattr("edgewise.graph.gaps.ways.MOST", 4)
    ends = [step(f"end-{n}", "Endpoint", endpoint="discharge") for n in range(4)]
    gaps = find_gaps(made([step("start", "Presentation"), *ends], [edge("start", end.id) for end in ends], []))
    assert [(row.kind, row.situation) for row in gaps.rows] == [("overlap", "in every patient who comes this far")] * 4
    assert gaps.unchecked == ("Start: 2 more pairs of steps that follow at once are not listed, because they need too many rows",)


def test_a_step_beyond_the_budget_is_named_and_so_are_those_behind_it():
    asked = questions(24)
    crossed = AnyOf("any", tuple(AllOf("all", (yes(f"q{n}"), yes(f"q{n + 12}"))) for n in range(12)))
    in_order = AllOf("all", tuple(yes(one.id) for one in asked))  # makes the order of variables the worst for `crossed`
    steps = [step("start", "Presentation"), step("hard"), step("behind"), step("easy"), step("end", "Endpoint", endpoint="discharge")]
    edges = [edge("start", "easy", in_order), edge("start", "hard", crossed), edge("hard", "behind"), edge("easy", "end")]
    gaps = find_gaps(made(steps, edges, asked), budget=1000)
    why = "because more than 1000 pieces would be needed to tell its situations apart"
    assert f"not checked: Hard, {why}" in gaps.unchecked
    assert "not checked: Behind, because Hard before it could not be" in gaps.unchecked
    assert not any("Easy" in words for words in gaps.unchecked)
    assert all(row.step not in ("hard", "behind") for row in gaps.rows)


def test_an_option_is_no_way_on_but_not_out_of_reach_either():
    guideline = made(
        [step("start", "Presentation"), step("maybe"), step("then")], [edge("start", "maybe", role="option"), edge("maybe", "then")], []
    )
    gaps = find_gaps(guideline)
    assert [(row.kind, row.step) for row in gaps.rows] == [("dead-end", "start")]
    assert gaps.rows[0].text == "The pathway ends at “Start”: the source only offers options after it."
    assert [words.split(",")[0] for words in gaps.unchecked] == ["not checked: Maybe", "not checked: Then"]


def test_criteria_that_rule_one_another_out_are_named_and_no_others():
    asked = [*questions(2), Observable("age", "Age", "?", "count", minimum=Decimal(0))]
    young, old = (Comparison(sign, "age", bounds=((sign, Decimal(40)),), label=label) for sign, label in (("<", "young"), (">", "old")))
    when = AllOf("all", (yes("q0"), young, yes("q1"), old))
    rows = find_gaps(made([step("start", "Presentation"), step("end")], [edge("start", "end", when)], asked)).rows
    unreachable = next(row for row in rows if row.kind == "unreachable-step")
    assert unreachable.text == "No patient comes to “End”: nobody can meet “young” and “old” together."


def test_a_loop_left_by_what_is_found_out_anew_is_no_endless_one():
    steps = [step("start", "Presentation"), step("cast", yields=("q0",)), step("home", "Endpoint", endpoint="discharge")]
    again = [edge("start", "cast"), edge("cast", "cast", Not("n", yes("q0"))), edge("cast", "home", yes("q0"))]
    assert find_gaps(made(steps, again, questions(1))).rows == ()
    stuck = [*again[:2], edge("cast", "home", AllOf("all", (yes("q0"), yes("q1"))))]
    rows = find_gaps(made(steps, stuck, questions(2))).rows
    assert [(row.kind, row.situation) for row in rows if row.kind == "endless-loop"] == [("endless-loop", "Question 0: no; Question 1: no")]


def test_a_guideline_without_anything_to_walk_has_no_gaps():
    assert find_gaps(made([], [], [])).rows == ()
    assert [row.kind for row in find_gaps(made([step("alone")], [], [])).rows] == ["unreachable-step"]
