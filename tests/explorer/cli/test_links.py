"""`edgewise resolve --links`: nothing is opened unasked, what is opened is said before, and dead links are told apart from silence."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import respx

from edgewise.citations.lookup import client as fetch
from edgewise.citations.lookup import web_links as links
from edgewise.citations.lookup.registries import CROSSREF, PUBMED
from edgewise.citations.lookup.works import LinkAnswer, RegistryAnswer, Resolution
from edgewise.explorer.cli.resolve import _code
from tests.explorer.calls import SMALL, answer, run

SERVER = "https://93.184.216.34"
BOOTS = "https://example.org/boots"  # the address in small.yaml


@pytest.fixture(autouse=True)
def net(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[respx.MockRouter]:
    """Registries that know nothing, one server for every name, a cache of one's own, and no waiting."""
    for maker in (fetch.Client, links.Links):
        really = maker.__init__
        monkeypatch.setattr(maker, "__init__", lambda self, settings=None, *, _=really: _(self, settings, sleep=lambda _: None))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", (SERVER.removeprefix("https://"), 443))])
    monkeypatch.setenv("EDGEWISE_CACHE", str(tmp_path / "cache"))
    for name in ("EDGEWISE_MAILTO", "NCBI_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    with respx.mock(assert_all_called=False) as router:
        router.get(url__startswith=CROSSREF.base).mock(
            return_value=httpx.Response(200, json={"status": "ok", "message-type": "work-list", "message": {"items": []}})
        )
        router.post(url__startswith=PUBMED.base).mock(return_value=httpx.Response(200, json={"esearchresult": {"idlist": []}}))
        yield router


def opened(net: respx.MockRouter, status: int) -> respx.Route:
    """Every page of the one server answers so, to HEAD and GET."""
    return net.route(url__startswith=f"{SERVER}/").mock(return_value=httpx.Response(status))


def linked(*options: str, code: int = 1):
    told = answer("resolve", SMALL, "--links", *options, code=code)
    return told, [link for one in told["references"] for link in one["links"]]


def test_without_being_asked_no_address_is_opened_nor_kept_answers_of_it_told(net):
    route = opened(net, 404)
    linked()
    asked = route.call_count
    done = run("resolve", SMALL)
    assert asked
    assert route.call_count == asked
    assert BOOTS not in done.output
    assert [one["links"] for one in answer("resolve", SMALL, code=1)["references"] if one["links"]] == []


def test_what_is_opened_is_said_before_and_without_the_mail_address(net, monkeypatch):
    said: list[str] = []
    monkeypatch.setattr("edgewise.explorer.cli.resolve.complain", said.append)
    before: list[str] = []
    net.head(f"{SERVER}/boots").mock(side_effect=lambda _: before.extend(said) or httpx.Response(200))
    run("resolve", SMALL, "--links", "--mailto", "ed@example.org")
    assert [line for line in before if line.endswith(f": {BOOTS}")]
    assert "Opens the web addresses of references (1), and where they redirect to, without your mail address." in before
    assert all("ed@example.org" not in str(call.request.headers) for call in net.calls if call.request.method == "HEAD")


def test_a_dead_link_is_told_and_counts(net):
    opened(net, 404)
    done = run("resolve", SMALL, "--links")
    assert done.exit_code == 1
    assert f"{BOOTS}: DEAD LINK: it answered 404 (opened " in done.stdout
    assert "1 web address: 0 alive, 1 dead, 0 unchecked" in done.stdout
    told, (link,) = linked()
    assert told["linkCounts"] == {"alive": 0, "dead": 1, "unchecked": 0}
    assert (link["address"], link["status"], link["why"], link["kept"]) == (BOOTS, "dead", "it answered 404", True)


def test_a_link_that_is_dead_alone_makes_the_difference_to_the_exit_code():
    found = (RegistryAnswer("crossref", "found"),)
    assert [_code([Resolution("r", found, (), (LinkAnswer(BOOTS, status),))]) for status in ("alive", "unchecked", "dead")] == [0, 0, 1]


def test_a_link_that_moved_for_good_is_told_with_its_new_address(net):
    net.head(f"{SERVER}/boots").mock(return_value=httpx.Response(301, headers={"Location": "/shoes"}))
    net.head(f"{SERVER}/shoes").mock(return_value=httpx.Response(200))
    assert f"{BOOTS}: moved for good to https://example.org/shoes (opened " in run("resolve", SMALL, "--links").stdout
    assert linked()[1][0]["movedTo"] == "https://example.org/shoes"


def test_a_server_in_trouble_leaves_the_link_unchecked_with_the_reason(net):
    opened(net, 500)
    _, (link,) = linked()
    assert (link["status"], link["why"], link["lookedUp"]) == ("unchecked", "it answered 500", None)


def test_where_registries_are_silent_and_a_link_answers_something_was_checked(net):
    net.get(url__startswith=CROSSREF.base).mock(side_effect=httpx.ConnectError)
    net.post(url__startswith=PUBMED.base).mock(side_effect=httpx.ConnectError)
    opened(net, 200)
    told, (link,) = linked()
    assert link["status"] == "alive"
    assert "error" not in told


def test_offline_opens_nothing(net):
    route = opened(net, 200)
    told, (link,) = linked("--offline", code=2)
    assert (link["status"], link["why"]) == ("unchecked", "offline, and no answer is kept")
    assert told["error"] == "nothing could be checked"
    assert route.call_count == net.calls.call_count == 0


def test_a_server_cannot_steer_the_terminal(net):
    evil = httpx.Response(301, headers=[(b"Location", b"https://example.org/\x9b31m\xe2\x80\xae")])
    net.head(f"{SERVER}/boots").mock(return_value=evil)
    net.head(url__regex=rf"{SERVER}/.+").mock(return_value=httpx.Response(200))
    for options in ((), ("--json",)):
        assert not set(run("resolve", SMALL, "--links", *options).output) & set("\x1b\x9b\u202e")


def test_the_audit_reports_dead_links_by_kept_answers_and_opens_nothing(net):
    opened(net, 410)
    run("resolve", SMALL, "--links")
    asked = net.calls.call_count
    found = [one for one in answer("audit", SMALL, "--looked-up", code=1)["findings"] if one["rule"] == "R217"]
    assert net.calls.call_count == asked
    assert [(one["severity"], BOOTS in one["message"], "it answered 410" in one["message"]) for one in found] == [("warning", True, True)]
    source = Path(SMALL).read_text("utf-8").splitlines()
    assert "identifiers" in source[found[0]["line"] - 1] or BOOTS in source[found[0]["line"] - 1]


def test_the_audit_says_when_no_link_was_ever_opened(net):
    run("resolve", SMALL)
    told = answer("audit", SMALL, "--looked-up", code=1)["unchecked"]
    assert [one["why"] for one in told if "R217" in one["rules"]] == ["no web address was looked up"]
