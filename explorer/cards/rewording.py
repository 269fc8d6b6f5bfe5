"""Our own words as they were when somebody signed, beside what they are now, with what differs marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher

from edgewise.explorer.cards.markup import Html, join, tag

PARTS = {"statement": "The statement", "kind": "Its kind", "marker": "The marker", "reference": "The reference"}
_PIECES = re.compile(r"\s+|[^\s\w]|\w+")


def then_and_now(changes: Mapping[str, tuple[str, str]], then: str) -> Html:
    """What was reworded, part by part: the old and the new side by side.

    Args:
        changes: by part of our words, as `edgewise.citations.ledger.remembered.reworded` gives them.
        then: what the old words are headed, such as who signed them and when.

    >>> "<del>one</del>" in then_and_now({"statement": ("Rest for one week.", "Rest for two weeks.")}, "Signed by Ann Lee")
    True
    """
    return join(tag("div", *_sides(part, old, new, then), cls="ew-beside") for part, (old, new) in changes.items())


def _sides(part: str, old: str, new: str, then: str) -> Iterator[Html]:
    before, after = _marked(old, new)
    heading = PARTS.get(part, part)
    yield tag(
        "article", tag("h3", f"{heading}, then"), tag("p", before or "nothing"), tag("p", then, cls="ew-quiet"), cls="ew-card ew-then"
    )
    yield tag("article", tag("h3", f"{heading}, now"), tag("p", after or "nothing"), cls="ew-card ew-now")


def _marked(old: str, new: str) -> tuple[Html, Html]:
    """Both texts, with the words that only one of them has marked as taken out or put in."""
    before, after = _PIECES.findall(old), _PIECES.findall(new)
    left: list[str] = []
    right: list[str] = []
    for same, start, end, first, last in _blocks(before, after):
        one, other = "".join(before[start:end]), "".join(after[first:last])
        left += [one if same or not one.strip() else tag("del", one)]
        right += [other if same or not other.strip() else tag("ins", other)]
    return join(left), join(right)


def _blocks(before: list[str], after: list[str]) -> Iterator[tuple[bool, int, int, int, int]]:
    for code, *bounds in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        start, end, first, last = bounds
        yield code == "equal", start, end, first, last
