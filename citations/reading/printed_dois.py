"""DOIs as lists print them: within a sentence, an address or brackets, with what is no part of them behind."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import unquote

_START = re.compile(r"10\.\d{4,9}(?:\.\d{1,9}){0,4}(?:/|%2F)", re.IGNORECASE)
_SIGNS = re.compile(r"(?:[^\s\"<>]|<[^\s<>]{1,60}::[^\s<>]{1,60}>){1,300}")  # a SICI holds <page::title> within
_NEXT_NUMBER = re.compile(r"(?<=.)(?:[.;,]?\(?PMC?ID:?\d|[.;,]PMC\d|[.;,]?https?://).*$", re.IGNORECASE)
_VIEW = re.compile(r"(?:/(?:abstract|summary|full|fulltext|full-text|pdf|epdf|pdfdirect|html|meta|epub))+/?$|[?#].*$", re.IGNORECASE)
_PAIRS = {")": "(", "]": "[", "}": "{"}
_STOPS = ".,;:'’”»…/"


def first_doi(text: str) -> str:
    """The first DOI in a text, as printed, without a stop, bracket or name of a view behind it; empty if there is none.

    >>> first_doi("doi: http://dx.doi.org/10.1000/two/abstract."), first_doi("(see 10.1000/x(IWNOP))"), first_doi("10 of 12")
    ('10.1000/two', '10.1000/x(IWNOP)', '')
    >>> first_doi("doi:10.1002/(SICI)1097(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2, read in 2001")
    '10.1002/(SICI)1097(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2'
    """
    plain = unescape(text) if "&" in text else text
    for start in _START.finditer(plain):
        signs = _SIGNS.match(plain, start.end())
        if signs and (name := _trimmed(unquote(signs[0]))):
            return unquote(start[0]) + name
    return ""


def _trimmed(name: str) -> str:
    """What stands behind the prefix, without what a sentence or an address adds to it."""
    before = ""
    while name != before:
        before = name
        name = _VIEW.sub("", _NEXT_NUMBER.sub("", name)).rstrip(_STOPS)
        if name and (opening := _PAIRS.get(name[-1])) and name.count(name[-1]) > name.count(opening):
            name = name[:-1]
    return name
