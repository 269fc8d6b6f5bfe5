"""How much room words take on the canvas: cleaning, measuring and breaking of text, without a browser.

The widths are estimates on the generous side (a wide sans-serif face). Where a reader's own font is wider still, the canvas
squeezes the line into its box, so nothing is ever cut.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

ELLIPSIS = "…"
ZERO_WIDTH = frozenset("\u200b\u200c\u200d\u2060\ufeff\ufe0e\ufe0f")
# Characters that turn the direction of what follows them can make a label say something else than its source does.
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
HYPHENS = "-–/"
_TOO_LONG = 1.14
"""How much longer than its line a word may be that is not broken: its box grows with it."""
NARROW = frozenset("iljtfrI.,:;'|!()[]{}/\\-` ")
WIDE = frozenset("mwMW@%—…★≥≤")


def clean(text: str) -> str:
    r"""One line of printable text: control and direction-turning characters go, white space becomes single spaces.

    >>> clean("a\n\tb\x00 <b>\u202ec")
    'a b <b>c'
    """
    if text.isprintable():  # nearly every text: none of these signs, and no white space but the space itself
        return " ".join(text.split())
    kept = (" " if c.isspace() else c for c in text if c not in TURNING)
    return " ".join("".join(c for c in kept if unicodedata.category(c) not in {"Cc", "Cs"}).split())


def _em(char: str) -> float:
    if char in ZERO_WIDTH or unicodedata.combining(char):
        return 0.0
    if ord(char) >= 0x1F000:
        return 1.3
    if char in WIDE:
        return 0.9
    if char in NARROW:
        return 0.34
    if unicodedata.east_asian_width(char) in "WF":
        return 1.0
    return 0.7 if char.isupper() or not char.isascii() else 0.56


def measure(text: str, size: float) -> float:
    r"""Width in pixels of one line set in `size` pixels.

    >>> measure("", 12), measure("mm", 10) > measure("ii", 10), measure("e\u0301", 10) == measure("e", 10)
    (0, True, True)
    """
    return sum(_em(char) for char in text) * size


def shorten(text: str, size: float, room: float) -> str:
    """The text, or as much of its beginning as fits into `room` pixels, and an ellipsis.

    >>> shorten("sacroiliac joint", 10, 60), shorten("short", 10, 60)
    ('sacroiliac…', 'short')
    """
    if measure(text, size) <= room:
        return text
    return text[: _fitting(text, size, room - measure(ELLIPSIS, size))].rstrip() + ELLIPSIS


def _fitting(text: str, size: float, room: float) -> int:
    """How many leading characters fit, at least one, never parting a letter from its accents or joiners."""
    used, count = 0.0, 0
    for char in text:
        used += _em(char) * size
        if used > room and count:
            break
        count += 1
    while 0 < count < len(text) and (_em(text[count]) == 0 or text[count - 1] == "\u200d"):
        count += 1
    return count


@lru_cache(maxsize=1024)  # at every click the same few words beside the same steps
def wrap(text: str, size: float, room: float, most: int = 3) -> tuple[str, ...]:
    """Break `text` into at most `most` lines of `room` pixels, of about the same length; what is left over becomes an ellipsis.

    >>> wrap("no relief after 3–6 months", 12, 110)
    ('no relief after', '3–6 months')
    >>> wrap("advised against", 12, 90)
    ('advised', 'against')
    >>> wrap("calcium-channel blocker", 12, 92), wrap("spironolactone", 12, 80)
    (('calcium-', 'channel blocker'), ('spironolactone',))
    >>> wrap("  ", 12, 110)
    ()
    >>> wrap("one two three four", 12, 40, most=2)
    ('one', 'two…')
    """
    lines = _break(clean(text), size, room, most)
    if any(line.endswith(ELLIPSIS) for line in lines):
        return lines
    narrower = lines
    while len(narrower) == len(lines) > 1 and " ".join(narrower) == " ".join(lines):  # no word is broken for it
        lines, room = narrower, room - size / 2
        narrower = _break(clean(text), size, room, most)
    return lines


def _break(text: str, size: float, room: float, most: int) -> tuple[str, ...]:
    lines: list[str] = []
    while text and len(lines) < most - 1:
        line, text = _first_line(text, size, room)
        lines.append(line)
    return (*lines, _last_line(text, size, room)) if text else tuple(lines)


def _first_line(text: str, size: float, room: float) -> tuple[str, str]:
    if measure(text, size) <= room:
        return text, ""
    count = _fitting(text, size, room)
    space = text.rfind(" ", 0, count + 1)
    cut = space if space > 0 else _within_word(text, count, size, room)
    return text[:cut].rstrip(), text[cut:].lstrip()


def _within_word(text: str, count: int, size: float, room: float) -> int:
    """Where a line ends whose first word has no room: behind a hyphen, else behind the word where it is little too long, else anywhere."""
    hyphen = max(text.rfind(sign, 0, count) for sign in HYPHENS)
    if hyphen > 0:
        return hyphen + 1
    end = text.find(" ") if " " in text else len(text)
    return end if measure(text[:end], size) <= room * _TOO_LONG else count


def _last_line(text: str, size: float, room: float) -> str:
    if measure(text, size) <= (room if " " in text else room * _TOO_LONG):
        return text
    line, _ = _first_line(text, size, room - measure(ELLIPSIS, size))
    return line + ELLIPSIS
