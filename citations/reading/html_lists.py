"""Finding the reference list of a web page by its structure: which elements are its entries, whatever a publisher makes them of.

Three things tell: where links of the text lead to, a heading that names a list, and what the page itself calls one. Within such a region
the entries are the neighbours of one kind of which most look like references.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from edgewise.citations.reading.html_furniture import SILENT, furniture, names_of
from edgewise.citations.reading.html_lines import part_lines
from edgewise.citations.reading.html_links import Names, may_cite, named, target_of, words_of
from edgewise.citations.reading.reference_list import NUMBERED, names_list

_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_LIKE_HEADING = frozenset("p div span strong b legend summary button dt label a caption th".split())
_NO_HEADINGS = frozenset(("li", "td", "nav", *_HEADINGS))  # what stands in them is none
_LONGEST_HEADING = 60
_ROLE = re.compile(r"\b(?:doc-)?(?:bibliography|endnotes|rearnotes)\b")
_CALLED = re.compile(
    r"(?:^|\s)(?:references?|ref-?list|bibliography|biblio-?list|reflist|refs|citation-?list|cit-list|csl-bib-body|works-cited|rlist"
    r"|references?[-_]?(?:list|section|container)|html-references_list|literature|c-article-references)(?=\s|$)",
    re.IGNORECASE,
)
_ITEMS = {"li": 3, "dd": 3, "dl": 2, "tr": 2, "div": 1, "p": 1, "section": 1, "article": 1, "cite": 1, "span": 0}
_LIKE_ENTRY = re.compile(
    r"(?<!\d)(?:1[5-9]|20)\d\d[a-z]?(?!\d)|\b10\.\d{4,9}/|\bin press\b|\bforthcoming\b|\bn\.\s?d\.|https?://", re.IGNORECASE
)
_SHORTEST, _LONGEST = 8, 5000  # characters of an entry
_MOST_REGIONS = 40  # looked into; a page that names more lists than that is no article, or an attack
_MOST_LOOKS = 8  # at each element of a page, on the average
_NOTICE = re.compile(r"^\s*(?:©|\(c\)\s|copyright\b|published by\b|all rights\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Listed:
    """The reference list of a page: its entries' elements in order, and all elements that belong to it."""

    entries: tuple[etree._Element, ...]
    whole: frozenset[etree._Element] = frozenset()


@dataclass(slots=True)
class _Region:
    """A stretch of the page in the order of its elements, from `start` up to `end`.

    `told`: how plainly the page says that a list stands here: 3 by a heading, 2 by a role, 1 by a name, 0 not at all; `cited` entries in it
    are led to by links of the text.
    """

    start: int
    end: int
    told: int
    groups: list[list[etree._Element]] = field(default_factory=list)
    cited: int = 0


class Page:
    """A page with what has to be known of its elements to find the list."""

    def __init__(self, root: etree._Element) -> None:
        part_lines(root, _is_title, lambda line: bool(_LIKE_ENTRY.search(line)))
        self.order: list[etree._Element] = list(root.iter(etree.Element))
        self.place = {element: place for place, element in enumerate(self.order)}
        self.names: Names = named(root)
        self.furniture = furniture(root)
        self.ends: dict[etree._Element, int] = {}
        self.sizes: dict[etree._Element, int] = {}
        self.likely: dict[etree._Element, bool] = {}
        self.targets: dict[etree._Element, int] = {}
        self.like_entries: dict[etree._Element, bool] = {}
        self._measure()

    def _measure(self) -> None:
        targets = set(self._cited())
        for place in range(len(self.order) - 1, -1, -1):
            element = self.order[place]
            inner = [child for child in element if child in self.ends]
            self.ends[element] = max((self.ends[child] for child in inner), default=place + 1)
            texts = [element.text or "", *(child.tail or "" for child in element)]
            silent = element.tag in SILENT
            self.sizes[element] = 0 if silent else sum(self.sizes[child] for child in inner) + sum(len(text.strip()) for text in texts)
            self.likely[element] = not silent and (any(self.likely[c] for c in inner) or any(map(_LIKE_ENTRY.search, texts)))
            self.targets[element] = sum(self.targets[child] for child in inner) + (element in targets)

    def _cited(self) -> Iterator[etree._Element]:
        """What links that may be citations lead to, each once."""
        for link in self.order:
            if link.tag == "a" and may_cite(link):
                target = target_of(link, self.names)
                if target is not None and self.place.get(target, 0) > self.place[link]:  # links back into the text lead upwards
                    yield target

    def regions(self) -> list[_Region]:
        """Where a list may stand: behind a heading that names one, in what calls itself one, or anywhere that links lead to."""
        heads = [element for element in self.order if _is_title(element)][-_MOST_REGIONS:]
        named = [(element, told) for element in self.order if (told := _told(element))][-_MOST_REGIONS:]
        behind = [_Region(self.ends[head], self._until(head), 3) for head in heads]
        held = [*(_Region(self.place[element], self.ends[element], told) for element, told in named), *behind]
        return [_Region(0, len(self.order), 0), *_affordable(held, _MOST_LOOKS * len(self.order))]

    def _until(self, head: etree._Element) -> int:
        """Place of the next heading of the same rank or a higher one."""
        rank = _HEADINGS.get(head.tag, 6)
        for place in range(self.ends[head], len(self.order)):
            if _HEADINGS.get(self.order[place].tag, 9) <= rank:
                return place
        return len(self.order)


def _affordable(regions: Sequence[_Region], most: int) -> list[_Region]:
    """The regions without the widest, as far as all together are wider than may be looked into."""
    left = sorted(regions, key=lambda region: region.end - region.start)
    while left and sum(region.end - region.start for region in left) > most:
        left.pop()
    return [region for region in regions if any(region is one for one in left)]


def _told(element: etree._Element) -> int:
    """Whether an element calls itself a reference list, by a role of the standards or by class and id."""
    if _ROLE.search(f"{element.get('role') or ''} {element.get('epub:type') or ''}"):
        return 2
    return int(bool(_CALLED.search(element.get("class") or "") or _CALLED.search(element.get("id") or "")))


def _is_title(element: etree._Element) -> bool:
    """Whether an element is a heading that names a reference list; a line of a list of contents is none."""
    if element.tag not in _HEADINGS and element.get("role") != "heading" and not _is_like_heading(element):
        return False
    if _is_long(element):
        return False
    words = re.sub(r"\s*\[[^\]]*\]\s*$|\s*\(\d+\)\s*$|\s*¶$", "", words_of(element) or " ".join(map(str, element.itertext())))
    return len(words) <= _LONGEST_HEADING and names_list(words)


def _is_like_heading(element: etree._Element) -> bool:
    return element.tag in _LIKE_HEADING and not any(above.tag in _NO_HEADINGS for above in element.iterancestors())


def _is_long(element: etree._Element) -> bool:
    length = 0
    for text in element.itertext():
        length += len(text)
        if length > 4 * _LONGEST_HEADING:
            return True
    return False


def find_listed(page: Page) -> Listed | None:
    """The reference list of a page; None if nothing shows one.

    >>> html = "<body><h2>References</h2><ul><li>Doe A. Rest. 2001.</li><li>Roe B. Ice. 2002.</li></ul><h2>About</h2><p>In 2003.</p></body>"
    >>> [entry.text for entry in find_listed(Page(etree.fromstring(html))).entries]
    ['Doe A. Rest. 2001.', 'Roe B. Ice. 2002.']
    """
    best: _Region | None = None
    for region in page.regions():
        region.groups = _groups(page, region)
        region.cited = sum(page.targets[one] > 0 for group in region.groups for one in group)
        if region.groups and _is_list(region) and (best is None or _rank(region) >= _rank(best)):
            best = region
    if best is None:
        return None
    entries = sorted((one for group in best.groups for one in group), key=page.place.__getitem__)
    return Listed(tuple(entries), frozenset(_whole(page, best, entries)))


def _is_list(region: _Region) -> bool:
    """Whether entries found are a list: told by heading or name, or else led to by several links."""
    return region.told > 1 or region.cited >= (1 if region.told else 2)


def _rank(region: _Region) -> tuple[int, int]:
    return region.cited, region.told


def _groups(page: Page, region: _Region) -> list[list[etree._Element]]:
    """The entries of a region: the largest family of neighbours that look like entries, and its like if the list is in parts."""
    families: dict[tuple[etree._Element, str], list[etree._Element]] = {}
    for place in range(region.start, region.end):
        element = page.order[place]
        parent = element.getparent()
        if element.tag in _ITEMS and parent is not None and page.ends[element] <= region.end:
            families.setdefault((parent, element.tag), []).append(element)
    counted = [(_count(page, members), _ITEMS[key[1]], page.place[members[0]], key) for key, members in families.items()]
    counted = [each for each in counted if each[0]]
    if not counted:
        return []
    first = max(counted, key=lambda each: each[:3])
    groups: list[list[etree._Element]] = []
    end = 0
    for _, _, place, key in sorted(
        (each for each in counted if each is first or _is_like(page, families, first[3], each[3])), key=lambda each: each[2]
    ):
        group = _members(page, families[key]) if place >= end else []  # what lies within an entry is none
        if group:
            groups.append(group)
            end = max(page.ends[one] for one in group)
    return groups


def _count(page: Page, members: Sequence[etree._Element]) -> int:
    """How many of the neighbours look like one entry each."""
    return sum(_is_entry(page, one) for one in members)


def _is_entry(page: Page, one: etree._Element) -> bool:
    if one not in page.like_entries:
        page.like_entries[one] = _looks_so(page, one)
    return page.like_entries[one]


def _looks_so(page: Page, one: etree._Element) -> bool:
    if not _SHORTEST <= page.sizes[one] <= _LONGEST or page.targets[one] > 1 or one in page.furniture:
        return False
    return page.targets[one] == 1 or (page.likely[one] and not _NOTICE.match(words_of(one)))


_Family = tuple[etree._Element, str]


def _is_like(page: Page, families: Mapping[_Family, Sequence[etree._Element]], first: _Family, other: _Family) -> bool:
    """Whether another family goes on with the list: of the same kind, in the same kind of parent, and not within it or around it."""
    if first[1] != other[1] or first[0].tag != other[0].tag or _within(page, other[0], first[0]) or _within(page, first[0], other[0]):
        return False
    if families[first][0].get("class") != families[other][0].get("class"):
        return False
    return _kind(first[0]) == _kind(other[0]) or any(above is first[0].getparent() for above in other[0].iterancestors())


def _within(page: Page, inner: etree._Element, outer: etree._Element) -> bool:
    return page.place[outer] < page.place[inner] < page.ends[outer]


def _kind(element: etree._Element) -> str:
    """What a page calls an element, numbers left out."""
    return re.sub(r"\d+", "", names_of(element)).strip()


def _members(page: Page, members: Sequence[etree._Element]) -> list[etree._Element]:
    """Entries of a family, those that lack a year included: items of a list all, others between the first and the last."""
    likely = [place for place, one in enumerate(members) if _is_entry(page, one)]
    if members[0].tag in ("li", "dd", "tr"):
        kept = [one for one in members if page.sizes[one] >= _SHORTEST]
        return kept if len(likely) >= 0.5 * len(kept) else [members[place] for place in likely]
    called, numbered = members[likely[0]].get("class"), bool(NUMBERED.match(words_of(members[likely[0]])))
    return [
        one
        for one in members[likely[0] : likely[-1] + 1]
        if _is_entry(page, one)
        or (page.sizes[one] >= _SHORTEST and ((called and one.get("class") == called) or (numbered and NUMBERED.match(words_of(one)))))
    ]


def _whole(page: Page, region: _Region, entries: Sequence[etree._Element]) -> Iterator[etree._Element]:
    """Everything from the beginning of the list to the end of its last entry, which is no part of the text."""
    first, last = page.place[entries[0]], max(page.ends[one] for one in entries)
    start = min(region.start, first) if region.told > 1 else first
    for place in range(start, last):
        if page.ends[page.order[place]] <= last:
            yield page.order[place]
