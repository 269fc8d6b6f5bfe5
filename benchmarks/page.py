"""How quick the page is, as ratios against Streamlit itself, measured in the same run.

    uv run python benchmarks/page.py [--rounds 10]

- start: from starting the server to the first canvas drawn, against an empty Streamlit page to its first text;
- click: from a click on an edge to its evidence on screen, against a bare st.button rerun to its new text.

Peers take turns, so that whatever else the machine does hits both. Printed are medians and their ratio; promised are 1.25 and 1.2.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

from browsing import chromium
from driving import drawn, place
from measuring import Row, arguments, tell
from playwright.sync_api import Browser, Page
from serving import BUTTON, EMPTY, ROOT, edgewise, free_port, served, streamlit

EDGES = {
    "conservative-care-to-diagnostic-injections": "Conservative care, 3–6 months → Diagnostic SI joint injections",
    "diagnostic-injections-to-cooled-rfa": "Diagnostic SI joint injections → Cooled RFA, S1–S3 lateral branches",
}
# Looked for at every frame of the browser, as the peer's text is: Playwright's own waiting looks ever more seldom.
DRAWN = """() => {
  const all = [...document.querySelectorAll("*")].flatMap((one) => (one.shadowRoot ? [...one.shadowRoot.querySelectorAll("*")] : one));
  return all.some((one) => one.edgewise?.ready?.());
}"""
IN_SIGHT = "(text) => document.body.innerText.includes(text)"


def start(browser: Browser, make: list[str], port: int, folder: Path, wait: Callable[[Page], object]) -> float:
    """Seconds from starting a server to its first picture in a fresh profile."""
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    page = context.new_page()
    began = time.perf_counter()
    with served(make, port, folder):
        page.goto(f"http://127.0.0.1:{port}/")
        wait(page)
        took = time.perf_counter() - began
    context.close()
    return took


def click_edge(page: Page, edge: str) -> float:
    """Seconds from a click on an edge to the heading of its evidence."""
    point = place(page, edge)
    began = time.perf_counter()
    page.mouse.click(point["x"], point["y"])
    page.wait_for_function(IN_SIGHT, arg=EDGES[edge], polling="raf")
    return time.perf_counter() - began


def click_button(page: Page, count: int) -> float:
    """Seconds from a click on a bare button to the text its rerun shows."""
    button = page.get_by_role("button", name="go").bounding_box()
    assert button
    began = time.perf_counter()
    page.mouse.click(button["x"] + 5, button["y"] + 5)
    page.wait_for_function(IN_SIGHT, arg=f"count {count}", polling="raf")
    return time.perf_counter() - began


def starts(browser: Browser, folder: Path, rounds: int) -> tuple[list[float], list[float]]:
    empty = folder / "empty.py"
    empty.write_text(EMPTY, encoding="utf-8")
    ours, theirs = [], []
    for _ in range(rounds):
        port = free_port()
        ready = partial(Page.wait_for_function, expression=IN_SIGHT, arg="ready", polling="raf")
        theirs.append(start(browser, streamlit(empty, port), port, folder, ready))
        port = free_port()
        ours.append(start(browser, edgewise(port), port, ROOT, partial(Page.wait_for_function, expression=DRAWN, polling="raf")))
    return ours, theirs


def clicks(browser: Browser, folder: Path, rounds: int) -> tuple[list[float], list[float]]:
    bare = folder / "bare.py"
    bare.write_text(BUTTON, encoding="utf-8")
    port, other = free_port(), free_port()
    ours, theirs = [], []
    with served(edgewise(port), port), served(streamlit(bare, other), other, folder):
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        page.goto(f"http://127.0.0.1:{port}/")
        drawn(page)
        time.sleep(1)
        peer = browser.new_page()
        peer.goto(f"http://127.0.0.1:{other}/")
        peer.wait_for_function(IN_SIGHT, arg="count 0")
        for turn in range(rounds + 2):  # the first two warm up
            page.bring_to_front()
            took = click_edge(page, list(EDGES)[turn % 2])
            time.sleep(0.3)
            peer.bring_to_front()
            peer_took = click_button(peer, turn + 1)
            time.sleep(0.3)
            if turn >= 2:
                ours.append(took)
                theirs.append(peer_took)
    return ours, theirs


def main() -> None:
    options = arguments(__doc__, 10)
    with chromium() as browser, tempfile.TemporaryDirectory() as folder:
        told = (
            ("first canvas, from the start of the server", starts, "an empty Streamlit page", 1.25),
            ("an edge clicked, to its evidence", clicks, "a bare button of Streamlit", 1.2),
        )
        for what, measure, peer, promised in told:
            ours, theirs = (median(times) * 1000 for times in measure(browser, Path(folder), options.rounds))
            tell([Row(what, 1, ours, theirs, "ms", peer, promised)], options)


if __name__ == "__main__":
    main()
