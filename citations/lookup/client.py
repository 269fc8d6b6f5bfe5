"""Asking a registry: beside `edgewise.citations.lookup.web_links` the one file that sends anything, and only when it is called.

Polite (who asks, how often, how long to wait when told to), bounded (time, size, attempts, the registry's own host) and honest:
a question that could not be put raises `Failure`, and is never kept as if it had been answered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar, Unpack

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type, wait_exponential

from edgewise.citations.lookup import untrusted_xml
from edgewise.citations.lookup.connections import Connected, Times
from edgewise.citations.lookup.registries import PUBMED_WITH_KEY, Ask, RegistryServer
from edgewise.citations.lookup.request_rate import Pace, retry_after
from edgewise.citations.lookup.settings import LookupSettings
from edgewise.citations.lookup.untrusted_json import Unreadable, parse
from edgewise.citations.lookup.works import Registry

T = TypeVar("T")
_REDIRECTS = 3
_RESTS_AFTER = 2  # failures in a row, after which a registry is left alone for a while
_REST = 60.0  # seconds


class Failure(Exception):
    """A question that could not be put, or whose answer cannot be used; the message says why."""


class _Passing(Failure):
    """A failure that may pass; `wait` is how long the registry asks to wait."""

    def __init__(self, why: str, wait: float | None = None) -> None:
        super().__init__(why)
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Reply(Generic[T]):
    """What a registry answered: None where it has no such thing; when; and whether from the disk."""

    value: T | None
    at: datetime
    kept: bool = False


class Client(Connected):
    """Puts questions to registries. Share one: it holds the pace and the connections. Close it, or use it in a ``with``.

    Args:
        settings: who asks, and the bounds.
        clock, sleep, now: time, for tests to replace.
    """

    def __init__(self, settings: LookupSettings | None = None, **times: Unpack[Times]) -> None:
        super().__init__(settings, **times)
        self._failed: dict[Registry, tuple[int, float]] = {}

    def ask(self, ask: Ask, read: Callable[[Mapping[str, Any]], T]) -> Reply[T]:
        """Put a question, or take the answer kept on disk while it is young enough (offline: however old it is).

        Args:
            ask: the question.
            read: makes the answer into what is wanted; raises Unreadable.

        Raises:
            Failure: it could not be asked or answered.
        """
        kept = self._cache.get(ask.address) if self._cache else None
        if kept and (self.settings.offline or self._is_young(kept, found=kept.answer is not None)):
            try:
                return Reply(read(kept.answer) if kept.answer is not None else None, kept.at, kept=True)
            except Unreadable:
                pass  # kept by an older version, or touched: as good as not kept
        if self.settings.offline:
            raise Failure("offline, and no answer is kept")
        answer = self._insist(ask)
        try:
            value = read(answer) if answer is not None else None
        except Unreadable as error:
            raise Failure(str(error)) from None
        at = self._now()
        if self._cache:
            self._cache.put(ask.address, dict(answer) if answer is not None else None, at)
        return Reply(value, at)

    def _insist(self, ask: Ask) -> Mapping[str, Any] | None:
        """Ask until there is an answer, a failure that will not pass, or no time left."""
        registry = ask.place.registry
        self._refuse_while_resting(registry)
        started = self._clock()
        retrying = Retrying(
            retry=retry_if_exception_type(_Passing),
            wait=_wait,
            stop=lambda state: self._is_over(state, started),
            sleep=self._sleep,
            reraise=True,
        )
        try:
            answer = retrying(self._once, ask, started + self.settings.deadline)
        except _Passing:
            self._failed[registry] = (self._failed.get(registry, (0, 0.0))[0] + 1, self._clock())
            raise
        self._failed.pop(registry, None)
        return answer

    def _refuse_while_resting(self, registry: Registry) -> None:
        times, last = self._failed.get(registry, (0, 0.0))
        if times >= _RESTS_AFTER and self._clock() - last < _REST:
            raise Failure(f"not asked: {registry} failed {times} times in a row")

    def _is_over(self, state: RetryCallState, started: float) -> bool:
        spent = self._clock() - started
        return state.attempt_number >= self.settings.attempts or spent + state.upcoming_sleep > self.settings.deadline

    def _once(self, ask: Ask, deadline: float) -> Mapping[str, Any] | None:
        self._pace_of(ask.place).wait()
        try:
            return self._follow(ask, deadline)
        except httpx.TimeoutException:
            raise _Passing(f"{ask.place.registry} took too long") from None
        except httpx.TransportError as error:
            raise _Passing(f"{ask.place.registry} cannot be reached ({type(error).__name__})") from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise Failure(f"{ask.place.registry} cannot be asked ({type(error).__name__})") from None

    def _follow(self, ask: Ask, deadline: float) -> Mapping[str, Any] | None:
        url = httpx.URL(ask.place.base + ask.path)
        for _ in range(_REDIRECTS + 1):
            with self._send(ask, url, deadline) as response:
                if not response.has_redirect_location:
                    return self._answer(ask, response, deadline)
                url = _same_host(ask.place, response)
        raise Failure(f"{ask.place.registry} redirects in circles")

    def _send(self, ask: Ask, url: httpx.URL, deadline: float) -> Any:
        """One request, as a stream. NCBI's goes as a form: an API key must not be in an address, which gets logged."""
        if self._http is None:
            self._http = httpx.Client(headers=self.settings.headers(), follow_redirects=False)
        left = max(0.001, min(self.settings.timeout, deadline - self._clock()))
        fields = [*ask.fields, *self.settings.who(ask.place.registry)]
        if ask.place.registry == "pubmed":
            return self._http.stream("POST", url, data=dict(fields), timeout=left)
        return self._http.stream("GET", url, params=dict(fields) or None, timeout=left)

    def _answer(self, ask: Ask, response: httpx.Response, deadline: float) -> Mapping[str, Any] | None:
        registry, status = ask.place.registry, response.status_code
        self._pace_of(ask.place).heed(response.headers)
        if status == httpx.codes.TOO_MANY_REQUESTS or status >= 500:
            raise _Passing(f"{registry} answered {status}", retry_after(response.headers.get("Retry-After", ""), self._now()))
        if status == httpx.codes.NOT_FOUND and registry == "crossref" and "html" not in response.headers.get("Content-Type", ""):
            return None
        if status != httpx.codes.OK:
            raise Failure(f"{registry} answered {status}")
        try:
            return (untrusted_xml.parse if ask.form == "xml" else parse)(self._body(registry, response, deadline))
        except Unreadable as error:
            raise Failure(f"{registry}: {error}") from None

    def _body(self, registry: Registry, response: httpx.Response, deadline: float) -> bytes:
        """The content, while it is neither too large nor too slow; compressed content could be anything, and was not asked for."""
        if response.headers.get("Content-Encoding", "identity") != "identity":
            raise Failure(f"{registry} sent compressed content unasked")
        held = bytearray()
        for part in response.iter_bytes():
            held += part
            if len(held) > self.settings.largest:
                raise Failure(f"the answer of {registry} is larger than {self.settings.largest:,} bytes")
            if self._clock() > deadline:
                raise _Passing(f"{registry} took too long")
        return bytes(held)

    def _pace_of(self, place: RegistryServer) -> Pace:
        rate = PUBMED_WITH_KEY if place.registry == "pubmed" and self.settings.api_key else place.per_second
        return self._pace(place.registry, rate)


_BACK_OFF = wait_exponential(multiplier=0.5, max=8)


def _wait(state: RetryCallState) -> float:
    """Twice as long each time, and never shorter than the registry asks."""
    error = state.outcome.exception() if state.outcome else None
    asked = error.wait if isinstance(error, _Passing) else None
    return max(_BACK_OFF(state), asked or 0.0)


def _same_host(place: RegistryServer, response: httpx.Response) -> httpx.URL:
    base = httpx.URL(place.base)
    try:
        target = response.url.join(response.headers["Location"])
    except (httpx.InvalidURL, ValueError):
        raise Failure(f"{place.registry} redirects to no address") from None
    if (target.scheme, target.host, target.port) != (base.scheme, base.host, base.port):
        raise Failure(f"{place.registry} redirects to another host; it was not followed")
    return target
