"""HTML for `st.html`, made in one place so that no text of a guideline is ever read as markup.

Every string that goes in is data and is escaped; only what `tag` and `join` return counts as markup. Glue two pieces of markup
together by any other road and the outcome is plain text again, which is shown escaped: mistakes look ugly and do no harm.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from functools import cache
from importlib import resources

from edgewise.explorer.cards.wording import escaped
from edgewise.explorer.drawing.palette import variables

VOID = frozenset({"br", "hr"})


class Html(str):
    """Markup that was escaped when it was made."""

    __slots__ = ()


finish: ContextVar[Callable[[Html], Html]] = ContextVar("finish", default=lambda made: made)
"""What is done to the content of every `page` last; the frame lets the guideline's terms bear their explanations."""


def text(value: str) -> Html:
    """Text as markup that shows it, without control or direction-turning characters; a space at either end stays.

    >>> text("<img src=x onerror=alert(1)> & co. ")
    '&lt;img src=x onerror=alert(1)&gt; &amp; co. '
    """
    before, after = (" " if end.isspace() else "" for end in (value[:1], value[-1:]))
    inner = escaped(value)
    return Html(f"{before}{inner}{after}" if inner else before)


def join(parts: Iterable[str], between: str = "") -> Html:
    """Pieces one after the other; what is not markup yet is escaped.

    >>> join(["<b>", tag("b", "x")], " ")
    '&lt;b&gt; <b>x</b>'
    """
    return Html(_safe(between).join(_safe(part) for part in parts))


def tag(name: str, *content: str, **attributes: str) -> Html:
    """An element; ``cls`` stands for ``class`` and ``_`` for ``-`` in the names of attributes, of which empty ones are left out.

    >>> tag("p", "1 < 2", tag("b", "!"), cls="ew-x", aria_label='"so"')
    '<p class="ew-x" aria-label="&quot;so&quot;">1 &lt; 2<b>!</b></p>'
    """
    names = {"cls": "class"}
    inside = "".join(f' {names.get(key, key.replace("_", "-"))}="{text(value)}"' for key, value in attributes.items() if value)
    return Html(f"<{name}{inside}>" if name in VOID else f"<{name}{inside}>{join(content)}</{name}>")


def page(*content: str, key: str = "") -> Html:
    """Content for one `st.html`; the frame has sent the style sheet, once for all: it is long, and a click must be answered quickly."""
    return finish.get()(tag("div", *content, cls="ew", data_ew=key))


@cache
def style() -> str:
    """The style sheet: the colours as variables, then ``cards.css``."""
    return variables() + "\n" + resources.files("edgewise.explorer.cards").joinpath("cards.css").read_text(encoding="utf-8")


def symbol(sign: str) -> Html:
    """A sign for the eye only: the words beside it say the same."""
    return tag("span", sign, cls="ew-sign", aria_hidden="true")


def chip(label: str, tone: str = "chip", *, sign: str = "", title: str = "") -> Html:
    """A short remark in a rounded box."""
    return tag("span", *([symbol(sign), " "] if sign else []), label, cls=f"ew-chip ew-t-{tone}", title=title)


def section(heading: str, *content: str) -> Html:
    """A heading and what it heads; nothing where there is nothing to head."""
    kept = [part for part in content if part]
    return tag("section", tag("h3", heading), *kept) if kept else Html("")


def folded(summary: str, *content: str, cls: str = "") -> Html:
    """Content behind a line that opens it, by mouse or keyboard, without asking the server; `cls` is for that line."""
    return tag("details", tag("summary", summary, cls=cls), *content)


def _safe(part: str) -> Html:
    return part if isinstance(part, Html) else text(part)
