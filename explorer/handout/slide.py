"""The pathway on a slide, 16 : 9: an SVG whose text is text, to be searched, copied and edited, and the same as a PNG picture.

Title, legend, source, date, review status and what it is for stand on it, since a slide is passed on without its guideline.
"""

from __future__ import annotations

from collections.abc import Iterator

import typst

from edgewise.explorer.cards.markup import Html, join, tag
from edgewise.explorer.cards.wording import capital, review_in_words
from edgewise.explorer.drawing.lettering import clean, shorten, wrap
from edgewise.explorer.drawing.palette import INKS, TONES
from edgewise.explorer.drawing.picture import picture
from edgewise.explorer.handout.fonts import covered
from edgewise.explorer.handout.vector import LIGHT, ON_SCREEN, keys, vector, word
from edgewise.graph.model import Guideline

WIDTH, HEIGHT = 1920, 1080
_EDGE, _COLUMN, _FOOT = 56.0, 540.0, 120.0  # margin; the words beside the drawing; what stands below both
_KEY_SCALE, _KEY_ROW = 1.6, 40.0
_IN_PICTURE = "Libertinus Serif"  # inside Typst's wheel: every machine makes the same picture
_FRAME = """#set page(width: 960pt, height: 540pt, margin: 0pt)
#image(bytes(sys.inputs.slide), format: "svg", width: 960pt, height: 540pt)"""


def slide_svg(guideline: Guideline) -> str:
    """The slide as an SVG document; the same guideline gives the same text.

    >>> from edgewise.graph.library import load
    >>> made = slide_svg(load("sacroiliac-sclerosis").guideline)
    >>> made[:4], ">X-ray spine</text>" in made, 'viewBox="0 0 1920 1080"' in made
    ('<svg', True, True)
    """
    return _slide(guideline, ON_SCREEN)


def slide_png(guideline: Guideline) -> bytes:
    """The slide as a picture of 1920 × 1080 pixels.

    >>> from edgewise.graph.library import load
    >>> slide_png(load("sacroiliac-sclerosis").guideline)[1:4]
    b'PNG'
    """
    drawn = _slide(guideline, _IN_PICTURE)
    own, given = covered(drawn), {"slide": drawn}
    made = typst.compile(_FRAME.encode(), format="png", ppi=144, ignore_system_fonts=own, sys_inputs=given, timestamp=0)
    if isinstance(made, bytes):
        return made
    raise AssertionError("a slide is one page")


def _slide(guideline: Guideline, fonts: str) -> str:
    return tag(
        "svg",
        tag("title", guideline.title),
        tag("rect", width=str(WIDTH), height=str(HEIGHT), fill=LIGHT.page),
        _drawing(guideline),
        join(_beside(guideline)),
        join(_below(guideline)),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        width=str(WIDTH),
        height=str(HEIGHT),
        font_family=fonts,
        role="img",
    )


def _drawing(guideline: Guideline) -> Html:
    """As large as it can be, at the left."""
    scene = picture(guideline)
    if not scene.nodes:
        return Html("")
    drawn, width, height = vector(scene, LIGHT, lambda _, content: tag("g", content))
    room = WIDTH - 3 * _EDGE - _COLUMN, HEIGHT - _EDGE - _FOOT
    scale = min(room[0] / width, room[1] / height)
    across, down = _EDGE + (room[0] - width * scale) / 2, _EDGE / 2 + (room[1] - height * scale) / 2
    return tag("g", drawn, transform=f"translate({across:.1f} {down:.1f}) scale({scale:.4f})")


def _beside(guideline: Guideline) -> Iterator[Html]:
    """Title, question, legend; at the lower end whose words these are."""
    left, down = WIDTH - _EDGE - _COLUMN, _EDGE / 2 + 30
    for line in wrap(guideline.title, 38, _COLUMN, 4):
        yield word(line, left, down, 38, INKS["text"].light, "start", 700)
        down += 46
    for line in wrap(guideline.question, 24, _COLUMN, 4):
        yield word(line, left, down, 24, INKS["dim"].light, "start", 400)
        down += 32
    down += 24
    for key in keys(picture(guideline), LIGHT):
        yield tag("g", key.picture, transform=f"translate({left:.1f} {down:.1f}) scale({_KEY_SCALE})")
        yield word(capital(key.words), left + key.begins * _KEY_SCALE, down, 22, LIGHT.name, "start", 400)
        down += _KEY_ROW


def _below(guideline: Guideline) -> Iterator[Html]:
    """Whose words these are, of what date, how far reviewed, what for; then the disclaimer."""
    down = HEIGHT - _FOOT + 40
    review = review_in_words(guideline.review_status)
    told = f"For {guideline.purpose} only. {guideline.publisher}, updated {guideline.updated}, {review}. Paraphrased."
    yield tag("rect", x="0", y=f"{HEIGHT - _FOOT + 12:.0f}", width=str(WIDTH), height=f"{_FOOT - 12:.0f}", fill=TONES["weak"].light_ground)
    yield word(shorten(clean(told), 24, WIDTH - 2 * _EDGE), _EDGE, down, 24, INKS["warning"].light, "start", 700)
    for line in wrap(guideline.disclaimer, 19, WIDTH - 2 * _EDGE, 2):
        down += 28
        yield word(line, _EDGE, down, 19, INKS["warning"].light, "start", 400)
