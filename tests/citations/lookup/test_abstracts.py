"""The abstract of a reference: from PubMed, else from Crossref, of the work that the reference names, and only when asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
import respx

from edgewise.citations.lookup.abstracts import find_abstract, sent_for
from edgewise.citations.lookup.client import Client
from edgewise.citations.lookup.registries import CROSSREF, PUBMED
from edgewise.citations.lookup.settings import LookupSettings
from edgewise.graph.model import Identifier, Reference

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
TITLE = "Pelvic belts for girdle pain: an invented trial"
EUTILS = f"{PUBMED.base}/entrez/eutils"
WORK = {"uid": "123", "title": f"{TITLE}.", "pubdate": "2016 Jan", "articleids": [{"idtype": "pubmed", "value": "123"}]}
SUMMARY = {"result": {"uids": ["123"], "123": WORK}}
PARTS = (("RESULTS", "Seven of 10⁶ belts helped & held."), ("", "So they should be worn."))
RECORD = """<?xml version="1.0" ?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" "https://dtd.nlm.nih.gov/pubmed_250101.dtd">
<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID Version="1">123</PMID><Article><ArticleTitle>Belts</ArticleTitle><Abstract>
<AbstractText Label="RESULTS" NlmCategory="RESULTS">Seven of 10<sup>6</sup> <i>belts</i> helped &amp; held.</AbstractText>
<AbstractText Label="UNLABELLED">So they should be worn.</AbstractText>
<CopyrightInformation>Mine</CopyrightInformation></Abstract></Article>
</MedlineCitation></PubmedArticle></PubmedArticleSet>"""
JATS = (
    "<jats:title>Abstract</jats:title><jats:sec><jats:title>Results</jats:title><jats:p>Seven of 10<jats:sup>6</jats:sup> "
    "<jats:italic>belts</jats:italic> helped &amp; held.</jats:p></jats:sec>"
)


def reference(**numbers: str) -> Reference:
    return Reference(
        "r", 1, TITLE, 2016, identifiers=tuple(Identifier(scheme, value, "editor", False) for scheme, value in numbers.items())
    )


def crossref(abstract: str | None = None) -> dict[str, object]:
    message = {"DOI": "10.5555/belt", "title": [TITLE], "issued": {"date-parts": [[2016]]}}
    return {"status": "ok", "message": message | ({} if abstract is None else {"abstract": abstract})}


@pytest.fixture
def net() -> Iterator[respx.MockRouter]:
    """A network in which nothing exists but what a test puts there."""
    with respx.mock(assert_all_called=False) as router:
        router.get(url__startswith=f"{CROSSREF.base}/works?filter=updates").respond(json={"status": "ok", "message": {"items": []}})
        router.post(f"{EUTILS}/esummary.fcgi").respond(json=SUMMARY)
        yield router


def client(**settings: object) -> Client:
    return Client(LookupSettings(**settings), clock=lambda: 0.0, sleep=lambda _: None, now=lambda: NOON)


def test_pubmed_gives_the_parts_of_an_abstract_with_their_labels(net):
    route = net.post(f"{EUTILS}/efetch.fcgi").respond(text=RECORD)
    with client() as asking:
        found = find_abstract(reference(pmid="123"), asking).abstract
    assert (found.registry, found.id, found.parts, found.date) == ("pubmed", "123", PARTS, "2026-05-04")
    assert b"id=123" in route.calls.last.request.content


def test_crossref_is_asked_where_pubmed_does_not_know_the_work(net):
    net.post(f"{EUTILS}/esearch.fcgi").respond(json={"esearchresult": {"idlist": []}})
    net.get(url__startswith=f"{CROSSREF.base}/works/").respond(json=crossref(JATS))
    with client() as asking:
        answer = find_abstract(reference(doi="10.5555/belt"), asking)
    assert answer.abstract.parts == (("Results", PARTS[0][1]),)
    assert (answer.abstract.registry, answer.abstract.id) == ("crossref", "10.5555/belt")
    assert answer.why == ("PubMed: no work of that title",)


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ("Belts helped.", (("", "Belts helped."),)),
        ("&lt;p&gt;Belts helped.&lt;/p&gt;", (("", "Belts helped."),)),
        ("<p>Belts &nbsp;helped &lt; 3.</p>", (("", "Belts helped < 3."),)),
        ("<jats:p>Belts helped", (("", "Belts helped"),)),
        ("", ()), (None, ()), ("<jats:p/>", ()),
    ],
)  # fmt: skip
def test_whatever_crossref_calls_an_abstract_is_read_as_text(net, said, parts):
    net.get(url__startswith=f"{CROSSREF.base}/works/").respond(json=crossref(said))
    with client() as asking:
        answer = find_abstract(reference(doi="10.5555/belt"), asking, ["crossref"])
    assert (answer.abstract.parts if answer.abstract else ()) == parts
    assert parts or answer.why == ("Crossref knows the work, and holds no abstract of it",)


def test_an_abstract_of_a_work_under_another_title_is_not_given(net):
    net.post(f"{EUTILS}/esummary.fcgi").respond(json={"result": {"uids": ["123"], "123": {**WORK, "title": "Lead in the paint of toys"}}})
    efetch = net.post(f"{EUTILS}/efetch.fcgi").respond(text=RECORD)
    with client() as asking:
        answer = find_abstract(reference(pmid="123"), asking, ["pubmed"])
    assert answer.abstract is None
    assert answer.why == ("PubMed does not tell which work it is: the PMID leads to a work of another title",)
    assert not efetch.called


def test_a_record_without_abstract_says_so(net):
    net.post(f"{EUTILS}/efetch.fcgi").respond(text=RECORD.replace("AbstractText", "OtherText"))
    with client() as asking:
        assert find_abstract(reference(pmid="123"), asking, ["pubmed"]).why == ("PubMed knows the work, and holds no abstract of it",)


@pytest.mark.parametrize(
    "body",
    [
        "", "no XML at all", "{}", "<html></html>", RECORD.replace(">123<", ">124<"), RECORD[:300], "<a>" * 5000,
        '<!DOCTYPE p [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><PubmedArticleSet>&b;</PubmedArticleSet>',
    ],
)  # fmt: skip
def test_an_answer_that_is_none_is_a_failure_and_is_not_kept(net, tmp_path, body):
    net.post(f"{EUTILS}/efetch.fcgi").respond(text=body)
    with client(cache=tmp_path) as asking:
        answer = find_abstract(reference(pmid="123"), asking, ["pubmed"])
    assert answer.abstract is None
    assert answer.why[0].startswith("PubMed was not asked for the abstract: ")
    assert not any("efetch" in file.read_text() for file in tmp_path.iterdir())


def test_a_kept_answer_is_used_again_and_offline_nothing_is_sent(net, tmp_path):
    route = net.post(f"{EUTILS}/efetch.fcgi").respond(text=RECORD)
    with client(cache=tmp_path) as asking:
        find_abstract(reference(pmid="123"), asking)
        assert find_abstract(reference(pmid="123"), asking).abstract.kept
    assert route.call_count == 1
    before = net.calls.call_count
    later = Client(LookupSettings(cache=tmp_path, offline=True), now=lambda: NOON + timedelta(days=400))
    with later as offline:
        found = find_abstract(reference(pmid="123"), offline).abstract
        assert (found.parts, found.date, found.kept) == (PARTS, "2026-05-04", True)
        assert find_abstract(reference(pmid="9"), offline).abstract is None
    assert net.calls.call_count == before


def test_a_failing_registry_is_unasked_and_the_next_is_asked(net):
    net.post(f"{EUTILS}/esummary.fcgi").mock(return_value=httpx.Response(500))
    net.get(url__startswith=f"{CROSSREF.base}/works/").respond(json=crossref(JATS))
    with client(attempts=1) as asking:
        answer = find_abstract(reference(pmid="123", doi="10.5555/belt"), asking)
    assert answer.abstract.registry == "crossref"
    assert answer.why == ("PubMed was not asked: pubmed answered 500",)


def test_what_is_sent_first_can_be_said_before(net):
    assert [address.rpartition("/")[2] for address in sent_for(reference(pmid="123", doi="10.5555/belt"))] == [
        "esummary.fcgi?db=pubmed&retmode=json&id=123",
        "10.5555%2Fbelt",
    ]
    assert not net.calls.called
