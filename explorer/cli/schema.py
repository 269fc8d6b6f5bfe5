"""`edgewise schema`: what an editor needs to complete, explain and judge the YAML while it is being written."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import typer

from edgewise.explorer.cli.delivery import deliver_json
from edgewise.explorer.cli.exits import CLEAN
from edgewise.explorer.cli.options import Output


class Kind(StrEnum):
    """The files that there is a schema of."""

    guideline = "guideline"
    cases = "cases"


def schema(
    kind: Annotated[Kind, typer.Argument(metavar="KIND", help="guideline or cases: which file it is for.")] = Kind.guideline,
    output: Output = None,
) -> int:
    """Write the JSON Schema (2020-12) of a guideline.yaml or a cases.yaml, made from the very shapes by which check judges.

    An editor that knows it offers the keys of each place and their codes, explains each in the words of the documents, and underlines
    what has not the right form. Whether the guideline hangs together, only `edgewise check` can say. docs/authoring.md tells how VS Code
    is told of it, and lists what no schema sees. There is none for facts, whose keys are those of each guideline.

    Examples:
      edgewise schema --output guideline.schema.json
      edgewise schema cases --output cases.schema.json
    """
    deliver_json(_made(kind), output)
    return CLEAN


def _made(kind: Kind) -> dict[str, Any]:
    if kind == Kind.cases:
        from edgewise.graph.schema.cases import cases_schema

        return cases_schema()
    from edgewise.graph.schema.guideline import guideline_schema

    return guideline_schema()
