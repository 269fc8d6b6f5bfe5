"""The Imaging page in Chromium."""

import re

from driving import settled, shows
from playwright.sync_api import expect

from conftest import PHONE
from edgewise.graph.library import load

GUIDELINE = load("sacroiliac-sclerosis").guideline


def test_every_rating_stands_with_its_modality_and_band(visit):
    page = visit("/?page=imaging")
    settled(page)
    for rating in GUIDELINE.ratings.values():
        shows(page, GUIDELINE.modalities[rating.modality].label)
    for band in ("1–3", "4–6", "7–9"):
        shows(page, band)
    shows(page, "not stated by the source")


def test_a_link_to_a_modality_opens_on_its_evidence(visit):
    page = visit("/?page=imaging&sel=ct-si-joints-without-contrast")
    settled(page)
    shows(page, GUIDELINE.statements["s6"].text[:60])
    expect(page).to_have_url(re.compile("sel=ct-si-joints-without-contrast"))


def test_a_path_leads_to_its_page_too(browser, address):
    page = browser.new_page()
    page.goto(address + "/imaging?sel=ct-si-joints-without-contrast")
    shows(page, GUIDELINE.statements["s6"].text[:60])
    expect(page).to_have_url(re.compile(r"/\?.*page=imaging"))
    page.close()


def test_a_row_that_is_clicked_shows_its_evidence_and_stands_in_the_address(visit):
    page = visit("/?page=imaging")
    settled(page)
    page.locator('tr[data-ew-pick="modality-ct-without-contrast"] td').last.click()
    shows(page, GUIDELINE.statements["s6"].text[:60])
    expect(page).to_have_url(re.compile("sel=ct-si-joints-without-contrast"))
    expect(page.locator('tr[aria-current="true"]')).to_contain_text("CT SI joints")


def test_rows_are_walked_and_pressed_by_keyboard_and_keep_the_focus(visit):
    page = visit("/?page=imaging")
    settled(page)
    page.locator("tr[data-ew-pick] button:not(.ew-term)").nth(2).focus()
    row = page.locator("tr[data-ew-pick] button:not(.ew-term):focus")
    page.keyboard.press("Tab")
    while not row.count():  # a term in the row before bears its explanation, and is a stop of its own
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("sel=mri-si-joints-with-and-without-contrast"))
    settled(page)
    focused = page.locator("tr[data-ew-pick] button:focus")
    expect(focused).to_have_text("MRI SI joints without and with IV contrast")
    expect(focused).to_have_attribute("aria-pressed", "true")


def test_on_a_phone_the_evidence_of_the_row_comes_into_sight_and_there_is_a_way_back(visit):
    page = visit("/?page=imaging", viewport=PHONE)
    settled(page)
    page.locator("tr[data-ew-pick] button").last.click()
    heading = page.get_by_role("heading", name="CT SI joints without contrast")
    expect(heading).to_be_in_viewport()
    page.get_by_role("button", name="All ratings").click()
    expect(heading).not_to_be_in_viewport()


def test_a_dot_that_is_pointed_at_is_told_in_words(visit):
    page = visit("/?page=imaging")
    settled(page)
    dot = page.locator('[data-testid="stVegaLiteChart"] .mark-symbol path').first
    dot.hover(force=True)
    tip = page.locator("#vg-tooltip-element")
    expect(tip).to_contain_text("Rated")
    expect(tip).to_contain_text("9 of 9, usually appropriate")
    expect(tip).not_to_contain_text("picked")


def test_on_a_tablet_no_word_of_a_method_is_broken_across_lines(visit):
    page = visit("/?page=imaging", viewport={"width": 768, "height": 1024})
    settled(page)
    names = page.locator('tr[data-ew-pick] th[scope="row"] button.ew-pick')
    expect(names).to_have_count(len(GUIDELINE.ratings))
    for name in names.all():
        assert name.evaluate("(one) => one.getClientRects().length && one.offsetHeight / parseFloat(getComputedStyle(one).lineHeight)") <= 3
