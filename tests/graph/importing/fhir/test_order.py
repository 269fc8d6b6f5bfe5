"""In which order the actions of a PlanDefinition stand, and how far apart in time."""

from __future__ import annotations

import re

import pytest

from tests.graph.importing.fhir.plans import Json, Read, after, number, when


def test_what_comes_after_another_is_led_to_by_it_alone():
    for first, second in (([], [after("a")]), ([after("b", "before-start")], [])):
        found = Read({"id": "a", "title": "A", "relatedAction": first}, {"id": "b", "title": "B", "relatedAction": second})
        assert found.edges == [("start", "a"), ("a", "b")]


def test_where_what_comes_first_does_not_apply_it_is_not_waited_for():
    found = Read({"id": "a", "title": "A", "condition": [when("%x > 1")]}, {"id": "b", "title": "B", "relatedAction": [after("a")]})
    assert found.edges == [("start", "a"), ("a", "b"), ("start", "b")]
    assert found.edge("start", "b")["when"]["not"] == {"observable": "x", "moreThan": number("1"), "unit": "1"}
    assert "when" not in found.edge("a", "b")


def test_what_may_be_left_out_is_not_waited_for_either_and_that_is_named():
    found = Read({"id": "a", "title": "A", "requiredBehavior": "could"}, {"id": "b", "title": "B", "relatedAction": [after("a")]})
    assert found.edges == [("start", "a"), ("a", "b"), ("start", "b")]
    assert "may be left out" in found.unread('"B" after "A"')


def test_a_step_after_two_others_is_named():
    found = Read({"id": "a", "title": "A"}, {"id": "b", "title": "B"}, {"title": "C", "relatedAction": [after("a"), after("b")]})
    assert found.edges[2:] == [("a", "c"), ("b", "c")]
    assert "as soon as one of them" in found.unread('"C" after "A", "B"')


def chosen_first(behaviour: str) -> Read:
    group = {"id": "g", "title": "First", "selectionBehavior": behaviour, "action": [{"title": "A"}, {"title": "B"}]}
    return Read(group, {"title": "C", "relatedAction": [after("g")]})


def test_what_comes_after_a_group_is_led_to_by_what_the_group_ends_with():
    found = chosen_first("exactly-one")
    assert found.edges[2:] == [("a", "c"), ("b", "c")]
    assert [one.what.partition(" ")[0] for one in found.imported.unread] == ["the"]  # the group itself, and no more
    found = chosen_first("all")
    assert found.edges[2:] == [("a", "c"), ("b", "c")]
    assert "as soon as one of them" in found.unread('"C" after "First"')


def test_where_nothing_of_a_group_applies_it_is_not_waited_for():
    inside = [{"title": title, "condition": [when(f"%x = '{title}'")]} for title in ("A", "B")]
    group = {"id": "g", "title": "First", "selectionBehavior": "exactly-one", "action": inside}
    found = Read(group, {"title": "C", "relatedAction": [after("g")]})
    assert found.edges[2:] == [("a", "c"), ("b", "c"), ("start", "c")]
    either = [{"observable": "x", "oneOf": ["A"]}, {"observable": "x", "oneOf": ["B"]}]
    assert found.edge("start", "c")["when"]["not"] == {"any": either}


def test_what_comes_before_a_group_leads_to_all_that_it_holds():
    group = {"id": "g", "title": "Then", "action": [{"title": "B"}, {"title": "C"}]}
    assert Read({"id": "a", "title": "A", "relatedAction": [after("g", "before")]}, group).edges[1:] == [("a", "b"), ("a", "c")]


def test_that_a_part_of_a_group_ends_before_the_group_says_nothing_and_any_other_order_with_it_is_named():
    def inside(relationship: str) -> Read:
        part = {"title": "A", "relatedAction": [after("g", relationship)]}
        return Read({"id": "g", "title": "Group", "description": "Do this.", "action": [part]})

    assert inside("before-end").imported.unread == ()
    assert "One of the two holds the other" in inside("after").unread("related action")
    assert inside("before-end").edges == inside("after").edges == [("start", "group"), ("group", "a")]


def test_of_three_in_a_row_the_last_waits_for_the_one_before_it_alone():
    first, second = {"id": "a", "title": "A"}, {"id": "b", "title": "B", "relatedAction": [after("a")]}
    third = {"title": "C", "relatedAction": [after("a"), after("b")]}
    found = Read(first, second, third)
    assert (found.edges, found.imported.unread) == ([("start", "a"), ("a", "b"), ("b", "c")], ())
    found = Read(first, {**second, "condition": [when("%x > 1")]}, third)
    assert found.edges == [("start", "a"), ("a", "b"), ("a", "c"), ("b", "c")]
    assert "not" in found.edge("a", "c")["when"]


def duration(value: float, code: str = "h") -> Json:
    return {"value": value, "unit": code, "system": "http://unitsofmeasure.org", "code": code}


def test_an_exact_time_between_two_is_kept():
    found = Read({"id": "a", "title": "A"}, {"title": "B", "relatedAction": [after("a", "after-end", offsetDuration=duration(1.5))]})
    assert {key: found["steps"][2][key] for key in ("notBefore", "after")} == {"notBefore": "1.5 h", "after": "a"}
    bounds = {"low": duration(1), "high": duration(2)}
    found = Read({"id": "a", "title": "A", "relatedAction": [after("b", "before", offsetRange=bounds)]}, {"id": "b", "title": "B"})
    assert {key: found["steps"][2][key] for key in ("notBefore", "within", "after")} == {"notBefore": "1 h", "within": "2 h", "after": "a"}
    assert found.imported.unread == ()


@pytest.mark.parametrize(
    "related",
    [
        after("a", "concurrent"),
        after("a", "after-start", offsetDuration=duration(1)),
        after("a", offsetDuration=duration(-1)),
        after("a", offsetDuration=duration(1, "fortnight")),
        after("a", offsetDuration={"comparator": "<", **duration(1)}),
        after("nobody"),
        after("b"),
    ],
)
def test_an_order_that_is_no_plain_one_is_named_with_its_line(related):
    found = Read({"id": "a", "title": "A"}, {"id": "b", "title": "B", "relatedAction": [related]})
    assert not {"notBefore", "within", "after"} & set(found["steps"][2])
    assert re.match(r"line \d+: ", found.unread("related action"))


def test_a_plain_period_is_every_and_any_other_timing_is_named():
    def timed(**repeat: object) -> Read:
        return Read({"title": "A", "timingTiming": {"repeat": repeat}})

    assert timed(frequency=1, period=6, periodUnit="h")["steps"][1]["every"] == "6 h"
    for repeat in ({"frequency": 2, "period": 1, "periodUnit": "d"}, {"count": 3}, {"period": 1, "periodUnit": "d", "when": ["AC"]}):
        found = timed(**repeat)
        assert "every" not in found["steps"][1]
        assert found.unread("timingTiming")
