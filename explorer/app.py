"""The explorer: a table of pages. Started by `edgewise explore`, or by `streamlit run explorer/app.py`."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from explorer import frame
from explorer.pathway import pathway


def _imaging() -> None:
    from explorer.imaging import page

    page()


st.set_page_config(page_title="Edgewise", page_icon=str(Path(__file__).with_name("icon.svg")), layout="wide")
PAGES = [
    st.Page(pathway, title="Pathway", url_path="pathway", default=True),
    st.Page(_imaging, title="Imaging", url_path="imaging"),
]
current = st.navigation(PAGES, position="hidden")
if frame.show(PAGES):
    current.run()
