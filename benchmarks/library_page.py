"""What the Library page costs the server to its first cards, by the library's size.

    uv run python benchmarks/library_page.py [--sizes 10 100 1000] [--large] [--rounds 7]

- first: the explorer has just been started; miniatures and audits of these cards were made before, by whoever looked at them first;
- again: the same page a second time, a moment later;
- later: again, when what is remembered of the library for a moment is to be looked at once more.

Each in a database (`oxigraph:`) and in a folder, of whose files the cache knows. Counted is the processors' time until the tenth card is
handed over, since a library of 10 has no more; the page shows 24. Against the library of 10; promised is 1.3 at 10,000.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from library_app import forget, visit
from made_libraries import cold, database, folder, know
from measuring import LARGE, arguments, grown, in_turns, spent, tell

from edgewise.explorer.drawing.palette import Scheme
from edgewise.explorer.pages.library import cards
from edgewise.explorer.pages.library.cards import Card
from edgewise.explorer.shell import guidelines

_FIRST = 10
_KNOWN = cards._known


def first(library: str) -> float:
    """Seconds to the first cards after a start."""
    forget()
    return again(library)


def again(library: str) -> float:
    """Seconds to the first cards as things stand."""
    ended: list[float] = []

    def known(card: Card, scheme: Scheme) -> tuple[str, Mapping[str, int]] | None:
        ended.append(spent())
        return _KNOWN(card, scheme)

    cards._known = known
    begun = spent()
    visit(library, page="library")
    ended.append(spent())
    if len(ended) <= _FIRST:
        raise SystemExit("fewer cards were drawn than are measured")
    return ended[_FIRST] - begun  # the next card was begun, or the page ended


def later(library: str) -> float:
    """Seconds when what was remembered for a moment has been forgotten."""
    guidelines._begun.cache_clear()
    guidelines._held.cache_clear()
    return again(library)


def main() -> None:
    options = arguments(__doc__, 7)
    sizes = [size for size in options.sizes if size >= _FIRST]
    databases = {size: database(size).url for size in sizes}
    folders = {size: str(folder(size)) for size in sizes}
    for where, libraries in (("database", databases), ("folder", folders)):
        with cold():
            if where == "folder":
                for size in sizes:
                    know(folder(size))
            for name, draw in (("first", first), ("again", again), ("later", later)):
                works = {size: partial(draw, library) for size, library in libraries.items()}
                seen = in_turns(works, options.rounds, lambda work: work())
                told = {size: took * 1e3 for size, took in seen.items()}
                tell(grown(f"Library page, {where}, {name}", told, "ms", 1.3, at=LARGE), options)


if __name__ == "__main__":
    main()
