"""A BibTeX file cut into its entries, each with its line: brace counting alone, no grammar."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

DEEPEST = 20  # nested braces; the parser behind recurses on them
_START = re.compile(r"@[ \t]*([A-Za-z]+)\s*([{(])")
_BRACE = re.compile(r"[{}]")
# An entry that was never closed ends where the next one starts a line.
_NEXT = re.compile(r"^[ \t]*@[ \t]*[A-Za-z]+\s*[{(]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Chunk:
    """One ``@…{…}``: its kind in lower case, its text, its first line, and whether its braces can be parsed."""

    kind: str
    text: str
    line: int
    closed: bool
    too_deep: bool


def chunks(content: str) -> Iterator[Chunk]:
    r"""Cut a file into entries; what stands between them is comment, as in BibTeX itself.

    >>> [(c.kind, c.line, c.closed) for c in chunks("note\n@book{a,\n x={1}}\n@Article{b, y={\n@misc{c}")]
    [('book', 2, True), ('article', 4, False), ('misc', 5, True)]
    """
    at, line, counted = 0, 1, 0
    while start := _START.search(content, at):
        line += content.count("\n", counted, start.start())
        counted = start.start()
        end, deepest = _end(content, start)
        closed = end > 0
        if not closed:
            following = _NEXT.search(content, start.end())
            end = following.start() if following else len(content)
        yield Chunk(start[1].lower(), content[start.start() : end], line, closed, deepest > DEEPEST)
        at = end


def _end(content: str, start: re.Match[str]) -> tuple[int, int]:
    """Where the entry ends (0: nowhere before the next entry's line) and how deep its braces go."""
    following = _NEXT.search(content, start.end())
    limit = following.start() if following else len(content)
    depth = deepest = 1 if start[2] == "{" else 0
    if not depth:
        return _round_end(content, start.end(), limit)
    for brace in _BRACE.finditer(content, start.end(), limit):
        depth += 1 if brace[0] == "{" else -1
        deepest = max(deepest, depth)
        if depth == 0:
            return brace.end(), deepest
    return 0, deepest


def _round_end(content: str, begin: int, limit: int) -> tuple[int, int]:
    depth = deepest = 0
    for sign in re.finditer(r"[{})]", content[begin:limit]):
        depth += {"{": 1, "}": -1, ")": 0}[sign[0]]
        deepest = max(deepest, depth)
        if sign[0] == ")" and depth == 0:
            return begin + sign.end(), deepest
    return 0, deepest
