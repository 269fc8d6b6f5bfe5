"""The fonts inside Typst's wheel, and what they can set."""

from __future__ import annotations

import unicodedata

_SCRIPTS = ("LATIN", "GREEK", "CYRILLIC", "HEBREW", "ARABIC", "ARMENIAN", "GEORGIAN")


def covered(text: str) -> bool:
    """Whether Typst's own fonts have all letters: then every machine sets the same page. If not, the machine's fonts help out.

    >>> covered("Schmerz, ≥70 %"), covered("骶髂关节")
    (True, False)
    """
    letters = {character for character in text if not character.isascii()}
    return all(unicodedata.name(one, "").startswith(_SCRIPTS) for one in letters if unicodedata.category(one)[0] == "L")
