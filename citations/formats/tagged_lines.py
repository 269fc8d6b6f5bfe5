"""Records of lines that each begin with a tag, as PubMed, Web of Science and EndNote write them: values by tag, in their order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field


@dataclass(slots=True)
class Tagged:
    """One record.

    Attributes:
        line: on which it begins.
        pairs: tag and value of each line, continued lines joined.
        ended: whether its own end was met, where the format has one.
    """

    line: int
    pairs: list[tuple[str, str]] = field(default_factory=list)
    ended: bool = False

    def all(self, *tags: str) -> list[str]:
        """The values of these tags, in the order of the record."""
        return [value for tag, value in self.pairs if tag in tags and value]

    def first(self, *tags: str) -> str:
        """The first value of the first of these tags that has one; empty if none has."""
        return next((value for tag in tags for value in self.all(tag)), "")


@dataclass(frozen=True, slots=True)
class TagStyle:
    """How a format writes its lines.

    Attributes:
        line: with the groups ``tag`` and ``value``.
        starts: tags with which a record begins.
        end: the tag that ends one; empty where none does.
        listed: tags of which every continued line is a value of its own.
        outside: tags that stand between records.
    """

    line: re.Pattern[str]
    starts: frozenset[str]
    end: str = ""
    listed: frozenset[str] = frozenset()
    outside: frozenset[str] = frozenset()


def records(content: str, style: TagStyle) -> Iterator[Tagged]:
    r"""The records of a file, each with its line; text outside of any is a record without a tag.

    >>> style = TagStyle(re.compile(r"(?P<tag>[A-Z]{2}) ?(?P<value>.*)"), frozenset({"PT"}), end="ER", listed=frozenset({"AU"}))
    >>> [one.pairs for one in records("PT J\nAU Doe, A\n   Roe, B\nTI On\n   rest\nER\n", style)]
    [[('PT', 'J'), ('AU', 'Doe, A'), ('AU', 'Roe, B'), ('TI', 'On rest')]]
    """
    for record in _records(content, style):
        record.pairs = _joined(record.pairs, style)
        yield record


def _records(content: str, style: TagStyle) -> Iterator[Tagged]:
    """The records, each line a pair of its own; a continued one has no tag."""
    held: Tagged | None = None
    gap = False
    for number, line in enumerate(content.split("\n"), 1):
        match = style.line.fullmatch(line.rstrip())
        tag = match["tag"] if match else ""
        if not line.strip() or tag in style.outside:
            gap = True
            continue
        if held and tag and _parts(held, tag, style, gap=gap):
            yield held
            held = None
        gap = False
        if tag and tag == style.end:
            if held:
                held.ended = True
                yield held
            held = None
            continue
        held = held or Tagged(number)
        held.pairs.append((tag, (match["value"] or "").strip() if match else line.strip()))
    if held:
        yield held


def _parts(held: Tagged, tag: str, style: TagStyle, *, gap: bool) -> bool:
    """Whether a record begins here; a blank line alone parts those that begin with no tag of their own."""
    return tag in style.starts or (gap and not style.end and held.pairs[0][0] not in style.starts)


def _joined(lines: Iterable[tuple[str, str]], style: TagStyle) -> list[tuple[str, str]]:
    """Continued lines with those that they continue, all at once: line by line, a long value would be copied at each."""
    pieces: list[tuple[str, list[str]]] = []
    for tag, value in lines:
        before = pieces[-1][0] if pieces else ""
        if tag or not before or before in style.listed:
            pieces.append((tag or before, [value]))
        else:
            pieces[-1][1].append(value)
    return [(tag, " ".join(values).strip()) for tag, values in pieces]
