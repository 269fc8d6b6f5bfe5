"""The app without a mouse: where the keys go, what is said, and a whole walk in few keys."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from driving import click, drawn, settled, shows
from playwright.sync_api import Page, expect

from edgewise.graph.library import load

GUIDELINE = load("sacroiliac-sclerosis").guideline
EDGE = "cooled-rfa-to-si-joint-fusion"
TO_BLOCKS = "radiographs~equivocal+inflammatory-suspicion~no+conservative-months~6+conservative-failed~yes"
_INNERMOST = "let e = document.activeElement; while (e?.shadowRoot?.activeElement) e = e.shadowRoot.activeElement;"
_AT = f"""() => {{ {_INNERMOST} return [e.tagName, e.getAttribute("aria-label") || e.textContent].join(": "); }}"""
ON_ANSWER = f"""() => {{ {_INNERMOST} return e.matches('.st-key-ew-ask :is([role="radio"], input)'); }}"""
RING = f"""() => {{ {_INNERMOST} const ring = getComputedStyle(e); return [ring.outlineStyle, parseFloat(ring.outlineWidth) >= 2]; }}"""
SUSPICION = "() => document.activeElement.closest('[role=radiogroup]')?.ariaLabel.includes('suspect')"


class Keys:
    """A keyboard that counts: each press waits until what it did has been drawn and has the focus."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.count += 1
        settled(self.page)
        self.page.wait_for_timeout(120)  # the focus follows the drawing

    def at(self) -> str:
        return str(self.page.evaluate(_AT))


def opened(visit, path: str = "/", **options) -> tuple[Page, Keys]:
    page = drawn(visit(path, **options))
    settled(page)
    return page, Keys(page)


def said(page: Page, text: str) -> None:
    """What a reader of screens is told last."""
    expect(page.locator(".said")).to_have_text(re.compile(re.escape(text)))


def focused(page: Page, role: str, name: str) -> None:
    expect(page.get_by_role(role, name=name, exact=True).first).to_be_focused()


# ---- beginning -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/?page=imaging", "/?page=evidence", "/?page=audit", "/?page=teach", "/?page=teach&mode=present"])
def test_the_first_stop_skips_header_and_navigation(visit, path: str) -> None:
    page = visit(path)
    page.locator(".ew-notice").wait_for()
    settled(page)
    keys = Keys(page)
    keys.press("Tab")
    assert keys.at() == "A: Skip to main content"
    expect(page.get_by_role("link", name="Skip to main content")).to_be_in_viewport()
    keys.press("Enter")
    assert re.match("H[12]: ", keys.at()), keys.at()
    following = "(e, nav) => Boolean(nav.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING)"
    heading = page.evaluate_handle("document.activeElement")
    assert page.evaluate(f"([e, nav]) => ({following})(e, nav)", [heading, page.locator(".st-key-ew-pages").element_handle()])
    keys.press("Tab")
    assert not page.evaluate("document.querySelector('.st-key-ew-top').contains(document.activeElement)")


def test_the_first_answer_is_within_five_tabs(visit) -> None:
    page, keys = opened(visit)
    keys.press("Tab", "Enter")
    tabs = 1
    while not page.evaluate(ON_ANSWER):
        keys.press("Tab")
        tabs += 1
        assert tabs <= 5, keys.at()
    assert page.evaluate(RING) == ["solid", True]


# ---- a whole walk ----------------------------------------------------------------------------------------------------


def test_a_walk_from_the_presentation_to_fusion_takes_fewer_than_forty_keys(visit) -> None:
    page, keys = opened(visit)
    keys.press("Tab", "Enter")
    while not page.evaluate(ON_ANSWER):
        keys.press("Tab")
    numbers = iter(["6", "85", "88", "2"])
    while page.evaluate(ON_ANSWER):
        if "no inflammatory" in keys.at() or page.evaluate(
            "document.activeElement.closest('[role=radiogroup]')?.ariaLabel?.includes('suspect')"
        ):
            keys.press("ArrowRight")
        keys.press(*([*next(numbers), "Enter"] if keys.at().startswith("INPUT") else ["Space"]))
    focused(page, "heading", "Minimally invasive SI joint fusion")
    said(page, "Now due: SI joint fusion, last resort; no questions open.")
    assert keys.count < 40, f"{keys.count} keys"


def test_each_answer_leads_to_the_next_question_and_says_what_is_due(visit) -> None:
    page, keys = opened(visit, f"/?facts={TO_BLOCKS.rsplit('+', 2)[0]}")
    keys.press("Tab", "Enter", "Tab")
    while not page.evaluate(ON_ANSWER):
        keys.press("Tab")
    keys.press("6", "Enter")
    assert keys.at() == "BUTTON: Yes"
    said(page, "Now due: Conservative care, 3–6 months; 1 question open.")
    keys.press("Space")
    assert keys.at().startswith("INPUT: Relief by diagnostic blocks, 1")
    said(page, "Now due: Diagnostic SI joint injections; 1 question open.")


def test_who_goes_on_by_tab_is_left_where_the_keys_are(visit) -> None:
    """A number that is left by Tab is taken too; the reader then stands on what follows, which is a field being filled in."""
    page, keys = opened(visit, f"/?facts={TO_BLOCKS}+block-relief~85~88")
    fields = page.locator('.st-key-ew-ask input[type="number"]')
    fields.first.focus()
    keys.press("1", "Tab")
    assert page.evaluate(ON_ANSWER), keys.at()


def test_an_answer_by_mouse_gives_the_heading_the_focus_and_opens_no_keyboard(visit) -> None:
    page, _ = opened(visit, f"/?facts={TO_BLOCKS.rsplit('+', 1)[0]}")
    page.locator(".st-key-ew-ask").get_by_role("radio", name="Yes").click()
    focused(page, "heading", "Diagnostic SI joint injections under fluoroscopy")
    said(page, "Now due: Diagnostic SI joint injections; 1 question open.")


# ---- single keys -----------------------------------------------------------------------------------------------------


def test_arrow_keys_walk_along_the_drawing_and_nothing_is_lost_on_quick_ones(visit) -> None:
    page, keys = opened(visit)
    for key, id in (("ArrowRight", "xray-si-joints"), ("ArrowRight", None), ("ArrowDown", None), ("ArrowLeft", "xray-si-joints")):
        keys.press(key)
        if id:
            expect(page).to_have_url(re.compile(f"sel={id}(&|$)"))
            focused(page, "heading", GUIDELINE.steps[id].label)
            said(page, f"Step: {GUIDELINE.steps[id].label}.")
        else:
            assert keys.at().startswith("H2: X-ray SI joints → ")
    for key in ("ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight"):  # faster than a page is drawn
        page.keyboard.press(key)
    focused(page, "heading", "Conservative care for 3–6 months")
    settled(page)
    keys.press("Escape")
    focused(page, "heading", "X-ray of the sacroiliac joints")
    expect(page).not_to_have_url(re.compile("sel="))


def test_u_takes_back_what_was_last_done_also_where_evidence_is_open(visit) -> None:
    page, keys = opened(visit, f"/?facts={TO_BLOCKS}")
    page.get_by_role("button", name="New patient").click()
    expect(page).not_to_have_url(re.compile("facts="))
    settled(page)
    keys.press("ArrowRight")
    expect(page).to_have_url(re.compile("sel=xray"))
    keys.press("u")
    expect(page).to_have_url(re.compile("facts=radiographs"))
    said(page, "Taken back. Now due: Diagnostic SI joint injections; 1 question open.")
    for _ in range(2):  # faster than a page is drawn: none is lost, and none takes back what the other wrote
        page.keyboard.press("Escape")
        page.keyboard.press("u")
    expect(page).to_have_url(re.compile(r"facts=radiographs~equivocal\+inflammatory-suspicion~no(&|$)"))


def test_slash_goes_to_the_field_that_finds_and_escape_comes_back(visit) -> None:
    page, keys = opened(visit)
    keys.press("/")
    assert keys.at().startswith("INPUT"), keys.at()
    keys.press("Escape")
    focused(page, "heading", "X-ray of the sacroiliac joints")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_question_mark_shows_the_keys_and_escape_puts_them_away(visit, scheme) -> None:
    page, keys = opened(visit)
    page.emulate_media(color_scheme=scheme)
    keys.press("Tab", "Enter", "?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog).to_be_visible()
    for told in ("along the drawing", "undo what was last done", "these keys"):
        expect(dialog.get_by_text(told)).to_be_visible()
    keys.press("Escape")
    expect(dialog).to_be_hidden()
    focused(page, "heading", "X-ray of the sacroiliac joints")


def test_single_keys_can_be_turned_off(visit) -> None:
    """WCAG 2.1.4: who speaks to a computer would set them off by accident."""
    page, keys = opened(visit, f"/?facts={TO_BLOCKS}")
    page.get_by_role("button", name="Keys").click()
    page.get_by_role("dialog", name="Keys").get_by_role("checkbox").uncheck()
    page.get_by_role("dialog", name="Keys").get_by_role("button", name="Close").click()
    keys.press("u", "?")
    expect(page).to_have_url(re.compile("conservative-failed~yes"))
    expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()
    page.get_by_role("button", name="Keys").click()
    page.get_by_role("dialog", name="Keys").get_by_role("checkbox").check()


def test_no_key_is_taken_from_what_is_typed(visit) -> None:
    page, keys = opened(visit, f"/?facts={TO_BLOCKS}")
    before = page.url
    keys.press("/")
    page.keyboard.type("u/?")
    assert page.evaluate("document.activeElement.value") == "u/?"
    keys.press("ArrowLeft")
    assert page.url == before
    expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()


# ---- pages -----------------------------------------------------------------------------------------------------------


def test_each_page_has_a_title_a_mark_in_the_navigation_and_the_focus(visit) -> None:
    page, keys = opened(visit)
    for name in ("Imaging", "Evidence", "Audit", "Teach", "Pathway"):
        page.get_by_role("navigation", name="Pages").get_by_role("button", name=name, exact=True).focus()
        keys.press("Enter")
        expect(page).to_have_title(re.compile(rf"{name} · {GUIDELINE.title} · Edgewise$"))
        expect(page.locator('[aria-current="page"]')).to_have_text(name)
        expect(page.locator(":is(h1, h2):focus")).to_have_count(1)
        expect(page.locator(".ew h1")).to_have_count(1)
        said(page, name)


def test_a_mode_of_teaching_has_a_title_too(visit) -> None:
    page = visit("/?page=teach&mode=handout")
    expect(page).to_have_title(f"Hand out · Teach · {GUIDELINE.title} · Edgewise")


def test_a_title_stays_while_evidence_is_looked_at(visit) -> None:
    page, _ = opened(visit)
    click(page, EDGE)
    shows(page, "Marker 7 points to no entry")
    settled(page)
    expect(page).to_have_title(f"Pathway · {GUIDELINE.title} · Edgewise")


@pytest.mark.parametrize("name", ["pathway", "Pathway", "IMAGING", "teach"])
def test_a_page_is_found_by_its_name_however_it_is_typed(visit, name: str) -> None:
    page = visit(f"/?page={name}")
    expect(page.locator('[aria-current="page"]')).to_have_text(name.capitalize())
    assert page.get_by_test_id("stAlert").count() == 0


def test_the_pathway_has_landmarks_and_headings_in_order(visit) -> None:
    page, _ = opened(visit, f"/?facts={TO_BLOCKS}")
    for role, name in (("navigation", "Pages"), ("region", "Drawing"), ("region", "Walk and evidence")):
        expect(page.get_by_role(role, name=name, exact=True)).to_have_count(1)
    expect(page.get_by_role("main")).to_have_count(1)
    levels = [int(level[1]) for level in page.locator(".ew :is(h1, h2, h3, h4)").evaluate_all("(all) => all.map((e) => e.tagName)")]
    assert levels[:2] == [1, 2]
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels


def test_the_browsers_way_back_brings_focus_and_voice_along(visit) -> None:
    page, _ = opened(visit, f"/?facts={TO_BLOCKS}")
    page.get_by_role("button", name="New patient").click()
    said(page, "Now due: X-ray SI joints, X-ray spine; 1 question open.")
    page.go_back()
    said(page, "Now due: Diagnostic SI joint injections; 1 question open.")
    focused(page, "heading", "Diagnostic SI joint injections under fluoroscopy")
    page.get_by_role("button", name="Undo").click()
    expect(page).to_have_url(re.compile("conservative-months~6(&|$)"))
