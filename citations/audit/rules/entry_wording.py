"""Family R, what an entry says besides its work: that it is still in press, when an address was opened, that names are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from edgewise.citations.audit.rules.printed_entries import printed_lines, said_beside_the_title
from edgewise.citations.audit.rules.rule import Audited, Fault, Rule, entries, many, runs
from edgewise.citations.formats.details import author_line, detail, identifier
from edgewise.citations.formats.people import before_others, is_shortened
from edgewise.citations.formats.publishing_status import in_press, opened
from edgewise.graph.model import Reference
from edgewise.ontology.terms import EW

_OPENED_FIELDS = ("accessed", "access date", "accessDate", "urldate", "cited", "retrieved")
_LASTING = re.compile(
    r"https?://(?:[\w.-]+\.)?(?:doi\.org|pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/(?:pubmed|pmc)|hdl\.handle\.net|arxiv\.org|jstor\.org)\b",
    re.IGNORECASE,
)
_LINE = 3000  # characters of a printed entry that are looked at
_FIRST_NAMES = 600  # characters of a printed entry in which its authors stand

_LAWSUIT = re.compile(r"\bvs?\.\s?[A-Z]")


def stale_in_press(subject: Audited) -> Iterator[Fault]:
    today, whose = (subject.dated, "what cites it is of") if subject.dated else (subject.today, "it is now")
    for reference, phrase in _in_press(subject):
        if today and reference.year and reference.year < int(today[:4]):
            message = f"entry {reference.position} is '{phrase}' as of {reference.year}, and {whose} {today}: that year has gone by"
            yield Fault(message=message, subject=reference.id, value=phrase)


def _undated_in_press(subject: Audited) -> Iterator[str]:
    held = list(_in_press(subject))
    undated = [reference.position for reference, _ in held if not reference.year]
    if undated:
        yield f"whether {entries(undated)}, still in press, should have appeared: no year is given"
    dated = [reference.position for reference, _ in held if reference.year]
    if dated and not (subject.dated or subject.today):
        yield f"whether {entries(dated)}, still in press, should have appeared: the date of what cites is not known"


def _in_press(subject: Audited) -> Iterator[tuple[Reference, str]]:
    printed = printed_lines(subject)
    for reference in subject.guideline.references.values():
        found = in_press(said_beside_the_title(reference, printed.get(reference.id, "")))
        if found and not (detail(reference, "volume") and detail(reference, "pages")):  # it has appeared, and the words were left
            yield reference, found


def undated_address(subject: Audited) -> Iterator[Fault]:
    """One finding for the list: they are mended in one sitting, at a browser. What a DOI, PMID or ISBN names stays what it is."""
    printed = printed_lines(subject)
    undated = [one for one in subject.guideline.references.values() if _is_undated(one, printed.get(one.id, ""))]
    if undated:
        gives = "gives an address" if len(undated) == 1 else "give addresses"
        message = f"{entries([one.position for one in undated])} {gives} and not the day on which it was opened"
        yield Fault(message=message, subject=undated[0].id, predicate=EW.hasIdentifier, related=tuple(one.id for one in undated[1:]))


def _is_undated(reference: Reference, printed: str) -> bool:
    address = identifier(reference, "url")
    if not address or _LASTING.match(address) or any(identifier(reference, scheme) for scheme in ("doi", "pmid", "isbn")):
        return False
    return not detail(reference, *_OPENED_FIELDS) and not opened(printed[:_LINE])


def shortened_authors(subject: Audited) -> Iterator[Fault]:
    """Entries that say "et al." after fewer names than the house style asks for; one finding for the list."""
    printed = printed_lines(subject)
    told = [
        (one, names) for one in subject.guideline.references.values() if (names := _names_given(one, printed.get(one.id, ""))) is not None
    ]
    short = [(one, names) for one, names in told if subject.names == "all" or (subject.names and names < subject.names)]
    if short:
        asked = "all" if subject.names == "all" else f"the first {subject.names}"
        by_count: dict[int, list[int]] = {}
        for one, names in short:
            by_count.setdefault(names, []).append(one.position)
        shown = "; ".join(f"{many(names, 'name')} in {runs(sorted(by_count[names]))}" for names in sorted(by_count))
        say = f"{many(len(short), 'entry', 'entries')} {'says' if len(short) == 1 else 'say'}"
        message = f"{say} 'et al.' where {asked} authors are asked for: {shown}"
        yield Fault(message=message, subject=short[0][0].id, related=tuple(one.id for one, _ in short[1:]))


def _names_given(reference: Reference, printed: str) -> int | None:
    """How many names stand before "et al."; None where nobody is left out, or where the reader cannot tell where the names end."""
    line = author_line(reference)
    if _LAWSUIT.search(line[:_FIRST_NAMES]):  # its parties are no authors
        return None
    if is_shortened(line):
        return before_others(line)
    before = printed.partition(reference.title)[0] if reference.title and reference.title in printed else ""
    if is_shortened(before[:_FIRST_NAMES]):
        return before_others(line or before)
    return None


RULES = (
    Rule(
        id="R222", name="stale-in-press", severity="warning", check=stale_in_press, unjudged=_undated_in_press,
        why="What was in press has long appeared, perhaps altered, or never has; readers cannot find it by these words.",
        fix="Look the work up and give volume, pages and DOI; if it never appeared, say so.",
    ),
    Rule(
        id="R223", name="undated-address", severity="note", check=undated_address,
        why="A page changes without a trace; only the day on which it was read says which state of it was meant.",
        fix="Open the page, see that it still says what is cited, and give the day: in a guideline as addition 'accessed'.",
    ),
    Rule(
        id="R224", name="shortened-authors", severity="note", check=shortened_authors, needs=("style",),
        why="The house style asks for more names than are given; indexes credit only those that stand there.",
        fix="Look the authors up and name as many as the style asks for.",
    ),
)  # fmt: skip
