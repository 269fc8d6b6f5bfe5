"""Careful hands for XML that somebody else wrote: no entity, no network, no depth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from edgewise.citations.lookup.untrusted_json import Unreadable

DEEPEST = 60
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")


def parse(content: bytes) -> Mapping[str, Any]:
    """An answer in XML as it can be kept beside those in JSON.

    Raises:
        Unreadable: it is none.

    >>> parse(b"<a/>")
    {'xml': '<a/>'}
    """
    try:
        text = content.decode("utf-8").lstrip("\ufeff")
    except UnicodeDecodeError:
        raise Unreadable("the answer is not UTF-8") from None
    if not text.lstrip().startswith("<"):
        raise Unreadable("the answer is not XML")
    return {"xml": text}


def tree(text: object, *, mend: bool = False) -> etree._Element:
    """The root of a text in XML.

    Args:
        text: of an answer.
        mend: whether what is torn is to be read as far as it goes.

    Raises:
        Unreadable: it is no XML, defines entities, or is nested deeper than anybody writes.

    >>> tree('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    Traceback (most recent call last):
        ...
    edgewise.citations.lookup.untrusted_json.Unreadable: the XML of the answer defines entities
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, remove_pis=True, recover=mend
    )
    try:
        root = etree.fromstring(str(text).encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Unreadable("the answer is not XML") from None
    if root is None:
        raise Unreadable("the answer is not XML")
    subset = root.getroottree().docinfo.internalDTD
    if subset is not None and subset.entities():  # type: ignore[union-attr]  # not in lxml-stubs
        raise Unreadable("the XML of the answer defines entities")
    if any(depth > DEEPEST for depth in _depths(root)):
        raise Unreadable("the XML of the answer is nested too deep")
    return root


def _depths(root: etree._Element) -> Iterator[int]:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        yield depth


def words(element: etree._Element) -> str:
    """An element's text on one line; raised figures stay raised, for 10⁶ is not 106.

    >>> words(tree("<p>10<sup>6</sup> <i>cells</i>/L</p>"))
    '10⁶ cells/L'
    """
    return " ".join("".join(_texts(element)).split())


def _texts(element: etree._Element) -> Iterator[str]:
    raised = str(element.tag).rpartition("}")[2] == "sup"
    if element.text:
        yield element.text.translate(_RAISED) if raised else element.text
    for child in element:
        if isinstance(child.tag, str):
            yield from _texts(child)
        if child.tail:
            yield child.tail
