"""Pages of publishers: the reference list is whole and clean, the citations are those of the text, and the page around is not read."""

from __future__ import annotations

import pytest

from edgewise.citations.reading.article import read_article_text
from tests.citations.reading.publishers import CITED, KINDS, WORKS, Kind, page

FOREIGN = ("scholar", "crossref", "view article", "full text", "adverti", "medline", "↵", "^", "[]", "|", "other works", "more to read")


@pytest.mark.parametrize("kind", KINDS, ids=[kind.name for kind in KINDS])
def test_a_publishers_page_gives_its_list_and_its_citations(kind: Kind) -> None:
    article = read_article_text(page(kind), f"{kind.name}.html", "html")
    assert [entry.number for entry in article.references] == [1, 2, 3, 4, 5]
    assert {entry.printed for entry in article.references} == {kind.numbered}
    for entry, (who, what, where, year) in zip(article.references, WORKS, strict=True):
        words = " ".join(entry.raw.replace('"', "").split())
        assert words.startswith(who)
        assert all(part in words for part in (what, where, str(year)))
        assert not [word for word in FOREIGN if word in words.lower()], words
    assert [number for marker in article.markers for number in marker.numbers] == list(CITED)
    assert not article.abstentions
    assert not article.link_faults


@pytest.mark.parametrize("kind", KINDS, ids=[kind.name for kind in KINDS])
def test_what_is_around_the_article_is_not_read(kind: Kind) -> None:
    article = read_article_text(page(kind), f"{kind.name}.html", "html")
    said = " ".join(sentence.text for sentence in article.sentences)
    assert "Straw holds the warmth of an animal" in said
    assert not [word for word in ("cookies", "Nobody", "Home", "Press", "Related", "2 References", "Quill") if word in said]
    assert article.title == "Care of the Hedgehog"
