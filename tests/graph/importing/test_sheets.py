"""The sheet that importers fill, and its text."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from edgewise.graph.importing.imported import Imported
from edgewise.graph.importing.sheets import Sheet, code
from edgewise.graph.importing.writing import as_yaml
from edgewise.graph.library import load_content
from edgewise.graph.reading.strict import strict_yaml


def as_text(value):
    if isinstance(value, dict):
        return {key: as_text(held) for key, held in value.items()}
    if isinstance(value, list):
        return [as_text(held) for held in value]
    return ("true" if value else "false") if isinstance(value, bool) else f"{value:f}" if isinstance(value, Decimal) else str(value)


PRINTED = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn", "Zl", "Zp"], exclude_characters="\ufeff\ufffe\uffff"), min_size=1, max_size=40
)


@given(st.lists(st.dictionaries(st.sampled_from(["id", "label", "note", "is"]), PRINTED, min_size=1), min_size=1, max_size=3), PRINTED)
def test_any_text_survives_being_written_and_read(entries, name):
    sheet = {"id": "g", "draft": True, "steps": entries, "bound": {"atLeast": Decimal("1E+3"), "parts": entries}}
    read, _ = strict_yaml(as_yaml(Imported(sheet, (), name), name), "g.yaml")
    assert read == as_text(sheet)


def test_labels_that_are_alike_get_ids_of_their_own():
    sheet = Sheet("a.dmn", "DMN")
    assert [sheet.step(label, "Treatment") for label in ("Done", "done", "10 mg", "体温", "体温", "a/../b")] == [
        "step-done", "step-done-2", "step-10-mg", "step", "step-2", "a-b",
    ]  # fmt: skip


def test_a_label_that_is_too_long_is_cut_and_stands_whole_beside_it():
    sheet = Sheet("a.dmn", "DMN")
    start, end = sheet.step("x" * 300, "Presentation"), sheet.step("End", "Endpoint")
    sheet.edge(start, end, "y" * 130)
    found = sheet.finished().sheet
    assert (len(found["steps"][0]["label"]), len(found["steps"][0]["summary"])) == (200, 300)
    assert (len(found["transitions"][0]["label"]), found["transitions"][0]["note"]) == (120, "y" * 130)


def test_values_of_a_choice_never_take_one_another_place():
    taken = []
    for label in ("a", "A+", "a+", "-", "", "x" * 80):
        taken.append(code(label, taken))
    assert len(set(taken)) == 6


def test_what_the_file_does_not_say_is_left_out_and_the_guideline_opens_as_a_draft():
    sheet = Sheet("a.dmn", "DMN 1.3")
    age = sheet.observable("Age", "quantity")
    start, end = sheet.step("Start", "Presentation"), sheet.step("End", "Endpoint")
    sheet.edge(start, end, "grown up", when={"observable": age, "atLeast": 18, "unit": "1"})
    sheet.unread(7, "a macro", "Macros are not read.")
    imported = sheet.finished()
    assert not {"title", "question", "publisher", "updated", "statements"} & imported.sheet.keys()
    guideline = load_content(as_yaml(imported, "a.dmn").encode(), "guideline.yaml", "yaml").guideline
    assert [note.text for note in guideline.notes.values()] == ["Not read from a.dmn, line 7: a macro. Macros are not read."]


def test_a_condition_that_cannot_be_read_is_asked_once_however_often_it_stands():
    sheet = Sheet("a.dmn", "DMN")
    assert sheet.asked("f( x )", 3, "Why.") == sheet.asked("f( x )", 9, "Why.")
    assert [one.line for one in sheet.finished().unread] == [3, 9]
