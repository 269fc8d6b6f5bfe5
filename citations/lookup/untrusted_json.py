"""Careful hands for JSON that somebody else wrote: any part of it may be missing or of another type."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from typing import Any

from edgewise.citations.formats.details import fold

LONGEST = 2_000  # characters of one value
MOST = 500  # members of one list
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>")


class Unreadable(ValueError):
    """An answer that is not what the registry promises."""


def parse(content: bytes) -> Mapping[str, Any]:
    """The JSON object in an answer.

    Raises:
        Unreadable: it is none: a page of a hotel's network, say.

    >>> parse(b'{"status": "ok"}')
    {'status': 'ok'}
    >>> parse(b"<html>")
    Traceback (most recent call last):
        ...
    edgewise.citations.lookup.untrusted_json.Unreadable: the answer is not JSON
    """
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        raise Unreadable("the answer is not JSON") from None
    if not isinstance(value, dict):
        raise Unreadable("the answer is not a JSON object")
    return value


def text(value: object) -> str:
    r"""A string or number on one line, without markup.

    >>> text("Belts &amp; <i>braces</i>\n"), text(7), text(None)
    ('Belts & braces', '7', '')
    """
    if not isinstance(value, str | int) or isinstance(value, bool):
        return ""
    return fold(html.unescape(_TAG.sub("", str(value)[:LONGEST])))


def members(value: object) -> list[Any]:
    """A list, capped; anything else is empty."""
    return value[:MOST] if isinstance(value, list) else []


def table(value: object) -> Mapping[str, Any]:
    """An object; anything else is empty."""
    return value if isinstance(value, dict) else {}


def texts(value: object) -> tuple[str, ...]:
    """The strings of a list that are not empty."""
    return tuple(words for member in members(value) if (words := text(member)))


def date_parts(value: object) -> tuple[int, ...]:
    """Crossref's ``{"date-parts": [[2006, 12]]}`` as numbers; empty where there is no year.

    >>> date_parts({"date-parts": [[2006, 12]]}), date_parts({"date-parts": [[None]]})
    ((2006, 12), ())
    """
    dates = members(table(value).get("date-parts"))
    parts: list[int] = []
    for part in members(dates[0])[:3] if dates else []:
        if not isinstance(part, int) or isinstance(part, bool) or not 0 < part < 10_000:
            break
        parts.append(part)
    return tuple(parts)
