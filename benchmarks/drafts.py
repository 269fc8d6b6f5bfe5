"""What the audit's mutants are made of: a guideline as plain data, its article, and a registry and a ledger that know it as it was."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, cast

from edgewise.citations.audit.engine import Audited
from edgewise.citations.audit.rules import Names
from edgewise.citations.formats.details import author_line, detail
from edgewise.citations.ledger.entries import START, Content, LedgerEntry, chain
from edgewise.citations.ledger.fingerprints import links, seen
from edgewise.citations.ledger.signoffs import orphans, standings
from edgewise.citations.lookup.matching import choose, differences, verify
from edgewise.citations.lookup.resolve import known
from edgewise.citations.lookup.web_links import addresses
from edgewise.citations.lookup.works import LinkAnswer, Registry, RegistryAnswer, Resolution, Work
from edgewise.citations.reading.article import Article, read_article_text
from edgewise.graph.model import Guideline, Reference
from edgewise.graph.reading.projection import guideline
from edgewise.graph.reading.read import read_text
from edgewise.graph.reading.strict import strict_yaml
from edgewise.ontology.findings import Finding

ROOT = Path(__file__).parents[1]
GUIDELINES = {
    "thumb": ROOT / "tests" / "data" / "audit" / "thumb.yaml",
    "sacroiliac-sclerosis": ROOT / "guidelines" / "sacroiliac-sclerosis" / "guideline.yaml",
}
_ARTICLES = {"thumb": ROOT / "tests" / "data" / "audit" / "thumb.txt"}


class NotApplicable(Exception):
    """A guideline has nothing that an operator could change."""


@dataclass
class Draft:
    """One guideline about to be changed.

    Attributes:
        data: what its YAML says, every scalar as text.
        base: the guideline before the change.
        article: text of its article; empty if there is none at hand.
        works: what the registry knows, by reference id.
        also: further works of the registry.
        entries: of the ledger, all citations signed.
        unasked: ids of references that no registry could be asked about.
        dead: web addresses where nothing is any more.
        list_faults: what could not be read of a file that is a reference list.
        removed: ids that the change takes away.
        names: how many authors the house style asks for.
        read: what the reader of articles makes of its result, last of all.
    """

    name: str
    data: dict[str, Any]
    base: Guideline
    article: str
    works: dict[str, Work]
    entries: list[LedgerEntry]
    also: list[Work] = field(default_factory=list)
    unasked: set[str] = field(default_factory=set)
    dead: set[str] = field(default_factory=set)
    list_faults: list[str] = field(default_factory=list)
    removed: set[str] = field(default_factory=set)
    names: Names | None = None
    read: Callable[[Article], Article] = lambda article: article

    def one(self, part: str, id: str) -> dict[str, Any]:
        """What the YAML says of one thing."""
        return next(thing for thing in self.data[part] if thing["id"] == id)

    def all(self, part: str) -> Iterator[dict[str, Any]]:
        yield from self.data.get(part, [])

    def first(self, part: str, fits: Callable[[dict[str, Any]], Any]) -> dict[str, Any]:
        """The first thing that an operator can work on."""
        for thing in self.all(part):
            if fits(thing):
                return thing
        raise NotApplicable

    def rewrite(self, old: str, new: str) -> None:
        """Change the article's text."""
        if old not in self.article:
            raise NotApplicable
        self.article = self.article.replace(old, new, 1)

    def sign(self, **changed: Any) -> None:
        """Add a sign-off to the ledger, of the first citation unless said otherwise."""
        link = next(iter(links(self.base).values()))
        said = {"citation": f"{self.base.iri}/{link.citation.id}", "seen": seen(link), "name": "Ann Lee", "verdict": "supported"} | changed
        content = Content(kind="sign-off", guideline=self.base.iri, time=f"2026-01-02T00:00:{len(self.entries) % 60:02}.000Z", **said)
        self.entries.append(chain(content, len(self.entries) + 1, self.entries[-1].digest if self.entries else START))

    def audited(self, given: frozenset[str]) -> Audited:
        """The draft, read again, with what an operator asks for beside it."""
        text = json.dumps(self.data, ensure_ascii=False, indent=1)
        source = read_text(text, f"{self.name}.json", "json")
        made = guideline(source.graph, source.iri)
        article = self.read(read_article_text(self.article, "article.txt", "text")) if "article" in given else None
        lookups = self._lookups(made, links="links" in given) if given & {"look-ups", "links"} else None
        faults = tuple(Finding(rule="broken-entry", message=one, file="list.bib", line=1) for one in self.list_faults)
        told = faults if "list" in given else None
        if "ledger" not in given:
            return Audited(made, source, article, lookups=lookups, list_faults=told, names=self.names)
        return Audited(made, source, article, standings(made, self.entries), orphans(made, self.entries), lookups, told, self.names)

    def _lookups(self, made: Guideline, *, links: bool) -> dict[str, Resolution]:
        found = {}
        for one in made.references.values():
            opened = tuple(self._opened(one, address) for address in addresses(one)) if links else ()
            found[one.id] = replace(self._resolution(one), links=opened)
        return found

    def _opened(self, reference: Reference, address: str) -> LinkAnswer:
        if reference.id in self.unasked:
            return LinkAnswer(address, "unchecked", why="the server does not answer")
        when = "2026-01-02T00:00:00+00:00"
        if address in self.dead:
            return LinkAnswer(address, "dead", why="it answered 404", looked_up=when)
        return LinkAnswer(address, "alive", looked_up=when)

    def _resolution(self, reference: Reference) -> Resolution:
        held = known(reference)
        answers = tuple(self._answer(reference, registry, scheme, getattr(held, scheme)) for registry, scheme in _REGISTRIES)
        return Resolution(reference.id, answers, held.malformed)

    def _answer(self, reference: Reference, registry: Registry, scheme: Any, value: str) -> RegistryAnswer:
        if reference.id in self.unasked:
            return RegistryAnswer(registry, "unchecked", why="the server does not answer")
        works = [*self.works.values(), *self.also]
        numbered = next((work for work in works if value and getattr(work, scheme) == value), None)
        match = verify(reference, numbered, scheme) if numbered else choose(reference, [] if value else works)
        differ = differences(reference, match.work) if match.work else ()
        return RegistryAnswer(
            registry,
            match.status,
            scheme if value else "title",
            match.work,
            differ,
            match.lookalikes,
            match.why,
            "2026-01-02T00:00:00+00:00",
        )


_REGISTRIES: tuple[tuple[Registry, str], ...] = (("crossref", "doi"), ("pubmed", "pmid"))


def draft(name: str) -> Draft:
    """A fresh copy of one of `GUIDELINES`."""
    data, base = _loaded(name)
    article = _ARTICLES[name].read_text(encoding="utf-8") if name in _ARTICLES else ""
    works, entries = _known(name)
    return Draft(name, copy.deepcopy(data), base, article, dict(works), list(entries))


@cache
def _known(name: str) -> tuple[dict[str, Work], list[LedgerEntry]]:
    """What registry and ledger know of a guideline as it is: all its citations signed."""
    data, base = _loaded(name)
    made = Draft(name, data, base, "", {one.id: _work(one) for one in base.references.values()}, [])
    for link in links(base).values():
        verdict = {} if link.reference else {"verdict": "cant-tell"}
        made.sign(citation=f"{base.iri}/{link.citation.id}", seen=seen(link), **verdict)
    return made.works, made.entries


@cache
def _loaded(name: str) -> tuple[dict[str, Any], Guideline]:
    text = GUIDELINES[name].read_text(encoding="utf-8")
    source = read_text(text, f"{name}.yaml", "yaml")
    return cast(Any, strict_yaml(text, name)[0]), guideline(source.graph, source.iri)


def _work(reference: Reference) -> Work:
    """What a registry would know of a reference that is as it should be."""
    held = known(reference)
    written = author_line(reference)
    return Work(
        "crossref", reference.title, years=(reference.year,), container=reference.container,
        authors=tuple(written.split(", ")) if written else (), volume=detail(reference, "volume"), issue=detail(reference, "issue"),
        pages=detail(reference, "pages"), doi=held.doi, pmid=held.pmid,
    )  # fmt: skip
