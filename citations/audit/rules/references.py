"""Family R, what the guideline alone shows: what entries lack, repeat, and who stands behind them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from edgewise.citations.audit.rules.rule import Audited, Fault, Rule, listed, many, runs
from edgewise.citations.evidence.preprints import is_preprint
from edgewise.citations.evidence.studies import works
from edgewise.citations.formats.details import detail
from edgewise.graph.model import Guideline, Reference
from edgewise.ontology.terms import EW

_IN_NOTHING = frozenset(  # kinds that need no container, as people and as formats call them
    (
        "guideline",
        "book",
        "report",
        "website",
        "web page",
        "webpage",
        "thesis",
        "standard",
        "law",
        "legislation",
        "patent",
        "software",
        "dataset",
    )
)

_TOLD = 12  # positions that are told one by one


def missing_field(subject: Audited) -> Iterator[Fault]:
    guideline = subject.guideline
    references = guideline.references.values()
    nameless = [one for one in references if not (one.author or detail(one, "authors", "author", "editors"))]
    homeless = [one for one in references if not one.container and one.printed_kind.casefold() not in _IN_NOTHING]
    undated = [one for one in references if not one.year and not detail(one, "year")]
    for field, lacking in (("author", nameless), ("journal or book", homeless), ("year", undated)):
        if lacking:
            message = f"{_share(lacking, guideline)} {'names' if len(lacking) == 1 else 'name'} no {field}: {_positions(lacking)}"
            yield Fault(
                message=message,
                subject=lacking[0].id,
                value=field,
                repair=f"look the {field} up and write it under 'additions', with 'statedBy: editor'",
                related=tuple(one.id for one in lacking[1:]),
            )


def unidentified_reference(subject: Audited) -> Iterator[Fault]:
    """One finding for the list, whether nothing is printed or nothing known: it is mended in one sitting."""
    guideline = subject.guideline
    references = list(guideline.references.values())
    unprinted = [one for one in references if not any(held.stated_by == "source" for held in one.identifiers)]
    unknown = [one for one in unprinted if not one.identifiers]
    if not unprinted or not (unknown or len(unprinted) == len(references)):
        return
    added = [one for one in unprinted if one not in unknown]
    printed = "no entry of the list prints" if len(unprinted) == len(references) else f"{_share(unprinted, guideline)} print no"
    message = f"{printed} {'an ' if printed.startswith('no ') else ''}identifier (DOI, PMID, ISBN or link)"
    if added:
        message += f"; editors added one to {_positions(added)}"
    if unknown and added:
        message += f", and nothing identifies {_positions(unknown)}"
    yield Fault(message=message, subject=(unknown or unprinted)[0].id, related=tuple(one.id for one in (unknown or unprinted)[1:]))


def duplicate_work(subject: Audited) -> Iterator[Fault]:
    references = subject.guideline.references
    groups: dict[str, list[Reference]] = {}
    for id, work in works(references.values()).of.items():
        groups.setdefault(work, []).append(references[id])
    for group in groups.values():
        preprints = [one for one in group if is_preprint(one)]
        if len(group) > 1 and not 0 < len(preprints) == len(group) - 1:  # a preprint beside its article is told as such
            first, *others = sorted(group, key=lambda one: one.position)
            message = f"entries {_positions([first, *others])} are the same work: '{first.title[:80]}'"
            yield Fault(message=message, subject=others[0].id, related=(first.id, *(one.id for one in others[1:])))


def secondary_source(subject: Audited) -> Iterator[Fault]:
    guideline = subject.guideline
    second = [one for one in guideline.references.values() if one.own_publisher or one.tier == "tertiary"]
    if second:
        own = [one for one in second if one.own_publisher]
        summaries = [one for one in second if not one.own_publisher]
        parts = []
        if own:
            parts.append(f"{_positions(own)} {'was' if len(own) == 1 else 'were'} issued by {guideline.publisher} itself")
        if summaries:
            parts.append(f"{_positions(summaries)} {'is a tertiary summary' if len(summaries) == 1 else 'are tertiary summaries'}")
        message = f"{_share(second, guideline)} {'is' if len(second) == 1 else 'are'} no source of their own: {'; '.join(parts)}"
        yield Fault(message=message, subject=second[0].id, related=tuple(one.id for one in second[1:]))


def undeclared_publisher(subject: Audited) -> Iterator[Fault]:
    guideline = subject.guideline
    publisher = _plain(guideline.publisher)
    for reference in guideline.references.values():
        names = [name for name in (reference.author, reference.container, detail(reference, "publisher")) if name]
        if publisher and not reference.own_publisher and any(f" {publisher} " in f" {_plain(name)} " for name in names):
            message = f"entry {reference.position} names {guideline.publisher}, the guideline's own publisher, and does not say so"
            yield Fault(message=message, subject=reference.id, predicate=EW.ownPublisher)


def unassessed_reference(subject: Audited) -> Iterator[Fault]:
    guideline = subject.guideline
    lacking = [one for one in guideline.references.values() if not one.tier]
    if lacking:
        where = f": {_positions(lacking)}" if len(lacking) < len(guideline.references) or len(lacking) <= _TOLD else ""
        message = f"{_share(lacking, guideline)} {'was' if len(lacking) == 1 else 'were'} never assessed (no 'tier'){where}"
        yield Fault(message=message, subject=lacking[0].id, related=tuple(one.id for one in lacking[1:]))


def _share(some: list[Reference], guideline: Guideline) -> str:
    return f"{len(some)} of {many(len(guideline.references), 'entry', 'entries')}"


def _positions(references: Iterable[Reference]) -> str:
    positions = [one.position for one in references]
    return listed(positions) if len(positions) <= _TOLD else runs(sorted(positions))


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join("".join(c if c.isalnum() else " " for c in folded).split())


RULES = (
    Rule(
        id="R201", name="missing-field", severity="warning", check=missing_field,
        why="Without an author or a journal a reader cannot find the work, and namesakes cannot be told apart.",
        fix="Look the entry up and add what is missing under 'additions'.",
    ),
    Rule(
        id="R202", name="unidentified-reference", severity="warning", check=unidentified_reference,
        why="An entry without DOI, PMID, ISBN or link cannot be opened, nor checked for retraction.",
        fix="Look the entry up and add the identifier with 'statedBy: editor'; 'confirmed' only once somebody has opened it.",
    ),
    Rule(
        id="R206", name="duplicate-work", severity="warning", check=duplicate_work,
        why="One work under two numbers looks like two sources that agree.",
        fix="Keep the list as printed, and say in a note that the entries are one work; support counts it once.",
    ),
    Rule(
        id="R207", name="secondary-source", severity="warning", check=secondary_source,
        why="A summary, or a page of the same publisher, adds no evidence to what it sums up.",
        fix="Find the study or guideline behind the summary and cite that.",
    ),
    Rule(
        id="R208", name="undeclared-publisher", severity="warning", check=undeclared_publisher,
        why="A publisher that cites itself is not a second voice, and readers should see it.",
        fix="Write 'ownPublisher: true' with the entry.",
    ),
    Rule(
        id="R209", name="unassessed-reference", severity="note", check=unassessed_reference,
        why="Whether support is primary or second-hand cannot be said of a reference that nobody assessed.",
        fix="Open the work and write 'tier': primary, review, guideline or tertiary.",
    ),
)  # fmt: skip
