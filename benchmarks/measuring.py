"""How benchmarks measure: peers take turns in one run, so that whatever else the machine does hits both; medians; ratios.

Where it is fair, what is measured is the processors' time of this process and of those that it has waited for, which others on a busy
machine lengthen less than the clock's.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
Made = TypeVar("Made")
SIZES = (1, 10, 100, 1_000)
LARGE = 10_000


@dataclass(frozen=True, slots=True)
class Row:
    """One line of what was seen.

    Attributes:
        what: was measured.
        size: how many guidelines the library had; of a single large one, how many steps.
        ours, peer: medians, in `unit`.
        unit: of both.
        against: what the peer is.
        promised: the most that the ratio may be; 0 where nothing is promised of this line.
    """

    what: str
    size: int
    ours: float
    peer: float
    unit: str
    against: str
    promised: float = 0.0

    @property
    def ratio(self) -> float:
        """How many times the peer."""
        return self.ours / self.peer

    @property
    def kept(self) -> bool:
        """Whether it is as promised; what is not promised is."""
        return not self.promised or self.ratio <= self.promised

    def __str__(self) -> str:
        promise = f"  promised {self.promised:g}: {'kept' if self.kept else 'NOT KEPT'}" if self.promised else ""
        seen = f"{figure(self.ours)} {self.unit} to {figure(self.peer)} {self.unit} ({self.against})"
        return f"{self.what:48} {self.size:6}  {seen:60}  ratio {self.ratio:.2f}{promise}"


def figure(value: float) -> str:
    """A number with three digits that count.

    >>> figure(0.01234), figure(3.14159), figure(1234.5)
    ('0.0123', '3.14', '1234')
    """
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def clock(work: Callable[[], object]) -> float:
    """Seconds that some work takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def processor(work: Callable[[], object]) -> float:
    """Seconds of the processors that some work takes, in this process and those that it waits for."""
    begun = spent()
    work()
    return spent() - begun


def spent() -> float:
    """Seconds of the processors that this process and those that it waited for have had."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def in_turns(works: Mapping[Key, Callable[[], Made]], rounds: int, measure: Callable[[Callable[[], Made]], float]) -> dict[Key, float]:
    """The median of each work; one round is one turn of each, and a first one that warms up is not counted."""
    seen: dict[Key, list[float]] = {key: [] for key in works}
    for number in range(rounds + 1):
        for key, work in works.items():
            took = measure(work)
            if number:
                seen[key].append(took)
    return {key: median(times) for key, times in seen.items()}


def arguments(described: str | None, rounds: int, more: Callable[[argparse.ArgumentParser], object] = lambda _: None) -> argparse.Namespace:
    """The options that all of these commands have."""
    parser = argparse.ArgumentParser(description=described, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=rounds, help=f"turns of each ({rounds})")
    parser.add_argument("--sizes", type=int, nargs="+", default=[*SIZES], help="guidelines in the library (1 10 100 1000)")
    parser.add_argument("--large", action="store_true", help="10,000 guidelines as well")
    parser.add_argument("--json", action="store_true", help="a line of JSON for each line")
    more(parser)
    found = parser.parse_args()
    found.sizes = sorted({*found.sizes, *([LARGE] if found.large else [])})
    return found


def tell(rows: Iterable[Row], options: argparse.Namespace) -> None:
    """Print what was seen, as it comes."""
    for row in rows:
        print(json.dumps(asdict(row)) if options.json else row, flush=True)


def grown(what: str, seen: Mapping[int, float], unit: str, promised: float, *, at: int = LARGE) -> Sequence[Row]:
    """How something grows with the library: each size against the smallest; the promise is of one size, and of those beyond."""
    base = min(seen)
    return [Row(what, size, took, seen[base], unit, f"of {base}", promised if size >= at else 0.0) for size, took in seen.items()]


if __name__ == "__main__":
    sys.exit("a module that benchmarks share")
