"""`edgewise list`: the guidelines of a library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from edgewise.explorer.cards.numbers import many
from edgewise.explorer.cli.exits import CLEAN, FINDINGS
from edgewise.explorer.cli.findings import finding_payload
from edgewise.explorer.cli.options import AsJson, LibraryUrl
from edgewise.explorer.cli.terminal import complain, show, show_json
from edgewise.ontology.findings import Finding

if TYPE_CHECKING:
    from edgewise.citations.evidence.impact import Impact, SupportChange
    from edgewise.graph.stores.entry import Entry
    from edgewise.graph.stores.store import Resting, Store


def list(  # noqa: A001  # a command is the function of its name
    library: LibraryUrl = None,
    resting_on: Annotated[
        str | None,
        typer.Option(
            "--resting-on", metavar="DOI|PMID", help="Only what rests on this paper, and what would fall with it.", show_default=False
        ),
    ] = None,
    after: Annotated[str, typer.Option(metavar="ID", help="Leave out all up to this id.", show_default=False)] = "",
    limit: Annotated[int | None, typer.Option(min=1, metavar="N", help="How many at most; all if left out.", show_default=False)] = None,
    as_json: AsJson = False,
) -> int:
    """List the guidelines of a library: id, title, question, date and review status.

    The same paper is one in all of them, by its DOI or PubMed number: --resting-on tells which guidelines, statements, edges and steps
    rest on it, and what would lose all support if it were retracted. Exit code 0; 1: files lie in a folder that cannot be used, told
    after the list.

    Examples:
      edgewise list
      edgewise list --library oxigraph:library --limit 20 --json
      edgewise list --resting-on 10.1097/01.phm.0000247633.68694.c1
    """
    from edgewise.graph.stores.addresses import open_store

    with open_store(library or "") as store:
        return _resting(store, resting_on, as_json=as_json) if resting_on else _all(store, after, limit, as_json=as_json)


def _all(store: Store, after: str, limit: int | None, *, as_json: bool) -> int:
    from edgewise.graph.stores.addresses import in_words

    found = store.entries(after, limit)
    faults = store.faults()
    if as_json:
        told = [asdict(entry) for entry in found]
        show_json({"library": store.url, "guidelines": told, "findings": [finding_payload(fault) for fault in faults]})
    else:
        show(list_report(found, in_words(store.url)))
        _complain(faults)
    return FINDINGS if faults else CLEAN


def _complain(faults: Sequence[Finding]) -> None:
    for fault in faults:
        complain(str(fault))


def list_report(entries: Sequence[Entry], url: str) -> Sequence[str]:
    """Two lines for each guideline, then how many there are."""
    lines = [line for entry in entries for line in (*_lines(entry), "")]
    return (*lines, f"{many(len(entries), 'guideline')} in {url}")


def _lines(entry: Entry) -> Iterator[str]:
    yield f"{entry.id}: {entry.title}"
    if entry.question:
        yield f"  {entry.question}"
    counted = f"{many(entry.steps, 'step')}, {many(entry.edges, 'edge')}, {many(entry.references, 'reference')}"
    yield f"  {entry.publisher}, updated {entry.updated}, review {entry.review_status}; {counted}"


def _resting(store: Store, identifier: str, *, as_json: bool) -> int:
    from edgewise.citations.evidence.retraction import falls
    from edgewise.graph.stores.addresses import in_words
    from edgewise.graph.stores.works import work

    found = [(one.resting, one.impact) for one in falls(store, store.resting_on(identifier))]
    if as_json:
        show_json({"library": store.url, "work": work(identifier), "guidelines": [_payload(*one) for one in found]})
    else:
        lines = [line for one in found for line in _rested(*one)]
        show(
            [
                *lines,
                f"{many(len(found), 'guideline')} in {in_words(store.url)} {'rests' if len(found) == 1 else 'rest'} on {work(identifier)}",
            ]
        )
    return CLEAN


def _payload(one: Resting, falling: Impact) -> dict[str, Any]:
    parts = {what: [*ids] for what, ids in _parts(one).items()}
    falls, weakens = (_by_kind(changes) for changes in (falling.fallen, falling.weakened))
    return {"id": one.entry.id, "iri": one.entry.iri, "title": one.entry.title, **parts, "falls": falls, "weakens": weakens}


def _by_kind(changes: Iterable[SupportChange]) -> dict[str, Any]:
    found: dict[str, Any] = {"statements": [], "edges": [], "steps": []}
    for change in changes:
        found[f"{change.what}s"].append(change.id)
    return found


def _parts(one: Resting) -> dict[str, tuple[str, ...]]:
    return {"references": one.references, "statements": one.statements, "edges": one.edges, "steps": one.steps}


def _rested(one: Resting, falling: Impact) -> Iterator[str]:
    yield f"{one.entry.id}: {one.entry.title}"
    for what, ids in _parts(one).items():
        if ids:
            yield f"  {what}: {', '.join(ids)}"
    for told, changes in (("would lose all support without it", falling.fallen), ("would rest on too little", falling.weakened)):
        if changes:
            yield f"  {told}: {', '.join(f'{change.what} {change.id}' for change in changes)}"
    yield ""
