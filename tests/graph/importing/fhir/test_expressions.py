"""Conditions in FHIRPath and CQL: what is read means what was written, and what is more than plain comparisons is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edgewise.graph.importing.fhir.expressions import plain_logic
from edgewise.graph.importing.fhir.logic import Compared, Holds, Joined, Logic, Negated, NotPlain, Number, OneOf

AGE = "%age"


def compared(sign: str, value: str, unit: str = "", path: str = AGE) -> Compared:
    return Compared(path, sign, Number(Decimal(value), unit))  # type: ignore[arg-type]


READ: dict[str, Logic] = {
    "%age >= 18": compared(">=", "18"),
    "18 <= %age": compared(">=", "18"),
    "%age > -0.50": compared(">", "-0.50"),
    "%age = 3": compared("=", "3"),
    "%age != 3": Negated(compared("=", "3")),
    "%age < 2 years": compared("<", "2", "a"),
    "Observation.value > 5 'mg/dL'": compared(">", "5", "mg/dL", "Observation.value"),
    "Observation.where(code = 'a)b').value > 5": compared(">", "5", "", "Observation.where(code = 'a)b').value"),
    "Patient.gender = 'female'": OneOf("Patient.gender", ("female",)),
    "'it\\'s' = a.b": OneOf("a.b", ("it's",)),
    "a in ('x' | 'y')": OneOf("a", ("x", "y")),
    "a in {'x', 'y', 'x'}": OneOf("a", ("x", "y")),
    "AgeInYears() between 18 and 65": Joined("all", (compared(">=", "18", path="AgeInYears()"), compared("<=", "65", path="AgeInYears()"))),
    "a in Interval[1, 5)": Joined("all", (compared(">=", "1", path="a"), compared("<", "5", path="a"))),
    "a.exists()": Holds("a.exists()"),
    "a.exists().not()": Negated(Holds("a.exists()")),
    "a = true": Holds("a"),
    "a != true": Negated(Holds("a")),
    "a is not false": Holds("a"),
    "not (a or b)": Negated(Joined("any", (Holds("a"), Holds("b")))),
    "a or b and c": Joined("any", (Holds("a"), Joined("all", (Holds("b"), Holds("c"))))),
    "a implies b": Joined("any", (Negated(Holds("a")), Holds("b"))),
    "a /* why */ and // end\n b": Joined("all", (Holds("a"), Holds("b"))),
}

REFUSED = {
    "today() - 18 years > Patient.birthDate": "'-' at character 9 is not read.",
    "a = b": "'b' at character 5 is not read.",
    "not a = 1": "'=' at character 7 is not read.",
    "a = 1 = 2": "'=' at character 7 is not read.",
    "a ~ 1": "'~' at character 3 is not read.",
    "a > 'x'": "'>' at character 3 is not read.",
    "1 = 1": "'1' at character 1 is not read.",
    "'a'": "''a'' at character 1 is not read.",
    "a > @2020-01-01": "'@' at character 5 is not read.",
    "(a": "It ends too early.",
    "a.where(": "It ends too early.",
    "a and": "It ends too early.",
    'exists [Condition: "D"]': "'exists' at character 1 is not read.",
    "a > 5 mg": "'mg' at character 7 is not read.",
    "a ∧ b": "'∧' at character 3 is not read.",
    "a = ''": "'''' at character 5 is not read.",
    "if a then b else c": "'if' at character 1 is not read.",
}


@pytest.mark.parametrize("expression", READ)
def test_a_plain_condition_is_read_alike_in_both_languages(expression):
    assert plain_logic(expression) == READ[expression] == plain_logic(expression, cql=True)


@pytest.mark.parametrize("expression", REFUSED)
def test_what_is_more_is_refused_with_its_place(expression):
    for cql in (False, True):
        with pytest.raises(NotPlain) as refusal:
            plain_logic(expression, cql=cql)
        assert str(refusal.value) == REFUSED[expression]


def test_a_definition_is_known_by_its_name_with_and_without_its_library():
    assert plain_logic('"Is Ill?"', cql=True) == Holds("Is Ill?", defined=True)
    assert plain_logic('Common."Is Ill?" and not "On Leave"', cql=True) == Joined(
        "all", (Holds("Common.Is Ill?", defined=True), Negated(Holds("On Leave", defined=True)))
    )


def test_exclusive_conditions_are_read_and_a_chain_of_them_cannot_fill_the_memory():
    assert meaning(plain_logic("a xor b"), {"a": True, "b": True}) is False
    with pytest.raises(NotPlain, match="'xor' at character"):
        plain_logic(" xor ".join("a" * 60))


def test_no_expression_is_too_deep_or_too_long_to_be_refused():
    for expression, why in (("(" * 5000 + "a", "longer"), ("(" * 2000 + "a", "deep"), ("a and " * 600 + "not (" * 60, "deep|early")):
        with pytest.raises(NotPlain, match=why):
            plain_logic(expression)


# A law: whatever is written out of ands, ors and nots means, once read, what it meant --------------------------------------

NAMES = ("a", "b", "c")
parts = st.recursive(
    st.sampled_from(NAMES).map(lambda name: ("is", name)),
    lambda inner: st.one_of(
        st.tuples(st.just("not"), inner),
        st.tuples(st.sampled_from(("and", "or", "xor", "implies")), inner, inner),
    ),
    max_leaves=5,
)


def written(part) -> str:
    if part[0] == "is":
        return str(part[1])
    if part[0] == "not":
        return f"({written(part[1])}).not()"
    return f"({written(part[1])} {part[0]} {written(part[2])})"


def value(part, facts: dict[str, bool]) -> bool:
    if part[0] == "is":
        return facts[part[1]]
    left = value(part[1], facts)
    if part[0] == "not":
        return not left
    right = value(part[2], facts)
    return {"and": left and right, "or": left or right, "xor": left != right, "implies": not left or right}[part[0]]


def meaning(logic: Logic, facts: dict[str, bool]) -> bool:
    if isinstance(logic, Negated):
        return not meaning(logic.part, facts)
    if isinstance(logic, Joined):
        return (all if logic.key == "all" else any)(meaning(part, facts) for part in logic.parts)
    return facts[logic.path]


@given(parts, st.tuples(st.booleans(), st.booleans(), st.booleans()))
def test_what_is_read_means_what_was_written(part, truths):
    facts = dict(zip(NAMES, truths, strict=True))
    try:
        logic = plain_logic(written(part))
    except NotPlain as refusal:
        assert "xor" in str(refusal)  # the only thing that may be too large
        return
    assert meaning(logic, facts) == value(part, facts)


@given(st.text(alphabet="ab 1.<>=!()'\"[]{}|,andornotisxor%~-", max_size=40), st.booleans())
def test_any_text_is_read_or_refused(text, cql):
    try:
        plain_logic(text, cql=cql)
    except NotPlain as refusal:
        assert str(refusal).endswith(".")
