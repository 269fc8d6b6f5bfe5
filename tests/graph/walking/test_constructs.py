"""What a guideline can say beside single conditions, each as an author writes it, and what the walk makes of it."""

import pytest

from edgewise.graph.gaps.search import find_gaps
from edgewise.graph.reading.read import read_text
from edgewise.graph.reading.validate import validate
from edgewise.graph.walking.ending import ending
from edgewise.graph.walking.kleene import Truth
from edgewise.ontology.errors import FactsError
from tests.graph.one_drug import DRUG, TO_ASK, TO_DRUG, drug
from tests.graph.written import judged, made, source, walked

# Done -------------------------------------------------------------------------------------------------------------------

LADDER = {
    "steps": """
        id: start, type: Presentation, label: Start
        id: first, type: Treatment, label: Drug A
        id: second, type: Treatment, label: Drug B
        id: refer, type: Endpoint, label: Refer, endpoint: not-covered""",
    "observables": "id: pressure, label: Pressure, valueType: quantity, unit: kPa, min: 0, max: 40",
    "transitions": "\n".join(
        f"id: t{n}, from: {one}, to: {other}, when: {{observable: pressure, atLeast: 18, unit: kPa}}"
        for n, (one, other) in enumerate([("start", "first"), ("first", "second"), ("second", "refer")])
    ),
}


def test_a_step_that_finds_nothing_out_stays_due_until_somebody_says_that_it_is_done():
    ladder = made(source(**LADDER))
    assert walked(ladder, pressure=20).due == ("first",)
    assert walked(ladder, pressure=20).questions == ("done:first",)
    assert walked(ladder, pressure=20, done=["first"]).due == ("second",)
    assert walked(ladder, pressure=20, done=["first", "second"]).due == ("refer",)
    assert walked(ladder, pressure=20, done="second").due == ("first",), "what comes later does not finish what comes before"
    assert walked(ladder, **{"pressure": 20, "done:first": "no"}).due == ("first",)


def test_check_warns_of_what_nothing_finishes():
    assert judged(source(**LADDER)) == [("never-finished", "warning")]


def test_of_several_such_steps_it_warns_once_and_names_each_place():
    text = source(**LADDER)
    (found,) = validate(read_text(text, "written.yaml", "yaml"))
    first, second = (1 + text[: text.index(f"id: {step}")].count("\n") for step in ("first", "second"))
    assert found.line == first
    assert (
        f"nothing finishes 'first': it yields nothing, so it stays due until somebody says that it is done (and once more: line {second})"
        == found.message
    )
    assert [iri.rpartition("/")[2] for iri in found.related] == ["second"]


def test_after_the_last_step_is_done_the_walk_is_at_its_end():
    guideline = made(source(**LADDER | {"transitions": LADDER["transitions"].splitlines()[0]}))
    found = walked(guideline, pressure=20, done=["first"])
    assert (found.due, found.stands, found.questions) == ((), "done", ())
    assert ending(guideline, found).steps == ("first",)


@pytest.mark.parametrize(("said", "repair"), [("frist", "first"), ("refer", "first"), (7, "known are")])
def test_what_cannot_be_done_is_refused_with_a_repair(said, repair):
    with pytest.raises(FactsError) as refused:
        walked(made(source(**LADDER)), done=[said])
    assert refused.value.findings[0].rule == "not-to-be-done"
    assert repair in refused.value.findings[0].repair


def test_a_step_that_finds_something_out_is_done_by_what_it_found():
    with pytest.raises(FactsError) as refused:
        walked(drug(TO_DRUG), done=["ask"])
    assert "high" in refused.value.findings[0].repair


# Counting ---------------------------------------------------------------------------------------------------------------


def counted(bounds):
    signs = ", ".join(f"{{observable: {one}, is: yes}}" for one in ("high", "swelling", "cough"))
    return drug(f"id: t1, from: ask, to: drug, when: {{{bounds}, of: [{signs}]}}")


@pytest.mark.parametrize(
    ("bounds", "facts", "state"),
    [
        ("atLeast: 2", {"high": True, "swelling": True}, "open"),
        ("atLeast: 2", {"high": True, "swelling": False}, "undecided"),
        ("atLeast: 2", {"high": False, "swelling": False}, "closed"),
        ("atMost: 1", {"high": False, "swelling": False}, "open"),
        ("atMost: 1", {"high": True, "swelling": True}, "closed"),
        ("exactly: 1", {"high": True, "swelling": False}, "undecided"),
        ("exactly: 1", {"high": True, "swelling": False, "cough": False}, "open"),
        ("exactly: 0", {"high": True}, "closed"),
    ],
)
def test_so_many_of_some_are_counted(bounds, facts, state):
    found = walked(counted(bounds), **{"high": None, **facts}, **({} if "swelling" in facts else {"swelling": False}))
    assert found.edges["t1"].state == state


def test_a_count_says_how_far_it_has_come_and_asks_all_that_is_open():
    found = walked(counted("atLeast: 2"), high=True)
    assert "1 of 3 so far, 2 open, at least 2 needed" in found.edges["t1"].why
    assert found.questions == ("swelling", "cough")


# Scores -----------------------------------------------------------------------------------------------------------------

ITEMS = ", ".join(f"{{points: {n}, when: {{observable: {one}, is: yes}}}}" for n, one in ((3, "high"), (1.5, "swelling"), (-1, "cough")))


def scored(test="moreThan: 2"):
    observables = DRUG["observables"] + f'\n        id: total, label: Total, valueType: score, unit: "{{points}}", items: [{ITEMS}]'
    edge = f'id: t1, from: ask, to: drug, when: {{observable: total, {test}, unit: "{{points}}", basedOn: [s1]}}'
    return made(source(**DRUG | {"observables": observables}, transitions=f"{TO_ASK}\n{edge}"))


@pytest.mark.parametrize(
    ("facts", "state", "told"),
    [
        ({"high": True}, "undecided", "3 points so far, between 2 and 4.5"),
        ({"high": True, "swelling": True}, "open", "4.5 points so far, between 3.5 and 4.5"),
        ({"high": False}, "closed", "0 points so far, between -1 and 1.5"),
        ({"high": True, "swelling": False, "cough": True}, "closed", "2 points (needed: more than 2"),
        ({"high": None, "swelling": True, "cough": True}, "undecided", "0.5 points so far, between 0.5 and 3.5, 3 short"),
        ({"total": 4}, "open", "4 points"),
        ({"total": 1, "high": True, "swelling": True}, "closed", "1 point"),
    ],
)
def test_a_score_lies_between_the_least_and_the_most_that_is_still_possible(facts, state, told):
    facts = facts if "high" in facts else {"high": None, **facts}
    edge = walked(scored(), **facts).edges["t1"]
    seen = edge.trace
    assert {"open": Truth.TRUE, "closed": Truth.FALSE, "undecided": Truth.UNKNOWN}[state] is seen.truth
    assert told.replace("points", "").replace("point", "").split() == [
        word for word in told.replace("points", "").replace("point", "").split() if word in seen.text.replace("{points}", "")
    ], seen.text


def test_only_items_that_can_still_decide_are_asked_and_never_the_total():
    assert walked(scored(), high=True).questions == ("swelling", "cough")
    assert "total" not in walked(scored(), high=False, swelling=False).questions


def test_two_scores_that_share_an_item_ask_it_once():
    observables = DRUG["observables"] + "".join(
        f"\n        id: total{n}, label: Total {n}, valueType: score, items: [{ITEMS}]" for n in (1, 2)
    )
    both = "id: t1, from: ask, to: drug, when: {all: [{observable: total1, moreThan: 2}, {observable: total2, moreThan: 3}]}"
    found = walked(made(source(**DRUG | {"observables": observables}, transitions=f"{TO_ASK}\n{both}")), high=True)
    assert found.questions == ("swelling", "cough")


def test_gaps_of_a_score_are_told_by_its_total_and_shown_by_a_patient():
    guideline = scored()
    rows = [row for row in find_gaps(guideline).rows if row.kind == "gap"]
    assert [row.situation for row in rows] == ["Total: at most 2 points"]
    assert walked(guideline, **dict(rows[0].example)).silent


# Windows, ages, and what does not stand yet ------------------------------------------------------------------------------

RAISED, PAINFUL = "{observable: level, moreThan: 2, unit: mmol/L}", "{observable: pain, is: yes}"
YOUNG = "{observable: age, lessThan: 18, unit: a}"
AGAIN = {
    "steps": """
        id: start, type: Presentation, label: Start
        id: lactate, type: Investigation, label: Lactate, yields: [level]
        id: cultures, type: Investigation, label: Cultures, companionOf: lactate
        id: again, type: Investigation, label: Lactate again""",
    "observables": """
        id: level, label: Level, valueType: quantity, unit: mmol/L, min: 0, max: 40
        id: hours, label: Hours since, valueType: quantity, unit: h, min: 0, max: 72, accrues: true""",
    "transitions": f"""
        id: t0, from: start, to: lactate
        id: t1, from: start, to: cultures
        id: t2, from: lactate, to: again, when: {{all: [{RAISED}, {{observable: hours, atLeast: 2, atMost: 4, unit: h}}]}}""",
}


def test_a_finished_test_is_not_due_again_and_a_companion_does_not_vanish_with_it():
    found = walked(made(source(**AGAIN)), level=3, hours=1)
    assert (found.due, found.resting, found.awaited) == (("cultures",), ("lactate",), ("hours",))
    assert found.edges["t2"].state == "not-yet"
    assert found.edges["t2"].why.endswith("in 1 hour")


@pytest.mark.parametrize(("hours", "late"), [(2, {}), (4, {}), (5, {"again": "overdue by 1 hour"})])
def test_a_window_that_has_passed_is_late_and_not_closed(hours, late):
    found = walked(made(source(**AGAIN)), level=3, hours=hours)
    assert found.due == ("cultures", "again")
    assert found.overdue == late


def test_companions_are_done_when_they_are_said_to_be():
    assert walked(made(source(**AGAIN)), level=1, hours=1, done=["cultures"]).due == ()


def test_no_time_brings_an_age_back():
    guideline = made(
        source(
            """id: start, type: Presentation, label: Start
            id: exam, type: Investigation, label: Exam, yields: [age, pain, weeks]
            id: film, type: Investigation, label: Film""",
            """id: age, label: Age, valueType: quantity, unit: a, min: 0, max: 120
            id: pain, label: Pain, valueType: yes-no
            id: weeks, label: Weeks, valueType: quantity, unit: wk, min: 0, accrues: true""",
            f"""id: t0, from: start, to: exam
            id: t1, from: exam, to: film, when: {{all: [{YOUNG}, {PAINFUL}, {{observable: weeks, atLeast: 6, unit: wk}}]}}""",
        )
    )
    for facts in ({"age": 50}, {"age": 50, "weeks": 2}):
        found = walked(guideline, **facts)
        assert found.edges["t1"].state == "closed"
        assert "age" not in found.awaited


# Words ------------------------------------------------------------------------------------------------------------------


def told(when, **facts):
    return walked(drug(f"id: t1, from: ask, to: drug, when: {when}"), **facts).edges["t1"].trace.text


def test_a_trace_keeps_its_groups_and_says_which_alternative_held():
    sign = "{label: any sign, any: [{observable: swelling, is: yes}, {observable: cough, is: yes}]}"
    both = f"{{all: [{{observable: high, is: yes}}, {sign}]}}"
    assert told(both, high=True, swelling=False, cough=True) == "High pressure: yes; and any sign (Cough: yes)"
    plain = both.replace("label: any sign, ", "")
    assert told(plain, high=True, swelling=False, cough=True) == "High pressure: yes; and (Swelling before: no; or Cough: yes – this holds)"
    assert "any sign: not so (" in told(both, high=True, swelling=False, cough=False)


def test_no_label_reads_as_the_opposite_of_the_fact():
    assert told("{observable: high, is: no, label: no high pressure}", high=True) == "High pressure: yes (needed: no)"
    assert told("{not: {observable: high, is: yes}}", high=False) == "High pressure: no"
    assert told("{not: {observable: high, is: yes}}", high=True) == "High pressure: yes (needed: no)"


def test_times_that_edges_divide_between_them_are_no_windows():
    later = "id: t3, from: lactate, to: cultures, when: {observable: hours, moreThan: 4, unit: h}"
    found = walked(made(source(**AGAIN | {"transitions": AGAIN["transitions"] + f"\n{later}"})), level=3, hours=5)
    assert found.edges["t2"].state in ("closed", "not-named")
    assert found.overdue == {}
