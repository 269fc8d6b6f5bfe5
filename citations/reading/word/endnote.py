"""What EndNote keeps in its fields: XML, in the field's code or packed in base64 beside it."""

from __future__ import annotations

from collections.abc import Iterator

from edgewise.citations.formats.endnote_xml import item_of_record
from edgewise.citations.reading.word.elements import Element, attribute, child, tag
from edgewise.citations.reading.word.pieces import Citation, Work, unpacked
from edgewise.graph.reading.xml_trees import flat, xml_root
from edgewise.ontology.errors import SourceError

_DEEPEST = 30


def endnote_citation(code: str, packed: str) -> Citation | None:
    """The works of a field ``ADDIN EN.CITE``; None where its data cannot be read.

    >>> cite = "<Cite><RecNum>7</RecNum><DisplayText>[1]</DisplayText><record><titles><title>Rest</title></titles></record></Cite>"
    >>> found = endnote_citation(f" ADDIN EN.CITE <EndNote>{cite}</EndNote>", "")
    >>> found.works[0].item["title"], found.wrote
    ('Rest', '[1]')
    """
    found = (root for text in (code, unpacked(packed)) if (root := _parsed(text)) is not None)
    root = next(found, None)
    if root is None:
        return None
    cites = [one for one in root if tag(one) == "Cite"]
    wrote = next((text for one in cites if (text := _text(one, "DisplayText"))), "")
    return Citation("EndNote", tuple(_work(one) for one in cites), wrote)


def _parsed(text: str) -> Element | None:
    start, end = text.find("<EndNote"), text.rfind("</EndNote>")
    if start < 0 or end < start:
        return None
    try:
        return xml_root(text[start : end + len("</EndNote>")].encode("utf-8", "replace"), "", deepest=_DEEPEST, repair="")
    except SourceError:
        return None


def _work(cite: Element) -> Work:
    record = child(cite, "record")
    database = next((attribute(one, "db-id") for one in _all(record, "foreign-keys", "key")), "")
    key = f"{database} {_text(cite, 'RecNum') or _text(cite, 'Author') + _text(cite, 'Year')}".strip()
    brief = {"author": [{"literal": _text(cite, "Author")}], "issued": {"raw": _text(cite, "Year")}}
    return Work(key, item_of_record(record) if record is not None else brief)


def _all(element: Element | None, *path: str) -> Iterator[Element]:
    parent = child(element, *path[:-1])
    yield from (one for one in (parent if parent is not None else ()) if tag(one) == path[-1])


def _text(element: Element, *path: str) -> str:
    return flat(child(element, *path))
