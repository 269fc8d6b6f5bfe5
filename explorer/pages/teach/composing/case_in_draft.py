"""A composed case kept where its guideline is being built: as a change of the draft, to be undone there like any other."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from edgewise.explorer.cards.wording import plain
from edgewise.explorer.shell import drafted
from edgewise.graph.cases.model import Case
from edgewise.graph.cases.writer import case_data
from edgewise.graph.drafting.edits import Add, Edit, Put
from edgewise.ontology.errors import EdgewiseError

_TOLD = "set:kept-in-draft"


def can_keep(name: str) -> bool:
    """Whether the guideline of that name is a draft that may be changed here."""
    return drafted.can_be_changed(name) and drafted.is_draft(name)


def keep_in_draft(name: str, case: Case, there: Mapping[str, Case]) -> None:
    """The button that keeps a case in the draft, and the way back to the desk.

    Args:
        name: of the draft in addresses.
        case: as it is written.
        there: the cases that the draft has; of one with the same title this is the new wording.
    """
    same = next((id for id, one in there.items() if one.title == case.title), "")
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.button(
            "Keep its new wording in the draft" if same else "Keep it in the draft",
            key="set:keep-in-draft", type="primary", icon=":material/check:", on_click=_keep, args=(name, case, same),
        )  # fmt: skip
        to_the_desk(name)
    if told := st.session_state.pop(_TOLD, ""):
        st.info(plain(told), icon=":material/info:")


def to_the_desk(name: str) -> None:
    """The way back to where the draft is built."""
    st.button("Back to the draft", key="set:to-draft", type="tertiary", icon=":material/arrow_back:", on_click=_back, args=(name,))


def _keep(name: str, case: Case, same: str) -> None:
    try:
        draft = drafted.draft(name)
        said = f"Case {'changed' if same else 'set'}: {case.title[:60]}"
        drafted.drafts().change(draft.id, draft.revision, edits(case, same), said, file="cases")
    except EdgewiseError as error:
        st.session_state[_TOLD] = f"Not kept: {error}"
        return
    st.session_state[_TOLD] = "Kept in the draft. It can be practised there, and undone on the desk."


def edits(case: Case, same: str = "") -> list[Edit]:
    """What writes a case into a file of cases; with the id of one that is there, what makes it the new wording of that.

    >>> edits(Case("c", "A case", "A runner.", ()), "b")
    [Put(at='b', key='title', value='A case'), Put(at='b', key='vignette', value='A runner.'), Put(at='b', key='stages', value=[])]
    """
    data = case_data(case)
    if not same:
        return [Add("cases", data)]
    return [Put(same, key, value) for key, value in data.items() if key != "id"]


def _back(name: str) -> None:
    st.query_params.from_dict({"page": "build", "g": name})
