"""`edgewise export --to pdf|svg|html`: the hand-outs, made and handed over."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from edgewise.explorer.cli.delivery import STDOUT, deliver
from edgewise.explorer.cli.exits import Refused
from edgewise.explorer.cli.terminal import binary_output
from edgewise.explorer.handout.paper import Paper

if TYPE_CHECKING:  # help needs none of it
    from edgewise.graph.library import Loaded


class Handout(StrEnum):
    """The kinds of hand-outs, by the names the command knows them under."""

    pdf = "handout-pdf"
    svg = "handout-svg"
    html = "handout-html"


NAMES: dict[str, Handout] = {name: kind for kind in Handout for name in (kind.value, kind.name)}
"""What may stand after ``--to`` for a hand-out, the long form and the short."""


def hand_out(loaded: Loaded, kind: Handout, paper: Paper | None, output: Path | None) -> None:
    """Make a hand-out and hand it over.

    Args:
        loaded: the guideline.
        kind: of hand-out.
        paper: None is A4; the HTML file knows no paper.
        output: a file; None and ``-`` are standard output.

    Raises:
        Refused: a PDF would go to a terminal, a paper was named for HTML, or the output cannot be written to.
        SourceError: writing failed; an old file is then untouched.
    """
    if kind is Handout.html:
        if paper is not None:
            raise Refused("the HTML hand-out has no paper; leave --paper out")
        from edgewise.explorer.handout.html.document import standalone

        deliver(_ended(standalone(loaded.guideline)), output, guideline=loaded.file)
    elif kind is Handout.svg:
        from edgewise.explorer.handout.sheet import handout_svg

        deliver(_ended(handout_svg(loaded.guideline, paper or Paper.a4)), output, guideline=loaded.file)
    else:
        _deliver_pdf(loaded, paper or Paper.a4, output)


def _ended(text: str) -> str:
    """Text whose last line ends as a line does."""
    return text if text.endswith("\n") else text + "\n"


def _deliver_pdf(loaded: Loaded, paper: Paper, output: Path | None) -> None:
    to_stream = output is None or str(output) == STDOUT
    if to_stream and sys.stdout.isatty():
        raise Refused("a PDF is nothing for a terminal; name a file with --output, or redirect standard output")
    from edgewise.explorer.handout.sheet import handout_pdf

    made = handout_pdf(loaded.guideline, paper)
    if output is None or to_stream:
        stream = binary_output()
        stream.write(made)
        stream.flush()
    else:
        from edgewise.explorer.cli.outgoing import writable
        from edgewise.graph.writing.export import write

        write(writable(output, loaded.file), made)
