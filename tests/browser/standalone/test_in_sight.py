"""What stays in sight in the file: the source and its date, on a phone too, in either scheme of colours."""

from __future__ import annotations

import pytest
from alone import GUIDELINE, LAST, is_open, part
from driving import CANVAS, click, drawn
from playwright.sync_api import expect

from conftest import DESKTOP, PHONE


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_source_date_review_and_disclaimer_stay_in_sight(begin, size):
    page = drawn(begin(f"#{LAST}", viewport=size))
    page.mouse.move(size["width"] - 60, 400)
    page.mouse.wheel(0, 900)
    page.wait_for_timeout(200)
    for text in (
        GUIDELINE.title,
        GUIDELINE.question,
        "For education.",
        f"updated {GUIDELINE.updated}, pending human review",
        GUIDELINE.disclaimer,
    ):
        expect(page.get_by_text(text).filter(visible=True).first).to_be_in_viewport(ratio=1)


def test_a_phone_is_wide_enough(begin):
    page = drawn(begin(viewport=PHONE))
    for id in ("", *GUIDELINE.steps, *GUIDELINE.transitions):
        page.evaluate("(id) => { location.hash = id; }", id)
        if id:
            is_open(page, id)
            expect(part(page, id).get_by_role("heading", level=2)).to_be_in_viewport()
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    page.get_by_role("button", name="↑ Drawing").click()
    click(page, "conservative-care")
    is_open(page, "conservative-care")
    expect(part(page, "conservative-care").get_by_role("heading", level=2)).to_be_in_viewport()


def test_dark_and_light_follow_the_reader_at_once(begin):
    page = drawn(begin(color_scheme="light"))
    line = page.locator(f'{CANVAS} [data-state="broken"] line')
    light = page.evaluate("getComputedStyle(document.body).backgroundColor"), line.get_attribute("stroke")
    page.emulate_media(color_scheme="dark")
    expect(line).not_to_have_attribute("stroke", light[1])
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light[0]
    expect(page.locator(f"{CANVAS} .ew-stage")).to_have_css("background-color", "rgb(14, 17, 23)")
