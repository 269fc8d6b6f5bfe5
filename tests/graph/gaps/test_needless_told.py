"""What a reader is told of edges that others hide, say as well, or could say in one."""

from dataclasses import replace
from decimal import Decimal

from edgewise.graph.gaps.search import find_gaps
from edgewise.graph.model import AllOf, Alternative, AnyOf, Bundle, Candidate, Comparison, Not, Observable, Transition
from tests.graph.by_hand import made, step

NEEDLESS = ("masked", "subsumed", "mergeable", "misleading-preference")
AGE = Observable("age", "Age", "?", "quantity", unit="a", minimum=Decimal(0), maximum=Decimal(120))
SEPSIS, SHOCK = (Observable(id, id.title(), "?", "yes-no") for id in ("sepsis", "shock"))


def aged(low=None, high=None):
    return Comparison("c", "age", bounds=tuple((sign, Decimal(at)) for sign, at in (("≥", low), ("<", high)) if at is not None), unit="a")


def yes(id):
    return Comparison("c", id, answer="yes")


def both(*parts):
    return AllOf("all", parts)


def fork(*ways, observables=(AGE, SEPSIS, SHOCK), **more):
    """One step with edges, each told as where it leads, its label, and what it asks."""
    steps = [step("start", "Presentation"), *(step(id) for id in dict.fromkeys(end for end, _, _ in ways))]
    edges = [Transition(label, "start", end, label, "source", when=when) for end, label, when in ways]
    return replace(made(steps, edges, observables), **more)


def told(guideline, *kinds):
    return [(row.kind, row.text) for row in find_gaps(guideline).rows if row.kind in (kinds or NEEDLESS)]


def test_the_two_first_rows_of_a_table_read_from_the_top_hide_a_later_one_and_that_is_told_once():
    first, second = yes("sepsis"), aged(60)
    third = both(yes("shock"), Not("n", AnyOf("any", (both(first), second))))
    late = both(aged(65), yes("shock"), Not("n", AnyOf("any", (first, both(second, Not("n", first))))))
    rows = (("ward", first), ("clinic", both(second, Not("n", first))), ("home", third), ("icu", late))
    guideline = fork(*((end, f"row {n}", when) for n, (end, when) in enumerate(rows, 1)))
    rows = [row for row in find_gaps(guideline).rows if row.kind in (*NEEDLESS, "never-met", "unreachable-step")]
    assert [row.text for row in rows] == [
        "“row 4” is open to nobody from “Start”, so nobody comes to “Icu”: whoever meets what else it asks goes along “row 1” or “row 2” "
        "instead (Age: at least 65 years; Shock: yes)."
    ]
    assert (rows[0].edges, rows[0].idle) == (("row 4", "row 1", "row 2"), ("row 4",))
    assert rows[0].example == {"age": Decimal(92), "sepsis": "yes", "shock": "yes"}


def test_all_that_one_row_for_everybody_hides_is_one_finding():
    whole = AnyOf("any", (yes("sepsis"), Not("n", yes("sepsis"))))
    behind = [(f"end-{n}", f"row {n}", both(aged(10 * n), Not("n", whole))) for n in range(2, 6)]
    found = told(fork(("ward", "row 1", whole), *behind), *NEEDLESS, "never-met")
    assert len(found) == 1
    assert found[0][1].startswith("“row 2”, “row 3”, “row 4” and “row 5” are open to nobody from “Start”, so nobody comes to “End-2” or")


def test_a_condition_that_contradicts_itself_is_no_matter_of_order():
    nobody = both(aged(60), Not("n", aged(50)))
    guideline = fork(("ward", "old", nobody), ("home", "young", aged(None, 40)))
    assert told(guideline) == []
    assert [kind for kind, _ in told(guideline, "never-met", "unreachable-step")] == ["never-met", "unreachable-step"]


def test_what_is_contraindicated_is_no_matter_of_order_either():
    against = replace(yes("shock"), id="against")
    steps = {"start": step("start", "Presentation"), "knife": step("knife", contraindications=(against,)), "ward": step("ward")}
    when = both(yes("shock"), aged(50), Not("knife/unless/1", against))
    edges = [
        Transition("t1", "start", "knife", "knife", "source", when=when),
        Transition("t2", "start", "ward", "ward", "source", when=yes("shock")),
    ]
    guideline = made(steps.values(), edges, (AGE, SHOCK))
    assert told(guideline) == []
    assert [kind for kind, _ in told(guideline, "never-met")] == ["never-met"]


def test_an_edge_that_two_others_take_all_patients_of_names_them_and_no_third():
    guideline = fork(
        ("a", "from 40", aged(40)), ("b", "to 50", aged(None, 50)), ("c", "20 to 60", aged(20, 60)), ("d", "45 to 48", aged(45, 48))
    )
    assert told(guideline) == [
        ("masked", "Nobody goes along “20 to 60” alone: whoever goes that way from “Start” goes along “from 40” or “to 50” as well "
         "(Age: 20 years to less than 60 years)."),
    ]  # fmt: skip


def test_steps_that_are_begun_together_mask_nothing():
    ways = (("a", "from 40", aged(40)), ("b", "to 50", aged(None, 50)), ("c", "20 to 60", aged(20, 60)))
    assert [kind for kind, _ in told(fork(*ways))] == ["masked"]
    assert told(fork(*ways, bundles={"b": Bundle("b", "At once", ("a", "b", "c"))})) == []


def test_an_edge_that_one_other_takes_all_patients_of_elsewhere_is_an_overlap_and_no_more():
    guideline = fork(("a", "from 40", aged(40)), ("b", "from 50", aged(50)))
    assert [kind for kind, _ in told(guideline, *NEEDLESS, "overlap")] == ["overlap"]


def test_five_edges_of_which_no_two_make_one_range_may_do_so_together():
    """A pinwheel: four arms of two squares around a fifth in the middle."""
    weight = Observable("weight", "Weight", "?", "quantity", unit="kg", minimum=Decimal(0))

    def square(left, right, low, high):
        sides = {"age": (left, right), "weight": (low, high)}
        units = {"age": "a", "weight": "kg"}
        told_so = {
            id: tuple((sign, Decimal(at)) for sign, at in zip("≥<", ends, strict=True) if at is not None) for id, ends in sides.items()
        }
        return both(*(Comparison("c", id, bounds=bounds, unit=units[id]) for id, bounds in told_so.items() if bounds))

    arms = [
        square(None, 20, None, 40),
        square(20, None, None, 20),
        square(40, None, 20, None),
        square(None, 40, 40, None),
        square(20, 40, 20, 40),
    ]
    guideline = fork(*(("ward", f"arm {n}", arm) for n, arm in enumerate(arms)), observables=(AGE, weight))
    assert told(guideline) == [
        ("mergeable", "“arm 0”, “arm 1”, “arm 2”, “arm 3” and “arm 4” all lead from “Start” to “Ward”, and are for everybody together: one "
         "edge would say it (in every patient who comes this far)."),
    ]  # fmt: skip


def test_ranges_with_a_hole_between_them_are_not_one():
    assert told(fork(("ward", "young", aged(None, 20)), ("ward", "old", aged(60)), ("home", "between", aged(20, 60)))) == []
    (found,) = told(fork(("ward", "young", aged(None, 20)), ("ward", "older", aged(20, 60)), ("home", "old", aged(60))))
    assert found[1].endswith("and together ask for one thing: one edge would say it (Age: less than 60 years).")


def test_edges_on_different_passages_show_their_own_evidence_and_are_not_to_be_merged():
    guideline = fork(("ward", "young", aged(None, 20)), ("ward", "older", aged(20, 60)))
    edges = {id: replace(edge, justified_by=(f"s-{id}",)) for id, edge in guideline.transitions.items()}
    assert [kind for kind, _ in told(guideline)] == ["mergeable"]
    assert told(replace(guideline, transitions=edges)) == []


def test_a_general_alternative_that_goes_before_the_specific_ones_is_told_once():
    ways = (("acei", "all", None), ("arb", "shock", yes("shock")), ("other", "old", aged(60)))
    choose = tuple(Candidate(f"a/{id}", id, rank) for rank, id in enumerate(("acei", "arb", "other"), 1))
    guideline = fork(*ways, alternatives={"a": Alternative("a", "One of them", choose)})
    (row,) = [row for row in find_gaps(guideline).rows if row.kind in NEEDLESS]
    assert row.text == (
        "“Arb” and “Other” never come first after “Start”: “shock” and “old” ask for more than “all”, and “Acei” is preferred all the same "
        "(Shock: yes; or Age: at least 60 years)."
    )
    assert (row.kind, row.edges, row.idle) == ("misleading-preference", ("shock", "old", "all"), ("shock", "old"))
    equal = tuple(replace(one, rank=1) for one in choose)
    assert told(replace(guideline, alternatives={"a": Alternative("a", "One of them", equal)})) == []


def test_programs_are_told_which_edges_lose():
    guideline = fork(("ward", "from 40", aged(40)), ("ward", "from 50", aged(50)))
    (row,) = [row for row in find_gaps(guideline).rows if row.kind == "subsumed"]
    assert row.as_json()["idle"] == ["from 50"]
    assert all("idle" not in other.as_json() for other in find_gaps(guideline).rows if other.kind not in NEEDLESS)
