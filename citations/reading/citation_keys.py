"""Citations by key, as Pandoc, Quarto and R Markdown write them: [@lee2001; @ray, p. 3], @kim, [-@lee2001], and footnotes [^lee]."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass

_KEY = r"@(?:\{[^{}\s]{1,200}\}|\w(?:\w|[:.#$%&\-+?<>~/](?=\w)){0,200})"
_CITED = re.compile(rf"(?<![\w@.\\])-?({_KEY})")
_CLUSTER = re.compile(r"\[([^\[\]]{1,2000})\](?![(:]|\[(?!\^))")  # not the text of a link
_ELSEWHERE = re.compile(r"(?:fig|tbl|eq|sec|lst|thm|lem|def)[:-]")  # a figure or section of the same text
_FOOTNOTE = re.compile(r"\[\^([^\s\[\]^]{1,80})\]")
_DEFINITION = re.compile(r"^ {0,3}\[\^([^\s\[\]^]{1,80})\]:[ \t]*(.*)$")


@dataclass(frozen=True, slots=True)
class Cited:
    """What is cited from `start` to `end` of a text: keys, or the label of a footnote; `sure` unless it can be a name on a network."""

    start: int
    end: int
    keys: tuple[str, ...]
    footnote: bool = False
    sure: bool = True


def cited(text: str, known: Container[str]) -> list[Cited]:
    """The citations of a piece of text, in order; `known` keys are in the list, or stand in brackets somewhere.

    >>> found = cited("So [see @lee; -@ray, p. 3], as @kim2003 says[^a], with @joe, not a@b.org, @fig:x.", {"lee", "ray"})
    >>> [(one.keys, one.sure) for one in found]
    [(('lee', 'ray'), True), (('kim2003',), True), (('a',), True), (('joe',), False)]
    """
    clusters = [Cited(m.start(), m.end(), keys) for m in _CLUSTER.finditer(text) if (keys := _keys(m[0]))]
    inside = {place for one in clusters for place in range(one.start, one.end)}
    notes = [Cited(m.start(), m.end(), (m[1],), footnote=True) for m in _FOOTNOTE.finditer(text)]
    alone = [
        Cited(m.start(), m.end(), keys, sure=keys[0] in known or any(c.isdigit() for c in keys[0]))
        for m in _CITED.finditer(text)
        if m.start() not in inside and (keys := _keys(m[0]))
    ]
    return sorted([*clusters, *notes, *alone], key=lambda one: one.start)


def _keys(text: str) -> tuple[str, ...]:
    keys = (match[1][1:].strip("{}") for match in _CITED.finditer(text))
    return tuple(key for key in keys if not _ELSEWHERE.match(key))


def bracketed(text: str) -> set[str]:
    """The keys that stand in brackets.

    >>> bracketed("[@lee] and @ray")
    {'lee'}
    """
    return {key for match in _CLUSTER.finditer(text) for key in _keys(match[0])}


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote's text, and the line on which it begins."""

    text: str
    line: int


def footnotes(text: str) -> tuple[dict[str, Footnote], str]:
    r"""The footnotes of a text by their labels, and the text without them, its lines where they were.

    >>> footnotes("Rest.[^lee]\n\n[^lee]: Lee A. Rest.\n    2001.\n\nMore.")
    ({'lee': Footnote(text='Lee A. Rest. 2001.', line=3)}, 'Rest.[^lee]\n\n\n\n\nMore.')
    """
    found: dict[str, Footnote] = {}
    kept = text.split("\n")
    for label, line, parts in _definitions(text.split("\n")):
        found.setdefault(label, Footnote(" ".join(" ".join(parts).split()), line))
        kept[line - 1 : line - 1 + len(parts)] = [""] * len(parts)
    return found, "\n".join(kept)


def _definitions(lines: list[str]) -> Iterator[tuple[str, int, list[str]]]:
    """Each footnote's label, first line and lines: those that follow without a blank one, or are indented."""
    at = 0
    while at < len(lines):
        match = _DEFINITION.match(lines[at])
        at += 1
        if match is None:
            continue
        start, parts = at, [match[2]]
        while at < len(lines) and not _DEFINITION.match(lines[at]) and (lines[at].strip() or _goes_on(lines, at)):
            parts.append(lines[at])
            at += 1
        yield match[1], start, parts


def _goes_on(lines: list[str], at: int) -> bool:
    return at + 1 < len(lines) and lines[at + 1].startswith(("    ", "\t"))
