"""What of a web page is not the article: navigation, banners, side bars, lists of contents, and what readers never see."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

SILENT = frozenset(
    "script style noscript template head nav form button select svg math iframe object dialog link meta input textarea".split()
)
"""Elements that hold no words of an article, wherever they stand."""
_OUTSIDE = frozenset(("aside", "footer", "header"))
_ROLES = frozenset(
    "navigation banner contentinfo search complementary dialog alertdialog menu menubar toolbar tooltip alert doc-toc tablist".split()
)
_NAMES = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|gdpr|onetrust|breadcrumbs?|newsletter|side-?bar|related|recommend(?:ed|ations?)|social|share|sharing"
    r"|addthis|advert\w*|promo\w*|metrics|altmetric|skip-?links?|toc|table-of-contents|nav|navbar|navbox|navigation|menu|pagination|popup"
    r"|modal|tooltip|banner|masthead|mw-editsection|mw-jump-link|catlinks|printfooter|cited-?by|dropblock__holder|noprint)(?:$|[\s_-])",
    re.IGNORECASE,
)
_UNSEEN = re.compile(
    r"(?:^|[\s_])(?:visually-?hidden|u-visually-hidden|sr-only|off-?screen|show-for-sr|screen-?reader(?:-text|-only)?|visuallyhidden|z3988"
    r"|a11y-hidden|is-hidden)(?:$|[\s_])",
    re.IGNORECASE,
)
_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
MOST = 0.5  # of a page's words: an element with more of them is the page, whatever its class says


def names_of(element: etree._Element) -> str:
    """Class and id of an element."""
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def is_hidden(element: etree._Element) -> bool:
    """Whether readers do not see an element.

    >>> is_hidden(etree.fromstring("<p style='display: none'/>")), is_hidden(etree.fromstring("<p class='lead'/>"))
    (True, False)
    """
    if element.get("hidden") is not None or (element.get("aria-hidden") or "").lower() == "true":
        return True
    return bool(_STYLE.search(element.get("style") or "") or _UNSEEN.search(element.get("class") or ""))


def furniture(root: etree._Element) -> set[etree._Element]:
    """The outermost elements of a page that are none of the article.

    An element that holds the article's title, or most of the words of the page, is the article itself, whatever it is called.

    >>> page = etree.fromstring("<body><div class='cookie-banner'>Yes?</div><div class='no-sidebar'><h1>Rest</h1></div></body>")
    >>> [element.get("class") for element in furniture(page)]
    ['cookie-banner']
    """
    sizes = dict(_sizes(root))
    kept = {above for element in root.iter("h1", "main", "article") for above in (element, *element.iterancestors())}
    found: set[etree._Element] = set()
    outside: set[etree._Element] = set()
    for element in root.iter(etree.Element):
        parent = element.getparent()
        if parent is not None and parent in outside:
            outside.add(element)
        elif element not in kept and sizes[element] <= MOST * sizes[root] and _is_furniture(element):
            found.add(element)
            outside.add(element)
    return found


def _sizes(root: etree._Element) -> Iterator[tuple[etree._Element, int]]:
    """How many characters stand in each element."""
    held: dict[etree._Element, int] = {}
    for element in reversed(list(root.iter(etree.Element))):
        size = len(element.text or "") + sum(held[child] + len(child.tail or "") for child in element if child in held)
        held[element] = size
        yield element, size


def _is_furniture(element: etree._Element) -> bool:
    if (element.get("role") or "").lower() in _ROLES or element.tag == "nav":
        return True
    if element.tag in _OUTSIDE and not any(above.tag in ("article", "main") for above in element.iterancestors()):
        return True
    return bool(_NAMES.search(names_of(element))) or _is_contents(element)


def _is_contents(element: etree._Element) -> bool:
    """Whether a list leads to places of the page and does nothing else, as a list of contents does."""
    if element.tag not in ("ul", "ol") or len(element) < 2:
        return False
    items = [item for item in element if item.tag == "li"]
    return len(items) == len(element) and all(map(_leads, items))


def _leads(item: etree._Element) -> bool:
    links = [link for link in item.iter("a") if (link.get("href") or "").startswith("#")]
    words = sum(len("".join(str(part) for part in link.itertext()).strip()) for link in links)
    whole = len("".join(str(part) for part in item.itertext()).strip())
    return bool(links) and words >= 0.9 * whole and not item.xpath("ancestor::sup")
