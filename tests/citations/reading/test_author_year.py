"""Citations by author and year are matched to the entries of the list; what fits several or none is said, with its place."""

from __future__ import annotations

import pytest

from edgewise.citations.audit.manuscripts.judging import judge
from edgewise.citations.audit.manuscripts.manuscript import of_read
from edgewise.citations.reading.article import Article, payload, read_article, read_article_text
from edgewise.citations.reading.author_names import names_in
from tests.places import SHARED

LISTS = {
    "Vancouver": (
        "Amber A. Rest. J A. 2001;1:1-2.",
        "Birch B, Cedar C. Ice. J B. 2002;2:1-2.",
        "Birch B, Elder E, Fir F. Heat. J B. 2002;3:1-2.",
        "de la Cruz M. Braces. J C. 2003;4:1-2.",
        "Müller U, O'Neil P. Tape. J D. 2004a;5:1-2.",
        "Müller U, O'Neil P. Crutches. J D. 2004b;6:1-2.",
        "Smith-Jones K, Lee L, Moss M. Boots. J E. 2005;7:1-2.",
        "van der Berg V. Socks. J F. In press.",
        "World Health Organization. Feet. Geneva; 2019.",
    ),
    "APA": (
        "Amber, A. (2001). Rest. J A, 1, 1–2.",
        "Birch, B., & Cedar, C. (2002). Ice. J B, 2, 1–2.",
        "Birch, B., Elder, E., & Fir, F. (2002). Heat. J B, 3, 1–2.",
        "de la Cruz, M. (2003). Braces. J C, 4, 1–2.",
        "Müller, U., & O’Neil, P. (2004a). Tape. J D, 5, 1–2.",
        "Müller, U., & O’Neil, P. (2004b). Crutches. J D, 6, 1–2.",
        "Smith-Jones, K., Lee, L., & Moss, M. (2005). Boots. J E, 7, 1–2.",
        "van der Berg, V. (in press). Socks. J F.",
        "World Health Organization. (2019). Feet. WHO.",
    ),
    "Chicago": (
        "Amber, Ann. 2001. “Rest.” J A 1: 1–2.",
        "Birch, Bob, and Carl Cedar. 2002. “Ice.” J B 2: 1–2.",
        "Birch, Bob, Eve Elder, and Fred Fir. 2002. “Heat.” J B 3: 1–2.",
        "de la Cruz, Maria. 2003. “Braces.” J C 4: 1–2.",
        "Müller, Udo, and Pat O'Neil. 2004a. “Tape.” J D 5: 1–2.",
        "Müller, Udo, and Pat O'Neil. 2004b. “Crutches.” J D 6: 1–2.",
        "Smith-Jones, Kim, Lou Lee, and Max Moss. 2005. “Boots.” J E 7: 1–2.",
        "van der Berg, Vic. In press. “Socks.” J F.",
        "World Health Organization. 2019. Feet. Geneva.",
    ),
}
CITED = (
    ("It helps (Amber, 2001).", [(1,)]),
    ("It helps (Amber 2001; Birch and Cedar 2002).", [(1, 2)]),
    ("It helps (see Amber, 2001, p. 5; cf. Birch & Cedar, 2002).", [(1, 2)]),
    ("It helps (e.g., Birch et al., 2002).", [(3,)]),
    ("Birch et al. (2002) say so.", [(3,)]),
    ("Birch, Elder, and Fir (2002) say so.", [(3,)]),
    ("As Birch and colleagues (2002) say, it helps.", [(3,)]),
    ("In Amber's (2001) view it helps.", [(1,)]),
    ("It helps (Mueller & O'Neil, 2004a, b).", [(5, 6)]),
    ("It helps (Muller and O’Neil, 2004a,b; de la Cruz 2003).", [(5, 6, 4)]),
    ("It helps [Smith-Jones et al., 2005].", [(7,)]),
    ("De la Cruz (2003) and van der Berg (in press) say so.", [(4,), (8,)]),
    ("It helps (WHO, 2019).", [(9,)]),
    ("It helps (World Health Organization 2019).", [(9,)]),
    ("However, Amber (2001) and Smith-Jones, Lee and Moss (2005) do not.", [(1,), (7,)]),
    ("Amber 2001 and Birch et al. 2002 are older.", [(1,), (3,)]),
    ("It helps (Amber, 2001:23; Birch, B., Elder, E., & Fir, F., 2002).", [(1, 3)]),
    ("It helps (Birch, B. et al., 2002; Müller and O'Neil, 2004a; 2004b).", [(3, 5, 6)]),
    ("BIRCH AND CEDAR (2002) say so, and so does A. Amber (2001).", [(2,), (1,)]),
    ("It helps (Amber, 2001 and Birch and Cedar, 2002).", [(1, 2)]),
)
FILLER = "They rest (Amber, 2001; de la Cruz, 2003; Smith-Jones et al., 2005; WHO, 2019) for 3 of 10 days."


def article(*paragraphs: str, entries: tuple[str, ...] = LISTS["Vancouver"], name: str = "a.txt") -> Article:
    return read_article_text("\n\n".join(("Care", *paragraphs, "References", "\n".join(entries))), name, "text")


def groups(read: Article, line: int = 3) -> list[tuple[int, ...]]:
    return [marker.numbers for marker in read.markers if marker.line == line]


@pytest.mark.parametrize("entries", LISTS.values(), ids=LISTS)
@pytest.mark.parametrize(("sentence", "cited"), CITED, ids=[sentence for sentence, _ in CITED])
def test_a_citation_finds_its_entry_however_both_are_printed(sentence: str, cited: list[tuple[int, ...]], entries: tuple[str, ...]) -> None:
    read = article(sentence, FILLER, entries=entries)
    assert read.style == "author-year"
    assert groups(read) == cited
    assert not read.abstentions


AMBIGUOUS = (
    ("It helps (Müller and O'Neil, 2004).", (5, 6), "a letter behind the year"),
    ("It helps (Birch, 2002).", (2, 3), "by more authors than are named"),
    ("It helps (Amber et al., 2001).", (1,), "by fewer authors than are named"),
)


@pytest.mark.parametrize(("sentence", "candidates", "why"), AMBIGUOUS)
def test_what_fits_several_entries_is_left_undecided_with_its_candidates(sentence: str, candidates: tuple[int, ...], why: str) -> None:
    read = article(sentence, FILLER)
    assert not groups(read)
    assert [(one.numbers, one.kind, one.line) for one in read.abstentions] == [(candidates, "which", 3)]
    assert why in read.abstentions[0].why


LACKING = (
    ("It helps (Oak et al., 2001).", "no entry of the list is by Oak"),
    ("Oak and Pine (2001) say so.", "no entry of the list is by Oak"),
    ("It helps (Amber, 2011).", "entry 1 (Amber 2001)"),
    ("It helps (Mueller and O'Neil, 2004c).", "none of them with the letter 'c'"),
    ("It helps (Smith-Jonas et al., 2005).", "perhaps entry 7"),
)


@pytest.mark.parametrize(("sentence", "why"), LACKING)
def test_a_citation_without_an_entry_is_found_at_its_place(sentence: str, why: str) -> None:
    read = article(sentence, FILLER)
    assert not groups(read)
    assert [(one.kind, one.line) for one in read.abstentions] == [("lacking", 3)]
    assert why in read.abstentions[0].why
    orphans = [finding for finding in judge(of_read(read)).findings if finding.rule == "M101"]
    assert [finding.line for finding in orphans] == [3]
    assert why in orphans[0].message
    assert not [finding for finding in judge(of_read(read)).findings if finding.rule == "M107"]


def test_a_single_name_beside_a_year_that_the_list_lacks_is_a_doubt_and_no_more() -> None:
    read = article("It was written in Helsinki (2013).", FILLER)
    assert [(one.raw, one.kind) for one in read.abstentions] == [("Helsinki (2013)", "figure")]


def test_dates_spans_and_figures_are_no_citations() -> None:
    read = article("In May 2001 we saw 2000 patients (2001–2003; n = 1500), of whom 3 (Table 2) had a score of 10 in March (2004).", FILLER)
    assert not groups(read)
    assert not read.abstentions


def test_in_an_article_with_numbers_names_and_years_are_prose() -> None:
    listed = "1. Amber A. Rest. J. 2001.\n2. Birch B. Ice. J. 2002.\n3. Fir F. Heat. J. 2003.\n"
    text = f"Care\n\nAmber (2001) says so [1], others do not [2, 3].\n\nReferences\n\n{listed}"
    read = read_article_text(text, "a.txt", "text")
    assert read.style == "bracket"
    assert not read.abstentions


def test_the_sentence_keeps_its_words_and_loses_its_citations() -> None:
    read = article("Amber (2001) says that rest helps (Birch & Cedar, 2002).", FILLER)
    assert "Amber says that rest helps." in [sentence.text for sentence in read.sentences]
    assert [marker.raw for marker in read.markers if marker.line == 3] == ["Amber (2001)", "(Birch & Cedar, 2002)"]


def test_an_article_without_a_list_says_that_nothing_can_be_matched() -> None:
    read = read_article_text("Care\n\nSo Oak et al. (2001), Fir et al. (2002) and Elm et al. (2003) say.\n", "a.txt", "text")
    assert read.style == "author-year"
    assert {one.why for one in read.abstentions} == {"it is printed like a citation by author and year, but no reference list was found"}


def test_the_audit_finds_uncited_entries_and_says_that_numbers_are_not_checked() -> None:
    report = judge(of_read(article(FILLER, "It helps (Birch et al., 2002; Müller & O'Neil, 2004).")))
    assert {finding.subject.rpartition("/")[2] for finding in report.findings if finding.rule == "M102"} == {"reference-2", "reference-8"}
    silent = {rule for one in report.unchecked if "by author and year" in one.why for rule in one.rules}
    assert silent == {"M103", "M104", "M105"}
    assert not silent & set(report.checked)
    assert any("entries 5 and 6" in one.why for one in report.unchecked)


def test_links_of_a_page_decide_and_names_that_contradict_them_are_told() -> None:
    page = """<h1>T</h1>
<p>It helps (<a href="#b1">Amber, 2001</a>; <a href="#b3">Cedar, 2002</a>), as Fir (<a href="#b3">2003</a>) says.</p>
<p>Birch and Cedar (2002) as well.</p><h2>References</h2><ul><li id="b1">Amber A. 2001. Rest. J A 1:1.</li>
<li id="b2">Cedar C. 2002. Ice. J B 2:2.</li><li id="b3">Fir F. 2003. Heat. J C 3:3.</li></ul>"""
    read = read_article_text(page, "a.html", "html")
    assert read.style == "author-year"
    assert [marker.numbers for marker in read.markers] == [(1, 3), (3,)]
    assert [(one.raw, one.kind) for one in read.abstentions] == [("Cedar, 2002", "which"), ("Birch and Cedar (2002)", "lacking")]
    assert "the link leads to entry 3" in read.abstentions[0].why


def test_jats_with_names_and_years_in_its_tags_is_by_author_and_year() -> None:
    cite = "<xref ref-type='bibr' rid='b{0}'>{1}</xref>"
    body = f"<body><p>It helps ({cite.format(2, 'Roe, 2002')}; {cite.format(1, 'Doe et al., 2001')}).</p></body>"
    xml = f"<article>{body}<back><ref-list><ref id='b1'/><ref id='b2'/></ref-list></back></article>"
    read = read_article_text(xml, "a.xml", "jats")
    assert (read.style, read.markers[0].numbers) == ("author-year", (2, 1))
    assert "M104" not in {finding.rule for finding in judge(of_read(read)).findings}


@pytest.mark.parametrize(("name", "numbers"), [("10.html", [(1, 2)]), ("11.txt", [(1, 3), (2,)])])
def test_the_shared_cases_are_matched_to_their_entries(name: str, numbers: list[tuple[int, ...]]) -> None:
    path = SHARED / "cases" / "reading" / name
    if not path.is_file():
        pytest.skip(f"{path} lies beside a developer's checkout only")
    read = read_article(path)
    assert (read.style, [marker.numbers for marker in read.markers]) == ("author-year", numbers)
    assert not payload(read)["abstained"]


def test_names_of_an_entry_are_told_apart_however_it_prints_them() -> None:
    printed = ("Doe A, Lee B, et al. Rest.", "Doe, A., Lee, B., … Roe, C. (2001)", "A. Doe and B. Lee, Rest, 2001", "Doe A Lee B 2001 Rest")
    assert [names_in(raw).surnames[:2] for raw in printed] == [("Doe", "Lee")] * 4
    assert names_in(printed[0]).others
    assert names_in("Doe A, Lee B. Vitamin D in winter. J. 2001.").surnames == ("Doe", "Lee")


def test_a_dash_stands_for_the_authors_of_the_entry_before() -> None:
    entries = ("Amber, Ann, and Bob Birch. 2001. Rest.", "———. 2003. Ice.", "———. 2005. Heat.", "Cedar, Carl. 2002. Tape.")
    read = article("It helps (Amber and Birch 2001, 2003, 2005), or (Amber and Birch 2001,2005).", entries=entries)
    assert groups(read) == [(1, 2, 3), (1, 3)]


def test_names_without_end_are_read_in_good_time() -> None:
    read = article("(" + "Aa Bb, " * 20_000 + "2001)", "Aa " * 20_000 + "(2001)", "(" * 5000 + "Doe 2001" + ")" * 5000, FILLER)
    assert groups(read, 9) == [(1, 4, 7, 9)]
