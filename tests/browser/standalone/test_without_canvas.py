"""The file without script, without canvas, and on paper."""

from __future__ import annotations

from alone import FUSION, GUIDELINE, LAST, is_open, part
from driving import CANVAS, drawn
from playwright.sync_api import expect

from edgewise.explorer.cards.named_places import with_places


def test_without_script_it_is_a_plain_document_with_everything_in_it(begin):
    page = begin(java_script_enabled=False)
    words = " ".join(page.locator("body").text_content().split())
    for statement in (*GUIDELINE.statements.values(), *GUIDELINE.headings.values(), *GUIDELINE.notes.values()):
        assert " ".join(with_places(GUIDELINE, statement.text).split()) in words
    for id in (*GUIDELINE.steps, *GUIDELINE.transitions):
        expect(part(page, id)).to_be_visible()
    expect(page.locator(CANVAS)).to_have_count(0)
    page.locator(f'.ew-svg a[href="#{FUSION}"]').click()
    expect(part(page, FUSION).get_by_role("heading", level=2)).to_be_in_viewport()
    expect(page.get_by_role("link", name="← Overview")).to_be_hidden()


def test_where_the_canvas_fails_picture_and_list_take_its_place(begin, faults):
    page = begin(before="HTMLCanvasElement.prototype.getContext = () => null;")
    expect(page.locator(".ew-svg")).to_be_visible(timeout=10_000)
    page.locator(f'.ew-svg a[href="#{FUSION}"]').click()
    is_open(page, FUSION)
    assert faults, "the canvas was to fail"
    faults.clear()


def test_on_paper_the_whole_document_is_printed_and_from_a_part_that_part_alone(begin):
    page = drawn(begin(color_scheme="dark"))
    page.emulate_media(media="print")
    expect(page.locator(".ew-part:visible")).to_have_count(len(GUIDELINE.steps) + len(GUIDELINE.transitions))
    expect(page.locator(".ew-svg")).to_be_visible()
    expect(page.locator(".ew-canvas")).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.evaluate("(id) => { location.hash = id; }", LAST)
    is_open(page, LAST)
    expect(page.get_by_text(GUIDELINE.disclaimer).filter(visible=True)).to_have_count(1)
    hidden = part(page, LAST).get_by_text("step 2, bullet 3", exact=True)
    assert hidden.evaluate("(chip) => chip.checkVisibility({contentVisibilityAuto: true})"), "what is folded on screen is open on paper"
