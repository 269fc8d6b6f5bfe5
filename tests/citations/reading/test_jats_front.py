"""What JATS says of the article itself, and which entries its running text does not cite."""

from __future__ import annotations

import pytest

from edgewise.citations.reading.article import read_article_text

EDITOR = "<contrib contrib-type='editor'><name><surname>Red</surname><given-names>Edna</given-names></name></contrib>"


def article(front: str = "", body: str = "<p>So.</p>", entries: int = 4, more: str = ""):
    listed = "".join(f"<ref id='b{n}'><label>{n}</label><mixed-citation>Lee {n}</mixed-citation></ref>" for n in range(1, entries + 1))
    text = (
        f"<article><front><article-meta>{front}</article-meta></front><body>{body}</body>"
        f"<back>{more}<ref-list>{listed}</ref-list></back></article>"
    )
    return read_article_text(text, "a.xml", "jats")


def person(surname: str, given: str = "", kind: str = "author") -> str:
    names = f"<given-names>{given}</given-names>" if given else ""
    return f"<contrib contrib-type='{kind}'><name><surname>{surname}</surname>{names}</name></contrib>"


def cite(*numbers: int) -> str:
    return "".join(f"<xref ref-type='bibr' rid='b{n}'>{n}</xref>, " for n in numbers)


def test_authors_are_those_of_the_article_in_order_and_editors_are_none():
    group = f"<contrib-group>{person('Lee', 'Ann B.')}{person('Röe')}{EDITOR}</contrib-group>"
    assert article(group).authors == ("Lee, Ann B.", "Röe")


@pytest.mark.parametrize(
    ("dates", "dated"),
    [
        ("<pub-date pub-type='epub'><day>3</day><month>5</month><year>2011</year></pub-date>", "2011-05-03"),
        (
            "<pub-date pub-type='collection'><year>2010</year></pub-date>"
            "<pub-date pub-type='epub'><month>12</month><year>2011</year></pub-date>",
            "2011-12",
        ),
        ("<pub-date date-type='collection'><year>2010</year></pub-date>", "2010"),
        ("<pub-date><day>31</day><month>17</month><year>2011</year></pub-date>", "2011"),
        ("<pub-date><year>in press</year></pub-date>", ""),
        ("<pub-date><year>99999999999</year></pub-date>", ""),
        ("", ""),
    ],
)
def test_the_day_is_that_of_the_first_reading_as_far_as_it_is_told(dates, dated):
    assert article(dates).dated == dated


def test_entries_cited_beside_the_text_alone_are_told_with_their_place():
    front = f"<abstract><p>{cite(1, 2)}</p></abstract>"
    figure = f"<fig><caption><p>{cite(3)}</p></caption></fig>"
    table = (
        f"<table-wrap><table><tr><td>{cite(4)}</td></tr></table><table-wrap-foot><fn><p>{cite(5)}</p></fn></table-wrap-foot></table-wrap>"
    )
    read = article(front, f"<sec><p>So {cite(1)}</p>{figure}{table}</sec>", 6, f"<fn-group><fn><p>{cite(6)}</p></fn></fn-group>")
    assert read.asides == ((2, "abstract"), (3, "figure"), (4, "table"), (5, "table"), (6, "note"))


def test_a_range_in_the_text_cites_what_lies_between_its_ends():
    text = "<xref ref-type='bibr' rid='b1'>1</xref>–<xref ref-type='bibr' rid='b3'>3</xref>"
    assert article(body=f"<p>So {text}.</p><fig><p>{cite(2, 4)}</p></fig>").asides == ((4, "figure"),)


@pytest.mark.parametrize("heading", ["Abstract", "Zusammenfassung", "Résumé"])
def test_without_tags_an_abstract_is_known_by_its_heading(heading):
    listed = "References\n\n1. Lee A. Rest. 2001.\n2. Ray B. Ice. 2002.\n"
    text = f"Thumbs\n\n{heading}\n\nRest helps.[1,2]\n\nMethods\n\nSo it does.[1]\n\n{listed}"
    assert read_article_text(text, "a.txt", "text").asides == ((2, "abstract"),)
