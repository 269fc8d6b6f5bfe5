"""The PDF's pages as a printer makes them: read and drawn by PDFium, in grey, beside the pictures the page shows."""

from __future__ import annotations

import io
from functools import cache

import pytest
from PIL import Image, ImageChops, ImageStat

from explorer.handout.paper import Paper
from explorer.handout.sheet import typeset
from graph import library
from tests.explorer.calls import SI, SMALL
from tests.explorer.pdf_text import pictures

SIZES = {Paper.a4: (595, 842), Paper.letter: (612, 792)}  # points
FINE = 3
MARGIN = 17  # points (6 mm) that a printer may leave white


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
