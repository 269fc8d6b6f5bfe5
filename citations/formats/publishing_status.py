"""Words by which an entry says that its work has not appeared yet, or on which day its address was opened."""

from __future__ import annotations

import re

_ENDS = r"(?=\s*(?:[.,;:)\]]|$|[12][0-9]{3}\b))"
_WORDS = r"in ?(?:the )?press|in print|im (?:druck|erscheinen)|sous presse|à paraître|en prensa|no prelo|in stampa"
_AHEAD = r"(?:(?:e-?pub(?:lication)?|published|publish) )?ahead of print|advance online publication"
_ACCEPTED = r"forthcoming|to appear|accepted(?: for publication| manuscript| article)?|provisionally accepted"
_IN_PRESS = re.compile(
    rf"\b(?:(?:article |manuscript )?(?:{_WORDS})){_ENDS}|\b(?:{_AHEAD})\b|(?:^|[.,;:(\[]\s*)(?:{_ACCEPTED}){_ENDS}", re.IGNORECASE
)
_OPENED = re.compile(
    r"\b(?:access(?:ed|ion)?|retrieved|cited|consulted|viewed|visited|opened|checked|downloaded|abgerufen|aufgerufen|eingesehen|zugriff|stand"
    r"|consultée?s?|consultad[oa]s?|acess?ad[oa]|acesso|acceso|consultato)\b[^.;\]]{0,40}?[0-9][^.;\])]{0,20}",
    re.IGNORECASE,
)


def opened(text: str) -> re.Match[str] | None:
    """Where a text says on which day an address was opened.

    >>> opened("Doe A. Rest. www.example.org (Acesso em 10 abr 2010)")[0], opened("Access to care")
    ('Acesso em 10 abr 2010', None)
    """
    return _OPENED.search(text)


def without_day_opened(text: str) -> str:
    """A text without the day on which an address was opened, whose year is not the work's.

    >>> without_day_opened("Rest (n.d.). Accessed 18 September 2012.")
    'Rest (n.d.). .'
    """
    return _OPENED.sub("", text)


def in_press(text: str) -> str:
    """The words by which a text says that a work is in press, accepted or ahead of print; empty if it does not.

    >>> in_press("Doe A. On rest. J Rest (in press). 2010"), in_press("J Rest 2010 [Epub ahead of print]"), in_press("Accepted, 2010")
    ('in press', 'Epub ahead of print', 'Accepted')
    >>> in_press("Women in press photography"), in_press("Generally accepted rules")
    ('', '')
    """
    found = _IN_PRESS.search(text)
    return " ".join(found[0].strip(" .,;:([").split()) if found else ""
