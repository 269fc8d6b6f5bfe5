"""The file by keyboard alone."""

from __future__ import annotations

from alone import FUSION, GUIDELINE, LAST, here, is_open, title_of
from driving import drawn
from playwright.sync_api import expect


def test_arrow_keys_lead_from_the_start_to_fusion_and_back(begin):
    page = drawn(begin())
    page.keyboard.press("ArrowRight")
    is_open(page, "presentation")
    way = ["xray-si-joints", "conservative-care", "diagnostic-injections", "cooled-rfa", FUSION]
    for step in way:
        page.keyboard.press("ArrowRight")
        for _ in GUIDELINE.transitions:
            if GUIDELINE.transitions[here(page)].target == step:
                break
            page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowRight")
        is_open(page, step)
    expect(page.locator(":focus")).to_have_text(title_of(FUSION))
    expect(page.get_by_role("status")).to_contain_text(f"Step: {title_of(FUSION)}. Evidence:")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("status")).to_have_text("No way leads on from here.")
    page.keyboard.press("ArrowLeft")
    is_open(page, LAST)
    page.keyboard.press("ArrowLeft")
    is_open(page, "cooled-rfa")
    page.keyboard.press("Escape")
    expect(page.locator(".ew-part:visible")).to_have_count(0)
    expect(page.locator(":focus")).to_have_text("Steps and edges")


def test_back_along_the_way_one_came_where_several_lead_to_a_step(begin):
    edges = [edge for edge in GUIDELINE.transitions.values() if edge.target == "conservative-care"]
    assert len(edges) > 1
    page = drawn(begin())
    for edge in edges:
        page.evaluate("(id) => { location.hash = id; }", edge.id)
        is_open(page, edge.id)
        page.keyboard.press("ArrowRight")
        is_open(page, "conservative-care")
        page.keyboard.press("ArrowLeft")
        is_open(page, edge.id)


def test_up_and_down_go_round_all_edges_of_a_step(begin):
    leaving = [edge.id for edge in GUIDELINE.transitions.values() if edge.source == "xray-si-joints"]
    page = drawn(begin(f"#{leaving[0]}"))
    for id in (*leaving[1:], leaving[0]):
        page.keyboard.press("ArrowDown")
        is_open(page, id)
    page.keyboard.press("ArrowUp")
    is_open(page, leaving[-1])


def test_every_part_is_reached_by_tab_and_enter(begin):
    page = drawn(begin())
    links = page.get_by_role("navigation", name="Steps and edges").get_by_role("link")
    assert links.count() == len(GUIDELINE.steps) + len(GUIDELINE.transitions)
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to steps and edges")
    page.keyboard.press("Enter")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('href')") == f"#{LAST}":
            break
    page.keyboard.press("Enter")
    is_open(page, LAST)
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text(GUIDELINE.steps["cooled-rfa"].name)
    assert page.locator(":focus").evaluate("(link) => getComputedStyle(link).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    is_open(page, "cooled-rfa")


def test_keys_with_modifiers_stay_the_browsers(begin):
    page = drawn(begin(f"#{FUSION}"))
    for keys in ("Shift+ArrowLeft", "Control+ArrowRight", "Meta+ArrowUp"):
        page.keyboard.press(keys)
        assert here(page) == FUSION
