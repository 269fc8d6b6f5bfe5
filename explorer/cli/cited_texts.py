"""Texts of cited works as commands are given them: a file in any format that articles are read in, or an abstract that is looked up."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from edgewise.explorer.cli.exits import Refused
from edgewise.explorer.environment import NCBI_KEY
from edgewise.explorer.shell.user_files import answers_folder

if TYPE_CHECKING:
    from collections.abc import Collection

    from edgewise.citations.ledger.fingerprints import CitationLink
    from edgewise.citations.ledger.remembered import TextRead
    from edgewise.citations.passages.texts import CitedText
    from edgewise.graph.model import Reference

ABSTRACT = "abstract"


def loaded_text(file: Path) -> CitedText:
    """The text in a file, read today.

    Raises:
        SourceError: it cannot be read.
    """
    from edgewise.citations.passages.texts import of_article
    from edgewise.citations.reading.article import read_article_text
    from edgewise.citations.reading.file_formats import format_of
    from edgewise.citations.reading.files import LIMIT
    from edgewise.graph.reading.files import content

    format, data = format_of(str(file)), content(file, LIMIT)
    article = replace(read_article_text(data, str(file), format), name=file.name)
    return of_article(article, data, datetime.now(UTC).date().isoformat())


def abstract_text(reference: Reference, *, offline: bool, mailto: str = "") -> tuple[CitedText | None, tuple[str, ...]]:
    """The abstract of a reference, or None; and why registries that were asked do not give it."""
    from edgewise.citations.lookup.abstracts import find_abstract
    from edgewise.citations.lookup.client import Client
    from edgewise.citations.lookup.settings import LookupSettings
    from edgewise.citations.passages.texts import of_abstract

    settings = LookupSettings(mailto=mailto, api_key=os.environ.get(NCBI_KEY, ""), offline=offline, cache=answers_folder())
    with Client(settings) as client:
        answer = find_abstract(reference, client)
    return (of_abstract(answer.abstract) if answer.abstract else None), answer.why


def read_texts(link: CitationLink, names: Collection[str]) -> tuple[TextRead, ...]:
    """What a ledger keeps of texts that were read beside a statement.

    Args:
        link: the citation.
        names: of files, or ``abstract`` for the abstract that an earlier look-up kept.

    Raises:
        Refused: no abstract is kept.
        SourceError: a file cannot be read.
    """
    if not names:
        return ()
    from edgewise.citations.passages.comparison import compare
    from edgewise.citations.passages.texts import record

    texts = [_kept_abstract(link) if name == ABSTRACT else loaded_text(Path(name)) for name in names]
    return tuple(record(text, compare(link.statement.text, text).nearest) for text in texts)


def _kept_abstract(link: CitationLink) -> CitedText:
    if link.reference is None:
        raise Refused(f"marker {link.marker.printed} points to no entry, which has no abstract; name the file that was read")
    text, why = abstract_text(link.reference, offline=True)
    if text is None:
        raise Refused(f"no abstract is kept ({'; '.join(why)}); look it up with `edgewise read`")
    return text
