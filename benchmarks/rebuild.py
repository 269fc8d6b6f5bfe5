"""The goal of the Build page: the first guideline rebuilt from its article by clicking, by a robot that does what a newcomer would.

    uv run python benchmarks/rebuild.py ARTICLE [--show]

ARTICLE is the article's text, which is no part of this repository. The robot begins with it, makes every statement out of its sentence,
then the questions, lanes, steps and edges with their conditions, all through the forms that a person sees, and never sees a line of YAML.
Printed are how often it clicked, how much it typed, how long that took, and whether the walk of what it built is that of the shipped
guideline for every patient of the walk table. Passages that are headings are left out: the forms make statements of sentences.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from browsing import chromium
from driving import WATCH, settled
from playwright.sync_api import Locator, Page
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from serving import ROOT, edgewise, free_port, served

from edgewise.citations.reading.article import read_article_text
from edgewise.explorer.pages.build.forms.comparing import LOOKS, WAYS
from edgewise.explorer.pages.build.forms.edges import ROLES
from edgewise.explorer.pages.build.forms.observables import ANSWERS
from edgewise.explorer.pages.build.forms.steps import ENDS, KINDS, kind_of
from edgewise.explorer.pages.build.statement_form import KINDS as STATEMENTS
from edgewise.graph.drafting.drafts import DRAFTS, Drafts
from edgewise.graph.library import load, load_content
from edgewise.graph.model import Guideline
from edgewise.graph.walking.facts import parse_facts
from edgewise.graph.walking.walk import walk

ID = "sacroiliac-sclerosis"
_OPENED = 5  # times that one opens a list before one gives it up
FIRST = ROOT / "guidelines" / ID / "guideline.yaml"
TABLE = ROOT / "tests" / "data" / "walk-table.yaml"
Data = Mapping[str, Any]
CLOSED = """() => !document.querySelector('[role="listbox"], [data-testid*="VirtualDropdown"]')"""


@dataclass
class Robot:
    """Hands that count what they do."""

    page: Page
    clicks: int = 0
    typed: int = 0
    names: dict[str, str] = field(default_factory=dict)  # id in the shipped guideline → what it is called

    def click(self, what: Locator, *, wait: bool = True) -> None:
        what.click()
        self.clicks += 1
        if wait:
            settled(self.page)

    def button(self, name: str, *, exact: bool = True) -> None:
        self.click(self.page.get_by_role("button", name=name, exact=exact).first)

    def type(self, label: str, text: str, within: Locator | None = None) -> None:
        """Into the field of that label; a form sends it with the rest."""
        if text:
            (within or self.page).get_by_role("textbox", name=label, exact=True).first.fill(text)
            self.typed += len(text)

    def choose(self, label: str, option: str) -> None:
        """One of a list, of which only the beginning is in sight: how it begins is typed."""
        place = self.page.get_by_role("combobox", name=label).first
        wanted = self.page.get_by_role("option", name=option, exact=True).first
        for _ in range(_OPENED):
            self.click(place, wait=False)
            place.fill(option[:40])
            self.typed += len(option[:40])
            try:
                wanted.wait_for(timeout=6_000)
                break
            except PlaywrightTimeout:  # opened while the page was still drawn, it was shut again: one presses once more, and it counts
                self.page.keyboard.press("Escape")
        self.click(wanted)

    def several(self, label: str, options: Iterable[str]) -> None:
        """Some of a list, each found by typing how it begins."""
        for option in options:
            place = self.page.get_by_role("combobox", name=label).first
            place.click()
            place.fill(option)
            self.typed += len(option)
            self.click(self.page.get_by_role("option").filter(has_text=option).first)
            self.clicks += 1
            self.page.keyboard.press("Tab")
            self.page.wait_for_function(CLOSED)

    def pick(self, option: str) -> None:
        """One of a few that are all in sight."""
        self.click(self.page.get_by_text(option, exact=True).locator("visible=true").last)

    def view(self, name: str) -> None:
        self.click(self.page.get_by_role("radio", name=name, exact=True).or_(self.page.get_by_role("button", name=name, exact=True)).first)

    def said(self, ids: Iterable[str]) -> list[str]:
        """How statements begin, by their ids in the shipped guideline; headings are none."""
        return [self.names[id][:40] for id in ids if id in self.names]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("article", type=Path)
    arguments.add_argument("--show", action="store_true", help="tell every part as it is made")
    asked = arguments.parse_args()
    wanted: Data = yaml.load(FIRST.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    with tempfile.TemporaryDirectory() as folder:
        kept, port = Path(folder, "drafts.sqlite"), free_port()
        os.environ[DRAFTS] = str(kept)  # the server that is started inherits it
        with served(edgewise(port), port), chromium() as browser:
            page = browser.new_page(viewport={"width": 1500, "height": 1000})
            page.add_init_script(f"({WATCH})()")
            page.set_default_timeout(60_000)
            began = time.monotonic()
            robot = Robot(page)
            build(robot, f"http://127.0.0.1:{port}", asked.article.read_text(encoding="utf-8"), wanted, show=asked.show)
            seconds = time.monotonic() - began
        (held,) = Drafts(kept).list()
        text = Drafts(kept).open(held.id).text
    made = load_content(text.encode(), "rebuilt", "yaml").guideline
    print(f"{robot.clicks} clicks and {robot.typed} characters in {seconds / 60:.1f} minutes")
    print(f"{len(made.steps)} steps, {len(made.transitions)} edges, {len(made.observables)} questions, {len(made.statements)} statements")
    cited = sum(len(one.citations) for one in made.statements.values())
    print(f"{cited} citations; the shipped one has {sum(len(one.citations) for one in load(ID).guideline.statements.values())}")
    same, parted = compared(load(ID).guideline, made)
    print(f"the walk is the same for {same} of {same + len(parted)} patients of the walk table", *parted, sep="\n  ")


def build(robot: Robot, address: str, article: str, wanted: Data, *, show: bool) -> None:
    robot.page.goto(f"{address}/?page=build")
    robot.type("Or its text, pasted", article)
    robot.button("Begin with this text")
    robot.page.get_by_role("textbox", name="Search the article").wait_for()
    settled(robot.page)
    sentences = {one.fingerprint: one.index for one in read_article_text(article, "pasted.txt", "text").sentences}
    told = print if show else lambda _: None
    for one in wanted["statements"]:
        told(f"statement {one['id']}")
        statement(robot, one, sentences[one["fingerprint"]])
    robot.view("Questions")
    for one in wanted["observables"]:
        told(f"question {one['id']}")
        question(robot, one)
    robot.view("List")
    for one in wanted["phases"]:
        told(f"lane {one['id']}")
        lane(robot, one)
    for one in wanted["steps"]:
        told(f"step {one['id']}")
        step(robot, one)
    for one in wanted["transitions"]:
        told(f"edge {one['id']}")
        edge(robot, one, wanted)


def statement(robot: Robot, one: Data, index: int) -> None:
    robot.click(robot.page.locator(f'[data-ew-pick="{index}"] button'))
    robot.choose("Kind", STATEMENTS[one["kind"]])
    robot.type("In your own words", one["text"])
    robot.button("Make the statement")
    robot.names[one["id"]] = one["text"]
    robot.button("Close")


def question(robot: Robot, one: Data) -> None:
    within = robot.page.locator(".st-key-ew-build-middle")
    if not within.get_by_role("textbox", name="The question", exact=True).first.is_visible():
        robot.click(within.get_by_text("A new question", exact=True))
    robot.pick(ANSWERS[one["valueType"]])
    robot.type("What is asked for, in a word or two", one["label"])
    robot.type("The question", one["question"])
    robot.type("The choices, one a line", "\n".join(choice["label"] for choice in one.get("choices", [])))
    if one.get("unit"):
        unit(robot, one["unit"])
    robot.type("Least that is possible", one.get("min", ""))
    robot.type("Most that is possible", one.get("max", ""))
    marks = {"repeated": "Several answers, one an occasion", "accrues": "Waiting only makes it grow"}
    marks |= {
        "openEnded": "The series may go on beyond what is asked for",
        "amendable": "An answer that does not fit can still be made good",
    }
    if any(one.get(key) == "true" for key in marks):
        robot.click(within.get_by_text("More", exact=True).first)
        for key, label in marks.items():
            if one.get(key) == "true":
                robot.click(within.get_by_text(label, exact=True).first, wait=False)
    robot.button("Add the question")
    robot.names[one["id"]] = one["label"]
    robot.button("Close")


def unit(robot: Robot, code: str) -> None:
    place = robot.page.get_by_role("combobox", name="Unit").first
    place.click()
    place.fill(code)
    robot.typed += len(code)
    robot.page.keyboard.press("Enter")
    robot.clicks += 1


def lane(robot: Robot, one: Data) -> None:
    robot.type("New lane", one["label"])
    robot.button("Add the lane")
    robot.names[one["id"]] = one["label"]
    if robot.page.get_by_role("button", name="Close", exact=True).count():
        robot.button("Close")


def step(robot: Robot, one: Data) -> None:
    robot.type("New step", one["label"])
    robot.choose("Kind", KINDS[kind_of(one)])
    robot.choose("Lane", robot.names[one["phase"]])
    robot.button("Add the step")
    robot.type("Summary: what is done, in a sentence or two", one["summary"])
    if one.get("yields") and kind_of(one) != "Endpoint":
        robot.several("What it finds out", [robot.names[id] for id in one["yields"]])
    if one.get("endpoint"):
        robot.choose("It ends here because", ENDS[one["endpoint"]])
    robot.several("Statements behind it", robot.said(one.get("describedBy", [])))
    if one.get("companionOf"):
        robot.click(robot.page.locator(".st-key-ew-build-part").get_by_text("More", exact=True).first)
        robot.choose("Goes along with", robot.names[one["companionOf"]])
    robot.button("Keep the step")
    robot.names[one["id"]] = one["label"]
    robot.button("Close")


def edge(robot: Robot, one: Data, wanted: Data) -> None:
    source, target = robot.names[one["from"]], robot.names[one["to"]]
    robot.button(source)
    robot.choose(f"An edge from {source} to", target)
    robot.button("Draw the edge")
    robot.type("When, in a few words", one["label"])
    robot.pick("The source says so" if one["statedBy"] == "source" else "My reading")
    robot.several("Statements that say so", robot.said(one.get("justifiedBy", [])))
    robot.type("Why I read it so", one.get("note", ""))
    if one.get("role"):
        robot.click(robot.page.locator(".st-key-ew-build-part").get_by_text("More", exact=True).first)
        robot.choose("What it means", ROLES[one["role"]])
    robot.button("Keep the edge")
    if one.get("when"):
        condition(robot, one["when"], {o["id"]: o for o in wanted["observables"]})
    robot.button("Close")


def condition(robot: Robot, when: Data, asked: Mapping[str, Data]) -> None:
    """Groups that stand within others come last: their second part is set beside their first."""
    parts = sorted(when["all"], key=lambda part: "any" in part) if "all" in when else [when]
    for number, part in enumerate(parts):
        first, *others = part.get("any", [part])
        robot.button("Set a condition" if number == 0 else "And …" if number == 1 else "Add a part")
        comparison(robot, first, asked)
        for other in others:
            robot.click(
                robot.page.locator('[class*="st-key-ew-build-condition"]')
                .get_by_role("button")
                .filter(has_text=asked[first["observable"]]["label"])
                .last
            )
            robot.button("Or …")
            comparison(robot, other, asked)


def comparison(robot: Robot, part: Data, asked: Mapping[str, Data]) -> None:
    observable = asked[part["observable"]]
    robot.choose("What is asked", observable["label"])
    bounds = [key for key in ("atLeast", "moreThan", "atMost", "lessThan") if key in part]
    if bounds:
        way = next(way for way in WAYS.values() if sorted(way.keys) == sorted(bounds))
        if way.label != "at least":
            robot.choose("Comparison", way.label)
        robot.type("Number", part[bounds[0]])
        if len(bounds) > 1:
            robot.type("and", part[bounds[1]])
    if part.get("is") == "no":
        robot.pick("No")
    if "oneOf" in part:
        labels = {choice["value"]: choice["label"] for choice in observable["choices"]}
        robot.several("It is one of", [labels[value] for value in part["oneOf"]])
    if "times" in part:
        robot.choose("Of several answers", LOOKS["times"])
        robot.type("so many", part["times"])
    based_on = robot.said(part.get("basedOn", []))
    robot.several("Passages that state it", based_on)
    robot.pick("The source says so" if based_on and part.get("statedBy") != "modeller" else "My reading")
    robot.button("Set the condition")


def compared(shipped: Guideline, made: Guideline) -> tuple[int, list[str]]:
    """How many patients walk alike, and what parts the others; ids are matched by what people call things."""
    rows: list[Data] = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    ids = {one.label: id for id, one in made.observables.items()}
    same, parted = 0, []
    for row in rows:
        facts = _facts(row, rows)
        told = {ids[shipped.observables[id].label]: _told(shipped, id, answer, made, ids) for id, answer in facts.items()}
        expected, found = (
            sorted(one.steps[id].label for id in walk(one, parse_facts(some, one)).due) for one, some in ((shipped, facts), (made, told))
        )
        if expected == found:
            same += 1
        else:
            parted.append(f"{row['name']}: {expected} there, {found} here")
    return same, parted


def _facts(row: Data, rows: list[Data]) -> dict[str, Any]:
    before = next((one for one in rows if one["name"] == row.get("like")), None)
    return {**(_facts(before, rows) if before else {}), **row["facts"]}


def _told(shipped: Guideline, id: str, answer: Any, made: Guideline, ids: Mapping[str, str]) -> Any:
    labels = {choice.value: choice.label for choice in shipped.observables[id].choices}
    values = {choice.label: choice.value for choice in made.observables[ids[shipped.observables[id].label]].choices}
    return values[labels[answer]] if isinstance(answer, str) and answer in labels else answer


if __name__ == "__main__":
    main()
