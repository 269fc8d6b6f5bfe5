"""An imported plan leads every patient to the actions that apply to them, and in the order that it gives, whatever the plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, product

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from edgewise.graph.model import Guideline
from edgewise.graph.walking.walk import walk
from tests.graph.importing.fhir.plans import Json, as_json, plan, when
from tests.graph.importing.opened import opened

Patient = Mapping[str, bool]

CONDITIONS = {
    "%a": lambda one: one["a"],
    "%a and %b": lambda one: one["a"] and one["b"],
    "%b or %c.not()": lambda one: one["b"] or not one["c"],
    "(%a xor %c)": lambda one: one["a"] != one["c"],
    "not %b": lambda one: not one["b"],
}
PATIENTS: list[Patient] = [dict(zip("abc", truths, strict=True)) for truths in product((True, False), repeat=3)]

few = settings(max_examples=6, phases=(Phase.generate,), suppress_health_check=[HealthCheck.too_slow], deadline=None)
conditions = st.lists(st.sampled_from(sorted(CONDITIONS)), max_size=2)
leaves = st.builds(lambda asked: {"condition": [when(one) for one in asked]}, conditions)
nested = st.recursive(
    leaves,
    lambda inner: st.builds(
        lambda one, said, inside: {**one, **({"description": "In words."} if said else {}), "action": inside},
        leaves,
        st.booleans(),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=6,
)


def titled(actions: list[Json], place: str = "") -> Iterator[Json]:
    """The actions, each called by its place; the first letter keeps the ids of the steps plain."""
    for number, action in enumerate(actions, 1):
        here = f"{place}{number}"
        inside = {"action": list(titled(action["action"], f"{here}."))} if "action" in action else {}
        yield {**action, **inside, "title": f"Act {here}", "id": f"act-{here}"}


def applies(action: Json, patient: Patient) -> bool:
    return all(CONDITIONS[one["expression"]["expression"]](patient) for one in action["condition"])


def applicable(actions: list[Json], patient: Patient) -> Iterator[str]:
    """Titles of the actions that apply, and are something to do: those of which all that hold them apply as well."""
    for action in actions:
        if applies(action, patient):
            if "action" not in action or "description" in action:
                yield action["title"]
            yield from applicable(action.get("action", []), patient)


def facts(guideline: Guideline, patient: Patient, done: Iterator[str] | list[str]) -> dict[str, str]:
    told = {key: "yes" if value else "no" for key, value in patient.items() if key in guideline.observables}
    said = {step.label: id for id, step in guideline.steps.items()}
    return told | {f"done:{said[label]}": "yes" for label in done}


@few
@given(st.lists(nested, min_size=1, max_size=3).map(lambda made: list(titled(made))))
def test_a_patient_is_led_to_what_applies_and_to_nothing_else(actions):
    guideline = opened(as_json(plan(*actions)), "plan.json")
    for patient in PATIENTS:
        wanted = list(applicable(actions, patient))
        every = [step.label for step in guideline.steps.values() if step.kind != "Presentation"]
        walked = walk(guideline, facts(guideline, patient, every))
        assert {guideline.steps[id].label for id in walked.path} - {"Fever"} == set(wanted)


@few
@given(st.lists(leaves, min_size=2, max_size=5).map(lambda made: list(titled(made))), st.booleans())
def test_of_actions_in_a_row_the_first_is_due_that_applies_and_is_not_done(actions, backwards):
    for first, then in combinations(actions, 2):
        one, other, side = (first, then, "before-start") if backwards else (then, first, "after-end")
        one["relatedAction"] = [*one.get("relatedAction", []), {"actionId": other["id"], "relationship": side}]
    guideline = opened(as_json(plan(*actions)), "plan.json")
    for patient in PATIENTS:
        wanted = list(applicable(actions, patient))
        for number in range(len(wanted) + 1):
            walked = walk(guideline, facts(guideline, patient, wanted[:number]))
            assert [guideline.steps[id].label for id in walked.due] == wanted[number : number + 1]
