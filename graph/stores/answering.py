"""Questions in SPARQL answered in a process of their own, which can be stopped: a running query of pyoxigraph cannot be interrupted.

`python -m edgewise.graph.stores.answering` reads one order from standard input and writes one answer. The process sees the library
read-only; it is killed after its time, and gets no more memory than it may have.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from edgewise.graph.stores.errors import refuse
from edgewise.graph.stores.read_only import question
from edgewise.graph.stores.results import Limits, Result, read_result

_MODULE = "edgewise.graph.stores.answering"
_START = 5.0  # seconds until a process stands, on a busy machine
_ALARM = int(getattr(signal, "SIGALRM", 0)) or 14
_REFUSED = 3  # its exit code where the engine takes the question for none


def answer(text: str, limits: Limits, library: Mapping[str, Any], where: str) -> Result:
    """The answer to a question.

    Args:
        text: SELECT, ASK, CONSTRUCT or DESCRIBE.
        limits: what it may cost.
        library: how the process finds the triples: as `edgewise.graph.stores.datasets.dataset` takes it.
        where: the library's URL, for messages.

    Raises:
        StoreError: it asks for something else, or for more time or memory than there is.
    """
    judged = question(text)
    order = {"text": judged.text, **asdict(limits), **library}
    command = [sys.executable, "-m", _MODULE]
    try:
        done = subprocess.run(  # noqa: S603  # our own program
            command, input=json.dumps(order).encode(), capture_output=True, timeout=limits.seconds + _START, check=False, env=_environment()
        )
    except subprocess.TimeoutExpired:
        raise _too_long(limits, where) from None
    if done.returncode == _REFUSED:
        raise refuse("query", f"the question cannot be answered: {done.stderr.decode('utf-8', 'replace')}", "check it", where)
    try:
        if done.returncode:
            raise ValueError
        return read_result(done.stdout)
    except ValueError:
        if done.returncode == -_ALARM:
            raise _too_long(limits, where) from None
        repair = "ask for less, for example with fewer variables and a LIMIT"
        raise refuse("query-cost", f"the question needs more than {limits.megabytes:,} MB of memory", repair, where) from None


def _too_long(limits: Limits, where: str) -> Exception:
    repair = "ask for less, for example with a LIMIT, or allow more time"
    return refuse("query-cost", f"the question takes longer than {limits.seconds:g} seconds and was stopped", repair, where)


def _environment() -> dict[str, str]:
    """Where this process finds its modules, the other one does."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


def _main() -> int:
    order = json.load(sys.stdin)
    _bound(order["seconds"], order["megabytes"])
    try:
        found = _answered(order)
    except SyntaxError as error:
        sys.stderr.write(str(error))
        return _REFUSED
    json.dump(found.to_json(), sys.stdout)
    return 0


def _bound(seconds: float, megabytes: int) -> None:
    """No more time and memory than that, where the system can be told; elsewhere whoever started the process ends it after its time."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (megabytes * 1024 * 1024,) * 2)
        signal.setitimer(signal.ITIMER_REAL, seconds)  # it ends the process, whatever that is doing
    except (ImportError, ValueError, OSError):  # Windows, or a lower limit is in force
        return


def _answered(order: Mapping[str, Any]) -> Result:
    from edgewise.graph.stores.datasets import dataset
    from edgewise.graph.stores.rows import rows_of

    found = dataset(order).query(order["text"], use_default_graph_as_union=True)
    return rows_of(found, order["rows"])


if __name__ == "__main__":
    raise SystemExit(_main())
