"""PDF files: read back as they are printed, from pages that Typst set."""

from __future__ import annotations

import json
import random
from io import BytesIO
from pathlib import Path

import pytest
import typst
from PIL import Image

from edgewise.citations.audit.manuscripts.judging import judge
from edgewise.citations.audit.manuscripts.manuscript import of_read
from edgewise.citations.reading.article import Article, payload, read_article_text
from edgewise.citations.reading.printed_pages import opening
from edgewise.citations.reading.printed_pages.columns import in_reading_order
from edgewise.citations.reading.printed_pages.lines import lines_of
from edgewise.citations.reading.printed_pages.listed import find_entries
from edgewise.citations.reading.printed_pages.runs import Page, Run
from edgewise.graph.reading.bounded_process import Outcome
from edgewise.ontology.errors import SourceError

FILL = "Belts were worn at night by most of the keepers whom we asked, and nobody who wore one ever took it off before the morning came. "
ENTRIES = tuple(f"{name} A. {thing} in the cold season. J Care. {2001 + n};{n + 1}:1-9." for n, (name, thing) in enumerate(
    zip(("Doe", "Roe", "Poe", "Moe", "Coe"), ("Belts", "Rest", "Ice", "Heat", "Straw"), strict=True)
))  # fmt: skip


def pdf(body: str, *, columns: int = 1, head: str = "", size: int = 10) -> bytes:
    page = f'#set page(columns: {columns}, numbering: "1", header: [{head}])\n#set text(size: {size}pt, hyphenate: true, lang: "en")\n'
    made = typst.compile((page + "#set par(justify: true)\n" + body).encode(), format="pdf", timestamp=0)
    assert isinstance(made, bytes)
    return made


def listed(*, numbered: bool = True, label: str = "#n.") -> str:
    if not numbered:
        return "\n\n= References\n" + "\n\n".join(f"#par(hanging-indent: 1.5em)[{text}]" for text in ENTRIES)
    rows = "".join(f"grid(columns: (2em, 1fr), [{label.replace('#n', str(n))}], [{text} {FILL}]),\n" for n, text in enumerate(ENTRIES, 1))
    return f"\n\n= References\n#stack(spacing: 0.8em, {rows})"


def read(body: str, *, columns: int = 1, head: str = "", size: int = 10) -> Article:
    return read_article_text(pdf(body, columns=columns, head=head, size=size), "a.pdf", "pdf")


def cited(article: Article) -> list[tuple[int, ...]]:
    return [marker.numbers for marker in article.markers if marker.paragraph]


def texts(article: Article) -> list[str]:
    return [sentence.text for sentence in article.sentences]


@pytest.mark.parametrize("columns", [1, 2])
def test_markers_come_in_the_order_of_the_text_whatever_the_columns(columns: int) -> None:
    body = "= Care\n" + "\n\n".join(f"{FILL * 9} So it is \\[{n}\\]. {FILL * 3}" for n in (1, 2, 3, 4, 5)) + listed()
    article = read(body, columns=columns, head="Journal of Care")
    assert cited(article) == [(1,), (2,), (3,), (4,), (5,)]
    assert article.style == "bracket"
    assert [one.number for one in article.references] == [1, 2, 3, 4, 5]


def test_running_heads_and_page_numbers_are_no_text() -> None:
    article = read("= Care\n" + f"{FILL * 30} So it is \\[1–4\\].\n\n" * 4 + listed(), head="Journal of Care 12 (2020)")
    assert max(marker.line for marker in article.markers) > 1, "the line is the page"
    assert not any("Journal of Care" in text or text.strip().isdigit() for text in texts(article))
    assert all(text.endswith(("morning came.", "So it is.")) for text in texts(article) if text != "Care")


def test_a_word_parted_at_a_lines_end_is_put_together_and_its_own_hyphen_stays() -> None:
    words = "hypersensitivity antiinflammatory musculoskeletal low-back rehabilitation"
    article = read(f"#set page(width: 200pt)\n= Care\n{(words + ' ') * 40} \\[1–4\\].\n\n" + listed())
    (said,) = (text for text in texts(article) if text.startswith("hyper"))
    assert set(said.rstrip(".").split()) == set(words.split())


def test_raised_numbers_are_markers_but_powers_units_and_affiliations_are_not() -> None:
    body = (
        "= Care of Houses\nAnn Doe#super[1,2] and Ben Roe#super[2]\n\n#text(8pt)[#super[1]Institute of Rest. #super[2]School of Belts.]\n\n"
        "== Background\n"
        f"{FILL} Rest helps.#super[1,3–5] In 10#super[3] houses of 40 m#super[2] it held for carbon #super[13]C too.#super[2] {FILL}\n\n"
    )
    article = read(body + listed())
    assert cited(article) == [(1, 3, 4, 5), (2,)]
    assert article.style == "tagged"


def test_figures_that_the_type_itself_raises_are_markers_as_well() -> None:
    body = (
        f"== Background\n{FILL} Rest helps.#super(typographic: true)[12] {FILL}\n\n{FILL} Ice cools.#super(typographic: true)[3] {FILL}\n"
    )
    rows = "".join(f"#par[{n}\\. Doe A. Belts in house {n}. J Care. 2001;1:1.]\n" for n in range(1, 13))
    article = read(body + "= References\n" + rows)
    assert cited(article) == [(12,), (3,)]


def test_a_raised_number_that_may_be_a_power_is_left_in_doubt() -> None:
    article = read(f"== Background\n{FILL} Rest helps.#super[1,2,4,5] By PolyPred-2#super[3] it did.\n\n" + listed())
    assert [doubt.numbers for doubt in article.abstentions] == [(3,)]
    assert "a marker, or a power" in article.abstentions[0].why


def test_numbered_lines_along_the_margin_are_no_text() -> None:
    article = read('#set par.line(numbering: "1")\n= Care\n' + f"{FILL * 12} So it is \\[1–3\\].\n\n" + listed())
    assert cited(article) == [(1, 2, 3)]
    assert not any(word.isdigit() for text in texts(article) for word in text.split())
    assert len(article.references) == 5


def test_a_caption_stands_beside_the_text_and_parts_no_sentence() -> None:
    figure = "#figure(placement: top, rect(width: 50%, height: 9cm), caption: text(8pt)[Bars show means \\[4\\].])"
    article = read(
        f"= Care\n{figure}\n" + f"{FILL * 30} So it is \\[1\\]. {FILL * 20}\n\n{FILL * 9} So be it \\[2\\].\n\n" + listed(), columns=2
    )
    assert cited(article) == [(1,), (2,)]
    assert [one["numbers"] for one in payload(article)["elsewhere"]] == [[4]]
    assert all(text.endswith((".", "Care", "]")) for text in texts(article))


def test_a_list_without_numbers_is_read_by_its_hanging_lines() -> None:
    article = read(f"= Care\n{FILL * 3}\n\n" + listed(numbered=False), size=14)
    assert [one.author for one in article.references] == ["Doe A", "Roe A", "Poe A", "Moe A", "Coe A"]


def test_links_to_the_list_are_citations_whatever_they_print() -> None:
    rows = "\n".join(f"#par(hanging-indent: 1em)[{text}]<entry{n}>" for n, text in enumerate(ENTRIES, 1))
    named = "(#link(<entry2>)[Roe], #link(<entry2>)[2002]; #link(<entry4>)[Moe, 2004])"
    article = read(f"= Care\n{FILL} So it is {named}. {FILL}\n\n= References\n{rows}")
    assert cited(article) == [(2,), (4,)]
    assert article.linked == {2, 4}


def test_a_link_that_leads_to_another_entry_than_it_prints_is_told_by_the_audit() -> None:
    rows = "\n".join(f"#par[\\[{n}\\] {text}]<entry{n}>" for n, text in enumerate(ENTRIES, 1))
    links = "\\[#link(<entry1>)[1]\\], \\[#link(<entry3>)[2]\\], \\[#link(<entry3>)[3]\\]"
    report = judge(of_read(read(f"= Care\n{FILL} So it is {links}. {FILL}\n\n= References\n{rows}")))
    assert [(one.rule, one.line, one.message) for one in report.findings if one.rule == "M113"] == [
        ("M113", 1, "the link '2' leads to entry 3 of the list")
    ]


def placed(*texts: tuple[str, float, float, float]) -> Page:
    """A page by hand: each run with its place and size."""
    return Page(
        1, 600, 800, tuple(Run(text, left, left + 0.5 * size * len(text), base, size, spaced=True) for text, left, base, size in texts)
    )


def test_an_address_that_runs_into_the_next_column_parts_no_column() -> None:
    rows = [(f"{side} row {row} and so on", left, 700 - 12 * row, 10) for row in range(9) for side, left in (("one", 40), ("two", 310))]
    address = ("http://example.org/" + "x" * 60, 40, 604, 10)
    lines = in_reading_order(lines_of(placed(*rows[:-2], address, rows[-1])))
    assert [line.text[:3] for line in lines] == ["one"] * 8 + ["htt"] + ["two"] * 9


def test_no_space_is_read_before_a_raised_number_that_touches_its_word() -> None:
    (line,) = lines_of(placed(("belts", 40, 700, 10), ("12", 65.5, 704, 6), ("hold", 80, 700, 10)))
    assert line.text == "belts12 hold"


def test_a_doi_at_the_head_of_a_line_is_no_entrys_number() -> None:
    texts = ("References", "1. Doe A. Belts. 2001. doi:", "10.1000/one", "2. Roe B. Rest. 2002.")
    listed_lines = in_reading_order(lines_of(placed(*((text, 40, 700 - 12 * n, 10) for n, text in enumerate(texts)))))
    assert [entry.number for entry in find_entries(listed_lines).entries] == [1, 2]


def locked() -> bytes:
    """A file that asks for a password: of none does its check come out right."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        b"3 0 obj<</Filter/Standard/V 1/R 2/P -4/O<" + b"41" * 32 + b">/U<" + b"42" * 32 + b">>>endobj\n"
        b"trailer<</Root 1 0 R/Encrypt 3 0 R/ID[<" + b"43" * 16 + b"><" + b"43" * 16 + b">]/Size 4>>\n%%EOF"
    )


def scanned() -> bytes:
    stream = BytesIO()
    Image.new("L", (600, 800), 200).save(stream, "PDF")
    return stream.getvalue()


REFUSED = {
    "locked": (locked(), "locked", "password"),
    "scanned": (scanned(), "no-text", "OCR"),
    "torn": (pdf("= Care\n" + FILL)[:300], "not-pdf", "download it again"),
    "another file": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 99, "not-pdf", "JATS"),
    "a book": (pdf("x\n" + "#pagebreak()\nx\n" * 501), "too-large", "article alone"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_cannot_be_read_is_refused_in_a_sentence_that_says_what_to_do(kind: str) -> None:
    data, rule, told = REFUSED[kind]
    with pytest.raises(SourceError) as raised:
        read_article_text(data, "a.pdf", "pdf")
    (finding,) = raised.value.findings
    assert (finding.rule, finding.file) == (rule, "a.pdf")
    assert told in str(finding)


def test_a_file_that_takes_too_long_is_stopped_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "run_bounded", lambda *_: Outcome(-14, out_of_time=True))
    with pytest.raises(SourceError, match="was stopped"):
        read_article_text(pdf(FILL), "a.pdf", "pdf")


def test_no_torn_file_makes_the_reader_stumble() -> None:
    whole = pdf(f"= Care\n{FILL} So it is \\[1\\].\n\n" + listed())
    chance = random.Random(5)
    for _ in range(12):
        torn = bytearray(whole)
        for _ in range(40):
            torn[chance.randrange(9, len(torn))] = chance.randrange(256)
        try:
            json.dumps(payload(read_article_text(bytes(torn), "a.pdf", "pdf")))
        except SourceError as error:
            assert error.findings[0].repair


def test_a_pdf_is_known_by_its_ending(tmp_path: Path) -> None:
    from edgewise.citations.reading.article import read_article

    (tmp_path / "Care.PDF").write_bytes(pdf(f"= Care\n{FILL} So it is \\[1\\].\n\n" + listed()))
    assert read_article(tmp_path / "Care.PDF").format == "pdf"
