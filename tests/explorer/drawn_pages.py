"""Opening the app's pages without a browser, and reading what they say."""

from __future__ import annotations

import re
from html import unescape

from streamlit.testing.v1 import AppTest

from tests.places import ROOT

APP = ROOT / "explorer" / "app.py"


def opened(**address: str) -> AppTest:
    """The app at an address, drawn once."""
    at = AppTest.from_file(str(APP), default_timeout=120)
    for key, value in address.items():
        at.query_params[key] = value
    return drawn(at)


def drawn(at: AppTest) -> AppTest:
    """The page after what was done to it; it may not have failed."""
    at.run()
    assert not at.exception, at.exception
    return at


def address(at: AppTest, key: str) -> str:
    """What stands in the address under a name."""
    return "".join(at.query_params.get(key, []))


def bodies(at: AppTest) -> str:
    """The markup of the page without its style sheets, and without the glossary: terms as the words that they are."""
    return " ".join(without_terms(re.sub(r"<style>.*?</style>", "", block.proto.body, flags=re.DOTALL)) for block in at.get("html"))


def without_terms(markup: str) -> str:
    """Markup whose terms bear no explanation."""
    told = re.sub(r'<div popover="auto"[^>]*>.*?</div>', "", markup, flags=re.DOTALL)
    return re.sub(r'<button type="button" class="ew-term"[^>]*>(.*?)</button>', r"\1", told)


def words(at: AppTest) -> str:
    """The text of the page's markup."""
    return text(bodies(at))


def text(markup: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", markup)).replace("\u2060", "").split())
