"""Reference lists whose entries are parted by nothing but line breaks: each line made an element of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from edgewise.graph.reading.xml_trees import line_of

_FEWEST = 2
_MOSTLY = 0.5  # of the lines look like entries


def part_lines(root: etree._Element, names_list: Callable[[etree._Element], bool], like_entry: Callable[[str], bool]) -> None:
    """Put each line of what stands behind a list's heading into a paragraph of its own, if entries are parted by line breaks.

    Args:
        root: the page, which is changed.
        names_list: whether an element is a heading that names a list.
        like_entry: whether a line looks like an entry.

    >>> page = etree.fromstring("<body><h2>References</h2><p>Doe. 2001.<br/>Roe. 2002.</p></body>")
    >>> part_lines(page, lambda element: element.tag == "h2", lambda line: "200" in line)
    >>> [line.text for line in page[1]]
    ['Doe. 2001.', 'Roe. 2002.']
    """
    behind = False
    for element in list(root.iter(etree.Element)):
        named = names_list(element)
        if named or element.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            behind = named
        elif behind and element.tag in ("p", "div", "td") and sum(child.tag == "br" for child in element) >= _FEWEST - 1:
            _part(element, like_entry)


def _part(element: etree._Element, like_entry: Callable[[str], bool]) -> None:
    lines = [_Line(line_of(element), [element.text or ""])]
    for child in element:
        if child.tag == "br":
            lines.append(_Line(line_of(child), [child.tail or ""]))
        else:
            lines[-1].parts.extend((child, child.tail or ""))
    told = [line for line in lines if line.words]
    if len(told) < _FEWEST or sum(like_entry(line.words) for line in told) < _MOSTLY * len(told):
        return
    for child in list(element):
        element.remove(child)
    element.text = None
    for line in told:
        element.append(line.paragraph())


@dataclass(frozen=True, slots=True)
class _Line:
    """What stands between two breaks; `source` is the line of the file."""

    source: int
    parts: list[etree._Element | str]

    @property
    def words(self) -> str:
        return "".join(part if isinstance(part, str) else "".join(map(str, part.itertext())) for part in self.parts).strip()

    def paragraph(self) -> etree._Element:
        made = etree.Element("p")
        made.sourceline = self.source  # type: ignore[assignment]  # lxml-stubs do not know what it is
        for part in self.parts:
            if not isinstance(part, str):
                part.tail = None
                made.append(part)
            elif len(made):
                made[-1].tail = (made[-1].tail or "") + part
            else:
                made.text = (made.text or "") + part
        return made
