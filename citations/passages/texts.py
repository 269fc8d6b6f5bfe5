"""A text of a cited work to read beside a statement: an abstract that was looked up, or an article that an editor loaded.

It lives as long as the editor works with it. What a ledger keeps of it is where it came from and fingerprints (`record`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from edgewise.citations.ledger.remembered import LONGEST_SOURCE, MOST_SENTENCES, TextRead
from edgewise.citations.reading.fingerprint import fingerprint, normalize
from edgewise.citations.reading.model import Article
from edgewise.citations.reading.sentences import cut

if TYPE_CHECKING:  # who reads a file need not load what looks things up
    from edgewise.citations.lookup.abstracts import Abstract

MOST = 5_000
"""Sentences that are read: those of a book."""


@dataclass(frozen=True, slots=True)
class TextSentence:
    """A sentence of a text: where it stands, its words, and the fingerprint that may be kept of them."""

    text: str
    section: str = ""
    line: int = 0
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class CitedText:
    """A text of a cited work.

    Attributes:
        source: ``pubmed:`` and a number, ``doi:`` and a DOI, or ``file:`` and a file's name.
        date: the day on which it was looked up or loaded.
        digest: ``sha256:`` of the abstract or of the file's bytes.
        sentences: in their order, headings left out; at most `MOST`.
        title: if it bears one.
        left_out: how many sentences stand behind the last that is read.
    """

    source: str
    date: str
    digest: str
    sentences: tuple[TextSentence, ...]
    title: str = ""
    left_out: int = 0

    @property
    def name(self) -> str:
        """What readers call it.

        >>> CitedText("pubmed:123", "2026-01-31", "", ()).name, CitedText("file:lee.pdf", "2026-01-31", "", ()).name
        ('the abstract at PubMed (PMID 123)', 'lee.pdf')
        """
        kind, _, rest = self.source.partition(":")
        return {"pubmed": f"the abstract at PubMed (PMID {rest})", "doi": f"the abstract at Crossref ({rest})"}.get(kind, rest)


def of_article(article: Article, data: bytes, date: str) -> CitedText:
    r"""The text of an article that was read.

    Args:
        article: as read.
        data: of its file, for the digest.
        date: the day, ``2026-01-31``.

    >>> from edgewise.citations.reading.article import read_article_text
    >>> text = b"Belts\n\nThey help. They are cheap.\n"
    >>> [one.text for one in of_article(read_article_text(text, "a.txt", "text"), text, "2026-01-31").sentences]
    ['They help.', 'They are cheap.']
    """
    held = [one for one in article.sentences if one.place.part != "heading" and one.fingerprint]
    sentences = tuple(TextSentence(one.text, one.place.section, one.line, one.fingerprint) for one in held[:MOST])
    source = f"file:{article.name}"[:LONGEST_SOURCE]
    return CitedText(source, date, f"sha256:{sha256(data).hexdigest()}", sentences, article.title, max(0, len(held) - MOST))


def of_abstract(abstract: Abstract) -> CitedText:
    """The text of an abstract that was looked up; the label of a part is what its sentences stand under.

    >>> from edgewise.citations.lookup.abstracts import Abstract
    >>> abstract = Abstract("pubmed", "1", "Belts", (("RESULTS", "They help. A lot."),), "2026-01-31")
    >>> [(one.section, one.text) for one in of_abstract(abstract).sentences]
    [('RESULTS', 'They help.'), ('RESULTS', 'A lot.')]
    """
    sentences = tuple(_sentences(abstract.parts))
    said = "\n".join(f"{label}\t{text}" for label, text in abstract.parts)
    source = f"{'pubmed' if abstract.registry == 'pubmed' else 'doi'}:{abstract.id}"
    return CitedText(source, abstract.date, f"sha256:{sha256(said.encode()).hexdigest()}", sentences[:MOST], abstract.title)


def _sentences(parts: Iterable[tuple[str, str]]) -> Iterable[TextSentence]:
    for label, text in parts:
        for start, end in cut(text, ()):
            said = text[start:end].strip()
            if normalize(said):
                yield TextSentence(said, label, 0, fingerprint(said))


def record(text: CitedText, near: Sequence[int]) -> TextRead:
    """What a ledger may keep of a text that was read.

    Args:
        text: which.
        near: places of the sentences that stood beside the statement, the nearest first.
    """
    return TextRead(text.source, text.date, text.digest, tuple(text.sentences[at].fingerprint for at in near[:MOST_SENTENCES]))
