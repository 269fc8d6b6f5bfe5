"""Hands and eyes for the browser tests: the canvas is driven through the hook that `edgewise.explorer.drawing.canvas` documents."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page, expect

CANVAS = '[data-edgewise="canvas"]'
# Between a click and the server's word that a run has begun, Streamlit still says "notRunning". So we listen to what is sent and answered:
# of a run the server tells that it begins, what it draws, and that it ends.
WATCH = """() => {
  const traffic = (globalThis.edgewiseTraffic = { sentAt: 0, heard: 0 }), known = new WeakSet(), send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (...message) {
    if (!known.has(this)) this.addEventListener("message", () => { traffic.heard += 1; });
    known.add(this);
    Object.assign(traffic, { sentAt: performance.now(), heard: 0 });
    return send.apply(this, message);
  };
}"""
_SETTLED = """() => {
  const traffic = globalThis.edgewiseTraffic, unanswered = 2_000;  // milliseconds; not every message starts a run
  const idle = document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === "notRunning"
    && !document.querySelector('[data-testid="stSkeleton"]')
    && traffic.sentAt && (traffic.heard > 2 || performance.now() - traffic.sentAt > unanswered);
  traffic.quiet = idle ? (traffic.quiet ?? 0) + 1 : 0;
  return traffic.quiet > 3;
}"""
_STILL = """() => {
  const moving = document.getAnimations().filter((one) => one.playState === "running" && one.effect?.getTiming().iterations !== Infinity);
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(moving.length === 0))));
}"""


def drawn(page: Page) -> Page:
    """Wait until the canvas stands."""
    canvas = page.locator(CANVAS)
    canvas.wait_for(state="attached")
    page.wait_for_function("(canvas) => canvas.edgewise?.ready()", arg=canvas.element_handle())
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
    """Wait until the server has answered all that was sent to it, and Streamlit has run the script to its end."""
    page.evaluate("() => { globalThis.edgewiseTraffic.quiet = 0; }")
    page.wait_for_function(_SETTLED, polling=20)


def turned_to(page: Page, query: str) -> None:
    """Turn the page to another address, as the browser's way back does, and wait until the server is told: nothing is loaded anew."""
    before = page.evaluate(
        """(query) => {
          const before = globalThis.edgewiseTraffic.sentAt;
          history.pushState(history.state, "", query);
          dispatchEvent(new PopStateEvent("popstate", { state: history.state }));
          return before;
        }""",
        query,
    )
    page.wait_for_function("(before) => globalThis.edgewiseTraffic.sentAt > before", arg=before)


def still(page: Page) -> None:
    """Wait until a page that was given another size or other colours has taken them, and nothing moves any more."""
    page.wait_for_function(_STILL)


def shows(page: Page, text: str) -> None:
    """Expect a text somewhere in sight."""
    expect(page.get_by_text(text).filter(visible=True).first).to_be_visible()


def bears(page: Page, *parts: str) -> str:
    """Wait until the address has these parts, and return it: it is written after what a click leads to stands on the page."""
    for part in parts:
        expect(page).to_have_url(re.compile(re.escape(part)))
    return page.url


def bears_no(page: Page, part: str) -> None:
    """Wait until the address has lost a part."""
    expect(page).not_to_have_url(re.compile(re.escape(part)))
