"""What a PDF file says, how large its type is, and how it looks: PDFium, which Chromium reads PDF with, as the reader."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image
from pypdfium2 import PdfDocument, PdfTextPage, raw


@dataclass(frozen=True)
class Read:
    """A PDF file: its words without any white space, the sizes of its type in points, how many pages it has."""

    words: str
    sizes: frozenset[float]
    pages: int

    def says(self, text: str) -> bool:
        return "".join(text.split()) in self.words


def read(file: bytes) -> Read:
    texts = [page.get_textpage() for page in PdfDocument(file)]
    words = "".join(text.get_text_range() for text in texts).replace("\ufffe", "-")  # how PDFium tells of a hyphen at the end of a line
    return Read("".join(words.split()).replace("\u200b", ""), frozenset(size for text in texts for size in _sizes(text)), len(texts))


def pictures(file: bytes, scale: float = 2.0) -> list[Image.Image]:
    """Its pages in grey, as a printer without colour would have them; `scale` is in pixels a point."""
    return [page.render(scale=scale, grayscale=True).to_pil() for page in PdfDocument(file)]


def _sizes(text: PdfTextPage) -> Iterator[float]:
    """Spaces and ends of lines that the reader adds to the text have no size."""
    for index in range(text.count_chars()):
        if not raw.FPDFText_IsGenerated(text, index):
            yield round(raw.FPDFText_GetFontSize(text, index), 2)
