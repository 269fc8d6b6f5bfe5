"""How well printed articles are read: precision, recall and silent misses over their markers, in the order of the text.

usage: python benchmarks/pdf_articles.py [FOLDER] [--articles N] [--each] [--misses] [--keep OUT]

FOLDER holds articles in JATS XML, beside it `flatten.py` (as for `benchmarks/articles.py`). Each is set by Typst in one and two columns,
with markers in brackets and raised, under a running head, with page numbers, floating figures, words parted at line ends, and once with
numbered lines, as manuscripts have them; then read back from the PDF. Without a folder, ../shared/articles/plos is taken; of it 4
articles, unless --articles says how many (0 for all). Exit 1 if a goal is missed.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path
from types import ModuleType
from typing import Any
from xml.etree import ElementTree as ET

import typst

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.articles import FOLDER, Score, add, flattener  # noqa: E402
from edgewise.citations.reading.article import Article, read_article_text  # noqa: E402

GOAL = (0.98, 0.85)  # precision, recall
TEMPLATE = Path(__file__).with_name("pdf_articles.typ")
SETTINGS: dict[str, dict[str, Any]] = {
    "bracket, one column": {"columns": 1, "raised": False},
    "bracket, two columns": {"columns": 2, "raised": False},
    "raised, one column": {"columns": 1, "raised": True},
    "raised, two columns": {"columns": 2, "raised": True},
    "bracket, numbered lines": {"columns": 1, "raised": False, "numbered": True},
    "raised, two columns, linked": {"columns": 2, "raised": True, "linked": True},
}
_OPEN, _CLOSE = "\ue010", "\ue011"


def parts(flatten: ModuleType, element: ET.Element, numbers: dict[str, int]) -> tuple[list[list[str]], list[int]]:
    """A paragraph as pieces of text and of markers, in turn, and the numbers that it cites."""
    plain, flatten.written = flatten.written, lambda group, _: _OPEN + plain(group, "bare") + _CLOSE
    try:
        text, cited = flatten.paragraph(element, numbers, "bracket")
    finally:
        flatten.written = plain
    return [["mark" if index % 2 else "text", piece] for index, piece in enumerate(re.split(f"[{_OPEN}{_CLOSE}]", text))], cited


def behind_stops(pieces: list[list[str]]) -> list[list[str]]:
    """Raised markers stand behind the stop that follows them, and without a space before."""
    found = [list(piece) for piece in pieces]
    for index in range(1, len(found), 2):
        after = found[index + 1]
        stop = re.match(r"[.,;:]", after[1])
        found[index - 1][1] = found[index - 1][1].rstrip() + (stop[0] if stop else "")
        after[1] = after[1][stop.end() :] if stop else after[1]
    return found


def content(flatten: ModuleType, root: ET.Element, *, raised: bool) -> tuple[dict[str, Any], list[int]]:
    """What is set, and the true markers in their order."""
    numbers, truth = flatten.numbered(root), []
    blocks: list[dict[str, Any]] = []
    body = root.find("body")
    for element in body.iter() if body is not None else []:
        if element.tag == "title" and element.text:
            blocks.append({"kind": "heading", "parts": [["text", " ".join("".join(element.itertext()).split())]]})
        if element.tag == "p":
            pieces, cited = parts(flatten, element, numbers)
            if pieces != [["text", ""]]:
                blocks.append({"kind": "paragraph", "parts": behind_stops(pieces) if raised else pieces})
                truth += cited
    entries = [flatten.re.sub(r"^\d+\.?\s*", "", " ".join(" ".join(ref.itertext()).split())) for ref in root.iter("ref")]
    title = root.find(".//article-title")
    return {"title": " ".join("".join(title.itertext()).split()) if title is not None else "", "blocks": blocks, "entries": entries}, truth


def printed(held: dict[str, Any], setting: dict[str, Any]) -> bytes:
    """The article as a PDF."""
    order = {"columns": 1, "raised": False, "numbered": False, "linked": False} | setting
    made = typst.compile(str(TEMPLATE), format="pdf", sys_inputs={"data": json.dumps(held | order)}, timestamp=0)
    assert isinstance(made, bytes)
    return made


def measure(article: Article, truth: list[int], entries: int) -> Score:
    """Markers read and true, laid beside one another in their order: what is read in the wrong place is wrong."""
    score = Score(abstained=len(article.abstentions), lists=int(len(article.references) != entries))
    found = [number for marker in article.markers if marker.paragraph for number in marker.numbers]
    matcher = SequenceMatcher(None, found, truth, autojunk=False)
    score.right = sum(block.size for block in matcher.get_matching_blocks())
    score.wrong, score.missed = len(found) - score.right, len(truth) - score.right
    doubts = Counter(number for doubt in article.abstentions for number in doubt.numbers)
    score.silent = sum((Counter(truth) - Counter(found) - doubts).values())
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            score.misses.append(f"{article.name}: read {found[a:b]} for {truth[c:d]} behind {truth[max(0, c - 3) : c]}")
    return score


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--articles", type=int, default=4, help="how many; 0 for all")
    parser.add_argument("--each", action="store_true", help="a line for each article")
    parser.add_argument("--misses", action="store_true", help="what was read otherwise, with what stands before it")
    parser.add_argument("--keep", type=Path, help="a folder for the PDFs")
    options = parser.parse_args()
    paths = sorted(options.folder.glob("*.xml"))
    if not paths:
        print(f"{options.folder} holds no *.xml", file=sys.stderr)
        return 2
    chosen = paths[:: max(len(paths) // options.articles, 1)][: options.articles] if options.articles else paths
    flatten = flattener(options.folder)
    totals = {name: Score() for name in SETTINGS}
    for path in chosen:
        root = ET.parse(path).getroot()
        for name, setting in SETTINGS.items():
            held, truth = content(flatten, root, raised=setting["raised"])
            made = printed(held, setting)
            if options.keep:
                options.keep.mkdir(parents=True, exist_ok=True)
                (options.keep / f"{path.stem}.{name.replace(', ', '.').replace(' ', '-')}.pdf").write_bytes(made)
            start = time.perf_counter()
            article = read_article_text(made, f"{path.stem}.pdf", "pdf")
            score = measure(article, truth, len(held["entries"]))
            score.seconds = time.perf_counter() - start
            add(totals[name], score)
            if options.each:
                print(f"{path.stem:22} {name:28} {score.line(1)}")
            if options.misses:
                print(*score.misses, sep="\n", end="\n" if score.misses else "")
    print(f"{len(chosen)} articles")
    for name, score in totals.items():
        print(f"{name:28} {score.line(len(chosen))}")
    missed = [name for name, score in totals.items() if score.precision < GOAL[0] or score.recall < GOAL[1]]
    print("goals missed: " + "; ".join(missed) if missed else "all goals reached")
    return bool(missed)


if __name__ == "__main__":
    raise SystemExit(main())
