"""How quickly two versions of a guideline are told apart, and the proof that nobody is left out.

    uv run python benchmarks/comparing.py                      how long it takes, as ratios
    uv run python benchmarks/comparing.py --pairs 300          random pairs against brute force over `walk()`
    uv run python benchmarks/comparing.py --mutants 200        seeded mutants of the shipped guidelines against the same
    uv run python benchmarks/comparing.py --unrelated 100      pairs that have nothing to do with one another
    uv run python benchmarks/comparing.py --choices 300        random pairs with alternatives, of which one is chosen otherwise
    uv run python benchmarks/comparing.py --chosen 200         seeded mutants of the shipped guidelines, given alternatives

Time is that of each guideline against itself with one threshold, or one answer, moved: against one walk of one patient, and against loading
the guideline with nothing kept. Brute force walks everybody through both, or, where that would be more than 400, 300 people taken by chance
and 30 more like those of each group. Exit code 1 if anybody is told wrongly.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1]))

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from edgewise.graph.comparing.alignment import Alignment
from edgewise.graph.comparing.comparison import compare
from edgewise.graph.comparing.groups import Group
from edgewise.graph.comparing.patients import patients
from edgewise.graph.library import find, load
from edgewise.graph.model import Guideline
from edgewise.graph.reading.projection import guideline as projected
from edgewise.graph.reading.read import read_text
from edgewise.graph.walking.walk import walk
from tests.graph.compared_by_hand import ByHand, TooMany
from tests.graph.mutated import (
    CHANGES,
    CHOOSING,
    aligned,
    move_a_bound,
    mutant,
    renamed,
    reordered,
    turn_an_answer,
    with_a_choice,
    with_other_ids,
)
from tests.graph.small_guidelines import guidelines, with_sets

SHIPPED = ("sacroiliac-sclerosis", "ottawa-ankle", "pulmonary-embolism")
_LIKE = 30  # people like the example of each group


def seconds(work: Callable[[], object], rounds: int) -> float:
    def once() -> float:
        began = time.process_time()
        work()
        return time.process_time() - began

    return median(once() for _ in range(rounds))


def fresh(guideline: Guideline) -> Guideline:
    """The same guideline, of which nothing is remembered."""
    from dataclasses import replace

    return replace(guideline)


def measure(rounds: int) -> None:
    print(f"{'guideline':22}{'groups':>7}{'compare ms':>12}{'÷ one walk':>12}{'÷ read':>9}")
    for name in SHIPPED:
        guideline = load(name).guideline
        other = move_a_bound(guideline, Random(3)) or turn_an_answer(guideline, Random(3)) or guideline
        found = compare(guideline, other)
        took = seconds(lambda one=guideline, two=other: compare(fresh(one), fresh(two)), rounds)  # type: ignore[misc]
        facts = next((group.example_a for group in found.groups), {})
        one = seconds(lambda held=guideline, known=facts: walk(held, known), rounds)  # type: ignore[misc]
        text = find(name).read_text(encoding="utf-8")
        reading = seconds(lambda held=text: projected((source := read_text(held, "g.yaml", "yaml")).graph, source.iri), rounds)  # type: ignore[misc]
        print(f"{name:22}{len(found.groups):>7}{took * 1000:>12.0f}{took / one:>12.0f}{took / reading:>9.1f}", flush=True)


# Proof ------------------------------------------------------------------------------------------------------------------


def walked(alignment: Alignment, groups: Sequence[Group], count: Counter[str], chance: Random | None) -> ByHand | None:
    """People walked through both guidelines, those like the example of each group among them; None where they would be too many."""
    like = [group.example_a for group in groups for _ in range(_LIKE)]
    try:
        hand = ByHand(alignment, chance, beside=like)
    except TooMany:
        count["too many to walk"] += 1
        return None
    count.update({"pairs": 1, "walks": 2 * len(hand.walks), "groups": len(groups)})
    count["groups without an example"] += sum(not group.shown for group in groups)
    return hand


def judged(one: Guideline, other: Guideline, count: Counter[str], chance: Random | None = None) -> None:
    """Compare two guidelines and walk people through both."""
    alignment = aligned(one, other)
    found = patients(alignment)
    hand = walked(alignment, found.groups, count, chance)
    if hand is None:
        return
    wrong = hand.disagreeing(found.groups)
    if found.unchecked:
        wrong = set() if not any(hand.in_group(group) - hand.parted() for group in found.groups if not group.chosen) else wrong
        count["told that something was not compared"] += 1
    turned = all(hand.turned(key, group) for group in found.groups if not group.chosen for key in hand.in_group(group))
    count["pairs that part"] += bool(found.groups)
    count["PAIRS TOLD WRONGLY"] += bool(wrong) or not turned


def judged_choices(one: Guideline, other: Guideline, count: Counter[str], chance: Random | None = None) -> None:
    """Compare what two guidelines say of which step to choose, and walk people through both."""
    alignment = aligned(one, other)
    found = patients(alignment)
    hand = walked(alignment, found.preferences, count, chance)
    if hand is None:
        return
    count["told that something was not compared"] += bool(found.unchecked)
    count.update({"pairs that prefer otherwise": bool(found.preferences), "patients told otherwise": hand.preferring_otherwise})
    count["PAIRS TOLD WRONGLY"] += not found.unchecked and bool(hand.misjudged_choices(found.preferences))


def harmless(guideline: Guideline, chance: Random, count: Counter[str]) -> None:
    """No difference where only order, ids and words are otherwise."""
    for other in (reordered(guideline, chance), renamed(guideline), with_other_ids(guideline)):
        found = compare(guideline, other)
        count["reordered and renamed"] += 1
        count["OF THEM TOLD WRONGLY"] += not found.same_care or bool(found.of_weight("pathway", "evidence"))


def pairs(many: int, number: int, *, unrelated: bool) -> Counter[str]:
    count: Counter[str] = Counter()

    @seed(number)
    @settings(max_examples=many, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(guidelines(), guidelines(most=60) if unrelated else st.none(), st.integers(0, 10**6), st.integers(1, 4), st.booleans())
    def judge(one: Guideline, other: Guideline | None, chance: int, changes: int, plain: bool) -> None:
        judged(one, other or mutant(one, Random(chance), changes), count)
        if plain and not unrelated:
            harmless(one, Random(chance), count)

    judge()
    return count


def mutants(many: int, number: int) -> Counter[str]:
    count: Counter[str] = Counter()
    chance = Random(number)
    for at in range(many):
        guideline = load(SHIPPED[at % len(SHIPPED)]).guideline
        judged(guideline, mutant(guideline, chance, chance.choice([1, 1, 2])), count, chance)
    for name in SHIPPED:
        harmless(load(name).guideline, chance, count)
    return count


def choices(many: int, number: int) -> Counter[str]:
    count: Counter[str] = Counter()

    @seed(number)
    @settings(max_examples=many, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(guidelines(most=100).flatmap(with_sets), st.integers(0, 10**6), st.integers(1, 3), st.booleans())
    def judge(one: Guideline, chance: int, changes: int, plain: bool) -> None:
        one = with_a_choice(one, Random(chance))
        kinds = CHOOSING if plain else (*CHANGES, *CHOOSING)
        judged_choices(one, mutant(one, Random(chance), changes, kinds), count)
        if plain:
            harmless(one, Random(chance), count)

    judge()
    return count


def chosen(many: int, number: int) -> Counter[str]:
    count: Counter[str] = Counter()
    chance = Random(number)
    for at in range(many):
        guideline = with_a_choice(with_a_choice(load(SHIPPED[at % len(SHIPPED)]).guideline, chance), chance)
        judged_choices(guideline, mutant(guideline, chance, chance.choice([1, 2, 3]), CHOOSING), count, chance)
        if at < len(SHIPPED):
            harmless(guideline, chance, count)
    return count


def main() -> int:
    """Print what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    for name in ("pairs", "unrelated", "mutants", "choices", "chosen"):
        parser.add_argument(f"--{name}", type=int, default=0)
    options = parser.parse_args()
    counts = {}
    if options.pairs:
        counts["pairs"] = pairs(options.pairs, options.seed, unrelated=False)
    if options.unrelated:
        counts["unrelated"] = pairs(options.unrelated, options.seed, unrelated=True)
    if options.mutants:
        counts["mutants"] = mutants(options.mutants, options.seed)
    if options.choices:
        counts["choices"] = choices(options.choices, options.seed)
    if options.chosen:
        counts["chosen"] = chosen(options.chosen, options.seed)
    for name, count in counts.items():
        print(f"{name}: " + ", ".join(f"{what} {held}" for what, held in count.items()), flush=True)
    if not counts:
        measure(options.rounds)
    return int(any(count["PAIRS TOLD WRONGLY"] or count["OF THEM TOLD WRONGLY"] for count in counts.values()))


if __name__ == "__main__":
    raise SystemExit(main())
