"""`edgewise export`: a guideline as RDF, or as a hand-out on paper or in one HTML file."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from edgewise.explorer.cli.delivery import STDOUT, deliver, deliver_bytes
from edgewise.explorer.cli.exits import CLEAN, Refused
from edgewise.explorer.cli.options import FactsFile, GuidelineName, Output
from edgewise.explorer.cli.wording import warn
from edgewise.explorer.handout.paper import Paper
from edgewise.explorer.shell.user_files import ledger_file

if TYPE_CHECKING:  # help needs none of it
    from edgewise.graph.loaded import Loaded
    from edgewise.graph.walking.facts import Facts
    from edgewise.graph.walking.visits import Timeline


class ExportFormat(StrEnum):
    """The formats of `edgewise.graph.writing.export`."""

    turtle = "turtle"
    jsonld = "jsonld"
    nquads = "nquads"
    trig = "trig"


class Destination(StrEnum):
    """What `export` may be told to write: RDF, and hand-outs by either of their names."""

    turtle = "turtle"
    jsonld = "jsonld"
    nquads = "nquads"
    trig = "trig"
    handout_pdf = "handout-pdf"
    handout_svg = "handout-svg"
    handout_html = "handout-html"
    handout_slide = "handout-slide"
    handout_png = "handout-png"
    pdf = "pdf"
    svg = "svg"
    html = "html"
    slide = "slide"
    png = "png"


_FORMATS = "RDF: turtle, jsonld, nquads, trig. Hand-outs: handout-pdf, -svg, -html, -slide, -png (also pdf, svg, html, slide, png)."


class Handout(StrEnum):
    """The kinds of hand-outs, by the names the command knows them under."""

    pdf = "handout-pdf"
    svg = "handout-svg"
    html = "handout-html"
    slide = "handout-slide"
    png = "handout-png"


NAMES: dict[str, Handout] = {name: kind for kind in Handout for name in (kind.value, kind.name)}
"""What may stand after ``--to`` for a hand-out, the long form and the short."""


def export(
    guideline: GuidelineName,
    to: Annotated[Destination, typer.Option("--to", metavar="FORMAT", help=_FORMATS, show_default=False)],
    ledger: Annotated[
        str | None,
        typer.Option(
            metavar="URL", help="Add the sign-offs of this ledger: a file, sqlite:///PATH or postgresql+psycopg://…", show_default=False
        ),
    ] = None,
    paper: Annotated[
        Paper | None, typer.Option(help="Paper of the PDF and SVG hand-outs; a4 if left out.", show_default=False, case_sensitive=False)
    ] = None,
    facts: FactsFile = None,
    output: Output = None,
) -> int:
    """Write a guideline's graph as RDF, or a hand-out; the same guideline gives the same bytes every time.

    With --ledger, its sign-offs join the graph as Web Annotations on the citations, with their provenance in PROV-O.
    The PDF and SVG hand-outs hold the pathway on one printed page, with criteria, evidence and references, legible without
    colour, and explain its terms overleaf; with --facts the patient stands above the drawing. The HTML hand-out is one file that
    opens without network and lets one click through all of it. Slide (SVG, whose text stays text) and PNG hold the drawing alone,
    16 : 9, with its source, date and review status.

    Examples:
      edgewise export sacroiliac-sclerosis --to turtle
      edgewise export my-guideline/ --to jsonld --output guideline.jsonld
      edgewise export my-guideline/ --to trig --ledger signed.sqlite
      edgewise export sacroiliac-sclerosis --to handout-pdf --paper letter --output handout.pdf
    """
    from edgewise.explorer.cli.intake import load

    if to in NAMES:
        if ledger is not None:
            raise Refused("a hand-out holds no sign-offs; leave --ledger out, or choose an RDF format with --to")
        hand_out(load(guideline), NAMES[to], paper, output, facts)
        return CLEAN
    if facts is not None:
        raise Refused(f"{to} is RDF and knows no patient; leave --facts out, or choose handout-pdf or handout-svg with --to")
    if paper is not None:
        raise Refused(f"{to} is RDF and has no paper; leave --paper out, or choose handout-pdf or handout-svg with --to")
    _export_graph(guideline, ExportFormat(to), ledger, output)
    return CLEAN


def _export_graph(guideline: str, to: ExportFormat, ledger: str | None, output: Path | None) -> None:
    from edgewise.explorer.cli.intake import load
    from edgewise.graph.writing.export import export as serialize

    loaded = load(guideline)
    graph = loaded.source.graph
    if ledger is not None:
        from edgewise.citations.ledger.store import open_ledger
        from edgewise.citations.ledger.triples import triples

        graph = graph + triples(open_ledger(ledger).entries(loaded.guideline.iri), loaded.guideline)
    deliver(serialize(graph, to.value), output, guideline=loaded.file, reads=ledger_file(ledger))


def hand_out(loaded: Loaded, kind: Handout, paper: Paper | None, output: Path | None, facts: str | None = None) -> None:
    """Make a hand-out and hand it over.

    Args:
        loaded: the guideline.
        kind: of hand-out.
        paper: None is A4; the HTML file knows no paper.
        output: a file; None and ``-`` are standard output.
        facts: file with what is known of a patient; the HTML file is for all patients.

    Raises:
        FactsError: the facts cannot be used.
        Refused: a PDF would go to a terminal, a paper or facts were named for HTML, or the output cannot be written to.
        SourceError: writing failed; an old file is then untouched.
    """
    if kind in (Handout.slide, Handout.png):
        if paper is not None:
            raise Refused("a slide has no paper; leave --paper out")
        if facts is not None:
            raise Refused("a slide is for all patients; leave --facts out")
        _deliver_slide(loaded, kind, output)
    elif kind is Handout.html:
        if paper is not None:
            raise Refused("the HTML hand-out has no paper; leave --paper out")
        if facts is not None:
            raise Refused("the HTML hand-out is for all patients; leave --facts out, or see 'edgewise walk --to html'")
        from edgewise.explorer.handout.html.document import standalone

        deliver(_ended(standalone(loaded.guideline)), output, guideline=loaded.file)
    elif kind is Handout.svg:
        from edgewise.explorer.handout.sheet import handout_svg

        made = handout_svg(loaded.guideline, paper or Paper.a4, *_patient(loaded, facts))
        deliver(_ended(made), output, guideline=loaded.file, reads=_files(facts))
    else:
        _deliver_pdf(loaded, paper or Paper.a4, output, facts)


def _patient(loaded: Loaded, facts: str | None) -> tuple[Facts, Timeline | None]:
    from edgewise.explorer.cli.intake import read_facts

    given = read_facts(facts, loaded.guideline)
    warn(given.doubts)
    return given.facts, given.timeline


def _files(facts: str | None) -> tuple[str, ...]:
    return (facts,) if facts else ()


def _ended(text: str) -> str:
    """Text whose last line ends as a line does."""
    return text if text.endswith("\n") else text + "\n"


def _deliver_slide(loaded: Loaded, kind: Handout, output: Path | None) -> None:
    from edgewise.explorer.handout.slide import slide_png, slide_svg

    if kind is Handout.slide:
        deliver(_ended(slide_svg(loaded.guideline)), output, guideline=loaded.file)
        return
    _refuse_terminal("PNG", output)
    deliver_bytes(slide_png(loaded.guideline), output, guideline=loaded.file)


def _refuse_terminal(what: str, output: Path | None) -> None:
    if (output is None or str(output) == STDOUT) and sys.stdout.isatty():
        raise Refused(f"a {what} is nothing for a terminal; name a file with --output, or redirect standard output")


def _deliver_pdf(loaded: Loaded, paper: Paper, output: Path | None, facts: str | None) -> None:
    _refuse_terminal("PDF", output)
    from edgewise.explorer.handout.sheet import handout_pdf

    made = handout_pdf(loaded.guideline, paper, *_patient(loaded, facts))
    deliver_bytes(made, output, guideline=loaded.file, reads=_files(facts))
