"""What becomes of a PlanDefinition: actions are steps, conditions stand on edges, works behind them; the rest is named with its line."""

from __future__ import annotations

import re

import pytest

from edgewise.graph.importing.formats import import_text
from edgewise.ontology.errors import SourceError
from tests.graph.importing.fhir.plans import WORK, Json, Read, after, as_json, as_xml, bundle, graded, number, plan, read, titles, when

# Steps and conditions -----------------------------------------------------------------------------------------------------


def test_an_action_is_a_step_that_the_beginning_leads_to():
    found = Read({"title": "Rest", "description": "Stay in bed."}, {"prefix": "2.", "title": "Drink"}, {"textEquivalent": "Call us."}, {})
    assert titles(found) == ["Fever", "Rest", "2. Drink", "Call us.", "Action 4"]
    assert found["steps"][1]["summary"] == "Stay in bed."
    assert [target for _, target in found.edges] == [step["id"] for step in found["steps"][1:]]
    assert {edge["statedBy"] for edge in found["transitions"]} == {"source"}
    assert not any("justifiedBy" in edge for edge in found["transitions"])
    assert (found.sheet["draft"], found.sheet["title"]) == (True, "Fever")


def test_what_makes_an_action_applicable_is_asked_on_its_edge():
    female = when("Patient.gender = 'female'")
    found = Read({"title": "Swab", "condition": [when("%age >= 18"), female]})
    assert found.when("swab") == {
        "all": [{"observable": "age", "atLeast": number("18"), "unit": "1"}, {"observable": "patient-gender", "oneOf": ["female"]}]
    }
    assert [choice["value"] for choice in found.question("patient-gender")["choices"]] == ["male", "female", "other", "unknown"]
    assert found["transitions"][0]["label"] == "%age >= 18 and Patient.gender = 'female'"


def test_the_choices_of_a_question_are_all_that_the_file_compares_it_with_and_that_it_is_another():
    found = Read({"title": "A", "condition": [when("%germ = 'A'")]}, {"title": "B", "condition": [when("%germ = 'B'")]})
    assert [choice["label"] for choice in found.question("germ")["choices"]] == ["A", "B", "another value"]


def test_numbers_keep_their_units_and_an_age_is_in_what_its_function_says():
    found = Read(
        {"title": "A", "condition": [when("%lactate > 2 'mmol/L'")]},
        {"title": "B", "condition": [when("AgeInMonths() < 6", "text/cql")]},
        {"title": "C", "condition": [when("%span >= 2 weeks")]},
    )
    assert [(one["label"], one["unit"]) for one in found["observables"]] == [
        ("%lactate", "mmol/L"),
        ("AgeInMonths()", "mo"),
        ("%span", "wk"),
    ]


def test_a_definition_of_a_library_is_asked_by_its_name():
    said = "Looks whether it applies."
    for language in ("text/cql.identifier", "text/cql-identifier"):
        found = Read({"title": "A", "condition": [when("Is It So?", language, description=said)]})
        (asked,) = found["observables"]
        assert (asked["question"], asked["help"], asked["valueType"]) == ("Is It So?", said, "yes-no")
        assert found.when("a") == {"observable": "is-it-so", "is": "yes"}
    assert Read({"title": "A", "condition": [when('not "Common"."Is It So"', "text/cql")]}).when("a")["is"] == "no"


@pytest.mark.parametrize(
    ("expression", "language", "why"),
    [
        ("today() - 18 years > Patient.birthDate", "text/fhirpath", "'-' at character 9"),
        ("exists [Condition]", "text/cql", "'exists'"),
        ('{">": [1, 2]}', "text/jsonlogic", "text/jsonlogic is not read"),
        ("a = 1", "", "It names no language."),
        ("%bmi > 5 'bananas'", "text/fhirpath", "'bananas' is no unit"),
        ("false", "text/fhirpath", "'false' at character 1"),
    ],
)
def test_a_condition_that_is_not_read_becomes_a_question_of_its_own_and_is_named(expression, language, why):
    found = Read({"title": "A", "condition": [when(expression, language)]})
    (asked,) = found["observables"]
    assert asked["question"] == f'Does this hold: "{expression}"?'
    assert found.when("a") == {"observable": asked["id"], "is": "yes"}
    assert why in found.unread("condition")
    assert found.imported.unread[0].line > 1


def test_a_path_that_is_compared_in_two_ways_is_asked_once_for_each_and_named():
    found = Read({"title": "A", "condition": [when("%x > 1")]}, {"title": "B", "condition": [when("%x = 'big'")]})
    assert found.when("a") == {"observable": "x", "moreThan": number("1"), "unit": "1"}
    assert "is asked for as a quantity elsewhere" in found.unread("%x = 'big'")


def test_units_that_cannot_be_compared_are_named_and_those_that_can_are_kept():
    found = Read(*({"title": title, "condition": [when(f"%x > 1 '{unit}'")]} for title, unit in zip("ABC", ("mg", "g", "mo"), strict=True)))
    assert (found.when("b")["unit"], found.question("x")["unit"]) == ("g", "mg")
    assert "'mo' and 'mg' cannot be compared" in found.unread("'mo'")


def test_what_always_holds_asks_nothing():
    assert "when" not in Read({"title": "A", "condition": [when("true")]})["transitions"][0]


def test_conditions_for_a_start_or_an_end_are_named():
    found = Read({"title": "A", "condition": [when("%x > 1", kind="start")]})
    assert "when" not in found["transitions"][0]
    assert "kind start" in found.unread("condition")


# Groups -------------------------------------------------------------------------------------------------------------------


def group(chosen: str, *inside: str, **more: object) -> Json:
    return {"title": "Choose", "selectionBehavior": chosen, **more, "action": [{"title": one} for one in inside]}


def test_a_group_that_only_holds_others_is_a_lane_and_its_condition_stands_on_each_edge():
    found = Read(
        {"title": "Adults", "condition": [when("%age >= 18")], "action": [{"title": "A", "condition": [when("%x > 1")]}, {"title": "B"}]}
    )
    assert titles(found) == ["Fever", "A", "B"]
    assert [phase["label"] for phase in found["phases"]] == ["Fever", "Adults"]
    assert {step["phase"] for step in found["steps"][1:]} == {found["phases"][1]["id"]}
    assert [set(found.edge("start", end)["when"]) - {"statedBy"} for end in ("a", "b")] == [{"all"}, {"observable", "atLeast", "unit"}]
    assert 'the group "Adults"' in found.unread("group")


def test_a_group_that_says_what_to_do_is_a_step_before_those_that_it_holds():
    found = Read({"title": "Choose", "description": "Talk it over.", "action": [{"title": "A"}, {"title": "B"}]})
    assert [edge[1] for edge in found.edges] == ["choose", "a", "b"]
    assert [edge[0] for edge in found.edges][1:] == ["choose", "choose"]


def test_all_of_a_group_are_a_bundle():
    found = Read(group("all", "A", "B"))
    assert [(one["label"], one["together"]) for one in found["bundles"]] == [("Choose", ["a", "b"])]
    assert not any("role" in edge for edge in found["transitions"])


def test_exactly_one_of_a_group_is_an_alternative_and_at_most_one_is_offered():
    found = Read(group("exactly-one", "A", "B"))
    assert found["alternatives"][0]["choose"] == [{"step": "a"}, {"step": "b"}]
    assert not any("role" in edge for edge in found["transitions"])
    found = Read(group("at-most-one", "A", "B"))
    assert found["alternatives"][0]["choose"] == [{"step": "a"}, {"step": "b"}]
    assert {edge["role"] for edge in found["transitions"]} == {"option"}


def test_any_of_a_group_are_offered():
    found = Read(group("any", "A", "B"))
    assert {(edge["role"], edge["label"]) for edge in found["transitions"]} == {("option", "offered")}
    assert (found["bundles"], found["alternatives"]) == ([], [])


@pytest.mark.parametrize("chosen", ["one-or-more", "all-or-none"])
def test_what_a_guideline_has_no_word_for_is_offered_and_named(chosen):
    found = Read(group(chosen, "A", "B"))
    assert {edge["role"] for edge in found["transitions"]} == {"option"}
    assert chosen in found.unread("selectionBehavior")
    assert [one["together"] for one in found["bundles"]] == ([["a", "b"]] if chosen == "all-or-none" else [])


def test_a_choice_between_groups_and_one_that_fhir_does_not_know_are_named():
    inner = {"title": "Inner", "action": [{"title": "A"}]}
    found = Read({"title": "Choose", "selectionBehavior": "exactly-one", "action": [inner, {"title": "B"}]})
    assert found["alternatives"] == []
    assert "Groups stand among them" in found.unread("selectionBehavior")
    assert "none of FHIR's" in Read(group("some", "A", "B")).unread("selectionBehavior")


def test_what_may_be_left_out_is_offered_and_other_behaviours_are_named():
    found = Read(
        {"title": "A", "requiredBehavior": "could"},
        {"title": "B", "requiredBehavior": "must", "precheckBehavior": "no", "cardinalityBehavior": "single"},
        {"title": "C", "requiredBehavior": "must-unless-documented", "precheckBehavior": "yes", "cardinalityBehavior": "multiple"},
    )
    assert [edge.get("role") for edge in found["transitions"]] == ["option", None, None]
    assert [one.what.split('"')[0].strip() for one in found.imported.unread] == [
        "requiredBehavior",
        "precheckBehavior",
        "cardinalityBehavior",
    ]


# Bundles, releases, formats -----------------------------------------------------------------------------------------------


def activity(kind: str, id: str = "act") -> Json:
    return {
        "resourceType": "ActivityDefinition",
        "id": id,
        "url": f"http://example.org/{id}",
        "status": "draft",
        "title": "Swab",
        "kind": kind,
    }


def test_an_action_is_named_by_the_activity_that_defines_it():
    action = {"definitionCanonical": "http://example.org/act|1.0"}
    found = read(bundle(plan(action), activity("MedicationRequest")))
    assert [(step["label"], step["type"]) for step in found.sheet["steps"]][1:] == [("Swab", "Treatment")]
    assert not any("definitionCanonical" in str(one) for one in found.unread)
    assert "definitionCanonical" in Read(action).unread("example.org/act")


def test_what_a_plan_contains_is_named_once_as_a_whole_unless_an_action_is_defined_by_it():
    inside = [
        {**activity("Task", "used"), "dosage": [{"text": "much"}]},
        {"resourceType": "Library", "id": "lib", "name": "Lib", "status": "draft"},
    ]
    found = Read({"definitionCanonical": "#used"}, contained=inside)
    assert titles(found) == ["Fever", "Swab"]
    assert [one.what.partition(" ")[::2] for one in found.imported.unread] == [
        ("dosage", '"text much" of the ActivityDefinition of "Swab"'),
        ("Library", "Lib"),
    ]


def test_a_questionnaire_finds_something_out_and_of_what_the_file_does_not_say_a_note_does():
    found = Read({"title": "Ask", "definitionCanonical": "http://x/Questionnaire/q"}, {"title": "Rest"})
    assert [step["type"] for step in found["steps"]] == ["Presentation", "Investigation", "Treatment"]
    (note,) = (one for one in found["notes"] if "does not say whether" in one["text"])
    assert note["about"] == ["rest"]


def test_a_plan_that_defines_an_action_stands_inside_it_and_another_one_is_named():
    inner = plan({"title": "Drink"}, id="inner", url="http://example.org/inner", title="Inner")
    outer = plan({"title": "Care", "definitionCanonical": "http://example.org/inner"}, url="http://example.org/outer")
    found = read(bundle(inner, outer, plan({"title": "X"}, title="Other")))
    assert [step["label"] for step in found.sheet["steps"]] == ["Fever", "Drink"]
    assert any("PlanDefinition Other" in one.what for one in found.unread)


def test_plans_that_define_one_another_are_opened_once():
    one, two = (
        plan({"title": id, "definitionCanonical": f"http://example.org/{other}"}, url=f"http://example.org/{id}", id=id)
        for id, other in (("a", "b"), ("b", "a"))
    )
    found = read(bundle(one, two))
    assert len(found.sheet["steps"]) == 2
    assert any("was read before" in one.why for one in found.unread)


def test_the_order_of_r5_and_the_conditions_of_stu3_are_read():
    found = Read(
        {"linkId": "a", "title": "A"}, {"linkId": "b", "title": "B", "relatedAction": [{"targetId": "a", "relationship": "after"}]}
    )
    assert (found.imported.format, found.edges) == ("FHIR R5 PlanDefinition", [("start", "a"), ("a", "b")])
    said = {"kind": "applicability", "language": "text/cql", "expression": '"Is Ill"', "description": "why"}
    found = Read({"label": "1", "title": "A", "condition": [said], "triggerDefinition": [{"type": "named-event"}]})
    assert found.imported.format == "FHIR STU3 PlanDefinition"
    assert found["steps"][1]["label"] == "1 A"
    assert found["transitions"][0]["when"]["observable"] == "is-ill"


WHOLE = plan(
    {"id": "look", "title": "Look", "description": "In the throat.", "trigger": [{"type": "named-event", "name": "opened"}]},
    {
        "title": "Medicines",
        "selectionBehavior": "exactly-one",
        "condition": [when("%age >= 18"), when("exists [Condition]", "text/cql")],
        "action": [
            {"title": "Paracetamol", "extension": graded("strong", "low"), "documentation": [WORK], "relatedAction": [after("look")]},
            {
                "title": "Ibuprofen",
                "condition": [when("%temp > 38.50 'Cel' and Patient.gender = 'female'")],
                "input": [{"type": "Observation"}],
            },
        ],
    },
    publisher="We & <you>",
    experimental=True,
    relatedArtifact=[{"type": "justification", "display": "Book"}],
    contained=[{"resourceType": "Library", "id": "lib"}],
)


@pytest.mark.parametrize("resource", [WHOLE, bundle(WHOLE, activity("Task"))], ids=["alone", "in a bundle"])
def test_json_and_xml_of_the_same_plan_give_the_same_guideline(resource):
    one, other = import_text(as_json(resource), "fever.json"), import_text(as_xml(resource), "fever.json")

    def without_lines(value: object) -> str:
        return re.sub(r"line \d+", "line", str(value))

    assert without_lines(one.sheet) == without_lines(other.sheet)
    assert [(left.what, left.why) for left in one.unread] == [(left.what, left.why) for left in other.unread]
    assert one.unread


def test_every_construct_that_is_not_read_is_named_with_the_line_on_which_it_stands():
    data = as_json(WHOLE)
    lines = data.decode().splitlines()
    found = {one.what.partition(" ")[0]: lines[one.line - 1] for one in import_text(data, "fever.json").unread}
    assert found.keys() == {"condition", "the", "trigger", "input", "Library"}
    assert '"type": "named-event"' in lines[lines.index(found["trigger"]) + 1]


def test_what_is_not_read_is_told_in_the_order_in_which_it_stands():
    lines = [one.line for one in import_text(as_json(WHOLE), "fever.json").unread]
    assert lines == sorted(lines)


def test_a_file_without_a_plan_is_refused_with_what_to_give():
    for resource in ({"resourceType": "Library", "id": "x"}, bundle(), bundle(activity("Task"))):
        with pytest.raises(SourceError, match=r"holds no PlanDefinition; give a PlanDefinition, or a Bundle that holds one"):
            read(resource)


def test_a_plan_without_actions_says_so():
    assert "It has no action" in Read().unread("PlanDefinition")
