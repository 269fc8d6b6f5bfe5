"""What it costs the server to open one guideline out of a library to its first canvas, by the library's size.

    uv run python benchmarks/library_opening.py [--sizes 1 10 100 1000] [--large] [--rounds 9]

The explorer has just been started, and was never asked for this guideline: the library is opened, the guideline taken out of it, its
drawing laid out, and the page made, up to what the browser gets. In a database (`oxigraph:`) the judged form lies beside the content; in a
folder it lies in the cache folder, as after `load` or a first look. Counted is the processors' time, against the library of 1. Promised
is 1.1.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from library_app import forget, visit
from made_libraries import OPENED, cold, database, folder, identifier, know
from measuring import arguments, grown, in_turns, processor, tell

from edgewise.graph.compiled.cache_folder import cache_folder


def open_one(library: str, size: int, chance: random.Random) -> None:
    """A guideline, chosen by chance, to its canvas."""
    forget()
    at = visit(library, page="", g=identifier(chance.randrange(min(size, OPENED))))
    if not any(button.key == "page:evidence" for button in at.button):
        raise SystemExit("no pathway was drawn: nothing was measured")


def undrawn(library: str, size: int, chance: random.Random) -> None:
    """The same, when no drawing is kept."""
    if kept := cache_folder():
        for file in Path(kept, "compiled").glob("*.canvas"):
            file.unlink()
    open_one(library, size, chance)


def _in_cold(library: str, size: int, chance: random.Random) -> None:
    with cold():
        open_one(library, size, chance)


def main() -> None:
    options = arguments(__doc__, 9)
    works: Mapping[int, Callable[[], object]]
    works = {size: partial(_in_cold, database(size).url, size, random.Random(3)) for size in options.sizes}
    seen = in_turns(works, options.rounds, processor)
    tell(grown("a guideline opened, database", {size: took * 1e3 for size, took in seen.items()}, "ms", 1.1), options)
    with cold():
        for size in options.sizes:
            know(folder(size))
        works = {size: partial(undrawn, str(folder(size)), size, random.Random(3)) for size in options.sizes}
        seen = in_turns(works, options.rounds, processor)
    tell(grown("a guideline opened, folder", {size: took * 1e3 for size, took in seen.items()}, "ms", 1.1), options)


if __name__ == "__main__":
    main()
