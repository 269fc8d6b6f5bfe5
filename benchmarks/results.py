"""Run what measures libraries, and write down what was seen beside what was promised.

    uv run python benchmarks/results.py [--large] [--rounds N]

Rewrites `benchmarks/RESULTS.md`. Without `--large` libraries have up to 1,000 guidelines, and of what is promised at 10,000 the table says
that it was not measured. A promise that is not kept is told as such.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from measuring import Row, figure

HERE = Path(__file__).parent
RESULTS = HERE / "RESULTS.md"
LOADING = "library_loading.py"
COMMANDS = {
    "library_opening.py": "One guideline opened to its first canvas",
    "library_page.py": "Library page to its first cards",
    "library_search.py": "Search",
    "library_memory.py": "Memory",
    "library_evidence.py": "Evidence of one edge",
    LOADING: "Loading, validated",
}
LIBRARIES = ("pyoxigraph", "rdflib", "pyshacl", "tantivy", "streamlit", "networkx", "PyYAML")
ELSEWHERE = """Layout and first paint of large pathways: `benchmarks/large.py`. First canvas and click, against Streamlit:
`benchmarks/page.py`, `benchmarks/rerun.py`. The same pathway clicked in streamlit-agraph and
st-link-analysis: `benchmarks/components.py`."""
HOW = """Ratios against a floor or a peer measured in turns in the same run; medians. Milliseconds are of this machine at that hour and mean
nothing elsewhere. Guidelines are made up by `benchmarks/made_guidelines.py`; how libraries of thousands are made of them in minutes says
`benchmarks/made_libraries.py`."""


def measured(command: str, options: Sequence[str]) -> list[Row]:
    """The lines that a command tells."""
    done = subprocess.run([sys.executable, str(HERE / command), "--json", *options], stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        print(f"{command} ended with {done.returncode}; what it told until then stands", file=sys.stderr)
    return [Row(**json.loads(line)) for line in done.stdout.splitlines() if line.startswith("{")]


def report(found: Mapping[str, Iterable[Row]], options: Sequence[str]) -> str:
    """The page."""
    return "\n".join(
        (
            "# What was promised of libraries, and what was seen",
            "",
            f"Written by `benchmarks/results.py {' '.join(options)}`.".replace(" `.", "`."),
            HOW,
            "",
            *_machine(),
            "",
            *(line for command, rows in found.items() for line in _table(command, list(rows))),
            *(f"{what}: not measured in this run (`benchmarks/{command}`)." for command, what in COMMANDS.items() if command not in found),
            ELSEWHERE,
            "",
        )
    )


def _machine() -> Iterator[str]:
    cores, busy = os.cpu_count(), os.getloadavg()[0]
    known = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    kind = f"{cores} processors ({platform.machine()}, {platform.system()})"
    yield f"{datetime.now(UTC):%d %B %Y}; {kind}, {busy:.0f} processes wanting them;"
    yield f"Python {platform.python_version()}, {known}."


def _table(command: str, rows: list[Row]) -> Iterator[str]:
    yield f"## {COMMANDS[command]}"
    yield ""
    yield f"`benchmarks/{command}`"
    yield ""
    if not rows:
        yield "Nothing was measured: the command failed."
    else:
        yield "| what | guidelines | ours | beside | ratio | promised | |"
        yield "|---|---:|---:|---|---:|---:|---|"
        yield from map(_line, rows)
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
    found: dict[str, list[Row]] = {}
    for command in wanted.only:
        found[command] = measured(command, [*options, *(["--count", str(wanted.count)] if command == LOADING else [])])
        print(*found[command], sep="\n", flush=True)
        RESULTS.write_text(report(found, options), encoding="utf-8")


if __name__ == "__main__":
    main()
