"""What practice leaves behind: how a pick is judged, the score, and the log."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace

import pytest

from edgewise.explorer.pages.teach import round as practice_round
from edgewise.explorer.pages.teach.options import NOT_STATED, UNDECIDED
from edgewise.explorer.pages.teach.practice.log import COLUMNS, by_pitfall, by_step, csv_bytes
from edgewise.explorer.pages.teach.round import Practice, judge
from edgewise.graph.cases.model import Case, Lure
from tests.explorer.practising import (
    BLOCKS,
    FAILED,
    FILMS,
    SAMPLE,
    a_case,
    facts,
)


@pytest.mark.parametrize(
    ("known", "pick", "outcome"),
    [
        ({}, "xray-si-joints", "right"),
        ({}, "xray-spine", "right"),
        ({}, NOT_STATED, "wrong"),
        ({}, UNDECIDED, "wrong"),
        ({"radiographs": "sclerosis"}, UNDECIDED, "right"),
        ({"radiographs": "sclerosis"}, NOT_STATED, "wrong"),
        ({"radiographs": "sclerosis"}, "conservative-care", "wrong"),
        (FILMS | {"inflammatory-suspicion": "yes", "mri-possible": "yes"}, "mri-si-joints-with-and-without-contrast", "option"),
        (FILMS | FAILED | BLOCKS, NOT_STATED, "right"),
        (FILMS | FAILED | BLOCKS, "cooled-rfa", "silent"),
        (FILMS | FAILED | BLOCKS, "endoscopic-neurectomy", "wrong"),
        (FILMS | FAILED | BLOCKS, UNDECIDED, "wrong"),
        (FILMS | FAILED | {"conservative-months": 2}, "conservative-care", "right"),
        (FILMS, NOT_STATED, "inferred"),
        (FILMS | {"conservative-months": 2}, NOT_STATED, "wrong"),
    ],
)
def test_a_pick_is_judged_by_the_walk(known: dict[str, object], pick: str, outcome: str) -> None:
    assert judge(SAMPLE, facts(known), pick) == outcome


def played(*picks: tuple[str, str], case: Case) -> Practice:
    practice = Practice()
    practice.round_of("k", SAMPLE, case)[0].seen[0] = 10.0
    for number, (pick, why) in enumerate(picks):
        assert practice.commit("k", 1, number, pick, why, 12.5)
    return practice


def test_the_score_counts_by_what_was_due_and_by_pitfall() -> None:
    lures = Lure("si-joint-fusion", "", "s34"), Lure("cooled-rfa", "", "s35")
    practice = played(("si-joint-fusion", ""), ("diagnostic-injections", ""), (UNDECIDED, ""), case=a_case(*lures))
    assert by_step(practice.log) == {"conservative-care": (1, 0), "diagnostic-injections": (1, 1), NOT_STATED: (1, 0)}
    assert by_pitfall(practice.log) == {"s32": (1, 1), "s34": (1, 1), "s35": (1, 1), "s36": (1, 1)}
    assert practice.finished == {"k": (1, 3)}


def test_a_pick_falls_into_what_it_violates_whatever_the_case_says_of_its_lures() -> None:
    """Fusion without conservative care leaves out steps and is surgery without its conditions; no lure stands for it here."""
    practice = played(("si-joint-fusion", ""), case=a_case())
    assert practice.log[0].fallen == ("s32", "s34", "s35", "s36")
    assert practice.log[0].met == practice.log[0].fallen


def test_a_pitfall_of_a_lure_lies_there_even_if_nobody_falls_into_it() -> None:
    practice = played((NOT_STATED, ""), case=a_case(Lure("diagnostic-injections", "")))
    assert (practice.log[0].met, practice.log[0].fallen) == (("s35",), ())


def test_a_lure_that_is_due_all_the_same_is_no_fall() -> None:
    practice = played(("conservative-care", ""), case=a_case(Lure("conservative-care", "", "s34")))
    assert (practice.log[0].outcome, practice.log[0].fallen) == ("right", ())


def rows(data: bytes) -> list[dict[str, str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_log_holds_all_that_was_asked_for() -> None:
    practice = played(("si-joint-fusion", 'The "films", öd'), case=a_case(Lure("si-joint-fusion", "", "s34")))
    (row,) = rows(csv_bytes(practice.log))
    assert tuple(row) == COLUMNS
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", row.pop("time"))
    assert json.loads(row.pop("facts")) == FILMS
    assert row == {
        "guideline": "sacroiliac-sclerosis", "updated": "2026-02-08", "case": "own", "try": "1", "stage": "1", "choice": "si-joint-fusion",
        "reason": 'The "films", öd', "answer": "conservative-care", "verdict": "wrong", "pitfalls met": "s32 s34 s35 s36",
        "pitfalls fallen into": "s32 s34 s35 s36", "seconds": "2.5",
    }  # fmt: skip


@pytest.mark.parametrize("typed", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1", "＝1+1", "＋1"])
def test_no_reason_becomes_a_formula(typed: str) -> None:
    entry = replace(played((NOT_STATED, ""), case=a_case()).log[0], why=typed)
    (row,) = rows(csv_bytes([entry]))
    assert row["reason"] == "'" + typed


def test_a_reason_may_hold_anything_and_is_cut_at_its_limit() -> None:
    practice = played((NOT_STATED, 'a;b,"c"\nd \ud800\x00' + "x" * 9_000), case=a_case())
    (row,) = rows(csv_bytes(practice.log).replace(b"\x00", b""))
    assert row["reason"].startswith('a;b,"c"\nd ?')
    assert len(practice.log[0].why) == practice_round.LONGEST_WHY
