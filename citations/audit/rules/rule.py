"""What a rule of the audit is, what it is given, and what it gives back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

from rdflib import URIRef

from edgewise.graph.model import Guideline, Marker, Reference, Statement
from edgewise.ontology.findings import Finding, Severity

if TYPE_CHECKING:  # what only some audits are given
    from rdflib import Graph

    from edgewise.citations.ledger.entries import LedgerEntry
    from edgewise.citations.ledger.signoffs import Standing
    from edgewise.citations.lookup.works import Resolution
    from edgewise.citations.reading.model import Article

Family = Literal["markers", "references", "statements", "process", "gaps"]
Input = Literal["article", "ledger", "look-ups", "links", "list", "authors", "style"]
Names = int | Literal["all"]
FAMILIES: Mapping[str, Family] = {"M": "markers", "R": "references", "S": "statements", "P": "process", "G": "gaps"}


class Origin(Protocol):
    """Where a guideline comes from: the guideline in hand itself, or what was just read."""

    @property
    def file(self) -> str:
        """The file's name, for findings."""

    @property
    def graph(self) -> Graph:
        """Its triples; few rules need them, and they may have to be read first."""

    def line(self, subject: URIRef, predicate: URIRef | None = None, /) -> int:
        """Best known line of a resource or of its key, 0 if there is none."""


_AUTHOR_YEAR = re.compile(r"[^\W\d_]{2}.*(?:(?<!\d)(?:1[5-9]|20)\d\d(?!\d)|\bin press\b)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Audited:
    """A guideline and whatever else is at hand to judge it by; None is "not given", and nobody's "not found".

    Attributes:
        guideline: what is judged.
        source: where it comes from, for the line of everything.
        article: its text as an editor's copy shows it.
        standings: what a ledger says about each citation, by citation id.
        orphans: standing sign-offs of citations that the guideline no longer has.
        lookups: how references fared at the registries, by reference id, with their links if those were opened.
        list_faults: what could not be read as it stands in a file that is a reference list and no more.
        names: how many authors of a work the house style prints before "et al."; None if nobody said.
        today: the day of the audit, ISO 8601, for what is being written now; empty where only the guideline's own date counts.
    """

    guideline: Guideline
    source: Origin
    article: Article | None = None
    standings: Mapping[str, Standing] | None = None
    orphans: tuple[LedgerEntry, ...] = ()
    lookups: Mapping[str, Resolution] | None = None
    list_faults: tuple[Finding, ...] | None = None
    names: Names | None = None
    today: str = ""

    @property
    def dated(self) -> str:
        """The day, month or year of what cites, ISO 8601: of the guideline, else of the article; empty where neither is known."""
        held = (self.guideline.updated, self.article.dated if self.article else "")
        return next((one for one in held if re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", one)), "")

    def has(self, given: Input) -> bool:
        """Whether an input is at hand."""
        if given == "links":
            return any(one.links for one in (self.lookups or {}).values())
        held = {
            "article": self.article, "ledger": self.standings, "look-ups": self.lookups, "list": self.list_faults, "style": self.names,
            "authors": (self.article.authors or None) if self.article else None,
        }  # fmt: skip
        return held[given] is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What a rule found, before the audit adds whose rule it is, how severe, and the line.

    Attributes:
        message: what is wrong, in a sentence a clinician editor understands.
        subject: id of what is concerned; empty for the guideline itself.
        predicate: the key concerned, for the line.
        value: the offending value as written, or empty.
        repair: how to mend it here; the rule's own `fix` if empty.
        related: ids of what else is concerned.
        file: another file than the guideline's, such as the article.
        line: in that file.
    """

    message: str
    subject: str = ""
    predicate: URIRef | None = None
    value: str = ""
    repair: str = ""
    related: tuple[str, ...] = ()
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule.

    Attributes:
        id: permanent, such as ``M101``; the letter is the family's.
        name: of the fault; reads after "allow…".
        severity: unless settings say otherwise.
        why: why the fault matters.
        fix: how to mend it.
        check: finds the faults; called only if `needs` are at hand.
        needs: what it cannot do without, besides the guideline.
        unjudged: what it could not judge although its needs are at hand, and why, each as a sentence after "not checked".
    """

    id: str
    name: str
    severity: Severity
    why: str
    fix: str
    check: Callable[[Audited], Iterable[Fault]] = field(repr=False)
    needs: tuple[Input, ...] = ()
    unjudged: Callable[[Audited], Iterable[str]] = field(default=lambda _: (), repr=False)

    @property
    def family(self) -> Family:
        """What the rule is about."""
        return FAMILIES[self.id[0]]


def names_year(marker: Marker) -> bool:
    """Whether a marker is of the author–year kind.

    >>> names_year(Marker("m", "Doe et al., 2001b")), names_year(Marker("m", "2001"))
    (True, False)
    """
    return bool(_AUTHOR_YEAR.search(marker.printed))


def number(marker: Marker) -> int:
    """The number a marker prints; 0 where it prints none.

    >>> number(Marker("m", "[7]")), number(Marker("m", "a")), number(Marker("m", "3, 4")), number(Marker("m", "Doe, 2001"))
    (7, 0, 0, 0)
    """
    if names_year(marker):
        return 0
    found = re.fullmatch(r"[^0-9]*([0-9]{1,4})[^0-9]*", marker.printed)
    return int(found[1]) if found else 0


def citing(guideline: Guideline, *markers: str) -> tuple[Statement, ...]:
    """Statements that cite through one of these markers, in order."""
    return tuple(one for one in guideline.statements.values() if any(citation.marker in markers for citation in one.citations))


def looked_up(subject: Audited) -> Iterator[tuple[Reference, Resolution]]:
    """The references that somebody looked up, each with how it fared."""
    for reference in subject.guideline.references.values():
        resolution = (subject.lookups or {}).get(reference.id)
        if resolution:
            yield reference, resolution


def ids(things: Iterable[Statement]) -> tuple[str, ...]:
    """Their ids, each once."""
    return tuple(dict.fromkeys(one.id for one in things))


def listed(words: Iterable[object], joint: str = "and") -> str:
    """Words as a list in a sentence.

    >>> listed([1]), listed([1, 2]), listed("abc", "or")
    ('1', '1 and 2', 'a, b or c')
    """
    texts = [str(word) for word in words]
    return f" {joint} ".join([", ".join(texts[:-1]), texts[-1]] if len(texts) > 1 else texts)


def runs(numbers: Iterable[int]) -> str:
    """Ascending numbers as a list in which neighbours are joined, short however many there are.

    >>> runs([2, 3, 4, 7]), runs([5]), runs([1, 2])
    ('2–4 and 7', '5', '1 and 2')
    """
    groups: list[list[int]] = []
    for value in numbers:
        if groups and value == groups[-1][-1] + 1:
            groups[-1].append(value)
        else:
            groups.append([value])
    parts = [part for group in groups for part in ([f"{group[0]}–{group[-1]}"] if len(group) > 2 else map(str, group))]
    return listed([*parts[:10], f"{len(parts) - 10} more"] if len(parts) > 11 else parts)


def entries(positions: Iterable[int]) -> str:
    """Entries of a list by their positions, in the order of the list.

    >>> entries([7, 3, 2, 4]), entries([5])
    ('entries 2–4 and 7', 'entry 5')
    """
    held = sorted(positions)
    return f"{'entry' if len(held) == 1 else 'entries'} {runs(held)}"


def many(count: int, word: str, plural: str = "") -> str:
    """A count with its noun.

    >>> many(1, "entry", "entries"), many(2, "edge")
    ('1 entry', '2 edges')
    """
    return f"{count} {word if count == 1 else plural or f'{word}s'}"
