"""`edgewise load`: guidelines into a library."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from edgewise.explorer.cards.numbers import many
from edgewise.explorer.cli.exits import CLEAN, FINDINGS, refuse
from edgewise.explorer.cli.findings import finding_payload
from edgewise.explorer.cli.options import AsJson, LibraryUrl
from edgewise.explorer.cli.terminal import show, show_json
from edgewise.ontology.errors import SourceError, UnknownName
from edgewise.ontology.findings import Finding

if TYPE_CHECKING:
    from edgewise.graph.stores.loading import Loading


def load(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Ids, folders or files of guidelines; of a folder all in it.")],
    library: LibraryUrl = None,
    as_json: AsJson = False,
) -> int:
    """Load guidelines into a library, each judged, and written as a whole or not at all.

    The cases and the audit's settings that lie beside a guideline go with it; an article never does.

    What is in the library with the same content is left as it is, so that a load that was broken off goes on where it was; another content
    replaces what has its id. A file with faults is told and left out, the rest goes on. Exit code 0: all are in the library; 1: some
    have faults; 2: a path that cannot be opened (the others are loaded all the same), or a library that cannot be written.

    Examples:
      edgewise load hips.yaml knees/
      edgewise load folder-of-guidelines/ --library oxigraph:library
      edgewise load sacroiliac-sclerosis --library http://127.0.0.1:7878/query --json
    """
    from edgewise.graph.stores.addresses import in_words, open_store
    from edgewise.graph.stores.loading import load_files

    files, lost = _files(paths)
    with open_store(library or "") as store:
        with _progress(len(files)) as step:
            told = load_files(store, files, step)
        told.findings[:0] = lost
        return _end(told, store.url, in_words(store.url), as_json=as_json)


def _files(paths: Iterable[str]) -> tuple[list[str], list[Finding]]:
    """The files behind all paths, each once, and why there are none behind the others."""
    from edgewise.graph.shelf import find_all

    files: dict[str, None] = {}
    lost: list[Finding] = []
    for path in paths:
        try:
            files.update(dict.fromkeys(map(str, find_all(path))))
        except SourceError as error:
            lost += error.findings
        except UnknownName as error:
            lost.append(Finding(rule="unknown-guideline", message=str(error), file=path))
    return list(files), lost


@contextmanager
def _progress(files: int) -> Iterator[Any]:
    """A bar on a terminal, and only there."""
    if files < 2 or not sys.stderr.isatty():
        yield lambda: None
        return
    with typer.progressbar(length=files, label="Loading", file=sys.stderr) as bar:
        yield lambda: bar.update(1)


def _end(told: Loading, url: str, library: str, *, as_json: bool) -> int:
    from edgewise.explorer.cli.intake import UNREADABLE

    unreadable = [finding for finding in told.findings if finding.rule in UNREADABLE]
    faults = [finding for finding in told.findings if finding.rule not in UNREADABLE]
    if not as_json:
        show(load_report(told, library, faults))
    if unreadable:
        return refuse(SourceError(unreadable), as_json=as_json, findings=told.findings)
    if as_json:
        loaded, found = [entry.id for entry in told.loaded], [finding_payload(finding) for finding in faults]
        show_json({"library": url, "loaded": loaded, "kept": told.kept, "findings": found})
    return FINDINGS if faults else CLEAN


def load_report(told: Loading, url: str, faults: list[Finding]) -> list[str]:
    """What is wrong with files, then how many guidelines were loaded.

    >>> from edgewise.graph.stores.loading import Loading
    >>> load_report(Loading(kept=["hips"]), "oxigraph:/lib", [])
    ['nothing new for oxigraph:/lib: 1 guideline was there already']
    """
    there = f"{many(len(told.kept), 'guideline')} {'was' if len(told.kept) == 1 else 'were'} there already"
    if told.loaded:
        ids = ", ".join(entry.id for entry in told.loaded[:10]) + (", …" if len(told.loaded) > 10 else "")
        words = f"{many(len(told.loaded), 'guideline')} loaded into {url}: {ids}{f'; {there}' if told.kept else ''}"
    else:
        words = f"nothing new for {url}{f': {there}' if told.kept else ''}"
    left_out = len({finding.file for finding in told.findings})
    return [*map(str, faults), *([""] if faults else []), words + (f"; {many(left_out, 'file')} left out" if left_out else "")]
