"""The abstract of a reference, from PubMed or Crossref, when somebody asks for it.

The work is looked up first, as `resolve` does: an abstract of a work under another title is never given for the reference's.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from edgewise.citations.lookup import crossref, pubmed
from edgewise.citations.lookup.client import Client, Failure, Reply
from edgewise.citations.lookup.resolve import preview, resolve
from edgewise.citations.lookup.untrusted_json import Unreadable, table
from edgewise.citations.lookup.untrusted_xml import tree, words
from edgewise.citations.lookup.works import TELLERS, Registry, Work
from edgewise.graph.model import Reference

REGISTRIES: tuple[Registry, ...] = ("pubmed", "crossref")
"""In the order in which they are asked: PubMed keeps the parts of an abstract apart, and most of them."""
_LONGEST = 60_000  # characters; the longest of abstracts has a tenth of it
_PREFIX = re.compile(r"<(/?)[A-Za-z]{1,20}:")
_SILENT = frozenset({"", "ABSTRACT", "SUMMARY", "UNLABELLED", "UNASSIGNED"})


@dataclass(frozen=True, slots=True)
class Abstract:
    """What a registry gives as the abstract of a work.

    Attributes:
        registry: which.
        id: PMID or DOI.
        title: of the work there.
        parts: each with its label, such as ``RESULTS``, or an empty one.
        date: the day on which the registry was asked; of an answer kept on disk, that day.
        kept: whether the answer came from the disk.
    """

    registry: Registry
    id: str
    title: str
    parts: tuple[tuple[str, str], ...]
    date: str
    kept: bool = False


@dataclass(frozen=True, slots=True)
class AbstractAnswer:
    """An abstract, or None and why there is none, one sentence for each registry that was asked."""

    abstract: Abstract | None
    why: tuple[str, ...] = ()


def find_abstract(reference: Reference, client: Client, registries: Iterable[Registry] = REGISTRIES) -> AbstractAnswer:
    """Look up the abstract of a reference; the first registry that has it is the last that is asked.

    Args:
        reference: which.
        client: with the settings; offline, it takes what is kept and sends nothing.
        registries: to ask, in this order.

    >>> from edgewise.citations.lookup.settings import LookupSettings
    >>> with Client(LookupSettings(offline=True)) as client:
    ...     find_abstract(Reference("r", 1, "T", 2006), client, ["pubmed"]).why
    ('PubMed was not asked: offline, and no answer is kept',)
    """
    why: list[str] = []
    for registry in registries:
        found = _of(registry, reference, client)
        if isinstance(found, Abstract):
            return AbstractAnswer(found, tuple(why))
        why.append(found)
    return AbstractAnswer(None, tuple(why))


def sent_for(reference: Reference) -> tuple[str, ...]:
    """The addresses that are asked first, without who asks; the abstract is then asked for by the number that was found. Sends nothing."""
    return preview(reference, REGISTRIES)


def _of(registry: Registry, reference: Reference, client: Client) -> Abstract | str:
    """The abstract, or why it is not known."""
    name = TELLERS[registry]
    (answer,) = resolve(reference, client, [registry]).answers
    if answer.status == "unchecked":
        return f"{name} was not asked: {answer.why}"
    if answer.work is None:
        return f"{name} does not tell which work it is: {answer.why}" if answer.status == "ambiguous" else f"{name}: {answer.why}"
    try:
        return _asked(answer.work, client)
    except Failure as failure:
        return f"{name} was not asked for the abstract: {failure}"


def _asked(work: Work, client: Client) -> Abstract | str:
    name, id = TELLERS[work.registry], work.pmid if work.registry == "pubmed" else work.doi
    if not id:
        return f"{name} knows the work, and no number by which its abstract could be asked for"
    if work.registry == "pubmed":
        reply = client.ask(pubmed.abstract_of(id), _in_pubmed(id))
    else:
        reply = client.ask(crossref.by_doi(id), _in_crossref)
    return _made(work, id, reply) or f"{name} knows the work, and holds no abstract of it"


def _made(work: Work, id: str, reply: Reply[tuple[tuple[str, str], ...]]) -> Abstract | None:
    return Abstract(work.registry, id, work.title, reply.value, reply.at.date().isoformat(), reply.kept) if reply.value else None


def _in_pubmed(pmid: str) -> Callable[[Mapping[str, Any]], tuple[tuple[str, str], ...]]:
    """What reads the parts of an abstract out of PubMed's record of that number; none where it holds no abstract."""

    def read(answer: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
        root = tree(answer.get("xml", ""))
        if root.tag != "PubmedArticleSet":
            raise Unreadable("the answer is not a record of PubMed")
        for record in root:
            if (record.findtext("./*/PMID") or record.findtext(".//PMID") or "").strip() == pmid:
                held = record.findall(".//Abstract/AbstractText")
                return tuple(_parts((one.get("Label") or "", words(one)) for one in held))
        raise Unreadable("PubMed answered with another record than was asked for")

    return read


def _in_crossref(answer: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """The parts of the abstract in Crossref's record; it stands there as a piece of JATS, or as plain text."""
    if answer.get("status") != "ok":
        raise Unreadable("the answer is not one of Crossref")
    said = table(answer.get("message")).get("abstract")
    if not isinstance(said, str) or not said.strip():
        return ()
    bare = _PREFIX.sub(r"<\1", _unescaped(said[:_LONGEST]))
    root = tree(f"<abstract>{bare}</abstract>", mend=True)
    return tuple(_parts(_labelled(root))) or tuple(_parts([("", words(root))]))


def _unescaped(said: str) -> str:
    """Some publishers escape the markup of their abstracts once more, and entities of HTML are none in XML."""
    known = re.sub(r"&(?!amp;|lt;|gt;|quot;|apos;|#)[A-Za-z]{2,20};", lambda match: html.unescape(match[0]), said)
    return html.unescape(known) if "&lt;" in known and "<" not in known else known


def _labelled(root: etree._Element) -> Iterator[tuple[str, str]]:
    label = ""
    for element in root.iter("title", "p"):
        if element.tag == "title":
            label = words(element)
        else:
            yield label, words(element)


def _parts(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for label, said in pairs:
        if said:
            yield ("" if label.strip().rstrip(":").upper() in _SILENT else label.strip().rstrip(":")[:80]), said[:_LONGEST]
