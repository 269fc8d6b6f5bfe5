"""What the Library page costs the server to its first cards, by the library's size.

    uv run python benchmarks/library_page.py [--sizes 10 100 1000] [--large] [--rounds 7]

- first: the explorer has just been started and nobody has seen any card: miniatures and audits of the first page are made;
- again: the same page a second time, a moment later;
- later: again, when what was remembered of the library for a moment is to be looked at once more.

Each in a database (`oxigraph:`) and in a folder. Of a folder the cache knows the files; it is empty but for that. Counted is the
processors' time, against the library of 10. Promised is 1.3.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from library_app import forget, visit
from made_libraries import cold, database, folder, know
from measuring import arguments, grown, in_turns, processor, tell

from edgewise.explorer.shell import guidelines

_SMALLEST = 10


def first(library: str) -> None:
    """The page after a start."""
    forget()
    again(library)


def again(library: str) -> None:
    """The page as it is drawn now."""
    at = visit(library, page="library")
    found = sum(button.key.startswith("open:") for button in at.button if button.key)
    if not found:
        raise SystemExit("no card was drawn: nothing was measured")


def later(library: str) -> None:
    """The page when what was remembered for a moment has been forgotten."""
    guidelines._begun.cache_clear()
    guidelines._held.cache_clear()
    again(library)


def main() -> None:
    options = arguments(__doc__, 7)
    sizes = [size for size in options.sizes if size >= _SMALLEST]
    databases = {size: database(size).url for size in sizes}
    folders = {size: str(folder(size)) for size in sizes}
    for where, libraries in (("database", databases), ("folder", folders)):
        with cold():
            if where == "folder":
                for size in sizes:
                    know(folder(size))
            for name, draw in (("first", first), ("again", again), ("later", later)):
                works: Mapping[int, Callable[[], object]] = {size: partial(draw, library) for size, library in libraries.items()}
                seen = in_turns(works, options.rounds, processor)
                told = {size: took * 1e3 for size, took in seen.items()}
                tell(grown(f"Library page, {where}, {name}", told, "ms", 1.3), options)


if __name__ == "__main__":
    main()
