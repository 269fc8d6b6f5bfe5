"""Names and years as running text prints them: (Doe and Lee, 2001a, b; Roe et al. 2002), Doe's (2001, 2003), WHO 2019.

A mention is only what looks like one: whether it cites, and what, is seen when the list has been asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from edgewise.citations.reading.author_names import CAPITAL, PARTICLE, WORD
from edgewise.citations.reading.word_classes import MONTHS

_YEAR = re.compile(
    r"(?<![\d/.,:\u2013-])(?P<year>1[5-9]\d\d|20\d\d)(?P<letter>[a-h])?(?![\w%\u00b0/]|[.,:]\d)"
    r"|\b(?P<open>in press|forthcoming|in preparation|submitted|n\.\s?d\.)(?!\w)",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"\s?(?P<sign>,|and|&|[\u2013-])\s?(?P<letter>[a-h])(?![\w.])")
_MORE = re.compile(r"\s*(?:[,;]|,?\s*(?:and|&|or)\b)?\s*")
_INITIAL = rf"{CAPITAL}\.(?:[\s-]?{CAPITAL}\.)*"
_RUN = rf"(?:(?:{PARTICLE}|{_INITIAL})\s+)*{WORD}(?:\s(?:{PARTICLE}\s)?{WORD}|\s{CAPITAL}{{1,3}}\b\.?)*"
_OTHERS = r"(?:[,\s]+(?:et[\s.]*al\b\.?|and\s+(?:colleagues|co-?workers|others|associates|collaborators|co-?authors)))"
_NAMES = re.compile(
    rf"(?<![\w'\u2019-])(?P<names>{_RUN}(?:(?:,?\s+(?:and|&|und|et|y)\s+|,\s*(?:&\s*)?){_RUN})*)"
    rf"(?P<others>{_OTHERS})?(?P<own>['\u2019]s?)?[\s,:]*[(\[]?\s*$"
)
_PARTS = re.compile(r",?\s+(?:and|&|und|et|y)\s+|,\s*(?:&\s*)?")
_WINDOW = 200
_DEEPEST = 3000  # characters that a bracket may hold
_NO_NAMES = MONTHS | frozenset("spring summer autumn fall winter figure fig table version copyright since until during from".split())


@dataclass(frozen=True, slots=True)
class Mention:
    """Names with a year.

    Attributes:
        start: where the names begin, or the year if they are those of the mention before.
        year_at: where the year begins.
        end: where the year ends.
        names: as printed; words that merely stand before them may be in the first.
        others: "et al." or the like.
        year: four figures, or ``in press``.
        letter: behind the year.
        bracket: where the bracket that holds the year begins and ends; (-1, -1) if none does.
        before: the text before the year, for names with small words in them.
    """

    start: int
    year_at: int
    end: int
    names: tuple[str, ...]
    others: bool
    year: str
    letter: str = ""
    bracket: tuple[int, int] = (-1, -1)
    before: str = ""

    @property
    def certain(self) -> bool:
        """Whether it can hardly be anything but a citation, whatever the list says."""
        return self.others or (len(self.names) > 1 and self.bracket[0] >= 0)

    @property
    def narrative(self) -> bool:
        """Whether the names are part of the sentence and the year alone is in brackets."""
        return self.bracket[0] >= self.start


def mentions(text: str) -> list[Mention]:
    """The mentions of a text in their order.

    >>> [(m.names, m.others, m.year, m.letter) for m in mentions("So (Doe and Lee, 2001a, b; Roe et al. 2002).")]
    [(('Doe', 'Lee'), False, '2001', 'a'), (('Doe', 'Lee'), False, '2001', 'b'), (('Roe',), True, '2002', '')]
    """
    brackets = _brackets(text)
    found: list[Mention] = []
    last: Mention | None = None
    for match in _YEAR.finditer(text):
        if match.start() < (last.end if last else 0):
            continue
        mention = _mention(text, match, last, brackets)
        last = mention
        if mention is None:
            continue
        found.append(mention)
        for more in _more_letters(text, mention):
            found.append(more)
            last = more
    return found


def _brackets(text: str) -> list[tuple[int, int]]:
    """Pairs of brackets, inner ones before those around them."""
    opened: list[int] = []
    pairs = []
    for place, sign in enumerate(text):
        if sign in "([":
            opened.append(place)
        elif sign in ")]" and opened:
            pairs.append((opened.pop(), place))
    return [pair for pair in pairs if pair[1] - pair[0] <= _DEEPEST]


def _mention(text: str, year: re.Match[str], last: Mention | None, brackets: list[tuple[int, int]]) -> Mention | None:
    start, end = year.span()
    bracket = min((pair for pair in brackets if pair[0] < start < pair[1]), key=lambda pair: pair[1] - pair[0], default=(-1, -1))
    dated = Mention(start, start, end, (), False, year["year"] or "in press", (year["letter"] or "").lower(), bracket)
    if last and last.end <= start and last.bracket == bracket and bracket[0] >= 0 and _MORE.fullmatch(text, last.end, start):
        return replace(dated, names=last.names, others=last.others, before=last.before)
    floor = max(last.end if last else 0, start - _WINDOW)
    before = text[floor:start]
    match = _NAMES.search(before)
    if match is None:
        return replace(dated, before=before) if bracket[0] >= 0 else None
    names = tuple(name for name in _PARTS.split(match["names"]) if name)
    if len(names) == 1 and names[0].split()[-1].lower().rstrip(".") in _NO_NAMES:
        return None
    return replace(dated, start=floor + match.start(), names=names, others=bool(match["others"]), before=before)


def _more_letters(text: str, mention: Mention) -> Iterator[Mention]:
    """Of "2001a, b" the second work, and of "2001a-c" all."""
    place, letter = mention.end, mention.letter
    while letter and (match := _LETTERS.match(text, place)):
        first = chr(ord(letter) + 1) if match["sign"] in "\u2013-" else match["letter"]
        for code in range(ord(first), ord(match["letter"]) + 1):
            yield replace(mention, start=match.start("letter"), year_at=match.start("letter"), end=match.end(), letter=chr(code))
        place, letter = match.end(), match["letter"]
