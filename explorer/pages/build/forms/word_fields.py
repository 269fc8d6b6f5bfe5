"""The fields that say on what something rests, and whose word it is: the same for conditions, doses and the items of scores."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from edgewise.explorer.pages.build.desk import Desk
from edgewise.explorer.pages.build.forms.comparing import Said, Word, faults_of, whose_of, word_of
from edgewise.explorer.pages.build.forms.fields import Fields
from edgewise.explorer.pages.build.forms.naming import passages


def word_fields(found: Desk, fields: Fields, part: Said, *, inside: bool, new: bool = False) -> None:
    """Draw the two fields; of something new nothing is picked, unless it stands in what says it for it."""
    fields.data = {**fields.data, "basedOn": list(part.based_on)}
    fields.many("Passages that state it", "basedOn", passages(found))
    whole = {"whole": "As of the whole"} if inside else {}
    fields.pick(
        "Whose word is it?",
        "whose",
        {**whole, "source": "The source says so", "modeller": "My reading"},
        value="" if new and not inside else whose_of(part, inside=inside),
    )


def word_in(data: Mapping[str, Any]) -> Word:
    """What an entry as written says of it.

    >>> word_in({"basedOn": "s1"})
    Word(based_on=('s1',), stated_by='')
    """
    said = data.get("basedOn", [])
    return Word((said,) if isinstance(said, str) else tuple(said), str(data.get("statedBy", "")))


def word_made(data: Mapping[str, Any], wanted: Mapping[str, Any], whole: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """What was changed in a form with these two fields, as the model writes it, and what is wrong with them.

    >>> word_made({}, {"amount": "3", "whose": "source"}, {"whose": "source", "basedOn": ["s1"]})
    ({'amount': '3', 'basedOn': ['s1'], 'statedBy': ''}, {})
    """
    made = {key: value for key, value in wanted.items() if key not in ("whose", "basedOn")}
    if len(made) != len(wanted):
        based_on, stated_by = word_of(word_in(data), whole, inside=False)
        made |= {"basedOn": list(based_on), "statedBy": stated_by}
    return made, faults_of({"whose": whole["whose"], "basedOn": whole["basedOn"]})
