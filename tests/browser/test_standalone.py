"""The hand-out file opened from disk with the network cut: by mouse, by keyboard, by link, without script, on paper and on a phone."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from driving import CANVAS, click, drawn, place, shows, viewport
from playwright.sync_api import Browser, Locator, Page, expect
from test_hostile import SMALL, Listener, poisoned

from conftest import DESKTOP, PHONE
from edgewise.explorer.cards.named_places import with_places
from edgewise.explorer.handout.html.document import standalone
from edgewise.graph.gaps.search import find_gaps
from edgewise.graph.library import load

GUIDELINE = load("sacroiliac-sclerosis").guideline
FUSION, LAST = "si-joint-fusion", "cooled-rfa-to-si-joint-fusion"

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("stick") / "hand out.html", standalone(GUIDELINE))


def written(path: Path, made: str) -> Path:
    path.write_text(made, "utf-8")
    return path


@pytest.fixture
def faults() -> list[str]:
    return []


@pytest.fixture
def begin(browser: Browser, file: Path, faults: list[str]) -> Iterator[Open]:
    """Opens the file in a fresh profile without network; at the end nothing may have been requested or complained of."""
    contexts = []

    def opened(fragment: str = "", *, at: Path = file, offline: bool = True, before: str = "", **options: object) -> Page:
        context = browser.new_context(**{"viewport": DESKTOP, **options})
        contexts.append(context)
        context.set_offline(offline)
        page = context.new_page()
        page.on("console", lambda message: faults.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: faults.append(f"page error: {error}"))
        page.on("request", lambda request: faults.append(request.url) if request.url.partition("#")[0] != at.as_uri() else None)
        page.add_init_script(before)
        page.goto(at.as_uri() + fragment)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []


def part(page: Page, id: str) -> Locator:
    return page.locator(f'article[id="{id}"]')


def is_open(page: Page, id: str) -> None:
    """One part stands in the panel, that one, and the address names it."""
    expect(part(page, id)).to_be_visible()
    expect(page.locator(".ew-part:visible")).to_have_count(1)
    assert page.evaluate("decodeURIComponent(location.hash)") == f"#{id}"


def title_of(id: str) -> str:
    if id in GUIDELINE.steps:
        return GUIDELINE.steps[id].label
    edge = GUIDELINE.transitions[id]
    return f"{GUIDELINE.steps[edge.source].name} → {GUIDELINE.steps[edge.target].name}"


# ---- mouse -----------------------------------------------------------------------------------------------------------


def test_a_click_on_any_step_or_edge_shows_its_evidence_and_moves_nothing(begin):
    page = drawn(begin())
    before = viewport(page)
    for id in (*GUIDELINE.steps, *GUIDELINE.transitions):
        click(page, id)
        is_open(page, id)
        expect(part(page, id).get_by_role("heading", level=2)).to_have_text(title_of(id))
        behind = GUIDELINE.steps[id].described_by if id in GUIDELINE.steps else GUIDELINE.transitions[id].justified_by
        for statement in map(GUIDELINE.passage, behind[:1]):
            shows(page, statement.text[:60])
            shows(page, str(statement.place))
        expect(page.locator(CANVAS)).to_have_attribute("data-selected", id)
    assert viewport(page) == before


def test_the_bare_ground_leads_back_to_the_overview(begin):
    page = drawn(begin(f"#{LAST}"))
    box = page.locator(f"{CANVAS} .ew-stage").bounding_box()
    page.mouse.click(box["x"] + 20, box["y"] + box["height"] - 20)
    expect(page.get_by_role("heading", name="Steps and edges")).to_be_visible()
    expect(page.locator(".ew-part:visible")).to_have_count(0)


def test_the_legend_hides_edges_and_brings_them_back(begin):
    page = drawn(begin())
    button = page.get_by_role("button", name=re.compile("broken marker"))
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    assert page.locator(CANVAS).evaluate("(canvas, id) => canvas.edgewise.positionOf(id)", LAST) is None
    click(page, FUSION)
    is_open(page, FUSION)
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    assert place(page, LAST)


# ---- keyboard --------------------------------------------------------------------------------------------------------


def here(page: Page) -> str:
    return str(page.evaluate("decodeURIComponent(location.hash.slice(1))"))


def test_arrow_keys_lead_from_the_start_to_fusion_and_back(begin):
    page = drawn(begin())
    page.keyboard.press("ArrowRight")
    is_open(page, "presentation")
    way = ["xray-si-joints", "conservative-care", "diagnostic-injections", "cooled-rfa", FUSION]
    for step in way:
        page.keyboard.press("ArrowRight")
        for _ in GUIDELINE.transitions:
            if GUIDELINE.transitions[here(page)].target == step:
                break
            page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowRight")
        is_open(page, step)
    expect(page.locator(":focus")).to_have_text(title_of(FUSION))
    expect(page.get_by_role("status")).to_contain_text(f"Step: {title_of(FUSION)}. Evidence:")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("status")).to_have_text("No way leads on from here.")
    page.keyboard.press("ArrowLeft")
    is_open(page, LAST)
    page.keyboard.press("ArrowLeft")
    is_open(page, "cooled-rfa")
    page.keyboard.press("Escape")
    expect(page.locator(".ew-part:visible")).to_have_count(0)
    expect(page.locator(":focus")).to_have_text("Steps and edges")


def test_back_along_the_way_one_came_where_several_lead_to_a_step(begin):
    edges = [edge for edge in GUIDELINE.transitions.values() if edge.target == "conservative-care"]
    assert len(edges) > 1
    page = drawn(begin())
    for edge in edges:
        page.evaluate("(id) => { location.hash = id; }", edge.id)
        is_open(page, edge.id)
        page.keyboard.press("ArrowRight")
        is_open(page, "conservative-care")
        page.keyboard.press("ArrowLeft")
        is_open(page, edge.id)


def test_up_and_down_go_round_all_edges_of_a_step(begin):
    leaving = [edge.id for edge in GUIDELINE.transitions.values() if edge.source == "xray-si-joints"]
    page = drawn(begin(f"#{leaving[0]}"))
    for id in (*leaving[1:], leaving[0]):
        page.keyboard.press("ArrowDown")
        is_open(page, id)
    page.keyboard.press("ArrowUp")
    is_open(page, leaving[-1])


def test_every_part_is_reached_by_tab_and_enter(begin):
    page = drawn(begin())
    links = page.get_by_role("navigation", name="Steps and edges").get_by_role("link")
    assert links.count() == len(GUIDELINE.steps) + len(GUIDELINE.transitions)
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to steps and edges")
    page.keyboard.press("Enter")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('href')") == f"#{LAST}":
            break
    page.keyboard.press("Enter")
    is_open(page, LAST)
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text(GUIDELINE.steps["cooled-rfa"].name)
    assert page.locator(":focus").evaluate("(link) => getComputedStyle(link).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    is_open(page, "cooled-rfa")


def test_keys_with_modifiers_stay_the_browsers(begin):
    page = drawn(begin(f"#{FUSION}"))
    for keys in ("Shift+ArrowLeft", "Control+ArrowRight", "Meta+ArrowUp"):
        page.keyboard.press(keys)
        assert here(page) == FUSION


# ---- address ---------------------------------------------------------------------------------------------------------


def test_a_link_opens_its_part_and_back_and_reload_keep_it(begin):
    page = drawn(begin(f"#{LAST}"))
    is_open(page, LAST)
    part(page, LAST).get_by_role("link", name=GUIDELINE.steps[FUSION].name).click()
    is_open(page, FUSION)
    page.go_back()
    is_open(page, LAST)
    page.go_forward()
    is_open(page, FUSION)
    page.reload()
    drawn(page)
    is_open(page, FUSION)
    expect(page).to_have_title(f"{title_of(FUSION)} – {GUIDELINE.title}")


def test_on_a_phone_a_link_and_a_reload_bring_the_part_itself_into_sight(begin):
    page = drawn(begin(f"#{LAST}", viewport=PHONE))
    edge = "document.querySelector('.ew-{}').getBoundingClientRect()"
    free = f"() => {edge.format('top')}.bottom <= {edge.format('up')}.top + 1"
    for _ in range(2):
        expect(part(page, LAST).get_by_role("heading", level=2)).to_be_in_viewport(ratio=1)
        page.wait_for_function(free)
        page.reload()


@pytest.mark.parametrize("fragment", ["#no-such-step", "#%E0%A4%A", "#<img src=x onerror=alert(1)>", "#constructor", "#_overview", "#"])
def test_an_address_that_names_no_part_shows_the_overview(begin, fragment):
    page = drawn(begin(fragment))
    expect(page.get_by_role("heading", name="Steps and edges")).to_be_visible()
    expect(page.locator(".ew-part:visible")).to_have_count(0)


def test_sections_of_the_overview_have_addresses_too(begin):
    page = drawn(begin("#_references"))
    expect(page.get_by_role("heading", name="References")).to_be_in_viewport()
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollHeight") == DESKTOP["height"], "the columns scroll, not the page"
    click(page, FUSION)
    page.get_by_role("link", name="← Overview").click()
    page.get_by_role("link", name="Ratings", exact=True).click()
    expect(page.get_by_role("heading", name="Ratings")).to_be_in_viewport()


# ---- without script, without canvas, on paper -----------------------------------------------------------------------


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


# ---- sight -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_source_date_review_and_disclaimer_stay_in_sight(begin, size):
    page = drawn(begin(f"#{LAST}", viewport=size))
    page.mouse.move(size["width"] - 60, 400)
    page.mouse.wheel(0, 900)
    page.wait_for_timeout(200)
    for text in (
        GUIDELINE.title,
        GUIDELINE.question,
        "For education.",
        f"updated {GUIDELINE.updated}, pending human review",
        GUIDELINE.disclaimer,
    ):
        expect(page.get_by_text(text).filter(visible=True).first).to_be_in_viewport(ratio=1)


def test_a_phone_is_wide_enough(begin):
    page = drawn(begin(viewport=PHONE))
    for id in ("", *GUIDELINE.steps, *GUIDELINE.transitions):
        page.evaluate("(id) => { location.hash = id; }", id)
        if id:
            is_open(page, id)
            expect(part(page, id).get_by_role("heading", level=2)).to_be_in_viewport()
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    page.get_by_role("button", name="↑ Drawing").click()
    click(page, "conservative-care")
    is_open(page, "conservative-care")
    expect(part(page, "conservative-care").get_by_role("heading", level=2)).to_be_in_viewport()


def test_dark_and_light_follow_the_reader_at_once(begin):
    page = drawn(begin(color_scheme="light"))
    line = page.locator(f'{CANVAS} [data-state="broken"] line')
    light = page.evaluate("getComputedStyle(document.body).backgroundColor"), line.get_attribute("stroke")
    page.emulate_media(color_scheme="dark")
    expect(line).not_to_have_attribute("stroke", light[1])
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light[0]
    expect(page.locator(f"{CANVAS} .ew-stage")).to_have_css("background-color", "rgb(14, 17, 23)")


# ---- a hostile guideline ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    listener = Listener()
    yield listener
    listener.socket.close()


def test_a_hostile_guideline_is_inert_even_with_a_network(begin, listener, tmp_path):
    with socket.create_connection(("127.0.0.1", listener.port)) as connection:
        connection.sendall(b"control")
    while not listener.knocks:
        pass
    assert listener.knocks.pop() == b"control"
    plain = yaml.load(SMALL.read_text("utf-8"), Loader=yaml.BaseLoader)  # texts only
    source = written(tmp_path / "guideline.yaml", yaml.safe_dump(poisoned(plain, listener.port), allow_unicode=True, sort_keys=False))
    guideline = load(str(source)).guideline
    page = drawn(begin(at=written(tmp_path / "hostile.html", standalone(guideline)), offline=False))
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    for id in (*guideline.steps, *guideline.transitions):
        page.evaluate("(id) => { location.hash = id; }", id)
        is_open(page, id)
        expect(part(page, id).get_by_text("<img src=").first).to_be_visible()
        if page.locator(CANVAS).evaluate("(canvas, id) => canvas.edgewise.positionOf(id)", id):
            point = place(page, id)
            page.mouse.move(point["x"] + 1, point["y"] + 1)
    assert page.locator("img, iframe, object, embed, [onerror], [onload], [style*='127.0.0.1']").count() == 0
    assert "owned" not in (page.title(), page.evaluate("document.title"))
    assert page.evaluate("[...document.scripts].length") == 2
    assert dialogs == []
    assert listener.knocks == []


def test_the_policy_would_stop_what_escaping_let_through(begin, faults, listener):
    page = drawn(begin(offline=False))
    stopped = page.evaluate(
        """(port) => new Promise((done) => {
          const stopped = [];
          document.addEventListener("securitypolicyviolation", (event) => stopped.push(event.effectiveDirective));
          const script = document.createElement("script"), image = document.createElement("img"), style = document.createElement("style");
          script.textContent = "document.title = 'owned'";
          style.textContent = "body { display: none }";
          image.src = `http://127.0.0.1:${port}/x`;
          document.body.append(script, image, style);
          setTimeout(() => done(stopped.sort()), 500);
        })""",
        listener.port,
    )
    assert stopped == ["img-src", "script-src-elem", "style-src-elem"]
    assert page.title() != "owned"
    assert listener.knocks == []
    faults.clear()


def test_where_the_source_is_silent_the_drawing_says_so_and_leads_to_the_gaps(begin):
    page = drawn(begin())
    silent = {row.step for row in find_gaps(GUIDELINE).rows if row.kind in ("gap", "dead-end")}
    assert silent
    for step in silent:
        click(page, f"ghost:{step}")
        is_open(page, step)
        expect(part(page, step).get_by_role("heading", name="What the source leaves open here")).to_be_in_viewport()
    for step in set(GUIDELINE.steps) - silent:
        assert page.locator(CANVAS).evaluate("(canvas, id) => canvas.edgewise.positionOf(id)", f"ghost:{step}") is None
