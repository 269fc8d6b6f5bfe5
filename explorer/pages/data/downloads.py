"""The guideline that is looked at, to take away: as it was written, as RDF, and its reference list."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from edgewise.citations.formats.files import write
from edgewise.explorer.cards.markup import page, tag
from edgewise.explorer.drawing.lettering import clean
from edgewise.graph.loaded import Loaded
from edgewise.graph.model import Guideline
from edgewise.graph.reading.files import FORMATS
from edgewise.graph.writing import export as rdf

_RDF: tuple[tuple[str, rdf.Format, str], ...] = (
    ("Turtle", "turtle", "text/turtle"),
    ("JSON-LD", "jsonld", "application/ld+json"),
    ("N-Quads", "nquads", "application/n-quads"),
    ("TriG", "trig", "application/trig"),
)
_REFERENCES = (
    ("BibTeX", "bibtex", ".bib", "application/x-bibtex"),
    ("RIS", "ris", ".ris", "application/x-research-info-systems"),
    ("CSL-JSON", "csl-json", ".json", "application/vnd.citationstyles.csl+json"),
)
_ELSEWHERE = "Hand-outs to print or to click through are on the Teach page, reports of the audit on the Audit page."


def offer(loaded: Loaded) -> None:
    """Draw the buttons; a file is made when it is asked for."""
    made = loaded.guideline
    st.html(page(tag("h2", "Downloads"), tag("p", clean(made.title), cls="ew-quiet"), key="downloads"))
    ending = next((suffix for suffix, format in FORMATS.items() if format == loaded.format), ".yaml")
    with st.container(key="ew-downloads", horizontal=True, gap="small"):
        _button("As it was written", f"{made.id}{ending}", "text/plain", lambda: loaded.content)
        for name, to, kind in _RDF:
            _button(name, f"{made.id}{rdf.FORMATS[to]}", kind, partial(_triples, loaded, to))
    st.html(page(tag("h3", "Its reference list"), key="reference-list"))
    with st.container(key="ew-references", horizontal=True, gap="small"):
        for name, list_format, suffix, kind in _REFERENCES:
            _button(name, f"{made.id}-references{suffix}", kind, partial(_references, made, list_format))
    st.html(page(tag("p", _ELSEWHERE, cls="ew-quiet"), key="elsewhere"))


def _triples(loaded: Loaded, to: rdf.Format) -> bytes:
    return rdf.export(loaded.graph, to).encode()


def _references(guideline: Guideline, to: str) -> bytes:
    return write(guideline.references.values(), to).text.encode()


def _button(name: str, file: str, kind: str, make: Callable[[], bytes]) -> None:
    st.download_button(name, make, file, kind, key=f"data:{file}", on_click="ignore", icon=":material/download:")
