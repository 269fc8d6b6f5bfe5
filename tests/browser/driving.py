"""Hands and eyes for the browser tests: the canvas is driven through the hook that `explorer.drawing.canvas` documents."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

CANVAS = '[data-edgewise="canvas"]'
_READY = """(element) => new Promise((done) => {
  const look = () => (element.edgewise?.ready() ? done(true) : requestAnimationFrame(look));
  look();
})"""


def drawn(page: Page) -> Page:
    """Wait until the canvas stands."""
    canvas = page.locator(CANVAS)
    canvas.wait_for(state="attached")
    canvas.evaluate(_READY)
    return page


def place(page: Page, id: str) -> dict[str, float]:
    """Where a node or an edge is in the window."""
    point = page.locator(CANVAS).evaluate("(element, id) => element.edgewise.positionOf(id)", id)
    assert point, f"{id} is not drawn"
    return dict(point)


def click(page: Page, id: str) -> None:
    """Click a node or an edge on the canvas."""
    page.locator(CANVAS).scroll_into_view_if_needed()
    point = place(page, id)
    page.mouse.click(point["x"], point["y"])


def viewport(page: Page) -> Any:
    """Scale and place of the drawing."""
    return page.locator(CANVAS).evaluate("(element) => element.edgewise.viewport()")


def settled(page: Page) -> None:
    """Wait until Streamlit has run the script to its end."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning", timeout=20_000)


def shows(page: Page, text: str) -> None:
    """Expect a text somewhere in sight."""
    expect(page.get_by_text(text).filter(visible=True).first).to_be_visible(timeout=20_000)
