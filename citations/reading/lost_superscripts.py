"""Markers whose superscript was lost: plain figures, told from those of the prose by weighing the evidence, or left undecided.

Three readings of the article. The first looks at each group by itself; the surest ones give the order of first citation, and with
that the following readings weigh all groups again. What stays between the thresholds is reported, not guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from edgewise.citations.reading.citation_order import Frontier
from edgewise.citations.reading.model import Block, Span, Undecided
from edgewise.citations.reading.number_runs import Token, runs
from edgewise.citations.reading.superscript_weights import Habits, sequence, signs, weigh

SURE = 3.5  # of a first reading, which does not know the order yet: odds of 33 to 1
ACCEPT = 1.5
REJECT = -5.0
LONGEST = 24  # figures in a run that is weighed piece by piece; a longer one is a table or a list of figures, and weighed as a whole
_READINGS = 4
_MISSING = 5  # so many entries may have been lost from the end of a list
_TEAR = 2.0  # what must be gained before a run is torn behind figures that are hardly markers
_TEAR_LABELLED = 1.0  # … that are no markers: "Figure 3. 21, 22"
_NO_MARKER = -2.5
_HARDLY = 0.0


@dataclass(slots=True)
class Group:
    """Neighbouring figures that are weighed as one; `place` counts characters over the whole article."""

    block: int
    text: str
    tokens: list[Token]
    place: int
    base: dict[str, float]
    score: float = 0.0

    @property
    def span(self) -> Span:
        """Where the group stands in its block, ranges opened."""
        return Span(self.tokens[0].start, self.tokens[-1].end, opened(self.tokens))


@dataclass(frozen=True, slots=True)
class Doubt:
    """A group that was not decided, with the block it stands in and, as in an `Abstention`, in what it is doubtful."""

    block: int
    span: Span
    why: str
    kind: Undecided = "figure"


def opened(tokens: Sequence[Token]) -> tuple[int, ...]:
    """Numbers of a group, ranges opened; a falling or endless range stays as printed.

    >>> opened([Token(0, 1, 3), Token(2, 3, 6, dash=True), Token(5, 6, 9)]), opened([Token(0, 1, 6), Token(2, 3, 3, dash=True)])
    ((3, 4, 5, 6, 9), (6, 3))
    """
    numbers: list[int] = []
    for token in tokens:
        last = numbers[-1] if numbers else token.number
        if token.dash and last < token.number <= last + 300:
            numbers.extend(range(last + 1, token.number + 1))
        else:
            numbers.append(token.number)
    return tuple(numbers)


def find_bare(blocks: Sequence[Block], entries: int) -> tuple[list[tuple[int, Span]], list[Doubt]]:
    """Marker groups and undecided groups, each with the index of its block.

    Args:
        blocks: the article without its reference list.
        entries: length of the reference list; 0 if unknown.

    >>> blocks = [Block("paragraph", "Rest helps. 1 So do belts. 2, 3 It took 12 weeks.")]
    >>> [span.numbers for _, span in find_bare(blocks, 3)[0]]
    [(1,), (2, 3)]
    """
    reader = _Reader(blocks, entries)
    accepted = reader.read()
    groups = [group for group in accepted if group.score >= ACCEPT]
    doubts = [_doubt(group) for group in accepted if REJECT <= group.score < ACCEPT]
    return [(group.block, group.span) for group in groups], doubts


def _doubt(group: Group) -> Doubt:
    against = "speaks for a figure of the prose" if group.score < 0 else "does not rule out a figure of the prose"
    why = f"can be a marker whose superscript was lost; what stands around it {against}"
    return Doubt(group.block, group.span, why)


class _Reader:
    def __init__(self, blocks: Sequence[Block], entries: int) -> None:
        self.blocks, self.entries = blocks, entries
        self.starts: list[int] = []
        self.runs: list[tuple[int, list[Token]]] = []
        self.habits = Habits()
        self.known: dict[tuple[int, int, int], dict[str, float]] = {}
        place = 0
        for index, block in enumerate(blocks):
            self.starts.append(place)
            place += len(block.text) + 1
            for run in runs(block.text):
                self.habits.learn(block.text, run)
                self.runs += [(index, part) for part in self._possible(run)]
        self.sisters = _sisters(blocks)

    def _possible(self, run: list[Token]) -> list[list[Token]]:
        """Part a run at figures far beyond the list: they belong to the prose, their neighbours need not."""
        parts: list[list[Token]] = [[]]
        for token in run:
            far = bool(self.entries) and token.number > self.entries + _MISSING
            if parts[-1] and far != (parts[-1][-1].number > self.entries + _MISSING) and not token.dash:
                parts.append([])
            parts[-1].append(token)
        return parts

    def read(self) -> list[Group]:
        frontier: Frontier | None = None
        groups: list[Group] = []
        for reading in range(_READINGS):
            groups = [group for index, run in self.runs for group in self._split(index, run, frontier)]
            least = SURE if reading == 0 else ACCEPT
            frontier = Frontier((group.place + i, n) for group in groups if group.score >= least for i, n in enumerate(group.span.numbers))
        return groups

    def _split(self, index: int, run: list[Token], frontier: Frontier | None) -> list[Group]:
        """Part a run so that the accepted pieces together weigh most: "Figure 3. 21, 22" is a figure's number and two markers."""
        if len(run) > LONGEST:
            return [self._group(index, run, frontier, torn=False)]
        best: list[tuple[float, list[Group]]] = [(0.0, [])]
        for end in range(1, len(run) + 1):
            options = []
            for start in range(end):
                if run[start].dash or (end < len(run) and run[end].dash):
                    continue  # a range is never torn
                group = self._group(index, run[start:end], frontier, torn=end < len(run))
                before = best[start][1]
                options.append((best[start][0] + _gain(group, before), [*before, group]))
            options = options or [best[-1]]
            best.append(max(options, key=lambda option: option[0]))
        return best[-1][1]

    def _group(self, index: int, tokens: list[Token], frontier: Frontier | None, *, torn: bool) -> Group:
        key = (index, tokens[0].start, tokens[-1].end)
        text = self.blocks[index].text
        if key not in self.known:
            self.known[key] = self._base(index, text, tokens, torn)
        group = Group(index, text, tokens, self.starts[index] + tokens[0].start, self.known[key])
        found = group.base
        if frontier is not None and frontier.orderly:
            low, high = frontier.bounds(group.place, group.place + len(group.span.numbers))
            found = found | sequence(group.span.numbers, low, high, self.entries)
        elif self.entries and max(group.span.numbers) > self.entries:
            found = found | {"beyond the list": 1.0}
        group.score = weigh(found)
        return group

    def _base(self, index: int, text: str, tokens: list[Token], torn: bool) -> dict[str, float]:
        found = signs(text, tokens, self.entries, torn=torn)
        found |= dict.fromkeys(self.habits.signs(text, tokens, found), 1.0)
        if self.blocks[index].kind == "heading":
            found["heading"] = 1.0
        if index in self.sisters and tokens[-1].end == len(text):
            found["sister items"] = 1.0
        return found


def _gain(group: Group, before: Sequence[Group]) -> float:
    """What a group adds to the reading of its run; two markers side by side would be one group, so nothing is gained by tearing them."""
    gain = max(group.score - ACCEPT, 0.0)
    if not before:
        return gain
    if before[-1].score > _HARDLY and gain:
        return -_TEAR
    return gain - (_TEAR if before[-1].score > _NO_MARKER else _TEAR_LABELLED)


def _sisters(blocks: Sequence[Block]) -> set[int]:
    """Items of lists in which every item ends in a figure that no stop follows, as only markers do."""
    found: set[int] = set()
    items: list[int] = []
    for index, block in enumerate([*blocks, Block("paragraph", "")]):
        if block.kind == "bullet":
            items.append(index)
            continue
        if len(items) > 1 and all(blocks[i].text[-1:].isdigit() for i in items):
            found.update(items)
        items = []
    return found
