"""`edgewise diff`: two guidelines, or two versions of one, and which patients they lead elsewhere."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from edgewise.explorer.cards.numbers import many
from edgewise.explorer.cli.exits import CLEAN, FINDINGS, Refused
from edgewise.explorer.cli.options import AsJson
from edgewise.explorer.cli.terminal import show, show_json
from edgewise.explorer.cli.wording import flow, footer, places
from edgewise.ontology.errors import UnknownName

if TYPE_CHECKING:  # help needs none of it
    from edgewise.citations.lookup.works import Resolution
    from edgewise.graph.comparing.comparison import Comparison
    from edgewise.graph.comparing.groups import Group
    from edgewise.graph.comparing.matching import Doubt, Match
    from edgewise.graph.comparing.versions import Version

_NAMED = (
    "Id, folder or file of a guideline; with @REVISION behind it as it stood in git, such as guideline.yaml@HEAD~1;"
    " or URL#ID, one of a library."
)
_HOW = {"given": "as was said", "name": "by name", "content": "by what it says"}
_WEIGHTS = (
    ("care", "Care, besides the way"),
    ("pathway", "The pathway, of which the groups above say whether it changes anybody's care"),
    ("evidence", "What is cited, signed and taught"),
    ("wording", "Words, order and ids alone: no change of care"),
)


def diff(
    a: Annotated[str, typer.Argument(metavar="A", help=_NAMED, show_default=False)],
    b: Annotated[str, typer.Argument(metavar="B", help="The other, likewise.", show_default=False)],
    match: Annotated[
        list[str] | None,
        typer.Option(
            "--match",
            metavar="X=Y",
            help="X of A is Y of B, whatever they are called: ids of two observables, steps, edges, statements, references or ratings."
            " 'X=' or '=Y': it has no counterpart. May be given again and again.",
            show_default=False,
        ),
    ] = None,
    ledger: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            help="Ledger of sign-offs: those that go stale are told; without it, of which citations one would.",
            show_default=False,
        ),
    ] = None,
    looked_up: Annotated[
        bool,
        typer.Option("--looked-up", help="Tell also what was retracted by the answers that 'edgewise resolve' keeps; nothing is sent."),
    ] = False,
    library: Annotated[
        str | None,
        typer.Option(
            "--library",
            metavar="URL",
            help="Library in which A and B are looked for first, by their id; URL#ID names one of another library.",
            show_default=False,
        ),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Tell two guidelines, or two versions of one, apart: first which patients now go elsewhere.

    Each group of patients comes with its situation in words, the smallest example patient, whom A leads to exactly the old answer and
    B to the new one, and the edges, conditions and statements that make the difference. Nothing is enumerated, and nobody is left
    out: what cannot be compared is named. In the same way follow those who are told otherwise which of several steps to choose. Then
    come doses, times, ratings and strengths, the pathway's conditions, evidence, references, sign-offs and cases; last what differs
    in words, order or ids alone, which is no change of care.

    Observables, steps and all else are matched by id, then by name, where no name leaves a doubt; what was matched otherwise than by
    one id is shown, and --match corrects it. Numbers are converted.

    Exit code 0: care is the same; 1: care differs, or it could not be told that it does not; 2: cannot continue.

    Examples:
      edgewise diff my-guideline/guideline.yaml@HEAD~1 my-guideline/
      edgewise diff old.yaml new.yaml --match ct-head=head-ct --json
      edgewise diff hips hips-2026 --library oxigraph:library
      edgewise diff my-guideline/ http://127.0.0.1:7878/query#hips
    """
    one, other = _version(a, library), _version(b, library)
    compared = _compared(one, other, _pairs(match or []), ledger, looked_up=looked_up)
    if as_json:
        show_json(compared.as_json())
    else:
        show(diff_report(compared, (a, b)))
    return CLEAN if compared.same_care else FINDINGS


def _version(name: str, library: str | None) -> Version:
    """A guideline by what names it: out of a library where it says so or where that has it, else a file."""
    from edgewise.graph.comparing.versions import load_version

    url, sign, id = name.rpartition("#")
    if sign and not os.path.lexists(name):
        return _held(url, id)
    if library is None or os.path.lexists(name):
        return load_version(name)
    try:
        return _held(library, name)
    except UnknownName as unknown:
        try:
            return load_version(name)
        except UnknownName:
            raise unknown from None


def _held(url: str, id: str) -> Version:
    from edgewise.graph.comparing.versions import version_of
    from edgewise.graph.stores.addresses import open_store

    if not id or id.startswith("data="):
        raise Refused(f"'{url}#{id}' names no guideline of a library: write URL#ID")
    with open_store(url) as store:
        return version_of(store.open(id), store.beside(id).cases)


def _pairs(match: list[str]) -> list[tuple[str, str]]:
    pairs = [one.partition("=") for one in match]
    if wrong := next((one for one, (_, sign, _) in zip(match, pairs, strict=True) if not sign), None):
        raise Refused(f"--match '{wrong}' is no pair: write --match X=Y with an id of A and an id of B")
    return [(a.strip(), b.strip()) for a, _, b in pairs]


def _compared(one: Version, other: Version, given: list[tuple[str, str]], ledger: str | None, *, looked_up: bool) -> Comparison:
    from dataclasses import replace

    from edgewise.citations.comparing import cited
    from edgewise.graph.comparing.comparison import compare
    from edgewise.graph.comparing.matching import match

    a, b = one.loaded.guideline, other.loaded.guideline
    found = compare(a, b, match(a, b, given), cases=one.cases)
    if one.unused:
        found = replace(found, notes=(*found.notes, one.unused))
    entries = None
    if ledger is not None:
        from edgewise.citations.ledger.store import open_ledger

        entries = open_ledger(ledger).entries(a.iri)
    return cited(found, entries, _answers(found) if looked_up else ({}, {}))


def _answers(found: Comparison) -> tuple[dict[str, Resolution], dict[str, Resolution]]:
    from edgewise.citations.lookup.kept_answers import kept_answers
    from edgewise.explorer.shell.user_files import answers_folder

    return kept_answers(found.a, answers_folder()), kept_answers(found.b, answers_folder())


# Text -------------------------------------------------------------------------------------------------------------------


def diff_report(found: Comparison, names: tuple[str, str] = ("A", "B")) -> list[str]:
    """The answer, who goes elsewhere, all else by what it touches, what was matched otherwise than by id, and what was not compared."""
    a, b = found.a, found.b
    return [
        f"A  {a.title}{f', {a.updated}' if a.updated else ''} ({names[0]})",
        f"B  {b.title}{f', {b.updated}' if b.updated else ''} ({names[1]})",
        "",
        found.headline,
        *_groups(found),
        *_changes(found),
        *_matches(found),
        *_listed("Not compared", found.unchecked),
        *_listed("Notes", found.notes),
        *footer(b),
    ]


def _groups(found: Comparison) -> Iterator[str]:
    for title, groups in found.patients:
        yield from ("", f"{title}: {many(len(groups), 'group')}")
        for one in groups:
            yield from _group(found, one)


def _group(found: Comparison, one: Group) -> Iterator[str]:
    yield f"  {one.place}: {one.situation}"
    yield f"    A: {one.old}"
    yield f"    B: {one.new}"
    yield from _example(one)
    for moved in one.moved:
        yield f"    asked otherwise: {moved.text}"
    yield from _behind(found, one)


def _example(one: Group) -> Iterator[str]:
    if not one.shown:
        yield "    example: none could be shown"
        return
    yield f"    example: {flow(one.example_a) if one.example_a else 'anybody, whatever is known'}"
    if one.example_b != one.example_a:
        yield f"    the same for B: {flow(one.example_b)}"
    yield f"      in A: {one.old_walk.text}"
    yield f"      in B: {one.new_walk.text}"


def _behind(found: Comparison, one: Group) -> Iterator[str]:
    sides = (("A", found.a, one.edges_a, one.statements_a, one.remark_a), ("B", found.b, one.edges_b, one.statements_b, one.remark_b))
    if one.edges_a == one.edges_b and (one.statements_a, one.remark_a) == (one.statements_b, one.remark_b):
        sides = (("both", *sides[1][1:]),)  # type: ignore[assignment]  # one of the two says it all
    for side, guideline, edges, statements, remark in sides:
        told = places(guideline, statements, remark=remark)
        if edges or told:
            yield f"    {side}: {'; '.join(filter(None, (', '.join(edges), told and f'behind it: {told}')))}"


def _changes(found: Comparison) -> Iterator[str]:
    from edgewise.graph.comparing.changes import TITLES

    for weight, title in _WEIGHTS:
        held = found.of_weight(weight)  # type: ignore[arg-type]  # one of the words above
        yield from ("", title) if held else ()
        for kind in dict.fromkeys(one.kind for one in held):
            yield f"  {TITLES[kind]}"
            yield from (f"    {one.text}" for one in held if one.kind == kind)


def _matches(found: Comparison) -> Iterator[str]:
    """What was matched by more than one id, and what may be the same."""
    told = [_match(one) for one in found.matching.matches if one.how not in ("id", "") and one.a != one.b]
    told += [_doubt(one) for one in found.matching.doubts]
    yield from _listed("Matched, and not matched; correct it with --match A=B", told)


def _match(one: Match) -> str:
    if not (one.a and one.b):
        return f"{one.kind} {one.a or one.b}: in {'A' if one.a else 'B'} alone, as was said"
    return f"{one.kind} {one.a} = {one.b} ({_HOW.get(one.how, one.how)})"


def _doubt(one: Doubt) -> str:
    return f"{one.kind} {one.a}: not matched; is it {' or '.join(one.candidates)}?"


def _listed(title: str, lines: Any) -> Iterator[str]:
    yield from ("", title) if lines else ()
    yield from (f"  {line.removeprefix('not compared: ')}" for line in lines)
