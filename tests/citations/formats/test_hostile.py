"""Reference files that are broken, huge or ill meant: findings with file and line, nothing run, nothing hanging."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edgewise.citations.formats import bibtex, csl, ris
from edgewise.citations.formats.exchange import LARGEST_FILE, LONGEST_VALUE, MOST_REFERENCES
from edgewise.citations.formats.files import FORMATS, READ, read
from tests.work import steps

EACH = pytest.mark.parametrize("format", FORMATS)
GOOD = {
    "csl-json": '{"id": "ok", "title": "Good", "issued": {"date-parts": [[2006]]}}',
    "ris": "TY  - JOUR\nID  - ok\nTI  - Good\nPY  - 2006\nER  - \n",
    "bibtex": "@article{ok, title={Good}, year=2006}\n",
}


AGAIN = "; export the list again as CSL-JSON [unreadable-file]"
NO_FORM = (
    "l.bib:1: error: the entry is not in the form of BibTeX, or uses a string that is not defined; "
    "write @article{key, field = {value}, …} [broken-entry]"
)


def told(reading) -> list[str]:
    return [str(finding) for finding in reading.findings]


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        (
            "[\n{}\n",
            "l.json:3: error: the JSON is broken: a comma or the end of the list is missing here" + AGAIN,
        ),
        (
            '[\n\n{"a" 1}]',
            "l.json:3: error: the JSON is broken: Expecting ':' delimiter" + AGAIN,
        ),
        (
            "[] x",
            "l.json:1: error: the JSON is broken: something follows the end of the list" + AGAIN,
        ),
        ("[" * 100_000, "l.json: error: the JSON is nested too deeply" + AGAIN),
        ("[" + "9" * 5_000 + "]", "l.json: error: a number in the JSON is too long" + AGAIN),
        ("", "l.json:1: error: the JSON is broken: Expecting value" + AGAIN),
        ("[\n  7]", "l.json:2: error: entry 1 is not a bibliographic item; write an object with 'id', 'title' and 'issued' [broken-entry]"),
        ('[\n {"id": "a"}]', "l.json:2: error: the reference 'a' has no title; add it, or take the entry out [missing-title]"),
        (
            '[{"title": "T", "issued": "2006"}]',
            "l.json:1: warning: the reference 'reference-1' has no year; add it once the work has one [missing-year]",
        ),
    ],
)
def test_broken_csl_json_says_where(text, finding):
    assert finding in told(csl.read(text, "l.json"))


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("hello\n" + GOOD["ris"], "l.ris:1: warning: this text stands outside any entry; start an entry with 'TY  - ' [broken-entry]"),
        (
            "\n\nTY  - JOUR\nTI  - Open\nPY  - 2001\n" + GOOD["ris"],
            "l.ris:3: warning: the entry has no end; add the line 'ER  - ' [broken-entry]",
        ),
        (
            "TY  - JOUR\ncontinues nothing\nER  - \n",
            "l.ris:1: error: the reference 'reference-1' has no title; add it, or take the entry out [missing-title]",
        ),
    ],
)
def test_broken_ris_says_where(text, finding):
    assert finding in told(ris.read(text, "l.ris"))


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        (
            "\n@article{a, title={open\n" + GOOD["bibtex"],
            "l.bib:2: error: the entry's braces are not closed; close them, or take the entry out [broken-entry]",
        ),
        (
            "@article{a, title=undefined, year=2006}",
            NO_FORM,
        ),
        (
            "@article{, title={x}}",
            NO_FORM,
        ),
        (
            "@article{a, title=" + "{" * 60 + "x" + "}" * 60 + "}",
            "l.bib:1: error: the entry's braces are nested too deeply; take the needless ones out [broken-entry]",
        ),
        (
            '@article{a, title="x"' + '#"x"' * 200 + "}",
            "l.bib:1: error: the entry joins more than 100 strings; write the text out [broken-entry]",
        ),
        ("@string{broken}", 'l.bib:1: error: the @string is not in the form of BibTeX; write @string{name = "text"} [broken-entry]'),
    ],
)
def test_broken_bibtex_says_where(text, finding):
    assert finding in told(bibtex.read(text, "l.bib"))


@EACH
def test_a_good_entry_beside_a_broken_one_is_still_read(format):
    broken = {
        "csl-json": f"[{GOOD['csl-json']}, 7, oops",
        "ris": GOOD["ris"] + "TY  - ",
        "bibtex": "@article{x, y\n" + GOOD["bibtex"] + "@book{z,,,}",
    }
    found = FORMATS[format].read(broken[format], "list")
    assert [reference.title for reference in found.references] == ["Good"]
    assert any(finding.severity == "error" for finding in found.findings)


def test_strings_made_of_strings_do_not_fill_the_memory():
    bomb = '@string{a = "0123456789"}\n' + "".join(
        f"@string{{{name} = {' # '.join([last] * 50)}}}\n" for last, name in zip("abcdef", "bcdefg", strict=True)
    )
    found = bibtex.read(bomb + "@article{x, title = g, year = 2006}\n" + GOOD["bibtex"], "l.bib")
    assert [reference.id for reference in found.references] == ["ok"]
    assert "l.bib:3: error: the @string has more than 1,000 characters and was not read; shorten it [value-too-long]" in told(found)


@EACH
def test_a_file_that_is_too_large_is_refused_before_it_is_parsed(format, tmp_path):
    path = tmp_path / "list"
    path.write_bytes(b" " * (LARGEST_FILE + 1))
    found = read(path, format=format)
    assert (found.references, [finding.rule for finding in found.findings]) == ((), ["file-too-large"])


@EACH
@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xff\xfe\x00", "byte 3 (0x00) is not UTF-16 text; name another encoding, or save it as UTF-8"),
        ("Müller".encode("latin-1"),
         "byte 2 (0xfc) is not UTF-8 text; save it as UTF-8, or name its encoding, as it seems: --encoding windows-1252"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_utf_8_says_so(format, content, message):
    assert told(FORMATS[format].read(content, "list")) == [f"list:1: error: {message} [unreadable-file]"]


@EACH
def test_a_byte_order_mark_and_windows_line_ends_are_nothing(format):
    content = b"\xef\xbb\xbf" + GOOD[format].replace("\n", "\r\n").encode()
    assert [reference.title for reference in FORMATS[format].read(content, "list").references] == ["Good"]


def test_a_value_that_is_too_long_is_cut_and_said():
    found = csl.read(f'[{{"title": "{"x" * 20_000}", "issued": {{"date-parts": [[2006]]}}}}]', "l.json")
    assert len(found.references[0].title) == LONGEST_VALUE
    assert [finding.rule for finding in found.findings] == ["value-too-long"]


def test_more_references_than_anyone_cites_are_cut_and_said():
    found = ris.read("TY  - JOUR\nTI  - T\nPY  - 2006\nER  - \n" * (MOST_REFERENCES + 1), "l.ris")
    assert len(found.references) == MOST_REFERENCES
    assert found.findings[0].rule in {"file-too-large", "duplicate-id"}
    assert any(finding.rule == "file-too-large" for finding in found.findings)


@pytest.mark.parametrize(
    ("format", "text"),
    [
        ("bibtex", lambda n: "@article{a, author={" + " " * n + "x}, title={T}, year=2006}"),
        ("bibtex", lambda n: "@a" + " " * n),
        ("bibtex", lambda n: "@" * n),
        ("bibtex", lambda n: "".join(f'@string{{s{m}="x"}}' for m in range(n))),
        ("bibtex", lambda n: "@a{" * n),
        ("bibtex", lambda n: "@article{a, title=x, year=2006}\n" * n),
        ("bibtex", lambda n: "@article{a, title={x}, crossref={a}, year=2006}\n" * n),
        ("bibtex", lambda n: "@article{a, title={T}, year=2006," + "x={}," * n + "}"),
        ("bibtex", lambda n: "@article{a, title={" + "\\'" * n + "}, year=2006}"),
        ("bibtex", lambda n: "@article{a, title={" + "$a " * n + "}, year=2006}"),
        ("bibtex", lambda n: "@article{a, title={" + "{a}\\textit{b} \\x" * n + "}, year=2006}"),
        ("bibtex", lambda n: "@article{a, author={" + "and " * n + "}, title={T}, year=2006}"),
        ("bibtex", lambda n: "@article{a, author={" + "A and " * n + "B}, title={T}, year=2006}"),
        ("ris", lambda n: "TY  - JOUR\n" + "x\n" * n),
        ("ris", lambda n: "TY  - JOUR\nTI  - T\nPY  - 2006\n" + "N1  - edgewise addition a" + " = ; stated by" * n + "\nER  - \n"),
        ("ris", lambda n: "TY  - JOUR\nID  - a\nTI  - T\nPY  - 2006\nER  - \n" * n),
        ("csl-json", lambda n: '[{"title": "' + "<i " * n + '", "issued": {"date-parts": [[2006]]}}]'),
        ("csl-json", lambda n: '[{"title": "T", "author": [' + '{"family": "A"},' * n + '{}], "issued": {"date-parts": [[2006]]}}]'),
        ("csl-json", lambda n: "{" * 100 + " " * n),
        ("csl-json", lambda n: '[{"title": "T", "note": "' + "a\\n" * n + '", "issued": {"date-parts": [[2006]]}}]'),
        ("nbib", lambda n: "PMID- 1\nTI  - T\n" + "      a\n" * n),
        ("wos", lambda n: "PT J\nAU Doe, A\n" + "   Roe, B\n" * n + "ER\n"),
        ("refer", lambda n: "%0 Book\n%T T\n" * n),
    ],
    ids=range(23),
)
def test_four_times_the_text_is_four_times_the_work(format, text):
    """Were it quadratic, it would be sixteen times."""
    READ[format].read(text(10), "list")  # tables are made once
    once, four_times = (steps(lambda n=n: READ[format].read(text(n), "list")) for n in (100, 400))
    assert four_times < 6 * once


def test_a_file_of_nothing_but_beginnings_is_not_read_to_its_end():
    found = bibtex.read("@a{" * 500_000, "l.bib")
    assert told(found)[-1] == "l.bib: error: only the first 20,000 entries were read; split it into smaller lists [file-too-large]"


@EACH
@given(text=st.text(max_size=200) | st.text(st.sampled_from(list('@{}()"#,=\\%&~$[]: \nTYERIPAU-0129abc')), max_size=200))
@settings(max_examples=300, deadline=None)
def test_no_text_at_all_breaks_a_reader(format, text):
    found = FORMATS[format].read(text, "list")
    assert all(finding.file == "list" and finding.message for finding in found.findings)
    assert all(reference.title and reference.year for reference in found.references)


@EACH
@given(cut=st.integers(0, 400), put=st.text(max_size=5))
@settings(max_examples=150, deadline=None)
def test_no_damage_to_a_good_file_breaks_a_reader(format, cut, put):
    text = "[" + GOOD["csl-json"] + "," + GOOD["csl-json"] + "]" if format == "csl-json" else GOOD[format] * 2
    FORMATS[format].read(text[:cut] + put + text[cut + len(put) :], "list")


@given(
    st.dictionaries(
        st.sampled_from(["id", "title", "author", "issued", "note", "page", "type", "DOI", "volume", "container-title"]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=9),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(st.sampled_from(["family", "given", "literal", "date-parts", "raw"]), inner, max_size=3)
            ),
            max_leaves=8,
        ),
    )
)
@settings(max_examples=300, deadline=None)
def test_no_shape_of_a_csl_item_breaks_the_reader(item):
    reading = csl.read(json.dumps([item]), "l.json")
    assert len(reading.references) + sum(finding.rule == "missing-title" for finding in reading.findings) == 1
