"""Reference files as other programs and people write them: what each entry says arrives, and nothing is garbled in silence."""

from __future__ import annotations

from unicodedata import combining, normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edgewise.citations.formats import bibtex, csl, ris
from edgewise.citations.formats.details import fold
from edgewise.citations.formats.tex import read_tex, write_tex
from edgewise.graph.model import Reference

COMMANDS = r"\a \textit{x} \' \c \href \url{ \\ \{ \} $ $x$ $_2$ { } % & ~ -- `` '' \ensuremath \input{/etc/passwd} \verb|x| \frac \sqrt["


def bib(fields: str, kind: str = "article", more: str = ""):
    found = bibtex.read(f"@{kind}{{k, title = {{T}}, year = 2001, {fields}}}\n{more}", "l.bib")
    return found.references[0], found


def details(reference) -> dict[str, str]:
    return {added.field: added.value for added in reference.additions}


def rules(found) -> list[str]:
    return [finding.rule for finding in found.findings]


@pytest.mark.parametrize(
    ("tex", "plain"),
    [
        (r"Wings of \textit{Tetrix subulata} in the 2\textsuperscript{nd} year", "Wings of Tetrix subulata in the 2nd year"),
        (r"At 50\,\% and $\alpha$-blockers {\`a} la {\em mode}", "At 50 % and α-blockers à la mode"),
        (r"\emph{In vivo} {\bf B} \textbf{\textsc{c}} \underline{d} \mbox{e}", "In vivo B c d e"),
        (
            r"H$_2$O, $^{13}$C, $10^{-3}$, 37\,$^\circ$C, $p < 0.05$, $\geq$65, $<$5, $\mathbf{x}$",
            "H₂O, ¹³C, 10⁻³, 37 °C, p < 0.05, ≥65, <5, x",
        ),
        (r"TNF-$\alpha$/IL-1\ensuremath{\beta}", "TNF-α/IL-1β"),
        (r"co\-op, a~b, 1990--2000, one---two, ``so'' and \enquote{so}", "coop, a b, 1990–2000, one—two, “so” and “so”"),
        (
            r"Ga{\ss}, \'{E}cole, {\'{\i}}le, \AA{}ngstr{\"o}m, \c{c}a, \k{a}, {\O}, Ja\'n, \H{o}",
            "Gaß, École, íle, Ångström, ça, ą, Ø, Jań, ő",
        ),
        (r"50% of R&D, US$ 5, $50 and $60", "50% of R&D, US$ 5, $50 and $60"),
        (r"\href{https://example.org}{the text} \url{x}", "the text x"),
    ],
)
def test_latex_that_sets_type_is_read_as_what_it_shows(tex, plain):
    found = bibtex.read(f"@article{{a, title = {{{tex}}}, year = 2001}}", "l.bib")
    assert (found.references[0].title, found.findings) == (plain, ())


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)
    | st.text(st.sampled_from(list("\\{}$%&#_^~-`'!?ab 1")), max_size=30)
)
@settings(max_examples=300, deadline=None)
def test_what_is_written_for_latex_reads_back_the_same(text):
    assert fold(read_tex(write_tex(text))) == fold(text)


@given(st.lists(st.sampled_from(COMMANDS.split(" ")), max_size=12).map("".join))
@settings(max_examples=300, deadline=None)
def test_no_heap_of_commands_breaks_the_reading_or_is_obeyed(tex):
    plain = "".join(letter for letter in normalize("NFD", read_tex(tex)) if not combining(letter))  # \' may stand over each of them
    assert ("input" in plain) == ("input" in tex)
    assert "root:" not in plain


@pytest.mark.parametrize(
    ("authors", "line"),
    [
        ("Doe, Ann and others", "Doe, Ann; et al."),
        ("Doe, Ann AND Roe, Bob And Poe, Cy", "Doe, Ann; Roe, Bob; Poe, Cy"),
        ("Doe E, Roe G, Poe KA, Loe M", "Doe E, Roe G, Poe KA, Loe M"),
        ("{Doe de Roe}, A. and Po{\\'e}, M. and {de Loe}, Tom", "Doe de Roe, A.; Poé, M.; de Loe, Tom"),
        ("{Barnes and Noble, Inc.}", "Barnes and Noble, Inc."),
        ("van der Berg, Jr., Karl and {\\'O} Briain, Se{\\'a}n", "van der Berg, Karl Jr.; Ó Briain, Seán"),
        ("Doe, Mary Jane,", "Doe, Mary Jane"),
        ("Ann Doe\nand\nBob de Roe", "Doe, Ann; de Roe, Bob"),
    ],
)
def test_authors_arrive_each_by_itself(authors, line):
    reference, found = bib(f"author = {{{authors}}}")
    assert (reference.author, found.findings) == (line, ())


def test_and_others_goes_out_again_as_it_came_in():
    assert "author = {Doe, Ann and others}" in bibtex.write([bib("author = {Doe, Ann and others}")[0]]).text


def test_authors_that_nothing_parts_are_kept_and_said():
    reference, found = bib("author = {Doe, Ann, Roe, Bob, Poe, Cy}")
    assert (reference.author, rules(found)) == ("Doe, Ann, Roe, Bob, Poe, Cy", ["author-line"])


@pytest.mark.parametrize(
    "entry",
    [
        "@article(k, title = {T}, year = 2004)",
        '@article(k, title = "a (b) c", year = 2004)',
        '@article{k, author+an:orcid = {1="0000-0000"}, title = {T}, year = 2004}',
        "@ARTICLE { k ,\n TITLE = {T} , Year = {2004} , }",
        '@article{k, title = "T {"}quoted{"}", year = "2004"}',
        "@article{k, title = {T}, title = {U}, year = 2004}",
        '@string{j = "J" # " Ex"}\n@article{k, title = {T}, journal = j # {.}, year = 20 # "04"}',
        "@article{k, title = {mail @home{now} at\n once}, year = 2004}",
    ],
)
def test_every_way_to_write_an_entry_is_read(entry):
    found = bibtex.read(entry, "l.bib")
    assert ([(one.id, one.year) for one in found.references], found.findings) == ([("k", 2004)], ())


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ("month = june", {"month": "June"}),
        ("month = sept", {"month": "September"}),
        ("month = Apr", {"month": "April"}),
        ('month = "04"', {"month": "April"}),
        ('month = jul # "~4"', {"month": "July", "day": "4"}),
        ('month = "4~" # jul', {"month": "July", "day": "4"}),
    ],
)
def test_months_are_read_however_they_are_named(fields, date):
    reference, found = bib(fields)
    assert (details(reference), found.findings) == (date, ())


def test_a_month_that_is_none_is_said_to_be_left_out():
    reference, found = bib("month = {Juni}")
    assert (details(reference), [(out.field, out.value) for out in found.left_out]) == ({}, [("month", "Juni")])


@pytest.mark.parametrize(
    ("date", "read"),
    [("2024-03-02", (2024, {"month": "March", "day": "2"})), ("2007-05/2007-06", (2007, {"month": "May"})), ("2008", (2008, {}))],
)
def test_dates_of_biblatex_are_read(date, read):
    found = bibtex.read(f"@article{{k, title = {{T}}, date = {{{date}}}}}", "l.bib").references[0]
    assert (found.year, details(found)) == read


@pytest.mark.parametrize(("year", "read"), [("2004", 2004), ("(2004)", 2004), ("c. 1999", 1999), ("2001a", 2001)])
def test_a_year_is_read_from_among_its_signs(year, read):
    assert bibtex.read(f"@book{{k, title = {{T}}, year = {{{year}}}}}", "l.bib").references[0].year == read


@pytest.mark.parametrize("year", ["in press", "12345", ""])
def test_what_is_no_year_is_not_guessed_at(year):
    found = bibtex.read(f"@book{{k, title = {{T}}, year = {{{year}}}}}", "l.bib")
    assert [(one.title, one.year) for one in found.references] == [("T", 0)]
    assert [(finding.rule, finding.severity) for finding in found.findings] == [("missing-year", "warning")]


@pytest.mark.parametrize("format", [bibtex, ris, csl])
def test_a_reference_without_a_year_stays_one(format):
    given = Reference("r1", 1, "On rest", 0, container="J Rest", author="Lee A")
    (back,) = format.read(format.write([given]).text, "l").references
    assert (back.title, back.year, back.container) == ("On rest", 0, "J Rest")


def test_a_chapter_takes_from_its_book_what_it_does_not_say_itself():
    found = bibtex.read(
        "@incollection{e, author = {Loe, D}, title = {E}, crossref = {F}, pages = {1--2}}\n"
        "@book{f, title = {The F book}, editor = {Roe, Bob}, publisher = {P}, year = 2005, doi = {10.1000/book}}",
        "l.bib",
    )
    chapter, book = found.references
    assert (chapter.title, chapter.container, chapter.year, details(chapter)) == (
        "E",
        "The F book",
        2005,
        {"pages": "1–2", "publisher": "P"},
    )
    assert (chapter.identifiers, book.container, found.findings) == ((), "", ())


def test_a_string_that_is_not_defined_is_the_text_and_is_said():
    reference, found = bib("journal = jama")
    assert reference.container == "jama"
    assert [str(finding) for finding in found.findings] == [
        "l.bib:1: warning: 'jama' in journal is the name of no string; it was taken for the text; "
        "write the text in braces, or define it by @string [undefined-string]"
    ]


def test_an_address_is_kept_to_the_letter_and_a_subtitle_belongs_to_the_title():
    reference, _ = bib(r"subtitle = {A sub}, url = {\url{https://example.org/~ann/a--b\_c}}, doi = {10.1000/a--b_c}")
    assert reference.title == "T: A sub"
    assert [known.value for known in reference.identifiers] == ["10.1000/a--b_c", "https://example.org/~ann/a--b_c"]


def record(*lines: str) -> str:
    return "\n".join(["TY  - JOUR", "TI  - T", "PY  - 2001", *lines, "ER  - ", ""])


def test_ris_authors_of_both_tags_are_read_and_an_abbreviation_is_the_journal_where_nothing_else_is():
    reference = ris.read(record("A1  - IEEE", "AU  - Doe, A", "AU  - Roe, B", "JA  - Acta Exempli"), "l.ris").references[0]
    assert (reference.author, reference.container) == ("IEEE; Doe, A; Roe, B", "Acta Exempli")


@pytest.mark.parametrize("line", ["L3  - 10.1000/182", "M3  - doi:10.1000/182", "M3  - 10.1000/182"])
def test_a_doi_is_taken_from_wherever_ris_holds_it(line):
    found = ris.read(record(line), "l.ris")
    assert ([known.value for known in found.references[0].identifiers], found.left_out) == (["10.1000/182"], ())


def test_what_stands_between_ris_records_moves_no_position():
    found = ris.read(
        "Record #1 of 2\n\n" + record() + "\nDoe A. On rest. 2001.\n\n" + record() + "\nSearch Strategy:\n1  exp exercise/\n", "l.ris"
    )
    assert [reference.position for reference in found.references] == [1, 2]
    assert rules(found) == ["broken-entry"], "what a database prints around its entries is none; what may be one is told"


def test_a_month_by_name_is_read_in_ris_too():
    assert details(ris.read("TY  - BOOK\nTI  - T\nY1  - 2015/october\nER  - \n", "l.ris").references[0]) == {"month": "October"}


def test_what_is_left_out_is_shown_in_words():
    assert [out.value for out in ris.read(record("KW  - one", "KW  - two", "L4  - x"), "l.ris").left_out] == ["one; two", "x"]
