"""The Audit page in Chromium: from a finding to its place in the graph, and a sign-off in two clicks that the ledger has."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from driving import bears, drawn, settled, shows
from playwright.sync_api import expect

from conftest import PHONE, serving
from edgewise.citations.audit.engine import Audited, examine
from edgewise.citations.ledger.json_lines import parse
from edgewise.citations.ledger.signoffs import sign
from edgewise.citations.ledger.store import open_ledger
from edgewise.citations.reading.fingerprint import fingerprint
from edgewise.graph.library import load

LOADED = load("sacroiliac-sclerosis")
GUIDELINE = LOADED.guideline
FOUND = examine(Audited(GUIDELINE, LOADED.source)).findings
SMALL = Path(__file__).parents[1] / "data" / "small.yaml"
OURS = "Boots are worn by whoever has a crack in the bone."


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    """Never the user's own."""
    return tmp_path_factory.mktemp("audit") / "ledger.db"


@pytest.fixture(scope="module")
def audited(ledger):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EDGEWISE_LEDGER", str(ledger))
        with serving() as address:
            yield address


def option(page, text):
    return page.get_by_test_id("stRadioOption").filter(has_text=text).first


def entries(ledger):
    return open_ledger(ledger).entries() if ledger.exists() else ()


def test_a_finding_leads_to_its_place_in_the_graph_and_back(visit, audited):
    page = visit("/?page=audit", at=audited)
    option(page, "S301").click()
    expect(page.get_by_role("heading", name="Threshold conflict")).to_be_visible()
    expect(page).to_have_url(re.compile("finding=S301-"))
    for words in ("Why it matters", "How to repair it", "guidelines/sacroiliac-sclerosis/guideline.yaml:"):
        shows(page, words)
    page.get_by_role("button", name="Show on the pathway").click()
    drawn(page)
    expect(page).to_have_url(re.compile("sel=cooled-rfa-to-si-joint-fusion"))
    shows(page, "one or more blocks with more than 70 % relief")
    page.go_back()
    expect(page.get_by_role("heading", name="Threshold conflict")).to_be_visible()


def test_findings_are_filtered_by_severity_and_rule_and_a_link_restores_the_view(visit, audited):
    page = visit("/?page=audit", at=audited)
    errors = sum(one.severity == "error" for one in FOUND)
    page.get_by_role("button", name=f"Errors {errors}").or_(page.get_by_role("checkbox", name=f"Errors {errors}")).first.click()
    expect(page).to_have_url(re.compile("severity=error"))
    expect(page.get_by_test_id("stRadioOption")).to_have_count(errors)
    page.get_by_role("combobox", name="Rule").click()
    page.get_by_role("option", name=re.compile("M101")).click()
    expect(page.get_by_test_id("stRadioOption")).to_have_count(1)
    settled(page)
    again = visit("", at=bears(page, "rule=M101"))
    expect(again.get_by_test_id("stRadioOption")).to_have_count(1)
    shows(again, "points to no entry")


def test_a_citation_is_signed_in_two_clicks_and_the_name_is_asked_once(visit, audited, ledger):
    before = len(entries(ledger))
    page = visit("/?page=audit&view=sign", at=audited)
    shows(page, "Names are taken on trust")
    page.get_by_role("textbox", name="Your name").fill("Ann Lee")
    for verdict in ("Partly", "Can't tell"):
        page.get_by_role("radio", name=verdict).click()
        page.get_by_role("button", name=re.compile("^Sign")).click()
        shows(page, f"Signed by Ann Lee: {verdict.lower()}")
        settled(page)
    assert [(one.content.name, one.content.verdict) for one in entries(ledger)[before:]] == [
        ("Ann Lee", "partly"),
        ("Ann Lee", "cant-tell"),
    ]
    other = visit("/?page=audit&view=sign", at=audited)
    shows(other, f"{before + 2} of 45 citations signed off")
    expect(other.get_by_role("textbox", name="Your name")).to_have_value("")


def test_a_verdict_can_be_withdrawn(visit, audited, ledger):
    page = visit("/?page=audit&view=sign&citation=s20/citations/1", at=audited)
    page.get_by_role("textbox", name="Your name").fill("Bob Ray")
    page.get_by_role("radio", name="Partly").click()
    page.get_by_role("button", name="Sign", exact=True).click()
    shows(page, "Signed by Bob Ray")
    option(page, "After positive blocks").click()
    page.get_by_role("button", name="Withdraw", exact=True).click()
    page.get_by_role("button", name="Withdraw the verdict of Bob Ray").click()
    shows(page, "Withdrawn by Bob Ray")
    assert entries(ledger)[-1].content.kind == "withdrawal"


def test_signing_needs_no_mouse(visit, audited, ledger):
    before = len(entries(ledger))
    page = visit("/?page=audit&view=sign&citation=s9/citations/1", at=audited)
    tab_to(page, page.get_by_role("radio", name="Supported", exact=True))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("textbox", name="Your name"))
    page.keyboard.type("Cem Öz")
    tab_to(page, page.get_by_role("button", name="Sign", exact=True))
    page.keyboard.press("Enter")
    shows(page, "Signed by Cem Öz: supported")
    assert len(entries(ledger)) == before + 1


def test_findings_are_read_by_keyboard(visit, audited):
    page = visit("/?page=audit", at=audited)
    tab_to(page, page.get_by_role("radiogroup", name=re.compile("^Errors")).get_by_role("radio"))
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("heading", name="Threshold conflict")).to_be_visible()
    tab_to(page, page.get_by_role("button", name="Show on the pathway"))
    page.keyboard.press("Enter")
    drawn(page)
    expect(page).to_have_url(re.compile("sel="))


def tab_to(page, locator, most=80):
    locator.first.wait_for(state="attached")
    settled(page)
    for _ in range(most):
        if locator.evaluate_all("(elements) => elements.some((e) => e === document.activeElement || e.contains(document.activeElement))"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{locator} is not reached by Tab")


def test_the_articles_sentence_stands_beside_the_statement_and_leaves_the_session_with_it(visit, tmp_path, monkeypatch):
    monkeypatch.setenv("EDGEWISE_LEDGER", str(tmp_path / "ledger.db"))
    file = tmp_path / "ankle.yaml"
    file.write_text(SMALL.read_text("utf-8").replace("sha256:" + "0" * 63 + "2", fingerprint(OURS)), "utf-8")
    text = f"Acting\n\n{OURS} [1], [7]\n\nReferences\n\n1. Nobody A. Boots for ankles. 2021.\n"
    with serving(str(file)) as address:
        page = visit("/?page=audit&view=sign", at=address)
        shows(page, "Load the article")
        page.get_by_role("button", name="Article").click()
        page.locator("input[type=file]").set_input_files({"name": "mine.txt", "mimeType": "text/plain", "buffer": text.encode()})
        shows(page, "1 of 5 passages of the guideline")
        page.keyboard.press("Escape")
        expect(page.get_by_role("article").filter(has_text="The article's sentence")).to_contain_text(OURS)
        other = visit("/?page=audit&view=sign", at=address)
        shows(other, "Load the article")
        expect(other.get_by_text(OURS)).to_have_count(0)
        for left in (page, other):  # before their server goes
            left.close()


def test_reports_and_sign_offs_can_be_downloaded(visit, audited, ledger):
    sign(open_ledger(ledger, create=True), GUIDELINE, "s14/citations/1", "partly", "Dee Fox")
    page = visit("/?page=audit", at=audited)
    page.get_by_role("button", name="Download").click()
    assert "<h1>Audit of" in taken(page, "page (HTML)")
    assert taken(page, "table (CSV)").startswith("rule,name,severity")
    assert {one["rule"] for one in json.loads(taken(page, "as JSON"))["findings"]} >= {one.rule for one in FOUND}
    assert json.loads(taken(page, "as SARIF"))["version"] == "2.1.0"
    assert len(parse(taken(page, "JSON Lines"))) == len(entries(ledger)) > 0


def taken(page, name):
    with page.expect_download() as found:
        page.get_by_role("button", name=name).click()
    return Path(found.value.path()).read_text("utf-8")


@pytest.mark.parametrize("path", ["/?page=audit", "/?page=audit&view=sign"])
def test_list_and_panel_stand_side_by_side_on_one_screen(visit, audited, path):
    page = visit(path, at=audited)
    settled(page)
    expect(page.get_by_test_id("stRadioOption").first).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollHeight <= window.innerHeight")
    assert page.get_by_test_id("stMain").evaluate("(e) => e.scrollHeight <= e.clientHeight + 1")
    if "sign" in path:
        expect(page.get_by_role("button", name="Sign", exact=True)).to_be_in_viewport()


def test_on_a_phone_what_was_picked_takes_the_place_of_the_list(visit, audited):
    page = visit("/?page=audit", at=audited, viewport=PHONE)
    settled(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    option(page, "M101").click()
    expect(page.get_by_role("heading", name="Orphan marker")).to_be_in_viewport()
    expect(page.get_by_test_id("stRadioOption").first).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.get_by_role("button", name="Back to the overview").click()
    expect(page.get_by_test_id("stRadioOption").first).to_be_visible()


@pytest.mark.parametrize(
    "query",
    ["severity=%3Cb%3E", "rule=X999", "finding=%3Cscript%3Ealert(1)%3C%2Fscript%3E", "view=sign&citation=" + "x" * 5000, "view=none"],
)
def test_a_faulty_address_is_answered_with_words_and_a_working_page(visit, audited, query):
    page = visit("/?page=audit&" + query, at=audited)
    settled(page)
    assert page.get_by_test_id("stException").count() == 0
    expect(page.get_by_test_id("stRadioOption").first).to_be_visible()
    assert page.get_by_test_id("stAlert").count() > 0, "it is said what was wrong with the address"
