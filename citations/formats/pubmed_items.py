"""What PubMed's two formats share: the item of a record, and what PubMed says of the work besides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from edgewise.citations.formats.csl_item_reading import reading_of
from edgewise.citations.formats.csl_items import Item
from edgewise.citations.formats.exchange import Reading, Spot
from edgewise.ontology.findings import Finding

_TYPES = (("preprint", "article"), ("dataset", "dataset"), ("newspaper article", "article-newspaper"), ("academic dissertation", "thesis"))
_NOTICES = {
    "retracted publication": "a retracted publication",
    "retraction of publication": "the notice of a retraction",
    "expression of concern": "the notice of a concern",
    "withdrawn publication": "a withdrawn publication",
}


def type_of(kinds: Iterable[str], *, book: bool = False, part: bool = False) -> str:
    """The CSL type of a record with these types of publication.

    >>> type_of(["Journal Article", "Review"]), type_of(["Preprint"]), type_of([], book=True, part=True)
    ('article-journal', 'article', 'chapter')
    """
    if book:
        return "chapter" if part else "book"
    held = {kind.casefold() for kind in kinds}
    return next((csl for kind, csl in _TYPES if kind in held), "article-journal")


def pubmed_reading(item: Item, kinds: Iterable[str], number: int, spot: Spot, stated_by: str) -> Reading:
    """The reference of a record, with a finding where PubMed marks the work as retracted or the like."""
    given = {"id": f"pmid-{item['PMID']}"} if str(item.get("PMID", "")).isdigit() else {}
    reading = reading_of(given | item, number, spot, stated_by)
    return replace(reading, findings=(*reading.findings, *_notices(kinds, str(item.get("title", "")), spot)))


def _notices(kinds: Iterable[str], title: str, spot: Spot) -> Iterator[Finding]:
    for kind in kinds:
        if what := _NOTICES.get(kind.casefold()):
            message = f"PubMed calls '{title[:80]}' {what}"
            yield spot.finding("pubmed-notice", message, "look at the notice before the work is cited", "warning")
