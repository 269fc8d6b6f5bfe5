"""Where a chart stands in a file: all of it, or a fence of a Markdown text; and what its head says."""

from __future__ import annotations

import re
from dataclasses import dataclass

_KIND = re.compile(r"(flowchart-elk|flowchart|graph)(?:[ \t]+(TB|TD|BT|RL|LR|BR|<|>|\^|v))?[ \t]*(?=;|\r?\n|$|%%)")
_OPEN = re.compile(r"^[ \t>]{0,12}(`{3,}|~{3,}|:{3})[ \t]*\{?[ \t]*\.?mermaid\b[^\n`]*$", re.IGNORECASE | re.MULTILINE)
_FRONT = re.compile(r"\s*---[ \t]*\n(.*?\n)?[ \t]*---[ \t]*(?:\n|$)", re.DOTALL)
_TITLE = re.compile(r"^title:[ \t]*(.+?)[ \t]*$", re.MULTILINE)
_DIRECTIVE = re.compile(r"%%\{.*?\}%%", re.DOTALL)
_COMMENT = re.compile(r"%%(?!\{)[^\n]*")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Block:
    """A diagram in a file.

    Attributes:
        text: from the keyword's end on; empty where it is no flow chart.
        line: of its first line.
        kind: its keyword: ``flowchart``, ``sequenceDiagram``.
        title: of its front matter.
        is_flow_chart: whether it is one that is read.
    """

    text: str
    line: int
    kind: str
    title: str = ""
    is_flow_chart: bool = False


def blocks_of(text: str) -> list[Block]:
    r"""Every diagram of a file, in order; none where it holds no Mermaid.

    >>> [(block.kind, block.line, block.title) for block in blocks_of("# A\n\n```mermaid\n---\ntitle: T\n---\ngraph TD\nA-->B\n```\n")]
    [('graph', 7, 'T')]
    >>> blocks_of("%% note\nflowchart LR; A-->B")[0].text, blocks_of("graph G { a -- b }")
    ('; A-->B', [])
    """
    whole = block_of(text, 1)
    if whole.is_flow_chart:
        return [whole]
    return [block_of(inner, line) for inner, line in _fenced(text)]


def _fenced(text: str) -> list[tuple[str, int]]:
    """What stands between the fences, with the line on which it begins."""
    found: list[tuple[str, int]] = []
    at = 0
    while (opened := _OPEN.search(text, at)) is not None:
        begin = opened.end() + 1
        quote = re.match(r"[ \t>]*", opened[0])
        closing = re.compile(rf"^[ \t>]{{0,12}}{re.escape(opened[1][0])}{{{len(opened[1])},}}[ \t]*$", re.MULTILINE)
        closed = closing.search(text, begin)
        end = closed.start() if closed else len(text)
        inner = text[begin:end]
        if quote and ">" in quote[0]:
            inner = re.sub(r"^[ \t]*(?:>[ \t]?)+", "", inner, flags=re.MULTILINE)
        found.append((inner, text.count("\n", 0, begin) + 1))
        at = closed.end() if closed else len(text)
    return found


def block_of(text: str, line: int) -> Block:
    """One diagram, its head read: front matter, directives and comments stand before its keyword."""
    at, title = 0, ""
    front = _FRONT.match(text)
    if front:
        found = _TITLE.search(front[1] or "")
        title = found[1].strip("\"'") if found else ""
        at = front.end()
    while (skipped := _SPACE.match(text, at) or _DIRECTIVE.match(text, at) or _COMMENT.match(text, at)) is not None:
        at = skipped.end()
    kind = _KIND.match(text, at)
    line += text.count("\n", 0, at)
    if kind is None:
        word = re.match(r"[\w-]*", text[at:])
        return Block("", line, word[0] if word else "", title)
    return Block(text[kind.end() :], line, kind[1], title, is_flow_chart=True)
