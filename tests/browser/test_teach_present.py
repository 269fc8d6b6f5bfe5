"""Presenting in Chromium: arrow keys through the pathway, a drawing that grows, votes, notes, rooms, links."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from driving import CANVAS, bears, click, drawn, place, settled, shows, viewport
from playwright.sync_api import expect

from conftest import PHONE, serving
from edgewise.explorer.pages.teach.presenting.telling_order import order
from edgewise.graph.library import load

GUIDELINE = load("sacroiliac-sclerosis").guideline
STEPS = order(GUIDELINE)
PRESENT = "/?page=teach&mode=present"
WIDE = {"width": 1920, "height": 1080}
ROOMS = {"dark": "rgb(14, 17, 23)", "light": "rgb(255, 255, 255)"}
INKS = {"dark": "rgb(241, 244, 249)", "light": "rgb(17, 24, 39)"}
_CONTRAST = """(elements) => {
  const channel = (c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const behind = (e) => {
    const ground = e ? parts(getComputedStyle(e).backgroundColor) : [255, 255, 255];
    return ground.length < 4 || ground[3] ? ground : behind(e.parentElement);
  };
  return elements.filter((e) => e.offsetParent).map((e) => {
    const [a, b] = [light(parts(getComputedStyle(e).color)), light(behind(e))].sort((x, y) => x - y);
    return [(b + 0.05) / (a + 0.05), e.textContent.slice(0, 40)];
  });
}"""

TO_THE_END = (
    """() => document.querySelectorAll('.st-key-ew-panel, [data-testid="stMain"]').forEach((one) => one.scrollTo(0, one.scrollHeight))"""
)


def title(page, id):
    return page.get_by_role("heading", name=GUIDELINE.steps[id].label, exact=True, level=1)


def there(page, id):
    return page.locator(CANVAS).evaluate("(element, id) => element.edgewise.positionOf(id)", id)


def press(page, key, id):
    page.keyboard.press(key)
    expect(title(page, id)).to_be_visible()
    settled(page)


def test_arrow_keys_lead_through_all_steps_and_the_drawing_grows_in_its_place(visit):
    page = drawn(visit(PRESENT))
    expect(title(page, STEPS[0])).to_be_visible()
    before, places = viewport(page), {}
    for number, id in enumerate(STEPS):
        if number:
            press(page, ("ArrowRight", "PageDown", "Space")[number % 3], id)
        expect(page).to_have_url(re.compile(f"at={id}(&|$)") if number else re.compile("mode=present"))
        shows(page, f"{number + 1} of {len(STEPS)}")
        places[id] = place(page, id)
        assert {other: there(page, other) for other in places} == places, "what was drawn stays where it is"
        assert not [later for later in STEPS[number + 1 :] if there(page, later)], "nothing is drawn before it is told"
        for edge in GUIDELINE.transitions.values():
            assert bool(there(page, edge.id)) == (edge.source in places and edge.target in places), edge.id
    assert viewport(page) == before
    press(page, "ArrowLeft", STEPS[-2])
    press(page, "PageUp", STEPS[-3])
    press(page, "Home", STEPS[0])
    press(page, "End", STEPS[-1])


def test_keys_and_clicks_faster_than_the_page_is_drawn_add_up(visit):
    page = drawn(visit(PRESENT))
    settled(page)
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    expect(title(page, STEPS[6])).to_be_visible()
    settled(page)
    for key in ("ArrowLeft", "ArrowLeft", "ArrowRight"):
        page.keyboard.press(key)
    expect(title(page, STEPS[5])).to_be_visible()
    on, back = (page.get_by_role("button", name=name, exact=True) for name in ("On", "Back"))
    on.click()
    expect(title(page, STEPS[6])).to_be_visible()
    press(page, "ArrowRight", STEPS[7])
    back.dblclick()
    page.keyboard.press("ArrowLeft")
    expect(title(page, STEPS[4])).to_be_visible()
    on.click(click_count=3)
    expect(title(page, STEPS[7])).to_be_visible()
    expect(page).to_have_url(re.compile(f"at={STEPS[7]}(&|$)"))


def test_the_keys_work_at_once_after_the_mode_was_chosen_with_the_mouse(visit):
    page = visit("/?page=teach")
    page.get_by_role("radio", name="Present").click()
    drawn(page)
    settled(page)
    press(page, "ArrowRight", STEPS[1])


@pytest.mark.parametrize("size", [{"width": 1000, "height": 520}, PHONE], ids=["low", "phone"])
def test_another_position_begins_with_its_title_however_far_down_one_has_read(visit, size):
    page = drawn(visit(f"{PRESENT}&at=diagnostic-injections", viewport=size))
    settled(page)
    page.evaluate(
        "document.querySelectorAll('.st-key-ew-panel, [data-testid=\"stMain\"]').forEach((one) => one.scrollTo(0, one.scrollHeight))"
    )
    expect(title(page, "diagnostic-injections")).not_to_be_in_viewport()
    press(page, "ArrowRight", STEPS[STEPS.index("diagnostic-injections") + 1])
    expect(title(page, STEPS[STEPS.index("diagnostic-injections") + 1])).to_be_in_viewport()


def test_a_vote_is_entered_and_revealed_and_typing_moves_nothing(visit):
    page = drawn(visit(f"{PRESENT}&at=diagnostic-injections"))
    page.get_by_role("button", name="Ask the room").click()
    first = page.get_by_role("spinbutton", name="Votes for Cooled radiofrequency")
    first.click()
    for key in ("Home", "ArrowRight", "PageDown", "n", "v", "End"):
        page.keyboard.press(key)
    first.fill("8")
    first.press("Enter")
    silent = page.get_by_role("spinbutton", name="Votes for The source does not say")
    silent.fill("2")
    silent.press("Enter")
    shows(page, "8 (80 %)")
    shows(page, "2 (20 %)")
    expect(page).to_have_url(re.compile("at=diagnostic-injections"))
    expect(title(page, "diagnostic-injections")).to_be_visible()
    assert page.get_by_text("Speaker notes").count() == 0
    edge = "diagnostic-injections-to-cooled-rfa"
    assert page.get_by_text("Two or more blocks with 80–90 % relief").count() == 0
    assert there(page, "cooled-rfa") is None
    assert there(page, edge) is None
    page.get_by_role("button", name="Reveal").click()
    shows(page, "Two or more blocks with 80–90 % relief")
    shows(page, "2 values, both exactly 70 %")
    settled(page)
    assert place(page, edge)
    silent.press("Escape")
    press(page, "ArrowRight", "cooled-rfa")


def test_a_key_opens_the_notes_in_a_window_of_their_own_and_both_turn_together(visit):
    page = drawn(visit(f"{PRESENT}&at=cooled-rfa"))
    expect(title(page, "cooled-rfa")).to_be_visible()
    settled(page)
    statement = GUIDELINE.statements["s22"]
    with page.expect_popup() as opened:
        page.keyboard.press("n")
    notes = opened.value
    shows(notes, statement.text)
    shows(notes, "Modeller's note")
    assert page.get_by_text(statement.text).count() == 0, "the room sees none of it"
    settled(notes)
    notes.keyboard.press("ArrowRight")
    expect(title(notes, "endoscopic-neurectomy")).to_be_visible()
    expect(title(page, "endoscopic-neurectomy")).to_be_visible()
    settled(page)
    page.get_by_role("button", name="Back", exact=True).click()
    expect(title(page, "cooled-rfa")).to_be_visible()
    expect(title(notes, "cooled-rfa")).to_be_visible()
    settled(notes)
    notes.keyboard.press("v")
    expect(page.get_by_role("spinbutton").first).to_be_visible()
    assert notes.get_by_role("spinbutton").count() == 0
    page.get_by_role("combobox", name="What is presented").click()
    page.get_by_role("option").nth(1).click()
    expect(notes).to_have_url(re.compile("case="))
    notes.close()


def test_the_way_to_the_notes_is_a_link_as_well(visit):
    page = drawn(visit(f"{PRESENT}&at=cooled-rfa"))
    link = page.get_by_role("link", name="Notes")
    expect(link).to_have_attribute("href", re.compile("view=notes"))
    notes = visit("/" + link.get_attribute("href"))
    expect(title(notes, "cooled-rfa")).to_be_visible()
    shows(notes, "Speaker notes")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("room", ROOMS)
def test_a_room_has_its_colours_whatever_the_systems_theme_and_text_has_contrast(visit, room, scheme):
    page = drawn(visit(f"{PRESENT}&at=diagnostic-injections&room={room}", color_scheme=scheme))
    expect(title(page, "diagnostic-injections")).to_be_visible()
    settled(page)
    assert page.get_by_test_id("stApp").evaluate("(e) => getComputedStyle(e).backgroundColor") == ROOMS[room]
    slide = page.locator(".ew-slide").locator("h1, p:not(.ew-said):not(:has(.ew-chip)), li")
    measured = slide.evaluate_all(_CONTRAST)
    assert len(measured) > 5
    assert not [pair for pair in measured if pair[0] < 7]
    page.keyboard.press("v")
    expect(page.get_by_role("spinbutton").first).to_be_visible()
    settled(page)
    widgets = page.locator('button p, [data-testid="stNumberInputContainer"] input, [data-testid="stSelectbox"] input, .ew-notice span')
    measured = widgets.evaluate_all(_CONTRAST)
    assert len(measured) > 15
    assert not [pair for pair in measured if pair[0] < 4.5]
    page.get_by_role("combobox", name="What is presented").click()
    option = page.get_by_role("option").first
    expect(option).to_be_visible()
    assert option.evaluate("(e) => getComputedStyle(e).color") == INKS[room]
    assert page.get_by_role("option").evaluate_all(_CONTRAST)[1][0] >= 7
    painted = page.locator(CANVAS).evaluate("(e) => getComputedStyle(e.querySelector('.ew-stage')).backgroundColor")
    assert painted == ROOMS[room]


def test_the_room_is_switched_by_a_button_and_kept_in_the_address(visit):
    page = drawn(visit(PRESENT))
    page.get_by_role("button", name="Dark room").click()
    expect(page).to_have_url(re.compile("room=dark"))
    page.get_by_role("button", name="Light room").click()
    expect(page).to_have_url(re.compile("room=light"))
    press(page, "ArrowRight", STEPS[1])
    expect(page).to_have_url(re.compile("room=light"))


def test_a_link_or_a_reload_stays_at_the_position_and_back_goes_back(visit):
    page = drawn(visit(PRESENT))
    press(page, "ArrowRight", STEPS[1])
    press(page, "ArrowRight", STEPS[2])
    page.reload()
    drawn(page)
    expect(title(page, STEPS[2])).to_be_visible()
    expect(title(drawn(visit("", at=bears(page, STEPS[2]))), STEPS[2])).to_be_visible()
    page.go_back()
    expect(title(page, STEPS[1])).to_be_visible()


def test_a_click_on_the_drawing_leads_to_the_step(visit):
    page = drawn(visit(f"{PRESENT}&at=cooled-rfa"))
    expect(title(page, "cooled-rfa")).to_be_visible()
    settled(page)
    click(page, "conservative-care")
    expect(title(page, "conservative-care")).to_be_visible()
    assert place(page, "ghost"), "it may fall silent here"
    assert place(page, "ghost:mri-si-joints-without-contrast")
    assert there(page, "ghost:cooled-rfa") is None


def test_a_case_is_told_stage_by_stage_and_its_answer_comes_after_the_vote(visit):
    page = drawn(visit(f"{PRESENT}&case=crane-driver"))
    settled(page)
    page.keyboard.press("ArrowRight")
    shows(page, "stage 1 of")
    settled(page)
    assert there(page, "conservative-care") is None
    page.keyboard.press("v")
    expect(page.get_by_role("spinbutton", name="Votes for One more answer")).to_be_visible()
    assert page.get_by_role("heading", name="Conservative care for 3–6 months").count() == 0
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("heading", name="Conservative care for 3–6 months")).to_be_visible()
    settled(page)
    assert place(page, "conservative-care")
    expect(page).to_have_url(re.compile("at=1-answer"))


@pytest.mark.parametrize("size", [None, WIDE, PHONE])
def test_source_date_review_and_purpose_stay_in_sight_and_type_is_large(visit, size):
    page = drawn(visit(f"{PRESENT}&at=si-joint-fusion", **({"viewport": size} if size else {})))
    expect(title(page, "si-joint-fusion")).to_be_in_viewport()
    for words in ("For education.", GUIDELINE.updated, "pending human review"):
        expect(page.get_by_role("note").get_by_text(words).first).to_be_in_viewport()
    expect(page.get_by_role("button", name="Back", exact=True)).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    least = page.locator(".ew-slide li").first.evaluate("(e) => parseFloat(getComputedStyle(e).fontSize)")
    assert least >= (19 if size == PHONE else 40 if size == WIDE else 26)


def test_the_room_sees_what_is_known_and_all_that_it_may_vote_for_at_once(visit):
    page = drawn(visit(f"{PRESENT}&case=cellist&at=1"))
    settled(page)
    page.keyboard.press("v")
    expect(page.get_by_role("spinbutton", name="Votes for One more answer")).to_be_in_viewport(ratio=1)
    expect(page.get_by_text("Conservative care failed: Yes")).to_be_in_viewport(ratio=1)
    box = page.get_by_role("spinbutton", name="Votes for Cooled radiofrequency")
    box.fill("3")
    box.press("Enter")
    shows(page, "3 votes")
    page.keyboard.press("r")
    shows(page, "Hide the answer")


def test_the_keys_go_on_after_a_case_was_chosen_from_the_list(visit):
    page = drawn(visit(PRESENT))
    settled(page)
    page.get_by_role("combobox", name="What is presented").click()
    page.get_by_role("option").filter(has_text="A festival in spring").click()
    expect(page).to_have_url(re.compile("case=cellist"))
    settled(page)
    expect(page.get_by_role("combobox", name="What is presented")).not_to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile("at=1"))


def test_a_pathway_taller_than_the_screen_follows_the_presenter(visit, tmp_path):
    """Forty steps one below the other: the one that is told is always in sight."""
    source = yaml.load((Path(__file__).parents[1] / "data" / "audit" / "thumb.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
    plain = {"type": "Treatment", "summary": "One of many.", "phase": "act", "describedBy": ["s4"]}
    ids = [f"k{number}" for number in range(40)]
    source["steps"] += [{**plain, "id": id, "label": f"Step {id}", "order": str(10 + number)} for number, id in enumerate(ids)]
    edge = {"label": "on", "statedBy": "source", "justifiedBy": ["s4"]}
    source["transitions"] += [{**edge, "id": f"to-{to}", "from": one, "to": to} for one, to in pairwise(["operation", *ids])]
    file = tmp_path / "tall.yaml"
    file.write_text(json.dumps(source, indent=1), encoding="utf-8")  # YAML as well, and without aliases
    with serving(str(file)) as address:
        page = drawn(visit("/?page=teach&mode=present&at=k35", at=address))
        stage = page.locator(CANVAS).bounding_box()
        assert stage["y"] < place(page, "k35")["y"] < stage["y"] + stage["height"]
        page.keyboard.press("Home")
        expect(page).to_have_url(re.compile("at=arrival"))
        page.wait_for_timeout(300)
        assert stage["y"] < place(page, "arrival")["y"] < stage["y"] + stage["height"]
        page.close()  # before its server ends
