"""What a link or a raised figure of a web page cites: by its printed numbers, by the entry that it leads to, or by neither for certain."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from edgewise.citations.reading.html_links import GROUP, LONGEST, looks_cited, may_cite, target_of, words_of
from edgewise.citations.reading.html_lists import Page
from edgewise.citations.reading.model import LinkFault, ListEntry
from edgewise.citations.reading.printed_markers import numbers
from edgewise.citations.reading.text_builder import Text
from edgewise.graph.reading.xml_trees import line_of

_SHOWN = 60
_MISNUMBERED = 0.3  # of the links: more of them print another number than their entry's, and it is the entries that were counted wrongly


@dataclass(frozen=True, slots=True)
class Cited:
    """The words of a marker, the entries it stands for, and why that is not certain."""

    words: str
    numbers: tuple[int, ...]
    why: str = ""

    def put(self, text: Text, line: int) -> None:
        """Append it to a block."""
        if self.why:
            text.doubt(self.words, self.numbers, line, self.why)
        else:
            text.tag(self.words, self.numbers, line)


class Links:
    """The links of a page into its reference list; `cited` gathers the entries led to, `faults` the links that lead nowhere."""

    def __init__(self, page: Page, elements: Sequence[etree._Element], entries: Sequence[ListEntry]) -> None:
        self._page = page
        self._numbers: dict[etree._Element, int] = {}
        for element, entry in zip(elements, entries, strict=True):
            self._numbers |= dict.fromkeys((element, *_ahead(element)), entry.number)
        self.cited: set[int] = set()
        self.faults: list[LinkFault] = []
        self._listed = bool(entries)
        self._led = {link: number for link in page.order if link.tag == "a" and may_cite(link) and (number := self._entry(link))}
        self._outer = {link for link in self._led if not self._is_within_list(link)}
        self._trusted = bool(entries) and self._agree()

    def _agree(self) -> bool:
        printed = [(numbers(words_of(link)), self._led[link]) for link in self._outer if GROUP.fullmatch(words_of(link))]
        return sum(led not in shown for shown, led in printed) <= _MISNUMBERED * len(printed)

    def _is_within_list(self, link: etree._Element) -> bool:
        return any(above in self._numbers for above in link.iterancestors())

    def _entry(self, link: etree._Element) -> int:
        """Number of the entry that a link leads to; 0 if it leads elsewhere."""
        target = target_of(link, self._page.names)
        if target is None:
            return 0
        return next((self._numbers[above] for above in (target, *target.iterancestors()) if above in self._numbers), 0)

    def of_link(self, link: etree._Element) -> Cited | None:
        """What a link cites; None if it is no citation."""
        words = may_cite(link)
        if not words:
            return None
        led = self._led.get(link, 0)
        if not GROUP.fullmatch(words):
            return self._by_name(words, led)
        shown = numbers(words)
        if not any(shown):
            return None
        if led:
            return self._by_number(words, shown, led)
        if not looks_cited(link) or (target_of(link, self._page.names) is not None and self._outer):
            return None  # leads to a figure, a footnote, an affiliation
        if self._outer:
            self.faults.append(LinkFault(words[:_SHOWN], line_of(link), f"leads nowhere: the page has no '{_fragment(link)}'"))
        return Cited(words, shown)

    def _by_name(self, words: str, led: int) -> Cited | None:
        if not led:
            return None
        self.cited.add(led)
        return Cited(words, (led,))

    def _by_number(self, words: str, shown: tuple[int, ...], led: int) -> Cited:
        if led in shown or not self._trusted:
            self.cited |= set(shown)
            return Cited(words, shown)
        return Cited(words, (*shown, led), f"is printed, but the link leads to entry {led} of the list")

    def of_raised(self, raised: etree._Element, *, plain: bool) -> Cited | None:
        """What a raised group of numbers cites.

        Args:
            raised: the element.
            plain: whether a figure at this place that is no link can be a marker.
        """
        words = words_of(raised)
        if len(words) > LONGEST or not GROUP.fullmatch(words) or not any(shown := numbers(words)):
            return None
        found = [link for link in raised.iter("a") if words_of(link)]
        if not found:
            return Cited(words, shown) if plain else None
        each = [self.of_link(link) for link in found]
        if not any(each):
            return None
        if doubt := next((one for one in each if one and one.why), None):
            return Cited(words, tuple(dict.fromkeys((*shown, *doubt.numbers))), doubt.why)
        self.cited |= set(shown) if self._outer else set()
        return Cited(words, shown)


def _ahead(element: etree._Element) -> Iterator[etree._Element]:
    """What stands before an entry and belongs to it: the term of a definition, an anchor without words."""
    before = element.getprevious()
    while before is not None and (before.tag == "dt" or (before.tag == "a" and not words_of(before))):
        yield before
        before = before.getprevious()


def _fragment(link: etree._Element) -> str:
    return re.sub(r"\s+", " ", (link.get("href") or "").rpartition("#")[2])[:_SHOWN]
