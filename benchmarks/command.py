"""How quick the command is, as ratios against what it cannot do without, measured in the same run.

    uv run python benchmarks/command.py [--rounds 9]

- help: `edgewise --help`, against importing typer;
- walk, why, evidence, show: of a guideline that was judged before, against importing rdflib and networkx, of which none is needed then;
- check: of a guideline never judged before, against importing rdflib and pySHACL and one bare `pyshacl.validate` of the same data, read,
  typed and held beside the shapes as usual, by the shapes without their queries;
- again: validating once more in the same process, all included, against the same bare `pyshacl.validate`.

The cache folder is found as by any user, and modules are compiled once, as Python does unless PYTHONDONTWRITEBYTECODE forbids it.
Peers take turns, so that whatever else the machine does hits both. Printed are medians, their ratio, and what is promised.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median

ID = "sacroiliac-sclerosis"
COMMANDS = {
    "help": ["--help"],
    "walk": ["walk", ID],
    "why": ["why", ID, "si-joint-fusion"],
    "evidence": ["evidence", ID, "cooled-rfa"],
    "show": ["show", ID],
    "check": ["check", ID],
}
PEERS = {
    "help": ["-c", "import typer"],
    "compiled": ["-c", "import rdflib, networkx"],
    "load": ["-c", "import rdflib, pyshacl"],
}
PROMISED = {"help": 1.4, "walk": 1.0, "why": 1.0, "evidence": 1.0, "show": 1.0, "check": 1.5, "again": 1.3}


def seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def run(arguments: list[str], cache: Path) -> float:
    environment = {name: value for name, value in os.environ.items() if name not in ("EDGEWISE_CACHE", "PYTHONDONTWRITEBYTECODE")}
    environment["XDG_CACHE_HOME"] = str(cache)
    return seconds(lambda: subprocess.run([sys.executable, *arguments], check=True, capture_output=True, env=environment))


def in_process() -> tuple[Callable[[], object], Callable[[], object]]:
    """Validation as it is done, and a bare one of the same data by plain graphs."""
    from pyshacl import validate as bare
    from rdflib import Graph
    from rdflib.namespace import SH

    from edgewise.graph.reading.complaints import shapes
    from edgewise.graph.reading.read import read
    from edgewise.graph.reading.validate import _with_types, validate
    from edgewise.graph.shelf import find

    source = read(find(ID))
    data, core = Graph(), Graph()
    for triple in _with_types(source):
        data.add(triple)
    for triple in shapes():
        if triple[1] != SH.sparql:
            core.add(triple)
    return lambda: validate(source), lambda: bare(data, shacl_graph=core, inference="none", inplace=True)


def measured(rounds: int) -> Mapping[str, tuple[float, float]]:
    """Work → our median and the peer's, in seconds."""
    ours: dict[str, list[float]] = {name: [] for name in PROMISED}
    peers: dict[str, list[float]] = {name: [] for name in (*PEERS, "bare")}
    again, bare = in_process()
    for work in (again, bare):
        work()
    with tempfile.TemporaryDirectory() as folder:
        warm = Path(folder, "warm")
        for name in COMMANDS:  # the first run of all compiles modules and judges the guideline
            run(["-m", "edgewise", *COMMANDS[name]], warm)
        for number in range(rounds):
            for name, arguments in PEERS.items():
                peers[name].append(run(arguments, warm))
            for name, arguments in COMMANDS.items():
                ours[name].append(run(["-m", "edgewise", *arguments], Path(folder, str(number)) if name == "check" else warm))
            ours["again"].append(seconds(again))
            peers["bare"].append(seconds(bare))
    peer = {name: median(times) for name, times in peers.items()}
    against = {"help": peer["help"], "check": peer["load"] + peer["bare"], "again": peer["bare"]}
    return {name: (median(times), against.get(name, peer["compiled"])) for name, times in ours.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=9, help="runs of each (9)")
    arguments = parser.parse_args()
    print(f"{'work':10}{'ours':>10}{'peer':>10}{'seen':>8}{'promise':>10}")
    for name, (own, peer) in measured(arguments.rounds).items():
        kept = "" if own / peer <= PROMISED[name] else "  missed"
        print(f"{name:10}{own * 1000:7.0f} ms{peer * 1000:7.0f} ms{own / peer:8.2f}{PROMISED[name]:10.1f}{kept}")


if __name__ == "__main__":
    main()
