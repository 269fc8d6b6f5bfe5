"""Hands and eyes for the tests of Practise: pages opened at an address, choices committed, the log read."""

from __future__ import annotations

import re

from streamlit.testing.v1 import AppTest

from edgewise.explorer.pages.teach.case_link import encode
from edgewise.explorer.pages.teach.round import Commitment, Practice
from edgewise.graph.cases.book import cases_of
from edgewise.graph.cases.model import Case, Lure, Point, Stage
from edgewise.graph.library import load
from edgewise.graph.model import Guideline
from edgewise.graph.shelf import find
from edgewise.graph.walking.facts import parse_facts
from tests.explorer import drawn_pages as pages
from tests.explorer.drawn_pages import drawn
from tests.places import DATA

SMALL = DATA / "small.yaml"
SAMPLE = load("sacroiliac-sclerosis").guideline
CASES = cases_of(find("sacroiliac-sclerosis"), SAMPLE)
FILMS = {"radiographs": "sclerosis", "inflammatory-suspicion": "no"}
FAILED = {"conservative-months": 5, "conservative-failed": "yes"}
BLOCKS = {"block-relief": [75, 72]}


def facts(given: dict[str, object], guideline: Guideline = SAMPLE):
    return parse_facts(given, guideline)


def a_case(*lures: Lure, points: tuple[Point, ...] = (), id: str = "own") -> Case:
    """Three stages: conservative care is due, then injections, then the source is silent."""
    first = Stage("The films are back.", facts(FILMS), lures=lures, points=points)
    return Case(id, "A swimmer", "A swimmer of 30.", (first, Stage("Months pass.", facts(FAILED)), Stage("Two blocks.", facts(BLOCKS))))


def opened(**address: str) -> AppTest:
    return pages.opened(**{"page": "teach"} | address)


def practised(case: Case, **address: str) -> AppTest:
    return opened(g="sacroiliac-sclerosis", set=encode(case, SAMPLE), **address)


def everything(at: AppTest) -> str:
    """All that is sent to the browser, as text, but for the names of widgets."""
    found = " ".join(str(element.proto) for element in at.main)
    return re.sub(r'\b(id|key|form_id|url)\b: "[^"]*"|practise-[0-9a-f]{12}', "", found)


def press(at: AppTest, label: str) -> AppTest:
    button = next(button for button in at.button if label in button.label)
    button.click()
    return drawn(at)


def commit(at: AppTest, pick: str | None, why: str = "") -> AppTest:
    at.radio[0].set_value(pick)
    at.text_area[0].set_value(why)
    return press(at, "Commit")


def log(at: AppTest) -> list[Commitment]:
    kept: Practice = at.session_state["practise:session"]
    return kept.log


def buttons(at: AppTest) -> list[str]:
    return [button.label.replace("\\", "") for button in at.button]
