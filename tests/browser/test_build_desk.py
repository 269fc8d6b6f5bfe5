"""The Build page in Chromium: begun from an article, statements made of its sentences, nothing lost, nothing overwritten."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import yaml
from driving import bears, settled, shows
from playwright.sync_api import Page, expect

from conftest import serving
from edgewise.citations.reading.article import read_article_text
from edgewise.citations.reading.drafting import draft
from edgewise.graph.drafting.drafts import DRAFTS, Drafts
from edgewise.graph.drafting.edits import Add

ARTICLE = """\
Sore throats

Who is swabbed

Every adult with fever and without a cough should have a zygomorphic throat swab taken within the first day [1].
Without fever no swab is needed at all [1, 2].

Treatment

A positive swab is treated with penicillin twice a day for ten days unless the patient is allergic [2].

References

1. Lee A. On throats. J Invented. 2020.
2. Poe B. On swabs. J Invented. 2021.
"""
SWAB = "Every adult with fever and without a cough should have a zygomorphic throat swab"


@pytest.fixture(scope="module")
def kept(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("drafts") / "drafts.sqlite"


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def desk(kept, home) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(DRAFTS, str(kept))
        patch.setenv("XDG_DATA_HOME", str(home))
        with serving("sacroiliac-sclerosis") as address:
            yield address


@contextmanager
def killed(*arguments: str) -> Iterator[str]:
    """An explorer that at the end is not asked to stop, but killed."""
    with pytest.MonkeyPatch.context() as patch, serving(*arguments) as address:
        yield address
        patch.setattr(subprocess.Popen, "terminate", subprocess.Popen.kill)


def begun(visit, address: str, text: str = ARTICLE) -> Page:
    page = visit("/?page=build", at=address)
    settled(page)
    page.get_by_role("textbox", name="Or its text, pasted").fill(text)
    page.get_by_role("button", name="Begin with this text").click()
    page.get_by_role("textbox", name="Search the article").wait_for()
    settled(page)
    return page


def sentence(page: Page, text: str):
    return page.locator(".st-key-ew-build-sentences").get_by_role("button", name=text)


def made(page: Page, text: str, words: str) -> None:
    """A statement, from the sentence that begins so."""
    sentence(page, text).click()
    own = page.get_by_role("textbox", name="In your own words")
    own.fill(words)
    page.get_by_role("button", name="Make the statement").click()
    bears(page, "at=s")
    settled(page)


def text_of(page: Page, kept: Path) -> dict:
    found = re.search(r"g=draft\.([\w-]+)", page.url)
    assert found
    return yaml.load(Drafts(kept).open(found[1]).text, Loader=yaml.BaseLoader)


def test_a_statement_bears_what_a_draft_of_the_article_would_give_it(visit, desk, kept):
    page = begun(visit, desk)
    made(page, SWAB, "A swab is taken of adults with fever who do not cough.")
    (statement,) = text_of(page, kept)["statements"]
    whole = yaml.load(draft(read_article_text(ARTICLE, "pasted.txt", "text")), Loader=yaml.BaseLoader)
    expected = next(one for one in whole["statements"] if one["fingerprint"] == statement["fingerprint"])
    assert {key: statement[key] for key in ("place", "citations")} == {key: expected[key] for key in ("place", "citations")}
    assert statement["text"] == "A swab is taken of adults with fever who do not cough."
    expect(sentence(page, SWAB)).to_have_accessible_name(re.compile("^used"))


def test_words_of_the_article_are_warned_of_until_they_are_gone(visit, desk):
    page = begun(visit, desk)
    sentence(page, SWAB).click()
    own = page.get_by_role("textbox", name="In your own words")
    own.fill(f"{SWAB} taken.")
    own.press("Tab")
    shows(page, "words in a row are the article's")
    own.fill("Fever without cough asks for a swab.")
    own.press("Tab")
    expect(page.get_by_text("words in a row are the article's")).to_have_count(0)


def test_a_statement_is_made_by_the_keyboard_alone(visit, desk, kept):
    page = begun(visit, desk)
    sentence(page, SWAB).focus()
    page.keyboard.press("Enter")
    page.get_by_role("textbox", name="In your own words").wait_for()
    settled(page)
    page.get_by_role("textbox", name="In your own words").focus()
    page.keyboard.type("Fever without cough asks for a swab.")
    page.keyboard.press("Tab")
    settled(page)
    page.get_by_role("button", name="Make the statement").focus()
    page.keyboard.press("Enter")
    bears(page, "at=s")
    assert [one["text"] for one in text_of(page, kept)["statements"]] == ["Fever without cough asks for a swab."]


TWO_STEPS = [
    Add("phases", {"id": "meet", "label": "Meeting"}),
    Add("steps", {"id": "throat", "type": "Presentation", "label": "Sore throat", "phase": "meet"}),
    Add("steps", {"id": "swab", "type": "Investigation", "label": "Swab", "phase": "meet"}),
    Add("transitions", {"id": "e1", "from": "throat", "to": "swab", "label": "everybody"}),
]


def test_sentences_that_are_pressed_speak_for_the_edge_that_is_worked_on(visit, desk, kept):
    page = begun(visit, desk)
    made(page, SWAB, "A swab is taken of adults with fever who do not cough.")
    id = re.search(r"g=draft\.([\w-]+)", page.url)[1]
    Drafts(kept).change(id, Drafts(kept).open(id).revision, TWO_STEPS, "Two steps")
    page.get_by_role("radio", name="List", exact=True).click()
    page.get_by_role("button", name="Sore throat → Swab: everybody").click()
    bears(page, "at=e1")
    settled(page)
    sentence(page, SWAB).click()
    expect(sentence(page, SWAB)).to_have_accessible_name(re.compile("speaks for the edge"))
    sentence(page, "Without fever no swab").click()
    page.get_by_role("textbox", name="In your own words").fill("Without fever nobody is swabbed.")
    page.get_by_role("button", name="Make the statement").click()
    expect(sentence(page, "Without fever no swab")).to_have_accessible_name(re.compile("speaks for the edge"))
    bears(page, "at=e1")  # still there
    first, second = text_of(page, kept)["statements"]
    assert text_of(page, kept)["transitions"][0]["justifiedBy"] == [first["id"], second["id"]]
    sentence(page, SWAB).click()
    expect(sentence(page, SWAB)).not_to_have_accessible_name(re.compile("speaks for the edge"))
    assert text_of(page, kept)["transitions"][0]["justifiedBy"] == [second["id"]]


def test_what_was_done_is_undone_done_again_and_found_in_the_history(visit, desk, kept):
    page = begun(visit, desk)
    made(page, SWAB, "Fever without cough asks for a swab.")
    page.get_by_role("button", name="Undo").click()
    settled(page)
    assert not text_of(page, kept)["statements"]
    page.get_by_role("button", name="Redo").click()
    settled(page)
    assert len(text_of(page, kept)["statements"]) == 1
    page.get_by_role("button", name="History").click()
    page.get_by_role("button", name=re.compile("Begun with an article")).click()
    settled(page)
    assert not text_of(page, kept)["statements"]


def test_after_a_reload_the_draft_is_there_and_the_article_is_asked_for_again(visit, desk, kept):
    page = begun(visit, desk)
    made(page, SWAB, "Fever without cough asks for a swab.")
    page.reload()
    shows(page, "1 statement of this draft came from an article")
    place = page.locator('input[type="file"]')
    place.set_input_files({"name": "throats.txt", "mimeType": "text/plain", "buffer": ARTICLE.encode()})
    expect(sentence(page, SWAB)).to_have_accessible_name(re.compile("^used"))


def test_no_word_of_the_article_is_on_the_disk(visit, desk, kept):
    page = begun(visit, desk)
    made(page, SWAB, "Fever without cough asks for a swab.")
    for file in kept.parent.iterdir():
        assert b"zygomorphic" not in file.read_bytes()
    for state in Drafts(kept).list():
        assert "zygomorphic" not in Drafts(kept).open(state.id).text


def test_the_tab_that_lags_is_told_and_cannot_write_over_the_other(visit, desk, kept):
    page = begun(visit, desk)
    other = visit(page.url.removeprefix(desk), at=desk)
    settled(other)
    made(page, SWAB, "Fever without cough asks for a swab.")
    shows(other, "This draft was changed elsewhere: Statement made")
    other.get_by_role("button", name="Show it as it is now").click()
    settled(other)
    expect(other.get_by_role("button", name="Undo")).to_be_enabled()


def test_what_was_changed_on_the_disk_meanwhile_is_shown_before_it_is_overwritten(visit, desk, home):
    page = visit("/?page=build", at=desk)
    settled(page)
    page.get_by_role("button", name="An empty sheet").click()
    bears(page, "g=draft.")
    settled(page)
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("button", name=re.compile("Save into your library as")).click()
    shows(page, "Saved in")
    (file,) = home.rglob("guideline.yaml")
    file.write_text("id: untitled\ndraft: true\ntitle: Somebody else's\n", encoding="utf-8")
    page.get_by_role("button", name=re.compile("Save back to")).click()
    shows(page, "stands something that this draft was not opened from")
    shows(page, "Somebody else's")
    assert "Somebody else's" in file.read_text(encoding="utf-8")
    page.get_by_role("button", name="Overwrite it with the draft").click()
    settled(page)
    assert "Somebody else's" not in file.read_text(encoding="utf-8")


def test_what_was_acknowledged_outlives_a_server_that_is_killed(visit, tmp_path, monkeypatch):
    kept = tmp_path / "drafts.sqlite"
    monkeypatch.setenv(DRAFTS, str(kept))
    with killed("sacroiliac-sclerosis") as first:
        page = begun(visit, first)
        made(page, SWAB, "Fever without cough asks for a swab.")
        address = page.url.removeprefix(first)
        page.close()
    with serving("sacroiliac-sclerosis") as second:
        again = visit(address, at=second)
        shows(again, "1 statement of this draft came from an article")
        assert [one["text"] for one in text_of(again, kept)["statements"]] == ["Fever without cough asks for a swab."]
        again.close()
