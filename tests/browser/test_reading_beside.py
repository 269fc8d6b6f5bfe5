"""Read before you sign, in Chromium: a text loaded from a file stands beside the statement, a reload keeps it; old wording beside new."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from driving import settled, shows
from playwright.sync_api import expect

from conftest import serving
from edgewise.citations.ledger.fingerprints import links
from edgewise.citations.ledger.signoffs import sign
from edgewise.citations.ledger.store import open_ledger
from edgewise.citations.reading.fingerprint import fingerprint
from edgewise.graph.library import load

SMALL = Path(__file__).parents[1] / "data" / "small.yaml"
CITATION, LINK = next(iter(links(load(str(SMALL)).guideline).items()))
OURS = "Boots are worn by 70 % of adults for 6 weeks."
NEAR = "After 42 days 7 of 10 adults still wore their boots."
TEXT = f"Boots\n\nWe asked 120 women. {NEAR} It rained.\n\nReferences\n\n1. Nobody A. Boots are worn. 2021.\n"


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A guideline that was reworded since its first citation was signed, and the ledger."""
    folder = tmp_path_factory.mktemp("reading")
    ledger, file = folder / "ledger.db", folder / "boots.yaml"
    sign(open_ledger(ledger, create=True), load(str(SMALL)).guideline, CITATION, "partly", "Ann Lee")
    file.write_text(SMALL.read_text("utf-8").replace(LINK.statement.text, OURS), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EDGEWISE_LEDGER", str(ledger))
        with serving(str(file)) as address:
            yield address, ledger


def opened(visit, address):
    return visit(f"/?page=audit&view=sign&citation={CITATION}", at=address)


def test_old_wording_stands_beside_the_new_where_a_sign_off_is_stale(visit, desk):
    page = opened(visit, desk[0])
    then = page.get_by_role("article").filter(has=page.get_by_role("heading", name="The statement, then"))
    now = page.get_by_role("article").filter(has=page.get_by_role("heading", name="The statement, now"))
    expect(then).to_contain_text(LINK.statement.text)
    expect(then).to_contain_text("Signed by Ann Lee")
    expect(now).to_contain_text(OURS)
    assert then.bounding_box()["y"] == now.bounding_box()["y"]
    page.close()


def test_a_loaded_text_stands_beside_the_statement_a_reload_keeps_it_and_the_sign_off_names_it(visit, desk):
    address, ledger = desk
    page = opened(visit, address)
    near = page.get_by_role("article").filter(has=page.get_by_role("heading", name="The nearest sentences"))
    page.get_by_role("button", name="Load its text").click()
    page.locator("input[type=file]").last.set_input_files({"name": "boots-2021.txt", "mimeType": "text/plain", "buffer": TEXT.encode()})
    expect(near.get_by_role("listitem").first).to_contain_text(NEAR)
    page.keyboard.press("Escape")
    settled(page)
    page.reload()
    expect(near.get_by_role("listitem").first).to_contain_text(NEAR)
    marks = page.get_by_role("article").filter(has=page.get_by_role("heading", name="What of the statement stands there"))
    for said in ("70 %", "6 weeks", "adults"):
        expect(marks.get_by_role("listitem").filter(has_text=said).first).to_contain_text(re.compile("^● found"))
    expect(marks).to_contain_text("yours to judge")
    settled(page)
    page.get_by_role("radio", name="Partly").click()
    page.get_by_role("textbox", name="Your name").fill("Bo Ek")
    page.get_by_role("button", name=re.compile("^Sign")).click()
    shows(page, "Signed by Bo Ek: partly")
    settled(page)
    (kept,) = open_ledger(ledger).entries()[-1].content.read
    assert kept.source == "file:boots-2021.txt"
    assert kept.sentences[0] == fingerprint(NEAR)
    page.reload()
    expect(page.get_by_role("button", name="Sign as Bo Ek")).to_be_visible()
    other = opened(visit, address)
    expect(other.get_by_role("button", name="Load its text")).to_be_visible()
    settled(other)
    expect(other.get_by_text(NEAR)).to_have_count(0)
    for left in (page, other):  # before their server goes
        left.close()
