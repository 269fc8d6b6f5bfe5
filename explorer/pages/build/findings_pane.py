"""What is wrong or missing right now: each leads to the part that it is about."""

from __future__ import annotations

import streamlit as st

from edgewise.explorer.cards import markup
from edgewise.explorer.cards.markup import tag
from edgewise.explorer.cards.wording import plain
from edgewise.explorer.pages.build import desk
from edgewise.explorer.pages.build.desk import Desk
from edgewise.graph.reading.drafted import TO_DO
from edgewise.ontology.findings import Finding


def findings_pane(found: Desk) -> None:
    """Draw the list: what is wrong, then what is still to do."""
    told = [*found.faults, *(found.loaded.findings if found.loaded and not found.faults else ())]
    wrong, to_do = [one for one in told if one.rule != TO_DO], [one for one in told if one.rule == TO_DO]
    for title, some in (("Wrong", wrong), ("To do", to_do)):
        if some:
            st.html(markup.page(tag("h2", f"{title}: {len(some)}"), key=f"findings-{title}"))
            for number, one in enumerate(some[:30]):
                _row(found, f"{title}:{number}", one)


def _row(found: Desk, key: str, one: Finding) -> None:
    st.button(plain(one.message), key=f"build-finding:{key}", type="tertiary", on_click=_turn, args=(found, one))


def _turn(found: Desk, one: Finding) -> None:
    root = f"https://w3id.org/edgewise/guideline/{found.entries[''].data.get('id', '')}/" if found.entries else ""
    desk.turn(one.subject.removeprefix(root) if root and one.subject.startswith(root) else "")
