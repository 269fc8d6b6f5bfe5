"""The reference list of a JATS article: each work with what its tags tell, and what they leave untagged as its layout tells it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lxml import etree

from edgewise.citations.formats.publishing_status import without_day_opened
from edgewise.citations.reading.author_date_layout import take_apart
from edgewise.citations.reading.entry_layout import Layout
from edgewise.citations.reading.jats_identifiers import doi_of, pmid_of
from edgewise.citations.reading.jats_names import lead_names, signed
from edgewise.citations.reading.jats_words import words, written
from edgewise.citations.reading.model import ListEntry
from edgewise.graph.reading.xml_trees import line_of, local

_CITATIONS = {"mixed-citation", "element-citation", "citation", "nlm-citation", "structured-citation"}
_NOT_OF_THE_WORK = {"date-in-citation", "access-date", "comment", "annotation", "related-object", "conf-date"}
_SAID_TO_BE = ("publication-type", "citation-type")
_OF_ANY_KIND = ("", "other", "journal")
_LONGEST_DAY = 60
_TITLES = ("article-title", "chapter-title", "data-title", "part-title")
# What a citation is said to be of → the kind of work, where it may stand by itself.
_KINDS = {
    "book": "book", "report": "report", "gov": "report", "government": "report", "thesis": "thesis", "web": "website", "webpage": "website",
    "website": "website", "web-page": "website", "uri": "website", "data": "dataset", "dataset": "dataset", "database": "dataset",
    "software": "software", "computer-program": "software", "patent": "patent", "standard": "standard", "legal-doc": "law", "law": "law",
}  # fmt: skip
_NUMBER = re.compile(r"\[?(\d{1,4})[.)\]]+\s")
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")


def reference_list(references: Sequence[etree._Element]) -> tuple[tuple[ListEntry, ...], dict[str, int]]:
    """The entries, and their numbers by the id of an entry or of a work within one.

    >>> citation = "<element-citation id='b7a'><article-title>Rest</article-title><year>2001</year></element-citation>"
    >>> entries, numbers = reference_list([etree.fromstring(f"<ref id='b7'><label>7.</label>{citation}</ref>")])
    >>> entries[0].title, entries[0].year, numbers
    ('Rest', 2001, {'b7': 7, 'b7a': 7})
    """
    printed = _printed(references)
    entries, numbers = [], dict[str, int]()
    for position, ref in enumerate(references, 1):
        entry = _entry(ref, printed[position - 1] if printed else position, bool(printed))
        entries.append(entry)
        for element in (ref, *(child for child in ref.iter() if local(child) in _CITATIONS)):
            if id := element.get("id"):
                numbers.setdefault(id, entry.number)
    return tuple(entries), numbers


def _printed(references: Sequence[etree._Element]) -> list[int]:
    """The number that the list prints before each entry; nothing unless it numbers all of them, each by itself."""
    labels = [_label(ref) for ref in references]
    good = all(label.isdecimal() and label.isascii() and len(label) < 5 for label in labels) and len(set(labels)) == len(labels)
    return [int(label) for label in labels] if good else []


def _label(ref: etree._Element) -> str:
    for element in (ref, *(child for child in ref if local(child) in _CITATIONS)):
        if label := words(element.find("{*}label")).strip(" .[]()"):
            return label
    first = _NUMBER.match(words(ref))
    return first[1] if first else ""


def _entry(ref: etree._Element, number: int, printed: bool) -> ListEntry:
    works = list(_works(ref))
    raw = " ".join(_raw(work) for work in works) or _unnumbered(written(ref))
    base = ListEntry(number=number, printed=printed, raw=raw, line=line_of(ref))
    if not works:
        return replace(base, doi=doi_of(ref, raw), pmid=pmid_of(ref, raw))
    first, *further = (_told(replace(base, raw=_raw(work)), work) for work in works)
    return replace(first, raw=raw, further=tuple(further))


def _works(ref: etree._Element) -> Iterator[list[etree._Element]]:
    """The works that an entry names, each as the citations that say the same of it."""
    single: list[etree._Element] = []
    for child in ref:
        if local(child) == "citation-alternatives":
            if held := [one for one in child if local(one) in _CITATIONS]:
                yield held
        elif local(child) in _CITATIONS:
            single.append(child)
    mixed = [one for one in single if local(one) == "mixed-citation"]
    rest = [one for one in single if local(one) != "mixed-citation"]
    if len(mixed) == len(rest):  # printed and taken apart, side by side, as SciELO has them
        yield from ([*pair] for pair in zip(mixed, rest, strict=True))
    else:
        yield from ([one] for one in single)


def _raw(work: Sequence[etree._Element]) -> str:
    return _unnumbered(written(next((one for one in work if local(one) == "mixed-citation"), work[0])))


def _unnumbered(text: str) -> str:
    return re.sub(r"^\[?\d{1,4}[.)\]]+\s+", "", text)


def _told(entry: ListEntry, work: Sequence[etree._Element]) -> ListEntry:
    """What the tags of a work tell, of whichever citation tells more; then what its layout tells besides."""
    best = max(work, key=lambda one: sum(1 for child in one.iter() if words(child)))
    tagged = _tagged(entry, best)
    return _filled(tagged, take_apart(tagged.raw)) if not (tagged.title and tagged.author and tagged.year) else tagged


def _tagged(entry: ListEntry, citation: etree._Element) -> ListEntry:
    def first(*tags: str) -> str:
        found = (element for tag in tags for element in citation.iter(f"{{*}}{tag}") if not _is_beside(element, citation))
        return next((text for element in found if (text := words(element))), "")

    title, source = _ended(first(*_TITLES) or first("trans-title")), _ended(first("source", "conf-name"))
    untitled = not title and _said(citation) == "journal"  # chemists' journals print no titles of articles
    within = source if title or untitled else _ended(first("conf-name")) if first("source") else ""
    years, people = _YEAR.findall(first("year") or first("date")), signed(citation)
    pages = "-".join(filter(None, (first("fpage", "elocation-id"), first("lpage")))) or first("page-range")
    return replace(
        entry,
        title=title or ("" if untitled else source),
        container=within,
        kind=_kind(citation, by_itself=not within, source=bool(source) and not title),
        accessed=_accessed(citation),
        author=people.authors or lead_names(citation),
        editors=people.editors,
        year=int(years[0]) if years else 0,
        doi=doi_of(citation, entry.raw),
        pmid=pmid_of(citation, entry.raw),
        volume=first("volume"),
        issue=first("issue"),
        pages=pages,
    )


def _kind(citation: etree._Element, *, by_itself: bool, source: bool) -> str:
    """The kind of a work that its tags name; what has a publisher or is a `source` itself, and stands in nothing, is a book."""
    said = _said(citation)
    kind = _KINDS.get(said, "")
    published = (by_itself and source and said not in _OF_ANY_KIND) or citation.find("{*}publisher-name") is not None
    if kind == "book" or (not kind and said != "journal" and published):
        return "book" if by_itself else "chapter"
    return kind


def _said(citation: etree._Element) -> str:
    return next((value.lower() for name in _SAID_TO_BE if (value := citation.get(name))), "")


def _accessed(citation: etree._Element) -> str:
    """The day on which an address was opened, as it is tagged; not one on which what it leads to was changed."""
    for element in citation.iter("{*}date-in-citation", "{*}access-date"):
        if re.search(r"access|cited|^$", element.get("content-type") or "", re.IGNORECASE) and (day := words(element)):
            return day[:_LONGEST_DAY]
    return ""


def _is_beside(element: etree._Element, citation: etree._Element) -> bool:
    """Whether an element stands in what is said besides of a work, such as the day on which somebody read it."""
    for around in element.iterancestors():
        if around is citation:
            return False
        if local(around) in _NOT_OF_THE_WORK:
            return True
    return False


def _ended(title: str) -> str:
    """Without the stop that ends it in print; an abbreviation keeps its own."""
    plain = title.rstrip(" ,;:")
    return plain if plain.endswith("..") or re.search(r"(?:^|[\s.])[A-Z]\.$", plain) else plain.removesuffix(".")


def _filled(entry: ListEntry, found: Layout) -> ListEntry:
    """What the tags do not tell, as the layout does; where they tell a source alone, it may be the one of a title that is not tagged."""
    alone = bool(entry.title and not entry.container and _plain(found.container) == _plain(entry.title) and found.title)
    untitled = not entry.title
    dated = without_day_opened(entry.raw.replace(entry.accessed, " ") if entry.accessed else entry.raw)
    years = set(_YEAR.findall(dated)) if not entry.year else set[str]()
    year = found.year if str(found.year) in years else 0
    return replace(
        entry,
        title=found.title if alone or untitled else entry.title,
        kind="" if alone and entry.kind == "book" else entry.kind,
        container=entry.title if alone else (entry.container or found.container) if untitled else entry.container,
        author=entry.author or (found.author if _plain(found.author) != _plain(entry.title) else ""),
        year=entry.year or year or (int(years.pop()) if len(years) == 1 else 0),
        volume=entry.volume or (found.volume if untitled else ""),
        issue=entry.issue or (found.issue if untitled else ""),
        pages=entry.pages or (found.pages if untitled else ""),
    )


def _plain(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()
