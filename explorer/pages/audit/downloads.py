"""Reports to take away, each made when it is asked for, not before."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import streamlit as st


@dataclass(frozen=True, slots=True)
class Forms:
    """A report in every format that it has.

    Attributes:
        text: its lines.
        csv: a table.
        html: a page.
        json: data for programs.
        sarif: the same, given the version of Edgewise.
    """

    text: Callable[[], Iterable[str]]
    csv: Callable[[], str]
    html: Callable[[], str]
    json: Callable[[], Any]
    sarif: Callable[[str], Any]


def downloads(forms: Forms, name: str) -> None:
    """Draw a button for each format.

    Args:
        forms: the report.
        name: what the files are called after.
    """
    stem = re.sub(r"[^A-Za-z0-9-]+", "-", name).strip("-")[:60] or "report"
    download("Findings as a page (HTML)", f"{stem}-audit.html", "text/html", forms.html)
    download("Findings as a table (CSV)", f"{stem}-audit.csv", "text/csv", forms.csv)
    download("Findings as text", f"{stem}-audit.txt", "text/plain", lambda: "\n".join(forms.text()) + "\n")
    download("Findings as JSON", f"{stem}-audit.json", "application/json", lambda: _dumped(forms.json()))
    download("Findings as SARIF", f"{stem}-audit.sarif", "application/sarif+json", lambda: _dumped(forms.sarif(_version())))


def download(label: str, name: str, kind: str, make: Callable[[], str]) -> None:
    """Draw the button of one file."""
    st.download_button(label, make, name, kind, key=f"take:{kind}", on_click="ignore", icon=":material/download:", type="tertiary")


def _dumped(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _version() -> str:
    try:
        return version("edgewise")
    except PackageNotFoundError:
        return ""
