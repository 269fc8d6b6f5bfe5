"""The Audit page in Chromium: a manuscript that is dropped and worked through, and a finding that is waived where the guideline stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe import faults
from driving import bears, settled, shows
from playwright.sync_api import Page, expect

from conftest import PHONE, serving
from edgewise.graph.drafting.drafts import DRAFTS
from edgewise.graph.library import find, load_file

REASON = "The author knows of it; the list is mended in the next version."
MANUSCRIPT = """Care of the zygomorphic ankle

Rest helps after a sprain.[1] Ice eases the pain.[2] Zygomorphic boots are worn by few.[5]
Nobody knows about belts.

References

1. Lee A. Rest at last. J Ankle. 2001;3:1-4.
2. Ray B. Ice and its friends. J Ankle. 2002;4:5-9.
3. Kim C. Unread by all. J Ankle. 2003;5:9-12.
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def guideline(home) -> Path:
    file = home / "mine" / "guideline.yaml"
    file.parent.mkdir()
    text = find("sacroiliac-sclerosis").read_text(encoding="utf-8")
    file.write_text(text.replace("id: sacroiliac-sclerosis\n", "id: mine\n", 1), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def audited(home, guideline):
    """An explorer of that one file, with all that it keeps in one folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EDGEWISE_LEDGER", str(home / "ledger.db"))
        patch.setenv(DRAFTS, str(home / "drafts.sqlite"))
        for place in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "TMPDIR"):
            (home / place).mkdir()
            patch.setenv(place, str(home / place))
        with serving(str(guideline)) as address:
            yield address


def option(page: Page, text: str):
    return page.get_by_test_id("stRadioOption").filter(has_text=text).first


def dropped(page: Page, name: str, text: str) -> None:
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "text/plain", "buffer": text.encode()})
    shows(page, "Choose a finding to see its place")
    settled(page)


def test_a_dropped_manuscript_is_worked_through_and_no_word_of_it_is_on_the_disk(visit, audited, home):
    page = visit("/?page=audit", at=audited)
    settled(page)
    page.get_by_role("radio", name="Manuscript").click()
    shows(page, "Audit a manuscript")
    settled(page)
    dropped(page, "mine.txt", MANUSCRIPT)
    option(page, "M101").click()
    expect(page.get_by_role("heading", name="Orphan marker")).to_be_visible()
    expect(page.get_by_role("figure").first).to_contain_text("Zygomorphic boots are worn by few.")
    expect(page.get_by_role("figure").locator("mark")).to_have_text("5")
    bears(page, "view=manuscript", "file=mine.txt", "finding=M101-")
    assert faults(page) == []
    page.set_viewport_size(PHONE)
    settled(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    again = visit(page.url.removeprefix(audited), at=audited)
    shows(again, "was held by the session that dropped it")
    assert faults(again) == []
    again.close()
    page.close()
    for file in (one for one in home.rglob("*") if one.is_file()):
        assert b"ygomorphic" not in file.read_bytes(), file


def test_a_manuscript_leads_on_to_a_draft_that_has_its_sentences_beside_it(visit, audited):
    page = visit("/?page=audit&view=manuscript", at=audited)
    settled(page)
    dropped(page, "mine.txt", MANUSCRIPT)
    page.get_by_role("button", name="Build a guideline from it").click()
    bears(page, "page=build", "g=draft.")
    expect(page.locator("[data-ew-pick]").filter(has_text="Zygomorphic boots").first).to_be_visible()


def test_a_finding_is_waived_in_the_yaml_is_waived_after_a_reload_and_stands_again_once_that_is_taken_back(visit, audited, guideline):
    before = guideline.read_text(encoding="utf-8")
    page = visit("/?page=audit&g=mine", at=audited)
    settled(page)
    option(page, "M101").click()
    expect(page.get_by_role("heading", name="Orphan marker")).to_be_visible()
    settled(page)
    page.get_by_text("Let it stand, with a reason").click()
    page.get_by_role("textbox", name="Why may it stand?").fill(REASON)
    page.get_by_role("button", name="Write the waiver").click()
    shows(page, "Waived, and written into")
    (waiver,) = load_file(guideline).guideline.waivers.values()
    assert (waiver.rule, waiver.about, waiver.reason) == ("M101", ("marker-7",), REASON)
    new = [line for line in guideline.read_text(encoding="utf-8").splitlines() if line not in before.splitlines()]
    assert new[0] == "waivers:"
    page.reload()
    shows(page, REASON)
    expect(page.get_by_role("radiogroup", name=re.compile(r"^Waived \(1\)"))).to_be_visible()
    settled(page)
    page.get_by_role("button", name="Take the waiver back").click()
    shows(page, "taken back")
    assert not load_file(guideline).guideline.waivers
    expect(page.get_by_role("radiogroup", name=re.compile(r"^Errors \(3\)"))).to_be_visible()
