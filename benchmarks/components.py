"""The same pathway clicked: ours beside streamlit-agraph and st-link-analysis, the components that draw graphs in Streamlit.

    uv run --with streamlit-agraph --with st-link-analysis python benchmarks/components.py [--rounds 10]

Each shows the steps and edges of the first guideline, in a browser of its own tab; they take turns. Counted is from a click to the words
that answer it on screen: with ours an edge's evidence, all of it; with the others one line of text, the least that a page can answer. In
streamlit-agraph a step is clicked: whether an edge answers is tried as well, and printed. Promised is that ours is quicker (a ratio of at
most 1) and answers for edges. Places to click are found by colour in a picture, as a reader finds them, again before every click.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from io import BytesIO
from itertools import product
from pathlib import Path
from statistics import median

from browsing import chromium
from driving import drawn
from measuring import Row, arguments, tell
from page import EDGES, IN_SIGHT, click_edge
from PIL import Image
from playwright.sync_api import Browser, Page
from serving import ROOT, edgewise, free_port, served, streamlit

from edgewise.graph.library import load

COLOURS = (255, 0, 255), (0, 200, 0)
"""Of the two parts that are clicked in turns; nothing else on a page has them."""
_CLEAR = 100  # by how much a pixel of a colour has more of what the colour has than of the rest: thin lines are blended with the ground
_SILENCE = 3.0  # seconds after which an edge that was clicked has not answered

_READ = """
import json, streamlit as st
from pathlib import Path
held = json.loads(Path("pathway.json").read_text("utf-8"))
"""
AGRAPH = (
    _READ
    + """
from streamlit_agraph import Config, Edge, Node, agraph
nodes = [Node(id=one["id"], label=one["label"], color=one["colour"]) for one in held["nodes"]]
edges = [Edge(source=one["source"], target=one["target"], color=one["colour"], width=6) for one in held["edges"]]
chosen = agraph(nodes, edges, Config(width=1200, height=500, physics=False, hierarchical=True))
st.text(f"answer {chosen}")
"""
)
LINK_ANALYSIS = (
    _READ
    + """
from st_link_analysis import EdgeStyle, Event, NodeStyle, st_link_analysis
nodes = [{"data": {"id": one["id"], "label": one["id"], "name": one["label"]}} for one in held["nodes"]]
edges = [{"data": {"id": one["id"], "label": one["id"], "source": one["source"], "target": one["target"]}} for one in held["edges"]]
chosen = st_link_analysis(
    {"nodes": nodes, "edges": edges}, "breadthfirst",
    [NodeStyle(one["id"], one["colour"], "name") for one in held["nodes"]],
    [EdgeStyle(one["id"], one["colour"], directed=True) for one in held["edges"]],
    key="pathway", height=500, events=[Event("edge", "click tap", "edge")],
)
st.text(f"answer {chosen and chosen['data']['target_id']}")
"""
)


def pathway(*, nodes: bool) -> dict[str, object]:
    """The first guideline's steps and edges, the two that are clicked in their colours: edges, or the steps they lead to."""
    guideline = load("sacroiliac-sclerosis").guideline
    clicked = dict(zip((guideline.transitions[id].target if nodes else id for id in EDGES), map(_hex, COLOURS), strict=True))
    return {
        "nodes": [{"id": one.id, "label": one.label, "colour": clicked.get(one.id, "#4466aa")} for one in guideline.steps.values()],
        "edges": [
            {"id": one.id, "source": one.source, "target": one.target, "colour": clicked.get(one.id, "#8899aa")}
            for one in guideline.transitions.values()
        ],
        "clicked": list(clicked),
    }


def _hex(colour: tuple[int, int, int]) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)


# Clicks ----------------------------------------------------------------------------------------------------------------------


def click_colour(page: Page, colour: tuple[int, int, int], answer: str) -> float:
    """Seconds from a click on what has a colour to its answer on screen."""
    x, y = _place(page, colour)
    began = time.perf_counter()
    page.mouse.click(x, y)
    page.wait_for_function(IN_SIGHT, arg=f"answer {answer}", polling="raf", timeout=30_000)
    return time.perf_counter() - began


def edge_answers(page: Page, colour: tuple[int, int, int]) -> bool:
    """Whether a page says anything when what has a colour is clicked."""
    before = page.inner_text("body")
    page.mouse.click(*_place(page, colour))
    time.sleep(_SILENCE)
    return page.inner_text("body") != before


def _place(page: Page, colour: tuple[int, int, int]) -> tuple[int, int]:
    for _ in range(50):
        picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
        found = [at for at in product(range(picture.width), range(picture.height)) if _is(picture.getpixel(at), colour)]
        if found:  # the middle of the middle column
            column = [at for at in found if at[0] == found[len(found) // 2][0]]
            return column[len(column) // 2]
        time.sleep(0.1)
    raise SystemExit(f"nothing of the colour {colour} is drawn")


def _is(pixel: object, colour: tuple[int, int, int]) -> bool:
    assert isinstance(pixel, tuple)
    strong = [one for one, wanted in zip(pixel, colour, strict=True) if wanted]
    weak = [one for one, wanted in zip(pixel, colour, strict=True) if not wanted]
    return min(strong) - max(weak) > _CLEAR


# Measuring -------------------------------------------------------------------------------------------------------------------

Click = Callable[[int], float]


def _peer(browser: Browser, held: ExitStack, script: str, *, nodes: bool) -> tuple[Page, Click]:
    folder = Path(held.enter_context(tempfile.TemporaryDirectory()))
    made = pathway(nodes=nodes)
    (folder / "pathway.json").write_text(json.dumps(made), encoding="utf-8")
    (folder / "page.py").write_text(script, encoding="utf-8")
    page = _visit(browser, held, streamlit(folder / "page.py", port := free_port()), port, folder)
    page.get_by_text("answer None").wait_for()
    clicked = made["clicked"]
    assert isinstance(clicked, list)
    return page, lambda turn: click_colour(page, COLOURS[turn % 2], clicked[turn % 2])


def _ours(browser: Browser, held: ExitStack) -> Click:
    page = _visit(browser, held, edgewise(port := free_port()), port, ROOT)
    drawn(page)
    return lambda turn: click_edge(page, list(EDGES)[turn % 2])


def _visit(browser: Browser, held: ExitStack, command: list[str], port: int, folder: Path) -> Page:
    held.enter_context(served(command, port, folder))
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto(f"http://127.0.0.1:{port}/")
    return page


def in_turns(clicks: Mapping[str, Click], pages: Mapping[str, Page], rounds: int) -> Iterator[tuple[str, float]]:
    """Clicks of each, one after the other; the first two warm up."""
    for turn, (name, click) in product(range(rounds + 2), clicks.items()):
        if name in pages:
            pages[name].bring_to_front()
        time.sleep(0.3)
        took = click(turn)
        if turn >= 2:
            yield name, took


def measure(browser: Browser, rounds: int) -> Iterator[Row]:
    """How long an answer takes, and whether an edge has one."""
    with ExitStack() as held:
        agraph, click_agraph = _peer(browser, held, AGRAPH, nodes=True)
        silent, _ = _peer(browser, held, AGRAPH, nodes=False)
        links, click_links = _peer(browser, held, LINK_ANALYSIS, nodes=False)
        clicks = {"edgewise": _ours(browser, held), "streamlit-agraph": click_agraph, "st-link-analysis": click_links}
        seen: dict[str, list[float]] = {name: [] for name in clicks}
        for name, took in in_turns(clicks, {"streamlit-agraph": agraph, "st-link-analysis": links}, rounds):
            seen[name].append(took * 1000)
        silent.bring_to_front()
        answers = {"streamlit-agraph": edge_answers(silent, COLOURS[0]), "st-link-analysis": True}
    for name, edge in answers.items():
        clicked = "a line for an edge" if edge else "a line for a step: its edges do not answer"
        yield Row("an edge clicked, to its evidence", 1, median(seen["edgewise"]), median(seen[name]), "ms", f"{name}, {clicked}", 1.0)


def main() -> None:
    options = arguments(__doc__, 10)
    with chromium() as browser:
        tell(measure(browser, options.rounds), options)


if __name__ == "__main__":
    main()
