"""PubMed's XML (`PubmedArticleSet`), as its site saves it and its E-utilities send it.

Source: NLM PubMed XML element descriptions (National Library of Medicine).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from edgewise.citations.formats.csl_items import Item
from edgewise.citations.formats.database_fields import title_of
from edgewise.citations.formats.dates import date_parts
from edgewise.citations.formats.exchange import Reading, Spot, distinct
from edgewise.citations.formats.names import AND_OTHERS
from edgewise.citations.formats.pubmed_items import pubmed_reading, type_of
from edgewise.citations.formats.xml_files import tree_of
from edgewise.graph.reading.xml_trees import flat, line_of, local

_RECORDS = {"PubmedArticle", "PubmedBookArticle"}
_BARE = {"MedlineCitation", "BookDocument"}
_UNPLACED = {"Abstract": "abstract", "MeshHeadingList": "MeSH terms", "KeywordList": "keywords", "GrantList": "grants"}


def read(text: str | bytes, name: str, *, stated_by: str = "editor") -> Reading:
    """The references of a file in PubMed's XML; what is broken comes back as findings with file and line.

    >>> author = "<Author><LastName>Doe</LastName><ForeName>Ann B</ForeName><Suffix>Jr</Suffix></Author>"
    >>> journal = "<Journal><JournalIssue><PubDate><Year>2001</Year></PubDate></JournalIssue><Title>Bone</Title></Journal>"
    >>> article = f"<Article>{journal}<ArticleTitle>A trial.</ArticleTitle><AuthorList>{author}</AuthorList></Article>"
    >>> record = f"<PubmedArticle><MedlineCitation><PMID>123</PMID>{article}</MedlineCitation></PubmedArticle>"
    >>> xml = f"<PubmedArticleSet>{record}</PubmedArticleSet>"
    >>> [(one.id, one.title, one.author, one.container, one.year) for one in read(xml, "list.xml").references]
    [('pmid-123', 'A trial', 'Doe, Ann B Jr', 'Bone', 2001)]
    """
    root, findings = tree_of(text, name)
    if root is None:
        return Reading(findings=findings)
    return distinct(_readings(root, name, stated_by), name)


def _readings(root: etree._Element, name: str, stated_by: str) -> Iterator[Reading]:
    whole = [one for one in root.iter() if local(one) in _RECORDS]
    for number, record in enumerate(whole or [one for one in root.iter() if local(one) in _BARE], 1):
        kinds = [flat(kind) for kind in record.iter("{*}PublicationType")]
        yield pubmed_reading(_item(record, kinds), kinds, number, Spot(name, line_of(record)), stated_by)


def _item(record: etree._Element, kinds: list[str]) -> Item:
    book = next(record.iter("{*}Book"), None)
    title = _first(record, "ArticleTitle") or _first(record, "VernacularTitle")
    within = _first(book, "BookTitle") if book is not None else ""
    item: Item = {"type": type_of(kinds, book=book is not None, part=bool(title)), "title": title_of(title or within)}
    journal = next(record.iter("{*}Journal"), None)
    known = {
        "container-title": within if within and title else _first(journal, "Title") or _first(record, "MedlineTA"),
        "container-title-short": _first(journal, "ISOAbbreviation") if _first(journal, "Title") else "",
        "volume": _first(journal, "Volume"),
        "issue": _first(journal, "Issue"),
        "page": _pages(record),
        "publisher": _first(book, "PublisherName"),
        "publisher-place": _first(book, "PublisherLocation"),
        "edition": _first(book, "Edition"),
        "language": _first(record, "Language"),
        "ISSN": _first(journal, "ISSN"),
        "ISBN": _first(book, "Isbn"),
        "DOI": _number(record, "doi"),
        "PMID": _first(record, "PMID"),
    }
    item |= {variable: value for variable, value in known.items() if value}
    item["author"], editors = _people(record)
    dated = book if book is not None else journal
    item["issued"] = {"date-parts": [_date(next(dated.iter("{*}PubDate"), None) if dated is not None else None)]}
    item |= {words: flat(held)[:200] for tag, words in _UNPLACED.items() if (held := next(record.iter(f"{{*}}{tag}"), None)) is not None}
    return item | ({"editors": editors} if editors else {})


def _first(element: etree._Element | None, tag: str) -> str:
    return next((text for one in element.iter(f"{{*}}{tag}") if (text := flat(one))), "") if element is not None else ""


def _pages(record: etree._Element) -> str:
    """As printed, else from and to, else the number of what is only online."""
    printed = _first(record, "MedlinePgn") or "-".join(filter(None, (_first(record, "StartPage"), _first(record, "EndPage"))))
    return printed or next((place for one in record.iter("{*}ELocationID") if re.fullmatch(r"e\d{1,12}", place := flat(one))), "")


def _number(record: etree._Element, kind: str) -> str:
    """A number of the work itself, not of one that it cites or that comments on it."""
    places = [*record.iter("{*}ELocationID"), *record.iterfind(".//{*}PubmedData/{*}ArticleIdList/{*}ArticleId")]
    places += list(record.iterfind(".//{*}BookDocument/{*}ArticleIdList/{*}ArticleId"))
    good = (one for one in places if kind in (one.get("EIdType"), one.get("IdType")) and one.get("ValidYN") != "N")
    return next((value for one in good if (value := flat(one))), "")


def _people(record: etree._Element) -> tuple[list[dict[str, str]], list[str]]:
    """Authors, "et al." where the list is said to be cut short, and editors."""
    authors: list[dict[str, str]] = []
    editors: list[str] = []
    for held in record.iter("{*}AuthorList"):
        people = [person for one in held.iterfind("{*}Author") if (person := _person(one))]
        if (held.get("Type") or "authors").casefold() == "editors":
            editors += [person.get("literal") or f"{person['family']}, {person['given']}" for person in people]
        elif not authors or not _is_of_the_book(held):
            authors += people
            authors += [{"literal": AND_OTHERS}] if held.get("CompleteYN") == "N" else []
    return authors, editors


def _is_of_the_book(held: etree._Element) -> bool:
    return any(local(around) == "Book" for around in held.iterancestors())


def _person(author: etree._Element) -> dict[str, str]:
    group, family = flat(author.find("{*}CollectiveName")), flat(author.find("{*}LastName"))
    if author.get("ValidYN") == "N" or not (group or family):
        return {}
    given = flat(author.find("{*}ForeName")) or flat(author.find("{*}Initials"))
    if not family or not given:
        return {"literal": (group or family).rstrip(" .")}
    return {"family": family, "given": " ".join(filter(None, (given, flat(author.find("{*}Suffix")))))}


def _date(date: etree._Element | None) -> list[str]:
    if date is None:
        return []
    year, rest = _first(date, "Year"), f"{_first(date, 'Month')} {_first(date, 'Day')}"
    return date_parts(rest, year) if year else date_parts(_first(date, "MedlineDate"))
