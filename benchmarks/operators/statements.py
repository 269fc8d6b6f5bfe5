"""Faults of what statements claim and rest on."""

from __future__ import annotations

from decimal import Decimal

from benchmarks.drafts import Draft, NotApplicable
from benchmarks.operators.choosing import assertion, frame, marker_of, own_edge
from benchmarks.operators.table import OPERATORS, Change, Operator, operator
from edgewise.citations.audit.rules.outcomes import possible


@operator("S301")
def flip_at_least_to_more_than(draft: Draft) -> None:
    one = assertion(draft, lambda held: "atLeast" in held)
    one["moreThan"] = one.pop("atLeast")


@operator("S301")
def flip_at_least_to_at_most(draft: Draft) -> None:
    one = assertion(draft, lambda held: "atLeast" in held)
    one["atMost"] = one.pop("atLeast")


@operator("S301")
def change_a_digit_of_a_threshold(draft: Draft) -> None:
    one = assertion(draft, lambda held: "atLeast" in held)
    one["atLeast"] = str(int(one["atLeast"]) + 10)


@operator("S301")
def make_a_threshold_a_band(draft: Draft) -> None:
    one = assertion(draft, lambda held: "atLeast" in held)
    one["atMost"] = str(int(one["atLeast"]) + 20)


@operator("S302")
def ask_for_one_test_more(draft: Draft) -> None:
    if draft.name != "thumb":
        raise NotApplicable  # its counts differ already, within a threshold conflict
    one = assertion(draft, lambda held: "times" in held)
    one["times"] = str(int(one["times"]) + 1)


@operator("S303")
def raise_an_earlier_threshold_over_a_later_one(draft: Draft) -> None:
    held = [one for statement in draft.all("statements") for one in statement.get("asserts", [])]
    rank = {step["id"]: place for place, step in enumerate(draft.all("steps"))}
    for one in held:
        later = [other for other in held if other.get("observable") == one.get("observable") and rank[other["about"]] > rank[one["about"]]]
        if "atLeast" in one and later:
            one["atLeast"] = str(max(int(other.get("atLeast") or other.get("moreThan")) for other in [one, *later]) + 2)
            return
    raise NotApplicable


@operator("S304")
def ask_for_another_answer(draft: Draft) -> None:
    one = assertion(draft, lambda held: "oneOf" in held)
    one["oneOf"] = one["oneOf"][:1]


@operator("S305")
def inject_beside_the_joint(draft: Draft) -> None:
    draft.data["headings"][-1]["text"] += " Said of the intra-articular road."
    section = draft.data["headings"][-1]["place"]["section"]
    draft.first("statements", lambda one: one["place"]["section"] == section)["text"] += " The needle stays extraarticular."


@operator("S306")
def report_another_figure_for_the_same_outcome(draft: Draft) -> None:
    statement, one = frame(draft, lambda held: held.get("unit") == "%" and Decimal(held["value"]) > 50)
    others = [other for other in draft.all("statements") if other.get("outcomes") and other is not statement]
    contrary = dict(one, operator="=", value="35")
    contrary.pop("id", None)
    others[-1]["outcomes"].append(contrary)


@operator("S307")
def report_a_low_share_beside_a_high_one(draft: Draft) -> None:
    statement = [one for one in draft.all("statements") if any(held.get("unit") == "%" for held in one.get("outcomes", []))][-1]
    statement["outcomes"][-1]["value"] = "10"
    statement["outcomes"][-1]["operator"] = "="


@operator("S308")
def report_a_share_that_no_number_of_people_makes(draft: Draft) -> None:
    _, one = frame(draft, lambda held: held.get("unit") == "%" and held.get("operator", "=") == "=")
    one["n"] = str(next(n for n in range(11, 99) if not possible(Decimal(one["value"]), n)))


@operator("S308")
def report_more_than_everybody(draft: Draft) -> None:
    _, one = frame(draft, lambda held: held.get("unit") == "%" and held.get("operator", "=") == "=" and Decimal(held["value"]) > 50)
    one["value"], one["n"] = "175", "40"


@operator("S309")
def leave_an_edge_one_source(draft: Draft) -> None:
    _, statements = own_edge(draft)
    tiers = {marker["id"]: draft.base.references[marker["entry"]].tier for marker in draft.all("markers") if marker.get("entry")}
    held = [c["marker"] for s in statements for c in s["citations"]]
    kept = next(marker for marker in sorted(held, key=held.count, reverse=True) if tiers.get(marker, "tertiary") != "tertiary")
    for statement in statements:
        statement["citations"] = [{"marker": kept}]


@operator("S310")
def leave_an_edge_summaries_alone(draft: Draft) -> None:
    second = [one["id"] for one in draft.all("references") if one.get("tier") == "tertiary"][-2:]
    if len(second) < 2:
        raise NotApplicable
    markers = [marker_of(draft, id)["id"] for id in second]
    for statement in own_edge(draft)[1]:
        statement["citations"] = [{"marker": marker} for marker in markers]


def _intend(intention: str) -> Change:
    def change(draft: Draft) -> None:
        for citation in draft.first("statements", lambda one: one["kind"] == "recommendation" and one.get("citations"))["citations"]:
            citation["intention"] = intention

    return change


OPERATORS += [
    Operator("recommend what is only contested", "S311", _intend("disputes"), frozenset(), 1),
    Operator("recommend on background reading", "S311", _intend("obtainsBackgroundFrom"), frozenset(), 1),
]


@operator("S311")
def rate_a_route_as_not_appropriate(draft: Draft) -> None:
    draft.data["ratings"][0]["score"] = "2"


@operator("S312")
def recommend_strongly_on_very_low_certainty(draft: Draft) -> None:
    draft.first("statements", lambda one: one["kind"] == "evidence").update(strength="strong", certainty="very low")


@operator("S313")
def bind_by_a_weak_recommendation(draft: Draft) -> None:
    draft.first("statements", lambda one: one["kind"] == "evidence").update(strength="weak", text="This must be done.")


@operator("S314")
def grade_all_recommendations_but_one(draft: Draft) -> None:
    for statement in [one for one in draft.all("statements") if one["kind"] == "recommendation"][1:]:
        statement["strength"] = "weak"


@operator("S321")
def rate_the_same_otherwise(draft: Draft) -> None:
    draft.data["ratings"].append({**draft.data["ratings"][0], "id": "r-otherwise", "score": "5"})


@operator("S322")
def word_a_score_as_another(draft: Draft) -> None:
    draft.data["ratings"][0]["category"] = "may be appropriate"
