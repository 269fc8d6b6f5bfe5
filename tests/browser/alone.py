"""The hand-out file that stands alone: what it is made of, and what of it is open."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from edgewise.graph.library import load

GUIDELINE = load("sacroiliac-sclerosis").guideline
FUSION, LAST = "si-joint-fusion", "cooled-rfa-to-si-joint-fusion"


def written(path: Path, made: str) -> Path:
    path.write_text(made, "utf-8")
    return path


def part(page: Page, id: str) -> Locator:
    return page.locator(f'article[id="{id}"]')


def is_open(page: Page, id: str) -> None:
    """One part stands in the panel, that one, and the address names it."""
    expect(part(page, id)).to_be_visible()
    expect(page.locator(".ew-part:visible")).to_have_count(1)
    assert page.evaluate("decodeURIComponent(location.hash)") == f"#{id}"


def title_of(id: str) -> str:
    if id in GUIDELINE.steps:
        return GUIDELINE.steps[id].label
    edge = GUIDELINE.transitions[id]
    return f"{GUIDELINE.steps[edge.source].name} → {GUIDELINE.steps[edge.target].name}"


def here(page: Page) -> str:
    return str(page.evaluate("decodeURIComponent(location.hash.slice(1))"))
