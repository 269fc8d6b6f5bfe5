"""YAML and JSON as one flat stream of events, so that depth and size are known before anything is built.

PyYAML's C composer recurses and kills the process at a nesting of 50,000; its event stream does not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

import yaml

from edgewise.graph.reading.problems import Problems, shorten

Kind = Literal["mapping", "sequence", "end", "text", "null"]
NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_PARSER: Any = getattr(yaml, "CLoader", yaml.Loader)  # libyaml where PyYAML was built with it; only its events are used


class Event(NamedTuple):
    """One step through a document. `text` is the scalar as text, whatever it looks like; `line` counts from 1."""

    kind: Kind
    text: str
    line: int


def yaml_events(text: str, problems: Problems) -> Iterator[Event]:
    r"""The events of one YAML document; aliases, anchors, tags, further documents and broken syntax become problems.

    >>> [(e.kind, e.text, e.line) for e in yaml_events("a: 1.10\nb: ~", Problems("g.yaml"))]
    [('mapping', '', 1), ('text', 'a', 1), ('text', '1.10', 1), ('text', 'b', 2), ('null', '~', 2), ('end', '', 3)]
    """
    documents = 0
    try:
        for event in yaml.parse(text, Loader=_PARSER):
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    _refuse_document(_line(event), problems)
                    return
                continue
            step = _step(event, problems)
            if step is not None:
                yield step
    except yaml.YAMLError as error:
        _refuse_syntax(error, problems)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0


def _refuse_document(line: int, problems: Problems) -> None:
    problems.add("several-documents", "a second YAML document begins here", line, "keep one document in a file and remove the line '---'")


def _step(event: yaml.Event, problems: Problems) -> Event | None:
    line = _line(event)
    if isinstance(event, yaml.AliasEvent):
        problems.add(
            "yaml-alias", f"'*{shorten(event.anchor or '')}' is a YAML alias", line, "write the value out, or refer to it by its id"
        )
        return Event("text", "", line)
    if isinstance(event, yaml.NodeEvent):
        _refuse_properties(event, line, problems)
    if isinstance(event, yaml.ScalarEvent):
        plain = not event.style or event.style == "plain"
        return Event("null" if plain and event.value in NULLS else "text", event.value, line)
    if isinstance(event, yaml.CollectionStartEvent):
        return Event("mapping" if isinstance(event, yaml.MappingStartEvent) else "sequence", "", line)
    return Event("end", "", line) if isinstance(event, yaml.CollectionEndEvent) else None


def _refuse_properties(event: yaml.NodeEvent, line: int, problems: Problems) -> None:
    if event.anchor is not None:
        problems.add("yaml-anchor", f"'&{shorten(event.anchor)}' is a YAML anchor", line, "remove the anchor; things are referred to by id")
    tag = getattr(event, "tag", None)
    if tag is not None:
        problems.add("yaml-tag", f"the YAML tag '{shorten(tag)}' is not allowed", line, "remove it; the key decides how a value is read")


# libyaml's words, then ours: what is wrong, how to repair it, and whether the place that was opened says more than the place it broke.
_SYNTAX: tuple[tuple[str, str, str, bool], ...] = (
    (
        "mapping values are not allowed",
        "a colon starts a second key where none can be",
        "put a text that holds ': ' in quotes, and check the indentation",
        False,
    ),
    ("could not find expected ':'", "a key lacks its colon", "write 'key: value', and indent a text of several lines", False),
    (
        "did not find expected key",
        "this line does not line up with the keys around it",
        "give keys of one level the same indentation; put the whole of a text that begins with a quote in quotes",
        False,
    ),
    (
        "did not find expected '-'",
        "this line does not line up with the list it follows",
        "begin each entry with '- ' at the same indentation",
        False,
    ),
    (
        "cannot start any token",
        "a tab, or a character with which no value may begin",
        "indent with spaces; put a text that begins with @, ` or % in quotes",
        False,
    ),
    (
        "did not find expected ',' or",
        "a bracket is opened here and not closed as it should be",
        "close the bracket, separate its entries with commas",
        True,
    ),
    ("found unexpected end of stream", "a quotation mark is opened here and never closed", "close the quotation", True),
    ("found unexpected document indicator", "a quotation mark is opened here and never closed", "close the quotation", True),
)


def _refuse_syntax(error: yaml.YAMLError, problems: Problems) -> None:
    marked = error if isinstance(error, yaml.MarkedYAMLError) else yaml.MarkedYAMLError(problem=str(error))
    said = marked.problem or "the text is not YAML"
    other = ("", f"not valid YAML: {shorten(said, 120)}", "compare the line with its neighbours", False)
    _, message, repair, at_start = next((known for known in _SYNTAX if known[0] in said), other)
    mark = (marked.context_mark if at_start else None) or marked.problem_mark
    problems.add("yaml-syntax", message, mark.line + 1 if mark else 0, repair)


_TOKEN = re.compile(r'[ \t\r\n]*(?:([{}\[\],:])|(")|(-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)|(true|false|null)|(\Z))')


def _scan(text: str, at: int) -> tuple[str, int]:
    """The string that begins at `at`, behind its quotation mark, and where it ends."""
    found: tuple[str, int] = json.decoder.scanstring(text, at, True)  # type: ignore[attr-defined]  # as json's own decoder does
    return found


class _Json:
    """A cursor over JSON text that yields tokens with their lines."""

    def __init__(self, text: str) -> None:
        self.text, self.at, self.line, self._counted = text, 0, 1, 0

    def next(self) -> tuple[str, str]:
        """(kind, text): a bracket, comma or colon, ``text``, ``literal``, ``null`` or ``stop``; ValueError for anything else."""
        match = _TOKEN.match(self.text, self.at)
        if match is None:
            rest = self.text[self.at :]
            self._move(len(self.text) - len(rest.lstrip(" \t\r\n")))
            raise ValueError(f"{rest.lstrip()[:1]!r} cannot stand here")
        self._move(match.start(match.lastindex or 0))
        self.at = match.end()
        mark, quote, number, word, _ = match.groups()
        if quote:
            string, self.at = _scan(self.text, self.at)
            return "text", string
        if mark:
            return mark, ""
        if number or word:
            return ("null", word) if word == "null" else ("literal", number or word)
        return "stop", ""

    def _move(self, to: int) -> None:
        self.line += self.text.count("\n", self._counted, to)
        self._counted = to


def json_events(text: str, problems: Problems) -> Iterator[Event]:
    """The events of one JSON document, scalars as text in their written form; broken syntax becomes a problem.

    >>> [(e.kind, e.text) for e in json_events('{"a": [1.10, null]}', Problems("f.json"))]
    [('mapping', ''), ('text', 'a'), ('sequence', ''), ('text', '1.10'), ('null', 'null'), ('end', ''), ('end', '')]
    """
    cursor = _Json(text)
    try:
        yield from _json_document(cursor)
    except (json.JSONDecodeError, ValueError) as error:
        said = getattr(error, "msg", str(error))
        problems.add(
            "json-syntax",
            f"not valid JSON: {shorten(said, 120)}",
            cursor.line,
            "check commas, quotes and brackets here and in the line before",
        )


def _json_document(cursor: _Json) -> Iterator[Event]:
    """A push-down automaton: `closers` holds the open brackets, `expect` what may come next."""
    closers: list[str] = []
    expect = "value"
    while True:
        kind, text = cursor.next()
        if kind == "stop":
            if expect != "stop":
                raise ValueError("the text ends before its last bracket is closed" if closers else "the text is empty")
            return
        event, expect = _json_move(kind, text, expect, closers, cursor.line)
        if event is not None:
            yield event


def _json_move(kind: str, text: str, expect: str, closers: list[str], line: int) -> tuple[Event | None, str]:
    inside = closers[-1] if closers else ""
    after = "comma" if closers else "stop"
    if kind in ("text", "literal", "null") and expect in ("value", "value or ]"):
        return Event("null" if kind == "null" else "text", text, line), after
    if kind == "text" and expect in ("key", "key or }"):
        return Event("text", text, line), "colon"
    if kind in ("{", "[") and expect in ("value", "value or ]"):
        closers.append("}" if kind == "{" else "]")
        return Event("mapping" if kind == "{" else "sequence", "", line), "key or }" if kind == "{" else "value or ]"
    if kind == inside and (expect == "comma" or expect.endswith(f"or {kind}")):
        closers.pop()
        return Event("end", "", line), "comma" if closers else "stop"
    if kind == ":" and expect == "colon":
        return None, "value"
    if kind == "," and expect == "comma":
        return None, "key" if inside == "}" else "value"
    raise ValueError("something follows the end of the document" if expect == "stop" else f"expected a {expect}")
