"""What is known of cited works: what takes support away, what is only told, and what nobody knows. All notices are invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from edgewise.citations.lookup.retraction_list import take_in
from edgewise.citations.lookup.works import Listed, Notice, NoticeKind, Resolution
from edgewise.citations.notices import NOTHING_KNOWN, Known, Noticed, known, noticed, touched
from edgewise.graph.library import load
from edgewise.graph.model import Addition, Guideline, Reference
from tests.citations.lookup.retraction_lists import row, written

SAMPLE = load("sacroiliac-sclerosis").guideline
DOI = "10.1097/01.phm.0000247633.68694.c1"
TITLE = SAMPLE.references["reference-4"].title
HIPS = Reference("r1", 1, "On hips", 2016)


def told(*notices: tuple[NoticeKind, str]) -> Noticed | None:
    listed = Listed("2026-05-01", tuple(Notice(kind, kind, date=day) for kind, day in notices))
    return noticed(HIPS, Resolution("r1", (), listed=listed))


def kept(folder: Path, *rows: dict[str, str]) -> Path:
    """A folder of answers in which nothing but such a list is kept."""
    take_in(written(folder / "list.csv", rows), folder / "answers", date(2026, 5, 4))
    return folder / "answers"


def entitled(title: str) -> Guideline:
    return replace(SAMPLE, references={**SAMPLE.references, "reference-4": replace(SAMPLE.references["reference-4"], title=title)})


@pytest.mark.parametrize(
    ("notices", "standing", "since"),
    [
        ([("retraction", "2019-04-01")], "retracted", "2019-04-01"),
        ([("withdrawal", "")], "withdrawn", ""),
        ([("concern", "2018-01-01"), ("retraction", "2019-04-01")], "retracted", "2019-04-01"),
        ([("retraction", "2019-04-01"), ("reinstatement", "2020-02-01")], "reinstated", "2020-02-01"),
        ([("retraction", "2019-04-01"), ("reinstatement", "2018-02-01")], "retracted", "2019-04-01"),
        ([("retraction", ""), ("reinstatement", "2020-02-01")], "retracted", ""),
        ([("concern", "2018-01-01"), ("correction", "2017-01-01")], "concern", "2018-01-01"),
        ([("correction", "2017-01-01")], "corrected", "2017-01-01"),
    ],
)
def test_how_a_work_stands_follows_from_all_notices_together(notices, standing, since):
    found = told(*notices)
    assert found is not None
    assert (found.standing, found.since) == (standing, since)
    assert found.fell is (standing in ("retracted", "withdrawn")), "only these take support away"
    assert len(found.reports) == len(notices)


def test_a_new_edition_is_nothing_that_happened_to_what_a_work_says():
    assert told(("new-version", "2020"), ("is-notice", "2020")) is None
    assert told() is None


@pytest.mark.parametrize(
    ("title", "standing"),
    [
        ("RETRACTED: On hips", "retracted"),
        ("On hips [Retracted]", "retracted"),
        ("RETRACTED On hips", "retracted"),
        ("Withdrawn: On hips", "withdrawn"),
        ("WITHDRAWN On hips", "withdrawn"),
        ("Retracted papers and who cites them", ""),
        ("Why articles are retracted", ""),
        ("RETRACTED PAPERS AND WHO CITES THEM", ""),
        ("Retraction notice to: On hips", ""),
    ],
)
def test_an_entry_says_of_itself_that_it_fell_only_where_it_is_marked_so(title, standing):
    found = noticed(replace(HIPS, title=title))
    assert (found.standing if found else "") == standing


@pytest.mark.parametrize(
    ("field", "value", "standing"),
    [
        ("status", "retracted", "retracted"),
        ("note", "Withdrawn by its authors in 2019", "withdrawn"),
        ("note", "Figure 2 was retracted (see the letter)", ""),
        ("keywords", "Tendon retraction", ""),
        ("abstract", "Retractors were used in half of them", ""),
    ],
)
def test_a_note_or_status_says_so_and_no_word_that_only_sounds_alike(field, value, standing):
    found = noticed(replace(HIPS, additions=(Addition(field, value, "editor", False),)))
    assert (found.standing if found else "") == standing


def test_without_answer_and_list_every_entry_is_unchecked_and_nothing_is_known():
    assert known(SAMPLE, None) == Known({}, tuple(SAMPLE.references))


def test_the_list_alone_tells_kind_date_and_reason_and_checks_what_it_could_have_named(tmp_path):
    found = known(SAMPLE, kept(tmp_path, row(doi=DOI, title=TITLE)))
    assert found.fallen == ("reference-4",)
    ((report,),) = (one.reports for one in found.noticed.values())
    assert (report.notice.kind, report.notice.date, report.notice.reason) == ("retraction", "2019-04-01", "Error in Data")
    assert set(found.unchecked) == set(SAMPLE.references) - {"reference-4"}, "the others have no number to be found by"
    assert known(SAMPLE, kept(tmp_path, row(doi="10.5555/other"))) == Known({}, found.unchecked), "looked for, and nothing found"


def test_an_edge_that_keeps_an_entry_is_told_from_one_that_keeps_none():
    found = known(entitled(f"RETRACTED: {TITLE}"), None)
    about = touched(SAMPLE, found.noticed)["cooled-rfa-to-si-joint-fusion"]
    assert (about.weight, about.lost, about.left) == ("losing", ("reference-4",), ("reference-2", "reference-3", "reference-6"))
    all_gone = {id: Noticed(id, "withdrawn") for id in SAMPLE.references}
    assert {one.weight for one in touched(SAMPLE, all_gone).values()} == {"fallen"}


@pytest.mark.parametrize("standing", ["corrected", "reinstated"])
def test_a_correction_and_a_reinstatement_touch_nothing(standing):
    assert touched(SAMPLE, {"reference-4": Noticed("reference-4", standing)}) == {}


def test_a_concern_takes_nothing_away_and_is_told_of_every_edge_that_cites_it():
    found = touched(SAMPLE, {"reference-4": Noticed("reference-4", "concern")})
    assert {one.weight for one in found.values()} == {"doubted"}
    assert all(one.lost == () and one.doubted == ("reference-4",) and "reference-4" in one.left for one in found.values())


def test_what_is_known_of_some_is_known_of_these_alone():
    found = Known({"a": Noticed("a", "concern"), "b": Noticed("b", "retracted")}, ("c", "d"))
    assert found.within(["b", "c"]) == Known({"b": found.noticed["b"]}, ("c",))
    assert NOTHING_KNOWN.within(["b"]) == NOTHING_KNOWN
