"""What an editor looks at when signing a citation, as four fingerprints: so that a verdict expires when one of them changes.

A fingerprint is the SHA-256 of canonical JSON (keys sorted, no spaces, UTF-8), so it depends on neither file format nor machine.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from hashlib import sha256
from typing import Any, NamedTuple

from edgewise.graph.model import Citation, Guideline, Marker, Reference, Statement
from edgewise.ontology.errors import UnknownName

HASH = re.compile(r"sha256:[0-9a-f]{64}")
"""What every fingerprint looks like."""


class Seen(NamedTuple):
    """Fingerprints (``sha256:`` and 64 hexadecimal digits) of what a verdict was given on.

    Attributes:
        statement: the claim in our words, its kind included.
        citation: the marker as printed, the intention and the statement's id.
        reference: every field of the entry as held; of ``null`` where the marker points to no entry.
        sentence: the article's sentence, as the statement keeps it (`edgewise.citations.reading.fingerprint`).
    """

    statement: str
    citation: str
    reference: str
    sentence: str

    def changes(self, now: Seen) -> tuple[str, ...]:
        """Which of the four differ, by name.

        >>> Seen("a", "b", "c", "d").changes(Seen("a", "b", "x", "y"))
        ('reference', 'sentence')
        """
        return tuple(part for part, then, today in zip(self._fields, self, now, strict=True) if then != today)


class CitationLink(NamedTuple):
    """One citation with all that it joins; `reference` is None where the marker points nowhere."""

    statement: Statement
    citation: Citation
    marker: Marker
    reference: Reference | None


def canonical(data: Any) -> str:
    """Write data as JSON in one way only.

    >>> canonical({"b": "é", "a": [1, None]})
    '{"a":[1,null],"b":"é"}'
    """
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest(data: Any) -> str:
    """Give ``sha256:`` and 64 hexadecimal digits of the data's canonical JSON.

    >>> digest(None)
    'sha256:74234e98afe7498fb5daf1f36ac2d78acc339464f950703b8c019892f982b90b'
    """
    return f"sha256:{sha256(canonical(data).encode()).hexdigest()}"


def links(guideline: Guideline) -> dict[str, CitationLink]:
    """Every citation of a guideline by its id, in the order of the statements.

    >>> from edgewise.graph.library import load
    >>> links(load("sacroiliac-sclerosis").guideline)["s1/citations/1"].marker.printed
    '1'
    """
    return {
        citation.id: CitationLink(statement, citation, marker, guideline.references.get(marker.entry))
        for statement in guideline.statements.values()
        for citation in statement.citations
        if (marker := guideline.markers[citation.marker])
    }


def find_link(guideline: Guideline, name: str) -> CitationLink:
    """One citation, by its id or its IRI.

    Raises:
        UnknownName: the guideline has no such citation.

    >>> from edgewise.graph.library import load
    >>> find_link(load("sacroiliac-sclerosis").guideline, "s1/citations/2").statement.id
    's1'
    """
    known = links(guideline)
    id = name.removeprefix(f"{guideline.iri}/")
    if id not in known:
        raise UnknownName("citation", name, known)
    return known[id]


def seen(link: CitationLink) -> Seen:
    """Fingerprint what is there to be seen of a citation now.

    >>> from edgewise.graph.library import load
    >>> link = next(iter(links(load("sacroiliac-sclerosis").guideline).values()))
    >>> seen(link).sentence == link.statement.fingerprint, len(seen(link).reference)
    (True, 71)
    """
    statement, citation, marker, reference = link
    return Seen(
        statement=digest({"kind": statement.kind, "text": statement.text, **_graded(statement)}),
        citation=digest({"intention": citation.intention, "marker": marker.printed, "statement": statement.id}),
        reference=digest(None if reference is None else asdict(reference)),
        sentence=statement.fingerprint,
    )


def _graded(statement: Statement) -> dict[str, Any]:
    """How the source grades the claim, where it does: a claim without grades keeps the fingerprint that it had before there were any."""
    said: dict[str, Any] = {
        key: getattr(statement, key) for key in ("strength", "certainty", "direction", "grading") if getattr(statement, key)
    }
    parts = [[one.certainty, one.population, one.comparator, one.measure] for one in statement.certainty_for]
    return {**said, **({"certaintyFor": parts} if parts else {})}
