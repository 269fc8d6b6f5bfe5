"""A reference list in XML as a tree, or the finding that says why it is none: no DTD, no entities, no network."""

from __future__ import annotations

import re

from lxml import etree

from edgewise.citations.formats.exchange import LARGEST_FILE, Spot
from edgewise.graph.reading.xml_trees import xml_root
from edgewise.ontology.errors import SourceError
from edgewise.ontology.findings import Finding

_DEEPEST = 60


def tree_of(text: str | bytes, name: str) -> tuple[etree._Element | None, tuple[Finding, ...]]:
    """The outermost element, or what is wrong with the file.

    >>> root, findings = tree_of("<!DOCTYPE a [<!ENTITY b 'x'>]><a>&b;</a>", "list.xml")
    >>> root is None, findings[0].rule
    (True, 'unreadable-file')
    """
    if len(text) > LARGEST_FILE:
        return None, (
            Spot(name).finding("file-too-large", f"the file is larger than {LARGEST_FILE:,} bytes", "split it into smaller lists"),
        )
    data = re.sub(r"^\ufeff?\s*<\?xml[^>]*\?>", "", text).encode("utf-8", "replace") if isinstance(text, str) else text
    try:
        return xml_root(data, name, deepest=_DEEPEST, repair="export the list again", named_doctype=True), ()
    except SourceError as error:
        found = error.findings[0]
        return None, (Spot(name, found.line).finding("unreadable-file", found.message, found.repair),)
