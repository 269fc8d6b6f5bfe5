"""Six situations and eight methods on the Imaging page, in Chromium: on a desktop, a tablet and a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe import faults
from driving import settled
from playwright.sync_api import Browser, Page, expect

from conftest import DESKTOP, PHONE, serving
from edgewise.explorer.handout.html.document import standalone
from edgewise.graph.library import load
from tests.places import DATA

FOLDER = DATA / "guidelines" / "lbp-imaging"
GUIDELINE = load(str(FOLDER)).guideline
TABLET = {"width": 768, "height": 1024}
NAME = "Ratings of all methods in all situations"


@pytest.fixture(scope="module")
def served() -> Iterator[str]:
    with serving(str(FOLDER)) as address:
        yield address


@pytest.fixture
def imaging(visit, served):
    def opened(facts: str = "", viewport: dict[str, int] = DESKTOP) -> Page:
        page: Page = visit(f"/?page=imaging&g=lbp-imaging{f'&facts={facts}' if facts else ''}", at=served, viewport=viewport)
        page.locator(".ew-matrix").wait_for()
        settled(page)
        return page

    return opened


@pytest.mark.parametrize("viewport", [DESKTOP, TABLET, PHONE], ids=["desktop", "tablet", "phone"])
def test_the_table_has_real_headings_and_scrolls_in_its_own_frame_with_the_methods_in_sight(imaging, viewport):
    page = imaging(viewport=viewport)
    table = page.get_by_role("table", name=NAME)
    assert table.get_by_role("columnheader").count() == 7
    assert table.get_by_role("rowheader").count() == 8
    assert table.get_by_role("cell").count() == 48
    expect(table.get_by_role("row", name=re.compile("^MRI of the lumbar spine without contrast"))).to_contain_text("9 usually appropriate")
    first, last = table.get_by_role("rowheader").first, table.get_by_role("row").nth(1).get_by_role("cell").last
    before, distant = first.bounding_box(), last.bounding_box()
    page.get_by_role("region", name=NAME).evaluate("(frame) => { frame.scrollLeft = 9999; }")
    after, near = first.bounding_box(), last.bounding_box()
    assert before
    assert after
    assert distant
    assert near
    assert abs(before["x"] - after["x"]) < 2, "the method stays"
    if distant["x"] + distant["width"] > viewport["width"]:
        assert near["x"] < distant["x"], "the last situation comes into sight"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page itself does not scroll sideways"


def test_the_frame_of_the_table_is_scrolled_by_keyboard(imaging):
    page = imaging(viewport=PHONE)
    frame = page.get_by_role("region", name=NAME)
    frame.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("(frame) => frame.scrollLeft > 0", arg=frame.element_handle())


def test_what_is_known_of_the_patient_preselects_the_situation_and_a_choice_stands_in_the_address(imaging):
    page = imaging("cauda-equina~yes")
    held = page.get_by_text("Holds for this patient")
    expect(held).to_be_visible()
    expect(page.get_by_role("columnheader", name=re.compile("Suspected cauda equina syndrome +this patient"))).to_have_count(1)
    page.get_by_role("combobox", name=re.compile("Situation")).click()
    page.get_by_role("option", name="All situations").click()
    expect(page).to_have_url(re.compile("situation=all"))
    settled(page)
    expect(page.locator("tr[data-ew-pick]")).to_have_count(48)


def test_an_answer_given_here_tells_the_situation(imaging):
    page = imaging()
    page.get_by_text("Which situation is a patient in?").click()
    settled(page)
    page.get_by_role("radio", name="Acute", exact=True).click()
    expect(page).to_have_url(re.compile("facts=duration~acute"))
    expect(page.get_by_text("Not known whether").first).to_be_visible()


@pytest.mark.parametrize("facts", ["", "cauda-equina~yes+steroids~yes"], ids=["nobody", "a patient"])
def test_axe_finds_nothing(imaging, facts):
    assert faults(imaging(facts)) == []


def test_the_file_that_stands_alone_holds_the_table_on_a_phone_too(browser: Browser, tmp_path):
    file = tmp_path / "hand-out.html"
    file.write_text(standalone(GUIDELINE), "utf-8")
    page = browser.new_page(viewport=PHONE)
    page.goto(file.as_uri())
    table = page.get_by_role("table", name=NAME)
    assert table.get_by_role("cell").count() == 48
    expect(page.get_by_text("Relative radiation level (RRL). 0: none").first).to_be_attached()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.close()
