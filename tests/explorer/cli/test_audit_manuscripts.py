"""`edgewise audit` of articles and reference lists as they are, without a guideline."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import jsonschema
import pytest
from lxml import html

from edgewise.citations.audit.manuscripts import judging
from tests.explorer.calls import DATA, SI, answer, refused, run

THUMB = str(DATA / "audit" / "thumb.yaml")
SOUND = """\
Of thumbs

Rest helps.[1] Braces help too.[2]

References

1. Lee A. On rest. J Rest. 2001. doi:10.1000/rest
2. Ray B. On braces. J Rest. 2002. doi:10.1000/braces
"""
BROKEN = SOUND.replace("too.[2]", "too.[4]")
JATS = """\
<article><front><article-meta><title-group><article-title>Of thumbs</article-title></title-group></article-meta></front>
<body><p>Rest helps <xref ref-type="bibr" rid="b1">1</xref>.</p></body>
<back><ref-list>
<ref id="b1"><label>1</label><element-citation><person-group><name><surname>Lee</surname></name></person-group>
<article-title>On rest</article-title><source>J Rest</source>
<year>2001</year><pub-id pub-id-type="doi">10.1000/rest</pub-id></element-citation></ref>
<ref id="b2"><label>2</label><element-citation><person-group><name><surname>Ray</surname></name></person-group>
<article-title>On braces</article-title><source>J Rest</source>
<year>2002</year><pub-id pub-id-type="doi">10.1000/b c</pub-id></element-citation></ref>
</ref-list></back></article>
"""
BIB = """\
@article{lee, author={Lee, Ann}, title={On rest}, journal={J Rest}, year=2001, doi={10.1000/rest}}

@article{ray, title={On braces}, journal={J Rest}, year=2002, pages={20--11}, doi={10.1000/braces}}
@article{kim, title={Lost
"""


def written(folder: Path, **files: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, "utf-8")
    return folder


def told(data: dict) -> list[tuple[str, int]]:
    return [(one["rule"], one["line"]) for one in data["findings"]]


def test_a_sound_article_is_clean_and_says_what_was_not_checked(tmp_path):
    written(tmp_path, a_txt=SOUND)
    done = run("audit", str(tmp_path / "a.txt"))
    assert done.exit_code == 0
    assert done.stdout.splitlines()[-1] == f"{tmp_path / 'a.txt'}: nothing found"
    assert "they judge what a guideline says, and a manuscript alone is none" in done.stdout
    assert "nothing was looked up" in done.stdout


def test_findings_stand_on_lines_of_the_article_itself(tmp_path):
    file = written(tmp_path, a_md=BROKEN) / "a.md"
    data = answer("audit", str(file), code=1)
    assert data["file"] == str(file)
    assert told(data) == [("M101", 3), ("M102", 8)]
    assert {one["file"] for one in data["findings"]} == {str(file)}
    assert "line-3" in data["findings"][0]["message"], "the sentence is named by its line"


def test_entries_of_jats_are_told_with_their_lines(tmp_path):
    data = answer("audit", str(written(tmp_path, a_xml=JATS) / "a.xml"), code=1)
    assert told(data) == [("M102", 7), ("R203", 7)]


def test_a_reference_list_alone_is_judged_by_its_own_lines_and_no_marker_is_missed(tmp_path):
    data = answer("audit", str(written(tmp_path, l_bib=BIB) / "l.bib"), code=1)
    assert told(data) == [("R201", 3), ("R205", 3), ("R218", 4)]
    assert ["M101", "M102", "M103", "M104", "M105", "M107", "M114"] in [
        one["rules"] for one in data["unchecked"] if one["why"] == "a reference list alone shows no markers"
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("l.ris", "TY  - JOUR\nTI  - On rest\nJO  - J Rest\nPY  - 2001\nDO  - 10.1000/rest\nER  - \n"),
        ("l.json", '[{"id": "a", "type": "article-journal", "title": "On rest", "container-title": "J Rest",'
         ' "issued": {"date-parts": [[2001]]}, "DOI": "10.1000/rest"}]'),
    ],
)  # fmt: skip
def test_every_kind_of_list_is_read(tmp_path, name, text):
    (tmp_path / name).write_text(text, "utf-8")
    data = answer("audit", str(tmp_path / name), code=1)
    assert [(one["rule"], one["value"]) for one in data["findings"]] == [("R201", "author")]
    assert data["findings"][0]["line"] == 1


LISTS = {
    "l.bib": "@online{a, author={Ray, B.}, title={On ice}, journal={J Ice}, year=2002, "
    "url={https://example.org/ice}, urldate={2020-05-03}}\n"
    "@article{b, author={Lee, A. and others}, title={On rest}, journal={J Rest}, year=2001, doi={10.5555/b}, note={in press}}\n",
    "l.ris": "TY  - JOUR\nTI  - On ice\nAU  - Ray, B.\nJO  - J Ice\nPY  - 2002\n"
    "UR  - https://example.org/ice\nY2  - 2020/05/03/\nER  - \n"
    "TY  - JOUR\nTI  - On rest\nAU  - Lee, A.\nAU  - et al.\nJO  - J Rest\nPY  - 2001\nDO  - 10.5555/b\nN1  - In press\nER  - \n",
    "l.json": '[{"id": "a", "type": "article-journal", "title": "On ice", "container-title": "J Ice",'
    ' "author": [{"family": "Ray", "given": "B"}], "issued": {"date-parts": [[2002]]}, "URL": "https://example.org/ice",'
    ' "accessed": {"date-parts": [[2020, 5, 3]]}},'
    ' {"id": "b", "type": "article-journal", "title": "On rest", "container-title": "J Rest", "author": [{"family": "Lee", "given": "A"},'
    ' {"literal": "et al."}], "issued": {"date-parts": [[2001]]}, "DOI": "10.5555/b", "status": "in press"}]',
}


@pytest.mark.parametrize("name", LISTS)
def test_days_of_access_and_states_are_read_out_of_every_kind_of_list(tmp_path, name):
    (tmp_path / name).write_text(LISTS[name], "utf-8")
    data = answer("audit", str(tmp_path / name), "--names", "all", code=1)
    assert [one["rule"] for one in data["findings"]] == ["R222", "R224"]
    assert data["findings"][0]["value"].casefold() == "in press"
    (tmp_path / name).write_text(LISTS[name].replace("urldate", "x").replace("Y2  - ", "M9  - ").replace("accessed", "x"), "utf-8")
    assert "R223" in [one["rule"] for one in answer("audit", str(tmp_path / name), code=1)["findings"]]


ENTRIES = JATS.replace(
    "<body>", "<body><fig><caption><p>See <xref ref-type='bibr' rid='b2'>2</xref>.</p></caption></fig>"
).replace("10.1000/b c", "10.1000/bc").replace(
    "<article-meta>", "<article-meta><contrib-group><contrib contrib-type='author'><name><surname>Lee</surname>"
    "<given-names>Ann</given-names></name></contrib></contrib-group><pub-date><year>2003</year></pub-date>"
).replace("</surname>", "</surname><given-names>A</given-names>")  # fmt: skip


def test_what_jats_says_of_the_article_is_judged_with_its_entries(tmp_path):
    file = written(tmp_path, a_xml=ENTRIES.replace("On braces", "RETRACTED: On braces")) / "a.xml"
    data = answer("audit", str(file), code=1)
    assert told(data) == [("M114", 7), ("R219", 7), ("R225", 4)]
    assert "1 of 2 entries (50 %) bears the name of an author of the article: 1" in data["findings"][2]["message"]
    assert "R221" in data["checked"]
    assert ["R224"] in [one["rules"] for one in data["unchecked"] if "no house style says" in one["why"]]


def test_how_many_names_are_asked_for_is_a_number_or_all(tmp_path):
    written(tmp_path, a_txt=SOUND)
    for said in ("0", "six", "-1", ""):
        assert "is no number of names" in refused("audit", str(tmp_path / "a.txt"), f"--names={said}")[0]


def test_reasons_that_concern_entries_name_their_file(tmp_path):
    press = SOUND.replace("J Rest. 2001", "J Rest (in press)")
    data = json.loads(run("audit", str(written(tmp_path, a_txt=press, b_txt=press)), "--json").stdout)
    reasons = [reason["why"] for one in data for reason in one["unchecked"] if "still in press" in reason["why"]]
    assert [reason.partition(": ")[0] for reason in reasons] == [str(tmp_path / "a.txt"), str(tmp_path / "b.txt")]


def test_where_the_reader_found_no_list_its_rules_are_not_checked_rather_than_passed(tmp_path):
    written(tmp_path, a_txt="Of thumbs\n\nRest helps.[1,2] Ice helps.[3]\n\nBraces help.[4] Tape helps too.[2,5] So does time.[6]\n")
    data = answer("audit", str(tmp_path / "a.txt"))
    silent = {rule for one in data["unchecked"] if "no reference list was found" in one["why"] for rule in one["rules"]}
    assert silent >= {"M101", "M102", "R201", "R202"}
    assert not silent & set(data["checked"])


def test_an_article_without_numbered_markers_has_no_uncited_entries(tmp_path):
    written(tmp_path, a_txt=SOUND.replace("[1]", "").replace("[2]", ""))
    data = answer("audit", str(tmp_path / "a.txt"))
    assert any("no numbered markers were found" in one["why"] and "M102" in one["rules"] for one in data["unchecked"])


def test_a_folder_makes_one_report_in_the_order_of_names_however_many_read_it(tmp_path):
    held = written(tmp_path / "in", **{f"{letter}_txt": BROKEN for letter in "abcde"}, l_bib=BIB, notes_log="no manuscript")
    written(held / ".hidden", z_txt=BROKEN)
    alone = run("audit", str(held), "--json", "--jobs", "1")
    assert alone.exit_code == 1
    assert [Path(one["file"]).name for one in json.loads(alone.stdout)] == ["a.txt", "b.txt", "c.txt", "d.txt", "e.txt", "l.bib"]
    assert run("audit", str(held), "--json", "--jobs", "2").stdout == alone.stdout
    assert run("audit", str(held), "--jobs", "1").stdout.splitlines()[-1] == "6 files: 5 errors, 8 warnings"


def test_what_is_not_read_yet_is_said_in_a_sentence_and_the_rest_is_judged(tmp_path):
    written(tmp_path, a_txt=SOUND, b_odt="PK", c_nbib="PMID- 1\nTI  - On rest.\nDP  - 2001\n")
    done = run("audit", str(tmp_path), "--jobs", "1")
    assert done.exit_code == 2
    assert "a.txt: nothing found" in done.stdout
    assert "b.odt: error: OpenDocument is not read yet; save it as .docx" in done.stderr
    assert "c.nbib" in done.stdout
    assert refused("audit", str(tmp_path / "b.odt"))[0].startswith(f"{tmp_path / 'b.odt'}: error: OpenDocument is not read yet")


def test_a_file_that_cannot_be_read_costs_no_other(tmp_path):
    written(tmp_path, a_txt=SOUND, b_xml="<article><body>", c_docx="PK broken")
    done = run("audit", str(tmp_path), "--json")
    data = json.loads(done.stdout)
    assert done.exit_code == 2
    assert [sorted(one)[:2] for one in data] == [["checked", "file"], ["error", "file"], ["error", "file"]]
    log = json.loads(run("audit", str(tmp_path), "--format", "sarif").stdout)
    assert log["runs"][0]["invocations"][0]["executionSuccessful"] is False


def test_a_fault_of_our_own_costs_no_other_file(tmp_path, monkeypatch):
    written(tmp_path, a_txt=SOUND, b_bib=BIB)

    def fails(*_):
        raise RuntimeError("boom")

    monkeypatch.setattr(judging, "of_article", fails)
    done = run("audit", str(tmp_path))
    assert done.exit_code == 2
    assert "a fault in Edgewise itself: RuntimeError: boom" in done.stderr
    assert "R218" in done.stdout


@pytest.mark.parametrize("format", ["text", "json", "sarif", "csv", "html"])
def test_a_file_holds_what_standard_output_would(tmp_path, format):
    held = written(tmp_path / "in", a_txt=BROKEN, l_bib=BIB)
    shown = run("audit", str(held), "--format", format)
    done = run("audit", str(held), "--format", format, "--output", str(tmp_path / "out"))
    assert (tmp_path / "out").read_bytes().replace(b"\r\n", b"\n") == shown.stdout_bytes.replace(b"\r\n", b"\n")
    assert done.exit_code == shown.exit_code == 1
    assert done.stdout == f"{tmp_path / 'out'}: 2 files: 1 error, 4 warnings\n"


def test_sarif_csv_and_page_are_what_they_say(tmp_path):
    held = written(tmp_path / "in", a_txt=BROKEN.replace("Of thumbs", "<b>Thumbs</b>"), l_bib=BIB)
    log = json.loads(run("audit", str(held), "--format", "sarif").stdout)
    jsonschema.validate(log, json.loads((DATA / "audit" / "sarif-subset.json").read_text("utf-8")))
    assert len(log["runs"][0]["results"]) == 5
    rows = list(csv.DictReader(io.StringIO(run("audit", str(held), "--format", "csv").stdout)))
    assert [row["rule"] for row in rows] == ["M101", "M102", "R201", "R205", "R218"]
    page = html.document_fromstring(run("audit", str(held), "--format", "html").stdout)
    assert [one.text for one in page.xpath("//h1")] == ["Audit of 2 manuscripts"]
    assert len(page.xpath("//article")) == 5
    alone = html.document_fromstring(run("audit", str(held / "a.txt"), "--format", "html").stdout)
    assert not alone.xpath("//h1/b"), "a title is text, never markup"


def test_settings_of_the_project_are_obeyed(tmp_path):
    written(tmp_path, a_txt=BROKEN)
    (tmp_path / "pyproject.toml").write_text('[tool.edgewise.audit]\nseverity = { M101 = "note", M102 = "off" }\n', "utf-8")
    data = answer("audit", str(tmp_path / "a.txt"))
    assert [(one["rule"], one["severity"]) for one in data["findings"]] == [("M101", "note")]


def test_faulty_settings_are_told_once_however_many_files_they_are_for(tmp_path):
    written(tmp_path, a_txt=SOUND, b_txt=SOUND)
    (tmp_path / "pyproject.toml").write_text('[tool.edgewise.audit]\nseverity = { M999 = "note" }\n', "utf-8")
    assert len(refused("audit", str(tmp_path))) == 1


def test_a_guideline_is_still_a_guideline(tmp_path):
    (tmp_path / "guideline.yaml").write_text(Path(THUMB).read_text("utf-8"), "utf-8")
    (tmp_path / "article.txt").write_text((DATA / "audit" / "thumb.txt").read_text("utf-8"), "utf-8")
    assert "P407" in answer("audit", str(tmp_path))["checked"], "a folder with a guideline in it is that guideline"
    assert run("audit", SI, THUMB).stdout.count("Not checked") == 2, "several by name"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["{a}", "--article", "{a}"], "--article goes with a guideline"),
        (["{a}", "--ledger", "x.db"], "--ledger goes with a guideline"),
        (["{a}", THUMB], "some of these are guidelines and some are manuscripts"),
        (["{a}", "--output", "{a}"], "is what this command reads"),
        (["{empty}"], "this folder holds no guideline"),
        (["{a}.docx"], "there is no such file"),
        ([SI, THUMB, "--format", "csv"], "ask for one guideline"),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_line(tmp_path, arguments, words):
    written(tmp_path, a_txt=SOUND)
    (tmp_path / "empty").mkdir()
    named = [one.format(a=tmp_path / "a.txt", empty=tmp_path / "empty") for one in arguments]
    assert words in refused("audit", *named)[0]
