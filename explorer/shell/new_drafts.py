"""Drafts begun: with a text, an article, a guideline's own file or a copy of one. Where the reader is turned to is the page's matter."""

from __future__ import annotations

from dataclasses import replace

from edgewise.citations.reading.drafting import draft
from edgewise.citations.reading.model import Article
from edgewise.explorer.drawing.lettering import clean
from edgewise.explorer.shell import drafted, guidelines, session_article
from edgewise.graph.drafting.applying import applied
from edgewise.graph.drafting.drafts import Origin
from edgewise.graph.drafting.edits import Put, Rename
from edgewise.graph.drafting.saving import opened
from edgewise.ontology.errors import EdgewiseError


class NoCopy(EdgewiseError):
    """A guideline is not held as YAML, so that nothing of it can be changed by place."""


def begun(text: str, title: str, said: str, *, cases: str = "", origin: Origin | None = None) -> str:
    """A new draft; its name in addresses.

    Raises:
        EdgewiseError: it cannot be kept.
    """
    return drafted.name_of(drafted.drafts().create(text, origin, title, cases=cases, said=said).id)


def of_article(article: Article, name: str) -> str:
    """A draft begun with an article, which stays beside it for this session alone.

    Args:
        article: as read.
        name: of its file, to be shown.

    Raises:
        EdgewiseError: nothing can be begun with it, or the draft cannot be kept.
    """
    text = applied(draft(article, statements=False), Put("", "purpose", "education"))  # what every guideline here is for
    made = begun(text, clean(article.title), "Begun with an article")
    session_article.hold(made, replace(article, name=name))
    return made


def of_file(name: str) -> str:
    """A draft that goes back to the guideline's own file when it is saved; of one that lies in no YAML file a copy. What is added half is
    to do until it is whole.

    Raises:
        EdgewiseError: it cannot be read, or the draft cannot be kept.
    """
    file = guidelines.file_of(name)
    if file is None or file.suffix not in (".yaml", ".yml"):
        return copy_of(name)
    held = opened(file)
    text = applied(held.text, Put("", "draft", True))
    return begun(text, guidelines.titles((name,))[name], "Opened", cases=held.cases, origin=held.origin)


def copy_of(name: str) -> str:
    """A guideline under another id, without its cases, which speak of this one.

    Raises:
        NoCopy: it is not held as YAML.
        EdgewiseError: it cannot be read, or the draft cannot be kept.
    """
    loaded = guidelines.loaded(name)
    if loaded.format != "yaml":
        raise NoCopy("This guideline is not held as YAML, so there is nothing to copy by place.")
    title = f"{loaded.guideline.title} (copy)"
    edits = (Put("", "draft", True), Put("", "title", title), Rename("", f"{loaded.guideline.id}-copy"))
    return begun(applied(loaded.content.decode("utf-8"), *edits), title, f"Begun with a copy of {loaded.guideline.title}")
