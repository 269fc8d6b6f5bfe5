"""How well author–year citations are read: precision and recall over (paragraph, entry), repeats counted, and what is missed in silence.

usage: python benchmarks/author_year.py [FOLDER] [--each]

FOLDER holds articles in JATS XML, beside it stands `flatten.py`. Those that cite by number are rewritten in memory as an author–year
journal would print them: the markers as names and years, the list sorted by name and unnumbered. Four journals' ways are tried in turn.
Where names and years are shared by several entries, half of the ways print a letter behind the year; the others leave it out, and then the
reader has to abstain. Exit 1 if a goal is missed.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree as ET

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.articles import FOLDER, Score, add, flattener  # noqa: E402
from edgewise.citations.reading.article import payload, read_article_text  # noqa: E402

GOAL = (0.98, 0.90)


@dataclass(frozen=True)
class Way:
    """How a journal prints citations and list; `letters`: behind years that several entries of the same names share."""

    name: str
    joint: str  # between two authors in the text
    comma: str  # between names and year in the text
    letters: bool
    entry: str  # of the list, with {names}, {year}, {title}, {source}
    person: str  # in the list, with {surname}, {initials}
    last: str  # between the last two authors of the list


WAYS = (
    Way("APA", " & ", ", ", True, "{names} ({year}). {title}. {source}.", "{surname}, {initials}.", ", & "),
    Way("Harvard", " and ", " ", False, "{names} ({year}) {title}. {source}.", "{surname} {initials}", ", "),
    Way("Vancouver", " and ", ", ", False, "{names}. {title}. {source}. {year};1:1-2.", "{surname} {initials}", ", "),
    Way("Chicago", " and ", " ", True, "{names}. {year}. “{title}.” {source}.", "{surname}, {initials}.", ", and "),
)


@dataclass(frozen=True)
class Work:
    """An entry as tagged."""

    names: tuple[tuple[str, str], ...]
    body: str
    year: str
    title: str
    source: str
    letter: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What a citation prints of it."""
        return self.cited(" and "), self.year

    def cited(self, joint: str) -> str:
        surnames = [surname for surname, _ in self.names]
        if not surnames:
            return self.body
        return surnames[0] + (" et al." if len(surnames) > 2 else f"{joint}{surnames[1]}" if len(surnames) == 2 else "")


def works(root: ET.Element) -> list[Work | None]:
    """The entries of an article; None for one without author or year, which no author–year journal could cite."""
    return [_work(ref) for ref in root.iter("ref")]


def _work(ref: ET.Element) -> Work | None:
    names = tuple(
        (" ".join((name.findtext("surname") or "").split()), "".join(part[0] for part in (name.findtext("given-names") or "").split()))
        for name in ref.iter("name")
    )
    body = " ".join("".join(next(ref.iter("collab"), ET.Element("x")).itertext()).split())
    year = re.search(r"\d{4}", "".join(next(ref.iter("year"), ET.Element("x")).itertext()))
    title = " ".join("".join(next(ref.iter("article-title"), ET.Element("x")).itertext()).split()).rstrip(".")
    source = " ".join("".join(next(ref.iter("source"), ET.Element("x")).itertext()).split()).rstrip(".")
    names = tuple(name for name in names if name[0] and name[1])
    if not year or not (names or body):
        return None
    return Work(names, body, year[0], title or source, source if title else "")


def lettered(held: list[Work | None], way: Way) -> list[Work | None]:
    """With a letter behind the years of works that would be cited alike."""
    counts = Counter(work.key for work in held if work)
    used: Counter[tuple[str, str]] = Counter()
    found: list[Work | None] = []
    for work in held:
        if work and counts[work.key] > 1 and way.letters:
            used[work.key] += 1
            work = Work(work.names, work.body, work.year, work.title, work.source, chr(96 + min(used[work.key], 8)))
        found.append(work)
    return found


def printed(work: Work, way: Way) -> str:
    """An entry as the list prints it."""
    people = [way.person.format(surname=surname, initials=initials) for surname, initials in work.names[:12]]
    names = way.last.join((", ".join(people[:-1]), people[-1])) if len(people) > 1 else people[0] if people else work.body
    text = way.entry.format(names=names, year=work.year + work.letter, title=work.title, source=work.source)
    return re.sub(r"\.(?=\.)|\s(?=\.)", "", text)


def rewritten(flatten: ModuleType, root: ET.Element, way: Way) -> tuple[str, dict[int, list[int]]]:
    """An article that cites by author and year, and the true positions of each line that holds a paragraph."""
    numbers, held = flatten.numbered(root), lettered(works(root), way)
    order = sorted((index for index, work in enumerate(held) if work), key=lambda index: printed(held[index], way).casefold())  # type: ignore[arg-type]
    position = {index + 1: place for place, index in enumerate(order, 1)}
    lines: list[str] = []
    truth: dict[int, list[int]] = {}
    for text in _paragraphs(flatten, root, numbers):
        cited: list[int] = []
        lines.append(_named(flatten, text, held, position, way, cited))
        truth[len(lines)] = cited
        lines.append("")
    lines += ["", "References", "", *(printed(held[index], way) for index in order)]  # type: ignore[arg-type]
    return "\n".join(lines) + "\n", truth


def _paragraphs(flatten: ModuleType, root: ET.Element, numbers: dict[str, int]) -> Iterator[str]:
    body = root.find("body")
    for element in body.iter("p") if body is not None else []:
        text = " ".join(flatten.prose(element, numbers).split())
        if text:
            yield text


def _named(flatten: ModuleType, text: str, held: list[Work | None], position: dict[int, int], way: Way, cited: list[int]) -> str:
    """A paragraph with its markers as names and years: in brackets, or the years alone where the sentence names the authors."""

    def swap(match: re.Match[str]) -> str:
        known = [n for n in dict.fromkeys(flatten.expand(match[0])) if n in position]
        cited.extend(position[n] for n in known)
        tail = " " if match[0][-1].isspace() else ""
        if not known:
            return tail
        before = text[max(0, match.start() - 60) : match.start()].rstrip()
        first = held[known[0] - 1]
        if first and len(known) == 1 and before.endswith((first.cited(" and "), first.cited(" & "))):
            return f" ({first.year}{first.letter}){tail}"
        return f" ({'; '.join(_cites(held, known, way))}){tail}"

    swapped = flatten.GROUP.sub(swap, text)
    return re.sub(r"\s+([.,;:])", r"\1", re.sub(r"  +", " ", swapped))


def _cites(held: list[Work | None], known: list[int], way: Way) -> Iterator[str]:
    """Citations of one bracket; of works by the same authors that follow one another the names once."""
    last = ""
    for number in known:
        work = held[number - 1]
        if work is None:
            continue
        names, year = work.cited(way.joint), work.year + work.letter
        yield f"{names}{way.comma}{year}" if names != last else year
        last = names


def measure(path: Path, flatten: ModuleType) -> dict[str, Score]:
    """An article in each way."""
    root = ET.parse(path).getroot()
    scores = {}
    for way in WAYS:
        score = scores[way.name] = Score()
        text, truth = rewritten(flatten, root, way)
        start = time.perf_counter()
        article = read_article_text(text, f"{path.stem}.{way.name}.txt", "text")
        score.seconds = time.perf_counter() - start
        read = payload(article)
        wanted = Counter((line, number) for line, cited in truth.items() for number in cited)
        found = Counter((item["line"], number) for item in read["markers"] + read["elsewhere"] for number in item["numbers"])
        missed = wanted - found
        doubts = Counter((item["line"], n) for item in read["abstained"] for n in item["numbers"] or _any(missed, item["line"]))
        score.take(found, wanted, doubts)
        score.abstained = len(article.abstentions)
        score.lists = int(len(article.references) != sum(work is not None for work in works(root)))
        score.misses = [f"{article.name}:{line}: wrong {number}" for line, number in (found - wanted).elements()]
        score.misses += [f"{article.name}:{line}: silently missed {number}" for line, number in (wanted - found - doubts).elements()]
        if article.style != "author-year":
            score.misses.append(f"{article.name}: taken for {article.style}")
    return scores


def _any(missed: Counter[tuple[int, int]], line: int) -> list[int]:
    """A citation abstained on without saying which entries it may be names its place all the same: one of those missed there."""
    return [number for missed_line, number in missed if missed_line == line][:1]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--each", action="store_true", help="each article, with every wrong or silently missed citation and its place")
    options = parser.parse_args()
    measured = [(path, measure(path, flattener(options.folder))) for path in sorted(options.folder.glob("*.xml"))]
    if not measured:
        parser.error(f"{options.folder} holds no *.xml")
    failed = []
    for way in WAYS:
        total = Score()
        for path, scores in measured:
            add(total, scores[way.name])
            if options.each:
                print("\n".join((f"{path.stem:22} {way.name:10} {scores[way.name].line(1)}", *scores[way.name].misses)))
        print(f"{way.name:10} {total.line(len(measured))}")
        failed += [way.name] if total.precision < GOAL[0] or total.recall < GOAL[1] else []
    print("goals missed: " + ", ".join(failed) if failed else f"all goals reached over {len(measured)} articles")
    return bool(failed)


if __name__ == "__main__":
    raise SystemExit(main())
