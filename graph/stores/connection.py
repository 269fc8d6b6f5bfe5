"""Talking to a SPARQL server over HTTP: patient with what passes, bounded in time and size, and never taken in by half an answer.

Everything that is sent may be sent twice: a question changes nothing, and a graph that is put or deleted a second time is the same.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from typing import Any

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type, wait_exponential

from edgewise.graph.reading.problems import shorten
from edgewise.graph.stores.endpoints import PASSWORD, TOKEN, USER, Endpoints
from edgewise.graph.stores.errors import StoreError, refuse

_LARGEST = 256 * 1024 * 1024  # bytes of an answer
_ATTEMPTS = 5
_CONNECT = 10.0  # seconds
_PASSING = frozenset({429, 502, 503, 504})
_CUT_STATES = frozenset({"S1TAT", "S1T00"})  # by which Virtuoso says, with status 200, that time ran out


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer, with what its headers say."""

    body: bytes
    headers: Mapping[str, str]


class _Passing(Exception):
    """A failure that may pass."""


class Connection:
    """Requests to one server; may be shared by threads.

    Args:
        endpoints: its addresses and the credentials.
        seconds: for one request with all its repetitions, where the caller names no other time.
    """

    def __init__(self, endpoints: Endpoints, *, seconds: float = 60.0) -> None:
        self.endpoints, self.seconds = endpoints, seconds
        self._http: httpx.Client | None = None

    def ask(self, query: str, accept: str, seconds: float | None = None) -> Answer:
        """Put a question, as a form: Virtuoso waits for ever after any other body.

        Raises:
            StoreError: there is no answer, or half of one.
        """
        form = {"query": query, "union-default-graph": "true"}
        answer = self._insist("POST", self.endpoints.query, {"Accept": accept}, seconds, data=form)
        if answer.headers.get("x-sql-state", "") in _CUT_STATES:
            raise self.cut_off()
        return answer

    def put(self, graph: str, triples: bytes) -> None:
        """Put a graph in the place of what has its name.

        Raises:
            StoreError: the server does not take it.
        """
        self._insist(
            "PUT", self.endpoints.data, {"Content-Type": "text/turtle; charset=utf-8"}, None, params={"graph": graph}, content=triples
        )

    def delete(self, graph: str) -> None:
        """Delete a graph; one that is gone already is deleted.

        Raises:
            StoreError: the server does not let it go.
        """
        self._insist("DELETE", self.endpoints.data, {}, None, params={"graph": graph}, gone=True)

    def cut_off(self) -> StoreError:
        """That only a part of an answer came."""
        repair = "ask for less, or let the server take more time"
        return refuse("cut-off", "the server broke its answer off, although it called it complete", repair, self.endpoints.url)

    def close(self) -> None:
        """Close the connections."""
        if self._http is not None:
            self._http.close()
            self._http = None

    def _insist(
        self, method: str, address: str, headers: dict[str, str], seconds: float | None, *, gone: bool = False, **body: Any
    ) -> Answer:
        """Send until there is an answer, a failure that will not pass, or no time left."""
        until = time.monotonic() + (seconds or self.seconds)

        def over(state: RetryCallState) -> bool:
            return state.attempt_number >= _ATTEMPTS or time.monotonic() + state.upcoming_sleep > until

        retrying = Retrying(
            retry=retry_if_exception_type(_Passing), wait=wait_exponential(multiplier=0.1, max=5.0), stop=over, reraise=True
        )
        try:
            return retrying(self._once, method, address, headers, until, gone=gone, **body)
        except _Passing as error:
            repair = "check that it runs, and that its URL is right; what was being written may be written again"
            raise refuse("unreachable", str(error), repair, self.endpoints.url) from None

    def _once(self, method: str, address: str, headers: dict[str, str], until: float, *, gone: bool, **body: Any) -> Answer:
        left = until - time.monotonic()
        if left <= 0:
            raise _Passing("the server took too long")
        timeout = httpx.Timeout(left, connect=min(_CONNECT, left))
        try:
            with self._client().stream(method, address, headers=headers, timeout=timeout, **body) as response:
                answer = Answer(self._body(response, until), response.headers)
                self._judge(response, answer, gone=gone)
                return answer
        except httpx.TimeoutException:
            raise _Passing("the server took too long") from None
        except httpx.TransportError as error:
            raise _Passing(f"the server cannot be reached ({type(error).__name__})") from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise refuse(
                "unreachable", f"the server cannot be asked ({type(error).__name__})", "check its URL", self.endpoints.url
            ) from None

    def _client(self) -> httpx.Client:
        if self._http is None:
            headers = {"User-Agent": "edgewise/0.1", "Accept-Encoding": "identity"}
            self._http = httpx.Client(headers=headers, auth=_Credentials(self.endpoints), follow_redirects=False)
        return self._http

    def _body(self, response: httpx.Response, until: float) -> bytes:
        """All of an answer, which may neither be endless nor come for ever."""
        parts, size = [], 0
        for part in response.iter_bytes():
            parts.append(part)
            size += len(part)
            if size > _LARGEST:
                raise refuse("too-large", "the server's answer is larger than anybody reads", "ask for less", self.endpoints.url)
            if time.monotonic() > until:
                raise _Passing("the server took too long")
        return b"".join(parts)

    def _judge(self, response: httpx.Response, answer: Answer, *, gone: bool) -> None:
        status = response.status_code
        if response.is_success or (gone and status in (404, 410)):
            return
        if status in _PASSING:
            raise _Passing(f"the server answered {status}")
        if status in (401, 403):
            repair = f"set {USER} and {PASSWORD}, or {TOKEN}, to those of somebody who may"
            raise refuse("forbidden", f"the server lets nobody do this without its leave ({status})", repair, self.endpoints.url)
        said = shorten(" ".join(answer.body[:2_000].decode("utf-8", "replace").split()), 200)
        where = response.headers.get("Location", "") if response.has_redirect_location else ""
        message = f"the server answered {status}{f', and points to {shorten(where)}' if where else ''}{f': {said}' if said else ''}"
        raise refuse("refused", message, "check the URL and what the server allows", self.endpoints.url)


class _Credentials(httpx.Auth):
    """Credentials as the server asks for them: a token, else user and password in the way that its refusal names."""

    def __init__(self, endpoints: Endpoints) -> None:
        self._endpoints = endpoints

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Send a request, and once more with credentials if they are asked for."""
        if self._endpoints.token:
            request.headers["Authorization"] = f"Bearer {self._endpoints.token}"
        response = yield request
        if response.status_code != 401 or not self._endpoints.user:
            return
        user, password = self._endpoints.user, self._endpoints.password
        if not response.headers.get("WWW-Authenticate", "").lower().startswith("digest"):
            yield next(httpx.BasicAuth(user, password).auth_flow(request))
            return
        digest = httpx.DigestAuth(user, password).auth_flow(request)
        next(digest)
        yield digest.send(response)
