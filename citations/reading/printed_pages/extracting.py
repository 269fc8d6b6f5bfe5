"""Letters and links out of a PDF file, by PDFium, in a process of their own: PDFium is no Python, and a hostile file may crash it.

`python -m edgewise.citations.reading.printed_pages.extracting` reads the file from standard input and writes its pages.
"""

from __future__ import annotations

import ctypes
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pypdfium2 import PdfDocument, PdfiumError, PdfPage, raw

from edgewise.citations.reading.printed_pages.runs import DAMAGED, LOCKED, MEGABYTES, SECONDS, TOO_LONG, Page, PageLink, Pages, Run, write
from edgewise.graph.reading.bounded_process import bound

MOST_PAGES = 500
MOST_LETTERS = 4_000_000
MOST_LINKS = 20_000
_HOVERS = 0.2  # of the type's size: a figure of a text stands on the baseline
_FIGURES = frozenset("0123456789")
_HEAVY = 600
_ROW = 20.0  # points; links are looked up by the row of the page that they lie in
_HYPHENS = (0x02, 0xAD, 0xFFFE)  # how PDFium tells of one at the end of a line


class TooLong(ValueError):
    """The file has more pages, letters or links than any article."""


@dataclass(slots=True)
class _Letter:
    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool
    up: bool
    angle: int
    link: int = -1


def pages_of(data: bytes) -> Pages:
    """All pages of a file.

    Raises:
        PdfiumError: it is locked or damaged.
        TooLong: it has more pages, letters or links than any article.
    """
    document = PdfDocument(data)
    if len(document) > MOST_PAGES:
        raise TooLong
    counts = [0, 0]
    pages = tuple(_page(document, number, counts) for number in range(len(document)))
    title = " ".join(str(document.get_metadata_dict().get("Title") or "").split())[:500]
    pictures = any(page.runs == () and _has_pictures(document[page.number - 1]) for page in pages[:5])
    return Pages(pages, title, counts[1] / max(counts[0], 1), pictures)


def _has_pictures(page: PdfPage) -> bool:
    return any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))


def _page(document: PdfDocument, index: int, counts: list[int]) -> Page:
    page = document[index]
    try:
        width, height = page.get_size()
        letters, links = list(_letters(page, counts)), tuple(_links(document, page))
        _cover(letters, links)
        return Page(index + 1, width, height, tuple(_runs(_upright(letters))), links)
    finally:
        page.close()


def _letters(page: PdfPage, counts: list[int]) -> Iterator[_Letter | None]:
    """The letters in the order of the file; None stands for white space."""
    text = page.get_textpage()
    try:
        total = text.count_chars()
        counts[0] += total
        if counts[0] > MOST_LETTERS:
            raise TooLong
        box = [ctypes.c_double() for _ in range(4)]
        x, y = ctypes.c_double(), ctypes.c_double()
        bold, last_size = False, -1.0
        for index in range(total):
            code = raw.FPDFText_GetUnicode(text, index)
            if code in (0, 0xFFFD) or 0xE000 <= code <= 0xF8FF or raw.FPDFText_HasUnicodeMapError(text, index) == 1:
                counts[1] += 1
            letter = _text(code)
            if not letter or letter.isspace() or not raw.FPDFText_GetCharOrigin(text, index, x, y):
                yield None
                continue
            size = _size(text, index)
            raw.FPDFText_GetCharBox(text, index, *box)  # left, right, foot, head
            if size != last_size or index % 8 == 0:
                bold, last_size = raw.FPDFText_GetFontWeight(text, index) >= _HEAVY or _named_bold(text, index), size
            angle = round(raw.FPDFText_GetCharAngle(text, index) / 1.5708) % 4
            up = letter in _FIGURES and box[2].value - y.value > _HOVERS * size
            yield _Letter(letter, x.value, max(box[1].value, x.value), y.value, round(size, 1), bold, up, angle)
    finally:
        text.close()


def _cover(letters: list[_Letter | None], links: Sequence[PageLink]) -> None:
    """Tell each letter which link covers its middle."""
    rows: dict[int, list[int]] = {}
    for index, link in enumerate(links):
        for row in range(int(link.foot // _ROW), min(int(link.head // _ROW), int(link.foot // _ROW) + 50) + 1):
            rows.setdefault(row, []).append(index)
    for letter in letters if rows else ():
        if letter is not None:
            x, y = (letter.left + letter.right) / 2, letter.base + letter.size / 4
            within = (
                n for n in rows.get(int(y // _ROW), ()) if links[n].left <= x <= links[n].right and links[n].foot <= y <= links[n].head
            )
            letter.link = next(within, -1)


def _text(code: int) -> str:
    if code in _HYPHENS:
        return "-"
    if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF or code == 0:
        return ""
    letter = chr(code)
    if unicodedata.category(letter) == "Cc":
        return " "
    return unicodedata.normalize("NFKC", letter) if 0xFB00 <= code <= 0xFB06 else letter


def _size(text: object, index: int) -> float:
    """Size of the type as printed: some files set it in units of one and scale it."""
    size = float(raw.FPDFText_GetFontSize(text, index))
    matrix = raw.FS_MATRIX()
    if raw.FPDFText_GetMatrix(text, index, matrix):
        size *= (matrix.c**2 + matrix.d**2) ** 0.5 or 1.0
    return size


def _named_bold(text: object, index: int) -> bool:
    held = ctypes.create_string_buffer(128)
    length = raw.FPDFText_GetFontInfo(text, index, held, 128, None)
    return 0 < length <= 128 and any(word in held.value.lower() for word in (b"bold", b"black", b"heavy", b"semib"))


def _upright(letters: list[_Letter | None]) -> list[_Letter | None]:
    """Letters as they stand on most of the page; a page printed sideways is turned, and a stamp along the margin left out."""
    angles = [letter.angle for letter in letters if letter is not None]
    main = max(set(angles), key=angles.count) if angles else 0
    kept = [letter for letter in letters if letter is None or letter.angle == main]
    return kept if main == 0 else [letter and _turned(letter, main) for letter in kept]


def _turned(letter: _Letter, angle: int) -> _Letter:
    wide = letter.right - letter.left
    left, base = {1: (letter.base, -letter.left), 2: (-letter.left, -letter.base), 3: (-letter.base, letter.left)}[angle]
    return replace(letter, left=left, right=left + max(wide, letter.size / 2), base=base)


def _runs(letters: list[_Letter | None]) -> Iterator[Run]:
    held: list[_Letter] = []
    spaced = before = False
    for letter in letters:
        if letter is None:
            before = True
            continue
        last = held[-1] if held else None
        if last is not None and (before or not _together(last, letter)):
            yield _run(held, spaced)
            held, spaced = [], before
        elif last is None:
            spaced = before
        held.append(letter)
        before = False
    if held:
        yield _run(held, spaced)


def _together(last: _Letter, letter: _Letter) -> bool:
    gap = letter.left - last.right
    return (
        abs(letter.base - last.base) < 0.5
        and letter.size == last.size
        and letter.up == last.up
        and letter.bold == last.bold
        and letter.link == last.link
        and (-0.6 * letter.size < gap < 0.2 * letter.size or abs(letter.left - last.left) < 0.05)  # letters of one shape, such as "ffi"
    )


def _run(letters: list[_Letter], spaced: bool) -> Run:
    first, last = letters[0], letters[-1]
    text = "".join(letter.text for letter in letters)
    return Run(text, round(first.left, 2), round(last.right, 2), round(first.base, 2), first.size, first.bold, first.up, spaced, first.link)


def _links(document: PdfDocument, page: PdfPage) -> Iterator[PageLink]:
    """Links to places of the file; those to the outside are not looked at."""
    position, link = ctypes.c_int(0), raw.FPDF_LINK()
    count = 0
    while raw.FPDFLink_Enumerate(page, position, link) and count < MOST_LINKS:
        count += 1
        target = raw.FPDFLink_GetDest(document, link) or raw.FPDFAction_GetDest(document, raw.FPDFLink_GetAction(link))
        rectangle = raw.FS_RECTF()
        if not target or not raw.FPDFLink_GetAnnotRect(link, rectangle):
            continue
        number = raw.FPDFDest_GetDestPageIndex(document, target)
        place = _place(target)
        if number >= 0 and place is not None:
            yield PageLink(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top, number + 1, *place)


def _place(target: object) -> tuple[float, float] | None:
    """Height above the foot, and distance from the left, -1 if the link does not say."""
    has = [ctypes.c_int() for _ in range(3)]
    place = [ctypes.c_float() for _ in range(3)]
    found = raw.FPDFDest_GetLocationInPage(target, *has, *place)
    return (float(place[1].value), float(place[0].value) if has[0].value else -1.0) if found and has[1].value else None


def _main() -> int:
    bound(SECONDS, MEGABYTES)
    try:
        sys.stdout.buffer.write(write(pages_of(sys.stdin.buffer.read())))
    except PdfiumError as error:
        return LOCKED if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD else DAMAGED
    except TooLong:
        return TOO_LONG
    return 0


if __name__ == "__main__":
    raise SystemExit(_main())
