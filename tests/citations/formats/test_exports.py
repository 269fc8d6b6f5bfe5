"""What databases and reference managers write into their exports, as real files bear it; all names and titles are invented."""

from __future__ import annotations

import pytest

from edgewise.citations.formats import files
from edgewise.citations.formats.details import detail, identifier
from edgewise.citations.formats.exchange import Reading


def read(text: str, name: str) -> Reading:
    return files.read_content(text.encode(), name)


def ris(*lines: str) -> Reading:
    return read("\n".join(["TY  - JOUR", "TI  - Rest at night", "PY  - 2020", *lines, "ER  - ", ""]), "list.ris")


def dropped(found: Reading) -> dict[str, str]:
    return {out.field: out.value for out in found.left_out}


@pytest.mark.parametrize(
    "around",
    [
        'Record #1 of 2\nProvider: A House\nContent: text/plain; charset="UTF-8"\n\n{}',
        "1.\n{}NL  - J Rest\n\nLink to the Ovid Full Text or citation: https://library.example/login?q=1\n\n",
        "{}C1  - Database: Rests <1980 to 2024>\n\nSearch Strategy:\n-----\n1     exp rest/ (12)\n",
    ],
)
def test_what_a_database_prints_around_its_entries_is_no_broken_entry(around: str) -> None:
    entry = "TY  - JOUR\nTI  - Rest at night\nAU  - Doe, A\nPY  - 2020\nER  - \n"
    found = read(around.format(entry) * 2, "list.ris")
    assert [one.title for one in found.references] == ["Rest at night"] * 2
    assert found.findings == ()


def test_a_lost_entry_under_a_databases_heading_is_still_told() -> None:
    found = read("Record #1 of 1\nTI  - Rest at night\nAU  - Doe, A\n", "list.ris")
    assert [finding.rule for finding in found.findings] == ["broken-entry"]


def test_tags_with_a_single_space_before_the_dash_are_tags() -> None:
    found = read("TY - JOUR\nAU - Doe, Ann\nTI - Rest at night\nPY - 2020\nAB - From 1 -\n  to 2\nER - \n", "list.ris")
    assert [(one.title, one.author, one.year) for one in found.references] == [("Rest at night", "Doe, Ann", 2020)]
    assert found.findings == ()


def test_names_of_embase_without_a_comma_are_names_of_people() -> None:
    (reference,) = ris("A1  - van der Doe A.B.", "A1  - Roe C.", "A1  - Rest Group A").references
    assert reference.author == "van der Doe, A. B.; Roe, C.; Rest Group A"


@pytest.mark.parametrize(
    ("lines", "scheme", "value"),
    [
        (["DB  - Embase", "DB  - Medline", "C5  - 12345678"], "pmid", "12345678"),
        (["DB  - Scopus", "C2  - 12345678"], "pmid", "12345678"),
        (["DB  - PsycINFO", "DP  - EBSCOhost", "C2  - 12345678", "AN  - psy-1"], "pmid", "12345678"),
        (["DB  - Embase", "AN  - PMID:12345678"], "pmid", "12345678"),
        (["DB  - Ovid MEDLINE(R)", "AN  - 12345678"], "pmid", "12345678"),
        (["DB  - Embase", "DB  - Medline", "AN  - 12345678"], "pmid", ""),
        (["C2  - 12345678"], "pmid", ""),
        (["L2  - https://library.example/?id=1", "L2  - http://dx.doi.org/10.1000/x"], "doi", "http://dx.doi.org/10.1000/x"),
    ],
)
def test_a_number_in_another_field_is_the_works_where_its_database_writes_it_there(lines: list[str], scheme: str, value: str) -> None:
    (reference,) = ris(*lines).references
    assert identifier(reference, scheme) == value


@pytest.mark.parametrize(
    ("written", "issn"),
    [
        (["SN  - 12345678 (ISSN)"], "12345678"),
        (["SN  - 1234-5678, 1234-5679"], "1234-5678"),
        (["SN  - 1234-5678", "1234-5679"], "1234-5678"),
    ],
)
def test_an_issn_is_found_beside_what_is_noted_with_it(written: list[str], issn: str) -> None:
    (reference,) = ris(*written).references
    assert (detail(reference, "issn"), identifier(reference, "isbn")) == (issn, "")


@pytest.mark.parametrize(
    ("lines", "pages"),
    [
        (["C7  - 104501"], "104501"),
        (["SP  - 7", "EP  - 9", "C7  - 104501"], "7–9"),
        (["SP  - No", "EP  - Specified"], ""),
        (["SP  - 7", "EP  - 7"], "7"),
    ],
)
def test_an_article_number_stands_for_pages_and_words_for_no_pages_stand_for_none(lines: list[str], pages: str) -> None:
    (reference,) = ris(*lines).references
    assert detail(reference, "pages") == pages


@pytest.mark.parametrize(
    "address",
    [
        "https://www.scopus.com/inward/record.uri?eid=1",
        "https://search.proquest.com/docview/1",
        "http://www.embase.com/search/results?id=L1",
    ],
)
def test_the_address_of_a_databases_record_is_left_out_and_said(address: str) -> None:
    found = ris(f"UR  - {address}")
    assert found.references[0].identifiers == ()
    assert dropped(found)["URL"] == address


def test_a_title_loses_the_full_stop_that_ovid_sets() -> None:
    found = read("TY  - JOUR\nT1  - Rest at night.\nY1  - 2020//\nER  - \n", "list.ris")
    assert found.references[0].title == "Rest at night"


def test_a_medline_record_of_web_of_science_has_its_pages_number_and_all_authors() -> None:
    record = (
        "PT J\nTI Rest at night.\nAU Doe, Ann B; Roe, Carl\nSO J Rest\nVL 3\nPS 411-22\nPY 2006\nPD 2006 May-Jun\nUT MEDLINE:12345678\nER\n"
    )
    (reference,) = read(f"FN ISI Export Format\nVR 1.0\n{record}\nEF", "list.isi").references
    assert (reference.title, reference.author) == ("Rest at night", "Doe, Ann B; Roe, Carl")
    assert (detail(reference, "pages"), detail(reference, "month"), identifier(reference, "pmid")) == ("411-22", "May", "12345678")


def test_an_open_last_page_of_web_of_science_is_no_page() -> None:
    (reference,) = read("PT J\nAU Doe, A\nTI Rest\nSO J REST\nPY 2006\nBP 1233\nEP +\nER\n\nEF\n", "list.ciw").references
    assert detail(reference, "pages") == "1233"


def test_an_article_that_is_only_online_has_its_number_for_pages_in_both_formats_of_pubmed() -> None:
    nbib = "PMID- 123\nDP  - 2022 Nov\nTI  - Rest.\nLID - 10.1000/x [doi]\nLID - e80092\nFAU - Doe, Ann\nJT  - J Rest\nAID - 80092 [pii]\n"
    place = "<ELocationID EIdType='pii'>e80092</ELocationID><ELocationID EIdType='doi'>10.1000/x</ELocationID>"
    xml = (
        "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>123</PMID><Article><Journal><JournalIssue><PubDate><Year>2022</Year></PubDate>"
        f"</JournalIssue><Title>J Rest</Title></Journal><ArticleTitle>Rest.</ArticleTitle>{place}"
        "</Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"
    )
    for text, name in ((nbib, "list.nbib"), (xml, "list.xml")):
        (reference,) = read(text, name).references
        assert detail(reference, "pages") == "e80092", name


def test_endnotes_link_into_web_of_science_is_no_address() -> None:
    record = (
        "<record><source-app name='EndNote' version='15.0'>EndNote</source-app><ref-type name='Journal Article'>17</ref-type>"
        "<titles><title>Rest</title></titles><dates><year>1999</year></dates><isbn>0012-9658&#xD;1939-9170</isbn><custom7>e12</custom7>"
        "<accession-num>ISI:000200148800007</accession-num>"
        "<urls><related-urls><url>&lt;Go to ISI&gt;://000200148800007</url></related-urls></urls></record>"
    )
    (reference,) = read(f"<xml><records>{record}</records></xml>", "list.xml").references
    assert reference.identifiers == ()
    assert (detail(reference, "issn"), detail(reference, "pages")) == ("0012-9658", "e12")


def test_endnotes_continued_links_are_links_of_their_own() -> None:
    record = "%0 Journal Article\n%A Doe, A.\n%D 2021\n%T Rest\n%J J Rest\n%@ 1234-5678 (Electronic)\n1234-5679 (Linking)\n"
    (reference,) = read(f"{record}%U <Go to ISI>://WOS:000123\nhttps://rest.example/a\n", "list.enw").references
    assert (identifier(reference, "url"), detail(reference, "issn")) == ("https://rest.example/a", "1234-5678")


@pytest.mark.parametrize("format", ["list.ris", "list.enw", "list.xml"])
def test_of_two_addresses_the_works_own_is_taken_and_the_records_is_left_out_and_said(format: str) -> None:
    record, own = "https://www.scopus.com/inward/record.uri?eid=1", "https://rest.example/a"
    text = {
        "list.ris": f"TY  - JOUR\nTI  - Rest\nPY  - 2021\nUR  - {record}\nUR  - {own}\nER  - \n",
        "list.enw": f"%0 Journal Article\n%D 2021\n%T Rest\n%U {record}\n{own}\n",
        "list.xml": "<xml><records><record><source-app name='EndNote'>EndNote</source-app><titles><title>Rest</title></titles>"
        f"<urls><related-urls><url>{record}</url><url>{own}</url></related-urls></urls></record></records></xml>",
    }[format]
    found = read(text, format)
    assert identifier(found.references[0], "url") == own
    assert record in dropped(found)["further links"]


def test_endnotes_article_number_beside_pages_is_left_out_and_said() -> None:
    record = "<source-app name='EndNote'>EndNote</source-app><titles><title>Rest</title></titles><pages>7-9</pages><custom7>e12</custom7>"
    found = read(f"<xml><records><record>{record}</record></records></xml>", "list.xml")
    assert detail(found.references[0], "pages") == "7-9"
    assert "e12" in dropped(found)["article number"]


def test_bibtex_of_scopus_and_web_of_science_gives_article_number_and_pubmed_number() -> None:
    scopus = "Scopus\nEXPORT DATE: 12 March 2024\n\n@ARTICLE{Doe2021,\nauthor={Doe, J.},\ntitle={Rest},\njournal={J Rest},\nyear={2021},\n"
    found = read(scopus + "art_number={104501},\npubmed_id={12345678},\nabbrev_source_title={J R},\n}\n", "list.bib")
    (reference,) = found.references
    assert (detail(reference, "pages"), detail(reference, "abbreviation"), identifier(reference, "pmid")) == ("104501", "J R", "12345678")
    wos = "@article{ WOS:1,\nAuthor = {Doe, J.},\nTitle = {{Rest}},\nJournal = {{J REST}},\nYear = {{2021}},\nPages = {{7-9}},\n"
    found = read(wos + "Article-Number = {{104501}},\n}\n", "list.bib")
    (reference,) = found.references
    assert detail(reference, "pages") == "7-9"
    assert dropped(found) == {"article-number": "104501"}


@pytest.mark.parametrize("pages", ["12-+", "12--+", "12"])
def test_pages_that_go_on_elsewhere_begin_where_bibtex_of_web_of_science_says(pages: str) -> None:
    text = f"@article{{a, author = {{Doe, Ann}}, title = {{On rest}}, journal = {{Bone}}, year = 2001, pages = {{{pages}}}}}"
    (reference,) = read(text, "savedrecs.bib").references
    assert detail(reference, "pages") == "12"
