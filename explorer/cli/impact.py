"""`edgewise impact`: what falls if references fall, and how far the paths to a step hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from edgewise.explorer.cli.exits import CLEAN, Refused
from edgewise.explorer.cli.options import AsJson, GuidelineName
from edgewise.explorer.cli.terminal import show, show_json

if TYPE_CHECKING:
    from edgewise.explorer.cli.impact_answers import Outcome
    from edgewise.graph.model import Guideline


def impact(
    guideline: GuidelineName,
    references: Annotated[
        list[str] | None,
        typer.Argument(metavar="REFERENCE", help="Ids of references, or their numbers as printed; those that fall.", show_default=False),
    ] = None,
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="STEP", help="Id of a step: show the weakest link on every path to it.", show_default=False),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Show what falls if references fall: statements, edges and steps that lose all support, and those that get weak.

    Behind each edge, independent studies are counted before and after: summaries, the publisher's own and entries for the
    same work count out. With --to, also the weakest link on every path to a step, before and after; references may then
    be left out. Nothing is altered: this answers "what if".

    Examples:
      edgewise impact sacroiliac-sclerosis reference-4
      edgewise impact sacroiliac-sclerosis 4 6 --to si-joint-fusion
      edgewise impact my-guideline/ --to surgery --json
    """
    from edgewise.explorer.cli.impact_answers import impact_payload, impact_report
    from edgewise.explorer.cli.intake import load

    if not references and to is None:
        raise Refused("name a reference that falls, or a step with --to; `edgewise show GUIDELINE --json` lists both")
    loaded = load(guideline).guideline
    outcome = _outcome(loaded, references or [], to)
    if as_json:
        show_json(impact_payload(loaded, outcome))
    else:
        show(impact_report(loaded, outcome))
    return CLEAN


def _outcome(guideline: Guideline, names: list[str], to: str | None) -> Outcome:
    from edgewise.citations.evidence.impact import impact as fall
    from edgewise.citations.evidence.impact import studies, without
    from edgewise.citations.evidence.routes import weakest
    from edgewise.explorer.cli.impact_answers import Outcome

    found = fall(guideline, names)
    less = without(guideline, found.references)
    paths = (weakest(guideline, to), weakest(less, to)) if to is not None else None
    return Outcome(found, studies(guideline), studies(less), paths)
