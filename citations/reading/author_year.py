"""Articles that cite by author and year: whether one does, and which entries its citations stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from edgewise.citations.reading.author_mentions import Mention, mentions
from edgewise.citations.reading.author_years import AuthorYears, Verdict
from edgewise.citations.reading.lost_superscripts import Doubt
from edgewise.citations.reading.marker_styles import Found
from edgewise.citations.reading.model import Block, Document, ListEntry, Span, Undecided
from edgewise.citations.reading.printed_markers import coverage
from edgewise.citations.reading.text_builder import overlapping

_ENOUGH = 0.3  # of the list cited by author and year, to take that for the article's own way
_MOSTLY = 0.5  # of tagged citations print a year
_FEWEST = 3  # citations of an article without a list
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d[a-h]?(?!\d)|\bin press\b|\bforthcoming\b|\bn\.\s?d\.", re.IGNORECASE)
_KEY = re.compile(r"(?:^|[\[;\s-])[@^]")  # of Markdown: ``[@lee2001]``, ``[^lee]``
_FILLING = re.compile(
    r":\s?\d{1,4}(?:[\u2013-]\d{1,4})?|[\s,;:&()\[\].\u2013-]|\b(?:and|or|e\.\s?g|see|cf|i\.\s?e|also|but|in|reviewed (?:in|by)"
    r"|for (?:a )?reviews?|references? therein|pp?\.?\s?\d+)\b",
    re.IGNORECASE,
)
_NO_LIST = "it is printed like a citation by author and year, but no reference list was found"


@dataclass(frozen=True, slots=True)
class _Cited:
    """A mention with what the list says of it."""

    mention: Mention
    verdict: Verdict

    @property
    def start(self) -> int:
        return self.mention.start

    @property
    def end(self) -> int:
        return self.mention.end

    @property
    def sure(self) -> bool:
        return not self.verdict.why


def by_author_year(
    document: Document, blocks: Sequence[Block], entries: Sequence[ListEntry], numbered: Found, *, known: bool = False
) -> Found | None:
    """The citations of an article that cites by author and year; None if it does not.

    Args:
        document: as its format's reader gave it.
        blocks: its text without the reference list.
        entries: the reference list.
        numbered: what was found of numbered markers and of tags.
        known: whether the editor says that it cites so.

    >>> blocks = [Block("paragraph", "Rest helps (Doe and Lee, 2001). Roe (2002) doubts it.")]
    >>> entries = [ListEntry(1, False, "Doe A, Lee B. Rest. J. 2001;1:1.", 1), ListEntry(2, False, "Roe C. Ice. J. 2002;2:2.", 2)]
    >>> found = by_author_year(Document(()), blocks, entries, Found("none", ((),)))
    >>> found.style, [(span.numbers, span.raw) for span in found.spans[0]]
    ('author-year', [((1,), ''), ((2,), 'Roe (2002)')])
    """
    tagged = _prints_years(blocks)
    if document.tagged:
        return replace(numbered, style="author-year") if tagged else None
    if not entries:
        return _unlisted(blocks, numbered)
    held = AuthorYears(entries)
    cited = [list(_asked(block.text, held)) for block in blocks]
    if not (known or tagged or _is_the_way(cited, len(entries), numbered)):
        return None
    doubts = [Doubt(index, one.span, one.why, one.kind) for index, block in enumerate(blocks) for one in block.doubtful] if tagged else []
    spans = []
    for index, (block, found) in enumerate(zip(blocks, cited, strict=True)):
        linked = [_widened(block.text, span) for span in block.tagged] if tagged else []
        free = [one for one in found if not overlapping(one, linked)]
        spans.append(tuple(sorted([*linked, *_spans(block.text, free)], key=lambda span: span.start)))
        doubts += [_doubt(index, block.text, one) for one in free if not one.sure]
        doubts += _contradicted(index, block.text, found, linked)
    return Found("author-year", tuple(spans), tuple(sorted(doubts, key=lambda doubt: (doubt.block, doubt.span.start))))


def _prints_years(blocks: Sequence[Block]) -> bool:
    """Whether what a format tags are names and years; a key such as ``@lee2001`` is neither."""
    tagged = [words for block in blocks for span in block.tagged if not _KEY.search(words := block.text[span.start : span.end])]
    return bool(tagged) and sum(bool(_YEAR.search(words)) for words in tagged) >= _MOSTLY * len(tagged)


def _asked(text: str, held: AuthorYears) -> Iterator[_Cited]:
    for mention in mentions(text):
        verdict = held.ask(mention)
        if verdict is not None:
            yield _Cited(mention, verdict)


def _is_the_way(cited: Sequence[Sequence[_Cited]], entries: int, numbered: Found) -> bool:
    """Whether authors and years cite more of the list than numbers do, and enough of it."""
    named = {number for found in cited for one in found if one.mention.names for number in one.verdict.numbers if not one.verdict.lacking}
    return len(named) / entries >= _ENOUGH and len(named) / entries >= coverage(numbered.spans, entries)


def _unlisted(blocks: Sequence[Block], numbered: Found) -> Found | None:
    """Of an article without a list: its citations, none of which can be matched."""
    if any(numbered.spans):
        return None
    found = [(index, one) for index, block in enumerate(blocks) for one in mentions(block.text) if one.certain]
    if len(found) < _FEWEST:
        return None
    doubts = [Doubt(index, _printed(blocks[index].text, one), _NO_LIST, "which") for index, one in found]
    return Found("author-year", tuple(() for _ in blocks), tuple(doubts))


def _spans(text: str, found: Sequence[_Cited]) -> Iterator[Span]:
    """The sure citations, those in one bracket as one group."""
    for bracket, group in groupby(found, key=lambda one: one.mention.bracket):
        held = list(group)
        sure = [one for one in held if one.sure]
        if bracket[0] < 0 or len(sure) < len(held) or not _fills(text, bracket, held):
            yield from (_alone(text, one) for one in sure)
            continue
        first = held[0].mention.start
        numbers = tuple(dict.fromkeys(number for one in held for number in one.verdict.numbers))
        raw = text[first : bracket[1] + 1] if first < bracket[0] else ""
        yield Span(bracket[0], bracket[1] + 1, numbers, raw=raw)


def _fills(text: str, bracket: tuple[int, int], found: Sequence[_Cited]) -> bool:
    """Whether a bracket holds citations and what introduces them, and nothing else."""
    rest, place = "", bracket[0] + 1
    for one in found:
        rest += text[place : max(place, one.mention.start)] + " "
        place = max(place, one.mention.end)
    return not _FILLING.sub("", rest + text[place : bracket[1]])


def _alone(text: str, one: _Cited) -> Span:
    """One citation by itself: in a sentence that names its authors the year alone is the marker."""
    mention = one.mention
    inside = 0 <= mention.bracket[0] < mention.start
    start = mention.start if inside else mention.year_at
    return Span(start, mention.end, one.verdict.numbers, raw="" if inside else text[mention.start : mention.end])


def _printed(text: str, mention: Mention, numbers: tuple[int, ...] = ()) -> Span:
    """A mention as it is shown, the bracket around its year closed."""
    closed = mention.narrative and text[mention.end : mention.end + 1] in (")", "]")
    return Span(mention.start, mention.end + closed, numbers)


def _doubt(index: int, text: str, one: _Cited) -> Doubt:
    kind: Undecided = "lacking" if one.verdict.lacking else "which" if one.verdict.numbers and one.mention.names else "figure"
    return Doubt(index, _printed(text, one.mention, one.verdict.numbers), one.verdict.why, kind)


def _contradicted(index: int, text: str, found: Sequence[_Cited], linked: Sequence[Span]) -> Iterator[Doubt]:
    """Citations whose link leads to another entry than the one that has their names and year."""
    sure = [one for one in found if one.sure]
    for span in linked:
        held = overlapping(span, sure)
        named = {number for one in held for number in one.verdict.numbers}
        led = [number for number in span.numbers if number not in named]
        for one in held:
            if led and not set(one.verdict.numbers) & set(span.numbers):
                why = f"names and year are those of entry {one.verdict.numbers[0]}, but the link leads to entry {led[0]}"
                yield Doubt(index, _printed(text, one.mention, (*one.verdict.numbers, *led)), why, "which")


def _widened(text: str, span: Span) -> Span:
    """A linked citation with the brackets that hold it alone."""
    if text[span.start - 1 : span.start] in ("(", "[") and span.start and text[span.end : span.end + 1] in (")", "]"):
        return replace(span, start=span.start - 1, end=span.end + 1)
    return span
