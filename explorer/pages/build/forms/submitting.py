"""A form submitted: its edits are tried first, and made only if the draft is no worse for it; else the form tells why not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from edgewise.explorer.cards.numbers import many
from edgewise.explorer.pages.build import desk
from edgewise.explorer.pages.build.desk import Desk
from edgewise.explorer.pages.build.forms.fields import absolve, blame
from edgewise.explorer.shell import drafted
from edgewise.graph.drafting.applying import applied
from edgewise.graph.drafting.edits import Drop, Edit, Put, Rename
from edgewise.graph.drafting.errors import EditRefused
from edgewise.graph.drafting.following import Following, following
from edgewise.ontology.errors import SourceError
from edgewise.ontology.findings import Finding

MOST = 3
"""How many faults are told beside a form; the list of all that is wrong has the rest."""


def submit(found: Desk, form: str, edits: Sequence[Edit], said: str, *, at: str | None = None) -> bool:
    """Make the edits of a form; whether they were made.

    Args:
        found: the desk on which the form was drawn.
        form: name of the form, beside which faults are told.
        edits: none change nothing.
        said: what was done, for undo and history.
        at: the part to turn to afterwards; None stays.
    """
    absolve(form)
    if not edits:
        return True
    faults: Sequence[Finding] = new_faults(found, edits)
    beside, told = Following(), ""
    try:
        beside = following(found.draft.text, found.draft.cases, edits)
        told = f"also in {many(beside.cases, 'case') if beside.cases else 'its cases'}" if beside.edits else ""
    except EditRefused as refused:
        faults = faults or refused.findings
    except SourceError:
        told = "but not in its cases, which cannot be read as they stand" if not found.faults else ""
    if faults:
        blame(form, _not_done(faults))
        return False
    done = desk.change(found, {"guideline": list(edits), "cases": beside.edits}, f"{said}, {told}" if told else said, at=at)
    if done and told:
        desk.tell(f"The new name stands everywhere in the guideline, {told}.")
    return done


def _not_done(faults: Sequence[Finding]) -> str:
    told = [f"{one.message}{'; ' if one.repair and not one.message.endswith('?') else ' '}{one.repair}".strip() for one in faults[:MOST]]
    return "Not done: " + ". ".join(told) + "."


def new_faults(found: Desk, edits: Sequence[Edit]) -> list[Finding]:
    """What would be wrong with the draft after the edits and is not wrong with it now."""
    before = {(one.rule, one.message) for one in found.faults}
    try:
        drafted.made_of(applied(found.draft.text, *edits))
    except SourceError as error:
        return [one for one in error.findings if (one.rule, one.message) not in before]
    return []


def edits_of(at: str, data: Mapping[str, Any], wanted: Mapping[str, Any]) -> list[Edit]:
    """The edits that give an entry what is wanted: empty texts and lists take a key out; another id comes last.

    >>> edits_of("a", {"label": "A", "order": "1"}, {"label": "B", "order": "", "summary": ""})
    [Put(at='a', key='label', value='B'), Drop(at='a', key='order')]
    >>> edits_of("a", {"id": "a", "label": "A"}, {"id": "b", "label": "B"})
    [Put(at='a', key='label', value='B'), Rename(at='a', id='b')]
    """
    keys = {key: value for key, value in wanted.items() if key != "id" and value != data.get(key)}
    puts: list[Edit] = [Put(at, key, value) for key, value in keys.items() if value not in ("", [], None)]
    drops = (Drop(at, key) for key, value in keys.items() if value in ("", [], None) and key in data)
    return [*puts, *drops, *([Rename(at, wanted["id"])] if "id" in wanted else [])]
