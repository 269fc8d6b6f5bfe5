"""Reading an article in each format: the same links, places and fingerprints, whatever the file."""

from __future__ import annotations

import json
import warnings
import zipfile
from collections import Counter
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edgewise.citations.reading.article import Article, draft, payload, read_article, read_article_text
from edgewise.citations.reading.fingerprint import fingerprint
from edgewise.graph.model import Guideline
from edgewise.graph.reading.projection import guideline
from edgewise.graph.reading.read import read
from edgewise.graph.reading.strict import strict_yaml
from edgewise.ontology.errors import SourceError
from tests import likeness
from tests.places import ROOT

DATA = ROOT / "tests" / "data" / "articles"
FIRST = ROOT.parent / "shared" / "article"

SAID = {
    "Weigh each animal on arrival and warm it before anything is fed.": (1, 2),
    "Smith showed that straw holds warmth.": (4,),
    "Offer these in the first 3-6 days of care:": (2, 5),
    "Warm water, rated 9/9": (3, 4, 5),
    "Minced meat": (1,),
    "Most animals feed by day 4.": (1, 2, 3),
}


def word() -> bytes:
    """The hedgehog article as a Word document."""
    document = docx.Document()
    document.add_heading("Care of the Hibernating Hedgehog", 1)
    for text in (DATA / "hedgehog.bracket.txt").read_text("utf-8").split("\n")[2:]:
        if not text:
            continue
        if text in ("Warming", "Feeding the Weak", "References", "About this page"):
            document.add_heading(text, 2)
            continue
        raised = text.replace(" [1, 2].", ".^1, 2^").replace("[2], [5]", "^2, 5^").replace(" [1–3].", ".^1–3^")
        style = "List Bullet" if "•" in text else None
        paragraph = document.add_paragraph(style=style)
        for index, piece in enumerate(raised.replace("  • ", "").split("^")):
            paragraph.add_run(piece).font.superscript = bool(index % 2)
    table = document.add_table(1, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Meat [5]"
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


@pytest.fixture(params=["bare.txt", "bracket.txt", "md", "html", "xml", "docx"])
def hedgehog(request: pytest.FixtureRequest) -> Article:
    if request.param == "docx":
        return read_article_text(word(), "hedgehog.docx", "docx")
    return read_article(DATA / f"hedgehog.{request.param}")


def cited(article: Article) -> dict[str, tuple[int, ...]]:
    return {s.text: tuple(n for m in s.markers for n in m.numbers) for s in article.sentences if s.markers and s.place.part != "cell"}


def test_every_format_gives_the_same_citations(hedgehog: Article) -> None:
    read = {text: numbers for text, numbers in cited(hedgehog).items() if text in SAID}
    assert read == SAID
    assert len(hedgehog.references) == 5
    assert {e.number for e in hedgehog.references} == {1, 2, 3, 4, 5}


def test_no_figure_of_the_prose_is_taken_for_a_marker(hedgehog: Article) -> None:
    prose = {"Those under 450 g, as Figure 2 shows, stay indoors.", "The 12 keepers of our station wrote it in 2019."}
    assert not prose & set(cited(hedgehog))
    boxes = next(text for text in cited(hedgehog) if text.startswith("A heat pad"))
    assert cited(hedgehog)[boxes] == (3,)
    assert boxes.endswith("n = 12), and 17.6% of S1, S2, S3 boxes cooled.")


def test_a_place_has_section_part_and_ordinal(hedgehog: Article) -> None:
    places = {s.text: (s.place.section, s.place.part, s.place.ordinal) for s in hedgehog.sentences}
    assert places["Offer these in the first 3-6 days of care:"] == ("Feeding the Weak", "lead", 0)
    assert places["Minced meat"] == ("Feeding the Weak", "bullet", 2)
    assert places["Most animals feed by day 4."] == ("Feeding the Weak", "close", 1)
    assert places["Some never do."] == ("Feeding the Weak", "close", 2)
    assert places["Smith showed that straw holds warmth."] == ("Warming", "sentence", 2)


def test_fingerprints_are_those_of_the_sentences_without_markers(hedgehog: Article) -> None:
    assert {fingerprint(text) for text in SAID} <= {s.fingerprint for s in hedgehog.sentences}


def test_a_number_beyond_the_list_is_still_a_marker() -> None:
    article = read_article(DATA / "hedgehog.bracket.txt")
    assert [m.numbers for m in article.markers if 6 in m.numbers] == [(6,)]


def test_lines_are_those_of_the_file(hedgehog: Article) -> None:
    if hedgehog.format == "docx":
        return
    lines = next(path for path in DATA.iterdir() if str(path) == hedgehog.name).read_text("utf-8").split("\n")
    for text, first in (("Minced meat", "Minced meat"), ("Smith showed that straw holds warmth.", "Smith")):
        line = next(s.line for s in hedgehog.sentences if s.text == text)
        assert any(first in lines[i] for i in (line - 1, line - 2)), (text, line)
    marker = next(m for m in hedgehog.markers if m.numbers == (6,)) if hedgehog.format != "jats" else None
    assert marker is None or "6" in lines[marker.line - 1]


def test_a_wrapped_paragraph_gives_each_sentence_its_own_line() -> None:
    text = (
        "Care\n\nStraw holds the warmth of an animal through a whole night of\nheavy frost, as keepers know [1]. A second box is\n"
        "of little use to any animal that has found its own way out and\naway [2].\n\nReferences\n\n1. Lee\n2. Ray\n"
    )
    article = read_article_text(text, "a.txt", "text")
    assert [(s.line, s.markers[0].line) for s in article.sentences if s.markers] == [(3, 4), (4, 6)]


def test_jats_keeps_table_cells_abstract_and_caption_titles_apart_from_the_running_text() -> None:
    read = payload(read_article(DATA / "hedgehog.xml"))
    assert sorted(item["numbers"][0] for item in read["elsewhere"]) == [1, 3, 5]
    assert Counter(n for item in read["markers"] for n in item["numbers"]) == {1: 3, 2: 3, 3: 3, 4: 2, 5: 3}
    assert read["references"][0]["doi"] == "10.1000/hedge.1"


def test_a_printed_range_that_its_tag_does_not_cover_is_reported() -> None:
    refs = "".join(f"<ref id='b{i}'><mixed-citation>R</mixed-citation></ref>" for i in range(1, 4))
    link = "<xref ref-type='bibr' rid='b1'>1–3</xref>"
    xml = f"<article><body><p>So it is [{link}].</p></body><back><ref-list>{refs}</ref-list></back></article>"
    article = read_article_text(xml, "a.xml", "jats")
    assert [m.numbers for m in article.markers] == [(1,)]
    assert [a.numbers for a in article.abstentions] == [(2, 3)]


def test_superscript_digits_and_round_brackets_are_read_where_they_are_the_style() -> None:
    tail = "\n\nReferences\n\n1. Lee\n2. Ray\n3. Kim\n"
    raised = read_article_text("Straw helps.¹ So do belts,²⁻³ over 10³ m².\n" + tail, "a.txt", "text")
    assert (raised.style, [m.numbers for m in raised.markers]) == ("superscript", [(1,), (2, 3)])
    round_ = read_article_text("Straw helps (1). So do belts (2, 3).\n" + tail, "a.txt", "text")
    assert (round_.style, [m.numbers for m in round_.markers]) == ("parenthesis", [(1,), (2, 3)])


def test_the_style_can_be_given() -> None:
    article = read_article_text("Straw helps (1). It held [1, 2].\n\nReferences\n\n1. Lee\n", "a.txt", "text", style="parenthesis")
    assert [m.numbers for m in article.markers] == [(1,)]


def test_an_ambiguous_figure_is_reported_and_not_guessed() -> None:
    text = "Straw helps. 1 Belts help. 2 Heat helps. 3 The findings of 2 were odd.\n\nReferences\n\nLee 2001\nRay 2002\nKim 2003\n"
    article = read_article_text(text, "a.txt", "text")
    assert [m.numbers for m in article.markers] == [(1,), (2,), (3,)]
    assert [(a.numbers, a.raw, a.line) for a in article.abstentions] == [((2,), "2", 1)]
    assert "superscript" in article.abstentions[0].why


def test_what_follows_the_reference_list_is_no_entry() -> None:
    article = read_article(DATA / "hedgehog.bare.txt")
    assert article.references[-1].raw.startswith("Elder")
    assert any(section.title == "About this page" for section in article.sections)


# ------------------------------------------------------------------------------------------------------------- draft


def test_a_draft_is_strict_yaml_without_a_sentence_of_the_article(hedgehog: Article) -> None:
    text = draft(hedgehog)
    data, _ = strict_yaml(text, "draft.yaml")
    assert isinstance(data, dict)
    statements = data["statements"]
    assert isinstance(statements, list)
    assert all(isinstance(s, dict) and s["text"] == "" for s in statements)
    words = [s.text for s in hedgehog.sentences if s.place.part != "heading" and len(s.text.split()) > 3]
    assert not [sentence for sentence in words if sentence in text]
    assert "position: 5" in text


def test_a_draft_shows_a_marker_that_points_nowhere() -> None:
    assert '{id: marker-6, printed: "6", note: "The list has 5 entries; 6 points nowhere."}' in draft(read_article(DATA / "hedgehog.md"))


def test_a_draft_survives_hostile_names_and_entries() -> None:
    text = 'A "b": [1]\n\nReferences\n\n1. x\x00: "y"\u2028 # {z} 2001\n'
    article = read_article_text(text, "../é\n: [x].txt", "text", style="bracket")
    data, _ = strict_yaml(draft(article), "draft.yaml")
    assert isinstance(data, dict)


# ------------------------------------------------------------------------------------------------- the first article


@cache
def si() -> Guideline:
    source = read(ROOT / "guidelines" / "sacroiliac-sclerosis" / "guideline.yaml")
    return guideline(source.graph, source.iri)


@pytest.fixture(scope="module", params=["likeness", "article"])
def first(request: pytest.FixtureRequest) -> tuple[Article, Guideline]:
    """An article of our own words and the article itself, which stays with the editor, each with its guideline."""
    if request.param == "likeness":
        return read_article_text(likeness.article(si()), "likeness.txt", "text"), likeness.retold(si())
    found = sorted(FIRST.glob("*.txt"))
    if not found:
        reason = "NOT CHECKED: no ../shared/article/*.txt beside this checkout"
        warnings.warn(reason, stacklevel=2)
        pytest.skip(reason)
    return read_article(found[0]), si()


def test_the_first_article_has_36_groups_45_citations_and_6_entries(first: tuple[Article, Guideline]) -> None:
    article, _ = first
    assert (article.style, len(article.markers), len(article.references), article.abstentions) == ("bare", 36, 6, ())
    histogram = Counter(n for marker in article.markers for n in marker.numbers)
    assert histogram == {1: 7, 2: 11, 3: 10, 4: 7, 5: 4, 6: 4, 7: 2}


def test_the_first_article_has_the_passages_of_its_guideline_in_their_places(first: tuple[Article, Guideline]) -> None:
    article, model = first
    printed = {marker.id: int(marker.printed) for marker in model.markers.values()}
    by = {sentence.fingerprint: sentence for sentence in article.sentences}
    named: dict[str, set[str]] = {}
    for statement in model.statements.values():
        sentence = by[statement.fingerprint]
        assert [n for m in sentence.markers for n in m.numbers] == [printed[c.marker] for c in statement.citations]
        named.setdefault(statement.place.section, set()).add(sentence.place.section)
        if statement.place.part in ("bullet", "criterion", "close", "sentence"):
            assert (statement.place.ordinal or 0, statement.place.sentence or 0) == (sentence.place.ordinal, sentence.place.sentence)
    assert {section: len(titles) for section, titles in named.items() if len(titles) > 1} == {"step 4": 2}  # its criteria bear a heading
    assert all(heading.fingerprint in by for heading in model.headings.values())


def test_the_first_article_s_list_is_split_into_kind_title_source_and_year(first: tuple[Article, Guideline]) -> None:
    article, _ = first
    assert Counter(entry.kind for entry in article.references) == {"guideline": 3, "research": 3}
    assert [entry.year for entry in article.references] == [2025, 2025, 2025, 2006, 2013, 2016]
    assert article.references[4].container == "Neurosurgical focus"


# ----------------------------------------------------------------------------------------------------------- hostile


def faults() -> Iterator[tuple[str, str, bytes | str, str]]:
    yield "not-docx", "docx", b"PK\x03\x04 torn", ""
    yield "empty-file", "text", b"  \n ", ""
    yield "not-text", "text", b"\x00\x01\x02PNG", ""
    yield "not-utf-8", "markdown", b"ok\nbad \xff\xfa", "a:2:"
    yield "not-well-formed", "jats", "<article><body>\n<p>open</body></article>", "a:2:"
    yield "not-jats", "jats", "<feed/>", "a:1:"
    yield "entities", "jats", '<!DOCTYPE a [<!ENTITY b "xx">]><article><body><p>&b;</p></body></article>', ""
    yield "entities", "jats", '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><article><body><p>&b;</p></body></article>', ""
    yield "too-deep", "html", "<div>" * 1000 + "x", ""
    yield "no-text", "html", "<html><script>1</script></html>", ""
    yield "too-large", "text", "1 2 3, " * 60_000, ""


@pytest.mark.parametrize(("rule", "format", "data", "place"), list(faults()))
def test_what_cannot_be_read_says_why_and_how_to_mend_it(rule: str, format: str, data: bytes | str, place: str) -> None:
    with pytest.raises(SourceError) as raised:
        read_article_text(data, "a", format)
    (finding,) = raised.value.findings
    assert finding.rule == rule
    assert finding.repair
    assert str(finding).startswith(place)


def test_a_zip_bomb_is_refused_before_it_unfolds() -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w>" + b" " * 70_000_000 + b"</w>")
    with pytest.raises(SourceError, match=r"unfolds into more|packed suspiciously"):
        read_article_text(stream.getvalue(), "a.docx", "docx")


def test_an_external_relationship_of_a_document_is_not_followed() -> None:
    document = docx.Document()
    document.add_paragraph("Straw helps [1].")
    document.part.relate_to(
        "file:///etc/hostname", "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image", is_external=True
    )
    stream = BytesIO()
    document.save(stream)
    assert [s.text for s in read_article_text(stream.getvalue(), "a.docx", "docx").sentences] == ["Straw helps [1]."]


def test_an_entity_of_a_dtd_that_is_not_loaded_becomes_its_usual_character() -> None:
    article = read_article(DATA / "hedgehog.xml")
    assert any("under 450 g" in " ".join(s.text.split()) for s in article.sentences)


def test_paths_that_hold_no_article_are_named(tmp_path: Path) -> None:
    for path, rule in ((tmp_path, "not-a-file"), (tmp_path / "no.txt", "no-file"), (tmp_path / "a.rtf", "unknown-format")):
        with pytest.raises(SourceError) as raised:
            read_article(path, format="text" if path == tmp_path else None)
        assert raised.value.findings[0].rule == rule


TEXT = st.text(alphabet=st.one_of(st.sampled_from("aB1 2,.;–-[]()^*#<>/&•\n¹²%:"), st.characters()), max_size=300)


@settings(max_examples=150, deadline=None)
@given(text=TEXT, format=st.sampled_from(["text", "markdown", "html", "jats"]))
def test_no_text_makes_a_reader_stumble(text: str, format: str) -> None:
    try:
        article = read_article_text(text, "a", format)
    except SourceError:
        return
    json.dumps(payload(article))
    strict_yaml(draft(article), "draft.yaml")
    lines = text.replace("\r\n", "\n").count("\n") + text.count("\r") + len([c for c in text if c in "\x0b\x0c\x85\u2028\u2029"]) + 1
    assert all(0 <= s.line <= lines for s in article.sentences)


@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=200), format=st.sampled_from(["text", "markdown", "html", "jats", "docx", "pdf"]))
def test_no_bytes_make_a_reader_stumble(data: bytes, format: str) -> None:
    try:
        read_article_text(data, "a", format)
    except SourceError as error:
        assert error.findings[0].repair
