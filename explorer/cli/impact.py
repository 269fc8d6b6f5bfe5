"""`edgewise impact`: what falls if references fall, and how far the paths to a step hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from edgewise.explorer.cards.numbers import many
from edgewise.explorer.cli.exits import CLEAN, FINDINGS, Refused
from edgewise.explorer.cli.known_notices import known_lines, known_payload, paper_lines
from edgewise.explorer.cli.options import AsJson
from edgewise.explorer.cli.terminal import show, show_json

if TYPE_CHECKING:  # help needs none of it
    from edgewise.citations.evidence.impact import Impact, SupportChange
    from edgewise.citations.evidence.routes import Route, Weakest
    from edgewise.citations.evidence.studies import Studies
    from edgewise.citations.notices import Known
    from edgewise.graph.model import Guideline


class Outcome(NamedTuple):
    """What falls, and what is known of it; the studies behind each edge, before and after; the paths to a step, if one was asked for."""

    impact: Impact
    known: Known
    before: Mapping[str, Studies]
    after: Mapping[str, Studies]
    paths: tuple[Weakest, Weakest] | None = None


def impact(
    guideline: Annotated[
        str | None,
        typer.Argument(
            metavar="GUIDELINE",
            help="Id, folder or file of a guideline; not needed with --retracted and --library.",
            show_default=False,
        ),
    ] = None,
    references: Annotated[
        list[str] | None,
        typer.Argument(metavar="REFERENCE...", help="Ids of references, or their numbers as printed; those that fall.", show_default=False),
    ] = None,
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="STEP", help="Id of a step: show the weakest link on every path to it.", show_default=False),
    ] = None,
    library: Annotated[
        str | None,
        typer.Option(
            "--library",
            metavar="URL",
            help="Library that the guideline is in; without a reference GUIDELINE is a paper's DOI or PubMed number, and told is what falls"
            " with it in every guideline there.",
            show_default=False,
        ),
    ] = None,
    retracted: Annotated[
        bool,
        typer.Option(
            "--retracted",
            help="Those that fall are all that are known to be retracted or withdrawn, by their own words or what 'edgewise resolve' keeps;"
            " with --library and no GUIDELINE, in every guideline there.",
        ),
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Show what falls if references fall: statements, edges and steps that lose all support, and those left with one or tertiary source.

    The criteria of each edge are judged one by one: an edge may stand while what it asks for has lost every passage. So are bundles,
    alternatives, contraindications, to whom the guideline applies, times and doses.

    Behind each edge, independent studies are counted before and after: summaries, the publisher's own and entries for the
    same work count out. With --to, also the weakest link on every path to a step, before and after; references may then
    be left out. Nothing is altered: this answers "what if".

    With --retracted it is no "if": kind, date and reason of what is known of each work are told, an expression of concern and a correction
    take nothing away, and a reinstatement known to be the later one gives back. Nothing is sent; what was never looked up is named as not
    checked. Exit code 1: something cited was retracted or withdrawn.

    Examples:
      edgewise impact sacroiliac-sclerosis reference-4
      edgewise impact sacroiliac-sclerosis 4 6 --to si-joint-fusion
      edgewise impact my-guideline/ --to surgery --json
      edgewise impact 10.1097/01.phm.0000247633.68694.c1 --library folder-of-guidelines/
      edgewise impact my-guideline/ --retracted
      edgewise impact --retracted --library folder-of-guidelines/
    """
    if retracted:
        return _retracted(guideline, references, to, library, as_json=as_json)
    if guideline is None:
        raise Refused("name a guideline, and a reference that falls; without a guideline only --retracted with --library URL can be asked")
    if not references and to is None:
        if library is not None:
            return _over_library(library, guideline, as_json=as_json)
        raise Refused(
            "name a reference that falls, or a step with --to; `edgewise show GUIDELINE --json` lists both."
            " A paper falls over a whole library with --library URL"
        )
    loaded = _called(guideline, library)
    outcome = _outcome(loaded, references or [], to)
    if as_json:
        show_json(impact_payload(loaded, outcome))
    else:
        show(impact_report(loaded, outcome))
    return CLEAN


def _retracted(name: str | None, references: list[str] | None, to: str | None, library: str | None, *, as_json: bool) -> int:
    """What falls with all that is known to be retracted."""
    from edgewise.explorer.shell.known_notices import known_of

    if references:
        raise Refused("--retracted finds the references that fall; leave out either it or their names")
    if name is None:
        if library is None or to is not None:
            raise Refused("name a guideline whose retracted references fall, or a whole library with --library URL and no --to")
        return _retracted_in(library, as_json=as_json)
    guideline = _called(name, library)
    known = known_of(guideline)
    outcome = _outcome(guideline, list(known.fallen), to)
    if as_json:
        show_json(impact_payload(guideline, outcome._replace(known=known)))
    else:
        show([*known_lines(guideline, known), *impact_report(guideline, outcome._replace(known=known.within(())))])
    return FINDINGS if known.fallen else CLEAN


def _retracted_in(library: str, *, as_json: bool) -> int:
    """The same of every guideline of a library; those where nothing is known to have happened are only counted."""
    from edgewise.explorer.shell.known_notices import known_of
    from edgewise.graph.stores.addresses import in_words, open_store

    with open_store(library) as store:
        opened = (store.open(entry.iri).guideline for entry in store.entries())
        known = [(one, found) for one in opened if (found := known_of(one)).noticed]
        fell = [found for _, found in known if found.fallen]
        if as_json:
            told = [impact_payload(one, _outcome(one, list(found.fallen))._replace(known=found)) for one, found in known]
            show_json({"library": store.url, "of": len(store), "guidelines": told})
        else:
            lines = [line for one, found in known for line in _in_library(one, found)]
            cite = f"{many(len(fell), 'guideline')} of {len(store)} in {in_words(store.url)} {'cites' if len(fell) == 1 else 'cite'}"
            show([*lines, f"{cite} what is known to be retracted or withdrawn"])
    return FINDINGS if fell else CLEAN


def _in_library(guideline: Guideline, known: Known) -> list[str]:
    from edgewise.citations.evidence.impact import impact as fall

    return [*impact_lines(guideline, fall(guideline, known.fallen)), "", *known_lines(guideline, known)]


def _called(name: str, library: str | None) -> Guideline:
    if library is not None:
        from edgewise.graph.stores.addresses import open_store

        with open_store(library) as store:
            return store.open(name).guideline
    from edgewise.explorer.cli.intake import load

    return load(name).guideline


def _over_library(library: str, paper: str, *, as_json: bool) -> int:
    from edgewise.citations.evidence.retraction import falls
    from edgewise.explorer.shell.known_notices import known_of
    from edgewise.graph.stores.addresses import in_words, open_store
    from edgewise.graph.stores.works import work

    with open_store(library) as store:
        found = list(falls(store, store.resting_on(paper)))
        if as_json:
            told = [impact_payload(one.guideline, _outcome(one.guideline, [*one.resting.references])) for one in found]
            show_json({"library": store.url, "work": work(paper), "guidelines": told})
        else:
            lines = []
            for one in found:
                known = paper_lines(one.guideline, known_of(one.guideline), one.impact)
                lines += [*impact_lines(one.guideline, one.impact), *known, ""]
            told_of = f"{many(len(found), 'guideline')} in {in_words(store.url)} {'cites' if len(found) == 1 else 'cite'} {work(paper)}"
            show([*lines, told_of])
    return CLEAN


def _outcome(guideline: Guideline, names: list[str], to: str | None = None) -> Outcome:
    from edgewise.citations.evidence.impact import impact as fall
    from edgewise.citations.evidence.impact import studies, without
    from edgewise.citations.evidence.routes import weakest
    from edgewise.explorer.shell.known_notices import known_of

    found = fall(guideline, names)
    less = without(guideline, found.references)
    paths = (weakest(guideline, to), weakest(less, to)) if to is not None else None
    return Outcome(found, known_of(guideline).within(found.references), studies(guideline), studies(less), paths)


def impact_payload(guideline: Guideline, outcome: Outcome) -> dict[str, Any]:
    """Everything that changes, what is known of the works that fall, the studies behind every edge, and the paths."""
    found = outcome.impact
    return {
        "guideline": guideline.id,
        "references": list(found.references),
        "twins": list(found.twins),
        **known_payload(outcome.known),
        "statements": [_change(change) for change in found.statements],
        "edges": [_change(change) | {"criteria": list(map(_change, found.criteria.get(change.id, ())))} for change in found.edges],
        "steps": [_change(change) for change in found.steps],
        "constructs": [_change(change) for change in found.constructs],
        "fallen": [{"what": change.what, "id": change.id} for change in found.fallen],
        "weakened": [{"what": change.what, "id": change.id} for change in found.weakened],
        "studies": {id: {"before": _studies(held), "after": _studies(outcome.after[id])} for id, held in outcome.before.items()},
        "to": {"before": _paths(outcome.paths[0]), "after": _paths(outcome.paths[1])} if outcome.paths else None,
    }


def _change(change: SupportChange) -> dict[str, Any]:
    return {
        "id": change.id,
        "what": change.what,
        "label": change.label,
        "before": change.before,
        "after": change.after,
        "falls": change.falls,
        "weakens": change.weakens,
        "lost": list(change.lost),
        "left": list(change.left),
        "studies": {"before": _studies(change.studies_before), "after": _studies(change.studies_after)},
    }


def _studies(held: Studies) -> dict[str, Any]:
    return {
        "number": len(held),
        "primary": held.primary,
        "counted": list(held.counted),
        "leftOut": [{"reference": reference, "why": why} for reference, why in held.left_out],
    }


def _paths(found: Weakest) -> dict[str, Any]:
    return {
        "step": found.step,
        "target": found.target,
        "reachable": found.reachable,
        "best": found.best,
        "worst": found.worst,
        "links": [{"edge": edge, "state": state} for edge, state in found.links.items()],
        "unavoidable": list(found.unavoidable),
        "numbers": dict(found.numbers) if found.numbers is not None else None,
        "routes": [_route(route) for route in found.routes],
        "leftOut": found.left_out,
    }


def _route(route: Route) -> dict[str, Any]:
    return {"steps": list(route.steps), "edges": list(route.edges), "weakest": route.weakest, "links": list(route.links)}


def impact_report(guideline: Guideline, outcome: Outcome) -> list[str]:
    """What falls, what is left with little, what only loses a reference; then the studies behind the edges, then the paths."""
    return [
        *impact_lines(guideline, outcome.impact),
        *paper_lines(guideline, outcome.known, outcome.impact),
        *_behind(outcome),
        *(_to_step(guideline, outcome.paths, bool(outcome.impact.references)) if outcome.paths else ()),
    ]


def impact_lines(guideline: Guideline, found: Impact) -> list[str]:
    """What falls, what is left with little, what only loses a reference."""
    return [
        guideline.title,
        *_falling(guideline, found),
        *_changes("Loses all support", found.fallen),
        *_changes("Left with one or tertiary source", found.weakened),
        *_unfounded(guideline, found),
        *_changes("Loses a reference, and changes no further", found.thinned),
    ]


def _falling(guideline: Guideline, found: Impact) -> Iterator[str]:
    for id in found.references:
        yield f"If it falls: {_named(guideline, id)}"
    for id in found.twins:
        yield f"The same work, which should fall with it: {_named(guideline, id)}"
    if found.references and not found.changes:
        yield "Nothing rests on it."


def _named(guideline: Guideline, id: str) -> str:
    reference = guideline.references[id]
    return f"{reference.position}. {reference.title} [{id}]"


def _changes(title: str, changes: Iterable[SupportChange]) -> Iterator[str]:
    held = list(changes)
    yield from ("", title) if held else ()
    for change in held:
        state = change.before if change.before == change.after else f"{change.before} → {change.after}"
        left = f"; left: {', '.join(change.left)}" if change.left else ""
        yield f"  {change.what} {change.id} ({state}; loses {', '.join(change.lost)}{left})"
        yield f"    {change.label}"


def _unfounded(guideline: Guideline, found: Impact) -> Iterator[str]:
    """Criteria one by one: an edge may stand on what is left to it, while most of what it asks for has lost every passage."""
    from edgewise.citations.evidence.impact import criteria

    edges = [edge for edge in found.criteria if found.unfounded(edge)]
    yield from ("", "Criteria that lose their passages") if edges else ()
    for edge in edges:
        gone = found.unfounded(edge)
        yield f"  {edge}: {len(gone)} of its {len(criteria(guideline, edge))} criteria"
        yield from (f"    {change.label} (loses {', '.join(change.lost)})" for change in gone)


def _behind(outcome: Outcome) -> Iterator[str]:
    yield from ("", "Independent studies behind each edge")
    for id, before in outcome.before.items():
        after = outcome.after[id]
        number = f"{len(before)}" if len(before) == len(after) else f"{len(before)} → {len(after)}"
        known = f", {after.primary} assessed as primary" if after.primary else ""
        out = f" (not counted: {'; '.join(f'{reference}, {why}' for reference, why in after.left_out)})" if after.left_out else ""
        yield f"  {id}: {number}{known}{out}"


def _to_step(guideline: Guideline, paths: tuple[Weakest, Weakest], falling: bool) -> Iterator[str]:
    before, after = paths
    yield from ("", f"Paths to {guideline.steps[before.step].label} ({before.step})")
    if before.target != before.step:
        yield f"  It is due together with {before.target}; the paths lead there."
    if not before.reachable:
        yield "  No path leads there."
    elif before.worst is None:
        yield "  Walks begin there: no edge is needed."
    else:
        yield from _weakest("Now", before)
        yield from _weakest("Then", after) if falling else ()
        yield from _routes(after)


def _weakest(when: str, found: Weakest) -> Iterator[str]:
    counted = ", ".join(f"{number} {state}" for state, number in (found.numbers or {}).items() if number)
    paths = (
        f"; by weakest link, the paths are: {counted}" if counted else "; loops make the paths uncountable" if found.numbers is None else ""
    )
    yield f"  {when}: the best path is {found.best}, the worst {found.worst}{paths}"
    yield from (f"    {state}: {edge}{' (on every path)' if edge in found.unavoidable else ''}" for edge, state in found.links.items())


def _routes(found: Weakest) -> Iterator[str]:
    for route in found.routes:
        yield f"  {' → '.join(route.steps)}"
        yield f"    weakest: {route.weakest or 'no edge'}, {', '.join(route.links)}"
    if found.left_out != 0:
        yield f"  and {found.left_out or 'more'} further paths"
