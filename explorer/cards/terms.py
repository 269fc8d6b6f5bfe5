"""Terms of the glossary on a page: the first time one stands on a card it is a button that opens its explanation.

The words of a card are marked after the card is made, in the finished markup, so that a term bears its explanation wherever it stands and
no card needs to know of it. Names, links, signs and remarks in boxes are left as they are. The explanations themselves stand once on a
page; ``terms.js`` opens them under the mouse as well, and puts them beside the word.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources

from edgewise.explorer.cards.conditions import places
from edgewise.explorer.cards.markup import VOID, Html, join, tag
from edgewise.graph.glossary import Glossary
from edgewise.graph.model import Guideline, Term

WORDS_OF = {"editor": "An editor's words", "modeller": "The modeller's words", "source": "As the source explains it"}
_PIECES = re.compile(r"<(/?)([a-zA-Z0-9-]+)([^>]*)>|[^<]+")
_NAMES = frozenset("a button code dt h1 h2 h3 h4 h5 h6 label script style summary svg th title".split())
_BOXES = re.compile(r'class="[^"]*\bew-(chip|cite|marker|opener|over|sign|unseen|explained|worded|brand|phone)\b')
_LONG = 50_000
_CARD = re.compile(r'^article$|class="[^"]*\bew-(card|note)\b')


def explained(glossary: Glossary, markup: Html, prefix: str = "ew-term-") -> Html:
    """Finished markup in which each term, where it first stands on a card or beside the cards, opens its explanation.

    Args:
        glossary: what to look for.
        markup: made by `tag` and `join`, so that every text in it is escaped.
        prefix: of the ids of `explanations`.

    >>> glossary = Glossary([Term("t1", "block", "A numbing injection.", "editor")])
    >>> print(explained(glossary, tag("p", tag("b", "Two blocks"), " <or> no block")))
    <p><b>Two <button type="button" class="ew-term" popovertarget="ew-term-t1">blocks</button></b> &lt;or&gt; no block</p>
    """
    if not glossary:
        return markup
    return (_remembered if len(markup) < _LONG else _made)(glossary, markup, prefix)


def _made(glossary: Glossary, markup: str, prefix: str) -> Html:
    return Html("".join(_marked(glossary, markup, prefix)))


_remembered = lru_cache(maxsize=128)(_made)  # most of a page is drawn again at every click as it was


def _marked(glossary: Glossary, markup: str, prefix: str) -> Iterator[str]:
    around: list[tuple[bool, set[str]]] = [(False, set())]  # of each element: whether terms are left alone in it, and which were met
    for piece in _PIECES.finditer(markup):
        closing, name, attributes = piece.groups()
        quiet, met = around[-1]
        if name is None:
            yield piece[0] if quiet else _text(glossary, piece[0], met, prefix)
            continue
        if closing:
            around = around[:-1] or around
        elif name not in VOID and not attributes.endswith("/"):
            card = bool(_CARD.search(name) or _CARD.search(attributes))
            around.append((quiet or name in _NAMES or bool(_BOXES.search(attributes)), set() if card else met))
        yield piece[0]


def _text(glossary: Glossary, escaped: str, met: set[str], prefix: str) -> str:
    text = html.unescape(escaped)
    made, end = [], 0
    for span in glossary.find(text):
        if span.term.id not in met:
            met.add(span.term.id)
            word = text[span.start : span.end]
            made += [html.escape(text[end : span.start]), _button(word, prefix + span.term.id)]
            end = span.end
    return "".join([*made, html.escape(text[end:])]) if made else escaped


def _button(word: str, opens: str) -> Html:
    return tag("button", word, type="button", cls="ew-term", popovertarget=opens)


def explanations(guideline: Guideline, prefix: str = "ew-term-") -> Html:
    """All explanations, hidden until a term asks for its own: what the terms of a page lead to."""
    return join(_explanation(guideline, term, prefix) for term in guideline.glossary.values())


def _explanation(guideline: Guideline, term: Term, prefix: str) -> Html:
    said = (tag("strong", term.term), *told(guideline, term))
    return tag("div", *said, popover="auto", id=prefix + term.id, cls="ew-explained", role="note")


def told(guideline: Guideline, term: Term) -> list[Html]:
    """What an entry says, and who says so."""
    also = [tag("p", "Also: ", ", ".join(term.spellings), cls="ew-quiet")] if term.spellings else []
    where = [" · ", places(guideline, term.based_on)] if term.based_on else []
    who = tag("p", WORDS_OF.get(term.stated_by, term.stated_by), *where, cls="ew-quiet")
    return [tag("p", term.explanation), *also, who]


def in_other_words(glossary: Glossary, *texts: str, prefix: str = "ew-term-") -> Html:
    """The terms of texts that stand where nothing can be marked, such as the label of a widget, each to be opened; empty without any."""
    found: dict[str, str] = {}
    for text in texts:
        for span in glossary.find(text):
            found.setdefault(span.term.id, text[span.start : span.end])
    asked = [_button(word, prefix + id) for id, word in found.items()]
    return tag("p", "What is meant by ", join(asked, " · "), "?", cls="ew-quiet ew-meant") if asked else Html("")


def script() -> str:
    """What opens explanations under the mouse and puts them beside the word; to be run once a page."""
    return resources.files("edgewise.explorer.cards").joinpath("terms.js").read_text(encoding="utf-8")
