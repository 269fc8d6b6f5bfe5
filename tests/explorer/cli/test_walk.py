"""`edgewise walk`: facts from files and pipes, the answer in text and JSON, and what it says of facts that cannot be used."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tests.explorer.calls import SI, SMALL, answer, refused, run


def test_walk_without_facts_begins_at_the_beginning():
    walked = answer("walk", SI)
    assert walked["due"] == ["xray-si-joints", "xray-spine"]
    assert walked["facts"] == {}
    assert walked["questions"] == ["radiographs"]


def test_walk_answers_programs_in_exactly_these_words():
    facts = "{radiographs: sclerosis, inflammatory-suspicion: no, conservative-months: 6, conservative-failed: yes, block-relief: [85, 88]}"
    walked = answer("walk", SI, "--facts", "-", given=facts)
    assert list(walked) == [
        "due", "path", "inferred", "beyond", "graded", "open", "closed", "notNamed", "undecided", "conflicts", "silent", "silentAt",
        "end", "questions",
        "awaited", "resting", "overdue", "waiting", "timing", "now", "rounds", "applies", "outside", "facts", "units", "warnings",
    ]  # fmt: skip
    assert walked["due"] == ["cooled-rfa"]
    assert walked["facts"]["block-relief"] == ["85", "88"]
    (way,) = walked["open"]
    assert (way["to"], way["transition"], way["role"]) == ("cooled-rfa", "diagnostic-injections-to-cooled-rfa", "route")
    fusion = next(closed for closed in walked["closed"] if closed["to"] == "si-joint-fusion")
    of_whom = {"statedBy", "whose", "justifiedBy", "conditions"}
    assert fusion.keys() == {"to", "transition", "why", "nearest", "notYet", "ask", "reached"} | of_whom
    needs = "at least 2 (modeller's reading)"
    attempts = {"observable": "rfa-attempts-failed", "needs": needs, "known": False, "statedBy": "source", "basedOn": ["s22", "s28"]}
    assert attempts in fusion["nearest"]
    assert (fusion["notYet"], fusion["reached"]) == (True, True)


def test_a_number_that_the_source_does_not_name_closes_nothing_and_no_other_is_offered():
    facts = "{radiographs: sclerosis, inflammatory-suspicion: no, conservative-months: 6, conservative-failed: yes, block-relief: [95, 95]}"
    walked = answer("walk", SI, "--facts", "-", given=facts)
    assert [(way["to"], way["nearest"]) for way in walked["notNamed"]] == [("cooled-rfa", [])]
    assert "cooled-rfa" not in [way["to"] for way in walked["closed"]]
    text = run("walk", SI, "--facts", "-", given=facts).stdout
    assert "cooled-rfa: Cooled radiofrequency ablation of the sacral lateral branches (not named by the source)" in text
    assert "90 %, 95 %" not in text
    assert "it would take: Relief" not in text


def test_one_failed_attempt_goes_on_to_the_next_whatever_else_is_told():
    facts = {"radiographs": "sclerosis", "inflammatory-suspicion": "no", "conservative-months": 6, "conservative-failed": "yes"}
    facts |= {"block-relief": [85, 85], "rfa-attempts-failed": 1}
    for told in ({}, {"documented": "no"}, {"documented": "no", "hip-spine-excluded": "no"}):
        walked = answer("walk", SI, "--facts", "-", given=json.dumps(facts | told))
        assert (walked["due"], walked["silent"]) == (["cooled-rfa"], False)


def test_walk_says_which_question_decides():
    walked = answer("walk", SI, "--facts", "-", given="{radiographs: equivocal, inflammatory-suspicion: yes}")
    assert {way["to"]: way["ask"] for way in walked["undecided"]}["ct-si-joints-without-contrast"] == ["mri-possible"]
    assert (walked["due"], walked["questions"], walked["silent"]) == ([], ["mri-possible"], False)


SEVENTY = (
    "{radiographs: sclerosis, inflammatory-suspicion: no, conservative-months: 26 wk, conservative-failed: yes, block-relief: [70, 70]}"
)


def test_walk_says_where_the_source_is_silent_and_where_it_disagrees_with_itself():
    walked = answer("walk", SI, "--facts", "-", given=SEVENTY)
    assert (walked["silent"], walked["silentAt"], walked["due"]) == (True, ["diagnostic-injections"], [])
    (conflict,) = walked["conflicts"]
    assert (set(conflict["statements"]), conflict["unmet"], conflict["about"]) == ({"s17", "s25", "s32"}, ["s25"], "si-joint-fusion")


def test_walk_in_text_gives_due_reasons_conflicts_with_their_places_questions_and_the_notice_last():
    text = run("walk", SI, "--facts", "-", given=SEVENTY).stdout
    assert "The source does not say what follows Diagnostic SI joint injections under fluoroscopy" in text
    assert "  not fulfilled: s25 (step 4, criterion 1)" in text
    assert text.index("Due now") < text.index("Why not") < text.index("The source disagrees with itself")
    assert "For education only" in text.splitlines()[-1]
    assert "To be answered next\n  radiographs: What do the X-rays" in run("walk", SI).stdout


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("facts.yaml", "radiographs: equivocal\nblock-relief:\n- 85\n- 88 %\n"),
        ("facts.json", '{"radiographs": "equivocal", "block-relief": [85, 88], "documented": null}'),
        ("facts", '{\n\t"radiographs": "equivocal",\n\t"block-relief": [85, 88]}'),
    ],
)
def test_facts_are_read_from_yaml_and_json_alike(tmp_path, name, text):
    (tmp_path / name).write_text(text)
    assert answer("walk", SI, "--facts", str(tmp_path / name))["facts"] == {"radiographs": "equivocal", "block-relief": ["85", "88"]}
    if name != "facts.yaml":
        assert answer("walk", SI, "--facts", "-", given=text)["facts"]["block-relief"] == ["85", "88"]


def test_facts_that_cannot_be_used_are_refused_one_line_each_with_file_and_line(tmp_path):
    file = tmp_path / "facts.yaml"
    file.write_text("radiograph: negative\nblock-relief: [85, 185]\nconservative-months: 3 mg\nmri-possible: maybe\n")
    lines = refused("walk", SI, "--facts", str(file))
    for number, (line, words) in enumerate(
        zip(
            lines,
            ["did you mean 'radiographs'?", "outside the allowed range", "cannot be expressed in 'mo'", "write one of yes, no"],
            strict=True,
        ),
        1,
    ):
        assert line.startswith(f"{file}:{number}: error:")
        assert words in line
    said = answer("walk", SI, "--facts", str(file), code=2)
    assert [finding["line"] for finding in said["findings"]] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "there are no facts in it; write {} where nothing is known"),
        ("# nothing\n", "there are no facts in it"),
        ("{radiographs: equivocal", "standard input:1: error: a bracket is opened here and not closed"),
        ("radiographs: equivocal\nradiographs: negative\n", "standard input:2: error: the key 'radiographs' stands here for a second time"),
        ("[radiographs]", "facts are a mapping"),
        ("equivocal", "facts are a mapping"),
        ("a: &a [*a]", "YAML"),
        (b"\xff\xfe", "is not UTF-8 text"),
        (b"radiographs: \x00", "U+0000 is not allowed"),
        ("[" * 100_000, "nested more than"),
        ("block-relief: [" + "1," * 200_000 + "1]", "block-relief: 200001 values"),
        ("{a: " + "x" * 2_000_000 + "}", "larger than"),
    ],
    ids=["empty", "comment", "open", "twice", "list", "word", "alias", "bytes", "nul", "deep", "long", "large"],
)
def test_facts_that_cannot_be_read_are_refused_with_the_reason(text, words):
    lines = refused("walk", SI, "--facts", "-", given=text)
    assert any(words in line for line in lines), lines
    assert all(len(line) < 500 for line in lines)


def test_facts_in_no_file_are_refused(tmp_path):
    assert refused("walk", SI, "--facts", "nowhere.yaml") == [
        "nowhere.yaml: error: the facts cannot be read: No such file or directory; check the path [unreadable-facts]"
    ]
    assert "Is a directory" in refused("walk", SI, "--facts", str(tmp_path))[0]


def test_facts_typed_where_a_file_should_be_named_are_told_how_to_get_in():
    assert "or pipe them in with '--facts -' [unreadable-facts]" in refused("walk", SI, "--facts", "{radiographs: sclerosis}")[0]


def test_no_facts_are_not_the_same_as_facts_that_are_empty():
    assert answer("walk", SI, "--facts", "-", given="{}")["facts"] == {}


def test_another_guideline_is_walked_with_facts_of_its_own():
    walked = answer("walk", SMALL, "--facts", "-", given="{crack: yes, widening: [4 mm, 0.5 cm]}")
    assert walked["facts"]["widening"] == ["4", "5"]
    assert walked["due"] == ["boot"]
    assert "Known: Crack: yes; Widening: 4 mm, 5 mm" in run("walk", SMALL, "--facts", "-", given="{crack: yes, widening: [4, 5]}").stdout


def test_a_question_says_what_may_be_answered():
    from edgewise.explorer.cli.walk import walk_report
    from edgewise.graph.library import load
    from edgewise.graph.walking.walk import walk

    guideline = load(SMALL).guideline
    asked = replace(walk(guideline, {}), questions=tuple(guideline.observables))
    lines = [line for line in walk_report(guideline, asked, {}) if line.endswith(")")]
    expected = {
        "crack": "(yes, no)",
        "side": "(left, right)",
        "widening": "(numbers, each from 0 mm to 40 mm)",
        "weeks": "(a number of at least 0 weeks)",
        "steps-walked": "(a number of at least 0)",
    }
    for id, words in expected.items():
        assert any(line.startswith(f"  {id}: ") and line.endswith(words) for line in lines), id


def test_what_was_hardly_meant_is_warned_of_beside_the_answer_and_never_refused():
    given = "{radiographs: sclerosis,\nblock-relief: [0.85, 0.85]}"
    for command in (("walk", SI), ("why", SI, "cooled-rfa")):
        told = run(*command, "--facts", "-", given=given)
        assert told.exit_code == 0
        assert told.stderr.startswith("standard input:2: warning: Relief by diagnostic blocks: 0.85 % – did you mean 85 %?")
        assert len(told.stderr.splitlines()) == 1
        assert "did you mean" not in told.stdout
        payload = answer(*command, "--facts", "-", given=given)
        assert [(one["rule"], one["severity"], one["value"], one["line"]) for one in payload["warnings"]] == [
            ("part-of-one", "warning", "0.85", 2)
        ]
        assert payload["facts"]["block-relief"] == ["0.85", "0.85"], "it is taken for what it says"
        assert answer(*command, "--facts", "-", given="{block-relief: [0.85 %, 85]}")["warnings"] == []


def test_facts_are_read_as_people_write_them():
    walked = answer("walk", SI, "--facts", "-", given="{radiographs: Sclerosis, conservative-months: 26wk, mri-possible: unknown}")
    assert walked["facts"] == {"radiographs": "sclerosis", "conservative-months": "5.979466119096509240246406571"}
    assert walked["units"]["conservative-months"] == {"code": "mo", "display": "months"}


def test_where_an_answer_is_missing_it_is_asked_and_where_time_is_that_is_said():
    waiting = "{radiographs: sclerosis, inflammatory-suspicion: no, conservative-months: 2, conservative-failed: yes}"
    told = run("walk", SI, "--facts", "-", given=waiting).stdout
    assert "see the questions below" not in told
    assert "To be answered next" not in told
    assert "repeated\n  conservative-months: Conservative care so far" in told
    undecided = run("walk", SI, "--facts", "-", given="{radiographs: sclerosis}").stdout
    assert undecided.index("see the questions below") < undecided.index("To be answered next")


WHOLE = (
    "{radiographs: sclerosis, inflammatory-suspicion: no, conservative-months: 6, conservative-failed: yes, block-relief: [85, 85], "
    "rfa-attempts-failed: 2, hip-spine-excluded: yes, documented: yes}"
)


def test_walk_says_that_it_is_the_end_and_what_the_source_reports_there():
    assert answer("walk", SI, "--facts", "-", given=WHOLE)["end"] == {
        "kind": "last", "steps": ["si-joint-fusion"], "endpoints": {}, "continuesIn": {},
    }  # fmt: skip
    assert answer("walk", SI)["end"] is None
    text = run("walk", SI, "--facts", "-", given=WHOLE).stdout
    assert "The end of the pathway\nNothing leads on from SI joint fusion" in text
    assert "failure rate: more than 80 % (population: poorly selected patients; technique, follow-up, comparator" in text


def test_walk_sums_a_patient_up_as_text_html_and_pdf(tmp_path):
    facts, page = tmp_path / "facts.yaml", tmp_path / "page.pdf"
    facts.write_text(WHOLE, encoding="utf-8")
    text = run("walk", SI, "--facts", str(facts), "--to", "text").stdout
    assert "TOLD OF THIS PATIENT" in text
    assert "For education only" in text
    assert run("walk", SI, "--facts", str(facts), "--to", "html").stdout.startswith("<!doctype html>")
    assert run("walk", SI, "--facts", str(facts), "--to", "pdf", "--paper", "letter", "-o", str(page)).exit_code == 0
    assert page.read_bytes()[:5] == b"%PDF-"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--paper", "a4"), "only the PDF of the patient summary has a paper; add --to pdf, or leave --paper out"),
        (("--to", "html", "--paper", "a4"), "only the PDF of the patient summary has a paper; add --to pdf, or leave --paper out"),
        (("--output", "x.txt"), "--output is for the patient summary; add --to text, html or pdf, or redirect standard output"),
    ],
)
def test_walk_refuses_what_does_not_go_together(arguments, told):
    assert refused("walk", SI, *arguments) == [f"error: {told}"]


def test_walk_never_writes_over_the_facts_it_reads(tmp_path):
    facts = tmp_path / "facts.yaml"
    facts.write_text(WHOLE, encoding="utf-8")
    for form in ("text", "pdf"):
        (line,) = refused("walk", SI, "--facts", str(facts), "--to", form, "--output", str(facts))
        assert "is what this command reads" in line
    assert facts.read_text("utf-8") == WHOLE


def test_json_and_a_summary_are_two_answers():
    done = run("walk", SI, "--json", "--to", "text")
    assert done.exit_code == 2
    assert "--json and --to are two answers" in done.stdout


def test_where_all_that_comes_next_has_to_wait_that_is_said_under_what_is_due():
    lines = run("walk", SMALL, "--facts", "-", given="[{at: 0 h, side: left, crack: yes}, {at: 10 min}]").stdout.splitlines()
    due = lines.index("Due now")
    assert lines[due + 1 : due + 3] == ["  Nothing yet: its time has not come.", ""]
    assert "    in time: waiting until 1 h (in 50 min)" in lines
