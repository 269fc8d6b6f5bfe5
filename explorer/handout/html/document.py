"""The hand-out as one HTML file: the whole pathway with its evidence, to be clicked through without network and without Edgewise.

The document is complete as it stands: drawing, every step and edge in reading order, gaps, ratings, references. Where script runs,
``standalone.js`` puts the app's canvas in place of the picture, shows one part at a time and walks by arrow keys. A content policy in the
file's head lets nothing in but its own script and style, by hash; every text of the guideline is escaped by `explorer.cards.markup`.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from collections.abc import Iterator
from functools import cache
from importlib import resources

from edgewise.explorer.cards.markup import Html, folded, join, style, tag
from edgewise.explorer.cards.terms import explained, explanations, script
from edgewise.explorer.cards.wording import review_in_words
from edgewise.explorer.drawing.canvas import canvas_source, loader_source, scene_data, view_data
from edgewise.explorer.drawing.picture import picture
from edgewise.explorer.drawing.scene import Scene
from edgewise.explorer.handout.html.drawing import drawing
from edgewise.explorer.handout.html.left_open import Silence, silence
from edgewise.explorer.handout.html.sections import apart, glossary, ratings, references, remarks
from edgewise.explorer.handout.html.steps_and_edges import contents, parts
from edgewise.graph.glossary import Glossary
from edgewise.graph.model import Guideline

_CANVAS = "edgewise.explorer.drawing"
KEYS = (
    ("→", "along the way: from a step to the edge that leaves it, from an edge to the step it leads to"),
    ("←", "back"),
    ("↓ ↑", "to the other ways on, where there are several; else on and back as well"),
    ("Esc", "to the overview"),
    ("Tab, Enter", "to any link or button, and to press it"),
)


def standalone(guideline: Guideline, *, marked: str = "") -> str:
    """The whole file as text, to be written as UTF-8; the same guideline always gives the same bytes.

    Args:
        guideline: to be read.
        marked: what has to be known of the file before all else, in a sentence; it stays in sight.

    >>> from edgewise.graph.library import load
    >>> made = standalone(load("sacroiliac-sclerosis").guideline)
    >>> made.startswith("<!doctype html>"), "Content-Security-Policy" in made, len(made.encode()) < 1_200_000
    (True, True, True)
    """
    scene, found = picture(guideline), silence(guideline)
    body = tag("body", *_body(guideline, scene, found, marked), cls="ew")
    return f'<!doctype html>\n<html lang="en">\n{_head(guideline)}\n{body}\n</html>\n'


def _head(guideline: Guideline) -> Html:
    """Written by hand, since these elements hold no text: policy and sheet are ours, the title is escaped."""
    policy = f"default-src 'none'; script-src '{_hash(_script())}'; style-src '{_hash(_sheet())}'; base-uri 'none'; form-action 'none'"
    lines = (
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        '<meta name="color-scheme" content="light dark">',
        tag("title", guideline.title),
        f"<style>{_sheet()}</style>",
    )
    return Html("<head>\n" + "\n".join(lines) + "\n</head>")


def _body(guideline: Guideline, scene: Scene, found: Silence, marked: str) -> Iterator[Html]:
    own = _own_ids(guideline)
    yield tag("a", "Skip to steps and edges", href=f"#{own}overview", cls="ew-skip")
    yield _header(guideline, marked)
    panel = tag("div", *_told(guideline, found, own), cls="ew-panel", data_edgewise="panel")
    yield tag("main", _drawing(scene), explained(Glossary.of(guideline), panel, f"{own}term-"))
    yield explanations(guideline, f"{own}term-")
    yield tag("footer", tag("p", guideline.disclaimer), cls="ew-foot")
    yield tag("p", cls="ew-unseen", role="status", aria_live="polite", data_edgewise="said")
    yield Html(f'<script type="application/json" data-edgewise="data">{_data(scene, found)}</script>')
    yield Html(f"<script>{_script()}</script>")


def _own_ids(guideline: Guideline) -> str:
    """What the ids of the file's own sections begin with: nothing that an id of the guideline begins with."""
    start = "_"
    while any(id.startswith(start) for id in (*guideline.steps, *guideline.transitions)):
        start += "_"
    return start


def _header(guideline: Guideline, marked: str) -> Html:
    who = f" {guideline.publisher}, updated {guideline.updated}, {review_in_words(guideline.review_status)}. "
    more = tag("span", "Paraphrased; what is not the source's own is marked.", cls="ew-more")
    mark = (tag("strong", marked), " ") if marked else ()
    notice = tag("p", *mark, tag("strong", f"For {guideline.purpose}."), who, more, cls="ew-notice")
    head = tag("div", tag("h1", guideline.title), tag("p", guideline.question, cls="ew-quiet"), cls="ew-title")
    return tag("header", head, notice, tag("p", guideline.disclaimer, cls="ew-paper-only"), cls="ew-top")


def _drawing(scene: Scene) -> Html:
    picture = tag("div", drawing(scene), cls="ew-picture")
    return tag("section", picture, tag("div", cls="ew-canvas"), cls="ew-drawing", aria_label="The pathway as a drawing")


def _told(guideline: Guideline, found: Silence, own: str) -> Iterator[Html]:
    """The overview's first half, all parts, its second half: on paper that is the reading order."""
    sections = [
        (f"{own}open", "What the source leaves open", found.whole()),
        (f"{own}ratings", "Ratings", ratings(guideline)),
        (f"{own}references", "References", references(guideline)),
        (f"{own}more", "Further statements", apart(guideline)),
        (f"{own}remarks", "Remarks, not the source's own", remarks(guideline)),
        (f"{own}words", "Words explained", glossary(guideline)),
    ]
    kept = [(id, title, content) for id, title, content in sections if content]
    jumps = join((tag("a", title, href=f"#{id}") for id, title, _ in kept), " · ")
    yield tag("p", tag("a", "← Overview", href=f"#{own}overview"), cls="ew-back")
    yield tag(
        "section",
        tag("h2", "Steps and edges"),
        tag("p", jumps, cls="ew-jumps"),
        _help(),
        tag("nav", contents(guideline), aria_label="Steps and edges"),
        cls="ew-whole",
        id=f"{own}overview",
    )
    yield from parts(guideline, found)
    for id, title, content in kept:
        yield tag("section", tag("h2", title), content, cls="ew-whole", id=id)


def _help() -> Html:
    rows = (join([tag("dt", key), tag("dd", told)]) for key, told in KEYS)
    return tag("div", tag("p", "Click a step or an arrow of the drawing, or choose here."), folded("Keys", tag("dl", *rows)), cls="ew-help")


def _data(scene: Scene, found: Silence) -> Html:
    """What the canvas draws, as JSON that can end no element: whatever could is written as an escape."""
    view = view_data(None, None, (), None, found.ghosts())
    written = json.dumps({**scene_data(scene), "view": view}, sort_keys=True, ensure_ascii=True)
    return Html(written.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))


@cache
def _script() -> str:
    """vis-network, the canvas and the page's own part as one script: a file opened from disk may load no modules."""
    loader, canvas = (_as_value(source) for source in (loader_source(), canvas_source()))
    sheet = json.dumps(_file("canvas.css", _CANVAS))
    own = f"const load = {loader};\nconst draw = {canvas};\nconst sheet = {sheet};\n"
    own += "\n".join((_file("along.js", _CANVAS), script() + _file("standalone.js")))
    return _fit(f'(() => {{ "use strict";\n{own}}})();', "script")


def _as_value(module: str) -> str:
    """A module whose last word is ``export default``, as an expression with the value of that."""
    body, found, exported = module.rpartition("export default ")
    if not found:
        raise AssertionError("a script of the canvas exports nothing")
    return f"(() => {{\n{body}return {exported}\n}})()"


@cache
def _sheet() -> str:
    return _fit(style() + "\n" + _file("standalone.css"), "style")


def _fit(source: str, element: str) -> str:
    """Our own source inside an element of that name, where nothing may end it early and line ends must be those that were hashed."""
    if f"</{element}" in source.lower() or "<!--" in source or "\r" in source:
        raise AssertionError(f"this {element} would not end where it should")
    return source


def _file(name: str, package: str = "edgewise.explorer.handout.html") -> str:
    return resources.files(package).joinpath(name).read_text(encoding="utf-8")


def _hash(source: str) -> str:
    return "sha256-" + b64encode(hashlib.sha256(source.encode()).digest()).decode()
