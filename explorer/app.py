"""The explorer: a table of pages. Started by `edgewise explore`, or by `streamlit run explorer/app.py`.

Which page it is stands in the address as ``?page=imaging``. Had each a path of its own, Streamlit would look for its server below that path
first, and a link to a page would begin with two errors in the browser's console. The paths still lead to the pages.
"""

from __future__ import annotations

import streamlit as st

from edgewise.explorer.drawing.canvas import load
from edgewise.explorer.pages.pathway.page import pathway
from edgewise.explorer.shell import frame
from edgewise.explorer.shell.location import FIRST


def _imaging() -> None:
    from edgewise.explorer.pages.imaging.page import page

    page()


def _audit() -> None:
    from edgewise.explorer.pages.audit.page import page

    page()


def _evidence() -> None:
    from edgewise.explorer.pages.evidence.page import evidence_page

    evidence_page()


def _library() -> None:
    from edgewise.explorer.pages.library.page import page

    page()


def _build() -> None:
    from edgewise.explorer.pages.build.page import page

    page()


def _compare() -> None:
    from edgewise.explorer.pages.compare.page import page

    page()


def _data() -> None:
    from edgewise.explorer.pages.data.page import page

    page()


def _teach() -> None:
    from edgewise.explorer.pages.teach.page import page

    page()


PAGES = {
    "library": ("Library", _library),
    "": ("Pathway", pathway),
    "imaging": ("Imaging", _imaging),
    "evidence": ("Evidence", _evidence),
    "audit": ("Audit", _audit),
    "teach": ("Teach", _teach),
    "build": ("Build", _build),
    "compare": ("Compare", _compare),
    "data": ("Data", _data),
}


DRAWING = {"", "build", "evidence", "teach"}  # pages with a drawing


def _show() -> None:
    with st.container(gap=None):
        if frame.page_here() in DRAWING:
            load()
    name = frame.show({name: title for name, (title, _) in PAGES.items()})
    if name is not None:
        PAGES[name][1]()


def _forward() -> None:
    st.switch_page(main, query_params={**st.query_params.to_dict(), "page": current.url_path})


st.set_page_config(page_title="Edgewise", layout="wide")
main = st.Page(_show, title="Edgewise", default=True)
others = [st.Page(_forward, title=title, url_path=name or FIRST) for name, (title, _) in PAGES.items()]
current = st.navigation([main, *others], position="hidden")
current.run()
