"""Guidelines for tests of libraries: real ones, and small ones of any id, IRI and text."""

from __future__ import annotations

from functools import cache

from edgewise.graph.library import load
from edgewise.graph.shelf import ids
from tests.places import DATA

SI, ANKLE, EMBOLISM = "sacroiliac-sclerosis", "ottawa-ankle", "pulmonary-embolism"
load = cache(load)
SHIPPED = ids()
_LISTED = '  - {scheme: url, value: "https://example.org/boots", statedBy: editor, confirmed: false}\n'
SMALL = (
    (DATA / "small.yaml")
    .read_text("utf-8")
    .replace(_LISTED, f"{_LISTED}  - {{scheme: doi, value: 10.1000/Boots, statedBy: editor, confirmed: true}}\n")
)


def small(folder, id="thumb", title="A thumb that hurts", name="g.yaml"):
    """A small guideline of that id and title, from a file."""
    text = SMALL.replace(next(line for line in SMALL.splitlines() if line.startswith("id:")), f"id: {id}", 1)
    old = next(line for line in text.splitlines() if line.startswith("title:"))
    file = folder / name
    file.write_text(text.replace(old, f"title: {title!r}", 1), encoding="utf-8")
    return file
