"""What the Compare page keeps in the address: with what is compared, what is said to be the same, and what is shown of it.

``?page=compare&g=A&with=B&match=ct-head~head-ct+knee~`` or, with an earlier version of the same file, ``&rev=HEAD~1``. In ``match`` the
first id is of A and the second of B; with nothing on one side of ``~``, the other is in its guideline alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote

_LONGEST, _MOST = 8_000, 60
_NAME = 400

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be compared with the guideline in hand, and how.

    Attributes:
        other: name of the other guideline; empty for none.
        revision: of the same file in git, in the place of another guideline; empty for none.
        turned: whether the version in hand is the first of the two, and the revision the second.
        matches: what is said to be the same, as ids of the first and the second.
        find: what is searched for among many guidelines.
        beside: whether the two pathways are drawn side by side, and not as one.
        all_groups: whether all groups of patients are shown, and not the first few.
    """

    other: str = ""
    revision: str = ""
    turned: bool = False
    matches: tuple[Pair, ...] = ()
    find: str = ""
    beside: bool = False
    all_groups: bool = False


def own(asked: Asked) -> dict[str, str]:
    """Its parameters in an address; what is empty is left out.

    >>> own(Asked("b", matches=(("x", "y"), ("z", ""))))
    {'with': 'b', 'match': 'x~y z~'}
    """
    found = {
        "with": asked.other,
        "rev": asked.revision,
        "turned": "yes" if asked.turned and asked.revision else "",
        "match": " ".join(f"{_escape(a)}~{_escape(b)}" for a, b in asked.matches),
        "find": asked.find,
        "drawing": "beside" if asked.beside else "",
        "groups": "all" if asked.all_groups else "",
    }
    return {key: value for key, value in found.items() if value}


def read(params: Mapping[str, str]) -> Asked:
    """What parameters of an address mean; what cannot be used is left out.

    >>> read({"with": "b", "match": "x~y nonsense ~z ~", "drawing": "beside"})
    Asked(other='b', revision='', turned=False, matches=(('x', 'y'), ('', 'z')), find='', beside=True, all_groups=False)
    """
    given = params.get("match", "")
    pairs = (_pair(text) for text in given.split()) if len(given) <= _LONGEST else ()
    other = params.get("with", "")[:_NAME]
    revision = "" if other else params.get("rev", "")[:_NAME].strip()
    return Asked(
        other,
        revision,
        params.get("turned") == "yes" and bool(revision),
        tuple(dict.fromkeys(pair for pair in pairs if pair))[:_MOST],
        " ".join(params.get("find", "")[:_NAME].split()),
        params.get("drawing") == "beside",
        params.get("groups") == "all",
    )


def _pair(text: str) -> Pair | None:
    a, sign, b = text.partition("~")
    return (unquote(a), unquote(b)) if sign and (a or b) and "~" not in b else None


def _escape(id: str) -> str:
    return quote(id, safe="").replace("~", "%7E")
