"""`edgewise search`: everything in a library, by its words."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from edgewise.explorer.cards.numbers import many
from edgewise.explorer.cli.exits import CLEAN, Refused
from edgewise.explorer.cli.options import AsJson, LibraryUrl
from edgewise.explorer.cli.terminal import complain, show, show_json

if TYPE_CHECKING:
    from edgewise.graph.fulltext.index import Found, LibraryIndex
    from edgewise.graph.stores.store import Store

KINDS = ("guideline", "step", "edge", "term", "passage", "reference")


def search(
    words: Annotated[list[str], typer.Argument(metavar="WORD...", help="What is looked for.", show_default=False)],
    library: LibraryUrl = None,
    kind: Annotated[
        list[str] | None, typer.Option(metavar="KIND", help=f"Only this kind: {', '.join(KINDS)}; may be repeated.", show_default=False)
    ] = None,
    review: Annotated[
        list[str] | None, typer.Option(metavar="STATUS", help="Only guidelines of this review status; may be repeated.", show_default=False)
    ] = None,
    since: Annotated[
        int | None,
        typer.Option(min=1900, max=2100, metavar="YEAR", help="Only guidelines updated in this year or later.", show_default=False),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, metavar="N", help="How many are shown.")] = 20,
    as_json: AsJson = False,
) -> int:
    """Search a library: titles, questions, steps, edges, statements, references and terms, the best first.

    A word is found in all its forms, from its beginning on, and misspelt; what has all words goes before what has some. The index is kept
    in the cache folder and brought up to date first.

    Examples:
      edgewise search diagnostic injection
      edgewise search embolism --kind step --kind edge
      edgewise search hip pain --library oxigraph:library --since 2024 --json
    """
    from edgewise.graph.fulltext.index import Within
    from edgewise.graph.stores.addresses import in_words, open_store

    if strange := [one for one in kind or () if one not in KINDS]:
        raise Refused(f"there is no kind '{strange[0]}'; name {', '.join(KINDS[:-1])} or {KINDS[-1]}")
    asked = " ".join(words)
    with open_store(library or "") as store:
        found = _index(store).search(asked, Within(tuple(kind or ()), review=tuple(review or ()), since=since), limit=limit)
        if as_json:
            show_json({"library": store.url, "asked": asked, **_payload(found)})
        else:
            show(search_report(found, in_words(store.url)))
    return CLEAN


def _index(store: Store) -> LibraryIndex:
    """The index of a library, as it is now; as it was, where another process is writing it."""
    from edgewise.graph.fulltext.index import IndexBusy
    from edgewise.graph.fulltext.keeping import bring_up_to_date, index_of

    index = index_of(store.url)
    digests = {entry.id: entry.digest for entry in store.entries()}
    try:
        with _progress(digests, index) as told:
            failed = bring_up_to_date(index, digests, lambda id: store.open(id).guideline, told)
    except IndexBusy as error:
        complain(f"warning: {error}; what is new may be missing")
        return index
    for id in failed:
        complain(f"warning: '{id}' cannot be opened and is not searched; `edgewise list` tells of faulty files")
    return index


@contextmanager
def _progress(digests: dict[str, str], index: LibraryIndex) -> Iterator[Any]:
    """A bar on a terminal, and only there, where there is something to wait for."""
    changed = len(digests.items() - index.digests().items())
    if changed < 2 or not sys.stderr.isatty():
        yield lambda _done, _all: None
        return
    with typer.progressbar(length=changed, label="Reading", file=sys.stderr) as bar:
        yield lambda done, _all: bar.update(done - bar.pos)


def _payload(found: Found) -> dict[str, Any]:
    hits = [asdict(hit) for hit in found.hits]
    return {"total": found.total, "kinds": found.kinds, "misspelt": [*found.misspelt], "partly": found.partly, "hits": hits}


def search_report(found: Found, url: str) -> list[str]:
    r"""A line for each thing found, below its guideline's, then how much there is.

    >>> from edgewise.graph.fulltext.index import Found, Hit
    >>> print("\n".join(search_report(Found((Hit("hips", "Hips", "step", "rest", "Rest"),), 1, {"step": 1}), "your library")))
    hips, step rest: Rest
    <BLANKLINE>
    1 found in your library (1 step)
    """
    lines = [f"{hit.guideline}, {hit.kind}{'' if hit.kind == 'guideline' else f' {hit.id}'}: {hit.shown}" for hit in found.hits]
    counted = ", ".join(many(count, kind) for kind, count in found.kinds.items())
    shown = f", {len(found.hits)} shown" if len(found.hits) < found.total else ""
    every = "" if sum(found.kinds.values()) == found.total else "of all kinds "
    more = [f"{found.total} found in {url}{f' ({every}{counted})' if counted else ''}{shown}"]
    if found.partly:
        more.append("nothing has all the words; this has some of them")
    if found.misspelt:
        more.append(f"nothing has {', '.join(found.misspelt)}: words like it were looked for")
    return [*lines, *([""] if lines else []), *more]
