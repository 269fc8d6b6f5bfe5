"""The Present mode as tests open it, and a case for it."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from html import unescape

from streamlit.testing.v1 import AppTest

from edgewise.graph.cases.model import Case, Lure, Point, Stage

BEGINNING = "presentation"
FILMS = {"radiographs": "sclerosis", "inflammatory-suspicion": "no"}
SEVENTY = (Decimal(70), Decimal(70))
CASE = Case(
    "seventy",
    "Exactly seventy",
    "A baker with pain in both buttocks.",
    (
        Stage("The films show sclerosis; nobody suspects inflammation.", FILMS, points=(Point("Every patient begins here.", ("s8",)),)),
        Stage(
            "Both films and months have passed.",
            {"conservative-months": Decimal(5), "conservative-failed": "yes", "block-relief": SEVENTY},
            lures=(Lure("cooled-rfa", "Seventy seems enough.", "s32"),),
        ),
    ),
)


def _page():
    from edgewise.explorer.pages.teach.presenting.mode import present
    from edgewise.explorer.shell.frame import here

    present(here())


def opened(**params: str) -> AppTest:
    at = AppTest.from_function(_page, default_timeout=120)
    for name, value in {"page": "teach", "mode": "present", **params}.items():
        at.query_params[name] = value
    at.run(timeout=120)
    assert not at.exception
    return at


def told(at: AppTest) -> str:
    bodies = " ".join(block.proto.body for block in at.get("html"))
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", bodies)).split())


def press(at: AppTest, label: str) -> AppTest:
    at = next(button for button in at.button if button.label == label).click().run(timeout=120)
    assert not at.exception
    return at


def marked(at: AppTest) -> list[str]:
    """Steps at which the drawing says that the source is silent."""
    canvas = next(one.proto for one in at.get("bidi_component") if one.proto.component_name == "edgewise_canvas")
    return [ghost["at"] for ghost in json.loads(json.loads(canvas.json)["view"])["ghosts"]]


def votes(at: AppTest) -> dict[str, int]:
    return {field.label.removeprefix("Votes for "): field.value for field in at.number_input}
