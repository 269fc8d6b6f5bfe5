"""What JATS says of the article itself: who wrote it, and when it was published."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from edgewise.graph.reading.xml_trees import flat, local

_NUMBER = re.compile(r"[0-9]{1,4}")
_PRINTED = "collection"  # the year of the volume, which may begin long after the article was to be read


def authors(root: etree._Element) -> tuple[str, ...]:
    """The people who wrote the article, each ``Surname, Given names``; those of replies and reviews within the file are others.

    >>> person = "<contrib contrib-type='author'><name><surname>Lee</surname><given-names>Ann</given-names></name></contrib>"
    >>> authors(etree.fromstring(f"<article><front><article-meta><contrib-group>{person}</contrib-group></article-meta></front></article>"))
    ('Lee, Ann',)
    """
    meta = _meta(root)
    return tuple(dict.fromkeys(_names(meta))) if meta is not None else ()


def published(root: etree._Element) -> str:
    """The day on which the article could first be read, ISO 8601, or its month or year, as far as it is told; empty if it is not.

    >>> told = "<pub-date pub-type='epub'><day>3</day><month>5</month><year>2011</year></pub-date>"
    >>> published(etree.fromstring(f"<article><front><article-meta>{told}</article-meta></front></article>"))
    '2011-05-03'
    """
    meta = _meta(root)
    dates = list(meta.iterfind("{*}pub-date")) if meta is not None else []
    told = [(_PRINTED in one.attrib.values(), -day.count("-"), day) for one in dates if (day := _day(one))]
    return min(told)[2] if told else ""


def _meta(root: etree._Element) -> etree._Element | None:
    return root if local(root) == "article-meta" else root.find(".//{*}article-meta")


def _names(meta: etree._Element) -> Iterator[str]:
    for group in meta.iterfind("{*}contrib-group"):
        for one in group.iterfind("{*}contrib"):
            name = one.find(".//{*}name")
            if one.get("contrib-type", "author") == "author" and name is not None:
                parts = (flat(name.find(f"{{*}}{tag}")) for tag in ("surname", "given-names"))
                if told := ", ".join(filter(None, parts)):
                    yield told


def _day(date: etree._Element) -> str:
    year, month, day = (_number(date.find(f"{{*}}{tag}")) for tag in ("year", "month", "day"))
    if year < 1000:
        return ""
    parts = [f"{year:04}", *([f"{month:02}"] if 1 <= month <= 12 else [])]
    return "-".join([*parts, *([f"{day:02}"] if len(parts) == 2 and 1 <= day <= 31 else [])])


def _number(element: etree._Element | None) -> int:
    text = flat(element)
    return int(text) if _NUMBER.fullmatch(text) else 0
