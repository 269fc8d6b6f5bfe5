"""Markers whose superscript was lost: plain figures, told from those of the prose by weighing the evidence, or left undecided.

Three readings of the article. The first looks at each group by itself; the surest ones give the order of first citation, and with
that the following readings weigh all groups again. What stays between the thresholds is reported, not guessed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import log

from edgewise.citations.reading.citation_order import Frontier
from edgewise.citations.reading.entry_words import EntryWords
from edgewise.citations.reading.model import Block, Span, Undecided
from edgewise.citations.reading.number_runs import Token, runs
from edgewise.citations.reading.superscript_habits import Forms, Habits, Shares, word_before
from edgewise.citations.reading.superscript_signs import Form, Setting, expectation, sequence, setting, signs
from edgewise.citations.reading.superscript_weights import Reading, probability, weigh

SURE = 3.5  # of a first reading, which does not know the order yet: odds of 33 to 1
ACCEPT = 1.2
UNORDERED = 1.7  # ... where no order of first citation bears it out
REJECT = -4.9
_REJECT_AGAIN = -8.0  # ... of a figure that behind the same word, elsewhere, is not rejected
_WIDTH = 0.5  # how much more a group of many numbers must weigh, by their logarithm: taken wrongly it costs them all
_NAMED = 2.5  # ... and one behind a symbol or a label: "COX2", "week 12"
LONGEST = 24  # figures in a run that is weighed piece by piece; a longer one is a table or a list of figures, and weighed as a whole
_READINGS = 4
_LEAST_PAIR = -1.5  # the same word and figure again and again may be a label, or a name with its marker
_FEW = 12  # numbers of a group that are looked up in the list
_MISSING = 5  # so many entries may have been lost from the end of a list
_TEAR = 2.0  # what must be gained before a run is torn behind figures that are hardly markers
_TEAR_LABELLED = 1.0  # … that are no markers: "Figure 3. 21, 22"
_NO_MARKER = -2.5
_HARDLY = 0.0


@dataclass(slots=True)
class Group:
    """Neighbouring figures that are weighed as one; `place` counts characters over the whole article."""

    block: int
    tokens: list[Token]
    place: int
    setting: Setting
    form: Form | None  # None for a piece of a list, whose commas say nothing of how the article sets its markers
    pair: tuple[str, int]
    found: dict[str, float]
    score: float = 0.0

    @property
    def numbers(self) -> tuple[int, ...]:
        """What it cites if it is a marker, ranges opened."""
        return opened(self.tokens)

    @property
    def span(self) -> Span:
        """Where the group stands in its block, its round brackets included."""
        return Span(self.setting.start, self.setting.end, self.numbers)


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


def find_bare(blocks: Sequence[Block], entries: int, listed: Mapping[int, str] | None = None) -> tuple[list[tuple[int, Span]], list[Doubt]]:
    """Marker groups and undecided groups, each with the index of its block.

    Args:
        blocks: the article without its reference list.
        entries: length of the reference list; 0 if unknown.
        listed: the text of each entry by its number, as far as it is known.

    >>> blocks = [Block("paragraph", "Rest helps. 1 So do belts. 2, 3 It took 12 weeks.")]
    >>> [span.numbers for _, span in find_bare(blocks, 3)[0]]
    [(1,), (2, 3)]
    """
    reader = Reader(blocks, entries, listed)
    groups = reader.read()
    least = ACCEPT if reader.seen.reading == "ordered" else UNORDERED
    taken: list[Group] = []
    left: list[Group] = []
    for group in groups:
        (taken if group.score >= least + _caution(group) else left).append(group)
    return [(group.block, group.span) for group in taken], [_doubt(group) for group in _open(left, groups)]


def _caution(group: Group) -> float:
    """How much more than others a group must weigh: where an error costs much, and where the word before it bears figures as its name."""
    named = "glued to a symbol" in group.found or ("left label" in group.found and "left broken" not in group.found)
    return _WIDTH * log(len(group.numbers)) + _NAMED * named


def _open(left: Sequence[Group], groups: Sequence[Group]) -> list[Group]:
    """Of the groups left, those that are not certainly figures: as what stands behind a word is read once, it can be meant again."""
    seen = {group.pair for group in groups if group.score >= REJECT and group.pair[0]}
    return [group for group in left if group.score >= REJECT or (group.score >= _REJECT_AGAIN and group.pair in seen)]


def _doubt(group: Group) -> Doubt:
    against = "speaks for a figure of the prose" if group.score < 0 else "does not rule out a figure of the prose"
    why = f"can be a marker whose superscript was lost; what stands around it {against}"
    return Doubt(group.block, group.span, why)


class Reader:
    """The readings of one article, each with what the one before has found."""

    def __init__(self, blocks: Sequence[Block], entries: int, listed: Mapping[int, str] | None = None) -> None:
        self.blocks, self.entries = blocks, entries
        self.words = EntryWords(listed or {})
        self.starts: list[int] = []
        self.runs: list[tuple[int, list[Token]]] = []
        self.habits = Habits()
        self.known: dict[tuple[int, int, int], tuple[Setting, dict[str, float]]] = {}
        self.seen = _Seen()
        place = 0
        for index, block in enumerate(blocks):
            self.starts.append(place)
            place += len(block.text) + 1
            self.habits.read(block.text)
            for run in runs(block.text, entries + _MISSING if entries else 0):
                self.habits.learn(block.text, run)
                self.runs += [(index, part) for part in self._possible(block.text, run)]
        self.sisters = _sisters(blocks)

    def _possible(self, text: str, run: list[Token]) -> list[list[Token]]:
        """Part a run at figures far beyond the list, which belong to the prose, and where one falls behind a blank, as in no marker."""
        parts: list[list[Token]] = [[]]
        for token in run:
            far = bool(self.entries) and token.number > self.entries + _MISSING
            last = parts[-1][-1] if parts[-1] else token
            falls = token.number < last.number and text[last.end : token.start].isspace()
            if parts[-1] and not token.dash and (falls or far != (last.number > self.entries + _MISSING)):
                parts.append([])
            parts[-1].append(token)
        return parts

    def read(self, readings: int = _READINGS) -> list[Group]:
        """Every group, weighed by the last of so many readings."""
        groups: list[Group] = []
        self.seen = _Seen()
        for reading in range(readings):
            groups = [group for index, run in self.runs for group in self._split(index, run)]
            self.seen = _Seen.of(groups, SURE if reading == 0 else ACCEPT)
        return groups

    def _split(self, index: int, run: list[Token]) -> list[Group]:
        """Part a run so that the accepted pieces together weigh most: "Figure 3. 21, 22" is a figure's number and two markers."""
        if len(run) > LONGEST:
            return [self._group(index, run, torn=False)]
        best: list[tuple[float, list[Group]]] = [(0.0, [])]
        for end in range(1, len(run) + 1):
            options = []
            for start in range(end):
                if run[start].dash or (end < len(run) and run[end].dash):
                    continue  # a range is never torn
                follows = start > 0 and "." not in self.blocks[index].text[run[start - 1].end : run[start].start]
                group = self._group(index, run[start:end], torn=end < len(run), follows=follows)
                before = best[start][1]
                options.append((best[start][0] + _gain(group, before), [*before, group]))
            options = options or [best[-1]]
            best.append(max(options, key=lambda option: option[0]))
        return best[-1][1]

    def _group(self, index: int, tokens: list[Token], *, torn: bool, follows: bool = False) -> Group:
        key = (index, tokens[0].start, tokens[-1].end)
        if key not in self.known:
            self.known[key] = self._base(index, tokens, torn)
        place, base = self.known[key]
        pair = word_before(self.blocks[index].text, tokens), tokens[0].number
        form = None if torn or follows else place.form
        group = Group(index, tokens, self.starts[index] + tokens[0].start, place, form, pair, base)
        group.found = base | self.seen.signs(group, self.entries)
        group.score = weigh(group.found, self.seen.reading)
        return group

    def _base(self, index: int, tokens: list[Token], torn: bool) -> tuple[Setting, dict[str, float]]:
        text = self.blocks[index].text
        found = signs(text, tokens, self.entries, torn=torn) | {"all": 1.0}
        found |= dict.fromkeys(self.habits.signs(text, tokens, found), 1.0)
        found |= self._entry_signs(text, tokens, found)
        if self.blocks[index].kind == "heading":
            found["heading"] = 1.0
        if index in self.sisters and tokens[-1].end == len(text):
            found["sister items"] = 1.0
        return setting(text, tokens), found

    def _entry_signs(self, text: str, tokens: list[Token], found: Mapping[str, float]) -> dict[str, float]:
        """What the reference list says of the numbers."""
        start, end = tokens[0].start, tokens[-1].end
        numbers = opened(tokens)[:_FEW]
        by = [self.words.by_author(text, start, number) for number in numbers]
        signs = {"words of the entry": max(self.words.likeness(text, start, end, number) for number in numbers)}
        if max(by) > 0:
            signs["author of the entry"] = 1.0
        elif min(by) < 0 and ("left et al" in found or "left name" in found):
            signs["author of another"] = 1.0
        return signs


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a reading leaves to the next: the order of first citation, the numbers cited, how markers are set; nothing before the first."""

    frontier: Frontier = field(default_factory=lambda: Frontier(()))
    cited: Counter[int] = field(default_factory=Counter)
    forms: Forms = field(default_factory=lambda: Forms(()))
    pairs: Forms = field(default_factory=lambda: Forms(()))
    frames: Shares = field(default_factory=lambda: Shares(()))
    ways: Shares = field(default_factory=lambda: Shares(()))
    held: dict[tuple[int, int], float] = field(default_factory=dict)
    sure: float = SURE
    reading: Reading = "first"

    @classmethod
    def of(cls, groups: Sequence[Group], least: float) -> _Seen:
        sure = [group for group in groups if group.score >= least]
        frontier = Frontier((group.place + i, n) for group in sure for i, n in enumerate(group.numbers))
        held = {(group.block, token.start): group.score for group in groups for token in group.tokens}
        forms = Forms((group.form, probability(group.score)) for group in groups if group.form)
        pairs = Forms((group.pair, probability(group.score)) for group in groups)
        return cls(
            frontier,
            Counter(n for group in sure for n in group.numbers),
            forms,
            pairs,
            Shares(group.setting.round for group in sure),
            Shares(group.setting.form[:2] for group in sure),
            held,
            least,
            "ordered" if frontier.orderly else "unordered",
        )

    def signs(self, group: Group, entries: int) -> dict[str, float]:
        numbers = group.numbers
        if self.reading == "first":
            return {"beyond the list": 1.0} if entries and max(numbers) > entries else {}
        score = self.held[group.block, group.tokens[0].start]
        own = score >= self.sure
        others = Counter({number: self.cited[number] - own for number in numbers})
        own_chance = probability(score)
        expected = expectation(numbers, others, entries)
        wide = group.found.get("wide range", 0.0)
        found = {
            "wide, of known": wide * (1.0 - expected.get("cited nowhere else", 0.0)),
            "form": self.forms.odds(group.form, own_chance) if group.form else 0.0,
            "pair": max(self.pairs.odds(group.pair, own_chance), _LEAST_PAIR),
            "rare round" if group.setting.round else "rare plain": self.frames.rarity(group.setting.round, own=own),
            "rare form": self.ways.rarity(group.setting.form[:2], own=own),
        }
        if self.reading == "unordered":
            return found | expected | ({"beyond the list": 1.0} if entries and max(numbers) > entries else {})
        low, high = self.frontier.bounds(group.place, group.place + len(numbers))
        order = sequence(numbers, low, high, entries)
        if "order closes" in order and expected.get("cited nowhere else") == 1.0:
            order["fills the gap"] = 1.0
        return found | order | ({} if "order ahead" in order else expected)  # what runs ahead is cited nowhere yet, marker or figure


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
