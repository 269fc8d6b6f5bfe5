"""Headings that lead through a page without a jump, and targets that a finger can hit (WCAG 1.3.1, 2.5.8), on Teach and in the file."""

from __future__ import annotations

from itertools import pairwise

import pytest
from driving import drawn, settled, still
from playwright.sync_api import Page, expect

from conftest import DESKTOP, PHONE
from edgewise.explorer.handout.html.document import standalone
from edgewise.graph.library import load

GUIDELINE = load("sacroiliac-sclerosis").guideline
LEAST = 24  # pixels
FACTS = "facts=radiographs~sclerosis+inflammatory-suspicion~no+conservative-months~6+conservative-failed~yes+block-relief~85~85"
PRESENT = "/?page=teach&mode=present"
SLIDES = {
    "the first step": PRESENT,
    "the last step": f"{PRESENT}&at=si-joint-fusion",
    "the notes": f"{PRESENT}&at=si-joint-fusion&view=notes",
    "a vignette": f"{PRESENT}&case=cellist",
    "a stage": f"{PRESENT}&case=cellist&at=1",
    "an answer": f"{PRESENT}&case=cellist&at=1-answer",
    "the notes of a stage": f"{PRESENT}&case=cellist&at=1&view=notes",
}
PRESSED = {
    "walk": f"/?{FACTS}",
    "end": f"/?{FACTS}+rfa-attempts-failed~2+hip-spine-excluded~yes+documented~yes",
    "summary": f"/?summary=patient&{FACTS}",
    "edge": f"/?sel=cooled-rfa-to-si-joint-fusion&{FACTS}",
    "gaps": "/?gaps=all",
    "imaging": "/?page=imaging",
    "evidence": "/?page=evidence&ref=reference-2",
    "present": f"{PRESENT}&at=cooled-rfa",
    "hand out": "/?page=teach&mode=handout",
}
_HEADINGS = """() => [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
  .filter((one) => one.getClientRects().length && !one.closest("[aria-hidden=true]")).map((one) => Number(one.tagName[1]))"""
# A native box or dot is let pass: its label, which is large enough, is pressed. So is the button inside a field that clears it, and a
# term in a line of text, which WCAG excepts; axe judges which of them stand alone.
_SMALL = """(least) => {
  const all = (root) => [...root.querySelectorAll("*")].flatMap((one) => [one, ...(one.shadowRoot ? all(one.shadowRoot) : [])]);
  return all(document).filter((one) => one.matches('a[href], button:not(.ew-term), summary, [role="button"], select'))
    .filter((one) => one.getClientRects().length && !one.closest("[aria-hidden=true]") && one.ariaLabel !== "Clear value")
    .map((one) => [one.getBoundingClientRect(), (one.ariaLabel || one.textContent).trim().slice(0, 40)])
    .filter(([box]) => box.width > 1 && Math.min(box.width, box.height) < least - 0.1)
    .map(([box, name]) => `${name}: ${box.width.toFixed(1)} × ${box.height.toFixed(1)}`);
}"""


def in_order(page: Page) -> list[int]:
    """The levels of the headings in sight: one of the first, and none that skips a level on the way down."""
    levels = page.evaluate(_HEADINGS)
    assert levels.count(1) == 1, levels
    assert levels[0] == 1, levels
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels
    return levels


@pytest.mark.parametrize("path", SLIDES.values(), ids=SLIDES)
def test_headings_of_a_slide_and_of_its_notes_are_in_order(visit, path):
    page = visit(path)
    settled(page)
    expect(page.locator("h1")).to_have_count(1)
    in_order(page)


def test_headings_stay_in_order_while_the_room_votes_and_when_it_is_told(visit):
    page = drawn(visit(f"{PRESENT}&case=cellist&at=1"))
    settled(page)
    page.keyboard.press("v")
    expect(page.get_by_role("heading", name="What next?")).to_be_visible()
    settled(page)
    in_order(page)
    page.keyboard.press("r")
    expect(page.get_by_role("button", name="Hide the answer")).to_be_visible()
    settled(page)
    in_order(page)


def test_headings_are_in_order_at_every_turn_of_a_case_that_is_practised(visit):
    page = visit("/?page=teach")
    settled(page)
    in_order(page)
    page.locator(".st-key-ew-practise-list button").first.click()
    for _ in range(12):
        settled(page)
        in_order(page)
        if page.get_by_role("button", name="Commit").count():
            page.locator('label[data-testid="stRadioOption"]').first.click()
            page.get_by_role("button", name="Commit").click()
            expect(page.locator(".st-key-ew-practise-next")).to_be_visible()
        elif page.locator(".st-key-ew-practise-next").count():
            page.locator(".st-key-ew-practise-next button").click()
        else:
            break
    expect(page.locator(".st-key-ew-practise-end")).to_be_visible()


@pytest.mark.parametrize("path", PRESSED.values(), ids=PRESSED)
def test_what_is_pressed_is_large_enough(visit, path):
    page = visit(path, viewport=DESKTOP)
    settled(page)
    assert page.evaluate(_SMALL, LEAST) == [], "on a desktop"
    page.set_viewport_size(PHONE)
    still(page)
    assert page.evaluate(_SMALL, LEAST) == [], "on a phone"


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("place", ["", "#si-joint-fusion", "#cooled-rfa-to-si-joint-fusion"])
def test_the_file_keeps_headings_in_order_and_targets_large(browser, tmp_path, place, size):
    file = tmp_path / "alone.html"
    file.write_text(standalone(GUIDELINE), encoding="utf-8")
    page = browser.new_page(viewport=size)
    page.goto(file.as_uri() + place)
    drawn(page)
    in_order(page)
    assert page.evaluate(_SMALL, LEAST) == []
    page.close()
