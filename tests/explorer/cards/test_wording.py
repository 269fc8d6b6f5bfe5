from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edgewise.explorer.cards.wording import escaped, plain
from edgewise.explorer.drawing.lettering import clean

markdown_it = pytest.importorskip("markdown_it")

HOSTILE = [
    "![x](http://127.0.0.1:9/x.png)",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[a](javascript:alert(1))",
    "<http://127.0.0.1:9>",
    "**bold** _it_ ~~gone~~ `code` # no heading",
    "# heading",
    "- item",
    "1. item",
    "1) item",
    "> quote",
    "| a | b |",
    "$x^2$ and $$y$$",
    "&lt;b&gt; &amp;",
    "[^1]: note",
    "    indented",
    "---",
    "a\\\nb",
]
LATE = [":red[x]", ":smile:", ":material/delete:", "https://127.0.0.1:9/x", "www.example.org", "me@example.org", "a -> b <- c -- d >= e"]


def shown(markdown: str) -> str:
    """What a Markdown reader makes of it, as text; fails if that is anything but one paragraph of text."""
    html = markdown_it.MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(markdown)
    found = re.fullmatch(r"<p>([^<>]*)</p>\n|", html)
    assert found, html
    text = found.group(1) or ""
    for entity, character in {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&amp;": "&"}.items():
        text = text.replace(entity, character)
    return text.replace("\u2060", "")


@pytest.mark.parametrize("text", [*HOSTILE, *LATE])
def test_text_for_markdown_shows_as_it_is_written(text: str) -> None:
    assert shown(plain(text)) == clean(text)


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\u2060"), max_size=60))
def test_no_text_becomes_markup(text: str) -> None:
    assert shown(plain(text)) == clean(text)


@pytest.mark.parametrize("text", LATE)
def test_rules_that_look_at_the_text_after_markdown_find_nothing(text: str) -> None:
    seen = plain(text).replace("\\", "")
    late = (r":[\w+-]+:", r":material/\w+:", r"https?://", r"www\.", r"\w@\w", r"(^|\s)(->|<-|--|>=|<=|~=)(\s|$)", r":[a-z-]+\[")
    assert not any(re.search(pattern, seen) for pattern in late[:-1])
    assert not re.search(late[-1], plain(text))


@given(st.text(max_size=60))
def test_text_for_html_holds_no_tag_and_no_quotation_mark(text: str) -> None:
    assert not set("<>\"'") & set(escaped(text))
