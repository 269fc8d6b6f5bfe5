"""Ends in words, and the bridge from the end of one guideline into another."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from rdflib.namespace import SKOS

from edgewise.explorer.cards.ends import ENDPOINTS, MEANINGS
from edgewise.explorer.drawing.palette import end_of
from edgewise.explorer.environment import GUIDELINE
from edgewise.graph.bridge import hand_over
from edgewise.graph.library import load
from edgewise.graph.model import Guideline
from edgewise.graph.reading.complaints import vocabulary
from tests.explorer.calls import answer, run
from tests.explorer.drawn_pages import address, drawn, opened, words
from tests.places import DATA

IN_MM = 'question: "How wide is the gap?", valueType: quantity, unit: mm, min: 0, max: 40'
IN_CM = 'question: "How wide is the gap?", valueType: quantity, unit: cm, min: 0, max: 2'
BRIDGE = "continuesIn: thumb#look"


def written(folder: Path, id: str, old: str, new: str) -> Path:
    text = (DATA / "small.yaml").read_text(encoding="utf-8").replace("id: ankle-test", f"id: {id}", 1)
    assert old in text
    file = folder / f"{id}.yaml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return file


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """A guideline that goes on in a second one, which asks for the gap in another unit and in a smaller range."""
    return written(tmp_path, "first", BRIDGE, "continuesIn: second#boot"), written(tmp_path, "second", IN_MM, IN_CM)


@pytest.fixture
def both(files: tuple[Path, Path]) -> tuple[Guideline, Guideline]:
    first, second = (load(str(file)).guideline for file in files)
    return first, second


def test_the_walk_goes_on_in_the_other_guideline_with_the_facts_that_both_ask_for(files, monkeypatch):
    monkeypatch.setenv(GUIDELINE, "\n".join(map(str, files)))
    at = opened(g="first", sel="home", facts="crack~no widening~1")
    assert "Handed over: Crack; Widening." in words(at)
    next(one for one in at.button if one.label.startswith("Continue in ")).click()
    at = drawn(at)
    assert (address(at, "g"), address(at, "sel"), address(at, "facts")) == ("second", "boot", "crack~no widening~0.1")


def test_where_the_other_is_not_open_it_says_how_to_open_both(files, monkeypatch):
    monkeypatch.setenv(GUIDELINE, str(files[0]))
    at = opened(g="first", sel="home", facts="crack~no")
    assert "edgewise explore first second" in words(at)
    assert not [one for one in at.button if one.label.startswith("Continue in ")]


def test_a_step_that_the_other_does_not_have_is_told_and_not_selected(tmp_path, monkeypatch):
    first, second = written(tmp_path, "first", BRIDGE, "continuesIn: second#shoe"), written(tmp_path, "second", IN_MM, IN_CM)
    monkeypatch.setenv(GUIDELINE, f"{first}\n{second}")
    at = opened(g="first", sel="home")
    assert "It has no step 'shoe'" in words(at)


def test_a_value_is_handed_over_in_the_others_unit(both):
    assert hand_over({"widening": (Decimal(2), None)}, *both).facts == {"widening": (Decimal("0.2"), None)}


def test_a_value_out_of_the_others_range_stays_behind_with_the_reason(both):
    handed = hand_over({"widening": (Decimal(30),)}, *both)
    assert handed.facts == {}
    assert "outside the allowed range" in handed.left["widening"]


def test_what_is_not_asked_there_or_is_of_another_type_is_not_handed_over(both):
    first, second = both
    crack = replace(second.observables["crack"], value_type="count")
    handed = hand_over({"crack": "yes", "weeks": Decimal(3)}, first, replace(second, observables={"crack": crack}))
    assert handed.facts == {}
    assert handed.left == {"crack": "there it is of the type count, here of the type yes-no", "weeks": "it is not asked there"}


def test_that_a_step_is_done_is_said_of_this_guideline_alone(both):
    first, second = both
    done = {id: "yes" for id, one in first.observables.items() if one.finishes}
    assert hand_over(done, first, second).facts == {}


def test_the_walk_names_the_bridge_in_words_and_for_programs(tmp_path):
    text = (DATA / "audit" / "thumb.yaml").read_text(encoding="utf-8")
    file = tmp_path / "thumb.yaml"
    file.write_text(text.replace("endpoint: discharge", "endpoint: excluded, continuesIn: second#boot"), encoding="utf-8")
    facts = "{view: plain, score: 2}"
    end = answer("walk", str(file), "--facts", "-", given=facts)["end"]
    assert (end["endpoints"], end["continuesIn"]) == ({"home": "excluded"}, {"home": "second#boot"})
    told = run("walk", str(file), "--facts", "-", given=facts).stdout
    assert "The condition that was looked for is excluded. It goes on in the guideline 'second', at 'boot'." in told


def test_every_end_of_the_ontology_has_words_and_is_defined_alike():
    graph = vocabulary()
    ends = [one for one in graph.subjects(SKOS.notation, None) if "/code/endpoint/" in str(one)]
    codes = {str(graph.value(one, SKOS.notation)): str(graph.value(one, SKOS.definition)) for one in ends}
    assert set(codes) == set(ENDPOINTS) == set(MEANINGS)
    for name, meaning in MEANINGS.items():
        assert codes[name].startswith(meaning.removesuffix("."))
        assert end_of("Endpoint", name)
