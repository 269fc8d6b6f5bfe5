"""`edgewise gaps`: what a guideline's algorithm leaves open."""

from __future__ import annotations

from edgewise.explorer.cli.audit import Register
from edgewise.explorer.cli.exits import CLEAN, FINDINGS
from edgewise.explorer.cli.options import AsJson, GuidelineName
from edgewise.explorer.cli.terminal import show, show_json


def register(command: Register) -> None:
    """Add the command with the decorator of `edgewise.explorer.cli.command`."""
    command("Find what a guideline's algorithm leaves open.")(gaps)


def gaps(guideline: GuidelineName, as_json: AsJson = False) -> int:
    """Find what a guideline's algorithm leaves open, as one checks a decision table.

    Situations in which no next step is named, different steps at once, steps that end or are never come to, rounds without a way
    out, conditions that nobody can meet, questions that decide nothing, passages that disagree. What a patient can show comes with a
    smallest example patient, which `edgewise walk GUIDELINE --facts -` takes as it is printed. What could not be checked is named
    last. Exit code 0: nothing was found; 1: something was.

    Examples:
      edgewise gaps sacroiliac-sclerosis
      edgewise gaps my-guideline/ --json
    """
    from edgewise.explorer.cli.gaps_answers import gaps_payload, gaps_report
    from edgewise.explorer.cli.intake import load
    from edgewise.graph.gaps.search import find_gaps

    loaded = load(guideline).guideline
    found = find_gaps(loaded)
    if as_json:
        show_json(gaps_payload(loaded, found))
    else:
        show(gaps_report(loaded, found))
    return FINDINGS if found.rows else CLEAN
