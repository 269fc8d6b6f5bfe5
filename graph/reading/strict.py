"""YAML and JSON without their traps: every scalar is text, nothing is merged, repeated or expanded, every fault has its line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from edgewise.graph.reading.events import Event, json_events, yaml_events
from edgewise.graph.reading.files import LIMIT
from edgewise.graph.reading.lines import Marks, Path
from edgewise.graph.reading.problems import Problems, fail, shorten

DEEPEST = 64
MOST_VALUES = 250_000  # what 4 MiB can hold of honest text; tokens of one character would take gigabytes

_NO_KEY = re.compile(r"[^\w-]")
"""What no key of a guideline holds: a space above all."""

Data = str | None | dict[str, "Data"] | list["Data"]

# What YAML itself calls not printable, and the line breaks that no editor shows.
_CONTROL = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HALF = re.compile("[\ud800-\udfff]")


def strict_yaml(
    text: str | bytes, name: str, *, limit: int = LIMIT, allow_empty: bool = False, format: str = "", deepest: int = DEEPEST
) -> tuple[Data, Marks]:
    r"""Read one YAML or JSON document as mappings, lists and text.

    Args:
        text: the document; bytes must be UTF-8.
        name: file name for messages; a name ending in ``.json`` or ``.jsonld`` is read as JSON.
        limit: largest size in bytes.
        allow_empty: whether ``null``, ``~`` and nothing at all may stand as a value (they come out as None).
        format: ``yaml`` or ``json`` where the name does not tell.
        deepest: how deep brackets and lists may be nested.

    Returns:
        The data (text is never turned into numbers, dates or truth values) and the line of every key and value.

    Raises:
        SourceError: with every problem that could be found.

    >>> data, marks = strict_yaml("version: 1.10\nasked: no\nparts: [12:30]", "g.yaml")
    >>> data, marks.value(("parts", 0))
    ({'version': '1.10', 'asked': 'no', 'parts': ['12:30']}, 3)
    >>> strict_yaml("a: 1\na: 2", "g.yaml")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    edgewise.ontology.errors.SourceError: g.yaml:2: error: the key 'a' stands here for a second time, first on line 1; ...
    """
    problems = Problems(name)
    found = salvage(text, problems, limit=limit, allow_empty=allow_empty, format=format, deepest=deepest)
    problems.stop()
    return found


def salvage(
    text: str | bytes, problems: Problems, *, limit: int = LIMIT, allow_empty: bool = False, format: str = "", deepest: int = DEEPEST
) -> tuple[Data, Marks]:
    r"""As `strict_yaml`, but noting faults and reading on: what is said a second time is left out, an empty value is an empty text.

    Raises:
        SourceError: for a file that holds nothing one could read.

    >>> problems = Problems("g.yaml")
    >>> salvage("a: 1\na: 2\nb:", problems)[0], [finding.rule for finding in problems.findings()]
    ({'a': '1', 'b': ''}, ['duplicate-key', 'empty-value'])
    """
    name = problems.file
    text = decode(text, name, limit)
    is_json = format == "json" or (not format and name.lower().endswith((".json", ".jsonld")))
    events = json_events(text, problems) if is_json else yaml_events(text, problems)
    builder = _Builder(problems, allow_empty, deepest)
    builder.take(events)
    if problems.fatal:
        problems.stop()
    if not builder.done or (builder.root is None and not allow_empty):
        raise fail(name, "empty-file", "the file has no content", 0, "write the guideline, or restore the file from a copy")
    return builder.root, Marks(builder.places)


def decode(text: str | bytes, name: str, limit: int = LIMIT) -> str:
    r"""Text of a bounded size in UTF-8 without control characters.

    Raises:
        SourceError: with the line of what is not text.

    >>> decode(b"\xef\xbb\xbfid: x", "g.yaml")
    'id: x'
    """
    if len(text) > limit:
        size = f"the file is larger than {limit:,} bytes"
        raise fail(name, "too-large", size, 0, "split it, or raise the limit if the file is what it should be")
    if isinstance(text, bytes):
        text = _decode(text, name)
    text = text.removeprefix("\ufeff")
    problems = Problems(name)
    for match in _CONTROL.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        problems.add("control-character", f"the character U+{ord(match[0]):04X} is not allowed", line, "delete it", value=match[0])
        if problems.unlisted:  # each costs a count of lines; a binary file is full of them
            break
    problems.stop()
    if not text.strip():
        raise fail(name, "empty-file", "the file has no content", 0, "write the guideline, or restore the file from a copy")
    return text


def forbidden(text: str) -> str:
    r"""The first character of a value that no file may bring in, also not by an escape; empty if there is none.

    >>> forbidden("a\x07b"), forbidden("plain\ttext, ≥70 %")
    ('\x07', '')
    """
    match = _CONTROL.search(text)
    return match[0] if match else ""


def _whole(text: str) -> str:
    """The text with a sign in place of each half character, which was refused and which nothing could write out."""
    return text if text.isascii() else _HALF.sub("\ufffd", text)


def _decode(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"byte {error.start} (0x{data[error.start]:02x}) is not UTF-8 text"
        raise fail(name, "not-utf-8", message, line, "save the file as UTF-8") from None


@dataclass(slots=True)
class _Frame:
    """An open mapping or list. `path` None: built only to be thrown away, because its key was refused."""

    container: dict[str, Data] | list[Data]
    path: Path | None
    key: str | None = None
    key_line: int = 0
    refused: bool = False  # the pending key was refused; its value goes nowhere
    key_lines: dict[str, int] = field(default_factory=dict)

    @property
    def awaits_key(self) -> bool:
        return isinstance(self.container, dict) and self.key is None and not self.refused


class _Builder:
    """Builds data from events with a stack of its own, so that no input can exhaust Python's."""

    def __init__(self, problems: Problems, allow_empty: bool, deepest: int) -> None:
        self.problems, self.allow_empty, self.deepest = problems, allow_empty, deepest
        self.root: Data = None
        self.done = False
        self.places: dict[Path, tuple[int, int]] = {}
        self._stack: list[_Frame] = []

    def take(self, events: Iterable[Event]) -> None:
        """Build until the events end, or the document goes too deep or too wide."""
        for count, event in enumerate(events):
            if count > MOST_VALUES:
                self.problems.add("too-large", f"the file holds more than {MOST_VALUES:,} values", event.line, "split the file")
                return
            if event.kind == "end":
                self._close()
            elif event.kind in ("mapping", "sequence"):
                if len(self._stack) >= self.deepest:
                    self.problems.add(
                        "too-deep", f"brackets or lists are nested more than {self.deepest} deep", event.line, "flatten the nesting"
                    )
                    return
                self._open(event)
            else:
                self._scalar(event)

    def _close(self) -> None:
        self._stack.pop()
        frame = self._stack[-1] if self._stack else None
        if frame is not None and frame.awaits_key and frame.key_line < 0:  # that was a bracketed key
            frame.key_line, frame.refused = 0, True

    def _open(self, event: Event) -> None:
        container: dict[str, Data] | list[Data] = {} if event.kind == "mapping" else []
        frame = self._stack[-1] if self._stack else None
        if frame is not None and frame.awaits_key:
            message, repair = (
                "a list or mapping stands where a key should",
                "write a word, a colon and a value; put a text that begins with [ or { in quotes",
            )
            if frame.path is not None:  # once is enough for a key inside a refused key
                self.problems.add("key-not-text", message, event.line, repair)
            frame.key_line = -1
            self._stack.append(_Frame(container, None))
            return
        self._stack.append(_Frame(container, self._put(container, event.line)))

    def _scalar(self, event: Event) -> None:
        frame = self._stack[-1] if self._stack else None
        if frame is not None and frame.awaits_key:
            self._key(frame, event)
            return
        self._refuse_controls(event)
        empty = event.kind == "null" and bool(self._stack) and not self.allow_empty
        path = self._put(None if event.kind == "null" and not empty else "" if empty else _whole(event.text), event.line)
        if empty and path and frame is not None and self._was_cut(frame, path, event):
            return
        if empty and path:
            what = f"'{shorten(str(path[-1]))}'" if isinstance(path[-1], str) else "this entry of the list"
            repair = "write a value (in quotes if it is the word null), or remove it"
            if event.text == "" and frame is not None and self._before(frame) is not None:
                repair += "; if the comma before it belongs to a text, put that text in quotes"
            self.problems.add("empty-value", f"{what} has no value", event.line, repair)

    @staticmethod
    def _before(frame: _Frame) -> tuple[str, str] | None:
        """The text before the value just put, on the same line, with its key; None where there is none."""
        if not isinstance(frame.container, dict) or len(frame.container) < 2:
            return None
        before, last = list(frame.container.items())[-2:]
        same_line = frame.key_lines.get(before[0]) == frame.key_lines.get(last[0])
        return (before[0], before[1]) if same_line and isinstance(before[1], str) and before[1] else None

    def _was_cut(self, frame: _Frame, path: Path, event: Event) -> bool:
        """Whether a comma in braces cut a text in two: what stands behind it is taken for a key, which no key can be."""
        key, before = path[-1], self._before(frame)
        if event.text or before is None or not isinstance(key, str) or not _NO_KEY.search(key):
            return False
        whole = f"{before[1]}, {key}"
        self.problems.add(
            "unquoted-comma", f"the comma ends the value of '{before[0]}': '{shorten(key)}' is left over", event.line,
            f'put the text in quotes: {before[0]}: "{shorten(whole)}"', value=key,
        )  # fmt: skip
        assert isinstance(frame.container, dict)  # noqa: S101 - or there would be nothing before
        del frame.container[key]
        frame.container[before[0]] = whole
        return True

    def _key(self, frame: _Frame, event: Event) -> None:
        key, line = _whole(event.text), event.line
        self._refuse_controls(event)
        frame.refused = True
        if event.kind == "null":
            self.problems.add("key-not-text", "a value has no key", line, "write a key before the colon (in quotes if it is the word null)")
        elif key == "<<":
            self.problems.add("yaml-merge", "'<<' merges another mapping into this one", line, "write the keys out")
        elif key in frame.key_lines:
            first = f"first on line {frame.key_lines[key]}"
            message = f"the key '{shorten(key)}' stands here for a second time, {first}"
            self.problems.add("duplicate-key", message, line, "remove or merge one of them", value=key)
        else:
            frame.refused, frame.key, frame.key_line = False, key, line
            frame.key_lines[key] = line

    def _put(self, value: Data, line: int) -> Path | None:
        """Attach a value where it belongs; its path, or None if it goes nowhere."""
        if not self._stack:
            self.root, self.done = value, True
            self.places[()] = (line, line)
            return ()
        frame = self._stack[-1]
        step, key_line = self._attach(frame, value, line)
        if frame.path is None or step is None:
            return None
        path = (*frame.path, step)
        self.places[path] = (key_line, line)
        return path

    @staticmethod
    def _attach(frame: _Frame, value: Data, line: int) -> tuple[str | int | None, int]:
        if isinstance(frame.container, list):
            frame.container.append(value)
            return len(frame.container) - 1, line
        key, key_line = frame.key, frame.key_line
        frame.key, frame.key_line, frame.refused = None, 0, False
        if key is not None:
            frame.container[key] = value
        return key, key_line

    def _refuse_controls(self, event: Event) -> None:
        r"""Escapes such as ``\x07`` bring in what the text itself may not hold."""
        if control := forbidden(event.text):
            self.problems.add(
                "control-character", f"an escape stands for U+{ord(control):04X}, which is not allowed", event.line, "delete the escape"
            )
