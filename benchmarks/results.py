"""Run what measures what was promised, and write down what was seen beside what was promised.

    uv run python benchmarks/results.py [--large] [--rounds N]

Rewrites `benchmarks/RESULTS.md`, and `benchmarks/results.json`, from which it is written: what is not run this time keeps what was seen of
it last, with its day. Without `--large` libraries have up to 1,000 guidelines. A promise that is not kept is told as such.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from measuring import Row, figure

HERE = Path(__file__).parent
RESULTS, HELD = HERE / "RESULTS.md", HERE / "results.json"
LOADING, LARGE = "library_loading.py", "large.py"
COMMANDS = {
    "library_opening.py": "One guideline opened to its first canvas",
    "library_page.py": "Library page to its first cards",
    "library_search.py": "Search",
    "library_memory.py": "Memory",
    "library_evidence.py": "Evidence of one edge",
    LOADING: "Loading, validated",
    LARGE: "Large pathways: layout and first paint",
    "page.py": "First canvas and click",
    "components.py": "The same pathway clicked in other components",
}
LIBRARIES = ("pyoxigraph", "rdflib", "pyshacl", "tantivy", "streamlit", "networkx", "PyYAML")
HOW = """Ratios against a floor or a peer measured in turns in the same run; medians. Milliseconds are of this machine at that hour and mean
nothing elsewhere. Guidelines are made up by `benchmarks/made_guidelines.py`; how libraries of thousands are made of them in minutes says
`benchmarks/made_libraries.py`."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one command told.

    Attributes:
        options: that it was given.
        day: on which it ran.
        busy: processes that wanted the processors when it began.
        machine: of which kind, and which versions of libraries.
        rows: what was seen.
    """

    options: str
    day: str
    busy: int
    machine: str
    rows: list[Row]


def measured(command: str, options: Sequence[str]) -> Run:
    """The lines that a command tells."""
    day, busy = f"{datetime.now(UTC):%d %B %Y}", round(os.getloadavg()[0])
    done = subprocess.run([sys.executable, str(HERE / command), "--json", *options], stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        print(f"{command} ended with {done.returncode}; what it told until then stands", file=sys.stderr)
    rows = [Row(**json.loads(line)) for line in done.stdout.splitlines() if line.startswith("{")]
    return Run(" ".join(options), day, busy, _machine(), rows)


def held() -> dict[str, Run]:
    """What was seen of each command last."""
    if not HELD.exists():
        return {}
    found = json.loads(HELD.read_text("utf-8"))
    return {name: Run(**{**run, "rows": [Row(**row) for row in run["rows"]]}) for name, run in found.items() if name in COMMANDS}


def keep(found: Mapping[str, Run]) -> None:
    """Write both files."""
    in_order = {name: found[name] for name in COMMANDS if name in found}
    HELD.write_text(json.dumps({name: asdict(run) for name, run in in_order.items()}, indent=1) + "\n", encoding="utf-8")
    RESULTS.write_text(report(in_order), encoding="utf-8")


def report(found: Mapping[str, Run]) -> str:
    """The page."""
    return "\n".join(
        (
            "# What was promised, and what was seen",
            "",
            "Written by `benchmarks/results.py`.",
            HOW,
            "",
            *(line for command, run in found.items() for line in _table(command, run)),
            *(f"{what}: never measured (`benchmarks/{command}`)." for command, what in COMMANDS.items() if command not in found),
            "",
        )
    )


def _machine() -> str:
    known = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return f"{os.cpu_count()} processors ({platform.machine()}, {platform.system()}); Python {platform.python_version()}, {known}"


def _table(command: str, run: Run) -> Iterator[str]:
    yield f"## {COMMANDS[command]}"
    yield ""
    yield f"`{f'benchmarks/{command} {run.options}'.strip()}`, {run.day}, {run.busy} other processes at work. {run.machine}."
    yield ""
    if not run.rows:
        yield "Nothing was measured: the command failed."
    else:
        yield f"| what | {'steps' if command == LARGE else 'guidelines'} | ours | beside | ratio | promised | |"
        yield "|---|---:|---:|---|---:|---:|---|"
        yield from map(_line, run.rows)
    yield ""


def _line(row: Row) -> str:
    promised = f"≤ {row.promised:.2f}".rstrip("0").rstrip(".") if row.promised else ""
    kept = ("kept" if row.kept else "**not kept**") if row.promised else ""
    ours, peer = (f"{figure(value)} {row.unit}" for value in (row.ours, row.peer))
    return f"| {row.what} | {row.size:,} | {ours} | {peer} ({row.against}) | {row.ratio:.2f} | {promised} | {kept} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--large", action="store_true", help="10,000 guidelines as well")
    parser.add_argument("--rounds", type=int, help="turns of each, instead of each command's own number")
    parser.add_argument("--only", nargs="+", choices=COMMANDS, default=[*COMMANDS], help="these commands alone")
    parser.add_argument("--count", type=int, default=1_000, help="guidelines that are loaded (1000)")
    wanted = parser.parse_args()
    options = [*(["--large"] if wanted.large else []), *(["--rounds", str(wanted.rounds)] if wanted.rounds else [])]
    for command in wanted.only:
        run = measured(command, [*options, *(["--count", str(wanted.count)] if command == LOADING else [])])
        print(*run.rows, sep="\n", flush=True)
        keep({**held(), command: run})


if __name__ == "__main__":
    main()
