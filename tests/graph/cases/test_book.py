"""Files of cases: what is read, and what is refused with its line and its repair."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from edgewise.graph.cases.book import LIMIT, case_file, cases_of, open_casebook, read_casebook, read_cases
from edgewise.graph.cases.form import LONGEST, MOST_CASES, MOST_NAMES, MOST_REMARKS, MOST_STAGES
from edgewise.graph.cases.model import Case, Lure, Point, Ruling, Stage
from edgewise.graph.library import load
from edgewise.graph.model import Guideline, Step
from edgewise.graph.reading.problems import MOST
from edgewise.ontology.errors import SourceError
from edgewise.ontology.findings import Finding
from tests.places import DATA

ANKLE = load(str(DATA / "small.yaml")).guideline

WHOLE = """\
guideline: ankle-test
cases:
  - id: hopper
    title: The
      hopper
    vignette: >-
      Somebody hops in.

      It hurts.
    stages:
      - tells: Nothing is known.
        expect: picture
      - tells: A crack, and two gaps; nobody wrote the second down.
        facts: {crack: yes, widening: [5 mm, null, "0.6 cm"], weeks: 21 d}
        expect: [boot, lift]
        revises: crack
        early: [weeks]
        lures:
          - {step: home, why: It is late.}
          - {step: lift, why: It is kind., pitfall: s-boot}
        points:
          - {text: Cracks get a boot., basedOn: s-boot}
          - {text: Look first., basedOn: [s-look, h-look, s-look]}
"""


def found(text: str | bytes, guideline: Guideline = ANKLE) -> tuple[Finding, ...]:
    return read_casebook(text, "cases.yaml", guideline).findings


def faults(text: str | bytes, guideline: Guideline = ANKLE) -> list[tuple[int, str]]:
    return [(finding.line, finding.rule) for finding in found(text, guideline)]


def line_of(words: str, text: str = WHOLE) -> int:
    return text[: text.index(words)].count("\n") + 1


def told(**stage: object) -> str:
    """A file of one case of one stage."""
    case = {"id": "a", "title": "A", "vignette": "Pain.", "stages": [{"tells": "t", **stage}]}
    return json.dumps({"guideline": "ankle-test", "cases": [case]})  # JSON is YAML, and holds no aliases


# ---------------------------------------------------------------------------------------------------- what is read


def test_every_key_is_read() -> None:
    gaps = Decimal(5), None, Decimal(6)
    points = Point("Cracks get a boot.", ("s-boot",)), Point("Look first.", ("s-look", "h-look"))
    second = Stage(
        "A crack, and two gaps; nobody wrote the second down.",
        {"crack": "yes", "widening": gaps, "weeks": Decimal(3)},
        Ruling("due", ("boot",)),
        (Lure("home", "It is late."), Lure("lift", "It is kind.", "s-boot")),
        points,
        revises=("crack",),
        early=("weeks",),
    )
    first = Stage("Nothing is known.", {}, Ruling("due", ("picture",)))
    case = Case("hopper", "The hopper", "Somebody hops in.\nIt hurts.", (first, second))
    book = read_casebook(WHOLE, "cases.yaml", ANKLE)
    assert (book.findings, book.cases) == ((), {0: case})


def test_lines_are_those_of_the_file() -> None:
    book = read_casebook(WHOLE, "cases.yaml", ANKLE)
    assert book.line(0, "stages", 1, "facts", "widening") == line_of("facts: {crack")
    assert book.line(0, "stages", 1, "points", 1) == line_of("{text: Look first.")
    assert book.line(0, "stages", 0, "lures") == line_of("- tells: Nothing"), "what is not written has the line of what would hold it"


def test_a_stage_needs_neither_facts_nor_expectation_nor_remarks() -> None:
    assert read_casebook(told(), "cases.yaml", ANKLE).cases[0].stages == (Stage("t", {}),)


@pytest.mark.parametrize(("word", "verdict"), [("not-stated", "not-stated"), ("undecided", "undecided")])
def test_a_word_alone_is_a_verdict_and_in_a_list_a_step(word: str, verdict: str) -> None:
    odd = replace(ANKLE, steps={**ANKLE.steps, word: Step(word, "Endpoint", "Odd", "", "act")})
    for steps in (ANKLE, odd):
        book = read_casebook(told(expect=word), "cases.yaml", steps)
        assert book.cases[0].stages[0].expect == Ruling(verdict)  # type: ignore[arg-type]
    assert read_casebook(told(expect=[word]), "cases.yaml", odd).cases[0].stages[0].expect == Ruling("due", (word,))
    (refused,) = found(told(expect=[word]))
    assert (refused.rule, "without brackets" in refused.repair) == ("unknown-step", True)


def test_a_companion_alone_is_kept_and_beside_its_step_left_out() -> None:
    read = [read_casebook(told(expect=expect), "cases.yaml", ANKLE).cases[0].stages[0].expect for expect in ("lift", ["lift", "boot"])]
    assert read == [Ruling("due", ("lift",)), Ruling("due", ("boot",))]


# ------------------------------------------------------------------------------------------------- where it is looked for


def test_cases_lie_beside_a_guideline(tmp_path: Path) -> None:
    guideline = tmp_path / "guideline.yaml"
    guideline.touch()
    assert (case_file(guideline), cases_of(guideline, ANKLE)) == (None, ())
    (tmp_path / "cases.yaml").write_text(WHOLE, "utf-8")
    assert case_file(guideline) == tmp_path / "cases.yaml"
    assert [case.id for case in cases_of(guideline, ANKLE)] == ["hopper"]


def test_cases_belong_to_guideline_yaml_and_only_without_one_to_another_file(tmp_path: Path) -> None:
    (tmp_path / "cases.yaml").write_text(WHOLE, "utf-8")
    assert case_file(tmp_path / "ankle.ttl") == tmp_path / "cases.yaml"
    assert case_file(tmp_path / "cases.yaml") is None, "no file is beside itself"
    (tmp_path / "guideline.yaml").touch()
    assert case_file(tmp_path / "ankle.ttl") is None


def test_a_file_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    (tmp_path / "cases.yaml").mkdir()
    with pytest.raises(SourceError, match="this is a folder"):
        cases_of(tmp_path / "guideline.yaml", ANKLE)
    assert [finding.rule for finding in open_casebook(tmp_path / "nowhere.yaml", ANKLE).findings] == ["no-file"]


def test_reading_raises_all_problems_at_once(tmp_path: Path) -> None:
    file = tmp_path / "cases.yaml"
    file.write_text(WHOLE.replace("step: home", "step: hoem").replace("tells: Nothing", "tell: Nothing"), "utf-8")
    with pytest.raises(SourceError) as caught:
        read_cases(file, ANKLE)
    assert [finding.rule for finding in caught.value.findings] == ["unknown-key", "unknown-step"]
    assert {finding.file for finding in caught.value.findings} == {str(file)}


# ------------------------------------------------------------------------------------------------------ what is refused


@pytest.mark.parametrize(
    ("old", "new", "rule", "repair"),
    [
        ("guideline: ankle-test", "guideline: hips", "other-guideline", "ankle-test"),
        ("guideline: ankle-test", "guideline: [hips]", "other-guideline", "ankle-test"),
        ("    title: The\n      hopper\n", "    titel: The hopper\n", "unknown-key", "write 'title'"),
        ("tells: Nothing", "tels: Nothing", "unknown-key", "write 'tells'"),
        ("why: It is late.", "wy: It is late.", "unknown-key", "write 'why'"),
        ("text: Look first., basedOn", "text: Look first., zzz", "unknown-key", "known are text, basedOn"),
        ("id: hopper", "id: hop per", "invalid-id", "letters"),
        ("id: hopper", "id: ../hopper", "invalid-id", "letters"),
        ("id: hopper", "id:", "empty-value", "write a text"),
        ("id: hopper", "id: {a: b}", "wrong-form", "write a text"),
        ("id: hopper", f"id: {'h' * 65}", "text-too-long", "64"),
        ("tells: Nothing is known.", "tells: '  '", "empty-value", "write a text"),
        ("tells: Nothing is known.", 'tells: "Nothing \\u202Enwonk si."', "turning-character", "delete it"),
        ("why: It is late.", "why: It is \u2067late.", "turning-character", "delete it"),
        ("expect: picture", "expect: pictures", "unknown-step", "did you mean 'picture'?"),
        ("expect: picture", "expect: not stated", "unknown-step", "did you mean 'not-stated'?"),
        ("expect: picture", "expect: []", "empty-value", "write at least one"),
        ("expect: picture", "expect:", "empty-value", "the id of a step"),
        ("expect: picture", "expect: [[picture]]", "wrong-form", "the id of a step"),
        ("step: home", "step: hoem", "unknown-step", "did you mean 'home'?"),
        ("pitfall: s-boot", "pitfall: h-look", "unknown-statement", "s-look"),
        ("basedOn: s-boot", "basedOn: s-boots", "unknown-statement", "did you mean 's-boot'?"),
        ("basedOn: s-boot", "basedOn: {s-boot: s-look}", "wrong-form", "the id of a statement"),
        ("revises: crack", "revises: creck", "unknown-observable", "did you mean 'crack'?"),
        ("early: [weeks]", "early: [[weeks]]", "wrong-form", "the id of an observable"),
        ("{crack: yes", "{creck: yes", "unknown-observable", "did you mean 'crack'?"),
        ("{crack: yes", "{crack: perhaps", "value-not-allowed", "yes, no"),
        ("{crack: yes", "{crack: [yes]", "not-repeated", "one value"),
        ("[5 mm, null", "[50 mm, null", "value-out-of-range", "0 mm to 40 mm"),
        ("[5 mm, null", "[5 kg, null", "wrong-unit", "mm"),
        ("[5 mm, null", "[NaN, null", "not-a-number", "number"),
        ("[5 mm, null", "[1e999999999, null", "not-a-number", "number"),
        ("facts: {crack: yes", "facts: [crack], zzz: {crack: yes", "yaml-syntax", ""),
    ],
)  # fmt: skip
def test_a_fault_has_its_line_and_its_repair(old: str, new: str, rule: str, repair: str) -> None:
    assert WHOLE.count(old) == 1
    text = WHOLE.replace(old, new)
    match = [finding for finding in found(text) if finding.rule == rule]
    assert [finding.line for finding in match] == [line_of(old)], found(text)
    assert repair in match[0].repair


@pytest.mark.parametrize("key", ["guideline", "cases"])
def test_a_file_needs_its_two_keys(key: str) -> None:
    data = yaml.safe_load(WHOLE)
    del data[key]
    assert [finding.message for finding in found(json.dumps(data))] == [f"a file of cases needs '{key}'"]


@pytest.mark.parametrize("key", ["id", "title", "vignette", "stages"])
def test_a_case_needs_its_keys_and_one_that_lacks_any_is_left_out(key: str) -> None:
    data = yaml.safe_load(WHOLE)
    del data["cases"][0][key]
    book = read_casebook(json.dumps(data), "cases.yaml", ANKLE)
    assert ([finding.message for finding in book.findings], book.cases) == ([f"a case needs '{key}'"], {})


@pytest.mark.parametrize(
    "text",
    ["[]", "cases", "null", "guideline: ankle-test\ncases:", "guideline: ankle-test\ncases: {a: b}", "guideline: ankle-test\ncases: [a]",
     "guideline: ankle-test\ncases: []", "guideline: ankle-test\ncases: [{id: a, title: b, vignette: c, stages: {}}]",
     "guideline: ankle-test\ncases: [{id: a, title: b, vignette: c, stages: [d]}]"],
)  # fmt: skip
def test_the_wrong_form_is_told_and_never_taken_for_something_else(text: str) -> None:
    book = read_casebook(text, "cases.yaml", ANKLE)
    assert {finding.rule for finding in book.findings} <= {"wrong-form", "empty-value"}
    assert (bool(book.findings), book.cases) == (True, {})
    assert all(finding.repair and finding.file for finding in book.findings)


@pytest.mark.parametrize("key", ["facts", "lures", "points", "revises", "early"])
@pytest.mark.parametrize("value", ["zz", {"zz": "zz"}, [{"zz": ["zz"]}], [["zz"]]])
def test_what_hangs_below_a_stage_may_have_any_wrong_form(key: str, value: object) -> None:
    book = read_casebook(told(**{key: value}), "cases.yaml", ANKLE)
    assert (bool(book.findings), book.cases) == (True, {})


def test_two_cases_of_one_id_are_told_with_both_lines() -> None:
    twice = WHOLE + WHOLE[WHOLE.index("  - id") :].replace("step: home", "step: hoem")
    assert faults(twice) == [
        (line_of("- id", WHOLE) + WHOLE.count("\n") - 2, "duplicate-id"),
        (len(twice.splitlines()) - 4, "unknown-step"),
    ]
    assert f"first on line {line_of('- id')}" in found(twice)[0].message


def test_a_faulty_case_keeps_no_sound_one_away() -> None:
    both = WHOLE.replace("step: home", "step: hoem") + WHOLE[WHOLE.index("  - id") :].replace("id: hopper", "id: sound")
    book = read_casebook(both, "cases.yaml", ANKLE)
    assert {position: case.id for position, case in book.cases.items()} == {1: "sound"}


def test_cases_of_another_guideline_are_not_judged_by_this_one() -> None:
    assert faults(WHOLE.replace("ankle-test", "hips").replace("step: home", "step: hoem")) == [(1, "other-guideline")]


# ------------------------------------------------------------------------------------------------------- hostile files


@pytest.mark.parametrize(("key", "most"), [(key, most) for key, most in LONGEST.items() if key in ("title", "vignette")])
def test_a_text_too_long_to_read_is_refused(key: str, most: int) -> None:
    data = yaml.safe_load(WHOLE)
    data["cases"][0][key] = "x" * most
    assert found(json.dumps(data)) == ()
    data["cases"][0][key] += "x"
    assert [finding.rule for finding in found(json.dumps(data))] == ["text-too-long"]


def test_texts_below_a_stage_have_limits_too() -> None:
    long = {"lures": [{"step": "home", "why": "x" * 301}], "points": [{"text": "x" * 301, "basedOn": "s-look"}], "tells": "x" * 701}
    assert [rule for _, rule in faults(told(**long))] == ["text-too-long"] * 3


@pytest.mark.parametrize(
    ("stage", "most"),
    [
        ({"lures": [{"step": "home", "why": "w"}]}, MOST_REMARKS),
        ({"points": [{"text": "t", "basedOn": "s-look"}]}, MOST_REMARKS),
        ({"revises": ["crack"]}, MOST_NAMES),
        ({"early": ["crack"]}, MOST_NAMES),
        ({"expect": ["boot"]}, MOST_NAMES),
    ],
)
def test_lists_have_limits(stage: dict[str, list[object]], most: int) -> None:
    ((key, listed),) = stage.items()
    assert faults(told(**{key: listed * most})) == []
    assert [rule for _, rule in faults(told(**{key: listed * (most + 1)}))] == ["too-many"]


def test_ten_thousand_cases_are_refused_in_one_sentence() -> None:
    one = "- {id: a, title: a, vignette: v, stages: [{tells: t}]}\n"
    (finding,) = found("guideline: ankle-test\ncases:\n" + one * 10_000)
    assert (finding.rule, finding.line) == ("too-many", 2)
    assert f"at most {MOST_CASES}" in finding.repair


def test_many_stages_and_many_facts_are_refused() -> None:
    stages = ", ".join(["{tells: t}"] * (MOST_STAGES + 1))
    text = f"guideline: ankle-test\ncases: [{{id: a, title: a, vignette: v, stages: [{stages}]}}]"
    assert [rule for _, rule in faults(text)] == ["too-many"]
    assert [rule for _, rule in faults(told(facts={f"creck{i}": "yes" for i in range(5000)}))] == ["too-many"]


def test_a_million_faults_are_counted_and_not_listed() -> None:
    listed = found("guideline: ankle-test\n" + "".join(f"casez{i}: 1\n" for i in range(20_000)))
    assert (len(listed), listed[-1].rule) == (MOST + 1, "more-problems")


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("cases: " + "[" * 5000, "too-deep"),
        ("cases: " + "{a: " * 5000, "too-deep"),
        ("a: &x [1]\nb: *x", "yaml-anchor"),
        ("cases: !!python/object/apply:os.system [ls]", "yaml-tag"),
        ("<<: {a: b}", "yaml-merge"),
        ("guideline: a\nguideline: b", "duplicate-key"),
        ("guideline: [", "yaml-syntax"),
        ("a: 1\n---\nb: 2", "several-documents"),
        ("guideline: ankle-test\ncases: \x07", "control-character"),
        ('guideline: ankle-test\ncases: "\\x07"', "control-character"),
        (b"\xff\xfe\x00", "not-utf-8"),
        (b"x" * (LIMIT + 1), "too-large"),
        ("", "empty-file"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_hostile_files_get_a_clear_answer(text: str | bytes, rule: str) -> None:
    findings = found(text)
    assert rule in [finding.rule for finding in findings]
    assert all(finding.file == "cases.yaml" for finding in findings)


def test_an_empty_file_is_not_called_a_guideline() -> None:
    (finding,) = found("# nothing yet\n")
    assert "guideline" not in finding.repair


def test_deep_values_below_facts_are_refused() -> None:
    nested: object = "x"
    for _ in range(40):
        nested = [nested]
    assert {rule for _, rule in faults(told(facts={"widening": nested, "side": nested}))} == {"not-a-number", "not-repeated"}


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("expect: picture", "expect:", "expect"),
        ("revises: crack", "revises:", "revises"),
        ("basedOn: s-boot}", "basedOn: }", "basedOn"),
    ],
)
def test_a_key_without_a_value_is_not_taken_for_an_entry_of_a_list(old, new, key):
    (finding,) = found(WHOLE.replace(old, new, 1))
    assert (finding.rule, finding.line, finding.message) == ("empty-value", line_of(old), f"'{key}' has no value")


def test_names_that_are_not_all_listed_say_so():
    guideline = load("sacroiliac-sclerosis").guideline
    text = WHOLE.replace("ankle-test", guideline.id).replace("basedOn: s-boot}", "basedOn: reference-1}", 1)
    (finding,) = [one for one in found(text, guideline) if one.value == "reference-1"]
    assert finding.repair.startswith("name one of the guideline: s1, s2, ")
    assert finding.repair.endswith(", s12, …")
