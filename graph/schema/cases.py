"""The JSON Schema of a `cases.yaml`, from the tables of keys and lengths by which cases are read, with the words of `docs/cases.md`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from edgewise.graph.cases import form
from edgewise.graph.schema import values
from edgewise.graph.schema.guideline import DIALECT
from edgewise.graph.schema.snippets import snippet
from edgewise.graph.schema.values import Schema
from edgewise.ontology.terms import CASES

_CASE_ID = r"^[A-Za-z0-9][A-Za-z0-9_-]*$"
_ANSWERS: Schema = {
    "type": "object",
    "maxProperties": form.MOST_NAMES,
    "additionalProperties": {"anyOf": [{"type": ["string", "number", "boolean"]}, {"type": "array"}]},
}


def cases_schema() -> dict[str, Any]:
    """What an editor may be given to complete, explain and judge the cases beside a guideline.

    What is asked of a patient is the guideline's own, so nothing is said of the observables under `facts`.

    >>> schema = cases_schema()
    >>> schema["required"], list(schema["$defs"])
    (['guideline', 'cases'], ['Case', 'Stage', 'Lure', 'Point'])
    """
    name = values.name(values.REFERENCE)
    own_id = values.name(_CASE_ID) | {"maxLength": form.LONGEST_ID}
    definitions = {
        "Case": _block("Case", form.CASE, {"id": own_id, "stages": _some("Stage", form.MOST_STAGES, 1)}),
        "Stage": _block("Stage", form.STAGE, _told_in_a_stage()),
        "Lure": _block("Lure", form.LURE, {"step": name, "pitfall": name}),
        "Point": _block("Point", form.POINT, {"basedOn": _names()}),
    }
    root = _block("The", form.BOOK, {"guideline": values.name(values.GUIDELINE_ID), "cases": _some("Case", form.MOST_CASES, 1)})
    head = {"$schema": DIALECT, "title": "Edgewise cases.yaml"}
    about = "Patients to learn with, told in stages; docs/cases.md explains it, and `edgewise check` walks them."
    return {**head, "description": about, **{key: value for key, value in root.items() if key != "title"}, "$defs": definitions}


def _block(name: str, keys: Mapping[str, bool], known: Mapping[str, Schema]) -> Schema:
    """A block of keys; those of which nothing else is known are texts, as long as they are still read."""
    needed = [key for key, is_needed in keys.items() if is_needed]
    schemas = {key: {**(known.get(key) or values.text(r"\S", form.LONGEST[key])), **_explained(name, key)} for key in keys}
    return {
        "title": name.lower(),
        "type": "object",
        "additionalProperties": False,
        "required": needed,
        "properties": schemas,
        "defaultSnippets": [snippet(f"a {name.lower()}", needed, schemas)],
    }


def _told_in_a_stage() -> dict[str, Schema]:
    step = values.name(values.REFERENCE)
    return {
        "facts": _ANSWERS,
        "expect": {"anyOf": [step, {"type": "array", "items": step, "minItems": 1, "maxItems": form.MOST_NAMES}]},
        "lures": _some("Lure", form.MOST_REMARKS),
        "points": _some("Point", form.MOST_REMARKS),
        "revises": _names(),
        "early": _names(),
        "at": {"type": ["string", "number"]},
    }


def _some(name: str, most: int, least: int = 0) -> Schema:
    return {"type": "array", "items": {"$ref": f"#/$defs/{name}"}, "maxItems": most, **({"minItems": least} if least else {})}


def _names() -> Schema:
    name = values.name(values.REFERENCE)
    return {"anyOf": [name, {"type": "array", "items": name, "maxItems": form.MOST_NAMES}]}


def _explained(name: str, key: str) -> Schema:
    said = _told().get((name, key), "")
    return {"description": said.replace("`", "'"), "markdownDescription": said}


@cache
def _told() -> Mapping[tuple[str, str], str]:
    """What the document says of each key, by the first word of its section."""
    found: dict[tuple[str, str], str] = {}
    section = ""
    for line in CASES.read_text(encoding="utf-8").splitlines():
        if (heading := re.match(r"### (\w+)", line)) is not None:
            section = heading[1]
        elif (row := re.match(r"\| `(\w+)`\*? \| (.*) \|$", line)) is not None:
            found[section, row[1]] = row[2]
    return found
