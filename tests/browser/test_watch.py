"""`edgewise explore FILE --watch` beside an editor: each save is shown, what is looked at stays, and faults are told with their lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe import faults
from driving import CANVAS, bears, drawn, shows, viewport
from playwright.sync_api import Page, expect

from conftest import serving
from tests.places import DATA

Open = Callable[..., Page]
SMALL = (DATA / "small.yaml").read_text(encoding="utf-8")
BROKEN = SMALL.replace("from: boot\n", "from: boots\n", 1)
LINE = SMALL[: SMALL.index("from: boot\n")].count("\n") + 1


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "ankle.yaml"
    made.write_text(SMALL, encoding="utf-8")
    return made


@pytest.fixture
def at(file: Path) -> Iterator[str]:
    with serving(str(file), "--watch") as address:
        yield address


def save(file: Path, text: str) -> None:
    """As most editors do: under another name first."""
    other = file.with_suffix(".new")
    other.write_text(text, encoding="utf-8")
    other.replace(file)


def test_a_save_is_shown_and_what_is_looked_at_stays(at: str, visit: Open, file: Path) -> None:
    page = drawn(visit("/?g=ankle-test&sel=boot&facts=crack~yes", at=at))
    shows(page, "Watching ankle.yaml")
    shows(page, "A boot is worn for some weeks.")
    before = viewport(page)
    page.evaluate("() => { globalThis.sameTab = true; }")

    save(file, SMALL.replace("A boot is worn for some weeks.", "A boot is worn, and looked after."))
    shows(page, "A boot is worn, and looked after.")
    assert bears(page, "sel=boot", "facts=crack")
    assert page.evaluate("() => globalThis.sameTab")
    assert viewport(page)["scale"] == pytest.approx(before["scale"])

    save(file, BROKEN)
    alert = page.locator(".ew-watch-faulty")
    expect(alert).to_contain_text("ankle.yaml cannot be used as it stands: 1 fault.")
    expect(alert).to_contain_text(f"line {LINE}: 'from' names 'boots'")
    shows(page, "A boot is worn, and looked after.")  # the last state that could be used
    assert page.locator(CANVAS).count() == 1
    assert faults(page) == []
    page.get_by_role("button", name="Evidence").first.click()
    expect(alert).to_be_visible()

    save(file, SMALL)
    expect(alert).to_have_count(0)
    shows(page, "Watching ankle.yaml")


def test_a_file_that_is_faulty_from_the_beginning_is_shown_once_it_is_mended(visit: Open, tmp_path: Path) -> None:
    file = tmp_path / "ankle.yaml"
    file.write_text(BROKEN, encoding="utf-8")
    with serving(str(file), "--watch") as at:
        page = visit("/", at=at)
        expect(page.locator(".ew-watch-faulty")).to_contain_text(f"line {LINE}:")
        save(file, SMALL)
        drawn(page)
        shows(page, "Watching ankle.yaml")
        page.close()
