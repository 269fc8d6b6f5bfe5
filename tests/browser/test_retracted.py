"""Works that an entry itself calls retracted, in Chromium: marked on the drawing by shape, told in its legend and on pointing at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe import faults
from driving import CANVAS, bears, click, drawn, place, shows
from playwright.sync_api import Page, expect

from conftest import serving
from tests.places import ROOT

Open = Callable[..., Page]
EDGE, BOTH = "ctpa-to-anticoagulation", "d-dimer-to-ctpa"
TITLE = "2019 ESC Guidelines"


@pytest.fixture
def at(tmp_path: Path) -> Iterator[str]:
    text = (ROOT / "guidelines" / "pulmonary-embolism" / "guideline.yaml").read_text(encoding="utf-8")
    assert text.count(TITLE) == 1
    file = tmp_path / "guideline.yaml"
    file.write_text(text.replace(TITLE, f"RETRACTED - {TITLE}"), encoding="utf-8")
    with serving(str(file)) as address:
        yield address


def test_what_rests_on_a_retracted_work_is_marked_where_it_is_drawn_and_taken_away_at_once(at: str, visit: Open) -> None:
    page = drawn(visit("/", at=at))
    canvas = page.locator(CANVAS)
    expect(canvas.get_by_text("all it cites was retracted")).to_be_visible()
    expect(canvas.get_by_text("cites a retracted work too")).to_be_visible()
    expect(canvas.get_by_text("cites a work in doubt")).to_have_count(0)

    spot = place(page, EDGE)
    page.mouse.move(spot["x"], spot["y"])
    expect(canvas.locator(".ew-tip")).to_contain_text("☒ all it cites was retracted: [1]")
    click(page, EDGE)
    bears(page, f"sel={EDGE}")
    shows(page, "Nothing else that it cites is left: it stands without support.")
    assert faults(page) == []

    page.get_by_role("button", name="Evidence").first.click()
    page.get_by_role("button", name="Take away what was retracted (1)").click()
    bears(page, "ref=reference-1")
    expect(page.get_by_role("heading", name="Without [1]")).to_be_visible()
