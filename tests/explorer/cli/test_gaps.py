"""`edgewise gaps`: what an algorithm leaves open, with examples that can be walked."""

from __future__ import annotations

from dataclasses import replace

import pytest
import yaml

from edgewise.explorer.cli.gaps import TITLES, flow, gaps_report
from edgewise.explorer.cli.intake import load
from edgewise.graph import library
from edgewise.graph.gaps import search as module
from edgewise.graph.gaps.search import KINDS, Gaps, find_gaps
from edgewise.graph.walking.facts import parse_facts
from edgewise.graph.walking.walk import walk
from tests.explorer.calls import SI, refused, run
from tests.explorer.calls import answer as asked


@pytest.fixture(scope="module")
def report():
    return run("gaps", SI).stdout


@pytest.fixture(scope="module")
def told():
    return asked("gaps", SI, code=1)


def test_nothing_found_is_clean(monkeypatch):
    monkeypatch.setattr(module, "find_gaps", lambda _: Gaps((), ()))
    clean = run("gaps", SI)
    assert clean.exit_code == 0
    assert "Nothing was found." in clean.stdout
    assert asked("gaps", SI) == {"guideline": SI, "rows": [], "unchecked": []}


def test_rows_stand_under_their_kind_in_the_order_of_the_pathway(report, told):
    assert set(TITLES) == set(KINDS)
    titles = [TITLES[kind] for kind in TITLES if any(row["kind"] == kind for row in told["rows"])]
    assert [line for line in report.splitlines() if line in TITLES.values()] == titles
    texts = [row["text"] for kind in TITLES for row in told["rows"] if row["kind"] == kind]
    assert [line.strip() for line in report.splitlines() if line.strip() in texts] == texts
    steps = list(load(SI).guideline.steps)
    silent = [steps.index(row["step"]) for row in told["rows"] if row["kind"] == "gap"]
    assert silent == sorted(silent)


def test_every_example_can_be_pasted_into_walk_and_shows_the_gap(report):
    examples = [line.partition("example: ")[2] for line in report.splitlines() if line.startswith("    example: ")]
    assert (
        "{radiographs: sclerosis, inflammatory-suspicion: no, conservative-months: 3, conservative-failed: yes, block-relief: [75, 75]}"
        in examples
    )
    silent = [asked("walk", SI, "--facts", "-", given=example)["silent"] for example in examples]
    assert silent.count(True) >= 9


def test_programs_get_every_row_whole(told):
    guideline = load(SI).guideline
    assert list(told) == ["guideline", "rows", "unchecked"]
    assert [(row["kind"], row["step"], row["text"]) for row in told["rows"]] == [
        (row.kind, row.step, row.text) for row in find_gaps(guideline).rows
    ]
    for row in told["rows"]:
        assert {"kind", "step", "observables", "situation", "example", "edges", "statements", "text"} <= row.keys()
        if row["kind"] == "gap":
            assert row["step"] in walk(guideline, parse_facts(row["example"], guideline)).silent_at


def test_edges_places_and_what_was_not_checked_are_named(report):
    assert "    edges: cooled-rfa-to-si-joint-fusion" in report.splitlines()
    assert (
        "    behind it: s19, step 2, bullet 3; s22, step 3, bullet 2; s26, step 4, criterion 2; s28, step 4, criterion 4"
        "; ◇ in part the modeller's condition" in report.splitlines()
    )
    assert report.index("Not checked") > report.index("The source disagrees with itself")
    assert "  MRI SI joints, ± contrast, because" in report
    assert "For education only" in report.splitlines()[-1]


@pytest.mark.parametrize("value", ["null", "no: way", "a, b", "[x]", "#", "ünï", '"', "-", "1e3", "~", "{", "x y"])
def test_any_answer_survives_being_pasted(value):
    assert yaml.load(flow({"side": value}), Loader=yaml.BaseLoader) == {"side": value}  # it reads texts alone


def test_a_guideline_that_is_not_there_is_refused():
    assert "unknown guideline" in refused("gaps", "sacroilliac")[0]


def test_no_label_can_steer_the_terminal(monkeypatch):
    held = library.load(str(library.find(SI)))
    evil = replace(held.guideline.steps["cooled-rfa"], label="x\x1b]0;owned\x07\u202e", short_label="")
    guideline = replace(held.guideline, steps={**held.guideline.steps, "cooled-rfa": evil})
    monkeypatch.setattr(library, "load", lambda _: replace(held, guideline=guideline))
    assert not set(run("gaps", SI).output) & set("\x1b\x07\u202e")


def test_the_first_lines_promise_no_example_where_there_is_none(report, told):
    shown = sum(bool(row["example"]) for row in told["rows"])
    assert report.count("    example: ") == shown < len(told["rows"])
    assert f"{len(told['rows'])} findings, {shown} of them with a smallest example patient" in report.splitlines()


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        (["gap", "gap"], "2 findings, each with a smallest example patient"),
        (["gap"], "1 finding, with a smallest example patient"),
        (["never-decides", "never-decides"], "2 findings, none that a patient could show"),
        (["never-decides"], "1 finding, not one that a patient could show"),
    ],
)
def test_findings_are_counted_by_whether_a_patient_can_show_them(kinds, words):
    guideline = load(SI).guideline
    one = {row.kind: row for row in find_gaps(guideline).rows}
    assert gaps_report(guideline, Gaps(tuple(one[kind] for kind in kinds), ()))[1] == words
