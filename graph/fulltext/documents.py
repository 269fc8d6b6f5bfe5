"""What a library's index holds of one guideline: the guideline itself, and everything in it that can be found and led to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from edgewise.graph.glossary import Glossary
from edgewise.graph.model import Guideline
from edgewise.graph.search import Entry, entries
from edgewise.graph.words import folded, words


@dataclass(frozen=True, slots=True)
class Held:
    """One thing that can be found.

    Attributes:
        kind: ``guideline``, or one of `edgewise.graph.search.KINDS`.
        id: its id inside the guideline; the guideline's own where it is that.
        shown: how it is told to a reader: a name, or the text of a passage.
        names: words by which it is called.
        texts: words that it says.
        beside: what else belongs to it.
    """

    kind: str
    id: str
    shown: str
    names: str
    texts: str
    beside: str


def held(guideline: Guideline) -> Iterator[Held]:
    """Everything of a guideline that can be found, the guideline first.

    >>> from edgewise.graph.library import load
    >>> found = list(held(load("ottawa-ankle").guideline))
    >>> found[0].kind, found[0].shown
    ('guideline', 'Ottawa Ankle Rules: acute ankle or midfoot injury')
    """
    glossary = Glossary.of(guideline)
    about = Entry("guideline", guideline.id, (guideline.title,), (guideline.question,), (guideline.publisher, guideline.audience))
    for entry in (about, *entries(guideline)):
        said = [" · ".join(filter(None, part)) for part in entry[2:]]
        terms = {span.term.id: span.term for text in said for span in glossary.find(text)}
        also = " · ".join(" · ".join((term.term, *term.spellings)) for term in terms.values())
        names, texts, beside = map(plain, (said[0], said[1], f"{said[2]} {also}"))
        yield Held(entry.kind, entry.id, next(iter(filter(None, (*entry.names, *entry.texts))), entry.id), names, texts, beside)


def plain(text: str) -> str:
    """The words of a text, folded, with a space between two.

    >>> plain("X-rays of Ménière’s")
    "x rays of meniere's"
    """
    return " ".join(folded(word.text) for word in words(text))
