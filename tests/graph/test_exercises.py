"""What the guidelines that are there for the tests alone keep of their exercises, beside how they are walked."""

from __future__ import annotations

from collections import Counter

from edgewise.graph.library import load
from tests.places import DATA

SEPSIS = load(str(DATA / "guidelines" / "sepsis")).guideline


def test_each_recommendation_on_sepsis_bears_the_strength_that_its_source_states() -> None:
    stated = Counter(one.strength for one in SEPSIS.statements.values() if one.kind == "recommendation")
    assert stated == {"strong": 5, "weak": 7, "best practice statement": 2, "": 1}
    assert {id for id, one in SEPSIS.statements.items() if one.direction == "against"} == {"s3", "s15"}


def test_where_one_recommendation_has_two_certainties_both_are_kept() -> None:
    told = {id: {(one.population or one.comparator, one.certainty) for one in SEPSIS.statements[id].certainty_for} for id in ("s7", "s11")}
    assert told["s7"] == {("with shock", "low"), ("without shock", "very low")}
    assert told["s11"] == {("vasopressin", "moderate"), ("dopamine", "high")}
