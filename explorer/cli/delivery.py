"""Handing an answer over: to standard output, or to a file that is written as a whole or not at all."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path

from edgewise.explorer.cli.exits import Refused
from edgewise.explorer.cli.terminal import binary_output, harmless, show, show_json

STDOUT = "-"


def deliver(text: str, output: Path | None, *, guideline: str = "", reads: tuple[str, ...] = ()) -> None:
    """Hand over text that programs read: byte for byte, but on a terminal nothing that could steer it.

    Args:
        text: ends in a line break, or is empty.
        output: a file; None and ``-`` are standard output.
        guideline: the guideline's file, if one is read; it is not written over.
        reads: other files that the command reads and must not write over.

    Raises:
        Refused: the output cannot be written to, or is one of the inputs.
        SourceError: writing failed; an old file is then untouched.
    """
    if output is not None and str(output) != STDOUT:
        _write(text, output, guideline, reads)
    elif sys.stdout.isatty():
        show(text.removesuffix("\n").split("\n") if text else ())
    else:
        deliver_bytes(_whole(text).encode("utf-8"), None)


def deliver_lines(lines: Iterable[str], output: Path | None, *, reads: tuple[str, ...] = ()) -> None:
    """Hand over a report for people, each line of it harmless in a file as well."""
    if output is None or str(output) == STDOUT:
        show(lines)
    else:
        _write("".join(f"{harmless(line).rstrip()}\n" for line in lines), output, "", reads)


def deliver_json(data: object, output: Path | None, *, guideline: str = "", reads: tuple[str, ...] = ()) -> None:
    """Hand over data as JSON."""
    if output is None or str(output) == STDOUT:
        show_json(data)
    else:
        _write(json.dumps(data, ensure_ascii=False, indent=2) + "\n", output, guideline, reads)


def deliver_bytes(data: bytes, output: Path | None, *, guideline: str = "", reads: tuple[str, ...] = ()) -> None:
    """Hand over what is no text, as it is."""
    if output is None or str(output) == STDOUT:
        stream = binary_output()
        stream.write(data)
        stream.flush()
    else:
        _write(data, output, guideline, reads)


def writable(output: Path, guideline: str, *others: str) -> Path:
    """The path, unless writing there would destroy something that the command itself reads.

    Raises:
        Refused: a folder, a device or a pipe, or one of the inputs.
    """
    if output.is_dir():
        raise Refused(f"{output} is a folder; name a file in it with --output")
    if output.exists() and not output.is_file():
        raise Refused(f"{output} is a device or a pipe; leave --output out and redirect standard output instead")
    cases = [str(Path(guideline).with_name("cases.yaml"))] if guideline else []
    for read in (guideline, *others, *cases):
        if output.exists() and Path(read).exists() and output.samefile(read):
            what = "the guideline itself" if read == guideline else "its cases" if read in cases else "what this command reads"
            raise Refused(f"{output} is {what}; name another file with --output")
    return output


def _write(data: str | bytes, output: Path, guideline: str, reads: tuple[str, ...]) -> None:
    from edgewise.graph.writing.export import write

    write(writable(output, guideline, *reads), _whole(data) if isinstance(data, str) else data)


def _whole(text: str) -> str:
    """File names may hold bytes that are no UTF-8; they are written out, in JSON as an escape of its own."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
