"""A guideline of 120 steps in three lanes: first is seen where one stands, lanes fold and unfold, and a search brings a step into sight."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from driving import CANVAS, bears, click, drawn, place, settled, viewport
from playwright.sync_api import Page, expect

from benchmarks.large_guidelines import text
from conftest import PHONE, serving

Open = Callable[..., Page]
KNOWN = [number for number in range(1, 50) if number % 12]  # every twelfth step is an end, which yields nothing
FACTS = "+".join(f"o{number}~{'no' if number % 2 and number % 12 != 11 else 'yes'}" for number in KNOWN)
LATER = f"/?facts={FACTS}"
"""The address of a patient who stands in the second lane, at step 50."""


@pytest.fixture(scope="module")
def at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    file = tmp_path_factory.mktemp("large") / "large.yaml"
    file.write_text(text(120))
    with serving(str(file)) as address:
        yield address


def boxes(page: Page) -> dict[str, Any]:
    """What is drawn, by id, and the height of the smallest letters on the screen."""
    return json.loads(page.locator(CANVAS).evaluate("(element) => JSON.stringify(element.edgewise.letters())"))


def shown(page: Page) -> set[str]:
    return {box["id"] for box in boxes(page)["boxes"]}


def legible(page: Page, id: str) -> bool:
    """Whether a step is in sight as a whole, in letters of twelve pixels at least."""
    found = boxes(page)
    box = next(one for one in found["boxes"] if one["id"] == id)
    within = box["left"] >= 0 and box["top"] >= 0 and box["right"] <= found["width"] and box["bottom"] <= found["height"]
    return within and found["smallest"] >= 12


@pytest.mark.parametrize("screen", [{"width": 1280, "height": 720}, PHONE], ids=["desktop", "phone"])
def test_the_first_view_shows_where_one_stands_and_the_other_lanes_as_boxes(visit: Open, at: str, screen: dict[str, int]) -> None:
    page = drawn(visit(LATER, at=at, viewport=screen))
    settled(page)
    assert legible(page, "s50")
    assert {"lane lane0", "lane lane2", "s40", "s79"} <= shown(page)
    assert not {"s1", "s80"} & shown(page)


def test_a_lane_is_unfolded_by_a_click_on_its_box_and_folded_by_one_on_its_name(visit: Open, at: str) -> None:
    page = drawn(visit("/?fold=lane0", at=at))
    settled(page)
    assert shown(page) == {"lane lane0", "lane lane1", "lane lane2"}
    click(page, "lane lane1")
    settled(page)
    assert "s40" in shown(page)
    assert place(page, "s40")["y"] > 0
    bears(page, "open=lane1")
    page.go_back()
    settled(page)
    drawn(page)
    assert "s40" not in shown(page)


def test_lanes_fold_by_keyboard_alone_and_the_address_restores_them(visit: Open, at: str) -> None:
    page = drawn(visit("/", at=at))
    settled(page)
    page.get_by_role("button", name="Lanes: 1 of 3").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Unfold all").focus()
    page.keyboard.press("Enter")
    settled(page)
    expect(page.get_by_role("button", name="Lanes: 3 of 3")).to_be_visible()
    assert {"s1", "s40", "s119"} <= shown(page)
    again = drawn(visit(bears(page, "open=").removeprefix(at), at=at))
    settled(again)
    assert shown(again) == shown(page)


def test_a_search_unfolds_the_lane_of_a_step_and_brings_it_into_sight(visit: Open, at: str) -> None:
    page = drawn(visit("/", at=at))
    settled(page)
    assert "s100" not in shown(page)
    field = page.get_by_placeholder("Search")
    field.fill("Step 100")
    field.press("Enter")
    page.get_by_role("button", name="Step 100").first.click()
    settled(page)
    drawn(page)
    assert legible(page, "s100")


def test_a_selection_on_the_drawing_neither_folds_a_lane_nor_moves_it(visit: Open, at: str) -> None:
    page = drawn(visit("/?sel=s100", at=at))
    settled(page)
    before, there = viewport(page), shown(page)
    click(page, "s101")
    settled(page)
    click(page, "s99")
    settled(page)
    assert page.locator(CANVAS).get_attribute("data-selected") == "s99"
    assert (viewport(page), shown(page)) == (before, there)
