"""What whoever asks over HTTP needs: connections opened when needed and closed at the end, a pace for each host, kept answers, and time."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Self, TypedDict

import httpx

from edgewise.citations.lookup.answer_cache import Cache, KeptAnswer
from edgewise.citations.lookup.request_rate import Clock, Pace, Sleep
from edgewise.citations.lookup.settings import LookupSettings

_NO_FOR = timedelta(days=7)  # how long "there is no such thing" is kept at most


class Times(TypedDict, total=False):
    """Time, for tests to replace."""

    clock: Clock
    sleep: Sleep
    now: Callable[[], datetime]


class Connected:
    """Asks within a ``with`` block; `_http` is opened by whoever asks first.

    Args:
        settings: who asks, and the bounds.
        clock, sleep, now: time, for tests to replace.

    >>> with Connected() as connected:
    ...     connected.close()
    """

    def __init__(
        self,
        settings: LookupSettings | None = None,
        *,
        clock: Clock = time.monotonic,
        sleep: Sleep = time.sleep,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.settings = settings or LookupSettings()
        self._clock, self._sleep, self._now = clock, sleep, now
        self._cache = Cache(self.settings.cache) if self.settings.cache else None
        self._paces: dict[str, Pace] = {}
        self._http: httpx.Client | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections; asking again opens new ones."""
        if self._http is not None:
            self._http.close()
            self._http = None

    def _pace(self, host: str, per_second: float) -> Pace:
        return self._paces.setdefault(host, Pace(per_second, clock=self._clock, sleep=self._sleep))

    def _is_young(self, kept: KeptAnswer, *, found: bool) -> bool:
        limit = self.settings.max_age if found else min(self.settings.max_age, _NO_FOR)
        return timedelta(0) <= self._now() - kept.at <= limit
