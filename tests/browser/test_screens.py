"""Every screen: what is drawn is read and not cut, the question comes first where there is little room, colours follow the reader."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest
from driving import CANVAS, click, drawn, place, settled, shows, still
from playwright.sync_api import Error, expect

DESKTOP, TABLET, PHONE, LENS, SMALL = (
    {"width": 1280, "height": 720},
    {"width": 768, "height": 1024},
    {"width": 390, "height": 844},
    {"width": 640, "height": 360},  # 1280 × 720 at 200 %
    {"width": 320, "height": 568},  # WCAG 1.4.10
)
PATIENCE = 300  # looks: a busy machine draws a chart anew in half a minute
PAGES = ["", "page=imaging", "page=evidence", "page=audit", "page=teach", "page=teach&mode=present", "page=teach&mode=set"]
EDGE = "conservative-care-to-diagnostic-injections"
NEGATIVE = "facts=radiographs:negative"
# Every text that is seen, in open shadow trees too, with its size; what is there for the ear alone is one pixel large.
TEXTS = """() => {
  const found = [];
  const look = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (element.shadowRoot) look(element.shadowRoot);
      const own = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
      if (!own || ["STYLE", "SCRIPT", "OPTION"].includes(element.tagName)) continue;
      if (!element.checkVisibility({ visibilityProperty: true })) continue;
      if (element.getBoundingClientRect().width < 2) continue;
      found.push([parseFloat(getComputedStyle(element).fontSize), element.textContent.trim().slice(0, 40)]);
    }
  };
  look(document);
  return found;
}"""
WIDE = """() => [document.scrollingElement, document.querySelector('[data-testid="stMain"]')]
  .map((one) => one.scrollWidth - one.clientWidth)"""


def beyond(page):
    """By how much the page is wider than its window, once the charts, which follow a new width a little later, have done so."""
    for _ in range(PATIENCE):
        if max(page.evaluate(WIDE)) <= 0:
            break
        page.wait_for_timeout(200)
    return max(page.evaluate(WIDE))


def letters(page):
    return page.locator(CANVAS).evaluate("(element) => element.edgewise.letters()")


def cut(found):
    """The steps that do not lie inside the drawing as a whole."""
    width, height = found["width"], found["height"]
    whole = (box["left"] >= 0 and box["right"] <= width and box["top"] >= 0 and box["bottom"] <= height for box in found["boxes"])
    return [box["id"] for box, inside in zip(found["boxes"], whole, strict=True) if not inside]


@pytest.mark.parametrize("viewport", [DESKTOP, TABLET, PHONE, LENS], ids=lambda size: str(size["width"]))
def test_every_step_lies_inside_the_drawing_and_can_be_read_before_and_after_fit(visit, viewport):
    page = drawn(visit(viewport=viewport))
    settled(page)
    for _ in range(2):
        found = letters(page)
        assert len(found["boxes"]) > 5
        assert cut(found) == []
        assert found["smallest"] >= 12
        page.get_by_role("button", name="Zoom in").click()
        page.get_by_role("button", name="Fit the drawing").click()


@pytest.mark.parametrize("query", [*PAGES, f"sel={EDGE}", "why=si-joint-fusion"])
def test_no_text_is_smaller_than_twelve_pixels_and_nothing_has_to_be_scrolled_sideways_once_enlarged(visit, query):
    page = visit(f"/?{query}", viewport=DESKTOP)
    expect(page.locator(".ew-notice")).to_be_visible()
    settled(page)
    for viewport, enlarged in ((DESKTOP, LENS), (PHONE, SMALL)):
        page.set_viewport_size(viewport)
        still(page)
        texts = page.evaluate(TEXTS)
        assert len(texts) > 10
        assert [text for size, text in texts if size < 12] == [], viewport
        page.set_viewport_size(enlarged)  # as whoever enlarges a page that is open
        still(page)
        assert beyond(page) <= 0, f"to be scrolled sideways at {enlarged}"


@pytest.mark.parametrize("viewport", [PHONE, LENS], ids=["phone", "200 %"])
def test_where_there_is_little_room_the_question_stands_above_the_drawing_and_is_seen_at_once(visit, viewport):
    page = drawn(visit(viewport=viewport))
    settled(page)
    question = page.get_by_role("radiogroup", name="What do the X-rays of the sacroiliac joints show?").bounding_box()
    drawing = page.locator(CANVAS).bounding_box()
    assert question["y"] + question["height"] < drawing["y"]
    assert question["y"] + question["height"] < viewport["height"]
    cards = page.locator('[class*="st-key-ew-card-"]').first.bounding_box()
    assert cards["y"] > drawing["y"] + drawing["height"], "what explains the answer comes after the drawing"


def test_on_a_phone_the_legend_is_folded(visit):
    page = drawn(visit(viewport=PHONE))
    supported = page.get_by_role("button", name=re.compile("^supported"))
    expect(supported).to_be_hidden()
    page.get_by_text("Legend and filter").click()
    expect(supported).to_be_visible()


def test_on_a_phone_a_tap_on_an_edge_brings_its_evidence_into_sight_with_a_way_back(visit):
    page = drawn(visit(viewport=PHONE))
    settled(page)
    click(page, EDGE)
    heading = page.get_by_role("heading", name="Diagnostic SI joint injections").first
    expect(heading).to_be_in_viewport()
    page.get_by_role("button", name="Back to the drawing").click()
    expect(page.get_by_role("button", name="Back to the drawing")).to_be_hidden()
    assert 0 <= place(page, EDGE)["y"] <= PHONE["height"]


SYSTEM = """() => {
  const one = document.body.appendChild(document.createElement("i"));
  one.style.color = "CanvasText";
  return getComputedStyle(one).color;
}"""
TURNED = """([canvas, dark]) => {
  const ground = getComputedStyle(document.querySelector(".stApp")).backgroundColor.match(/[0-9]+/g).map(Number);
  return (ground[0] + ground[1] + ground[2] < 384) === dark && (!canvas || canvas.edgewise.theme() === (dark ? "dark" : "light"));
}"""


def turns(page, scheme):
    """Wait until page and drawing have the colours of a scheme."""
    page.wait_for_function(TURNED, arg=[page.locator(CANVAS).element_handle(), scheme == "dark"])


def ink(page, edge=EDGE):
    """The colour of an edge on the canvas."""
    return page.locator(CANVAS).evaluate("(element, edge) => element.edgewise.inkOf(edge)", edge)


def test_page_and_drawing_follow_the_system_when_it_turns_dark_and_back(visit):
    page = drawn(visit(fresh=True, color_scheme="light"))
    settled(page)
    turns(page, "light")
    light = ink(page)
    page.emulate_media(color_scheme="dark")
    turns(page, "dark")
    assert ink(page) != light
    page.emulate_media(color_scheme="light")
    turns(page, "light")
    assert ink(page) == light


def test_a_choice_of_colours_holds_at_once_and_stays_whatever_the_system_says(visit):
    page = drawn(visit(fresh=True, color_scheme="light"))
    settled(page)
    choice = page.get_by_role("combobox", name="Colours")
    expect(choice).to_have_value("System")
    page.evaluate("() => { globalThis.same = true; }")
    choice.select_option("Dark")
    turns(page, "dark")
    assert page.evaluate("() => globalThis.same"), "nothing is loaded anew: what the session holds is not lost"
    page.reload()
    turns(drawn(page), "dark")
    expect(choice).to_have_value("Dark")
    settled(page)
    choice.select_option("As the system")
    turns(page, "light")


def test_the_chart_of_ratings_follows_a_choice_of_colours(visit):
    page = visit("/?page=imaging", fresh=True, color_scheme="light")
    chart = page.locator(".vega-embed canvas, .vega-embed svg").first
    expect(chart).to_be_visible()
    settled(page)
    assert _brightness(chart.screenshot()) > 200
    page.get_by_role("combobox", name="Colours").select_option("Dark")
    for _ in range(PATIENCE):
        with suppress(Error):  # it is taken away just now, to be drawn anew
            if _brightness(chart.screenshot()) < 90:
                return
        page.wait_for_timeout(200)
    pytest.fail("the chart stays light")


def _brightness(picture: bytes) -> float:
    from io import BytesIO

    from PIL import Image, ImageStat

    return float(ImageStat.Stat(Image.open(BytesIO(picture)).convert("L")).median[0])


def test_with_forced_colours_the_drawing_is_painted_in_those_of_the_system(visit):
    page = drawn(visit(fresh=True, forced_colors="active"))
    settled(page)
    text = page.evaluate(SYSTEM)
    assert ink(page) == text
    page.emulate_media(forced_colors="none")
    turns(page, "light")
    assert ink(page) != text


def test_an_edge_between_steps_that_cannot_be_reached_is_grey(visit):
    page = drawn(visit("/?facts=radiographs:sclerosis;inflammatory-suspicion:no"))
    settled(page)
    shows(page, "Conservative care")
    onward = "ct-si-joints-without-contrast-to-conservative-care"
    assert ink(page, onward) == ink(page, "mri-si-joints-without-contrast-to-conservative-care")
    assert ink(page, onward) != ink(page, EDGE)
