"""An answer to a question in SPARQL on the page: a table, yes or no, or a graph; and the same to take away."""

from __future__ import annotations

import json
from collections.abc import Iterator

import streamlit as st

from edgewise.explorer.cards.markup import page, tag
from edgewise.explorer.drawing.palette import GROUNDS, KINDS, Shade
from edgewise.graph.stores.read_only import PREFIXES
from edgewise.graph.stores.results import Result, Term, values

_MOST = 150
"""Triples of which a graph is drawn; of more nobody sees anything in it."""
_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_LONGEST = 40


def show(found: Result) -> None:
    """Draw an answer."""
    st.html(page(tag("p", tag("strong", found.told()), role="status"), key="answer"))
    if found.kind == "boolean":
        return
    if found.kind == "triples" and 0 < len(found.rows) <= _MOST:
        table, graph = st.tabs(["Table", "Graph"])
        with graph:
            st.graphviz_chart(dot(found), alt="The triples of the answer as a graph; the table says the same in words.")
        with table:
            _table(found)
    elif found.rows:
        _table(found)
    _offer(found)


def _table(found: Result) -> None:
    cells = [[short(term) for term in row] for row in found.rows]
    st.dataframe(
        {name: [row[at] for row in cells] for at, name in enumerate(found.columns)},
        hide_index=True,
        height="content" if len(cells) < 12 else 440,
    )


def _offer(found: Result) -> None:
    as_json = json.dumps(found.to_json(), ensure_ascii=False, indent=1)
    with st.container(key="ew-answer-files", horizontal=True, gap="small"):
        st.download_button("CSV", found.to_csv(), "answer.csv", "text/csv", key="answer:csv", on_click="ignore", icon=":material/download:")
        st.download_button(
            "JSON", as_json, "answer.json", "application/json", key="answer:json", on_click="ignore", icon=":material/download:"
        )


def short(term: Term | None) -> str:
    """A term as readers see it: of an IRI that has a known prefix, that and the rest.

    >>> short({"type": "uri", "value": "http://purl.org/dc/terms/title"}), short({"type": "literal", "value": "Hips"}), short(None)
    ('dcterms:title', 'Hips', '')
    """
    value = term["value"] if term else ""
    if not term or term["type"] != "uri":
        return value
    return next((f"{name}:{value[len(base) :]}" for name, base in PREFIXES.items() if value.startswith(base)), value)


def dot(found: Result) -> str:
    r"""Triples as a graph in Graphviz' language: what bears a label is called by it.

    >>> iri, text = {"type": "uri", "value": "urn:a"}, {"type": "literal", "value": 'say "so"'}
    >>> print(dot(Result("triples", ("subject", "predicate", "object"), ((iri, iri, text),))).splitlines()[-2])
    "n0" -> "n1" [label="urn:a"];
    """
    return "\n".join(("digraph {", *_lines(found), "}"))


def _lines(found: Result) -> Iterator[str]:
    box, line = KINDS["ghost"]["light"], GROUNDS["light"]["muted"]
    yield f'rankdir=TB; bgcolor="transparent"; node [shape=box style="rounded,filled" fontname="sans-serif" fontsize=12 {_shade(box)}];'
    yield f'edge [color="{line}" fontcolor="{line}" fontname="sans-serif" fontsize=12];'
    rows = values(found, *found.columns)
    labels = {subject: text for subject, predicate, text in rows if predicate == _LABEL}
    drawn = [row for at, row in enumerate(found.rows) if rows[at][1] != _LABEL] or list(found.rows)
    names: dict[str, str] = {}
    for row in drawn:
        for term in (row[0], row[2]):
            if term and (value := term["value"]) not in names:
                names[value] = f"n{len(names)}"
                yield f'"{names[value]}" [label="{_quoted(labels.get(value) or short(term))}"];'
    for row in drawn:
        if row[0] and row[2]:
            yield f'"{names[row[0]["value"]]}" -> "{names[row[2]["value"]]}" [label="{_quoted(short(row[1]))}"];'


def _shade(box: Shade) -> str:
    return f'fillcolor="{box["fill"]}" color="{box["line"]}" fontcolor="{box["text"]}"'


def _quoted(text: str) -> str:
    """A text within quotation marks of that language; it knows no other escape, and a backslash is one."""
    line = " ".join(text.split())
    cut = line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
    return cut.replace("\\", "\\\\").replace('"', '\\"')
