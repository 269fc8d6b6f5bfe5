"""CSL-JSON, the format of Zotero, Pandoc and citeproc."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from edgewise.citations.formats.csl_item_reading import reading_of
from edgewise.citations.formats.csl_items import item_of
from edgewise.citations.formats.exchange import MOST_REFERENCES, Reading, Spot, Written, decode, distinct
from edgewise.graph.model import Reference

_BLANK = " \t\n\r"
_RICH = ("title", "container-title", "container-title-short", "publisher")
_MARKUP = re.compile(r"</?(?:i|b|u|sc|sub|sup|em|strong|span)(?:\s[^<>]{0,100})?>", re.IGNORECASE)


def write(references: Iterable[Reference], *, notes: bool = True) -> Written:
    """References as CSL-JSON; `notes` keep who stated what.

    >>> print(write([Reference("r1", 1, "A trial", 2006)]).text.splitlines()[3])
        "type": "document",
    """
    pairs = [item_of(reference, notes=notes) for reference in references]
    text = json.dumps([item for item, _ in pairs], ensure_ascii=False, indent=2) + "\n"
    return Written(text, tuple(out for _, left_out in pairs for out in left_out))


def read(text: str | bytes, name: str, *, stated_by: str = "editor") -> Reading:
    """The references of a CSL-JSON list (or of one item).

    Args:
        text: the file's content; bytes are UTF-8.
        name: of the file, for findings.
        stated_by: who vouches for details that the file does not attribute.

    >>> found = read('[{"id": "a", "title": "A trial", "issued": {"date-parts": [[2006]]}}, 7]', "list.json")
    >>> found.references[0].title, str(found.findings[0])
    ('A trial', "list.json:1: error: entry 2 is not a bibliographic item; write an object with 'id', 'title' and 'issued' [broken-entry]")
    """
    content, findings = decode(text, name)
    if findings:
        return Reading(findings=findings)
    return distinct(_readings(content, name, stated_by), name)


def _readings(content: str, name: str, stated_by: str) -> Iterator[Reading]:
    try:
        for number, (value, offset) in enumerate(_values(content), 1):
            if number > MOST_REFERENCES + 1:
                return
            spot = Spot(name, content.count("\n", 0, offset) + 1)
            yield reading_of(_plain(value), number, spot, stated_by) if isinstance(value, dict) else _no_item(number, spot)
    except json.JSONDecodeError as error:
        yield _broken(Spot(name, error.lineno), f"the JSON is broken: {error.msg}")
    except RecursionError:
        yield _broken(Spot(name), "the JSON is nested too deeply")
    except ValueError:  # a number of thousands of digits
        yield _broken(Spot(name), "a number in the JSON is too long")


def _plain(item: dict[str, Any]) -> dict[str, Any]:
    """The item without CSL's rich text; in an item of our own, ``<b>`` is what the title says."""
    if "edgewise position" in str(item.get("note")):
        return item
    return {field: _MARKUP.sub("", value) if field in _RICH and isinstance(value, str) else value for field, value in item.items()}


def _values(content: str) -> Iterator[tuple[Any, int]]:
    """Each element of the list with its place, so that those before a broken one are still read."""
    decoder = json.JSONDecoder()
    at = _skip(content, 0)
    if not content.startswith("[", at):
        value, end = decoder.raw_decode(content, at)
        yield value, at
        at, closing = _skip(content, end), ""
    else:
        at, closing = _skip(content, at + 1), "]"
        while not content.startswith("]", at):
            value, end = decoder.raw_decode(content, at)
            yield value, at
            at = _next(content, end)
    rest = _skip(content, at + len(closing))
    if rest < len(content):
        raise json.JSONDecodeError("something follows the end of the list", content, rest)


def _next(content: str, end: int) -> int:
    at = _skip(content, end)
    if content.startswith(",", at) and not content.startswith("]", _skip(content, at + 1)):
        return _skip(content, at + 1)
    if not content.startswith("]", at):
        raise json.JSONDecodeError("a comma or the end of the list is missing here", content, at)
    return at


def _skip(content: str, at: int) -> int:
    while at < len(content) and content[at] in _BLANK:
        at += 1
    return at


def _no_item(number: int, spot: Spot) -> Reading:
    repair = "write an object with 'id', 'title' and 'issued'"
    return Reading(findings=(spot.finding("broken-entry", f"entry {number} is not a bibliographic item", repair),))


def _broken(spot: Spot, message: str) -> Reading:
    return Reading(findings=(spot.finding("unreadable-file", message, "export the list again as CSL-JSON"),))
