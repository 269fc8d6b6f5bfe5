"""The file's parts have addresses: links, back, reload, and addresses that name nothing."""

from __future__ import annotations

import pytest
from alone import FUSION, GUIDELINE, LAST, is_open, part, title_of
from driving import click, drawn
from playwright.sync_api import expect

from conftest import DESKTOP, PHONE


def test_a_link_opens_its_part_and_back_and_reload_keep_it(begin):
    page = drawn(begin(f"#{LAST}"))
    is_open(page, LAST)
    part(page, LAST).get_by_role("link", name=GUIDELINE.steps[FUSION].name).click()
    is_open(page, FUSION)
    page.go_back()
    is_open(page, LAST)
    page.go_forward()
    is_open(page, FUSION)
    page.reload()
    drawn(page)
    is_open(page, FUSION)
    expect(page).to_have_title(f"{title_of(FUSION)} – {GUIDELINE.title}")


def test_on_a_phone_a_link_and_a_reload_bring_the_part_itself_into_sight(begin):
    page = drawn(begin(f"#{LAST}", viewport=PHONE))
    edge = "document.querySelector('.ew-{}').getBoundingClientRect()"
    free = f"() => {edge.format('top')}.bottom <= {edge.format('up')}.top + 1"
    for _ in range(2):
        expect(part(page, LAST).get_by_role("heading", level=2)).to_be_in_viewport(ratio=1)
        page.wait_for_function(free)
        page.reload()


@pytest.mark.parametrize("fragment", ["#no-such-step", "#%E0%A4%A", "#<img src=x onerror=alert(1)>", "#constructor", "#_overview", "#"])
def test_an_address_that_names_no_part_shows_the_overview(begin, fragment):
    page = drawn(begin(fragment))
    expect(page.get_by_role("heading", name="Steps and edges")).to_be_visible()
    expect(page.locator(".ew-part:visible")).to_have_count(0)


def test_sections_of_the_overview_have_addresses_too(begin):
    page = drawn(begin("#_references"))
    expect(page.get_by_role("heading", name="References")).to_be_in_viewport()
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollHeight") == DESKTOP["height"], "the columns scroll, not the page"
    click(page, FUSION)
    page.get_by_role("link", name="← Overview").click()
    page.get_by_role("link", name="Ratings", exact=True).click()
    expect(page.get_by_role("heading", name="Ratings")).to_be_in_viewport()
