"""`edgewise explore`: guidelines in the browser."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from edgewise.explorer.cli.exits import CLEAN
from edgewise.explorer.cli.options import LibraryUrl
from edgewise.explorer.environment import GUIDELINE, LIBRARY, WATCH
from edgewise.ontology.errors import SourceError, UnknownName
from edgewise.ontology.findings import Finding

if TYPE_CHECKING:
    from edgewise.graph.stores.store import Store


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
            help=f"Ids, folders or files of guidelines; of a folder all in it. Left out: {GUIDELINE}, else the library is shown.",
            show_default=False,
        ),
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(min=1, max=65535, metavar="N", help="Port; the first free one from 8501 on if left out.", show_default=False),
    ] = None,
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="Address to listen on; 0.0.0.0 opens it to your network.")] = "127.0.0.1",
    library: LibraryUrl = None,
    watch: Annotated[bool, typer.Option("--watch", help="Show files as they now are, on every save, and what is wrong with them.")] = False,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Print the address only.")] = False,
) -> int:
    """Open guidelines in the browser: walk them, click an edge, see its evidence.

    The first one named is shown first; the others, and those of the library, can be chosen on every page. Where none is named, the page of
    the library comes first. Files and folders of your own are checked first. With --watch the page stands beside an editor: it shows
    each save, keeps what is looked at, and while a file cannot be used, shows its last state and every fault with its line. The
    explorer runs on this machine alone until Ctrl-C.

    Examples:
      edgewise explore sacroiliac-sclerosis
      edgewise explore my-guideline/ --port 8600 --no-browser
      edgewise explore ankle.yaml embolism.yaml folder-of-guidelines/
      edgewise explore my-guideline/ --watch
      edgewise explore --library oxigraph:library
    """
    from edgewise.explorer.cli import launch
    from edgewise.graph.stores.addresses import open_store

    listen = launch.free_port(host, port)
    named = guidelines or os.environ.get(GUIDELINE, "").splitlines()
    with open_store(library or "") as store:
        os.environ[LIBRARY] = store.url
        len(store)  # says at once why it cannot be read
        held = [name for name in named if _is_of(store, name)]
        files = _opened((name for name in named if name not in held), watch=watch)
    if watch:
        os.environ[WATCH] = "1"
    opened = [*held, *files] if named[:1] == held[:1] else [*files, *held]  # the first named is shown first
    launch.serve("\n".join(dict.fromkeys(opened)), host, listen, browser=not no_browser)
    return CLEAN


def _is_of(store: Store, name: str) -> bool:
    """Whether a name is the id of a guideline of the library; a file or folder of that name goes before."""
    if not name or Path(name).exists():
        return False
    with suppress(UnknownName):
        return store.entry(name).id == name
    return False


def _opened(named: Iterable[str], *, watch: bool = False) -> list[str]:
    """The addresses of all guidelines named, each once; those that are watched may have faults, which their page tells.

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
            if watch and Path(file).is_file():
                found[at] = Place(f"{file}, which cannot be used yet", file, 0)
            else:
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
