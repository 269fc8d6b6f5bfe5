"""`edgewise query`: a question to a library in SPARQL."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from edgewise.explorer.cli.delivery import STDOUT, deliver, deliver_lines
from edgewise.explorer.cli.exits import CLEAN, Refused
from edgewise.explorer.cli.options import LibraryUrl, Output
from edgewise.explorer.cli.terminal import complain

if TYPE_CHECKING:
    from edgewise.graph.stores.results import Result

_LARGEST = 1024 * 1024  # bytes


class Form(StrEnum):
    """How an answer is written."""

    table = "table"
    json = "json"
    csv = "csv"


def query(
    question: Annotated[
        str | None, typer.Argument(metavar="QUESTION", help="SELECT, ASK, CONSTRUCT or DESCRIBE, in SPARQL 1.1.", show_default=False)
    ] = None,
    file: Annotated[
        str | None, typer.Option(metavar="FILE", help="Read the question from a file; - reads standard input.", show_default=False)
    ] = None,
    library: LibraryUrl = None,
    to: Annotated[Form, typer.Option(help="How to write the answer.")] = Form.table,
    rows: Annotated[
        int, typer.Option(min=1, max=1_000_000, metavar="N", help="How many rows at most; that there are more is told.")
    ] = 1_000,
    seconds: Annotated[float, typer.Option(min=0.1, max=3_600, metavar="S", help="Stop the question after these.")] = 10.0,
    output: Output = None,
    as_json: Annotated[bool, typer.Option("--json", help="The same as --to json; errors as JSON too.")] = False,
) -> int:
    """Ask a library in SPARQL, over the triples of all its guidelines; each is a graph of its own.

    Questions only read: no SERVICE, FROM or update. The prefixes ew, lib, biro, cito, dcterms, foaf, rdf, rdfs, skos and xsd need not be
    declared. Exit code 0; 2: the question is none, or costs more time or memory than it may.

    Examples:
      edgewise query 'SELECT ?title { ?g a ew:Guideline ; dcterms:title ?title }'
      edgewise query --file question.rq --library oxigraph:library --to csv --output answer.csv
    """
    from edgewise.graph.stores.addresses import open_store
    from edgewise.graph.stores.results import Limits

    text = _text(question, file)
    with open_store(library or "") as store:
        found = store.query(text, Limits(seconds=seconds, rows=rows))
    form = Form.json if as_json else to
    if form is Form.json:
        deliver(json.dumps(found.to_json(), ensure_ascii=True, indent=2) + "\n", output)
    elif form is Form.csv:
        deliver(found.to_csv().replace("\r\n", "\n"), output)
    else:
        deliver_lines(query_report(found), output)
    if found.more and form is not Form.table:
        complain(f"note: {found.told()}; --rows allows for more")
    return CLEAN


def _text(question: str | None, file: str | None) -> str:
    if (question is None) == (file is None):
        raise Refused("give a question, or a file that holds one with --file")
    if question is not None:
        return question
    try:
        data = sys.stdin.buffer.read(_LARGEST + 1) if file == STDOUT else _bytes(str(file))
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused("the question is not UTF-8; save it as UTF-8") from None
    except (OSError, ValueError) as error:
        raise Refused(f"the question cannot be read: {getattr(error, 'strerror', None) or error}; check the path") from None


def _bytes(file: str) -> bytes:
    with Path(file).open("rb") as opened:
        return opened.read(_LARGEST + 1)


def query_report(found: Result) -> Iterator[str]:
    """The rows, their cells with a bar between them, then how many there are.

    >>> from edgewise.graph.stores.results import Result
    >>> list(query_report(Result("table", ("x", "y"), (({"type": "uri", "value": "urn:x"}, None),))))
    ['x | y', 'urn:x |', '', '1 row']
    """
    if found.kind != "boolean":
        yield " | ".join(found.columns)
        yield from (" | ".join(term["value"] if term else "" for term in row).rstrip() for row in found.rows)
        yield ""
    yield found.told()
