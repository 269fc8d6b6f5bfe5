"""How well markers are read, kind by kind: precision, recall and silent misses over (paragraph, number), repeats counted.

    uv run python benchmarks/articles.py [FOLDER] [--cross-validate] [--kinds NAME…] [--each] [--misses]

FOLDER holds articles in JATS XML; beside it stands `flatten.py`, which writes each as a reader would copy it off a page, with the truth
about its markers: the kinds `bracket` and `bare`. The other kinds are those of `article_kinds.py`. Without a folder,
../shared/articles/plos is taken. A silent miss is one that no abstention names. With --cross-validate the weights of lost superscripts
are fitted anew for each journal (the second part of a file's name) without its articles, in two processes, and each journal has its own
row. The row of a kind says how well it is read, of silent misses also the share. Exit 1 if a goal is missed.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from types import ModuleType
from typing import Any
from xml.etree import ElementTree as ET

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import article_kinds  # noqa: E402
import superscripts  # noqa: E402

from edgewise.citations.reading.article import Article, payload, read_article_text  # noqa: E402

FOLDER = ROOT.parent / "shared" / "articles" / "plos"
BRACKET, BARE = (0.995, 0.99), (0.98, 0.92)
GOALS = {"jats": (1.0, 1.0), "bracket": BRACKET, "bare": BARE}
GOALS |= {name: BARE if name in article_kinds.BARE else BRACKET for name in article_kinds.KINDS}
SILENT = 0.02  # of the misses
WORKERS = 2

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

    @property
    def hushed(self) -> float:
        """The share of the misses that no abstention names."""
        return self.silent / max(self.missed, 1)

    def reaches(self, name: str) -> bool:
        """Whether precision and recall are what is promised of a kind."""
        return self.precision >= GOALS[name][0] and self.recall >= GOALS[name][1] and (name == "jats" or self.quiet)

    @property
    def quiet(self) -> bool:
        """Whether hardly a miss is silent; one or two of an article's are no share."""
        return self.silent <= max(SILENT * self.missed, 0.001 * (self.right + self.missed))

    def take(self, found: Pairs, truth: Pairs, doubts: Pairs) -> None:
        hits = sum((found & truth).values())
        self.right += hits
        self.wrong += sum(found.values()) - hits
        self.missed += sum(truth.values()) - hits
        self.silent += sum(((truth - found) - doubts).values())

    def line(self, articles: int) -> str:
        """A row of the table."""
        return (
            f"{self.precision:8.4f} {self.recall:8.4f} {self.wrong:6} {self.missed:7} {self.silent:7} {self.hushed:6.1%}"
            f" {self.abstained / articles:9.1f} {self.lists:6} {self.seconds:8.2f}"
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


def measure(path: Path, flatten: ModuleType, kinds: Sequence[str]) -> Iterator[tuple[str, Score]]:
    """The score of one article in each kind."""
    root = ET.parse(path).getroot()
    entries = len(flatten.numbered(root))
    for name in kinds:
        score = Score()
        text, truth = as_printed(flatten, root, name)
        start = time.perf_counter()
        if name == "jats":
            article = read_article_text(path.read_bytes(), path.name, "jats")
            measure_jats(score, flatten, root, article)
        else:
            article = read_article_text(text, f"{path.stem}.{name}.txt", "text")
            measure_flat(score, article, truth)
        score.seconds = time.perf_counter() - start
        score.lists = int(len(article.references) != entries)
        yield name, score


def as_printed(flatten: ModuleType, root: ET.Element, name: str) -> tuple[str, dict[int, list[int]]]:
    """An article as one kind prints it, and the true numbers of each line; nothing for JATS, which is read as it is."""
    if name == "jats":
        return "", {}
    if name in article_kinds.KINDS:
        written = article_kinds.write(flatten, root, article_kinds.KINDS[name])
        return written.text, written.truth
    return flat(flatten, root, name)


def journals(paths: Iterable[Path]) -> dict[str, list[Path]]:
    """The files of each journal, which the second part of a name tells: "journal.pone.0002554"."""
    found: dict[str, list[Path]] = {}
    for path in paths:
        found.setdefault(journal(path), []).append(path)
    return found


def journal(path: Path) -> str:
    """The second part of a file's name, or all of it.

    >>> journal(Path("journal.pone.0002554.xml"))
    'pone'
    """
    return path.stem.split(".")[1] if "." in path.stem else path.stem


def add(total: Score, score: Score) -> None:
    """Add one article's counts."""
    for name in ("right", "wrong", "missed", "silent", "abstained", "lists", "seconds", "misses"):
        setattr(total, name, getattr(total, name) + getattr(score, name))


def folds(paths: Sequence[Path], flatten: ModuleType, *, anew: bool) -> Iterator[tuple[list[Path], superscripts.Table | None]]:
    """The files to read with the same weights: all with those that are shipped, or each journal's with those of the others."""
    if not anew:
        yield list(paths), None
        return
    parts = sorted(journals(paths).values(), key=len)  # those that leave most to learn from take longest
    _SAMPLES.update((path, superscripts.samples(flatten, path)) for path in paths)
    with get_context("fork").Pool(WORKERS) as pool:
        yield from zip(parts, pool.imap(_learn_without, parts, chunksize=1), strict=True)


_SAMPLES: dict[Path, list[superscripts.Sample]] = {}  # the workers are forks, and so have them


def _learn_without(own: Sequence[Path]) -> superscripts.Table:
    return superscripts.learn([sample for path, samples in _SAMPLES.items() if path not in own for sample in samples])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--cross-validate", action="store_true", help="weights fitted for each journal without it")
    parser.add_argument("--kinds", nargs="+", choices=list(GOALS), default=list(GOALS), metavar="NAME", help="of " + "; ".join(GOALS))
    parser.add_argument("--each", action="store_true", help="a line for each article")
    parser.add_argument("--misses", action="store_true", help="every wrong or silently missed number with its place")
    options = parser.parse_args()
    paths = sorted(options.folder.glob("*.xml"))
    if not paths:
        print(f"{options.folder} holds no *.xml", file=sys.stderr)
        return 2
    flatten = flattener(options.folder)
    totals = {name: Score() for name in options.kinds}
    by_journal: dict[tuple[str, str], Score] = {}
    print(f"{'':22} {'P':>8} {'R':>8} {'wrong':>6} {'missed':>7} {'silent':>7} {'':>6} {'doubts':>9} {'lists':>6} {'seconds':>8}")
    for part, table in folds(paths, flatten, anew=options.cross_validate):
        with superscripts.weights(table) if table else nullcontext():
            for path in part:
                for name, score in measure(path, flatten, options.kinds):
                    for total in (totals[name], by_journal.setdefault((journal(path), name), Score())):
                        add(total, score)
                    if options.each:
                        print(f"{path.stem:22} {name:22} {score.line(1)}")
                    if options.misses:
                        print(*score.misses, sep="\n", end="\n" if score.misses else "")
    if options.cross_validate:
        held = journals(paths)
        for (part_name, name), score in sorted(by_journal.items()):
            print(f"{part_name + ', ' + name:22} {score.line(len(held[part_name]))}")
    for name, score in totals.items():
        print(f"{name:22} {score.line(len(paths))}")
    missed = [name for name, score in totals.items() if not score.reaches(name)]
    print(f"{len(paths)} articles; goals missed: " + "; ".join(missed) if missed else f"{len(paths)} articles; all goals reached")
    return bool(missed)


if __name__ == "__main__":
    raise SystemExit(main())
