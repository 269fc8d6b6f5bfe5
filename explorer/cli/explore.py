"""`edgewise explore`: guidelines in the browser."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, NamedTuple

import typer

from edgewise.explorer.cli.exits import CLEAN, Refused
from edgewise.explorer.environment import GUIDELINE
from edgewise.ontology.errors import SourceError
from edgewise.ontology.findings import Finding


class Place(NamedTuple):
    """Where a guideline of some id lies."""

    id: str
    name: str
    line: int


def explore(
    guidelines: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="GUIDELINE...",
            help=f"Ids, folders or files of guidelines; of a folder all in it. Left out: {GUIDELINE}, else the library's first.",
            show_default=False,
        ),
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(min=1, max=65535, metavar="N", help="Port; the first free one from 8501 on if left out.", show_default=False),
    ] = None,
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="Address to listen on; 0.0.0.0 opens it to your network.")] = "127.0.0.1",
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Print the address only.")] = False,
) -> int:
    """Open guidelines in the browser: walk them, click an edge, see its evidence.

    The first one named is shown first; the others, and those that come with Edgewise, can be chosen on every page. Files and folders of
    your own are checked first. The explorer runs on this machine alone until Ctrl-C.

    Examples:
      edgewise explore sacroiliac-sclerosis
      edgewise explore my-guideline/ --port 8600 --no-browser
      edgewise explore ankle.yaml embolism.yaml folder-of-guidelines/
    """
    from edgewise.explorer.cli import launch

    listen = launch.free_port(host, port)
    named = guidelines or os.environ.get(GUIDELINE, "").splitlines()
    launch.serve("\n".join(_opened(named)), host, listen, browser=not no_browser)
    return CLEAN


def _opened(named: Iterable[str]) -> list[str]:
    """The addresses of all guidelines named, each once.

    Raises:
        SourceError: some cannot be used, or two of them bear one id; every problem is in it.
    """
    from edgewise.explorer.cli.intake import address, load

    found: dict[str, Place] = {}
    findings: list[Finding] = []
    for file in _files(named):
        if (at := address(file)) in found:
            continue
        try:
            loaded = load(file)
        except SourceError as error:
            findings += error.findings
            continue
        found[at] = Place(loaded.guideline.id, file, loaded.line(loaded.guideline.iri))
    findings += _taken(list(found.values()))
    if findings:
        raise SourceError(findings)
    return list(found)


def _files(named: Iterable[str]) -> Iterator[str]:
    from edgewise.graph.shelf import find_all, ids

    for name in named:
        yield from [name] if name in ids() else map(str, find_all(name))


def _taken(places: Sequence[Place]) -> Iterator[Finding]:
    """That several guidelines bear one id, by which links could not tell them apart."""
    first: dict[str, Place] = {}
    for place in places:
        other = first.setdefault(place.id, place)
        if other is not place:
            message = f"the id '{place.id}' is that of {other.name}{f':{other.line}' if other.line else ''} as well"
            repair = "open one of the two, or give one another 'id'"
            yield Finding(rule="id-taken", message=message, file=place.name, line=place.line, repair=repair)
