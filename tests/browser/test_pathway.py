"""The pathway page in Chromium: what is clicked shows its evidence, and a patient is walked to fusion."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from driving import bears, click, drawn, place, settled, shows, viewport
from playwright.sync_api import expect

from edgewise.graph.library import load

GUIDELINE = load("sacroiliac-sclerosis").guideline
FUSION = "cooled-rfa-to-si-joint-fusion"
READY_FOR_FUSION = (
    "radiographs:sclerosis;inflammatory-suspicion:no;conservative-months:6;conservative-failed:yes;"
    "block-relief:85,88;rfa-attempts-failed:2;hip-spine-excluded:yes;documented:yes"
)


def heading(page, name):
    return page.get_by_role("heading", name=name).first


def test_a_click_on_any_edge_brings_up_its_evidence(visit):
    page = drawn(visit())
    for id, edge in GUIDELINE.transitions.items():
        click(page, id)
        names = [GUIDELINE.steps[end].name for end in (edge.source, edge.target)]
        expect(heading(page, " → ".join(names))).to_be_visible()
        expect(page).to_have_url(re.compile(f"sel={id}(&|$)"))
        statement = GUIDELINE.passage(edge.justified_by[0])
        shows(page, statement.text[:60])
        shows(page, str(statement.place))


@pytest.mark.parametrize("name", ["", "imaging", "evidence", "audit", "teach"])
def test_nothing_stands_above_the_brand(visit, name):
    """Streamlit would show any lone text of the script it runs, a comment in quotes for one."""
    page = visit(f"/?page={name}")
    for part in (".ew-brand", ".ew-notice"):
        expect(page.locator(part)).to_be_visible()
    assert page.get_by_test_id("stMain").inner_text().strip().splitlines()[0] == "Edgewise"


def test_a_click_on_a_step_brings_up_its_evidence_and_rating(visit):
    page = drawn(visit())
    click(page, "ct-si-joints-without-contrast")
    expect(heading(page, "CT of the sacroiliac joints without contrast")).to_be_visible()
    shows(page, "7 of 9")
    shows(page, GUIDELINE.statements["s6"].text[:60])


def test_the_marker_that_points_nowhere_is_seen_to_be_broken(visit):
    page = drawn(visit(f"/?sel={FUSION}"))
    shows(page, "Marker 7 points to no entry")
    shows(page, "[7] no entry")


def test_selections_neither_rebuild_the_drawing_nor_move_it(visit):
    page = drawn(visit())
    before = viewport(page)
    page.locator('[data-edgewise="canvas"]').evaluate("(element) => { element.dataset.same = 'yes'; }")
    for id in [*list(GUIDELINE.steps)[:4], *list(GUIDELINE.transitions)[:4]]:
        click(page, id)
        expect(page).to_have_url(re.compile(f"sel={id}(&|$)"))
    settled(page)
    assert viewport(page) == before
    assert page.locator('[data-edgewise="canvas"]').get_attribute("data-same") == "yes"


def test_a_click_draws_the_panel_and_the_drawing_again_but_not_the_frame(visit):
    page = drawn(visit())
    settled(page)
    whole = page.evaluate("globalThis.edgewiseTraffic.heard")
    click(page, FUSION)
    shows(page, "Marker 7 points to no entry")
    settled(page)
    assert page.evaluate("globalThis.edgewiseTraffic.heard") < whole / 2, "the frame and what the drawing is made of are not sent again"


def test_what_was_wrong_in_an_address_is_forgotten_with_the_next_click(visit):
    page = drawn(visit("/?sel=nowhere"))
    shows(page, "There is no step or edge 'nowhere' here")
    settled(page)
    click(page, FUSION)
    shows(page, "Marker 7 points to no entry")
    expect(page.get_by_text("There is no step or edge")).to_have_count(0)


def test_answers_lead_from_the_presentation_to_fusion(visit):
    page = drawn(visit())
    expect(heading(page, "X-ray of the sacroiliac joints")).to_be_visible()
    answer(page, "What do the X-rays of the sacroiliac joints show?", "Sclerosis")
    answer(page, "After the X-rays, do you still suspect active inflammatory disease?", "No")
    expect(heading(page, "Conservative care for 3–6 months")).to_be_visible()
    fill(page, "For how many months has the patient had conservative care?", "6")
    answer(page, "Has conservative care failed?", "Yes")
    expect(heading(page, "Diagnostic SI joint injections under fluoroscopy")).to_be_visible()
    fill(page, "Relief by diagnostic blocks, 1", "85")
    shows(page, "1 of 2")
    fill(page, "Relief by diagnostic blocks, 2", "88")
    expect(heading(page, "Cooled radiofrequency ablation of the sacral lateral branches")).to_be_visible()
    fill(page, "How many attempts at radiofrequency ablation have failed?", "2")
    answer(page, "Have hip and spine been excluded as the main source of the pain?", "Yes")
    answer(page, "Is the course of treatment rigorously documented, step by step?", "Yes")
    expect(heading(page, "Minimally invasive SI joint fusion")).to_be_visible()
    shows(page, "Due now")


def test_what_falls_short_by_a_hair_is_shown_so_in_fields_and_words(visit):
    page = drawn(visit("/?facts=radiographs~sclerosis+inflammatory-suspicion~no"))
    field = "For how many months has the patient had conservative care?"
    fill(page, field, "2.99999")
    expect(heading(page, "Conservative care for 3–6 months")).to_be_visible()
    expect(page.get_by_role("spinbutton", name=field)).to_have_value("2.99999")
    shows(page, "Conservative care so far: 2.99999 months (needed: ")
    page = drawn(visit("/?vary=block-relief&facts=block-relief~79.99999"))
    expect(page.get_by_test_id("stSliderThumbValue")).to_have_text("79.99999 %")


def test_an_answer_that_was_hardly_meant_is_doubted_beside_what_follows_from_it(visit):
    page = drawn(visit("/?facts=radiographs~Sclerosis+inflammatory-suspicion~no+conservative-months~26wk+conservative-failed~yes"))
    expect(heading(page, "Diagnostic SI joint injections under fluoroscopy")).to_be_visible()
    fill(page, "Relief by diagnostic blocks, 1", "0.85")
    shows(page, "Relief by diagnostic blocks: 0.85 % – did you mean 85 %?")
    fill(page, "Relief by diagnostic blocks, 1", "85")
    expect(page.get_by_text("did you mean 85 %?")).to_have_count(0)


def answer(page, question, option):
    group = page.get_by_role("radiogroup", name=question)
    group.get_by_role("radio", name=option, exact=True).click()
    settled(page)


def fill(page, question, number):
    field = page.get_by_role("spinbutton", name=question)
    field.fill(number)
    field.press("Enter")
    settled(page)


def test_a_copied_link_restores_the_view_in_a_fresh_browser(visit):
    first = drawn(visit(f"/?facts={quote(READY_FOR_FUSION)}"))
    click(first, FUSION)
    expect(heading(first, "SI joint fusion, last resort")).to_be_visible()
    second = drawn(visit("", at=bears(first, "facts=", f"sel={FUSION}"), fresh=True))
    expect(heading(second, "SI joint fusion, last resort")).to_be_visible()
    shows(second, "one or more blocks with more than 70 % relief")
    second.get_by_role("button", name="Back to the walk").click()
    expect(heading(second, "Minimally invasive SI joint fusion")).to_be_visible()


def test_back_takes_the_selection_back(visit):
    page = drawn(visit())
    click(page, "presentation-to-xray-si-joints")
    expect(page).to_have_url(re.compile("sel=presentation-to-xray-si-joints"))
    click(page, FUSION)
    expect(heading(page, "SI joint fusion, last resort")).to_be_visible()
    page.go_back()
    expect(page).to_have_url(re.compile("sel=presentation-to-xray-si-joints"))
    expect(heading(page, "X-ray SI joints")).to_be_visible()
    page.go_back()
    expect(heading(page, "X-ray of the sacroiliac joints")).to_be_visible()
    shows(page, "Due now")


def test_where_the_source_is_silent_the_page_says_so_and_names_both_sides_of_a_conflict(visit):
    page = drawn(visit("/?facts=" + quote(READY_FOR_FUSION.replace("85,88", "70,70").split(";rfa")[0])))
    expect(heading(page, "The source does not say")).to_be_visible()
    assert place(page, "ghost")
    for place_in_article in ("step 2, bullet 1", "step 4, criterion 1"):
        shows(page, place_in_article)


@pytest.mark.parametrize(
    "query",
    [
        "g=nowhere",
        "g=..%2F..%2Fetc%2Fpasswd",
        "sel=%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "facts=block-relief:999",
        "facts=" + "x" * 20_000,
        "facts=radiographs",
        "upto=nowhere",
        "page=nowhere",
        "g=http%3A%2F%2F127.0.0.1%3A9%2Fg.yaml",
    ],
)
def test_a_faulty_address_is_answered_with_words_and_a_working_page(visit, query):
    page = visit("/?" + query)
    settled(page)
    assert page.get_by_test_id("stException").count() == 0
    shows(page, "For education")
    assert page.get_by_test_id("stAlert").count() > 0, "it is said what was wrong with the address"


def test_it_can_be_driven_by_keyboard_alone(visit):
    page = drawn(visit())
    tab_to(page, page.get_by_role("textbox", name="Search steps, passages, references and terms"))
    page.keyboard.type("SI joint fusion")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("find="))
    settled(page)
    tab_to(page, page.get_by_role("button", name="Minimally invasive SI joint fusion"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("sel="))
    settled(page)
    tab_to(page, page.get_by_role("button", name="Back to the list"))
    page.keyboard.press("Enter")
    settled(page)
    tab_to(page, page.get_by_role("button", name="Drawing"))
    page.keyboard.press("Enter")
    expect(heading(page, "X-ray of the sacroiliac joints")).to_be_visible()
    group = page.get_by_role("radiogroup", name="What do the X-rays of the sacroiliac joints show?")
    tab_to(page, group.get_by_role("radio"))
    page.keyboard.press("Home")
    page.keyboard.press("Space")
    shows(page, "After the X-rays, do you still suspect active inflammatory disease?")


def tab_to(page, locator, most=60):
    for _ in range(most):
        if locator.evaluate_all("(elements) => elements.some((e) => e === document.activeElement || e.contains(document.activeElement))"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{locator} is not reached by Tab")


def test_the_legend_filters_by_state_of_evidence(visit):
    page = drawn(visit())
    button = page.get_by_role("button", name=re.compile("broken marker"))
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    assert page.locator('[data-edgewise="canvas"]').evaluate("(e, id) => e.edgewise.positionOf(id)", FUSION) is None
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    assert place(page, FUSION)


@pytest.mark.parametrize("path", ["/", "/?page=imaging"])
@pytest.mark.parametrize("viewport", [{"width": 1280, "height": 720}, {"width": 390, "height": 844}], ids=["desktop", "phone"])
def test_source_date_status_and_education_are_in_sight_and_nothing_overflows(visit, path, viewport):
    page = visit(path, viewport=viewport)
    settled(page)
    for words in ("For education", "Dr.Oracle", "2026-02-08", "pending"):
        shows(page, words)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_pathway_and_evidence_stand_side_by_side_on_one_screen(visit):
    page = drawn(visit(f"/?sel={FUSION}"))
    title = heading(page, "SI joint fusion, last resort")
    expect(title).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollHeight <= window.innerHeight")
    for id in GUIDELINE.steps:
        point = place(page, id)
        assert 0 <= point["x"] <= 1280
        assert 0 <= point["y"] <= 720
