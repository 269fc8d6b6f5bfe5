"""Citations by field in Word documents: by Zotero, Mendeley, EndNote, Citavi and Word itself, by cross-reference and by hand."""

from __future__ import annotations

import json

import pytest

from edgewise.citations.audit.manuscripts.judging import judge
from edgewise.citations.audit.manuscripts.manuscript import of_read
from edgewise.citations.reading.article import Article
from tests.citations.reading.word_files import (
    BELT,
    ICE,
    LIST,
    REST,
    cited,
    code,
    entries,
    field,
    item,
    mark,
    p,
    packed,
    r,
    raised,
    read,
    zotero,
)


def whys(article: Article) -> list[tuple[str, str]]:
    return [(fault.raw, fault.why) for fault in article.link_faults]


def control(tag: str, inner: str, *, names: str = "") -> str:
    return f'<w:sdt><w:sdtPr><w:tag w:val="{tag}"/>{names}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>'


def endnote(number: int, title: str, author: str, year: int, printed: str) -> str:
    record = (
        f'<record><rec-number>{number}</rec-number><foreign-keys><key app="EN" db-id="q">{number}</key></foreign-keys>'
        f'<ref-type name="Journal Article">17</ref-type><contributors><authors><author>{author}</author></authors></contributors>'
        f"<titles><title><style face='normal'>{title}</style></title><secondary-title>J A &amp; B</secondary-title></titles>"
        f"<dates><year>{year}</year></dates><accession-num>1234{number}</accession-num>"
        f"<electronic-resource-num>https://doi.org/10.1000/{number}</electronic-resource-num>"
        f"<remote-database-name>Medline</remote-database-name></record>"
    )
    return f"<EndNote><Cite><RecNum>{number}</RecNum><DisplayText>{printed}</DisplayText>{record}</Cite></EndNote>"


def test_a_field_of_zotero_is_read_from_any_number_of_runs() -> None:
    article = read(p("So ", zotero(BELT, REST, ICE, printed="[1–3]", pieces=40), "; so ", zotero(ICE, printed="[3]"), "."))
    assert cited(article) == [(1, 2, 3), (3,)]
    assert [(one.number, one.title, one.printed) for one in article.references] == [
        (1, "Belts in bed", False),
        (2, "Rest in water", False),
        (3, "Ice on bone", False),
    ]
    assert article.link_faults == ()


def test_works_are_numbered_as_printed_whatever_their_order_in_a_field() -> None:
    """A list in the order of the alphabet: the first field cites 2 and 3, in the order in which they were put in."""
    article = read(p("So ", zotero(REST, ICE, printed="[2,3]"), "; so ", zotero(REST, printed="[3]"), zotero(BELT, printed="[1]"), "."))
    assert [(one.number, one.author) for one in article.references] == [(1, "Doe A"), (2, "Poe A"), (3, "Roe A")]


def test_fields_that_print_names_cite_the_entries_of_the_list() -> None:
    alphabetical = p("References", style="Kop1") + p("Doe A. (2001). Belts in bed. J A.") + p("Roe A. (2002). Rest in water. J B.")
    article = read(p("So ", zotero(REST, printed="(Roe, 2002)"), " and so ", zotero(BELT, printed="(2001)"), ".") + alphabetical)
    assert cited(article) == [(2,), (1,)]
    assert article.link_faults == ()


@pytest.mark.parametrize("tag", ["ADDIN CSL_CITATION", "ADDIN Mendeley Citation"])
def test_fields_of_mendeley_are_read(tag: str) -> None:
    held = {"citationItems": [BELT], "mendeley": {"plainTextFormattedCitation": "[1]"}}
    bibliography = field("ADDIN Mendeley Bibliography CSL_BIBLIOGRAPHY ", "[1]  Doe A. Belts in bed. J A 2001.")
    article = read(p("So ", field(f"{tag} {json.dumps(held)}", "[1]"), ".") + p(bibliography) + p("Thanks to all."))
    assert cited(article) == [(1,)]
    assert [one.raw for one in article.references] == ["Doe A. Belts in bed. J A 2001."]
    assert "Thanks to all." in [sentence.text for sentence in article.sentences]


def test_content_controls_of_mendeley_cite_are_read() -> None:
    held = packed(json.dumps({"citationItems": [BELT], "manualOverride": {"citeprocText": "[1]"}}))
    listed = control("MENDELEY_BIBLIOGRAPHY", p("1. Doe A. Belts in bed. J A 2001."))
    article = read(p("So ", control(f"MENDELEY_CITATION_v3_{held}", r("[1]")), ".") + listed)
    assert cited(article) == [(1,)]
    assert len(article.references) == 1
    assert article.link_faults == ()


def test_endnote_keeps_works_in_its_code_or_packed_beside_it() -> None:
    long = endnote(7, "Rest in water", "Roe, B.", 2002, "[2]")
    nested = mark("begin", packed(long)) + code(" ADDIN EN.CITE.DATA ") + mark("end")
    second = mark("begin", packed(long)) + code(" ADDIN EN.CITE ") + nested + mark("separate") + r("[2]") + mark("end")
    first = field(f" ADDIN EN.CITE {endnote(4, 'Belts in bed', 'Doe, A.', 2001, '[1]')}", field(' HYPERLINK \\l "_ENREF_1" ', "[1]"))
    article = read(p("So ", first, " and ", second, "."))
    assert cited(article) == [(1,), (2,)]
    assert [(one.author, one.title, one.container, one.year, one.doi, one.pmid) for one in article.references] == [
        ("Doe A", "Belts in bed", "J A & B", 2001, "10.1000/4", "12344"),
        ("Roe B", "Rest in water", "J A & B", 2002, "10.1000/7", "12347"),
    ]


def test_the_list_of_endnote_is_one_field_over_many_paragraphs() -> None:
    begun = p(mark("begin"), code(" ADDIN EN.REFLIST "), mark("separate"), "1. Doe A. Belts in bed. J A 2001.")
    cite = field(f" ADDIN EN.CITE {endnote(4, 'Belts in bed', 'Doe, A.', 2001, '1')}", raised("1"))
    article = read(p("So it is.", cite) + begun + p("2. Roe B. Rest. J B 2002.") + p(mark("end")) + p("Thanks."))
    assert cited(article) == [(1,)]
    assert [one.number for one in article.references] == [1, 2]


def test_citations_of_word_itself_find_their_sources() -> None:
    source = (
        "<b:Source><b:Tag>Doe01</b:Tag><b:SourceType>JournalArticle</b:SourceType><b:Title>Belts in bed</b:Title><b:Year>2001</b:Year>"
        "<b:JournalName>J A</b:JournalName><b:Author><b:Author><b:NameList><b:Person><b:Last>Doe</b:Last><b:First>Ann</b:First>"
        "</b:Person></b:NameList></b:Author></b:Author></b:Source>"
    )
    other = source.replace("Doe01", "Roe02").replace("Belts in bed", "Rest").replace("2001", "2002")
    body = p("So ", control("", field(" CITATION doe01 \\l 1033 \\m Roe02 ", "[1, 2]"), names="<w:citation/>"), ".")
    article = read(body, sources=source + other)
    assert cited(article) == [(1, 2)]
    assert [(one.author, one.title, one.container, one.year) for one in article.references] == [
        ("Doe, Ann", "Belts in bed", "J A", 2001),
        ("Doe, Ann", "Rest", "J A", 2002),
    ]


def test_a_bibliography_of_word_may_be_a_table_with_the_numbers_in_cells() -> None:
    rows = "".join(
        f"<w:tr><w:tc>{p(f'[{n}]')}</w:tc><w:tc>{p(text)}</w:tc></w:tr>"
        for n, text in ((1, "A. Doe, Belts, 2001."), (2, "B. Roe, Rest, 2002."))
    )
    listed = control("", p("References", style="Kop1") + f"<w:tbl>{rows}</w:tbl>", names="<w:bibliography/>")
    article = read(p("So ", field(" CITATION Doe01 ", "[1]"), " and ", field(" CITATION Roe02 ", "[2]"), ".") + listed)
    assert [(one.number, one.printed, one.raw) for one in article.references] == [
        (1, True, "A. Doe, Belts, 2001."),
        (2, True, "B. Roe, Rest, 2002."),
    ]
    assert cited(article) == [(1,), (2,)]


def test_placeholders_of_citavi_are_read() -> None:
    author = {"$id": "4", "LastName": "Doe", "FirstName": "Ann"}
    known = {"$id": "3", "Authors": [author], "Title": "Belts in bed", "Year": "2001", "Periodical": {"Name": "J A"}, "Doi": "10.1000/one"}
    second = {"$id": "6", "Authors": [{"$ref": "4"}], "Title": "Rest in water", "Year": "2002"}
    given = [{"ReferenceId": "a", "Reference": known}, {"ReferenceId": "b", "Reference": second}]
    held = packed(json.dumps({"$id": "1", "Entries": given, "FormattedText": {"Text": "[1,2]"}}))
    article = read(p("So ", control("CitaviPlaceholder#1", field(f"ADDIN CitaviPlaceholder{{{held}}}", "[1,2]")), "."))
    assert cited(article) == [(1, 2)]
    assert [(one.author, one.title, one.doi) for one in article.references] == [
        ("Doe, Ann", "Belts in bed", "10.1000/one"),
        ("Doe, Ann", "Rest in water", ""),
    ]


def test_a_program_that_is_not_known_still_tags_its_numbers() -> None:
    article = read(p("So ", field(" ADDIN PAPERS2_CITATIONS <citation/>", "[2]"), ".") + LIST)
    assert cited(article) == [(2,)]


def bookmarked(name: str, text: str) -> str:
    return p(f'<w:bookmarkStart w:id="1" w:name="{name}"/>', text, '<w:bookmarkEnd w:id="1"/>', numbered=True)


def test_cross_references_and_links_to_the_list_are_citations() -> None:
    listed = (
        p("References", style="Kop1") + bookmarked("_Ref11", "Doe A. Belts. J A 2001.") + bookmarked("ref-roe", "Roe B. Rest. J B 2002.")
    )
    simple = f'<w:fldSimple w:instr=" REF _Ref11 \\r \\h ">{r("[1]")}</w:fldSimple>'
    link = f'<w:hyperlink w:anchor="ref-roe">{r("Roe 2002")}</w:hyperlink>'
    article = read(p("So ", simple, ", as ", link, " says; see ", field(" REF _Ref11 \\r ", "[2]"), ".") + listed)
    assert cited(article) == [(1,), (2,), (2,)]
    assert whys(article) == [("[2]", "leads to entry 1 of the list")]


def test_dead_cross_references_are_told_with_their_place() -> None:
    dead = field(" REF _Ref9 \\r \\h ", "Error! Reference source not found.")
    article = read(p("Rest [1].") + p("So ", dead, "; see ", field(" REF _Gone \\h ", "12"), ".") + LIST)
    assert [(fault.line, fault.why.split(":")[0]) for fault in article.link_faults] == [(2, "leads nowhere"), (2, "leads nowhere")]
    assert "'_Gone'" in article.link_faults[1].why


def test_a_field_that_prints_another_number_than_its_works_bear_is_told() -> None:
    article = read(p("So ", zotero(BELT, printed="[1]"), " and ", zotero(REST, ICE, printed="[2]", wrote="[2,3]"), ".") + LIST)
    assert cited(article) == [(1,), (2,)]
    assert whys(article) == [("[2]", "is a field of Zotero for entries 2, 3 of the list")]


def test_a_number_changed_by_hand_is_told_where_no_list_says_more() -> None:
    article = read(p("So ", field(f" ADDIN EN.CITE {endnote(4, 'Belts', 'Doe, A.', 2001, '[1]')}", "[3]"), "."))
    assert cited(article) == [(3,)]
    assert whys(article) == [("[3]", "was changed by hand: EndNote itself wrote '[1]', and will again")]


def test_a_work_without_an_entry_in_the_printed_list_is_told() -> None:
    gone = item(9, "Heat for the hip joint", "Moe", 1999)
    article = read(p("So ", zotero(BELT, gone, printed="[1,4]"), ".") + LIST)
    assert whys(article) == [("[1,4]", "cites 'Heat for the hip joint' (Moe, 1999), of which the printed list has no entry")]


def test_works_that_cannot_be_told_apart_in_the_list_are_no_fault() -> None:
    same = entries("Doe A. Introduction. In: Belts. 2001.", "Doe A. Introduction. In: Beds. 2001.")
    first, second = item(1, "Introduction", "Doe", 2001), item(2, "Introduction", "Doe", 2001)
    article = read(p("So ", zotero(first, printed="[1]"), " and ", zotero(second, printed="[2]"), ".") + same)
    assert (cited(article), whys(article)) == ([(1,), (2,)], [])


def test_a_number_typed_among_fields_counts_and_is_told() -> None:
    article = read(p("So ", zotero(BELT, printed="[1]"), "; so [2, 3]; in [0, 1].") + LIST)
    assert cited(article) == [(1,), (2, 3)]
    assert [raw for raw, why in whys(article) if "typed by hand" in why] == ["[2, 3]"]


def test_a_number_typed_otherwise_than_the_fields_print_is_left_undecided() -> None:
    article = read(p("So ", zotero(BELT, printed="(1)"), "; so (2), or [3].", raised("2"), " Beyond (88).") + LIST)
    assert cited(article) == [(1,)]
    assert sorted(doubt.raw for doubt in article.abstentions) == ["(2)", "(88)", "2", "[3]"]
    assert whys(article) == []


def test_data_that_cannot_be_read_costs_no_number_and_is_told() -> None:
    broken = field(" ADDIN ZOTERO_ITEM CSL_CITATION {broken", "[1]")
    deep = field(" ADDIN ZOTERO_ITEM CSL_CITATION " + '{"a":' * 50_000, "[2]")
    article = read(p("So ", broken, " and ", deep, ".") + LIST)
    assert cited(article) == [(1,), (2,)]
    assert whys(article) == [(f"[{n}]", "is a field of Zotero whose data cannot be read") for n in (1, 2)]


def test_the_audit_judges_the_links_of_a_word_document_as_those_of_jats() -> None:
    body = p("So ", zotero(REST, printed="[2]"), " and ", zotero(BELT, printed="[2]"), "; see ", field(" REF _Gone ", "[1]"), ".") + LIST
    report = judge(of_read(read(body)))
    found = [(one.rule, one.severity, one.line) for one in report.findings if one.rule[0] == "M"]
    assert found == [("M102", "warning", 5), ("M104", "note", 1), ("M113", "error", 1), ("M113", "error", 1)]
    assert "M113" in report.checked


def test_the_audit_says_that_it_checks_no_links_where_a_document_has_none() -> None:
    report = judge(of_read(read(p("Rest [1].") + LIST)))
    assert "M113" not in report.checked
    assert any("M113" in one.rules for one in report.unchecked)


@pytest.mark.parametrize("pages", ["<sp>\r\n  <n>593</n>\r\n</sp>\r\n<os>593-596</os>", {"OriginalString": "593-596"}, "593-596"])
def test_pages_of_citavi_are_read_in_each_of_its_ways(pages: object) -> None:
    known = {"Authors": [{"LastName": "Doe", "FirstName": "Ann"}], "Title": "Belts in bed", "Year": "[In press]", "PageRange": pages}
    units = {"Count": 1, "TextUnits": [{"FontStyle": {"Neutral": True}, "Text": "[1]"}]}
    held = packed(json.dumps({"Entries": [{"ReferenceId": "a", "Reference": known}], "FormattedText": units, "Text": "[1]"}))
    article = read(p("So ", control("CitaviPlaceholder#1", field(f"ADDIN CitaviPlaceholder{{{held}}}", "[1]")), "."))
    assert cited(article) == [(1,)]
    assert [(one.title, one.pages) for one in article.references] == [("Belts in bed", "593-596")]


def test_a_list_of_onlyoffice_is_one_paragraph_with_a_break_behind_each_entry() -> None:
    lines = ("[1]A. Doe, “Belts in bed,” J A, 2001.", "[2]A. Roe, “Rest in water,” J B, 2002.")
    inner = "".join(f'<w:t xml:space="preserve"> {line}</w:t><w:br/>' for line in lines)
    begin = '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText> ADDIN ZOTERO_BIBL CSL_BIBLIOGRAPHY </w:instrText></w:r>'
    body = p("So ", zotero(BELT, printed="[1]"), "; so ", zotero(REST, printed="[2]"), ".")
    article = read(body + p(begin, mark("separate"), f"<w:r/><w:r>{inner}</w:r>", mark("end")) + p("Thanks."))
    assert cited(article) == [(1,), (2,)]
    assert [(one.number, one.raw, one.printed) for one in article.references] == [
        (1, "A. Doe, “Belts in bed,” J A, 2001.", True),
        (2, "A. Roe, “Rest in water,” J B, 2002.", True),
    ]
    assert article.link_faults == ()
