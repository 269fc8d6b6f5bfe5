"""How the search for gaps grows with what a step asks, as ratios against one walk, measured in the same run.

    uv run python benchmarks/gaps.py [--sizes 5 10 20 30 40] [--rounds 3] [--only constructs]

- all: one edge that asks for all of n answers;
- table: n edges of a decision table, each asking for four of n shared answers;
- ranges: one edge that asks for n quantities, each within a band, of which other passages name other points;
- outputs: the same n rows as table, leading to three steps, so that edges can hide, hold or complete one another;
- first: those rows read from the top, each asking that none before it holds.

A floor is what brute force would take: a walk for each combination of answers, as long as there are no more than `FEW` of them.
Printed are medians; `rows` is what was found, `left` how many notes say what was not listed or not checked.

Then each construct of the model (`benchmarks.gap_constructs`) against its plain peer: the same questions, on an edge that asks for all of
them; and what is too much for the search, with the lines in which it says so.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import partial
from itertools import islice, product
from math import prod
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.gap_constructs import CONSTRUCTS, TOO_MUCH, plain_peer, step_with
from edgewise.graph.answers.diagram import TooLarge
from edgewise.graph.answers.partition import Cell, partition
from edgewise.graph.gaps.search import Gaps, find_gaps
from edgewise.graph.model import AllOf, AnyOf, Assertion, Comparison, Criterion, Guideline, Not, Observable, Place, Statement
from edgewise.graph.walking.facts import Facts
from edgewise.graph.walking.walk import walk

FEW = 1024


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


def outputs(size: int) -> Guideline:
    return to_three_steps(table(size))


def first(size: int) -> Guideline:
    """Rows of which the first that fits decides."""
    rows = [edge.when for edge in table(size).transitions.values()]
    asked = [row for row in rows if row is not None]
    before = [Not(f"not-{n}", AnyOf(f"any-{n}", tuple(asked[:n]))) for n in range(len(asked))]
    ordered = [AllOf(f"first-{n}", (row, before[n])) if n else row for n, row in enumerate(asked)]
    return to_three_steps(step_with(questions(size), ordered))


def to_three_steps(guideline: Guideline) -> Guideline:
    edges = guideline.transitions.values()
    ends = list(dict.fromkeys(edge.target for edge in edges))
    led = {edge.id: replace(edge, target=ends[n % 3]) for n, edge in enumerate(edges)}
    return replace(guideline, transitions=led, steps={id: step for id, step in guideline.steps.items() if id not in ends[3:]})


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
    parser.add_argument("--only", choices=("growth", "constructs"), help="one of the two tables")
    options = parser.parse_args()
    if options.only != "constructs":
        growth(options.sizes, options.rounds)
    if options.only != "growth":
        constructs(options.rounds)


def constructs(rounds: int) -> None:
    """What each construct costs beside its plain peer, then what the search gives up at."""
    heads = {"gaps ms": 10, "peer ms": 10, "gaps/peer": 11, "walk ms": 9, "gaps/walk": 11, "rows": 6, "left": 6}
    print(f"\n{'construct':30}" + "".join(f"{head:>{width}}" for head, width in heads.items()))
    for name, guideline in CONSTRUCTS.items():
        peer = plain_peer(guideline)
        found, took, single = find_gaps(guideline), seconds(partial(find_gaps, guideline), rounds), one_walk(guideline, rounds)
        beside = seconds(partial(find_gaps, peer), rounds)
        counts = f"{len(found.rows):>6}{len(found.unchecked):>6}"
        times = f"{took * 1000:>10.1f}{beside * 1000:>10.1f}{took / beside:>11.1f}{single * 1000:>9.2f}{took / single:>11.0f}"
        print(f"{name:30}{times}{counts}", flush=True)
    print("\ntoo much:")
    for name, guideline in TOO_MUCH.items():
        began = time.perf_counter()
        found = find_gaps(guideline)
        took, single = time.perf_counter() - began, one_walk(guideline, rounds)
        print(f"{name}: {took * 1000:.0f} ms, {took / single:.0f} walks, {len(found.rows)} rows; it says:", flush=True)
        for words in found.unchecked:
            print(f"  {words}", flush=True)


def one_walk(guideline: Guideline, rounds: int) -> float:
    """Seconds for the walk of one patient of whom everything is known that can be."""
    facts = {id: cells[0].sample for id in guideline.observables if (cells := known_cells(guideline, id))}
    return seconds(lambda: walk(guideline, facts), rounds)


def known_cells(guideline: Guideline, id: str) -> tuple[Cell, ...]:
    try:
        return partition(guideline, id).cells
    except TooLarge:
        return ()


def growth(sizes: list[int], rounds: int) -> None:
    """How the search grows with what one step asks."""
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
    for name, make in (("all", all_of), ("table", table), ("ranges", ranges), ("outputs", outputs), ("first", first)):
        for size in sizes:
            found, took, single, brute, everybody = measure(make(size), rounds)
            against = f"{brute * 1000:>10.0f}{brute / took:>12.1f}" if brute is not None else f"{'—':>10}{'—':>12}"
            counts = f"{len(found.rows):>6}{len(found.unchecked):>6}"
            print(
                f"{name:8}{size:>5}{everybody:>12.1e}{took * 1000:>10.1f}{single * 1000:>9.2f}{took / single:>11.0f}{against}{counts}",
                flush=True,
            )
    print(f"— : brute force stops here, with more than {FEW} patients to walk.")


if __name__ == "__main__":
    main()
