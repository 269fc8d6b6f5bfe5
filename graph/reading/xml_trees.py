"""XML of anybody's making as a tree: no DTD is loaded, no entity of the document resolved, nothing opened but the bytes given."""

from __future__ import annotations

from typing import Any

from lxml import etree

from edgewise.graph.reading.problems import fail, shorten


def xml_root(data: bytes, name: str, *, deepest: int, repair: str, named_doctype: bool = False, mend: bool = False) -> etree._Element:
    """The outermost element, without comments and processing instructions.

    Args:
        data: the file.
        name: of the file, for messages.
        deepest: how many elements may stand within each other.
        repair: what to do where it cannot be read.
        named_doctype: whether a document type may be named by its address, which is never opened.
        mend: whether what is torn is to be read as far as it goes.

    Raises:
        SourceError: it is not well-formed, defines entities, or is nested too deep.

    >>> xml_root(b"<a><!-- x --><b/></a>", "a.xml", deepest=2, repair="save it again")[0].tag
    'b'
    >>> xml_root(b"<a><b><c/></b></a>", "a.xml", deepest=2, repair="save it again")
    Traceback (most recent call last):
        ...
    edgewise.ontology.errors.SourceError: a.xml:1: error: elements are nested more than 2 deep; save it again [too-deep]
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_pis=True,
        remove_comments=True,
        recover=mend,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        line = int(getattr(error, "lineno", 0) or 0)
        raise fail(name, "not-well-formed", f"the XML is not well-formed: {shorten(str(error), 160)}", line, repair) from None
    if root is None:  # mended away
        raise fail(name, "not-well-formed", "the XML is not well-formed: there is nothing in it", 0, repair)
    _refuse_entities(root, name, named_doctype)
    if at := _beyond(root, deepest):
        raise fail(name, "too-deep", f"elements are nested more than {deepest} deep", at, repair)
    return root


def _refuse_entities(root: etree._Element, name: str, named_doctype: bool) -> None:
    subset: Any = root.getroottree().docinfo.internalDTD  # lxml-stubs know little of it
    if subset is None:
        return
    if subset.entities() or (subset.system_url and not named_doctype):
        message = "the file has a document type of its own, whose entities could exhaust the machine"
        repair = "remove the <!ENTITY …> lines" if named_doctype else "remove the <!DOCTYPE …> lines"
        raise fail(name, "entities", message, 1, repair)


def line_of(element: etree._Element) -> int:
    """Line of an element's start tag; 0 if unknown."""
    line: object = element.sourceline
    return line if isinstance(line, int) else 0


def local(element: etree._Element) -> str:
    """An element's name without its namespace; empty for what is no element.

    >>> local(etree.fromstring("<a:b xmlns:a='urn:x'/>"))
    'b'
    """
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def flat(element: etree._Element | None) -> str:
    """The text of an element and all within it on one line; empty where there is none.

    >>> flat(etree.fromstring("<a>HbA<sub>1c</sub>  and so</a>")), flat(None)
    ('HbA1c and so', '')
    """
    return " ".join("".join(str(part) for part in element.itertext()).split()) if element is not None else ""


def too_deep(root: etree._Element, most: int) -> bool:
    """Whether elements are nested deeper than a reader's recursion may follow.

    >>> too_deep(etree.fromstring("<a><b><c/></b></a>"), 2), too_deep(etree.fromstring("<a><b/></a>"), 2)
    (True, False)
    """
    return _beyond(root, most) > 0


def _beyond(root: etree._Element, most: int) -> int:
    """The line of the first element that is nested too deep; 0 if none is."""
    depth = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > most:
            return line_of(element) or 1
    return 0
