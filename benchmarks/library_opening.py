"""What it costs the server to open one guideline out of a library to its first canvas, by the library's size.

    uv run python benchmarks/library_opening.py [--sizes 1 10 100 1000] [--large] [--rounds 9]

The explorer has just been started and was never asked for this guideline, which is the same in each library: the library is opened, the
guideline taken out of it, its drawing laid out, and the page made, up to what the browser gets. In a database (`oxigraph:`) the judged
form lies beside the content; in a folder it lies in the cache folder, as after `load` or a first look. Which ids there are the cache
knows, as after a first look. Counted is the processors' time, against the library of 1. Promised is 1.1 at 10,000.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from library_app import forget, visit
from made_libraries import cold, database, folder, identifier, know
from measuring import arguments, grown, in_turns, processor, tell

from edgewise.explorer.drawing.canvas import scene_text
from edgewise.graph.compiled.cache_folder import cache_folder


def open_one(library: str) -> None:
    """Its first guideline to its canvas."""
    forget()
    scene_text.cache_clear()
    at = visit(library, g=identifier(0))
    if not any(button.key == "page:evidence" for button in at.button):
        raise SystemExit("no pathway was drawn: nothing was measured")


def anew(library: str, what: Sequence[str]) -> None:
    """The same, when of such things nothing is kept."""
    if kept := cache_folder():
        for file in Path(kept, "compiled").iterdir() if Path(kept, "compiled").is_dir() else ():
            if file.suffix[1:] in what:
                file.unlink()
    open_one(library)


def main() -> None:
    options = arguments(__doc__, 9)
    for where in ("database", "folder"):
        with cold():
            libraries = {size: database(size).url if where == "database" else str(folder(size)) for size in options.sizes}
            if where == "folder":
                for library in libraries.values():
                    know(Path(library))
            forgotten = ("canvas", "judged", "lines") if where == "database" else ("canvas",)
            works = {size: partial(anew, library, forgotten) for size, library in libraries.items()}
            seen = in_turns(works, options.rounds, processor)
        tell(grown(f"a guideline opened, {where}", {size: took * 1e3 for size, took in seen.items()}, "ms", 1.1), options)


if __name__ == "__main__":
    main()
