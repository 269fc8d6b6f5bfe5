"""A draft on the Build page in Chromium: shared for review, with its terms, notes and cases, and what the browser keeps of it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from building import Mouse
from driving import bears, click, drawn, settled, shows
from playwright.sync_api import Browser, Page, expect

from conftest import serving
from edgewise.graph.drafting.drafts import DRAFTS, Draft, Drafts

SHEET = """\
id: throats
draft: true
title: Sore throats
purpose: education
language: en
observables:
  - {id: fever, question: "Is there fever?", valueType: yes-no}
steps:
  - {id: sore-throat, type: Presentation, label: Sore throat}
  - {id: swab, type: Investigation, label: Throat swab}
  - {id: rest, type: Endpoint, label: Rest}
transitions:
  - {id: to-swab, from: sore-throat, to: swab, label: fever, when: {observable: fever, oneOf: ["yes"]}, statedBy: modeller}
  - {id: to-rest, from: sore-throat, to: rest, label: no fever, when: {observable: fever, oneOf: ["no"]}, statedBy: modeller}
"""
CASES = """\
guideline: throats
cases:
  - id: hot
    title: A hot throat
    vignette: A student of 20 with a sore throat.
    stages:
      - tells: The thermometer says 39 degrees.
        facts: {fever: yes}
        expect: swab
"""


@pytest.fixture(scope="module")
def kept(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("drafts") / "drafts.sqlite"


@pytest.fixture(scope="module")
def desk(kept) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(DRAFTS, str(kept))
        with serving("sacroiliac-sclerosis") as address:
            yield address


@pytest.fixture
def draft(kept) -> Draft:
    return Drafts(kept).create(SHEET, None, "Sore throats")


def opened(visit, desk: str, draft: Draft) -> Page:
    page = visit(f"/?page=build&g=draft.{draft.id}", at=desk)
    page.get_by_role("button", name="Undo").wait_for()
    settled(page)
    return page


def now(kept: Path, draft: Draft) -> dict:
    return yaml.load(Drafts(kept).open(draft.id).text, Loader=yaml.BaseLoader)


def shared(page: Page) -> str:
    page.get_by_role("button", name="Share", exact=True).click()
    page.get_by_role("button", name="Make a link").click()
    link = page.get_by_role("textbox", name="Link for reviewers")
    expect(link).to_have_value(re.compile(r"g=review\."))
    return link.input_value()


def test_a_shared_draft_is_read_and_walked_and_offers_no_form(visit, desk, kept, draft):
    page = opened(visit, desk, draft)
    link = shared(page)
    assert draft.id not in link
    read = visit(link.removeprefix(desk), at=desk)
    shows(read, "Draft, shared for review.")
    drawn(read)
    settled(read)
    for name in ("Undo", "Save", "Share", "Add the step"):
        expect(read.get_by_role("button", name=name, exact=True)).to_have_count(0)
    expect(read.locator("form, [data-testid=stForm], textarea")).to_have_count(0)
    assert draft.id not in read.content()
    click(read, "swab")
    expect(read.locator(".st-key-ew-build-behind")).to_contain_text("Throat swab")
    read.get_by_role("button", name="Try the walk").click()
    bears(read, "g=review.")
    shows(read, "Draft, shared for review.")
    shows(read, "Is there fever?")


def test_who_copies_the_address_of_a_draft_is_told_that_it_can_change_it(visit, desk, kept, draft):
    token = Drafts(kept).share(draft.id)
    for name, told in ((f"draft.{draft.id}", "Copied: it can change the draft"), (f"review.{token}", "Copied")):
        page = visit(f"/?page=build&g={name}", at=desk)
        settled(page)
        page.get_by_role("button", name="Copy link").click()
        expect(page.get_by_role("button", name="Copied")).to_have_text(told)


@pytest.mark.parametrize("path", ["evidence", "audit", "teach", "data", "compare"])
def test_every_page_opens_what_was_shared_and_says_so(visit, desk, kept, draft, path):
    token = Drafts(kept).share(draft.id)
    page = visit(f"/?page={path}&g=review.{token}", at=desk)
    shows(page, "Draft, shared for review.")


def test_a_link_that_was_withdrawn_opens_nothing(visit, desk, kept, draft):
    page = opened(visit, desk, draft)
    link = shared(page)
    page.get_by_role("button", name="Withdraw the link").click()
    settled(page)
    read = visit(link.removeprefix(desk), at=desk)
    settled(read)
    shows(read, "is shared no more")
    expect(read.get_by_text("Draft, shared for review.")).to_have_count(0)


def test_the_file_to_read_says_draft_and_opens_without_the_server(visit, desk, kept, draft, browser: Browser, tmp_path):
    page = opened(visit, desk, draft)
    page.get_by_role("button", name="Share", exact=True).click()
    with page.expect_download() as loaded:
        page.get_by_role("button", name="Download to read").click()
    file = tmp_path / loaded.value.suggested_filename
    loaded.value.save_as(file)
    assert file.name == "throats-draft.html"
    alone = browser.new_page()
    alone.goto(file.as_uri())
    expect(alone.get_by_text("Draft, shared for review.")).to_be_visible()
    shows(alone, "Throat swab")
    alone.close()


def test_with_cases_both_files_are_downloaded_as_one(visit, desk, kept, tmp_path):
    draft = Drafts(kept).create(SHEET, None, "Sore throats", cases=CASES)
    page = opened(visit, desk, draft)
    with page.expect_download() as loaded:
        page.get_by_role("button", name="Download", exact=True).click()
    loaded.value.save_as(tmp_path / "both.zip")
    with zipfile.ZipFile(tmp_path / "both.zip") as archive:
        assert {name: archive.read(name).decode() for name in archive.namelist()} == {"guideline.yaml": SHEET, "cases.yaml": CASES}


# ---- terms, notes, cases ---------------------------------------------------------------------------------------------


def test_a_term_is_written_changed_and_taken_out(visit, desk, kept, draft):
    page = opened(visit, desk, draft)
    page.get_by_text("Words explained").click()
    page.get_by_role("textbox", name="Term", exact=True).fill("swab")
    page.get_by_role("textbox", name="Other spellings").fill("throat swab, smear")
    page.get_by_role("textbox", name="What it means").fill("A soft stick that is drawn over the throat.")
    page.get_by_text("My reading").locator("visible=true").first.click()
    page.get_by_role("button", name="Add the term").click()
    word = page.locator(".st-key-ew-build-glossary").get_by_role("button", name="swab", exact=True)
    word.wait_for()
    settled(page)
    expected = {"term": "swab", "spellings": ["throat swab", "smear"], "explanation": "A soft stick that is drawn over the throat."}
    (term,) = now(kept, draft)["glossary"]
    assert term == {"id": "term-swab", **expected, "statedBy": "modeller"}
    word.click()
    page.get_by_role("button", name="Keep the term").wait_for()
    settled(page)
    page.get_by_role("textbox", name="Other spellings").fill("")
    page.get_by_role("button", name="Keep the term").click()
    settled(page)
    assert "spellings" not in now(kept, draft)["glossary"][0]
    word.click()
    page.get_by_role("button", name="Remove the term").click()
    settled(page)
    assert not now(kept, draft)["glossary"]


def test_a_note_says_what_it_is_about_and_whose_word_it_is(visit, desk, kept, draft):
    page = opened(visit, desk, draft)
    page.get_by_text("Notes", exact=True).click()
    page.get_by_role("textbox", name="Note", exact=True).fill("Nothing is said of children.")
    page.get_by_role("button", name="Add the note").click()
    shows(page, "Say what the note is about.")
    settled(page)
    Mouse(page).choose("What it is about", "Throat swab")
    page.locator(".st-key-ew-build-notes").get_by_text("An editor's, beside the source").click()
    page.get_by_role("button", name="Add the note").click()
    page.locator(".st-key-ew-build-notes").get_by_role("button", name="Nothing is said of children.").wait_for()
    (note,) = now(kept, draft)["notes"]
    assert (note["text"], note["about"], note["statedBy"]) == ("Nothing is said of children.", ["swab"], "editor")


def test_a_case_is_set_from_the_desk_kept_in_the_draft_and_practised(visit, desk, kept, draft):
    page = opened(visit, desk, draft)
    page.get_by_text("Cases", exact=True).click()
    page.get_by_role("button", name="Set a case").click()
    bears(page, "mode=set")
    settled(page)
    page.get_by_role("textbox", name="Title").fill("A hot throat")
    page.get_by_role("textbox", name="Vignette").fill("A student of 20 with a sore throat.")
    page.get_by_role("textbox", name="What is told now").fill("The thermometer says 39 degrees.")
    page.keyboard.press("Tab")
    settled(page)
    page.get_by_role("button", name="Keep it in the draft").click()
    shows(page, "Kept in the draft.")
    (case,) = yaml.load(Drafts(kept).open(draft.id).cases, Loader=yaml.BaseLoader)["cases"]
    assert (case["title"], case["stages"][0]["tells"]) == ("A hot throat", "The thermometer says 39 degrees.")
    page.get_by_role("button", name="Back to the draft").click()
    page.get_by_text("Cases", exact=True).click()
    page.get_by_role("button", name="A hot throat", exact=True).click()
    bears(page, "page=teach", "case=")
    shows(page, "A student of 20 with a sore throat.")


def test_a_shared_drafts_cases_can_be_practised_and_nothing_kept_there(visit, desk, kept):
    draft = Drafts(kept).create(SHEET, None, "Sore throats", cases=CASES)
    token = Drafts(kept).share(draft.id)
    page = visit(f"/?page=teach&g=review.{token}", at=desk)
    shows(page, "A hot throat")
    settled(page)
    setting = visit(f"/?page=teach&mode=set&g=review.{token}", at=desk)
    setting.get_by_role("textbox", name="Title").wait_for()
    settled(setting)
    expect(setting.get_by_role("button", name="Back to the draft")).to_have_count(0)


# ---- the browser's copy, and keys ------------------------------------------------------------------------------------


def test_a_draft_that_the_server_lost_is_taken_up_again_from_the_browser(visit, desk, kept):
    draft = Drafts(kept).create(SHEET, None, "Sore throats", cases=CASES)
    page = opened(visit, desk, draft)
    page.wait_for_function("(id) => localStorage.getItem(`edgewise:build:${id}`)", arg=draft.id)
    Drafts(kept).remove(draft.id)
    page.goto(f"{desk}/?page=build")
    shows(page, "This browser still holds a draft of Sore throats")
    expect(page.get_by_role("button", name="Take it up again")).to_have_css("border-radius", "8px")
    page.get_by_role("button", name="Take it up again").click()
    bears(page, "g=draft.")
    page.get_by_role("button", name="Undo").wait_for()
    settled(page)
    again = Drafts(kept).list()[0]
    assert again.id != draft.id
    assert (Drafts(kept).open(again.id).text, Drafts(kept).open(again.id).cases) == (SHEET, CASES)


def test_what_the_server_still_holds_or_what_was_thrown_away_is_not_offered(visit, desk, kept, draft):
    page = opened(visit, desk, draft)
    page.wait_for_function("(id) => localStorage.getItem(`edgewise:build:${id}`)", arg=draft.id)
    page.goto(f"{desk}/?page=build")
    entry = page.locator(f".st-key-ew-build-draft-{draft.id}")
    entry.get_by_role("button", name="Throw away").click()
    expect(page.get_by_text("This browser still holds")).to_have_count(0)
    page.get_by_role("button", name="Throw this draft away").click()
    expect(entry).to_have_count(0)
    settled(page)
    page.wait_for_function("(id) => !localStorage.getItem(`edgewise:build:${id}`)", arg=draft.id)
    expect(page.get_by_text("This browser still holds")).to_have_count(0)


def test_other_things_under_our_key_in_the_browser_do_no_harm(visit, desk):
    page = visit("/?page=build", at=desk, fresh=True)
    settled(page)
    page.evaluate("""() => {
      localStorage.setItem("edgewise:build:<b>", "no JSON");
      localStorage.setItem("edgewise:build:old", JSON.stringify({ title: "<img src=x onerror=alert(1)>", text: "id: [", cases: 3, at: 1 }));
    }""")
    page.reload()
    shows(page, "a draft of <img src=x onerror=alert(1)>")
    page.get_by_role("button", name="Take it up again").click()
    bears(page, "g=draft.")
    shows(page, "Wrong")


def test_keys_undo_and_redo_save_where_somebody_types(visit, desk, kept, draft):
    drafts = Drafts(kept)
    drafts.change(draft.id, draft.revision, SHEET.replace("title: Sore throats", "title: Throats"), "Title changed")
    page = opened(visit, desk, drafts.open(draft.id))
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Throats")
    field = page.get_by_role("textbox", name="New step")
    field.fill("Rest")
    field.press("Control+z")
    settled(page)
    expect(heading).to_have_text("Throats")
    heading.click()
    page.keyboard.press("Control+z")
    expect(heading).to_have_text("Sore throats")
    settled(page)
    page.keyboard.press("Control+Shift+z")
    expect(heading).to_have_text("Throats")
