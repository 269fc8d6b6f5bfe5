"""The patient summary as plain text, to be copied into a record or a message."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import wrap

from edgewise.explorer.drawing.lettering import clean
from edgewise.explorer.handout.patient.sections import Line
from edgewise.explorer.handout.patient.summary import Summary

WIDTH = 100
"""Characters a line."""


def as_text(found: Summary) -> str:
    r"""A summary as text that ends in a line break; no line is longer than `WIDTH`, unless a single word is.

    >>> print(as_text(Summary("Knees", "A publisher", "For education", (), ("No names.",))), end="")
    Knees
    Patient summary. For education.
    A publisher
    <BLANKLINE>
    No names.
    """
    lines = [*_wrapped(found.title), *_wrapped(f"Patient summary. {found.purpose}."), *_wrapped(found.source)]
    for section in found.sections:
        lines += ["", section.title.upper(), *_listed(section.lines, 0)]
    lines += ["", *(line for told in found.foot for line in _wrapped(told))]
    return "\n".join(lines) + "\n"


def _listed(lines: Iterable[Line], depth: int) -> Iterator[str]:
    for line in lines:
        sign = f"{line.sign} " if line.sign else "- "
        where = f" ({line.where})" if line.where else ""
        yield from _wrapped(f"{line.text}{where}", "  " * depth + sign)
        yield from _listed(line.below, depth + 1)


def _wrapped(text: str, first: str = "") -> list[str]:
    told = clean(text)
    return wrap(told, WIDTH, initial_indent=first, subsequent_indent=" " * len(first), break_long_words=False, break_on_hyphens=False) or [
        first
    ]
