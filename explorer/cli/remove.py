"""`edgewise remove`: a guideline out of a library."""

from __future__ import annotations

from typing import Annotated

import typer

from edgewise.explorer.cli.exits import CLEAN
from edgewise.explorer.cli.options import AsJson, LibraryUrl
from edgewise.explorer.cli.terminal import show, show_json


def remove(
    guideline: Annotated[str, typer.Argument(metavar="ID", help="Id or IRI of a guideline of the library.", show_default=False)],
    library: LibraryUrl = None,
    as_json: AsJson = False,
) -> int:
    """Take a guideline out of a library, as a whole; out of a folder, its file is deleted.

    What comes with Edgewise stays. Exit code 0; 2: there is none of that id, or the library cannot be written.

    Examples:
      edgewise remove hips
      edgewise remove hips --library oxigraph:library --json
    """
    from edgewise.graph.stores.addresses import in_words, open_store

    with open_store(library or "") as store:
        entry = store.remove(guideline)
        if as_json:
            show_json({"library": store.url, "removed": entry.id, "iri": entry.iri, "file": entry.file})
        else:
            show([f"{entry.id} is no longer in {in_words(store.url)}"])
    return CLEAN
