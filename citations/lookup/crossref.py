"""Crossref's REST API: which address to ask for a reference, and what the answer says. Nothing here sends anything."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from edgewise.citations.formats.details import author_line
from edgewise.citations.lookup.marked_titles import bare, own_notice
from edgewise.citations.lookup.registries import CROSSREF, Ask
from edgewise.citations.lookup.untrusted_json import Unreadable, date_parts, members, table, text, texts
from edgewise.citations.lookup.works import Notice, NoticeKind, Work
from edgewise.graph.model import Reference

ROWS = 5
_UPDATES = 100  # no work has so many notices
_KINDS: Mapping[str, NoticeKind] = {
    "retraction": "retraction",
    "partial_retraction": "retraction",
    "withdrawal": "withdrawal",
    "removal": "withdrawal",
    "reinstatement": "reinstatement",
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


def updates_of(doi: str) -> Ask:
    """Ask for the works that update a DOI: the record of a retracted work often says nothing of it, and that of the notice does.

    >>> updates_of("10.5555/a").address.partition("/works")[2]
    '?filter=updates%3A10.5555%2Fa&select=DOI%2Cupdate-to&rows=100'
    """
    return Ask(CROSSREF, "/works", (("filter", f"updates:{doi}"), ("select", "DOI,update-to"), ("rows", str(_UPDATES))))


def can_ask_for_updates(doi: str) -> bool:
    """Whether Crossref can be asked so: a comma ends a filter, and what follows would be another."""
    return "," not in doi


def read_updates(doi: str) -> Callable[[Mapping[str, Any]], tuple[Notice, ...]]:
    """What reads, from the answer to `updates_of`, the notices about that DOI; it raises Unreadable where it is none of Crossref."""

    def read(answer: Mapping[str, Any]) -> tuple[Notice, ...]:
        return tuple(
            replace(_notice(update, _kind(update)), target=text(item.get("DOI")).lower())
            for item in map(table, _items(answer))
            for update in map(table, members(item.get("update-to")))
            if text(update.get("DOI")).lower() == doi
        )

    return read


def with_updates(work: Work, updates: Iterable[Notice]) -> Work:
    """The work with notices that its own record does not have; one that has no date there may have one here.

    >>> told, more = Notice("retraction", "Retraction", "10.5555/n"), Notice("retraction", "Retraction", "10.5555/n", "2019-01-02")
    >>> [notice.date for notice in with_updates(Work("crossref", "T", notices=(told,)), [more]).notices]
    ['2019-01-02']
    """
    held = {(one.kind, one.target): one for one in work.notices}
    for one in updates:
        there = held.get((one.kind, one.target))
        if there is None or (one.date and not there.date):
            held[one.kind, one.target] = one
    return replace(work, notices=tuple(held.values()))


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
    return tuple(work for item in _items(answer) if (work := _work(table(item))).title)


def _items(answer: Mapping[str, Any]) -> Iterable[Any]:
    items = table(answer.get("message")).get("items")
    if answer.get("status") != "ok" or not isinstance(items, list):
        raise Unreadable("the answer is not one of Crossref")
    return members(items)


def _work(item: Mapping[str, Any]) -> Work:
    plain, sub = texts(item.get("title")), texts(item.get("subtitle"))
    title = f"{plain[0]}: {sub[0]}" if plain and sub and sub[0].casefold() not in plain[0].casefold() else next(iter(plain), "")
    dates = (date_parts(item.get(name)) for name in _YEARS)
    containers = texts(item.get("container-title"))
    return Work(
        registry="crossref",
        title=title,
        titles=(*(t for t in (*plain, bare(title)) if t not in ("", title)), *texts(item.get("original-title"))),
        years=tuple(dict.fromkeys(parts[0] for parts in dates if parts)),
        container=next(iter(containers), ""),
        containers=(*containers[1:], *texts(item.get("short-container-title"))),
        authors=tuple(_author(table(person)) for person in members(item.get("author"))),
        volume=text(item.get("volume")),
        issue=text(item.get("issue")),
        pages=text(item.get("page")) or text(item.get("article-number")),
        doi=text(item.get("DOI")).lower(),
        kind=text(item.get("type")),
        notices=tuple(_notices(item, title)),
    )


def _author(person: Mapping[str, Any]) -> str:
    family, given = text(person.get("family")), text(person.get("given"))
    return f"{family}, {given}" if family and given else family or text(person.get("name")) or given


def _notices(item: Mapping[str, Any], title: str) -> Iterator[Notice]:
    """`updated-by` says what happened to this work; `update-to` that this work is itself a notice about another; then its own title."""
    updated = [_notice(update, _kind(update)) for update in map(table, members(item.get("updated-by")))]
    yield from updated
    if (own := own_notice(title)) and not {"retraction", "withdrawal"} & {one.kind for one in updated}:
        yield own
    for update in map(table, members(item.get("update-to"))):
        yield _notice(update, "is-notice")
    relations = table(item.get("relation"))
    for name in _REPLACED:
        for other in map(table, members(relations.get(name))):
            yield Notice("new-version", name, text(other.get("id")).lower(), source=text(other.get("asserted-by")))


def _kind(update: Mapping[str, Any]) -> NoticeKind:
    return _KINDS.get(text(update.get("type")).casefold().replace("-", "_").replace(" ", "_"), "correction")


def _notice(update: Mapping[str, Any], kind: NoticeKind) -> Notice:
    label = text(update.get("label")) or text(update.get("type"))
    parts = date_parts(update.get("updated"))
    date = "-".join([f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:])]) if parts else ""
    return Notice(kind, label, text(update.get("DOI")).lower(), date, text(update.get("source")))
