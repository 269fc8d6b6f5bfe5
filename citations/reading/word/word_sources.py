"""Word's own list of sources, which a document keeps in a part of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from edgewise.citations.reading.word.elements import Element, child, tag

_TYPES = {
    "JournalArticle": "article-journal", "ArticleInAPeriodical": "article-magazine", "Book": "book", "BookSection": "chapter",
    "Report": "report", "InternetSite": "webpage", "DocumentFromInternetSite": "webpage", "ConferenceProceedings": "paper-conference",
}  # fmt: skip
_CONTAINERS = ("JournalName", "PeriodicalTitle", "BookTitle", "ConferenceName", "InternetSiteTitle")
_FIELDS = {"Title": "title", "Volume": "volume", "Issue": "issue", "Pages": "page", "DOI": "DOI", "Publisher": "publisher", "URL": "URL"}


def sources(lists: Iterable[Element]) -> Mapping[str, Mapping[str, Any]]:
    """CSL items by the tags under which the text cites them, folded to lower case as Word does.

    >>> from lxml import etree
    >>> xml = "<Sources><Source><Tag>Doe01</Tag><Title>Rest</Title><Year>2001</Year></Source></Sources>"
    >>> sources([etree.fromstring(xml)])["doe01"]
    {'title': 'Rest', 'issued': {'raw': '2001'}}
    """
    return {_text(one, "Tag").lower(): _item(one) for part in lists for one in part if tag(one) == "Source"}


def _item(source: Element) -> dict[str, Any]:
    item: dict[str, Any] = {"type": _TYPES.get(_text(source, "SourceType"), "")}
    item |= {variable: _text(source, field) for field, variable in _FIELDS.items()}
    item["container-title"] = next((text for field in _CONTAINERS if (text := _text(source, field))), "")
    item["issued"] = {"raw": year} if (year := _text(source, "Year")) else {}
    item["author"] = list(_authors(source))
    return {field: value for field, value in item.items() if value}


def _authors(source: Element) -> Iterator[dict[str, str]]:
    authors = child(source, "Author", "Author")
    if authors is None:
        return
    if group := _text(authors, "Corporate"):
        yield {"literal": group}
    people = child(authors, "NameList")
    for person in people if people is not None else ():
        given = " ".join(text for field in ("First", "Middle") if (text := _text(person, field)))
        yield {"family": _text(person, "Last"), "given": given}


def _text(element: Element, name: str) -> str:
    found = child(element, name)
    return " ".join((found.text or "").split()) if found is not None else ""
