"""Whether the web addresses that references give still lead anywhere: opened only when somebody asks for it.

Addresses come out of guidelines and redirects out of strangers' servers; neither may reach into the reader's own network. So at every
hop: http and https only, no names or passwords, public servers alone. A name is looked up once and the connection goes to the very server
that was judged, since a name may change its mind in between; for the same reason no proxy is used.
Of a page nothing is kept but its status. Only 404 and 410 say that it is gone: whatever else fails says nothing about it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Literal, Unpack

import httpx

from edgewise.citations.lookup.answer_cache import KeptAnswer
from edgewise.citations.lookup.client import Failure
from edgewise.citations.lookup.connections import Connected, Times
from edgewise.citations.lookup.destinations import is_public, servers, target
from edgewise.citations.lookup.settings import AGENT, LookupSettings
from edgewise.citations.lookup.time_limit import limited
from edgewise.citations.lookup.works import LinkAnswer, LinkStatus
from edgewise.graph.model import Reference

Lookup = Callable[[str, int], Sequence[str]]
Method = Literal["HEAD", "GET"]
_HEADERS = {"User-Agent": AGENT, "Accept": "*/*", "Accept-Encoding": "identity"}  # a mail address is no business of strangers
_REDIRECTS = 5
_TRIES = 3  # servers of one name
_PER_SECOND = 1.0  # requests to one host
_GONE = (httpx.codes.NOT_FOUND, httpx.codes.GONE)
_ASK_WITH_GET = (httpx.codes.METHOD_NOT_ALLOWED, httpx.codes.NOT_IMPLEMENTED, *_GONE)  # some servers know HEAD badly, and call it gone
_FOR_GOOD = (httpx.codes.MOVED_PERMANENTLY, httpx.codes.PERMANENT_REDIRECT)
_WHO = re.compile(r"(?<=//)[^/?#]*@")


def addresses(reference: Reference) -> tuple[str, ...]:
    """The web addresses that a reference gives, each once, as written.

    >>> from edgewise.graph.model import Identifier
    >>> addresses(Reference("r", 1, "T", 2006, identifiers=(Identifier("url", "https://example.org/x", "source", True),)))
    ('https://example.org/x',)
    """
    return tuple(dict.fromkeys(held.value for held in reference.identifiers if held.scheme == "url"))


def openable(references: Iterable[Reference]) -> tuple[tuple[str, str], ...]:
    """What checking the links of references opens first, with the id of the reference: what is shown beforehand. Opens nothing."""
    return tuple((one.id, str(target(address))) for one in references for address in addresses(one) if _is_openable(address))


class Links(Connected):
    """Opens web addresses, or takes what is kept of them. Close it, or use it in a ``with``.

    Args:
        settings: the bounds; the mail address and the key in them are not sent.
        clock, sleep, now: time, for tests to replace.
        lookup: the servers of a name and port, for tests to replace.
    """

    def __init__(self, settings: LookupSettings | None = None, *, lookup: Lookup | None = None, **times: Unpack[Times]) -> None:
        super().__init__(settings, **times)
        self._lookup = lookup or servers

    def check(self, address: str) -> LinkAnswer:
        """Whether an address leads anywhere. Failures are answers too: ``unchecked``, with the reason, and never kept.

        >>> with Links(LookupSettings(offline=True)) as links:
        ...     links.check("https://example.org/x").why, links.check("http://ann:secret@example.org").address
        ('offline, and no answer is kept', 'http://example.org')
        """
        shown = _WHO.sub("", address)
        try:
            url = target(address)
            return self._kept(shown, url) or self._asked(shown, url)
        except Failure as failure:
            return LinkAnswer(shown, "unchecked", why=str(failure))

    def _kept(self, shown: str, url: httpx.URL) -> LinkAnswer | None:
        """What the disk has, while it is young enough (offline: however old it is)."""
        kept = self._cache.get(_question(url)) if self._cache else None
        answer = _read(shown, kept) if kept else None
        if answer is None or kept is None or self.settings.offline:
            return answer
        return answer if self._is_young(kept, found=answer.status == "alive") else None

    def _asked(self, shown: str, url: httpx.URL) -> LinkAnswer:
        if self.settings.offline:
            raise Failure("offline, and no answer is kept")
        code, moved = self._follow(url, self._clock() + self.settings.deadline)
        status, at = _status(code), self._now()
        if status == "unchecked":
            raise Failure(f"it answered {code}")
        if self._cache:
            self._cache.put(_question(url), {"code": code, "moved": moved}, at)
        return _told(shown, code, moved, at)

    def _follow(self, url: httpx.URL, deadline: float) -> tuple[int, str]:
        """The status where an address ends, and where it moved to for good, if it did."""
        moved, for_good = "", True
        for _ in range(_REDIRECTS + 1):
            response = self._open(url, deadline)
            if not response.has_redirect_location:
                return response.status_code, moved
            url = _next(url, response)
            for_good = for_good and response.status_code in _FOR_GOOD
            moved = str(url) if for_good else moved
        raise Failure(f"it redirects more than {_REDIRECTS} times")

    def _open(self, url: httpx.URL, deadline: float) -> httpx.Response:
        response = self._send("HEAD", url, deadline)
        return self._send("GET", url, deadline) if response.status_code in _ASK_WITH_GET else response

    def _send(self, method: Method, url: httpx.URL, deadline: float) -> httpx.Response:
        judged = self._public(url)
        self._pace(url.host, _PER_SECOND).wait()
        try:
            return self._first(method, url, judged, deadline)
        except httpx.TimeoutException:
            raise Failure("it took too long") from None
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            if self._clock() >= deadline:
                raise Failure("it took too long") from None
            raise Failure(f"it cannot be reached ({str(error)[:100] or type(error).__name__})") from None

    def _first(self, method: Method, url: httpx.URL, known: Sequence[str], deadline: float) -> httpx.Response:
        """The answer of the first server of a name that can be reached at all."""
        *others, last = known[:_TRIES]
        for server in others:
            try:
                return self._once(method, url, server, deadline)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue
        return self._once(method, url, last, deadline)

    def _public(self, url: httpx.URL) -> Sequence[str]:
        """The servers behind an address; one that is not public spoils them all."""
        found = self._lookup(url.raw_host.decode("ascii"), url.port or (443 if url.scheme == "https" else 80))
        for server in found:
            if not is_public(server):
                raise Failure(f"{url.host} is at {server}, which is no address of the public internet; it was not opened")
        if not found:
            raise Failure(f"no server of the name {url.host} is known")
        return found

    def _once(self, method: Method, url: httpx.URL, server: str, deadline: float) -> httpx.Response:
        """One request to one server, under the name that the address gives; only the head of the answer is read."""
        left = deadline - self._clock()
        if left <= 0:
            raise Failure("it took too long")
        if self._http is None:  # nothing of the surroundings but their certificates: no proxy, no .netrc
            limits = httpx.Limits(max_keepalive_connections=0)  # two names of one server must not share a connection
            self._http = httpx.Client(trust_env=False, verify=httpx.create_ssl_context(), limits=limits)
        self._http.cookies.clear()
        headers = {**_HEADERS, "Host": url.netloc.decode("ascii")} | ({"Range": "bytes=0-0"} if method == "GET" else {})
        name = url.raw_host.decode("ascii").rstrip(".")
        with limited(left) as trace:
            extras = {"sni_hostname": name, "trace": trace}
            timeout = min(self.settings.timeout, left)
            request = self._http.build_request(method, url.copy_with(host=server), headers=headers, timeout=timeout, extensions=extras)
            response = self._http.send(request, stream=True, follow_redirects=False)
            response.close()
        return response


def _is_openable(address: str) -> bool:
    try:
        target(address)
    except Failure:
        return False
    return True


def _next(url: httpx.URL, response: httpx.Response) -> httpx.URL:
    try:
        return target(str(url.join(response.headers["Location"])))
    except (httpx.InvalidURL, ValueError):
        raise Failure("it redirects to no web address") from None
    except Failure as failure:
        raise Failure(f"it redirects to an address that was not opened: {failure}") from None


def _question(url: httpx.URL) -> str:
    """What the disk knows an address by; no question to a registry reads like it."""
    return f"link {url}"


def _status(code: int) -> LinkStatus:
    return "alive" if 200 <= code < 300 else "dead" if code in _GONE else "unchecked"


def _read(shown: str, kept: KeptAnswer) -> LinkAnswer | None:
    """A kept answer; None where it is spoilt, which is as good as not kept."""
    held = kept.answer or {}
    code, moved = held.get("code"), held.get("moved")
    if not isinstance(code, int) or not isinstance(moved, str) or _status(code) == "unchecked":
        return None
    return _told(shown, code, moved, kept.at, kept=True)


def _told(shown: str, code: int, moved: str, at: datetime, *, kept: bool = False) -> LinkAnswer:
    status = _status(code)
    when = at.astimezone(UTC).isoformat(timespec="seconds")
    if status == "dead":
        return LinkAnswer(shown, status, why=f"it answered {code}", looked_up=when, kept=kept)
    return LinkAnswer(shown, status, moved=moved, looked_up=when, kept=kept)
