"""Articles written as other publishers print their markers, from tagged ones: the same text, another style, and where each marker stands.

A kind says how a group of numbers is written, whether it goes behind the stop or stays before it, whether the list is numbered, and in
which order. Nothing here is drawn by lot: what varies within an article goes by the group's place in it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import ModuleType
from xml.etree import ElementTree as ET

BEGIN, END = "\ue002", "\ue003"  # private use: a written marker stands between them
SUBJECT = "\ue004"  # private use: here the citation was part of the sentence, "Lee et al. [3] found"
_STOPS = r"[.;:,](?:[\"”’)](?=\s|$))?"
_RAISED = str.maketrans("0123456789-–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻")
_NOUN = re.compile(r"(?:^|\s)(?:in|by|from|see|of|to|with|and|than|also)$", re.IGNORECASE)  # "as shown in": here a number is a noun
_NAMES = re.compile(r"[A-Z][\w\u2019-]+(?: et al\.?,?|(?:,? and|,? &) [A-Z][\w\u2019-]+)\s*(?=\[?\s*\ue000)")
_FIGURE = re.compile(r"[\d%°]$|\b[A-Za-zµ]{1,2}$")  # figures, units and symbols, behind which a superscript would be a power


@dataclass(frozen=True, slots=True)
class Kind:
    """How an article prints its markers.

    Attributes:
        frame: what is written around the numbers of a group.
        gap: between the word and the marker.
        comma, dash: between numbers; ranges of three and more are closed where `dash` is not empty, else opened.
        behind: the marker goes behind the stop.
        named: where a raised figure would be misread, "(ref. 3)" is printed instead.
        numbered: whether the entries of the list bear their numbers.
        alphabetical: the list is in the order of the alphabet instead of that of first citation.
        raised: in raised figures of Unicode.
        subject: a number stands for the authors' names as well, as where the names were the link: "3 found".
        moved: as `flatten.py` does it, figures of the prose before a stop go behind it, too.
    """

    frame: str = "{}"
    gap: str = " "
    comma: str = ", "
    dash: str = "–"
    behind: bool = False
    named: bool = False
    numbered: bool = False
    alphabetical: bool = False
    moved: bool = False
    raised: bool = False
    subject: bool = False


KINDS: dict[str, Kind] = {
    "bracket, glued": Kind("[{}]", gap="", comma=",", dash="-", numbered=True),
    "bracket, each": Kind("[{}]", comma="], [", dash="]–[", numbered=True),
    "bracket, behind": Kind("[{}]", behind=True, gap=" ", comma="; ", numbered=True),
    "raised": Kind(gap="", comma=",", behind=True, raised=True, numbered=True),
    "raised, before": Kind(gap="", comma=",", dash="-", raised=True, numbered=True),
    "caret": Kind("^{}", gap="", comma=",", behind=True, numbered=True),
    "behind, blank": Kind(behind=True, moved=True),
    "behind, tight": Kind(behind=True, comma=",", dash="-", numbered=True),
    "behind, glued": Kind(behind=True, gap="", comma=",", named=True, numbered=True),
    "before, blank": Kind(comma=",", numbered=True),
    "before, glued": Kind(gap="", comma=",", named=True, numbered=True),
    "before, glued, opened": Kind(gap="", comma=", ", dash="", named=True),
    "round": Kind("({})", comma=", ", numbered=True),
    "round, loose": Kind("( {})", comma="; ", dash="-"),
    "round, behind": Kind("({})", behind=True, comma=",", numbered=True),
    "alphabet, round": Kind("( {})", comma="; ", alphabetical=True),
    "alphabet, subject": Kind("( {})", comma="; ", alphabetical=True, subject=True),
    "alphabet, behind": Kind(behind=True, moved=True, alphabetical=True, numbered=True),
    "alphabet, glued": Kind(behind=True, gap="", comma=",", named=True, alphabetical=True, numbered=True),
}
PRINTED = tuple(name for name in KINDS if name.startswith(("bracket", "raised", "caret")))
BARE = tuple(name for name in KINDS if name not in PRINTED)


@dataclass(frozen=True, slots=True)
class Written:
    """An article as flat text: its lines, and the markers of each line that has some, as places in the line and numbers."""

    text: str
    markers: dict[int, tuple[tuple[int, int, tuple[int, ...]], ...]]
    entries: int

    @property
    def truth(self) -> dict[int, list[int]]:
        """The numbers cited on each line."""
        return {line: [n for _, _, numbers in found for n in numbers] for line, found in self.markers.items()}


def write(flatten: ModuleType, root: ET.Element, kind: Kind) -> Written:
    """An article's headings, paragraphs and list, its markers as the kind prints them."""
    refs = list(root.iter("ref"))
    texts = [flatten.re.sub(r"^\d+\.?\s*", "", " ".join(" ".join(ref.itertext()).split())) for ref in refs]
    order = sorted(range(len(refs)), key=lambda i: (texts[i].lower(), i)) if kind.alphabetical else list(range(len(refs)))
    places = {i + 1: position for position, i in enumerate(order, 1)}
    lines: list[str] = []
    markers: dict[int, tuple[tuple[int, int, tuple[int, ...]], ...]] = {}
    for element in root.find("body").iter() if root.find("body") is not None else []:  # type: ignore[union-attr]
        if element.tag not in ("p", "title"):
            continue
        text, found = _without_marks(_written(flatten, element, flatten.numbered(root), places, kind))
        if not text:
            continue
        lines += [text] if element.tag == "p" else ["", text, ""]
        if found:
            markers[len(lines) - (element.tag == "title")] = found
    lines += ["", "References", ""]
    lines += [f"{position}. {texts[i]}" if kind.numbered else texts[i] for position, i in enumerate(order, 1)]
    return Written("\n".join(lines) + "\n", markers, len(refs))


def _written(flatten: ModuleType, element: ET.Element, numbers: dict[str, int], places: dict[int, int], kind: Kind) -> str:
    text = re.sub(r"\s+", " ", unicodedata.normalize("NFC", flatten.prose(element, numbers))).strip()

    def swap(match: re.Match[str]) -> str:
        cited = tuple(sorted({places[number] for number in flatten.expand(match[0])}))
        head = text[: match.start()].rstrip()
        tail = " " if match[0][-1].isspace() else ""
        if kind.named and (_NOUN.search(head) or _FIGURE.search(head)):
            pointer = "ref. " if len(cited) == 1 else "refs "
            printed = f"{pointer}{BEGIN}{_listed(cited, kind, ',', '–')}{END}"
            return f" {printed}{tail}" if _NOUN.search(head) else f" ({printed}){tail}"
        before = "" if head.endswith("(") else kind.gap
        frame = "{}" if head.endswith(SUBJECT) else kind.frame
        return f"{before}{BEGIN}{frame.format(_listed(cited, kind, kind.comma, kind.dash))}{END}{tail}"

    text = _NAMES.sub(SUBJECT, text) if kind.subject else text
    text = re.sub(r"(?<!ref\.)(?<!refs)\s+(?=\ue002)", kind.gap, flatten.GROUP.sub(swap, text)).replace(SUBJECT, "")
    mark = rf"{BEGIN}[^{END}]*{END}"
    if kind.behind:
        text = re.sub(rf"\s?({mark})({_STOPS})(?=\s|$)", rf"\2{kind.gap}\1", text)
    if kind.moved:
        text = re.sub(r"\s+(\d[\d,\s–]*?)([.;:,])(?=\s|$)", r"\2 \1", text)
    return re.sub(rf"(?<!{BEGIN})\s+([.,;:])", r"\1", re.sub(r"  +", " ", text)).strip()


def _listed(numbers: Sequence[int], kind: Kind, comma: str, dash: str) -> str:
    """The numbers of a group as printed, three in a row and more as a range."""
    pieces: list[list[int]] = []
    for number in numbers:
        if pieces and number == pieces[-1][-1] + 1:
            pieces[-1].append(number)
        else:
            pieces.append([number])
    close: Callable[[list[int]], str] = lambda piece: (  # noqa: E731
        f"{piece[0]}{dash}{piece[-1]}" if dash and len(piece) > 2 else comma.join(map(str, piece))
    )
    listed = comma.join(close(piece) for piece in pieces)
    return listed.translate(_RAISED) if kind.raised else listed


def _without_marks(text: str) -> tuple[str, tuple[tuple[int, int, tuple[int, ...]], ...]]:
    """The text as a reader gets it, and where its markers stand."""
    plain: list[str] = []
    found = []
    length = 0
    for index, piece in enumerate(re.split(f"[{BEGIN}{END}]", text)):
        if index % 2:
            found.append((length, length + len(piece), _opened(piece)))
        plain.append(piece)
        length += len(piece)
    return "".join(plain), tuple(found)


def _opened(printed: str) -> tuple[int, ...]:
    """The numbers of a written group."""
    lowered = unicodedata.normalize("NFKC", printed).replace("−", "-")
    numbers: list[int] = []
    for match in re.finditer(r"(\d+)(?:\]?[-–]\[?(\d+))?", lowered):
        numbers += range(int(match[1]), int(match[2] or match[1]) + 1)
    return tuple(numbers)
