"""How often the sentences that carry a claim stand among the nearest: ours against plain BM25 on the same sentences, in one run.

usage: python benchmarks/passages.py FOLDER [--claims NAME] [--misses]

FOLDER holds a set in the format of SciFact: `corpus.jsonl` (doc_id, title, abstract as a list of sentences) and `claims_dev.jsonl` (claim,
evidence: by document, sets of sentences, each of which carries the claim). Plain BM25 is Okapi's formula (k1 1.2, b 0.75) over words in
small letters; how rare a word is, it takes from the sentences of the abstract alone, and again from all of the corpus: the promise is held
against the better. Exit 1 if ours is not above it at 3 and at 5, 2 if the set cannot be read.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))

from edgewise.citations.passages.ranking import rank  # noqa: E402

CUTS = (3, 5)
K1, B = 1.2, 0.75
Weigh = Callable[[str], float]


class Case(NamedTuple):
    """A claim beside one abstract: its sentences, and the sets of them of which each carries the claim."""

    claim: str
    title: str
    sentences: list[str]
    gold: list[frozenset[int]]


class Recall(NamedTuple):
    """How many of the gold sentences stand among the nearest, and of how many claims a whole set does; both as shares."""

    sentences: float
    claims: float


def words(text: str) -> list[str]:
    """Words as plain BM25 knows them."""
    return re.findall(r"\w+", text.lower())


def rarity(sentences: Iterable[str]) -> Weigh:
    """How much a word weighs, by how many of the sentences hold it."""
    held = [set(words(one)) for one in sentences]
    counts = Counter(word for one in held for word in one)
    return lambda word: math.log(1 + (len(held) - counts[word] + 0.5) / (counts[word] + 0.5))


def plain(claim: str, sentences: Sequence[str], weigh: Weigh) -> list[int]:
    """Places of all sentences, the nearest first, by plain BM25."""
    held = [Counter(words(one)) for one in sentences]
    mean = sum(sum(one.values()) for one in held) / len(held) or 1.0
    scores = [
        sum(weigh(word) * one[word] * (K1 + 1) / (one[word] + K1 * (1 - B + B * sum(one.values()) / mean)) for word in set(words(claim)))
        for one in held
    ]
    return sorted(range(len(held)), key=lambda at: (-scores[at], at))


def ours(case: Case) -> list[int]:
    """Places of all sentences, the nearest first, as the sign-off shows them."""
    ranked = [one.index for one in rank(case.claim, case.sentences, title=case.title)]
    return [*ranked, *(at for at in range(len(case.sentences)) if at not in set(ranked))]


def recall(cases: Sequence[Case], order: Callable[[Case], list[int]], cut: int) -> Recall:
    """Recall at a number of sentences."""
    tops = [set(order(case)[:cut]) for case in cases]
    found = sum(len(top & frozenset().union(*case.gold)) for case, top in zip(cases, tops, strict=True))
    whole = sum(any(one <= top for one in case.gold) for case, top in zip(cases, tops, strict=True))
    return Recall(found / sum(len(frozenset().union(*case.gold)) for case in cases), whole / len(cases))


def lines(file: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each line of a file with its number."""
    try:
        text = file.read_text("utf-8")
    except (OSError, UnicodeError) as error:
        raise SystemExit(refused(f"{file} cannot be read: {error}")) from None
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                yield number, dict(json.loads(line))
            except (ValueError, TypeError):
                raise SystemExit(refused(f"{file}:{number}: the line is no JSON object; give a set in SciFact's format")) from None


def refused(why: str) -> int:
    """Say why the set cannot be used; the code to end with."""
    print(f"error: {why}", file=sys.stderr)
    return 2


def read(folder: Path, claims: str) -> tuple[list[Case], list[str]]:
    """The cases of a set, and all sentences of its corpus."""
    corpus: dict[str, Mapping[str, Any]] = {str(one.get("doc_id")): one for _, one in lines(folder / "corpus.jsonl")}
    cases: list[Case] = []
    for number, one in lines(folder / claims):
        for document, sets in dict(one.get("evidence") or {}).items():
            try:
                held = corpus[str(document)]
                gold = [frozenset(map(int, each["sentences"])) for each in sets]
                case = Case(str(one["claim"]), str(held.get("title", "")), [str(line) for line in held["abstract"]], gold)
                if not gold or not all(gold) or max(map(max, gold)) >= len(case.sentences):
                    raise IndexError
            except (LookupError, TypeError, ValueError):
                where = f"{folder / claims}:{number}"
                raise SystemExit(refused(f"{where}: the evidence in document {document} names no sentences of the corpus")) from None
            cases.append(case)
    return cases, [str(line) for one in corpus.values() for line in one.get("abstract", ())]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and tell; whether the promise is kept is the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--claims", default="claims_dev.jsonl")
    parser.add_argument("--misses", action="store_true", help="tell the claims of which no whole set stands among the nearest five")
    asked = parser.parse_args(arguments)
    cases, everything = read(asked.folder, asked.claims)
    if not cases:
        return refused(f"no claim in {asked.folder / asked.claims} names evidence")
    corpus_wide = rarity(everything)
    ways: dict[str, Callable[[Case], list[int]]] = {
        "plain BM25, rarity in the abstract": lambda case: plain(case.claim, case.sentences, rarity(case.sentences)),
        "plain BM25, rarity in the corpus": lambda case: plain(case.claim, case.sentences, corpus_wide),
        "ours": ours,
    }
    print(f"{len(cases)} claims beside an abstract, {sum(len(case.sentences) for case in cases) / len(cases):.1f} sentences each")
    found = {name: {cut: recall(cases, order, cut) for cut in CUTS} for name, order in ways.items()}
    for name, at in found.items():
        told = "  ".join(f"recall@{cut} {at[cut].sentences:.3f} (whole sets {at[cut].claims:.3f})" for cut in CUTS)
        print(f"{name:36} {told}")
    if asked.misses:
        print(*(f"missed: {case.claim}" for case in cases if not any(one <= set(ours(case)[: max(CUTS)]) for one in case.gold)), sep="\n")
    kept = all(found["ours"][cut].sentences > max(at[cut].sentences for name, at in found.items() if name != "ours") for cut in CUTS)
    print("kept: ours is above plain BM25 at 3 and at 5" if kept else "NOT KEPT: ours is not above plain BM25 at 3 and at 5")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
