"""`edgewise gaps`: what a guideline's algorithm leaves open."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any

from edgewise.explorer.cards.numbers import many
from edgewise.explorer.cli.exits import CLEAN, FINDINGS
from edgewise.explorer.cli.options import AsJson, GuidelineName
from edgewise.explorer.cli.terminal import show, show_json
from edgewise.explorer.cli.wording import flow, footer, places

if TYPE_CHECKING:  # help needs none of it
    from edgewise.graph.gaps.search import Gaps, Row
    from edgewise.graph.model import Guideline

TITLES = {
    "gap": "The source does not say what comes next",
    "overlap": "Different next steps at once",
    "contraindicated-road": "Roads to a step in the very case in which it is contraindicated",
    "dead-end": "The pathway ends, and the source does not say so",
    "unreachable-step": "Steps that nobody comes to",
    "endless-loop": "Rounds without a way out",
    "never-met": "Conditions that nobody can meet",
    "never-asked": "Asked of the patient, and used by no edge",
    "never-decides": "Used, but every answer leads the same way",
    "disagreement": "The source disagrees with itself",
    "unlike-times": "Different times for one step at once",
    "masked": "Edges that others go before, or take all patients of",
    "subsumed": "Edges that say nothing another one does not",
    "mergeable": "Edges that one edge would say",
    "misleading-preference": "Preferences by which the general goes before the specific",
}


def gaps(guideline: GuidelineName, as_json: AsJson = False) -> int:
    """Find what a guideline's algorithm leaves open, as one checks a decision table.

    Situations in which no next step is named, different steps at once, roads to what is contraindicated, steps that end or are never
    come to, rounds without a way out, conditions that nobody can meet, questions that decide nothing, passages that disagree, edges
    that others hide, say as well or could say in one. What a patient can show comes with a smallest example patient, which
    `edgewise walk GUIDELINE --facts -` takes as it is printed. What could not be checked is named last. Exit code 0: nothing was
    found; 1: something was.

    Of a folder with several guidelines all are told; with --json as a list.

    Examples:
      edgewise gaps sacroiliac-sclerosis
      edgewise gaps my-guideline/ --json
    """
    from edgewise.explorer.cli.intake import load_all
    from edgewise.graph.gaps.search import find_gaps

    found = [(loaded.guideline, find_gaps(loaded.guideline)) for loaded in load_all(guideline)]
    if as_json:
        told = [gaps_payload(one, gaps) for one, gaps in found]
        show_json(told if len(told) > 1 else told[0])
    else:
        for rank, (one, gaps) in enumerate(found):
            show([*([""] if rank else []), *gaps_report(one, gaps)])
    return FINDINGS if any(gaps.rows for _, gaps in found) else CLEAN


def gaps_payload(guideline: Guideline, gaps: Gaps) -> dict[str, Any]:
    """Every row, and what was not checked."""
    return {"guideline": guideline.id, "rows": [row.as_json() for row in gaps.rows], "unchecked": list(gaps.unchecked)}


def gaps_report(guideline: Guideline, gaps: Gaps) -> list[str]:
    """Rows by kind, each with an example that `edgewise walk --facts` takes; then what was not checked."""
    return [
        guideline.title,
        _counted(gaps),
        *chain.from_iterable(_of_kind(guideline, gaps, kind) for kind in TITLES),
        *_unchecked(gaps),
        *footer(guideline),
    ]


def _counted(gaps: Gaps) -> str:
    """How much was found; what concerns nobody in particular, such as a step nobody comes to, can have no example."""
    if not gaps.rows:
        return f"Nothing was found{' in what was checked' if gaps.unchecked else ''}."
    found, shown = many(len(gaps.rows), "finding"), sum(bool(row.example) for row in gaps.rows)
    if not shown:
        return f"{found}, {'none' if len(gaps.rows) > 1 else 'not one'} that a patient could show"
    share = f"{shown} of them " if shown < len(gaps.rows) else "each " if shown > 1 else ""
    return f"{found}, {share}with a smallest example patient"


def _of_kind(guideline: Guideline, gaps: Gaps, kind: str) -> Iterator[str]:
    rows = [row for row in gaps.rows if row.kind == kind]
    yield from ("", TITLES[kind]) if rows else ()
    for row in rows:
        yield from _row(guideline, row)


def _row(guideline: Guideline, row: Row) -> Iterator[str]:
    yield f"  {row.text}"
    if row.example:
        yield f"    example: {flow(row.example)}"
    if row.edges:
        yield f"    edges: {', '.join(row.edges)}"
    if behind := places(guideline, row.statements, remark=row.remark):
        yield f"    behind it: {behind}"


def _unchecked(gaps: Gaps) -> Iterator[str]:
    yield from ("", "Not checked") if gaps.unchecked else ()
    for what in gaps.unchecked:
        yield f"  {what.removeprefix('not checked: ')}"
