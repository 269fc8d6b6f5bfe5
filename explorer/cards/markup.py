"""HTML for `st.html`, made in one place so that no text of a guideline is ever read as markup.

Every string that goes in is data and is escaped; only what `tag` and `join` return counts as markup. Glue two pieces of markup
together by any other road and the outcome is plain text again, which is shown escaped: mistakes look ugly and do no harm.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import NamedTuple

from edgewise.explorer.cards.wording import escaped
from edgewise.explorer.drawing.palette import STATES

VOID = frozenset({"br", "hr"})


class Html(str):
    """Markup that was escaped when it was made."""

    __slots__ = ()


class Tone(NamedTuple):
    """A text colour and what lies behind it, on light and on dark ground."""

    light: str
    light_ground: str
    dark: str
    dark_ground: str


def _of_state(state: str, light_ground: str, dark_ground: str) -> Tone:
    return Tone(STATES[state]["light"], light_ground, STATES[state]["dark"], dark_ground)


TONES: dict[str, Tone] = {
    "supported": _of_state("supported", "#f0fdf4", "#0d2417"),
    "weak": _of_state("weak", "#fffbeb", "#2a1f0a"),
    "broken": _of_state("broken", "#fef2f2", "#331417"),
    "uncited": _of_state("uncited", "#f1f5f9", "#232b39"),
    "inferred": _of_state("inferred", "#f4f5f8", "#1f2530"),
    "card": Tone("#0f172a", "#ffffff", "#e8ecf3", "#161b26"),
    "quiet": Tone("#4b5768", "#ffffff", "#a9b4c6", "#161b26"),
    "chip": Tone("#3f4c60", "#f5f7fa", "#c3ccda", "#222938"),
    "own": Tone("#5b21b6", "#f5f3ff", "#d3c4ff", "#261c45"),
}
_EDGES = "--ew-edge: light-dark(#dfe4ec, #313a4b);"


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
    return tag("div", *content, cls="ew", data_ew=key)


@cache
def style() -> str:
    """The style sheet: colours from `TONES` as variables, then ``cards.css``."""
    tones = " ".join(
        f"--ew-{name}: light-dark({tone.light}, {tone.dark}); --ew-{name}-ground: light-dark({tone.light_ground}, {tone.dark_ground});"
        for name, tone in TONES.items()
    )
    return f".ew {{ {tones} {_EDGES} }}\n" + resources.files("edgewise.explorer.cards").joinpath("cards.css").read_text(encoding="utf-8")


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
