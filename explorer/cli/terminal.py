"""What reaches the terminal: text that cannot steer it, JSON that any program can read, UTF-8 everywhere."""

from __future__ import annotations

import io
import json
import os
import re
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, TextIO

# Inside a JSON string every character may be escaped; these steer terminals, turn text round, or are no UTF-8.
_STEERING = re.compile("[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")


def harmless(text: str) -> str:
    r"""One line of text that no terminal takes for a command: breaks become spaces, what is not printable is written out.

    >>> harmless("red: \x1b[31m"), harmless("two\nlines"), harmless("70\u202f%")
    ('red: \\x1b[31m', 'two lines', '70\u202f%')
    """
    return "".join(_shown(character) for character in text)


def _shown(character: str) -> str:
    if character.isprintable() or (character.isspace() and character > "\x9f" and character not in "\u2028\u2029"):
        return character  # Python counts the no-break spaces as not printable
    if character in "\n\r\t\v\f\u2028\u2029":
        return " "
    return character.encode("unicode_escape").decode("ascii")


def show(lines: Iterable[str]) -> None:
    """Print lines, each of them harmless."""
    for line in lines:
        sys.stdout.write(harmless(line).rstrip() + "\n")


def show_json(data: object) -> None:
    """Print data as JSON: readable, and with everything escaped that could steer a terminal."""
    sys.stdout.write(_STEERING.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(data, ensure_ascii=False, indent=2)) + "\n")


def complain(line: str) -> None:
    """Print one line to standard error; where nobody listens there any more, nothing."""
    with suppress(OSError, ValueError, AttributeError):
        sys.stderr.write(harmless(line) + "\n")
        sys.stderr.flush()


def binary_output() -> Any:
    """Standard output for bytes, after what was already written as text."""
    sys.stdout.flush()
    return sys.stdout.buffer


def use_utf8() -> None:
    """Make the standard streams UTF-8 whatever the platform's code page, and whole; a closed one becomes one that swallows."""
    for name in ("stdout", "stderr"):
        stream: TextIO | None = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115  # open as long as the program runs
        elif isinstance(stream, io.TextIOWrapper):
            setattr(sys, name, _utf8(stream))


def _utf8(stream: io.TextIOWrapper) -> io.TextIOWrapper:
    if not isinstance(stream.buffer, io.RawIOBase):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        return stream
    # PYTHONUNBUFFERED: a pipe takes 64 KiB at a time from such a stream, and Python drops the rest without a word.
    return io.TextIOWrapper(io.BufferedWriter(stream.buffer), "utf-8", "backslashreplace", line_buffering=True)


def abandon_output() -> None:
    """Point standard output at nothing, so that the interpreter's last flush does not fail a second time."""
    with suppress(OSError, ValueError):
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, sys.stdout.fileno())
        os.close(nothing)


def take_output() -> Callable[[str], None]:
    """Point standard output at nothing from now on; returns what shows one last line there, if somebody still reads it.

    Libraries write there as well, and some of them come to grief once nobody reads. A stream that is not the process's own is left alone.
    """
    stream, own = sys.stdout, False
    with suppress(OSError, ValueError):
        if own := stream.fileno() == 1:
            stream = os.fdopen(os.dup(1), "w", encoding="utf-8", errors="backslashreplace")
            abandon_output()

    def tell(line: str) -> None:
        with suppress(OSError, ValueError):
            stream.write(harmless(line) + "\n")
            stream.flush()
        if own:
            with suppress(OSError):  # the line that could not be written is tried once more
                stream.close()

    return tell
