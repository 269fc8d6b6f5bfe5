"""The small guideline of docs/model.md is built on the Build page, by mouse and by keyboard alone, to the same walk."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest
from axe import faults
from building import Keyboard, Mouse
from driving import CANVAS, bears, drawn, place, settled
from playwright.sync_api import Page

from conftest import Opener, serving
from edgewise.explorer.cards.wording import cut_words
from edgewise.graph.drafting.drafts import DRAFTS, Drafts
from edgewise.graph.library import load_content
from edgewise.graph.model import Guideline
from edgewise.graph.walking.facts import Facts
from edgewise.graph.walking.walk import walk
from tests.places import ROOT


def _written() -> str:
    return re.search(r"```yaml\n(.*?)```", (ROOT / "docs" / "model.md").read_text("utf-8"), re.DOTALL)[1]  # type: ignore[index]


def _beginning() -> str:
    """The draft as it is when the article was read: statements with what they cite, nothing else."""
    text = _written()
    return "id: untitled\ndraft: true\nlanguage: en\n" + text[text.index("statements:") :]


@pytest.fixture(scope="module")
def drafts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drafts]:
    with pytest.MonkeyPatch.context() as patch:
        file = tmp_path_factory.mktemp("drafts") / "drafts.sqlite"
        patch.setenv(DRAFTS, str(file))
        yield Drafts(file)


@pytest.fixture(scope="module")
def desk(drafts: Drafts) -> Iterator[str]:
    with serving(str(Path(ROOT, "guidelines", "ottawa-ankle"))) as address:
        yield address


def _open(visit: Opener, desk: str, drafts: Drafts, text: str, at: str = "") -> tuple[Page, str]:
    draft = drafts.create(text, None, "A sore throat")
    page = visit(f"/?page=build&g=draft.{draft.id}" + (f"&at={at}" if at else ""), at=desk, viewport=TALL)
    page.get_by_role("radio", name="Drawing").wait_for()
    settled(page)
    return page, draft.id


def _question(hands: Mouse, label: str, question: str) -> None:
    hands.press("A new question that it finds out")
    hands.write("What is asked for, in a word or two", label)
    hands.write("The question", question)
    hands.press("Add the question")


def _ask(hands: Mouse, label: str, answer: str, passage: str = "") -> None:
    hands.choose("What is asked", label)
    hands.pick(answer)
    if passage:
        hands.choose("Passages that state it", passage)
        hands.pick("The source says so")
    hands.press("Set the condition")


SWAB = "swab, bullet 1: Fever without cough is a reason for a swab within a day; without fever none is taken."
_TREATED = "A positive swab is treated with 500 mg of penicillin every 12 hours, unless there is an allergy."
TREATED = f"treatment, sentence 1: {cut_words(_TREATED, 90)}"


def _edge(hands: Mouse, target: str, when: str, passage: str) -> None:
    hands.choose(f"An edge from {hands.page.locator('.st-key-ew-build-part h2').inner_text()} to", target)
    hands.press("Draw the edge")
    _named(hands, when, passage)


def _named(hands: Mouse, when: str, passage: str) -> None:
    hands.write("When, in a few words", when)
    hands.pick("The source says so" if passage else "My reading")
    if passage:
        hands.choose("Statements that say so", passage)
    else:
        hands.write("Why I read it so", "The source presumes it.")
    hands.press("Keep the edge")


def _step(hands: Mouse, name: str, kind: str, lane: str) -> None:
    hands.write("New step", name)
    hands.choose("Kind", kind)
    hands.choose("Lane", lane)
    hands.press("Add the step")


def _build(hands: Mouse, first_edge: Callable[[], None]) -> None:
    hands.view("List")
    for lane in ("Meeting", "Acting"):
        hands.write("New lane", lane)
        hands.press("Add the lane")
    for name, kind, lane in (
        ("Sore throat", "Where it begins", "Meeting"),
        ("No swab", "End", "Acting"),
        ("Penicillin", "Treatment", "Acting"),
        ("Swab", "Test or question", "Acting"),
        ("Look and ask", "Test or question", "Meeting"),
    ):
        _step(hands, name, kind, lane)
    _question(hands, "Fever", "Is there a fever?")
    _question(hands, "Cough", "Is there a cough?")
    first_edge()
    _named(hands, "everybody", "")
    hands.press("To: Look and ask")
    _edge(hands, "Swab", "fever without cough", SWAB)
    hands.press("Set a condition")
    _ask(hands, "Fever", "Yes")
    hands.press("And …")
    _ask(hands, "Cough", "No", SWAB)
    hands.press("From: Look and ask")
    _edge(hands, "No swab", "no fever", SWAB)
    hands.press("Set a condition")
    _ask(hands, "Fever", "No", SWAB)
    hands.press("To: No swab")
    hands.choose("It ends here because", "Discharge")
    hands.press("Keep the step")
    hands.press("Swab")
    _question(hands, "Germ", "Does the swab grow streptococci?")
    _edge(hands, "Penicillin", "swab positive", TREATED)
    hands.press("Set a condition")
    _ask(hands, "Germ", "Yes", TREATED)
    hands.press("To: Penicillin")
    hands.press("Set a condition")
    hands.choose("What is asked", "A new question …")
    hands.write("What is asked for, in a word or two", "Allergy")
    hands.write("The question", "Is there an allergy to penicillin?")
    hands.press("Add the question")
    hands.pick("Yes")
    hands.press("Set the condition")


def _patients() -> list[dict[str, str]]:
    asked = ("fever", "cough", "germ", "allergy")
    return [{id: value for id, value in zip(asked, values, strict=True) if value} for values in product(("yes", "no", ""), repeat=4)]


def _outcome(guideline: Guideline, facts: Facts) -> tuple[object, ...]:
    walked = walk(guideline, {**facts, **({"age": Decimal(30)} if "age" in guideline.observables else {})})  # type: ignore[dict-item]
    named = [[guideline.steps[id].label for id in ids] for ids in (walked.path, walked.due, walked.silent_at)]
    return tuple(map(tuple, named))


def _same_walk(drafts: Drafts, id: str) -> None:
    built = load_content(drafts.open(id).text.encode(), "draft", "yaml").guideline
    written = load_content(_written().encode(), "docs", "yaml").guideline
    for facts in _patients():
        assert _outcome(built, facts) == _outcome(written, facts), facts


def test_the_small_guideline_is_built_by_mouse_with_an_edge_drawn_on_the_canvas(visit: Opener, desk: str, drafts: Drafts) -> None:
    page, id = _open(visit, desk, drafts, _beginning())
    hands = Mouse(page)

    def draw() -> None:
        hands.view("Drawing")
        drawn(page)
        start = place(page, "sore-throat")
        page.mouse.click(start["x"], start["y"])
        bears(page, "at=sore-throat")
        settled(page)
        _drag(page, page.locator(CANVAS).evaluate("(element) => element.edgewise.gripOf()"), place(page, "look-and-ask"))
        bears(page, "at=sore-throat-to-look-and-ask")
        settled(page)
        hands.view("List")

    _build(hands, draw)
    _same_walk(drafts, id)


def test_the_small_guideline_is_built_by_keyboard_alone(visit: Opener, desk: str, drafts: Drafts) -> None:
    page, id = _open(visit, desk, drafts, _beginning())
    hands = Keyboard(page)

    def draw() -> None:
        hands.press("Sore throat")
        hands.choose("An edge from Sore throat to", "Look and ask")
        hands.press("Draw the edge")

    _build(hands, draw)
    _same_walk(drafts, id)


def test_a_dose_is_written_by_keyboard_alone_and_its_fault_has_the_width_of_the_form(visit: Opener, desk: str, drafts: Drafts) -> None:
    page, id = _open(visit, desk, drafts, DRAFT, at="swab")
    hands = Keyboard(page)
    hands.view("List")
    hands.press("Add a component")
    hands.write("What it is", "Cotton")
    hands.press("Add a component")
    hands.press("Add a dose")
    hands.write("Amount", "500")
    hands.write("Again every", "12 hours")
    hands.press("Add a dose")
    fault = page.get_by_role("alert").filter(has_text="Say in which unit.")
    fault.wait_for()
    field, told = page.get_by_label("Amount", exact=True).last.bounding_box(), fault.bounding_box()
    assert field
    assert told
    assert told["y"] >= field["y"] + field["height"]
    assert told["width"] > 2 * field["width"]
    hands.reach(page.get_by_role("combobox", name="Unit").last)
    page.keyboard.type("mg")
    page.get_by_role("option", name="mg", exact=True).first.wait_for()
    page.keyboard.press("Enter")
    hands.press("Add a dose")
    page.get_by_role("button", name="500 mg every 12 hours [the modeller's dose, no passage]").first.wait_for()
    assert "dose: {amount: 500, unit: mg, per: 12 h}" in drafts.open(id).text.replace("[{amount", "{amount")


def _drag(page: Page, start: dict[str, float], end: dict[str, float]) -> None:
    page.mouse.move(start["x"], start["y"])
    page.mouse.down()
    page.mouse.move((start["x"] + end["x"]) / 2, (start["y"] + end["y"]) / 2, steps=4)
    page.mouse.move(end["x"], end["y"], steps=4)
    page.mouse.up()


TALL = {"width": 1280, "height": 1000}
DRAFT = "draft: true\n" + _written()


def test_a_step_is_carried_into_another_lane_and_a_double_click_adds_one(visit: Opener, desk: str, drafts: Drafts) -> None:
    page, id = _open(visit, desk, drafts, DRAFT, at="look")
    drawn(page)
    look, swab = place(page, "look"), place(page, "swab")
    _drag(page, {"x": look["x"] - 20, "y": look["y"]}, swab)
    settled(page)
    assert drafts.open(id).undoable == "Step “Look and ask” moved into the lane “Acting”"
    box = page.locator(CANVAS).bounding_box()
    assert box
    throat = place(page, "throat")
    page.mouse.dblclick(box["x"] + box["width"] - 20, throat["y"])
    bears(page, "at=new-step")
    settled(page)
    assert "phase: meet" in drafts.open(id).text.partition("id: new-step")[2].partition("}")[0]


def test_the_next_step_clicked_is_the_end_of_an_edge_that_was_begun_by_a_button(visit: Opener, desk: str, drafts: Drafts) -> None:
    page, id = _open(visit, desk, drafts, DRAFT, at="home")
    drawn(page)
    Mouse(page).press("Draw an edge from here in the drawing")
    page.locator(CANVAS).scroll_into_view_if_needed()
    there = place(page, "swab")
    page.mouse.click(there["x"], there["y"])
    bears(page, "at=home-to-swab")
    settled(page)
    assert drafts.open(id).undoable == "Edge No swab → Swab drawn"


def test_a_selection_never_builds_the_network_anew(visit: Opener, desk: str, drafts: Drafts) -> None:
    page, _ = _open(visit, desk, drafts, DRAFT)
    drawn(page)
    page.locator(CANVAS).evaluate("(element) => { globalThis.paper = element.querySelector('canvas'); }")
    for id in ("swab", "t2", "home"):
        there = place(page, id)
        page.mouse.click(there["x"], there["y"])
        bears(page, f"at={id}")
        settled(page)
    assert page.evaluate("() => globalThis.paper.isConnected")


@pytest.mark.parametrize("at", ["look", "t2", "fever", "meet", "r1", ""])
def test_the_forms_can_be_used_by_everybody(visit: Opener, desk: str, drafts: Drafts, at: str) -> None:
    page, _ = _open(visit, desk, drafts, DRAFT, at=at)
    if not at:
        Mouse(page).view("About the guideline")
    else:
        Mouse(page).view("List")
    found = faults(page)
    assert not found, "\n".join(found)
