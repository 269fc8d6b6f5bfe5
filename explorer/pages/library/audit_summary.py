"""What an audit without article, ledger and look-ups finds in a guideline, by severity: made once for each content."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping

from edgewise.citations.audit.engine import Audited, examine
from edgewise.explorer.cards.numbers import many
from edgewise.graph.compiled.kept import kept, look_up
from edgewise.graph.loaded import Loaded

_WHAT = "audit-summary"
_SEVERITIES = ("error", "warning", "note")


def known_summary(digest: str) -> Mapping[str, int] | None:
    """Severity → how many findings, if that was found out before."""
    found = look_up(digest, _WHAT)
    return None if found is None else _read(found)


def summary(loaded: Loaded) -> Mapping[str, int]:
    """Severity → how many findings stand, without those that are waived.

    >>> from edgewise.graph.library import load
    >>> summary(load("sacroiliac-sclerosis"))["error"] > 0
    True
    """
    return _read(kept(loaded.digest, _WHAT, lambda: _made(loaded)))


def told(counts: Mapping[str, int]) -> str:
    """A summary in words.

    >>> told({"error": 1, "warning": 2, "note": 0}), told({"error": 0, "warning": 0, "note": 0})
    ('1 error, 2 warnings', 'nothing found')
    """
    said = (many(count, severity) for severity, count in counts.items() if count)
    return ", ".join(said) or "nothing found"


def _made(loaded: Loaded) -> bytes:
    found = Counter[str](finding.severity for finding in examine(Audited(loaded.guideline, loaded)).findings)
    return json.dumps({severity: found[severity] for severity in _SEVERITIES}).encode()


def _read(data: bytes) -> dict[str, int]:
    found = json.loads(data)
    return {severity: int(found[severity]) for severity in _SEVERITIES}
