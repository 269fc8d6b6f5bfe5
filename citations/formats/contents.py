"""Which reference format a file holds, told by what stands in it."""

from __future__ import annotations

import re

_XML = (
    ("pubmed-xml", re.compile(r"<(?:Pubmed(?:Book)?Article(?:Set)?|MedlineCitation(?:Set)?)[\s>]")),
    (
        "endnote-xml",
        re.compile(r"<xml>\s*(?:<!--.*?-->\s*)?<records>\s*<record>|<records>\s*<record>\s*<(?:database|source-app|rec-number)\b"),
    ),
)
_TEXT = (
    ("ris", re.compile(r"^TY {1,2}- {0,2}[A-Z]", re.MULTILINE)),
    ("nbib", re.compile(r"^PMID ?- {0,2}\d{1,8}\s*$", re.MULTILINE)),
    ("wos", re.compile(r"\A\s*(?:FN .{0,200}\n(?:VR .{0,20}\n)?)?\s*PT [A-Z]\s*$", re.MULTILINE)),
    ("refer", re.compile(r"\A\s*%(?:0 [A-Z]|[ATDJBEI] )")),
    ("bibtex", re.compile(r"^[ \t]*@[A-Za-z]{2,20}\s*[{(]\s*[^\s,{}()=]{1,200}\s*,", re.MULTILINE)),
    ("csl-json", re.compile(r'\A\s*\[?\s*\{[^@]{0,2000}?"(?:type|title|issued|container-title)"\s*:')),
)
LOOKED_AT = 8192
"""Bytes of a file's beginning that tell its format."""


def told_format(head: bytes | str, expected: str = "") -> str:
    r"""The format of a file that begins so, if it is a reference list; else empty.

    Args:
        head: its first bytes.
        expected: the format that its name tells, which stands if the file can be in it.

    >>> told_format(b"PMID- 123\nOWN - NLM\n"), told_format(b"\xef\xbb\xbf<?xml version='1.0'?>\n<PubmedArticleSet>"), told_format(b"Rest.")
    ('nbib', 'pubmed-xml', '')
    """
    text = _shown(head[:LOOKED_AT]) if isinstance(head, bytes) else head[:LOOKED_AT].lstrip("\ufeff")
    kinds = dict(_XML if text.lstrip()[:1] == "<" else _TEXT)
    told = (format for format in (expected, *kinds) if format in kinds and kinds[format].search(text))
    return next(told, "")


def _shown(head: bytes) -> str:
    """The beginning as text, near enough to tell what it is."""
    plain = head.replace(b"\x00", b"") if b"\x00" in head else head
    return plain.decode("utf-8", "replace").lstrip("\ufeff\ufffd").replace("\r\n", "\n").replace("\r", "\n")
