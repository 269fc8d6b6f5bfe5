"""The answer to a question in SPARQL: a table, a yes or no, or triples; as JSON and as CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Term = Mapping[str, str]
"""As SPARQL 1.1's JSON results have it: ``type`` (uri, literal, bnode), ``value``, of a literal perhaps ``datatype`` or ``xml:lang``."""
_ASKED = ["__ask_retval"]  # Virtuoso answers ASK with a table of one cell, and calls typed literals so
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a question may cost.

    Attributes:
        seconds: it is broken off after these.
        rows: more are not fetched; that there are more is told.
        megabytes: memory of the process that answers, where it is one of ours.
    """

    seconds: float = 10.0
    rows: int = 1_000
    megabytes: int = 2_048


@dataclass(frozen=True, slots=True)
class Result:
    """An answer.

    Attributes:
        kind: ``table`` of SELECT, ``boolean`` of ASK, ``triples`` of CONSTRUCT and DESCRIBE.
        columns: names of the variables; of triples subject, predicate, object.
        rows: a term for each column, None where there is none.
        boolean: the answer of ASK.
        more: whether there are more rows than were fetched.
    """

    kind: Literal["table", "boolean", "triples"]
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Term | None, ...], ...] = ()
    boolean: bool = False
    more: bool = False

    def told(self) -> str:
        """How much of an answer this is, in words.

        >>> Result("table", ("s",), ((None,),) * 2, more=True).told(), Result("boolean", boolean=True).told()
        ('the first 2 rows of more', 'yes')
        """
        if self.kind == "boolean":
            return "yes" if self.boolean else "no"
        what = ("triple" if self.kind == "triples" else "row") + ("" if len(self.rows) == 1 else "s")
        return f"the first {len(self.rows):,} {what} of more" if self.more else f"{len(self.rows):,} {what}"

    def to_json(self) -> dict[str, Any]:
        """As SPARQL 1.1's JSON results, with ``more`` beside them; triples as a table of three columns.

        >>> Result("boolean", boolean=True).to_json()
        {'head': {}, 'boolean': True}
        """
        if self.kind == "boolean":
            return {"head": {}, "boolean": self.boolean}
        bindings = [{name: dict(term) for name, term in zip(self.columns, row, strict=True) if term} for row in self.rows]
        return {"head": {"vars": list(self.columns)}, "results": {"bindings": bindings}, "kind": self.kind, "more": self.more}

    def to_csv(self) -> str:
        r"""As SPARQL 1.1's CSV results; no cell is a formula to a spreadsheet.

        >>> Result("table", ("x",), (({"type": "literal", "value": "=1+1"},),)).to_csv()
        "x\r\n'=1+1\r\n"
        """
        out = io.StringIO()
        writer = csv.writer(out)
        if self.kind == "boolean":
            writer.writerows([["boolean"], [str(self.boolean).lower()]])
        else:
            writer.writerow(self.columns)
            writer.writerows([_cell(term) for term in row] for row in self.rows)
        return out.getvalue()


def _cell(term: Term | None) -> str:
    value = term["value"] if term else ""
    return f"'{value}" if value.startswith(_STARTS_FORMULA) else value


def read_result(text: str | bytes) -> Result:
    """An answer as `Result.to_json` gives it, or as a SPARQL server does.

    Raises:
        ValueError: it is not whole, or something else.

    >>> read_result('{"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"type": "uri", "value": "urn:x"}}]}}').rows
    (({'type': 'uri', 'value': 'urn:x'},),)
    """
    data = json.loads(text)
    if not isinstance(data, dict):
        raise ValueError("no mapping")
    if isinstance(data.get("boolean"), (bool, int)):  # Virtuoso writes 0 and 1
        return Result("boolean", boolean=bool(data["boolean"]))
    try:
        columns = tuple(_text(name) for name in data["head"]["vars"])
        rows = tuple(tuple(_term(row.get(name)) for name in columns) for row in data["results"]["bindings"])
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"no results: {error}") from None
    if [name.lower() for name in columns] == _ASKED and len(rows) == 1 and rows[0][0]:
        return Result("boolean", boolean=rows[0][0]["value"] not in ("0", "false"))
    return Result("triples" if data.get("kind") == "triples" else "table", columns, rows, more=data.get("more") is True)


def _term(data: Any) -> Term | None:
    if data is None:
        return None
    kept = {key: _text(data[key]) for key in ("type", "value", "datatype", "xml:lang") if key in data}
    if not {"type", "value"} <= kept.keys():
        raise ValueError("a term without type or value")
    return {**kept, "type": "literal"} if kept["type"] == "typed-literal" else kept


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{value!r:.40} is no text")
    return value


def values(result: Result, *columns: str) -> list[Sequence[str]]:
    """The plain values of some columns, row by row; empty where there is none."""
    places = [result.columns.index(column) for column in columns]
    return [[term["value"] if (term := row[place]) else "" for place in places] for row in result.rows]
