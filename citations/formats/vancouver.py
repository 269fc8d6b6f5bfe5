"""References as a reader expects them in medicine: Vancouver, by citeproc with a small style of our own.

Only what is known is shown; nothing is filled in.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from threading import Lock

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter  # type: ignore[import-untyped]
from citeproc.source.json import CiteProcJSON  # type: ignore[import-untyped]

from edgewise.citations.formats.csl_items import Item, item_of
from edgewise.graph.model import Reference

STYLE = Path(__file__).with_name("vancouver.csl")
_SHOWN = ("type", "title", "author", "container-title", "container-title-short", "issued", "volume", "issue", "page", "publisher")
_ALSO_SHOWN = ("publisher-place", "edition")
_ENDS = "?!."
# citeproc keeps state in the style while it renders, and Streamlit renders in threads.
_LOCK = Lock()


def render(reference: Reference) -> str:
    """One reference as plain text.

    >>> render(Reference("r6", 6, "Sacroiliac Joint Pain and Its Treatment", 2016, container="Clinical spine surgery"))
    'Sacroiliac Joint Pain and Its Treatment. Clinical spine surgery. 2016.'
    """
    return render_all([reference])[0]


def render_all(references: Iterable[Reference]) -> list[str]:
    """References as plain text, in the order given, one string each.

    >>> render_all([])
    []
    """
    items = [_shown(item_of(reference)[0], number) for number, reference in enumerate(references)]
    with _LOCK, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # citeproc warns about variables it does not know
        bibliography = CitationStylesBibliography(_style(), CiteProcJSON(items), formatter.plain)
        for item in items:
            bibliography.register(Citation([CitationItem(item["id"])]))
        lines = [str(line) for line in bibliography.bibliography()]
    return [_tidied(line, item["title"]) for line, item in zip(lines, items, strict=True)]


@lru_cache(maxsize=1)
def _style() -> CitationStylesStyle:
    return CitationStylesStyle(str(STYLE), validate=False)  # a test validates it


def _shown(item: Item, number: int) -> Item:
    # citeproc puts ids into lower case, where two of ours may be the same.
    return {"id": str(number)} | {variable: item[variable] for variable in (*_SHOWN, *_ALSO_SHOWN) if variable in item}


def _tidied(line: str, title: str) -> str:
    """A question mark at the end of a title is its full stop."""
    return line.replace(title + ".", title, 1) if title.endswith(tuple(_ENDS)) and title + "." in line else line
