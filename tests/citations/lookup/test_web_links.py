"""Opening the addresses that references give: what makes a link dead, what is never opened, and what stays unknown."""

from __future__ import annotations

import json
import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
import respx

from edgewise.citations.lookup.answer_cache import Cache
from edgewise.citations.lookup.client import Client
from edgewise.citations.lookup.resolve import resolve
from edgewise.citations.lookup.settings import LookupSettings
from edgewise.citations.lookup.web_links import Links, addresses, openable
from edgewise.graph.model import Identifier, Reference

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
SERVERS = {
    "example.org": ("93.184.216.34",),
    "example.net": ("93.184.216.35",),
    "six.example": ("2606:2800:220:1::1",),
    "inside.example": ("10.1.2.3",),
    "two-faced.example": ("93.184.216.34", "127.0.0.1"),
    "spread.example": ("93.184.216.36", "93.184.216.37"),
    "localhost": ("127.0.0.1",),
    "2130706433": ("127.0.0.1",),
}
BOOTS = "https://example.org/boots"


class World:
    """A clock that sleeping moves on, and names that lead where a test says."""

    def __init__(self) -> None:
        self.now = 0.0
        self.servers = dict(SERVERS)

    def sleep(self, seconds: float) -> None:
        self.now += seconds

    def links(self, **changes: object) -> Links:
        return Links(
            LookupSettings(**changes),
            clock=lambda: self.now,
            sleep=self.sleep,
            now=lambda: NOON + timedelta(seconds=self.now),
            lookup=self.lookup,
        )

    def lookup(self, host: str, _port: int) -> tuple[str, ...]:
        return self.servers.get(host, (host,))


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def net() -> Iterator[respx.MockRouter]:
    """A network in which nothing exists but what a test puts there: anything else it sends makes it fail."""
    with respx.mock(assert_all_called=False) as router:
        yield router


def at(address: str) -> str:
    """An address with the server in place of its name, which is what goes over the net."""
    url = httpx.URL(address)
    return str(url.copy_with(host=SERVERS[url.host][0]))


def head(net: respx.MockRouter, address: str, status: int, location: str = "") -> respx.Route:
    return net.head(at(address)).mock(return_value=httpx.Response(status, headers={"Location": location} if location else {}))


def get(net: respx.MockRouter, address: str, status: int) -> respx.Route:
    return net.get(at(address)).mock(return_value=httpx.Response(status))


def told(links: Links, address: str = BOOTS) -> tuple[str, str]:
    answer = links.check(address)
    return answer.status, answer.why


# What is there, what is gone ------------------------------------------------------------------------------------------


def test_an_address_that_answers_is_alive_and_only_its_head_was_asked_for(net, world):
    route = head(net, BOOTS, 200)
    answer = world.links().check(BOOTS)
    assert (answer.status, answer.moved, answer.why, answer.looked_up) == ("alive", "", "", "2026-05-04T12:00:00+00:00")
    assert (route.call_count, net.calls.call_count) == (1, 1)


def test_the_connection_goes_to_the_server_that_was_judged_under_the_name_of_the_address(net, world):
    route = head(net, "https://example.org:8443/boots?size=9", 200)
    world.links().check("https://example.org:8443/boots?size=9#laces")
    request = route.calls.last.request
    assert request.headers["Host"] == "example.org:8443"
    assert request.extensions["sni_hostname"] == "example.org"
    assert request.url.raw_path == b"/boots?size=9"


def test_a_request_says_nothing_of_the_one_who_asks_nor_brings_anything_back(net, world, monkeypatch, tmp_path):
    (tmp_path / ".netrc").write_text("machine 93.184.216.34 login ann password s3cret\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    route = net.head(at(BOOTS)).mock(return_value=httpx.Response(200, headers={"Set-Cookie": "who=ann"}))
    links = world.links(mailto="ed@example.org", api_key="s3cret")
    links.check(BOOTS)
    links.check(BOOTS)
    for call in route.calls:
        assert "ed@example.org" not in str(call.request.headers)
        assert not {"Authorization", "Cookie", "Referer"} & set(call.request.headers)


@pytest.mark.parametrize("status", [404, 410])
def test_what_is_not_there_by_head_nor_get_is_dead(net, world, status):
    head(net, BOOTS, status)
    get(net, BOOTS, status)
    assert told(world.links()) == ("dead", f"it answered {status}")


@pytest.mark.parametrize("status", [405, 501, 404, 410])
def test_a_server_that_does_not_know_head_is_asked_for_one_byte(net, world, status):
    head(net, BOOTS, status)
    route = get(net, BOOTS, 206)
    assert told(world.links()) == ("alive", "")
    assert route.calls.last.request.headers["Range"] == "bytes=0-0"


def test_a_page_however_long_is_not_read(net, world):
    def page() -> Iterator[bytes]:
        raise AssertionError("the page was read")
        yield b""

    head(net, BOOTS, 405)
    net.get(at(BOOTS)).mock(side_effect=lambda _: httpx.Response(200, content=page()))
    assert told(world.links()) == ("alive", "")


@pytest.mark.parametrize("status", [400, 401, 403, 429, 451, 500, 503, 304])
def test_any_other_answer_says_nothing_about_the_page(net, world, tmp_path, status):
    head(net, BOOTS, status)
    assert told(world.links(cache=tmp_path)) == ("unchecked", f"it answered {status}")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (httpx.ConnectTimeout("slow"), "it took too long"),
        (httpx.ReadTimeout("slow"), "it took too long"),
        (httpx.ConnectError("certificate verify failed: expired"), "it cannot be reached (certificate verify failed: expired)"),
        (httpx.RemoteProtocolError(""), "it cannot be reached (RemoteProtocolError)"),
    ],
)
def test_what_cannot_be_reached_is_unchecked_with_the_reason_and_not_kept(net, world, tmp_path, error, why):
    net.head(at(BOOTS)).mock(side_effect=error)
    assert told(world.links(cache=tmp_path)) == ("unchecked", why)
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_nobody_knows_is_unchecked(net, monkeypatch):
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert told(Links()) == ("unchecked", "no server of the name example.org is known")


def test_the_systems_own_names_are_judged_by_where_they_lead(net):
    assert told(Links(), "http://localhost:1/")[1].startswith("localhost is at ")
    assert told(Links(), "http://0x7f.1/") == (
        "unchecked",
        "0x7f.1 is at 127.0.0.1, which is no address of the public internet; it was not opened",
    )


def test_another_server_of_the_name_is_tried_where_the_first_cannot_be_reached(net, world):
    net.head("https://93.184.216.36/").mock(side_effect=httpx.ConnectError)
    net.head("https://93.184.216.37/").mock(return_value=httpx.Response(200))
    assert told(world.links(), "https://spread.example/") == ("alive", "")


def test_a_server_that_speaks_the_newer_protocol_alone_is_opened(net, world):
    head(net, "https://six.example/a", 200)
    assert told(world.links(), "https://six.example/a") == ("alive", "")


# Redirects ------------------------------------------------------------------------------------------------------------


def test_where_an_address_moved_for_good_is_told(net, world):
    head(net, "http://example.org/boots", 301, "https://example.org/boots")
    head(net, BOOTS, 308, "//example.net/shoes")
    head(net, "https://example.net/shoes", 302, "/login")
    head(net, "https://example.net/login", 200)
    answer = world.links().check("http://example.org/boots")
    assert (answer.status, answer.moved) == ("alive", "https://example.net/shoes")


def test_a_detour_is_no_move(net, world):
    head(net, BOOTS, 302, "/now")
    head(net, "https://example.org/now", 301, "/then")
    head(net, "https://example.org/then", 200)
    assert world.links().check(BOOTS).moved == ""


def test_a_redirect_to_what_is_gone_is_dead(net, world):
    head(net, BOOTS, 301, "/shoes")
    head(net, "https://example.org/shoes", 404)
    get(net, "https://example.org/shoes", 404)
    answer = world.links().check(BOOTS)
    assert (answer.status, answer.moved) == ("dead", "")


def test_five_redirects_are_followed_and_a_sixth_is_not(net, world):
    for place in range(6):
        head(net, f"https://example.org/{place}", 302, f"/{place + 1}")
    head(net, "https://example.org/6", 200)
    assert told(world.links(), "https://example.org/1") == ("alive", "")
    assert told(world.links(), "https://example.org/0") == ("unchecked", "it redirects more than 5 times")


@pytest.mark.parametrize(
    ("location", "why"),
    [
        ("http://127.0.0.1:8501/", "127.0.0.1 is at 127.0.0.1, which is no address of the public internet"),
        ("http://[::1]/", "::1 is at ::1, which is no"),
        ("http://169.254.169.254/latest/meta-data/", "169.254.169.254, which is no"),
        ("https://inside.example/", "inside.example is at 10.1.2.3, which is no"),
        ("https://two-faced.example/", "two-faced.example is at 127.0.0.1"),
        ("http://2130706433/", "2130706433 is at 127.0.0.1"),
        ("http://[::ffff:192.168.0.1]/", "::ffff:192.168.0.1, which is no"),
        ("http://[fe80::1]/", "fe80::1, which is no"),
        ("file:///etc/passwd", "redirects to an address that was not opened: only http and https"),
        ("http://ann:secret@example.net/", "redirects to an address that was not opened: it holds a user's name or password"),
        ("http://[", "was not opened: it is no web address"),
        ("http://example.net:port/", "Invalid URL in location header"),
    ],
)
def test_no_redirect_leads_out_of_the_public_internet(net, world, location, why):
    head(net, BOOTS, 302, location)
    status, said = told(world.links())
    assert status == "unchecked"
    assert why in said
    assert net.calls.call_count == 1


def test_a_name_that_changes_its_mind_is_judged_at_every_request(net, world):
    head(net, BOOTS, 302, "https://example.org/shoes")
    there = iter([("93.184.216.34",), ("192.168.1.1",)])
    world.lookup = lambda *_: next(there)  # type: ignore[method-assign]
    assert "is at 192.168.1.1" in told(world.links())[1]
    assert net.calls.call_count == 1


# What is never opened -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("http://127.0.0.1/", "no address of the public internet"),
        ("http://localhost/", "no address of the public internet"),
        ("http://inside.example/", "no address of the public internet"),
        ("https://ann:secret@example.org/", "user's name or password"),
        ("https://ann@example.org/", "user's name or password"),
        ("http://example.org\\@127.0.0.1/", "user's name or password"),
        ("ftp://example.org/x", "only http and https"),
        ("javascript:alert(1)", "only http and https"),
        ("example.org/boots", "only http and https"),
        ("http:///boots", "no web address"),
        ("http://exa mple.org/", "no web address"),
        ("http://example.org:99999/", "no web address"),
        ("http://exa\nmple.org/", "no web address"),
        ("http://" + "a" * 70_000, "no web address"),
        ("", "only http and https"),
    ],
)
def test_what_is_no_public_web_address_is_not_opened_and_the_answer_says_why(net, world, address, why):
    status, said = told(world.links(), address)
    assert status == "unchecked"
    assert why in said
    assert net.calls.call_count == 0


def test_a_password_is_not_repeated():
    assert "secret" not in repr(Links(LookupSettings(offline=True)).check("https://ann:secret@example.org/x"))


def test_no_proxy_of_the_surroundings_is_used(net, world, monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://10.0.0.1:3128")
    head(net, BOOTS, 200)
    links = world.links()
    links.check(BOOTS)
    assert not links._http._mounts


# Time and the disk ----------------------------------------------------------------------------------------------------


def test_one_host_is_asked_once_a_second(net, world):
    head(net, BOOTS, 200)
    head(net, "https://example.net/x", 200)
    links = world.links()
    for address in (BOOTS, BOOTS, "https://example.net/x", BOOTS):
        links.check(address)
    assert world.now == 2.0


def test_redirects_that_dawdle_are_given_up_at_the_deadline(net, world):
    def dawdle(_: httpx.Request) -> httpx.Response:
        world.now += 25
        return httpx.Response(302, headers={"Location": "/on"})

    net.head(url__startswith="https://93.184.216.34/").mock(side_effect=dawdle)
    assert told(world.links(deadline=60)) == ("unchecked", "it took too long")
    assert net.calls.call_count == 3


def test_answers_are_kept_alive_ones_for_a_month_and_dead_ones_for_a_week(net, world, tmp_path):
    alive = head(net, BOOTS, 301, "/shoes")
    head(net, "https://example.org/shoes", 200)
    head(net, "https://example.net/gone", 404)
    gone = get(net, "https://example.net/gone", 404)
    for days, asked in ((0, (1, 1)), (6, (1, 1)), (8, (1, 2)), (31, (2, 3))):
        world.now = days * 86400.0
        first, second = (world.links(cache=tmp_path).check(address) for address in (BOOTS, "https://example.net/gone"))
        assert (first.status, first.moved, second.status) == ("alive", "https://example.org/shoes", "dead")
        assert (alive.call_count, gone.call_count) == asked, days
        assert first.kept == (days in (6, 8))


def test_offline_takes_what_is_kept_however_old_and_sends_nothing(net, world, tmp_path):
    head(net, BOOTS, 200)
    world.links(cache=tmp_path).check(BOOTS)
    world.now = 400 * 86400.0
    answer = world.links(cache=tmp_path, offline=True).check(BOOTS)
    assert (answer.status, answer.kept, answer.looked_up[:10]) == ("alive", True, "2026-05-04")
    assert told(world.links(cache=tmp_path, offline=True), "https://example.net/x") == ("unchecked", "offline, and no answer is kept")
    assert net.calls.call_count == 1


@pytest.mark.parametrize(
    "answer", [None, {}, {"code": "200", "moved": ""}, {"code": 200}, {"code": 503, "moved": ""}, {"code": 200, "moved": 7}]
)
def test_a_spoilt_answer_on_the_disk_is_as_good_as_none(net, world, tmp_path, answer):
    Cache(tmp_path).put(f"link {BOOTS}", answer, NOON)
    head(net, BOOTS, 200)
    assert not world.links(cache=tmp_path).check(BOOTS).kept


def test_nothing_of_a_page_but_its_status_is_on_the_disk(net, world, tmp_path):
    net.head(at(BOOTS)).mock(return_value=httpx.Response(200, headers={"Set-Cookie": "x", "Title": "Boots"}))
    world.links(cache=tmp_path).check(BOOTS)
    (file,) = tmp_path.iterdir()
    assert json.loads(file.read_text("utf-8"))["answer"] == {"code": 200, "moved": ""}


# References -----------------------------------------------------------------------------------------------------------


def reference(*values: str) -> Reference:
    return Reference("r", 1, "Boots", 2006, identifiers=tuple(Identifier("url", value, "editor", False) for value in values))


def test_each_address_of_a_reference_is_opened_once_and_joins_what_the_registries_said(net, world):
    head(net, BOOTS, 200)
    with Client(LookupSettings(offline=True)) as client:
        found = resolve(reference(BOOTS, BOOTS, "ftp://example.org/"), client, links=world.links())
    assert [(link.address, link.status) for link in found.links] == [(BOOTS, "alive"), ("ftp://example.org/", "unchecked")]
    assert (found.status, found.is_known) == ("unchecked", True)


def test_addresses_are_left_alone_unless_asked_for(net):
    with Client(LookupSettings(offline=True)) as client:
        assert resolve(reference(BOOTS), client).links == ()


def test_what_is_shown_beforehand_is_what_would_be_opened():
    one = reference(BOOTS, "ftp://example.org/", "https://ann:secret@example.org/")
    assert len(addresses(one)) == 3
    assert openable([one]) == (("r", BOOTS),)


def test_certificates_are_checked(net, world):
    head(net, BOOTS, 200)
    links = world.links()
    links.check(BOOTS)
    context = links._http._transport._pool._ssl_context
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)
