"""Every page and mode under axe-core: WCAG 2.2 AA and good practice, light and dark, on a desktop and on a phone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from axe import EXCUSED, faults
from driving import CANVAS, drawn, settled
from playwright.sync_api import Browser, Page

from edgewise.explorer.handout.html.document import standalone
from edgewise.graph.library import load

GUIDELINE = load("sacroiliac-sclerosis").guideline
TOLD = "radiographs~equivocal+inflammatory-suspicion~no+conservative-months~6+conservative-failed~yes"
VIEWS = {
    "pathway": "/",
    "an edge": "/?sel=cooled-rfa-to-si-joint-fusion",
    "a step": "/?sel=ct-si-joints-without-contrast",
    "a patient": f"/?facts={TOLD}+block-relief~85~88",
    "silence": f"/?facts={TOLD}+block-relief~70~70",
    "a replay": f"/?facts={TOLD}&upto=presentation",
    "why": f"/?facts={TOLD}&why=si-joint-fusion",
    "what if": f"/?facts={TOLD}&vary=conservative-months",
    "left open": "/?gaps=all",
    "imaging": "/?page=imaging",
    "evidence": "/?page=evidence",
    "a source taken away": "/?page=evidence&ref=r1",
    "the matrix": "/?page=evidence&show=matrix&statement=s17",
    "edges and steps": "/?page=evidence&show=edges",
    "audit": "/?page=audit",
    "a finding": "/?page=audit&rule=orphan-marker",
    "signing": "/?page=audit&view=sign",
    "practise": "/?page=teach",
    "set": "/?page=teach&mode=set",
    "hand out": "/?page=teach&mode=handout",
    "library": "/?page=library",
    "what was found": "/?page=library&q=embolism",
    "data": "/?page=data",
    "compare": "/?page=compare&g=sacroiliac-sclerosis&with=ottawa-ankle",
}


DEEDS = {
    "the keys": ("/", lambda page: page.keyboard.press("?")),
    "an answer to be changed": (VIEWS["a patient"], lambda page: page.get_by_text("Films of the SI joints: Equivocal").last.click()),
}
"""What an address alone does not open."""
WRONG = """<!doctype html><html lang="en"><title>Wrong</title><style>
  .pale { color: #bbb; background: #fff; } .late { color: #000; background: #fff; } button { width: 60px; height: 60px; }
  @media (prefers-color-scheme: dark) { .late { color: #333; background: #222; } }
  @media (max-width: 500px) { button { width: 12px; height: 12px; padding: 0; border: 0; margin: 0; } }
</style><main><h1>Wrong</h1><h3>Order</h3><p class="pale">Pale</p><p class="late">Late</p><button>A</button><button>B</button></main>"""


@pytest.mark.parametrize("path", VIEWS.values(), ids=VIEWS)
def test_axe_finds_nothing(visit, path: str) -> None:
    assert faults(standing(visit(path))) == []


@pytest.mark.parametrize(("path", "do"), DEEDS.values(), ids=DEEDS)
def test_axe_finds_nothing_in_what_opens(visit, path: str, do: Callable[[Page], object]) -> None:
    page = standing(visit(path))
    do(page)
    settled(page)
    assert faults(page) == []


def standing(page: Page) -> Page:
    """The page once all of it stands."""
    page.locator(".ew-notice").wait_for()
    settled(page)
    return drawn(page) if page.locator(CANVAS).count() else page


@pytest.mark.parametrize("fragment", ["#cooled-rfa-to-si-joint-fusion", "#si-joint-fusion"], ids=["an edge", "a step"])
def test_axe_finds_nothing_in_the_file_that_stands_alone(browser: Browser, tmp_path: Path, fragment: str) -> None:
    file = tmp_path / "hand-out.html"
    file.write_text(standalone(GUIDELINE), "utf-8")
    page = browser.new_page()
    page.goto(file.as_uri() + fragment)
    assert faults(drawn(page)) == []
    page.close()


def test_axe_would_find_what_is_wrong(browser: Browser) -> None:
    """One fault of each kind that depends on something else: on the structure, on the colours, on the scheme, on the width."""
    page: Page = browser.new_page()
    page.set_content(WRONG)
    found = faults(page)
    for seen in ("light: heading-order", "light: color-contrast", "dark: color-contrast"):
        assert any(fault.startswith(f"desktop, {seen}") for fault in found), f"{seen} in {found}"
    assert any(fault.startswith("phone, light: target-size") for fault in found), found
    page.close()


def test_every_excuse_says_why_it_must_stay() -> None:
    assert all(len(one.why) > 40 and one.selector.startswith(("[data-testid=", ".st")) for one in EXCUSED)
