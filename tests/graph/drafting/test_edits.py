"""Edits by place, example by example."""

from decimal import Decimal

import pytest

from edgewise.graph.drafting.applying import applied
from edgewise.graph.drafting.edits import Add, Drop, Move, Put, Remove, Rename, from_json
from edgewise.graph.drafting.entries import entries, mentions, mentions_in_cases
from edgewise.graph.drafting.errors import EditRefused
from edgewise.graph.library import load
from edgewise.graph.shelf import find
from edgewise.ontology.errors import SourceError

TEXT = """\
# Ours.
id: g
title: Hips  # short

steps:
  # where it begins
  - id: hip
    type: Presentation
    label: A hip   # hurts
    phase: meet

  # what is done
  - id: rest
    type: Treatment
    label: 'Rest'
    components:
      - {label: ice, order: 1}

observables: []

transitions:
  - {id: hip-to-rest, from: hip, to: rest, when: {observable: pain, atLeast: 3}, statedBy: source}
"""


def changed_lines(before, after):
    old, new = before.split("\n"), after.split("\n")
    return [line for line in new if line not in old], [line for line in old if line not in new]


def test_one_value_changes_one_line_and_keeps_its_comment():
    assert changed_lines(TEXT, applied(TEXT, Put("hip", "label", "A hip: left"))) == (
        ['    label: "A hip: left"   # hurts'],
        ["    label: A hip   # hurts"],
    )


def test_a_new_key_comes_where_the_vocabulary_has_it():
    assert "type: Treatment\n    label: 'Rest'\n    summary: A week.\n    components:" in applied(TEXT, Put("rest", "summary", "A week."))


def test_numbers_and_truths_are_written_plain_and_text_that_looks_like_one_in_quotes():
    after = applied(TEXT, Put("", "observables", [{"id": "pain", "min": Decimal("0.50"), "repeated": True, "label": "10", "order": "3"}]))
    assert '- {id: pain, min: 0.50, repeated: true, label: "10", order: 3}' in after


def test_an_entry_in_brackets_opens_out_when_it_grows_too_wide():
    after = applied(TEXT, Put("hip-to-rest", "note", "a reason " * 6 + "ends"))
    assert "  - id: hip-to-rest\n    from: hip\n    to: rest\n" in after
    assert max(map(len, after.split("\n"))) <= 140


def test_a_criterion_within_is_reached_by_its_place():
    assert "when: {observable: pain, atLeast: 4}" in applied(TEXT, Put("hip-to-rest/when", "atLeast", 4))
    assert "- {label: ice cubes, order: 1}" in applied(TEXT, Put("rest/components/1", "label", "ice cubes"))


def test_the_first_entry_of_an_empty_a_missing_and_an_unwritten_list():
    assert "observables:\n  - {id: pain}\n" in applied(TEXT, Add("observables", {"id": "pain"}))
    assert "\n\nstatements:\n  - {id: s1}\n" in applied(TEXT, Add("statements", {"id": "s1"}))
    assert applied("id: g\nsteps:  # none yet\n", Add("steps", {"id": "a"})) == "id: g\nsteps:  # none yet\n  - {id: a}\n"


def test_a_list_within_an_entry_takes_new_ones_too():
    after = applied(TEXT, Add("components", {"id": "heat", "label": "heat"}, at="rest"), Add("yields", {"id": "x"}, at="hip"))
    assert "      - {label: ice, order: 1}\n      - {id: heat, label: heat}\n" in after
    assert "    phase: meet\n    yields:\n      - {id: x}\n" in after
    assert [(one.id, one.section, one.within) for one in entries(after).values() if one.within] == [
        ("x", "steps", "hip"),
        ("heat", "steps", "rest"),
    ]


def test_an_entry_is_written_as_its_neighbours_are_and_set_apart_as_they_are():
    after = applied(TEXT, Add("steps", {"id": "walk", "type": "Treatment"}, before="rest"))
    assert "    phase: meet\n\n  - id: walk\n    type: Treatment\n\n  # what is done\n  - id: rest\n" in after


def test_a_removed_entry_takes_the_comment_right_above_it_along():
    after = applied(TEXT, Remove("rest"))
    assert "what is done" not in after
    assert "    phase: meet\n\nobservables: []" in after


def test_the_last_entry_leaves_an_empty_list():
    assert applied(TEXT, Remove("hip-to-rest")).endswith("transitions: []\n")


def test_an_entry_moves_with_its_comment():
    after = applied(TEXT, Move("rest", "hip"))
    assert after.index("# what is done") < after.index("id: rest") < after.index("# where it begins") < after.index("id: hip\n")


def test_every_reference_follows_a_new_name_and_nothing_else_does():
    after = applied(TEXT, Rename("rest", "bed-rest"), Rename("hip", "sore-hip"))
    assert "{id: hip-to-rest, from: sore-hip, to: bed-rest," in after
    assert "label: A hip " in after


def test_references_in_criteria_formulas_places_and_whole_addresses_follow():
    text = (
        "id: g\nobservables:\n- {id: weight}\n- {id: dose}\ntransitions:\n- id: t\n  when:\n    observable: dose\n"
        "    moreThan: {times: [weight, 2]}\nnotes:\n- {text: n, about: [t/when, https://w3id.org/edgewise/guideline/g/weight]}\n"
    )
    after = applied(text, Rename("weight", "mass"), Rename("t", "edge"), Rename("dose", "amount"))
    assert "times: [mass, 2]" in after
    assert "about: [edge/when, https://w3id.org/edgewise/guideline/g/mass]" in after
    assert "observable: amount" in after
    assert "guideline/h/weight" in applied(text, Rename("", "h"))


def test_what_refers_to_an_entry_is_told_before_it_is_removed():
    assert [(one.at, one.key) for one in mentions(TEXT, "rest")] == [("hip-to-rest", "to")]
    cases = "guideline: g\ncases:\n- id: c\n  stages:\n  - {tells: rest well, facts: {pain: 3}, expect: rest}\n"
    assert [(one.at, one.key, one.line) for one in mentions_in_cases(cases, "rest")] == [("c", "expect", 5)]


@pytest.mark.parametrize(("edit", "rule"), [
    (Put("hips", "label", "x"), "edit-no-entry"), (Put("hip", "id", "x"), "edit-key"), (Put("hip", "a b", "x"), "edit-key"),
    (Put("hip", "label", None), "edit-value"), (Put("hip", "order", 1.5), "edit-value"), (Put("hip", "label", "a\x07"), "edit-character"),
    (Put("hip", "order", Decimal("NaN")), "edit-value"), (Put("hip", "label", "\ud800"), "edit-character"),
    (Drop("hip", "summary"), "edit-no-key"), (Add("steps", {"id": "hip"}), "edit-id-taken"), (Add("steps", {"id": "../x"}), "edit-id"),
    (Add("steps", {}), "edit-value"), (Add("steps", {"id": "n"}, "hip-to-rest"), "edit-other-list"),
    (Add("title", {"id": "n"}), "edit-no-list"),
    (Remove(""), "edit-no-list"), (Remove("hip-to-rest/when"), "edit-no-list"), (Move("hip", "hip-to-rest"), "edit-other-list"),
    (Rename("hip", "rest"), "edit-id-taken"), (Rename("hip", "Hip!"), "edit-id"), (Rename("rest/components/1", "x"), "edit-no-id"),
])  # fmt: skip
def test_an_edit_that_does_not_fit_says_what_where_and_what_to_do(edit, rule):
    with pytest.raises(EditRefused) as caught:
        applied(TEXT, edit)
    (found,) = caught.value.findings
    assert (found.rule, found.file) == (rule, "guideline.yaml")
    assert found.message
    assert found.repair
    assert found.line == (7 if edit.at == "hip" else found.line)


def test_of_several_edits_none_is_done_if_one_does_not_fit():
    with pytest.raises(EditRefused, match="did you mean 'rest'"):
        applied(TEXT, Drop("hip", "phase"), Drop("resr", "label"))


def deep():
    value = here = {}
    for _ in range(5000):
        here["all"] = here = {}
    return value


def endless():
    value = []
    value.append(value)
    return value


@pytest.mark.parametrize("value", [deep(), endless()], ids=["deep", "endless"])
def test_values_without_an_end_are_refused(value):
    with pytest.raises(EditRefused, match="too deep"):
        applied(TEXT, Put("hip", "when", value))


@pytest.mark.parametrize(
    "text",
    [
        "id: &a g\nsteps: *a\n",
        "id: g\nid: h\n",
        "<<: {a: b}\n",
        "a: !!python/object x\n",
        "a: [",
        "[" * 100,
        "a: 1\n---\nb: 2\n",
        "",
        "\x00",
    ],
)
def test_what_the_strict_reading_refuses_cannot_be_edited(text):
    with pytest.raises(SourceError):
        applied(text, Put("", "title", "x"))
    with pytest.raises(SourceError):
        entries(text)


@pytest.mark.parametrize("text", ["- a\n- b\n", "just text\n"])
def test_a_file_that_is_no_mapping_holds_no_entries(text):
    assert not entries(text)
    with pytest.raises(EditRefused, match="not a mapping"):
        applied(text, Put("", "title", "x"))


def test_two_things_of_one_id_are_not_edited_by_guessing():
    with pytest.raises(EditRefused, match="given twice"):
        applied("id: g\nsteps:\n- {id: a}\n- {id: a}\n", Put("a", "label", "x"))


def test_a_layout_that_cannot_be_edited_by_place_is_told_with_its_line():
    with pytest.raises(EditRefused) as caught:
        applied("id: g\nnote: |\n  no break at the end", Put("", "zzz", "y"))
    assert (caught.value.findings[0].rule, caught.value.findings[0].line) == ("edit-layout", 3)


def test_line_breaks_mark_and_missing_last_break_stay():
    text = "\ufeffid: g\r\nsteps:\r\n- id: a\r\n  label: x"
    assert applied(text, Put("a", "summary", "y")) == text + "\r\n  summary: y"


@pytest.mark.parametrize(
    "text", ["{", '{"edit": "Put"}', '{"edit": "Nothing"}', "[]", '{"edit": "Drop", "at": 1, "key": "a"}', "[" * 100_000]
)
def test_what_is_no_edit_is_refused(text):
    with pytest.raises(EditRefused):
        from_json(text)


def test_a_shipped_guideline_is_still_right_after_edits_and_its_other_lines_are_the_same(tmp_path):
    text = find("ottawa-ankle").read_text("utf-8")
    edits = (Rename("ankle-series", "ankle-films"), Put("ankle-films", "summary", "Two pictures."), Move("foot-series", "ankle-films"))
    after = applied(text, *edits)
    kept = {line for line in text.splitlines() if "ankle-series" not in line}
    assert len(kept - set(after.splitlines())) <= 3
    (tmp_path / "guideline.yaml").write_text(after, "utf-8")
    assert load(tmp_path / "guideline.yaml").guideline.steps["ankle-films"].summary == "Two pictures."


def test_cases_are_edited_the_same_way():
    text = find("ottawa-ankle").with_name("cases.yaml").read_text("utf-8")
    after = applied(text, Put("postwoman", "title", "3 letters"), Remove("goalkeeper"), kind="cases")
    assert "    title: 3 letters\n" in after
    assert "goalkeeper" not in entries(after, "cases")


def test_a_single_block_becomes_a_list_when_a_second_one_is_added_and_keeps_its_comments():
    text = "id: g\nsteps:\n- id: a\n  dose:  # one\n    # how much\n    amount: 1  # of it\n\n    unit: mg\n  label: A\n"
    assert applied(text, Add("dose", {"amount": 2, "unit": "g"}, at="a")) == (
        "id: g\nsteps:\n- id: a\n  dose:  # one\n    # how much\n    - amount: 1  # of it\n\n      unit: mg\n"
        "    - amount: 2\n      unit: g\n  label: A\n"
    )
    flow = "id: g\nsteps:\n- {id: a, dose: {amount: 1}}\n"
    assert "dose: [{amount: 1}, {amount: 2}]" in applied(flow, Add("dose", {"amount": 2}, at="a"))
