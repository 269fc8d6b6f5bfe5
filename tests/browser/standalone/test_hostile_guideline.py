"""The file of a hostile guideline is inert even with a network."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
import yaml
from alone import is_open, part, written
from driving import CANVAS, drawn, place
from playwright.sync_api import expect
from test_hostile import SMALL, Listener, poisoned

from edgewise.explorer.handout.html.document import standalone
from edgewise.graph.library import load


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
