"""The Library page in Chromium: choosing, searching, dropping a file in, on a desktop and on a phone, light and dark."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from driving import bears, drawn, settled, shows
from playwright.sync_api import expect

from conftest import PHONE, ROOT, serving

SMALL = ROOT / "tests" / "data" / "small.yaml"


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The explorer on a folder of three guidelines, none of them named."""
    folder = tmp_path_factory.mktemp("library")
    for one in (ROOT / "guidelines").iterdir():
        shutil.copytree(one, folder / one.name)
    with serving("--library", str(folder)) as address:
        yield address


def test_one_sees_what_there_is_and_opens_one_by_its_card(visit, shelf):
    page = visit("/", at=shelf)
    settled(page)
    expect(page.get_by_role("heading", name="Library", level=1)).to_be_visible()
    cards = page.locator('[class*="st-key-ew-book-"]')
    expect(cards).to_have_count(3)
    expect(page.locator("img.ew-small")).to_have_count(3)
    cards.filter(has_text="pulmonary embolism").click(position={"x": 60, "y": 120})
    drawn(page)
    bears(page, "g=pulmonary-embolism")
    page.go_back()
    expect(cards).to_have_count(3)


def test_a_misspelt_word_leads_to_the_very_step(visit, shelf):
    page = visit("/?page=library", at=shelf)
    settled(page)
    page.get_by_role("textbox", name="Search").fill("scintigrahpy")
    page.keyboard.press("Enter")
    shows(page, "words like it were looked for")
    page.get_by_role("button", name="Ventilation-perfusion scintigraphy").first.click()
    drawn(page)
    bears(page, "g=pulmonary-embolism", "sel=scintigraphy")


def test_a_file_dropped_in_is_checked_on_the_spot_and_explored_without_being_saved(visit, shelf):
    page = visit("/?page=library", at=shelf)
    settled(page)
    place = page.locator('input[type="file"]')
    place.set_input_files({"name": "mine.yaml", "mimeType": "text/yaml", "buffer": b"id: g\ntitle: Hips\ntitle: Knees\n"})
    shows(page, "mine.yaml cannot be opened")
    shows(page, "mine.yaml:3: error: the key 'title' stands here for a second time")
    place.set_input_files(SMALL)
    page.get_by_role("button", name="Open", exact=True).click()
    drawn(page)
    bears(page, "g=ankle-test-dropped")
    other = visit("/?g=ankle-test-dropped", at=shelf)
    settled(other)
    shows(other, "There is no guideline 'ankle-test-dropped' in this library")


def test_the_title_on_every_page_leads_back_to_all(visit, shelf):
    page = visit("/?g=ottawa-ankle&page=audit", at=shelf)
    settled(page)
    page.get_by_role("combobox", name="Guideline").click()
    page.get_by_role("option", name="All guidelines…").click()
    expect(page.get_by_role("heading", name="Library", level=1)).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_nothing_is_wider_than_the_screen(visit, shelf, scheme):
    page = visit("/", at=shelf, viewport=PHONE, color_scheme=scheme)
    settled(page)
    expect(page.locator('[class*="st-key-ew-book-"]')).to_have_count(3)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    card = page.locator('[class*="st-key-ew-book-"]').first.bounding_box()
    assert card
    assert card["width"] > 0.8 * PHONE["width"]


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[str]:
    with serving("--library", str(tmp_path)) as address:
        yield address


def test_an_empty_library_says_what_to_do(bare, visit):
    page = visit("/?page=library", at=bare)
    settled(page)
    shows(page, "This library holds no guideline yet")
