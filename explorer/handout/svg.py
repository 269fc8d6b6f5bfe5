"""Pages of SVG made into one picture, as a tree of XML: no text is glued together."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

_SVG = "http://www.w3.org/2000/svg"
_LINKS = ("href", "{http://www.w3.org/1999/xlink}href")
_GAP = 12.0  # points between two pages


def stacked(pages: Sequence[bytes], title: str) -> str:
    r"""Pages one below the other, with a title for those who cannot see them.

    Args:
        pages: SVG documents whose view boxes begin at the origin, in points.
        title: of the whole picture.

    >>> page = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><g id="a"/><use href="#a"/></svg>'
    >>> print(stacked([page, page], "Two < three").replace("<svg x=", "\n<svg x="))
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 32" width="20pt" height="32pt" role="img"><title>Two &lt; three</title>
    <svg x="0" y="0" width="20" height="10" viewBox="0 0 20 10"><g id="p1-a"/><use href="#p1-a"/></svg>
    <svg x="0" y="22" width="20" height="10" viewBox="0 0 20 10"><g id="p2-a"/><use href="#p2-a"/></svg></svg>
    """
    trees = [etree.fromstring(page, etree.XMLParser(huge_tree=True, resolve_entities=False, no_network=True)) for page in pages]
    whole = etree.Element(f"{{{_SVG}}}svg", nsmap={None: _SVG})  # type: ignore[dict-item]  # the default namespace; the stubs do not know it
    etree.SubElement(whole, f"{{{_SVG}}}title").text = title
    top = 0.0
    for number, tree in enumerate(trees, 1):
        _keep_apart(tree, f"p{number}-")
        top += _put(tree, whole, top) + _GAP
    wide, high = max(_size(tree)[0] for tree in trees), top - _GAP
    _set(whole, viewBox=f"0 0 {wide:g} {high:g}", width=f"{wide:g}pt", height=f"{high:g}pt", role="img")
    etree.cleanup_namespaces(whole)
    return etree.tostring(whole, encoding="unicode")


def _put(tree: etree._Element, whole: etree._Element, top: float) -> float:
    """Move what is drawn on a page into the whole picture; gives the page's height."""
    width, height = _size(tree)
    page = etree.SubElement(whole, f"{{{_SVG}}}svg")
    _set(page, x="0", y=f"{top:g}", width=f"{width:g}", height=f"{height:g}", viewBox=f"0 0 {width:g} {height:g}")
    page.extend(tree)
    return height


def _set(element: etree._Element, **attributes: str) -> None:
    for name, value in attributes.items():
        element.set(name, value)


def _size(tree: etree._Element) -> tuple[float, float]:
    _, _, width, height = (float(part) for part in tree.get("viewBox", "0 0 0 0").split())
    return width, height


def _keep_apart(tree: etree._Element, prefix: str) -> None:
    """Each page names its own shapes; in one document the names must not meet."""
    for element in tree.iter(etree.Element):
        for name, value in ((str(name), str(value)) for name, value in element.attrib.items()):
            if name == "id":
                element.set(name, prefix + value)
            elif name in _LINKS and value.startswith("#"):
                element.set(name, f"#{prefix}{value[1:]}")
            elif "url(#" in value:
                element.set(name, value.replace("url(#", f"url(#{prefix}"))
