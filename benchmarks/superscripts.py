"""How the weights of `superscript_weights.py` are got: logistic regression on articles written in every kind that loses its superscripts.

    uv run python benchmarks/superscripts.py [FOLDER] [--rounds 2]   prints the table of weights

A ridge draws each weight to the one set by judgement (`JUDGED`), so that a sign too rare to be learnt keeps it. Which groups there are, and
what a reading knows of the order of citation, depends on the weights: so articles are read and weights fitted in turns. Deterministic.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree as ET

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import article_kinds  # noqa: E402

from edgewise.citations.reading.lost_superscripts import Group, Reader  # noqa: E402
from edgewise.citations.reading.model import Block  # noqa: E402
from edgewise.citations.reading.plain_text import plain_blocks  # noqa: E402
from edgewise.citations.reading.reference_list import entries, find_list  # noqa: E402
from edgewise.citations.reading.superscript_weights import READINGS, WEIGHTS, Reading  # noqa: E402

Row = tuple[dict[str, float], bool]
Table = Mapping[str, tuple[float, float, float]]
JUDGED: dict[str, float] = {
    # what stands before the group
    "left start": -6.0,
    "left open": -3.0,
    "left operator": -3.25,
    "left label": -2.75,
    "left governor": -1.5,
    "left letter": -0.25,
    "left broken": -0.25,
    "left bare": -0.5,
    "left loose label": 0.25,
    "left closed": 0.5,
    "left comma": 1.0,
    "left sentence": 1.0,
    "left figure": 1.0,
    "left name": 1.75,
    "left et al": 2.25,
    "left pointer": 2.5,
    # what stands behind it
    "right unit": -3.25,
    "right stopped": -1.25,
    "right figure": -1.25,
    "right operator": -1.25,
    "right word": -1.0,
    "right plural": -0.75,
    "right open": 0.25,
    "right close": 0.5,
    "right capital": 0.75,
    "right follower": 1.25,
    "right end": 1.75,
    "right opener": 2.0,
    # both together
    "sentence ends, another opens": 2.25,
    "sentence ends, no other opens": 0.5,
    "clause ends, another goes on": 1.75,
    "clause ends before a word": 1.5,
    "word goes on": 1.5,
    "measured": -3.0,
    "governed and measured": -3.0,
    "governed, another opens": 1.0,
    "loose label, another opens": 1.25,
    # the figures themselves, and what the article does with its figures
    "small": -1.25,
    "rising group": 1.25,
    "falling group": -1.5,
    "range": -1.0,
    "wide range": -1.25,
    "bands": -5.0,
    "wide, of known": -0.5,
    "series right": -2.25,
    "series left": -1.5,
    "series name": -2.0,
    "recurring": -0.5,
    "counted name": -2.0,
    "enumeration": -3.0,
    "in square brackets": -5.0,
    "start, verb": 2.0,
    "stands for a noun": 0.5,
    "agent": 1.0,
    "share": -3.0,
    "clause begins with it": -1.0,
    "sister items": 3.0,
    "heading": -4.5,
    # the order of first citation
    "order next": 3.0,
    "order fill": 1.75,
    "order repeat": -0.75,
    "leap": -0.75,
    "beyond the list": -3.0,
    # how the group is set, and what the article keeps to
    "round": 2.0,
    "round, clean": 0.0,
    "glued": -1.0,
    "glued behind a stop": 1.0,
    "glued to a word": 2.0,
    "glued to a name": 0.0,
    "glued to a symbol": -2.5,
    "power": -5.0,
    "thousands": -2.0,
    "words of the entry": 0.5,
    "author of the entry": 1.5,
    "author of another": -0.5,
    "pair": 0.5,
    "word known": 1.0,
    "word ends a clause": 0.5,
    "right prime": -2.0,
    "right glued": -1.0,
    "recurring pair": -1.0,
    "form": 0.0,
    "rare form": 0.0,
    "rare round": -0.75,
    "rare plain": -0.25,
    "fills the gap": 0.5,
    "order closes": 1.0,
    "order ahead": -2.5,
    "next, high": 0.5,
    "long ago": 0.0,
    "cited nowhere else": 0.5,
    "cited elsewhere": 0.0,
    "all": 0.0,
    "right verb": 0.5,
    "left abbreviation": -1.0,
}
# Signs that a first reading does not know.
LATER = ("pair", "form", "rare", "order", "leap", "long ago", "next", "cited", "fills", "wide, of known")
KEPT = ("beyond the list", "wide range")  # no list here has lost its end, as some do; a wide range taken wrongly costs many numbers
ORDER = ("order", "leap", "long ago", "next", "fills")
RIDGE = 30.0  # about two for each kind in which the same sentence is seen
STEPS = 12
ROUNDS = 2


@contextmanager
def weights(table: Table) -> Iterator[None]:
    """The reader's weights for a while."""
    kept = dict(WEIGHTS)
    try:
        WEIGHTS.clear()
        WEIGHTS.update(table)
        yield
    finally:
        WEIGHTS.clear()
        WEIGHTS.update(kept)


@dataclass(frozen=True, slots=True)
class Sample:
    """A written article and its reader, which keeps the signs that no weight changes."""

    written: article_kinds.Written
    body: list[Block]
    reader: Reader

    @classmethod
    def of(cls, written: article_kinds.Written) -> Sample:
        blocks = plain_blocks(written.text)
        place = find_list(blocks)
        start, end = place or (len(blocks), len(blocks))
        listed = entries(blocks[start + 1 : end]) if place else ()
        body = blocks[:start] + blocks[end:]
        return cls(written, body, Reader(body, len(listed), {entry.number: entry.raw for entry in listed}))

    def rows(self) -> Iterator[tuple[Reading, list[Row]]]:
        """The groups with their signs and whether they are markers: of the first reading, and of the last."""
        yield "first", self._labelled(self.reader.read(1))
        last = self._labelled(self.reader.read())
        yield self.reader.seen.reading, last

    def _labelled(self, groups: Iterable[Group]) -> list[Row]:
        lines = self.written.text.split("\n")
        found = []
        for group in groups:
            block = self.body[group.block]
            line = block.line()
            shift = len(lines[line - 1].rstrip()) - len(block.text)
            start, end = group.span.start + shift, group.span.end + shift
            over = [numbers for a, b, numbers in self.written.markers.get(line, ()) if a < end and start < b]
            found.append((group.found, bool(over) and set(group.span.numbers) <= {n for numbers in over for n in numbers}))
        return found


def fit(found: Sequence[Row], prior: Mapping[str, float]) -> dict[str, float]:
    """Weights that tell the markers among the rows, by Newton's method, drawn to the prior ones."""
    names = list(prior)
    index = {name: i for i, name in enumerate(names)}
    table = np.zeros((len(found), len(names)))
    for row, (signs, _) in enumerate(found):
        for name, strength in signs.items():
            table[row, index[name]] = strength
    truth = np.array([marker for _, marker in found], dtype=float)
    start = np.array([prior[name] for name in names])
    ridge = np.array([1e9 if name in KEPT else RIDGE for name in names])
    learnt = start.copy()
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-np.clip(table @ learnt, -30, 30)))
        slope = table.T @ (truth - chance) - ridge * (learnt - start)
        curve = (table * (chance * (1 - chance))[:, None]).T @ table + np.diag(ridge)
        learnt = learnt + np.linalg.solve(curve, slope)
    return {name: round(float(value), 2) for name, value in zip(names, learnt, strict=True)}


def learn(samples: Sequence[Sample], rounds: int = ROUNDS) -> dict[str, tuple[float, float, float]]:
    """Weights for the first reading and for the later ones, in turns with reading."""
    table = {name: (judged, judged, judged) for name, judged in JUDGED.items()}
    for _ in range(rounds):
        found: dict[Reading, list[Row]] = {reading: [] for reading in READINGS}
        with weights(table):
            for sample in samples:
                for reading, labelled in sample.rows():
                    found[reading] += labelled
        first, ordered, unordered = (fit(found[reading], JUDGED) for reading in READINGS)
        table = {
            name: (0.0 if name.startswith(LATER) else first[name], ordered[name], unordered[name] if not name.startswith(ORDER) else 0.0)
            for name in JUDGED
        }
    return table


def samples(flatten: ModuleType, path: Path) -> list[Sample]:
    """An article in each kind that loses its superscripts."""
    root = ET.parse(path).getroot()
    return [Sample.of(article_kinds.write(flatten, root, article_kinds.KINDS[name])) for name in article_kinds.BARE]


def main() -> int:
    from articles import FOLDER, flattener

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    options = parser.parse_args()
    flatten = flattener(options.folder)
    table = learn([sample for path in sorted(options.folder.glob("*.xml")) for sample in samples(flatten, path)], options.rounds)
    for name, pair in table.items():
        print(f'    "{name}": {pair},')
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
