"""Retracted works: none of forty may be missed by Crossref, PubMed or the kept list, where that one alone knows of it. All are invented."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest
import respx

from edgewise.citations.audit.rules.lookups import _reported
from edgewise.citations.lookup.client import Client
from edgewise.citations.lookup.kept_answers import kept_answers
from edgewise.citations.lookup.registries import CROSSREF, PUBMED
from edgewise.citations.lookup.resolve import resolve
from edgewise.citations.lookup.retraction_list import FILE, take_in
from edgewise.citations.lookup.settings import LookupSettings
from edgewise.citations.lookup.works import Notice, Resolution
from edgewise.graph.library import load
from edgewise.graph.model import Identifier, Reference
from tests.citations.lookup.retraction_lists import row, written

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
DAY = "2019-04-01"
FORTY = range(40)
SUMMARY, SEARCH = f"{PUBMED.base}/entrez/eutils/esummary.fcgi", f"{PUBMED.base}/entrez/eutils/esearch.fcgi"
PRINTED_DOIS = ("10.5555/{}", "https://doi.org/10.5555/{}", "DOI: 10.5555/{}", "http://dx.doi.org/10.5555/{}", "10.5555/{}")


def name(number: int) -> str:
    """The end of a DOI, now plain, now with what old ones hold."""
    return (f"Trial.2016.{number}", f"S0000-0000(16)0{number}-X", f"(ISSN)1097<1::AID-T{number}>3.0.CO;2-9", f"j.Inv_{number}")[number % 4]


def title(number: int) -> str:
    return f"Invented belts for girdle pain number {number}: a randomised trial"


def cited(number: int) -> Reference:
    """As guidelines cite: the DOI in this or that way, in this or that case."""
    printed = PRINTED_DOIS[number % 5].format(name(number) if number % 3 else name(number).upper())
    return Reference(f"r{number}", number + 1, title(number), 2016, identifiers=(Identifier("doi", printed, "editor", False),))


def doi(number: int) -> str:
    return f"10.5555/{name(number)}".lower()


CITED = {doi(number): number for number in FORTY}


def crossref_record(number: int, **more: Any) -> dict[str, Any]:
    record = {"DOI": doi(number), "title": [title(number)], "issued": {"date-parts": [[2016, 5]]}, "type": "journal-article"}
    return {"status": "ok", "message": record | more}


class Registries:
    """Crossref and PubMed, who know every work, and of what became of it only what a test tells them."""

    def __init__(self, router: respx.MockRouter) -> None:
        self.records: dict[int, dict[str, Any]] = {}
        self.updates: dict[int, list[dict[str, Any]]] = {}
        self.summaries: dict[int, dict[str, Any]] = {}
        router.get(url__startswith=f"{CROSSREF.base}/works/").mock(side_effect=self.work)
        router.get(url__startswith=f"{CROSSREF.base}/works?filter=").mock(side_effect=self.updating)
        router.post(SEARCH).mock(side_effect=self.search)
        router.post(SUMMARY).mock(side_effect=self.summary)

    def work(self, request: httpx.Request) -> httpx.Response:
        number = CITED[request.url.path.removeprefix("/works/")]
        return httpx.Response(200, json=crossref_record(number, **self.records.get(number, {})))

    def updating(self, request: httpx.Request) -> httpx.Response:
        sought = request.url.params["filter"].removeprefix("updates:")
        return httpx.Response(200, json={"status": "ok", "message": {"items": self.updates.get(CITED[sought], [])}})

    def search(self, request: httpx.Request) -> httpx.Response:
        (term,) = parse_qs(request.content.decode())["term"]
        number = CITED[term.removesuffix("[AID]").strip('"')]
        return httpx.Response(200, json={"esearchresult": {"idlist": [str(1000 + number)]}})

    def summary(self, request: httpx.Request) -> httpx.Response:
        (id,) = parse_qs(request.content.decode())["id"]
        number = int(id) - 1000
        ids = [{"idtype": "pubmed", "value": id}, {"idtype": "doi", "value": doi(number)}]
        plain = {"uid": id, "title": f"{title(number)}.", "pubdate": "2016 May", "articleids": ids, "pubtype": ["Journal Article"]}
        return httpx.Response(200, json={"result": {"uids": [id], id: plain | self.summaries.get(number, {})}})


@pytest.fixture
def registries() -> Iterator[Registries]:
    with respx.mock(assert_all_called=False) as router:
        yield Registries(router)


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    settings = LookupSettings(cache=tmp_path / "answers")
    with Client(settings, clock=lambda: 0.0, sleep=lambda _: None, now=lambda: NOON) as client:
        yield client


def listed(tmp_path: Path, rows: Sequence[Mapping[str, str]]) -> None:
    take_in(written(tmp_path / "list.csv", rows), tmp_path / "answers", date(2026, 5, 4))


def missed(client: Client) -> list[int]:
    return [number for number in FORTY if not resolve(cited(number), client).is_retracted]


def by_its_notice(number: int) -> list[dict[str, Any]]:
    update = {"DOI": doi(number).upper(), "type": "retraction", "label": "Retraction", "updated": {"date-parts": [[2019, 4, 1]]}}
    other = {"DOI": "10.5555/another", "type": "retraction", "label": "Retraction"}
    return [{"DOI": f"10.5555/Notice.{number}", "update-to": [other, update]}]


def by_its_record(number: int) -> dict[str, Any]:
    told = ("RETRACTED: {}", "Retracted Article: {}", "[Retracted] {}", "{} (Retracted article. See vol. 3, 2019)", "WITHDRAWN: {}")
    if number % 2:
        return {"title": [told[number // 2 % 5].format(title(number))]}
    kind = ("retraction", "partial_retraction", "withdrawal", "removal")[number // 2 % 4]
    return {"updated-by": [{"DOI": "10.5555/n", "type": kind, "updated": {"date-parts": [[2019, 4, 1]]}}]}


def by_pubmed(number: int) -> dict[str, Any]:
    told: tuple[dict[str, Any], ...] = (
        {"pubtype": ["Journal Article", "Retracted Publication"]},
        {"references": [{"reftype": "Retraction in", "refsource": "J Inv. 2019 Apr 1;3(1):4", "pmid": 7}]},
        {"references": [{"reftype": "Partial retraction in", "refsource": "J Inv. 2019 Apr 1;3(1):4", "pmid": ""}]},
        {"references": [{"reftype": "RetractedandRepublishedIn", "refsource": "J Inv. 2019", "pmid": 7}]},
        {"title": f"WITHDRAWN: {title(number)}."},
    )
    return told[number % 5]


def test_where_no_one_knows_of_a_retraction_none_is_told(registries, client, tmp_path):
    listed(tmp_path, [row(doi="10.5555/quite.another")])
    assert missed(client) == list(FORTY)
    assert not any(resolve(cited(number), client).reports for number in FORTY)


def test_of_forty_none_is_missed_that_only_the_works_tell_that_update_it(registries, client):
    registries.updates = {number: by_its_notice(number) for number in FORTY}
    assert missed(client) == []
    (told,) = resolve(cited(2), client).reports
    assert (told.notice.kind, told.notice.target, told.notice.date, told.registry) == ("retraction", "10.5555/notice.2", DAY, "crossref")


def test_of_forty_none_is_missed_that_only_the_record_at_crossref_tells(registries, client):
    registries.records = {number: by_its_record(number) for number in FORTY}
    assert missed(client) == []


def test_of_forty_none_is_missed_that_only_pubmed_tells(registries, client):
    registries.summaries = {number: by_pubmed(number) for number in FORTY}
    assert missed(client) == []


def by_the_list(number: int) -> dict[str, str]:
    printed = (name(number), name(number).upper(), name(number).lower())[number % 3]
    return row(doi=PRINTED_DOIS[number // 3 % 5].format(printed), title=title(number), nature="Retraction", day="4/1/2019 0:00")


def test_of_forty_none_is_missed_that_only_the_list_tells_and_without_any_network(client, tmp_path):
    listed(tmp_path, [by_the_list(number) for number in FORTY])
    offline = replace(client.settings, offline=True)
    with Client(offline) as alone:
        assert missed(alone) == []
        (told,) = resolve(cited(3), alone).reports
    assert (told.notice.kind, told.notice.date, told.registry, told.looked_up) == ("retraction", DAY, "retraction-watch", DAY)


def test_what_the_list_knows_by_pubmed_number_alone_is_found_by_the_number_and_by_the_doi_that_pubmed_has_it_under(
    registries, client, tmp_path
):
    listed(tmp_path, [row(doi="unavailable", pmid=str(1000 + number), title=title(number)) for number in FORTY])
    assert missed(client) == []
    numbered = replace(cited(1), identifiers=(Identifier("pmid", "PMID: 1001", "editor", False),))
    with Client(replace(client.settings, offline=True)) as alone:
        assert resolve(numbered, alone).is_retracted


def test_a_notice_that_the_record_has_and_another_work_repeats_is_told_once_and_with_its_date(registries, client):
    registries.records = {0: {"updated-by": [{"DOI": "10.5555/notice.0", "type": "retraction", "label": "Retraction"}]}}
    registries.updates = {0: by_its_notice(0)}
    found = resolve(cited(0), client, ["crossref"])
    assert [(one.notice.kind, one.notice.date) for one in found.reports] == [("retraction", DAY)]


@pytest.mark.parametrize("code", [400, 404])
def test_where_crossref_does_not_say_what_updates_a_work_that_is_said_and_what_it_found_stays(client, code):
    with respx.mock() as router:
        router.get(url__startswith=f"{CROSSREF.base}/works/").respond(json=crossref_record(0, **by_its_record(0)))
        router.get(url__startswith=f"{CROSSREF.base}/works?filter=").respond(code)
        found = resolve(cited(0), client, ["crossref"])
    assert (found.status, found.answers[0].unasked, found.is_retracted) == ("found", f"crossref answered {code}", True)


def test_a_doi_with_a_comma_is_not_asked_for_as_if_it_were_two_filters(client):
    held = replace(cited(0), identifiers=(Identifier("doi", "10.5555/a,b", "editor", False),))
    with respx.mock() as router:
        router.get(url__startswith=f"{CROSSREF.base}/works/").respond(json=crossref_record(0, DOI="10.5555/a,b"))
        assert "comma" in resolve(held, client, ["crossref"]).answers[0].unasked


def test_a_retracted_work_without_identifier_is_found_although_the_registry_puts_words_before_its_title(client):
    plain = replace(cited(0), title="Belts", author="Example A", identifiers=())
    author = [{"family": "Example", "given": "Ada"}]
    item = crossref_record(0, title=["RETRACTED ARTICLE: Belts"], author=author)["message"]
    with respx.mock() as router:
        router.get(url__startswith=f"{CROSSREF.base}/works?query").respond(json={"status": "ok", "message": {"items": [item]}})
        router.get(url__startswith=f"{CROSSREF.base}/works?filter=").respond(json={"status": "ok", "message": {"items": []}})
        found = resolve(plain, client, ["crossref"])
    assert (found.status, found.is_retracted, found.answers[0].differences) == ("found", True, ())


def test_a_work_whose_title_was_replaced_by_the_word_alone_is_the_work_that_its_doi_names(registries, client):
    registries.records = {0: {"title": ["WITHDRAWN"]}}
    assert resolve(cited(0), client, ["crossref"]).is_retracted


def test_the_list_is_believed_under_another_title_too_and_says_under_which(client, tmp_path):
    listed(tmp_path, [row(doi=doi(0), title="Von Gürteln und Schmerzen")])
    with Client(replace(client.settings, offline=True)) as alone:
        (told,) = resolve(cited(0), alone).reports
    assert told.notice.about == "Von Gürteln und Schmerzen"
    assert "there under the title 'Von Gürteln und Schmerzen'" in _reported(told)


def test_a_finding_says_kind_date_reason_and_up_to_when_the_list_goes(client, tmp_path):
    listed(
        tmp_path, [row(doi=doi(0), title=title(0), notice="10.5555/N", reason="+Error in Data;+Plagiarism of Text;", day="4/1/2019 0:00")]
    )
    with Client(replace(client.settings, offline=True)) as alone:
        (told,) = resolve(cited(0), alone).reports
    assert _reported(told) == (
        "Retraction 10.5555/n, 2019-04-01, reason: Error in Data; Plagiarism of Text (Retraction Watch, list up to 2019-04-01)"
    )


@pytest.mark.parametrize(
    ("notices", "retracted"),
    [
        ([("retraction", "2019-04-01"), ("reinstatement", "2019-04-01")], False),
        ([("retraction", "2019-04-01"), ("reinstatement", "2019-03-31")], True),
        ([("retraction", "2019"), ("reinstatement", "2019-04-01")], True),
        ([("retraction", ""), ("reinstatement", "2019-04-01")], True),
        ([("retraction", "2019-04-01"), ("reinstatement", "")], True),
        ([("withdrawal", "2018-01-01"), ("retraction", "2017"), ("reinstatement", "2019-04-01")], False),
        ([("concern", "2018-01-01")], False),
    ],
)
def test_only_a_reinstatement_that_is_certainly_later_takes_a_retraction_back(notices, retracted):
    from edgewise.citations.lookup.works import Listed

    told = tuple(Notice(kind, kind, date=day) for kind, day in notices)
    assert Resolution("r", (), listed=Listed("2026-01-01", told)).is_retracted is retracted


def test_what_the_list_says_stands_among_the_kept_answers_that_pages_take_up_though_nothing_was_ever_asked(tmp_path):
    guideline = load("sacroiliac-sclerosis").guideline
    listed(tmp_path, [row(doi="10.1097/01.PHM.0000247633.68694.C1", title="Sacroiliac joint pain")])
    found = kept_answers(guideline, tmp_path / "answers")
    assert {id: one.is_retracted for id, one in found.items()} == {"reference-4": True}


@pytest.mark.parametrize("spoilt", [b"", b"no database", b"SQLite format 3\x00" + bytes(200)])
def test_a_kept_list_that_is_spoilt_is_as_good_as_none(client, tmp_path, spoilt):
    listed(tmp_path, [row(doi=doi(0))])
    (tmp_path / "answers" / FILE).write_bytes(spoilt)
    with Client(replace(client.settings, offline=True)) as alone:
        assert resolve(cited(0), alone).listed is None


def test_looking_up_reads_by_an_index_and_not_the_rows(tmp_path):
    import sqlite3
    from contextlib import closing

    from edgewise.citations.lookup import retraction_list

    listed(tmp_path, [row(doi=f"10.5555/{number}") for number in range(50)])
    with closing(sqlite3.connect(tmp_path / "answers" / FILE)) as held:
        plan = " ".join(line[3] for line in held.execute(f"explain query plan {retraction_list._FOUND.format('?')}", ["doi:10.5555/7"]))
    assert not re.search(r"SCAN (notice|listed)", plan), plan
