"""One value as it is written out: in its own spelling as long as that fits, a long text folded where folding cannot change it."""

from __future__ import annotations

import json
import re

from edgewise.graph.formatting.tree import Scalar

WIDTH, FILL = 160, 140
"""Characters of a line that is left as it is, and of the lines of a text that has to be folded; a long word may go beyond."""

_HEADER = re.compile(r"([|>])([-+0-9]*)")


def on_one_line(scalar: Scalar) -> str:
    r"""A value on one line: as it is written, or in quotes where it was written on several.

    >>> on_one_line(Scalar("a b", "a\n  b", "", 0, 0, 6)), on_one_line(Scalar("1", "'1'", "'", 0, 0, 3))
    ('a b', "'1'")
    """
    if scalar.style in ("", "'", '"') and "\n" not in scalar.written:
        return scalar.written
    joined = " ".join(line.strip() for line in scalar.written.split("\n"))
    return joined if not scalar.style and joined == scalar.text else quoted(scalar.text)


def quoted(text: str) -> str:
    r"""A text in quotes, whatever is in it.

    >>> quoted("two\nlines")
    '"two\\nlines"'
    """
    made = json.dumps(text, ensure_ascii=False)
    return "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in made)


def in_block(scalar: Scalar, indent: int, used: int) -> list[str]:
    """The lines of a value behind a key or a hyphen: the first stands there, the others are set in.

    Args:
        scalar: the value.
        indent: of the lines that follow the first.
        used: columns that are taken on the first line.
    """
    if scalar.style in ("|", ">"):
        return _block(scalar, indent)
    line = on_one_line(scalar)
    if used + len(line) > WIDTH and _may_fold(scalar.text):
        return [">-", *_folded(scalar.text, indent)]
    return [line]


def _block(scalar: Scalar, indent: int) -> list[str]:
    head = _HEADER.match(scalar.written)
    sign, marks = (head[1], head[2]) if head else (">", "-")
    if not scalar.text.strip("\n") or "+" in marks or (sign == ">" and re.search(r"\d", marks)):
        return [quoted(scalar.text)]
    marks = "-" if "-" in marks else ""
    body = scalar.text.removesuffix("\n")
    if sign == "|":
        deeper = "2" if re.match(r"\n* ", body) else ""
        return [f"|{deeper}{marks}", *(f"{' ' * indent}{line}" if line else "" for line in body.split("\n"))]
    lines = _as_written(scalar, indent)
    if _may_fold(body) and any(len(line) > WIDTH for line in lines):
        lines = _folded(body, indent)
    return [f">{marks}", *lines]


def _as_written(scalar: Scalar, indent: int) -> list[str]:
    """The lines of a folded text, each set in as its first one is."""
    lines = scalar.written.split("\n")[1:]
    first = next(line for line in lines if line.strip())
    set_in = len(first) - len(first.lstrip(" "))
    return [f"{' ' * indent}{line[set_in:]}" if line.strip() else "" for line in lines]


def _may_fold(text: str) -> bool:
    """Whether a break at any space is read as that space: nothing is set in, and no two spaces or breaks come together."""
    return " " in text and text == " ".join(text.split()) and text.isprintable()


def _folded(text: str, indent: int) -> list[str]:
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and indent + len(lines[-1]) + 1 + len(word) > FILL:
            lines.append("")
        lines[-1] += f" {word}" if lines[-1] else word
    return [f"{' ' * indent}{line}" for line in lines]
