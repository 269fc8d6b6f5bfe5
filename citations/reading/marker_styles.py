"""How an article prints its markers, and where they stand: by tags, in brackets, raised, in parentheses, or bare."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from edgewise.citations.reading.citation_order import Frontier
from edgewise.citations.reading.lost_superscripts import Doubt, find_bare
from edgewise.citations.reading.model import Block, Document, Span, Style
from edgewise.citations.reading.printed_markers import (
    INDEX,
    Questionable,
    beyond,
    brackets,
    coverage,
    doubtful_brackets,
    doubtful_raised,
    highest,
    parentheses,
    raised,
)
from edgewise.citations.reading.superscript_signs import sequence
from edgewise.citations.reading.text_builder import overlapping

_ENOUGH = 0.3  # of the reference list cited in a style, to take it for the article's own
_MOSTLY = 0.6  # for round brackets, which hold many other figures
_WIDE = 10_000_000  # wider than any paragraph, for places over the whole article

_PRINTED: dict[Style, Callable[[str], tuple[Span, ...]]] = {"bracket": brackets, "superscript": raised, "parenthesis": parentheses}
_DOUBTFUL: dict[Style, Callable[[str], tuple[Questionable, ...]]] = {"bracket": doubtful_brackets, "superscript": doubtful_raised}
_UNMISTAKABLE: tuple[Style, ...] = ("bracket", "superscript")


@dataclass(frozen=True, slots=True)
class Found:
    """The style of an article, the marker groups of each block, and what was left undecided."""

    style: Style
    spans: tuple[tuple[Span, ...], ...]
    doubts: tuple[Doubt, ...] = ()


def find_markers(
    document: Document, blocks: Sequence[Block], entries: int, style: Style | None = None, listed: Mapping[int, str] | None = None
) -> Found:
    """Find the markers of an article.

    Args:
        document: as its format's reader gave it.
        blocks: its text without the reference list.
        entries: length of the reference list; 0 if there is none.
        style: how the markers are printed, if the editor knows.
        listed: the text of each entry by its number.

    >>> blocks = [Block("paragraph", "Rest helps [1]."), Block("paragraph", "So do belts [2, 3].")]
    >>> found = find_markers(Document(tuple(blocks)), blocks, 3)
    >>> found.style, [span.numbers for spans in found.spans for span in spans]
    ('bracket', [(1,), (2, 3)])
    """
    found = _find(document, blocks, entries, style, listed)
    left = [sorted((one.span for one in block.doubtful), key=lambda span: span.start) for block in blocks]
    if not any(left):
        return found
    spans = tuple(
        tuple(span for span in own if span in tagged or not overlapping(span, there))
        for own, tagged, there in zip(found.spans, (set(block.tagged) for block in blocks), left, strict=True)
    )
    doubts = [doubt for doubt in found.doubts if not overlapping(doubt.span, left[doubt.block])]
    doubts += [Doubt(index, one.span, one.why, one.kind) for index, block in enumerate(blocks) for one in block.doubtful]
    return Found(found.style, spans, tuple(sorted(doubts, key=lambda doubt: (doubt.block, doubt.span.start))))


def _find(document: Document, blocks: Sequence[Block], entries: int, style: Style | None, listed: Mapping[int, str] | None) -> Found:
    tagged = tuple(block.tagged for block in blocks)
    if document.tagged or style == "tagged":
        return Found("tagged" if any(tagged) else "none", tagged, _untagged(blocks))
    if style in _PRINTED:
        return _printed(style, blocks, [_PRINTED[style](block.text) for block in blocks], entries)
    if style is None and any(tagged):
        return _with_brackets(blocks, entries)
    if style == "bare":
        return _bare(blocks, entries, listed)
    return _detected(blocks, entries, listed) if style is None else Found("none", tuple(() for _ in blocks))


def _detected(blocks: Sequence[Block], entries: int, listed: Mapping[int, str] | None) -> Found:
    """The first style that cites enough of the list; round brackets come last, since equations are numbered in them as well."""
    for name in _UNMISTAKABLE:
        found = [_PRINTED[name](block.text) for block in blocks]
        if coverage(found, entries) >= _ENOUGH:
            return _printed(name, blocks, found, entries)
    plain = _bare(blocks, entries, listed)
    found = [parentheses(block.text) for block in blocks]
    if coverage(found, entries) >= _MOSTLY and coverage(plain.spans, entries) < _ENOUGH:
        return _printed("parenthesis", blocks, found, entries)
    return plain


def _untagged(blocks: Sequence[Block]) -> tuple[Doubt, ...]:
    why = "stands in a printed range, but the tag names other entries only"
    return tuple(Doubt(index, span, why) for index, block in enumerate(blocks) for span in block.untagged)


def _bare(blocks: Sequence[Block], entries: int, listed: Mapping[int, str] | None) -> Found:
    groups, doubts = find_bare(blocks, entries, listed)
    spans: list[list[Span]] = [[] for _ in blocks]
    for index, span in groups:
        spans[index].append(span)
    framed = sum(blocks[index].text[span.start] == "(" for index, span in groups)
    style: Style = "none" if not groups else "parenthesis" if framed > len(groups) / 2 else "bare"
    return Found(style, tuple(tuple(found) for found in spans), tuple(doubts))


def _with_brackets(blocks: Sequence[Block], entries: int) -> Found:
    """Markers that a format shows as such; those in brackets count beside them where they do not overlap."""
    found = _printed("bracket", blocks, [brackets(block.text) for block in blocks], entries)
    merged = [
        tuple(sorted([*block.tagged, *(s for s in spans if not overlapping(s, block.tagged))], key=lambda span: span.start))
        for block, spans in zip(blocks, found.spans, strict=True)
    ]
    return Found("tagged", tuple(merged), (*_untagged(blocks), *found.doubts))


def _printed(style: Style, blocks: Sequence[Block], found: Sequence[Sequence[Span]], entries: int) -> Found:
    """Groups of a printed style; numbers far beyond the list are left undecided: an interval is printed in the same way."""
    most = highest(entries)
    doubts = [Doubt(index, span, beyond(entries)) for index, spans in enumerate(found) for span in spans if max(span.numbers) > most]
    kept = [[span for span in spans if max(span.numbers) <= most] for spans in found]
    closes = _gaps(kept, entries)
    for doubt in _doubtful(style, blocks, kept, most):
        if closes(doubt):
            kept[doubt.block] = sorted([*kept[doubt.block], doubt.span], key=lambda span: span.start)
        else:
            doubts.append(doubt)
    return Found(style, tuple(map(tuple, kept)), tuple(sorted(doubts, key=lambda doubt: (doubt.block, doubt.span.start))))


def _gaps(kept: Sequence[Sequence[Span]], entries: int) -> Callable[[Doubt], bool]:
    """Tells whether a group closes a gap in the order of first citation: it cites just what is missing between before and behind."""
    frontier = Frontier(
        (index * _WIDE + span.start, number) for index, spans in enumerate(kept) for span in spans for number in span.numbers
    )

    def closes(doubt: Doubt) -> bool:
        place = doubt.block * _WIDE + doubt.span.start
        return frontier.orderly and "order closes" in sequence(doubt.span.numbers, *frontier.bounds(place, place), entries)

    return closes


def _doubtful(style: Style, blocks: Sequence[Block], kept: Sequence[Sequence[Span]], most: int) -> list[Doubt]:
    """What is printed like the article's markers, but can be something else; an index only where markers, too, are glued to words."""
    if style not in _DOUBTFUL:
        return []
    glued = [span.start > 0 and block.text[span.start - 1].isalpha() for block, spans in zip(blocks, kept, strict=True) for span in spans]
    indices = sum(glued) > len(glued) / 2
    return [
        Doubt(index, span, f"is printed like a marker, but {why}")
        for index, block in enumerate(blocks)
        for span, why in _DOUBTFUL[style](block.text)
        if max(span.numbers) <= most and (indices or why != INDEX) and not overlapping(span, kept[index])
    ]
