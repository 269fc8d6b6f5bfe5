"""What of two guidelines is the same: by hand, by id, by name where no name leaves a doubt."""

from __future__ import annotations

from dataclasses import replace

import pytest

from edgewise.graph.comparing.comparison import compare
from edgewise.graph.comparing.likeness import alike
from edgewise.graph.comparing.matching import Doubt, WrongMatch, match
from edgewise.graph.library import load
from edgewise.graph.model import Choice, Guideline, Observable, Step
from edgewise.ontology.errors import UnknownName

SI = load("sacroiliac-sclerosis").guideline


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Relief by diagnostic blocks", "Diagnostic block relief"),
        ("Tumour suspected", "Suspected tumor"),
        ("X-ray of the spine", "Spine X-rays"),
        ("D-dimer", "D dimer"),
    ],
)
def test_names_that_differ_in_order_plural_and_spelling_are_alike(one, other):
    assert alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hyperkalaemia", "Hypokalaemia"),
        ("Hyperthyroidism", "Hypothyroidism"),
        ("MRI with contrast", "MRI without contrast"),
        ("Systolic blood pressure", "Diastolic blood pressure"),
        ("Stage 2", "Stage 3"),
        ("Interventricular delay", "Intraventricular delay"),
        ("Relief ≥ 70 %", "Relief > 70 %"),
        ("Preoperative fasting", "Postoperative fasting"),
        ("Stable angina", "Unstable angina"),
        ("Pain", ""),
        ("", ""),
    ],
)
def test_names_of_which_one_may_be_the_opposite_are_not(one, other):
    assert not alike(one, other)


def guideline(id: str, *observables: Observable, steps: tuple[Step, ...] = ()) -> Guideline:
    held = {"observables": {one.id: one for one in observables}, "steps": {one.id: one for one in steps}}
    return Guideline(id, f"urn:{id}", *[""] * 8, **held)


def question(id: str, label: str, kind: str = "yes-no", **more) -> Observable:
    return Observable(id, label, "?", kind, **more)


def test_an_id_goes_before_a_name():
    found = match(guideline("g", question("pain", "Pain")), guideline("g", question("pain", "Ache"), question("ache", "Pain")))
    assert [(one.a, one.b, one.how) for one in found.matches] == [("pain", "pain", "id"), ("", "ache", "")]


def test_a_name_that_two_bear_is_matched_with_neither_and_that_is_told():
    found = match(guideline("g", question("a", "Pain")), guideline("h", question("b", "Pain"), question("c", "Pains")))
    assert found.only_a("observable") == ("a",)
    assert found.doubts == (Doubt("observable", "a", ("b", "c")),)


def test_a_name_like_another_is_told_and_not_matched():
    found = match(guideline("g", question("a", "MRI with contrast")), guideline("h", question("b", "MRI without contrast")))
    assert (found.pairs("observable"), found.doubts[0].candidates) == ((), ("b",))


def test_the_short_id_of_another_guideline_means_nothing_where_the_answers_are_of_another_kind():
    found = match(guideline("g", question("o1", "Pain")), guideline("h", question("o1", "Age", "quantity")))
    assert found.pairs("observable") == ()


def test_answers_are_matched_by_value_and_then_by_name():
    one = question("side", "Side", "choice", choices=(Choice("l", "Left"), Choice("r", "Right"), Choice("n", "None")))
    other = question("side", "Side", "choice", choices=(Choice("left", "left"), Choice("r", "To the right"), Choice("b", "Both")))
    assert match(guideline("g", one), guideline("g", other)).answers("side") == {"l": "left", "r": "r"}


def test_what_is_given_goes_before_ids_and_an_empty_side_says_that_there_is_none():
    a, b = guideline("g", question("x", "X"), question("y", "Y")), guideline("g", question("x", "X"), question("y", "Y"))
    found = match(a, b, [("x", "y"), ("y", "")])
    assert [(one.a, one.b, one.how) for one in found.matches] == [("x", "y", "given"), ("y", "", "given"), ("", "x", "")]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([("cooled-rfa", "block-relief")], "match two of a kind"),
        ([("cooled-rfa", "cooled-rfa"), ("cooled-rfa", "si-joint-fusion")], "matched twice"),
        ([("", "")], "names nothing"),
    ],
)
def test_what_cannot_be_matched_is_refused(given, said):
    with pytest.raises(WrongMatch, match=said):
        match(SI, SI, given)


def test_an_id_that_is_not_there_is_refused_with_the_nearest():
    with pytest.raises(UnknownName, match="did you mean 'cooled-rfa'"):
        match(SI, SI, [("cooled-rfx", "cooled-rfa")])


def test_statements_that_were_given_new_numbers_are_matched_by_what_they_say():
    ids = list(SI.statements)
    shifted = {new: replace(SI.statements[old], id=new) for old, new in zip(ids, [*ids[1:], "s-new"], strict=True)}
    found = match(SI, replace(SI, statements=shifted))
    assert all(found.b_of("statement", old) == new for old, new in zip(ids, [*ids[1:], "s-new"], strict=True))


def test_references_that_were_renumbered_are_the_same_works():
    ids = list(SI.references)
    turned = {
        new: replace(SI.references[old], id=new, position=at) for at, (old, new) in enumerate(zip(reversed(ids), ids, strict=True), 1)
    }
    markers = {id: replace(one, entry=dict(zip(reversed(ids), ids, strict=True)).get(one.entry, "")) for id, one in SI.markers.items()}
    found = compare(SI, replace(SI, references=turned, markers=markers))
    assert found.matching.b_of("reference", ids[0]) == ids[-1]
    assert found.same_care
    renumbered = {one.where.removesuffix(", renumbered") for one in found.of_kind("reference")}
    assert renumbered == {one.title for at, one in enumerate(SI.references.values()) if at != (len(ids) - 1) / 2}
