"""The entries of a web page's reference list as texts: their numbers, and the words left when links for readers are taken out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from urllib.parse import unquote

from lxml import etree

from edgewise.citations.reading.html_furniture import SILENT
from edgewise.citations.reading.model import ListEntry
from edgewise.citations.reading.reference_list import read_entry
from edgewise.graph.reading.xml_trees import flat, line_of

_OF_WHAT = (
    r"article|references?|full[ -]text|text|record|abstract|pdf|citations?|details|more|scopus|pubmed|medline|google scholar|crossref"
    r"|web of science|library|google|source|access|online|\(?\d+\)?"
)
_SERVICE_NAMES = (
    r"pubmed(?:[ /]?(?:ncbi|abstract|central))*|pmc(?: free article)?|ncbi|medline|cross-?ref(?: full text)?|google(?: scholar)?|scopus"
    r"|web of science(?:®)?|isi|chemport|cas|ads(?: bibcode)?|mathscinet|zbmath|europe pmc|semantic scholar|worldcat|libkey|openurl"
    r"|link to(?: the)?(?: article)?|(?:view|full|free|read|find|check|get|search|see|go to|jump up|jump to)"
    r"(?: (?:the|it|in|on|at|to|for|this|by|your|up))*"
    rf"(?: ?(?:{_OF_WHAT}))*"
    r"|article(?: locations?)?|abstract(?:/free full text)?|full[- ]text(?: \(?pdf\)?)?(?: \(?html\)?)?|(?:free )?pdf|(?:publisher )?html"
    r"|doi|link|ref|url|opens? in (?:a )?new (?:tab|window)|(?:order|cited by|citing articles?|(?:export |download )?citation|close)"
    r"\s*(?:\(?\d+\)?)?"
)
_SERVICE = re.compile(rf"[\s\[(|,;.:·•→↗-]*(?:(?:{_SERVICE_NAMES})[\s\])|,;.:·•→↗-]*){{1,6}}", re.IGNORECASE)
_AT_END = re.compile(
    r"(?:[\s\[(|,;·•]+(?:pubmed(?: abstract|/ncbi| central)?|pmc free article|crossref(?: full text)?|google scholar"
    r"|view (?:in )?(?:article|scopus)|full text|web of science|scopus)[\])]?\s*(?:\(\d+\))?)+[\s|,;·•.]*$",
    re.IGNORECASE,
)
_BACK = re.compile(r"[\s^↑↵↩⏎▲︎]*(?:[a-z]{1,2}|\d{1,2}(?:\.\d{1,2})?)?[\s^↑↵↩⏎▲︎]*|(?:jump up|back|return)\b.{0,30}", re.IGNORECASE)
_LABEL = re.compile(r"[\[(]?\s*(\d{1,4})\s*[\])]?\s*[.:]?")
_NAMED_LABEL = re.compile(r"(?:^|[\s_-])(?:label|order|bullet|number|ref-?label|csl-left-margin|count(?:er)?)(?:$|[\s_-])", re.IGNORECASE)
_COUNTERS = ("data-counter", "data-content", "data-label", "data-number", "data-ref-number", "value")
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"?#]+")
_DOI_ASKED = re.compile(r"(?:/servlet/linkout\?[^#]{0,300}?\b(?:refDoi|key)=|/article\.aspx\?doi=)(10\.[^&#]{1,200})")
"""Addresses by which Wiley's and JAMA's pages ask for a cited DOI; the citing one may stand in them as well."""
_DOI_KEPT = ("data-doi", "data-reference-doi")
_PUBMED = re.compile(r"(?:pubmed(?:\.ncbi\.nlm\.nih\.gov)?/|list_uids=|term=)(\d{1,8})(?:\D|$)")
_BLOCKS = frozenset("p div li ul ol dl dt dd td th tr table section article header footer cite br h3 h4 h5 h6".split())
_EMPTY = re.compile(r"\s*[\[(]\s*(?:[|,;·•/-]\s*)*[\])]|\s+[|·•](?=\s|$)")


def listed_entries(elements: Sequence[etree._Element]) -> tuple[ListEntry, ...]:
    """The entries of a list, numbered as the page prints them or, where it does not, counted.

    >>> page = etree.fromstring("<ol start='4'><li>Doe A. Rest. 2001. <a href='x'>PubMed</a></li><li>Roe B. Ice. 2002.</li></ol>")
    >>> [(entry.number, entry.printed, entry.raw) for entry in listed_entries(list(page))]
    [(4, True, 'Doe A. Rest. 2001.'), (5, True, 'Roe B. Ice. 2002.')]
    """
    texts = [entry_text(element) for element in elements]
    numbers = _numbers(elements, texts)
    return tuple(_entry(place, element, text, numbers) for place, (element, text) in enumerate(zip(elements, texts, strict=True), 1))


def _entry(place: int, element: etree._Element, text: str, numbers: Sequence[int]) -> ListEntry:
    number = numbers[place - 1] if numbers else 0
    match = _leading(text)
    if number and match and int(match[1] or match[2]) == number:
        text = text[match.end() :]
    return read_entry(
        number or place, text, line_of(element), printed=bool(number), doi=_linked(element, _doi_of), pmid=_linked(element, _pmid_of)
    )


def entry_text(element: etree._Element) -> str:
    """The words of an entry, without its number's own element, links to registries and links back.

    >>> entry_text(etree.fromstring("<li><b><a href='#cite_ref-1'>^</a></b> Doe A. <i>Rest</i>. 2001. [<a href='x'>CrossRef</a>]</li>"))
    'Doe A. Rest. 2001.'
    """
    text = " ".join("".join(_pieces(element, _label(element))).split())
    text = _AT_END.sub("", re.sub(r"\s+([,.;:)\]])", r"\1", _EMPTY.sub("", text)))
    return re.sub(r"^[\s^↑↵↩]+", "", text).strip()


def _pieces(element: etree._Element, label: etree._Element | None) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and child is not label and not _is_aside(child):
            gap = " " if child.tag in _BLOCKS else ""
            yield gap
            yield from _pieces(child, label)
            yield gap
        elif child is label:
            yield " "
        yield child.tail or _gap_before_a_year(child.getnext())


def _gap_before_a_year(following: etree._Element | None) -> str:
    """A blank where the next element is a year: some pages part journal and year by their style sheet alone."""
    return " " if following is not None and re.match(r"(?:1[5-9]|20)\d\d\b", following.text or "") else ""


def _is_aside(element: etree._Element) -> bool:
    """Whether an element of an entry is none of the work's: a link to a registry, back to the text, or a row of such links."""
    if element.tag in SILENT or "z3988" in (element.get("class") or "").lower():
        return True
    words = flat(element)
    if not words or len(words) > 200:
        return False
    if element.tag == "a" or "backlink" in (element.get("class") or ""):
        href = element.get("href") or ""
        named = (element.tail or "").lstrip().startswith(":")  # the name of what follows, as in "doi:10.…"
        return (bool(_SERVICE.fullmatch(words)) and not named) or (bool(_BACK.fullmatch(words)) and ("#" in href or not href))
    if re.fullmatch(r"[\s^↑↵↩]+", words):
        return True
    links = list(element.iter("a"))
    if links and all(map(_is_aside, links)) and len(words) <= sum(len("".join(map(str, a.itertext()))) for a in links) + 3 * len(links) + 4:
        return True
    return element.tag in ("li", "ul", "ol", "div", "p", "span") and bool(_SERVICE.fullmatch(words))


def _label(element: etree._Element) -> etree._Element | None:
    """The element of an entry that holds its number, or a name for it, and nothing else; it comes first."""
    for child in element.iter(etree.Element):
        if child is element:
            if (child.text or "").strip():
                return None
            continue
        words = flat(child)
        if _LABEL.fullmatch(words) or (words and len(words) <= 60 and _NAMED_LABEL.search(child.get("class") or "")):
            return child
        if (child.text or "").strip() and not re.fullmatch(r"[\s^↑↵↩\[(]+", child.text or ""):
            return None
    return None


def _leading(text: str) -> re.Match[str] | None:
    return re.match(r"\s*(?:\[(\d{1,4})\]|(\d{1,4})[.):](?=\s|[^\W\d]))\s*", text)


def _numbers(elements: Sequence[etree._Element], texts: Sequence[str]) -> list[int]:
    """The numbers by the first way of printing them that all entries share; empty if none does."""
    ways: tuple[Callable[[int], int], ...] = (
        lambda place: _number(flat(_label(elements[place]))),
        lambda place: int(match[1] or match[2]) if (match := _leading(texts[place])) else 0,
        lambda place: next((n for key in _COUNTERS if (n := _number(elements[place].get(key) or ""))), 0),
        lambda place: _number(flat(elements[place].getprevious())) if elements[place].tag == "dd" else 0,
    )
    labels = [words for element in elements if (words := flat(_label(element)))]
    if len(labels) > 0.5 * len(elements) and not any(map(_number, labels)):
        return []  # the page labels its entries by names and years
    for way in ways:
        found = [way(place) for place in range(len(elements))]
        if found and all(found) and all(a < b for a, b in pairwise(found)):
            return found
    return _ordinals(elements)


def _number(words: str) -> int:
    match = _LABEL.fullmatch(words.strip())
    return int(match[1]) if match else 0


def _ordinals(elements: Sequence[etree._Element]) -> list[int]:
    """The numbers that a browser prints before the items of numbered lists; a second list that begins anew goes on with the first."""
    found: list[int] = []
    parent = None
    for element in elements:
        above = element.getparent()
        if element.tag != "li" or above is None or above.tag != "ol" or _is_unnumbered(above):
            return []
        if above is not parent:
            start = above.get("start") or ""
            number = int(start) if start.isdecimal() and len(start) < 6 else (found[-1] + 1 if found else 1)
        else:
            number = found[-1] + 1
        parent = above
        own = element.get("value") or ""
        found.append(int(own) if own.isdecimal() and len(own) < 6 else number)
    return found


def _is_unnumbered(above: etree._Element) -> bool:
    return bool(re.search(r"list-style(?:-type)?\s*:\s*none", above.get("style") or "", re.IGNORECASE))


def _linked(element: etree._Element, read: Callable[[str], str]) -> str:
    """What the addresses of an entry's links say where all that say something agree."""
    found = {value for address in _addresses(element) if (value := read(unquote(address)))}
    return found.pop() if len(found) == 1 else ""


def _addresses(element: etree._Element) -> Iterator[str]:
    """Where links of an entry lead to, and the DOI that publishers' pages keep beside them."""
    for inner in element.iter(etree.Element):
        if inner.tag == "a" and (href := inner.get("href")):
            yield href
        yield from (f"https://doi.org/{doi}" for name in _DOI_KEPT if (doi := inner.get(name)))


def _doi_of(address: str) -> str:
    named = re.match(r"https?://(?:dx\.)?doi\.org/", address)
    cited = None if named else _DOI_ASKED.search(address)
    match = _DOI.search(address) if named else _DOI.match(cited[1]) if cited else None
    return match[0].rstrip(".,;") if match else ""


def _pmid_of(address: str) -> str:
    match = _PUBMED.search(address) if "ncbi.nlm.nih.gov" in address else None
    return match[1] if match else ""
