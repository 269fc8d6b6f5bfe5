"""What the Library page keeps in the address: what is searched, what it is narrowed to, and how far one has leafed.

``?page=library&q=embolism&kinds=step+edge&review=approved&since=2024&from=24``
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from edgewise.explorer.cards.wording import REVIEW
from edgewise.graph.fulltext.index import KINDS, Within

ANY = "any"
"""Stands for a paper that is still to be chosen."""
_LONGEST, _FARTHEST = 200, 100_000
_YEARS = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class Looking:
    """What is looked for.

    Attributes:
        asked: words; empty for none.
        kinds: of what is found; empty for all.
        review: review statuses; empty for all.
        since: year of the last update or later; None for any.
        begin: how many of what was found are passed over.
        after: id of the last guideline of the page before; empty on the first.
        paper: whose retraction is thought through, as somebody wrote its DOI or PubMed number; `ANY` where it is still to be chosen.
    """

    asked: str = ""
    kinds: tuple[str, ...] = ()
    review: tuple[str, ...] = ()
    since: int | None = None
    begin: int = 0
    after: str = ""
    paper: str = ""

    @property
    def within(self) -> Within:
        """What a search is narrowed to."""
        return Within(kinds=self.kinds, review=self.review, since=self.since)


def own(looking: Looking) -> dict[str, str]:
    """Its parameters in an address; what is empty is left out.

    >>> own(Looking("hip pain", kinds=("step",), since=2024))
    {'q': 'hip pain', 'kinds': 'step', 'since': '2024'}
    """
    since, begin = "" if looking.since is None else str(looking.since), str(looking.begin or "")
    found = {"q": looking.asked, "kinds": " ".join(looking.kinds), "review": " ".join(looking.review), "since": since, "from": begin}
    found |= {"after": looking.after, "paper": looking.paper}
    return {key: value for key, value in found.items() if value}


def read(params: Mapping[str, str]) -> Looking:
    """What parameters of an address mean; what cannot be used is left out.

    >>> read({"q": "hip", "kinds": "step nonsense", "since": "x", "from": "24"})
    Looking(asked='hip', kinds=('step',), review=(), since=None, begin=24, after='', paper='')
    """
    kinds = tuple(kind for kind in KINDS if kind in params.get("kinds", "").split())
    review = tuple(status for status in REVIEW if status in params.get("review", "").split())
    since, begin = _number(params.get("since", "")), _number(params.get("from", ""))
    asked = " ".join(params.get("q", "")[:_LONGEST].split())
    after, paper = (params.get(key, "")[:_LONGEST].strip() for key in ("after", "paper"))
    return Looking(asked, kinds, review, since if since in _YEARS else None, min(begin or 0, _FARTHEST), after, paper)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None
