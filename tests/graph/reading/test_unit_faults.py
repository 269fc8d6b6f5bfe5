"""One misconception about units is one finding; what is wrong beside it is found in the same round; each leads to the code."""

from __future__ import annotations

from edgewise.graph.reading.read import read_text
from edgewise.graph.reading.validate import validate
from edgewise.ontology.findings import Finding
from tests.places import DATA

SMALL = (DATA / "small.yaml").read_text(encoding="utf-8")
WEEKS = "valueType: quantity, unit: wk, min: 0"
BOUND = "- {observable: weeks, atLeast: 42, unit: d}"
SUGAR = "unit: mmol/L, min: 0, molarMass: 180.16, molarMassFrom: [s-look]}"


def _found(*changes: tuple[str, str]) -> list[Finding]:
    text = SMALL
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return [one for one in validate(read_text(text, "g.yaml", "yaml")) if one.severity == "error"]


def test_forty_eight_bounds_with_one_unknown_unit_are_one_finding_that_names_the_places() -> None:
    many = "\n    ".join(f"- {{observable: weeks, atLeast: {bound}, unit: days}}" for bound in range(48))
    (found,) = _found((BOUND, many))
    first = SMALL[: SMALL.index(BOUND)].count("\n") + 1
    assert found.rule == "unknown-unit"
    assert found.line == first
    assert f"(and 47 times more: lines {first + 1}, {first + 2}," in found.message
    assert found.repair == "did you mean 'd' (days)?"
    assert len(found.related) == 47


def test_two_unknown_units_are_two_findings() -> None:
    found = _found((BOUND, "- {observable: weeks, atLeast: 42, unit: days}\n    - {observable: weeks, atLeast: 1, unit: yrs}"))
    assert [one.repair for one in found] == ["did you mean 'd' (days)?", "did you mean 'a' (years)?"]


def test_a_bound_without_a_unit_is_found_beside_an_unknown_one_of_its_observable() -> None:
    found = _found((WEEKS, "valueType: quantity, unit: weeks, min: 0"), (BOUND, "- {observable: weeks, atLeast: 42}"))
    assert [one.rule for one in found] == ["unknown-unit", "missing-unit"]
    assert [one.repair for one in found] == ["did you mean 'wk' (weeks)?", "write 'unit: wk' beside the bounds"]


def test_bounds_without_a_unit_on_one_observable_are_one_finding() -> None:
    found = _found((BOUND, "- {observable: weeks, atLeast: 42}\n    - {observable: weeks, atMost: 90}"))
    assert [one.rule for one in found] == ["missing-unit"]
    assert "(and once more: line" in found[0].message


def test_a_code_that_ucum_reads_as_another_unit_is_refused() -> None:
    ph, last = '"[pH]"', "unless: {observable: weeks, lessThan: 9, unit: "
    bounds = (BOUND, f"- {{observable: weeks, atLeast: 7, unit: {ph}}}"), (f"{last}wk}}", f"{last}{ph}}}")
    (found,) = _found((WEEKS, "valueType: quantity, unit: pH, min: 0"), *bounds)
    assert found.repair == "did you mean '[pH]'?"


def test_bounds_may_be_written_in_mass_where_a_molar_mass_is_given() -> None:
    bound = "- {observable: sugar, moreThan: 126, unit: mg/dL}"
    assert _found((BOUND, bound)) == []
    (found,) = _found((BOUND, bound), (SUGAR, "unit: mmol/L, min: 0}"))
    assert found.rule == "wrong-unit"
    assert found.repair.startswith("add 'molarMass' in g/mol to 'sugar'")
    (found,) = _found((BOUND, "- {observable: sugar, moreThan: 126, unit: mm}"))
    assert "molarMass" not in found.repair
