"""Beside the walk in Chromium: why not fusion yet, what if relief were another, and what the source leaves open."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from driving import CANVAS, click, drawn, place, settled, shows, viewport
from playwright.sync_api import expect

from edgewise.graph.gaps.search import find_gaps
from edgewise.graph.library import load

GUIDELINE = load("sacroiliac-sclerosis").guideline
SILENT_STEPS = {row.step for row in find_gaps(GUIDELINE).rows if row.kind in ("gap", "dead-end")}
TO_BLOCKS = "radiographs:sclerosis;inflammatory-suspicion:no;conservative-months:6;conservative-failed:yes"
AFTER_BLOCKS = f"{TO_BLOCKS};block-relief:85,88"
PAINTED = "([canvas, ids, there]) => ids.every((id) => Boolean(canvas.edgewise.positionOf(id)) === there)"


def wait_for(page, *ids: str, there: bool = True) -> None:
    """Wait until the canvas paints these, or no longer does."""
    canvas = page.locator(CANVAS).element_handle()
    page.wait_for_function(PAINTED, arg=[canvas, ids, there])


def marked(page) -> None:
    """Wait until all gaps are marked, which is a moment after the drawing."""
    drawn(page)
    wait_for(page, *(f"ghost:{step}" for step in SILENT_STEPS))


def test_the_gaps_are_marked_a_moment_after_the_drawing_and_nothing_moves(visit):
    page = drawn(visit())
    before = viewport(page)
    marked(page)
    assert viewport(page) == before
    expect(page.get_by_role("button", name=f"left open ({len(SILENT_STEPS)})")).to_be_visible()


def test_a_mark_tells_what_is_open_and_brings_a_patient_who_falls_into_it(visit):
    page = visit()
    marked(page)
    click(page, "ghost:conservative-care")
    expect(page).to_have_url(re.compile("gaps=conservative-care"))
    shows(page, "Conservative care failed: no")
    page.get_by_role("button", name="Show such a patient").first.click()
    expect(page.get_by_role("heading", name="The source does not say").first).to_be_visible()
    expect(page).to_have_url(re.compile("conservative-failed~no"))
    assert place(page, "ghost") == place(page, "ghost:conservative-care"), "the faint mark has become a loud one"


def test_the_marks_can_be_hidden(visit):
    page = visit()
    marked(page)
    button = page.get_by_role("button", name=re.compile("^left open [(]"))
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    wait_for(page, "ghost:conservative-care", there=False)


def test_why_not_fusion_yet_is_answered_on_one_screen(visit):
    page = drawn(visit("/?facts=" + quote(AFTER_BLOCKS)))
    page.get_by_role("button", name=re.compile("SI joint fusion.*why not yet")).click()
    expect(page).to_have_url(re.compile("why=si-joint-fusion"))
    expect(page.get_by_text("Not yet: 3 things are missing").first).to_be_in_viewport()
    for missing in ("Hip and spine excluded", "Failed RFA attempts", "Course of treatment documented"):
        expect(page.get_by_text(missing).filter(visible=True).first).to_be_in_viewport()
    page.get_by_role("radio", name="No", exact=True).first.click()
    shows(page, "Closed: Hip and spine excluded: no (needed on the way: yes).")
    page.go_back()
    shows(page, "Not yet: 3 things are missing")


def test_the_slider_flips_the_answer_and_the_drawing_follows(visit):
    page = drawn(visit(f"/?vary=block-relief~79&facts={quote(TO_BLOCKS)}"))
    assert place(page, "ghost"), "at 79 % the source does not say"
    slider = page.get_by_role("slider")
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile("block-relief~80"))
    wait_for(page, "ghost", there=False)
    expect(page.locator(".ew-here")).to_contain_text("Cooled RFA")
    page.get_by_role("button", name="Take 2 × 80 % into the facts").click()
    expect(page.get_by_role("heading", name="Cooled radiofrequency ablation of the sacral lateral branches").first).to_be_visible()


@pytest.mark.parametrize("panel", ["why=si-joint-fusion", "vary=block-relief~75", "gaps=all"])
def test_the_panels_fit_a_phone(visit, panel):
    page = drawn(visit(f"/?{panel}&facts={quote(AFTER_BLOCKS)}", viewport={"width": 390, "height": 844}))
    settled(page)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 390
    wide = page.evaluate(
        """() => [...document.querySelectorAll('.st-key-ew-panel .ew *')].filter((e) => e.getBoundingClientRect().right > 391).length"""
    )
    assert wide == 0
