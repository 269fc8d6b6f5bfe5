"""What an entry of the list says in all, whether fields hold it or only the printed line does."""

from __future__ import annotations

from collections.abc import Mapping

from edgewise.citations.audit.rules.rule import Audited
from edgewise.graph.model import Reference

_LONGEST = 3000  # characters of a line; entries are data of others


def printed_lines(subject: Audited) -> Mapping[str, str]:
    """The entries as the article at hand prints them, by reference id; none where no article is at hand.

    >>> from edgewise.graph.library import load
    >>> loaded = load("ottawa-ankle")
    >>> printed_lines(Audited(loaded.guideline, loaded))
    {}
    """
    lines = {entry.number: entry.raw for entry in reversed(subject.article.references)} if subject.article else {}
    return {one.id: lines[one.position] for one in subject.guideline.references.values() if one.position in lines}


def said_beside_the_title(reference: Reference, printed: str = "") -> str:
    """What an entry says besides its title: in the title, words such as "in press" may mean anything.

    >>> said_beside_the_title(Reference("r", 1, "Women in press", 2010, container="J Ex"), "Doe A. Women in press. J Ex, in press.")
    'Doe A. . J Ex, in press. J Ex'
    """
    added = (f"{one.field}: {one.value}" for one in reference.additions if one.field not in ("abstract", "keywords"))
    divided = reference.title and not printed.startswith(reference.title)  # else the whole line stands where its title should
    line = printed.replace(reference.title, "", 1) if divided else printed
    return " ".join(part for part in (line[:_LONGEST], reference.container, reference.printed_kind, *added) if part)[: 2 * _LONGEST]
