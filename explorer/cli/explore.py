"""`edgewise explore`: a guideline in the browser."""

from __future__ import annotations

from typing import Annotated

import typer

from edgewise.explorer.cli.exits import CLEAN, Refused
from edgewise.explorer.environment import GUIDELINE


def explore(
    guideline: Annotated[
        str | None,
        typer.Argument(
            metavar="GUIDELINE",
            envvar=GUIDELINE,
            help="Id, folder or file of a guideline; the library's first if left out.",
            show_default=False,
        ),
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(min=1, max=65535, metavar="N", help="Port; the first free one from 8501 on if left out.", show_default=False),
    ] = None,
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="Address to listen on; 0.0.0.0 opens it to your network.")] = "127.0.0.1",
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Print the address only.")] = False,
) -> int:
    """Open a guideline in the browser: walk it, click an edge, see its evidence.

    A file or folder of your own is checked first. The explorer runs on this machine alone until Ctrl-C.

    Examples:
      edgewise explore sacroiliac-sclerosis
      edgewise explore my-guideline/ --port 8600 --no-browser
    """
    from edgewise.explorer.cli import launch
    from edgewise.explorer.cli.intake import address, load
    from edgewise.graph.shelf import first_id, ids

    listen = launch.free_port(host, port)
    name = guideline or first_id()
    if not name:
        raise Refused("the library holds no guideline; name a folder or a file")
    if name not in ids():
        load(name)
    launch.serve(address(name), host, listen, browser=not no_browser)
    return CLEAN
