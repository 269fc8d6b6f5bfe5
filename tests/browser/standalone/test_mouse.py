"""The file by mouse: any part is clicked, the legend filters, and where the source is silent the drawing says so."""

from __future__ import annotations

import re

from alone import FUSION, GUIDELINE, LAST, is_open, part, title_of
from driving import CANVAS, click, drawn, place, shows, viewport
from playwright.sync_api import expect

from edgewise.graph.gaps.search import find_gaps


def test_a_click_on_any_step_or_edge_shows_its_evidence_and_moves_nothing(begin):
    page = drawn(begin())
    before = viewport(page)
    for id in (*GUIDELINE.steps, *GUIDELINE.transitions):
        click(page, id)
        is_open(page, id)
        expect(part(page, id).get_by_role("heading", level=2)).to_have_text(title_of(id))
        behind = GUIDELINE.steps[id].described_by if id in GUIDELINE.steps else GUIDELINE.transitions[id].justified_by
        for statement in map(GUIDELINE.passage, behind[:1]):
            shows(page, statement.text[:60])
            shows(page, str(statement.place))
        expect(page.locator(CANVAS)).to_have_attribute("data-selected", id)
    assert viewport(page) == before


def test_the_bare_ground_leads_back_to_the_overview(begin):
    page = drawn(begin(f"#{LAST}"))
    box = page.locator(f"{CANVAS} .ew-stage").bounding_box()
    page.mouse.click(box["x"] + 20, box["y"] + box["height"] - 20)
    expect(page.get_by_role("heading", name="Steps and edges")).to_be_visible()
    expect(page.locator(".ew-part:visible")).to_have_count(0)


def test_the_legend_hides_edges_and_brings_them_back(begin):
    page = drawn(begin())
    button = page.get_by_role("button", name=re.compile("broken marker"))
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    assert page.locator(CANVAS).evaluate("(canvas, id) => canvas.edgewise.positionOf(id)", LAST) is None
    click(page, FUSION)
    is_open(page, FUSION)
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    assert place(page, LAST)


def test_where_the_source_is_silent_the_drawing_says_so_and_leads_to_the_gaps(begin):
    page = drawn(begin())
    silent = {row.step for row in find_gaps(GUIDELINE).rows if row.kind in ("gap", "dead-end")}
    assert silent
    for step in silent:
        click(page, f"ghost:{step}")
        is_open(page, step)
        expect(part(page, step).get_by_role("heading", name="What the source leaves open here")).to_be_in_viewport()
    for step in set(GUIDELINE.steps) - silent:
        assert page.locator(CANVAS).evaluate("(canvas, id) => canvas.edgewise.positionOf(id)", f"ghost:{step}") is None
