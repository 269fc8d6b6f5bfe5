"""Titles that say of themselves that the work was retracted or withdrawn: registries put that in front of the title, or behind it."""

from __future__ import annotations

import re
from typing import NamedTuple

from edgewise.citations.lookup.works import Notice, NoticeKind
from edgewise.graph.model import Reference

# As publishers print it: English, German, French, Spanish, Portuguese and Italian.
_RETRACTED = r"retracted|zurückgezogen(?:er)?|retrahiert(?:er)?|widerrufen(?:er)?|rétractée?|retractad[oa]|retratad[oa]|ritrattat[oa]"
_WITHDRAWN = r"(?:temporarily\s+)?(?:withdrawn|removed)|retirée?|retirad[oa]|ritirat[oa]"
_THING = "article|paper|chapter|publication|manuscript|preprint|study|review|artikel|beitrag|artículo|artigo|articolo"
_WORK = rf"(?:\s+(?:{_THING}))?"
_GONE = rf"(?:(?:article|artículo|artigo|articolo)\s+)?({_RETRACTED}|{_WITHDRAWN}){_WORK}"
_BEFORE = re.compile(rf"\s*[\[(]?\s*{_GONE}\s*(?:[\])]\s*[:.\-–—]?|[:.–—]|\s-)\s*", re.IGNORECASE)
_BEHIND = re.compile(rf"\s*[\[(]\s*({_RETRACTED}|withdrawn){_WORK}(?:[.,:;][^\[\]()]*)?[\])]?\s*\.?\s*$", re.IGNORECASE)
_NOTHING_ELSE = re.compile(rf"\W*({_RETRACTED}|{_WITHDRAWN}|retraction|withdrawal){_WORK}\W*", re.IGNORECASE)
_LONGEST = 2000  # characters that are looked at: titles are data of others
_OF = r"(?:\s*[:.–—]|\s+(?:to|for|of|regarding|on|von|zu|de|sur|à|del?)\b)"
_SHOUTED = re.compile(r"\W*(RETRACTED|WITHDRAWN)\s")
_NOTED = re.compile(rf"\W*({_RETRACTED}|withdrawn)\b", re.IGNORECASE)
_NOTICE = re.compile(
    rf"\W*((?:partial\s+)?(?:retraction|withdrawal)\s+(?:notice|note|statement){_OF}|(?:notice|statement|letter)\s+of\s+(?:retraction|withdrawal)\b"
    r"|(?:partial\s+)?(?:retraction|withdrawal)\s*:|(?:retraktion|rücknahme|zurückziehung)\s*:|avis\s+de\s+(?:rétractation|retrait)\b"
    r"|(?:rétractation|retrait)\s*:|(?:nota|aviso)\s+de\s+(?:retractación|retirada|retratação)\b|(?:retractación|retratação)\s*:)",
    re.IGNORECASE,
)
_CONCERN = re.compile(
    rf"\W*((?:editorial\s+|publisher['’]?s?\s+)?(?:note\s*:\s*)?expression\s+of\s+concern(?:{_OF}|\W*$)"
    r"|expression\s+(?:de\s+préoccupation|d['’]inquiétude)\b|expresión\s+de\s+preocupación\b|ausdruck\s+(?:der|von)\s+(?:besorgnis|bedenken)\b)",
    re.IGNORECASE,
)
# In a printed entry, of which nobody knows where its title begins, only what is set apart counts.
_IN_ENTRY = re.compile(
    rf"[\[(]\s*({_RETRACTED}|withdrawn){_WORK}(?:[.,:;][^\[\]()]*)?[\])]|(?:^|[.?!:;”\"]\s+)({_RETRACTED}|withdrawn){_WORK}\s*:",
    re.IGNORECASE,
)


class Marked(NamedTuple):
    """What an entry says of its work: of which kind, and in which words."""

    kind: NoticeKind
    words: str


def marked_title(title: str) -> Marked | None:
    """What a title says of its work: that it was taken back, or is itself the notice of such a thing (``is-notice``, ``concern``); or None.

    >>> marked_title("[Retracted] On hips"), marked_title("Zurückgezogen: Über Hüften").kind, marked_title("RETIRÉ: Sur les hanches").kind
    (Marked(kind='retraction', words='Retracted'), 'retraction', 'withdrawal')
    >>> marked_title("Retraction notice to: On hips").kind, marked_title("Expression of concern: On hips").kind
    ('is-notice', 'concern')
    >>> marked_title("Retraction of the nipple") is marked_title("Expressions of concern among parents") is None
    True
    """
    title = title[:_LONGEST]
    for pattern, kind in _OF_NOTICES:
        if found := pattern.match(title):
            return Marked(kind, found[1].strip(" :.–—"))
    gone = _found(title)
    return Marked(_kind(gone), gone) if gone else None


def marked_entry(line: str) -> Marked | None:
    """What a printed entry says of its work, wherever its title may begin.

    >>> marked_entry("1. Doe A. RETRACTED: On hips. 2010."), marked_entry("Doe A. On hips (Retracted article. See vol. 3). 2010.").kind
    (Marked(kind='retraction', words='RETRACTED'), 'retraction')
    >>> marked_entry("Doe A. Retracted papers and who cites them. J Hips. 2010.") is None
    True
    """
    found = _IN_ENTRY.search(line[:_LONGEST])
    words = (found[1] or found[2]) if found else ""
    return Marked(_kind(words), words) if words else None


def marked_reference(reference: Reference, printed: str = "") -> Marked | None:
    """What an entry says of its work: in its title; else in its printed line, its kind, or a note or status added to it.

    >>> marked_reference(Reference("r", 1, "RETRACTED On hips", 2010)).kind, marked_reference(Reference("r", 1, "On hips", 2010)) is None
    ('retraction', True)
    """
    if found := marked_title(reference.title) or _shouted(reference.title):
        return found
    noted = [one.value[:_LONGEST] for one in reference.additions if one.field.casefold() in ("note", "status")]
    gone = next((match[1] for text in (reference.printed_kind, *noted) if (match := _NOTED.match(text))), "")
    lines = (printed.replace(reference.title, "", 1), *noted)
    return Marked(_kind(gone), gone) if gone else next((found for line in lines if (found := marked_entry(line))), None)


def _shouted(title: str) -> Marked | None:
    """The word in capitals before a title that is not."""
    found = None if title.isupper() else _SHOUTED.match(title)
    return Marked(_kind(found[1]), found[1]) if found else None


def own_notice(title: str) -> Notice | None:
    """What a title says of its work, or None.

    >>> own_notice("RETRACTED ARTICLE: On hips").kind, own_notice("WITHDRAWN: On hips").kind, own_notice("On hips [Retracted]").label
    ('retraction', 'withdrawal', 'its title there says "Retracted"')
    >>> own_notice("Retracted papers and who cites them") is own_notice("Retraction notice to: On hips") is None
    True
    """
    gone = _found(title[:_LONGEST])
    return Notice(_kind(gone), f'its title there says "{gone}"') if gone else None


def bare(title: str) -> str:
    """The title without such words; empty where nothing else is left.

    >>> bare("RETRACTED: On hips"), bare("On hips (Retracted article. See vol. 3, 2010)"), bare("Withdrawn"), bare("On hips")
    ('On hips', 'On hips', '', 'On hips')
    """
    if len(title) > _LONGEST:
        return title
    if _NOTHING_ELSE.fullmatch(title):
        return ""
    before = _BEFORE.match(title)
    return _BEHIND.sub("", title[before.end() :] if before else title)


def _found(title: str) -> str:
    """The word by which a title says that its work was taken back; empty if it does not."""
    found = _BEFORE.match(title) or _BEHIND.search(title) or _NOTHING_ELSE.fullmatch(title)
    return found[1] if found else ""


def _kind(word: str) -> NoticeKind:
    withdrawn = re.match(rf"(?:{_WITHDRAWN}|withdrawal)\b", word, re.IGNORECASE)
    return "withdrawal" if withdrawn else "retraction"


_OF_NOTICES: tuple[tuple[re.Pattern[str], NoticeKind], ...] = ((_NOTICE, "is-notice"), (_CONCERN, "concern"))
