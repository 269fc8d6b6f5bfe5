"""Words by which an entry says that its work has not appeared yet."""

from __future__ import annotations

import re

_ENDS = r"(?=\s*(?:[.,;:)\]]|$|[12][0-9]{3}\b))"
_WORDS = r"in ?(?:the )?press|in print|im (?:druck|erscheinen)|sous presse|à paraître|en prensa|no prelo|in stampa"
_AHEAD = r"(?:(?:e-?pub(?:lication)?|published|publish) )?ahead of print|advance online publication"
_ACCEPTED = r"forthcoming|to appear|accepted(?: for publication| manuscript| article)?|provisionally accepted"
_IN_PRESS = re.compile(
    rf"\b(?:(?:article |manuscript )?(?:{_WORDS})){_ENDS}|\b(?:{_AHEAD})\b|(?:^|[.,;:(\[]\s*)(?:{_ACCEPTED}){_ENDS}", re.IGNORECASE
)


def in_press(text: str) -> str:
    """The words by which a text says that a work is in press, accepted or ahead of print; empty if it does not.

    >>> in_press("Doe A. On rest. J Rest (in press). 2010"), in_press("J Rest 2010 [Epub ahead of print]"), in_press("Accepted, 2010")
    ('in press', 'Epub ahead of print', 'Accepted')
    >>> in_press("Women in press photography"), in_press("Generally accepted rules")
    ('', '')
    """
    found = _IN_PRESS.search(text)
    return " ".join(found[0].strip(" .,;:([").split()) if found else ""
