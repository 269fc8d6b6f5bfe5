"""Registries that fail, dawdle, lie or overwhelm: every such answer is 'unchecked' with the reason, and none is kept."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
import respx
from hypothesis import given, settings
from hypothesis import strategies as st

from edgewise.citations.lookup import crossref, pubmed
from edgewise.citations.lookup.answer_cache import Cache
from edgewise.citations.lookup.client import Client
from edgewise.citations.lookup.registries import CROSSREF, PUBMED
from edgewise.citations.lookup.resolve import resolve
from edgewise.citations.lookup.settings import LookupSettings
from edgewise.citations.lookup.untrusted_json import Unreadable
from edgewise.graph.model import Identifier, Reference
from tests.places import DATA

ANSWERS = DATA / "registries"
UPDATES = f"{CROSSREF.base}/works?filter=updates"
NO_UPDATES = {"status": "ok", "message-type": "work-list", "message": {"items": []}}
NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
WORK = json.loads((ANSWERS / "crossref-work.json").read_text("utf-8"))
TITLE = "Sacroiliac joint pain: anatomy, biomechanics, diagnosis, and treatment"
ARTICLE = Reference("a", 1, TITLE, 2006, identifiers=(Identifier("doi", "10.1097/01.phm.0000247633.68694.c1", "editor", True),))
NUMBERED = Reference("a", 1, TITLE, 2006, identifiers=(Identifier("pmid", "17117004", "editor", True),))


class Time:
    """A clock that sleeping moves on, and nothing else does unless told."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def client(self, **changes: object) -> Client:
        return Client(LookupSettings(**changes), clock=lambda: self.now, sleep=self.sleep, now=lambda: NOON + timedelta(seconds=self.now))


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def net() -> Iterator[respx.MockRouter]:
    with respx.mock(assert_all_called=False) as router:
        router.get(url__startswith=UPDATES).respond(json=NO_UPDATES)
        yield router


def works(net: respx.MockRouter) -> respx.Route:
    return net.get(url__startswith=f"{CROSSREF.base}/works/")


def look_up(client: Client, reference: Reference = ARTICLE, registry: str = "crossref"):
    return resolve(reference, client, [registry]).answers[0]


def test_a_server_that_recovers_is_asked_again_ever_later(net, time):
    works(net).mock(
        side_effect=[httpx.Response(503), httpx.ConnectTimeout("slow"), httpx.ConnectError("no"), httpx.Response(200, json=WORK)]
    )
    assert look_up(time.client()).status == "found"
    assert time.slept == [0.5, 1.0, 2.0, pytest.approx(0.2)]  # then at its pace: which works update it


def test_a_server_that_stays_away_leaves_the_reference_unchecked_with_the_reason(net, time):
    route = works(net).mock(side_effect=httpx.ConnectError("[Errno -2] Name or service not known"))
    found = look_up(time.client())
    assert (found.status, found.why, found.looked_up) == ("unchecked", "crossref cannot be reached (ConnectError)", "")
    assert route.call_count == 5


def test_after_two_failures_in_a_row_a_registry_rests_for_a_minute(net, time):
    route = works(net).mock(return_value=httpx.Response(500))
    client = time.client(attempts=1)
    assert [look_up(client).why for _ in range(3)] == [
        "crossref answered 500",
        "crossref answered 500",
        "not asked: crossref failed 2 times in a row",
    ]
    time.now += 61
    look_up(client)
    assert route.call_count == 3


@pytest.mark.parametrize("header", ["7", "Mon, 04 May 2026 12:00:07 GMT"])
def test_retry_after_is_honoured_in_seconds_and_as_a_date(net, time, header):
    works(net).mock(side_effect=[httpx.Response(429, headers={"Retry-After": header}), httpx.Response(200, json=WORK)])
    assert look_up(time.client()).status == "found"
    assert time.slept == [7.0, pytest.approx(0.2)]


def test_a_wait_longer_than_the_deadline_is_not_waited_for(net, time):
    route = works(net).mock(return_value=httpx.Response(429, headers={"Retry-After": "3600"}))
    found = look_up(time.client())
    assert (found.status, found.why, time.slept, route.call_count) == ("unchecked", "crossref answered 429", [], 1)


def test_an_answer_that_drips_in_is_given_up_at_the_deadline(net, time):
    def drip() -> Iterator[bytes]:
        while True:
            time.now += 9
            yield b" "

    works(net).mock(side_effect=lambda _: httpx.Response(200, content=drip()))
    found = look_up(time.client())
    assert (found.status, found.why) == ("unchecked", "crossref took too long")
    assert time.now < 80


def test_each_wait_for_bytes_is_bounded_by_what_is_left_of_the_deadline(net, time):
    seen: list[float] = []

    def slow(request: httpx.Request) -> httpx.Response:
        seen.append(request.extensions["timeout"]["read"])
        time.now += 25
        raise httpx.ReadTimeout("slow")

    works(net).mock(side_effect=slow)
    assert look_up(time.client(timeout=10.0, deadline=60.0)).status == "unchecked"
    assert seen == [10.0, 10.0, pytest.approx(8.5)]


def test_an_answer_without_end_is_cut_off_at_the_size_allowed(net, time):
    taken = 0

    def flood() -> Iterator[bytes]:
        nonlocal taken
        for _ in range(300):
            taken += 100_000
            yield b"x" * 100_000

    works(net).mock(side_effect=lambda _: httpx.Response(200, content=flood()))
    assert look_up(time.client(largest=1_000_000)).why == "the answer of crossref is larger than 1,000,000 bytes"
    assert taken <= 1_200_000


def test_compressed_content_is_refused_because_it_was_not_asked_for(net, time):
    bomb = gzip.compress(b"0" * 10_000_000)
    route = works(net).mock(return_value=httpx.Response(200, headers={"Content-Encoding": "gzip"}, stream=httpx.ByteStream(bomb)))
    assert look_up(time.client()).why == "crossref sent compressed content unasked"
    assert route.calls.last.request.headers["Accept-Encoding"] == "identity"


@pytest.mark.parametrize(
    "location",
    [
        "https://elsewhere.example/works/1",
        CROSSREF.base.replace("https", "http") + "/works/1",
        CROSSREF.base + ":8443/x",
        "//elsewhere.example/",
        "file:///etc/passwd",
    ],
)
def test_a_redirect_to_another_host_port_or_scheme_is_not_followed(net, time, location):
    works(net).respond(302, headers={"Location": location})
    assert look_up(time.client()).why == "crossref redirects to another host; it was not followed"
    assert net.calls.call_count == 1


def test_a_redirect_within_the_registry_is_followed_but_not_in_circles(net, time):
    route = works(net).mock(
        side_effect=[httpx.Response(301, headers={"Location": "/works/10.1097%2Fprime"}), httpx.Response(200, json=WORK)]
    )
    assert look_up(time.client()).status == "found"
    assert route.calls.last.request.url.raw_path == b"/works/10.1097%2Fprime"
    works(net).mock(side_effect=lambda _: httpx.Response(301, headers={"Location": "/works/1"}))
    assert look_up(time.client()).why == "crossref redirects in circles"


@pytest.mark.parametrize(
    ("response", "why"),
    [
        (httpx.Response(200, html="<html>Welcome to the hotel</html>"), "crossref: the answer is not JSON"),
        (httpx.Response(200, content=b"[" * 100_000), "crossref: the answer is not JSON"),
        (httpx.Response(200, content=b"\xff\xfe\x00"), "crossref: the answer is not JSON"),
        (httpx.Response(200, json=[]), "crossref: the answer is not a JSON object"),
        (httpx.Response(200, json={"status": "failed", "message": []}), "the answer is not one of Crossref"),
        (httpx.Response(200, json={"status": "ok", "message": {"items": []}}), "the answer is not one of Crossref"),
        (httpx.Response(403), "crossref answered 403"),
        (httpx.Response(404, html="<h1>Not found</h1> says a proxy"), "crossref answered 404"),
        (httpx.Response(204), "crossref answered 204"),
    ],
)
def test_an_answer_that_is_not_the_registrys_is_unchecked_and_not_kept(net, time, tmp_path, response, why):
    works(net).mock(return_value=response)
    found = look_up(time.client(cache=tmp_path))
    assert (found.status, found.why) == ("unchecked", why)
    assert not list(tmp_path.iterdir())


def test_ncbi_saying_that_its_search_failed_is_unchecked(net, time):
    net.post(f"{PUBMED.base}/entrez/eutils/esearch.fcgi").respond(
        json={"esearchresult": {"ERROR": "Search Backend failed: timeout", "idlist": []}}
    )
    assert look_up(time.client(), Reference("r", 1, "A trial", 2006), "pubmed").status == "unchecked"


def test_half_of_an_enquiry_that_fails_makes_the_whole_unchecked(net, time):
    net.post(f"{PUBMED.base}/entrez/eutils/esearch.fcgi").respond(json={"esearchresult": {"idlist": ["17117004"]}})
    net.post(f"{PUBMED.base}/entrez/eutils/esummary.fcgi").respond(500)
    assert look_up(time.client(), Reference("r", 1, TITLE, 2006), "pubmed").status == "unchecked"


@pytest.mark.parametrize(("key", "gap"), [("", 1 / 3), ("abc", 1 / 10)])
def test_ncbi_is_asked_three_times_a_second_and_ten_with_a_key(net, time, key, gap):
    net.post(url__startswith=PUBMED.base).respond(json=json.loads((ANSWERS / "pubmed-summary.json").read_text("utf-8")))
    client = time.client(api_key=key)
    for _ in range(3):
        look_up(client, NUMBERED, "pubmed")
    assert time.slept == [pytest.approx(gap), pytest.approx(gap)]


def test_crossref_is_asked_as_fast_as_its_headers_allow(net, time):
    works(net).respond(json=WORK, headers={"X-Rate-Limit-Limit": "1", "X-Rate-Limit-Interval": "2s"})
    client = time.client()
    for _ in range(3):
        look_up(client)
    # two questions each; the first gap was reserved before the header was seen
    assert time.slept == [pytest.approx(0.2), *[pytest.approx(2.0)] * 4]


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Rate-Limit-Limit": "0"},
        {"X-Rate-Limit-Limit": "-5"},
        {"X-Rate-Limit-Limit": "1", "X-Rate-Limit-Interval": "99999s"},
        {"X-Rate-Limit-Limit": "nan"},
    ],
)
def test_a_rate_limit_that_makes_no_sense_changes_nothing(net, time, headers):
    works(net).respond(json=WORK, headers=headers)
    client = time.client()
    for _ in range(3):
        look_up(client)
    assert time.slept == [pytest.approx(0.2)] * 5


def test_a_kept_answer_is_used_until_it_is_too_old_and_keeps_its_day(net, time, tmp_path):
    route = works(net).mock(return_value=httpx.Response(200, json=WORK))
    client = time.client(cache=tmp_path, max_age=timedelta(days=30))
    assert not look_up(client).kept
    time.now += 29 * 86_400
    again = look_up(client)
    assert (again.kept, again.looked_up[:10], route.call_count) == (True, "2026-05-04", 1)
    time.now += 2 * 86_400
    assert (look_up(client).looked_up[:10], route.call_count) == ("2026-06-04", 2)


def test_that_a_doi_is_unknown_is_kept_for_a_week_at_most(net, time, tmp_path):
    route = works(net).mock(return_value=httpx.Response(404, text="Resource not found."))
    net.get(f"{CROSSREF.base}/works").respond(json={"status": "ok", "message": {"items": []}})
    client = time.client(cache=tmp_path)
    for days in (0, 6, 2):
        time.now += days * 86_400
        assert look_up(client).status == "not-found"
    assert route.call_count == 2


def test_a_kept_answer_from_the_future_is_asked_for_again(net, time, tmp_path):
    route = works(net).mock(return_value=httpx.Response(200, json=WORK))
    look_up(time.client(cache=tmp_path))
    time.now -= 3600
    assert not look_up(time.client(cache=tmp_path)).kept
    assert route.call_count == 2


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'{"version": 1}',
        b"\xff",
        b"[" * 99_999,
        json.dumps({"version": 1, "question": "other", "at": "2026-05-04T00:00:00+00:00", "answer": WORK}).encode(),
    ],
)
def test_a_spoilt_file_in_the_cache_is_as_good_as_none(net, time, tmp_path, content):
    route = works(net).mock(return_value=httpx.Response(200, json=WORK))
    look_up(time.client(cache=tmp_path))
    for file in tmp_path.iterdir():
        file.write_bytes(content)
    assert look_up(time.client(cache=tmp_path)).status == "found"
    assert route.call_count == 2


def test_a_kept_answer_that_is_whole_json_but_no_answer_is_asked_for_again(net, time, tmp_path):
    works(net).mock(return_value=httpx.Response(200, json=WORK))
    Cache(tmp_path).put(crossref.by_doi(ARTICLE.identifiers[0].value).address, {"status": "failed"}, NOON)
    assert look_up(time.client(cache=tmp_path)).status == "found"


def test_a_folder_that_cannot_be_written_does_not_stop_the_look_up(net, time, tmp_path):
    works(net).mock(return_value=httpx.Response(200, json=WORK))
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    assert look_up(time.client(cache=blocked)).status == "found"


def test_a_write_that_fails_half_way_leaves_the_older_answer_and_no_rubbish(tmp_path, monkeypatch):
    cache = Cache(tmp_path)
    assert cache.put("q", {"a": 1}, NOON)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    assert not cache.put("q", {"a": 2}, NOON)
    assert cache.get("q").answer == {"a": 1}
    assert len(list(tmp_path.iterdir())) == 1


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
CROSSREF_KEYS = [
    "DOI",
    "title",
    "subtitle",
    "author",
    "issued",
    "container-title",
    "updated-by",
    "update-to",
    "relation",
    "volume",
    "page",
    "type",
]
PUBMED_KEYS = ["uid", "title", "pubdate", "authors", "articleids", "references", "pubtype", "source", "sortpubdate", "vernaculartitle"]


@given(
    st.dictionaries(
        st.sampled_from(CROSSREF_KEYS), JSON | st.lists(st.dictionaries(st.sampled_from(["type", "DOI", "updated", "family"]), JSON))
    )
)
@settings(max_examples=200, deadline=None)
def test_no_shape_of_a_crossref_record_breaks_the_reader(message):
    try:
        work = crossref.read_work({"status": "ok", "message": message})
    except Unreadable:
        assert not message.get("DOI")
    else:
        assert work.registry == "crossref"
    crossref.read_list({"status": "ok", "message": {"items": [message, 7, None]}})


@given(
    st.dictionaries(
        st.sampled_from(PUBMED_KEYS), JSON | st.lists(st.dictionaries(st.sampled_from(["reftype", "pmid", "name", "idtype"]), JSON))
    )
)
@settings(max_examples=200, deadline=None)
def test_no_shape_of_a_pubmed_record_breaks_the_reader(document):
    works = pubmed.read_works({"result": {"uids": ["1", 2, None], "1": document, "2": []}})
    assert len(works) == (1 if document else 0)
