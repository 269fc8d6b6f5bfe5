"""Elements of WordprocessingML by their local names: the same in transitional and in strict documents."""

from __future__ import annotations

from lxml import etree

from edgewise.graph.reading.xml_trees import local

Element = etree._Element
tag = local


def attribute(element: Element, name: str) -> str:
    """An attribute's value, whatever its namespace; empty if there is none.

    >>> attribute(etree.fromstring("<w:p w:val='7' xmlns:w='urn:w'/>"), "val")
    '7'
    """
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), "")


def child(element: Element | None, *path: str) -> Element | None:
    """The first child of a child … with these local names."""
    for name in path:
        if element is None:
            return None
        element = next((one for one in element if tag(one) == name), None)
    return element


def value(element: Element | None, *path: str) -> str:
    """The attribute ``val`` of a descendant by its path; empty if there is none.

    >>> value(etree.fromstring("<p><pPr><jc val='left'/></pPr></p>"), "pPr", "jc")
    'left'
    """
    found = child(element, *path)
    return attribute(found, "val") if found is not None else ""


def switched(element: Element | None, *path: str) -> bool | None:
    """Whether a property is on; None where it is not named.

    >>> [switched(etree.fromstring(xml), "b") for xml in ("<r/>", "<r><b/></r>", "<r><b val='0'/></r>")]
    [None, True, False]
    """
    found = child(element, *path)
    return None if found is None else attribute(found, "val") not in ("0", "false", "off", "none")


def whole(text: str, least: int = 0, most: int = 100_000) -> int | None:
    """A whole number within bounds; None for anything else.

    >>> whole("12"), whole("9" * 30), whole("x")
    (12, None, None)
    """
    plain = text.strip()
    if not (plain.isascii() and plain.isdigit() and len(plain) < 9):
        return None
    return int(plain) if least <= int(plain) <= most else None
