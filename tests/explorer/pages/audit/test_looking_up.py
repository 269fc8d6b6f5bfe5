"""The button that looks references up: it says what it sends, sends nothing before it is pressed, and its answers reach the audit."""

from __future__ import annotations

import json

import httpx
import pytest
import respx
from streamlit.testing.v1 import AppTest

from edgewise.citations.lookup import client as fetch
from edgewise.citations.lookup.registries import CROSSREF, PUBMED
from tests.places import DATA, ROOT

ANSWERS = DATA / "registries"
APP = ROOT / "explorer" / "app.py"


@pytest.fixture(autouse=True)
def net(tmp_path, monkeypatch):
    """A network in which nothing exists but what a test puts there, a cache and a ledger of one's own, and no waiting."""
    really = fetch.Client.__init__
    monkeypatch.setattr(fetch.Client, "__init__", lambda self, settings=None: really(self, settings, sleep=lambda _: None))
    monkeypatch.setenv("EDGEWISE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("EDGEWISE_LEDGER", str(tmp_path / "ledger.db"))
    with respx.mock(assert_all_called=False) as router:
        yield router


def opened():
    app = AppTest.from_file(str(APP), default_timeout=120)
    app.query_params["page"] = "audit"
    return app.run()


def words(app):
    return " ".join(element.proto.body for element in app.get("html"))


def press(app, key):
    return next(button for button in app.button if button.key == key).click().run()


def test_it_says_what_it_would_send_and_sends_nothing_by_itself(net):
    app = opened()
    assert not app.exception
    assert "api.crossref.org/works/10.1097" in words(app)
    assert "R211" in words(app), "the rules that need look-ups are named as not checked"
    assert net.calls.call_count == 0


def test_earlier_answers_alone_send_nothing(net):
    app = press(opened(), "lookups-kept")
    assert not app.exception
    assert "Nothing was looked up so far" in words(app)
    assert net.calls.call_count == 0


def test_what_is_found_reaches_the_audit(net):
    net.get(url__startswith=f"{CROSSREF.base}/works/").mock(
        return_value=httpx.Response(200, json=json.loads((ANSWERS / "crossref-work.json").read_text("utf-8")))
    )
    net.get(url__startswith=f"{CROSSREF.base}/works").mock(
        return_value=httpx.Response(200, json={"status": "ok", "message-type": "work-list", "message": {"items": []}})
    )
    net.post(url__startswith=PUBMED.base).mock(return_value=httpx.Response(200, json={"esearchresult": {"count": "0", "idlist": []}}))
    app = press(opened(), "lookups-send")
    assert not app.exception
    assert net.calls.call_count > 0
    shown = words(app) + " ".join(str(radio.options) for radio in app.radio)
    assert "unregistered-reference" in shown


def test_a_registry_that_cannot_be_reached_is_no_finding(net):
    net.route().mock(side_effect=httpx.ConnectError("no network"))
    app = press(opened(), "lookups-send")
    assert not app.exception
    assert "6 unchecked" in words(app)


def test_what_is_no_mail_address_is_told(net):
    app = opened()
    next(field for field in app.text_input if field.key == "lookups-mailto").set_value("nobody").run()
    app = press(app, "lookups-send")
    assert "mail address for the registries is none" in words(app)
    assert net.calls.call_count == 0
