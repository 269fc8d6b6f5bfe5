"""Questions in SPARQL answered in a process of their own, which can be stopped: a running query of pyoxigraph cannot be interrupted.

`python -m edgewise.graph.stores.answering` reads one order from standard input and writes one answer. The process sees the library
read-only; it is killed after its time, and gets no more memory than it may have.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from edgewise.graph.reading.bounded_process import bound, run_bounded
from edgewise.graph.stores.errors import refuse
from edgewise.graph.stores.read_only import question
from edgewise.graph.stores.results import Limits, Result, read_result

_MODULE = "edgewise.graph.stores.answering"
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
    done = run_bounded(_MODULE, json.dumps(order).encode(), limits.seconds)
    if done.out_of_time:
        raise _too_long(limits, where)
    if done.code == _REFUSED:
        raise refuse("query", f"the question cannot be answered: {done.error}", "check it", where)
    try:
        if done.code:
            raise ValueError
        return read_result(done.out)
    except ValueError:
        repair = "ask for less, for example with fewer variables and a LIMIT"
        raise refuse("query-cost", f"the question needs more than {limits.megabytes:,} MB of memory", repair, where) from None


def _too_long(limits: Limits, where: str) -> Exception:
    repair = "ask for less, for example with a LIMIT, or allow more time"
    return refuse("query-cost", f"the question takes longer than {limits.seconds:g} seconds and was stopped", repair, where)


def _main() -> int:
    order = json.load(sys.stdin)
    bound(order["seconds"], order["megabytes"])
    try:
        found = _answered(order)
    except SyntaxError as error:
        sys.stderr.write(str(error))
        return _REFUSED
    json.dump(found.to_json(), sys.stdout)
    return 0


def _answered(order: Mapping[str, Any]) -> Result:
    from edgewise.graph.stores.datasets import dataset
    from edgewise.graph.stores.rows import rows_of

    found = dataset(order).query(order["text"], use_default_graph_as_union=True)
    return rows_of(found, order["rows"])


if __name__ == "__main__":
    raise SystemExit(_main())
