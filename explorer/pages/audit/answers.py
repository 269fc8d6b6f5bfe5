"""What an editor answers to a finding: let it stand with a reason, take that back, or mend it; written where the guideline can be written.

What may be written follows Save on the Build page: files of this machine where the explorer listens to nobody else, and the draft whose
name the reader knows. Anything else is offered as the lines to write.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import streamlit as st

from edgewise.citations.audit.settings import waive
from edgewise.citations.audit.waiving import back, waiver_of
from edgewise.explorer.pages.audit.address import hush, say, turn_to
from edgewise.explorer.pages.audit.audited import Audit, words
from edgewise.explorer.shell import drafted, guidelines, new_drafts
from edgewise.explorer.shell.this_machine import for_this_machine_alone
from edgewise.graph.drafting.applying import applied
from edgewise.graph.drafting.edits import Add, Drop, Edit, Remove
from edgewise.graph.drafting.errors import Overtaken, SaveRefused, refuse
from edgewise.graph.drafting.saving import ChangedOnDisk, amend, digest
from edgewise.graph.library import load_content
from edgewise.graph.loaded import Loaded
from edgewise.graph.model import Guideline
from edgewise.graph.shelf import SHELF
from edgewise.ontology.errors import EdgewiseError, SourceError
from edgewise.ontology.findings import Finding

_MENDING, _LINES = "audit-mending", "audit-lines"
_OPEN_TO_OTHERS = "This explorer is open to others, so it writes no files."
_CONDITIONS = ("transitions", "steps", "observables")
_REFERENCES = ("references",)
_BY_FORM: Mapping[str, tuple[tuple[str, ...], str]] = {
    "M111": (("transitions",), "justifiedBy"),
    "P406": (("statements", "steps", "transitions", "observables", "phases", "glossary", "notes"), ""),
    "P407": ((), "reviewStatus"),
    **dict.fromkeys(("R201", "R203", "R204", "R206", "R210", "R211", "R215", "R217"), (_REFERENCES, "")),
    "R202": (_REFERENCES, "doi"),
    "R209": (_REFERENCES, "tier"),
    "S301": (_CONDITIONS, ""),
    "S303": (_CONDITIONS, ""),
    "S304": (_CONDITIONS, ""),
    "S311": (("statements",), "text"),
    "S313": (("statements",), "text"),
}
"""Rule → the lists of a guideline whose forms on the Build page mend its findings, and the key concerned; no list means its head."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer goes.

    Attributes:
        kind: into a draft, into the guideline's own file, or nowhere but on the page.
        told: what it is called, or why nothing can be written.
        file: the guideline's own.
        seen: digest or revision of what the page shows.
    """

    kind: Literal["draft", "file", "lines"]
    told: str
    file: Path | None = None
    seen: str = ""


def place_of(name: str) -> Place:
    """Where an answer on the guideline of that name in addresses is written."""
    if drafted.can_be_changed(name):
        return Place("draft", "this draft", seen=str(drafted.draft(name).revision))
    if drafted.is_for_review(name):
        return Place("lines", "This draft was shared for review: it can be read, and not changed.")
    loaded = guidelines.loaded(name)
    if loaded.format != "yaml":
        return Place("lines", "This guideline is not held as YAML, in which waivers are written by place.")
    if not for_this_machine_alone():
        return Place("lines", _OPEN_TO_OTHERS)
    file = guidelines.file_of(name)
    if file is None:
        return Place("lines", "This guideline lies in no file of this machine.")
    if Path(os.path.realpath(file)).is_relative_to(os.path.realpath(SHELF)):
        return Place("lines", "This guideline comes with Edgewise and is not changed.")
    if not os.access(file, os.W_OK):
        return Place("lines", "The guideline's file may be read only.")
    return Place("file", loaded.file, file, digest(loaded.content))


# ---- waivers -----------------------------------------------------------------------------------------------------------


def let_stand(audit: Audit, found: Finding, place: Place, key: str) -> None:
    """Waive a finding with the reason in the widget `key`, or keep the lines that would, for the page to show."""
    hush()
    reason = str(st.session_state.get(key, ""))
    try:
        edit = waiver_of(found, audit.guideline, reason, everywhere=bool(st.session_state.get(f"{key}:everywhere")))
        if place.kind == "lines":
            st.session_state[_LINES] = (audit.name, key, edit)
            return
        if not waive([found], _tried(audit.name, edit).guideline)[1]:
            say("Not waived: a waiver written here would not cover this finding.", done=False)
            return
        _write(audit.name, place, edit, f"{found.rule} waived: {edit.entry['reason']}")
    except EdgewiseError as error:
        say(_refused("Not waived", error), done=False)
        return
    say(f"Waived, and written into {place.told}.", done=True)


def take_back(audit: Audit, waiver: str, place: Place) -> None:
    """Take a waiver back, with all that it covers."""
    held = audit.guideline.waivers.get(waiver)
    _remove(audit, waiver, place, f"Waiver of {held.rule if held else 'a rule'} taken back")


def take_out(audit: Audit, waiver: str, place: Place) -> None:
    """Take out a waiver that covers nothing."""
    turn_to(finding="")
    _remove(audit, waiver, place, "Idle waiver taken out")


def _remove(audit: Audit, waiver: str, place: Place, said: str) -> None:
    hush()
    try:
        edit = back(waiver, audit.guideline)
        _tried(audit.name, edit)
        _write(audit.name, place, edit, said)
    except EdgewiseError as error:
        say(_refused("Not taken back", error), done=False)
        return
    say(f"{said}; {place.told} no longer has it.", done=True)


def lines_asked(audit: Audit, key: str) -> Add | None:
    """The waiver whose lines were asked for with the form `key`."""
    name, form, edit = st.session_state.get(_LINES, ("", "", None))
    return edit if (name, form) == (audit.name, key) else None


def with_edit(name: str, edit: Edit) -> str:
    """The guideline's whole text with an edit made.

    Raises:
        EdgewiseError: it cannot be made.
    """
    return applied(text_of(name), edit)


def text_of(name: str) -> str:
    """A guideline's YAML; of one that is not held as YAML its beginning, into which a waiver would be written like into any.

    Raises:
        EdgewiseError: it is gone.
    """
    loaded = guidelines.loaded(name)
    return loaded.content.decode("utf-8") if loaded.format == "yaml" else f"id: {loaded.guideline.id}\n"


def _tried(name: str, edit: Edit) -> Loaded:
    """The guideline as the edit would leave it.

    Raises:
        EdgewiseError: it could not be used any more, or the edit does not fit.
    """
    text = with_edit(name, edit)
    return drafted.made_of(text) if drafted.names_draft(name) else load_content(text.encode("utf-8"), "guideline.yaml", "yaml")


def _write(name: str, place: Place, edit: Add | Remove | Drop, said: str) -> None:
    if (now := place_of(name)).kind != place.kind:
        raise refuse(SaveRefused, "save-place", now.told.rstrip("."), "ask for the lines, and write them yourself")
    if place.kind == "draft":
        drafted.drafts().change(drafted.draft(name).id, int(place.seen), edit, said)
    elif place.file is not None:
        amend(place.file, place.seen, edit)


def _refused(what: str, error: EdgewiseError) -> str:
    if isinstance(error, ChangedOnDisk | Overtaken):
        return f"{what}: it was changed meanwhile, and is shown as it is now. Look again, then do it again; nothing was written over."
    return f"{what}: {words(error) if isinstance(error, SourceError) else error}"


# ---- mending -----------------------------------------------------------------------------------------------------------


def mended_at(guideline: Guideline, rule: str, ids: tuple[str, ...]) -> tuple[str, str] | None:
    """The part of a guideline, and its key, at whose form a finding is mended; None where no form does.

    >>> from edgewise.graph.library import load
    >>> guideline = load("sacroiliac-sclerosis").guideline
    >>> mended_at(guideline, "P407", ()), mended_at(guideline, "R202", ("reference-1",)), mended_at(guideline, "M101", ("marker-7",))
    (('', 'reviewStatus'), ('reference-1', 'doi'), None)
    """
    lists, key = (_CONDITIONS, "") if rule.startswith("G") else _BY_FORM.get(rule, ((), ""))
    if not lists:
        return ("", key) if key else None
    parts = [id.partition("/")[0] for id in ids]
    held = [part for section in lists for part in parts if part in getattr(guideline, section)]
    first = next((part for part in parts if part in held), "") if rule.startswith("G") else next(iter(held), "")
    return (first, key) if first else None


def mend(audit: Audit, part: str, key: str) -> None:
    """Turn to the Build page at a part: in this draft, in one of the guideline's own file, or in one of a copy."""
    hush()
    try:
        name = audit.name if drafted.can_be_changed(audit.name) else _draft_of(audit.name)
    except EdgewiseError as error:
        say(_refused("No draft could be begun", error), done=False)
        return
    where = {"page": "build", "g": name, "at": part, "field": key}
    st.query_params.from_dict({name: value for name, value in where.items() if value})


def _draft_of(name: str) -> str:
    """The draft that this session has begun of a guideline as it is now, or a new one."""
    known: dict[str, tuple[str, str]] = st.session_state.setdefault(_MENDING, {})
    now = guidelines.loaded(name).digest
    seen, made = known.get(name, ("", ""))
    if seen == now and drafted.is_draft(made):
        return made
    made = new_drafts.of_file(name) if place_of(name).kind == "file" else new_drafts.copy_of(name)
    known[name] = (now, made)
    return made
