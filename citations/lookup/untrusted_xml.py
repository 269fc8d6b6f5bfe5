"""Careful hands for XML that somebody else wrote: no entity, no network, no depth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from edgewise.citations.lookup.untrusted_json import Unreadable
from edgewise.graph.reading.xml_trees import xml_root
from edgewise.ontology.errors import SourceError

DEEPEST = 60
_WHY = {
    "not-well-formed": "the answer is not XML",
    "entities": "the XML of the answer defines entities",
    "too-deep": "the XML of the answer is nested too deep",
}
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
    try:
        return xml_root(str(text).encode("utf-8", "replace"), "answer", deepest=DEEPEST, repair="", named_doctype=True, mend=mend)
    except SourceError as error:
        raise Unreadable(_WHY[error.findings[0].rule]) from None


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
