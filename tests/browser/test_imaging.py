"""The Imaging page in Chromium."""

import re

from driving import settled, shows
from playwright.sync_api import expect

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
