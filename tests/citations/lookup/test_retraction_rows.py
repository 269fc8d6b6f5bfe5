"""Lists of retractions as they should not be: each fault with its line, and the list that was kept before stays."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edgewise.citations.lookup.retraction_list import FILE, kept_list, listed, take_in
from edgewise.citations.lookup.retraction_rows import Reading, read_rows
from edgewise.ontology.errors import SourceError
from tests.citations.lookup.retraction_lists import COLUMNS, row, written

TODAY = date(2026, 5, 4)
HEAD = ",".join(COLUMNS)
GOOD = '1,"On ""belts""",,,,,,,,,4/1/2019 0:00,10.5555/n,0,5/2/2016 0:00,10.5555/a,17,Retraction,+Error;,No,'


def read(file: Path) -> tuple[Reading, list]:
    reading = Reading("list.csv", TODAY)
    return reading, list(read_rows(file, reading))


def text(tmp_path: Path, *lines: str) -> Path:
    file = tmp_path / "list.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def refusal(file: Path) -> list[str]:
    with pytest.raises(SourceError) as error:
        read(file)
    return [str(one) for one in error.value.findings]


@pytest.mark.parametrize(
    ("nature", "kind"),
    [
        ("Retraction", "retraction"),
        ("Expression of concern", "concern"),
        ("EXPRESSION OF  CONCERN", "concern"),
        ("Correction", "correction"),
        ("Reinstatement", "reinstatement"),
        ("Withdrawal", "withdrawal"),
    ],
)
def test_each_nature_is_a_kind_of_notice(tmp_path, nature, kind):
    reading, [work] = read(written(tmp_path / "l.csv", [row(doi="10.5555/a", nature=nature)]))
    assert (work.notice.kind, work.notice.label, reading.doubted) == (kind, nature, 0)


@pytest.mark.parametrize(
    ("printed", "dois"),
    [
        ("10.5555/A.B", ("10.5555/a.b",)),
        ("https://doi.org/10.5555/a", ("10.5555/a",)),
        ("http://www.dx.doi.org/10.5555/a", ("10.5555/a",)),
        ("DOI 10.5555/a.", ("10.5555/a",)),
        ("10.5555/a; 10.5555/b", ("10.5555/a", "10.5555/b")),
        ("10.1002/(SICI)1097-0258(19)18:1<1::AID-SIM1>3.0.CO;2-X", ("10.1002/(sici)1097-0258(19)18:1<1::aid-sim1>3.0.co;2-x",)),
        ("Unavailable", ()),
        ("", ()),
    ],
)
def test_dois_are_normal_whatever_stands_before_them(tmp_path, printed, dois):
    reading, [work] = read(written(tmp_path / "l.csv", [row(doi=printed, pmid="PMID: 0017.0")]))
    assert (work.dois, work.pmids, reading.doubted) == (dois, ("17",), 0)


@pytest.mark.parametrize(
    ("printed", "day"), [("12/31/2018 0:00", "2018-12-31"), ("2018-12-31", "2018-12-31"), ("1/2/2018", "2018-01-02"), ("", "")]
)
def test_days_are_read_month_first_as_the_list_has_them(tmp_path, printed, day):
    reading, [work] = read(written(tmp_path / "l.csv", [row(doi="10.5555/a", day=printed)]))
    assert (work.notice.date, reading.up_to, reading.doubted) == (day, day, 0)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"day": "31/12/2018"}, "'31/12/2018' is no RetractionDate"),
        ({"day": "4/1/2219 0:00"}, "'4/1/2219 0:00' is no RetractionDate"),
        ({"day": "9" * 5000}, "is no RetractionDate"),
        ({"nature": "Praise"}, "'Praise' is no RetractionNature that is known; it is told as a concern"),
        ({"doi": "10.5555", "pmid": "17"}, "the DOI '10.5555' is malformed"),
        ({"pmid": "seventeen"}, "the PMID 'seventeen' is malformed"),
    ],
)
def test_what_is_wrong_within_a_row_is_told_with_its_line_and_the_row_counts_all_the_same(tmp_path, changes, said):
    reading, works = read(written(tmp_path / "l.csv", [row(doi="10.5555/b"), row(**{"doi": "10.5555/a"} | changes)]))
    assert [work.dois or work.pmids for work in works][1:] == [("10.5555/a",) if changes.get("doi") is None else ("17",)]
    (doubt,) = map(str, reading.doubts)
    assert doubt.startswith("list.csv:4: warning: "), "the first row has two lines"
    assert said in doubt


def test_a_row_without_any_identifier_is_counted_because_nobody_can_find_it(tmp_path):
    reading, works = read(written(tmp_path / "l.csv", [row(doi="unavailable"), row(doi="10.5555/a")]))
    assert (len(works), reading.works, reading.without) == (1, 1, 1)


@pytest.mark.parametrize("head", [HEAD, f"{HEAD},", HEAD.upper(), f"\ufeff{HEAD}"])
def test_the_layouts_that_were_published_are_read(tmp_path, head):
    assert len(read(text(tmp_path, head, GOOD))[1]) == 1


def test_rows_that_all_end_in_a_comma_more_are_read_and_one_that_alone_does_was_shifted(tmp_path):
    assert len(read(text(tmp_path, HEAD, f"{GOOD},", f"{GOOD},"))[1]) == 2
    shifted = GOOD.replace('"On ""belts"""', "On belts, and more")
    assert refusal(text(tmp_path, HEAD, GOOD, shifted))[0].startswith("list.csv:3: error: a row of 21 fields, where there should be 20")


def test_columns_may_stand_in_any_order_and_others_are_left_alone(tmp_path):
    turned = ",".join(reversed(COLUMNS))
    assert read(text(tmp_path, turned, ",".join(["No", "x", "+E;", "Retraction", "0", "10.5555/a", *[""] * 14])))[1][0].dois == (
        "10.5555/a",
    )


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ((), "list.csv:1: error: no list of Retraction Watch"),
        ((HEAD,), "list.csv: error: no row names a work"),
        ((HEAD.replace("OriginalPaperDOI", "DOI"), GOOD), "its first row does not name once each OriginalPaperDOI"),
        ((HEAD.replace(",", ";"), GOOD), "separate its columns by commas instead of ;"),
        ((HEAD.replace(",", "\t"), GOOD), "separate its columns by commas instead of tabs"),
        ((f"{HEAD},OriginalPaperDOI", f"{GOOD},"), "does not name once each OriginalPaperDOI"),
        ((HEAD, GOOD, GOOD.replace("+Error;", "+Error, or;")), "list.csv:3: error: a row of 21 fields, where there should be 20"),
        ((HEAD, GOOD, "torn", GOOD), "list.csv:3: error: a row of 1 fields, where there should be 20"),
        ((HEAD, GOOD, GOOD.replace('""belts""', '"belts"')), "list.csv:3: error: the row that begins here is no row of a CSV file"),
        ((HEAD, GOOD, '1,"On belts,' + "," * 18, GOOD), "list.csv:3: error: the row that begins here (to line 4)"),
        ((HEAD, GOOD, f'{GOOD}"never closed', GOOD), "list.csv:3: error: the row that begins here (to line 4) is no row of a CSV file"),
        (
            (HEAD, GOOD, GOOD.replace("+Error;", "x" * 200_000)),
            "list.csv:3: error: the row that begins here is no row of a CSV file: field larger",
        ),
        ((HEAD, GOOD, "x" * 400_000), "list.csv:3: error: this line is longer than a row can be"),
        ((HEAD, GOOD, GOOD.replace("+Error", "\0")), "list.csv:3: error: this line holds a character of number 0"),
    ],
)
def test_a_list_that_is_none_or_is_torn_is_refused_with_the_line_and_the_repair(tmp_path, lines, said):
    first = refusal(text(tmp_path, *lines))[0]
    assert said in first
    assert "; " in first.partition("error: ")[2]


def test_every_torn_row_is_told_and_not_the_first_alone_but_no_more_than_anybody_reads(tmp_path):
    assert [line.split(":")[1] for line in refusal(text(tmp_path, HEAD, "a", GOOD, "b"))] == ["2", "4"]
    assert len(refusal(text(tmp_path, HEAD, *["a"] * 1000))) == 20


def test_bytes_that_are_no_utf8_cost_a_sign_of_a_name_and_no_row(tmp_path):
    file = tmp_path / "list.csv"
    file.write_bytes(f"{HEAD}\n{GOOD}".encode().replace(b"belts", b"b\xe9lts"))
    assert [(work.dois, work.notice.about) for work in read(file)[1]] == [(("10.5555/a",), 'On "b\ufffdlts"')]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_another_encoding_is_refused(tmp_path, encoding):
    file = tmp_path / "list.csv"
    file.write_bytes(f"{HEAD}\n{GOOD}".encode(encoding))
    assert "list.csv:1: error: this line holds a character of number 0" in refusal(file)[0]


@pytest.mark.parametrize("content", [b"PK\x03\x04\x00zip", b"\x1f\x8b\x08 gzip", b"<!DOCTYPE html>\n<title>404</title>", b"{}"])
def test_a_file_that_is_no_csv_at_all_is_refused(tmp_path, content):
    file = tmp_path / "list.csv"
    file.write_bytes(content)
    assert refusal(file)[0].startswith("list.csv:1: error: ")


def test_a_file_that_is_not_there_and_a_folder_are_refused(tmp_path):
    assert "it cannot be read" in refusal(tmp_path / "nowhere.csv")[0]
    assert "it cannot be read" in refusal(tmp_path)[0]


def test_a_list_that_cannot_be_used_leaves_the_one_that_was_kept_and_nothing_half_done(tmp_path):
    folder = tmp_path / "answers"
    kept, _ = take_in(written(tmp_path / "l.csv", [row(doi="10.5555/a")]), folder, TODAY)
    with pytest.raises(SourceError):
        take_in(text(tmp_path, HEAD, GOOD, "torn"), folder, TODAY)
    assert kept_list(folder) == kept
    assert [file.name for file in folder.iterdir()] == [FILE]


def test_a_newer_list_takes_the_place_of_the_older_one(tmp_path):
    for doi in ("10.5555/a", "10.5555/b"):
        take_in(written(tmp_path / "l.csv", [row(doi=doi)]), tmp_path, TODAY)
    assert [len(listed(tmp_path, [doi], []).notices) for doi in ("10.5555/a", "10.5555/b")] == [0, 1]


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(SourceError, match="the list cannot be kept in"):
        take_in(written(tmp_path / "l.csv", [row(doi="10.5555/a")]), tmp_path / "file", TODAY)


def test_a_row_of_several_identifiers_is_one_notice_for_whoever_has_one_or_both(tmp_path):
    take_in(written(tmp_path / "l.csv", [row(doi="10.5555/a;10.5555/b", pmid="17")]), tmp_path, TODAY)
    assert len(listed(tmp_path, ["10.5555/a", "10.5555/b"], ["17"]).notices) == 1
    assert len(listed(tmp_path, [], ["17"]).notices) == 1


def test_two_notices_of_a_work_are_told_oldest_first(tmp_path):
    rows = [row(doi="10.5555/a", day="4/1/2019"), row(doi="10.5555/a", day="4/1/2017", nature="Expression of concern")]
    take_in(written(tmp_path / "l.csv", rows), tmp_path, TODAY)
    assert [one.kind for one in listed(tmp_path, ["10.5555/a"], []).notices] == ["concern", "retraction"]


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400) | st.text(max_size=400).map(lambda rest: f"{HEAD}\n{GOOD}\n{rest}".encode("utf-8", "replace")))
def test_whatever_is_given_is_read_or_refused(tmp_path_factory, content):
    file = tmp_path_factory.mktemp("any") / "list.csv"
    file.write_bytes(content)
    try:
        read(file)
    except SourceError as error:
        assert all(one.repair for one in error.findings)
