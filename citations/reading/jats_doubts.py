"""What a JATS article prints like a marker and no tag names, and ranges that only a word between two tags tells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise

from edgewise.citations.reading.model import Block, Doubtful, Span
from edgewise.citations.reading.printed_markers import brackets, numbers, parentheses, raisable
from edgewise.citations.reading.text_builder import WIDEST, open_range, overlapping

_DASH = "\u2010-\u2015\u2212-"
_NUMERIC = re.compile(rf"[\s\d\[\](),;&{_DASH}]+")
_GROUP = re.compile(rf"[\s(\[]*\d{{1,3}}(?:[\s,;{_DASH}]+\d{{1,3}}){{0,80}}[\s)\].,;]*")
_GLUED = re.compile(r"(?:(?<=[a-z]{3})|(?<=[a-z]{3}[.,;:]))[1-9]\d{0,2}(?=[.,;:]?(?:\s+[A-Z]|$)|[.,;:]?\s)")
_BETWEEN = re.compile(
    rf"[\s,;)\]{_DASH}]*(?:and\s|&\s)?(?P<group>\d{{1,3}}(?:[\s,;{_DASH}]+\d{{1,3}}){{0,40}})[\s,;(\[]*(?:and|&)?[\s(\[]*"
)
_TO = re.compile(r"(?P<closed>[\s)\]]*)\s(?:to|through|thru|until)\s(?P<opened>[\s(\[]*)")
_END = re.compile(rf"\s?[{_DASH}]\s?([1-9]\d{{0,2}})(?![\w%{_DASH}]|[.,]\d|\s?[a-z%])")
_LIKE = "is printed like a marker, but no tag names its entry"
_RANGE = "lies between two tagged markers with 'to' between them: a range, or two entries"


@dataclass(frozen=True, slots=True)
class Marks:
    """Where figures of a block stand raised, and where its text is a link to something else than the list: starts and ends."""

    raised: tuple[tuple[int, int], ...] = ()
    links: tuple[tuple[int, int], ...] = ()


def as_tags(blocks: Sequence[Block], marks: Sequence[Marks]) -> Iterator[Block]:
    """Blocks of a file that tags no marker, with the raised figures that can be one.

    >>> [span.numbers for span in next(as_tags([Block("paragraph", "Rest helps.1,2")], [Marks(((11, 14),))])).tagged]
    [(1, 2)]
    """
    for block, marked in zip(blocks, marks, strict=True):
        places = ((a, b) for a, b in _trimmed(block.text, marked.raised) if _could_cite(block.text, a, b))
        spans = (Span(a, b, numbers(block.text[a:b])) for a, b in places)
        yield replace(block, tagged=tuple(span for span in spans if span.numbers and 0 not in span.numbers))


def with_doubts(blocks: Sequence[Block], marks: Sequence[Marks], known: Set[int], linked: Set[int]) -> list[Block]:
    """The blocks with their doubts.

    Args:
        blocks: with their tagged markers.
        marks: of each block.
        known: numbers of the entries.
        linked: numbers of the entries that some tag leads to.

    >>> block = Block("paragraph", "Rest helps [1, 2].", tagged=(Span(11, 13, (1,)),))
    >>> [doubt.span.numbers for doubt in with_doubts([block], [Marks()], {1, 2}, {1})[0].doubtful]
    [(2,)]
    """
    style = _style(blocks, marks)
    return [_doubted(*pair, style, known, linked) for pair in zip(blocks, marks, strict=True)] if style else list(blocks)


def _style(blocks: Sequence[Block], marks: Sequence[Marks]) -> str:
    """How most tags print their numbers; empty where they print names."""
    counts: Counter[str] = Counter()
    for block, marked in zip(blocks, marks, strict=True):
        for span in block.tagged:
            counts[_printed_as(block.text, span, marked.raised)] += 1
    style, _ = max(counts.items(), key=lambda pair: pair[1], default=("", 0))
    return style


def _printed_as(text: str, span: Span, raised: Sequence[tuple[int, int]]) -> str:
    if not _is_numeric(text, span):
        return ""
    if any(a <= span.start < b for a, b in raised):
        return "raised"
    around = text[max(span.start - 1, 0) : span.start] + text[span.start : span.start + 1]
    return "bracket" if "[" in around else "round" if "(" in around else "plain"


def _is_numeric(text: str, span: Span) -> bool:
    return span.start == span.end or (
        bool(_NUMERIC.fullmatch(text, span.start, span.end)) and any(map(str.isdigit, text[span.start : span.end]))
    )


def _doubted(block: Block, marks: Marks, style: str, known: Set[int], linked: Set[int]) -> Block:
    tagged, doubts = _ranges(block)
    candidates = [*_printed(block, marks.raised, style), *_beside(block.text, tagged)]
    if style in ("raised", "plain") and block.kind in ("paragraph", "bullet"):
        candidates += [Span(m.start(), m.end(), (int(m[0]),)) for m in _GLUED.finditer(block.text) if int(m[0]) not in linked]
    taken = sorted([*tagged, *(doubt.span for doubt in doubts), *block.untagged], key=lambda span: span.start)
    elsewhere = [Span(a, b, ()) for a, b in marks.links]
    last = Span(0, 0, ())
    for span in sorted(candidates, key=lambda span: (span.start, -span.end)):
        over = {n for other in (*overlapping(span, taken), *overlapping(span, [last])) for n in other.numbers}
        rest = tuple(n for n in span.numbers if n not in over)
        if rest and set(rest) <= known and not overlapping(span, elsewhere):
            doubts.append(Doubtful(replace(span, numbers=rest), _LIKE))
            last = span
    return replace(block, tagged=tagged, doubtful=tuple(doubts))


def _printed(block: Block, raised: Sequence[tuple[int, int]], style: str) -> Iterator[Span]:
    """Groups that are printed as the article prints its markers."""
    if style == "bracket":
        yield from brackets(block.text)
    if style == "round":
        yield from (span for span in parentheses(block.text) if overlapping(span, block.tagged))
    if style == "raised":
        prose = block.kind in ("paragraph", "bullet")
        spans = (Span(a, b, numbers(block.text[a:b])) for a, b in _trimmed(block.text, raised))
        yield from (s for s in spans if (prose and _could_cite(block.text, s.start, s.end)) or overlapping(s, block.tagged))


def _trimmed(text: str, raised: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Raised groups of numbers, without blanks around them."""
    for a, b in raised:
        held = text[a:b]
        if _GROUP.fullmatch(held):
            yield a + len(held) - len(held.lstrip()), a + len(held.rstrip())


def _could_cite(text: str, start: int, end: int) -> bool:
    """Whether a raised group can be a marker: no exponent, no isotope."""
    return raisable(text[max(0, start - 40) : start]) and not text[end : end + 1].isalnum()


def _beside(text: str, tagged: Sequence[Span]) -> Iterator[Span]:
    """Numbers in one list with tagged ones: between two of them, or at the end of a range that begins with one."""
    for one, other in pairwise((*tagged, Span(len(text) + 1, len(text) + 1, ()))):
        if not _is_numeric(text, one) or not one.numbers:
            continue
        between = _BETWEEN.fullmatch(text, one.end, other.start) if other.start - one.end < 200 and _is_numeric(text, other) else None
        last = _END.match(text, one.end) if between is None else None
        if found := between or last:
            at = "group" if between else 1
            opens = bool(re.match(rf"\s?[{_DASH}]", text[one.end : one.end + 2]))
            yield Span(found.start(at), found.end(at), open_range(one.numbers[-1:], numbers(found[at]), dash=opens)[1:])


def _ranges(block: Block) -> tuple[tuple[Span, ...], list[Doubtful]]:
    """Ranges told by a word: one within brackets is a range, any other may be two entries that are set against each other."""
    tagged: list[Span] = []
    doubts: list[Doubtful] = []
    for span in block.tagged:
        last = tagged[-1] if tagged else None
        word = _TO.fullmatch(block.text, last.end, span.start) if last and span.start - last.end <= 16 else None
        within = _between(last, span) if last and word else ()
        if not (last and word and within and _is_numeric(block.text, last) and _is_numeric(block.text, span)):
            tagged.append(span)
        elif _is_enclosed(block.text, last, span, word):
            tagged[-1] = Span(last.start, span.end, (*last.numbers, *within, *span.numbers))
        else:
            tagged.append(span)
            doubts.append(Doubtful(Span(last.end, span.start, within), _RANGE))
    return tuple(tagged), doubts


def _between(one: Span, other: Span) -> tuple[int, ...]:
    first, last = (one.numbers or (0,))[-1], (other.numbers or (0,))[0]
    return tuple(range(first + 1, last)) if first < last <= first + WIDEST else ()


def _is_enclosed(text: str, one: Span, other: Span, word: re.Match[str]) -> bool:
    around = text[max(one.start - 1, 0) : one.start + 1], text[other.end - 1 : other.end + 1]
    parted = word["closed"] + word["opened"] + text[one.end - 1 : one.end].strip("0123456789")
    return not parted.strip() and any(o in around[0] and c in around[1] for o, c in ("[]", "()"))
