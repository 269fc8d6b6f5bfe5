"""Which references are preprints: by the DOI that the server gave them, or by what they name as journal."""

from __future__ import annotations

import re

from edgewise.citations.formats.details import bare_doi, identifier
from edgewise.graph.model import Reference

# 10.1101 is Cold Spring Harbor's, whose journals have letters where a preprint has figures: 10.1101/gr.123.
_DOI = re.compile(
    r"10\.(?:1101/(?:[0-9]{4}\.[0-9]{2}\.[0-9]{2}\.)?[0-9]{6,}"
    r"|48550/arxiv|64898/|2139/ssrn|21203/rs\.|20944/preprints|26434/chemrxiv|36227/techrxiv|22541/(?:au\.|essoar)|7287/peerj\.preprints"
    r"|31234/osf|31219/osf|31235/osf|35542/osf|1590/scielopreprints|32942/|55458/neurolibre|14293/s2199-1006.*ppp)",
    re.IGNORECASE,
)
_SERVER = re.compile(
    r"\b(?:arxiv|biorxiv|medrxiv|chemrxiv|psyarxiv|socarxiv|techrxiv|ecoevorxiv|edarxiv|research square|preprints?(?:\.org)?|"
    r"osf preprints|scielo preprints|authorea|ssrn(?: electronic journal)?)\b",
    re.IGNORECASE,
)
_LONGEST = 400
_KINDS = ("preprint", "posted-content")


def is_preprint(reference: Reference) -> bool:
    """Whether an entry says that it is a preprint.

    >>> [is_preprint(Reference("r", 1, "On hips", 2020, container=one)) for one in ("medRxiv", "J Hips")]
    [True, False]
    """
    return (
        bool(_DOI.match(bare_doi(identifier(reference, "doi")[:_LONGEST])) or _SERVER.search(reference.container[:_LONGEST]))
        or reference.printed_kind.casefold() in _KINDS
    )
