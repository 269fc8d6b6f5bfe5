"""The links of a JATS article: which entries they lead to, and which of them are broken."""

from __future__ import annotations

import pytest

from edgewise.citations.audit.manuscripts.judging import judge
from edgewise.citations.audit.manuscripts.manuscript import of_read
from edgewise.citations.reading.article import read_article, read_article_text
from tests.places import SHARED

CASES = SHARED / "cases" / "reading"


def article(body: str, labels: bool = True):
    entries = "".join(
        f"<ref id='b{n}'>{f'<label>{n}</label>' if labels else ''}<mixed-citation>Lee {n}</mixed-citation></ref>" for n in range(1, 6)
    )
    text = f"<article><body>\n{body}\n</body><back><ref-list>{entries}</ref-list></back></article>"
    return read_article_text(text, "a.xml", "jats")


def faults(body: str, labels: bool = True) -> list[tuple[str, int, str]]:
    return [(one.raw, one.line, one.why) for one in article(body, labels).link_faults]


def test_links_that_lead_where_they_say_are_no_fault():
    assert faults("<p>So <xref ref-type='bibr' rid='b1'>[1]</xref>, and <xref ref-type='bibr' rid='b2 b3'>2, 3</xref>.</p>") == []


def test_a_link_that_leads_to_no_entry_is_told_with_its_line():
    assert faults("<p>So.</p>\n<p>Then <xref ref-type='bibr' rid='b9'>9</xref>.</p>") == [
        ("9", 3, "leads nowhere: the list has no entry with the id 'b9'")
    ]


def test_a_link_that_names_no_entry_is_told():
    assert faults("<p>So <xref ref-type='bibr'>Lee, 2001</xref>.</p>") == [("Lee, 2001", 2, "names no entry: it has no 'rid'")]


@pytest.mark.parametrize(
    ("shown", "rid", "why"), [("4", "b2", "leads to entry 2 of the list"), ("1", "b1 b2", "leads to entries 1, 2 of the list")]
)
def test_a_number_that_is_printed_and_an_entry_that_is_meant_disagree(shown, rid, why):
    assert faults(f"<p>So <xref ref-type='bibr' rid='{rid}'>{shown}</xref>.</p>") == [(shown, 2, why)]


@pytest.mark.parametrize(("shown", "rid"), [("1–4", "b1 b4"), ("1–4", "b1"), ("(Lee, 2001; Ray, 2003)", "b1 b3"), ("Lee 3", "b1")])
def test_ranges_named_by_their_ends_and_names_with_years_are_no_disagreement(shown, rid):
    assert faults(f"<p>So <xref ref-type='bibr' rid='{rid}'>{shown}</xref>.</p>") == []


def test_a_list_that_prints_no_numbers_cannot_disagree_with_one():
    assert faults("<p>So <xref ref-type='bibr' rid='b2'>4</xref>.</p>", labels=False) == []


def test_names_and_years_are_no_doubtful_range():
    assert article("<p>So <xref ref-type='bibr' rid='b1 b3 b5'>(Lee, 2001; Ray, 2003; Kim, 2005)</xref>.</p>").abstentions == ()


def test_an_entry_is_cited_wherever_a_tag_leads_to_it():
    table = "<table><tr><td><xref ref-type='bibr' rid='b1'>1</xref>–<xref ref-type='bibr' rid='b3'>3</xref></td></tr></table>"
    held = f"<fig><alternatives>{table}</alternatives></fig>"
    read = article(f"<p>So <xref ref-type='bibr' rid='b4'>4</xref>.</p>{held}")
    assert sorted(read.linked) == [1, 2, 3, 4]
    assert [one.subject for one in judge(of_read(read)).findings if one.rule == "M102"] == ["a.xml/reference-5"]


def test_a_broken_link_is_an_error_at_its_line():
    report = judge(of_read(article("<p>So.</p>\n<p>Then <xref ref-type='bibr' rid='b9'>9</xref>.</p>")))
    assert [(one.rule, one.severity, one.file, one.line) for one in report.findings if one.rule == "M113"] == [
        ("M113", "error", "a.xml", 3)
    ]
    text = judge(of_read(read_article_text("So.\n\nReferences\n\n1. Lee A. Rest. 2001.\n", "a.txt", "text")))
    assert [one.why for one in text.unchecked if "M113" in one.rules] == [
        "only tags of JATS, fields of Word, links of web pages and PDFs and keys of Markdown tell where a link leads, and only where there "
        "is a list as well"
    ]


def test_of_several_works_under_one_number_it_is_said_that_the_first_alone_is_judged():
    works = "".join(f"<element-citation><article-title>{title}</article-title></element-citation>" for title in ("Rest", "Sleep"))
    body = "<body><p>So <xref ref-type='bibr' rid='b1'>1</xref>.</p></body>"
    text = f"<article>{body}<back><ref-list><ref id='b1'><label>1</label>{works}</ref></ref-list></back></article>"
    report = judge(of_read(read_article_text(text, "a.xml", "jats")))
    assert "a.xml: of the several works in entry 1, the first alone is judged" in [one.why for one in report.unchecked]


def test_a_link_without_a_type_that_leads_nowhere_and_prints_a_number_is_told():
    assert [
        why for _, _, why in faults("<p>So <xref rid='b99'>9</xref>, <xref rid='note'>x</xref>, <xref ref-type='fig' rid='f'>2</xref>.</p>")
    ] == ["leads nowhere: the list has no entry with the id 'b99'"]


def test_the_case_kept_beside_the_checkout():
    if not (CASES / "28.xml").is_file():
        pytest.skip("NOT CHECKED: no ../shared/cases/reading/28.xml beside this checkout")
    read = read_article(CASES / "28.xml")
    assert [one.raw for one in read.link_faults] == ["Lost, 2004", "99"]
    assert read.abstentions == ()
