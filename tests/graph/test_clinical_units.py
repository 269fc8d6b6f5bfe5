"""The list of clinical units: what readers see, what facts may be told in, and what leads a guideline to the code."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edgewise.graph.clinical_units import listed, mistaken, name, spelt
from edgewise.graph.reckoned import fraction
from edgewise.graph.units import UnitError, code, convert, known, meant, named, printed
from tests.places import ROOT

CODES = sorted(listed())


def _pairs() -> list[tuple[str, str]]:
    """Units of the list between which there is a road."""

    def joined(one: str, other: str) -> bool:
        try:
            convert(Decimal(1), one, other, Decimal("90.08"))
        except UnitError:
            return False
        return True

    return [pair for pair in permutations(CODES, 2) if joined(*pair)]


PAIRS = _pairs()
numbers = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=6)


@pytest.mark.parametrize("code_", CODES)
def test_each_code_is_ucum_and_each_spelling_leads_to_it(code_: str) -> None:
    unit = listed()[code_]
    assert known(code_)
    for spelling in filter(None, (unit.code, unit.name, unit.one, *unit.spellings, *unit.mistaken)):
        assert code(spelling) == code_, spelling
        if len(spelling) > 1 and spelling not in mistaken():
            assert spelt(spelling.upper()) or code(spelling.upper()), spelling


def test_no_spelling_stands_for_two_units() -> None:
    spellings = [one for unit in listed().values() for one in {unit.code, unit.name, unit.one, *unit.spellings, *unit.mistaken} - {""}]
    assert sorted({one for one in spellings if spellings.count(one) > 1}) == []


@pytest.mark.parametrize(
    ("code_", "words"),
    [
        ("mm[Hg]", "120 mmHg"), ("/min", "120 /min"), ("ug/L", "120 µg/L"), ("mL/min/{1.73_m2}", "120 mL/min/1.73 m²"), ("Cel", "120 °C"),
        ("{points}", "120 points"), ("a", "120 years"), ("kg/m2", "120 kg/m²"), ("mmol/L", "120 mmol/L"), ("{units}/min", "120 units/min"),
        ("meq", "120 mEq"), ("[IU]/L", "120 IU/L"), ("[pH]", "120"), ("{episodes}", "120 episodes"), ("10*6/L", "120 10⁶/L"),
        ("u[IU]/mL", "120 µIU/mL"), ("mg/kg/d", "120 mg/kg/day"), ("{breaths}/min", "120 breaths/min"), ("umol/kg", "120 µmol/kg"),
    ],
)  # fmt: skip
def test_readers_never_see_a_code_that_is_not_clinical(code_: str, words: str) -> None:
    assert printed(Decimal(120), code_) == words


@pytest.mark.parametrize(("code_", "words"), [("{points}", "1 point"), ("a", "1 year"), ("{episodes}", "1 episode"), ("mm[Hg]", "1 mmHg")])
def test_one_is_one(code_: str, words: str) -> None:
    assert printed(Decimal(1), code_) == words


@given(st.sampled_from(CODES))
def test_what_is_shown_can_be_told(code_: str) -> None:
    assert not name(code_) or code(name(code_)) == code_


@pytest.mark.parametrize(
    ("written", "right"),
    [("years", "a"), ("bpm", "/min"), ("mmHg", "mm[Hg]"), ("mcg/L", "ug/L"), ("µg/L", "ug/L"), ("μmol/l", "umol/L"), ("pH", "[pH]"),
     ("C", "Cel"), ("YRS", "a"), ("mL/min/1.73.m2", "mL/min/{1.73_m2}"), ("mm[HG]", "mm[Hg]"),
     ("mEq", "meq"), ("IU/L", "[IU]/L"), ("mcg/kg/h", "ug/kg/h")],
)  # fmt: skip
def test_a_unit_that_is_no_code_leads_to_the_code(written: str, right: str) -> None:
    assert not known(written)
    assert meant(written) == right


def test_what_nobody_can_tell_is_not_guessed() -> None:
    assert meant("bananas") == ""


@given(st.sampled_from(PAIRS), numbers)
def test_conversions_invert(pair: tuple[str, str], number: Decimal) -> None:
    there = convert(number, *pair, Decimal("90.08"))
    assert convert(there, pair[1], pair[0], Decimal("90.08")) == number


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_a_factor_is_a_fraction_without_the_noise_of_binary_numbers(pair: tuple[str, str]) -> None:
    for number in (1, 2):
        there = convert(Decimal(number), *pair, Decimal("90.08"))
        exact = fraction(there)
        assert max(exact.numerator, exact.denominator) < 10**16, exact


@given(st.sampled_from(PAIRS), numbers, numbers)
def test_conversions_keep_the_order(pair: tuple[str, str], one: Decimal, other: Decimal) -> None:
    if one < other:
        assert convert(one, *pair, Decimal("90.08")) <= convert(other, *pair, Decimal("90.08"))


@given(st.sampled_from(PAIRS), numbers, st.decimals(min_value=-100, max_value=100, places=3))
def test_a_rounded_number_never_lies_on_the_other_side_of_a_bound(pair: tuple[str, str], number: Decimal, apart: Decimal) -> None:
    there = convert(number, *pair, Decimal("90.08"))
    bound = round(there, 3) + apart / 1000
    shown = re.match(r"-?[0-9.]+", printed(there, pair[1], against=[bound]))
    if shown is not None and "…" not in printed(there, pair[1], against=[bound]):
        seen = Decimal(shown.group())
        assert (seen > bound) == (there > bound)
        assert (seen < bound) == (there < bound)


@pytest.mark.parametrize(
    ("told", "wanted"),
    [("mm[Hg]", "kPa"), ("cm[H2O]", "mm[Hg]"), ("Cel", "[degF]"), ("mmol/L", "mg/dL"), ("umol/L", "mg/dL"), ("a", "mo"), ("kg", "[lb_av]"),
     ("m[IU]/L", "[IU]/L"), ("meq/L", "mmol/L"), ("10*9/L", "10*3/uL"), ("mg/d", "g/d"), ("[in_i]", "cm"), ("ug/mL", "mg/L")],
)  # fmt: skip
def test_there_is_a_road_between_units_of_one_kind(told: str, wanted: str) -> None:
    assert (told, wanted) in PAIRS
    assert (wanted, told) in PAIRS


def test_arbitrary_units_become_nothing_else() -> None:
    for other in ("/L", "10*9/L", "g/L"):
        with pytest.raises(UnitError):
            convert(Decimal(1), "[IU]/L", other)
    assert convert(Decimal(3), "[iU]/L", "[IU]/L") == 3
    assert convert(Decimal(2), "{breaths}/min", "/min") == 2, "an annotation is no unit"


def test_mass_and_amount_need_a_molar_mass() -> None:
    with pytest.raises(UnitError):
        convert(Decimal(27), "mg/dL", "mmol/L")
    assert printed(convert(Decimal(27), "mg/dL", "mmol/L", Decimal("90.08")), "mmol/L") == "27 mg/dL (3.0 mmol/L)"
    with pytest.raises(UnitError):
        convert(Decimal(27), "mg", "mo", Decimal("90.08"))


def test_the_documents_list_the_units_that_there_are() -> None:
    text = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")
    section = text[text.index("### Clinical units") :].split("\n###")[0]
    rows = dict(re.findall(r"^\| `([^`]+)` \| ([^|]*) \|", section, re.MULTILINE))
    assert rows == {unit.code: unit.name or "nothing" for unit in listed().values()}


def test_a_code_without_a_name_of_its_own_is_shown_as_it_is() -> None:
    assert named("bananas") == "bananas"
