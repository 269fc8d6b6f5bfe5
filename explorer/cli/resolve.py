"""`edgewise resolve`: references looked up at Crossref and PubMed, and their links if asked: all that Edgewise ever sends anywhere."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from edgewise.explorer.cli.exits import CANNOT_CONTINUE, CLEAN, FINDINGS, Refused
from edgewise.explorer.cli.findings import finding_payload
from edgewise.explorer.cli.kept_retractions import list_data, list_line, take_in
from edgewise.explorer.cli.known_notices import report_payload
from edgewise.explorer.cli.options import AsJson
from edgewise.explorer.cli.terminal import complain, show, show_json
from edgewise.explorer.environment import MAILTO, NCBI_KEY
from edgewise.explorer.shell.user_files import answers_folder

if TYPE_CHECKING:
    from edgewise.citations.lookup.client import Client
    from edgewise.citations.lookup.settings import LookupSettings
    from edgewise.citations.lookup.web_links import Links
    from edgewise.citations.lookup.works import LinkAnswer, Registry, RegistryAnswer, Resolution, Work
    from edgewise.graph.model import Guideline, Reference


class RegistryName(StrEnum):
    """The registries of `edgewise.citations.lookup.resolve`."""

    crossref = "crossref"
    pubmed = "pubmed"


def resolve(
    guideline: Annotated[
        str | None,
        typer.Argument(
            metavar="GUIDELINE", help="Id, folder or file of a guideline; with --retractions it may be left out.", show_default=False
        ),
    ] = None,
    offline: Annotated[bool, typer.Option("--offline", help="Send nothing; take the answers kept from earlier look-ups.")] = False,
    mailto: Annotated[
        str,
        typer.Option(metavar="ADDRESS", envvar=MAILTO, help="Your mail address, sent along: registries ask for it.", show_default=False),
    ] = "",
    registry: Annotated[
        list[RegistryName] | None, typer.Option("--registry", help="Ask this one only; may be repeated.", show_default=False)
    ] = None,
    links: Annotated[
        bool, typer.Option("--links", help="Also open the web addresses that references give, to see whether they still lead anywhere.")
    ] = False,
    retractions: Annotated[
        Path | None,
        typer.Option(
            "--retractions",
            metavar="FILE",
            help="Keep this list of Retraction Watch, as CSV, and look up in it from now on.",
            show_default=False,
        ),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Look the references of a guideline up at Crossref and PubMed: what is not found, what differs, what was retracted.

    This is the one command that sends something over the internet, and it says what and to whom before it does: an
    identifier, or title, journal, year and authors. Answers are kept for 30 days, in the folder EDGEWISE_CACHE or the
    user's own for caches. With NCBI's key in NCBI_API_KEY, PubMed answers quicker. The guideline is never altered.

    With --links it also opens the web addresses in the list, and where they redirect to: on public servers only, and sending
    neither your mail address nor any password. Only 404 and 410 make a link dead; other failures leave it unchecked.

    With --retractions it takes in the CSV of Retraction Watch that Crossref publishes, whole or not at all, and keeps it in the
    same folder. Works are looked up there by DOI and PMID from then on, also with --offline; without a GUIDELINE that is all.

    Found, not found, ambiguous and unchecked are kept apart: what could not be asked is unchecked, and the answer says why.
    Exit code 0: all found as they stand; 1: something is not found, ambiguous, different, malformed, bears a notice such as
    a retraction, or is in part unchecked, or a link is dead, or rows of the list are in doubt; 2: nothing could be checked, or the list
    cannot be used.

    Examples:
      edgewise resolve sacroiliac-sclerosis --mailto editor@example.org
      edgewise resolve my-guideline/ --offline --json
      edgewise resolve my-guideline/ --links
      edgewise resolve --retractions retraction_watch.csv
    """
    if guideline is None and retractions is None:
        raise Refused("name a guideline to look up, or a list to keep (--retractions FILE)")
    reading = take_in(retractions) if retractions else None
    if guideline is not None:
        looked_up = _resolve(guideline, offline=offline, mailto=mailto, registry=registry, links=links, as_json=as_json)
        return looked_up or (FINDINGS if reading and reading.doubted else CLEAN)
    if as_json and reading:
        show_json({"retractionList": list_data(), "findings": [finding_payload(one) for one in reading.doubts]})
    elif not as_json:
        show([list_line()])
    return FINDINGS if reading and reading.doubted else CLEAN


def _resolve(guideline: str, *, offline: bool, mailto: str, registry: Sequence[RegistryName] | None, links: bool, as_json: bool) -> int:
    from edgewise.citations.lookup.client import Client
    from edgewise.citations.lookup.settings import LookupSettings
    from edgewise.citations.lookup.web_links import Links
    from edgewise.explorer.cards.looked_up import resolve_report
    from edgewise.explorer.cli.intake import load

    loaded = load(guideline).guideline
    references = tuple(loaded.references.values())
    settings = LookupSettings(mailto=mailto, api_key=os.environ.get(NCBI_KEY, ""), offline=offline, cache=answers_folder())
    registries: tuple[Registry, ...] = tuple(dict.fromkeys(one.value for one in registry)) if registry else ("crossref", "pubmed")
    for line in _notice(references, settings, registries, links=links):
        complain(line)
    complain(list_line())
    with Client(settings) as client, Links(settings) as opener:
        resolutions = _look_up(references, client, registries, opener if links else None)
    if as_json:
        show_json({**resolve_payload(loaded, resolutions), "retractionList": list_data()})
    else:
        show(resolve_report(loaded, resolutions))
    return _code(resolutions)


def _notice(references: Sequence[Reference], settings: LookupSettings, registries: Sequence[Registry], *, links: bool) -> Iterator[str]:
    """What will be sent and to whom, address by address."""
    if settings.offline:
        yield f"Offline: nothing is sent. Answers of earlier look-ups are taken from {settings.cache}."
        return
    from edgewise.citations.lookup.resolve import preview
    from edgewise.citations.lookup.works import TELLERS

    to = " and ".join(TELLERS[registry] for registry in registries)
    yield f"Sends to {to} what these addresses hold, to look up references ({len(references)}){_asker(settings, registries)}."
    for reference in references:
        yield from (f"  {reference.id}: {address}" for address in preview(reference, registries))
    yield from _openings(references) if links else ()
    yield f"Answers younger than {settings.max_age.days} days are taken from {settings.cache} instead. An identifier that is"
    yield "not known there is followed by a question for the title; what PubMed finds, it is asked for by number, and of what Crossref"
    yield "finds, it is asked which works update it."


def _openings(references: Sequence[Reference]) -> Iterator[str]:
    """Which addresses will be opened."""
    from edgewise.citations.lookup.web_links import openable

    opened = openable(references)
    yield f"Opens the web addresses of references ({len(opened)}), and where they redirect to, without your mail address."
    yield from (f"  {reference}: {address}" for reference, address in opened)


def _asker(settings: LookupSettings, registries: Sequence[Registry]) -> str:
    said = f", with your mail address {settings.mailto}" if settings.mailto else ", without a mail address (--mailto)"
    return f"{said} and your key of NCBI" if settings.api_key and "pubmed" in registries else said


def _look_up(
    references: Sequence[Reference], client: Client, registries: Sequence[Registry], links: Links | None
) -> tuple[Resolution, ...]:
    from edgewise.citations.lookup.resolve import resolve_all

    with _progress(len(references)) as advance:
        return resolve_all(references, client, registries, lambda _: advance(), links)


@contextmanager
def _progress(length: int) -> Iterator[Callable[[], None]]:
    """A bar on a terminal, nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    with typer.progressbar(length=length, label="Looking up", file=sys.stderr) as bar:
        yield lambda: bar.update(1)


def _code(resolutions: Sequence[Resolution]) -> int:
    from edgewise.explorer.cards.looked_up import learnt_nothing

    if learnt_nothing(resolutions):
        complain("error: nothing could be checked; the answers say why")
        return CANNOT_CONTINUE
    return CLEAN if all(map(_is_clean, resolutions)) else FINDINGS


def _is_clean(one: Resolution) -> bool:
    faults = (
        one.malformed,
        one.reports,
        any(answer.differences or answer.unasked for answer in one.answers),
        any(link.status == "dead" for link in one.links),
    )
    return one.status == "found" and not any(faults)


def resolve_payload(guideline: Guideline, resolutions: Sequence[Resolution]) -> dict[str, Any]:
    """Every reference with what each registry answered; where nothing could be checked, with `error`.

    >>> from edgewise.citations.lookup.works import RegistryAnswer, Resolution
    >>> from edgewise.graph.model import Guideline, Reference
    >>> listed = Guideline("g", "urn:g", "", "", "", "", "", "", "", "", references={"r": Reference("r", 1, "Hips", 2006)})
    >>> told = resolve_payload(listed, [Resolution("r", (RegistryAnswer("crossref", "unchecked", why="offline"),))])
    >>> told["counts"], told["error"]
    ({'found': 0, 'not-found': 0, 'ambiguous': 0, 'unchecked': 1}, 'nothing could be checked')
    """
    from edgewise.explorer.cards.looked_up import counts, learnt_nothing, link_counts

    return {
        "guideline": guideline.id,
        "counts": counts(resolutions),
        "linkCounts": link_counts(resolutions),
        "references": [_resolution_data(guideline.references[one.reference], one) for one in resolutions],
    } | ({"error": "nothing could be checked", "findings": []} if learnt_nothing(resolutions) else {})


def _resolution_data(reference: Reference, one: Resolution) -> dict[str, Any]:
    return {
        "reference": reference.id,
        "position": reference.position,
        "title": reference.title,
        "status": one.status,
        "malformed": [asdict(fault) for fault in one.malformed],
        "notices": [report_payload(told) for told in one.reports],
        "answers": [_answer_data(answer) for answer in one.answers],
        "links": [_link_data(link) for link in one.links],
    }  # fmt: skip


def _link_data(link: LinkAnswer) -> dict[str, Any]:
    return {
        "address": link.address,
        "status": link.status,
        "movedTo": link.moved or None,
        "why": link.why or None,
        "lookedUp": link.looked_up or None,
        "kept": link.kept,
    }


def _answer_data(answer: RegistryAnswer) -> dict[str, Any]:
    return {
        "registry": answer.registry,
        "status": answer.status,
        "by": answer.by or None,
        "why": answer.why or None,
        "lookedUp": answer.looked_up or None,
        "kept": answer.kept,
        "unasked": answer.unasked or None,
        "work": _work_data(answer.work) if answer.work else None,
        "differences": [asdict(difference) for difference in answer.differences],
        "lookalikes": [{"work": _work_data(one.work), "score": one.score, "whyNot": one.why_not} for one in answer.lookalikes],
    }


def _work_data(work: Work) -> dict[str, Any]:
    return {
        "title": work.title,
        "authors": list(work.authors),
        "container": work.container or None,
        "years": list(work.years),
        "volume": work.volume or None,
        "issue": work.issue or None,
        "pages": work.pages or None,
        "doi": work.doi or None,
        "pmid": work.pmid or None,
        "kind": work.kind or None,
    }
