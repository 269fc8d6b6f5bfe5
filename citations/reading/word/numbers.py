"""Which number each work bears, where only the fields' own text tells: no list is printed, or it cannot be held against the works."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence

from edgewise.citations.reading.printed_markers import numbers

_BESIDE = frozenset(" \t\n\u00a0\u2009\u202f[](){},;.\u2010\u2011\u2012\u2013\u2014\u2015\u2212-^")
_Cited = tuple[Sequence[str], Sequence[int]]  # keys of works, and the numbers printed for them


def printed(text: str) -> tuple[int, ...]:
    r"""Numbers that a field prints, ranges opened; none where it prints more than numbers, or years.

    >>> printed("[1]\u2013[3]"), printed("\u00b9,\u00b2"), printed("(Doe, 2001)"), printed("(2001)")
    ((1, 2, 3), (1, 2), (), ())
    """
    plain = unicodedata.normalize("NFKC", text[:4_000])
    if not all(c in _BESIDE or (c.isascii() and c.isdigit()) for c in plain):
        return ()
    words = "".join(c if c.isdigit() else " " for c in plain).split()
    return numbers(plain) if words and all(len(word) <= 3 for word in words) else ()


def number_works(cited: Sequence[_Cited]) -> Mapping[str, int]:
    """Numbers of works by the fields that cite them: surely by fields that leave no choice, else in the order within a field.

    Works that no field gives a number, and all where fields print names, come last, in the order of their first citation.

    >>> number_works([(["a", "b"], [1, 2]), (["b"], [2]), (["c"], ())])
    {'b': 2, 'a': 1, 'c': 3}
    """
    known: dict[str, int] = {}
    plain = [(tuple(dict.fromkeys(keys)), tuple(dict.fromkeys(found))) for keys, found in cited]
    votes: dict[str, Counter[int]] = {}
    for keys, found in plain:
        if len(keys) == len(found) == 1:
            votes.setdefault(keys[0], Counter())[found[0]] += 1
    for key, counted in votes.items():
        known[key] = counted.most_common(1)[0][0]
    _by_elimination(plain, known)
    _in_order(plain, known)
    last = max(known.values(), default=0)
    for key in dict.fromkeys(key for keys, _ in plain for key in keys):
        if key not in known:
            last += 1
            known[key] = last
    return known


def _by_elimination(cited: Sequence[_Cited], known: dict[str, int]) -> None:
    """Fields of which all works but one are known."""
    waiting = [(keys, found) for keys, found in cited if len(keys) == len(found) > 1]
    while waiting:
        rest = []
        for keys, found in waiting:
            open_keys = [key for key in keys if key not in known]
            open_numbers = set(found) - {known[key] for key in keys if key in known}
            if len(open_keys) == len(open_numbers) == 1:
                known[open_keys[0]] = open_numbers.pop()
            elif open_keys:
                rest.append((keys, found))
        if len(rest) == len(waiting):
            return
        waiting = rest


def _in_order(cited: Sequence[_Cited], known: dict[str, int]) -> None:
    for keys, found in cited:
        open_keys = [key for key in keys if key not in known]
        open_numbers = sorted(set(found) - {known[key] for key in keys if key in known})
        if len(open_keys) == len(open_numbers):
            known.update(zip(open_keys, open_numbers, strict=True))
