"""Small Word documents, made part by part."""

from __future__ import annotations

import base64
import json
import zipfile
from io import BytesIO
from xml.sax.saxutils import escape

from edgewise.citations.reading.article import Article, read_article_text

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMES = f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:m="urn:math" xmlns:wps="urn:shape"'
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

STYLES = """
<w:style w:styleId="Kop1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="Eigen"><w:basedOn w:val="Kop1"/></w:style>
<w:style w:styleId="Hoch"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>
<w:style w:styleId="Weg"><w:rPr><w:vanish/></w:rPr></w:style>
"""
NUMBERING = """
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="[%1]"/></w:lvl>
</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num>
"""


def word(body: str, **parts: str) -> bytes:
    """A document of this body; parts by name: styles, numbering, footnotes, endnotes, sources."""
    parts = {"styles": STYLES, "numbering": NUMBERING, **parts}
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", _relations([("officeDocument", "word/document.xml")]))
        archive.writestr("word/document.xml", f"<w:document {_NAMES}><w:body>{body}</w:body></w:document>")
        sources = parts.pop("sources", "")
        related = [(name, f"{name}.xml") for name in parts] + ([("customXml", "../customXml/item1.xml")] if sources else [])
        archive.writestr("word/_rels/document.xml.rels", _relations(related))
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name} {_NAMES}>{content}</w:{name}>")
        if sources:
            archive.writestr("customXml/item1.xml", f'<b:Sources xmlns:b="urn:b">{sources}</b:Sources>')
    return stream.getvalue()


def _relations(related: list[tuple[str, str]]) -> str:
    inner = "".join(f'<Relationship Id="r{i}" Type="{_KINDS}/{kind}" Target="{path}"/>' for i, (kind, path) in enumerate(related))
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'


def p(*inner: str, style: str = "", numbered: bool = False) -> str:
    """A paragraph; what is no XML is its text."""
    properties = (f'<w:pStyle w:val="{style}"/>' if style else "") + (
        '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr>' if numbered else ""
    )
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(one if one.startswith('<w:') else r(one) for one in inner)}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def raised(text: str) -> str:
    """A run of raised figures."""
    return r(text, '<w:vertAlign w:val="superscript"/>')


def mark(kind: str, data: str = "") -> str:
    """The sign at which a field begins, goes over to its result, or ends."""
    inner = f"<w:fldData>{data}</w:fldData>" if data else ""
    return f'<w:r><w:fldChar w:fldCharType="{kind}">{inner}</w:fldChar></w:r>'


def code(text: str) -> str:
    """A piece of a field's code."""
    return f'<w:r><w:instrText xml:space="preserve">{escape(text)}</w:instrText></w:r>'


def field(instruction: str, *result: str, pieces: int = 1) -> str:
    """A complex field, its code in so many runs."""
    step = -(-len(instruction) // pieces)
    cut = "".join(code(instruction[at : at + step]) for at in range(0, len(instruction), step))
    shown = "".join(one if one.startswith("<w:") else r(one) for one in result)
    return f"{mark('begin')}{cut}{mark('separate')}{shown}{mark('end')}"


def item(key: int, title: str, family: str, year: int, **more: str) -> dict[str, object]:
    """A work as Zotero and Mendeley keep it."""
    data = {"id": key, "type": "article-journal", "title": title, "author": [{"family": family, "given": "A"}], **more}
    return {"id": key, "uris": [f"http://example.org/items/{key}"], "itemData": {**data, "issued": {"date-parts": [[str(year)]]}}}


def zotero(*items: dict[str, object], printed: str, wrote: str = "", pieces: int = 1) -> str:
    """A citation by Zotero."""
    held = {"citationID": "x", "properties": {"plainCitation": wrote or printed}, "citationItems": list(items)}
    return field(f" ADDIN ZOTERO_ITEM CSL_CITATION {json.dumps(held)} ", printed, pieces=pieces)


def packed(text: str) -> str:
    """Text in base64."""
    return base64.b64encode(text.encode()).decode()


def entries(*texts: str) -> str:
    """A printed list under its heading, numbered by Word."""
    return p("References", style="Kop1") + "".join(p(text, numbered=True) for text in texts)


BELT, REST, ICE = item(1, "Belts in bed", "Doe", 2001), item(2, "Rest in water", "Roe", 2002), item(3, "Ice on bone", "Poe", 2003)
LIST = entries("Doe A. Belts in bed. J A 2001;1:1-2.", "Roe A. Rest in water. J B 2002;1:1-2.", "Poe A. Ice on bone. J C 2003;1:1-2.")


def read(body: str, **parts: str) -> Article:
    """The article that a document of this body is."""
    return read_article_text(word(body, **parts), "a.docx", "docx")


def cited(article: Article) -> list[tuple[int, ...]]:
    """Numbers of all markers in their order."""
    return [marker.numbers for marker in article.markers]
