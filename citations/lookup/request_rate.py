"""How fast a registry may be asked, and how long to wait when it says so."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from threading import Lock

SLOWEST = 60.0  # seconds between requests: a header that asks for more is taken for a mistake
Clock = Callable[[], float]
Sleep = Callable[[float], None]


class Pace:
    """Spaces requests to one registry evenly; safe between threads.

    >>> waits: list[float] = []
    >>> pace = Pace(2.0, clock=lambda: 100.0, sleep=waits.append)
    >>> pace.wait(); pace.wait(); waits
    [0.5]
    """

    def __init__(self, per_second: float, *, clock: Clock, sleep: Sleep) -> None:
        self._gap = 1.0 / per_second
        self._clock, self._sleep = clock, sleep
        self._next = 0.0
        self._lock = Lock()

    def wait(self) -> None:
        """Sleep until the next request is due."""
        with self._lock:
            now = self._clock()
            due = max(self._next, now)
            self._next = due + self._gap
        if due > now:
            self._sleep(due - now)

    def heed(self, headers: Mapping[str, str]) -> None:
        """Take on the limit that an answer's headers state: Crossref's ``X-Rate-Limit-Limit: 50`` with
        ``X-Rate-Limit-Interval: 1s``, NCBI's ``X-RateLimit-Limit: 3``, which is by the second.

        >>> pace = Pace(2.0, clock=lambda: 0.0, sleep=print)
        >>> pace.heed({"X-Rate-Limit-Limit": "1", "X-Rate-Limit-Interval": "4s"}); pace.wait(); pace.wait()
        4.0
        """
        limit = _number(headers.get("X-Rate-Limit-Limit", "") or headers.get("X-RateLimit-Limit", ""))
        interval = _number(headers.get("X-Rate-Limit-Interval", "1s"))
        if limit and interval and interval / limit <= SLOWEST:
            with self._lock:
                self._gap = interval / limit


def retry_after(value: str, now: datetime) -> float | None:
    """Seconds to wait by a ``Retry-After`` header, given in seconds or as a date; None where it says nothing usable.

    >>> noon = datetime(2026, 1, 1, 12, tzinfo=UTC)
    >>> retry_after("7", noon), retry_after("Thu, 01 Jan 2026 12:00:30 GMT", noon), retry_after("soon", noon)
    (7.0, 30.0, None)
    """
    if re.fullmatch(r"\d{1,9}", value.strip(), re.ASCII):
        return float(value)
    try:
        when = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError):
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (when - now).total_seconds())


def _number(value: str) -> float | None:
    found = re.fullmatch(r"(\d{1,6}(?:\.\d{1,3})?)\s*s?", value.strip(), re.ASCII)
    return float(found[1]) or None if found else None
