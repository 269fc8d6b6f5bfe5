"""Reference lists and articles in other encodings than UTF-8: read where a mark tells, else refused with the encoding by name."""

from __future__ import annotations

import codecs

import pytest

from edgewise.citations.formats.files import read
from edgewise.citations.reading.article import read_article
from edgewise.ontology.errors import SourceError
from tests.explorer.calls import run

LIST = "TY  - JOUR\nTI  - Café “rest”\nAU  - Müller, Jörn\nPY  - 2001\nER  - \n"
TEXT = "Care\n\nThe café helps [1]. Naïve rest does [2].\n\nReferences\n\n1. Müller J. Rest. 2001.\n2. Roe B. Ice. 2002.\n"
MARKED = {
    "utf-8": codecs.BOM_UTF8, "utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE, "utf-32-le": codecs.BOM_UTF32_LE,
}  # fmt: skip


def kept(tmp_path, text: str, encoding: str, name: str, mark: bytes = b""):
    file = tmp_path / name
    file.write_bytes(mark + text.encode(encoding))
    return file


@pytest.mark.parametrize("encoding", MARKED)
def test_a_byte_order_mark_tells(tmp_path, encoding):
    assert read(kept(tmp_path, LIST, encoding, "a.ris", MARKED[encoding])).references[0].author == "Müller, Jörn"
    article = read_article(kept(tmp_path, TEXT, encoding, "a.txt", MARKED[encoding]))
    assert [marker.numbers for marker in article.markers] == [(1,), (2,)]


@pytest.mark.parametrize("encoding", ["windows-1252", "utf-16-le", "utf-16-be"])
def test_without_a_mark_the_encoding_is_offered_by_name_and_reads(tmp_path, encoding):
    file, text = kept(tmp_path, LIST, encoding, "a.ris"), kept(tmp_path, TEXT, encoding, "a.txt")
    (finding,) = read(file).findings
    assert f"--encoding {encoding}" in finding.repair
    with pytest.raises(SourceError) as raised:
        read_article(text)
    assert f"--encoding {encoding}" in raised.value.findings[0].repair
    assert read(file, encoding=encoding).references[0].title == "Café “rest”"
    assert len(read_article(text, encoding=encoding).markers) == 2


def test_the_line_of_the_first_strange_byte_is_told(tmp_path):
    (finding,) = read(kept(tmp_path, LIST, "windows-1252", "a.ris")).findings
    assert (finding.rule, finding.line, finding.message) == ("unreadable-file", 2, "byte 21 (0xe9) is not UTF-8 text")


@pytest.mark.parametrize("name", ["klingon", "base64", "rot13", "zip", "idna", "\x00", "../x"])
def test_a_name_of_no_encoding_of_text_is_refused(tmp_path, name):
    (finding,) = read(kept(tmp_path, LIST, "windows-1252", "a.ris"), encoding=name).findings
    assert finding.rule == "unreadable-file"
    assert finding.repair


def test_an_encoding_that_does_not_fit_is_refused(tmp_path):
    (finding,) = read(kept(tmp_path, LIST, "windows-1252", "a.ris"), encoding="ascii").findings
    assert "is not ASCII text" in finding.message


@pytest.mark.parametrize(
    "command",
    [
        ["references", "--from", "{ris}", "--encoding", "windows-1252"],
        ["article", "{txt}", "--encoding", "windows-1252"],
        ["audit", "{txt}", "{ris}", "--encoding", "windows-1252", "--jobs", "1"],
    ],
)
def test_every_command_that_reads_takes_an_encoding(tmp_path, command):
    files = {"ris": kept(tmp_path, LIST, "windows-1252", "a.ris"), "txt": kept(tmp_path, TEXT, "windows-1252", "a.txt")}
    done = run(*(part.format(**files) for part in command))
    assert done.exit_code in (0, 1), done.output
    assert "UTF-8" not in done.output
