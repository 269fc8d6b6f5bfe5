"""Who signs works, for comparing: surnames and initials out of any line of authors, however it is written.

Unlike `names`, which takes a line apart only where that is certain, this makes the best of every line; nothing is written from it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from edgewise.citations.formats.names import is_organised

_INITIALS = re.compile(r"(?:[A-Z]\.?[\s-]*){1,5}")
_OTHERS = re.compile(r"(?:^|[\s,;&(])(?:et\.?\s+al\b|and\s+others\b|u\.\s?a\.|et\s+coll\b|y\s+cols?\b).*", re.IGNORECASE | re.DOTALL)
_BETWEEN = re.compile(r"\s*(?:;|,|&|\band\b|\bund\b)\s*")
_SUFFIX = re.compile(r"(?:Jr|Sr|2nd|3rd|III?|MD|PhD)\.?")
_LONGEST = 20_000
_WORDS = 6  # of a name; more are an organisation, or no name


class Person(NamedTuple):
    """A person as far as a line tells: `surname` in letters without accents or case, `initials` in capitals, perhaps none."""

    surname: str
    initials: str = ""

    def may_be(self, other: Person) -> bool:
        """Whether both may be the same: one surname, and initials of which the one begin the other.

        >>> Person("lee", "A").may_be(Person("lee", "AB")), Person("lee", "A").may_be(Person("lee", "B"))
        (True, False)
        """
        return self.surname == other.surname and (self.initials.startswith(other.initials) or other.initials.startswith(self.initials))


def people(line: str) -> tuple[Person, ...]:
    """The people in a line of authors, in order; organisations are left out, and so is whoever stands behind "et al.".

    >>> people("Doe A, van Roe-Poe B.-C., et al.")
    (Person(surname='doe', initials='A'), Person(surname='vanroepoe', initials='BC'))
    >>> people("Chris Doe; Röe, Wolf") == (Person("doe", "C"), Person("roe", "W"))
    True
    >>> people("World Health Organization")
    ()
    """
    parts = list(_parts(_OTHERS.sub("", _one_line(line))))
    found = [person for part in parts if (person := _person(part))]
    torn = any(map(is_organised, parts))  # what is left of "College of Thumbs & Toes" is nobody
    return tuple(person for person in found if person.initials or not torn)


def is_shortened(line: str) -> bool:
    """Whether a line of authors leaves some out and says so.

    >>> is_shortened("Doe A, et al."), is_shortened("Doe A, Etalov B")
    (True, False)
    """
    return bool(_OTHERS.search(_one_line(line)))


def before_others(line: str) -> int:
    """How many names stand before "et al.".

    >>> before_others("Doe A, Roe B, et al."), before_others("Doe, A.; Roe, B. et al."), before_others("Doe A")
    (2, 2, 1)
    """
    return sum(1 for part in _parts(_OTHERS.sub("", _one_line(line))) if part)


def _one_line(line: str) -> str:
    """Without runs of white space, in which patterns would lose themselves."""
    return " ".join(line[:_LONGEST].split())


def _parts(line: str) -> Iterator[str]:
    """Each name; a comma within ``Doe, A.`` parts nothing."""
    if ";" in line:
        yield from (part.strip() for part in line.split(";"))
        return
    held = ""
    for part in _BETWEEN.split(line):
        if held and part and (_INITIALS.fullmatch(part) or _SUFFIX.fullmatch(part)):
            held = f"{held}, {part}"
            continue
        if held:
            yield held
        held = part.strip(" .") if _SUFFIX.fullmatch(part) is None else ""
    if held:
        yield held


def _person(text: str) -> Person | None:
    words = [word for word in text.replace(",", " , ").split() if not _SUFFIX.fullmatch(word)]
    if not 1 <= len(words) <= _WORDS + 1 or is_organised(text.replace("&", "")):
        return None
    family, comma, given = " ".join(words).partition(",")
    if comma:
        return _made(family, given)
    last = words[-1]
    if len(words) > 1 and _INITIALS.fullmatch(last) and len(last) <= _WORDS:
        begins = next((at for at in range(1, len(words)) if all(_INITIALS.fullmatch(word) for word in words[at:])), len(words) - 1)
        return _made(" ".join(words[:begins]), " ".join(words[begins:]))
    return _made(last, " ".join(words[:-1]))


def _made(family: str, given: str) -> Person | None:
    surname = _letters(family)
    written = given.strip()
    short = _INITIALS.fullmatch(written)
    initials = (
        "".join(letter for letter in written if letter.isupper()) if short else "".join(w[0] for w in re.split(r"[\s.-]+", written) if w)
    )
    return Person(surname, _letters(initials).upper()) if surname else None


def _letters(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", text).casefold() if letter.isalpha())
