"""How publishers mark up citations and reference lists on their pages: one small invented page for each way.

Of each kind: how a citation of entry n stands in the text, how entry n stands in the list, and what is around the list. Works and authors
are made up; the markup is that of the pages themselves.
"""

from __future__ import annotations

from dataclasses import dataclass

import yaml

from tests.places import DATA

WORKS = (
    ("Amber B, Birch C", "Weights of hedgehogs", "Acta Exempli", 2001),
    ("Cedar D", "Boxes that cool", "Nest", 2004),
    ("Elder F, Fir G, Hazel H", "Minced meat: who eats it?", "J Feed", 2011),
    ("Ivy J", "Straw as bedding", "Nest", 2012),
    ("Juniper K, Larch L", "Ten years of rest", "Acta Exempli", 2015),
)
CITED = (1, 2, 4)


@dataclass(frozen=True, slots=True)
class Kind:
    """A way to mark up citations; `{n}` is the entry's number, `{who}`, `{what}`, `{where}`, `{year}` are its parts."""

    name: str
    cite: str
    entry: str
    around: str
    numbered: bool = True


KINDS = tuple(
    Kind(**{key: "".join(value.split("\n")) if isinstance(value, str) else value for key, value in kind.items()})
    for kind in yaml.safe_load((DATA / "publishers.yaml").read_text("utf-8"))
)

_PAGE = """<!DOCTYPE html><html lang="en"><head><title>Hedgehogs</title></head><body class="has-sidebar">
<header role="banner"><a href="/">Home</a> [7]</header><div class="cookie-banner">We keep 3 cookies [5].</div>
<nav><ul><li><a href="#s1">Care</a></li><li><a href="#references">References</a></li></ul></nav>
<main><article><h1>Care of the Hedgehog<sup>1</sup></h1>
<div class="authors">Ann Doe<sup>1</sup>, Bob Roe<sup>2</sup></div>
<div class="toc"><ol><li><a href="#s1">1 Care</a></li><li><a href="#references">2 References</a></li></ol></div>
<h2 id="s1">Care</h2>
<p>Weigh each animal on arrival{one}. Warm it before food{two}. It took 10<sup>3</sup> boxes of 12 kg in 2019.</p>
<p>Straw holds the warmth of an animal{four}, and its <sup>13</sup>C is known.</p>
<p style="display:none">Nobody sees this {five}.</p>
BACK
</article></main>
<aside><h2>Related articles</h2><ul><li>Poe P. Other works. Nest. 2017.</li><li>Quill Q. Still others. Nest. 2018.</li></ul></aside>
<footer>© 2020 The Press. All rights reserved.</footer></body></html>
"""


def page(kind: Kind) -> str:
    """A page of a kind: an article that cites entries 1, 2 and 4 of five."""
    listed = "".join(
        kind.entry.format(n=n, who=who, what=what, where=where, year=year) for n, (who, what, where, year) in enumerate(WORKS, 1)
    )
    cites = {
        name: kind.cite.format(n=n, who=WORKS[n - 1][0], year=WORKS[n - 1][3])
        for name, n in (("one", 1), ("two", 2), ("four", 4), ("five", 5))
    }
    return _PAGE.format(**cites).replace("BACK", kind.around.format(list=listed))
