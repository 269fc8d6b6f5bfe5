"""The Audit page as tests see it."""

from __future__ import annotations

import re
from html import unescape

from streamlit.testing.v1 import AppTest

from edgewise.citations.audit.engine import Audited, examine
from edgewise.explorer.pages.audit import editors
from edgewise.graph.library import load
from tests.places import DATA

SI = "sacroiliac-sclerosis"
LOADED = load(SI)
SAMPLE = LOADED.guideline
FOUND = examine(Audited(SAMPLE, LOADED.source)).findings
FIRST = "s1/citations/1"
SECRETS = editors._secrets
SMALL = DATA / "small.yaml"
HOSTILE = "<img src=x onerror=alert(1)> ![x](http://127.0.0.1:9/x) :red[x] **b**"


def _page():
    from edgewise.explorer.pages.audit.page import page

    page()


def visited(**params: str) -> AppTest:
    at = AppTest.from_function(_page, default_timeout=120)
    for name, value in {"page": "audit", **params}.items():
        at.query_params[name] = value
    return ran(at)


def ran(at: AppTest) -> AppTest:
    at.run()
    assert not at.exception
    return at


def told(at: AppTest) -> str:
    bodies = " ".join(block.proto.body for block in at.get("html"))
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", bodies)).split())


def listed(at: AppTest) -> list[str]:
    return [option for radio in at.radio for option in radio.options]


def signed(at: AppTest, citation: str, verdict: str, name: str = "", note: str = "") -> AppTest:
    at.button_group(key=f"verdict:{citation}").set_value(verdict)
    if name:
        at.text_input(key=f"name:{citation}").input(name)
    at.text_input(key=f"note:{citation}").input(note)
    at.button(key=f"submit:{citation}").click()
    return ran(at)


def messages(at: AppTest) -> str:
    return " ".join(one.value for one in (*at.success, *at.error, *at.warning, *at.info)).replace("\\", "").replace("\u2060", "")
