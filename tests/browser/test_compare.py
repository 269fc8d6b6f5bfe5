"""The Compare page in Chromium: choosing, reading, walking the example patient, correcting a match; on a phone, light and dark."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe import faults
from driving import bears, bears_no, drawn, settled, shows
from playwright.sync_api import Page, expect

from conftest import PHONE, serving
from tests.explorer.pages.compare.guidelines import LOWER, OTHER, SI, committed, written

RENAMED = ("label: Relief by diagnostic blocks", "label: Blocks, how much relief")
WIDER = """(all) => all
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest(".ew-scroll"))
  .map((one) => one.outerHTML.slice(0, 90))"""
"""What reaches beyond the screen, tables that scroll in their frames aside."""
BOTH = f"/?page=compare&g={SI}&with=si-other"


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The explorer on the shipped guideline, on one with another threshold, and on one that asks under another name."""
    folder = tmp_path_factory.mktemp("two")
    lower = written(folder / "lower.yaml", OTHER, LOWER)
    renamed = written(folder / "renamed.yaml", (f"id: {SI}", "id: si-renamed"), RENAMED, ("block-relief", "pain-relief"))
    with serving(SI, str(lower), str(renamed)) as address:
        yield address


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The explorer on a file in git, of which the version before had another threshold."""
    with serving(str(committed(tmp_path_factory.mktemp("repository"), (OTHER,), (OTHER, LOWER)))) as address:
        yield address


def test_one_chooses_another_reads_who_goes_elsewhere_and_walks_the_example_in_it(visit, two):
    page = visit(f"/?page=compare&g={SI}", at=two)
    settled(page)
    page.get_by_role("combobox", name="Compare it with").click()
    page.get_by_role("option", name="(si-other)").click()
    expect(page.get_by_role("heading", name="Care differs: 1 group of patients now goes elsewhere.")).to_be_visible()
    shows(page, "2 values, the lower 75 % to less than 80 %")
    bears(page, "with=si-other")
    page.get_by_role("button", name="Walk patient 1 in B").click()
    drawn(page)
    shows(page, "Cooled RFA, S1–S3 lateral branches")
    bears(page, "g=si-other", "block-relief~78~78")
    page.go_back()
    settled(page)
    page.get_by_role("button", name="Walk patient 1 in A").click()
    drawn(page)
    shows(page, "The source does not say")
    bears(page, f"g={SI}")


def test_an_edge_behind_the_difference_leads_to_its_evidence(visit, two):
    page = visit(BOTH, at=two)
    settled(page)
    page.get_by_role("button", name="Diagnostic SI joint injections → Cooled RFA, S1–S3 lateral branches").first.click()
    drawn(page)
    bears(page, "sel=diagnostic-injections-to-cooled-rfa")


def test_a_match_is_corrected_and_taken_back(visit, two):
    page = visit(f"/?page=compare&g={SI}&with=si-renamed", at=two)
    settled(page)
    page.get_by_text("Match two by hand").click()
    settled(page)
    for side, name in (("In A", "Relief by diagnostic blocks"), ("In B", "Blocks, how much relief")):
        field = page.get_by_role("combobox", name=side)
        field.press("Control+a")
        field.press_sequentially(name[:12])
        expect(page.get_by_role("option")).to_have_count(1)
        field.press("Enter")  # a press of the mouse may meet the list while it is drawn anew
        settled(page)
    page.get_by_role("button", name="These are the same").click()
    shows(page, "Care is the same for all patients")
    bears(page, "match=block-relief~pain-relief")
    page.get_by_role("button", name="take back").click()
    expect(page.get_by_role("heading", name="What you said")).to_have_count(0)
    bears_no(page, "match=")


def test_both_pathways_are_drawn_as_one_or_side_by_side(visit, two):
    page = visit(BOTH, at=two)
    settled(page)
    expect(page.locator("img.ew-drawn").filter(visible=True)).to_have_count(1)
    shows(page, "in both, changed: 1 (dash and dot)")
    page.get_by_text("Side by side").click()
    expect(page.locator("img.ew-drawn").filter(visible=True)).to_have_count(2)
    bears(page, "drawing=beside")
    assert all(page.locator("img.ew-drawn").evaluate_all("(all) => all.map((one) => one.complete && one.naturalWidth > 0)"))


def test_on_a_phone_b_stands_below_a_and_nothing_is_wider_than_the_screen(visit, two):
    page = visit(BOTH, at=two, viewport=PHONE)
    settled(page)
    a, b = (page.locator(f".ew-version.ew-of-{letter}").bounding_box() for letter in "ab")
    assert a
    assert b
    assert a["y"] + a["height"] <= b["y"]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert page.locator(".st-key-ew-compare .ew *").evaluate_all(WIDER) == []


def test_on_a_wide_screen_they_stand_side_by_side(visit, two):
    page = visit(BOTH, at=two)
    settled(page)
    a, b = (page.locator(f".ew-version.ew-of-{letter}").bounding_box() for letter in "ab")
    assert a
    assert b
    assert a["y"] == b["y"]
    assert a["x"] + a["width"] < b["x"]


@pytest.mark.parametrize(
    "path", [BOTH, f"/?page=compare&g={SI}&with=si-renamed&match=cooled-rfa~", f"/?page=compare&g={SI}"], ids=["who", "matches", "nothing"]
)
def test_axe_finds_nothing(visit, two, path: str):
    page: Page = visit(path, at=two)
    page.locator(".ew-notice").wait_for()
    settled(page)
    for one in page.locator(".st-key-ew-compare summary").all():
        one.click()
    assert faults(page) == []


def test_an_earlier_version_is_named_compared_and_walked(visit, repository):
    page = visit("/?page=compare", at=repository)
    settled(page)
    page.get_by_role("textbox", name="earlier version").fill("HEAD~1")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Care differs: 1 group of patients now goes elsewhere.")).to_be_visible()
    shows(page, "as of HEAD~1")
    page.get_by_role("button", name="Walk patient 1 in A").click()
    drawn(page)
    shows(page, "The source does not say")
    bears(page, "HEAD")
    page.go_back()
    shows(page, "as of HEAD~1")
    settled(page)
    page.get_by_role("button", name="Walk patient 1 in B").click()
    drawn(page)
    shows(page, "Cooled RFA, S1–S3 lateral branches")
