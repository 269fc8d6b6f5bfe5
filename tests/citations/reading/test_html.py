"""Web pages: what is a citation, what a link only looks like, and reference lists of unusual make."""

from __future__ import annotations

import pytest

from edgewise.citations.audit.manuscripts.judging import judge
from edgewise.citations.audit.manuscripts.manuscript import of_read
from edgewise.citations.reading.article import Article, read_article, read_article_text
from tests.places import SHARED

LIST = (
    "<h2>References</h2><ol>"
    + "".join(f"<li id='r{n}'>Doe {letter}. Work {n}. 200{n}.</li>" for n, letter in enumerate("ABCDE", 1))
    + "</ol>"
)


def page(body: str, listed: str = LIST) -> Article:
    return read_article_text(f"<html><body><article><h1>T</h1>{body}{listed}</article></body></html>", "a.html", "html")


def link(number: int, target: str = "") -> str:
    return f"<a href='#{target or f'r{number}'}'>{number}</a>"


def cited(read: Article) -> list[tuple[int, ...]]:
    return [marker.numbers for marker in read.markers]


RANGES = (
    (f"<p>So [{link(1)}]–[{link(4)}].</p>", [(1, 2, 3, 4)]),
    (f"<p>So.<sup>{link(1)}</sup>-<sup>{link(3)}</sup></p>", [(1, 2, 3)]),
    (f"<p>So.<sup>{link(1)}–{link(3)},{link(5)}</sup></p>", [(1, 2, 3, 5)]),
    (f"<p>So.<sup>{link(1)}</sup><sup>,</sup><sup>{link(3)}</sup></p>", [(1, 3)]),
    ("<p>So <a href='#r1'>[1–3]</a>.</p>", [(1, 2, 3)]),
    (f"<p>So [{link(2)}, {link(4)}] and [5].</p>", [(2, 4), (5,)]),
)


@pytest.mark.parametrize(("body", "numbers"), RANGES)
def test_ranges_are_opened_however_the_links_part_them(body: str, numbers: list[tuple[int, ...]]) -> None:
    assert cited(page(body)) == numbers


def test_a_link_that_prints_another_number_than_its_entrys_is_a_doubt_with_its_place() -> None:
    read = page(f"<p>So [{link(1)}, {link(2)}], so [{link(3)}],\nbut [{link(4, 'r5')}].</p>")
    assert cited(read) == [(1, 2), (3,)]
    assert [(one.numbers, one.kind, one.line) for one in read.abstentions] == [((4, 5), "which", 2)]
    assert "the link leads to entry 5" in read.abstentions[0].why


def test_a_link_whose_entry_is_lacking_is_broken_and_its_number_is_kept() -> None:
    read = page(f"<p>So [{link(1)}],\nand [{link(5, 'r7')}].</p>")
    assert cited(read) == [(1,), (5,)]
    assert [(one.raw, one.line) for one in read.link_faults] == [("5", 2)]
    assert [finding.line for finding in judge(of_read(read)).findings if finding.rule == "M113"] == [2]


def test_where_nearly_all_links_disagree_it_is_the_list_that_was_counted_wrongly_and_the_print_holds() -> None:
    body = "".join(f"<p>So [{link(n + 1, f'r{n}')}].</p>" for n in range(1, 5))
    assert cited(page(body)) == [(2,), (3,), (4,), (5,)]


def test_links_to_footnotes_figures_and_affiliations_are_no_citations() -> None:
    body = f"""<div class="contributors">Ann Doe<sup><a href="#aff1">1</a></sup>, Bob Roe<sup>2</sup></div><p id="aff1">
<sup>1</sup>Press</p>
<p>So.{link(1)} Not.<a href="#fn2"><sup>2</sup></a> See <a href="#fig3">3</a>.</p><p id="fn2">A note.</p><figure id="fig3"><img></figure>"""
    assert cited(page(body)) == [(1,)]


def test_a_sign_raised_behind_the_title_or_an_author_is_no_word_of_it_but_a_power_or_a_charge_is() -> None:
    page = (
        "<h1>Rest<sup>1</sup> at 10<sup>3</sup> Pa and Ca<sup>2+</sup></h1>"
        "<p class='authors'>Ann Doe<sup>1,2</sup>, Bob Roe<sup>*</sup></p><p>So [1]. And [2].</p>"
        "<h2>References</h2><ol><li>Doe A. One. J. 2001.</li><li>Roe B. Two. J. 2002.</li></ol>"
    )
    article = read_article_text(page, "a.html", "html")
    assert [section.title for section in article.sections][:1] == ["Rest at 103 Pa and Ca2+"]
    assert "Ann Doe, Bob Roe" in [sentence.text for sentence in article.sentences]


def test_a_page_that_calls_itself_by_its_author_is_no_line_of_authors() -> None:
    listed = "<h2>References</h2><ol><li>Doe A. One. J. 2001.</li><li>Roe B. Two. J. 2002.</li></ol>"
    page = f"<body class='single author-doe'><h1>Rest</h1><p>Rest helps.<sup>1</sup> Ice does.<sup>2</sup></p>{listed}</body>"
    article = read_article_text(page, "a.html", "html")
    assert [marker.numbers for marker in article.markers] == [(1,), (2,)]


def test_a_line_of_names_below_the_title_cites_nothing_though_nothing_calls_it_authors() -> None:
    names = "<p>Ann van Doe<sup>1</sup>, B. C. O'Roe<sup>2</sup>* and Müller Poe<sup>1,2</sup></p>"
    assert cited(page(f"{names}<h2>Care</h2><p>Rest helps.{link(3)} Ice.<sup>4</sup></p>")) == [(3,), (4,)]


def test_isotopes_powers_and_units_are_no_citations() -> None:
    read = page("<p>The <sup>13</sup>C and <sup>1</sup>H spectra took 10<sup>3</sup> s at 5 m<sup>2</sup>, as known.<sup>1,2</sup></p>")
    assert cited(read) == [(1, 2)]


def test_where_the_page_cites_in_brackets_raised_figures_are_something_else() -> None:
    assert cited(page("<p>Ann<sup>1</sup> and Bob<sup>2</sup> say so [1, 2], and others [3].</p>")) == [(1, 2), (3,)]


def test_notes_of_a_wiki_are_no_references_and_its_named_references_are() -> None:
    body = """<p>So.<sup><a href="#cite_note-4">[a]</a></sup><sup><a href="#cite_note-7">[note 1]</a></sup><sup>
<a href="#cite_note-x-1">[1]</a></sup>
And so.<sup><a href="#cite_note-FOOTNOTE-2">[2]</a></sup><sup>: 12–13</sup></p><h2>Notes</h2><ol class="references"><li id="cite_note-4">
<b>^</b> As of
1999.</li></ol><ol class="references"><li id="cite_note-7"><b>^</b> Another of 2003.</li></ol>"""
    listed = """<h2>References</h2><h3>Citations</h3><ol class="references"><li id="cite_note-x-1"><span class="mw-cite-backlink">^ <sup>
<a href="#cite_ref-x_1-0">a</a></sup> <sup><a href="#cite_ref-x_1-1">b</a></sup></span> Doe, A. (2016). <a href="/wiki/Doi">doi</a>:<a
href="https://doi.org/10.1000/x">10.1000/x</a>.</li><li id="cite_note-FOOTNOTE-2"><b><a href="#cite_ref-2">^</a>
</b> <a href="#CITEREFRoe">Roe 2001</a>,
p. 12.</li></ol><h3>Bibliography</h3><ul><li><cite id="CITEREFRoe">Roe, B. (2001). Weights.</cite></li></ul><h2>External links</h2><ul>
<li>2004</li></ul>"""
    read = page(body, listed)
    assert cited(read) == [(1,), (2,)]
    assert [entry.raw for entry in read.references] == ["Doe, A. (2016). doi:10.1000/x.", "Roe 2001, p. 12."]


def test_a_list_in_parts_and_partly_folded_away_is_one_list() -> None:
    listed = """<h2>References</h2><ol><li>Doe A. One. 2001.</li><li>Roe B. Two. In press.</li></ol><a href="#">Show all references</a>
<div style="display:none"><ol start="3"><li>Poe C. Three. 2003.</li><li value="5">Kim D. Five. 2005.</li></ol></div><h2>About</h2><ul>
<li>In 2009</li></ul>"""
    assert [(entry.number, entry.raw[:3]) for entry in page("<p>So [1], [2], [3].</p>", listed).references] == [
        (1, "Doe"), (2, "Roe"), (3, "Poe"), (5, "Kim")
    ]  # fmt: skip


def test_entries_under_headings_of_their_own_are_one_list() -> None:
    study = (
        "<div class='bibliographies' id='s{0}'><h4>{1}</h4><div class='section'><div>{2}</div>"
        "<ul><li><a href='x'>PubMed</a></li></ul></div></div>"
    )
    listed = f"""<section id="references"><h2>References</h2><div><h3>Included</h3>{study.format(1, "Doe 2001", "Doe A. One. J. 2001.")}
{study.format(2, "Roe 2002", "Roe B. Two. J. 2002.")}</div><div>
<h3>Excluded</h3>{study.format(3, "Poe 2003", "Poe C. Three. J. 2003.")}</div></section>"""
    read = page("<p>So (<a href='#s1'>Doe 2001</a>; <a href='#s3'>Poe 2003</a>).</p>", listed)
    assert (read.style, cited(read), len(read.references)) == ("author-year", [(1, 3)], 3)


def test_a_list_labelled_by_names_and_years_has_no_numbers_of_its_own() -> None:
    entry = (
        '<li><span class="label"><a id="ref-id-b{0}" href="#bb{0}">{1}, {2}</a></span>'
        '<span class="reference">{1} A. Work. J, 3 ({2}).</span></li>'
    )
    listed = f"<h2>References</h2><ol class='references'>{entry.format(1, 'Doe', 2001)}{entry.format(2, 'Roe', 2002)}</ol>"
    read = page("<p>So (<a href='#b2' name='bb2'>Roe, 2002</a>), and Doe (2001).</p>", listed)
    assert (read.style, cited(read)) == ("author-year", [(2,), (1,)])
    assert [(entry.printed, entry.raw) for entry in read.references] == [
        (False, "Doe A. Work. J, 3 (2001)."),
        (False, "Roe A. Work. J, 3 (2002)."),
    ]


def test_identifiers_of_an_entrys_links_are_kept_when_the_links_words_go() -> None:
    listed = """<h2>References</h2><ol><li>Doe A. One. 2001. <a href="https://doi.org/10.1000/a%3Cb">CrossRef</a> <a
href="https://pubmed.ncbi.nlm.nih.gov/77/">PubMed</a></li></ol>"""
    entry = page("<p>So [1].</p>", listed).references[0]
    assert (entry.raw, entry.doi, entry.pmid) == ("Doe A. One. 2001.", "10.1000/a<b", "77")


def test_a_page_that_is_nothing_but_headings_and_names_of_lists_is_read_in_bounds() -> None:
    read = page("<p>References</p>" * 3000 + "<div class='references'>" * 60 + "<p>So [1].</p>" * 300 + "</div>" * 60)
    assert [entry.number for entry in read.references] == [1, 2, 3, 4, 5]


RIGHT = {
    "06.html": ([(1,), (2,), (3,)], ["Doe A: One. J A 2001, 1:1-2.", "Roe B: Two. J B 2002, 1:1-2.", "Poe C: Three. J C 2003, 1:1-2."]),
    "07.html": ([(1,), (2,)], ["Doe A. One. J A 2001;1:1-2.", "Roe B. Two. J B 2002;1:1-2."]),
    "08.html": ([(1,), (2,)], ["Doe A. One. J A. 2001.", "Roe B. Two. J B. 2002."]),
    "09.html": ([(1,), (2,)], ["Doe A. One. J. 2001.", "Roe B. Two. J. 2002."]),
}


@pytest.mark.parametrize("name", RIGHT)
def test_the_shared_cases_have_their_right_values(name: str) -> None:
    path = SHARED / "cases" / "reading" / name
    if not path.is_file():
        pytest.skip(f"{path} lies beside a developer's checkout only")
    read = read_article(path)
    assert (cited(read), [entry.raw for entry in read.references]) == RIGHT[name]
    assert not read.abstentions
