"""The Data page in Chromium: asking, seeing a table and a graph, taking files away."""

from __future__ import annotations

import json

from driving import settled, shows
from playwright.sync_api import expect

from conftest import PHONE


def test_a_question_is_answered_as_table_and_graph_and_taken_away(visit):
    page = visit("/?page=data&g=sacroiliac-sclerosis&ask=pathway")
    settled(page)
    page.get_by_role("button", name="Ask", exact=True).click()
    shows(page, "24 triples")
    page.get_by_role("tab", name="Graph").click()
    expect(page.locator('[data-testid="stGraphVizChart"] svg g.node')).to_have_count(11)
    with page.expect_download() as taken:
        page.get_by_role("button", name="CSV").click()
    assert taken.value.path().read_text(encoding="utf-8").startswith("subject,predicate,object")


def test_the_guideline_is_taken_away_as_rdf(visit):
    page = visit("/?page=data&g=sacroiliac-sclerosis")
    settled(page)
    with page.expect_download() as taken:
        page.get_by_role("button", name="JSON-LD").click()
    assert "guideline/sacroiliac-sclerosis" in json.dumps(json.loads(taken.value.path().read_text(encoding="utf-8")))


def test_on_a_phone_the_page_is_no_wider_than_the_screen(visit):
    page = visit("/?page=data&g=sacroiliac-sclerosis&ask=tiers", viewport=PHONE)
    settled(page)
    page.get_by_role("button", name="Ask", exact=True).click()
    shows(page, "6 rows")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
