"""The patient summary as HTML: as pieces for the panel of the explorer, and as one file to be opened and printed without network."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from importlib import resources

from edgewise.explorer.cards.markup import Html, join, style, symbol, tag
from edgewise.explorer.handout.patient.sections import Line
from edgewise.explorer.handout.patient.summary import Summary


def as_page(found: Summary) -> str:
    """A summary as one HTML file, to be written as UTF-8; it loads nothing and runs nothing.

    >>> as_page(Summary("Knees < hips", "A publisher", "For education", (), ("No names.",))).startswith("<!doctype html>")
    True
    """
    policy = f"default-src 'none'; style-src '{_hash(_sheet())}'; base-uri 'none'; form-action 'none'"
    head = (
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        '<meta name="color-scheme" content="light dark">',
        tag("title", f"Patient summary: {found.title}"),
        f"<style>{_sheet()}</style>",
    )
    body = tag("body", tag("main", *pieces(found), cls="ew-summary"), cls="ew")
    return '<!doctype html>\n<html lang="en">\n<head>\n' + "\n".join(head) + f"\n</head>\n{body}\n</html>\n"


def pieces(found: Summary, *, heading: str = "h1") -> list[Html]:
    """A summary as markup: `heading` is the level of its title, its sections stand one below.

    >>> "<h1>Knees &lt; hips</h1>" in pieces(Summary("Knees < hips", "A publisher", "For education", (), ()))[0]
    True
    """
    below = f"h{int(heading[1]) + 1}"
    head = tag(
        "header", tag(heading, found.title), tag("p", tag("strong", "Patient summary. "), f"{found.purpose}."), tag("p", found.source)
    )
    said = [tag("section", tag(below, section.title), _listed(section.lines)) for section in found.sections]
    return [head, *said, tag("footer", *(tag("p", told) for told in found.foot))]


def _listed(lines: Iterable[Line]) -> Html:
    return tag("ul", *(_line(line) for line in lines))


def _line(line: Line) -> Html:
    sign = symbol(line.sign) if line.sign and not line.sign.isascii() else tag("span", line.sign or "–", cls="ew-sign")
    where = [" ", tag("span", line.where, cls="ew-place")] if line.where else []
    below = [_listed(line.below)] if line.below else []
    told = tag("strong", line.text) if line.sign == "→" else line.text
    return tag("li", sign, tag("div", join([told, *where]), *below))


@cache
def _sheet() -> str:
    own = resources.files("edgewise.explorer.handout.patient").joinpath("summary.css").read_text(encoding="utf-8")
    return f"{style()}\n{_ALONE}\n{own}"


_ALONE = (
    ":root { color-scheme: light dark; }\n"
    "body.ew { margin: 0 auto; max-width: 52rem; padding: 1rem; font: 15px/1.4 system-ui, sans-serif; color: var(--ew-text); "
    "background: var(--ew-page); container-type: normal; }"
)


def _hash(source: str) -> str:
    return "sha256-" + b64encode(hashlib.sha256(source.encode()).digest()).decode()
