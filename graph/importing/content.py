"""What a file holds, told by what stands in it: XML without entities or network, JSON without traps, or text; each with its lines."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from edgewise.graph.reading.lines import Marks
from edgewise.graph.reading.problems import fail
from edgewise.graph.reading.strict import Data, decode, strict_yaml
from edgewise.graph.reading.xml_trees import line_of as line_of
from edgewise.graph.reading.xml_trees import local as local
from edgewise.graph.reading.xml_trees import xml_root as parsed
from edgewise.ontology.errors import SourceError

LIMIT = 8 * 1024 * 1024  # bytes
DEEPEST = 100
_FENCE = re.compile(rb"^[ \t>]*(```|~~~|:::)[ \t]*\{?\.?mermaid", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Content:
    """A file as it was read: one of `root`, `data` or `text`.

    Attributes:
        name: of the file, for messages.
        root: of an XML document; `line_of` tells an element's line.
        data: of a JSON document; every value is text.
        marks: the lines of its keys and values.
        text: of any other file.
    """

    name: str
    root: etree._Element | None = None
    data: Data = None
    marks: Marks | None = None
    text: str = ""


def content_of(data: bytes, name: str) -> Content:
    """The file's content.

    Raises:
        SourceError: it is too large, too deep, not well-formed, no text, or defines entities.

    >>> content_of(b"<a><b/></a>", "a.dmn").root.tag, content_of(b'{"a": [1]}', "a").data, content_of(b"graph TD", "a").text
    ('a', {'a': ['1']}, 'graph TD')
    """
    if len(data) > LIMIT:
        raise fail(name, "too-large", f"the file is larger than {LIMIT:,} bytes", 0, "import a part of it")
    if _is_xml(data):
        try:
            return Content(name, root=xml_root(data, name))
        except SourceError:
            if not _FENCE.search(data):  # Markdown may begin with a tag, too
                raise
    text = decode(data, name, LIMIT)
    if text.lstrip()[:1] in ("{", "["):
        held, marks = strict_yaml(text, name, limit=LIMIT, allow_empty=True, format="json", deepest=DEEPEST)
        return Content(name, data=held, marks=marks)
    return Content(name, text=text)


def xml_root(data: bytes, name: str) -> etree._Element:
    """The outermost element, read as `edgewise.graph.reading.xml_trees` reads what anybody may have made.

    Raises:
        SourceError: it is not well-formed, defines entities, or is nested too deep.
    """
    return parsed(data, name, deepest=DEEPEST, repair="export the file again from the tool that made it")


def namespace(element: etree._Element) -> str:
    """An element's namespace; empty if it has none."""
    return etree.QName(element).namespace or "" if isinstance(element.tag, str) else ""


def _is_xml(data: bytes) -> bool:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):  # UTF-16, which XML may be in
        return data[2:4] in (b"<\x00", b"\x00<")
    return re.match(rb"(\xef\xbb\xbf)?\s*<", data) is not None
