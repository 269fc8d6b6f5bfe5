"""A round of practice in Chromium: nothing of the answer reaches the browser before the commitment; then it is in sight at once."""

from __future__ import annotations

import csv
import io
import re
import time
from pathlib import Path

import pytest
from driving import settled, shows
from playwright.sync_api import expect

from conftest import DESKTOP, PHONE
from edgewise.explorer.pages.teach.case_link import encode
from edgewise.explorer.pages.teach.options import NOT_STATED, UNDECIDED, options
from edgewise.graph.cases.book import cases_of
from edgewise.graph.cases.model import Case, answer
from edgewise.graph.library import load
from edgewise.graph.shelf import find

GUIDELINE = load("sacroiliac-sclerosis").guideline
CASES = cases_of(find("sacroiliac-sclerosis"), GUIDELINE)
NAMES = {option.pick: option.name for option in options(GUIDELINE)}


def right(case: Case, stage: int) -> str:
    """What the walk names at a stage."""
    named = answer(GUIDELINE, case.facts(stage))
    return named.steps[0] if named.steps else NOT_STATED if named.verdict == "not-stated" else UNDECIDED


def question(page):
    return page.get_by_role("radiogroup", name="What is the next step?")


def option(page, pick):
    return question(page).get_by_role("radio", name=NAMES[pick], exact=True)


def choose(page, pick):
    option(page, pick).locator("xpath=ancestor::label").click()


def press(page, name):
    """Press a button; not while the page is still being drawn, for then the button may be replaced under the mouse."""
    settled(page)
    page.get_by_role("button", name=name).click()
    settled(page)


def commit(page, pick, why=""):
    settled(page)
    choose(page, pick)
    page.get_by_role("textbox", name="Why?").fill(why)
    page.get_by_role("button", name="Commit").click()
    shows(page, "Your next step:")
    settled(page)


def log(page) -> list[dict[str, str]]:
    """The choice log, downloaded as the reader would."""
    settled(page)
    score = page.get_by_text("Score of this session")
    if not page.get_by_role("button", name="Choice log").is_visible():
        score.click()
    with page.expect_download() as found:
        page.get_by_role("button", name="Choice log").click()
    assert found.value.suggested_filename == "sacroiliac-sclerosis-practice.csv"
    data = Path(found.value.path()).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_whole_round_from_the_list_to_the_summary_and_the_log(visit, viewport):
    case, begun = CASES[0], time.monotonic()
    page = visit("/?page=teach", viewport=viewport)
    press(page, case.title)
    lure = case.stages[0].lures[0]
    for number, stage in enumerate(case.stages):
        shows(page, " ".join(stage.tells.split())[:60])
        expect(question(page).get_by_role("radio")).to_have_count(len(NAMES))
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        picked = right(case, number) if number else lure.step
        commit(page, picked, "=because")
        expect(page.get_by_role("heading", name="Right" if number else "Not what the guideline names")).to_be_in_viewport()
        expect(question(page).get_by_role("radio")).to_have_count(0)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        if not number:
            shows(page, f"Why it tempts: {lure.why}"[:60])
        press(page, "Next stage" if number + 1 < len(case.stages) else "To the summary")
    shows(page, f"{len(case.stages) - 1} of {len(case.stages)} right")
    rows = log(page)
    assert [row["stage"] for row in rows] == [str(number + 1) for number in range(len(case.stages))]
    assert [row["verdict"] for row in rows] == ["wrong", *["right"] * (len(case.stages) - 1)]
    assert lure.pitfall in rows[0]["pitfalls fallen into"].split()
    assert {row["reason"] for row in rows} == {"'=because"}
    assert all(float(row["seconds"]) > 0 for row in rows)
    assert sum(float(row["seconds"]) for row in rows) < time.monotonic() - begun, "more was logged than passed"
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def said(sent):
    """What is sent, without the marks around terms, which would else part a sentence that must not be there."""
    return re.sub(rb"</?(?:button|span)\b[^>]*>", b"", sent)


@pytest.mark.parametrize("as_link", [False, True], ids=["case", "set"])
def test_neither_page_nor_wire_nor_address_holds_the_answer_before_the_commitment(visit, address, as_link):
    case = CASES[0]
    secrets = [text for stage in case.stages for lure in stage.lures for text in (lure.why,)]
    secrets += [point.text for stage in case.stages for point in stage.points]
    secrets += [stage.tells for stage in case.stages[1:]]
    secrets += [GUIDELINE.statements[id].text for id in ("s34", "s35", "s8")]
    page = visit("/?page=imaging")  # so that all that is sent for the case is heard
    wire: list[bytes] = []

    def hear(payload):
        wire.append(payload if isinstance(payload, bytes) else payload.encode())

    page.on("websocket", lambda socket: socket.on("framereceived", hear))
    page.goto(f"{address}/?page=teach&" + (f"set={encode(case, GUIDELINE)}" if as_link else f"case={case.id}"))
    shows(page, " ".join(case.stages[0].tells.split())[:60])
    settled(page)
    heard, html = said(b"".join(wire)), said(page.content().encode()).decode()
    assert case.vignette[:40].encode() in heard, "the test hears what is sent"
    assert not [text for text in secrets if text[:40].encode() in heard or text[:40] in html]
    assert not [id for id in GUIDELINE.steps if id in page.content() or id in page.url]
    commit(page, right(case, 0))
    heard = said(b"".join(wire))
    assert GUIDELINE.statements["s8"].text[:40].encode() in heard, "and it would have heard what the answer rests on"
    assert case.stages[0].points[0].text[:40] in said(page.content().encode()).decode()
    assert not [stage for stage in case.stages[1:] if stage.tells[:40].encode() in heard], "nor the stages to come"


def test_one_commitment_is_logged_once_however_often_it_is_clicked_and_wherever_one_goes_in_between(visit):
    case = CASES[0]
    page = visit("/?page=teach")
    press(page, case.title)
    choose(page, right(case, 0))
    settled(page)
    page.get_by_role("button", name="Commit").dblclick()
    shows(page, "Your next step:")
    press(page, "Next stage")
    expect(page).to_have_url(re.compile("at=2"))
    page.go_back()
    expect(page.get_by_role("heading", name="Right")).to_be_visible()
    page.go_forward()
    shows(page, "What is the next step?")
    press(page, "All cases")
    shows(page, "Choose a case")
    press(page, CASES[1].title)
    shows(page, "What is the next step?")
    press(page, "Pathway")
    shows(page, "Due now")
    press(page, "Teach")
    shows(page, "Choose a case")
    press(page, "Go on with")
    shows(page, "Stage 2 of")
    assert len(log(page)) == 1


def test_a_page_loaded_anew_begins_the_case_again_and_says_so(visit):
    case = CASES[0]
    page = visit(f"/?page=teach&case={case.id}")
    shows(page, "Loading the page anew begins the case again, and clears score and log.")
    commit(page, right(case, 0))
    press(page, "Next stage")
    shows(page, "Stage 2 of")
    page.reload()
    shows(page, "The case begins at its first stage")
    shows(page, "Stage 1 of")
    expect(question(page).get_by_role("radio")).to_have_count(len(NAMES))


def test_the_evidence_of_the_edge_that_decides_opens_on_the_pathway_and_back_returns_to_the_answer(visit):
    case = CASES[0]
    page = visit(f"/?page=teach&case={case.id}")
    commit(page, right(case, 0))
    page.get_by_role("button", name="Its evidence on the Pathway page").first.click()
    expect(page.get_by_role("button", name="Back to the walk")).to_be_visible()
    for id in case.facts(0):
        expect(page).to_have_url(re.compile(f"facts=.*{id}"))
    page.go_back()
    expect(page.get_by_role("heading", name="Right")).to_be_visible()
    shows(page, "Stage 1 of")


def test_a_case_is_practised_by_keyboard_alone(visit):
    page = visit("/?page=teach")
    settled(page)
    tab_to(page, page.get_by_role("button", name=CASES[0].title))
    page.keyboard.press("Enter")
    shows(page, "What is the next step?")
    settled(page)
    expect(page.get_by_role("textbox", name="Why?")).to_be_visible()  # it is loaded after the rest
    tab_to(page, question(page).get_by_role("radio"))
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(question(page).get_by_role("radio").nth(1)).to_be_checked()
    tab_to(page, page.get_by_role("combobox", name="And at the same time?"))
    tab_to(page, page.get_by_role("textbox", name="Why?"))
    page.keyboard.type("I think so")
    tab_to(page, page.get_by_role("button", name="Commit"))
    page.keyboard.press("Enter")
    shows(page, "Your reason:")
    settled(page)
    expect(page.locator(":focus")).to_contain_text("Not what the guideline names")  # so that a reader of screens hears it
    tab_to(page, page.get_by_role("button", name="Next stage"))
    page.keyboard.press("Enter")
    shows(page, "Stage 2 of")


def tab_to(page, locator, most=60):
    for _ in range(most):
        if locator.evaluate_all("(elements) => elements.some((e) => e === document.activeElement || e.contains(document.activeElement))"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{locator} is not reached by Tab")
