"""Reference files as databases and EndNote save them: what each record says arrives, by content as well as by ending."""

from __future__ import annotations

import pytest

from edgewise.citations.audit.manuscripts.judging import judge_file
from edgewise.citations.formats import endnote_xml, nbib, pubmed_xml, refer, web_of_science
from edgewise.citations.formats.contents import told_format
from edgewise.citations.formats.files import read, read_content
from edgewise.ontology.errors import UnknownName

NBIB = """
PMID- 101
OWN - NLM
IS  - 1234-5678 (Electronic)
IS  - 0000-0000 (Linking)
VI  - 10
IP  - 2
DP  - 2001 Jan 5
TI  - [A trial of rest
      at night].
PG  - 1-9
LID - e77 [pii]
LID - 10.1000/one [doi]
AB  - Why.
FAU - Doe, Ann B
AU  - Doe AB
FAU - Roe, C Jr
AU  - Roe C Jr
CN  - Rest Group.
LA  - eng
PT  - Journal Article
PT  - Retracted Publication
JT  - The journal of bone
TA  - J Bone

PMID- 102
TI  - In press.
AU  - Poe KA
JT  - Sleep
AID - 10.1000/two [doi]
PT  - Preprint

PMID- 103
BTI - The book of rest
TI  - Chapter three.
AU  - Loe D
DP  - 2003
PB  - A Press
PL  - Bern
"""
PUBMED = """<?xml version="1.0"?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed.dtd">
<PubmedArticleSet>
<PubmedArticle><MedlineCitation><PMID>101</PMID><Article>
<Journal><ISSN>1234-5678</ISSN><JournalIssue><Volume>10</Volume><Issue>2</Issue><PubDate><Year>2001</Year>
<Month>Jan</Month><Day>5</Day></PubDate>
</JournalIssue><Title>The journal of bone</Title><ISOAbbreviation>J Bone</ISOAbbreviation></Journal>
<ArticleTitle>A trial of CO<sub>2</sub> at night.</ArticleTitle><Pagination><StartPage>1</StartPage>
<EndPage>9</EndPage></Pagination>
<ELocationID EIdType="doi" ValidYN="N">10.1000/wrong</ELocationID>
<ELocationID EIdType="doi" ValidYN="Y">10.1000/one</ELocationID>
<AuthorList CompleteYN="N"><Author><LastName>Doe</LastName><ForeName>Ann B</ForeName><Suffix>Jr</Suffix></Author>
<Author ValidYN="N"><LastName>Old</LastName><ForeName>X</ForeName></Author><Author>
<CollectiveName>Rest Group</CollectiveName></Author></AuthorList>
<PublicationTypeList><PublicationType>Retracted Publication</PublicationType></PublicationTypeList></Article>
</MedlineCitation>
<PubmedData><ReferenceList><Reference><ArticleIdList><ArticleId IdType="doi">10.1000/cited</ArticleId>
</ArticleIdList></Reference></ReferenceList>
</PubmedData></PubmedArticle>
<PubmedArticle><MedlineCitation><PMID>102</PMID><Article><Journal><JournalIssue><PubDate>
<MedlineDate>2002 Mar-Apr</MedlineDate></PubDate>
</JournalIssue><Title>Sleep</Title></Journal><ArticleTitle>Two</ArticleTitle></Article></MedlineCitation>
<PubmedData><ArticleIdList><ArticleId IdType="doi">10.1000/two</ArticleId></ArticleIdList></PubmedData>
</PubmedArticle>
<PubmedBookArticle><BookDocument><PMID>103</PMID><Book><Publisher><PublisherName>A Press</PublisherName></Publisher>
<BookTitle>The book</BookTitle>
<PubDate><Year>2003</Year></PubDate><AuthorList Type="editors"><Author><LastName>Eddy</LastName>
<ForeName>E</ForeName></Author></AuthorList></Book>
<ArticleTitle>Three</ArticleTitle><AuthorList Type="authors"><Author><LastName>Loe</LastName><Initials>D</Initials>
</Author></AuthorList>
</BookDocument></PubmedBookArticle>
</PubmedArticleSet>"""
ENDNOTE = """<?xml version="1.0" encoding="UTF-8"?><xml><records><record><database name="My.enl">My.enl</database>
<rec-number>1</rec-number>
<ref-type name="Journal Article">17</ref-type><contributors><authors><author><style face="normal">Doe, Ann</style>
</author><author>Rest Group,</author>
</authors></contributors><titles><title><style>A trial of </style><style face="italic">rest</style></title>
<secondary-title>Bone</secondary-title>
</titles><periodical><full-title>Bone</full-title><abbr-1>Bn</abbr-1></periodical><pages>1-9</pages>
<volume>10</volume><number>2</number>
<dates><year>2001</year><pub-dates><date>Jan 5</date></pub-dates></dates><isbn>1234-5678</isbn>
<accession-num>101</accession-num>
<electronic-resource-num>doi:10.1000/one</electronic-resource-num>
<remote-database-provider>NLM</remote-database-provider></record>
<record><ref-type name="Edited Book">28</ref-type><contributors><secondary-authors><author>Eddy, E</author>
</secondary-authors></contributors>
<titles><title>The book</title></titles><dates><year>2003</year></dates><isbn>978-0-306-40615-7</isbn></record>
</records></xml>"""
CIW = """FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Doe, AB
   Roe, C
AF Doe, Ann B.
   Roe, Cy
CA Rest Group
TI A trial of rest
   at night
SO BONE
LA English
DT Article
SN 1234-5678
PD JAN 5
PY 2001
VL 10
IS 2
BP 1
EP 9
DI 10.1000/one
PM 101
ER

PT J
AU Poe, KA
TI Two
SO SLEEP
PY 2002
AR e77
ER

EF
"""
ENW = """%0 Journal Article
%T A trial of rest
%A Doe, Ann B.
%A Rest Group,
%J Bone
%V 10
%N 2
%P 1-9
%@ 1234-5678
%D 2001
%8 Jan 5
%R 10.1000/one
%X Why.

Because.
%M 101
%W PubMed

%0 Book Section
%A Loe, D
%E Eddy, E
%T Three
%B The book
%I A Press
%D 2003
%@ 978-0-306-40615-7
"""
FILES = {"nbib": NBIB, "pubmed-xml": PUBMED, "endnote-xml": ENDNOTE, "wos": CIW, "refer": ENW}
MODULES = {"nbib": nbib, "pubmed-xml": pubmed_xml, "endnote-xml": endnote_xml, "wos": web_of_science, "refer": refer}


def all_of(text: str, name: str = "list.txt"):
    return read_content(text.encode(), name)


def told(reference) -> dict[str, str]:
    said = {known.scheme: known.value for known in reference.identifiers} | {added.field: added.value for added in reference.additions}
    return said | {"author": reference.author, "title": reference.title, "container": reference.container, "year": reference.year}


WHOLE = {
    "volume": "10",
    "issue": "2",
    "year": 2001,
    "month": "January",
    "day": "5",
    "doi": "10.1000/one",
    "pmid": "101",
    "issn": "1234-5678",
}


@pytest.mark.parametrize(
    ("format", "more"),
    [
        ("nbib", {"author": "Doe, Ann B; Roe, C Jr; Rest Group", "title": "A trial of rest at night", "container": "The journal of bone",
                  "abbreviation": "J Bone", "pages": "1-9", "language": "eng"}),
        ("pubmed-xml", {"author": "Doe, Ann B Jr; Rest Group; et al.", "title": "A trial of CO2 at night",
                        "container": "The journal of bone",
                        "abbreviation": "J Bone", "pages": "1-9"}),
        ("endnote-xml", {"author": "Doe, Ann; Rest Group", "title": "A trial of rest",
                         "container": "Bone", "abbreviation": "Bn", "pages": "1-9"}),
        ("wos", {"author": "Doe, Ann B.; Roe, Cy; Rest Group", "title": "A trial of rest at night", "container": "BONE", "pages": "1–9",
                 "language": "English"}),
        ("refer", {"author": "Doe, Ann B.; Rest Group", "title": "A trial of rest", "container": "Bone", "pages": "1-9"}),
    ],
)  # fmt: skip
def test_a_record_arrives_whole(format, more):
    assert told(all_of(FILES[format]).references[0]) == WHOLE | more


@pytest.mark.parametrize("format", FILES)
def test_a_file_is_told_by_its_content_whatever_its_ending(format):
    text = FILES[format]
    assert told_format(text.encode()) == format
    lists = [all_of(text, name).references for name in ("export.txt", "export.ris", "export.bib", "mine.dat")]
    assert lists == [lists[0]] * 4
    assert len(lists[0]) >= 2


def test_books_and_chapters_are_told_apart():
    found = [one for text in (NBIB, PUBMED, ENW) for one in all_of(text).references if "hree" in one.title]
    assert [(one.printed_kind, one.author, one.year) for one in found] == [("chapter", "Loe D", 2003)] * 3
    assert [one.container for one in found] == ["The book of rest", "The book", "The book"]
    (book,) = all_of(ENDNOTE).references[1:]
    assert (book.printed_kind, told(book)["isbn"]) == ("book", "978-0-306-40615-7")


def test_editors_are_no_authors_and_are_named_as_left_out():
    for text in (PUBMED, ENDNOTE, ENW):
        found = all_of(text)
        assert "Eddy" not in " ".join(one.author for one in found.references)
        assert any(out.field == "editors" and "Eddy" in out.value for out in found.left_out)


def test_a_record_without_a_year_and_a_preprint_are_references():
    second = all_of(NBIB)
    assert (second.references[1].author, second.references[1].year, second.references[1].printed_kind) == ("Poe KA", 0, "article")
    assert [finding.rule for finding in second.findings] == ["pubmed-notice", "missing-year"]


@pytest.mark.parametrize("text", [NBIB, PUBMED])
def test_what_pubmed_calls_retracted_is_said(text):
    (notice,) = [finding for finding in all_of(text).findings if finding.rule == "pubmed-notice"]
    assert "a retracted publication" in notice.message
    assert notice.line > 0


def test_dates_in_words_and_numbers_of_cited_works_mislead_nobody():
    second = all_of(PUBMED).references[1]
    assert (told(second)["month"], told(second)["doi"], second.year) == ("March", "10.1000/two", 2002)


def test_lines_are_those_of_the_records():
    assert all_of(NBIB).lines == (2, 26, 33)
    assert all_of(CIW).lines == (3, 25)
    assert all_of(ENW).lines == (1, 19)


def test_what_stands_outside_of_records_or_has_no_end_is_said():
    assert [one.rule for one in web_of_science.read("junk\n" + CIW, "l").findings] == ["broken-entry"]
    assert [one.message for one in web_of_science.read("PT J\nTI One\nPY 2001\n", "l").findings] == ["the record has no end"]
    assert [one.rule for one in refer.read("junk\n\n" + ENW, "l").findings] == ["broken-entry"]
    assert len(refer.read("%A Doe, A\n%T One\n%D 2001\n\n%A Roe, B\n%T Two\n%D 2002\n", "l").references) == 2


@pytest.mark.parametrize("format", ["pubmed-xml", "endnote-xml"])
@pytest.mark.parametrize(
    "xml",
    [
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>',
        '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>',
        "<a>" * 100 + "</a>" * 100,
        "<a><b></a>",
        "",
    ],
)
def test_xml_that_attacks_or_is_torn_is_refused_with_a_finding(format, xml):
    found = MODULES[format].read(xml, "list.xml")
    assert (found.references, [finding.rule for finding in found.findings]) == ((), ["unreadable-file"])
    assert found.findings[0].repair


@pytest.mark.parametrize("format", FILES)
def test_torn_files_lose_no_more_than_what_is_torn(format):
    text = FILES[format]
    for end in range(0, len(text), 37):
        MODULES[format].read(text[:end], "l")
        MODULES[format].read(text[end:], "l")


@pytest.mark.parametrize("name", ["a.nbib", "a.xml", "a.txt"])
def test_a_list_is_audited_as_a_list_by_what_stands_in_it(tmp_path, name):
    file = tmp_path / name
    file.write_text(PUBMED if name == "a.xml" else NBIB, encoding="utf-8")
    report = judge_file(file).report
    assert any(one.rules for one in report.unchecked if "a reference list alone shows no markers" in one.why)


def test_xml_that_is_no_list_says_what_would_be_one(tmp_path):
    file = tmp_path / "a.xml"
    file.write_text("<article/>", encoding="utf-8")
    assert read(file).findings[0].message == "no list of references that is known here stands in it"
    with pytest.raises(UnknownName, match=r"\.docs"):
        read(tmp_path / "a.docs")
