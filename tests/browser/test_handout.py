"""*Hand out* on the Teach page, as an educator uses it: choose the paper, look at the page, take the files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from driving import bears, bears_no, settled
from playwright.sync_api import Page, expect

from conftest import DESKTOP, PHONE

HANDOUT = "/?page=teach&mode=handout"
KINDS = {
    "PDF": (".pdf", b"%PDF-"),
    "SVG": (".svg", b"<svg"),
    "HTML": (".html", b"<!"),
    "Slide": (".svg", b"<svg"),
    "PNG": (".png", b"\x89PNG"),
}


def _picture(page: Page, paper: str = "A4"):
    page.get_by_text(
        re.compile(rf"Management of Bilateral Sacroiliac Joint Sclerosis, {paper}, page 1 of 2$")
    ).wait_for()  # the words overleaf
    return page.get_by_role("img", name=f"Management of Bilateral Sacroiliac Joint Sclerosis, {paper}, page 1 of 2, as it will be printed")


def _ratio(picture) -> float:
    picture.evaluate("(image) => image.decode()")
    return picture.evaluate("(image) => image.naturalHeight / image.naturalWidth")


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_page_is_shown_as_it_will_be_printed_and_fits_the_window(visit, viewport):
    page = visit(HANDOUT, viewport=viewport)
    picture = _picture(page)
    assert _ratio(picture) == pytest.approx(297 / 210, abs=0.01)
    box = picture.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= viewport["width"]
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_paper_is_chosen_stands_in_the_address_and_can_be_gone_back_from(visit):
    page = visit(HANDOUT)
    _picture(page)
    page.get_by_role("radio", name="Letter").click()
    assert _ratio(_picture(page, "Letter")) == pytest.approx(11 / 8.5, abs=0.01)
    bears(page, "paper=letter")
    page.go_back()
    assert _ratio(_picture(page)) == pytest.approx(297 / 210, abs=0.01)
    bears_no(page, "paper=")


def test_a_paper_that_nobody_knows_is_a4(visit):
    page = visit(HANDOUT + "&paper=<b>a0</b>")
    assert _ratio(_picture(page)) == pytest.approx(297 / 210, abs=0.01)


@pytest.mark.parametrize("kind", KINDS)
def test_each_file_is_made_when_it_is_asked_for(visit, kind):
    page = visit(HANDOUT + "&paper=letter")
    _picture(page, "Letter")
    settled(page)
    with page.expect_download() as download:
        page.get_by_role("button", name=f"Download {kind}").click()
    ending, begin = KINDS[kind]
    assert download.value.suggested_filename.startswith("sacroiliac-sclerosis")
    assert download.value.suggested_filename.endswith(ending)
    assert Path(download.value.path()).read_bytes().startswith(begin)


def test_the_mode_is_left_and_come_back_to(visit):
    page = visit(HANDOUT)
    _picture(page)
    page.get_by_role("radio", name="Practise").click()
    expect(page.get_by_role("button", name="Download PDF")).to_have_count(0)
    page.go_back()
    expect(page.get_by_role("button", name="Download PDF")).to_be_visible()
