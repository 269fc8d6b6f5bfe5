"""Whoever asks over HTTP opens connections when they are needed, and closes them when the work is done."""

from __future__ import annotations

from typing import Self

import httpx


class Connected:
    """Holds the connections of a ``with`` block; `_http` is opened by whoever asks first.

    >>> with Connected() as connected:
    ...     connected.close()
    """

    _http: httpx.Client | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections; asking again opens new ones."""
        if self._http is not None:
            self._http.close()
            self._http = None
