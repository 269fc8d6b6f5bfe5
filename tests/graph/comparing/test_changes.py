"""What else is told of two versions, and what it touches: care, the pathway, what is cited, or words alone."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from edgewise.graph.cases.book import cases_of
from edgewise.graph.comparing.comparison import compare
from edgewise.graph.durations import duration
from edgewise.graph.library import load
from edgewise.graph.model import Alternative, Candidate, Comparison, Component, Dose, Step, Term, TimeWindow
from edgewise.graph.shelf import find
from tests.places import DATA

SI = load("sacroiliac-sclerosis").guideline
SEPSIS = load(str(DATA / "guidelines" / "sepsis")).guideline


ORDER = ("cooled-rfa", "si-joint-fusion")


def with_step(guideline, id, **changes):
    return replace(guideline, steps={**guideline.steps, id: replace(guideline.steps[id], **changes)})


def with_statement(guideline, id, **changes):
    return replace(guideline, statements={**guideline.statements, id: replace(guideline.statements[id], **changes)})


def only(found, kind):
    (one,) = found.of_kind(kind)
    return one


def test_a_dose_that_changed_is_a_change_of_care_though_nobody_goes_elsewhere():
    old, new = (
        Component("c", "Lisinopril", doses=(Dose("d", Decimal(amount), "mg", label=label),)) for amount, label in ((5, "x"), (10, "y"))
    )
    found = compare(with_step(SI, "conservative-care", components=(old,)), with_step(SI, "conservative-care", components=(new,)))
    assert (found.groups, found.care_differs) == ((), True)
    assert only(found, "dose").text == "Conservative care, 3–6 months, Lisinopril: x: 5 mg → y: 10 mg"


def test_a_dose_told_in_other_words_is_the_same():
    old, new = (Component("c", "Lisinopril", doses=(Dose(id, Decimal(5), "mg", label=id),)) for id in ("x", "y"))
    found = compare(with_step(SI, "conservative-care", components=(old,)), with_step(SI, "conservative-care", components=(new,)))
    assert found.same_care
    assert not found.of_kind("dose")


def test_times_are_compared_by_how_long_they_are():
    one, same, other = (with_step(SI, "conservative-care", within=duration(time)) for time in ("4 wk", "28 d", "6 wk"))
    assert compare(one, same).same_care
    told = only(compare(one, other), "time")
    assert (told.before.split(" of ")[0], told.after.split(" of ")[0], told.weight) == ("within 4 weeks", "within 6 weeks", "care")


def test_a_rating_that_changed_is_told_with_both_scores():
    id, rating = next(iter(SI.ratings.items()))
    found = compare(SI, replace(SI, ratings={**SI.ratings, id: replace(rating, score=2)}))
    assert only(found, "rating").before != only(found, "rating").after
    assert found.care_differs


def test_a_strength_is_care_and_a_certainty_is_evidence():
    id = next(id for id, one in SEPSIS.statements.items() if one.strength == "strong")
    found = compare(SEPSIS, with_statement(SEPSIS, id, strength="weak"))
    assert (only(found, "strength").before.split(",")[0], only(found, "strength").after.split(",")[0]) == ("strong", "weak")
    assert found.care_differs
    found = compare(SEPSIS, with_statement(SEPSIS, id, certainty="very low", certainty_for=()))
    assert only(found, "certainty").weight == "evidence"
    assert found.same_care


def test_which_of_several_steps_is_preferred_is_care_in_whatever_order_they_stand():
    def choosing(*ranks):
        choose = tuple(Candidate(f"c{rank}", step, rank=rank) for step, rank in ranks)
        return replace(SI, alternatives={"a": Alternative("a", "Either", choose)})

    first = choosing(("cooled-rfa", 1), ("si-joint-fusion", 2))
    assert compare(first, choosing(("si-joint-fusion", 2), ("cooled-rfa", 1))).same_care
    found = compare(first, choosing(("cooled-rfa", 2), ("si-joint-fusion", 1)))
    assert found.care_differs
    assert only(found, "choice").weight == "pathway"  # whom it touches the groups say
    (group,) = found.preferences
    assert (group.old, group.new) == tuple(f"first “{SI.steps[x].name}”, then “{SI.steps[y].name}”" for x, y in (ORDER, ORDER[::-1]))


def test_one_more_step_to_choose_from_is_one_change_and_not_one_lost_and_one_won():
    def choosing(*steps, id="a"):
        choose = tuple(Candidate(f"c{rank}", step, rank=rank) for rank, step in enumerate(steps, 1))
        return replace(SI, alternatives={id: Alternative(id, "Either", choose)})

    two, three = choosing("cooled-rfa", "si-joint-fusion"), choosing("cooled-rfa", "si-joint-fusion", "diagnostic-injections", id="b")
    for first, second in ((two, three), (three, two)):
        one = only(compare(first, second), "choice")
        assert (one.a, one.b) == tuple(next(iter(each.alternatives)) for each in (first, second))
        assert one.before
        assert one.after
    other = choosing("conservative-care", "diagnostic-injections")
    assert [(bool(one.a), bool(one.b)) for one in compare(two, other).of_kind("choice")] == [(True, False), (False, True)]


def test_a_step_that_nobody_comes_to_is_told_and_is_no_change_of_care():
    other = replace(SI, steps={**SI.steps, "new": Step("new", "Treatment", "New", "", "p")})
    found = compare(SI, other)
    assert found.same_care
    assert only(found, "step").text == "New: — → treatment, added"


def test_a_number_in_a_statement_is_words_until_a_condition_asks_for_it():
    said = SI.statements["s21"]
    found = compare(SI, with_statement(SI, "s21", text=said.text.replace("80–90", "85–90")))
    assert found.same_care
    assert only(found, "label").weight == "wording"


def test_nothing_that_differs_is_passed_over_in_silence():
    found = compare(SI, with_step(SI, "cooled-rfa", order=77))
    assert [one.after for one in found.changes] == ["otherwise in order"]
    found = compare(SI, replace(SI, glossary={**SI.glossary, "new": Term("new", "New", "A new term.", "editor")}))
    assert [one.where for one in found.changes] == ["Glossary"]


def test_cases_break_where_the_expectation_is_no_longer_met_and_nowhere_else():
    cases = cases_of(find("sacroiliac-sclerosis"), SI)
    assert not compare(SI, SI, cases=cases).changes
    without = replace(SI, transitions={id: one for id, one in SI.transitions.items() if id != "presentation-to-xray-si-joints"})
    broken = compare(SI, without, cases=cases).of_kind("case")
    assert broken
    assert all(one.weight == "evidence" and one.before != one.after for one in broken)


def test_a_headline_says_what_differs():
    assert compare(SI, SI).headline == "The two are the same."
    assert compare(SI, replace(SI, title="Another title")).headline == "Care is the same for all patients: only words, order or ids differ."
    without = replace(SI, transitions={id: one for id, one in SI.transitions.items() if id != "cooled-rfa-to-si-joint-fusion"})
    assert compare(SI, without).headline.startswith("Care differs: 4 groups of patients now go elsewhere")


def test_another_way_of_taking_an_image_is_a_change_of_care():
    id, method = next(iter(SI.modalities.items()))
    found = compare(SI, replace(SI, modalities={**SI.modalities, id: replace(method, contrast="with IV contrast only")}))
    assert (only(found, "rating").after, found.care_differs) == ("with IV contrast only", True)


def test_a_time_that_counts_in_one_case_is_compared_with_that_case():
    def within(answer):
        when = Comparison("w", "inflammatory-suspicion", answer=answer)
        return with_step(SI, "conservative-care", windows=(TimeWindow("t", "within", duration("4 wk"), when=when),))

    assert compare(within("yes"), within("yes")).same_care
    told = only(compare(within("yes"), within("no")), "time")
    assert (told.weight, told.before != told.after) == ("care", True)
