"""Faults of the algorithm itself: ways that are missing, doubled, shut or going round."""

from __future__ import annotations

from collections import Counter
from typing import Any

from benchmarks.drafts import Draft, NotApplicable
from benchmarks.operators.table import operator

OWN = {"statedBy": "modeller", "note": "An operator's edge.", "label": "an operator's edge"}


def ends(draft: Draft) -> list[dict[str, Any]]:
    """Endpoints that a route leads to."""
    targets = {one["to"] for one in draft.all("transitions") if one.get("role", "route") == "route"}
    return [one for one in draft.all("steps") if one["type"] == "Endpoint" and one["id"] in targets]


def add_step(draft: Draft, id: str, kind: str) -> None:
    like = draft.first("steps", lambda one: one["type"] == "Treatment")
    kept = {key: like[key] for key in ("summary", "phase", "describedBy")}
    draft.data["steps"].append({**kept, "id": id, "type": kind, "label": id, **({"endpoint": "discharge"} if kind == "Endpoint" else {})})


def add_question(draft: Draft, id: str) -> None:
    draft.data["observables"].append({"id": id, "label": id, "question": f"{id}?", "valueType": "yes-no"})


def add_edge(draft: Draft, source: str, target: str, **more: Any) -> None:
    draft.data["transitions"].append({"id": f"{source}-to-{target}", "from": source, "to": target, **OWN, **more})


@operator("G501")
def let_an_endpoint_say_nothing(draft: Draft) -> None:
    if not ends(draft):
        raise NotApplicable
    ends(draft)[0]["endpoint"] = "not-stated"


@operator("G502")
def let_two_ways_lead_on(draft: Draft) -> None:
    start = draft.first("steps", lambda one: one["type"] == "Presentation")["id"]
    add_step(draft, "elsewhere", "Endpoint")
    add_edge(draft, start, "elsewhere")


@operator("G503")
def let_a_way_end_nowhere(draft: Draft) -> None:
    add_step(draft, "halt", "Treatment")
    add_edge(draft, draft.first("steps", lambda one: one["type"] == "Presentation")["id"], "halt")


@operator("G504")
def draw_a_step_without_an_edge(draft: Draft) -> None:
    add_step(draft, "nowhere", "Endpoint")


@operator("G505")
def send_patients_round_and_round(draft: Draft) -> None:
    for id in ("rinse", "repeat"):
        add_step(draft, id, "Treatment")
    add_edge(draft, draft.first("steps", lambda one: one["type"] == "Presentation")["id"], "rinse")
    add_edge(draft, "rinse", "repeat")
    add_edge(draft, "repeat", "rinse")


@operator("G506")
def add_an_alternative_that_nobody_meets(draft: Draft) -> None:
    number = draft.first("observables", lambda one: one["valueType"] == "quantity" and not one.get("repeated"))
    way = draft.first("transitions", lambda one: one.get("when") and one.get("role", "route") == "route")
    unit = {"unit": number["unit"]} if "unit" in number else {}
    way["when"] = {"any": [way["when"], {"observable": number["id"], "atLeast": "2", "atMost": "1", **unit}]}


@operator("G507")
def ask_what_nothing_looks_at(draft: Draft) -> None:
    add_question(draft, "shoes")


@operator("G508")
def ask_what_makes_no_difference(draft: Draft) -> None:
    add_question(draft, "shoes")
    way = draft.first("transitions", lambda one: one.get("when") and one.get("role", "route") == "route")
    either = {"any": [{"observable": "shoes", "is": "yes"}, {"observable": "shoes", "is": "no"}]}
    way["when"] = {"all": [way["when"], either]}


@operator("G509")
def rule_out_what_a_way_leads_to_in_the_same_case(draft: Draft) -> None:
    into = Counter(one["to"] for one in draft.all("transitions"))
    routes = [one for one in draft.all("transitions") if one.get("role", "route") == "route" and one["statedBy"] == "source"]
    way = next((one for one in routes if one.get("when") and into[one["to"]] == 1), None)
    if way is None:
        raise NotApplicable
    step = draft.first("steps", lambda one: one["id"] == way["to"])
    step["contraindicatedBy"] = way["when"]


@operator("G510")
def let_two_times_hold_at_once(draft: Draft) -> None:
    way = draft.first("transitions", lambda one: one.get("when") and one.get("role", "route") == "route")
    step = draft.first("steps", lambda one: one["id"] == way["to"])
    asked = {"basedOn": way["justifiedBy"], "when": way["when"]}
    step["within"] = [{"value": "1 h", **asked}, {"value": "3 h", **asked}]


def fan_out(draft: Draft, *ways: tuple[str, list[str]]) -> None:
    """A step after the first that finds one answer out and leads on by it: to each step from some of the answers."""
    choices = [{"value": one, "label": one} for one in ("boots", "clogs", "none")]
    draft.data["observables"].append({"id": "shoes", "label": "shoes", "question": "shoes?", "valueType": "choice", "choices": choices})
    add_step(draft, "wardrobe", "Treatment")
    draft.one("steps", "wardrobe")["yields"] = ["shoes"]
    for id in dict.fromkeys(target for target, _ in ways):
        add_step(draft, id, "Endpoint")
    add_edge(draft, draft.first("steps", lambda one: one["type"] == "Presentation")["id"], "wardrobe")
    for rank, (target, answers) in enumerate(ways):
        add_edge(draft, "wardrobe", target, id=f"shoes-{rank}", when={"observable": "shoes", "oneOf": answers})


@operator("G511")
def let_two_edges_take_all_patients_of_a_third(draft: Draft) -> None:
    fan_out(draft, ("hall", ["boots", "clogs"]), ("porch", ["boots"]), ("yard", ["clogs"]))


@operator("G511")
def put_the_narrower_row_behind_the_wider_one(draft: Draft) -> None:
    fan_out(draft, ("hall", ["boots", "clogs"]), ("porch", ["none"]))
    behind = [{"observable": "shoes", "oneOf": ["boots"]}, {"not": {"observable": "shoes", "oneOf": ["boots", "clogs"]}}]
    add_step(draft, "yard", "Endpoint")
    add_edge(draft, "wardrobe", "yard", when={"all": behind})


@operator("G512")
def say_a_part_of_what_another_edge_says(draft: Draft) -> None:
    fan_out(draft, ("hall", ["boots", "clogs"]), ("hall", ["boots"]))


@operator("G513")
def say_in_two_edges_what_one_would_say(draft: Draft) -> None:
    fan_out(draft, ("hall", ["boots"]), ("hall", ["clogs"]))


@operator("G514")
def prefer_the_general_to_the_specific(draft: Draft) -> None:
    fan_out(draft, ("hall", ["boots", "clogs"]), ("porch", ["boots"]))
    choose = [{"step": "hall", "rank": "1"}, {"step": "porch", "rank": "2"}]
    draft.data.setdefault("alternatives", []).append({"id": "footwear", "label": "Footwear", "choose": choose})
