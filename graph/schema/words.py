"""The words of `docs/model.md` about a key, in the order in which they stand there; and a value of its first guideline as example."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from rdflib import URIRef
from rdflib.namespace import OWL, RDF

from edgewise.graph.reading.complaints import vocabulary
from edgewise.graph.reading.context import Terms, edgewise_context
from edgewise.graph.reading.implied_types import ranges
from edgewise.graph.reading.strict import Data, strict_yaml
from edgewise.ontology.terms import EW, MODEL

_HEADING = re.compile(r"#{2,3} ([\w ,]+)")
_PROSE = re.compile(r"(\w+)(?: \(in `\w+`[^)]*\))?: ")
_KEY = re.compile(r"`(\w+)`\*?(?: \(([^()]*(?:\([^()]*\)[^()]*)*)\))?")
_NESTED = re.compile(r"(?:\{(\w+)\}(?:\[\])?|; (\w+)): (?=`)([^;|]+)")
_PROPERTY = re.compile(r"^(ew|dcterms|skos|rdfs):\w+[,:]? ?")
_PLAIN = re.compile(r"(text|date|integer|decimal|boolean|`?en`?)?")
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")


_COMPARISON = "observable is oneOf atLeast moreThan atMost lessThan exactly unit times statistic window".split()
_GROUP = "label basedOn statedBy inferred of all any not".split()
IN_PROSE = {
    "Criterion": (*_COMPARISON, *_GROUP),
    "Assertion": ("about", *_COMPARISON, *_GROUP),
    "OutcomeFrame": tuple("measure value operator unit result population technique comparator followUp n".split()),
    "ScoreItem": ("label", "points", "when"),
}
"""The order of keys where the document tells them in prose, as its examples write them: what holds further blocks comes last."""


class Word(NamedTuple):
    """A key as the document tells it: what it says of the value (empty where that is only its kind)."""

    key: str
    said: str


@cache
def words(class_: str) -> Mapping[str, str]:
    """Key → what the document says of its value, for a class by name, in the document's order.

    >>> list(words("Transition"))[:4], words("Step")["yields"].partition(";")[0]
    (['from', 'to', 'label', 'role'], '→ Observable[]: what doing this step finds out')
    """
    found: dict[str, str] = {}
    for word in _told().get(class_, ()):
        found.setdefault(word.key, word.said)
    return found


@cache
def _told() -> Mapping[str, list[Word]]:
    found: dict[str, list[Word]] = {}
    for class_, word in _read(MODEL.read_text(encoding="utf-8").partition("\n## Keys\n")[2]):
        found.setdefault(class_, []).append(word)
    return found


def _read(text: str) -> Iterator[tuple[str, Word]]:
    section = class_ = prose = ""
    for line in text.splitlines():
        yield from _nested(line)
        heading = _HEADING.match(line)
        told = _PROSE.match(line)
        if heading:
            section = class_ = heading[1].split()[0].rstrip(",")
            prose = section if section in ("Phase", "Criterion") else ""
        elif line.startswith("| key of a "):
            class_ = line.split()[4]
        elif line.startswith("| key "):
            class_ = section
        elif line.startswith("| "):
            class_, found = _row(line, class_)
            yield from ((class_, word) for word in found)
        elif told and told[1] in _classes():
            prose = told[1]
            yield from ((prose, word) for word in _inline(line[told.end() :]))
        elif prose and line:
            yield from ((prose, word) for word in _inline(line))
        elif section != "Criterion":
            prose = ""


@cache
def _classes() -> frozenset[str]:
    return frozenset(str(one).removeprefix(str(EW)) for one in vocabulary().subjects(RDF.type, OWL.Class))


def _row(line: str, class_: str) -> tuple[str, list[Word]]:
    """The keys of a row of a table, and whose they are: a row may begin with a class in bold."""
    cells = [cell.strip() for cell in line.strip("| ").split(" | ")]
    if (bold := re.match(r"\*\*(\w+)\*\*", cells[0])) is not None:
        class_ = bold[1]
    keys = re.findall(r"`(\w+)`", cells[0])
    said = _clean(cells[-1]) if len(keys) == 1 and len(cells) == 3 else ""
    return class_, [Word(key, said) for key in keys]


def _nested(line: str) -> Iterator[tuple[str, Word]]:
    """Blocks that are told within another key's row: ``{Place}: `section`* …``."""
    for braced, named, told in _NESTED.findall(line):
        if (class_ := braced or named) in _classes():
            yield from ((class_, word) for word in _inline(told))


def _inline(text: str) -> Iterator[Word]:
    """The keys of a paragraph, each with what stands in brackets behind it."""
    for key, said in _KEY.findall(text):
        yield Word(key, _clean(_PROPERTY.sub("", said)))


def _clean(said: str) -> str:
    said = _LINK.sub(r"\1", said).strip()
    return "" if _PLAIN.fullmatch(said) else said


@cache
def examples(class_: str) -> Mapping[str, Data]:
    """Key → a value of it in the first guideline of the document, for a class by name.

    >>> examples("Phase")["label"], examples("Step")["type"]
    ('Meeting', 'Presentation')
    """
    return _examples().get(class_, {})


@cache
def _examples() -> Mapping[str, dict[str, Data]]:
    text = MODEL.read_text(encoding="utf-8").partition("```yaml\n")[2].partition("```")[0]
    data, _ = strict_yaml(text, MODEL.name, format="yaml")
    found: dict[str, dict[str, Data]] = {}
    _note(data, "Guideline", Terms(edgewise_context()), found)
    return found


def _note(data: Data, class_: str, terms: Terms, found: dict[str, dict[str, Data]]) -> None:
    if isinstance(data, list):
        for one in data:
            _note(one, class_, terms, found)
    if not isinstance(data, dict):
        return
    for key, value in data.items():
        found.setdefault(class_, {}).setdefault(key, value)
        inner = _range(terms.predicate(key))
        if inner:
            _note(value, inner, terms.below(key), found)


def _range(predicate: URIRef) -> str:
    return next((str(one).removeprefix(str(EW)) for one in ranges().get(predicate, ())), "")
