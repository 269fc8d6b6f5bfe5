"""Whatever stands in a PlanDefinition: each action is a step or named, the result is a guideline that can be used, nothing crashes."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from edgewise.citations.audit.engine import audit
from edgewise.citations.audit.rules.rule import Audited
from edgewise.graph import library
from edgewise.graph.gaps.search import find_gaps
from edgewise.graph.importing.formats import import_text
from edgewise.graph.importing.imported import Imported
from edgewise.graph.importing.writing import as_yaml
from edgewise.ontology.errors import SourceError
from tests.graph.importing.fhir.plans import Json, as_json, as_xml, graded, plan, read, when
from tests.places import SHARED

EXPRESSIONS = ("%age >= 18", "%age < 18 and %ill", "Patient.gender = 'female'", "%germ in ('A' | 'B')", "today() > %x", "(%ill).not()")
CHOSEN = ("any", "all", "all-or-none", "exactly-one", "at-most-one", "one-or-more", "nonsense")

conditions = st.lists(st.sampled_from(EXPRESSIONS).map(when), max_size=2)
related = st.lists(
    st.fixed_dictionaries(
        {"actionId": st.sampled_from("abcdefgh"), "relationship": st.sampled_from(("before", "after-end", "concurrent"))}
    ),
    max_size=1,
)
leaves = st.fixed_dictionaries(
    {},
    optional={
        "id": st.sampled_from("abcdefgh"),
        "title": st.sampled_from(("Rest", "Drink", "Call a doctor", "体温", "done")),
        "description": st.just("In words."),
        "condition": conditions,
        "relatedAction": related,
        "extension": st.just(graded("strong", "low")),
        "documentation": st.just([{"type": "citation", "citation": "Lee A. 2019."}]),
        "requiredBehavior": st.sampled_from(("must", "could")),
        "trigger": st.just([{"type": "named-event", "name": "opened"}]),
    },
)
actions = st.recursive(
    leaves,
    lambda inner: st.tuples(leaves, st.sampled_from(CHOSEN), st.lists(inner, min_size=1, max_size=3)).map(
        lambda made: {**made[0], "selectionBehavior": made[1], "action": made[2]}
    ),
    max_leaves=8,
)
plans = st.lists(actions, max_size=4).map(lambda made: numbered(plan(*made)))


def numbered(resource: Json) -> Json:
    """Each action bears a number at the end of its title, by which it is found again."""
    resource = copy.deepcopy(resource)
    for number, action in enumerate(every(resource), 1):
        action["title"] = f"{action.get('title', 'Act')} {number}"
    return resource


def every(holder: Json) -> Iterator[Json]:
    for action in holder.get("action", []):
        yield action
        yield from every(action)


@given(plans)
def test_each_action_is_a_step_or_named_and_each_step_is_led_to_from_one_that_is_there(resource):
    found = read(resource)
    labels = {step["label"] for step in found.sheet["steps"]}
    named = " ".join(map(str, found.unread))
    for action in every(resource):
        assert action["title"] in labels or f'the group "{action["title"]}"' in named
    steps = {step["id"] for step in found.sheet["steps"]}
    for edge in found.sheet.get("transitions", ()):
        assert {edge["from"], edge["to"]} <= steps


@given(plans)
def test_no_edge_is_open_to_everybody_whose_action_is_not(resource):
    found = read(resource)
    asked = {action["title"] for action in every(resource) if action.get("condition")}
    labels = {step["id"]: step["label"] for step in found.sheet["steps"]}
    for edge in found.sheet.get("transitions", ()):
        assert labels[edge["to"]] not in asked or "when" in edge


@given(plans)
def test_an_edge_has_a_source_exactly_where_its_action_names_a_work_or_grades_itself(resource):
    found = read(resource)
    backed = {action["title"] for action in every(resource) if {"documentation", "extension"} & action.keys()}
    labels = {step["id"]: step["label"] for step in found.sheet["steps"]}
    for edge in found.sheet.get("transitions", ()):
        assert ("justifiedBy" in edge) == (labels[edge["to"]] in backed)


def used(found: Imported, name: str = "made") -> None:
    """The guideline is judged, searched for gaps and audited; no fault of form is in it."""
    text = as_yaml(found, f"{name}.json").encode()
    loaded = library.load_content(text, f"{name}.yaml", "yaml")
    assert [str(one) for one in loaded.findings if one.severity == "error"] == []
    find_gaps(loaded.guideline)
    audit(Audited(loaded.guideline, loaded))


@settings(max_examples=8, phases=(Phase.generate,), suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(plans)
def test_what_comes_of_any_plan_can_be_used(resource):
    used(read(resource))


# Mutations ----------------------------------------------------------------------------------------------------------------

RICH = plan(
    {"id": "a", "title": "A", "condition": [when("%age >= 18")], "timingTiming": {"repeat": {"period": 6, "periodUnit": "h"}}},
    {
        "title": "Choose",
        "selectionBehavior": "exactly-one",
        "action": [
            {"title": "B", "extension": graded("weak", "high"), "relatedAction": [{"actionId": "a", "relationship": "after"}]},
            {"title": "C", "documentation": [{"type": "citation", "url": "https://doi.org/10.1234/x"}], "goalId": ["g"]},
        ],
    },
    goal=[{"id": "g", "description": {"text": "Health"}}],
)
JUNK: tuple[Any, ...] = (
    None, "", [], {}, "x" * 3000, "0", True, -1, 1e300, 10**30, ["a", {"b": 1}], {"value": "x"}, "\u202e <b>", "../../etc/passwd", "yes",
    "null", [[["q"]]], {"resourceType": "PlanDefinition", "action": [{}]}, {"extension": [{"url": "u"}]}, "2026-02-30", "a: b", "- x", "#c",
    "'\"", "体温",
)  # fmt: skip


def mutated(resource: Json, seed: int) -> Json:
    dice, made = random.Random(seed), copy.deepcopy(resource)
    for _ in range(dice.randint(1, 6)):
        holder, key = dice.choice(list(places(made)))
        what = dice.choice(("drop", "junk", "wrap", "twice"))
        if what == "drop" and len(made) > 2:
            del holder[key]
        elif what == "junk":
            holder[key] = copy.deepcopy(dice.choice(JUNK))
        elif what == "wrap":
            holder[key] = [copy.deepcopy(holder[key])]
        elif isinstance(holder, list):
            holder.append(copy.deepcopy(holder[key]))
    return made


def places(data: Any) -> Iterator[tuple[Any, Any]]:
    for key, value in list(data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()):
        yield data, key
        yield from places(value)


@pytest.mark.parametrize("form", [as_json, as_xml], ids=["json", "xml"])
def test_whatever_is_changed_in_a_plan_it_is_read_or_refused_with_a_repair(form):
    outcomes = set()
    for seed in range(250):
        try:
            data = form(mutated(RICH, seed))
        except (TypeError, KeyError, AttributeError):
            continue  # what cannot be written in XML at all
        try:
            outcomes.add(bool(as_yaml(import_text(data, "made"), "made")))
        except SourceError as refusal:
            assert all(one.repair for one in refusal.findings)
            outcomes.add(False)
    assert outcomes == {True, False}


@pytest.mark.parametrize("seed", [3, 14, 15, 92, 65])
def test_what_comes_of_a_changed_plan_can_be_used(seed):
    try:
        found = read(mutated(RICH, seed))
    except SourceError:
        return
    used(found)


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.9])
def test_a_file_that_ends_too_early_is_refused(cut):
    for data in (as_json(RICH), as_xml(RICH)):
        with pytest.raises(SourceError):
            import_text(data[: int(len(data) * cut)], "made")


def test_an_attack_by_xml_is_refused():
    whole = b'<PlanDefinition xmlns="http://hl7.org/fhir"><title value="&c;"/></PlanDefinition>'
    bomb = b'<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;">]>' + whole
    outside = b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><PlanDefinition xmlns="http://hl7.org/fhir"/>'
    deep = b'<PlanDefinition xmlns="http://hl7.org/fhir">' + b"<action>" * 5000 + b"</action>" * 5000 + b"</PlanDefinition>"
    for data in (bomb, outside, deep):
        with pytest.raises(SourceError):
            import_text(data, "made.xml")


def test_actions_nested_too_deep_in_json_are_refused():
    with pytest.raises(SourceError):
        import_text(b'{"resourceType": "PlanDefinition", "action": [' + b'{"action": [' * 5000 + b"]}" * 5000 + b"]}", "made.json")


def test_what_would_multiply_beyond_all_bounds_is_refused():
    many = {"title": "Many", "condition": [when("%x > 1")] * 400, "action": [{"title": "A"}] * 400}
    groups = [{"id": name, "action": [{"title": name}] * 300} for name in "ab"]
    groups[0]["relatedAction"] = [{"actionId": "b", "relationship": "before"}]
    for actions in ([many], groups):
        with pytest.raises(SourceError, match="edges with their conditions, written out, are more than 50,000"):
            read(plan(*actions))
    ordered = {"title": "A", "relatedAction": [{"actionId": "b", "relationship": "before"}] * 5001}
    with pytest.raises(SourceError, match="more than 5,000 related actions"):
        read(plan(ordered, {"id": "b"}))


# Real files ---------------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not (SHARED / "imports").is_dir(), reason="the real files are not at hand")
@pytest.mark.parametrize(
    ("name", "certainty", "steps"), [("opioidcds-06", "Very low quality", 5), ("opioidcds-12-patient-view", "High quality", 7)]
)
def test_a_real_plan_becomes_a_guideline_with_its_grades(name, certainty, steps):
    data = (SHARED / "imports" / f"{name}.json").read_bytes()
    found = import_text(data, f"{name}.json")
    (statement,) = found.sheet["statements"]
    assert (statement["strength"], statement["certainty"], len(found.sheet["steps"])) == ("Strong", certainty, steps)
    assert found.sheet["references"][0]["identifiers"][0]["value"] == "https://www.cdc.gov/mmwr/volumes/71/rr/rr7103a1.htm"
    assert {observable["question"] for observable in found.sheet["observables"]} == {"Is Recommendation Applicable?"}
    again = import_text(as_xml(json.loads(data)), f"{name}.xml")
    assert [step["label"] for step in again.sheet["steps"]] == [step["label"] for step in found.sheet["steps"]]
    used(found, name)
