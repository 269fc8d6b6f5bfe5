"""`edgewise article`: what is read, what is not decided, the skeleton of a guideline, and that the article itself stays where it is."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
import typst
import yaml

from edgewise.citations.reading.article import FORMATS
from edgewise.citations.reading.file_formats import READERS
from edgewise.citations.reading.fingerprint import fingerprint
from edgewise.explorer.cli.article import ArticleFormat, ArticleStyle
from tests.citations.reading.word_files import BELT, p, word, zotero
from tests.explorer.calls import answer, refused, run

TEXT = """Care of the ankle

Rest

Resting the ankle helps most people [1]. Belts were tried in 17 of 20 people [2, 3].
Nobody knows why [2–4].

References

1. Lee A. On rest. J Invented. 2001.
2. Ray B. On belts. J Invented. 2002.
3. Kim C. On both. J Invented. 2003.
"""
SENTENCES = ("Resting the ankle helps most people", "Belts were tried in", "Nobody knows why")


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "ankle.txt"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


def test_markers_come_with_their_numbers_opened_and_their_place(file):
    read = answer("article", file)
    assert [marker["numbers"] for marker in read["markers"]] == [[1], [2, 3], [2, 3, 4]]
    assert [marker["line"] for marker in read["markers"]] == [5, 5, 6]
    assert {marker["section"] for marker in read["markers"]} == {"Rest"}
    assert [entry["number"] for entry in read["references"]] == [1, 2, 3]
    assert (read["abstained"], read["style"], read["format"]) == ([], "bracket", "text")


def test_the_report_counts_and_lists_what_was_read(file):
    lines = run("article", file).stdout.splitlines()
    assert lines[0] == f"{file}: text, markers bracket"
    assert lines[1] == "3 groups of markers with 6 citations, 3 entries in the reference list, 0 not decided"
    assert "    line 6, sentence 3: 2, 3, 4" in lines
    assert "  3. Kim C. On both. J Invented. 2003." in lines


def test_what_is_not_decided_is_listed_with_the_reason(tmp_path):
    file = tmp_path / "bare.txt"
    parts = ["Care\n", *(f"Measure {n} helps. {n}\n" for n in range(1, 7)), "The relief lasted about 5.\n", "References\n"]
    file.write_text("\n".join(parts + [f"{n}. Lee A. Title {n}. 2001." for n in range(1, 7)]), encoding="utf-8")
    abstained = answer("article", str(file))["abstained"]
    assert [one["numbers"] for one in abstained] == [[5]]
    report = run("article", str(file)).stdout
    assert f"{len(abstained)} not decided" in report
    assert all(one["why"] in report for one in abstained)


def test_no_sentence_of_the_article_is_printed_or_drafted(file):
    told = "".join(run("article", file, *more).stdout for more in ((), ("--json",), ("--draft",)))
    assert not [sentence for sentence in SENTENCES if sentence in told]


def test_a_draft_holds_places_fingerprints_markers_and_references_and_leaves_the_words_empty(file):
    draft = yaml.safe_load(run("article", file, "--draft").stdout)
    assert [[citation["marker"] for citation in one["citations"]] for one in draft["statements"]] == [
        ["marker-1"], ["marker-2", "marker-3"], ["marker-2", "marker-3", "marker-4"],
    ]  # fmt: skip
    assert {one["text"] for one in draft["statements"]} == {""}
    assert all(one["fingerprint"].startswith("sha256:") for one in draft["statements"])
    assert [one.get("entry") for one in draft["markers"]] == ["reference-1", "reference-2", "reference-3", None]
    assert len(draft["references"]) == 3


def test_a_draft_filled_in_by_somebody_is_not_written_over(file, tmp_path):
    kept = tmp_path / "guideline.yaml"
    assert run("article", file, "--draft", "--output", str(kept)).stdout == ""
    assert kept.read_text(encoding="utf-8") == run("article", file, "--draft").stdout
    kept.write_text("filled in", encoding="utf-8")
    (line,) = refused("article", file, "--draft", "--output", str(kept))
    assert "exists, and somebody may have worked on it" in line
    assert kept.read_text(encoding="utf-8") == "filled in"


def test_the_article_is_never_written_over(file):
    (line,) = refused("article", file, "-o", file)
    assert line == f"error: {file} is what this command reads; name another file with --output"
    assert answer("article", file, "-o", file, code=2)["error"] in line
    assert Path(file).read_text(encoding="utf-8") == TEXT


def test_what_programs_read_can_go_into_a_file(file, tmp_path):
    target = tmp_path / "read.json"
    done = run("article", file, "--json", "--output", str(target))
    assert (done.exit_code, done.output) == (0, "")
    assert json.loads(target.read_text(encoding="utf-8")) == answer("article", file)


def test_style_and_format_can_be_named(file, tmp_path):
    assert answer("article", file, "--style", "superscript")["markers"] == []
    nameless = tmp_path / "ankle"
    nameless.write_text(TEXT, encoding="utf-8")
    assert "names no article format" in refused("article", str(nameless))[0]
    assert len(answer("article", str(nameless), "--format", "text")["markers"]) == 3


def test_the_formats_and_styles_offered_are_those_there_are():
    assert set(ArticleFormat) == set(READERS) == set(FORMATS.values())
    with pytest.raises(ValueError, match="none"):
        ArticleStyle("none")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("nowhere.txt", None, "there is no such file; check the path"),
        ("empty.txt", b"", "the article has no content"),
        ("latin.txt", "Rést [1]".encode("latin-1"), "is not UTF-8 text"),
        ("binary.txt", b"\x00\x01\x02", "this is not a text file"),
        ("broken.docx", b"PK\x03\x04nothing", "error:"),
        ("broken.xml", b"<article><body>", "error:"),
        ("bomb.xml", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><article>&b;</article>', "error:"),
    ],
)
def test_what_is_no_article_is_refused_with_file_and_reason(tmp_path, name, content, words):
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    (line, *_) = refused("article", str(file))
    assert line.startswith(str(file))
    assert words in line
    assert answer("article", str(file), code=2)["findings"]


def test_an_article_cannot_steer_the_terminal(tmp_path):
    file = tmp_path / "evil.txt"
    file.write_text(TEXT.replace("On rest", "On\x1b[31m \u202erest").replace("Rest\n", "Rest\x1b]0;x\x07\n"), encoding="utf-8")
    for options in ((), ("--json",), ("--draft",)):
        assert not set(run("article", str(file), *options).output) & set("\x1b\x07\u202e")


@pytest.mark.skipif(os.name != "posix", reason="other systems name files in Unicode")
def test_a_file_name_that_is_not_utf_8_is_no_obstacle(tmp_path):
    name = os.fsdecode(os.fsencode(tmp_path) + b"/a\xff.txt")
    Path(name).write_text(TEXT, encoding="utf-8")
    target = tmp_path / "read.json"
    assert run("article", name, "--json", "-o", str(target)).exit_code == 0
    assert len(json.loads(target.read_text(encoding="utf-8"))["markers"]) == 3
    assert run("article", name, "--draft").exit_code == 0


def test_a_draft_is_no_json(file):
    assert answer("article", file, "--draft", code=2)["error"] == "a draft is YAML; leave out either --draft or --json"


def test_a_line_without_a_marker_has_a_place_and_a_fingerprint_too(file):
    lines = run("article", file, "--line", "3", "--line", "5").stdout.splitlines()
    assert lines[:3] == ["# line 3", 'place: {section: "rest", part: heading}', f"fingerprint: {fingerprint('Rest')}"]
    assert [line for line in lines if line.startswith("#")] == ["# line 3", "# line 5", "# line 5"]
    assert not any(sentence in "".join(lines) for sentence in SENTENCES)


def test_a_line_on_which_nothing_begins_is_named(file):
    assert "begins on line 4" in refused("article", file, "--line", "3", "--line", "4")[0]
    assert "leave out --draft" in refused("article", file, "--line", "3", "--draft")[0]


def test_a_printed_article_and_a_word_document_are_read_like_any_other(tmp_path: Path) -> None:
    rows = "".join(f"#par[{n}\\. Lee A. On rest in house {n}. J Invented. 200{n};1:1.]\n" for n in (1, 2, 3))
    page = f"= Care of the ankle\n\nResting the ankle helps most people we know.#super[1–3]\n\n= References\n{rows}"
    (tmp_path / "ankle.pdf").write_bytes(typst.compile(page.encode(), format="pdf", timestamp=0))
    (tmp_path / "ankle.docx").write_bytes(word(p("Rest helps ", zotero(BELT, printed="[1]"), ".")))
    printed, written = (answer("article", str(tmp_path / f"ankle.{ending}"), "--json") for ending in ("pdf", "docx"))
    assert [marker["numbers"] for marker in printed["markers"]] == [[1, 2, 3]]
    assert [entry["year"] for entry in printed["references"]] == [2001, 2002, 2003]
    assert [entry["title"] for entry in written["references"]] == ["Belts in bed"]
    assert "M101" in answer("audit", str(tmp_path / "ankle.pdf"), "--json", code=1)["checked"]
