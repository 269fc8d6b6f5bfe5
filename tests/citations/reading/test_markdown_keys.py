"""Citations by key and by footnote in Markdown, with the list that the front matter holds or names."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edgewise.citations.audit.manuscripts.judging import judge
from edgewise.citations.audit.manuscripts.manuscript import of_read
from edgewise.citations.reading.article import Article, read_article, read_article_text
from edgewise.citations.reading.citation_keys import cited, footnotes

BIB = (
    "@article{lee2001, author={Lee, A.}, title={On straw}, journal={Bone}, year=2001, volume=3, pages={1--2}, doi={10.1000/a.1}}\n"
    "@book{ray:02, author={Ray, B.}, title={On belts}, year=2002}\n@misc{never, title={Unread}, year=2003}\n"
)


def read(text: str) -> Article:
    return read_article_text(text, "a.md", "markdown")


def numbers(article: Article) -> list[tuple[int, ...]]:
    return [marker.numbers for marker in article.markers]


def test_front_matter_is_no_prose_and_lines_stay_those_of_the_file() -> None:
    article = read("---\ntitle: Straw\nauthors:\n- name: Lee\n  affiliation: 1\n---\n\nStraw helps [@lee2001].\n")
    assert [(sentence.text, sentence.line) for sentence in article.sentences] == [("Straw helps.", 8)]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Straw helps [@lee2001].", ["lee2001"]),
        ("Straw helps [see @lee2001, pp. 3-5; also @ray:02].", ["lee2001", "ray:02"]),
        ("As [-@lee2001] said, @{ray.02} agreed.", ["lee2001", "ray.02"]),
        ("@lee2001 [p. 3] held it.", ["lee2001"]),
        ("Straw helps [@lee2001]. Belts do [@ray02; @lee2001].", ["lee2001", "ray02", "lee2001"]),
    ],
)
def test_citations_by_key_are_read_exactly(text: str, keys: list[str]) -> None:
    article = read(text)
    raw = {entry.number: entry.raw for entry in article.references}
    assert [raw[number] for marker in article.markers for number in marker.numbers] == keys
    assert article.abstentions == ()


@pytest.mark.parametrize(
    "text", ["Write to straw@example.org.", "See @fig:straw and [@sec-belts].", "`@lee2001` is a key.", "[@lee2001](page.html)"]
)
def test_addresses_figures_code_and_links_are_no_citations(text: str) -> None:
    assert numbers(read(text)) == []


def test_a_name_that_may_be_one_of_a_network_is_not_decided() -> None:
    article = read("Straw helps, says @joe.")
    assert (numbers(article), [one.raw for one in article.abstentions]) == ([], ["@joe"])


def test_raised_numbers_and_brackets_are_read_beside_a_name() -> None:
    list_ = "\n\n# References\n\n1. Lee A. 2001.\n2. Ray B. 2002.\n"
    assert numbers(read(f"Straw helps^1^, says @joe. Belts do.^2^{list_}")) == [(1,), (2,)]
    assert numbers(read(f"Straw helps [1], says @joe. Belts do [2].{list_}")) == [(1,), (2,)]


def test_footnotes_are_entries_in_the_order_of_first_citation_and_may_run_over_lines() -> None:
    article = read(
        "Belts help.[^ray] Straw does.[^lee]\n\n[^lee]: Lee A. On straw.\n    Bone. 2001.\n[^ray]: Ray B. On belts. Bone. 2002.\n"
    )
    assert numbers(article) == [(1,), (2,)]
    assert [(entry.raw, entry.year) for entry in article.references] == [
        ("Ray B. On belts. Bone. 2002.", 2002),
        ("Lee A. On straw. Bone. 2001.", 2001),
    ]


def test_a_footnote_that_cites_by_key_stands_for_its_keys() -> None:
    article = read("Straw helps.[^1] Belts do [@ray2002].\n\n[^1]: See @lee2001 and [@ray2002].\n")
    assert (numbers(article), [entry.raw for entry in article.references]) == ([(1, 2), (2,)], ["lee2001", "ray2002"])


def test_a_footnote_without_its_text_is_a_broken_link() -> None:
    article = read("Straw helps.[^lee] Belts do.[^ray]\n\n[^lee]: Lee A. On straw. 2001.\n")
    assert (numbers(article), [(fault.raw, fault.line, fault.why) for fault in article.link_faults]) == (
        [(1,)],
        [("[^ray]", 1, "leads to no footnote")],
    )


def test_a_named_footnote_beside_a_printed_list_is_not_decided() -> None:
    article = read(
        "Straw helps [1].[^note] Belts do [2].\n\n[^note]: Not for all.\n\n# References\n\n1. Lee A. Straw. 2001.\n2. Ray B. Belts. 2002.\n"
    )
    assert (numbers(article), len(article.references), [one.raw for one in article.abstentions]) == ([(1,), (2,)], 2, ["[^note]"])


def test_the_text_of_a_link_is_a_marker_only_if_it_leads_to_the_list() -> None:
    article = read("Straw helps [3](https://example.org/3). Belts do [2](#ref-2).")
    assert (numbers(article), [one.numbers for one in article.abstentions]) == ([(2,)], [(3,)])


def test_a_list_in_the_front_matter_tells_of_its_keys() -> None:
    front = (
        "references:\n- id: lee\n  type: article-journal\n  title: On straw\n  container-title: Bone\n  issued: 2001\n  DOI: 10.1000/a.1\n"
    )
    article = read(f"---\n{front}---\n\nStraw helps [@lee], says @ray1999.\n")
    assert [(entry.title, entry.container, entry.year, entry.doi) for entry in article.references] == [
        ("On straw", "Bone", 2001, "10.1000/a.1")
    ]
    assert [fault.why for fault in article.link_faults] == ["leads to no entry of its front matter"]


def test_a_key_that_the_list_lacks_is_an_error_of_the_audit() -> None:
    front = "references:\n- {id: lee, type: book, title: On straw, issued: 2001}\n"
    text = f"---\n{front}---\n\nStraw helps [@lee].\nBelts do [@ray].\n"
    report = judge(of_read(read(text)))
    assert [(one.severity, one.line, one.value) for one in report.findings if one.rule == "M113"] == [("error", 7, "@ray")]
    whole = judge(of_read(read(text.replace(" [@ray]", ""))))
    assert "M113" in whole.checked
    assert "M113" not in [one.rule for one in whole.findings]


@pytest.mark.parametrize("front", ["---\nbibliography: list.bib\n---\n", "---\nbibliography: [./list.bib]\n---\n", ""])
def test_a_bibliography_in_the_same_folder_is_read_and_only_what_is_cited_is_in_the_list(tmp_path: Path, front: str) -> None:
    (tmp_path / "list.bib").write_text(BIB, "utf-8")
    file = tmp_path / "a.md"
    file.write_text(f"{front}\nBelts help [@ray:02]. Straw does [@lee2001; @lost].\n", "utf-8")
    article = read_article(file)
    assert numbers(article) == [(1,), (2,)]
    assert [(entry.title, entry.year, entry.volume, entry.doi) for entry in article.references] == [
        ("On belts", 2002, "", ""),
        ("On straw", 2001, "3", "10.1000/a.1"),
    ]
    assert [(fault.raw, fault.why) for fault in article.link_faults] == [("@lost", "leads to no entry of list.bib")]


@pytest.mark.parametrize(
    "path", ["../list.bib", "/{outside}/list.bib", "sub/list.bib", "https://example.org/list.bib", "link.bib", "secret.txt"]
)
def test_no_file_outside_the_folder_is_opened(tmp_path: Path, path: str) -> None:
    folder = tmp_path / "inside"
    (folder / "sub").mkdir(parents=True)
    for place in (tmp_path / "list.bib", folder / "sub" / "list.bib", folder / "secret.txt"):
        place.write_text(BIB, "utf-8")
    (folder / "link.bib").symlink_to(tmp_path / "list.bib")
    file = folder / "a.md"
    file.write_text(f"---\nbibliography: {path.format(outside=tmp_path)}\n---\nStraw helps [@lee2001].\n", "utf-8")
    assert [entry.raw for entry in read_article(file).references] == ["lee2001"]


@pytest.mark.parametrize(
    "front", ["a: [", "a: &a [*a, *a]", "{" * 5000, "bibliography: {a: b}", "references: 3", "references: [3, {id: 4}]"]
)
def test_a_front_matter_that_cannot_be_read_spoils_nothing(front: str) -> None:
    assert numbers(read(f"---\n{front}\n---\n\nStraw helps [@lee2001].\n")) == [(1,)]


@given(st.text(alphabet="@[]^{}-;: a1.\n", max_size=200))
def test_any_text_is_read_and_citations_lie_in_it_in_order(text: str) -> None:
    found = cited(text, set())
    assert all(text[one.start : one.end].strip() and one.keys for one in found)
    assert footnotes(text)[1].count("\n") == text.count("\n")
    read_article_text(f"a {text}", "a.md", "markdown")


def test_keys_that_hold_a_year_do_not_make_an_article_cite_by_author_and_year() -> None:
    article = read("Straw helps [@lee2001; @ray2002, p. 3], says @kim2003 [^lee].\n\n[^lee]: Lee D. Heat. Bone. 2005.\n")
    assert article.style == "tagged"
    assert [number for found in numbers(article) for number in found] == [1, 2, 3, 4]
