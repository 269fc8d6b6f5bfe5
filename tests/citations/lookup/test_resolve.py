"""Looking references up: what is asked, what the answers mean, and what stays unknown. Nothing here leaves the machine."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest
import respx

from edgewise.citations.lookup.client import Client
from edgewise.citations.lookup.registries import CROSSREF, PUBMED
from edgewise.citations.lookup.resolve import preview, resolve, resolve_all
from edgewise.citations.lookup.settings import LookupSettings
from edgewise.graph.library import load
from edgewise.graph.model import Identifier, Reference
from edgewise.ontology.errors import SourceError
from tests.places import DATA

ANSWERS = DATA / "registries"
UPDATES = f"{CROSSREF.base}/works?filter=updates"
NO_UPDATES = {"status": "ok", "message-type": "work-list", "message": {"items": []}}
NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
FOLEY = load("sacroiliac-sclerosis").guideline.references["reference-4"]
BELTS = Reference("belts", 1, "Pelvic belts and girdle pain in practice", 2016, "Journal of Invented Trials", "Example A, Invented B")
SUMMARY, SEARCH = f"{PUBMED.base}/entrez/eutils/esummary.fcgi", f"{PUBMED.base}/entrez/eutils/esearch.fcgi"


def answer(name: str) -> httpx.Response:
    return httpx.Response(200, json=json.loads((ANSWERS / name).read_text("utf-8")))


def identified(scheme: str, value: str, title: str = "Pelvic belts for girdle pain: a randomised trial", year: int = 2016) -> Reference:
    return Reference("trial", 1, title, year, identifiers=(Identifier(scheme, value, "editor", False),))


@pytest.fixture
def net() -> Iterator[respx.MockRouter]:
    """A network in which nothing exists but what a test puts there."""
    with respx.mock(assert_all_called=False) as router:
        router.get(url__startswith=UPDATES).respond(json=NO_UPDATES)
        yield router


@pytest.fixture
def client() -> Iterator[Client]:
    with Client(LookupSettings(mailto="ed@example.org"), clock=lambda: 0.0, sleep=lambda _: None, now=lambda: NOON) as client:
        yield client


def test_the_known_article_is_found_by_doi_at_crossref_and_by_pmid_at_pubmed_without_differences(net, client):
    net.get(url__startswith=f"{CROSSREF.base}/works/").mock(return_value=answer("crossref-work.json"))
    net.post(SUMMARY).mock(return_value=answer("pubmed-summary.json"))
    crossref, pubmed = resolve(FOLEY, client).answers
    assert (crossref.status, crossref.by, crossref.differences, crossref.notices) == ("found", "doi", (), ())
    assert (pubmed.status, pubmed.by, pubmed.differences, pubmed.notices) == ("found", "pmid", (), ())
    assert crossref.looked_up == pubmed.looked_up == "2026-05-04T12:00:00+00:00"
    assert not crossref.kept


def test_a_request_says_who_asks_and_the_doi_is_one_part_of_the_path(net, client):
    route = net.get(url__startswith=CROSSREF.base).mock(return_value=answer("crossref-work.json"))
    resolve(identified("doi", "https://doi.org/10.5555/../A#b?c"), client, ["crossref"])
    request = route.calls.last.request
    assert request.headers["User-Agent"] == "edgewise/0.1 (mailto:ed@example.org)"
    assert request.url.raw_path == b"/works/10.5555%2F..%2Fa%23b%3Fc?mailto=ed%40example.org"


def test_the_key_of_ncbi_is_in_no_address_and_no_kept_file(net, tmp_path):
    route = net.post(SUMMARY).mock(return_value=answer("pubmed-summary.json"))
    with Client(LookupSettings(api_key="s3cret", cache=tmp_path), now=lambda: NOON) as client:
        resolve(FOLEY, client, ["pubmed"])
        assert "s3cret" not in repr(client.settings)
    assert b"api_key=s3cret" in route.calls.last.request.content
    assert "s3cret" not in str(route.calls.last.request.url)
    assert all("s3cret" not in file.read_text("utf-8") for file in tmp_path.iterdir())


def test_a_malformed_identifier_is_reported_and_not_sent(net, client):
    search = net.get(f"{CROSSREF.base}/works").mock(return_value=answer("crossref-list.json"))
    found = resolve(identified("doi", "10.1097-01"), client, ["crossref"])
    assert [str(fault) for fault in found.malformed] == [
        "the DOI '10.1097-01' is malformed: a DOI is '10.', a number, '/' and a name without spaces"
    ]
    assert found.answers[0].by == "title"
    assert "10.1097-01" not in str(search.calls.last.request.url)


def test_retraction_concern_correction_and_replacement_come_with_their_dates_and_the_day_of_the_look_up(net, client):
    net.get(url__startswith=CROSSREF.base).mock(return_value=answer("crossref-retracted.json"))
    found = resolve(identified("doi", "10.5555/pelvic.2016.7"), client, ["crossref"])
    assert [(r.notice.kind, r.notice.target, r.notice.date, r.looked_up[:10]) for r in found.reports] == [
        ("concern", "10.5555/concern.1", "2017-11-20", "2026-05-04"),
        ("retraction", "10.5555/retraction.1", "2018-03-26", "2026-05-04"),
        ("correction", "10.5555/erratum.1", "2016-09-01", "2026-05-04"),
        ("new-version", "10.5555/pelvic.2018.1", "", "2026-05-04"),
    ]


def test_pubmed_tells_retraction_and_erratum_once_each_and_a_comment_is_no_notice(net, client):
    net.post(SUMMARY).mock(return_value=answer("pubmed-retracted.json"))
    found = resolve(identified("pmid", "99999901"), client, ["pubmed"])
    assert [(n.kind, n.target, n.date) for n in found.answers[0].notices] == [
        ("retraction", "99999902", "2018-03-26"),
        ("correction", "", "2016-09"),
    ]


def test_a_work_that_retracts_another_is_a_notice_and_is_not_itself_retracted(net, client):
    net.get(url__startswith=CROSSREF.base).mock(return_value=answer("crossref-notice.json"))
    found = resolve(identified("doi", "10.5555/retraction.1", "Retraction of: Pelvic belts for girdle pain", 2018), client, ["crossref"])
    assert [(n.kind, n.target) for n in found.answers[0].notices] == [("is-notice", "10.5555/pelvic.2016.7")]


def test_without_identifier_the_title_finds_the_work_and_its_look_alikes_are_reported_with_the_reason(net, client):
    net.get(f"{CROSSREF.base}/works").mock(return_value=answer("crossref-list.json"))
    found = resolve(BELTS, client, ["crossref"]).answers[0]
    assert (found.status, found.by, found.work.doi) == ("found", "title", "10.5555/belts.2016")
    assert [(alike.work.doi, alike.why_not) for alike in found.lookalikes] == [
        ("10.5555/belts.1999", "has another year (1999)"),
        ("10.5555/belts.2016.reply", "has another first author (Other, Cy)"),
    ]


def test_a_doi_that_crossref_does_not_know_is_not_found_and_its_title_alone_chooses_nothing(net, client):
    net.get(url__startswith=f"{CROSSREF.base}/works/").respond(404, text="Resource not found.", content_type="text/plain")
    net.get(f"{CROSSREF.base}/works").mock(return_value=answer("crossref-list.json"))
    wrong = identified("doi", "10.5555/belts.2O16", BELTS.title)
    found = resolve(replace(wrong, author="Example A"), client, ["crossref"]).answers[0]
    assert (found.status, found.work) == ("not-found", None)
    assert (found.lookalikes[0].work.doi, found.lookalikes[0].why_not) == ("10.5555/belts.2016", "has another identifier")


def test_an_identifier_of_another_work_is_ambiguous_and_brings_no_notice_along(net, client):
    net.post(SUMMARY).mock(return_value=answer("pubmed-retracted.json"))
    found = resolve(identified("pmid", "99999901", "Lead in the paint of houses"), client, ["pubmed"])
    assert (found.status, found.answers[0].why, found.reports) == ("ambiguous", "the PMID leads to a work of another title", ())


def test_an_unknown_pmid_is_not_found(net, client):
    net.post(SUMMARY).mock(return_value=answer("pubmed-unknown.json"))
    net.post(SEARCH).mock(return_value=answer("pubmed-search-none.json"))
    assert resolve(identified("pmid", "99999999"), client, ["pubmed"]).answers[0].status == "not-found"


def test_pubmed_finds_a_doi_by_searching_for_its_number_first(net, client):
    search = net.post(SEARCH).mock(return_value=answer("pubmed-search.json"))
    net.post(SUMMARY).mock(return_value=answer("pubmed-summary.json"))
    only_doi = replace(FOLEY, identifiers=FOLEY.identifiers[:1])
    found = resolve(only_doi, client, ["pubmed"]).answers[0]
    assert (found.status, found.by, found.work.pmid) == ("found", "doi", "17117004")
    assert b"68694.c1" in search.calls.last.request.content


def test_details_that_differ_are_told_field_by_field(net, client):
    net.post(SUMMARY).mock(return_value=answer("pubmed-summary.json"))
    added = tuple(replace(a, value="58") if a.field == "volume" else a for a in FOLEY.additions)
    found = resolve(replace(FOLEY, year=2007, additions=added), client, ["pubmed"]).answers[0]
    assert {(d.field, d.ours, d.theirs) for d in found.differences} == {("year", "2007", "2006"), ("volume", "58", "85")}


def test_offline_nothing_is_asked_and_only_what_is_kept_is_known(net, tmp_path):
    net.get(url__startswith=CROSSREF.base).mock(return_value=answer("crossref-work.json"))
    with Client(LookupSettings(cache=tmp_path), now=lambda: NOON) as online:
        resolve(FOLEY, online, ["crossref"])
    asked = net.calls.call_count
    with Client(LookupSettings(cache=tmp_path, offline=True), now=lambda: NOON.replace(year=2030)) as offline:
        crossref, pubmed = resolve(FOLEY, offline).answers
    assert net.calls.call_count == asked == 2  # for the work, and for what updates it
    assert (crossref.status, crossref.kept, crossref.looked_up[:10]) == ("found", True, "2026-05-04")
    assert (pubmed.status, pubmed.why, pubmed.looked_up) == ("unchecked", "offline, and no answer is kept", "")


def test_a_preview_names_each_address_and_sends_nothing(net):
    assert [address.split("?")[0] for address in preview(FOLEY)] == [
        f"{CROSSREF.base}/works/10.1097%2F01.phm.0000247633.68694.c1",
        SUMMARY,
    ]
    assert not net.calls


def test_importing_rendering_and_writing_open_no_connection():
    """In a fresh interpreter in which any use of a socket is an error."""
    code = """
import socket
def refuse(*_, **__): raise AssertionError("something opened a socket")
socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = socket.create_connection = refuse
import edgewise.citations.lookup.resolve
from edgewise.citations.formats import files, vancouver
from edgewise.citations.lookup.resolve import Client, preview, resolve
from edgewise.citations.lookup.settings import LookupSettings
from edgewise.graph.library import load
references = load("sacroiliac-sclerosis").guideline.references.values()
vancouver.render_all(references)
for format in files.FORMATS: files.write(references, format)
for reference in references: preview(reference); resolve(reference, Client(LookupSettings(offline=True)))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ANSWERS.parents[2])
    assert done.returncode == 0, done.stderr


def test_many_references_are_told_one_by_one_as_they_are_done(net, client):
    net.get(f"{CROSSREF.base}/works").mock(return_value=answer("crossref-list.json"))
    told: list[str] = []
    found = resolve_all([BELTS, Reference("b", 2, "Nothing like it", 2001)], client, ["crossref"], lambda done: told.append(done.reference))
    assert told == ["belts", "b"]
    assert [resolution.status for resolution in found] == ["found", "not-found"]


@pytest.mark.parametrize("mailto", ["nobody", "a@b.c\r\nX-Evil: 1", "two words@example.org"])
def test_a_mail_address_that_is_none_is_refused_before_anything_is_sent(mailto):
    with pytest.raises(SourceError, match="mail address"):
        LookupSettings(mailto=mailto)
