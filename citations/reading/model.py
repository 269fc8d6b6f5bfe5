"""What was read of an article: its sections, sentences, markers and reference list, each with its line in the file.

An `Article` lives only as long as the editor works with it; nothing but places and fingerprints is ever kept.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Literal

BlockKind = Literal["heading", "paragraph", "bullet", "cell", "caption", "entry"]
Part = Literal["lead", "bullet", "close", "sentence", "heading", "cell"]
Aside = Literal["abstract", "figure", "table", "note"]
Style = Literal["tagged", "bracket", "superscript", "parenthesis", "bare", "author-year", "none"]
Undecided = Literal["figure", "which", "lacking"]
"""Whether it is a citation at all; it is one, but of which entry; it is one, of an entry that the list does not have."""


@dataclass(frozen=True, slots=True)
class Span:
    """A group of markers from `start` to `end` in its block's text; `numbers` in the order printed, ranges opened.

    `raw`: the words that cite, where they are more than those from `start` to `end`.
    """

    start: int
    end: int
    numbers: tuple[int, ...]
    raw: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A group in a block that may be a marker, why its format's reader does not decide and, as in an `Abstention`, in what."""

    span: Span
    why: str
    kind: Undecided = "figure"


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item or table cell as a format's reader gives it.

    Attributes:
        kind: what it is; an ``entry`` belongs to the reference list.
        text: one line of text, white space folded.
        lines: pairs of an offset in `text` and the line of the source from there on.
        level: of a heading, from 1.
        tagged: marker groups that the format itself tags.
        untagged: numbers that are printed in a tagged group, but that its tags do not name.
        key: of an entry: its id, label or number in the source.
        doubtful: other groups that the format's reader leaves undecided.
    """

    kind: BlockKind
    text: str
    lines: tuple[tuple[int, int], ...] = ((0, 0),)
    level: int = 0
    tagged: tuple[Span, ...] = ()
    untagged: tuple[Span, ...] = ()
    key: str = ""
    doubtful: tuple[Doubtful, ...] = ()

    def line(self, offset: int = 0) -> int:
        """Line of the source in which the character at `offset` stands.

        >>> Block("paragraph", "one two", ((0, 4), (4, 5))).line(5)
        5
        """
        return self.lines[max(bisect_right(self.lines, offset, key=lambda pair: pair[0]) - 1, 0)][1]


@dataclass(frozen=True, slots=True)
class LinkFault:
    """A link to the reference list that is broken: its text, its line, and in what, as the rest of a sentence about it."""

    raw: str
    line: int
    why: str


@dataclass(frozen=True, slots=True)
class Document:
    """What a format's reader gives: the blocks in their order and, where the format tags it, the reference list.

    `tagged`: the format tags its markers, so that none is looked for in the text. `title`: of the article, if tagged. `linked`: numbers
    of all entries that a link anywhere in the file leads to; `link_faults`: links that are broken. `authors` of the article, each
    ``Surname, Given names``, and `dated`, the day, month or year of its publication (ISO 8601), are given where the format tags them;
    `asides`: numbers of entries that the running text does not cite, and where they are cited.
    """

    blocks: tuple[Block, ...]
    entries: tuple[ListEntry, ...] = ()
    tagged: bool = False
    title: str = ""
    linked: frozenset[int] = frozenset()
    link_faults: tuple[LinkFault, ...] = ()
    authors: tuple[str, ...] = ()
    dated: str = ""
    asides: tuple[tuple[int, Aside], ...] = ()


@dataclass(frozen=True, slots=True)
class ArticlePlace:
    """Where a sentence stands: section, part of it, and the ordinals that docs/model.md defines."""

    section: str
    part: Part
    ordinal: int = 0
    sentence: int = 0


@dataclass(frozen=True, slots=True)
class PrintedMarker:
    """One group of markers as printed, with the numbers it stands for."""

    numbers: tuple[int, ...]
    raw: str
    line: int
    section: str
    sentence: int
    style: Style
    paragraph: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, bullet or heading without its markers; `index` counts all sentences of the article from 1."""

    index: int
    text: str
    fingerprint: str
    place: ArticlePlace
    line: int
    paragraph: int
    markers: tuple[PrintedMarker, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what follows it; the text before the first heading has the title ``""``."""

    title: str
    level: int
    ordinal: int
    line: int
    sentences: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class ListEntry:
    """An entry of the reference list.

    `number` is the one printed, or the position if `printed` is false; title, container, author, year, kind, doi, pmid, volume, issue,
    pages, editors and the day on which an address was opened are given where the layout or the tags tell them apart, and are empty (0)
    elsewhere. `further`: other works that stand under the same number.
    """

    number: int
    printed: bool
    raw: str
    line: int
    title: str = ""
    container: str = ""
    author: str = ""
    year: int = 0
    kind: str = ""
    doi: str = ""
    pmid: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    editors: str = ""
    further: tuple[ListEntry, ...] = ()
    accessed: str = ""

    @property
    def additions(self) -> dict[str, str]:
        """What it says that has no key of its own in a guideline, by the field of an addition."""
        held = {"volume": self.volume, "issue": self.issue, "pages": self.pages, "accessed": self.accessed}
        return {field: value for field, value in held.items() if value}


@dataclass(frozen=True, slots=True)
class Abstention:
    """What could be a citation, or could cite several entries or none, and why the reader does not decide.

    `numbers`: of the entries that may be meant; `kind`: in what it is doubtful.
    """

    numbers: tuple[int, ...]
    raw: str
    line: int
    section: str
    sentence: int
    why: str
    kind: Undecided = "figure"


@dataclass(frozen=True, slots=True)
class Article:
    """An article as read. `style`: how its markers are printed; `linked` and all that stands behind it as in a `Document`."""

    name: str
    format: str
    style: Style
    title: str
    sections: tuple[Section, ...]
    references: tuple[ListEntry, ...]
    abstentions: tuple[Abstention, ...] = ()
    linked: frozenset[int] = frozenset()
    link_faults: tuple[LinkFault, ...] = ()
    authors: tuple[str, ...] = ()
    dated: str = ""
    asides: tuple[tuple[int, Aside], ...] = ()

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences, bullets and headings in the order of the article."""
        return tuple(sentence for section in self.sections for sentence in section.sentences)

    @property
    def markers(self) -> tuple[PrintedMarker, ...]:
        """All marker groups in the order of the article."""
        return tuple(marker for sentence in self.sentences for marker in sentence.markers)
