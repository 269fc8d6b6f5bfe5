"""JATS as each kind of publisher tags it: every marker by its tag, ranges opened, and what is printed but not tagged in doubt."""

from __future__ import annotations

import pytest

from edgewise.citations.reading.article import payload, read_article, read_article_text
from edgewise.ontology.errors import SourceError
from tests.places import SHARED

CASES = SHARED / "cases" / "reading"
REFS = "".join(f"<ref id='b{n}'><label>{n}</label><mixed-citation>Lee {n}</mixed-citation></ref>" for n in range(1, 10))


def link(number: int, shown: str | None = None) -> str:
    return f"<xref ref-type='bibr' rid='b{number}'>{shown if shown is not None else number}</xref>"


def wrapped(body: str, back: str = "", front: str = "", refs: str = REFS) -> str:
    return f"<article>{front}<body>{body}</body><back><ref-list>{refs}</ref-list>{back}</back></article>"


def read(body: str, back: str = "", front: str = "", refs: str = REFS):
    return read_article_text(wrapped(body, back, front, refs), "a.xml", "jats")


def cited(article) -> list[tuple[int, ...]]:
    return [marker.numbers for marker in article.markers]


def doubted(article) -> list[tuple[tuple[int, ...], str]]:
    return [(one.numbers, one.raw) for one in article.abstentions]


def case(name: str):
    if not (CASES / name).is_file():
        pytest.skip(f"NOT CHECKED: no ../shared/cases/reading/{name} beside this checkout")
    return read_article(CASES / name)


# ------------------------------------------------------------------------------------------------ ranges and groups


@pytest.mark.parametrize(
    ("printed", "numbers"),
    [
        (f"[{link(1)}]", (1,)),
        (f"[{link(1)},{link(3)}]", (1, 3)),
        (f"[{link(1)}–{link(4)}]", (1, 2, 3, 4)),
        (f"{link(1, '[1]')}–{link(4, '[4]')}", (1, 2, 3, 4)),
        (f"[{link(1)}]-[{link(4)}]", (1, 2, 3, 4)),
        (f"<sup>{link(1)}–{link(4)}</sup>", (1, 2, 3, 4)),
        (f"<sup>{link(1)}</sup><sup>–</sup><sup>{link(4)}</sup>", (1, 2, 3, 4)),
        (f"<sup>(</sup>{link(1, '<sup>1</sup>')}<sup>)-(</sup>{link(4, '<sup>4</sup>')}<sup>)</sup>", (1, 2, 3, 4)),
        (f"({link(1)}) – ({link(4)})", (1, 2, 3, 4)),
        (f"({link(1)}), ({link(3)})", (1, 3)),
        (f"({link(1)}–{link(4)})", (1, 2, 3, 4)),
        (f"{link(1)} \u2212 {link(4)}", (1, 2, 3, 4)),
        (f"{link(1)}\u2060–\u2060{link(4)}", (1, 2, 3, 4)),
        (f"{link(1)}~{link(4)}", (1, 2, 3, 4)),
        (f"{link(1)}--{link(4)}", (1, 2, 3, 4)),
        (f"{link(1)}<!-- c -->–{link(4)}", (1, 2, 3, 4)),
        (f"{link(1)}<italic>–</italic>{link(4)}", (1, 2, 3, 4)),
        (f"{link(1)}<x>–</x>{link(4)}", (1, 2, 3, 4)),
        (f"{link(1, '1–')}{link(4)}", (1, 2, 3, 4)),
        (f"{link(1, '[1')}–{link(4, '4]')}", (1, 2, 3, 4)),
        (f"{link(1)}{link(2, '')}{link(3, '')}–{link(4)}", (1, 2, 3, 4)),
        (f"{link(1)}–{link(4)}{link(2, '')}{link(3, '')}", (1, 2, 3, 4)),
        (f"{link(1)}–{link(2, '')}{link(3, '')}{link(4)}", (1, 2, 3, 4)),
        ("<xref ref-type='bibr' rid='b1 b2 b3 b4'>1–4</xref>", (1, 2, 3, 4)),
        ("<xref ref-type='bibr' rid='b1,b2;b4'>1, 2, 4</xref>", (1, 2, 4)),
        (f"[{link(1)} to {link(4)}]", (1, 2, 3, 4)),
        (f"({link(1)} through {link(4)})", (1, 2, 3, 4)),
        ("<xref rid='b1'>1</xref>", (1,)),
        ("<xref ref-type='other' rid='b1'>1</xref>", (1,)),
        ("<xref ref-type='ref' rid='b1'>1</xref>", (1,)),
        (f"<named-content><xref rid='b1'><bold>1</bold></xref></named-content>,<styled-content>{link(2)}</styled-content>", (1, 2)),
        (f"<xref-group>{link(1)},{link(2)}</xref-group>", (1, 2)),
    ],
)
def test_a_group_is_read_however_it_is_tagged(printed, numbers):
    article = read(f"<p>Rest helps{printed}. Sleep does.</p>")
    assert (cited(article), doubted(article)) == ([numbers], [])


@pytest.mark.parametrize("printed", [f"refs. {link(1)} to {link(4)}", f"{link(1, '[1]')} to {link(4, '[4]')}"])
def test_a_range_that_only_a_word_tells_is_left_undecided(printed):
    article = read(f"<p>As in {printed}, rest helps.</p>")
    assert cited(article) == [(1,), (4,)]
    assert [(one.numbers, "range" in one.why) for one in article.abstentions] == [((2, 3), True)]


def test_names_and_years_joined_by_a_word_are_no_range():
    refs = "".join(f"<ref id='b{n}'><mixed-citation>Lee {n}</mixed-citation></ref>" for n in range(1, 10))
    article = read(f"<p>From {link(1, 'Lee (2001)')} to {link(4, 'Roe (2004)')} it held.</p>", refs=refs)
    assert (cited(article), doubted(article)) == ([(1,), (4,)], [])


def test_the_text_of_a_sentence_is_free_of_its_markers_and_their_brackets():
    (sentence,) = read(f"<p>Many<sup>(</sup>{link(1)}<sup>)-(</sup>{link(4)}<sup>)</sup>.</p>").sentences
    assert sentence.text == "Many."


# ------------------------------------------------------------------------------------------------------- elsewhere


@pytest.mark.parametrize(
    "held",
    [
        "<table-wrap><alternatives><graphic/><table><tbody><tr><td>Row {}</td></tr></tbody></table></alternatives></table-wrap>",
        "<table-wrap><table><thead><tr><th>Head {}</th></tr></thead></table></table-wrap>",
        "<fig><caption><p>Fig.</p></caption><attrib>From {}</attrib></fig>",
        "<fig><caption><title>Of {}</title></caption></fig>",
        "<fig><permissions><copyright-statement>After {}</copyright-statement></permissions></fig>",
        "<fig><permissions><license><license-p>After {}</license-p></license></permissions></fig>",
        "<disp-quote><p>So.</p><attrib>Lee, {}</attrib></disp-quote>",
        "<verse-group><verse-line>Rest, {}</verse-line></verse-group>",
        "<def-list><def-item><term>Rest {}</term><def><p>x</p></def></def-item></def-list>",
        "<sec><label>1</label><title>One</title><preformat>a {}</preformat></sec>",
    ],
)
def test_a_marker_outside_paragraphs_is_read_elsewhere(held):
    found = payload(read(f"<p>x</p>{held.format(link(2))}"))
    assert ([one["numbers"] for one in found["markers"]], [one["numbers"] for one in found["elsewhere"]]) == ([], [[2]])


@pytest.mark.parametrize(
    "held",
    [
        "<boxed-text><p>Rest {}</p></boxed-text>",
        "<fig><caption><p>Rest {}</p></caption></fig>",
        "<table-wrap><table-wrap-foot><fn><p>Rest {}</p></fn></table-wrap-foot></table-wrap>",
        "<p>Note<fn><p>Rest {}</p></fn></p>",
        "<list><list-item><p>Rest {}</p></list-item></list>",
        "<table-wrap><table><tr><td><p>Rest {}</p></td></tr></table></table-wrap>",
    ],
)
def test_a_marker_of_a_paragraph_in_the_body_is_read_wherever_the_paragraph_stands(held):
    assert cited(read(f"<p>x</p>{held.format(link(2))}")) == [(2,)]


def test_abstract_back_matter_and_floats_are_elsewhere():
    front = f"<front><article-meta><abstract><p>Rest {link(1)}</p></abstract></article-meta></front>"
    back = (
        f"<fn-group><fn><p>Note {link(3)}</p></fn><fn><p>Nothing</p></fn></fn-group><app-group><app><p>More {link(4)}</p></app></app-group>"
    )
    text = wrapped(f"<p>So {link(2)}.</p>", back, front)
    floats = f"<floats-group><fig><caption><p>Fig {link(5)}</p></caption></fig></floats-group></article>"
    found = payload(read_article_text(text.replace("</article>", floats), "a.xml", "jats"))
    assert ([one["numbers"] for one in found["markers"]], sorted(one["numbers"] for one in found["elsewhere"])) == (
        [[2]],
        [[1], [3], [4], [5]],
    )


def test_of_two_forms_of_one_table_one_is_read():
    table = f"<table><tr><td>{link(1)}</td></tr></table>"
    found = payload(read(f"<table-wrap><alternatives>{table}{table}</alternatives></table-wrap>"))
    assert [one["numbers"] for one in found["elsewhere"]] == [[1]]


# -------------------------------------------------------------------------------------- wrappers, and articles within


@pytest.mark.parametrize(
    "around",
    [
        "<pmc-articleset>{}</pmc-articleset>",
        "<OAI-PMH xmlns='http://www.openarchives.org/OAI/2.0/'><GetRecord><record><metadata>{}</metadata></record></GetRecord></OAI-PMH>",
        "<pmc-articleset>{}<article><front/></article></pmc-articleset>",
        "<?xml version='1.0' encoding='UTF-8'?>\n<!DOCTYPE article PUBLIC '-//NLM//DTD JATS//EN' 'JATS-archivearticle1.dtd'>\n{}",
    ],
)
def test_an_article_is_found_in_what_wraps_it(around):
    text = around.format(
        wrapped(f"<p>One {link(1)}.</p>").replace("<article>", "<article xmlns='https://jats.nlm.nih.gov/ns/archiving/1.3/'>")
    )
    assert cited(read_article_text(text, "a.xml", "jats")) == [(1,)]


def test_a_set_of_several_articles_is_refused_and_says_why():
    one = wrapped("<p>x</p>")
    with pytest.raises(SourceError) as raised:
        read_article_text(f"<pmc-articleset>{one}{one}</pmc-articleset>", "a.xml", "jats")
    (finding,) = raised.value.findings
    assert (finding.rule, finding.message) == ("several-articles", "the file holds 2 articles")


@pytest.mark.parametrize("kind", ["sub-article", "response"])
def test_letters_and_translations_within_an_article_have_lists_of_their_own(kind):
    own = "<back><ref-list><ref id='s1'><label>1</label></ref></ref-list></back>"
    inner = f"<{kind}><body><p>Then {link(2)}, <xref ref-type='bibr' rid='s1'>1</xref>.</p></body>{own}</{kind}>"
    article = read_article_text(wrapped(f"<p>One {link(1)}.</p>").replace("</article>", f"{inner}</article>"), "a.xml", "jats")
    assert (cited(article), len(article.references), article.references[0].printed, article.link_faults) == ([(1,)], 9, True, ())


def test_a_file_that_tags_no_marker_is_read_as_it_prints_them():
    assert cited(read("<p>One [1], two [2, 3]. Four [4], five [5-9].</p>")) == [(1,), (2, 3), (4,), (5, 6, 7, 8, 9)]
    assert cited(read("<p>Rest helps.<sup>1,2</sup> Over 10<sup>3</sup> m<sup>2</sup> of <sup>13</sup>C did.<sup>3–9</sup></p>")) == [
        (1, 2),
        (3, 4, 5, 6, 7, 8, 9),
    ]


def test_a_work_within_an_entry_can_be_meant():
    refs = (
        "<ref id='b1'><label>1</label><element-citation id='b1a'><article-title>A</article-title></element-citation></ref>"
        + REFS[REFS.index("<ref id='b2'") :]
    )
    assert cited(read("<p>So <xref ref-type='bibr' rid='b1a'>1a</xref>.</p>", refs=refs)) == [(1,)]


# ---------------------------------------------------------------------------------------------- printed, not tagged


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        (f"One [{link(1)}]. Two [2]. Three [{link(3)}].", [((2,), "[2]")]),
        (f"One [{link(1)}]. Three [{link(3)}, 4].", [((4,), "[3, 4]")]),
        (f"One [{link(1)}]. Three [{link(3)}–5].", [((4, 5), "[3–5]")]),
        (f"One<sup>{link(1)}</sup>. Two.<sup>2</sup> 10<sup>3</sup> km<sup>2</sup> of <sup>4</sup>He <sup>{link(3)}</sup>", [((2,), "2")]),
        (f"One<sup>{link(1)},2</sup>. Three<sup>{link(3)}</sup>.", [((2,), "1,2")]),
        (f"One<sup>{link(1)}</sup>. It led to death2. Three<sup>{link(3)}</sup>.", [((2,), "2")]),
        (f"One {link(1)}, 2 and {link(3)}.", [((2,), "2")]),
        (f"One {link(1)}–3, {link(5)}.", [((2, 3), "3")]),
    ],
)  # fmt: skip
def test_numbers_printed_like_markers_and_not_tagged_are_a_doubt_at_their_place(text, doubts):
    article = read(f"<p>x</p>\n<p>{text}</p>")
    assert doubted(article) == doubts
    assert {one.line for one in article.abstentions} == {2}


@pytest.mark.parametrize(
    "text",
    [
        f"Covid-19 in 12 children at 5 sites [{link(1)}], interval [0, 1], 95% CI [1.2, 3.4], [20, 30] and [12 of 14].",
        f"Figures: type2, day7 and IL2 {link(2)}, 3 mg twice, {link(3)}. Then H2 fell to 4.",
        f"See {link(1)} and {link(2)}; 3 patients left. Of 5–7 days, {link(4)}",
        f"Then <xref ref-type='fig' rid='f1'>Fig 2</xref>, <xref ref-type='table' rid='t1'>[3]</xref> [{link(1)}].",
        "Names <xref ref-type='bibr' rid='b1'>Lee, 2001</xref>, <xref ref-type='bibr' rid='b2'>Roe, 2002</xref> [3], then death4. So",
        "<xref ref-type='bibr' rid='b1 b3 b5'>(Doe, 2001; Poe, 2003; Moe, 2005)</xref>",
    ],
)
def test_figures_of_the_prose_raise_no_doubt(text):
    both = "".join(f"<p>All {link(n)}.</p>" for n in range(1, 10)) if "type2" in text else ""
    assert doubted(read(f"<p>{text}</p>{both}")) == []


@pytest.mark.parametrize("tag", ["9" * 60_000, "1," * 10_000, "(" * 60_000, "1–" * 10_000 + "x"])
def test_an_endless_link_takes_no_endless_time(tag):
    article = read(f"<p>So {link(1, tag)}, {link(2, tag)} to {link(3, tag)}.</p>")
    assert {n for numbers in cited(article) for n in numbers} <= set(range(1, 10))


# ------------------------------------------------------------------------------------------- cases kept beside this


def test_the_cases_kept_beside_the_checkout_are_read():
    assert [marker["numbers"] for marker in payload(case("01.xml"))["markers"]] == [[1], [2]]
    assert cited(case("02.xml")) == [(1,), (2,)]
    assert cited(case("03.xml")) == [(1, 2, 3, 4)]
    assert [(one["numbers"], one["place"]["part"]) for one in payload(case("04.xml"))["elsewhere"]] == [([1], "cell"), ([2], "cell")]
    assert [(one.numbers, one.raw, one.line, one.sentence) for one in case("05.xml").abstentions] == [((2,), "2", 1, 2)]


def test_the_lists_of_the_cases_kept_beside_the_checkout_are_whole():
    for name in ("01.xml", "02.xml", "03.xml", "04.xml", "05.xml"):
        found = case(name).references
        assert [(one.author, one.title, one.container, one.year, one.doi) for one in found] == [
            ("Doe A Jr", "HbA1c one", "J A", 2001, ""),
            ("Roe B", "Two", "J B", 2002, "10.1000/two"),
            ("Poe C, et al.", "Three", "Book", 2003, ""),
            ("Loe D", "Untagged title of four", "J. D.", 2004, ""),
            ("Moe E", "Data five", "Repository", 2005, ""),
        ]
        assert found[2].editors == "Eddy E"
