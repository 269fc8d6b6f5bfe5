"""`edgewise impact`: what falls, what is left with little, how many studies are left, and how far the paths to a step hold."""

from __future__ import annotations

from dataclasses import replace

import pytest

from edgewise.citations.evidence.support import evidence
from edgewise.explorer.cards.listed_entries import entries
from edgewise.explorer.cli.intake import load
from edgewise.explorer.pages.evidence.what_falls import in_words, lose
from edgewise.graph import library
from tests.explorer.calls import SI, SMALL, answer, refused, run
from tests.places import DATA


def test_what_loses_all_support_and_what_gets_weak_are_told_apart():
    told = answer("impact", SI, "reference-1", "4")
    assert told["references"] == ["reference-1", "reference-4"]
    assert {"what": "step", "id": "mri-si-joints-without-contrast"} in told["fallen"]
    assert told["weakened"] == [{"what": "statement", "id": "s16"}]
    s16 = next(one for one in told["statements"] if one["id"] == "s16")
    assert (s16["before"], s16["after"], s16["lost"], s16["left"]) == ("supported", "weak", ["reference-4"], ["reference-2"])
    report = run("impact", SI, "reference-1", "4").stdout
    assert (
        report.index("Loses all support")
        < report.index("Left with one or tertiary source")
        < report.index("Loses a reference, and changes no further")
    )
    assert "  statement s16 (supported → weak; loses reference-4; left: reference-2)" in report


def test_every_change_agrees_with_the_evidence_of_the_guideline_as_it_is():
    guideline = load(SI).guideline
    for reference in guideline.references:
        told = answer("impact", SI, reference)
        for one in (*told["edges"], *told["steps"]):
            found = evidence(guideline, one["id"])
            assert one["before"] == found.state
            assert {held.id for held in found.references} == {*one["lost"], *one["left"]}
            assert one["falls"] is (one["left"] == [])


def test_a_reference_is_named_by_id_by_number_and_once():
    told = {str(answer("impact", SI, *names)) for names in (["reference-4"], ["4"], ["4", "reference-4"])}
    assert len(told) == 1


def test_independent_studies_are_counted_behind_every_edge_before_and_after():
    told = answer("impact", SI, "4")["studies"]
    assert list(told) == list(load(SI).guideline.transitions)
    edge = told["conservative-care-to-diagnostic-injections"]
    assert (edge["before"]["number"], edge["after"]["number"]) == (2, 1)
    assert {"reference": "reference-2", "why": "tertiary summary"} in edge["after"]["leftOut"]
    assert (
        "  conservative-care-to-diagnostic-injections: 2 → 1 (not counted: reference-2, tertiary summary; " in run("impact", SI, "4").stdout
    )


def test_criteria_that_lose_their_passages_are_told_edge_by_edge():
    report = run("impact", SI, "2", "4").stdout
    assert "Criteria that lose their passages" in report
    assert "  cooled-rfa-to-si-joint-fusion: 4 of its 6 criteria" in report
    assert "    hip and spine excluded as main source (loses reference-2)" in report
    (edge,) = (one for one in answer("impact", SI, "2", "4")["edges"] if one["id"] == "cooled-rfa-to-si-joint-fusion")
    assert [one["falls"] for one in edge["criteria"]] == [False, True, True, True, True]
    assert "Criteria that lose" not in run("impact", SI, "6").stdout


def test_the_weakest_link_on_every_path_to_a_step_before_and_after():
    told = answer("impact", SI, "3", "--to", "cooled-rfa")["to"]
    before, after = told["before"], told["after"]
    assert (before["step"], before["reachable"]) == ("cooled-rfa", True)
    assert (before["worst"], after["worst"]) == ("inferred", "uncited")
    assert {"edge": "diagnostic-injections-to-cooled-rfa", "state": "uncited"} in after["links"]
    assert "diagnostic-injections-to-cooled-rfa" in after["unavoidable"]
    assert sum(after["numbers"].values()) == len(after["routes"])
    report = run("impact", SI, "3", "--to", "cooled-rfa").stdout
    assert "  Now: the best path is inferred, the worst inferred" in report
    assert "  Then: the best path is uncited, the worst uncited" in report
    assert "    uncited: diagnostic-injections-to-cooled-rfa (on every path)" in report.splitlines()


def test_the_paths_alone_can_be_asked_for():
    told = answer("impact", SI, "--to", "si-joint-fusion")
    assert (told["references"], told["fallen"], told["to"]["before"]) == ([], [], told["to"]["after"])
    report = run("impact", SI, "--to", "si-joint-fusion").stdout
    assert "Now: " in report
    assert "Then: " not in report


def test_without_a_step_there_are_no_paths():
    assert answer("impact", SI, "4")["to"] is None
    assert "Paths to" not in run("impact", SI, "4").stdout


def test_a_step_where_walks_begin_needs_no_edge_and_a_companion_goes_with_its_step():
    assert "Walks begin there: no edge is needed." in run("impact", SI, "--to", "presentation").stdout
    told = answer("impact", SI, "--to", "xray-spine")["to"]["before"]
    assert told["reachable"]


def test_a_reference_that_nothing_rests_on_says_so(monkeypatch):
    held = library.load(str(library.find(SI)))
    spare = replace(held.guideline.references["reference-6"], id="spare", position=9, title="Cited by nobody")
    guideline = replace(held.guideline, references={**held.guideline.references, "spare": spare})
    monkeypatch.setattr(library, "load", lambda _: replace(held, guideline=guideline))
    assert "Nothing rests on it." in run("impact", SI, "spare").stdout


def test_another_entry_for_the_same_work_is_pointed_out(monkeypatch):
    held = library.load(str(library.find(SI)))
    again = replace(held.guideline.references["reference-4"], id="again", position=9)
    guideline = replace(held.guideline, references={**held.guideline.references, "again": again})
    monkeypatch.setattr(library, "load", lambda _: replace(held, guideline=guideline))
    assert answer("impact", SI, "4")["twins"] == ["again"]
    assert "The same work, which should fall with it: 9. Sacroiliac joint pain" in run("impact", SI, "4").stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "name a reference that falls, or a step with --to"),
        (["reference-44"], "unknown reference 'reference-44': did you mean 'reference-4'"),
        (["4", "--to", "cooled-rfb"], "unknown step 'cooled-rfb': did you mean 'cooled-rfa'?"),
        (["\x1b[31m"], "unknown reference"),
    ],
)
def test_what_is_not_there_is_refused_with_the_nearest_known(arguments, words):
    (line,) = refused("impact", SI, *arguments)
    assert words in line
    assert "\x1b" not in line


def test_every_reference_and_step_of_another_guideline_can_be_asked_for():
    shown = answer("show", SMALL)["ids"]
    for step in shown["steps"]:
        assert answer("impact", SMALL, *shown["references"], "--to", step)["to"]["before"]["step"] == step
        assert run("impact", SMALL, *shown["references"], "--to", step).exit_code == 0


def test_no_title_can_steer_the_terminal(monkeypatch):
    held = library.load(str(library.find(SI)))
    evil = replace(held.guideline.references["reference-4"], title="x\x1b]0;owned\x07\u202e")
    guideline = replace(held.guideline, references={**held.guideline.references, "reference-4": evil})
    monkeypatch.setattr(library, "load", lambda _: replace(held, guideline=guideline))
    assert not set(run("impact", SI, "4").output) & set("\x1b\x07\u202e")


HYPERTENSION = str(DATA / "guidelines" / "hypertension")


def test_sets_contraindications_times_and_doses_are_told_with_what_falls():
    told = answer("impact", HYPERTENSION, "1")
    kinds = {one["what"] for one in told["constructs"]}
    assert {"alternative", "preference", "contraindication", "time", "dose"} <= kinds
    assert {"what": "contraindication", "id": "acei/contraindicatedBy/1"} in told["fallen"]
    report = run("impact", HYPERTENSION, "1").stdout
    assert "  contraindication acei/contraindicatedBy/1 (weak → uncited; loses " in report
    assert "    ACE inhibitor is ruled out by: angioedema" in report.splitlines()


def test_the_evidence_page_lists_them_by_kind_and_counts_those_there_are():
    guideline = load(HYPERTENSION).guideline
    (first,) = (id for id, one in entries(guideline).items() if one.reference and one.reference.position == 1)
    told = "".join(in_words(guideline, lose(guideline, entries(guideline), [first])))
    assert "Contraindications (2)" in told
    assert "ACE inhibitor is ruled out by: angioedema" in told
    assert "Begun together" not in told, "of what the guideline has not, nothing is said"
