"""Who asks the registries, and the bounds within which they are asked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from edgewise.citations.lookup.works import Registry
from edgewise.ontology.errors import SourceError
from edgewise.ontology.findings import Finding

AGENT = "edgewise/0.1"
_MAIL = re.compile(r"[!-?A-~]{1,64}@[A-Za-z0-9.-]{1,200}")
_KEY = re.compile(r"[A-Za-z0-9]{1,100}")


@dataclass(frozen=True, slots=True)
class LookupSettings:
    """How to ask.

    Attributes:
        mailto: a mail address, by which Crossref and NCBI reach whoever asks, and by which Crossref gives its polite pool.
        api_key: NCBI's, for ten requests a second instead of three; it is kept out of addresses, files and messages.
        offline: send nothing; take what is kept.
        cache: the folder of kept answers; None keeps none.
        max_age: how old a kept answer may be before the registry is asked again.
        timeout: seconds to wait for a connection or the next bytes.
        deadline: seconds for one question with all its repetitions.
        attempts: how often one question is put at most.
        largest: bytes of an answer.

    Raises:
        SourceError: the mail address or key cannot be one.

    >>> LookupSettings(mailto="ed@example.org").headers()["User-Agent"]
    'edgewise/0.1 (mailto:ed@example.org)'
    """

    mailto: str = ""
    api_key: str = field(default="", repr=False)
    offline: bool = False
    cache: Path | None = None
    max_age: timedelta = timedelta(days=30)
    timeout: float = 10.0
    deadline: float = 60.0
    attempts: int = 5
    largest: int = 4_000_000

    def __post_init__(self) -> None:
        faults = []
        if self.mailto and not _MAIL.fullmatch(self.mailto):
            faults.append(Finding(rule="bad-setting", message="the mail address for the registries is none", repair="write name@host"))
        if self.api_key and not _KEY.fullmatch(self.api_key):
            faults.append(Finding(rule="bad-setting", message="the NCBI key is none", repair="write its letters and figures alone"))
        if faults:
            raise SourceError(faults)

    def headers(self) -> dict[str, str]:
        """The headers of every request."""
        agent = f"{AGENT} (mailto:{self.mailto})" if self.mailto else AGENT
        return {"User-Agent": agent, "Accept": "application/json", "Accept-Encoding": "identity"}

    def who(self, registry: Registry) -> tuple[tuple[str, str], ...]:
        """The fields of a request that say who asks."""
        if registry == "crossref":
            return (("mailto", self.mailto),) if self.mailto else ()
        named = (("tool", "edgewise"), ("email", self.mailto), ("api_key", self.api_key))
        return tuple((name, value) for name, value in named if value)
