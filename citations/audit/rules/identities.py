"""Family R: by look-ups, identifiers of one entry that are those of two works, and entries that no registry knows as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from edgewise.citations.audit.rules.rule import Audited, Fault, Rule, listed, looked_up
from edgewise.citations.evidence.preprints import is_preprint
from edgewise.citations.formats.details import author_line
from edgewise.citations.lookup.matching import SAME_TITLE, likeness, objection
from edgewise.citations.lookup.resolve import known
from edgewise.citations.lookup.works import RegistryAnswer, Resolution, Work
from edgewise.graph.model import Reference
from edgewise.ontology.terms import EW

_JOURNAL_KINDS = ("", "research", "review", "article", "article-journal", "journal", "original")


def mixed_identifiers(subject: Audited) -> Iterator[Fault]:
    for reference, resolution in looked_up(subject):
        pair = _behind(reference, resolution)
        if pair and _are_two(*pair):
            doi, pmid = pair
            message = (
                f"the DOI and the PMID of entry {reference.position} belong to different works: {known(reference).doi} is "
                f"'{doi.title[:80]}', and {known(reference).pmid} is '{pmid.title[:80]}'"
            )
            yield Fault(message=message, subject=reference.id, predicate=EW.hasIdentifier, value=known(reference).pmid)


def _halves(subject: Audited) -> Iterator[str]:
    for reference, resolution in looked_up(subject):
        held = known(reference)
        if (
            held.doi
            and held.pmid
            and _behind(reference, resolution) is None
            and not any(one.status == "unchecked" for one in resolution.answers)
        ):
            yield f"whether DOI and PMID of entry {reference.position} belong together: what stands behind one of them is not known"


def _behind(reference: Reference, resolution: Resolution) -> tuple[Work, Work] | None:
    """The work that the DOI leads to and the one that the PMID leads to, where both were found."""
    held = known(reference)
    by_doi = next((work for one in resolution.answers for work in _works(one) if one.by == "doi" and work.doi == held.doi), None)
    by_pmid = next((work for one in resolution.answers for work in _works(one) if one.by == "pmid" and work.pmid == held.pmid), None)
    return (by_doi, by_pmid) if held.doi and held.pmid and by_doi and by_pmid else None


def _works(answer: RegistryAnswer) -> Iterator[Work]:
    if answer.work:
        yield answer.work
    yield from (one.work for one in answer.lookalikes)


def _are_two(doi: Work, pmid: Work) -> bool:
    """By their own DOIs if both tell one, and by their titles: of one title, two DOIs may be one guideline in two journals."""
    alike = likeness(Reference("", 0, pmid.title, 0), doi)
    return alike < SAME_TITLE if doi.doi and pmid.doi and doi.doi != pmid.doi else not pmid.doi and alike < _ANOTHER


_ANOTHER = 60.0  # of 100: a translated or shortened title is more alike


def unknown_together(subject: Audited) -> Iterator[Fault]:
    """Articles of which every registry was asked, and none knows one of this title, by this author, of this year."""
    for reference, resolution in looked_up(subject):
        if is_unknown(reference, resolution):
            asked = listed(dict.fromkeys(one.registry for one in resolution.answers))
            why = "; ".join(dict.fromkeys(one.why for one in resolution.answers if one.why))
            message = (
                f"entry {reference.position}, '{reference.title[:80]}', was not found: at {asked} no work bears this title, is by "
                f"{author_line(reference)[:60]} and of {reference.year} together{f' ({why})' if why else ''}"
            )
            yield Fault(message=message, subject=reference.id)


def is_unknown(reference: Reference, resolution: Resolution) -> bool:
    """Whether title, first author and year of an article were sought together at every registry, and found nowhere.

    >>> answer = RegistryAnswer("pubmed", "not-found", "title")
    >>> is_unknown(Reference("r", 1, "On hips", 2020, "J Hips", "Doe A"), Resolution("r", (answer,)))
    True
    """
    sought = bool(resolution.answers) and all(
        one.status == "not-found" or (one.status == "ambiguous" and one.by == "title") for one in resolution.answers
    )
    return sought and _can_be_sought(reference) and not any(_is_it(reference, work) for one in resolution.answers for work in _works(one))


def _can_be_sought(reference: Reference) -> bool:
    """Registries hold articles: of a book or a web page it says nothing that they do not know it."""
    whole = reference.title and author_line(reference) and reference.year and reference.container
    return bool(whole) and reference.printed_kind.casefold() in _JOURNAL_KINDS and not is_preprint(reference)


def _is_it(reference: Reference, work: Work) -> bool:
    return likeness(reference, work) >= SAME_TITLE and not objection(reference, work)


def _parts_lacking(subject: Audited) -> Iterator[str]:
    for reference, resolution in looked_up(subject):
        fields = {"title": reference.title, "author": author_line(reference), "year": reference.year, "journal": reference.container}
        lacking = [field for field, value in fields.items() if not value]
        if resolution.status == "not-found" and lacking:
            yield f"whether entry {reference.position} exists as it stands: it gives no {listed(lacking, 'or')} to seek it by"


RULES = (
    Rule(
        id="R226", name="mixed-identifiers", severity="error", check=mixed_identifiers, needs=("look-ups",), unjudged=_halves,
        why="A reader who follows the one number finds another work than by the other, and nobody can tell which was read.",
        fix="Open both, and keep the number of the work that is meant.",
    ),
    Rule(
        id="R227", name="unknown-together", severity="warning", check=unknown_together, needs=("look-ups",), unjudged=_parts_lacking,
        why="A reference of which no registry knows title, author and year together may be miscopied or unregistered; somebody must look.",
        fix="Ask for the work itself, or search for it by hand; if it is there, correct the entry or say in a note where it is to be had.",
    ),
)  # fmt: skip
