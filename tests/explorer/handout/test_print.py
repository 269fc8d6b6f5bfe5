"""The hand-out as it comes out of a printer without colour: its inks, its foot, its lines, the order of what it lists."""

from __future__ import annotations

import ctypes
import io
from dataclasses import replace
from functools import cache

import pytest
from PIL import Image, ImageChops, ImageStat
from pypdfium2 import PdfDocument, raw

from edgewise.explorer.handout import text as words_of
from edgewise.explorer.handout.paper import Paper
from edgewise.explorer.handout.sheet import handout_pdf, typeset
from edgewise.graph import library
from edgewise.graph.model import Guideline
from tests.explorer.calls import DATA, SI, SMALL
from tests.explorer.pdf_text import pictures

THUMB = str(DATA / "audit" / "thumb.yaml")
SIZES = {Paper.a4: (595, 842), Paper.letter: (612, 792)}  # points
FINE = 3  # pixels a point that PDFium draws, to be made coarser again
MARGIN = 17  # points (6 mm) that a printer may leave white


def guideline(of: str) -> Guideline:
    return library.load(of).guideline


def test_all_type_is_black_or_white_since_a_printer_without_colour_breaks_grey_type_into_dots():
    assert _inks(handout_pdf(guideline(SI))) == {(0, 0, 0), (255, 255, 255)}


def _inks(file: bytes) -> set[tuple[int, ...]]:
    """The colours of all type of a PDF file."""
    found = set()
    for page in PdfDocument(file):
        text = page.get_textpage()
        for index in range(text.count_chars()):
            channels = [ctypes.c_uint() for _ in range(4)]
            if not raw.FPDFText_IsGenerated(text, index) and raw.FPDFText_GetFillColor(text, index, *channels):
                found.add(tuple(one.value for one in channels[:3]))
    return found


@pytest.mark.parametrize("name", ["thumb-test", "a-very-long-id-" * 30])
def test_what_stands_above_the_foot_does_not_run_into_it_however_long_that_is(name):
    (page,) = PdfDocument(handout_pdf(replace(guideline(THUMB), id=name)))
    text = page.get_textpage()
    start = text.get_text_range().index("Made with Edgewise")
    boxes = [text.get_charbox(index) for index in range(text.count_chars())]
    foot = max(top for _, _, _, top in boxes[start:])
    above = [bottom for _, bottom, _, top in boxes[:start] if top > bottom]
    assert min(above) > foot


def test_no_figure_is_parted_from_its_unit():
    lines = "".join(page.get_textpage().get_text_range() for page in PdfDocument(handout_pdf(guideline(SI)))).splitlines()
    assert not [line for line in lines if line.startswith("%")]


def test_of_ratings_of_one_score_the_source_s_first_is_printed_first():
    (told,) = [one["items"] for one in words_of.ratings(guideline(SI)) if one["name"].startswith("After films, active")]
    assert [items[1][0] for items in told] == [
        "MRI SI joints without IV contrast: usually appropriate, derived",
        "◇ MRI SI joints without and with IV contrast (contrast and region: modeller's reading): usually appropriate, derived",
    ]


@cache
def printed(source, paper):
    """The pages of the PDF, one pixel a point, and those of the preview at the same size."""
    made = typeset(library.load(source).guideline, paper)
    pages = [one.reduce(FINE) for one in pictures(made.pdf(), scale=FINE)]
    shown = [Image.open(io.BytesIO(one)).convert("L") for one in made.pictures()]
    return pages, [one.resize(page.size, Image.Resampling.BOX) for one, page in zip(shown, pages, strict=True)]


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("source", [SI, SMALL])
def test_what_is_printed_is_what_was_shown(source, paper):
    for page, shown in zip(*printed(source, paper), strict=True):
        assert all(abs(got - wanted) <= 1 for got, wanted in zip(page.size, SIZES[paper], strict=True))
        coarse = [one.reduce(8) for one in (page, shown)]
        assert max(ImageStat.Stat(one).stddev[0] for one in coarse) > 10, "there is ink on it"
        assert ImageChops.difference(*coarse).getextrema()[1] < 48


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("source", [SI, SMALL])
def test_nothing_is_printed_where_a_printer_leaves_white(source, paper):
    for page in printed(source, paper)[0]:
        left, top, right, bottom = ImageChops.invert(page).getbbox()
        assert min(left, top, page.width - right, page.height - bottom) >= MARGIN
