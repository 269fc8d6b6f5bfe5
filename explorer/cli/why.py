"""`edgewise why`: why a step is due, why not, and the least that would lead to it."""

from __future__ import annotations

from typing import Annotated

import typer

from edgewise.explorer.cli.audit import Register
from edgewise.explorer.cli.exits import CLEAN
from edgewise.explorer.cli.options import AsJson, GuidelineName
from edgewise.explorer.cli.terminal import show, show_json


def register(command: Register) -> None:
    """Add the command with the decorator of `edgewise.explorer.cli.command`."""
    command("Say why a step is due, or why not.")(why)


def why(
    guideline: GuidelineName,
    step: Annotated[str, typer.Argument(metavar="STEP", help="Id of a step; `edgewise show` lists them.", show_default=False)],
    facts: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="What is known of the patient, as YAML or JSON; - reads standard input.", show_default=False),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Say why a step is due, or why not: every way in part by part, and the least that would have to be otherwise.

    ✓ holds, ✗ fails, ◔ does not hold yet, ? is not known. All least sets of changes are told: those that answers, waiting or
    repeating can still bring, apart from those that take another finding, which no care can bring. Then follows the question that
    decides most. Without --facts, nothing is known.

    Examples:
      edgewise why sacroiliac-sclerosis si-joint-fusion --facts patient.yaml
      echo '{radiographs: sclerosis, inflammatory-suspicion: no}' | edgewise why sacroiliac-sclerosis cooled-rfa --facts - --json
    """
    from edgewise.explorer.cli.intake import load, read_facts
    from edgewise.explorer.cli.why_answers import why_payload, why_report
    from edgewise.graph.explaining.why import why as ask

    loaded = load(guideline).guideline
    known = {} if facts is None else read_facts(facts, loaded)
    asked = ask(loaded, step, known)
    if as_json:
        show_json(why_payload(asked, known))
    else:
        show(why_report(loaded, asked, known))
    return CLEAN
