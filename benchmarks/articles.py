"""How well markers are read: precision and recall over (paragraph, number), repeats counted, for tagged, bracketed and bare markers.

usage: python benchmarks/articles.py [FOLDER] [--each] [--misses]

FOLDER holds articles in JATS XML; beside it stands `flatten.py`, which writes each as a reader would copy it off a page, with the truth
about its markers. Without a folder, ../shared/articles/plos is taken. Exit 1 if a goal is missed.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any
from xml.etree import ElementTree as ET

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from edgewise.citations.reading.article import Article, payload, read_article_text  # noqa: E402

FOLDER = ROOT.parent / "shared" / "articles" / "plos"
GOALS = {"jats": (1.0, 1.0), "bracket": (0.99, 0.99), "bare": (0.98, 0.90)}

Pairs = Counter[tuple[int, int]]


@dataclass
class Score:
    """Counts over (paragraph, number); `silent`: misses that no abstention names."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    silent: int = 0
    abstained: int = 0
    lists: int = 0  # reference lists with another length than the true one
    seconds: float = 0.0
    misses: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / max(self.right + self.wrong, 1)

    @property
    def recall(self) -> float:
        return self.right / max(self.right + self.missed, 1)

    def take(self, found: Pairs, truth: Pairs, doubts: Pairs) -> None:
        hits = sum((found & truth).values())
        self.right += hits
        self.wrong += sum(found.values()) - hits
        self.missed += sum(truth.values()) - hits
        self.silent += sum(((truth - found) - doubts).values())

    def __str__(self) -> str:
        return (
            f"P {self.precision:.4f}  R {self.recall:.4f}  wrong {self.wrong:4}  missed {self.missed:4}  silent {self.silent:3}  "
            f"abstentions {self.abstained:4}  lists wrong {self.lists}  {self.seconds:5.2f} s"
        )


def flattener(folder: Path) -> ModuleType:
    """The program that writes articles as flat text, loaded from beside the folder."""
    spec = importlib.util.spec_from_file_location("flatten", folder.parent / "flatten.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def flat(flatten: ModuleType, root: ET.Element, style: str) -> tuple[str, dict[int, list[int]]]:
    """An article as flat text, and the true numbers of each line that holds a paragraph: what `flatten.py` writes into two files."""
    numbers = flatten.numbered(root)
    lines: list[str] = []
    truth: dict[int, list[int]] = {}
    body = root.find("body")
    for element in body.iter() if body is not None else []:
        if element.tag == "title" and element.text:
            lines += ["", " ".join("".join(element.itertext()).split()), ""]
        if element.tag == "p":
            text, cited = flatten.paragraph(element, numbers, style)
            if text:
                lines.append(text)
                truth[len(lines)] = cited
    lines += ["", "References", ""]
    for position, ref in enumerate(root.iter("ref"), 1):
        entry = flatten.re.sub(r"^\d+\.?\s*", "", " ".join(" ".join(ref.itertext()).split()))
        lines.append(f"{position}. {entry}" if style == "bracket" else entry)
    return "\n".join(lines) + "\n", truth


def pairs(items: list[dict[str, Any]], *, by: str = "line") -> Pairs:
    """(paragraph, number) with repeats."""
    return Counter((item[by] if by else 0, number) for item in items for number in item["numbers"])


def measure_flat(score: Score, article: Article, truth: dict[int, list[int]]) -> None:
    """Paragraphs are lines; whatever is taken for a marker on a line that holds no paragraph is wrong."""
    read = payload(article)
    wanted: Pairs = Counter((line, number) for line, cited in truth.items() for number in cited)
    found, doubts = pairs(read["markers"] + read["elsewhere"]), pairs(read["abstained"])
    score.take(found, wanted, doubts)
    score.abstained += len(article.abstentions)
    score.misses += [f"{article.name}:{line}: wrong {number}" for line, number in (found - wanted).elements()]
    score.misses += [f"{article.name}:{line}: silently missed {number}" for line, number in (wanted - found - doubts).elements()]


def measure_jats(score: Score, flatten: ModuleType, root: ET.Element, article: Article) -> None:
    """Paragraph by paragraph in the order of the document; paragraphs without markers are left out on both sides."""
    numbers = flatten.numbered(root)
    body = root.find("body")
    cited = [flatten.paragraph(p, numbers, "bare")[1] for p in body.iter("p")] if body is not None else []
    wanted = [sorted(each) for each in cited if each]
    by_paragraph: dict[int, list[int]] = {}
    for marker in payload(article)["markers"]:
        by_paragraph.setdefault(marker["paragraph"], []).extend(marker["numbers"])
    found = [sorted(each) for each in by_paragraph.values()]
    score.take(_numbered(found), _numbered(wanted), Counter())
    score.misses += [f"{article.name}: read {a}, tagged {b}" for a, b in zip(found, wanted, strict=False) if a != b][:1]


def _numbered(paragraphs: list[list[int]]) -> Pairs:
    return Counter((index, number) for index, numbers in enumerate(paragraphs) for number in numbers)


def measure(path: Path, flatten: ModuleType) -> dict[str, Score]:
    """The three scores of one article."""
    scores = {name: Score() for name in GOALS}
    root = ET.parse(path).getroot()
    entries = len(flatten.numbered(root))
    for name, score in scores.items():
        text, truth = flat(flatten, root, name) if name != "jats" else ("", {})
        start = time.perf_counter()
        if name == "jats":
            article = read_article_text(path.read_bytes(), path.name, "jats")
            measure_jats(score, flatten, root, article)
        else:
            article = read_article_text(text, f"{path.stem}.{name}.txt", "text")
            measure_flat(score, article, truth)
        score.seconds = time.perf_counter() - start
        score.lists = int(len(article.references) != entries)
    return scores


def add(total: Score, score: Score) -> None:
    """Add one article's counts."""
    for name in ("right", "wrong", "missed", "silent", "abstained", "lists", "seconds", "misses"):
        setattr(total, name, getattr(total, name) + getattr(score, name))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--each", action="store_true", help="a line for each article")
    parser.add_argument("--misses", action="store_true", help="every wrong or silently missed number with its place")
    options = parser.parse_args()
    paths = sorted(options.folder.glob("*.xml"))
    if not paths:
        print(f"{options.folder} holds no *.xml", file=sys.stderr)
        return 2
    flatten = flattener(options.folder)
    totals = {name: Score() for name in GOALS}
    for path in paths:
        for name, score in measure(path, flatten).items():
            add(totals[name], score)
            if options.each:
                print(f"{path.stem:22} {name:8} {score}")
            if options.misses:
                print(*score.misses, sep="\n", end="\n" if score.misses else "")
    print(f"{len(paths)} articles")
    for name, score in totals.items():
        print(f"{name:8} {score}")
    missed = [n for n, s in totals.items() if s.precision < GOALS[n][0] or s.recall < GOALS[n][1] or (n == "bare" and s.silent)]
    print("goals missed: " + ", ".join(missed) if missed else "all goals reached")
    return bool(missed)


if __name__ == "__main__":
    raise SystemExit(main())
