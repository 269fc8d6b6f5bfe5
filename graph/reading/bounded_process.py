"""Work in a process of its own, with a bound on time and memory: what cannot be interrupted, or may crash, ends there and nowhere else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import dataclass

_START = 5.0  # seconds until a process stands, on a busy machine
_ALARM = int(getattr(signal, "SIGALRM", 0)) or 14


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a process ended.

    Attributes:
        code: its exit code.
        out: what it wrote to standard output.
        error: what it wrote to standard error.
        out_of_time: whether it was stopped because its time was up.
    """

    code: int
    out: bytes = b""
    error: str = ""
    out_of_time: bool = False


def run_bounded(module: str, order: bytes, seconds: float, *arguments: str) -> Outcome:
    """Run one of our own modules on what it is to read from standard input; it calls `bound` before anything else.

    >>> run_bounded("edgewise.nowhere", b"", 30).code
    1
    """
    command = [sys.executable, "-m", module, *arguments]
    try:
        done = subprocess.run(  # noqa: S603  # our own program
            command, input=order, capture_output=True, timeout=seconds + _START, check=False, env=_environment()
        )
    except subprocess.TimeoutExpired:
        return Outcome(-_ALARM, out_of_time=True)
    return Outcome(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"), out_of_time=done.returncode == -_ALARM)


def _environment() -> dict[str, str]:
    """Where this process finds its modules, the other one does."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


def bound(seconds: float, megabytes: int) -> None:
    """No more time and memory than that, where the system can be told; elsewhere whoever started the process ends it after its time."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (megabytes * 1024 * 1024,) * 2)
        signal.setitimer(signal.ITIMER_REAL, seconds)  # it ends the process, whatever that is doing
    except (ImportError, ValueError, OSError):  # Windows, or a lower limit is in force
        return
