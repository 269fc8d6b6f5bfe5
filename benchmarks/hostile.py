"""How reading a reference list grows with the list, hostile ones among them, as ratios within one run.

    uv run python benchmarks/hostile.py [--size 1000000] [--rounds 3]

`÷ quarter` is the time that a text takes over a fourth of what a quarter of it takes: 1 is linear, 4 quadratic. Tests bound the steps
of the interpreter (`tests/work.py`); this sees what regular expressions and the parsers' own loops do besides. `÷ plain` is
the time over that of a list of ordinary entries as long.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1]))

from edgewise.citations.formats.files import FORMATS

ENTRY = '@article{{k{n}, author = {{Doe, Ann and M{{\\"u}}ller, J{{\\o}}rn}}, title = {{T {n}}}, journal = {{J}}, year = 2006}}\n'
TEXTS: dict[str, tuple[str, Callable[[int], str]]] = {
    "plain": ("bibtex", lambda size: "".join(ENTRY.format(n=n) for n in range(size // 110))),
    "spaces among authors": ("bibtex", lambda size: "@article{a, author={" + " " * size + "x}, title={T}, year=2006}"),
    "spaces after a type": ("bibtex", lambda size: "@a" + " " * size),
    "at signs": ("bibtex", lambda size: "@" * size),
    "beginnings": ("bibtex", lambda size: "@a{" * (size // 3)),
    "beginnings on lines": ("bibtex", lambda size: "@a{b,\n" * (size // 6)),
    "strings": ("bibtex", lambda size: "".join(f'@string{{s{n}="x"}}\n' for n in range(size // 18))),
    "formulas": ("bibtex", lambda size: ("@article{a, title={" + "$a " * 60_000 + "}, year=2006}\n") * (size // 180_000 or 1)),
    "commands": ("bibtex", lambda size: ("@article{a, title={" + "\\foo " * 30_000 + "}, year=2006}\n") * (size // 150_000 or 1)),
    "ris without tags": ("ris", lambda size: "TY  - JOUR\n" + "x\n" * (size // 2)),
    "ris entries": ("ris", lambda size: "TY  - JOUR\nID  - a\nTI  - T\nPY  - 2006\nER  - \n" * (size // 46)),
    "ris lines of ours": (
        "ris",
        lambda size: "TY  - JOUR\nTI  - T\nPY  - 2006\nN1  - edgewise addition a" + " = ; stated by" * (size // 14),
    ),
    "json markup": ("csl-json", lambda size: '[{"title": "' + "<i " * (size // 3) + '", "issued": {"date-parts": [[2006]]}}]'),
    "json braces": ("csl-json", lambda size: "{" * 1_000 + " " * size),
}


def taken(format: str, text: str, rounds: int) -> float:
    """Median CPU seconds."""
    times = []
    for _ in range(rounds):
        began = time.process_time()
        FORMATS[format].read(text, "list")
        times.append(time.process_time() - began)
    return median(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=1_000_000, help="characters")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    plain = taken("bibtex", TEXTS["plain"][1](options.size), options.rounds)
    print(f"{'text':24} {'÷ quarter':>10} {'÷ plain':>8}")
    for name, (format, text) in TEXTS.items():
        whole = taken(format, text(options.size), options.rounds)
        quarter = taken(format, text(options.size // 4), options.rounds)
        print(f"{name:24} {whole / 4 / max(quarter, 1e-4):10.2f} {whole / plain:8.2f}")


if __name__ == "__main__":
    main()
