"""Plain text, as copied off a page: headings, paragraphs and list items, told by their lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from edgewise.citations.reading.model import Block
from edgewise.citations.reading.text_builder import Text

Line = tuple[int, str]

BULLET = re.compile(r"^\s*(?:[•◦▪▫‣●○■□∙·–*+-]\s+|[•◦▪▫‣●○■□]|\(?(?:\d{1,2}|[a-zA-Z])[.)]\s+)(?=\S)")
_NUMBERED = re.compile(r"^(\d{1,2}(?:\.\d{1,2})*)\.?\s+(?=[^\W\d_])")
_ENDS_IN_MARKER = re.compile(r"(?:[.,:;]\s|[^\W\d][.,:;][\"\u201d\u2019)]?)\d[\d\s,;\u2013-]*$|\]$")
_WRAPPED_AT = 120
_LONGEST_HEADING = 160


def plain_blocks(text: str) -> list[Block]:
    r"""Blocks of a plain text; lines that an editor's window wrapped are joined.

    >>> [(b.kind, b.text, b.line()) for b in plain_blocks("Care\n\nRest helps. 1\n\n  • Belts 2\n  • Heat 3\n")]
    [('heading', 'Care', 1), ('paragraph', 'Rest helps. 1', 3), ('bullet', 'Belts 2', 5), ('bullet', 'Heat 3', 6)]
    """
    lines = [(number, line.rstrip()) for number, line in enumerate(text.split("\n"), 1)]
    wrapped = is_wrapped([line for _, line in lines])
    blocks: list[Block] = []
    for group in groups(lines):
        if len(group) == 1 and is_heading(group[0][1]):
            blocks.append(heading(*group[0]))
        else:
            blocks += [_block(part) for part in _parts(group, wrapped=wrapped)]
    return blocks


def groups(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines that no blank line parts.

    >>> groups([(1, "a"), (2, ""), (3, "b"), (4, "c")])
    [[(1, 'a')], [(3, 'b'), (4, 'c')]]
    """
    found: list[list[Line]] = [[]]
    for line in lines:
        if line[1].strip():
            found[-1].append(line)
        elif found[-1]:
            found.append([])
    return [group for group in found if group]


def is_wrapped(lines: Sequence[str]) -> bool:
    """Whether paragraphs run over several lines: none is long, and most that are followed by another end within a sentence."""
    inner = [a for a, b in pairwise(lines) if a.strip() and b.strip() and not BULLET.match(b)]
    if len(inner) < 3 or max(map(len, lines)) > _WRAPPED_AT:
        return False
    longest = max(map(len, inner))
    running = [line for line in inner if len(line) > 0.6 * longest and line[-1] not in ".!?:"]
    return longest > 40 and len(running) >= 0.5 * len(inner)


def is_heading(line: str) -> bool:
    """Whether a line that stands alone is a heading: short, and no sentence.

    >>> [is_heading(line) for line in ("Step 2: Injections", "Criteria Before Surgery:", "Give rest, including: 3, 4", "Rest helps.")]
    [True, True, False, False]
    """
    text = line.strip()
    if len(text) > _LONGEST_HEADING or (BULLET.match(line) and not _NUMBERED.match(text)):
        return False
    if not any(c.isalpha() for c in text) or text[0].islower() or text[-1] in ".;,!":
        return False
    words = [word for word in text.rstrip(":?").split() if word[0].isalpha()]
    if _ENDS_IN_MARKER.search(text) or len(words) > 16:
        return False
    capitals = sum(word[0].isupper() or len(word) < 5 for word in words)
    return capitals == len(words) if text.endswith(":") else True


def heading(number: int, line: str) -> Block:
    """A heading; a printed number such as 2.1 gives its level.

    >>> heading(4, "2.1 Methods").level
    2
    """
    text = " ".join(line.split())
    match = _NUMBERED.match(text)
    return Block("heading", text, ((0, number),), match[1].count(".") + 1 if match else 1)


def _parts(group: Sequence[Line], *, wrapped: bool) -> list[list[Line]]:
    """One list of lines a block: a list item begins a new one; other lines do unless the text is wrapped."""
    parts: list[list[Line]] = []
    for line in group:
        if parts and wrapped and not BULLET.match(line[1]):
            parts[-1].append(line)
        else:
            parts.append([line])
    return parts


def _block(part: Sequence[Line]) -> Block:
    match = BULLET.match(part[0][1])
    text = Text()
    for number, line in part:
        text.add((line[match.end() :] if match and number == part[0][0] else line) + " ", number)
    printed = re.search(r"\d+", match[0]) if match else None
    return text.block("bullet" if match else "paragraph", key=printed[0] if printed else "")
