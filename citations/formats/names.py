"""Author names, out of and into one line of text.

A line is taken apart only where that is certain: ``Foley BS, Buschbacher RM`` or ``Foley, Bridget; Buschbacher, Ralph``.
Anything else ("Foley BS, et al.", an organisation) stays one literal name, so that writing it again gives the same line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

AND_OTHERS = "et al."
"""The literal name that stands for authors who are left out."""
_MOST_INITIALS = 4
_LONGEST_LINE = 20_000
_LONGEST_PERSON = 6  # words
# Words that people's surnames do not have: the line names an organisation.
_ORGANISED = re.compile(
    r"&|\d|\b(?:and|of|for|the|on|in|group|board|college|society|association|committee|organi[sz]ation|institute|network|university|"
    r"foundation|ministry|department|agency|service|council|cent(?:er|re)|inc|ltd|llc|corp|company|publishers?)\b",
    re.IGNORECASE,
)
_STOP_OF_INITIAL = re.compile(r"(?<=[A-Z])\.(?=$|[A-Z]\.|-[A-Z]\.)")


class Name(NamedTuple):
    """A person (family, given as ``B. S.`` or in full) or, with `literal` alone, whatever else signs a work."""

    family: str = ""
    given: str = ""
    literal: str = ""


def parse_names(text: str) -> tuple[Name, ...]:
    """Take a line of authors apart where that loses nothing; else one literal name, or none for an empty line.

    >>> parse_names("Foley BS, Buschbacher RM")
    (Name(family='Foley', given='B. S.', literal=''), Name(family='Buschbacher', given='R. M.', literal=''))
    >>> parse_names("Advisory Board & Editors")
    (Name(family='', given='', literal='Advisory Board & Editors'),)
    """
    text = " ".join(text.split())
    if not text:
        return ()
    if len(text) <= _LONGEST_LINE:
        names = _parted(text)
        if names and write_names(names) == text:
            return names
    return (Name(literal=text),)


def write_names(names: Iterable[Name]) -> str:
    """Write names on one line: ``Foley BS, Buschbacher RM`` where all have initials alone, else ``Family, Given; …``.

    >>> write_names([Name("Foley", "B. S."), Name("Buschbacher", "Ralph")])
    'Foley, B. S.; Buschbacher, Ralph'
    """
    names = tuple(names)
    short = [f"{name.family} {initials(name.given)}" for name in names if not name.literal and initials(name.given)]
    if len(short) == len(names) and all(_person(words) for words in short):
        return ", ".join(short)
    return "; ".join(name.literal or ", ".join(part for part in (name.family, name.given) if part) for name in names)


def inverted_name(line: str) -> dict[str, str]:
    """A name as ``Family, Given`` in the parts of a CSL item; without a comma, or ending in one, it is an organisation's.

    Embase, and Medline in short, leave the comma out: there initials tell a person.

    >>> inverted_name("Doe, Ann, Jr."), inverted_name("Rest Group,")
    ({'family': 'Doe', 'given': 'Ann  Jr.'}, {'literal': 'Rest Group'})
    >>> inverted_name("van der Doe A.B."), inverted_name("Doe AB"), inverted_name("Rest Group A")
    ({'family': 'van der Doe', 'given': 'A. B.'}, {'family': 'Doe', 'given': 'A. B.'}, {'literal': 'Rest Group A'})
    """
    family, comma, given = (part.strip() for part in line.partition(","))
    if not comma and (person := _person(_STOP_OF_INITIAL.sub("", line.strip()))):
        return {"family": person.family, "given": person.given}
    return {"family": family, "given": given.replace(",", " ")} if comma and family and given else {"literal": line.rstrip(" ,")}


def initials(given: str) -> str:
    """The initials where `given` consists of nothing else, as ``BS`` or ``J-P``; else empty.

    >>> initials("B. S."), initials("J.-P."), initials("Bridget")
    ('BS', 'J-P', '')
    """
    bare = re.sub(r"[.\s]", "", given)
    letters = bare.replace("-", "")
    good = letters.isalpha() and letters.isupper() and len(letters) <= _MOST_INITIALS and re.fullmatch(r"\w(?:-?\w)*", bare)
    return bare if good else ""


def sort_key(name: Name) -> str:
    """The surname (or literal) for comparing: letters and figures alone, without accents or case.

    >>> sort_key(Name("Müller-Lüdenscheidt", "H."))
    'mullerludenscheidt'
    """
    parts = unicodedata.normalize("NFKD", name.family or name.literal)
    return "".join(letter for letter in parts.casefold() if letter.isalnum())


def _parted(text: str) -> tuple[Name, ...]:
    if ";" in text:
        return tuple(_inverted(part.strip()) for part in text.split(";"))
    people = [_person(part.strip()) for part in text.split(",")]
    found = tuple(person for person in people if person)
    if len(found) == len(people):
        return found
    return (_inverted(text),) if text.count(",") == 1 else ()


def _inverted(text: str) -> Name:
    family, comma, given = (part.strip() for part in text.partition(","))
    certain = comma and family and given[:1].isupper() and not is_organised(text) and not _person(family)
    return Name(family, given) if certain else Name(literal=text)


def _person(text: str) -> Name | None:
    family, _, given = text.rpartition(" ")
    if not family or not initials(given) or "." in given or "," in text or ";" in text or is_organised(family):
        return None
    return Name(family, _dotted(given))


def _dotted(given: str) -> str:
    return re.sub(r"(?<=\.)(?=\w)", " ", re.sub(r"(\w)", r"\1.", given))


def is_organised(text: str) -> bool:
    """Whether a text names an organisation: more words than a person has, or one that no surname is.

    >>> is_organised("Foley BS"), is_organised("World Health Organization")
    (False, True)
    """
    return len(text.split()) > _LONGEST_PERSON or bool(_ORGANISED.search(text))
