"""PubMed through NCBI's E-utilities: what to ask for a reference, and what the answers say. Nothing here sends anything."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from edgewise.citations.formats.details import MONTHS
from edgewise.citations.lookup.marked_titles import bare, own_notice
from edgewise.citations.lookup.registries import PUBMED, Ask
from edgewise.citations.lookup.untrusted_json import Unreadable, members, table, text, texts
from edgewise.citations.lookup.works import Notice, NoticeKind, Work

ROWS = 10
_UTILITIES = "/entrez/eutils"
_KINDS: Mapping[str, NoticeKind] = {
    "retractionin": "retraction",
    "partialretractionin": "retraction",
    "retractedandrepublishedin": "retraction",
    "erratumin": "correction",
    "correctedandrepublishedin": "correction",
    "expressionofconcernin": "concern",
    "updatein": "new-version",
    "republishedin": "new-version",
    "retractionof": "is-notice",
    "partialretractionof": "is-notice",
    "erratumfor": "is-notice",
    "expressionofconcernfor": "is-notice",
}
_TYPES: Mapping[str, NoticeKind] = {
    "retracted publication": "retraction",
    "retraction of publication": "is-notice",
    "retraction notice": "is-notice",
    "published erratum": "is-notice",
    "expression of concern": "is-notice",
}
_MONTHS = {month[:3].lower(): number for number, month in enumerate(MONTHS, 1)}
_REFERENCE_DATE = re.compile(r"\b(\d{4})(?: ([A-Z][a-z]{2})(?: (\d{1,2}))?)?\s*(?:;|\.|$)")


def by_pmids(pmids: Iterable[str]) -> Ask:
    """Ask what PubMed holds under these PMIDs."""
    return Ask(PUBMED, f"{_UTILITIES}/esummary.fcgi", (("db", "pubmed"), ("retmode", "json"), ("id", ",".join(pmids))))


def abstract_of(pmid: str) -> Ask:
    """Ask for the whole record of a PMID, in which its abstract stands.

    >>> abstract_of("123").address.partition("?")[2]
    'db=pubmed&retmode=xml&rettype=abstract&id=123'
    """
    fields = (("db", "pubmed"), ("retmode", "xml"), ("rettype", "abstract"), ("id", pmid))
    return Ask(PUBMED, f"{_UTILITIES}/efetch.fcgi", fields, form="xml")


def by_doi(doi: str) -> Ask:
    """Ask for the PMID of a DOI."""
    return _search(f'"{doi.translate(_QUOTES)}"[AID]')


def by_title(title: str) -> Ask:
    """Search for the words of a title, all of them, in titles.

    >>> dict(by_title('Low "back" pain [NOT] this').fields)["term"]
    'low[ti] AND back[ti] AND pain[ti] AND not[ti] AND this[ti]'
    """
    words = re.findall(r"\w+", title.casefold())[:40]
    return _search(" AND ".join(f"{word}[ti]" for word in words if word not in _STOP_WORDS))


def read_search(answer: Mapping[str, Any]) -> tuple[str, ...]:
    """The PMIDs that a search found.

    Raises:
        Unreadable: it is not an answer of a search.
    """
    found = answer.get("esearchresult")
    if not isinstance(found, dict) or "ERROR" in found or not isinstance(found.get("idlist"), list):
        raise Unreadable("the answer is not one of PubMed's search")
    return tuple(id for id in texts(found["idlist"])[:ROWS] if id.isascii() and id.isdigit())


def read_works(answer: Mapping[str, Any]) -> tuple[Work, ...]:
    """The works of a summary, in the order of PubMed; a PMID that it does not know is left out.

    Raises:
        Unreadable: it is not a summary.
    """
    result = answer.get("result")
    if not isinstance(result, dict) or not isinstance(result.get("uids"), list):
        raise Unreadable("the answer is not a summary of PubMed")
    documents = (table(result.get(uid)) for uid in texts(result["uids"]))
    return tuple(_work(document) for document in documents if document and "error" not in document)


_QUOTES = str.maketrans({'"': " ", "[": " ", "]": " "})
# PubMed leaves these out of its index, and a search that asks for one finds nothing.
_STOP_WORDS = frozenset({"a", "an", "and", "as", "at", "by", "for", "from", "in", "its", "of", "on", "or", "the", "to", "with", "s", "t"})


def _search(term: str) -> Ask:
    fields = (("db", "pubmed"), ("retmode", "json"), ("retmax", str(ROWS)), ("term", term))
    return Ask(PUBMED, f"{_UTILITIES}/esearch.fcgi", fields)


def _work(document: Mapping[str, Any]) -> Work:
    numbers = {text(table(n).get("idtype")): text(table(n).get("value")) for n in members(document.get("articleids"))}
    dates = (text(document.get(name))[:4] for name in ("pubdate", "epubdate", "sortpubdate"))
    title = text(document.get("title")).removesuffix(".").strip("[]")
    return Work(
        registry="pubmed",
        title=title,
        titles=tuple(t for t in (text(document.get("vernaculartitle")).removesuffix("."), bare(title)) if t not in ("", title)),
        years=tuple(dict.fromkeys(int(year) for year in dates if re.fullmatch(r"[12]\d{3}", year))),
        container=text(document.get("fulljournalname")),
        containers=tuple(name for name in (text(document.get("source")),) if name),
        authors=tuple(_authors(document)),
        volume=text(document.get("volume")),
        issue=text(document.get("issue")),
        pages=text(document.get("pages")) or text(document.get("elocationid")).removeprefix("pii: "),
        doi=numbers.get("doi", "").lower(),
        pmid=text(document.get("uid")) or numbers.get("pubmed", ""),
        kind=", ".join(texts(document.get("pubtype"))),
        notices=tuple(_notices(document)),
    )


def _authors(document: Mapping[str, Any]) -> Iterator[str]:
    for person in map(table, members(document.get("authors"))):
        if text(person.get("authtype")) in ("Author", "CollectiveName", "") and (name := text(person.get("name"))):
            yield name


def _notices(document: Mapping[str, Any]) -> Iterator[Notice]:
    """Comments and corrections with their places; then what the publication types, and then the title alone tell."""
    told: set[NoticeKind] = set()
    for other in map(table, members(document.get("references"))):
        label, source = text(other.get("reftype")), text(other.get("refsource"))
        if kind := _KINDS.get("".join(label.split()).casefold()):  # "Retraction in" in a summary, "RetractionIn" in PubMed's XML
            told.add(kind)
            yield Notice(kind, label, text(other.get("pmid")), _date(source), source)
    for label in texts(document.get("pubtype")):
        if (kind := _TYPES.get(label.casefold())) and kind not in told:
            told.add(kind)
            yield Notice(kind, label)
    if (own := own_notice(text(document.get("title")))) and not told & {"retraction", "withdrawal"}:
        yield own


def _date(source: str) -> str:
    """The date in ``N Engl J Med. 2005 Mar 3;352(9):950``."""
    found = _REFERENCE_DATE.search(source)
    if not found:
        return ""
    year, month, day = found[1], _MONTHS.get((found[2] or "").lower()), found[3]
    return year + (f"-{month:02}" + (f"-{int(day):02}" if day else "") if month else "")
