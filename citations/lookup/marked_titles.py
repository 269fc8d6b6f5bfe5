"""Titles that say of themselves that the work was retracted or withdrawn: registries put that in front of the title, or behind it."""

from __future__ import annotations

import re

from edgewise.citations.lookup.works import Notice, NoticeKind

_WORK = r"(?:\s+(?:article|paper|chapter|publication|manuscript|preprint|study|review))?"
_BEFORE = re.compile(rf"\s*[\[(]?\s*(retracted|withdrawn|removed){_WORK}\s*(?:[\])]\s*[:.\-–—]?|[:.–—]|\s-)\s*", re.IGNORECASE)
_BEHIND = re.compile(rf"\s*[\[(]\s*(retracted|withdrawn){_WORK}(?:[.,:;][^\[\]()]*)?[\])]?\s*\.?\s*$", re.IGNORECASE)
_NOTHING_ELSE = re.compile(rf"\W*(retracted|withdrawn|removed|retraction|withdrawal){_WORK}\W*", re.IGNORECASE)
_LONGEST = 2000  # characters that are looked at: titles are data of others


def own_notice(title: str) -> Notice | None:
    """What a title says of its work, or None.

    >>> own_notice("RETRACTED ARTICLE: On hips").kind, own_notice("WITHDRAWN: On hips").kind, own_notice("On hips [Retracted]").label
    ('retraction', 'withdrawal', 'its title there says "Retracted"')
    >>> own_notice("Retracted papers and who cites them") is own_notice("Retraction notice to: On hips") is None
    True
    """
    title = title[:_LONGEST]
    found = _BEFORE.match(title) or _BEHIND.search(title) or _NOTHING_ELSE.fullmatch(title)
    if not found:
        return None
    kind: NoticeKind = "retraction" if found[1].casefold().startswith("retract") else "withdrawal"
    return Notice(kind, f'its title there says "{found[1]}"')


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
