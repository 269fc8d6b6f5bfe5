"""Manuscripts on the Audit page: dropped or pasted, listed by severity, each finding with its place, and nothing of them on the disk."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from edgewise.citations.lookup.works import Listed, Notice, Resolution
from edgewise.explorer.pages.audit import held_manuscripts
from edgewise.explorer.pages.audit.audited import key_of, keyed
from edgewise.explorer.shell import drafted
from edgewise.graph.drafting.drafts import DRAFTS
from tests.explorer.auditing import HOSTILE, listed, messages, ran, told, visited

pytestmark = pytest.mark.usefixtures("ledger")

ARTICLE = """Care of the zygomorphic ankle

Rest helps after a sprain.[1] Ice eases the pain.[2] Zygomorphic boots are worn by few.[5]
Nobody knows about belts.

References

1. Lee A. Rest at last. J Ankle. 2001;3:1-4.
2. Ray B. Ice and its friends. J Ankle. 2002;4:5-9.
3. Kim C. Unread by all. J Ankle. 2003;5:9-12.
"""
LIST = b"TY  - JOUR\nAU  - Lee, A.\nTI  - Rest at last\nPY  - 2001\nDO  - 10.1000/a b\nER  -\n"


def dropped(*files, **params):
    at = visited(view="manuscript", **params)
    at.file_uploader[0].set_value([(name, data, "application/octet-stream") for name, data in files])
    return ran(at)


def chosen(at, option):
    radio = next(one for one in at.radio if any(option in label for label in one.options))
    radio.set_value(next(label for label in radio.options if option in label))
    return ran(at)


def test_a_dropped_article_is_judged_and_its_findings_are_listed_the_gravest_first():
    at = dropped(("mine.txt", ARTICLE.encode()))
    assert [radio.label for radio in at.radio] == ["Errors (1)", "Warnings (2)"]
    assert [re.match(r"\*\*(\w+)", option)[1] for option in listed(at)] == ["M101", "M102", "R202"]
    assert "mine.txt Care of the zygomorphic ankle 1 error, 2 warnings" in told(at)
    assert "Read: 3 markers that name 3 entries; 3 in the list." in told(at)
    assert list(at.radio[0].proto.captions) == ["orphan-marker · line 3"]
    assert "Nothing was looked up. Ask under “Look up”; nothing is sent before." in told(at)
    assert "and a manuscript alone is none" in told(at)


def test_a_finding_leads_to_its_sentence_between_its_neighbours():
    words = told(chosen(dropped(("mine.txt", ARTICLE.encode())), "M101"))
    assert "Ice eases the pain. Zygomorphic boots are worn by few. [ 5 ] Nobody knows about belts. “Care of the" in words
    assert "line 3" in words
    assert "How to repair it" in words
    words = told(chosen(dropped(("mine.txt", ARTICLE.encode())), "M102"))
    assert "[3] 3. Kim C. Unread by all" in words or "[3] Kim C. Unread by all" in words


def test_a_list_is_judged_and_what_is_wrong_in_an_entry_is_marked():
    at = chosen(dropped(("mine.ris", LIST)), "R203")
    bodies = " ".join(block.proto.body for block in at.get("html"))
    assert "<mark>10.1000/a b</mark>" in bodies
    assert "Build a guideline from it" not in [button.label for button in at.button]


def test_findings_are_narrowed_by_family_rule_and_severity():
    at = dropped(("mine.txt", ARTICLE.encode()))
    at.selectbox(key="audit-rule").select("M")
    ran(at)
    assert at.query_params["rule"] == "M"
    assert [option[:8] for option in listed(at)] == ["**M101**", "**M102**"]
    at.button_group(key="audit-severity").set_value(["warning"])
    assert [option[:8] for option in listed(ran(at))] == ["**M102**"]


def test_of_several_files_the_gravest_comes_first_and_each_can_be_worked_through():
    at = dropped(("good.txt", ARTICLE.replace("[5]", "[3]").encode()), ("bad.odt", b"PK"), ("mine.txt", ARTICLE.encode()))
    assert [radio.label for radio in at.radio] == ["Cannot be read (1)", "With errors (1)", "With warnings (1)"]
    assert [re.match(r"\*\*([\w.]+)", option)[1] for option in listed(at)] == ["bad.odt", "mine.txt", "good.txt"]
    assert [list(radio.proto.captions) for radio in at.radio] == [["OpenDocument is not read yet"], ["1 error, 2 warnings"], ["1 warning"]]
    assert "OpenDocument is not read yet. Save it as .docx." in told(at)
    at = chosen(at, "mine.txt")
    assert at.query_params["file"] == "mine.txt"
    assert [option[:8] for option in listed(at)] == ["**M101**", "**M102**", "**R202**"]
    at.button(key="manuscript-all").click()
    assert "With errors (1)" in [radio.label for radio in ran(at).radio]


def test_files_of_one_drop_that_are_called_alike_are_told_apart_and_a_later_one_takes_the_place_of_the_first():
    at = dropped(("a/mine.txt", ARTICLE.encode()), ("b/mine.txt", ARTICLE.replace("[5]", "[3]").encode()))
    assert {option.partition("**")[2].partition("**")[0] for option in listed(at)} == {"mine.txt", "mine (2).txt"}
    at.file_uploader[0].set_value([("mine.txt", ARTICLE.replace("[5]", "[3]").encode(), "text/plain")])
    at = ran(at)
    assert "mine.txt Care of the zygomorphic ankle 1 warning" in told(at)


def test_a_pasted_text_is_audited_too():
    at = visited(view="manuscript")
    at.text_area(key="manuscript-text-0").set_value("@article{a,\n title = {Rest at last}, year = 2001, doi = {10.1/x y}\n}\n")
    at.button[[one.label for one in at.button].index("Audit this text")].click()
    at = ran(at)
    assert "pasted.bib" in told(at)
    assert any("R203" in option for option in listed(at))


def zipped(name: str, data: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("mine.exe", b"MZ", "names nothing that is read here"),
        ("mine.txt", b" ", "has no content"),
        ("guideline.yaml", b"id: g", "This is a guideline. Open it on the Library page"),
        ("bomb.docx", zipped("word/document.xml", b"<a>" + b"\0" * 30_000_000), ""),
        ("encrypted.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ""),
        ("bomb.xml", b'<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><article>&c;</article>', ""),
        ("large.txt", b"x " * (5 * 1024 * 1024 + 1), "larger than"),
        ("![x](http://127.0.0.1:9/x).exe", b"x", "names nothing"),
    ],
    ids=["ending", "empty", "guideline", "zip bomb", "encrypted", "entities", "huge", "name"],
)
def test_a_file_that_cannot_be_read_is_answered_with_a_sentence(name, data, words):
    at = dropped((name, data))
    assert "This file cannot be read" in told(at)
    assert words in told(at)
    assert "a fault in Edgewise itself" not in told(at)
    assert not any("![" in option for option in listed(at))


def test_words_of_a_manuscript_are_shown_as_written():
    text = ARTICLE.replace("Zygomorphic boots", f"{HOSTILE} boots").replace("Care of the zygomorphic ankle", HOSTILE)
    at = chosen(dropped((f"{HOSTILE}.txt".replace("/", ""), text.encode())), "M101")
    assert HOSTILE in told(at)
    assert not any("<img" in block.proto.body for block in at.get("html"))
    for label in (*listed(at), *(caption for radio in at.radio for caption in radio.proto.captions), *(one.label for one in at.button)):
        assert "![" not in label
        assert ":red[" not in label


def test_the_way_on_begins_a_draft_with_the_article_of_which_no_sentence_is_kept(tmp_path, monkeypatch):
    monkeypatch.setenv(DRAFTS, str(tmp_path / "drafts.sqlite"))
    at = dropped(("mine.txt", ARTICLE.encode()))
    at.button(key="manuscript-build").click()
    at.run()
    name = at.query_params["g"]
    assert at.query_params["page"] == "build"
    assert "Rest at last" in drafted.draft(name).text
    assert at.session_state[f"article:{name}"].name == "mine.txt"
    assert not [file for file in tmp_path.rglob("*") if file.is_file() and b"boots are worn" in file.read_bytes()]


def test_a_manuscript_can_be_forgotten_and_another_session_never_has_it():
    at = dropped(("mine.txt", ARTICLE.encode()))
    assert "mine.txt" not in told(visited(view="manuscript"))
    at.button(key="manuscript-forget").click()
    at = ran(at)
    assert "Forgotten" in messages(at)
    assert not at.session_state["manuscripts"]
    assert "Audit a manuscript" in told(at)


def test_a_link_into_a_manuscript_says_whose_it_was():
    at = visited(view="manuscript", file="mine.txt", finding="M101-00000000")
    assert "'mine.txt' was held by the session that dropped it" in messages(at)
    assert at.file_uploader


def test_a_finding_that_a_newer_version_no_longer_has_is_missed_in_words():
    at = dropped(("mine.txt", ARTICLE.encode()))
    at.query_params["finding"] = "M101-00000000"
    assert "is not among those of this file" in messages(ran(at))


def test_the_reports_are_those_of_the_command(monkeypatch):
    made = {}
    monkeypatch.setattr("streamlit.download_button", lambda label, make, *_, **__: made.setdefault(label, make))
    at = dropped(("mine.txt", ARTICLE.encode()))
    found = held_manuscripts.read_given(ARTICLE.encode(), "mine.txt").judged()
    assert not at.exception
    text = {label: make() for label, make in made.items()}
    assert text["Findings as text"].splitlines()[-1] == "mine.txt: 1 error, 2 warnings"
    assert text["Findings as a table (CSV)"].startswith("rule,name,severity")
    assert "<h1>Audit of Care of the zygomorphic ankle</h1>" in text["Findings as a page (HTML)"]
    assert all(f'"{one.rule}"' in text["Findings as JSON"] and one.rule in text["Findings as SARIF"] for one in found.report.findings)


def test_more_files_than_a_session_holds_are_told_and_not_dropped_in_silence(monkeypatch):
    monkeypatch.setattr(held_manuscripts, "MOST", 2)
    at = dropped(*((f"{name}.ris", LIST) for name in "abc"))
    assert "1 more were left out: 2 files are held at once" in messages(at)
    assert len(at.session_state["manuscripts"]) == 2


def test_two_findings_that_say_the_same_are_both_listed_and_each_leads_to_its_own_sentence():
    text = ARTICLE.replace("Nobody knows about belts.", "Belts grew (from [1,12] to 8).\n\nBraces grew (from [1,12] to 9).")
    at = dropped(("mine.txt", text.encode()))
    doubts = at.radio(key="audit-note")
    assert doubts.label == "Notes (2)"
    assert len(doubts.options) == 2
    found = held_manuscripts.read_given(text.encode(), "mine.txt").judged().report.findings
    for key, sentence in zip(keyed(one for one in found if one.rule == "M107"), ("Belts grew (from", "Braces grew (from"), strict=True):
        at.query_params["finding"] = key
        at = ran(at)
        quoted = [body for block in at.get("html") if "ew-quoted" in (body := block.proto.body)]
        assert [one for one in ("Belts grew (from", "Braces grew (from") if f'ew-quoted">{one}' in quoted[0]] == [sentence]


def test_the_key_of_a_finding_stays_when_the_file_is_dropped_again():
    keys = [tuple(key_of(one) for one in held_manuscripts.read_given(ARTICLE.encode(), "mine.txt").judged().report.findings) for _ in "ab"]
    assert keys[0] == keys[1]
    assert len(set(keys[0])) == 3


def test_what_was_looked_up_for_one_version_is_not_said_of_the_next_nor_kept_when_it_is_forgotten():
    at = dropped(("mine.ris", LIST))
    entry = next(iter(at.session_state["manuscripts"]["mine.ris"].manuscript.guideline.references))
    gone = Notice("retraction", "Retraction", date="2019-05-01")
    key = held_manuscripts.key_of_lookups("mine.ris")
    at.session_state[f"lookups:{key}"] = {entry: Resolution(entry, (), listed=Listed("2026-01-01", (gone,)))}
    assert any("R212" in option for option in listed(ran(at)))
    at.file_uploader[0].set_value([("mine.ris", LIST.replace(b"Rest at last", b"Ice and its friends"), "text/plain")])
    at = ran(at)
    assert listed(at)
    assert not any("R212" in option for option in listed(at))
    at.session_state[f"lookups:{key}"] = {entry: Resolution(entry, (), listed=Listed("2026-01-01", (gone,)))}
    at.button(key="manuscript-forget").click()
    assert f"lookups:{key}" not in ran(at).session_state
