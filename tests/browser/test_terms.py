"""Terms and their explanations under the mouse, by keyboard and by touch; and the list of steps and edges on a phone."""

from __future__ import annotations

import re

from driving import bears, drawn, settled
from playwright.sync_api import Locator, Page, expect

from edgewise.explorer.handout.html.document import standalone
from edgewise.graph.library import load
from tests.browser.conftest import PHONE

MRI = "/?sel=mri-si-joints-without-contrast"


def term(page: Page, word: str) -> Locator:
    return page.locator(".ew-term").filter(has_text=re.compile(f"^{word}$")).filter(visible=True).first


def told(page: Page) -> Locator:
    return page.locator(".ew-explained:popover-open")


def test_under_the_mouse_a_term_is_explained_for_as_long_as_one_reads(visit):
    page = drawn(visit(MRI))
    term(page, "STIR").hover()
    expect(told(page)).to_contain_text("darkens fat")
    expect(told(page)).to_contain_text("An editor's words")
    box = told(page).bounding_box()
    page.mouse.move(box["x"] + 30, box["y"] + box["height"] - 10)
    page.wait_for_timeout(700)  # longer than it takes to close when the mouse has left
    expect(told(page)).to_be_visible()
    page.mouse.move(5, 400)
    expect(told(page)).to_have_count(0)
    term(page, "STIR").hover()
    expect(told(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(told(page)).to_have_count(0)


def test_it_stands_inside_the_window_and_beside_its_word(visit):
    page = drawn(visit(MRI))
    for word in ("STIR", "fat-saturated T2", "IV contrast"):
        term(page, word).hover()
        expect(told(page)).to_be_visible()
        box, at = told(page).bounding_box(), term(page, word).bounding_box()
        assert 0 <= box["x"] <= 1280 - box["width"]
        assert 0 <= box["y"] <= 720 - box["height"]
        assert min(abs(box["y"] - at["y"] - at["height"]), abs(at["y"] - box["y"] - box["height"])) < 12
        page.keyboard.press("Escape")


def test_by_keyboard_a_term_opens_and_closes_and_keeps_the_focus(visit):
    page = drawn(visit(MRI))
    term(page, "STIR").focus()
    page.keyboard.press("Enter")
    expect(told(page)).to_contain_text("darkens fat")
    page.keyboard.press("Escape")
    expect(told(page)).to_have_count(0)
    expect(page.locator(":focus")).to_have_text("STIR")
    bears(page, "sel=mri")


def test_pressed_it_stays_until_it_is_closed_on_purpose(visit):
    page = drawn(visit(MRI))
    term(page, "STIR").hover()
    expect(told(page)).to_be_visible()
    term(page, "STIR").click()
    page.mouse.move(5, 400)
    page.wait_for_timeout(700)
    expect(told(page)).to_be_visible()
    term(page, "STIR").click()
    expect(told(page)).to_have_count(0)


def test_a_tap_explains_a_term_and_a_tap_beside_it_closes(visit):
    page = drawn(visit(viewport=PHONE, has_touch=True))
    settled(page)
    term(page, "sacroiliac joints").tap()
    expect(told(page)).to_contain_text("The joint between the sacrum")
    box = told(page).bounding_box()
    assert 0 <= box["x"] <= PHONE["width"] - box["width"]
    page.get_by_text("Due now", exact=True).filter(visible=True).first.tap()
    expect(told(page)).to_have_count(0)


def test_a_sentence_is_copied_whole_with_its_terms(visit):
    page = drawn(visit(MRI))
    copied = page.locator(".ew-card > p").filter(has_text="Ask expressly").evaluate(
        "(p) => { const s = getSelection(); s.selectAllChildren(p); return s.toString(); }"
    )  # fmt: skip
    assert copied.startswith("Ask expressly for fluid-sensitive sequences, STIR or fat-saturated T2: a usual spine protocol")


def test_what_is_searched_for_stays_under_the_cursor_and_leads_to_the_drawing(visit):
    page = drawn(visit())
    field = page.get_by_role("textbox", name="Search steps, passages, references and terms")
    field.fill("stir")
    field.press("Enter")
    expect(page).to_have_url(re.compile("find=stir"))
    settled(page)
    expect(field).to_be_focused()
    page.locator(".st-key-ew-list").get_by_role("button").first.click()
    expect(page).to_have_url(re.compile("sel=mri-si-joints-without-contrast"))
    drawn(page)
    expect(page.get_by_role("heading", name="MRI of the sacroiliac joints without IV contrast")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="hits for “stir”")).to_be_visible()


def test_the_list_fits_a_phone_and_has_room_for_a_finger(visit):
    page = visit("/?find=*", viewport=PHONE)
    settled(page)
    listed = page.locator(".st-key-ew-list").get_by_role("button")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    boxes = [one.bounding_box() for one in listed.all() if "ew-term" not in (one.get_attribute("class") or "")]
    assert len(boxes) > 20
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"] and box["height"] >= 24 for box in boxes)


def test_the_file_without_network_explains_its_terms_too(browser, tmp_path):
    file = tmp_path / "g.html"
    file.write_text(standalone(load("sacroiliac-sclerosis").guideline), encoding="utf-8")
    page = browser.new_page()
    page.goto(f"{file.as_uri()}#mri-si-joints-without-contrast")
    term(page, "STIR").hover()
    expect(told(page)).to_contain_text("An editor's words")
    page.keyboard.press("Escape")
    expect(told(page)).to_have_count(0)
    assert page.url.endswith("#mri-si-joints-without-contrast"), "Esc closes what is open before it leads back to the overview"
    term(page, "STIR").focus()
    page.keyboard.press("Enter")
    expect(told(page)).to_be_visible()
    page.close()
