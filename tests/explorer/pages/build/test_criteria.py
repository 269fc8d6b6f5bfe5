"""A condition goes from its form into the file and back without loss, whatever was filled in and whatever stood there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from edgewise.explorer.pages.build.forms.branches import at, every, opposite, replaced
from edgewise.explorer.pages.build.forms.comparing import WAYS, compared, ends_of, look_of, way_of, whose_of
from edgewise.explorer.pages.build.forms.criteria import BOUNDS, STATISTICS, Compared, Joined, Negated, Part, Written, as_yaml, read
from edgewise.graph.clinical_units import listed
from edgewise.graph.drafting.entries import entries
from tests.places import ROOT

IDS = some.sampled_from(("age", "fever", "a-b"))
NUMBERS = some.decimals(-1000, 1000, places=2).map(str)
PASSAGES = some.lists(some.sampled_from(("s1", "s2", "s3")), unique=True).map(tuple)
WORDS = some.fixed_dictionaries({"label": some.sampled_from(("", "warm", "yes: no")), "based_on": PASSAGES, "stated_by": some.just("")}) | (
    some.fixed_dictionaries({"based_on": PASSAGES.filter(bool), "stated_by": some.sampled_from(("source", "modeller"))})
)
LOOKS = (
    some.just({})
    | some.integers(1, 9).map(lambda n: {"times": str(n)})
    | some.tuples(some.sampled_from(sorted(STATISTICS)), some.sampled_from(("", "2", "3"))).map(
        lambda two: {"statistic": two[0], "window": two[1]}
    )
)


@some.composite
def comparisons(draw: Any) -> Compared:
    own = draw(WORDS) | draw(LOOKS)
    kind = draw(some.sampled_from(("answer", "choices", "number")))
    if kind == "answer":
        return Compared(draw(IDS), answer=draw(some.sampled_from(("yes", "no"))), **own)
    if kind == "choices":
        return Compared(draw(IDS), one_of=tuple(draw(some.lists(IDS, min_size=1, unique=True))), **own)
    numbers = sorted((draw(NUMBERS), draw(NUMBERS)), key=float)
    bounds = tuple(zip(draw(some.sampled_from([way.keys for way in WAYS.values()])), numbers, strict=False))
    return Compared(draw(IDS), bounds=bounds, unit=draw(some.sampled_from(sorted(listed()))), **own)


WRITTEN = some.sampled_from(
    (
        {"observable": "alt", "moreThan": {"times": ["2", "normal"]}, "unit": "U/L"},
        {"observable": "fever", "is": "yes", "unheard": "of"},
        {"observable": "age", "atLeast": "1", "moreThan": "2"},
        {"observable": "age", "times": "2", "statistic": "any", "atLeast": "1"},
    )
).map(Written)


def joined(parts: some.SearchStrategy[Part]) -> some.SearchStrategy[Part]:
    several = some.lists(parts, min_size=1, max_size=4).map(tuple)
    plain = some.builds(lambda how, of, own: Joined(how, of, **own), some.sampled_from(("all", "any")), several, WORDS)
    counts = some.sampled_from(((("exactly", "1"),), (("atLeast", "1"),), (("atMost", "2"),), (("atLeast", "1"), ("atMost", "2"))))
    counted = some.builds(lambda count, of, own: Joined("of", of, count, **own), counts, several, WORDS)
    return plain | counted | some.builds(lambda part, own: Negated(part, **own), parts, WORDS)


PARTS = some.recursive(comparisons() | WRITTEN, joined, max_leaves=12)


@given(PARTS)
def test_what_a_form_holds_comes_back_out_of_the_file(part: Part) -> None:
    assert read(as_yaml(part)) == part


@given(comparisons(), some.booleans())
def test_a_form_that_is_submitted_as_it_was_drawn_changes_nothing(part: Compared, inside: bool) -> None:
    low, high = ends_of(part)
    look, window = look_of(part)
    shown = {
        "observable": part.observable, "answer": part.answer, "one_of": list(part.one_of), "label": part.label,
        "look": look, "window": window, "basedOn": list(part.based_on), "whose": whose_of(part, inside=inside),
    } | ({"way": way_of(part), "low": low, "high": high, "unit": part.unit} if part.bounds else {})  # fmt: skip
    assert compared(part, shown, inside=inside) == part


KEYS = ("all", "any", "of", "not", "observable", "is", "oneOf", "atLeast", "exactly", "unit", "times", "statistic", "basedOn", "odd")
ANY = some.recursive(
    some.text(max_size=5), lambda one: some.lists(one, max_size=3) | some.dictionaries(some.sampled_from(KEYS), one, max_size=4)
)


@given(ANY)
def test_whatever_stands_in_a_file_is_lost_by_no_form(data: Any) -> None:
    def lists(value: Any) -> Any:  # one passage and a list of one say the same
        if isinstance(value, dict):
            return {
                key: [one] if key in ("basedOn", "oneOf", "inferred") and isinstance(one, str) else lists(one) for key, one in value.items()
            }
        return [lists(one) for one in value] if isinstance(value, list) else value

    assert as_yaml(read(data)) == lists(data)


@given(PARTS, some.data())
def test_a_part_is_changed_without_its_neighbours(tree: Part, data: some.DataObject) -> None:
    path, part = data.draw(some.sampled_from(list(every(tree))))
    new = Compared("new", answer="yes")
    after = replaced(tree, path, new)
    assert after is not None
    assert at(after, path) == new
    for other, one in every(tree):
        if other[: len(path)] != path and path[: len(other)] != other:
            assert at(after, other) == one, f"{other} was changed with {path}"
    assert len(list(every(after))) == len(list(every(tree))) - len(list(every(part))) + 1


@given(PARTS)
def test_the_opposite_of_the_opposite_is_where_one_began(part: Part) -> None:
    if not isinstance(part, Negated):
        assert opposite(opposite(part)) == part


def test_the_opposite_of_at_least_one_yes_is_not_at_least_one_no() -> None:
    assert opposite(Compared("fever", "yes", times="1")) == Negated(Compared("fever", "yes", times="1"))


@pytest.mark.parametrize("file", sorted((ROOT / "guidelines").glob("*/guideline.yaml")), ids=lambda file: file.parent.name)
def test_the_conditions_of_shipped_guidelines_can_be_edited_but_for_formulas(file: Path) -> None:
    conditions = [
        one.data["when"] for one in entries(file.read_text("utf-8")).values() if one.section == "transitions" and "when" in one.data
    ]
    parts = [part for one in conditions for _, part in every(read(one))]
    kept = [part.data for part in parts if isinstance(part, Written)]
    assert conditions
    assert all(any(isinstance(one.get(key), dict) for key in BOUNDS) for one in kept), kept
