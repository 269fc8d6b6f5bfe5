"""The end of a walk in Chromium: the patient summary on the clipboard and on paper."""

from __future__ import annotations

import io

from driving import settled, shows
from playwright.sync_api import expect
from pypdfium2 import PdfDocument

from conftest import PHONE

FACTS = (
    "facts=radiographs~sclerosis+inflammatory-suspicion~no+conservative-months~6+conservative-failed~yes+block-relief~85~85"
    "+rfa-attempts-failed~2+hip-spine-excluded~yes+documented~yes"
)


def printed(page) -> list[str]:
    document = PdfDocument(io.BytesIO(page.pdf(format="A4")))
    return ["".join(one.get_textpage().get_text_range().split()) for one in document]


def test_the_summary_is_opened_from_the_end_copied_as_text_and_printed_on_one_page(visit):
    page = visit(f"/?{FACTS}", permissions=["clipboard-read", "clipboard-write"])
    settled(page)
    shows(page, "The end of the pathway")
    page.get_by_role("button", name="Patient summary").click()
    page.get_by_role("button", name="Copy as text").click()
    expect(page.get_by_text("Copied", exact=True)).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "TOLD OF THIS PATIENT" in copied
    assert "Failed RFA attempts: 2" in copied
    (sheet,) = printed(page)
    assert "FailedRFAattempts:2" in sheet
    assert "Foreducationonly" in sheet
    assert "Copyastext" not in sheet


def test_the_printed_walk_shows_the_patient_to_the_last_fact(visit):
    page = visit(f"/?{FACTS}")
    settled(page)
    sheets = "".join(printed(page))
    assert "Courseoftreatmentdocumented:Yes" in sheets
    assert "Theendofthepathway" in sheets
    assert "Foreducation" in sheets


def test_on_a_phone_the_end_and_its_summary_fit_the_width(visit):
    page = visit(f"/?summary=patient&{FACTS}", viewport=PHONE)
    settled(page)
    shows(page, "Patient summary.")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
