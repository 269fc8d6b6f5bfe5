"""Crossref's REST API: which address to ask for a reference, and what the answer says. Nothing here sends anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from edgewise.citations.formats.details import author_line
from edgewise.citations.lookup.registries import CROSSREF, Ask
from edgewise.citations.lookup.untrusted_json import Unreadable, date_parts, members, table, text, texts
from edgewise.citations.lookup.works import Notice, NoticeKind, Work
from edgewise.graph.model import Reference

ROWS = 5
_KINDS: Mapping[str, NoticeKind] = {
    "retraction": "retraction",
    "partial_retraction": "retraction",
    "withdrawal": "retraction",
    "removal": "retraction",
    "correction": "correction",
    "corrigendum": "correction",
    "erratum": "correction",
    "addendum": "correction",
    "clarification": "correction",
    "expression_of_concern": "concern",
    "new_edition": "new-version",
    "new_version": "new-version",
}
_REPLACED = ("is-replaced-by", "has-version", "is-preprint-of")
_YEARS = ("issued", "published-print", "published-online", "published")


def by_doi(doi: str) -> Ask:
    """Ask for one DOI.

    >>> by_doi("10.5555/a<b").address.rpartition("/")[2]
    '10.5555%2Fa%3Cb'
    """
    return Ask(CROSSREF, f"/works/{quote(doi, safe='')}")


def by_title(reference: Reference) -> Ask:
    """Search by what is printed: title, journal, year and first authors."""
    words = " ".join(part for part in (reference.title, author_line(reference), reference.container, reference.dated) if part)
    return Ask(CROSSREF, "/works", (("query.bibliographic", words[:500]), ("rows", str(ROWS))))


def read_work(answer: Mapping[str, Any]) -> Work:
    """The work of an answer to `by_doi`.

    Raises:
        Unreadable: it is not an answer of Crossref.
    """
    if answer.get("status") != "ok" or not table(answer.get("message")).get("DOI"):
        raise Unreadable("the answer is not one of Crossref")
    return _work(table(answer["message"]))


def read_list(answer: Mapping[str, Any]) -> tuple[Work, ...]:
    """The works of an answer to `by_title`.

    Raises:
        Unreadable: it is not an answer of Crossref.
    """
    items = table(answer.get("message")).get("items")
    if answer.get("status") != "ok" or not isinstance(items, list):
        raise Unreadable("the answer is not one of Crossref")
    return tuple(work for item in members(items) if (work := _work(table(item))).title)


def _work(item: Mapping[str, Any]) -> Work:
    plain, sub = texts(item.get("title")), texts(item.get("subtitle"))
    title = f"{plain[0]}: {sub[0]}" if plain and sub and sub[0].casefold() not in plain[0].casefold() else next(iter(plain), "")
    dates = (date_parts(item.get(name)) for name in _YEARS)
    containers = texts(item.get("container-title"))
    return Work(
        registry="crossref",
        title=title,
        titles=(*(t for t in plain if t != title), *texts(item.get("original-title"))),
        years=tuple(dict.fromkeys(parts[0] for parts in dates if parts)),
        container=next(iter(containers), ""),
        containers=(*containers[1:], *texts(item.get("short-container-title"))),
        authors=tuple(_author(table(person)) for person in members(item.get("author"))),
        volume=text(item.get("volume")),
        issue=text(item.get("issue")),
        pages=text(item.get("page")) or text(item.get("article-number")),
        doi=text(item.get("DOI")).lower(),
        kind=text(item.get("type")),
        notices=tuple(_notices(item)),
    )


def _author(person: Mapping[str, Any]) -> str:
    family, given = text(person.get("family")), text(person.get("given"))
    return f"{family}, {given}" if family and given else family or text(person.get("name")) or given


def _notices(item: Mapping[str, Any]) -> Iterator[Notice]:
    """`updated-by` says what happened to this work; `update-to` that this work is itself a notice about another."""
    for update in map(table, members(item.get("updated-by"))):
        yield _notice(update, _KINDS.get(text(update.get("type")).casefold().replace("-", "_").replace(" ", "_"), "correction"))
    for update in map(table, members(item.get("update-to"))):
        yield _notice(update, "is-notice")
    relations = table(item.get("relation"))
    for name in _REPLACED:
        for other in map(table, members(relations.get(name))):
            yield Notice("new-version", name, text(other.get("id")).lower(), source=text(other.get("asserted-by")))


def _notice(update: Mapping[str, Any], kind: NoticeKind) -> Notice:
    label = text(update.get("label")) or text(update.get("type"))
    parts = date_parts(update.get("updated"))
    date = "-".join([f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:])]) if parts else ""
    return Notice(kind, label, text(update.get("DOI")).lower(), date, text(update.get("source")))
