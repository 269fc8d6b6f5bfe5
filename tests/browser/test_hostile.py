"""A guideline whose every text carries markup and script: all of it is shown as text, and nothing is fetched."""

from __future__ import annotations

import socket
import threading
from pathlib import Path

import pytest
import yaml
from conftest import serving
from driving import click, drawn, settled
from playwright.sync_api import expect

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


@pytest.mark.parametrize("name", ["g", "sel", "facts", "upto"])
def test_nothing_in_an_address_opens_a_connection(visit, listener, name):
    page = visit(f"/?{name}=http%3A%2F%2F127.0.0.1%3A{listener.port}%2Fx")
    settled(page)
    assert listener.knocks == []
