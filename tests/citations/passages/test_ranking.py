"""The nearest sentences: found by meaning more than by letters; and the benchmark on a small invented set in SciFact's format."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import passages as benchmark
from edgewise.citations.passages.abbreviations import defined
from edgewise.citations.passages.ranking import rank
from edgewise.citations.passages.roles import roles
from edgewise.citations.passages.words import words
from tests.places import DATA

CLAIMS = DATA / "claims"


def nearest(statement, *sentences, **more):
    ranked = rank(statement, sentences, **more)
    return sentences[ranked[0].index] if ranked else None


@pytest.mark.parametrize(
    ("statement", "right", "wrong"),
    [
        ("Infections are reduced.", "It reduced infection.", "Infectious is the laugh of the reduced team of editors and friends."),
        ("Kidney function falls.", "Renal function declined.", "The function of statutes falls to committees."),
        ("Randomised paediatric tumours.", "Randomized pediatric tumors.", "Random trees and rumours."),
        ("Newborns die less often.", "Neonatal mortality fell.", "Less often was newly bought."),
        ("Stem cells move.", "Migration of stem cells was seen.", "Cells were cultured."),
    ],
)
def test_a_sentence_is_found_in_other_forms_and_words(statement, right, wrong):
    assert nearest(statement, wrong, right) == right


def test_an_abbreviation_is_read_as_the_text_defines_it():
    text = ["Magnetic resonance imaging (MRI) was done.", "All else was left out.", "On MRI, oedema was seen in all."]
    assert rank("Magnetic resonance imaging shows oedema.", text)[0].index == 2
    assert rank("MRI shows swelling.", text)[0].index == 2


def test_an_abbreviation_stands_for_the_words_before_its_bracket_alone():
    assert defined(["the hazard ratio (HR) of adults (see Table 1) with low-back pain (LBP)", "we used glue (XYZ)"]) == {
        "HR": "hazard ratio",
        "LBP": "low-back pain",
    }


def test_a_figure_is_met_in_another_form():
    text = ["Belts were worn by all.", "Belts helped in 7 of 10.", "Belts helped in 3 of 10."]
    assert rank("Belts help 70 %.", text)[0].index == 1


def test_an_aim_that_repeats_the_question_stands_behind_the_answer():
    text = ["We aimed to determine whether belts reduce pelvic pain.", "Pelvic pain was significantly less with belts."]
    assert rank("Belts reduce pelvic pain.", text)[0].index == 1


def test_parts_are_told_by_label_by_section_and_by_words():
    assert roles(["AIMS: To see.", "METHODS AND FINDINGS: We looked.", "It was red."]) == ("open", "methods", "methods")
    assert roles(["It was red.", "It was blue."], ["Results", "2. Background"]) == ("told", "open")
    assert roles(["It is unknown.", "We found that it was red.", "It rained."]) == ("open", "told", "")


def test_sentences_that_share_nothing_are_not_ranked():
    assert rank("Belts help.", ["It rained.", "Nobody came."]) == ()
    assert rank("Belts help.", []) == ()
    assert rank("", ["It rained."]) == ()


def test_words_have_one_spelling():
    assert words("oesophageal tumours") == words("esophageal tumors")
    assert words("pre-eclampsia")[0] == words("preeclampsia")[0]
    assert words("TNF-α") == words("TNF alpha")


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80), st.lists(st.text(max_size=80), max_size=8))
def test_any_text_is_ranked_without_a_fault_each_sentence_once(statement, sentences):
    found = [one.index for one in rank(statement, sentences)]
    assert len(found) == len(set(found))
    assert set(found) <= set(range(len(sentences)))


def test_the_benchmark_compares_ours_with_plain_bm25_in_one_run(capsys):
    assert benchmark.main([str(CLAIMS)]) == 0
    told = capsys.readouterr().out
    assert "7 claims beside an abstract" in told
    assert "kept: ours is above plain BM25" in told


def test_the_benchmark_says_where_the_promise_is_not_kept(tmp_path, capsys):
    (tmp_path / "corpus.jsonl").write_text(json.dumps({"doc_id": 1, "title": "", "abstract": ["Belts help.", "It rained."]}))
    claim = {"id": 1, "claim": "Belts help.", "evidence": {"1": [{"sentences": [0], "label": "SUPPORT"}]}}
    (tmp_path / "claims_dev.jsonl").write_text(json.dumps(claim))
    assert benchmark.main([str(tmp_path)]) == 1, "both find it: ours is not above"
    assert "NOT KEPT" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        ("{", "claims_dev.jsonl:1: the line is no JSON object"),
        ("[1, 2]", "claims_dev.jsonl:1: the line is no JSON object"),
        (json.dumps({"claim": "x", "evidence": {"9": [{"sentences": [0]}]}}), "claims_dev.jsonl:1: the evidence in document 9"),
        (json.dumps({"claim": "x", "evidence": {"1": [{"sentences": [7]}]}}), "claims_dev.jsonl:1: the evidence in document 1"),
        (json.dumps({"claim": "x", "evidence": {}}), "no claim in"),
    ],
)
def test_a_set_that_cannot_be_used_is_refused_with_its_line(tmp_path, capsys, claim, told):
    (tmp_path / "corpus.jsonl").write_text(json.dumps({"doc_id": 1, "title": "", "abstract": ["Belts help."]}))
    (tmp_path / "claims_dev.jsonl").write_text(claim)
    try:
        code = benchmark.main([str(tmp_path)])
    except SystemExit as end:
        code = end.code
    assert code == 2
    assert told in capsys.readouterr().err
