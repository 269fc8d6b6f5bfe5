"""Setting a case in Chromium: an educator composes it, a resident opens the link, and nothing in it gives the answer away."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from driving import bears, settled, shows
from playwright.sync_api import expect

from edgewise.explorer.pages.teach.case_link import decode
from edgewise.graph.cases.book import read_casebook
from edgewise.graph.library import load

GUIDELINE = load("sacroiliac-sclerosis").guideline
SET = "/?page=teach&mode=set"
CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}
KEPT = "JSON.stringify({...sessionStorage})"
FIELD = {"title": "Title", "vignette": "Vignette", "tells": "What is told now"}
VIGNETTE = "A dancer of 34 has had pain deep in her right buttock for a year."
HIDDEN = ["She would rather have it fixed at once", "No step of the ladder is skipped", "Half a year later"]


def write(page, field, text):
    box = page.get_by_role("textbox", name=FIELD.get(field, field), exact=True)
    expect(box).to_have_count(1)  # while the page is drawn anew, the stage that was open before may still stand
    box.fill(text)
    box.press("Tab")
    settled(page)


def choose(page, question, option):
    page.get_by_role("radiogroup", name=question).get_by_role("radio", name=option, exact=True).click()
    settled(page)


def fill(page, question, number):
    box = page.get_by_role("spinbutton", name=question)
    box.fill(number)
    box.press("Enter")
    settled(page)


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()
    settled(page)


def pick(page, label, text, *, closes=True):
    box = page.get_by_role("combobox", name=label)
    box.click()
    box.press_sequentially(text)
    page.locator("[role=option]").filter(has_text=text).click()
    if not closes:
        box.press("Escape")
    expect(page.locator("[role=option]")).to_have_count(0)
    settled(page)


def compose(page):
    """A case of two stages, the second with a series, a lure and a point."""
    write(page, "title", "The impatient dancer")
    write(page, "vignette", VIGNETTE)
    write(page, "tells", "Her films show sclerosis of both joints.")
    choose(page, "What do the X-rays of the sacroiliac joints show?", "Sclerosis")
    choose(page, "After the X-rays, do you still suspect active inflammatory disease?", "No")
    shows(page, "Conservative care for 3–6 months")
    press(page, "Add a stage")
    expect(page.get_by_role("heading", name="Stage 2")).to_be_focused()
    write(page, "tells", "Half a year later, two blocks were done.")
    fill(page, "For how many months has the patient had conservative care?", "6")
    choose(page, "Has conservative care failed?", "Yes")
    fill(page, "Relief by diagnostic blocks, 1", "85")
    fill(page, "Relief by diagnostic blocks, 2", "88")
    shows(page, "Cooled radiofrequency ablation of the sacral lateral branches")
    press(page, "Add a lure")
    pick(page, "Step that tempts", "Minimally invasive")
    write(page, "Why it tempts", "She would rather have it fixed at once.")
    pick(page, "Pitfall that warns of it", "pitfalls, bullet 3")
    press(page, "Add a teaching point")
    write(page, "What to take home", "No step of the ladder is skipped.")
    pick(page, "Statements it rests on", "pitfalls, bullet 3", closes=False)


def link_of(page):
    press(page, "Copy link for residents")
    shows(page, "Copied")
    return page.evaluate("navigator.clipboard.readText()")


def test_a_resident_opens_the_link_and_finds_the_patient_but_no_answer(visit):
    page = visit(SET, **CLIPBOARD)
    settled(page)
    compose(page)
    link = link_of(page)
    shows(page, f"{len(link):,} characters")
    shows(page, "On this computer alone")
    case = decode(parse_qs(urlsplit(link).query)["set"][0], GUIDELINE)
    assert [stage.facts.get("block-relief") for stage in case.stages] == [None, (85, 88)]
    assert [lure.pitfall for lure in case.stages[1].lures] == ["s35"]
    assert not [word for word in ("fusion", "dancer", "conservative", "rfa", "s35") if word in link.lower().split("set=")[1]]

    resident = visit("", at=link, fresh=True)
    settled(resident)
    shows(resident, VIGNETTE)
    shows(resident, "Her films show sclerosis of both joints.")
    bears(resident, "set=")
    content = resident.content()
    assert not [text for text in HIDDEN if text in content]
    assert "The guideline names" not in content
    assert "modeller’s reading" not in content


def test_the_yaml_that_is_shown_is_read_back(visit):
    page = visit(SET)
    settled(page)
    compose(page)
    page.get_by_text("Keep it as YAML").click()
    block = page.get_by_test_id("stCode").inner_text()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download cases.yaml").click()
    book = read_casebook(download.value.path().read_bytes(), "cases.yaml", GUIDELINE)
    assert not book.findings
    assert [stage.expect.steps for stage in book.cases[0].stages] == [("conservative-care",), ("cooled-rfa",)]
    assert "expect: cooled-rfa" in block


def test_what_is_typed_is_not_lost_by_moving_stages_or_turning_to_another_mode(visit):
    page = visit(SET)
    settled(page)
    write(page, "tells", "First.")
    press(page, "Add a stage")
    expect(page.get_by_role("heading", name="Stage 2")).to_be_focused()
    expect(page.get_by_role("textbox", name="What is told now")).to_have_count(1)
    page.get_by_role("textbox", name="What is told now").fill("Second.")
    press(page, "Up")  # while the cursor is still in the field
    expect(page.get_by_role("button", name="Stage 2")).to_contain_text("First.")
    expect(page.get_by_role("textbox", name="What is told now")).to_have_value("Second.")
    page.get_by_role("radio", name="Practise").click()
    expect(page).not_to_have_url(re.compile("mode="))
    settled(page)
    page.get_by_role("radio", name="Set a case").click()
    expect(page.get_by_role("textbox", name="What is told now")).to_have_value("Second.")
    press(page, "Remove")
    expect(page.get_by_role("textbox", name="What is told now")).to_have_value("First.")
    press(page, "Undo")
    expect(page.get_by_role("textbox", name="What is told now")).to_have_value("Second.")


def test_a_stage_that_is_opened_comes_into_sight_and_under_the_keyboard(visit):
    page = visit(SET, viewport={"width": 390, "height": 844})
    settled(page)
    pick(page, "Begin with", "cab")
    page.get_by_role("button", name="Stage 3").click()
    heading = page.get_by_role("heading", name="Stage 3")
    expect(heading).to_be_in_viewport()
    expect(heading).to_be_focused()


def test_it_can_be_filled_in_by_keyboard_alone(visit):
    page = visit(SET)
    settled(page)
    tab_to(page, page.get_by_role("textbox", name="Title"))
    page.keyboard.type("By hand")
    page.keyboard.press("Tab")
    page.keyboard.type("Somebody of 40.")
    tab_to(page, page.get_by_role("textbox", name="What is told now"))
    page.keyboard.type("The films are negative.")
    tab_to(page, page.get_by_role("radiogroup", name="What do the X-rays of the sacroiliac joints show?").get_by_role("radio"))
    settled(page)
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    shows(page, "One more answer is needed")
    tab_to(page, page.get_by_role("button", name="Try it yourself"))
    page.keyboard.press("Enter")
    shows(page, "Somebody of 40.")


def tab_to(page, locator, most=60):
    for _ in range(most):
        if locator.evaluate_all("(elements) => elements.some((e) => e === document.activeElement || e.contains(document.activeElement))"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{locator} is not reached by Tab")


@pytest.mark.parametrize("viewport", [{"width": 1280, "height": 720}, {"width": 390, "height": 844}], ids=["desktop", "phone"])
def test_nothing_overflows_and_source_and_education_stay_in_sight(visit, viewport):
    page = visit(SET, viewport=viewport)
    settled(page)
    pick(page, "Begin with", "cab")
    for words in ("For education", "Dr.Oracle", "2026-02-08", "pending"):
        shows(page, words)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    clipped = """[...document.querySelectorAll('.st-key-ew-set button, .st-key-ew-set input, .st-key-ew-set .ew')]
        .filter((e) => e.getBoundingClientRect().right > window.innerWidth + 1).map((e) => e.outerHTML.slice(0, 120))"""
    assert page.evaluate(clipped) == []


@pytest.mark.parametrize("link", ["1nonsense", "x" * 9_000, "<script>alert(1)</script>", "1" + "A" * 400])
def test_a_faulty_link_is_answered_in_words(visit, link):
    page = visit(f"{SET}&set={quote(link)}")
    settled(page)
    shows(page, "This link is damaged: copy it again whole.")
    assert page.get_by_test_id("stException").count() == 0
    expect(page.get_by_role("textbox", name="Title")).to_have_value("")


def test_a_reload_does_not_cost_the_draft(visit):
    page = visit(SET)
    settled(page)
    write(page, "title", "The impatient dancer")
    page.wait_for_function("() => sessionStorage.length > 0")
    before = page.evaluate(KEPT)
    choose(page, "What do the X-rays of the sacroiliac joints show?", "Sclerosis")
    page.wait_for_function(f"(before) => {KEPT} !== before", arg=before)  # the tab keeps what the page has heard of
    page.reload()
    settled(page)
    expect(page.get_by_role("textbox", name="Title", exact=True)).to_have_value("The impatient dancer")
    expect(page.get_by_role("radio", name="Sclerosis", exact=True)).to_be_checked()
    press(page, "Undo")
    expect(page.get_by_role("textbox", name="Title", exact=True)).to_have_value("")
    page.wait_for_function("() => !Object.keys(sessionStorage).some((key) => key.startsWith('edgewise:draft'))")
    page.reload()
    settled(page)
    expect(page.get_by_role("textbox", name="Title", exact=True)).to_have_value("")
