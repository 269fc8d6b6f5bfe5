"""A guideline whose every text carries markup and script: all of it is shown as text, and nothing is fetched."""

from __future__ import annotations

import re
import socket
import threading
from pathlib import Path
from urllib.parse import quote

import pytest
import yaml
from driving import click, drawn, settled, turned_to
from playwright.sync_api import Page, expect

from conftest import serving
from edgewise.explorer.handout.html.document import standalone
from edgewise.graph.library import load

SMALL = Path(__file__).parents[1] / "data" / "small.yaml"
TEXTS = {
    "label",
    "shortLabel",
    "summary",
    "text",
    "title",
    "question",
    "note",
    "help",
    "publisher",
    "audience",
    "disclaimer",
    "container",
    "measure",
}
TEXTS |= {
    "author",
    "population",
    "technique",
    "comparator",
    "followUp",
    "section",
    "field",
    "printed",
    "method",
    "contrast",
    "region",
    "printedKind",
    "reason",
}
SHORT = "<img src=//127.0.0.1:{port}/i>"
LONG = (
    "<script>document.title='owned'</script>![i](http://127.0.0.1:{port}/i.png)<img src=x onerror=\"fetch('http://127.0.0.1:{port}/f')\">"
    "[l](javascript:document.title='owned') $\\alpha$ :red[r] `c` **b** <b>b</b> &lt;i&gt; http://127.0.0.1:{port}/auto "
)


class Listener:
    """A socket that counts who knocks."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.knocks: list[bytes] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            with connection:
                self.knocks.append(connection.recv(200))


def poisoned(node: object, port: int, key: str = "") -> object:
    if isinstance(node, dict):
        return {name: poisoned(value, port, name) for name, value in node.items()}
    if isinstance(node, list):
        return [poisoned(value, port, key) for value in node]
    if key not in TEXTS or not isinstance(node, str):
        return node
    mark = LONG if key in {"text", "note", "disclaimer"} else SHORT
    return mark.format(port=port) + ("" if key == "shortLabel" else node)


def cases(guideline: str, port: int) -> dict[str, object]:
    """A case whose every text carries markup and script as well."""
    told, title = LONG.format(port=port), SHORT.format(port=port)
    stages = [
        {"tells": told, "facts": facts, "lures": [{"step": "home", "why": told}], "points": [{"text": told, "basedOn": ["s-look"]}]}
        for facts in ({}, {"crack": "yes"})
    ]
    return {"guideline": guideline, "cases": [{"id": "bad", "title": title, "vignette": told, "stages": stages}]}


def harmless(page: Page) -> None:
    """The page stands, shows the markup as text, and nothing in it was taken for markup."""
    settled(page)
    assert page.get_by_test_id("stException").count() == 0
    expect(page.get_by_text(re.compile("<img src=|<script>")).filter(visible=True).first).to_be_visible()
    assert page.locator("img[src*='127.0.0.1'][src$='/i'], img[src$='/i.png'], img[onerror], a[href*='javascript']").count() == 0
    assert page.locator(".katex, .stMarkdownColoredText").count() == 0
    assert page.title() != "owned"


@pytest.fixture(scope="module")
def listener():
    listener = Listener()
    yield listener
    listener.socket.close()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory, listener):
    plain = yaml.load(SMALL.read_text("utf-8"), Loader=yaml.BaseLoader)  # texts only
    file = tmp_path_factory.mktemp("hostile") / "guideline.yaml"
    guideline = poisoned(plain, listener.port)
    file.write_text(yaml.safe_dump(guideline, allow_unicode=True, sort_keys=False), "utf-8")
    file.with_name("cases.yaml").write_text(yaml.safe_dump(cases(guideline["id"], listener.port), allow_unicode=True), "utf-8")
    with serving(str(file)) as address:
        yield address, guideline


def test_the_listener_would_have_noticed(listener):
    with socket.create_connection(("127.0.0.1", listener.port)) as connection:
        connection.sendall(b"control")
    while not listener.knocks:
        pass
    assert listener.knocks.pop() == b"control"


def test_markup_and_script_are_shown_as_text_and_fetch_nothing(visit, hostile, listener):
    address, guideline = hostile
    page = drawn(visit(at=address))
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    for part in (*guideline["steps"], *guideline["transitions"]):
        click(page, part["id"])
        expect(page.get_by_role("button", name="Back to the walk")).to_be_visible()
        settled(page)
        point = page.locator('[data-edgewise="canvas"]').evaluate("(e, id) => e.edgewise.positionOf(id)", part["id"])
        page.mouse.move(point["x"] + 1, point["y"] + 1)
    expect(page.get_by_text("<img src=").filter(visible=True).first).to_be_visible()
    page.get_by_role("button", name="Back to the walk").click()
    settled(page)
    page.get_by_role("button", name="Imaging", exact=True).click()
    settled(page)
    expect(page.get_by_text("<img src=").filter(visible=True).first).to_be_visible()
    assert page.evaluate("[...document.scripts].filter((script) => script.text.includes('owned')).length") == 0
    assert page.locator("img[src*='127.0.0.1'], img[onerror]").count() == 0
    assert page.title() != "owned"
    assert dialogs == []
    assert listener.knocks == []


def test_a_hostile_case_is_practised_as_text(visit, hostile, listener):
    page = visit("/?page=teach&case=bad", at=hostile[0])
    harmless(page)
    page.get_by_role("radiogroup", name="What is the next step?").locator("label").first.click()
    page.get_by_role("textbox", name="Why?").fill(LONG.format(port=listener.port))
    page.get_by_role("button", name="Commit", exact=True).click()
    expect(page.get_by_role("button", name="Next stage")).to_be_visible()
    harmless(page)
    assert listener.knocks == []


@pytest.mark.parametrize(
    "address",
    ["page=teach", "page=teach&mode=present&case=bad", "page=teach&mode=present&at=2", "page=teach&mode=set", "page=teach&mode=handout",
     "why=boot", "vary=crack", "gaps=1"],
)  # fmt: skip
def test_hostile_texts_stay_text_on_the_newer_pages(visit, hostile, listener, address):
    harmless(visit(f"/?{address}", at=hostile[0]))
    assert listener.knocks == []


def test_the_hand_out_of_a_hostile_guideline_is_text_and_asks_nobody(visit, hostile, listener, tmp_path):
    guideline = yaml.safe_dump(hostile[1], allow_unicode=True, sort_keys=False)
    source, made = tmp_path / "guideline.yaml", tmp_path / "made.html"
    source.write_text(guideline, "utf-8")
    made.write_text(standalone(load(str(source)).guideline), "utf-8")
    page = visit("#boot", at=made.as_uri())
    expect(page.get_by_role("heading", name="<img src=").filter(visible=True).first).to_be_visible()
    for key in ("ArrowRight", "ArrowRight", "Escape"):
        page.keyboard.press(key)
    assert page.locator("img, iframe, object, a:not([href^='#'])").count() == 0
    assert page.title() != "owned"
    assert listener.knocks == []


BAD = ["\u202e<img src=x>", "../../etc/passwd", "1e999999", "a" * 7_000, "http://127.0.0.1:{port}/x"]
OWN = ["why", "vary", "gaps", "page=teach&mode", "page=teach&case", "page=teach&set", "page=teach&mode=present&at",
       "page=teach&mode=handout&paper", "page=teach&mode=present&room", "page=teach&mode=set&set"]  # fmt: skip


@pytest.mark.parametrize(("name", "turn"), [(name, turn % len(BAD)) for turn, name in enumerate(OWN)], ids=OWN)
def test_no_parameter_of_the_newer_pages_breaks_a_page_or_opens_a_connection(visit, listener, name, turn):
    """With each value a visit begins, on two pages at least; to all others a visit goes on, as by the browser's way back."""
    first, *others = [f"?{name}={quote(bad.format(port=listener.port), safe='')}" for bad in (*BAD[turn:], *BAD[:turn])]
    page = visit(f"/{first}")
    for query in ("", *others):
        if query:
            turned_to(page, query)
        settled(page)
        assert page.get_by_test_id("stException").count() == 0
    assert listener.knocks == []


@pytest.mark.parametrize("name", ["g", "sel", "facts", "upto"])
def test_nothing_in_an_address_opens_a_connection(visit, listener, name):
    page = visit(f"/?{name}=http%3A%2F%2F127.0.0.1%3A{listener.port}%2Fx")
    settled(page)
    assert listener.knocks == []
