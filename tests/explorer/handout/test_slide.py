"""The slide: 16 : 9, its text is text, and it says whose words these are."""

from __future__ import annotations

from io import BytesIO

import pytest
from lxml import etree
from PIL import Image

from edgewise.explorer.drawing.layout import lay_out
from edgewise.explorer.drawing.palette import GROUNDS, INKS
from edgewise.explorer.drawing.picture import picture
from edgewise.explorer.handout.slide import HEIGHT, WIDTH, slide_png, slide_svg
from edgewise.graph.library import load
from edgewise.graph.model import Guideline

si = load("sacroiliac-sclerosis").guideline
SVG = "{http://www.w3.org/2000/svg}"


def drawn(guideline: Guideline) -> etree._Element:
    return etree.fromstring(slide_svg(guideline).encode())


def words(tree: etree._Element) -> list[str]:
    return ["".join(element.itertext()) for element in tree.iter(f"{SVG}text")]


def test_a_slide_is_sixteen_to_nine() -> None:
    tree = drawn(si)
    assert tree.get("viewBox") == f"0 0 {WIDTH} {HEIGHT}" == "0 0 1920 1080"


def test_every_word_of_the_drawing_is_text() -> None:
    layout, found = lay_out(picture(si)), words(drawn(si))
    lines = [line for node in layout.nodes.values() for line in node.lines]
    lines += [line for edge in layout.edges.values() for line in edge.lines if line]
    assert len(lines) > 30
    assert [line for line in lines if line not in found] == []


def test_source_date_review_and_purpose_stand_on_it() -> None:
    told = " ".join(words(drawn(si)))
    for part in (si.title.split()[0], si.publisher, str(si.updated), "pending human review", "For education only"):
        assert part in told


def test_a_slide_fetches_nothing_and_runs_nothing() -> None:
    tree = drawn(si)
    assert {etree.QName(element).localname for element in tree.iter()} <= {"svg", "title", "rect", "g", "path", "polygon", "circle", "text"}
    assert not [name for element in tree.iter() for name in element.attrib if "href" in str(name) or str(name).startswith("on")]


@pytest.mark.parametrize("text", ["</text><script>alert(1)</script>", "W" * 400, "a\x00b & <c>", "骶髂关节硬化的双侧处理步骤与影像" * 9])
def test_no_text_becomes_markup_or_leaves_the_slide(text: str) -> None:
    guideline = Guideline("g", "urn:g", text, text, text, text, text, text, text, text)
    tree = drawn(guideline)
    assert not list(tree.iter(f"{SVG}script"))
    assert all(0 <= float(element.get("y")) <= HEIGHT for element in tree.iter(f"{SVG}text"))
    assert slide_png(guideline)[1:4] == b"PNG"


def test_the_same_guideline_gives_the_same_slide() -> None:
    assert slide_svg(si) == slide_svg(si)
    assert slide_png(si) == slide_png(si)


def test_the_picture_shows_the_slide_in_light_colours() -> None:
    with Image.open(BytesIO(slide_png(si))) as picture_:
        assert picture_.size == (WIDTH, HEIGHT)
        colours = {colour[:3] for _, colour in picture_.convert("RGB").getcolors(maxcolors=WIDTH * HEIGHT)}
    for ink in (GROUNDS["light"]["band"], INKS["text"].light):
        assert tuple(int(ink[i : i + 2], 16) for i in (1, 3, 5)) in colours
