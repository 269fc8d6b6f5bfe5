"""Author–year citations matched to the entries of the list: the one that is meant, several that could be, or none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from edgewise.citations.reading.author_mentions import Mention
from edgewise.citations.reading.author_names import CAPITAL, Names, forms, names_in, same, stands_for
from edgewise.citations.reading.model import ListEntry
from edgewise.citations.reading.word_classes import OPENERS

_DATE = re.compile(r"(?<!\d)((?:1[5-9]|20)\d\d)([a-h])?(?![\w])")
_OPEN = re.compile(r"\b(?:in press|forthcoming|in preparation|submitted|n\.\s?d\.|epub ahead)", re.IGNORECASE)
_INITIAL = re.compile(rf"{CAPITAL}\.(?:[\s-]?{CAPITAL}\.)*\s+|\s+{CAPITAL}{{1,3}}\b\.?$")
_DITTO = re.compile(r"\s*(?:[\u2012-\u2015_-]\s?){2,}\.?")  # the authors of the entry before
_ALIKE = 80  # of 100
_SHOWN = 3
_HOW_MANY = {True: "fewer", False: "more"}
_SHORTEST, _LONGEST = 3, 200  # characters of what stands in an author's place


@dataclass(frozen=True, slots=True)
class Keyed:
    """An entry by what authors and years cite it."""

    entry: ListEntry
    names: Names
    years: frozenset[str]
    letter: str

    @property
    def authors(self) -> int:
        """How many authors are meant; 3 stands for more than are printed."""
        return max(len(self.names.surnames), 3 if self.names.others else 0) or 1


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a mention cites: `numbers` of one entry, or of those that could be meant, and then `why` it is not decided."""

    numbers: tuple[int, ...]
    why: str = ""
    lacking: bool = False


class AuthorYears:
    """A reference list, ready to be asked by names and year."""

    def __init__(self, entries: Iterable[ListEntry]) -> None:
        self.keyed: list[Keyed] = []
        for entry in entries:
            self.keyed.append(_keyed(entry, self.keyed[-1].names if self.keyed else None))
        self._first: dict[str, list[Keyed]] = {}
        for one in self.keyed:
            for form in forms(one.names.surnames[0]) if one.names.surnames else ():
                self._first.setdefault(form, []).append(one)
        self._bodies = [one for one in self.keyed if one.names.body]
        self._heads = [(tuple(_heads(one.entry.raw)), one) for one in self._bodies]
        self._answers: dict[tuple[object, ...], Verdict | None] = {}

    def ask(self, mention: Mention) -> Verdict | None:
        """What a mention cites; None if it is no citation as far as can be told.

        >>> from edgewise.citations.reading.author_mentions import mentions
        >>> held = AuthorYears([ListEntry(1, False, "Doe A, Lee B. 2001. Rest.", 1), ListEntry(2, False, "Roe C. 2002. Ice.", 2)])
        >>> [held.ask(one).numbers for one in mentions("It helps (Doe & Lee, 2001; Roe 2002).")]
        [(1,), (2,)]
        """
        key = (mention.names, mention.others, mention.year, mention.letter, mention.bracket[0] >= 0, mention.before[-_LONGEST:])
        if key not in self._answers:
            self._answers[key] = self._answer(mention)
        return self._answers[key]

    def _answer(self, mention: Mention) -> Verdict | None:
        named = self._named(mention)
        if not named:
            return self._unknown(mention)
        dated = [one for one in named if mention.year in one.years]
        if not dated:
            return self._undated(mention, named)
        lettered = _by_letter(dated, mention.letter)
        if not lettered:
            told = f"the list has {_listed(dated)}, none of them with the letter '{mention.letter}'"
            return Verdict(_numbers(dated), told, lacking=True)
        fitting = _by_count(lettered, mention)
        if not fitting:
            return Verdict(_numbers(lettered), f"the list has {_listed(lettered)}, by {_HOW_MANY[mention.others]} authors than are named")
        if len(fitting) == 1:
            return Verdict(_numbers(fitting))
        return Verdict(_numbers(fitting), f"{_listed(fitting)} fit it alike{_hint(mention)}")

    def _named(self, mention: Mention) -> list[Keyed]:
        """Entries by these authors, words before the names left out as far as need be."""
        for skipped in range(len(mention.names)):
            if skipped and mention.names[skipped - 1].lower() not in OPENERS:
                break  # a name: without it the others are another work's authors
            words = mention.names[skipped].split()
            for first in range(len(words)):
                whole = " ".join(words[first:])
                bare = _INITIAL.sub("", whole).strip()
                found = [one for form in forms(bare) for one in self._first.get(form, ())] if bare else []
                found += [one for one in self._bodies if stands_for(whole, one.names.body)]
                kept = [one for one in dict.fromkeys(found) if _agree(one.names, mention.names[skipped + 1 :])]
                if kept:
                    return _by_initials(kept, whole)
        return self._by_body(mention)

    def _by_body(self, mention: Mention) -> list[Keyed]:
        """Entries by an organisation with whose name, small words and all, the text before the year ends."""
        before = re.sub(r"[\s,(\[]+$", "", mention.before).casefold()
        ending = [(heads, one) for heads, one in self._heads if before.endswith(heads)]
        found = [(max(len(head) for head in heads if before.endswith(head)), one) for heads, one in ending]
        longest = max((length for length, _ in found), default=0)
        return [one for length, one in found if length == longest > 0]

    def _undated(self, mention: Mention, named: list[Keyed]) -> Verdict | None:
        if not (mention.certain or mention.bracket[0] >= 0):
            return None
        return Verdict(_numbers(named), f"the list has {_listed(named)}, but none of {mention.year}", lacking=True)

    def _unknown(self, mention: Mention) -> Verdict | None:
        """Of names that no entry begins with."""
        if not mention.names or not (mention.certain or _alone(mention)):
            return None
        name = mention.names[0].split()[-1]
        alike = [one for one in self.keyed if mention.year in one.years and one.names.surnames and _is_alike(name, one.names.surnames[0])]
        why = f"no entry of the list is by {name} as its first author"
        if alike:
            why += f"; perhaps {_listed(alike)} is meant"
        return Verdict(_numbers(alike), why, lacking=mention.certain)


def _keyed(entry: ListEntry, before: Names | None) -> Keyed:
    dash = _DITTO.match(entry.raw)
    names = replace(before, end=dash.end()) if dash and before else names_in(entry.raw)
    if not names.surnames and entry.author:
        told = names_in(entry.author)
        names = told if told.surnames else names
    behind = _DATE.match(entry.raw[names.end :].lstrip(" .,;:([")) if names.surnames or names.body else None
    years = {behind[1]} if behind else {str(entry.year)} if entry.year else {match[1] for match in _DATE.finditer(entry.raw)}
    letters = {match[2] for match in _DATE.finditer(entry.raw) if match[2] and match[1] in years}
    if _OPEN.search(entry.raw):
        years = years | {"in press"}
    return Keyed(entry, names, frozenset(years), letters.pop() if len(letters) == 1 else "")


def _heads(raw: str) -> Iterator[str]:
    """The beginnings of an entry that may be the name of an organisation, a case or a work without authors."""
    start = raw[:_LONGEST].casefold()
    yield from (start[: match.start()] for match in re.finditer(r"\.?\s*\(|[.,;:]\s", start) if match.start() > _SHORTEST)


def _agree(names: Names, further: Sequence[str]) -> bool:
    """Whether further names in the text are the entry's next authors; what the entry does not tell agrees with anything."""
    held = names.surnames[1:]
    if not held:
        return not further or names.others or bool(names.body)
    if len(further) > len(held) and not names.others:
        return False
    return all(_is_named(_INITIAL.sub("", one).strip(), other) for one, other in zip(further, held, strict=False))


def _is_named(printed: str, held: str) -> bool:
    """Whether a name is the entry's, or its first word: where a list sets the title apart by nothing but its place, it runs on."""
    return same(printed, held) or same(printed, held.split()[0])


def _by_initials(found: list[Keyed], printed: str) -> list[Keyed]:
    """Those whose first author has the initial that the text prints, if it prints one."""
    match = re.match(rf"({CAPITAL})\.", printed)
    told = [one for one in found if match and one.names.initials and one.names.initials[0][:1] == match[1]]
    return told or found


def _by_letter(dated: list[Keyed], letter: str) -> list[Keyed]:
    """Those with the letter; where the list prints none, all."""
    if not letter or not any(one.letter for one in dated):
        return dated
    return [one for one in dated if one.letter == letter]


def _by_count(found: list[Keyed], mention: Mention) -> list[Keyed]:
    """Those with as many authors as the text names, words before the names not counted; with "et al." three or more before two."""
    if mention.others:
        several = [one for one in found if one.authors > max(2, len(mention.names))]
        return several or [one for one in found if one.authors > 1 or one.names.body]
    return [one for one in found if one.names.body or one.authors <= len(mention.names)]


def _alone(mention: Mention) -> bool:
    """Whether one name and its year stand in a bracket, or the name before the year's: as a citation would, and other things as well."""
    return mention.bracket[0] >= 0 and len(mention.names[0].split()) <= 2


def _is_alike(one: str, other: str) -> bool:
    return len(one) > 3 and fuzz.ratio(one.casefold(), other.casefold()) >= _ALIKE


def _numbers(found: Iterable[Keyed]) -> tuple[int, ...]:
    return tuple(sorted({one.entry.number for one in found}))


def _listed(found: Sequence[Keyed]) -> str:
    """Entries for a reader: numbers, and how each begins."""
    told = list(_told(found[:_SHOWN]))
    more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    return ", ".join(told) + more


def _told(found: Iterable[Keyed]) -> Iterator[str]:
    for one in found:
        who = one.names.surnames[0] if one.names.surnames else one.names.body[:40]
        more = " et al." if one.authors > 2 else f" and {one.names.surnames[1]}" if len(one.names.surnames) == 2 else ""
        yield f"entry {one.entry.number} ({who}{more} {'/'.join(sorted(one.years))}{one.letter})"


def _hint(mention: Mention) -> str:
    return "" if mention.letter else ": a letter behind the year would tell them apart"
