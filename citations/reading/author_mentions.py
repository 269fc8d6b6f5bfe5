"""Names and years as running text prints them: (Doe and Lee, 2001a, b; Roe et al. 2002), Doe's (2001, 2003), WHO 2019.

A mention is only what looks like one: whether it cites, and what, is seen when the list has been asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from edgewise.citations.reading.author_names import CAPITAL, PARTICLE, WORD
from edgewise.citations.reading.word_classes import MONTHS

_YEAR = re.compile(
    r"(?<![\d/.\u2013-])(?<!\b\d,)(?<!\b\d\d,)(?<!\b\d{3},)(?P<year>1[5-9]\d\d|20\d\d)(?P<letter>[a-h])?"
    r"(?![\w%\u00b0/]|\.\d|,\d{3}(?!\d))"
    r"|\b(?P<open>in press|forthcoming|in preparation|submitted|n\.\s?d\.)(?!\w)",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"\s?(?P<sign>,|and|&|[\u2013-])\s?(?P<letter>[a-h])(?![\w.])")
_MORE = re.compile(r"\s*(?:[,;]|,?\s*(?:and|&|or)\b)?\s*")
_INITIAL = rf"{CAPITAL}\.(?:-?{CAPITAL}\.)*"
_RUN = (
    rf"(?:(?:{PARTICLE}|{_INITIAL})\s+)*{WORD}(?:\s(?:{PARTICLE}\s)?{WORD}|\s{CAPITAL}{{1,3}}\b\.?)*"
    rf"(?:,\s?{_INITIAL}(?:\s{_INITIAL}){{0,2}})?"
)
_OTHERS = r"(?:[,\s]+(?:et[\s.]*al\b\.?|and\s+(?:colleagues|co-?workers|others|associates|collaborators|co-?authors)))"
_NAMES = re.compile(
    rf"(?<![\w'\u2019-])(?P<names>{_RUN}(?:(?:,?\s+(?:and|&|und|et|y)\s+|,\s*(?:&\s*)?){_RUN})*)"
    rf"(?P<others>{_OTHERS})?(?P<own>['\u2019]s?)?[\s,;:]*[(\[]?\s*$"
)
_PARTS = re.compile(r",?\s+(?:and|AND|&|und|et|y)\s+|,\s*(?:&\s*)?")
_INITIALS_ALONE = re.compile(rf"{_INITIAL}(?:\s{_INITIAL})*")
_WINDOW = 200
_NESTED = 5  # brackets that may be open around a year
_NO_BRACKET = (-1, -1)
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
    years = list(_YEAR.finditer(text))
    brackets = _brackets(text, [match.start() for match in years])
    found: list[Mention] = []
    last: Mention | None = None
    for match in years:
        if match.start() < (last.end if last else 0):
            continue
        mention = _mention(text, match, last, brackets.get(match.start(), _NO_BRACKET))
        last = mention
        if mention is None:
            continue
        found.append(mention)
        for more in _more_letters(text, mention):
            found.append(more)
            last = more
    return found


def _brackets(text: str, places: Sequence[int]) -> Mapping[int, tuple[int, int]]:
    """For each place the innermost pair of brackets that holds it."""
    opened: list[int] = []
    closed: dict[int, int] = {}
    around: dict[int, tuple[int, ...]] = {}
    wanted = set(places)
    for place, sign in enumerate(text):
        if place in wanted:
            around[place] = tuple(opened[-_NESTED:])
        if sign in "([":
            opened.append(place)
        elif sign in ")]" and opened:
            closed[opened[-1]] = place
            opened.pop()
    pairs = {place: [(start, closed[start]) for start in starts if start in closed] for place, starts in around.items()}
    return {place: held[-1] for place, held in pairs.items() if held and held[-1][1] - held[-1][0] <= _DEEPEST}


def _mention(text: str, year: re.Match[str], last: Mention | None, bracket: tuple[int, int]) -> Mention | None:
    start, end = year.span()
    dated = Mention(start, start, end, (), False, year["year"] or "in press", (year["letter"] or "").lower(), bracket)
    if last and last.end <= start and last.bracket == bracket and bracket[0] >= 0 and _MORE.fullmatch(text, last.end, start):
        return replace(dated, names=last.names, others=last.others, before=last.before)
    floor = max(last.end if last else 0, start - _WINDOW)
    before = text[floor:start]
    match = _NAMES.search(before)
    if match is None:
        return replace(dated, before=before) if bracket[0] >= 0 else None
    names = tuple(name for name in _PARTS.split(match["names"]) if name and not _INITIALS_ALONE.fullmatch(name))
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
