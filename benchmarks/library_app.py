"""The explorer on a library, without a browser: what the server does from an address to the page."""

from __future__ import annotations

import logging
import os
import sys
from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from edgewise.explorer.environment import GUIDELINE, LIBRARY
from edgewise.explorer.shell import guidelines, search_index

ROOT = Path(__file__).parents[1]
APP = str(ROOT / "explorer" / "app.py")
logging.disable(logging.WARNING)  # Streamlit remarks at every turn that it runs without a browser
# Streamlit's testing looks through all installed packages at every page: the same for each library, it would hide how ours grows.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)  # type: ignore[assignment]


def visit(library: str, **address: str) -> AppTest:
    """A page of the explorer on that library, drawn once."""
    os.environ.pop(GUIDELINE, None)
    os.environ[LIBRARY] = library
    at = AppTest.from_file(APP, default_timeout=600)
    for key, value in address.items():
        at.query_params[key] = value
    at.run()
    if at.exception:
        sys.exit(f"the page failed: {at.exception}")
    return at


def forget() -> None:
    """Have the explorer begin anew, as after a start: no library is open, nothing in hand."""
    if guidelines._store.cache_info().currsize:
        guidelines.library().close()
    for kept in (guidelines._store, guidelines._begun, guidelines._held, search_index._of):
        kept.cache_clear()
    st.cache_resource.clear()
    st.cache_data.clear()
