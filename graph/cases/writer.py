"""A case as the YAML that `edgewise.graph.cases.book` reads back: a block for a file of cases, or a whole file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from textwrap import indent
from typing import Any

import yaml

from edgewise.graph.cases.model import Case, Lure, Point, Ruling, Stage
from edgewise.graph.walking.facts import Answer as Fact
from edgewise.graph.walking.facts import Facts

_WIDTH, _SHORT, _LONGEST_NUMBER = 110, 60, 40


class _Short(dict[str, Any]):
    """A mapping that stands on one line."""


class _Row(list[Any]):
    """A list that stands on one line."""


class _Writer(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002  # lists are set in below their key
        return super().increase_indent(flow, False)

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002  # the reader knows none
        return True


def case_yaml(case: Case) -> str:
    """A case as one entry of the list `cases`, set in by two spaces; what a stage expects is left out where it is None.

    >>> print(case_yaml(Case("c", "A case", "A runner of 30.", (Stage("It hurts.", {"films": "no"}, Ruling("due", ("x-ray",))),))))
      - id: c
        title: A case
        vignette: A runner of 30.
        stages:
          - tells: It hurts.
            facts: {films: 'no'}
            expect: x-ray
    <BLANKLINE>
    """
    return indent(_written([_case(case)]), "  ", lambda line: bool(line.strip()))


def case_data(case: Case) -> dict[str, Any]:
    """A case as plain data by the keys of its file, as an edit of that file takes it.

    >>> case_data(Case("c", "A case", "A runner.", (Stage("It hurts.", {"films": "no"}, Ruling("due", ("x-ray",))),)))["stages"]
    [{'tells': 'It hurts.', 'facts': {'films': 'no'}, 'expect': 'x-ray'}]
    """
    return dict(_case(case))


def cases_yaml(cases: Sequence[Case], guideline: str) -> str:
    """A whole `cases.yaml` for the guideline of that id.

    >>> print(cases_yaml([Case("c", "A case", "A runner.", (Stage("It hurts.", {}),))], "hips").splitlines()[:3])
    ['guideline: hips', 'cases:', '  - id: c']
    """
    return _written({"guideline": guideline}) + "cases:\n" + "".join(case_yaml(case) for case in cases)


def _written(data: object) -> str:
    return yaml.dump(data, Dumper=_Writer, sort_keys=False, allow_unicode=True, width=_WIDTH, default_flow_style=False)


def _case(case: Case) -> dict[str, Any]:
    return {"id": case.id, "title": case.title, "vignette": case.vignette, "stages": [_stage(stage) for stage in case.stages]}


def _stage(stage: Stage) -> dict[str, Any]:
    parts = {
        "at": stage.at.written if stage.at else None,
        "tells": stage.tells,
        "facts": _Short(_facts(stage.facts)),
        "expect": _expected(stage.expect) if stage.expect else None,
        "lures": [_lure(lure) for lure in stage.lures],
        "points": [_point(point) for point in stage.points],
        "revises": _Row(stage.revises),
        "early": _Row(stage.early),
    }
    return {key: part for key, part in parts.items() if part}


def _expected(answer: Ruling) -> str | list[str]:
    """A word alone may be a verdict, so a step that is called like one stands in a list."""
    if answer.verdict != "due":
        return answer.verdict
    alone = len(answer.steps) == 1 and answer.steps[0] not in ("not-stated", "undecided")
    return answer.steps[0] if alone else _Row(answer.steps)


def _lure(lure: Lure) -> dict[str, str]:
    return {"step": lure.step, "why": lure.why} | ({"pitfall": lure.pitfall} if lure.pitfall else {})


def _point(point: Point) -> dict[str, Any]:
    return {"text": point.text, "basedOn": _Row(point.based_on)}


def _facts(facts: Facts) -> dict[str, Any]:
    return {id: _Row(answer) if isinstance(answer, tuple) else answer for id, answer in facts.items()}


def _as_number(writer: yaml.SafeDumper, value: Decimal) -> yaml.Node:
    digits = format(value, "f")
    if len(digits) > _LONGEST_NUMBER:
        return writer.represent_str(str(value))
    return writer.represent_scalar(f"tag:yaml.org,2002:{'float' if '.' in digits else 'int'}", digits)


def _as_text(writer: yaml.SafeDumper, value: str) -> yaml.Node:
    """Long text stands below its key, as people write it; PyYAML puts in quotes what cannot stand so."""
    style = "|" if "\n" in value else ">" if len(value) > _SHORT else None
    return writer.represent_scalar("tag:yaml.org,2002:str", value, style=style)


def _as_row(writer: yaml.SafeDumper, value: Sequence[Any]) -> yaml.Node:
    return writer.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=True)


def _as_short(writer: yaml.SafeDumper, value: Mapping[str, Fact]) -> yaml.Node:
    return writer.represent_mapping("tag:yaml.org,2002:map", value, flow_style=True)


_Writer.add_representer(Decimal, _as_number)
_Writer.add_representer(str, _as_text)
_Writer.add_representer(_Row, _as_row)
_Writer.add_representer(_Short, _as_short)
