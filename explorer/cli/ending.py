"""That a process ends when it is told to, whatever else goes wrong in it."""

from __future__ import annotations

import os
import select
import signal
import threading
from typing import NoReturn

_GRACE = 10.0
"""Seconds for an orderly end: connections are closed, and what readers had asked for is sent."""
_ENDING = frozenset(int(getattr(signal, name)) for name in ("SIGINT", "SIGTERM", "SIGQUIT") if hasattr(signal, name))


def end_when_told(grace: float = _GRACE) -> None:
    """See to it that SIGINT, SIGTERM and SIGQUIT end this process: after `grace` seconds at the latest, and at once when told again.

    It changes no handler. Whoever has one may end in good order; but a server waits for every reader who has stopped listening, and an
    error in the handler is told in a log and the signal forgotten. To be called in the main thread. Where the loop that runs wants to hear
    of signals itself, as on Windows, nothing is added to its own ending.
    """
    heard, told = os.pipe()
    os.set_blocking(told, False)
    signal.set_wakeup_fd(told, warn_on_full_buffer=False)
    threading.Thread(target=_listen, args=(heard, grace), daemon=True).start()


def _listen(heard: int, grace: float) -> None:
    while (first := os.read(heard, 1)) and first[0] not in _ENDING:
        pass
    if first:
        again, _, _ = select.select([heard], [], [], grace)
        _end(os.read(heard, 1)[0] if again else first[0])


def _end(number: int) -> NoReturn:
    """As shells report a signal. Nothing is tidied up: that is what did not come to an end."""
    os._exit(128 + number)
