"""The `edgewise` command. What it needs is loaded by the command that needs it, so that help is quick."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from inspect import cleandoc
from pathlib import Path
from typing import Annotated, ParamSpec

import typer

from edgewise.explorer.cli.audit import register as register_audit
from edgewise.explorer.cli.delivery import deliver
from edgewise.explorer.cli.editor import register as register_editor
from edgewise.explorer.cli.exits import CLEAN, FINDINGS, Refused, guarded, refuse
from edgewise.explorer.cli.gaps import register as register_gaps
from edgewise.explorer.cli.handout import NAMES, hand_out
from edgewise.explorer.cli.options import AsJson, GuidelineName, Output
from edgewise.explorer.cli.terminal import show, show_json, use_utf8
from edgewise.explorer.cli.why import register as register_why
from edgewise.explorer.handout.paper import Paper
from edgewise.explorer.settings import GUIDELINE
from edgewise.explorer.shell.user_files import ledger_file
from edgewise.ontology.errors import SourceError

P = ParamSpec("P")

app = typer.Typer(
    name="edgewise",
    help="""Every step of a guideline, every edge between its steps, and the evidence behind each edge.

    GUIDELINE is the id of a guideline that comes with Edgewise, a folder that holds guideline.yaml, or a file.
    Exit codes: 0 clean, 1 something was found, 2 cannot continue. For education only.

    \b
    Example:
      edgewise explore sacroiliac-sclerosis
    """,
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 110},
)


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
    pdf = "pdf"
    svg = "svg"
    html = "html"


_FORMATS = "RDF: turtle, jsonld, nquads, trig. Hand-outs: handout-pdf, handout-svg, handout-html (also pdf, svg, html)."


def command(short: str, name: str | None = None) -> Callable[[Callable[P, int]], Callable[P, None]]:
    """Register a function that returns an exit code; its docstring is its help, with the examples line by line."""

    def register(function: Callable[P, int]) -> Callable[P, None]:
        text = cleandoc(function.__doc__ or short).replace("\nExamples:", "\n\b\nExamples:")  # \b: do not join these lines
        return app.command(name, help=text, short_help=short)(guarded(function))

    return register


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import PackageNotFoundError, version

        try:
            show([f"edgewise {version('edgewise')}"])
        except PackageNotFoundError:
            show(["edgewise, not installed as a package"])
        raise typer.Exit


@app.callback()
def edgewise(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and end.")] = False,
) -> None:
    """Hold the options that come before a command; the help is that of `app`."""


@command("Open a guideline in the browser.")
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
    from edgewise.graph.shelf import ids

    listen = launch.free_port(host, port)
    name = guideline or next(iter(ids()), "")
    if not name:
        raise Refused("the library holds no guideline; name a folder or a file")
    if name not in ids():
        load(name)
    launch.serve(address(name), host, listen, browser=not no_browser)
    return CLEAN


@command("Find every fault in guidelines.")
def check(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH", help="Ids, folders or files; the whole library if left out.", show_default=False),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Find every fault in guidelines: file, line, what is wrong, and how to repair it.

    All files are checked to their end, whatever is found in one of them. Exit code 0: no faults; 1: errors or warnings;
    2: a path that cannot be opened (the others are checked all the same).

    Examples:
      edgewise check
      edgewise check my-guideline/guideline.yaml other.ttl --json
    """
    from edgewise.explorer.cli.intake import check as run
    from edgewise.explorer.cli.payloads import finding_payload
    from edgewise.explorer.cli.reports import findings_report

    checked = run(paths or ())
    if checked.files and not as_json:
        show(findings_report(checked.faults, checked.files))
    if checked.unreadable:
        return refuse(SourceError(checked.unreadable), as_json=as_json, findings=(*checked.unreadable, *checked.faults))
    if as_json:
        show_json({"findings": [finding_payload(finding) for finding in checked.faults]})
    return FINDINGS if any(finding.severity != "note" for finding in checked.faults) else CLEAN


@command("Sum a guideline up.", name="show")
def show_guideline(guideline: GuidelineName, as_json: AsJson = False) -> int:
    """Sum a guideline up: its source, its steps, its edges and the state of their evidence.

    With --json: counts, the ids of everything, and every edge with its condition.

    Examples:
      edgewise show sacroiliac-sclerosis
      edgewise show my-guideline/ --json
    """
    from edgewise.citations.evidence.support import states
    from edgewise.explorer.cli.intake import load
    from edgewise.explorer.cli.payloads import guideline_payload
    from edgewise.explorer.cli.reports import guideline_report

    loaded = load(guideline).guideline
    if as_json:
        show_json(guideline_payload(loaded, states(loaded)))
    else:
        show(guideline_report(loaded, states(loaded)))
    return CLEAN


@command("Walk a guideline with what is known of a patient.")
def walk(
    guideline: GuidelineName,
    facts: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="What is known of the patient, as YAML or JSON; - reads standard input.", show_default=False),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Walk a guideline with what is known of a patient: what is due, why, why not the rest, what to ask next.

    Facts are a mapping of observables to values, such as {radiographs: equivocal, block-relief: [85, 88]}. What is left out
    is not known; without --facts, nothing is. A quantity may bear a unit: {conservative-months: 26 wk}. Where the source
    names no next step, the answer says so.

    Examples:
      edgewise walk sacroiliac-sclerosis --facts patient.yaml
      echo '{radiographs: sclerosis, inflammatory-suspicion: no}' | edgewise walk sacroiliac-sclerosis --facts - --json
    """
    from edgewise.explorer.cli.intake import load, read_facts
    from edgewise.explorer.cli.payloads import walk_payload
    from edgewise.explorer.cli.reports import walk_report
    from edgewise.graph.walking.walk import walk as run

    loaded = load(guideline).guideline
    known = {} if facts is None else read_facts(facts, loaded)
    walked = run(loaded, known)
    if as_json:
        show_json(walk_payload(walked, known))
    else:
        show(walk_report(loaded, walked, known))
    return CLEAN


@command("Show what an edge or a step rests on.")
def evidence(
    guideline: GuidelineName,
    id: Annotated[str, typer.Argument(metavar="ID", help="Id of an edge or a step; `edgewise show` lists them.", show_default=False)],
    as_json: AsJson = False,
) -> int:
    """Show what an edge or a step rests on: statements, markers, references, and every reservation.

    Examples:
      edgewise evidence sacroiliac-sclerosis cooled-rfa-to-si-joint-fusion
      edgewise evidence sacroiliac-sclerosis cooled-rfa --json
    """
    from edgewise.citations.evidence.support import evidence as find
    from edgewise.explorer.cli.intake import load
    from edgewise.explorer.cli.payloads import evidence_payload
    from edgewise.explorer.cli.reports import evidence_report

    loaded = load(guideline).guideline
    found = find(loaded, id)
    if as_json:
        show_json(evidence_payload(found, loaded))
    else:
        show(evidence_report(found, loaded))
    return CLEAN


@command("Write a guideline as RDF or as a hand-out.")
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
    output: Output = None,
) -> int:
    """Write a guideline's graph as RDF, or a hand-out; the same guideline gives the same bytes every time.

    With --ledger, its sign-offs join the graph as Web Annotations on the citations, with their provenance in PROV-O.
    The PDF and SVG hand-outs hold the pathway on one printed page, with criteria, evidence and references, legible without
    colour; the HTML hand-out is one file that opens without network and lets one click through all of it.

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
        hand_out(load(guideline), NAMES[to], paper, output)
        return CLEAN
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
    deliver(serialize(graph, to.value), output, guideline=loaded.source.file, reads=ledger_file(ledger))


register_why(command)
register_gaps(command)
register_audit(command)
register_editor(command)


def main() -> None:
    """Run the command: the entry point of `edgewise`."""
    use_utf8()
    app(prog_name="edgewise")


if __name__ == "__main__":
    main()
