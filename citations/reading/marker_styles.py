"""How an article prints its markers, and where they stand: by tags, in brackets, raised, in parentheses, or bare."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from edgewise.citations.reading.lost_superscripts import Doubt, find_bare
from edgewise.citations.reading.model import Block, Document, Doubtful, Span, Style
from edgewise.citations.reading.printed_markers import brackets, coverage, parentheses, raised

_ENOUGH = 0.3  # of the reference list cited in a style, to take it for the article's own
_MOSTLY = 0.6  # for round brackets, which hold many other figures
_LOST = 5  # entries that a list may have lost at its end, or a tenth of it

_PRINTED: dict[Style, Callable[[str], tuple[Span, ...]]] = {"bracket": brackets, "superscript": raised, "parenthesis": parentheses}
_UNMISTAKABLE: tuple[Style, ...] = ("bracket", "superscript")


@dataclass(frozen=True, slots=True)
class Found:
    """The style of an article, the marker groups of each block, and what was left undecided."""

    style: Style
    spans: tuple[tuple[Span, ...], ...]
    doubts: tuple[Doubt, ...] = ()


def find_markers(document: Document, blocks: Sequence[Block], entries: int, style: Style | None = None) -> Found:
    """Find the markers of an article.

    Args:
        document: as its format's reader gave it.
        blocks: its text without the reference list.
        entries: length of the reference list; 0 if there is none.
        style: how the markers are printed, if the editor knows.

    >>> blocks = [Block("paragraph", "Rest helps [1]."), Block("paragraph", "So do belts [2, 3].")]
    >>> found = find_markers(Document(tuple(blocks)), blocks, 3)
    >>> found.style, [span.numbers for spans in found.spans for span in spans]
    ('bracket', [(1,), (2, 3)])
    """
    tagged = tuple(block.tagged for block in blocks)
    if document.tagged or style == "tagged":
        return Found("tagged" if any(tagged) else "none", tagged, _untagged(blocks))
    if style in _PRINTED:
        return _printed(style, [_PRINTED[style](block.text) for block in blocks], entries)
    if style is None and any(tagged):
        return _with_brackets(blocks, entries)
    if style == "bare":
        return _bare(blocks, entries)
    return _detected(blocks, entries) if style is None else Found("none", tuple(() for _ in blocks))


def _detected(blocks: Sequence[Block], entries: int) -> Found:
    """The first style that cites enough of the list; round brackets come last, since equations are numbered in them as well."""
    for name in _UNMISTAKABLE:
        found = [_PRINTED[name](block.text) for block in blocks]
        if coverage(found, entries) >= _ENOUGH:
            return _printed(name, found, entries)
    plain = _bare(blocks, entries)
    found = [parentheses(block.text) for block in blocks]
    if coverage(found, entries) >= _MOSTLY and coverage(plain.spans, entries) < _ENOUGH:
        return _printed("parenthesis", found, entries)
    return plain


def _untagged(blocks: Sequence[Block]) -> tuple[Doubt, ...]:
    why = "stands in a printed range, but the tag names other entries only"
    found = (
        Doubt(index, one.span, one.why, one.kind)
        for index, block in enumerate(blocks)
        for one in (*(Doubtful(span, why) for span in block.untagged), *block.doubtful)
    )
    return tuple(sorted(found, key=lambda doubt: (doubt.block, doubt.span.start)))


def _bare(blocks: Sequence[Block], entries: int) -> Found:
    groups, doubts = find_bare(blocks, entries)
    spans: list[list[Span]] = [[] for _ in blocks]
    for index, span in groups:
        spans[index].append(span)
    return Found("bare" if groups else "none", tuple(tuple(found) for found in spans), tuple(doubts))


def _with_brackets(blocks: Sequence[Block], entries: int) -> Found:
    """Markers that a format shows as such; those in brackets count beside them where they do not overlap."""
    found = _printed("bracket", [brackets(block.text) for block in blocks], entries)
    merged = [
        tuple(sorted([*block.tagged, *(s for s in spans if not _overlaps(s, _shown(block)))], key=lambda span: span.start))
        for block, spans in zip(blocks, found.spans, strict=True)
    ]
    return Found("tagged", tuple(merged), (*_untagged(blocks), *found.doubts))


def _shown(block: Block) -> tuple[Span, ...]:
    """What a format shows to be a marker, in doubt or not."""
    return (*block.tagged, *(one.span for one in block.doubtful))


def _overlaps(span: Span, others: Sequence[Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)


def _printed(style: Style, found: Sequence[Sequence[Span]], entries: int) -> Found:
    """Groups of a printed style; numbers far beyond the list are left undecided: an interval is printed in the same way."""
    highest = entries + max(_LOST, entries // 10) if entries else 999
    doubts = [
        Doubt(index, span, f"is printed like a marker, but the reference list ends at {entries}")
        for index, spans in enumerate(found)
        for span in spans
        if max(span.numbers) > highest
    ]
    kept = tuple(tuple(span for span in spans if max(span.numbers) <= highest) for spans in found)
    return Found(style, kept, tuple(doubts))
