"""The Evidence page in Chromium: entries are picked by click and by keyboard, and what falls is drawn, told and in the address."""

from __future__ import annotations

import re

import pytest
from driving import CANVAS, click, drawn, settled, shows
from playwright.sync_api import expect

from edgewise.graph.library import load

GUIDELINE = load("sacroiliac-sclerosis").guideline
FUSION = "cooled-rfa-to-si-joint-fusion"
PAGE = "/?page=evidence"
WIDE, PHONE = {"width": 1280, "height": 720}, {"width": 390, "height": 844}


def pick(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def heading(page, name):
    return page.get_by_role("heading", name=name).first


def counted(page, state):
    """How many edges the legend counts in a state."""
    button = page.locator(CANVAS).get_by_role("button", name=re.compile(state))
    return button.inner_text() if button.count() else ""


def test_picking_an_entry_draws_and_tells_what_falls_and_back_takes_it_back(visit):
    page = drawn(visit(PAGE))
    assert counted(page, "no citation") == ""
    pick(page, "[1]")
    expect(page).to_have_url(re.compile(r"ref=reference-1(&|$)"))
    expect(heading(page, "Without [1]")).to_be_visible()
    expect(page.locator(CANVAS).get_by_role("button", name="no citation (3)")).to_be_visible()
    pick(page, "[3]")
    expect(page).to_have_url(re.compile(r"ref=reference-1(\+|%20)reference-3(&|$)"))
    expect(page.locator(CANVAS).get_by_role("button", name="no citation (4)")).to_be_visible()
    page.go_back()
    expect(page.locator(CANVAS).get_by_role("button", name="no citation (3)")).to_be_visible()
    page.go_back()
    expect(heading(page, "6 entries carry 43 citations")).to_be_visible()
    expect(page.locator(CANVAS).get_by_role("button", name=re.compile("no citation"))).to_have_count(0)


def test_a_link_restores_entries_statement_and_view_in_a_fresh_browser(visit):
    page = drawn(visit(f"{PAGE}&ref=2&statement=s17&show=matrix"))
    expect(page.get_by_role("button", name="[2]", exact=True)).to_have_attribute("aria-pressed", re.compile("true"))
    expect(page.get_by_role("radio", name="Matrix")).to_have_attribute("aria-checked", "true")
    row = page.locator(".ew-matrix tr[aria-current]")
    expect(row).to_have_count(1)
    expect(row).to_contain_text(GUIDELINE.statements["s17"].text[:40])
    assert "one or tertiary source becomes no citation" in row.inner_text()


def test_the_marker_without_entry_is_a_visibly_broken_entry(visit):
    page = drawn(visit(PAGE))
    card = page.locator(".ew-missing")
    expect(card).to_contain_text("[7] no entry")
    expect(card).to_contain_text("a hypothesis, not the source's word")
    assert card.evaluate("(element) => getComputedStyle(element).borderTopStyle") == "dashed"
    pick(page, "[7] no entry")
    expect(heading(page, "[7] carries nothing")).to_be_visible()
    shows(page, GUIDELINE.statements["s28"].text)


def test_a_click_on_an_edge_or_a_step_says_what_stands_behind_it(visit):
    page = drawn(visit(PAGE))
    click(page, FUSION)
    expect(page).to_have_url(re.compile(f"sel={FUSION}"))
    shows(page, "2 independent works: [4], [6].")
    click(page, "ct-si-joints-without-contrast")
    shows(page, "0 independent works.")
    page.get_by_role("button", name="On the Pathway page").click()
    expect(heading(page, "CT of the sacroiliac joints without contrast")).to_be_visible()


def test_it_can_be_driven_by_keyboard_alone(visit):
    page = drawn(visit(PAGE))
    tab_to(page, page.get_by_role("button", name="[1]", exact=True))
    for _ in range(3):
        if page.evaluate("document.activeElement.innerText") == "[2]":
            break
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("ref=reference-[12]"))
    settled(page)
    tab_to(page, page.get_by_role("radio", name="References"))
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile("show=matrix"))
    settled(page)
    tab_to(page, page.get_by_role("combobox", name="Statement"))
    page.keyboard.type("RFA has failed")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("statement=s28"))
    tab_to(page, page.get_by_role("region", name="Statements and the entries they cite"))


def tab_to(page, locator, most=60):
    for _ in range(most):
        if locator.evaluate_all("(elements) => elements.some((e) => e === document.activeElement || e.contains(document.activeElement))"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{locator} is not reached by Tab")


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["desktop", "phone"])
def test_the_matrix_can_be_read_whole_by_scrolling_inside_its_box_with_its_heading_in_sight(visit, viewport):
    page = drawn(visit(f"{PAGE}&show=matrix", viewport=viewport))
    settled(page)
    box = page.locator(".ew-scroll")
    box.scroll_into_view_if_needed()
    box.evaluate("(element) => { element.scrollTop = element.scrollHeight; element.scrollLeft = element.scrollWidth; }")
    rows = page.locator(".ew-matrix tbody tr")
    expect(rows).to_have_count(len(GUIDELINE.statements))
    expect(rows.last).to_be_in_viewport()
    for name in ("[1]", "[7]"):
        expect(page.get_by_role("columnheader", name=re.compile(re.escape(name)))).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("query", ["", "&ref=1+2+marker-7", "&show=matrix&statement=s24", f"&show=edges&sel={FUSION}"])
@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["desktop", "phone"])
def test_source_date_status_and_education_are_in_sight_and_nothing_overflows(visit, query, viewport):
    page = drawn(visit(PAGE + query, viewport=viewport))
    settled(page)
    for words in ("For education", "Dr.Oracle", "2026-02-08", "pending"):
        shows(page, words)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    if viewport == WIDE:
        assert page.evaluate("document.documentElement.scrollHeight <= window.innerHeight")


def test_a_path_leads_to_the_page_too(browser, address):
    page = browser.new_page()
    page.goto(address + "/evidence?ref=1&show=matrix")
    shows(page, "Without [1]")
    expect(page).to_have_url(re.compile(r"/\?.*page=evidence"))
    page.close()


def test_from_an_edge_to_what_falls_without_its_sources(visit):
    page = visit("/?sel=cooled-rfa-to-si-joint-fusion")
    page.get_by_role("button", name="What falls without these sources").click()
    expect(page).to_have_url(re.compile("page=evidence"))
    shows(page, "Without [2]")
