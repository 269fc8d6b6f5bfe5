"""How the search for gaps grows with what a step asks, as ratios against one walk, measured in the same run.

    uv run python benchmarks/gaps.py [--sizes 5 10 20 30 40] [--rounds 3]

- all: one edge that asks for all of n answers;
- table: n edges of a decision table, each asking for four of n shared answers;
- ranges: one edge that asks for n quantities, each within a band, of which other passages name other points.

A floor is what brute force would take: a walk for each combination of answers, as long as there are no more than `FEW` of them.
Printed are medians; `rows` is what was found, `left` how many notes say what was not listed or not checked.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import islice, product
from math import prod
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1]))

from edgewise.graph.answers.partition import partition
from edgewise.graph.gaps.search import Gaps, find_gaps
from edgewise.graph.model import AllOf, Assertion, Comparison, Criterion, Guideline, Not, Observable, Place, Statement, Step, Transition
from edgewise.graph.walking.facts import Facts
from edgewise.graph.walking.walk import walk

FEW = 1024


def step_with(observables: list[Observable], edges: list[Criterion], statements: dict[str, Statement] | None = None) -> Guideline:
    """A guideline of one step that asks, with an end behind each edge."""
    ends = [Step(f"end-{n}", "Endpoint", f"End {n}", "", "p", endpoint="discharge") for n in range(len(edges))]
    start = Step("start", "Presentation", "Start", "", "p")
    ways = [Transition(f"t{n}", "start", f"end-{n}", f"way {n}", "source", when=when) for n, when in enumerate(edges)]
    return Guideline(
        "g", "urn:g", "", "", "", "", "", "", "", "",
        steps={one.id: one for one in (start, *ends)}, observables={one.id: one for one in observables},
        transitions={one.id: one for one in ways}, statements=statements or {},
    )  # fmt: skip


def questions(size: int) -> list[Observable]:
    return [Observable(f"q{n}", f"Question {n}", "?", "yes-no") for n in range(size)]


def answer(n: int, wanted: bool) -> Criterion:
    yes = Comparison(f"c{n}", f"q{n}", answer="yes")
    return yes if wanted else Not(f"n{n}", yes)


def all_of(size: int) -> Guideline:
    return step_with(questions(size), [AllOf("all", tuple(answer(n, True) for n in range(size)))])


def table(size: int) -> Guideline:
    """Edge i asks for answers i to i + 3, the first yes and the others by the bits of i."""
    rows = [AllOf(f"row-{i}", tuple(answer((i + k) % size, not k or bool(i >> k & 1)) for k in range(4))) for i in range(size)]
    return step_with(questions(size), list(rows))


def ranges(size: int) -> Guideline:
    asked = [Observable(f"q{n}", f"Quantity {n}", "?", "quantity", unit="%", minimum=Decimal(0), maximum=Decimal(100)) for n in range(size)]
    bands = [Comparison(f"c{n}", f"q{n}", bounds=(("≥", Decimal(20)), ("≤", Decimal(80))), unit="%") for n in range(size)]
    said = {}
    for n in range(size):
        other = Comparison(f"a{n}", f"q{n}", bounds=((">", Decimal(90)),), unit="%")
        said[f"s{n}"] = Statement(f"s{n}", "criterion", "", Place("p"), "", asserts=(Assertion("end-0", other),))
    return step_with(asked, [AllOf("all", tuple(bands))], said)


def seconds(work: Callable[[], object], rounds: int) -> float:
    def once() -> float:
        began = time.perf_counter()
        work()
        return time.perf_counter() - began

    return median(once() for _ in range(rounds))


def patients(guideline: Guideline) -> Iterator[Facts]:
    cells = {id: partition(guideline, id).cells for id in guideline.observables}
    for chosen in product(*cells.values()):
        yield {id: cell.sample for id, cell in zip(cells, chosen, strict=True)}


def measure(guideline: Guideline, rounds: int) -> tuple[Gaps, float, float, float | None, int]:
    """What was found, then seconds for it, for one walk, and for a walk of everybody, and how many everybody is."""
    everybody = prod(len(partition(guideline, id).cells) for id in guideline.observables)
    one = next(patients(guideline))
    found = find_gaps(guideline)
    took = seconds(lambda: find_gaps(guideline), rounds)
    single = seconds(lambda: walk(guideline, one), rounds)
    brute = seconds(lambda: [walk(guideline, facts) for facts in islice(patients(guideline), FEW)], 1) if everybody <= FEW else None
    return found, took, single, brute, everybody


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[5, 10, 20, 30, 40])
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    heads = {
        "asks": 5,
        "patients": 12,
        "gaps ms": 10,
        "walk ms": 9,
        "gaps/walk": 11,
        "brute ms": 10,
        "brute/gaps": 12,
        "rows": 6,
        "left": 6,
    }
    print(f"{'step':8}" + "".join(f"{head:>{width}}" for head, width in heads.items()))
    for name, make in (("all", all_of), ("table", table), ("ranges", ranges)):
        for size in options.sizes:
            found, took, single, brute, everybody = measure(make(size), options.rounds)
            against = f"{brute * 1000:>10.0f}{brute / took:>12.1f}" if brute is not None else f"{'—':>10}{'—':>12}"
            counts = f"{len(found.rows):>6}{len(found.unchecked):>6}"
            print(
                f"{name:8}{size:>5}{everybody:>12.1e}{took * 1000:>10.1f}{single * 1000:>9.2f}{took / single:>11.0f}{against}{counts}",
                flush=True,
            )
    print(f"— : brute force stops here, with more than {FEW} patients to walk.")


if __name__ == "__main__":
    main()
