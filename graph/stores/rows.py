"""What pyoxigraph answers or reads, as rows of terms."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any, Literal

import pyoxigraph

from edgewise.graph.stores.results import Result, Term


def rows_of(found: Any, most: int) -> Result:
    """What pyoxigraph answers or reads, up to a number of rows."""
    if isinstance(found, pyoxigraph.QueryBoolean):
        return Result("boolean", boolean=bool(found))
    if not isinstance(found, pyoxigraph.QuerySolutions):  # triples, or quads out of a file
        triples = ((triple.subject, triple.predicate, triple.object) for triple in found)
        return _table("triples", ("subject", "predicate", "object"), triples, most)
    names = tuple(variable.value for variable in found.variables)
    return _table("table", names, (tuple(row) for row in found), most)


def _table(kind: Literal["table", "triples"], names: tuple[str, ...], found: Iterable[tuple[Any, ...]], most: int) -> Result:
    rows = [tuple(map(_term, row)) for row in islice(found, most + 1)]
    return Result(kind, names, tuple(rows[:most]), more=len(rows) > most)


def _term(term: Any) -> Term | None:
    if term is None:
        return None
    if isinstance(term, pyoxigraph.NamedNode):
        return {"type": "uri", "value": term.value}
    if not isinstance(term, pyoxigraph.Literal):
        return {"type": "bnode", "value": str(term).removeprefix("_:")}
    if term.language:
        return {"type": "literal", "value": term.value, "xml:lang": term.language}
    plain = term.datatype.value == "http://www.w3.org/2001/XMLSchema#string"
    return {"type": "literal", "value": term.value, **({} if plain else {"datatype": term.datatype.value})}
