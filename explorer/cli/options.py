"""Arguments and options that several commands share, as typer reads them from annotations."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from edgewise.explorer.environment import LIBRARY

GuidelineName = Annotated[str, typer.Argument(metavar="GUIDELINE", help="Id, folder or file of a guideline.", show_default=False)]
FactsFile = Annotated[
    str | None,
    typer.Option(
        "--facts", metavar="FILE", help="What is known of the patient, as YAML or JSON; - reads standard input.", show_default=False
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", metavar="FILE", help="File to write, as a whole or not at all; standard output if left out.", show_default=False
    ),
]
LibraryUrl = Annotated[
    str | None,
    typer.Option(
        "--library",
        metavar="URL",
        envvar=LIBRARY,
        help="A folder, oxigraph:PATH, or http(s)://…/sparql; if left out, what comes with Edgewise and your own.",
        show_default=False,
    ),
]
Encoding = Annotated[
    str | None,
    typer.Option(
        "--encoding",
        metavar="NAME",
        help="Encoding of the text, as windows-1252, where neither the file nor a byte-order mark tells; else UTF-8.",
        show_default=False,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs; errors too, and nothing else.")]
