"""Strength, certainty and direction: as the source states them, in its own scheme, and nothing where it states nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from edgewise.graph.grading import Grade, Grading
from edgewise.graph.library import load
from edgewise.graph.model import CertaintyFor, Guideline, Statement
from edgewise.graph.reading.projection import guideline as projected
from edgewise.graph.reading.read import read, read_text
from edgewise.graph.strength import (
    NOT_STATED,
    axes,
    certainty_told,
    direction,
    firmness,
    grades_anything,
    in_words,
    is_lowest,
    is_unclassified,
    of_patient,
    scheme,
    strength_told,
    together,
)
from edgewise.graph.walking.facts import parse_facts
from edgewise.graph.writing.export import Format, export
from tests.places import DATA

ACC = Grading(
    "acc",
    "ACC/AHA",
    strengths=(Grade("1"), Grade("2a"), Grade("2b"), Grade("3: harm", direction="against"), Grade("3: no benefit", direction="against")),
    certainties=(Grade("A"), Grade("B-R"), Grade("C-EO")),
    strength_name="Class of recommendation",
    certainty_name="Level of evidence",
)


@pytest.fixture(scope="module")
def burns() -> Guideline:
    return load(DATA / "graded.yaml").guideline


@pytest.fixture(scope="module")
def hearts(burns: Guideline) -> Guideline:
    return replace(burns, gradings={"acc": ACC})


def said(guideline: Guideline, **grades: str) -> Statement:
    return replace(guideline.statements["s-home"], **grades)  # type: ignore[arg-type]


def bare(guideline: Guideline) -> Guideline:
    """The same without a scheme."""
    return replace(guideline, gradings={})


def test_a_statement_keeps_what_the_source_states_letter_by_letter(burns):
    water = burns.statements["s-water"]
    assert (water.strength, water.certainty, water.direction) == ("strong", "", "for")
    assert [(part.certainty, part.population, part.comparator, part.measure) for part in water.certainty_for] == [
        ("low", "deep burns", "", ""),
        ("very low", "shallow burns", "", ""),
        ("moderate", "", "ice", "pain"),
    ]
    assert [grade.value for grade in burns.gradings["grade"].certainties] == ["high", "moderate", "low", "very low"]


@pytest.mark.parametrize("to", get_args(Format))
@pytest.mark.parametrize("file", ["graded.yaml", "small.yaml"])
def test_all_of_it_survives_every_format(file, to):
    source = read(DATA / file)
    again = read_text(export(source.graph, to), f"g.{to}", to)
    assert projected(again.graph, again.iri) == projected(source.graph, source.iri)


def test_grades_stand_in_the_order_that_they_say_else_as_written():
    text = (DATA / "graded.yaml").read_text("utf-8")
    turned = text.replace("[{value: high}, {value: moderate}", "[{value: high, order: 3}, {value: moderate, order: 1}")
    source = read_text(turned, "g.yaml", "yaml")
    known = projected(source.graph, source.iri).gradings["grade"].certainties
    assert [grade.value for grade in known] == ["low", "very low", "moderate", "high"]


def test_where_no_scheme_is_named_the_words_are_kept_and_none_is_made_up(burns):
    free = bare(burns)
    assert scheme(free, said(free, strength="strong")) is None
    assert (
        in_words(free, said(free, strength="strong", certainty="low")) == "strength of recommendation: strong; certainty of evidence: low"
    )
    assert "(GRADE)" in in_words(burns, said(burns, strength="strong"))


def test_of_several_schemes_the_one_that_is_named_counts(burns):
    both = replace(burns, gradings={**burns.gradings, "acc": ACC})
    assert scheme(both, said(both, strength="1")) is None
    one = said(both, strength="1", grading="acc")
    assert in_words(both, one) == "class of recommendation: 1 (ACC/AHA)"


def test_a_guideline_that_grades_nothing_grades_nothing(burns):
    sacroiliac = load("sacroiliac-sclerosis").guideline
    assert not grades_anything(sacroiliac)
    assert all(not axes(sacroiliac, one) for one in sacroiliac.statements.values())
    assert grades_anything(burns)
    assert [axis.told for axis in together(burns, [burns.statements["s-home"]])] == [NOT_STATED, NOT_STATED]


def test_what_differs_between_passages_is_told_with_the_place(burns):
    strength, certainty = together(burns, [burns.statements["s-water"], burns.statements["s-butter"]])
    assert strength.told == "strong, for (burns, bullet 2); strong, against (burns, bullet 3)"
    assert certainty.told.endswith("moderate against ice for pain (burns, bullet 2); high (burns, bullet 3)")
    assert strength.meaning == "strong: Nearly everybody would want it."
    same = together(burns, [burns.statements["s-butter"], burns.statements["s-butter"]])
    assert same[0].told == "strong, against"


@pytest.mark.parametrize(
    ("deep", "told"),
    [
        ("yes", "low in deep burns, moderate against ice for pain"),
        ("no", "very low in shallow burns, moderate against ice for pain"),
        (None, "low in deep burns, very low in shallow burns, moderate against ice for pain"),
    ],
)
def test_a_patient_has_the_certainties_that_the_facts_do_not_rule_out(burns, deep, told):
    facts = parse_facts({"deep": deep} if deep else {}, burns)
    assert certainty_told(burns, of_patient(burns, burns.statements["s-water"], facts)) == told


def test_a_part_that_a_criterion_alone_tells_is_told_by_it(burns):
    when = burns.statements["s-water"].certainty_for[0].when
    assert certainty_told(burns, replace(said(burns), certainty_for=(CertaintyFor("c", "low", when=when),))) == "low where Deep burn: yes"


def test_what_the_source_leaves_ungraded_is_neither_strong_nor_weak(burns):
    look = burns.statements["s-look"]
    assert is_unclassified(burns, look)
    assert firmness(burns, look) == ""
    assert strength_told(burns, look) == "best practice statement"


@pytest.mark.parametrize(
    ("strength", "firm"),
    [("1", "strong"), ("2a", ""), ("2b", "weak"), ("3: harm", "strong"), ("3: no benefit", "weak"), ("5", "")],
)
def test_the_first_strength_of_a_direction_is_the_strongest_and_the_last_the_weakest(hearts, strength, firm):
    assert firmness(hearts, said(hearts, strength=strength)) == firm


def test_a_strength_for_one_direction_says_the_direction(hearts):
    assert direction(hearts, said(hearts, strength="3: harm")) == "against"
    assert direction(hearts, said(hearts, strength="1")) == ""


def test_the_last_certainty_is_the_lowest_and_without_a_scheme_only_very_low_is(burns, hearts):
    assert [is_lowest(hearts, said(hearts), one) for one in ("A", "B-R", "C-EO")] == [False, False, True]
    assert [is_lowest(bare(burns), said(burns), one) for one in ("low", "Very-Low", "C-EO")] == [False, True, False]


def test_the_words_of_grade_count_wherever_they_stand_in_the_list(burns):
    turned = Grading("t", "T", strengths=(Grade("weak"), Grade("strong")), certainties=(Grade("very low"), Grade("high")))
    guideline = replace(burns, gradings={"t": turned})
    assert [firmness(guideline, said(guideline, strength=one)) for one in ("weak", "strong")] == ["weak", "strong"]
    assert [is_lowest(guideline, said(guideline), one) for one in ("very low", "high")] == [True, False]
