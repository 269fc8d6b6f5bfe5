"""Reference lists as other publishers and archives than PLOS tag and print them: real constructs, invented names and titles."""

from __future__ import annotations

import pytest

from edgewise.citations.audit.manuscripts.manuscript import of_read
from edgewise.citations.reading.article import read_article_text
from edgewise.citations.reading.entry_layout import layout
from edgewise.citations.reading.jats import jats_document
from edgewise.citations.reading.model import ListEntry

XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
DOE = "<person-group person-group-type='author'><name><surname>Doe</surname><given-names>A</given-names></name></person-group>"


def jats(*citations: str) -> tuple[ListEntry, ...]:
    refs = "".join(f"<ref id='b{place}'>{citation}</ref>" for place, citation in enumerate(citations, 1))
    body = "<body><p>Rest <xref ref-type='bibr' rid='b1'>Doe, 2001</xref>.</p></body>"
    return jats_document(f"<article {XLINK}>{body}<back><ref-list>{refs}</ref-list></back></article>", "a.xml").entries


def element(kind: str, rest: str) -> ListEntry:
    (entry,) = jats(f"<element-citation publication-type='{kind}'>{DOE}{rest}</element-citation>")
    return entry


@pytest.mark.parametrize(
    ("kind", "rest", "known"),
    [
        ("book", "<year>2001</year><source>Rest</source><publisher-name>House</publisher-name>", "book"),
        ("book", "<year>2001</year><chapter-title>Ice</chapter-title><source>Rest</source>", "chapter"),
        ("report", "<year>2001</year><source>Rest</source>", "report"),
        ("thesis", "<year>2001</year><article-title>Rest</article-title><publisher-name>A University</publisher-name>", "thesis"),
        ("software", "<year>2001</year><article-title>Rest</article-title>", "software"),
        ("web", "<year>2001</year><article-title>Rest</article-title>", "website"),
        ("patent", "<year>2001</year><source>Rest</source><patent country='XX'>1</patent>", "patent"),
        ("confproc", "<year>2001</year><source>Rest</source>", "book"),
        ("journal", "<year>2001</year><article-title>Rest</article-title>", ""),
    ],
)
def test_the_kind_of_a_work_is_what_its_citation_is_tagged_as(kind: str, rest: str, known: str) -> None:
    assert element(kind, rest).kind == known


def test_a_title_tagged_as_source_stands_in_the_conference_that_is_named_beside_it() -> None:
    entry = element("confproc", "<year>2001</year><source>Rest</source><conf-name>Meeting on Rest</conf-name>")
    assert (entry.title, entry.container) == ("Rest", "Meeting on Rest")


def test_the_day_on_which_an_address_was_opened_is_told_and_its_year_is_not_the_works() -> None:
    opened = "<source>Rest</source><comment>Em: <uri>http://rest.example/</uri></comment>"
    day = "<date-in-citation content-type='access-date'>10 abr 2010</date-in-citation>"
    mixed = "<mixed-citation>Doe. Rest. Em: http://rest.example/ (Acesso em 10 abr 2010)</mixed-citation>"
    (entry,) = jats(f"{mixed}<element-citation publication-type='webpage'>{DOE}{opened}{day}</element-citation>")
    assert (entry.accessed, entry.year) == ("10 abr 2010", 0)


def test_a_day_of_access_alone_is_no_year_of_an_untagged_entry() -> None:
    (entry,) = jats("<mixed-citation>Rest Group (n.d.) Rest. Available: http://rest.example/. Accessed 18 September 2012.</mixed-citation>")
    assert entry.year == 0


def test_an_article_that_is_listed_without_its_title_lacks_no_journal() -> None:
    entry = element("journal", "<source>J. Rest</source><year>2001</year><volume>3</volume><fpage>4</fpage>")
    assert (entry.title, entry.container, entry.year) == ("", "J. Rest", 2001)


def test_a_title_is_not_its_own_author() -> None:
    mixed = "<mixed-citation>RESTING well? Directed by B. Roe. Town: House, 2014. 1 film.</mixed-citation>"
    tagged = "<element-citation publication-type='film'><source>RESTING well?</source><year>2014</year></element-citation>"
    (entry,) = jats(f"{mixed}{tagged}")
    assert (entry.title, entry.author) == ("RESTING well?", "")


def test_pubmed_centrals_string_of_a_citation_is_read_with_the_numbers_of_its_empty_links() -> None:
    links = "<ext-link ext-link-type='doi' xlink:href='10.1000/x'/><ext-link ext-link-type='pmid' xlink:href='123'/>"
    search = "<ext-link ext-link-type='google-scholar' xlink:href='journal=J Rest&amp;doi=10.1000/x&amp;publication_year=1990'/>"
    words = "<named-content content-type='citation-string'>Doe A, Roe B. On rest. J Rest 2001;3:4–9.</named-content>"
    (entry,) = jats(f"<mixed-citation>{words}{links}{search}</mixed-citation>")
    assert (entry.title, entry.container, entry.year, entry.doi, entry.pmid) == ("On rest", "J Rest", 2001, "10.1000/x", "123")


@pytest.mark.parametrize(
    ("raw", "author", "title", "container", "volume"),
    [
        ("Doe A, Roe B. On rest. J Rest 2001;344:10-5.", "Doe A, Roe B", "On rest", "J Rest", "344"),
        ("Doe A. On rest in 1999 and 2001. Lancet 2002 Jan 5;3:1.", "Doe A", "On rest in 1999 and 2001", "Lancet", "3"),
        ("On modelling rest. Doe A, van Roe BC. J Rest. 2011;101(1):72-9.", "Doe A, van Roe BC", "On modelling rest", "J Rest", "101"),
    ],
)
def test_a_journal_with_no_stop_before_the_year_and_a_title_before_its_authors_are_told_apart(
    raw: str, author: str, title: str, container: str, volume: str
) -> None:
    found = layout(raw)
    assert (found.author, found.title, found.container, found.volume) == (author, title, container, volume)


def test_works_that_stand_by_themselves_lack_no_journal() -> None:
    manuscript = of_read(
        read_article_text(
            f"<article><body><p>Rest <xref ref-type='bibr' rid='b1'>Doe, 2001</xref>.</p></body><back><ref-list><ref id='b1'>"
            f"<element-citation publication-type='report'>{DOE}<year>2001</year><source>Rest</source>"
            "<date-in-citation>January 1, 2019</date-in-citation></element-citation></ref></ref-list></back></article>",
            "a.xml",
            "jats",
        )
    )
    (reference,) = manuscript.guideline.references.values()
    assert reference.printed_kind == "report"
    assert [(added.field, added.value) for added in reference.additions] == [("accessed", "January 1, 2019")]


LISTED = "<p>Rest.<sup>{}</sup></p><h2>References</h2><ol>{}</ol>"


@pytest.mark.parametrize("names", ["data-db-target-for", "data-reference-links"])
def test_links_that_name_their_entry_in_an_attribute_of_the_publishers_are_citations(names: str) -> None:
    entries = "".join(
        f"<li><div id='r{n}'>Doe A. On rest {word}. J Rest. 2001;{n}:1-9.</div></li>" for n, word in ((1, "well"), (2, "long"))
    )
    listed = LISTED.format(f"<a href='#' {names}='r2'>2</a>", entries)
    article = read_article_text(f"<html><body><h1>T</h1>{listed}</body></html>", "a.html", "html")
    assert [marker.numbers for sentence in article.sentences for marker in sentence.markers] == [(2,)]


@pytest.mark.parametrize(
    "held",
    [
        "<a href='/servlet/linkout?suffix=null&amp;doi=10.1000%2Fciting&amp;refDoi=10.1000%2Fcited'>Crossref</a>",
        "<a href='/servlet/linkout?doi=10.1000%2Fciting&amp;key=10.1000%2Fcited'>Crossref</a>",
        "<a href='https://journal.example/article.aspx?doi=10.1000/cited'>Article</a>",
        "<div class='cit' data-doi='10.1000/cited'></div>",
    ],
)
def test_a_doi_that_a_page_keeps_beside_an_entry_is_the_entrys(held: str) -> None:
    entries = f"<li>Doe A. On rest. J Rest. 2001;1:1-9. {held}</li><li>Roe B. On ice. J Ice. 2002;1:1-9.</li>"
    article = read_article_text(f"<html><body>{LISTED.format('1', entries)}</body></html>", "a.html", "html")
    assert [entry.doi for entry in article.references] == ["10.1000/cited", ""]


def test_a_year_that_only_the_style_sheet_parts_from_the_journal_is_parted() -> None:
    entry = "<li>Doe A. On rest. <abbr>J Rest</abbr><span>2015</span>;<span>136</span>:<span>E359</span>-<span>86</span>.</li>"
    article = read_article_text(f"<html><body>{LISTED.format('1', entry * 2)}</body></html>", "a.html", "html")
    assert (article.references[0].container, article.references[0].year) == ("J Rest", 2015)
