"""Word documents: what is printed once changes are accepted, and its lists, notes and tables."""

from __future__ import annotations

import random
import zipfile
from io import BytesIO
from itertools import pairwise

import pytest
from lxml import etree

from edgewise.citations.reading.article import Article, payload, read_article, read_article_text
from edgewise.ontology.errors import SourceError
from tests.citations.reading.word_files import BELT, LIST, NUMBERING, REST, cited, code, field, mark, p, r, raised, read, word, zotero
from tests.places import SHARED

CASES = SHARED / "cases" / "reading"


def texts(article: Article) -> list[str]:
    return [sentence.text for sentence in article.sentences]


def case(number: int) -> Article:
    path = CASES / f"{number}.docx"
    if not path.is_file():
        pytest.skip(f"{path} is missing: the small cases lie beside a developer's checkout")
    return read_article(path)


def test_fields_of_zotero_give_their_numbers_and_the_works_inside() -> None:
    article = case(16)
    assert cited(article) == [(1, 2), (1,)]
    assert [(one.author, one.title, one.year, one.doi) for one in article.references] == [
        ("Doe A", "One", 2001, "10.1000/one"),
        ("Roe B", "Two", 2002, ""),
    ]
    assert [fault.raw for fault in article.link_faults] == ["(1)"], "the second field holds two works, and prints one number"


def test_content_controls_and_the_bibliography_inside_them_are_read() -> None:
    article = case(17)
    assert cited(article) == [(1,), (2,)]
    assert [one.author for one in article.references] == ["Doe A", "Roe B"]


def test_insertions_are_read_as_accepted_and_deletions_left_out() -> None:
    article = case(18)
    assert cited(article) == [(1, 2, 3), (2,)]
    assert len(article.references) == 3


def test_all_tracked_changes_are_read_as_accepted() -> None:
    body = (
        p(r("Rest "), f'<w:del w:id="1">{"<w:r><w:delText>harms</w:delText></w:r>"}</w:del>', f"<w:ins>{r('helps')}</w:ins>", " [1].")
        + f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{r('Ice ')}</w:p>"
        + p("cools [2].")
        + p(f"<w:moveFrom>{r('Gone [3].')}</w:moveFrom>")
        + p(f"<w:moveTo>{r('Gone [3].')}</w:moveTo>")
        + f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{p('Struck [1]')}</w:tc></w:tr></w:tbl>"
        + LIST
    )
    article = read(body)
    assert [s.text for s in article.sentences if s.markers] == ["Rest helps.", "Ice cools.", "Gone."]
    assert cited(article) == [(1,), (2,), (3,)]


def test_a_deleted_paragraph_of_a_list_takes_no_number() -> None:
    struck = f"<w:p><w:pPr><w:numPr><w:numId w:val='7'/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr><w:del>{r('Old. 1990.')}</w:del></w:p>"
    head, first, *rest = LIST.partition("</w:p>")
    article = read(p("Rest [1].") + head + first + struck + "".join(rest))
    assert [(one.number, one.year) for one in article.references] == [(1, 2001), (2, 2002), (3, 2003)]


def test_hidden_text_is_not_read_be_it_hidden_by_itself_or_by_its_style() -> None:
    body = p(
        "Rest",
        r(" [1]", "<w:vanish/>"),
        r(" never", '<w:rStyle w:val="Weg"/>'),
        r(" helps", '<w:rStyle w:val="Weg"/><w:vanish w:val="0"/>'),
        ".",
    )
    assert texts(read(body)) == ["Rest helps."]


def test_a_text_box_is_read_once_and_beside_the_running_text() -> None:
    box = f"<w:txbxContent>{p('Boxed [2].')}</w:txbxContent>"
    both = f"<mc:Choice>{box}</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
    shape = f"<w:r><mc:AlternateContent>{both}</mc:AlternateContent></w:r>"
    read_as = payload(read(p("Rest [1].", shape) + LIST))
    assert [one["numbers"] for one in read_as["markers"]] == [[1]]
    assert [one["numbers"] for one in read_as["elsewhere"]] == [[2]]


def test_tables_in_tables_and_formulas_leave_no_word_twice() -> None:
    inner = f"<w:tbl><w:tr><w:tc>{p('Deep [2]')}</w:tc></w:tr></w:tbl>"
    body = f"<w:tbl><w:tr><w:tc>{p('Shallow [1]')}{inner}</w:tc></w:tr></w:tbl>" + p(
        "So it is [3].", "<w:r/>", "<w:x><m:oMath>9</m:oMath></w:x>"
    )
    found = payload(read(body + LIST))
    assert [one["numbers"] for one in found["elsewhere"]] == [[1], [2]]
    assert [one["numbers"] for one in found["markers"]] == [[3]]


def test_headings_are_told_by_the_name_of_their_style_in_any_language_and_by_their_outline() -> None:
    outlined = f"<w:p><w:pPr><w:outlineLvl w:val='1'/></w:pPr>{r('Second')}</w:p>"
    article = read(p("First", style="Eigen") + p("One [1].") + outlined + p("Two [2].") + LIST)
    assert [(section.title, section.level) for section in article.sections] == [("First", 1), ("Second", 2)]


def test_the_numbers_that_word_sets_before_a_list_are_those_that_count() -> None:
    later = NUMBERING.replace('<w:start w:val="1"/>', '<w:start w:val="4"/>')
    article = read(p("Rest [5].") + LIST, numbering=later)
    assert [(one.number, one.printed) for one in article.references] == [(4, True), (5, True), (6, True)]


def test_raised_figures_may_be_split_over_runs_and_raised_by_a_style() -> None:
    by_style = r("3", '<w:rStyle w:val="Hoch"/>')
    article = read(p("Rest helps.", raised("1,"), raised("2"), " Ice cools.", by_style, " It covers 4 cm", raised("2"), ".") + LIST)
    assert cited(article) == [(1, 2), (3,)]


def test_endnotes_are_the_list_where_they_say_what_they_cite() -> None:
    notes = "".join(
        f'<w:endnote w:id="{n}">{p(text)}</w:endnote>'
        for n, text in ((2, "Doe A. Belts. J A. 2001;1:1."), (5, "Roe B. Rest. J B. 2002;1:1."))
    )
    body = p("Rest", '<w:r><w:endnoteReference w:id="5"/></w:r>', " helps; belts do", '<w:r><w:endnoteReference w:id="2"/></w:r>', ".")
    article = read(body, endnotes=notes)
    assert cited(article) == [(1,), (2,)]
    assert [(one.number, one.author) for one in article.references] == [(1, "Roe B"), (2, "Doe A")]
    assert texts(article) == ["Rest helps; belts do."]


def test_footnotes_that_comment_are_read_beside_the_running_text() -> None:
    notes = f'<w:footnote w:id="1">{p("As others say [2].")}</w:footnote>'
    found = payload(read(p("Rest [1]", '<w:r><w:footnoteReference w:id="1"/></w:r>', " helps.") + LIST, footnotes=notes))
    assert [one["numbers"] for one in found["markers"]] == [[1]]
    assert [one["numbers"] for one in found["elsewhere"]] == [[2]]


def test_a_sentence_cites_what_a_field_in_its_footnote_cites() -> None:
    notes = f'<w:footnote w:id="1">{p(zotero(REST, printed="Roe, Rest in water (2002)."))}</w:footnote>'
    article = read(p("Rest", '<w:r><w:footnoteReference w:id="1"/></w:r>', " helps."), footnotes=notes)
    found = payload(article)
    assert [one["numbers"] for one in found["markers"]] == [one["numbers"] for one in found["elsewhere"]] == [[1]]
    assert [one.title for one in article.references] == ["Rest in water"]


REFUSED = {
    "a document type with entities": (
        b'<!DOCTYPE d [<!ENTITY a "b">]><w:document xmlns:w="urn:w"><w:body>&a;</w:body></w:document>',
        "entities",
    ),
    "elements without end": (b"<document><body>" + b"<x>" * 230 + b"</x>" * 230 + b"</body></document>", "too-deep"),
    "another document": (b"<workbook/>", "not-docx"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_a_document_that_could_harm_is_refused_with_a_word_on_what_to_do(kind: str) -> None:
    document, rule = REFUSED[kind]
    raw = word("REPLACED")
    with pytest.raises(SourceError) as raised_error:
        read_article_text(_with_document(raw, document), "a.docx", "docx")
    (finding,) = raised_error.value.findings
    assert (finding.rule, finding.file, bool(finding.repair)) == (rule, "a.docx", True)


def _with_document(raw: bytes, document: bytes) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(raw)) as held, zipfile.ZipFile(stream, "w") as made:
        for name in held.namelist():
            made.writestr(name, document if name == "word/document.xml" else held.read(name))
    return stream.getvalue()


def test_a_field_or_a_nest_of_fields_without_end_is_refused() -> None:
    huge = mark("begin") + code("ADDIN ZOTERO_ITEM " + random.Random(1).randbytes(750_000).hex()) * 3
    nested = mark("begin") * 60
    for body in (p(huge), p(nested)):
        with pytest.raises(SourceError, match="larger than any article") as raised_error:
            read(body)
        assert "Ctrl+Shift+F9" in raised_error.value.findings[0].repair


def test_a_document_with_a_password_or_of_the_older_format_is_told_as_such() -> None:
    with pytest.raises(SourceError, match="password"):
        read_article_text(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "a.docx", "docx")


def test_no_document_makes_the_reader_stumble_whatever_is_taken_out_of_it() -> None:
    body = (
        p("Rest", zotero(BELT, REST, printed="[1,2]", pieces=3), field(" REF _Ref1 \\r ", "1"), raised("3"), "<w:r><w:tab/></w:r>") + LIST
    )
    root = etree.fromstring(_document(body))
    chance = random.Random(7)
    for _ in range(60):
        torn = etree.fromstring(etree.tostring(root))
        for one in chance.sample(list(torn.iter())[2:], 4):
            if (parent := one.getparent()) is not None:
                parent.remove(one)
        json_ready = payload(read_article_text(_with_document(word(""), etree.tostring(torn)), "a.docx", "docx"))
        assert {"markers", "references"} <= set(json_ready)


def _document(body: str) -> bytes:
    with zipfile.ZipFile(BytesIO(word(body))) as held:
        return held.read("word/document.xml")


def test_lines_are_ordinals_of_paragraphs_and_rise() -> None:
    article = read(p("One [1].") + p() + p("Two [2].") + LIST)
    lines = [marker.line for marker in article.markers] + [one.line for one in article.references]
    assert lines == [1, 3, 5, 6, 7]
    assert all(a < b for a, b in pairwise(lines))
