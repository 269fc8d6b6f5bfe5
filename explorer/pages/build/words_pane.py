"""Terms that are explained, notes of one's own, and cases: what stands beside a pathway, below the list of what there is to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

from edgewise.explorer.cards.numbers import many
from edgewise.explorer.cards.wording import cut_words, plain
from edgewise.explorer.drawing.lettering import clean
from edgewise.explorer.pages.build import desk
from edgewise.explorer.pages.build.desk import Desk
from edgewise.explorer.pages.build.forms.fields import Fields, absolve, blame, forget, show_fault, typed
from edgewise.explorer.pages.build.forms.naming import free_id, named, passages
from edgewise.explorer.pages.build.forms.submitting import edits_of, submit
from edgewise.graph.drafting.edits import Add, Remove
from edgewise.graph.drafting.entries import Entry, entries
from edgewise.ontology.errors import EdgewiseError

_MINE = {"modeller": "My reading", "editor": "An editor's, beside the source"}
_WHOSE = {"source": "The source says so", **_MINE}
_NO_PARTS = frozenset({"glossary", "notes", "markers", "severities", "waivers", "gradings"})
"""Lists whose entries no note is about."""
_MOST = 60


@dataclass(frozen=True, slots=True)
class Kind:
    """One of the two kinds of entry that are written here; their forms differ in their fields alone.

    Attributes:
        section: the list of the guideline.
        what: such an entry is called.
        first: the key of its name, without which it is none.
        lacking: what is said where that is missing.
        draw: the fields.
    """

    section: str
    what: str
    first: str
    lacking: str
    draw: Callable[[Desk, Fields], None]


def _term(found: Desk, fields: Fields) -> None:
    fields.text("Term", "term", most=100)
    listed = fields.data.get("spellings", [])
    now = ", ".join(map(str, listed)) if isinstance(listed, list) else str(listed)
    fields.text("Other spellings, with commas between them", "spellings", most=600, value=now)
    fields.text("What it means, in plain words", "explanation", most=500, area=True)
    fields.pick("Whose word is it?", "statedBy", _WHOSE, across=False)
    if known := passages(found):
        fields.many("Where the article explains it", "basedOn", known)


def _note(found: Desk, fields: Fields) -> None:
    fields.text("Note", "text", most=1000, area=True)
    fields.many("What it is about", "about", _parts(found))
    fields.pick("Whose word is it?", "statedBy", _MINE, across=False)


def _parts(found: Desk) -> Mapping[str, str]:
    return {id: named(found, id) for id, one in found.entries.items() if id and not one.within and one.section not in _NO_PARTS}


_KINDS = (
    Kind("glossary", "term", "term", "Write the term itself.", _term),
    Kind("notes", "note", "text", "Write the note first.", _note),
)


def words_pane(found: Desk) -> None:
    """Draw the folded parts: terms, notes, cases; the one that is worked on lies open."""
    with st.container(key="ew-build-words", gap="xsmall"):
        _parts_folded(found)


def _parts_folded(found: Desk) -> None:
    here = found.entries[found.at].section if found.at else ""
    for kind in _KINDS:
        there = found.section(kind.section)
        label = {"glossary": "Words explained", "notes": "Notes"}[kind.section]
        with st.expander(f"{label}, {len(there)}" if there else label, expanded=here == kind.section, key=f"ew-build-{kind.section}"):
            _entries(found, kind, there)
    with st.expander("Cases", key="ew-build-cases"):
        _cases(found)


def _entries(found: Desk, kind: Kind, there: list[Entry]) -> None:
    for one in there[:_MOST]:
        if one.id == found.at:
            _form(found, kind, one)
        else:
            label = cut_words(clean(str(one.data.get(kind.first) or one.id)), 60)
            st.button(plain(label), key=f"build-word:{one.id}", type="tertiary", on_click=desk.turn, args=(one.id,))
    if len(there) > _MOST:
        st.caption(f"… and {len(there) - _MOST} more.")
    if not any(one.id == found.at for one in there):
        _form(found, kind, None)


def _form(found: Desk, kind: Kind, made: Entry | None) -> None:
    form = f"build-{kind.what}:{made.id if made else ''}"
    fields = Fields(form, made.data if made else {})
    with st.form(f"{form}:form", border=made is not None):
        kind.draw(found, fields)
        show_fault(form)
        told = f"Keep the {kind.what}" if made else f"Add the {kind.what}"
        st.form_submit_button(told, type="primary" if made else "secondary", on_click=_keep, args=(found, kind, made, form, fields.keys))
    if made:
        with st.container(horizontal=True, gap="small"):
            st.button(f"Remove the {kind.what}", key=f"{form}:remove", icon=":material/delete:", on_click=_remove, args=(found, kind, made))
            st.button("Close", key=f"{form}:close", type="tertiary", on_click=desk.turn, args=("",))


def _keep(found: Desk, kind: Kind, made: Entry | None, form: str, keys: Mapping[str, str]) -> None:
    absolve(form)
    wanted = typed(keys, all=() if made else tuple(keys))
    if "spellings" in wanted:
        wanted["spellings"] = [one.strip() for one in str(wanted["spellings"] or "").split(",") if one.strip()]
    first = str(wanted.get(kind.first, made.data.get(kind.first, "") if made else ""))
    if not first:
        blame(keys[kind.first], kind.lacking)
    elif kind.section == "notes" and not wanted.get("about", made.data.get("about") if made else None):
        blame(keys["about"], "Say what the note is about.")
    elif made:
        submit(found, form, edits_of(made.id, made.data, wanted), f"{kind.what.capitalize()} changed: {first[:60]}", at="")
    else:
        id = free_id(f"{kind.what}-{first}", found.entries)
        entry = {"id": id, **{key: value for key, value in wanted.items() if value}}
        if submit(found, form, [Add(kind.section, entry)], f"{kind.what.capitalize()} written: {first[:60]}"):
            forget(keys)


def _remove(found: Desk, kind: Kind, made: Entry) -> None:
    said = f"{kind.what.capitalize()} removed: {str(made.data.get(kind.first, made.id))[:60]}"
    submit(found, f"build-{kind.what}:{made.id}", [Remove(made.id)], said, at="")


def _cases(found: Desk) -> None:
    """The draft's cases by their titles; they are composed and practised on the Teach page, where the draft is walked."""
    try:
        there = [one for one in entries(found.draft.cases, "cases").values() if one.section == "cases"] if found.draft.cases.strip() else []
    except EdgewiseError:
        there = []  # the list of what is wrong tells it
    st.write(f"{many(len(there), 'case')} in this draft." if there else "No cases yet.")
    for one in there[:_MOST]:
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"ew-build-case-{one.id}"):
            label = plain(cut_words(clean(str(one.data.get("title") or one.id)), 60))
            st.button(label, key=f"build-case:{one.id}", type="tertiary", disabled=not found.loaded, on_click=_teach, args=(found, one.id))
            st.button(
                "Remove", key=f"build-uncase:{one.id}", type="tertiary", icon=":material/delete:", help=f"Remove the case {label}",
                on_click=_without, args=(found, one),
            )  # fmt: skip
    st.button("Set a case", key="build-set-case", icon=":material/add:", disabled=not found.loaded, on_click=_teach, args=(found, ""))


def _teach(found: Desk, case: str) -> None:
    """To the Teach page: to practise a case, or to compose one."""
    st.query_params.from_dict({"page": "teach", "g": found.name, **({"case": case} if case else {"mode": "set"})})


def _without(found: Desk, case: Entry) -> None:
    desk.change(found, Remove(case.id), f"Case removed: {str(case.data.get('title', case.id))[:60]}", file="cases")
