"""Look references up at Crossref and PubMed, when somebody asks for it.

An identifier is tried first (a malformed one is reported, not sent), else title, year and first author. `found`,
`not-found`, `ambiguous` and `unchecked` stay apart: what could not be asked is never taken for what is not there.
Web addresses are opened by `edgewise.citations.lookup.web_links`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal, TypeVar

from edgewise.citations.lookup import crossref, pubmed
from edgewise.citations.lookup.client import Client, Failure
from edgewise.citations.lookup.identifiers import Malformed, doi, isbn, pmid
from edgewise.citations.lookup.marked_titles import bare
from edgewise.citations.lookup.matching import choose, differences, likeness, verify
from edgewise.citations.lookup.registries import Ask
from edgewise.citations.lookup.retraction_list import listed
from edgewise.citations.lookup.web_links import Links, addresses
from edgewise.citations.lookup.works import Listed, Lookalike, Match, Notice, Registry, RegistryAnswer, Resolution, Work
from edgewise.graph.model import Reference

REGISTRIES: tuple[Registry, ...] = ("crossref", "pubmed")
_ABOUT = 300  # characters
T = TypeVar("T")
By = Literal["doi", "pmid", "title"]
_PLAIN = {"doi": doi, "pmid": pmid, "isbn": isbn}


@dataclass(frozen=True, slots=True)
class Known:
    """What a reference can be looked up by."""

    doi: str = ""
    pmid: str = ""
    malformed: tuple[Malformed, ...] = ()


def known(reference: Reference) -> Known:
    """The first well-formed DOI and PMID of a reference, and every identifier that is malformed.

    >>> from edgewise.graph.model import Identifier
    >>> wrong = Identifier("doi", "10.1", "editor", False)
    >>> [str(fault) for fault in known(Reference("r", 1, "T", 2006, identifiers=(wrong,))).malformed]
    ["the DOI '10.1' is malformed: a DOI is '10.', a number, '/' and a name without spaces"]
    """
    plain = [(held.scheme, _PLAIN[held.scheme](held.value)) for held in reference.identifiers if held.scheme in _PLAIN]
    good = [(scheme, value) for scheme, value in plain if isinstance(value, str)]
    return Known(
        next((value for scheme, value in good if scheme == "doi"), ""),
        next((value for scheme, value in good if scheme == "pmid"), ""),
        tuple(value for _, value in plain if isinstance(value, Malformed)),
    )


def preview(reference: Reference, registries: Iterable[Registry] = REGISTRIES) -> tuple[str, ...]:
    """The addresses that looking a reference up asks first, without who asks: what a button can say it sends. Sends nothing.

    >>> [address.partition("works")[2] for address in preview(Reference("r", 1, "Low back pain", 2006), ["crossref"])]
    ['?query.bibliographic=Low+back+pain+2006&rows=5']
    """
    held = known(reference)
    return tuple(_first_ask(registry, reference, held).address for registry in registries)


def resolve(reference: Reference, client: Client, registries: Iterable[Registry] = REGISTRIES, links: Links | None = None) -> Resolution:
    """Look one reference up, also in the list of retractions that is kept, if one is.

    Args:
        reference: which.
        client: with the settings; offline, it takes what is kept and sends nothing. The list lies in its folder of answers.
        registries: to ask, in this order.
        links: opens the reference's web addresses too; None leaves them alone.

    Returns:
        An answer of each registry, and of each address if asked for. Failures are answers too: ``unchecked``, with the reason.

    >>> from edgewise.citations.lookup.settings import LookupSettings
    >>> with Client(LookupSettings(offline=True)) as client:
    ...     [(a.registry, a.status, a.why) for a in resolve(Reference("r", 1, "T", 2006), client, ["pubmed"]).answers]
    [('pubmed', 'unchecked', 'offline, and no answer is kept')]
    """
    held = known(reference)
    answers = tuple(_answer(registry, reference, held, client) for registry in registries)
    opened = tuple(links.check(address) for address in addresses(reference)) if links else ()
    return Resolution(reference.id, answers, held.malformed, opened, _listed(reference, held, answers, client))


def resolve_all(
    references: Iterable[Reference],
    client: Client,
    registries: Iterable[Registry] = REGISTRIES,
    progress: Callable[[Resolution], None] | None = None,
    links: Links | None = None,
) -> tuple[Resolution, ...]:
    """Look references up one after the other; `progress` is told of each when it is done."""
    registries, resolutions = tuple(registries), []
    for reference in references:
        resolutions.append(resolve(reference, client, registries, links))
        if progress:
            progress(resolutions[-1])
    return tuple(resolutions)


def _listed(reference: Reference, held: Known, answers: Iterable[RegistryAnswer], client: Client) -> Listed | None:
    """What the kept list says under the reference's own identifiers, or those of the works found; by identifiers alone.

    A title that is unlike the reference's is told and hides nothing: of a retraction, a wrong DOI is the lesser mistake.
    """
    works = [answer.work for answer in answers if answer.work]
    dois, pmids = {held.doi, *(work.doi for work in works)} - {""}, {held.pmid, *(work.pmid for work in works)} - {""}
    found = listed(client.settings.cache, dois, pmids) if client.settings.cache and (dois or pmids) else None
    return replace(found, notices=tuple(_compared(reference, notice) for notice in found.notices)) if found else None


def _compared(reference: Reference, notice: Notice) -> Notice:
    """With the list's title only where it is unlike the reference's."""
    alike = not notice.about or bool(verify(reference, Work("crossref", notice.about, titles=(bare(notice.about),)), "doi").work)
    return replace(notice, about="" if alike else notice.about[:_ABOUT])


class _Enquiry:
    """One reference at one registry: remembers when each reply was given, because the oldest dates the answer."""

    def __init__(self, reference: Reference, held: Known, client: Client) -> None:
        self.reference, self.held, self._client = reference, held, client
        self.times: list[tuple[datetime, bool]] = []

    def ask(self, ask: Ask, read: Callable[[Mapping[str, Any]], T]) -> T | None:
        """What the registry answers; None where it has no such thing. Raises Failure."""
        reply = self._client.ask(ask, read)
        self.times.append((reply.at, reply.kept))
        return reply.value


def _answer(registry: Registry, reference: Reference, held: Known, client: Client) -> RegistryAnswer:
    enquiry = _Enquiry(reference, held, client)
    try:
        by, match = (_in_crossref if registry == "crossref" else _in_pubmed)(enquiry)
    except Failure as failure:
        return RegistryAnswer(registry, "unchecked", why=str(failure))
    work, unasked = _updated(match.work, enquiry) if match.work else (None, "")
    return RegistryAnswer(
        registry=registry,
        status=match.status,
        by=by,
        work=work,
        differences=differences(reference, match.work) if match.work else (),
        lookalikes=match.lookalikes,
        why=match.why,
        looked_up=min(at for at, _ in enquiry.times).astimezone(UTC).isoformat(timespec="seconds"),
        kept=all(kept for _, kept in enquiry.times),
        unasked=unasked,
    )


def _updated(work: Work, enquiry: _Enquiry) -> tuple[Work, str]:
    """The work with the notices that other records of Crossref give of it; and why they are not known, if they are not."""
    if work.registry != "crossref" or not work.doi:
        return work, ""
    if not crossref.can_ask_for_updates(work.doi):
        return work, "Crossref cannot be asked what updates a DOI with a comma in it"
    try:
        updates = enquiry.ask(crossref.updates_of(work.doi), crossref.read_updates(work.doi))
    except Failure as failure:
        return work, str(failure)
    if updates is None:  # a list may be empty, but it is there
        return work, "crossref answered 404"
    return crossref.with_updates(work, updates), ""


def _in_crossref(enquiry: _Enquiry) -> tuple[By, Match]:
    reference = enquiry.reference
    if enquiry.held.doi:
        work = enquiry.ask(crossref.by_doi(enquiry.held.doi), crossref.read_work)
        if work:
            return "doi", verify(reference, work, "doi")
        # By the title it may be found, but that would go against what the reference says of itself.
        return "doi", _unconfirmed("Crossref has no such DOI (other agencies register DOIs too)", _titled_in_crossref, enquiry)
    return "title", _titled_in_crossref(enquiry)


def _titled_in_crossref(enquiry: _Enquiry) -> Match:
    return choose(enquiry.reference, enquiry.ask(crossref.by_title(enquiry.reference), crossref.read_list) or ())


def _in_pubmed(enquiry: _Enquiry) -> tuple[By, Match]:
    held, reference = enquiry.held, enquiry.reference
    if held.pmid:
        if numbered := enquiry.ask(pubmed.by_pmids([held.pmid]), pubmed.read_works):
            return "pmid", verify(reference, numbered[0], "pmid")
        return "pmid", _unconfirmed("PubMed has no such PMID", _titled_in_pubmed, enquiry)
    if held.doi and len(works := _of_doi(held.doi, _pubmed_works(enquiry, pubmed.by_doi(held.doi)))) == 1:
        return "doi", verify(reference, works[0], "doi")
    return "title", _titled_in_pubmed(enquiry)


def _of_doi(doi: str, works: tuple[Work, ...]) -> tuple[Work, ...]:
    """A search for a DOI finds a notice too that names it: the works that bear it themselves, if any does."""
    return tuple(work for work in works if work.doi == doi) or works


def _titled_in_pubmed(enquiry: _Enquiry) -> Match:
    return choose(enquiry.reference, _pubmed_works(enquiry, pubmed.by_title(enquiry.reference.title)))


def _pubmed_works(enquiry: _Enquiry, search: Ask) -> tuple[Work, ...]:
    """What a search finds: PubMed gives numbers first, and what stands behind them in a second answer."""
    found = enquiry.ask(search, pubmed.read_search)
    return (enquiry.ask(pubmed.by_pmids(found), pubmed.read_works) or ()) if found else ()


def _unconfirmed(why: str, titled: Callable[[_Enquiry], Match], enquiry: _Enquiry) -> Match:
    """Not found by its identifier; what its title finds is shown, and never chosen."""
    try:
        match = titled(enquiry)
    except Failure:
        return Match("not-found", why=why)
    named = (Lookalike(match.work, round(likeness(enquiry.reference, match.work), 1), "has another identifier"),) if match.work else ()
    return Match("not-found", why=why, lookalikes=(*named, *match.lookalikes))


def _first_ask(registry: Registry, reference: Reference, held: Known) -> Ask:
    if registry == "crossref":
        return crossref.by_doi(held.doi) if held.doi else crossref.by_title(reference)
    if held.pmid:
        return pubmed.by_pmids([held.pmid])
    return pubmed.by_doi(held.doi) if held.doi else pubmed.by_title(reference.title)
