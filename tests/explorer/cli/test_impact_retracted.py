"""`edgewise impact --retracted`: what falls with all that is known to be retracted, of one guideline and of a library. Nothing is sent."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.citations.lookup.retraction_lists import row, written
from tests.explorer.calls import SI, answer, refused, run

DOI = "10.1097/01.phm.0000247633.68694.c1"
TITLE = "Sacroiliac joint pain: anatomy, biomechanics, diagnosis, and treatment"
PE = {"1": "10.1093/eurheartj/ehz405", "2": "10.7326/M14-1772", "3": "10.1055/s-0037-1613830", "5": "10.1111/j.1538-7836.2008.02944.x"}


@pytest.fixture
def keep(tmp_path, monkeypatch) -> Callable[..., None]:
    """Keep a list of retractions by the command itself, in a cache of this test's own."""
    monkeypatch.setenv("EDGEWISE_CACHE", str(tmp_path / "answers"))

    def keep(*rows: dict[str, str]) -> None:
        assert run("resolve", "--retractions", str(written(tmp_path / "list.csv", rows))).exit_code == 0

    return keep


def test_all_that_the_kept_list_retracts_falls_at_once_with_kind_date_and_reason(keep):
    keep(row(doi=DOI, title=TITLE))
    done = run("impact", SI, "--retracted")
    assert done.exit_code == 1
    lines = done.stdout.splitlines()
    assert lines[:2] == ["Known to be retracted or withdrawn", f"  4. {TITLE} [reference-4]: retracted 2019-04-01"]
    told = "RETRACTED: Retraction, 10.5555/notice, 2019-04-01, reason: Error in Data (Retraction Watch, list up to 2019-04-01)"
    assert lines[2] == f"    {told}"
    assert "Not checked: 5 references (1, 2, 3, 5, 6)" in done.stdout
    by_name = run("impact", SI, "4").stdout
    assert f"Known of it\n{lines[1]}\n{lines[2]}\n" in by_name, "it is no mere thought that it falls"
    assert done.stdout.endswith(by_name.replace(f"\nKnown of it\n{lines[1]}\n{lines[2]}\n", "")), "the rest is what falls with it by name"
    data = answer("impact", SI, "--retracted", code=1)
    assert {key: data[key] for key in ("fallen", "weakened", "edges", "noticed")} == {
        key: answer("impact", SI, "4")[key] for key in ("fallen", "weakened", "edges", "noticed")
    }
    (one,) = data["noticed"]
    assert (one["reference"], one["standing"], one["since"]) == ("reference-4", "retracted", "2019-04-01")
    assert [(notice["kind"], notice["date"], notice["reason"]) for notice in one["notices"]] == [
        ("retraction", "2019-04-01", "Error in Data")
    ]


def test_concern_correction_and_reinstatement_are_told_and_take_nothing_away(keep):
    keep(
        row(doi=PE["2"], nature="Expression of concern"),
        row(doi=PE["3"], nature="Correction"),
        row(doi=PE["5"], day="1/5/2018 0:00"),
        row(doi=PE["5"], nature="Reinstatement"),
    )
    done = run("impact", "pulmonary-embolism", "--retracted")
    assert done.exit_code == 0
    assert done.stdout.startswith(
        "Nothing that is cited is known to be retracted or withdrawn.\n\nKnown besides, which takes nothing away\n"
    )
    told = answer("impact", "pulmonary-embolism", "--retracted")
    assert [one["standing"] for one in told["noticed"]] == ["concern", "corrected", "reinstated"]
    assert (told["retracted"], told["references"], told["fallen"]) == ([], [], [])


def test_where_nobody_ever_asked_nothing_is_known_and_that_is_said(keep):
    done = run("impact", SI, "--retracted")
    assert done.exit_code == 0
    assert "Not checked: 6 references (1, 2, 3, 4, 5, 6); 'edgewise resolve GUIDELINE' asks registries" in done.stdout
    assert len(answer("impact", SI, "--retracted")["unchecked"]) == 6


def test_a_whole_library_is_gone_through(keep):
    keep(row(doi=DOI, title=TITLE), row(doi=PE["1"]), row(doi="10.1136/bmj.326.7386.417", nature="Correction"))
    done = run("impact", "--retracted", "--library", "guidelines")
    assert done.exit_code == 1
    assert done.stdout.splitlines()[-1].startswith("2 guidelines of 3 in ")
    told = answer("impact", "--retracted", "--library", "guidelines", code=1)
    assert told["of"] == 3
    assert {one["guideline"]: one["retracted"] for one in told["guidelines"]} == {
        SI: ["reference-4"], "pulmonary-embolism": ["reference-1"], "ottawa-ankle": [],
    }  # fmt: skip


def test_of_one_paper_over_a_library_it_is_told_what_is_known(keep):
    assert "Known of it" not in run("impact", DOI, "--library", "guidelines").stdout
    keep(row(doi=DOI, title=TITLE))
    assert f"Known of it\n  4. {TITLE} [reference-4]: retracted 2019-04-01\n" in run("impact", DOI, "--library", "guidelines").stdout
    (one,) = answer("impact", DOI, "--library", "guidelines")["guidelines"]
    assert one["noticed"][0]["standing"] == "retracted"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--retracted"], "name a guideline whose retracted references fall"),
        ([], "name a guideline, and a reference that falls"),
        ([SI, "4", "--retracted"], "--retracted finds the references that fall"),
        (["--retracted", "--library", "guidelines", "--to", "x"], "and no --to"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(arguments, words):
    assert words in refused("impact", *arguments)[0]
