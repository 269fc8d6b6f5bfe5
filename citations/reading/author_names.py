"""Names of authors: taken from the entries of a reference list, and compared with those that the text prints.

Lists print names in many ways (Doe A; Doe, A. B.; A. B. Doe; Doe, Jane, and Bob Lee), texts drop given names, accents and particles. Two
names are the same if any usual way to write the one is a usual way to write the other.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

PARTICLE = (
    r"(?:[Vv]an|[Vv]on|[Dd]er|[Dd]en|[Dd]e[lr]?|[Dd]ella|[Dd]i|[Dd]a|[Dd]os?|[Dd]u|[Ll]a|[Ll]e|[Ee]l|[Aa]l|[Bb]in|[Ii]bn|[Tt]e[nr]"
    r"|[Zz]ur?|af|av|y|[Ss]t\.?|[Tt]he|'t)"
)
_LETTERS = r"[^\W\d_]"
CAPITAL = r"[A-Z\u00c0-\u00d6\u00d8-\u00de\u0100-\u017f\u01cd-\u0233\u1e00-\u1eff]"
WORD = rf"(?:[dDlLO]['\u2019])?{CAPITAL}(?:{_LETTERS}|['\u2019](?!s\b)(?={_LETTERS})|[\u2010\u2011-](?={_LETTERS}))*"
"""One word of a surname, as printed."""
_INITIALS = rf"(?:{CAPITAL}\.?(?:[\s\u2010-]?{CAPITAL}\.?){{0,4}})(?!{_LETTERS}|['\u2019]{_LETTERS})"
_LONGER = rf"{CAPITAL}(?:{_LETTERS}|['\u2019\u2010\u2011-](?={_LETTERS}))+"
_SURNAME = rf"(?:{PARTICLE}\s+){{0,3}}{WORD}(?:\s{_LONGER}(?!\.)){{0,2}}"
_SUFFIX = r"(?:,?\s+(?:Jr|Sr|II|III|IV|2nd|3rd)\b\.?)?"
_FIRST = re.compile(rf"({_SURNAME}),?\s+({_INITIALS}){_SUFFIX}(?:\s+(?:{PARTICLE}\s?){{1,3}}(?![\w]))?")
_LAST = re.compile(rf"((?:{CAPITAL}\.[\s\u2010-]?){{1,5}})\s*({_SURNAME}){_SUFFIX}")
_WRITTEN_OUT = re.compile(rf"({_SURNAME}),\s+({WORD}(?:\s+(?:{CAPITAL}\.|{WORD}))*)")
_GIVEN_FIRST = re.compile(rf"({WORD}(?:\s+{CAPITAL}\.)*)\s+({_SURNAME})")
_BETWEEN = re.compile(r"\s*(?:[,;]?\s*(?:and|&|und|et|y|with)\s+|[,;]\s*(?:\.{3}|…)?\s*(?:&\s*)?|(?:\.{3}|…)\s*|\s+)")
_OTHERS = re.compile(r"\s*[,;]?\s*(?:et\s*al\b|and others\b|and colleagues\b)", re.IGNORECASE)
_BODY = re.compile(r"(?P<name>.{2,160}?)\s*(?:[.;:]\s|\.?\s*\(|,\s*(?=(?:1[5-9]|20)\d\d)|\s(?=(?:1[5-9]|20)\d\d\b)|\.?$)")
_SMALL = frozenset("of and the for in on de la et for to a an und der des".split())
_PAIRS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "å": "aa", "Å": "Aa", "ø": "oe", "Ø": "Oe"})
_BARE = str.maketrans({"ß": "ss", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "Ae", "œ": "oe", "ł": "l", "Ł": "L", "đ": "d", "ı": "i"})
_MOST = 60  # authors that are told apart; more of them decide nothing


@dataclass(frozen=True, slots=True)
class Names:
    """The authors of an entry in their order, with initials where printed; `others`: more are meant; `end`: where the names end.

    `body`: a group or organisation that is the author, or what stands in an author's place.
    """

    surnames: tuple[str, ...]
    initials: tuple[str, ...]
    others: bool
    end: int
    body: str = ""


def names_in(raw: str) -> Names:
    """The authors that an entry begins with.

    >>> names_in("van der Berg J, O'Neil P. Rest. J. 2001.").surnames, names_in("Doe, A. B., & Lee, C. (2001). Rest.").surnames
    (('van der Berg', "O'Neil"), ('Doe', 'Lee'))
    >>> names_in("Doe, Jane, and Bob Lee. 2001. Rest.").surnames, names_in("World Health Organization. Rest. 2019.").body
    (('Doe', 'Lee'), 'World Health Organization')
    """
    surnames: list[str] = []
    initials: list[str] = []
    place, out = 0, False
    while len(surnames) < _MOST:
        start = place
        if surnames:
            between = _BETWEEN.match(raw, place)
            if not between or (not between[0].strip() and raw[place - 1] == "."):  # "Doe A. Vitamin D": a title begins
                break
            start = between.end()
        found = _name_at(raw, start, first=not surnames, written_out=out)
        if found is None:
            break
        surname, initial, place, written = found
        out = out or written
        surnames.append(surname)
        initials.append(initial)
    others = _OTHERS.match(raw, place)
    body = "" if surnames else _body(raw)
    return Names(tuple(surnames), tuple(initials), bool(others), others.end() if others else place or len(body), body)


def _name_at(raw: str, start: int, *, first: bool, written_out: bool) -> tuple[str, str, int, bool] | None:
    if match := _FIRST.match(raw, start):
        return match[1], match[2], match.end(), False
    if match := _LAST.match(raw, start):
        return match[2], match[1], match.end(), False
    if first and (match := _WRITTEN_OUT.match(raw, start)):
        return match[1], match[2], match.end(), True
    if written_out and (match := _GIVEN_FIRST.match(raw, start)):
        return match[2], match[1], match.end(), False
    return None


def _body(raw: str) -> str:
    match = _BODY.match(raw)
    return match["name"].strip(" .,;") if match else ""


@lru_cache(maxsize=20_000)
def forms(name: str) -> frozenset[str]:
    """The ways a name may be written, in small letters without accents, spaces and signs.

    >>> sorted(forms("van der Müller-Lee"))
    ['muellerlee', 'mullerlee', 'vandermuellerlee', 'vandermullerlee']
    """
    bare = re.sub(rf"^(?:{PARTICLE}\s+)+", "", name)
    found = set[str]()
    for text in (name, bare):
        for spelt in (text, _expanded(text)):
            found.add(_plain(spelt))
    return frozenset(found - {""})


def _expanded(text: str) -> str:
    return text.translate(_PAIRS)


@lru_cache(maxsize=20_000)
def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.translate(_BARE)).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


def same(one: str, other: str) -> bool:
    """Whether two surnames are one.

    >>> same("Mueller", "Müller"), same("Berg", "van der Berg"), same("Lee", "Leeds")
    (True, True, False)
    """
    return bool(forms(one) & forms(other))


def stands_for(short: str, body: str) -> bool:
    """Whether a name is that of a group, its initials, or the beginning of it.

    >>> stands_for("WHO", "World Health Organization"), stands_for("World Health Organization", "World Health Organization (WHO)")
    (True, True)
    """
    if not short or not body:
        return False
    letters, whole, bracketed = _spelt(body)
    plain = _plain(short)
    if short.isupper() and len(short) > 1 and (letters == plain or (letters.startswith(plain) and len(plain) > 2)):
        return True
    return short in bracketed or plain == whole or (len(plain) > 3 and whole.startswith(plain))


@lru_cache(maxsize=20_000)
def _spelt(body: str) -> tuple[str, str, frozenset[str]]:
    """A group's initials, its plain name, and what it has in brackets."""
    words = re.findall(rf"{_LETTERS}+", body)
    letters = "".join(word[0] for word in words if word.lower() not in _SMALL).casefold()
    return letters, _plain(body), frozenset(re.findall(r"[(\[]([^()\[\]]+)[)\]]", body))
